/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "shrink.h"

#include <stdlib.h>
#include <string.h>

static bool fails(const struct scenario *scenario, struct scenario_error *error)
{
	return !scenario_run(scenario, NULL, false, NULL, NULL, error);
}

/* The same promise, not another. */
static bool fails_alike(const struct scenario *scenario, const char *promise,
			struct scenario_error *error)
{
	struct scenario_error other;

	if (!fails(scenario, &other) || strncmp(other.text, promise, 2) != 0)
		return false;
	*error = other;
	return true;
}

/* Boots, and the end in which all must become good, belong to every story. */
static unsigned kept_at_the_start(const struct scenario *scenario)
{
	return scenario->cluster.node_count;
}

static unsigned kept_from(const struct scenario *scenario)
{
	for (unsigned i = 0; i < scenario->count; i++)
		if (scenario->statements[i].kind == STATEMENT_MEND)
			return i;
	return scenario->count;
}

static void leave_out(struct scenario *scenario, unsigned from, unsigned count)
{
	memmove(&scenario->statements[from], &scenario->statements[from + count],
		(scenario->count - from - count) * sizeof(scenario->statements[0]));
	scenario->count -= count;
}

/* Parts of that many statements; true: something could be left out. */
static bool try_parts(struct scenario *scenario, struct scenario *saved, unsigned part,
		      const char *promise, struct scenario_error *error)
{
	bool any = false;

	for (unsigned from = kept_at_the_start(scenario); from < kept_from(scenario);) {
		unsigned count = part;

		if (from + count > kept_from(scenario))
			count = kept_from(scenario) - from;
		memcpy(saved, scenario, sizeof(*saved));
		leave_out(scenario, from, count);
		if (fails_alike(scenario, promise, error)) {
			any = true;
			continue;
		}
		memcpy(scenario, saved, sizeof(*saved));
		from += count;
	}
	return any;
}

/* Without its end the story must still last as long. */
static void scenario_hold(struct scenario *scenario, const struct scenario *whole)
{
	struct scenario_statement *run = &scenario->statements[scenario->count++];
	uint64_t end_ms = 0;

	for (unsigned i = 0; i < whole->count; i++)
		if (whole->statements[i].kind != STATEMENT_UNTIL &&
		    whole->statements[i].at_ms > end_ms)
			end_ms = whole->statements[i].at_ms;
	memset(run, 0, sizeof(*run));
	run->kind = STATEMENT_RUN;
	run->at_ms = end_ms + 400000;
}

/* Another story of chance may need less. */
static void try_seeds(struct scenario *scenario, struct scenario *saved, const char *promise,
		      struct scenario_error *error)
{
	unsigned tries = 40;

	for (unsigned i = kept_at_the_start(scenario); i < kept_from(scenario); i++) {
		memcpy(saved, scenario, sizeof(*saved));
		leave_out(scenario, i, 1);
		for (unsigned j = 0; j < tries; j++) {
			scenario->seed = saved->seed + j;
			if (!fails_alike(scenario, promise, error))
				continue;
			i--;
			memcpy(saved, scenario, sizeof(*saved));
			break;
		}
		memcpy(scenario, saved, sizeof(*saved));
	}
}

void shrink(struct scenario *scenario, struct scenario_error *error)
{
	struct scenario *saved = malloc(sizeof(*saved));
	char promise[3] = "";

	if (!saved || !fails(scenario, error)) {
		free(saved);
		return;
	}
	memcpy(promise, error->text, 2);
	for (unsigned part = scenario->count / 2; part >= 1; part = part > 1 ? part / 2 : 0)
		while (try_parts(scenario, saved, part, promise, error))
			;
	try_seeds(scenario, saved, promise, error);
	/* A broken safety promise needs no good end. */
	if (promise[0] == 'S') {
		memcpy(saved, scenario, sizeof(*saved));
		leave_out(scenario, kept_from(scenario), scenario->count - kept_from(scenario));
		scenario_hold(scenario, saved);
		if (!fails_alike(scenario, promise, error))
			memcpy(scenario, saved, sizeof(*saved));
	}
	free(saved);
}
