/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An operator's commands: refused with a reason, or set as an intent that every node learns, and
 * answered once what was asked for is so.
 */
#include "internal.h"

static void answer(struct core *core, const struct core_command *command, enum core_result result,
		   enum reason_code code, int service, int node)
{
	core_answer(core, command->request, result,
		    core_reason(core, code, service, CORE_NONE, node, 0));
}

static void refuse(struct core *core, const struct core_command *command, enum reason_code code,
		   int node)
{
	answer(core, command, CORE_REFUSED, code, command->service, node);
}

static uint64_t patience_ms(const struct core *core, int index)
{
	const struct service_config *config = &core->config->services[index];
	uint64_t sum_ms = COMMAND_SLACK_MS;

	for (unsigned i = 0; i < config->resource_count; i++)
		sum_ms += (uint64_t)config->resources[i].start_timeout_ms +
			  config->resources[i].stop_timeout_ms;
	return sum_ms;
}

/* Keeps a command until command_advance() finds that it has come to its end. */
static struct command *wait_for(struct core *core, const struct core_command *command)
{
	for (unsigned i = 0; i < COMMANDS; i++) {
		struct command *waiting = &core->commands[i];

		if (waiting->used)
			continue;
		*waiting = (struct command){.used = true, .command = *command};
		waiting->deadline_ms = core->now_ms + COMMAND_SLACK_MS;
		if (command->service != CORE_NONE)
			waiting->deadline_ms = core->now_ms + patience_ms(core, command->service);
		return waiting;
	}
	refuse(core, command, REASON_REFUSED_BUSY, CORE_NONE);
	return NULL;
}

/* ---- each verb ------------------------------------------------------------------------------ */

static void start(struct core *core, const struct core_command *command)
{
	int index = command->service;

	if (intent_is_maintenance(core, index)) {
		refuse(core, command, REASON_REFUSED_MAINTENANCE, CORE_NONE);
		return;
	}
	if (!wait_for(core, command))
		return;
	if (intent_is_stopped(core, index)) {
		core_record(core, REASON_OPERATOR_START, index, CORE_NONE, CORE_NONE, 0);
		intent_set(core, &core->durable.services[index].stopped, 0);
	}
}

static void stop(struct core *core, const struct core_command *command)
{
	int index = command->service;

	if (intent_is_maintenance(core, index)) {
		refuse(core, command, REASON_REFUSED_MAINTENANCE, CORE_NONE);
		return;
	}
	if (!wait_for(core, command))
		return;
	if (!intent_is_stopped(core, index)) {
		core_record(core, REASON_OPERATOR_STOP, index, CORE_NONE, CORE_NONE, 0);
		intent_set(core, &core->durable.services[index].stopped, 1);
	}
}

static void move(struct core *core, const struct core_command *command)
{
	int index = command->service;
	int holder = core->services[index].claim.node;
	int target = command->nodeid ? core_find_node(core, command->nodeid)
				     : election_other(core, index, holder);
	struct core_command resolved = *command;

	if (intent_is_stopped(core, index)) {
		refuse(core, command, REASON_REFUSED_STOPPED, CORE_NONE);
	} else if (intent_is_maintenance(core, index)) {
		refuse(core, command, REASON_REFUSED_MAINTENANCE, CORE_NONE);
	} else if (target == CORE_NONE) {
		refuse(core, command,
		       command->nodeid ? REASON_REFUSED_NODE_UNKNOWN : REASON_REFUSED_NO_OTHER,
		       CORE_NONE);
	} else if (core_place(core, index, target) == CORE_NONE) {
		refuse(core, command, REASON_REFUSED_NODE_OF_SERVICE, target);
	} else if (target == holder) {
		answer(core, command, CORE_DONE, REASON_REFUSED_ALREADY_THERE, index, target);
	} else if (!view_settled(core) || !election_eligible(core, index, target)) {
		refuse(core, command, REASON_REFUSED_NOT_ELIGIBLE, target);
	} else {
		resolved.nodeid = core->nodes[target].nodeid;
		if (!wait_for(core, &resolved))
			return;
		core_record(core, REASON_OPERATOR_MOVE, index, CORE_NONE, target, 0);
		intent_set(core, &core->durable.services[index].target, resolved.nodeid);
	}
}

static void standby(struct core *core, const struct core_command *command, bool on)
{
	int node = core_find_node(core, command->nodeid);
	struct core_intent *intent = intent_standby(core, command->nodeid);
	struct command *waiting;

	if (node == CORE_NONE || !intent) {
		refuse(core, command, REASON_REFUSED_NODE_UNKNOWN, CORE_NONE);
		return;
	}
	waiting = wait_for(core, command);
	if (!waiting)
		return;
	for (unsigned i = 0; i < core->config->service_count; i++)
		if (core->services[i].claim.node == node)
			waiting->deadline_ms += patience_ms(core, (int)i);
	if ((intent->value != 0) == on)
		return;
	core_record(core, on ? REASON_STANDBY : REASON_ONLINE, CORE_NONE, CORE_NONE, node, 0);
	intent_set(core, intent, on);
}

static void maintenance(struct core *core, const struct core_command *command)
{
	bool already = true;

	for (unsigned i = 0; i < core->config->service_count; i++) {
		struct core_intent *intent = &core->durable.services[i].maintenance;

		if ((command->service != CORE_NONE && command->service != (int)i) ||
		    (intent->value != 0) == command->on)
			continue;
		already = false;
		intent_set(core, intent, command->on);
		core_record(core, command->on ? REASON_MAINTENANCE_ON : REASON_MAINTENANCE_OFF,
			    (int)i, CORE_NONE, CORE_NONE, 0);
		if (!command->on)
			service_check(core, (int)i);
	}
	answer(core, command, CORE_DONE, already ? REASON_DONE_ALREADY : REASON_DONE,
	       command->service, CORE_NONE);
}

static void cleanup(struct core *core, const struct core_command *command)
{
	struct command *waiting = wait_for(core, command);

	if (!waiting)
		return;
	waiting->id = ++core->next_id;
	waiting->deadline_ms = core->now_ms + DELIVERY_MS;
	if (!state_send_cleanup(core, command->service, waiting->id))
		waiting->deadline_ms = core->now_ms;
}

/* A service of that node that would lose writes if it were forgotten; CORE_NONE: none. */
static int would_lose(const struct core *core, int node)
{
	for (unsigned i = 0; i < core->config->service_count; i++) {
		int holder = core->services[i].claim.node;
		bool current = holder != CORE_NONE && holder != node && view_counts(core, holder);

		if (core_place(core, (int)i, node) == CORE_NONE)
			continue;
		for (unsigned j = 0; j < core->settings.node_count; j++)
			current = current || (view_counts(core, (int)j) &&
					      core->nodes[j].state.services[i].current);
		if (!current)
			return (int)i;
	}
	return CORE_NONE;
}

static int connected_disk(const struct core *core, int node)
{
	for (unsigned i = 0; i < core->config->service_count; i++) {
		if (core_place(core, (int)i, node) == CORE_NONE)
			continue;
		for (unsigned j = 0; j < core->settings.node_count; j++)
			if (view_counts(core, (int)j) &&
			    core_place(core, (int)i, (int)j) != CORE_NONE &&
			    core->nodes[j].state.services[i].storage.link == STORAGE_CONNECTED)
				return (int)i;
	}
	return CORE_NONE;
}

static void confirm_down(struct core *core, const struct core_command *command)
{
	int node = core_find_node(core, command->nodeid);
	struct command *waiting;

	if (node == CORE_NONE) {
		refuse(core, command, REASON_REFUSED_NODE_UNKNOWN, CORE_NONE);
		return;
	}
	if (node == core->self || core->nodes[node].present || core->nodes[node].in_ring) {
		refuse(core, command, REASON_REFUSED_PRESENT, node);
		return;
	}
	if (connected_disk(core, node) != CORE_NONE) {
		answer(core, command, CORE_REFUSED, REASON_REFUSED_DISK_CONNECTED,
		       connected_disk(core, node), node);
		return;
	}
	if (!command->accept_loss && would_lose(core, node) != CORE_NONE) {
		answer(core, command, CORE_REFUSED, REASON_REFUSED_LOSS, would_lose(core, node),
		       node);
		return;
	}
	waiting = wait_for(core, command);
	if (!waiting)
		return;
	waiting->id = ++core->next_id;
	waiting->deadline_ms = core->now_ms + DELIVERY_MS;
	if (!state_send_evidence(core, node, true, command->accept_loss, waiting->id))
		waiting->deadline_ms = core->now_ms;
}

static void reload(struct core *core, const struct core_command *command)
{
	struct command *waiting;

	for (unsigned i = 0; i < COMMANDS; i++) {
		if (!core->commands[i].used || core->commands[i].command.verb != CORE_VERB_RELOAD)
			continue;
		refuse(core, command, REASON_REFUSED_BUSY, CORE_NONE);
		return;
	}
	waiting = wait_for(core, command);
	if (!waiting)
		return;
	waiting->deadline_ms = core->now_ms + RELOAD_MS;
	waiting->intent = ++core->next_id;
	if (!state_send_stage(core, waiting->intent))
		waiting->deadline_ms = core->now_ms;
}

void command_obey(struct core *core, const struct core_command *command)
{
	if (core->ending || core->detach) {
		refuse(core, command, REASON_REFUSED_SHUTDOWN, core->self);
		return;
	}
	if (!core->connected || core->view == 0 || core->self == CORE_NONE) {
		refuse(core, command, REASON_REFUSED_DISCONNECTED, CORE_NONE);
		return;
	}
	switch (command->verb) {
	case CORE_VERB_START:
		start(core, command);
		break;
	case CORE_VERB_STOP:
		stop(core, command);
		break;
	case CORE_VERB_MOVE:
		move(core, command);
		break;
	case CORE_VERB_STANDBY:
	case CORE_VERB_ONLINE:
		standby(core, command, command->verb == CORE_VERB_STANDBY);
		break;
	case CORE_VERB_MAINTENANCE:
		maintenance(core, command);
		break;
	case CORE_VERB_CLEANUP:
		cleanup(core, command);
		break;
	case CORE_VERB_CONFIRM_DOWN:
		confirm_down(core, command);
		break;
	case CORE_VERB_RELOAD:
		reload(core, command);
		break;
	}
}

/* ---- their ends ----------------------------------------------------------------------------- */

void command_delivered(struct core *core, uint64_t id)
{
	for (unsigned i = 0; i < COMMANDS; i++)
		if (core->commands[i].used && core->commands[i].id == id && id != 0)
			core->commands[i].delivered = true;
}

static void finish(struct core *core, struct command *waiting, enum core_result result,
		   enum reason_code code, int node)
{
	waiting->used = false;
	answer(core, &waiting->command, result, code, waiting->command.service, node);
}

static bool is_active(const struct core *core, int index, int node)
{
	return node != CORE_NONE && core->services[index].claim.node == node &&
	       core->nodes[node].state.services[index].phase == PHASE_ACTIVE;
}

static bool is_held(const struct core *core, int index)
{
	int holder = core->services[index].claim.node;

	return service_claims(core->services[index].phase) ||
	       (holder != CORE_NONE && core->nodes[holder].present);
}

static void advance_start(struct core *core, struct command *waiting)
{
	int index = waiting->command.service;

	if (is_active(core, index, core->services[index].claim.node))
		finish(core, waiting, CORE_DONE, REASON_DONE, CORE_NONE);
	else if (core->now_ms >= waiting->deadline_ms)
		finish(core, waiting, CORE_UNSUCCESSFUL, REASON_FAILED_START, CORE_NONE);
}

static void advance_move(struct core *core, struct command *waiting)
{
	int index = waiting->command.service;
	int target = core_find_node(core, waiting->command.nodeid);
	bool ended = intent_target(core, index) != target;

	if (is_active(core, index, target))
		finish(core, waiting, CORE_DONE, REASON_DONE, target);
	else if (core->now_ms >= waiting->deadline_ms ||
		 (ended && is_active(core, index, core->services[index].claim.node)))
		finish(core, waiting, CORE_UNSUCCESSFUL, REASON_FAILED_MOVE, target);
}

static void advance_standby(struct core *core, struct command *waiting)
{
	int node = core_find_node(core, waiting->command.nodeid);
	bool holds = false;

	for (unsigned i = 0; i < core->config->service_count; i++)
		holds = holds ||
			(core->services[i].claim.node == node && node != CORE_NONE &&
			 core->nodes[node].present && !intent_is_maintenance(core, (int)i));
	if (!holds || core->now_ms >= waiting->deadline_ms)
		finish(core, waiting, holds ? CORE_UNSUCCESSFUL : CORE_DONE,
		       holds ? REASON_FAILED_STANDBY : REASON_DONE, node);
}

static void advance_message(struct core *core, struct command *waiting)
{
	if (waiting->delivered)
		finish(core, waiting, CORE_DONE, REASON_DONE, CORE_NONE);
	else if (core->now_ms >= waiting->deadline_ms)
		finish(core, waiting, CORE_UNSUCCESSFUL, REASON_FAILED_DELIVERY, CORE_NONE);
}

/* What a node found in its file when this command asked; STAGE_NONE: it has not told yet. */
static enum stage_result stage_of(const struct core *core, const struct command *waiting, int node)
{
	const struct node_state *state = &core->nodes[node].state;

	return state->stage_id == waiting->intent ? state->stage : STAGE_NONE;
}

/* The first node that is in the way; *node is CORE_NONE if none is. False: wait. */
static bool stage_verdict(const struct core *core, const struct command *waiting, int *node,
			  enum reason_code *why)
{
	bool all_told = true;

	*why = REASON_REFUSED_RELOAD_MEMBERS;
	for (*node = 0; *node < (int)core->settings.node_count; ++*node) {
		enum stage_result stage = stage_of(core, waiting, *node);

		if (!view_counts(core, *node))
			continue;
		if (stage == STAGE_BAD || stage == STAGE_RUNNING) {
			*why = stage == STAGE_BAD ? REASON_REFUSED_RELOAD_BAD
						  : REASON_REFUSED_RELOAD_RUNNING;
			return true;
		}
		if (stage == STAGE_NONE && core->now_ms >= waiting->deadline_ms)
			return true;
		all_told = all_told && stage != STAGE_NONE;
	}
	for (*node = 0; all_told && *node < (int)core->settings.node_count; ++*node)
		if (view_counts(core, *node) &&
		    core->nodes[*node].state.staged != core->nodes[core->self].state.staged)
			return true;
	*node = all_told && core->staged ? reload_absent(core, core->staged) : CORE_NONE;
	return all_told;
}

/* Everybody who counts has read the same file, or somebody could not. */
static void advance_reload(struct core *core, struct command *waiting)
{
	uint64_t digest = core->staged ? core_digest(core->staged) : 0;
	enum reason_code why;
	int node;

	if (waiting->delivered) {
		finish(core, waiting, CORE_DONE, REASON_DONE, CORE_NONE);
		return;
	}
	if (!stage_verdict(core, waiting, &node, &why))
		return;
	if (node != CORE_NONE) {
		if (why == REASON_REFUSED_RELOAD_RUNNING)
			waiting->command.service = core->nodes[node].state.stage_service;
		finish(core, waiting, CORE_REFUSED, why, node);
		return;
	}
	if (waiting->id == 0) {
		uint64_t id = ++core->next_id;

		waiting->deadline_ms = core->now_ms + RELOAD_MS;
		if (state_send_commit(core, digest, id))
			waiting->id = id;
	} else if (core->now_ms >= waiting->deadline_ms) {
		finish(core, waiting, CORE_UNSUCCESSFUL, REASON_FAILED_DELIVERY, CORE_NONE);
	}
}

static void advance(struct core *core, struct command *waiting)
{
	switch (waiting->command.verb) {
	case CORE_VERB_START:
		advance_start(core, waiting);
		break;
	case CORE_VERB_STOP:
		if (!is_held(core, waiting->command.service))
			finish(core, waiting, CORE_DONE, REASON_DONE, CORE_NONE);
		else if (core->now_ms >= waiting->deadline_ms)
			finish(core, waiting, CORE_UNSUCCESSFUL, REASON_FAILED_STOP, CORE_NONE);
		break;
	case CORE_VERB_MOVE:
		advance_move(core, waiting);
		break;
	case CORE_VERB_STANDBY:
		advance_standby(core, waiting);
		break;
	case CORE_VERB_ONLINE:
	case CORE_VERB_MAINTENANCE:
		finish(core, waiting, CORE_DONE, REASON_DONE, CORE_NONE);
		break;
	case CORE_VERB_CLEANUP:
	case CORE_VERB_CONFIRM_DOWN:
		advance_message(core, waiting);
		break;
	case CORE_VERB_RELOAD:
		advance_reload(core, waiting);
		break;
	}
}

void command_advance(struct core *core)
{
	for (unsigned i = 0; i < COMMANDS; i++) {
		struct command *waiting = &core->commands[i];

		if (!waiting->used)
			continue;
		if (core->update->reply_count == CORE_REPLIES) {
			core->update->again = true;
			return;
		}
		advance(core, waiting);
		if (waiting->used)
			core_wake(core, waiting->deadline_ms);
	}
}
