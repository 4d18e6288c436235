/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A virtual cluster comes into being, runs, and is looked at. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { BUSY = 10000 }; /* in one millisecond, that is a loop */

static int find_node(const struct sim *sim, const char *name)
{
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (strcmp(sim->cluster.names[i], name) == 0)
			return i;
	return CORE_NONE;
}

static void make_volume(struct sim *sim, int service)
{
	const struct service_config *config = &sim->config->services[service];
	struct volume *volume = &sim->volumes[service];

	volume->nodes[0] = volume->nodes[1] = CORE_NONE;
	if (config->resource_count == 0 || config->resources[0].type != RESOURCE_DRBD ||
	    config->node_count < 2)
		return;
	for (int i = 0; i < 2; i++) {
		volume->nodes[i] = find_node(sim, config->nodes[i]);
		volume->sides[i].consistent = true;
		volume->sides[i].current = 1;
	}
	if (volume->nodes[0] == CORE_NONE || volume->nodes[1] == CORE_NONE)
		volume->nodes[0] = volume->nodes[1] = CORE_NONE;
}

struct sim *sim_new(const struct sim_cluster *cluster, const struct config *config, uint64_t seed)
{
	struct sim *sim = calloc(1, sizeof(*sim));

	if (!sim)
		return NULL;
	sim->cluster = *cluster;
	sim->config = config;
	sim->random = seed;
	sim->generation = 1;
	sim->vote_side = CORE_NONE;
	for (int i = 0; i < (int)cluster->node_count; i++) {
		sim->machines[i].config = config;
		sim->machines[i].file = 1;
		sim->machines[i].pid = 100;
		sim->machines[i].clock_ms = random_between(sim, 1000, 100000);
	}
	for (int i = 0; i < (int)config->service_count; i++) {
		make_volume(sim, i);
		sim->last_holder[i] = CORE_NONE;
		queue_add(sim, WRITE_MS, EVENT_WRITE, 0)->service = i;
	}
	return sim;
}

void sim_free(struct sim *sim)
{
	if (!sim)
		return;
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		daemon_end(sim, i);
		for (unsigned j = 0; j < sim->machines[i].held_count; j++)
			parcel_drop(sim->machines[i].held[j]);
		for (unsigned j = 0; j < sim->machines[i].missed_count; j++)
			parcel_drop(sim->machines[i].missed[j]);
	}
	queue_free(sim);
	for (unsigned i = 0; i < sizeof(sim->files) / sizeof(sim->files[0]); i++)
		free(sim->files[i]);
	free(sim);
}

void sim_tell(struct sim *sim, void *file, bool all)
{
	sim->story = file;
	sim->story_all = all;
}

void sim_cover(struct sim *sim, struct sim_coverage *coverage)
{
	sim->coverage = coverage;
}

/* ---- running --------------------------------------------------------------------------------- */

static void happen(struct sim *sim, struct event *event)
{
	struct machine *machine = &sim->machines[event->node];

	switch (event->kind) {
	case EVENT_TELL:
		if (machine->frozen || machine->paused || machine->daemon_frozen) {
			if (event->notice->life == machine->life)
				daemon_tell(sim, event->node, event->notice);
			if (event->notice->type == CORE_STORAGE)
				sim->storage_due[event->node] = false;
		} else {
			daemon_take(sim, event->node, event->notice);
			if (event->notice->type == CORE_STORAGE)
				sim->storage_due[event->node] = false;
		}
		break;
	case EVENT_SEND:
		corosync_take(sim, event->node, event);
		break;
	case EVENT_DELIVER:
		if (machine->frozen || machine->paused || machine->corosync_frozen) {
			event->parcel->references++;
			queue_add(sim, 100, EVENT_DELIVER, event->node)->parcel = event->parcel;
		} else {
			corosync_deliver(sim, event->node, event->parcel);
		}
		break;
	case EVENT_DETECT:
		corosync_detect(sim, event->node, event->number);
		break;
	case EVENT_FORM:
		corosync_form(sim, event->node);
		break;
	case EVENT_VOTES:
		votes_count(sim, event->node, event->number);
		break;
	case EVENT_CHILD:
		resource_child_ended(sim, event->node, event->number);
		break;
	case EVENT_STORED:
		daemon_stored(sim, event->node, event);
		break;
	case EVENT_STAGED:
		daemon_staged(sim, event->node, event);
		break;
	case EVENT_AGENT:
		fence_ended(sim, (unsigned)event->number);
		break;
	case EVENT_POWERED:
	case EVENT_DAEMON:
		if (machine->frozen || machine->paused)
			queue_add(sim, 500, event->kind, event->node)->number = event->number;
		else if (event->kind == EVENT_POWERED)
			machine_powered(sim, event->node, event->number);
		else if (machine->boots == event->number && !machine->rebooting)
			daemon_start(sim, event->node);
		break;
	case EVENT_REBOOT:
		if (machine->power && machine->boots == event->number)
			machine_reset(sim, event->node, "reboots");
		break;
	case EVENT_CONNECT:
		if (!daemon_runs(sim, event->node) || machine->life != event->number)
			break;
		if (machine->frozen || machine->paused || machine->daemon_frozen)
			queue_add(sim, RECONNECT_MS, EVENT_CONNECT, event->node)->number =
				event->number;
		else
			daemon_connect(sim, event->node);
		break;
	case EVENT_COROSYNC:
		if (machine->boots == event->number)
			corosync_stopped(sim, event->node);
		break;
	case EVENT_WATCHDOG:
		machine_watchdog(sim, event->node);
		break;
	case EVENT_LINK:
		link_look(sim, event->service, event->number);
		break;
	case EVENT_SYNCED:
		link_synced(sim, event->service, event->number);
		break;
	case EVENT_HANDLER:
		disk_handler_ended(sim, event->node, event->number);
		break;
	case EVENT_WRITE:
		client_write(sim, event->service);
		break;
	case EVENT_ACT:
		trigger_act(sim, (unsigned)event->number);
		break;
	case EVENT_MONITOR:
		resource_monitor(sim, event->node, event->service, (int)event->number);
		break;
	}
}

/* The node whose core wants to be called next, and when. */
static uint64_t next_tick(const struct sim *sim, int *node)
{
	uint64_t earliest_ms = UINT64_MAX;

	*node = CORE_NONE;
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		const struct machine *machine = &sim->machines[i];
		uint64_t wait_ms;

		if (!machine->power || !machine->core || machine->frozen || machine->paused ||
		    machine->daemon_frozen || machine->deadline_ms == UINT64_MAX)
			continue;
		wait_ms = clock_wait(sim, i, machine->deadline_ms);
		if (wait_ms != UINT64_MAX && sim->now_ms + wait_ms < earliest_ms) {
			earliest_ms = sim->now_ms + wait_ms;
			*node = i;
		}
	}
	return earliest_ms;
}

void sim_run(struct sim *sim, uint64_t until_ms)
{
	unsigned busy = 0; /* events and ticks at the same time */
	uint64_t busy_ms = sim->now_ms;

	while (!sim->violation.found) {
		struct event *event = queue_first(sim);
		int node;
		uint64_t tick_ms = next_tick(sim, &node);

		if (event && event->at_ms <= tick_ms) {
			if (event->at_ms > until_ms)
				break;
			sim->now_ms = event->at_ms;
			queue_pop(sim, event);
			happen(sim, event);
			event_free(sim, event);
		} else {
			if (tick_ms > until_ms)
				break;
			sim->now_ms = tick_ms;
			daemon_tick(sim, node);
		}
		busy = sim->now_ms == busy_ms ? busy + 1 : 0;
		busy_ms = sim->now_ms;
		if (busy > BUSY)
			broken(sim, "core", "this millisecond never ends; last of all %s was busy",
			       name_of(sim, node));
		verify(sim);
	}
	if (!sim->violation.found && sim->now_ms < until_ms)
		sim->now_ms = until_ms;
}

/* ---- what is seen ---------------------------------------------------------------------------- */

uint64_t sim_now(const struct sim *sim)
{
	return sim->now_ms;
}

const struct sim_violation *sim_violation(const struct sim *sim)
{
	return &sim->violation;
}

void sim_numbers(const struct sim *sim, struct sim_numbers *numbers)
{
	*numbers = sim->numbers;
	numbers->passed_ms = sim->now_ms;
}

int sim_holder(const struct sim *sim, int service)
{
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (resource_serves(sim, i, service))
			return i;
	return CORE_NONE;
}

bool sim_is_on(const struct sim *sim, int node)
{
	return sim->machines[node].power;
}

const struct core_status *sim_status(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	if (!daemon_runs(sim, node))
		return NULL;
	core_status(machine->core, clock_of(sim, node), &machine->status);
	return &machine->status;
}

bool sim_is_active(struct sim *sim, int service, int node)
{
	const struct core_status *status = sim_status(sim, node);

	return status && resource_serves(sim, node, service) &&
	       status->services[service].holder == (uint32_t)node + 1 &&
	       status->services[service].phase == PHASE_ACTIVE;
}

unsigned sim_saw(const struct sim *sim, int node, enum reason_code code)
{
	unsigned count = 0;

	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (node == CORE_NONE || node == i)
			count += sim->machines[i].saw[code];
	return count;
}

unsigned sim_starts(const struct sim *sim, int node, int service, int resource)
{
	unsigned count = 0;

	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (node == CORE_NONE || node == i)
			count += sim->machines[i].starts[service][resource];
	return count;
}

bool sim_answer(const struct sim *sim, struct core_reply *reply)
{
	if (sim->answered)
		*reply = sim->answer;
	return sim->answered;
}

unsigned sim_lacks(const struct sim *sim, int node, int service)
{
	const struct volume *volume = &sim->volumes[service];
	int side = disk_side(sim, node, service);

	if (side == CORE_NONE)
		return 0;
	/* Without good data of its own it reads from its peer's. */
	if (volume->sides[side].disk != STORAGE_UPTODATE &&
	    volume->sides[side].link == STORAGE_CONNECTED)
		side = 1 - side;
	return client_lacks(sim, service, &volume->sides[side]);
}

bool sim_is_split(const struct sim *sim, int service)
{
	return sim->volumes[service].sides[0].split || sim->volumes[service].sides[1].split;
}
