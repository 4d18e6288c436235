/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What many runs came to. */
#ifndef ZCSMGR_SIM_REPORT_H
#define ZCSMGR_SIM_REPORT_H

#include "simulator.h"

struct report {
	uint64_t schedules;
	struct sim_numbers numbers;
	struct sim_coverage coverage;
	double began, seconds;
	bool failed;
	uint64_t failed_seed;
};

void report_begin(struct report *report);
void report_end(struct report *report);
void report_add(struct report *report, const struct sim_numbers *numbers);
void report_sum(struct report *sum, const struct report *report);
void report_print(const struct report *report, const char *name, long jobs);
/* Prints what was exercised how often; false: something never was. */
bool report_coverage(const struct sim_coverage *coverage);

#endif
