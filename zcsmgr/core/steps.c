/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Operations on a service's resources, one at a time, and what their ends mean. */
#include "service.h"

static uint32_t timeout_of(const struct resource_config *resource, enum operation operation)
{
	switch (operation) {
	case OPERATION_START:
		return resource->start_timeout_ms;
	case OPERATION_STOP:
		return resource->stop_timeout_ms;
	case OPERATION_PROBE:
	case OPERATION_DETECT:
	case OPERATION_OUTDATE:
	case OPERATION_RESUME:
		break;
	}
	return resource->monitor_timeout_ms;
}

static void run(struct core *core, int index, enum operation operation, unsigned resource)
{
	struct service *service = &core->services[index];
	struct core_operation *wanted;

	if (core->update->operation_count == CORE_OPERATIONS) {
		core->update->again = true;
		return;
	}
	wanted = &core->update->operations[core->update->operation_count++];
	wanted->id = ++core->next_id;
	wanted->operation = operation;
	wanted->service = index;
	wanted->resource = (int)resource;
	wanted->timeout_ms =
		timeout_of(&core->config->services[index].resources[resource], operation);
	wanted->peer_fenced = service->peer_fenced;
	service->operation = wanted->id;
	service->operation_kind = operation;
	service->step = operation == OPERATION_DETECT ? CORE_NONE : (int)resource;
	service->step_since_ms = core->now_ms;
	service->cancelled = false;
	service->retry_ms = 0;
}

void steps_probe(struct core *core, int index)
{
	run(core, index, OPERATION_PROBE, core->services[index].probe);
}

void steps_start(struct core *core, int index)
{
	struct service *service = &core->services[index];

	run(core, index, OPERATION_START, service->up);
	if (service->operation != 0)
		core_record(core, REASON_STARTING, index, (int)service->up, core->self, 0);
}

void steps_stop(struct core *core, int index)
{
	struct service *service = &core->services[index];

	run(core, index, OPERATION_STOP, service->up - 1);
	if (service->operation == 0)
		return;
	if (!service->failed_stop) {
		service->stop_since_ms = core->now_ms;
		core_record(core, REASON_STOPPING, index, (int)service->up - 1, core->self, 0);
	}
}

void steps_detect(struct core *core, int index)
{
	const struct service_config *config = &core->config->services[index];
	struct service *service = &core->services[index];

	for (unsigned i = 0; i < config->resource_count; i++) {
		if (config->resources[i].type != RESOURCE_ADDRESS)
			continue;
		service->detect_ms = core->now_ms;
		run(core, index, OPERATION_DETECT, i);
		return;
	}
}

void steps_cancel(struct core *core, int index)
{
	struct service *service = &core->services[index];

	if (service->operation == 0 || service->cancelled)
		return;
	if (core->update->cancel_count == CORE_OPERATIONS) {
		core->update->again = true;
		return;
	}
	service->cancelled = true;
	core->update->cancels[core->update->cancel_count++] = service->operation;
}

/* ---- ends ----------------------------------------------------------------------------------- */

static enum service_event probe_result(const struct core *core, int index)
{
	const struct service *service = &core->services[index];
	unsigned count = core->config->services[index].resource_count;

	if (service->probe_up == count)
		return SERVICE_PROBED_UP;
	return service->probe_down == count ? SERVICE_PROBED_DOWN : SERVICE_PROBED_PARTIAL;
}

static void probe_ended(struct core *core, int index, enum outcome outcome)
{
	struct service *service = &core->services[index];
	int resource = (int)service->probe;

	if (service->phase != PHASE_UNKNOWN && !service->checking)
		return; /* meanwhile something else became of the service */
	if (outcome != OUTCOME_UP && outcome != OUTCOME_DOWN && outcome != OUTCOME_PARTIAL) {
		service_event(core, index, SERVICE_STEP_FAILED, resource, outcome);
		return;
	}
	if (service->phase == PHASE_ACTIVE && outcome != OUTCOME_UP) {
		service->checking = false;
		service_event(core, index,
			      outcome == OUTCOME_DOWN ? SERVICE_PROBED_DOWN
						      : SERVICE_PROBED_PARTIAL,
			      resource, outcome);
		return;
	}
	service->probe++;
	service->probe_up += outcome == OUTCOME_UP;
	service->probe_down += outcome == OUTCOME_DOWN;
	if (service->probe < core->config->services[index].resource_count) {
		steps_probe(core, index);
		return;
	}
	service->checking = false;
	/* What is half up in maintenance is the operator's work. */
	if (probe_result(core, index) == SERVICE_PROBED_PARTIAL &&
	    intent_is_maintenance(core, index))
		service_event(core, index, SERVICE_STEP_FAILED, CORE_NONE, outcome);
	else
		service_event(core, index, probe_result(core, index), CORE_NONE, outcome);
}

static void detect_ended(struct core *core, int index, enum outcome outcome)
{
	struct service *service = &core->services[index];
	bool foreign = outcome == OUTCOME_FOREIGN;

	if (outcome != OUTCOME_OK && outcome != OUTCOME_FOREIGN)
		return;
	if (foreign != service->foreign)
		core->state_due = true;
	service->foreign = foreign;
}

static void ended(struct core *core, int index, enum outcome outcome)
{
	struct service *service = &core->services[index];
	enum operation operation = service->operation_kind;
	int resource = service->step;

	service->operation = 0;
	service->step = CORE_NONE;
	core->state_due = true;
	if (operation != OPERATION_START || outcome == OUTCOME_OK)
		service->cancelled = false;
	if (service->stuck) {
		service->stuck = false;
		core_record(core, REASON_OPERATION_UNSTUCK, index, resource, core->self, 0);
	}
	if (operation == OPERATION_PROBE)
		probe_ended(core, index, outcome);
	else if (operation == OPERATION_DETECT)
		detect_ended(core, index, outcome);
	else
		service_event(core, index,
			      outcome == OUTCOME_OK ? SERVICE_STEP_DONE : SERVICE_STEP_FAILED,
			      resource, outcome);
}

void service_operation(struct core *core, uint64_t id, enum outcome outcome)
{
	for (unsigned i = 0; i < core->config->service_count; i++) {
		struct service *service = &core->services[i];

		if (id == 0 || service->operation != id)
			continue;
		if (outcome != OUTCOME_STUCK) {
			ended(core, (int)i, outcome);
			return;
		}
		service->stuck = true;
		service->stuck_ms = core->now_ms;
		core->state_due = true;
		core_record(core, REASON_OPERATION_STUCK, (int)i, service->step, core->self, 0);
		return;
	}
}
