/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "timeline.h"

#include <string.h>
#include <time.h>

#include "field.h"
#include "output.h"

/* Causes so close to each other are one: a resource that fails, is restarted and fails again. */
enum { SAME_CAUSE_S = 60 };

static bool among(const char *code, const char *const *codes)
{
	for (; *codes; codes++)
		if (strcmp(code, *codes) == 0)
			return true;
	return false;
}

static bool has_code(const json_t *record, const char *code)
{
	return strcmp(field_text(record, "code"), code) == 0;
}

/* What sets a service in motion. Fencing and the operator's confirmation follow from these. */
static bool is_cause(const json_t *record)
{
	static const char *const codes[] = {
		"NODE_LEFT",	 "NODE_PROCDOWN",    "NODE_LOST",
		"NODE_SILENT",	 "RESOURCE_FAILED",  "RESOURCE_GONE",
		"START_FAILED",	 "START_TIMEOUT",    "START_FOREIGN",
		"RESTART",	 "MOVE_FAILED_HERE", "MOVING",
		"OPERATOR_MOVE", "OPERATOR_START",   "STANDBY",
		"ONLINE",	 "SHUTDOWN",	     "MAINTENANCE_OFF",
		"CLEANED_UP",	 "SUPERSEDED",	     NULL,
	};

	return among(field_text(record, "code"), codes);
}

static bool is_of(const json_t *record, const char *service)
{
	const char *name = field_text(record, "service");

	return *name == '\0' || strcmp(name, service) == 0;
}

static double seconds_between(const json_t *earlier, const json_t *later)
{
	double from = field_number(earlier, "boot_ms"), to = field_number(later, "boot_ms");

	/* The wall clock may be set meanwhile; the other one begins anew with each boot. */
	if (from > 0 && to >= from)
		return (to - from) / 1000;
	return field_number(later, "time") - field_number(earlier, "time");
}

/* ---- finding -------------------------------------------------------------------------------- */

static bool find_acquired(const json_t *records, struct timeline *timeline)
{
	for (size_t i = json_array_size(records); i-- > 0;) {
		const json_t *record = json_array_get(records, i);

		if (!has_code(record, "ACQUIRED"))
			continue;
		timeline->acquired = i;
		timeline->service = field_text(record, "service");
		timeline->node = *field_text(record, "about") ? field_text(record, "about")
							      : field_text(record, "node");
		return *timeline->service != '\0';
	}
	return false;
}

/* Up to where it is active, or as far as the journal goes. */
static void find_last(struct timeline *timeline)
{
	size_t count = json_array_size(timeline->records);

	timeline->last = timeline->acquired;
	for (size_t i = timeline->acquired + 1; i < count; i++) {
		const json_t *record = json_array_get(timeline->records, i);

		if (strcmp(field_text(record, "service"), timeline->service) != 0)
			continue;
		timeline->last = i;
		timeline->active = has_code(record, "ACTIVE");
		if (timeline->active)
			return;
	}
}

/* Back from the acquisition to its nearest cause, and on while another is close before that. */
static void find_first(struct timeline *timeline)
{
	timeline->first = timeline->acquired;
	for (size_t i = timeline->acquired; i-- > 0;) {
		const json_t *record = json_array_get(timeline->records, i);

		if (!is_of(record, timeline->service))
			continue;
		/* What was before it was last active belongs to an earlier story. */
		if (has_code(record, "ACTIVE") || has_code(record, "ACQUIRED"))
			return;
		if (!is_cause(record))
			continue;
		if (timeline->first != timeline->acquired &&
		    seconds_between(record, json_array_get(timeline->records, timeline->first)) >
			    SAME_CAUSE_S)
			return;
		timeline->first = i;
	}
}

bool timeline_find(const json_t *records, struct timeline *timeline)
{
	*timeline = (struct timeline){.records = records};
	if (!find_acquired(records, timeline))
		return false;
	find_last(timeline);
	find_first(timeline);
	return true;
}

/* ---- telling -------------------------------------------------------------------------------- */

bool timeline_has(const struct timeline *timeline, const json_t *record)
{
	return is_of(record, timeline->service);
}

double timeline_seconds(const struct timeline *timeline, size_t record)
{
	return seconds_between(json_array_get(timeline->records, timeline->first),
			       json_array_get(timeline->records, record));
}

/* What is begun is told only while its end is not: that tells how long it took. */
static bool is_told_by_its_end(const struct timeline *timeline, size_t at)
{
	const json_t *record = json_array_get(timeline->records, at);
	const char *resource = field_text(record, "resource");

	if (!has_code(record, "STARTING") && !has_code(record, "STOPPING"))
		return false;
	for (size_t i = at + 1; i <= timeline->last; i++) {
		const json_t *later = json_array_get(timeline->records, i);

		if (strcmp(field_text(later, "resource"), resource) == 0 &&
		    is_of(later, timeline->service))
			return true;
	}
	return false;
}

static void print_record(FILE *out, const struct timeline *timeline, size_t at)
{
	const json_t *record = json_array_get(timeline->records, at);
	const char *detail = field_text(record, "detail");
	char text[2048];

	snprintf(text, sizeof(text), "%s%s%s%s", field_text(record, "text"), *detail ? " (" : "",
		 detail, *detail ? ")" : "");
	fprintf(out, "%9.1f s  ", timeline_seconds(timeline, at));
	output_wrap(out, output_level(field_text(record, "level")), text, 13, 15);
}

static void print_heading(FILE *out, const struct timeline *timeline)
{
	const json_t *first = json_array_get(timeline->records, timeline->first);
	time_t when = (time_t)field_number(first, "time");
	char text[512], date[64] = "";
	struct tm local;

	if (localtime_r(&when, &local))
		strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S", &local);
	snprintf(text, sizeof(text), "%s to %s, %s, as journaled on %s", timeline->service,
		 timeline->node, date,
		 *field_text(first, "node") ? field_text(first, "node") : "this node");
	output_text(out, OUTPUT_BOLD, text);
	fputs("\n\n", out);
}

static void print_sum(FILE *out, const struct timeline *timeline)
{
	double cleared = timeline_seconds(timeline, timeline->acquired);
	double total = timeline_seconds(timeline, timeline->last);
	char a[OUTPUT_DURATION_SIZE], b[OUTPUT_DURATION_SIZE], c[OUTPUT_DURATION_SIZE], text[512];

	if (timeline->active)
		snprintf(text, sizeof(text),
			 "%s from the first sign until active: %s until acquired, %s for starting",
			 output_duration(a, total), output_duration(b, cleared),
			 output_duration(c, total - cleared));
	else
		snprintf(text, sizeof(text),
			 "not active yet as far as this node has journaled; `zcsmgr history` on %s "
			 "may know more",
			 timeline->node);
	fputc('\n', out);
	output_wrap(out, timeline->active ? OUTPUT_GOOD : OUTPUT_WARNING, text, 0, 0);
}

void timeline_print(FILE *out, const struct timeline *timeline)
{
	print_heading(out, timeline);
	for (size_t i = timeline->first; i <= timeline->last; i++)
		if (timeline_has(timeline, json_array_get(timeline->records, i)) &&
		    !is_told_by_its_end(timeline, i))
			print_record(out, timeline, i);
	print_sum(out, timeline);
}
