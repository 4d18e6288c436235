/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From a seed to a scenario: a cluster, faults and commands, and an end that must become good. */
#ifndef ZCSMGR_SIM_GENERATE_H
#define ZCSMGR_SIM_GENERATE_H

#include "scenario.h"

enum mode { MODE_OF_TWO_NODE, MODE_OF_WAIT_FOR_ALL, MODE_OF_MAJORITY, MODE_OF_QDEVICE, MODES };

extern const char *const mode_names[MODES];

/* scenario_free() frees it; NULL: no memory. */
struct scenario *generate(enum mode mode, uint64_t seed);

#endif
