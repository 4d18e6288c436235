/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"

#include "names.h"
#include "scenario.h"
#include "service.h"
#include "service_table.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void report_begin(struct report *report)
{
	report->began = now();
}

void report_end(struct report *report)
{
	report->seconds = now() - report->began;
}

void report_add(struct report *report, const struct sim_numbers *numbers)
{
	report->schedules++;
	report->numbers.steps += numbers->steps;
	report->numbers.faults += numbers->faults;
	report->numbers.commands += numbers->commands;
	report->numbers.passed_ms += numbers->passed_ms;
	report->numbers.moves += numbers->moves;
	report->numbers.written += numbers->written;
	report->numbers.acknowledged += numbers->acknowledged;
}

static void sum_counts(uint32_t *sum, const uint32_t *counts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sum[i] += counts[i];
}

void report_sum(struct report *sum, const struct report *report)
{
	uint64_t schedules = sum->schedules + report->schedules;

	report_add(sum, &report->numbers);
	sum->schedules = schedules;
	sum_counts((uint32_t *)&sum->coverage, (const uint32_t *)&report->coverage,
		   sizeof(sum->coverage) / sizeof(uint32_t));
	if (report->failed && (!sum->failed || report->failed_seed < sum->failed_seed)) {
		sum->failed = true;
		sum->failed_seed = report->failed_seed;
	}
}

void report_print(const struct report *report, const char *name, long jobs)
{
	double hours = (double)report->numbers.passed_ms / 3600000;

	printf("%-13s %8llu schedules %9llu faults %8llu commands %8llu moves %10llu writes "
	       "%9.1f h %7.1f s %6.1f h/s a core  %s\n",
	       name, (unsigned long long)report->schedules,
	       (unsigned long long)report->numbers.faults,
	       (unsigned long long)report->numbers.commands,
	       (unsigned long long)report->numbers.moves,
	       (unsigned long long)report->numbers.acknowledged, hours, report->seconds,
	       hours / report->seconds / (double)jobs, report->failed ? "VIOLATION" : "kept");
	fflush(stdout);
}

/* ---- coverage -------------------------------------------------------------------------------- */

static const struct cell {
	const char *phase, *event, *action;
	int phase_number, event_number;
} cells[] = {
#define CELL(phase, event, action, reason)                                                         \
	{#phase, #event, #action, PHASE_##phase, SERVICE_##event},
	SERVICE_TABLE
#undef CELL
};

static bool report_one(const char *kind, const char *name, uint32_t count)
{
	printf("%10u  %-8s %s%s\n", count, kind, name, count == 0 ? "   NEVER" : "");
	return count > 0;
}

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

bool report_coverage(const struct sim_coverage *coverage)
{
	bool good = true;

	for (unsigned i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		uint32_t count = coverage->cells[cells[i].phase_number][cells[i].event_number];
		char name[64];

		if (strcmp(cells[i].action, "broken") == 0)
			continue; /* cannot be; if it were, that is a violation */
		snprintf(name, sizeof(name), "%s %s", cells[i].phase, cells[i].event);
		good = report_one("cell", name, count) && good;
	}
	for (int i = 1; i < REASON_COUNT; i++) {
		const char *name = names_reason_code((enum reason_code)i);

		if (starts_with(name, "WHY_") || starts_with(name, "ELECT_") ||
		    starts_with(name, "DONE") || strcmp(name, "INTERNAL") == 0 ||
		    strcmp(name, "REFUSED_NODE_UNKNOWN") == 0)
			continue; /* said by `why` only; or looked up before the core is asked */
		if (starts_with(name, "REFUSED_") || starts_with(name, "FAILED_"))
			good = report_one("answer", name, coverage->answers[i]) && good;
		else
			good = report_one("reason", name, coverage->reasons[i]) && good;
	}
	for (int i = 0; i < SIM_VERBS; i++)
		good = report_one("verb", scenario_verb((enum sim_verb)i), coverage->verbs[i]) &&
		       good;
	return good;
}
