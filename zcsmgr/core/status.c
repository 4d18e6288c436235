/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the core knows, for people: status, and why each service is where it is. */
#include "internal.h"

#include <string.h>

static void because(const struct core *core, struct core_service_status *status, int index,
		    enum reason_code code, int resource, int node, uint64_t number)
{
	if (status->why_count < sizeof(status->why) / sizeof(status->why[0]))
		status->why[status->why_count++] =
			core_reason(core, code, index, resource, node, number);
}

/* ---- why ------------------------------------------------------------------------------------ */

/* What this node knows of itself is newer than what it told. */
static const struct service_state *told_by(const struct core *core, int index, int node,
					   const struct node_state *self)
{
	return node == core->self ? &self->services[index]
				  : &core->nodes[node].state.services[index];
}

static uint64_t until(uint64_t at_ms, uint64_t now_ms)
{
	return at_ms > now_ms ? at_ms - now_ms : 0;
}

static void why_not_cleared(const struct core *core, struct core_service_status *status, int index,
			    int node)
{
	const struct node *other = &core->nodes[node];

	if (core->services[index].claim.node == node && !other->present)
		because(core, status, index, REASON_WHY_HOLDER_ABSENT, CORE_NONE, node, 0);
	if (view_counts(core, node)) {
		const struct service_state *told = &other->state.services[index];

		if (!other->heard)
			because(core, status, index, REASON_WHY_STATE, CORE_NONE, node, 0);
		else if (!told->told)
			because(core, status, index, REASON_WHY_CONFIG, CORE_NONE, node, 0);
		else if (told->phase == PHASE_UNKNOWN)
			because(core, status, index, REASON_WHY_PROBING, CORE_NONE, node, 0);
		else
			because(core, status, index, REASON_WHY_CLEARANCE_RUNS, CORE_NONE, node, 0);
		return;
	}
	because(core, status, index, REASON_WHY_CLEARANCE, CORE_NONE, node, 0);
	if (other->fence_id != 0 && !other->fence_on)
		because(core, status, index, REASON_WHY_CLEARANCE_FENCING, CORE_NONE, node, 0);
	else if (other->told_fencing_ms != 0 && other->fence_failures != 0)
		because(core, status, index, REASON_WHY_CLEARANCE_FENCE_FAILED, CORE_NONE, node,
			until(other->told_fencing_ms, core->now_ms));
	else if (other->told_fencing_ms != 0)
		because(core, status, index, REASON_WHY_CLEARANCE_DELAY, CORE_NONE, node,
			until(other->told_fencing_ms, core->now_ms));
	else if (lease_expires_ms(core, node) != UINT64_MAX)
		because(core, status, index, REASON_WHY_CLEARANCE_EXPIRES, CORE_NONE, node,
			until(lease_expires_ms(core, node), core->now_ms));
	else if (fencing_mode(core) == MODE_THIRD_VOTE && !other->in_ring)
		because(core, status, index, REASON_WHY_CLEARANCE_UNARMED, CORE_NONE, node, 0);
	else if (fencing_mode(core) == MODE_MANUAL)
		because(core, status, index, REASON_WHY_CLEARANCE_MANUAL, CORE_NONE, node, 0);
	else if (!other->seen)
		because(core, status, index, REASON_WHY_CLEARANCE_BOOT, CORE_NONE, node, 0);
}

static void why_cluster(const struct core *core, struct core_service_status *status, int index)
{
	if (!core->connected) {
		because(core, status, index, REASON_WHY_NO_COROSYNC, CORE_NONE, CORE_NONE, 0);
		return;
	}
	if (!core->ring_known || !core->quorum_known ||
	    !core_same_ring(core->ring, core->quorum_ring)) {
		because(core, status, index, REASON_WHY_RING, CORE_NONE, CORE_NONE, 0);
		return;
	}
	if (!view_quorate(core))
		because(core, status, index, REASON_WHY_NO_QUORUM, CORE_NONE, CORE_NONE, 0);
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (view_counts(core, (int)i) && !core->nodes[i].heard)
			because(core, status, index, REASON_WHY_STATE, CORE_NONE, (int)i, 0);
}

static void why_nodes(const struct core *core, struct core_service_status *status, int index)
{
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		enum reason_code obstacle;

		if (core_place(core, index, (int)i) == CORE_NONE || !view_counts(core, (int)i))
			continue;
		obstacle = election_obstacle(core, index, (int)i);
		if (obstacle != REASON_NONE && obstacle != REASON_WHY_STATE)
			because(core, status, index, obstacle, CORE_NONE, (int)i, 0);
	}
}

static int address_of(const struct core *core, int index)
{
	const struct service_config *config = &core->config->services[index];

	for (unsigned i = 0; i < config->resource_count; i++)
		if (config->resources[i].type == RESOURCE_ADDRESS)
			return (int)i;
	return CORE_NONE;
}

static void why_failing(const struct core *core, struct core_service_status *status, int index,
			const struct node_state *self)
{
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		const struct service_state *told = told_by(core, index, (int)i, self);

		if ((int)i != core->self && !core->nodes[i].present)
			continue;
		if (told->stuck)
			because(core, status, index, REASON_WHY_STUCK, told->step, (int)i, 0);
		if (told->stop_failed)
			because(core, status, index, REASON_WHY_STOP_FAILED, told->step, (int)i, 0);
	}
}

static void why_here(const struct core *core, struct core_service_status *status, int index)
{
	const struct service *service = &core->services[index];

	if (service->foreign)
		because(core, status, index, REASON_WHY_FOREIGN, address_of(core, index), CORE_NONE,
			0);
	if (core->reset_ms != 0)
		because(core, status, index, REASON_WHY_RESET, CORE_NONE, core->self, 0);
	if (core->store_failed)
		because(core, status, index, REASON_WHY_STORE, CORE_NONE, core->self, 0);
	if (service->start_retry_ms > core->now_ms && service->phase == PHASE_STOPPED &&
	    status->holder == 0)
		because(core, status, index, REASON_WHY_RETRY, CORE_NONE, core->self,
			service->start_retry_ms - core->now_ms);
}

static void why_held(const struct core *core, struct core_service_status *status, int index,
		     int holder)
{
	uint64_t for_ms = until(core->now_ms, core->services[index].step_since_ms);

	if (holder != core->self)
		for_ms = 0;
	if (status->phase == PHASE_ACTIVE)
		because(core, status, index, REASON_WHY_ACTIVE, CORE_NONE, holder, 0);
	else if (status->phase == PHASE_STARTING && status->step != CORE_NONE)
		because(core, status, index, REASON_WHY_STARTING, status->step, holder, for_ms);
	else if (status->phase == PHASE_STOPPING && status->step != CORE_NONE)
		because(core, status, index, REASON_WHY_STOPPING, status->step, holder, for_ms);
	else if (status->phase == PHASE_UNKNOWN)
		because(core, status, index, REASON_WHY_PROBING, CORE_NONE, holder, 0);
	else /* it has begun, and not said yet with what */
		because(core, status, index, REASON_ACQUIRED, CORE_NONE, holder, status->epoch);
}

static void why_waiting(const struct core *core, struct core_service_status *status, int index)
{
	enum reason_code why;
	int winner = CORE_NONE;

	if (view_settled(core))
		winner = election_winner(core, index, &why);
	if (winner == CORE_NONE && core->connected)
		because(core, status, index, REASON_WHY_NOT_ELIGIBLE, CORE_NONE, CORE_NONE, 0);
	for (unsigned i = 0; i < core->settings.node_count && core->connected; i++)
		if ((int)i != core->self && core_place(core, index, (int)i) != CORE_NONE &&
		    clearance_against(core, index, (int)i) == CLEARANCE_NONE)
			why_not_cleared(core, status, index, (int)i);
	if (winner != CORE_NONE)
		because(core, status, index, REASON_WHY_ELECTED, CORE_NONE, winner, 0);
}

static void why_of_service(const struct core *core, struct core_service_status *status, int index,
			   int holder, const struct node_state *self)
{
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		const struct service_state *told = told_by(core, index, (int)i, self);

		if (!told->told || !told->storage.known)
			continue;
		if (told->storage.split_brain && status->why_count == 0)
			because(core, status, index, REASON_WHY_SPLIT_BRAIN, CORE_NONE, CORE_NONE,
				0);
		if (told->storage.suspended && ((int)i == core->self || view_counts(core, (int)i)))
			because(core, status, index, REASON_WHY_SUSPENDED, CORE_NONE, (int)i, 0);
	}
	if (status->maintenance)
		because(core, status, index, REASON_WHY_MAINTENANCE, CORE_NONE, CORE_NONE, 0);
	why_failing(core, status, index, self);
	why_here(core, status, index);
	if (status->stopped_by_operator)
		because(core, status, index, REASON_WHY_STOPPED, CORE_NONE, CORE_NONE, 0);
	if (holder != CORE_NONE && (holder == core->self || core->nodes[holder].present)) {
		why_held(core, status, index, holder);
	} else if (!status->stopped_by_operator && !status->maintenance) {
		why_cluster(core, status, index);
		why_waiting(core, status, index);
	}
	why_nodes(core, status, index);
}

/* ---- facts ---------------------------------------------------------------------------------- */

static void node_status(const struct core *core, int index, const struct node_state *self,
			struct core_node_status *status)
{
	const struct node *node = &core->nodes[index];
	int reference = core->config->service_count ? election_reference(core, 0) : CORE_NONE;
	uint64_t digest = index == core->self ? self->digest : node->state.digest;

	status->nodeid = node->nodeid;
	status->self = index == core->self;
	status->member = node->in_ring;
	status->present = node->present;
	status->heard = node->heard;
	status->silent = node->silent;
	status->standby = intent_is_standby(core, index);
	status->fencing_now = node->fence_id != 0 && !node->fence_on;
	status->fenced = node->fenced;
	status->confirmed = node->confirmed;
	status->same_config = !node->heard || reference == CORE_NONE ||
			      digest == core->nodes[reference].state.digest;
	status->protocol = node->speaks;
	status->watchdog_ms = index == core->self ? core->watchdog_ms : node->state.watchdog_ms;
	status->since_ms = node->since_ms;
}

static void service_status(const struct core *core, int index, const struct node_state *self,
			   struct core_service_status *status)
{
	const struct service *service = &core->services[index];
	const struct core_durable_service *durable = &core->durable.services[index];
	int holder = service_claims(service->phase) ? core->self : service->claim.node;
	int shown = holder == CORE_NONE ? core->self : holder;

	for (unsigned i = 0; i < core->settings.node_count; i++) {
		const struct service_state *told = told_by(core, index, (int)i, self);

		status->phase_of[i] = told->phase;
		status->step_of[i] = told->told ? told->step : CORE_NONE;
		status->barred[i] = told->barred;
		status->current[i] = told->current;
		status->storage_known[i] = told->told && told->storage.known &&
					   ((int)i == core->self || core->nodes[i].present);
		status->storage[i] = told->storage;
	}
	status->holder = holder == CORE_NONE ? 0 : core->nodes[holder].nodeid;
	status->phase = shown == CORE_NONE ? service->phase : status->phase_of[shown];
	if (holder != CORE_NONE && holder != core->self && !core->nodes[holder].present)
		status->phase = PHASE_UNKNOWN;
	status->step = shown == CORE_NONE ? service->step : status->step_of[shown];
	status->epoch = durable->epoch;
	status->since_ms = service->since_ms;
	status->target = durable->target.value;
	status->stopped_by_operator = intent_is_stopped(core, index);
	status->maintenance = intent_is_maintenance(core, index);
	status->failures = recovery_failures(core, index);
	why_of_service(core, status, index, holder, self);
}

void core_status(const struct core *core, uint64_t now_ms, struct core_status *status)
{
	struct node_state self;
	struct core now = *core; /* times that pass without an event show up too */

	now.now_ms = now_ms;
	state_of_self(&now, &self);
	memset(status, 0, sizeof(*status));
	status->connected = now.connected;
	status->settled = view_settled(&now);
	status->quorate = now.quorum_known && now.quorate;
	status->ring = now.ring;
	status->mode = fencing_mode(&now);
	status->protocol = view_protocol(&now);
	status->leased = lease_rules(&now) && now.lease_proved;
	status->lease_left_ms = status->leased ? until(now.lease_ms, now_ms) : 0;
	status->node_count = now.settings.node_count;
	for (unsigned i = 0; i < status->node_count; i++)
		node_status(&now, (int)i, &self, &status->nodes[i]);
	status->service_count = now.config->service_count;
	for (unsigned i = 0; i < status->service_count; i++)
		service_status(&now, (int)i, &self, &status->services[i]);
}
