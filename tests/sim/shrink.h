/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A violation with everything left out that it does not need. */
#ifndef ZCSMGR_SIM_SHRINK_H
#define ZCSMGR_SIM_SHRINK_H

#include "scenario.h"

/* The scenario must fail; it still does so afterwards, as *error says. */
void shrink(struct scenario *scenario, struct scenario_error *error);

#endif
