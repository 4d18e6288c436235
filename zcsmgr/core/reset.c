/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What cannot stop is fenced by itself: a node that cannot release a service, that holds one
 * beyond its lease, or that runs what another has acquired, is reset. Before a reset for a failed
 * stop the node's other services may move away for a while.
 */
#include "internal.h"

void reset_at_once(struct core *core, enum reason_code why, int service, int node)
{
	if (core->reset_ms == 0 || core->reset_ms > core->now_ms)
		core_record(core, why, service, CORE_NONE, node, 0);
	core->reset_ms = core->now_ms;
	if (core->reset_ms == 0)
		core->reset_ms = 1;
}

void reset_for_stop(struct core *core, int index, int resource)
{
	struct core_durable_service *durable = &core->durable.services[index];

	if (core->reset_ms != 0)
		return;
	core->reset_ms = core->now_ms + MOVE_AWAY_MS;
	core->state_due = true;
	core_record(core, REASON_RESET_STOP, index, resource, core->self, 0);
	/* It comes back, but not to the service that it could not stop. */
	if (!durable->barred) {
		durable->barred = true;
		core_record(core, REASON_BARRED, index, CORE_NONE, core->self, 0);
		core_store(core);
	}
}

/* Another service is still on its way to another node. */
static bool is_moving_away(const struct core *core, int index)
{
	const struct service *service = &core->services[index];

	if (!service_claims(service->phase) || service->failed_stop || service->stuck ||
	    intent_is_maintenance(core, index))
		return false;
	return service->phase == PHASE_STOPPING ||
	       election_other(core, index, core->self) != CORE_NONE;
}

/* It has moved away from here and is being started there: that needs our copy of the data. */
static bool is_arriving(const struct core *core, int index)
{
	const struct service *service = &core->services[index];
	int holder = service->claim.node;

	if (service->phase != PHASE_STOPPED || intent_is_stopped(core, index) ||
	    intent_is_maintenance(core, index))
		return false;
	if (holder != CORE_NONE && holder != core->self)
		return view_counts(core, holder) &&
		       core->nodes[holder].state.services[index].phase != PHASE_ACTIVE;
	return service->last_epoch != 0 &&
	       service->last_epoch == core->durable.services[index].epoch &&
	       election_other(core, index, core->self) != CORE_NONE;
}

static bool is_waiting(const struct core *core)
{
	if (core->store_due || core->store_running != 0)
		return true;
	for (unsigned i = 0; i < core->config->service_count; i++)
		if (is_moving_away(core, (int)i) || is_arriving(core, (int)i))
			return true;
	return false;
}

void reset_advance(struct core *core)
{
	if (core->reset_ms == 0)
		return;
	if (core->now_ms < core->reset_ms && is_waiting(core)) {
		core_wake(core, core->reset_ms);
		return;
	}
	core->update->reset = true;
	if (!core->reset_told)
		core_record(core, REASON_RESET, CORE_NONE, CORE_NONE, core->self, 0);
	core->reset_told = true;
}
