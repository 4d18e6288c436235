/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The daemon of a node: the real core, told what it would be told, and obeyed. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static void obey_update(struct sim *sim, int node);

bool daemon_runs(const struct sim *sim, int node)
{
	return sim->machines[node].power && sim->machines[node].core != NULL;
}

static bool stands_still(const struct machine *machine)
{
	return machine->frozen || machine->paused || machine->daemon_frozen;
}

/* ---- stepping -------------------------------------------------------------------------------- */

void daemon_step(struct sim *sim, int node, struct core_event *event)
{
	struct machine *machine = &sim->machines[node];
	uint64_t life = machine->life;

	event->now_ms = clock_of(sim, node);
	do {
		core_step(machine->core, event, &sim->update);
		sim->numbers.steps++;
		machine->deadline_ms = sim->update.deadline_ms;
		obey_update(sim, node);
		event->type = CORE_TICK;
	} while (machine->core && machine->life == life && sim->update.again);
}

void daemon_tick(struct sim *sim, int node)
{
	struct core_event event = {.type = CORE_TICK};

	daemon_step(sim, node, &event);
}

static const struct config *file_of(struct sim *sim, unsigned number)
{
	struct config *config;

	if (number == 1)
		return sim->config;
	if (!sim->files[number]) {
		config = malloc(sizeof(*config));
		if (!config)
			abort();
		*config = *sim->config;
		memset(config->digest, (int)number, sizeof(config->digest));
		if (number == 3)
			config->watchdog_lease_ms += 5000;
		if (number == 4)
			config->services[0].resource_count--;
		sim->files[number] = config;
	}
	return sim->files[number];
}

/* The notice was meant for the daemon that runs now. */
void daemon_take(struct sim *sim, int node, const struct notice *notice)
{
	struct machine *machine = &sim->machines[node];
	struct core_event event = {.type = notice->type};

	if (!daemon_runs(sim, node) || notice->life != machine->life)
		return;
	switch (notice->type) {
	case CORE_MEMBERS:
		event.members.members = notice->members.members;
		event.members.member_count = notice->members.member_count;
		event.members.left = notice->members.left;
		event.members.left_count = notice->members.left_count;
		event.members.joined = notice->members.joined;
		event.members.joined_count = notice->members.joined_count;
		break;
	case CORE_RING:
		event.ring.ring = notice->ring.ring;
		event.ring.nodeids = notice->ring.nodeids;
		event.ring.nodeid_count = notice->ring.nodeid_count;
		break;
	case CORE_QUORUM:
		event.quorum.quorate = notice->quorum.quorate;
		event.quorum.ring = notice->quorum.ring;
		break;
	case CORE_MESSAGE:
		event.message.nodeid = (uint32_t)notice->parcel->sender + 1;
		event.message.pid = notice->parcel->pid;
		event.message.bytes = notice->parcel->bytes;
		event.message.size = notice->parcel->size;
		break;
	case CORE_OPERATION:
		event.operation.id = notice->operation.id;
		event.operation.outcome = notice->operation.outcome;
		break;
	case CORE_WATCH:
		event.watch.service = notice->watch.service;
		event.watch.resource = notice->watch.resource;
		event.watch.verdict = notice->watch.verdict;
		break;
	case CORE_FENCE:
		event.fence.nodeid = notice->fence.nodeid;
		event.fence.id = notice->fence.id;
		event.fence.ok = notice->fence.ok;
		break;
	case CORE_STORED:
		event.stored.sequence = notice->stored.sequence;
		event.stored.ok = notice->stored.ok;
		break;
	case CORE_WATCHDOG:
		event.watchdog.timeout_ms = notice->watchdog.timeout_ms;
		break;
	case CORE_FENCE_PEER:
		event.fence_peer.id = notice->fence_peer.id;
		event.fence_peer.service = notice->fence_peer.service;
		event.fence_peer.deadline_ms = clock_of(sim, node) + HANDLER_MS - 1000;
		break;
	case CORE_COMMAND:
		event.command = notice->command;
		break;
	case CORE_STAGED:
		event.staged.ok = machine->file != 0;
		event.staged.config = machine->file ? file_of(sim, machine->file) : NULL;
		machine->staged = event.staged.config;
		break;
	case CORE_STORAGE:
		disk_tell(sim, node);
		return;
	case CORE_TICK:
	case CORE_CONNECTED:
	case CORE_DISCONNECTED:
	case CORE_SHUTDOWN:
	case CORE_DETACH:
		break;
	}
	daemon_step(sim, node, &event);
}

static struct notice *copy_of(const struct notice *notice)
{
	struct notice *copy = malloc(sizeof(*copy));

	if (!copy)
		abort();
	*copy = *notice;
	return copy;
}

static void keep(struct sim *sim, int node, const struct notice *notice)
{
	struct machine *machine = &sim->machines[node];
	struct event *event = malloc(sizeof(*event));

	if (!event)
		abort();
	memset(event, 0, sizeof(*event));
	event->kind = EVENT_TELL;
	event->notice = copy_of(notice);
	if (!machine->inbox)
		machine->inbox_end = &machine->inbox;
	*machine->inbox_end = event;
	machine->inbox_end = &event->next;
}

/* Group and ring come on one socket; quorum on another; children, disks, ... by themselves. */
static unsigned socket_of(const struct notice *notice)
{
	switch (notice->type) {
	case CORE_MEMBERS:
	case CORE_RING:
	case CORE_MESSAGE:
	case CORE_DISCONNECTED:
		return CORE_MESSAGE;
	default:
		return notice->type;
	}
}

/*
 * A daemon that has slept finds all its sockets full: each has its order, among them is none. But
 * what a connection brought does not come after its end.
 */
static struct event **choose_kept(struct sim *sim, struct machine *machine)
{
	unsigned first = socket_of(machine->inbox->notice);

	if (random_one_in(sim, 2))
		return &machine->inbox;
	for (struct event **place = &machine->inbox; *place; place = &(*place)->next) {
		if ((*place)->notice->type == CORE_DISCONNECTED)
			break;
		if (socket_of((*place)->notice) != first)
			return place;
	}
	return &machine->inbox;
}

static struct event *take_kept(struct sim *sim, struct machine *machine)
{
	struct event **place = machine->inbox ? choose_kept(sim, machine) : &machine->inbox;
	struct event *event = *place;

	if (!event)
		return NULL;
	*place = event->next;
	if (!event->next)
		machine->inbox_end = place;
	return event;
}

static void drop_notice(struct notice *notice)
{
	if (notice->type == CORE_MESSAGE)
		parcel_drop(notice->parcel);
	free(notice);
}

void daemon_tell(struct sim *sim, int node, const struct notice *notice)
{
	struct machine *machine = &sim->machines[node];
	struct notice own = *notice;

	if (!daemon_runs(sim, node)) {
		if (notice->type == CORE_MESSAGE)
			parcel_drop(notice->parcel);
		return;
	}
	own.life = machine->life;
	if (stands_still(machine)) {
		keep(sim, node, &own);
		return;
	}
	daemon_take(sim, node, &own);
	if (own.type == CORE_MESSAGE)
		parcel_drop(own.parcel);
}

void daemon_tell_later(struct sim *sim, int node, uint64_t delay_ms, const struct notice *notice)
{
	struct notice *copy = copy_of(notice);

	copy->life = sim->machines[node].life;
	queue_add(sim, delay_ms, EVENT_TELL, node)->notice = copy;
}

void daemon_thaw(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];
	struct event *event;

	while (!stands_still(machine) && (event = take_kept(sim, machine)) != NULL) {
		daemon_take(sim, node, event->notice);
		drop_notice(event->notice);
		free(event);
	}
	if (daemon_runs(sim, node) && !stands_still(machine))
		disk_tell(sim, node);
}

/* ---- obeying --------------------------------------------------------------------------------- */

static void keep_answer(struct sim *sim, const struct core_reply *reply)
{
	if (reply->request != sim->request)
		return;
	sim->answered = true;
	if (sim->coverage)
		sim->coverage->answers[reply->reason.code]++;
	sim->answer = *reply;
	story(sim, CORE_NONE, "the command is answered: %s",
	      reply->result == CORE_DONE      ? "done"
	      : reply->result == CORE_REFUSED ? "refused"
					      : "not done");
}

static void store(struct sim *sim, int node, uint64_t sequence)
{
	struct machine *machine = &sim->machines[node];
	struct event *event = queue_add(sim, STORE_MS, EVENT_STORED, node);

	event->durable = malloc(sizeof(*event->durable));
	if (!event->durable)
		abort();
	*event->durable = *core_durable(machine->core);
	event->number = sequence;
	event->service = (int)(machine->life & 0x7fffffff);
}

static void ended_by_itself(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	corosync_leave(sim, node, CORE_LEAVE);
	daemon_end(sim, node);
	if (machine->rebooting)
		queue_add(sim, REBOOT_MS, EVENT_REBOOT, node)->number = machine->boots;
	else if (machine->restarts)
		queue_add(sim, RESTART_MS, EVENT_DAEMON, node)->number = machine->boots;
}

static void obey_update(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];
	const struct core_update *update = &sim->update;
	uint64_t life = machine->life;

	verify_explained(sim, node, update);
	for (unsigned i = 0; i < update->record_count; i++) {
		machine->saw[update->records[i].code]++;
		if (sim->coverage)
			sim->coverage->reasons[update->records[i].code]++;
		story_reason(sim, node, &update->records[i]);
		trigger_journaled(sim, node, update->records[i].code);
		if (update->records[i].code == REASON_INTERNAL)
			broken(sim, "core", "%s: an event came that cannot come",
			       name_of(sim, node));
	}
	for (unsigned i = 0; sim->coverage && i < update->cell_count; i++)
		sim->coverage->cells[update->cells[i].phase][update->cells[i].event]++;
	for (unsigned i = 0; i < update->reply_count; i++)
		keep_answer(sim, &update->replies[i]);
	if (update->reset && !machine->reset_fails) {
		machine_reset(sim, node, "resets itself");
		return;
	}
	for (unsigned i = 0; i < update->message_count; i++)
		corosync_send(sim, node, update->messages[i].bytes, update->messages[i].size);
	if (update->switched)
		machine->config = machine->staged;
	for (unsigned i = 0; i < update->cancel_count; i++)
		resource_cancel(sim, node, update->cancels[i]);
	for (unsigned i = 0; i < update->operation_count; i++)
		resource_run(sim, node, &update->operations[i]);
	for (unsigned i = 0; i < update->fence_count; i++)
		fence_call(sim, node, &update->fences[i]);
	for (unsigned i = 0; i < update->answer_count; i++)
		disk_answer(sim, node, update->answers[i].id, update->answers[i].answer);
	if (update->store != 0)
		store(sim, node, update->store);
	if (update->stage)
		queue_add(sim, STAGE_MS, EVENT_STAGED, node)->number = life;
	machine_order_watchdog(sim, node, update->watchdog.order, update->watchdog.until_ms);
	if (update->left && machine->core && machine->life == life)
		ended_by_itself(sim, node);
}

/* ---- its ends -------------------------------------------------------------------------------- */

void daemon_stored(struct sim *sim, int node, const struct event *event)
{
	struct machine *machine = &sim->machines[node];
	struct notice notice = {.type = CORE_STORED};

	if (!daemon_runs(sim, node) || (machine->life & 0x7fffffff) != (uint64_t)event->service)
		return;
	notice.stored.sequence = event->number;
	notice.stored.ok = !machine->store_fails;
	if (notice.stored.ok) {
		machine->old_durable = machine->durable;
		machine->durable = *event->durable;
	}
	daemon_tell(sim, node, &notice);
}

void daemon_staged(struct sim *sim, int node, const struct event *event)
{
	struct notice notice = {.type = CORE_STAGED};

	if (daemon_runs(sim, node) && sim->machines[node].life == event->number)
		daemon_tell(sim, node, &notice);
}

/* ---- its life -------------------------------------------------------------------------------- */

static void fill_settings(const struct sim *sim, int node, struct core_settings *settings)
{
	memset(settings, 0, sizeof(*settings));
	settings->nodeid = (uint32_t)node + 1;
	settings->node_count = sim->cluster.node_count;
	for (unsigned i = 0; i < settings->node_count; i++) {
		settings->nodes[i].nodeid = i + 1;
		memcpy(settings->nodes[i].name, sim->cluster.names[i],
		       sizeof(settings->nodes[i].name));
	}
	settings->two_node = sim->cluster.quorum == SIM_TWO_NODE;
	settings->token_ms = sim->cluster.token_ms;
	settings->consensus_ms = sim->cluster.consensus_ms;
	settings->protocol = sim->machines[node].protocol;
}

void daemon_connect(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];
	struct core_event event = {.type = CORE_CONNECTED};

	if (!machine->corosync) {
		queue_add(sim, RECONNECT_MS, EVENT_CONNECT, node)->number = machine->life;
		return;
	}
	if (machine->connected)
		return;
	event.connected.pid = ++machine->pid;
	event.connected.incarnation = random_next(sim) | 1;
	daemon_step(sim, node, &event);
	corosync_join(sim, node);
}

void daemon_start(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];
	struct core_settings settings;

	if (!machine->power || machine->core)
		return;
	if (machine->file == 0) {
		story(sim, node, "the daemon does not start: its file is wrong");
		return;
	}
	machine->config = file_of(sim, machine->file);
	fill_settings(sim, node, &settings);
	if (!resource_reap(sim, node)) {
		queue_add(sim, 1000, EVENT_DAEMON, node)->number = machine->boots;
		return;
	}
	machine->core = core_new(machine->config, &settings, &machine->durable);
	if (!machine->core)
		abort();
	machine->life++;
	machine->left = machine->restarts = machine->rebooting = machine->connected = false;
	machine->daemon_frozen = false;
	machine->wanted = true;
	machine->deadline_ms = clock_of(sim, node);
	memset(machine->told, 0, sizeof(machine->told));
	story(sim, node, "the daemon starts");
	disk_up(sim, node);
	daemon_connect(sim, node);
	disk_tell(sim, node);
}

void daemon_end(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];
	struct event *event;

	if (!machine->core)
		return;
	core_free(machine->core);
	machine->core = NULL;
	machine->connected = false;
	machine->daemon_frozen = false;
	machine->life++;
	machine_watch(sim, node);
	while ((event = take_kept(sim, machine)) != NULL) {
		drop_notice(event->notice);
		free(event);
	}
}

void daemon_obey(struct sim *sim, const struct core_command *command, int node)
{
	struct notice notice = {.type = CORE_COMMAND, .command = *command};

	sim->answered = false;
	notice.command.request = ++sim->request;
	daemon_tell(sim, node, &notice);
}
