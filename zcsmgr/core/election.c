/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who should hold a service: one pure ranking of the eligible nodes, from delivered states alone,
 * so that every member of a view comes to the same result.
 *
 *   the holder stays > the operator's target > fewer recent failures > the order in `nodes`
 */
#include "internal.h"

int election_reference(const struct core *core, int index)
{
	int holder = core->services[index].claim.node;
	int lowest = CORE_NONE;

	if (holder != CORE_NONE && view_counts(core, holder) && core->nodes[holder].heard)
		return holder;
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		if (!view_counts(core, (int)i) || !core->nodes[i].heard)
			continue;
		if (lowest == CORE_NONE || core->nodes[i].nodeid < core->nodes[lowest].nodeid)
			lowest = (int)i;
	}
	return lowest;
}

static enum reason_code disk_obstacle(const struct core *core, int index,
				      const struct service_state *told)
{
	if (!copy_needed(core, index) || told->current)
		return REASON_NONE;
	if (!told->storage.known)
		return REASON_WHY_DISK_UNKNOWN;
	if (told->storage.split_brain)
		return REASON_WHY_SPLIT_BRAIN;
	if (told->storage.disk != STORAGE_UPTODATE && told->storage.disk != STORAGE_CONSISTENT)
		return REASON_WHY_DISK;
	return REASON_WHY_NO_CURRENT_COPY;
}

/* Bars apart: they order the nodes, and where all are barred they stop nobody. */
static enum reason_code obstacle_but_bar(const struct core *core, int index, int node)
{
	const struct node *candidate = &core->nodes[node];
	const struct service_state *told = &candidate->state.services[index];
	int reference = election_reference(core, index);

	if (core_place(core, index, node) == CORE_NONE)
		return REASON_WHY_NOT_ELIGIBLE;
	if (!candidate->present || !candidate->in_ring)
		return REASON_NODE_LOST;
	if (candidate->silent)
		return REASON_NODE_SILENT;
	if (candidate->fence_id != 0 && !candidate->fence_on)
		return REASON_FENCING;
	if (!candidate->heard)
		return REASON_WHY_STATE;
	if (!told->told || reference == CORE_NONE ||
	    candidate->state.digest != core->nodes[reference].state.digest)
		return REASON_WHY_CONFIG;
	if (candidate->state.leaving || candidate->state.ending)
		return REASON_SHUTDOWN;
	if (intent_is_standby(core, node))
		return REASON_WHY_STANDBY;
	if (candidate->state.store_failed)
		return REASON_WHY_STORE;
	if (told->phase == PHASE_UNKNOWN)
		return REASON_WHY_PROBING;
	return disk_obstacle(core, index, told);
}

enum reason_code election_obstacle(const struct core *core, int index, int node)
{
	enum reason_code obstacle = obstacle_but_bar(core, index, node);

	if (obstacle != REASON_NONE)
		return obstacle;
	return core->nodes[node].state.services[index].barred ? REASON_WHY_BARRED : REASON_NONE;
}

bool election_eligible(const struct core *core, int index, int node)
{
	return election_obstacle(core, index, node) == REASON_NONE;
}

/* Is a better than b? Both are eligible. */
static bool better(const struct core *core, int index, int a, int b, enum reason_code *why)
{
	const struct service *service = &core->services[index];
	unsigned a_failures = core->nodes[a].state.services[index].failures;
	unsigned b_failures = core->nodes[b].state.services[index].failures;
	int target = intent_target(core, index);

	if (service->claim.node == a || service->claim.node == b) {
		*why = REASON_ELECT_HOLDER;
		return service->claim.node == a;
	}
	if (target == a || target == b) {
		*why = REASON_ELECT_TARGET;
		return target == a;
	}
	if (a_failures != b_failures) {
		*why = REASON_ELECT_FAILURES;
		return a_failures < b_failures;
	}
	*why = REASON_ELECT_ORDER;
	return core_place(core, index, a) < core_place(core, index, b);
}

static int best(const struct core *core, int index, int but, enum reason_code *why)
{
	int winner = CORE_NONE;

	*why = REASON_ELECT_ORDER;
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		if ((int)i == but || !election_eligible(core, index, (int)i))
			continue;
		if (winner == CORE_NONE || better(core, index, (int)i, winner, why))
			winner = (int)i;
	}
	return winner;
}

/* Every node that could run it is barred: it is tried again where it failed last. */
static int last_failed(const struct core *core, int index)
{
	int winner = CORE_NONE;

	for (unsigned i = 0; i < core->settings.node_count; i++) {
		const struct service_state *told = &core->nodes[i].state.services[index];

		if (obstacle_but_bar(core, index, (int)i) != REASON_NONE)
			continue;
		if (winner == CORE_NONE ||
		    told->last_epoch > core->nodes[winner].state.services[index].last_epoch)
			winner = (int)i;
	}
	return winner;
}

int election_winner(const struct core *core, int index, enum reason_code *why)
{
	int winner = best(core, index, CORE_NONE, why);

	if (winner != CORE_NONE)
		return winner;
	*why = REASON_ELECT_FAILURES;
	return last_failed(core, index);
}

int election_other(const struct core *core, int index, int but)
{
	enum reason_code why;

	return best(core, index, but, &why);
}
