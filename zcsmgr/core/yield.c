/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a service that is here must leave, or had better be elsewhere. */
#include "service.h"

/*
 * The first in order, which could not serve it when it came here, can now, and its copy is
 * connected to ours.
 */
static int failback_to(const struct core *core, int index)
{
	const struct service_config *config = &core->config->services[index];
	int first = core_find_node_name(core, config->nodes[0]);

	if (!config->failback || !core->services[index].came_for_want || first == CORE_NONE ||
	    first == core->self || !view_settled(core) || !election_eligible(core, index, first))
		return CORE_NONE;
	if (copy_needed(core, index) && core->services[index].storage.link != STORAGE_CONNECTED)
		return CORE_NONE;
	return first;
}

/* It works on the other side's disk, and had better be there. */
static bool disk_failed(const struct core *core, int index)
{
	const struct storage *storage = &core->services[index].storage;

	return copy_needed(core, index) && core->services[index].phase == PHASE_ACTIVE &&
	       storage->known && storage->disk != STORAGE_UPTODATE &&
	       storage->link == STORAGE_CONNECTED && view_settled(core) &&
	       election_other(core, index, core->self) != CORE_NONE;
}

enum reason_code yield_reason(const struct core *core, int index)
{
	int target = intent_target(core, index);

	if (intent_is_maintenance(core, index))
		return REASON_NONE;
	if (copy_suspended(core, index))
		return REASON_NONE; /* frozen: it could not stop */
	if (core->ending)
		return REASON_SHUTDOWN;
	if (core->reset_ms != 0)
		return election_other(core, index, core->self) != CORE_NONE ? REASON_RESET_STOP
									    : REASON_NONE;
	if (intent_is_stopped(core, index))
		return REASON_OPERATOR_STOP;
	if (core->self != CORE_NONE && intent_is_standby(core, core->self))
		return REASON_STANDBY;
	if (disk_failed(core, index))
		return REASON_DISK_FAILED;
	if (target != CORE_NONE && target != core->self && view_settled(core) &&
	    election_eligible(core, index, target))
		return REASON_MOVING;
	if (failback_to(core, index) != CORE_NONE)
		return REASON_MOVING;
	return REASON_NONE;
}

void yield_consider(struct core *core, int index)
{
	struct service *service = &core->services[index];
	enum reason_code reason = yield_reason(core, index);
	int target = intent_target(core, index);
	bool going = service->phase == PHASE_STOPPING && service->after_stop == AFTER_RELEASE;

	if (!service_claims(service->phase) || going || service->cancelled)
		return;
	if (service->superseded) {
		service_event(core, index, SERVICE_SUPERSEDED, CORE_NONE, OUTCOME_OK);
		return;
	}
	if (reason == REASON_NONE)
		return;
	if (reason == REASON_DISK_FAILED)
		core_record(core, reason, index, CORE_NONE, core->self, 0);
	if (reason == REASON_MOVING)
		core_record(core, reason, index, CORE_NONE,
			    target != CORE_NONE ? target : failback_to(core, index), 0);
	service_event(core, index, SERVICE_YIELD, CORE_NONE, OUTCOME_OK);
}
