/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verb that shows the past. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli.h"
#include "client.h"
#include "field.h"
#include "output.h"
#include "timeline.h"

/* ---- points in time ------------------------------------------------------------------------- */

/* "90s", "30m", "12h", "3d": so long ago. */
static bool parse_ago(const char *text, time_t now, time_t *when)
{
	static const struct {
		const char *unit;
		long long seconds;
	} units[] = {{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}};
	char *end;
	long long count = strtoll(text, &end, 10);

	if (end == text || count < 0 || count > 100000)
		return false;
	for (unsigned i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strcmp(end, units[i].unit) == 0) {
			*when = now - (time_t)(count * units[i].seconds);
			return true;
		}
	return false;
}

static bool parse_format(const char *text, const char *format, time_t now, time_t *when)
{
	struct tm local;
	const char *end;

	localtime_r(&now, &local);
	/* A date without a time is its midnight; a time without a date is today's. */
	local.tm_hour = local.tm_min = local.tm_sec = 0;
	end = strptime(text, format, &local);
	if (!end || *end != '\0')
		return false;
	local.tm_isdst = -1;
	*when = mktime(&local);
	return *when != (time_t)-1;
}

static bool parse_time(const char *text, time_t *when)
{
	static const char *const formats[] = {"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S",
					      "%Y-%m-%d %H:%M",	   "%Y-%m-%d",
					      "%H:%M:%S",	   "%H:%M"};
	time_t now = time(NULL);

	if (parse_ago(text, now, when))
		return true;
	for (unsigned i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (parse_format(text, formats[i], now, when))
			return true;
	output_error("--since %s: say how long ago (30m, 12h, 3d), a time (03:15), or a date "
		     "(2025-11-26, or '2025-11-26 03:15:00')",
		     text);
	return false;
}

/* ---- records -------------------------------------------------------------------------------- */

static json_t *choose(const json_t *records, time_t since, long last)
{
	size_t count = json_array_size(records), first = 0;
	json_t *chosen = json_array();

	while (first < count &&
	       field_number(json_array_get(records, first), "time") < (double)since)
		first++;
	if (last > 0 && count - first > (size_t)last)
		first = count - (size_t)last;
	for (size_t i = first; i < count; i++)
		json_array_append(chosen, json_array_get(records, i));
	return chosen;
}

static void print_record(const json_t *record)
{
	double when = field_number(record, "time");
	time_t whole = (time_t)when;
	const char *detail = field_text(record, "detail");
	char date[64] = "", prefix[160], text[2048];
	struct tm local;
	int milliseconds;

	if (localtime_r(&whole, &local))
		strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S", &local);
	milliseconds = (int)((when - (double)whole) * 1000 + 0.5);
	snprintf(prefix, sizeof(prefix), "%s.%03d  %-8.20s  ", date,
		 milliseconds < 1000 ? milliseconds : 999, field_text(record, "node"));
	snprintf(text, sizeof(text), "%s%s%s%s", field_text(record, "text"), *detail ? " (" : "",
		 detail, *detail ? ")" : "");
	output_text(stdout, OUTPUT_PLAIN, prefix);
	output_wrap(stdout, output_level(field_text(record, "level")), text, output_columns(prefix),
		    27);
}

static enum cli_exit show_records(const struct cli_options *options, const json_t *records,
				  time_t since)
{
	json_t *chosen = choose(records, since, options->last), *record;
	size_t i;

	if (options->json)
		field_print(stdout, chosen, true);
	else if (json_array_size(chosen) == 0)
		puts("The journal has no such records.");
	json_array_foreach(chosen, i, record)
	{
		if (!options->json)
			print_record(record);
	}
	json_decref(chosen);
	return CLI_DONE;
}

static enum cli_exit show_timeline(const struct cli_options *options, const json_t *records)
{
	json_t *chosen = json_array();
	struct timeline timeline;
	bool found = timeline_find(records, &timeline);

	for (size_t i = timeline.first; found && i <= timeline.last; i++)
		if (timeline_has(&timeline, json_array_get(records, i)))
			json_array_append(chosen, json_array_get(records, i));
	if (options->json)
		field_print(stdout, chosen, true);
	else if (found)
		timeline_print(stdout, &timeline);
	else
		puts("No service was taken over, moved or started as far back as the journal of "
		     "this node goes.\n`zcsmgr history --all` shows what it has.");
	json_decref(chosen);
	return CLI_DONE;
}

static enum cli_exit show(const struct cli_options *options, const json_t *answer, time_t since)
{
	const json_t *records = json_object_get(answer, "records");

	if (client_result(answer) != CLI_DONE)
		return client_conclude(options, answer);
	if (options->all || options->since || options->last)
		return show_records(options, records, since);
	return show_timeline(options, records);
}

enum cli_exit history_verb(const struct cli_options *options, char **arguments)
{
	enum cli_exit result = CLI_FAILED;
	time_t since = 0;
	json_t *answer;

	(void)arguments;
	if (options->all && (options->since || options->last)) {
		output_error("--all is all: leave --since and --last away");
		return CLI_USAGE;
	}
	if (options->since && !parse_time(options->since, &since))
		return CLI_USAGE;
	answer =
		client_run(options, client_request("history", NULL, NULL), CLIENT_READ_MS, &result);
	if (!answer)
		return result;
	result = show(options, answer, since);
	json_decref(answer);
	return result;
}
