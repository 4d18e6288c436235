/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The promises, as predicates over the world: never over what a core believes. */
#include "internal.h"

enum { ASK_MS = 3000 };

/* Something of the service is in use on the node, whatever its daemon thinks. */
static bool runs_any(const struct sim *sim, int node, int service)
{
	const struct service_config *config = &sim->config->services[service];

	for (unsigned i = 0; i < config->resource_count; i++)
		if (sim_is_up(sim, node, service, (int)i) ||
		    (sim->machines[node].power && sim->machines[node].up[service][i] != RES_DOWN))
			return true;
	return false;
}

/* S1: never two. */
static void verify_never_two(struct sim *sim, int service)
{
	int first = CORE_NONE;

	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		if (!runs_any(sim, i, service))
			continue;
		if (first != CORE_NONE)
			broken(sim, "S1", "%s runs on %s and on %s",
			       sim->config->services[service].name, name_of(sim, first),
			       name_of(sim, i));
		first = i;
	}
}

static void count_moves(struct sim *sim, int service)
{
	int holder = sim_holder(sim, service);

	if (holder == CORE_NONE || holder == sim->last_holder[service])
		return;
	if (sim->last_holder[service] != CORE_NONE)
		sim->numbers.moves++;
	sim->last_holder[service] = holder;
	story(sim, holder, "serves %s", sim->config->services[service].name);
}

/* Switching on again what was fenced is part of fencing. */
static bool fences(const struct core_update *update)
{
	for (unsigned i = 0; i < update->fence_count; i++)
		if (!update->fences[i].on)
			return true;
	return false;
}

/* S6: every decision explains itself. What a daemon does to the world goes with a record. */
void verify_explained(struct sim *sim, int node, const struct core_update *update)
{
	unsigned acts = fences(update);

	for (unsigned i = 0; i < update->operation_count; i++)
		acts += update->operations[i].operation == OPERATION_START;
	if (acts > 0 && update->record_count == 0)
		broken(sim, "S6", "%s acts, and does not say why", name_of(sim, node));
}

/* And at any time `why` has an answer, whatever a service does or does not. */
static void verify_why(struct sim *sim)
{
	if (sim->now_ms < sim->asked_ms + ASK_MS)
		return;
	sim->asked_ms = sim->now_ms;
	sim->asked_node = (sim->asked_node + 1) % (int)sim->cluster.node_count;
	for (int i = 0; i < (int)sim->config->service_count; i++) {
		const struct core_status *status = sim_status(sim, sim->asked_node);

		if (status && status->services[i].why_count == 0)
			broken(sim, "S6", "%s does not know why %s is as it is",
			       name_of(sim, sim->asked_node), sim->config->services[i].name);
	}
}

void verify(struct sim *sim)
{
	verify_why(sim);
	if (!sim->changed)
		return;
	sim->changed = false;
	for (int i = 0; i < (int)sim->config->service_count; i++) {
		verify_never_two(sim, i);
		count_moves(sim, i);
	}
}

/* S2: never stale. */
void verify_promoted(struct sim *sim, int node, int service)
{
	unsigned lacks = sim_lacks(sim, node, service);

	if (lacks > 0)
		broken(sim, "S2", "%s becomes Primary for %s and lacks %u acknowledged writes",
		       name_of(sim, node), sim->config->services[service].name, lacks);
}

/* S3: nothing acknowledged is lost. */
void verify_serving(struct sim *sim, int node, int service)
{
	unsigned lacks = sim_lacks(sim, node, service);

	if (lacks > 0)
		broken(sim, "S3", "%s serves %s without %u acknowledged writes", name_of(sim, node),
		       sim->config->services[service].name, lacks);
}

/* A start there has begun that nobody has ended. */
static bool starts_any(const struct sim *sim, int node, int service)
{
	const struct machine *machine = &sim->machines[node];

	for (unsigned i = 0; i < SIM_CHILDREN; i++)
		if (machine->power && machine->children[i].used &&
		    machine->children[i].operation.service == service &&
		    machine->children[i].operation.operation == OPERATION_START &&
		    !machine->children[i].cancelled)
			return true;
	return false;
}

/* No more than Primary, and connected: the kernel refuses a second Primary. */
static bool is_only_primary(const struct sim *sim, int node, int service)
{
	const struct volume *volume = &sim->volumes[service];
	const struct service_config *config = &sim->config->services[service];

	if (disk_side(sim, node, service) == CORE_NONE)
		return false;
	for (unsigned i = 1; i < config->resource_count; i++)
		if (sim_is_up(sim, node, service, (int)i) ||
		    sim->machines[node].up[service][i] != RES_DOWN)
			return false;
	return volume->sides[0].link == STORAGE_CONNECTED &&
	       volume->sides[1].link == STORAGE_CONNECTED;
}

/* S4: release before acquire. What is only being promoted is seen by the second look. */
void verify_start(struct sim *sim, int node, int service)
{
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		if (i == node)
			continue;
		if ((runs_any(sim, i, service) && !is_only_primary(sim, i, service)) ||
		    (starts_any(sim, i, service) && sim->volumes[service].nodes[0] == CORE_NONE))
			broken(sim, "S4", "%s starts %s while %s still has something of it",
			       name_of(sim, node), sim->config->services[service].name,
			       name_of(sim, i));
	}
}
