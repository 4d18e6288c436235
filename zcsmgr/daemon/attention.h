/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All that is not as it should be, in sentences, worst first. */
#ifndef ZCSMGR_ATTENTION_H
#define ZCSMGR_ATTENTION_H

#include <jansson.h>

#include "status.h"

enum { ATTENTION_LINES = 64 };

/* A new array of {"level", "text"}; status is zero if there is no core. */
json_t *attention_build(const struct status_input *input, const struct core_status *status);

#endif
