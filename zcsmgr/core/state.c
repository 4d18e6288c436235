/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What this node tells the others, and what their messages mean here.
 *
 * A message counts when it is delivered in the view that it was sent in; corosync may deliver what
 * it accepted in the next, lonely view. What comes back void or not at all is judged anew and sent
 * again: states by the heartbeat, the rest by whoever waits for it.
 */
#include "message.h"

#include <string.h>

static int find_service(const struct core *core, uint64_t name)
{
	for (unsigned i = 0; i < core->config->service_count; i++)
		if (core->index.names[i] == name)
			return (int)i;
	return CORE_NONE;
}

/* ---- telling -------------------------------------------------------------------------------- */

static void begin(const struct core *core, struct message *message, enum message_type type)
{
	memset(message, 0, sizeof(*message));
	message->type = type;
	message->version = (uint8_t)view_protocol(core);
	message->speaks = (uint8_t)core->settings.protocol;
	message->incarnation = core->incarnation;
	message->view = core->view;
}

static bool finish(struct core *core, const struct message *message)
{
	uint8_t *bytes = core_message(core);

	if (!bytes)
		return false;
	core_message_done(core, message_encode(message, bytes));
	return true;
}

static void service_of_self(const struct core *core, int index, struct service_state *state)
{
	const struct service *service = &core->services[index];

	state->told = true;
	state->phase = service->phase;
	/* A child that does not die may still do anything: that is not "stopped". */
	if (service->phase == PHASE_STOPPED && !service_idle(core, index))
		state->phase = PHASE_UNKNOWN;
	state->step = service->step;
	if (service->phase == PHASE_STOPPING && service->step == CORE_NONE && service->up > 0)
		state->step = (int)service->up - 1;
	state->epoch = service_claims(service->phase) ? service->epoch
						      : core->durable.services[index].epoch;
	state->last_epoch = service->last_epoch;
	state->failures = recovery_failures(core, index);
	state->barred = core->durable.services[index].barred;
	state->retrying = service->start_retry_ms > core->now_ms;
	state->current = copy_current(core, index);
	state->foreign = service->foreign;
	state->stop_failed = service->phase == PHASE_STOPPING && service->failed_stop;
	state->stuck = service->stuck;
	state->asks = fence_peer_asks(core, index);
	state->storage = service->storage;
}

void state_of_self(const struct core *core, struct node_state *state)
{
	memset(state, 0, sizeof(*state));
	state->sequence = core->state_sequence;
	state->digest = core_digest(core->config);
	state->staged = core->staged ? core_digest(core->staged) : 0;
	state->stage = core->stage;
	state->stage_service = core->stage_service;
	state->stage_id = core->stage_id;
	state->leaving = core->goodbye_sent;
	/* A node that is about to be reset is given nothing either. */
	state->ending = core->ending || core->reset_ms != 0;
	state->store_failed = core->store_failed;
	state->watchdog_ms = lease_told_watchdog(core);
	state->lease_ms = lease_rules(core) ? core->config->watchdog_lease_ms : 0;
	for (unsigned i = 0; i < core->config->service_count; i++)
		service_of_self(core, (int)i, &state->services[i]);
}

static void fill_state(const struct core *core, struct message *message)
{
	begin(core, message, MESSAGE_STATE);
	state_of_self(core, &message->state);
	message->leaving = message->state.leaving;
	message->service_count = core->config->service_count;
	for (unsigned i = 0; i < message->service_count; i++) {
		struct message_service *service = &message->services[i];
		const struct core_durable_service *durable = &core->durable.services[i];

		service->name = core->index.names[i];
		service->state = message->state.services[i];
		service->phase = service->state.phase;
		service->epoch = service->state.epoch;
		service->target = durable->target;
		service->stopped = durable->stopped;
		service->maintenance = durable->maintenance;
	}
	for (unsigned i = 0; i < CORE_NODES; i++) {
		if (core->durable.nodes[i].nodeid == 0)
			continue;
		message->standby[message->standby_count].nodeid = core->durable.nodes[i].nodeid;
		message->standby[message->standby_count++].intent = core->durable.nodes[i].standby;
	}
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		if ((int)i == core->self || !core->nodes[i].heard)
			continue;
		message->heard[message->heard_count].nodeid = core->nodes[i].nodeid;
		message->heard[message->heard_count++].sequence = core->nodes[i].state.sequence;
	}
}

void state_send(struct core *core)
{
	uint64_t interval_ms = core->config->state_interval_ms;
	struct message message;

	if (!core->connected || core->view == 0)
		return;
	if (!core->state_due && core->state_sent_ms != 0 &&
	    core->now_ms < core->state_sent_ms + interval_ms) {
		core_wake(core, core->state_sent_ms + interval_ms);
		return;
	}
	core->state_sequence++;
	fill_state(core, &message);
	if (!finish(core, &message))
		return;
	lease_sent(core, core->state_sequence);
	if (core->disarming && core->disarm_sequence == 0)
		core->disarm_sequence = core->state_sequence;
	core->state_due = false;
	core->state_sent_ms = core->now_ms;
	core_wake(core, core->now_ms + interval_ms);
}

bool state_send_acquire(struct core *core, int index, uint64_t epoch, const uint8_t *cleared)
{
	struct message message;

	begin(core, &message, MESSAGE_ACQUIRE);
	message.id = ++core->next_id;
	message.service_count = 1;
	message.services[0].name = core->index.names[index];
	message.services[0].phase = PHASE_STARTING;
	message.services[0].epoch = epoch;
	message.epoch = epoch;
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		if (cleared[i] == CLEARANCE_NONE)
			continue;
		message.cleared[message.cleared_count].nodeid = core->nodes[i].nodeid;
		message.cleared[message.cleared_count++].clearance = cleared[i];
	}
	return finish(core, &message);
}

bool state_send_evidence(struct core *core, int index, bool confirmed, bool loss, uint64_t id)
{
	struct message message;

	begin(core, &message, MESSAGE_EVIDENCE);
	message.id = id;
	message.nodeid = core->nodes[index].nodeid;
	message.against = core->nodes[index].incarnation;
	message.confirmed = confirmed;
	message.loss_accepted = loss;
	return finish(core, &message);
}

bool state_send_cleanup(struct core *core, int index, uint64_t id)
{
	struct message message;

	begin(core, &message, MESSAGE_CLEANUP);
	message.id = id;
	message.all = index == CORE_NONE;
	if (index != CORE_NONE) {
		message.service_count = 1;
		message.services[0].name = core->index.names[index];
	}
	return finish(core, &message);
}

bool state_send_stage(struct core *core, uint64_t id)
{
	struct message message;

	begin(core, &message, MESSAGE_STAGE);
	message.id = id;
	return finish(core, &message);
}

bool state_send_commit(struct core *core, uint64_t digest, uint64_t id)
{
	struct message message;

	begin(core, &message, MESSAGE_COMMIT);
	message.id = id;
	message.digest = digest;
	return finish(core, &message);
}

/* ---- understanding -------------------------------------------------------------------------- */

static void raise_epoch(struct core *core, int index, uint64_t epoch)
{
	core->durable.services[index].epoch = epoch;
	core_store(core);
}

static void see_epoch(struct core *core, int index, uint64_t epoch)
{
	struct service *service = &core->services[index];

	if (epoch > service->view_epoch)
		service->view_epoch = epoch;
	if (epoch > core->durable.services[index].epoch)
		raise_epoch(core, index, epoch);
}

static void set_claim(struct core *core, int index, int node, uint64_t epoch, uint64_t view)
{
	struct claim *claim = &core->services[index].claim;

	claim->node = node;
	claim->epoch = epoch;
	claim->incarnation = core->nodes[node].incarnation;
	claim->view = view;
}

static bool outranks(const struct core *core, const struct claim *claim, int node, uint64_t epoch)
{
	/* A claimant that is gone is a memory; one that is here is a fact. */
	if (claim->node == CORE_NONE || claim->node == node || !core->nodes[claim->node].present)
		return true;
	if (epoch != claim->epoch)
		return epoch > claim->epoch;
	return core->nodes[node].nodeid < core->nodes[claim->node].nodeid;
}

/* What a node's state says of who holds a service. */
static void learn_claim(struct core *core, int index, int node, enum core_phase phase,
			uint64_t epoch)
{
	struct claim *claim = &core->services[index].claim;

	see_epoch(core, index, epoch);
	if (service_claims(phase)) {
		if (outranks(core, claim, node, epoch))
			set_claim(core, index, node, epoch, claim->node == node ? claim->view : 0);
		if (service_claims(core->services[index].phase) && claim->node != core->self)
			service_superseded(core, index);
		return;
	}
	if (claim->node != node || phase != PHASE_STOPPED)
		return;
	/* A state that the node sent before it knew of its own acquire ends nothing. */
	if (claim->view == core->view && epoch < claim->epoch)
		return;
	claim->node = CORE_NONE;
	core->state_due = true;
	if (node != core->self)
		core_record(core, REASON_RELEASED, index, CORE_NONE, node, 0);
}

static void tell_progress(struct core *core, int index, int node, enum core_phase before,
			  enum core_phase now)
{
	if (node != core->self && before != now && now == PHASE_ACTIVE)
		core_record(core, REASON_ACTIVE, index, CORE_NONE, node, 0);
}

static void merge_intents(struct core *core, const struct message *message)
{
	bool changed = false;

	for (unsigned i = 0; i < message->service_count; i++) {
		int index = find_service(core, message->services[i].name);
		struct core_durable_service *durable;

		if (index == CORE_NONE)
			continue;
		durable = &core->durable.services[index];
		changed |= intent_merge(&durable->target, &message->services[i].target);
		changed |= intent_merge(&durable->stopped, &message->services[i].stopped);
		if (!intent_merge(&durable->maintenance, &message->services[i].maintenance))
			continue;
		changed = true;
		if (!intent_is_maintenance(core, index))
			service_check(core, index);
	}
	for (unsigned i = 0; i < message->standby_count; i++) {
		struct core_intent *ours = intent_standby(core, message->standby[i].nodeid);

		if (ours)
			changed |= intent_merge(ours, &message->standby[i].intent);
	}
	if (changed)
		core_store(core);
}

static void receive_services(struct core *core, int node, const struct message *message)
{
	struct node_state *state = &core->nodes[node].state;
	enum core_phase before[CONFIG_SERVICES] = {PHASE_UNKNOWN};

	for (unsigned i = 0; i < core->config->service_count; i++)
		before[i] = state->services[i].phase;
	memset(state->services, 0, core->config->service_count * sizeof(state->services[0]));
	for (unsigned i = 0; i < message->service_count; i++) {
		const struct message_service *told = &message->services[i];
		int index = find_service(core, told->name);

		if (index == CORE_NONE)
			continue;
		state->services[index] = told->state;
		state->services[index].told = true;
		state->services[index].phase = told->phase;
		state->services[index].epoch = told->epoch;
		learn_claim(core, index, node, told->phase, told->epoch);
		tell_progress(core, index, node, before[index], told->phase);
		if (node != core->self)
			copy_peer_state(core, index, node);
	}
}

static void hear_acknowledgement(struct core *core, int index, const struct message *message)
{
	for (unsigned i = 0; i < message->heard_count; i++)
		if (message->heard[i].nodeid == core->settings.nodeid)
			core->nodes[index].acknowledged = message->heard[i].sequence;
}

static void receive_state(struct core *core, int index, const struct message *message)
{
	struct node *node = &core->nodes[index];

	if (message->view != core->view) {
		if (index == core->self)
			core->state_due = true;
		return;
	}
	if (index == core->self)
		lease_delivered(core, message->state.sequence);
	if (message->version >= 2)
		hear_acknowledgement(core, index, message);
	node->heard = index != core->self ||
		      (int32_t)(message->state.sequence - core->slept_sequence) > 0;
	node->seen = true;
	/* The services follow by their names. */
	memcpy(&node->state, &message->state, offsetof(struct node_state, services));
	merge_intents(core, message);
	receive_services(core, index, message);
	if (message->leaving)
		node->goodbye = true;
}

/*
 * The order of delivery decides: the first acquire of a view stands, the next finds its claim and
 * is void, unless it carries proof against the claimant that is not older than the claim. What a
 * member remembers of older views must not matter, or members decide differently: who slept may
 * know a higher epoch than a sender that found it silent.
 */
static void receive_acquire(struct core *core, int node, const struct message *message)
{
	int index = find_service(core, message->services[0].name);
	enum clearance carried = CLEARANCE_NONE;
	struct claim *claim;

	if (index == CORE_NONE)
		return;
	claim = &core->services[index].claim;
	if (node == core->self)
		core->services[index].acquire_sent_ms = 0;
	if (message->view != core->view || message->epoch <= core->services[index].view_epoch)
		return;
	for (unsigned i = 0; i < message->cleared_count && claim->node != CORE_NONE; i++)
		if (message->cleared[i].nodeid == core->nodes[claim->node].nodeid)
			carried = message->cleared[i].clearance;
	if (claim->node != CORE_NONE && claim->node != node &&
	    !clearance_supersedes(core, claim, carried))
		return;
	/* Ours rises in any case, also if we remember a higher one: our copy may be an old one now.
	 */
	if (node == core->self)
		copy_acquired(core, index, message->epoch);
	else if (message->epoch <= core->durable.services[index].epoch)
		raise_epoch(core, index, core->durable.services[index].epoch + 1);
	see_epoch(core, index, message->epoch);
	set_claim(core, index, node, message->epoch, core->view);
	core_record(core, REASON_ACQUIRED, index, CORE_NONE, node, message->epoch);
	if (node == core->self)
		service_acquired(core, index, message->epoch);
	else if (service_claims(core->services[index].phase))
		service_superseded(core, index);
}

/* Evidence is a fact about a daemon that is gone, whatever the view; it dies when one is there. */
static void receive_evidence(struct core *core, const struct message *message)
{
	int index = core_find_node(core, message->nodeid);
	struct node *node;

	if (index == CORE_NONE)
		return;
	node = &core->nodes[index];
	if (node->present ||
	    (node->incarnation && message->against && node->incarnation != message->against))
		return;
	if (message->confirmed && !node->confirmed)
		core_record(core, REASON_CONFIRMED_DOWN, CORE_NONE, CORE_NONE, index, 0);
	if (!message->confirmed && !node->fenced)
		core_record(core, REASON_FENCED, CORE_NONE, CORE_NONE, index, 0);
	if (message->confirmed) {
		node->confirmed = true;
		node->loss_accepted = node->loss_accepted || message->loss_accepted;
	} else {
		node->fenced = true;
	}
}

static void receive_cleanup(struct core *core, const struct message *message)
{
	int index = message->all ? CORE_NONE : find_service(core, message->services[0].name);

	for (unsigned i = 0; i < core->config->service_count; i++)
		if (message->all || (int)i == index)
			recovery_cleanup(core, (int)i);
}

static void receive_other_version(struct core *core, int index, const struct message *message)
{
	struct node *node = &core->nodes[index];

	if (message->view != core->view)
		return;
	node->heard = node->seen = true;
	node->goodbye = node->goodbye || message->leaving;
	memset(&node->state, 0, sizeof(node->state));
	receive_services(core, index, message);
}

static void receive(struct core *core, int index, const struct message *message)
{
	switch (message->type) {
	case MESSAGE_STATE:
		receive_state(core, index, message);
		break;
	case MESSAGE_ACQUIRE:
		receive_acquire(core, index, message);
		break;
	case MESSAGE_EVIDENCE:
		receive_evidence(core, message);
		break;
	case MESSAGE_CLEANUP:
		receive_cleanup(core, message);
		break;
	case MESSAGE_STAGE:
		reload_ordered(core, message->id);
		break;
	case MESSAGE_COMMIT:
		if (message->view == core->view)
			reload_commit(core, message->digest);
		break;
	}
	if (index == core->self && message->type != MESSAGE_STATE)
		command_delivered(core, message->id);
}

void state_receive(struct core *core, uint32_t nodeid, uint32_t pid, const uint8_t *bytes,
		   size_t size)
{
	int index = core_find_node(core, nodeid);
	struct message message;
	struct node *node;

	if (index == CORE_NONE || !core->nodes[index].present || core->nodes[index].pid != pid)
		return;
	if (!message_decode(&message, bytes, size, core->settings.protocol))
		return;
	node = &core->nodes[index];
	if (index == core->self && message.incarnation != core->incarnation)
		return;
	if (node->incarnation != message.incarnation) {
		/* The same pid again: another daemon all the same. */
		node->incarnation = message.incarnation;
		node->heard = false;
		node->goodbye = false;
		node->acknowledged = 0;
		memset(&node->state, 0, sizeof(node->state));
	}
	view_heard(core, index);
	if (node->speaks != message.speaks) {
		node->speaks = message.speaks;
		core->state_due = true; /* perhaps in another version */
	}
	if (message.understood)
		receive(core, index, &message);
	else
		receive_other_version(core, index, &message);
}
