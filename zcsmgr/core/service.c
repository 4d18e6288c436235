/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state machine of a service on this node: service_table.h, and what its actions do. */
#include "service.h"

#include "service_table.h"

#include <string.h>

struct occasion {
	enum service_event event;
	enum reason_code reason;
	int resource;
	enum outcome outcome;
};

typedef void action_fn(struct core *core, int index, const struct occasion *occasion);

bool service_claims(enum core_phase phase)
{
	return phase == PHASE_STARTING || phase == PHASE_ACTIVE || phase == PHASE_STOPPING;
}

bool service_idle(const struct core *core, int index)
{
	const struct service *service = &core->services[index];

	/* Looking for a foreign address changes nothing, unless it does not end. */
	return service->phase == PHASE_STOPPED &&
	       (service->operation == 0 ||
		(service->operation_kind == OPERATION_DETECT && !service->stuck));
}

static void set_phase(struct core *core, int index, enum core_phase phase)
{
	struct service *service = &core->services[index];

	service->phase = phase;
	service->since_ms = core->now_ms;
	core->state_due = true;
}

static void hold(struct core *core, int index, uint64_t epoch)
{
	core->services[index].epoch = epoch;
	core->services[index].last_epoch = epoch;
	core->durable.services[index].held_epoch = epoch;
	core_store(core);
}

static void stop_from_here(struct core *core, int index, unsigned goal, enum after_stop after)
{
	struct service *service = &core->services[index];

	/* What has vanished meanwhile below is restarted with it. */
	if (service->lost != CORE_NONE && (unsigned)service->lost < goal)
		goal = (unsigned)service->lost;
	service->stop_goal = goal;
	service->after_stop = after;
	service->failed_stop = false;
	service->retry_ms = 0;
	service->checking = false;
	service->lost = CORE_NONE;
	set_phase(core, index, PHASE_STOPPING);
}

static void release(struct core *core, int index)
{
	struct service *service = &core->services[index];

	service->superseded = false;
	service->by_interlock = false;
	core->durable.services[index].held_epoch = 0;
	core_store(core);
	set_phase(core, index, PHASE_STOPPED);
	core_record(core, REASON_RELEASED, index, CORE_NONE, core->self, 0);
}

/* ---- actions -------------------------------------------------------------------------------- */

static void nop(struct core *core, int index, const struct occasion *occasion)
{
	(void)core;
	(void)index;
	(void)occasion;
}

static void broken(struct core *core, int index, const struct occasion *occasion)
{
	core_record(core, REASON_INTERNAL, index, occasion->resource, core->self,
		    (uint64_t)occasion->event);
}

/*
 * It runs here. If we held it in this boot, that is our claim. If not, somebody started it by
 * hand; epoch 0 gives way to any true claim.
 */
static void adopt(struct core *core, int index, const struct occasion *occasion)
{
	struct service *service = &core->services[index];

	(void)occasion;
	service->up = core->config->services[index].resource_count;
	hold(core, index, core->durable.services[index].held_epoch);
	set_phase(core, index, PHASE_ACTIVE);
	if (service->claim.node == CORE_NONE || !core->nodes[service->claim.node].present)
		service->claim = (struct claim){.node = core->self,
						.epoch = service->epoch,
						.incarnation = core->incarnation};
	else if (service->claim.node != core->self)
		service_superseded(core, index);
}

static void rest(struct core *core, int index, const struct occasion *occasion)
{
	(void)occasion;
	core->services[index].up = 0;
	core->durable.services[index].held_epoch = 0;
	core_store(core);
	set_phase(core, index, PHASE_STOPPED);
}

static void clear(struct core *core, int index, const struct occasion *occasion)
{
	struct service *service = &core->services[index];

	(void)occasion;
	service->up = core->config->services[index].resource_count;
	service->epoch = core->durable.services[index].held_epoch;
	stop_from_here(core, index, 0, AFTER_RELEASE);
}

static void look_again(struct core *core, int index, const struct occasion *occasion)
{
	(void)occasion;
	core->services[index].retry_ms = core->now_ms + PROBE_RETRY_MS;
}

static void begin(struct core *core, int index, const struct occasion *occasion)
{
	struct service *service = &core->services[index];

	(void)occasion;
	service->up = 0;
	service->lost = CORE_NONE;
	service->started_ms = core->now_ms;
	service->start_view = core->view;
	set_phase(core, index, PHASE_STARTING);
	core_store(core); /* the epoch is on disk before anything is touched */
	service->wait_stored = core->store_sequence + 1;
}

/* A node that was quiet is Secondary no more: it is alive and has it, whatever it does. */
static bool interlock_broken(const struct service *service)
{
	return service->by_interlock && (service->storage.link != STORAGE_CONNECTED ||
					 service->storage.peer_role != STORAGE_SECONDARY);
}

/*
 * The second look: the disk is Primary, and nothing above it is in use. Promotion may have taken
 * long. If it is not certain any more that we may start, it ends here.
 */
static bool may_go_on(const struct core *core, int index)
{
	const struct service *service = &core->services[index];

	if (service->up != 1 || !copy_needed(core, index))
		return true;
	return view_settled(core) && view_quorate(core) && service->start_view == core->view &&
	       !interlock_broken(service);
}

static void next(struct core *core, int index, const struct occasion *occasion)
{
	struct service *service = &core->services[index];

	service->up++;
	core_record(core, REASON_STARTED, index, occasion->resource, core->self,
		    core->now_ms - service->step_since_ms);
	if (!may_go_on(core, index)) {
		stop_from_here(core, index, 0, AFTER_RELEASE);
		return;
	}
	if (service->up < core->config->services[index].resource_count)
		return;
	set_phase(core, index, PHASE_ACTIVE);
	memset(service->failed_in_row, 0, sizeof(service->failed_in_row));
	memset(service->timeouts_in_row, 0, sizeof(service->timeouts_in_row));
	core_record(core, REASON_ACTIVE, index, CORE_NONE, core->self,
		    core->now_ms - service->started_ms);
	recovery_started(core, index);
}

static enum reason_code failure_reason(const struct occasion *occasion)
{
	if (occasion->event != SERVICE_STEP_FAILED)
		return occasion->reason;
	if (occasion->outcome == OUTCOME_TIMEOUT)
		return REASON_START_TIMEOUT;
	return occasion->outcome == OUTCOME_FOREIGN ? REASON_START_FOREIGN : REASON_START_FAILED;
}

static void recover(struct core *core, int index, const struct occasion *occasion)
{
	struct service *service = &core->services[index];
	unsigned resource = (unsigned)occasion->resource;

	if (service->phase == PHASE_STARTING) /* it may be half up */
		service->up = resource + 1;
	if (service->cancelled) { /* it was told to end, and is on its way down */
		service->cancelled = false;
		stop_from_here(core, index, 0, AFTER_RELEASE);
		return;
	}
	core_record(core, failure_reason(occasion), index, occasion->resource, core->self, 0);
	if (occasion->outcome == OUTCOME_FOREIGN) {
		service->foreign = true;
		service->detect_ms = core->now_ms;
		stop_from_here(core, index, 0, AFTER_RELEASE);
	} else if (recovery_restart_here(core, index, occasion->resource)) {
		stop_from_here(core, index, resource, AFTER_RESTART);
	} else {
		stop_from_here(core, index, 0, AFTER_RELEASE);
	}
}

static void give_up(struct core *core, int index, const struct occasion *occasion)
{
	struct service *service = &core->services[index];

	if (service->operation != 0) {
		/* A start that is under way is ended first; its end comes as STEP_FAILED. */
		steps_cancel(core, index);
		return;
	}
	if (occasion->event == SERVICE_SUPERSEDED)
		core_record(core, REASON_SUPERSEDED, index, CORE_NONE, service->claim.node, 0);
	stop_from_here(core, index, 0, AFTER_RELEASE);
}

static void lower(struct core *core, int index, const struct occasion *occasion)
{
	struct service *service = &core->services[index];

	service->up--;
	service->failed_stop = false;
	core_record(core, REASON_STOPPED_STEP, index, occasion->resource, core->self,
		    core->now_ms - service->step_since_ms);
}

static uint32_t stop_timeout_ms(const struct core *core, int index)
{
	const struct service *service = &core->services[index];

	return core->config->services[index].resources[service->up - 1].stop_timeout_ms;
}

/* A frozen disk lets nothing stop, and that is not the fault of this node: it waits. */
static void cannot_stop(struct core *core, int index, int resource)
{
	if (!copy_suspended(core, index) && !intent_is_maintenance(core, index))
		reset_for_stop(core, index, resource);
}

static void insist(struct core *core, int index, const struct occasion *occasion)
{
	struct service *service = &core->services[index];

	if (!service->failed_stop)
		core_record(core,
			    occasion->outcome == OUTCOME_TIMEOUT ? REASON_STOP_TIMEOUT
								 : REASON_STOP_FAILED,
			    index, occasion->resource, core->self, 0);
	service->failed_stop = true;
	service->retry_ms = core->now_ms + STOP_RETRY_MS;
	if (occasion->outcome == OUTCOME_TIMEOUT ||
	    core->now_ms >= service->stop_since_ms + stop_timeout_ms(core, index))
		cannot_stop(core, index, occasion->resource);
}

static void deepen(struct core *core, int index, const struct occasion *occasion)
{
	(void)occasion;
	core->services[index].stop_goal = 0;
	core->services[index].after_stop = AFTER_RELEASE;
}

/* ---- the table ------------------------------------------------------------------------------ */

static const struct cell {
	action_fn *action;
	enum reason_code reason;
} table[PHASE_STOPPING + 1][SERVICE_EVENTS] = {
#define CELL(phase, event, action, reason)                                                         \
	[PHASE_##phase][SERVICE_##event] = {action, REASON_##reason},
	SERVICE_TABLE
#undef CELL
};

/* These are told in words by their actions, which know more. */
static bool told_by_action(enum service_event event)
{
	return event == SERVICE_STEP_DONE || event == SERVICE_STEP_FAILED ||
	       event == SERVICE_RESOURCE_FAILED || event == SERVICE_SUPERSEDED;
}

void service_event(struct core *core, int index, enum service_event event, int resource,
		   enum outcome outcome)
{
	const struct cell *cell = &table[core->services[index].phase][event];
	struct occasion occasion = {
		.event = event,
		.reason = cell->reason,
		.resource = resource,
		.outcome = outcome,
	};

	if (core->update->cell_count < CORE_CELLS) {
		core->update->cells[core->update->cell_count].phase =
			(uint8_t)core->services[index].phase;
		core->update->cells[core->update->cell_count++].event = (uint8_t)event;
	}
	if (cell->reason != REASON_NONE && cell->action != recover && !told_by_action(event))
		core_record(core, cell->reason, index, resource, core->self, 0);
	cell->action(core, index, &occasion);
}

void service_begin(struct core *core, int index)
{
	struct service *service = &core->services[index];

	service->phase = PHASE_UNKNOWN;
	service->since_ms = core->now_ms;
	service->step = CORE_NONE;
	service->lost = CORE_NONE;
	service->retry_ms = core->now_ms;
}

void service_acquired(struct core *core, int index, uint64_t epoch)
{
	struct service *service = &core->services[index];
	int first;

	if (service->phase != PHASE_STOPPED)
		return;
	first = core_find_node_name(core, core->config->services[index].nodes[0]);
	service->came_for_want = first != CORE_NONE && !election_eligible(core, index, first);
	hold(core, index, epoch);
	service_event(core, index, SERVICE_ACQUIRED, CORE_NONE, OUTCOME_OK);
}

void service_superseded(struct core *core, int index)
{
	if (core->services[index].superseded)
		return;
	core->services[index].superseded = true;
	/* Both may be at work by now: there is no time to stop anything. */
	if ((core->services[index].up > 0 || core->services[index].operation != 0) &&
	    !intent_is_maintenance(core, index)) {
		reset_at_once(core, REASON_RESET_SUPERSEDED, index,
			      core->services[index].claim.node);
		return;
	}
	service_event(core, index, SERVICE_SUPERSEDED, CORE_NONE, OUTCOME_OK);
}

void service_check(struct core *core, int index)
{
	struct service *service = &core->services[index];

	if (service->phase != PHASE_ACTIVE || service->operation != 0)
		return;
	service->checking = true;
	service->probe = service->probe_up = service->probe_down = 0;
	service->retry_ms = core->now_ms;
}

/* ---- what watches tell ---------------------------------------------------------------------- */

/* Above a frozen disk nothing that monitors say is a failure: it waits for its peer. */
static bool is_judged(const struct core *core, int index, int resource)
{
	return !intent_is_maintenance(core, index) &&
	       !(resource > 0 && copy_suspended(core, index));
}

/* It is told once: judged later, when the service is up or its disk is no longer frozen. */
static void note_lost(struct core *core, int index, int resource)
{
	struct service *service = &core->services[index];

	if (!service_claims(service->phase))
		return;
	if (service->phase == PHASE_STOPPING && resource >= (int)service->stop_goal)
		return; /* it is being stopped anyway */
	if (service->lost == CORE_NONE || resource < service->lost)
		service->lost = resource;
}

void service_watch(struct core *core, int index, int resource, enum verdict verdict)
{
	struct service *service = &core->services[index];
	unsigned fall = core->config->services[index].resources[resource].fall;
	unsigned *failed = &service->failed_in_row[resource];
	unsigned *timeouts = &service->timeouts_in_row[resource];

	if (service->phase != PHASE_ACTIVE || !is_judged(core, index, resource)) {
		*failed = *timeouts = 0;
		if (verdict == VERDICT_GONE)
			note_lost(core, index, resource);
		return;
	}
	switch (verdict) {
	case VERDICT_OK:
		*failed = *timeouts = 0;
		return;
	case VERDICT_FAILED:
		if (++*failed < fall)
			return;
		break;
	case VERDICT_TIMEOUT:
		core_record(core, REASON_RESOURCE_NO_ANSWER, index, resource, core->self, 0);
		if (++*timeouts <= fall)
			return;
		break;
	case VERDICT_GONE:
		break;
	}
	*failed = *timeouts = 0;
	service_event(core, index, SERVICE_RESOURCE_FAILED, resource, OUTCOME_FAILED);
}

/* ---- going on ------------------------------------------------------------------------------- */

static bool retry_due(struct core *core, struct service *service)
{
	if (service->retry_ms == 0)
		return false;
	if (core->now_ms >= service->retry_ms)
		return true;
	core_wake(core, service->retry_ms);
	return false;
}

static void advance_unknown(struct core *core, int index)
{
	struct service *service = &core->services[index];

	if (service->operation != 0 || !retry_due(core, service))
		return;
	service->probe = service->probe_up = service->probe_down = 0;
	steps_probe(core, index);
}

/* Clearance once more, for what is about to begin; it also tells what to look at again. */
static bool is_cleared(struct core *core, int index)
{
	struct service *service = &core->services[index];
	uint8_t cleared[CORE_NODES];
	bool all = clearance_all(core, index, cleared);

	service->peer_fenced = true;
	service->by_interlock = false;
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		if ((int)i == core->self || core_place(core, index, (int)i) == CORE_NONE)
			continue;
		service->peer_fenced = service->peer_fenced && cleared[i] == CLEARANCE_FENCED;
		service->by_interlock = service->by_interlock || cleared[i] == CLEARANCE_INTERLOCK;
	}
	return all;
}

/*
 * Nothing is up yet, so others may have found us silent and Secondary: that is known once a state
 * of ours has come back. The right to start ends with the view; that of the first start rests on
 * clearance.
 */
static bool may_begin(struct core *core, int index)
{
	const struct service *service = &core->services[index];

	return view_settled(core) && view_quorate(core) && service->start_view == core->view &&
	       (service->wait_stored == 0 || is_cleared(core, index));
}

static void advance_starting(struct core *core, int index)
{
	struct service *service = &core->services[index];

	if (service->operation != 0)
		return;
	if (core->stored < service->wait_stored) {
		if (!core->store_failed)
			return;
		/* Nothing was touched yet: the claim ends as it began. */
		release(core, index);
		return;
	}
	/* A change of view revokes the right to start, but not what has been started. */
	if (service->up == 0 && !may_begin(core, index)) {
		service->wait_stored = 0;
		release(core, index);
		return;
	}
	service->wait_stored = 0;
	steps_start(core, index);
}

static void advance_active(struct core *core, int index)
{
	struct service *service = &core->services[index];

	if (service->lost != CORE_NONE && is_judged(core, index, service->lost))
		service_event(core, index, SERVICE_RESOURCE_FAILED, service->lost, OUTCOME_FAILED);
	else if (service->checking && service->operation == 0 && retry_due(core, service))
		steps_probe(core, index);
}

static void advance_stopping(struct core *core, int index)
{
	struct service *service = &core->services[index];

	if (service->operation != 0)
		return;
	if (service->after_stop == AFTER_RESTART && service->lost != CORE_NONE &&
	    service->lost < (int)service->stop_goal)
		service->stop_goal = (unsigned)service->lost; /* restarted with what is above */
	if (service->up > service->stop_goal) {
		service->lost = CORE_NONE;
		if (service->retry_ms == 0 || retry_due(core, service))
			steps_stop(core, index);
		return;
	}
	if (service->after_stop == AFTER_RELEASE) {
		release(core, index);
		return;
	}
	service->wait_stored = 0;
	service->start_view = core->view;
	set_phase(core, index, PHASE_STARTING);
	advance_starting(core, index);
}

/* A child that does not die keeps its resource; at the stop deadline it has had its time. */
static void consider_stuck(struct core *core, int index)
{
	struct service *service = &core->services[index];
	uint64_t patience_ms = 0;

	if (!service->stuck || !service_claims(service->phase) || core->reset_ms != 0)
		return;
	if (service->operation_kind != OPERATION_STOP)
		patience_ms =
			core->config->services[index].resources[service->step].stop_timeout_ms;
	if (core->now_ms < service->stuck_ms + patience_ms)
		core_wake(core, service->stuck_ms + patience_ms);
	else
		cannot_stop(core, index, service->step);
}

void service_advance(struct core *core, int index)
{
	consider_stuck(core, index);
	yield_consider(core, index);
	recovery_elsewhere(core, index);
	/* In maintenance, what is under way ends, and nothing new begins but looking. */
	if (intent_is_maintenance(core, index) && core->services[index].phase != PHASE_UNKNOWN)
		return;
	switch (core->services[index].phase) {
	case PHASE_UNKNOWN:
		advance_unknown(core, index);
		break;
	case PHASE_STOPPED:
		acquire_consider(core, index);
		break;
	case PHASE_STARTING:
		advance_starting(core, index);
		break;
	case PHASE_ACTIVE:
		advance_active(core, index);
		break;
	case PHASE_STOPPING:
		advance_stopping(core, index);
		break;
	}
}
