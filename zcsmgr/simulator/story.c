/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What happened, for people: one line each, the time first, then whose line it is. */
#include "internal.h"

#include <stdarg.h>
#include <string.h>

#include "names.h"

const char *name_of(const struct sim *sim, int node)
{
	return node == CORE_NONE ? "" : sim->cluster.names[node];
}

static void begin(struct sim *sim, const char *who)
{
	fprintf(sim->story, "%7llu.%03llu  %-9s ", (unsigned long long)sim->now_ms / 1000,
		(unsigned long long)sim->now_ms % 1000, who);
}

void story(struct sim *sim, int node, const char *format, ...)
{
	va_list arguments;

	if (!sim->story)
		return;
	begin(sim, "--");
	if (node != CORE_NONE)
		fprintf(sim->story, "%s: ", name_of(sim, node));
	va_start(arguments, format);
	vfprintf(sim->story, format, arguments);
	va_end(arguments);
	fputc('\n', sim->story);
}

static const char *find_name(void *data, uint32_t nodeid)
{
	const struct sim *sim = data;

	return nodeid >= 1 && nodeid <= sim->cluster.node_count ? name_of(sim, (int)nodeid - 1)
								: NULL;
}

void story_reason(struct sim *sim, int node, const struct reason *reason)
{
	char text[512];

	if (!sim->story || (!sim->story_all && names_reason_level(reason->code) == REASON_INFO))
		return;
	names_reason(text, sizeof(text), reason, sim->machines[node].config, find_name, sim);
	begin(sim, name_of(sim, node));
	fprintf(sim->story, "%s\n", text);
}

static void explain_disk(struct sim *sim, int service, int node)
{
	const struct volume *volume = &sim->volumes[service];

	for (int i = 0; i < 2; i++) {
		const struct side *side = &volume->sides[i];

		if (volume->nodes[i] == node && sim->machines[node].power && side->configured)
			story(sim, node, "its disk is %s, %s, %s%s%s", names_role(side->role),
			      names_disk(side->disk), names_link(side->link),
			      volume->syncing ? ", being renewed" : "",
			      side->suspended ? ", frozen" : "");
	}
}

void sim_explain(struct sim *sim, int service)
{
	for (int i = 0; i < (int)sim->cluster.node_count && sim->story; i++) {
		const struct core_status *status = sim_status(sim, i);
		bool all = sim->story_all;

		explain_disk(sim, service, i);
		sim->story_all = true;
		for (unsigned j = 0; status && j < status->services[service].why_count; j++)
			story_reason(sim, i, &status->services[service].why[j]);
		sim->story_all = all;
	}
}

void broken(struct sim *sim, const char *promise, const char *format, ...)
{
	va_list arguments;

	bool safety = promise[0] == 'S' && promise[1] <= '4';

	if (sim->violation.found || (safety && sim->lied))
		return;
	sim->violation.found = true;
	sim->violation.at_ms = sim->now_ms;
	strncpy(sim->violation.promise, promise, sizeof(sim->violation.promise) - 1);
	va_start(arguments, format);
	vsnprintf(sim->violation.text, sizeof(sim->violation.text), format, arguments);
	va_end(arguments);
	story(sim, CORE_NONE, "BROKEN %s: %s", promise, sim->violation.text);
}
