/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The one entry, core_step(): an event is taken in, then everything that can go on goes on. */
#include "message.h"

#include <stdlib.h>
#include <string.h>

/* ---- what every file needs ------------------------------------------------------------------ */

int core_find_node(const struct core *core, uint32_t nodeid)
{
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (core->nodes[i].nodeid == nodeid && nodeid != 0)
			return (int)i;
	return CORE_NONE;
}

int core_find_node_name(const struct core *core, const char *name)
{
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (strcmp(core->settings.nodes[i].name, name) == 0)
			return (int)i;
	return CORE_NONE;
}

int core_place(const struct core *core, int service, int node)
{
	return core->index.places[service][node];
}

static int find_place(const struct service_config *config, const char *node)
{
	for (unsigned i = 0; i < config->node_count; i++)
		if (strcmp(config->nodes[i], node) == 0)
			return (int)i;
	return CORE_NONE;
}

void core_index(struct core *core)
{
	for (unsigned i = 0; i < core->config->service_count; i++) {
		const struct service_config *service = &core->config->services[i];

		core->index.names[i] = core_name_digest(service->name);
		for (unsigned j = 0; j < core->settings.node_count; j++)
			core->index.places[i][j] =
				find_place(service, core->settings.nodes[j].name);
	}
	core->index.mode = fencing_mode_of(core->config, core->settings.two_node);
}

uint64_t core_digest(const struct config *config)
{
	uint64_t digest = 0;

	for (unsigned i = 0; i < CONFIG_DIGEST_SIZE; i++)
		digest = digest << 8 | config->digest[i];
	return digest;
}

uint64_t core_name_digest(const char *name)
{
	uint64_t digest = 0xcbf29ce484222325; /* FNV-1a */

	for (; *name; name++)
		digest = (digest ^ (uint8_t)*name) * 0x100000001b3;
	return digest;
}

bool core_same_ring(struct core_ring a, struct core_ring b)
{
	return a.nodeid == b.nodeid && a.seq == b.seq;
}

void core_wake(struct core *core, uint64_t at_ms)
{
	if (at_ms < core->update->deadline_ms)
		core->update->deadline_ms = at_ms;
}

struct reason core_reason(const struct core *core, enum reason_code code, int service, int resource,
			  int node, uint64_t number)
{
	return (struct reason){
		.code = code,
		.service = service,
		.resource = resource,
		.node = node == CORE_NONE ? 0 : core->nodes[node].nodeid,
		.number = number,
	};
}

void core_record(struct core *core, enum reason_code code, int service, int resource, int node,
		 uint64_t number)
{
	if (core->update->record_count == CORE_RECORDS) {
		core->update->records_dropped++;
		return;
	}
	core->update->records[core->update->record_count++] =
		core_reason(core, code, service, resource, node, number);
}

/* Nobody may be left without an answer: command_advance() leaves room, and one command is one. */
void core_answer(struct core *core, uint64_t request, enum core_result result, struct reason reason)
{
	if (core->update->reply_count == CORE_REPLIES)
		return;
	core->update->replies[core->update->reply_count++] =
		(struct core_reply){.request = request, .result = result, .reason = reason};
}

uint8_t *core_message(struct core *core)
{
	if (core->update->message_count < CORE_MESSAGES)
		return core->update->messages[core->update->message_count].bytes;
	core->update->again = true;
	return NULL;
}

void core_message_done(struct core *core, size_t size)
{
	core->update->messages[core->update->message_count++].size = (uint16_t)size;
}

void core_store(struct core *core)
{
	core->store_due = true;
}

/* ---- storing -------------------------------------------------------------------------------- */

static void store_advance(struct core *core)
{
	if (!core->store_due || core->store_running != 0)
		return;
	if (core->now_ms < core->store_retry_ms) {
		core_wake(core, core->store_retry_ms);
		return;
	}
	core->store_due = false;
	core->store_running = ++core->store_sequence;
	core->update->store = core->store_running;
}

static void store_ended(struct core *core, uint64_t sequence, bool ok)
{
	if (sequence != core->store_running)
		return;
	core->store_running = 0;
	if (ok != !core->store_failed)
		core->state_due = true;
	if (ok) {
		core->stored = sequence;
		core->store_failed = false;
		core->store_retry_ms = 0;
		return;
	}
	if (!core->store_failed)
		core_record(core, REASON_STORE_FAILED, CORE_NONE, CORE_NONE, core->self, 0);
	core->store_failed = true;
	core->store_due = true;
	core->store_retry_ms = core->now_ms + STORE_RETRY_MS;
}

/* ---- ending --------------------------------------------------------------------------------- */

static void leave(struct core *core)
{
	core->ended = true;
	core->update->left = true;
	lease_end(core);
}

static void begin_ending(struct core *core)
{
	if (core->ending)
		return;
	core->ending = true;
	core->ending_ms = core->now_ms;
	core->state_due = true;
	core_record(core, REASON_SHUTDOWN, CORE_NONE, CORE_NONE, core->self, 0);
}

static void detach(struct core *core)
{
	if (core->detaching)
		return;
	core->detach = core->detaching = true;
	core->ending_ms = core->now_ms;
	core->state_due = true;
	core_record(core, REASON_DETACH, CORE_NONE, CORE_NONE, core->self, 0);
}

static void detach_advance(struct core *core)
{
	if (!core->detaching || core->ended)
		return;
	if (fencing_is_busy(core))
		return;
	if (lease_may_disarm(core) || core->now_ms >= core->ending_ms + DETACH_MS)
		leave(core);
	else
		core_wake(core, core->ending_ms + DETACH_MS);
}

/* The others may believe "I hold nothing" only if every service here is stopped for sure. */
static bool holds_nothing(const struct core *core)
{
	for (unsigned i = 0; i < core->config->service_count; i++)
		if (!service_idle(core, (int)i))
			return false;
	return true;
}

static bool is_busy(const struct core *core, int index)
{
	const struct service *service = &core->services[index];

	if (service->phase == PHASE_UNKNOWN)
		return core->now_ms < core->ending_ms + PROBE_AT_END_MS;
	return service_claims(service->phase) && !intent_is_maintenance(core, index);
}

static void ending_advance(struct core *core)
{
	if (!core->ending || core->ended || fencing_is_busy(core))
		return;
	for (unsigned i = 0; i < core->config->service_count; i++) {
		if (is_busy(core, (int)i)) {
			if (core->now_ms < core->ending_ms + PROBE_AT_END_MS)
				core_wake(core, core->ending_ms + PROBE_AT_END_MS);
			return;
		}
	}
	/* Left in maintenance, or unknown: nothing can be promised. */
	if (!core->connected || core->self == CORE_NONE || !holds_nothing(core)) {
		leave(core);
		return;
	}
	if (!core->goodbye_sent) {
		core->goodbye_sent = true;
		core->goodbye_ms = core->now_ms;
		core->state_due = true;
	}
	if (core->nodes[core->self].goodbye || core->now_ms >= core->goodbye_ms + GOODBYE_MS)
		leave(core);
	else
		core_wake(core, core->goodbye_ms + GOODBYE_MS);
}

/* ---- the step ------------------------------------------------------------------------------- */

static void take_in(struct core *core, const struct core_event *event)
{
	switch (event->type) {
	case CORE_TICK:
		break;
	case CORE_CONNECTED:
		view_connected(core, event->connected.pid, event->connected.incarnation);
		break;
	case CORE_DISCONNECTED:
		view_disconnected(core);
		break;
	case CORE_MEMBERS:
		view_members(core, event);
		break;
	case CORE_RING:
		view_ring(core, event);
		break;
	case CORE_QUORUM:
		view_quorum(core, event->quorum.quorate, event->quorum.ring);
		break;
	case CORE_MESSAGE:
		state_receive(core, event->message.nodeid, event->message.pid, event->message.bytes,
			      event->message.size);
		break;
	case CORE_OPERATION:
		if (!fence_peer_order_ended(core, event->operation.id, event->operation.outcome))
			service_operation(core, event->operation.id, event->operation.outcome);
		break;
	case CORE_WATCH:
		service_watch(core, event->watch.service, event->watch.resource,
			      event->watch.verdict);
		break;
	case CORE_STORAGE:
		copy_storage(core, event->storage.service, &event->storage.storage);
		break;
	case CORE_FENCE:
		fencing_ended(core, event->fence.nodeid, event->fence.id, event->fence.ok);
		break;
	case CORE_STORED:
		store_ended(core, event->stored.sequence, event->stored.ok);
		break;
	case CORE_COMMAND:
		command_obey(core, &event->command);
		break;
	case CORE_WATCHDOG:
		lease_watchdog(core, event->watchdog.timeout_ms);
		break;
	case CORE_FENCE_PEER:
		fence_peer_ask(core, event->fence_peer.id, event->fence_peer.service,
			       event->fence_peer.deadline_ms);
		break;
	case CORE_STAGED:
		reload_staged(core, event->staged.ok, event->staged.config);
		break;
	case CORE_SHUTDOWN:
		begin_ending(core);
		break;
	case CORE_DETACH:
		detach(core);
		break;
	}
}

static void begin(struct core *core)
{
	core->started = true;
	lease_begin(core);
	for (unsigned i = 0; i < core->config->service_count; i++)
		service_begin(core, (int)i);
}

void core_step(struct core *core, const struct core_event *event, struct core_update *update)
{
	update->message_count = update->operation_count = update->cancel_count = 0;
	update->fence_count = update->reply_count = update->record_count = 0;
	update->records_dropped = 0;
	update->store = 0;
	update->answer_count = update->cell_count = 0;
	update->watchdog.order = CORE_WATCHDOG_LEAVE;
	update->reset = false;
	update->stage = update->switched = update->left = update->again = false;
	update->deadline_ms = UINT64_MAX;
	core->update = update;
	core->now_ms = event->now_ms;
	if (!core->started)
		begin(core);
	view_check_sleep(core);
	lease_check(core);
	take_in(core, event);
	if (!core->ended) {
		view_check_silence(core);
		for (unsigned i = 0; i < core->config->service_count; i++)
			service_advance(core, (int)i);
		fence_peer_advance(core);
		fencing_advance(core);
		command_advance(core);
		lease_advance(core);
		ending_advance(core);
		detach_advance(core);
		reset_advance(core);
		store_advance(core);
	}
	state_send(core);
	core->update = NULL;
}

/* ---- construction --------------------------------------------------------------------------- */

void core_settings(struct core *core, const struct core_settings *settings)
{
	struct node old[CORE_NODES];
	unsigned old_count = core->settings.node_count;

	memcpy(old, core->nodes, sizeof(old));
	for (unsigned i = 0; i < CONFIG_SERVICES; i++) {
		struct claim *claim = &core->services[i].claim;
		uint32_t nodeid = claim->node == CORE_NONE ? 0 : old[claim->node].nodeid;

		claim->node = CORE_NONE;
		for (unsigned j = 0; j < settings->node_count; j++)
			if (settings->nodes[j].nodeid == nodeid && nodeid != 0)
				claim->node = (int)j;
		core->services[i].told_elected = CORE_NONE;
	}
	core->settings = *settings;
	if (settings->protocol == 0)
		core->settings.protocol = MESSAGE_VERSION;
	memset(core->nodes, 0, sizeof(core->nodes));
	for (unsigned i = 0; i < settings->node_count; i++) {
		core->nodes[i].nodeid = settings->nodes[i].nodeid;
		for (unsigned j = 0; j < old_count; j++)
			if (old[j].nodeid == settings->nodes[i].nodeid)
				core->nodes[i] = old[j];
	}
	core->self = core_find_node(core, settings->nodeid);
	core_index(core);
}

struct core *core_new(const struct config *config, const struct core_settings *settings,
		      const struct core_durable *durable)
{
	struct core *core = calloc(1, sizeof(*core));

	if (!core)
		return NULL;
	core->config = config;
	core->durable = *durable;
	reload_durable(core);
	core->stage_service = CORE_NONE;
	for (unsigned i = 0; i < CONFIG_SERVICES; i++) {
		core->services[i].claim.node = CORE_NONE;
		core->services[i].step = CORE_NONE;
	}
	core_settings(core, settings);
	return core;
}

void core_free(struct core *core)
{
	free(core);
}

const struct core_durable *core_durable(const struct core *core)
{
	return &core->durable;
}
