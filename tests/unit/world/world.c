/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
	NODES = 4,
	LOSS_MS = 2000,	 /* until corosync sees that a node is gone */
	MERGE_MS = 1000, /* until it sees that one is back */
	DISK_LOSS_MS = 1000,
	DISK_MERGE_MS = 500,
	MESSAGE_MS = 1,
	STAGE_MS = 20,
	OPERATION_MS = 200,
	FENCE_MS = 1000,
	STORE_MS = 5,
	PATIENCE_MS = 120000,
	REQUESTS = 64,
	FAULTS = 64,
};

struct fault {
	unsigned node, times;
	int service, resource;
	enum operation operation;
	enum outcome outcome;
};

/* Something that happens later. */
struct later {
	struct later *next;
	uint64_t at_ms;
	enum {
		LATER_REFORM,
		LATER_DISKS,
		LATER_MESSAGE,
		LATER_OPERATION,
		LATER_FENCE,
		LATER_STORED,
		LATER_STAGED,
	} kind;
	unsigned node;
	uint64_t life; /* of the daemon that it is for */
	struct core_operation operation;
	enum outcome outcome;
	struct core_fence fence;
	uint64_t sequence;
	uint64_t ring_seq; /* message: the ring it was sent in */
	uint32_t pid;
	uint16_t size;
	uint8_t bytes[CORE_MESSAGE_SIZE];
};

struct disk {
	bool up, primary;
	bool alone;	     /* wrote while it was not connected */
	uint64_t generation; /* of its data */
	uint64_t before;     /* the one it came from */
	bool connected;
	bool split;
};

struct machine {
	bool power, corosync, frozen;
	struct core *core;
	uint64_t life, lives;
	uint32_t pid;
	struct config config, file; /* in force; what a reload will find */
	bool file_bad;
	struct core_durable durable; /* on disk */
	bool store_fails;
	uint64_t deadline_ms;
	unsigned side; /* of the cut */
	bool seen_all; /* wait_for_all */
	struct core_ring ring;
	uint64_t ring_members; /* bits */
	uint64_t group;	       /* bits: daemons this one was told of */
	uint32_t group_pid[NODES + 1];
	bool up[CONFIG_SERVICES][WORLD_RESOURCES];
	unsigned starts[CONFIG_SERVICES][WORLD_RESOURCES];
	struct disk disks[CONFIG_SERVICES];
	struct storage told[CONFIG_SERVICES];
	unsigned saw[REASON_COUNT];
	struct later *waiting; /* while frozen */
	struct later **waiting_end;
	bool left;
	struct core_status status;
};

struct world {
	struct world_options options;
	uint64_t now_ms;
	uint64_t ring_seq, generation;
	struct machine machines[NODES + 1];
	struct later *later;
	struct core_update update;
	struct fault faults[FAULTS];
	unsigned fault_count;
	bool fencing_fails, disks_cut;
	struct {
		bool came;
		struct core_reply reply;
	} replies[REQUESTS];
	uint64_t requests;
	char *story;
	size_t story_size;
	FILE *story_file;
};

static const char *const reason_names[] = {
#define REASON(code, level, sentence) #code,
	REASONS
#undef REASON
};

static void carry_out(struct world *world, unsigned node);
static void schedule_reform(struct world *world, uint64_t delay_ms);

/* ---- configuration -------------------------------------------------------------------------- */

static void fill_resource(struct resource_config *resource, unsigned type)
{
	static const enum resource_type types[] = {RESOURCE_DRBD, RESOURCE_FILESYSTEM,
						   RESOURCE_ADDRESS, RESOURCE_ZIMBRA};
	static const char *const names[] = {"drbd", "filesystem", "address", "zimbra"};

	resource->type = types[type];
	snprintf(resource->name, sizeof(resource->name), "%s", names[type]);
	resource->start_timeout_ms = resource->stop_timeout_ms = 10000;
	resource->monitor_timeout_ms = 5000;
	resource->fall = 2;
}

static void fill_config(const struct world_options *options, struct config *config)
{
	memset(config, 0, sizeof(*config));
	config->service_count = options->services;
	for (unsigned i = 0; i < options->services; i++) {
		struct service_config *service = &config->services[i];

		snprintf(service->name, sizeof(service->name), "service%u", i);
		service->node_count = 2;
		/* Services prefer nodes in turn; the third node has only a vote. */
		snprintf(service->nodes[i % 2], sizeof(service->nodes[0]), "node1");
		snprintf(service->nodes[1 - i % 2], sizeof(service->nodes[0]), "node2");
		service->resource_count = WORLD_RESOURCES;
		for (unsigned j = 0; j < WORLD_RESOURCES; j++)
			fill_resource(&service->resources[j], j);
		service->restart_limit = 1;
		service->restart_window_ms = 600000;
		service->failback = options->failback;
	}
	if (options->fencing) {
		config->fencing_count = options->nodes;
		for (unsigned i = 0; i < options->nodes; i++) {
			snprintf(config->fencing[i].node, sizeof(config->fencing[i].node), "node%u",
				 i + 1);
			config->fencing[i].power_on = true;
		}
	}
	config->fencing_delay_ms = 5000;
	config->corosync_grace_ms = 20000;
	config->silence_ms = 30000;
	config->state_interval_ms = 1000;
	memset(config->digest, 0x5a, sizeof(config->digest));
}

static void fill_settings(const struct world *world, unsigned node, struct core_settings *settings)
{
	memset(settings, 0, sizeof(*settings));
	settings->nodeid = node;
	settings->node_count = world->options.nodes;
	for (unsigned i = 0; i < settings->node_count; i++) {
		settings->nodes[i].nodeid = i + 1;
		snprintf(settings->nodes[i].name, sizeof(settings->nodes[i].name), "node%u", i + 1);
	}
	settings->two_node = !world->options.majority;
	settings->token_ms = 1000;
	settings->consensus_ms = 1200;
}

/* ---- time ----------------------------------------------------------------------------------- */

static struct later *schedule(struct world *world, uint64_t delay_ms)
{
	struct later *later = calloc(1, sizeof(*later));
	struct later **place = &world->later;

	assert_non_null(later);
	later->at_ms = world->now_ms + delay_ms;
	while (*place && (*place)->at_ms <= later->at_ms)
		place = &(*place)->next;
	later->next = *place;
	*place = later;
	return later;
}

static bool runs(const struct machine *machine)
{
	return machine->power && machine->core && !machine->left;
}

static void check_never_two(struct world *world)
{
	for (unsigned service = 0; service < world->options.services; service++) {
		unsigned primaries = 0;

		for (unsigned i = 1; i <= world->options.nodes; i++)
			primaries += world->machines[i].power &&
				     world->machines[i].disks[service].primary;
		if (primaries < 2)
			continue;
		world_print(world);
		fail_msg("service %u is Primary on two nodes", service);
	}
}

static void step(struct world *world, unsigned node, struct core_event *event)
{
	struct machine *machine = &world->machines[node];

	event->now_ms = world->now_ms;
	do {
		core_step(machine->core, event, &world->update);
		carry_out(world, node);
		event->type = CORE_TICK;
	} while (world->update.again && runs(machine));
	machine->deadline_ms = world->update.deadline_ms;
	check_never_two(world);
}

/* ---- disks ---------------------------------------------------------------------------------- */

static bool linked(const struct world *world, unsigned a, unsigned b)
{
	return world->machines[a].power && world->machines[b].power &&
	       world->machines[a].side == world->machines[b].side && !world->disks_cut;
}

static void tell_storage(struct world *world, unsigned node, unsigned service)
{
	struct machine *machine = &world->machines[node];
	struct disk *disk = &machine->disks[service];
	struct disk *peer = &world->machines[3 - node].disks[service];
	struct core_event event = {.type = CORE_STORAGE};
	struct storage *storage = &event.storage.storage;

	event.storage.service = (int)service;
	storage->known = storage->configured = storage->generations_known = true;
	storage->role = disk->primary ? STORAGE_PRIMARY : STORAGE_SECONDARY;
	storage->disk = STORAGE_UPTODATE;
	storage->link = disk->connected ? STORAGE_CONNECTED
			: disk->split	? STORAGE_STANDALONE
					: STORAGE_CONNECTING;
	storage->split_brain = disk->split;
	storage->current = disk->generation;
	storage->bitmap = disk->before;
	if (disk->connected) {
		storage->peer_role = peer->primary ? STORAGE_PRIMARY : STORAGE_SECONDARY;
		storage->peer_disk = STORAGE_UPTODATE;
	}
	if (!runs(machine) || machine->frozen ||
	    memcmp(storage, &machine->told[service], sizeof(*storage)) == 0)
		return;
	machine->told[service] = *storage;
	step(world, node, &event);
}

/* Writes that the other side lacks begin a new generation, as in the kernel. */
static void write_alone(struct world *world, struct disk *disk)
{
	if (!disk->primary || disk->connected || disk->alone)
		return;
	disk->alone = true;
	disk->before = disk->generation;
	disk->generation = ++world->generation;
}

static void connect_disks(struct disk *a, struct disk *b)
{
	if (a->alone && b->alone) {
		a->split = b->split = true;
		return;
	}
	if (a->alone)
		b->generation = a->generation;
	else if (b->alone)
		a->generation = b->generation;
	a->connected = b->connected = true;
	a->alone = b->alone = false;
	a->before = b->before = 0;
}

static void settle_disks(struct world *world)
{
	for (unsigned service = 0; service < world->options.services; service++) {
		struct disk *a = &world->machines[1].disks[service];
		struct disk *b = &world->machines[2].disks[service];

		if (!linked(world, 1, 2) || !a->up || !b->up)
			a->connected = b->connected = false;
		else if (!a->connected && !a->split)
			connect_disks(a, b);
		write_alone(world, a);
		write_alone(world, b);
		for (unsigned node = 1; node <= 2; node++)
			if (world->machines[node].power)
				tell_storage(world, node, service);
	}
}

static void schedule_disks(struct world *world, uint64_t delay_ms)
{
	schedule(world, delay_ms)->kind = LATER_DISKS;
}

/* ---- corosync ------------------------------------------------------------------------------- */

static uint64_t reachable(const struct world *world, unsigned node)
{
	uint64_t members = 0;

	for (unsigned i = 1; i <= world->options.nodes; i++)
		if (world->machines[i].corosync &&
		    world->machines[i].side == world->machines[node].side)
			members |= 1ull << i;
	return members;
}

static void tell_members(struct world *world, unsigned node, uint64_t left, enum core_leave reason,
			 uint64_t joined)
{
	struct machine *machine = &world->machines[node];
	struct core_member members[NODES], gone[NODES], come[NODES];
	struct core_event event = {.type = CORE_MEMBERS};

	event.members.members = members;
	event.members.left = gone;
	event.members.joined = come;
	for (unsigned i = 1; i <= world->options.nodes; i++) {
		if (left & 1ull << i)
			gone[event.members.left_count++] =
				(struct core_member){i, machine->group_pid[i], reason};
		if (joined & 1ull << i) {
			machine->group_pid[i] = world->machines[i].pid;
			come[event.members.joined_count++] =
				(struct core_member){i, machine->group_pid[i], 0};
		}
	}
	machine->group = (machine->group & ~left) | joined;
	for (unsigned i = 1; i <= world->options.nodes; i++)
		if (machine->group & 1ull << i)
			members[event.members.member_count++] =
				(struct core_member){i, machine->group_pid[i], 0};
	step(world, node, &event);
}

static void tell_ring(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];
	struct core_event event = {.type = CORE_RING};
	uint32_t nodeids[NODES];

	event.ring.ring = machine->ring;
	event.ring.nodeids = nodeids;
	for (unsigned i = 1; i <= world->options.nodes; i++)
		if (machine->ring_members & 1ull << i)
			nodeids[event.ring.nodeid_count++] = i;
	step(world, node, &event);
}

static bool is_quorate(const struct world *world, const struct machine *machine)
{
	unsigned members = (unsigned)__builtin_popcountll(machine->ring_members);

	return world->options.majority ? members * 2 > world->options.nodes : machine->seen_all;
}

static void tell_quorum(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];
	struct core_event event = {.type = CORE_QUORUM};

	event.quorum.ring = machine->ring;
	event.quorum.quorate = is_quorate(world, machine);
	step(world, node, &event);
}

static uint64_t daemons_among(const struct world *world, uint64_t nodes)
{
	uint64_t group = 0;

	for (unsigned i = 1; i <= world->options.nodes; i++)
		if (nodes & 1ull << i && runs(&world->machines[i]))
			group |= 1ull << i;
	return group;
}

static void enter_ring(struct world *world, unsigned node, struct core_ring ring, uint64_t members,
		       uint64_t reset)
{
	struct machine *machine = &world->machines[node];
	uint64_t left, joined;

	machine->ring = ring;
	machine->ring_members = members;
	if (__builtin_popcountll(members) == (int)world->options.nodes)
		machine->seen_all = true;
	if (!runs(machine))
		return;
	left = machine->group & ~(members & ~reset);
	joined = daemons_among(world, members) & ~(machine->group & ~left);
	if (left)
		tell_members(world, node, left, CORE_NODEDOWN, 0);
	if (joined)
		tell_members(world, node, 0, CORE_NODEDOWN, joined);
	tell_ring(world, node);
	tell_quorum(world, node);
}

/* Every side that changed forms a new ring. */
static void reform(struct world *world)
{
	uint64_t done = 0;

	for (unsigned i = 1; i <= world->options.nodes; i++) {
		struct machine *machine = &world->machines[i];
		uint64_t members = reachable(world, i);
		struct core_ring ring = {.nodeid = i};

		if (!machine->corosync || done & 1ull << i || members == machine->ring_members)
			continue;
		ring.seq = ++world->ring_seq;
		done |= members;
		for (unsigned j = 1; j <= world->options.nodes; j++)
			if (members & 1ull << j)
				enter_ring(world, j, ring, members, 0);
	}
}

static void schedule_reform(struct world *world, uint64_t delay_ms)
{
	schedule(world, delay_ms)->kind = LATER_REFORM;
}

/* Is the ring of that node about to change? Then what is sent waits for the new one. */
static bool is_stable(const struct world *world, unsigned node)
{
	return world->machines[node].ring_members == reachable(world, node);
}

static void deliver_to(struct world *world, unsigned node, const struct later *message)
{
	struct machine *machine = &world->machines[node];
	struct core_event event = {.type = CORE_MESSAGE};

	if (!runs(machine))
		return;
	event.message.nodeid = message->node;
	event.message.pid = message->pid;
	event.message.bytes = message->bytes;
	event.message.size = message->size;
	step(world, node, &event);
}

static void keep_for_thaw(struct machine *machine, const struct later *message)
{
	struct later *copy = malloc(sizeof(*copy));

	assert_non_null(copy);
	*copy = *message;
	copy->next = NULL;
	*machine->waiting_end = copy;
	machine->waiting_end = &copy->next;
}

static void deliver(struct world *world, struct later *message)
{
	struct machine *sender = &world->machines[message->node];
	uint64_t members = sender->ring_members;

	if (!sender->corosync)
		return;
	if (!is_stable(world, message->node)) {
		struct later *again = schedule(world, 50);
		struct later *next = again->next;
		uint64_t at_ms = again->at_ms;

		*again = *message;
		again->next = next;
		again->at_ms = at_ms;
		return;
	}
	for (unsigned i = 1; i <= world->options.nodes; i++) {
		if (!(members & 1ull << i))
			continue;
		if (world->machines[i].frozen)
			keep_for_thaw(&world->machines[i], message);
		else
			deliver_to(world, i, message);
	}
}

/* ---- carrying out what a core wants ---------------------------------------------------------- */

static enum outcome faulty(struct world *world, unsigned node, const struct core_operation *wanted)
{
	for (unsigned i = 0; i < world->fault_count; i++) {
		struct fault *fault = &world->faults[i];

		if (fault->times == 0 || fault->node != node || fault->service != wanted->service ||
		    fault->resource != wanted->resource || fault->operation != wanted->operation)
			continue;
		fault->times--;
		return fault->outcome;
	}
	return OUTCOME_OK;
}

static void send_out(struct world *world, unsigned node)
{
	for (unsigned i = 0; i < world->update.message_count; i++) {
		struct later *later = schedule(world, MESSAGE_MS);

		later->kind = LATER_MESSAGE;
		later->node = node;
		later->pid = world->machines[node].pid;
		later->size = world->update.messages[i].size;
		memcpy(later->bytes, world->update.messages[i].bytes, later->size);
	}
}

static void operate(struct world *world, unsigned node)
{
	for (unsigned i = 0; i < world->update.operation_count; i++) {
		const struct core_operation *wanted = &world->update.operations[i];
		enum outcome outcome = faulty(world, node, wanted);
		struct later *later = schedule(
			world, outcome == OUTCOME_TIMEOUT ? wanted->timeout_ms : OPERATION_MS);

		later->kind = LATER_OPERATION;
		later->node = node;
		later->life = world->machines[node].life;
		later->operation = *wanted;
		later->outcome = outcome;
	}
	for (unsigned i = 0; i < world->update.cancel_count; i++)
		for (struct later *later = world->later; later; later = later->next)
			if (later->kind == LATER_OPERATION && later->node == node &&
			    later->operation.id == world->update.cancels[i]) {
				later->outcome = OUTCOME_TIMEOUT;
			}
}

static void tell_story(struct world *world, unsigned node)
{
	for (unsigned i = 0; i < world->update.record_count; i++) {
		const struct reason *reason = &world->update.records[i];

		world->machines[node].saw[reason->code]++;
		fprintf(world->story_file, "[%7.3f] %u %s", (double)world->now_ms / 1000, node,
			reason_names[reason->code]);
		if (reason->service >= 0)
			fprintf(world->story_file, " service%d", reason->service);
		if (reason->resource >= 0)
			fprintf(world->story_file, " resource %d", reason->resource);
		if (reason->node)
			fprintf(world->story_file, " node%u", reason->node);
		fprintf(world->story_file, " %llu\n", (unsigned long long)reason->number);
	}
}

static void call_agents(struct world *world, unsigned node)
{
	for (unsigned i = 0; i < world->update.fence_count; i++) {
		struct later *later = schedule(world, FENCE_MS);

		later->kind = LATER_FENCE;
		later->node = node;
		later->life = world->machines[node].life;
		later->fence = world->update.fences[i];
	}
}

static void carry_out(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];

	tell_story(world, node);
	send_out(world, node);
	operate(world, node);
	call_agents(world, node);
	for (unsigned i = 0; i < world->update.reply_count; i++) {
		struct core_reply *reply = &world->update.replies[i];

		assert_false(world->replies[reply->request].came);
		world->replies[reply->request].came = true;
		world->replies[reply->request].reply = *reply;
	}
	if (world->update.store != 0) {
		struct later *later = schedule(world, STORE_MS);

		later->kind = LATER_STORED;
		later->node = node;
		later->life = machine->life;
		later->sequence = world->update.store;
		if (!machine->store_fails)
			machine->durable = *core_durable(machine->core);
	}
	if (world->update.stage) {
		/* Files are read in their own time: the nodes do not answer at once. */
		struct later *later = schedule(world, node * (uint64_t)STAGE_MS);

		later->kind = LATER_STAGED;
		later->node = node;
		later->life = machine->life;
	}
	if (world->update.left)
		machine->left = true;
}

static void give_staged(struct world *world, const struct later *later)
{
	struct machine *machine = &world->machines[later->node];
	struct core_event event = {.type = CORE_STAGED};

	if (!runs(machine) || machine->life != later->life)
		return;
	event.staged.ok = !machine->file_bad;
	event.staged.config = &machine->file;
	step(world, later->node, &event);
}

/* ---- operations ----------------------------------------------------------------------------- */

static enum outcome probe(const struct machine *machine, const struct core_operation *wanted)
{
	return machine->up[wanted->service][wanted->resource] ? OUTCOME_UP : OUTCOME_DOWN;
}

/* Another machine that answers for the address. */
static enum outcome detect(const struct world *world, unsigned node, int service)
{
	for (unsigned i = 1; i <= world->options.nodes; i++)
		if (i != node && linked(world, node, i) &&
		    world->machines[i].up[service][WORLD_ADDRESS])
			return OUTCOME_FOREIGN;
	return OUTCOME_OK;
}

static enum outcome promote(struct world *world, unsigned node, int service)
{
	struct disk *disk = &world->machines[node].disks[service];

	if (disk->connected && world->machines[3 - node].disks[service].primary)
		return OUTCOME_FAILED;
	disk->primary = true;
	return OUTCOME_OK;
}

static void start_or_stop(struct world *world, unsigned node, const struct core_operation *wanted,
			  enum outcome *outcome)
{
	struct machine *machine = &world->machines[node];
	bool start = wanted->operation == OPERATION_START;

	if (*outcome != OUTCOME_OK)
		return;
	if (wanted->resource == WORLD_DRBD && start)
		*outcome = promote(world, node, wanted->service);
	else if (wanted->resource == WORLD_DRBD)
		machine->disks[wanted->service].primary = false;
	/* Each rests on the one below. */
	if (start && wanted->resource > 0)
		assert_true(machine->up[wanted->service][wanted->resource - 1]);
	if (!start && wanted->resource + 1 < WORLD_RESOURCES)
		assert_false(machine->up[wanted->service][wanted->resource + 1]);
	if (*outcome != OUTCOME_OK)
		return;
	if (start && !machine->up[wanted->service][wanted->resource])
		machine->starts[wanted->service][wanted->resource]++;
	machine->up[wanted->service][wanted->resource] = start;
}

static void end_operation(struct world *world, const struct later *later)
{
	struct machine *machine = &world->machines[later->node];
	struct core_event event = {.type = CORE_OPERATION};

	if (!runs(machine) || machine->life != later->life)
		return;
	event.operation.id = later->operation.id;
	event.operation.outcome = later->outcome;
	if (later->operation.operation == OPERATION_PROBE && later->outcome == OUTCOME_OK)
		event.operation.outcome = probe(machine, &later->operation);
	else if (later->operation.operation == OPERATION_DETECT && later->outcome == OUTCOME_OK)
		event.operation.outcome = detect(world, later->node, later->operation.service);
	else if (later->operation.operation != OPERATION_DETECT)
		start_or_stop(world, later->node, &later->operation, &event.operation.outcome);
	settle_disks(world);
	step(world, later->node, &event);
}

static void end_fence(struct world *world, const struct later *later)
{
	struct machine *machine = &world->machines[later->node];
	struct core_event event = {.type = CORE_FENCE};

	if (!runs(machine) || machine->life != later->life)
		return;
	if (!world->fencing_fails && !later->fence.on)
		world_crash(world, later->fence.nodeid);
	if (!world->fencing_fails && later->fence.on && !world_is_on(world, later->fence.nodeid))
		world_boot(world, later->fence.nodeid);
	event.fence.nodeid = later->fence.nodeid;
	event.fence.id = later->fence.id;
	event.fence.ok = !world->fencing_fails;
	step(world, later->node, &event);
}

static void end_store(struct world *world, const struct later *later)
{
	struct machine *machine = &world->machines[later->node];
	struct core_event event = {.type = CORE_STORED};

	if (!runs(machine) || machine->life != later->life)
		return;
	event.stored.sequence = later->sequence;
	event.stored.ok = !machine->store_fails;
	step(world, later->node, &event);
}

static void happen(struct world *world, struct later *later)
{
	switch (later->kind) {
	case LATER_REFORM:
		reform(world);
		break;
	case LATER_DISKS:
		settle_disks(world);
		break;
	case LATER_MESSAGE:
		deliver(world, later);
		break;
	case LATER_OPERATION:
		end_operation(world, later);
		break;
	case LATER_FENCE:
		end_fence(world, later);
		break;
	case LATER_STORED:
		end_store(world, later);
		break;
	case LATER_STAGED:
		give_staged(world, later);
		break;
	}
}

static unsigned next_tick(const struct world *world)
{
	unsigned earliest = 0;

	for (unsigned i = 1; i <= world->options.nodes; i++) {
		const struct machine *machine = &world->machines[i];

		if (!runs(machine) || machine->frozen)
			continue;
		if (earliest == 0 || machine->deadline_ms < world->machines[earliest].deadline_ms)
			earliest = i;
	}
	return earliest;
}

void world_run(struct world *world, uint64_t ms)
{
	uint64_t end_ms = world->now_ms + ms;

	for (;;) {
		unsigned tick = next_tick(world);
		uint64_t tick_ms = tick ? world->machines[tick].deadline_ms : UINT64_MAX;
		struct later *later = world->later;
		uint64_t later_ms = later ? later->at_ms : UINT64_MAX;
		struct core_event event = {.type = CORE_TICK};

		if (tick_ms > end_ms && later_ms > end_ms)
			break;
		if (later_ms <= tick_ms) {
			world->now_ms = later_ms > world->now_ms ? later_ms : world->now_ms;
			world->later = later->next;
			happen(world, later);
			free(later);
			continue;
		}
		world->now_ms = tick_ms > world->now_ms ? tick_ms : world->now_ms + 1;
		step(world, tick, &event);
	}
	world->now_ms = end_ms;
}

void world_until_active(struct world *world, int service, unsigned node)
{
	for (uint64_t waited = 0; waited < PATIENCE_MS; waited += 100) {
		const struct core_status *status = world_status(world, node);

		if (status && world_holder(world, service) == node &&
		    status->services[service].phase == PHASE_ACTIVE)
			return;
		world_run(world, 100);
	}
	world_print(world);
	fail_msg("service %d is not active on node %u", service, node);
}

void world_until_stopped(struct world *world, int service)
{
	for (uint64_t waited = 0; waited < PATIENCE_MS; waited += 100) {
		bool up = false;

		for (unsigned i = 1; i <= world->options.nodes; i++)
			for (unsigned j = 0; j < WORLD_RESOURCES; j++)
				up = up || (world->machines[i].power &&
					    world->machines[i].up[service][j]);
		if (!up)
			return;
		world_run(world, 100);
	}
	world_print(world);
	fail_msg("service %d does not stop", service);
}

/* ---- what happens --------------------------------------------------------------------------- */

struct world *world_open(const struct world_options *options)
{
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	world->options = *options;
	if (world->options.nodes == 0)
		world->options.nodes = 2;
	if (world->options.services == 0)
		world->options.services = 1;
	world->now_ms = 1000;
	world->generation = 1;
	world->story_file = open_memstream(&world->story, &world->story_size);
	assert_non_null(world->story_file);
	for (unsigned i = 1; i <= world->options.nodes; i++) {
		fill_config(&world->options, &world->machines[i].config);
		world->machines[i].waiting_end = &world->machines[i].waiting;
		for (unsigned j = 0; j < world->options.services; j++)
			world->machines[i].disks[j].generation = 1;
	}
	return world;
}

static void end_daemon(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];

	core_free(machine->core);
	machine->core = NULL;
	machine->frozen = false;
	while (machine->waiting) {
		struct later *next = machine->waiting->next;

		free(machine->waiting);
		machine->waiting = next;
	}
	machine->waiting_end = &machine->waiting;
	(void)world;
}

void world_close(struct world *world)
{
	for (unsigned i = 1; i <= world->options.nodes; i++)
		end_daemon(world, i);
	while (world->later) {
		struct later *next = world->later->next;

		free(world->later);
		world->later = next;
	}
	fclose(world->story_file);
	free(world->story);
	free(world);
}

static void leave_group(struct world *world, unsigned node, enum core_leave reason)
{
	for (unsigned i = 1; i <= world->options.nodes; i++) {
		struct machine *other = &world->machines[i];

		if (i != node && runs(other) && !other->frozen && other->group & 1ull << node &&
		    other->side == world->machines[node].side)
			tell_members(world, i, 1ull << node, reason, 0);
	}
}

static void join_group(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];
	struct core_event event = {.type = CORE_CONNECTED};

	event.connected.pid = machine->pid;
	event.connected.incarnation = 0x1000 * node + ++machine->lives;
	machine->group = 0;
	step(world, node, &event);
	tell_ring(world, node);
	tell_members(world, node, 0, 0, daemons_among(world, machine->ring_members));
	tell_quorum(world, node);
	for (unsigned i = 1; i <= world->options.nodes; i++)
		if (i != node && runs(&world->machines[i]) && machine->ring_members & 1ull << i)
			tell_members(world, i, 0, 0, 1ull << node);
}

void world_start_daemon(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];
	struct core_settings settings;

	end_daemon(world, node);
	fill_settings(world, node, &settings);
	machine->core = core_new(&machine->config, &settings, &machine->durable);
	assert_non_null(machine->core);
	machine->life++;
	machine->pid = (uint32_t)(100 + machine->life);
	machine->left = false;
	memset(machine->told, 0, sizeof(machine->told));
	for (unsigned i = 0; i < world->options.services; i++)
		machine->disks[i].up = true;
	if (machine->corosync)
		join_group(world, node);
	schedule_disks(world, DISK_MERGE_MS);
}

void world_start_corosync(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];

	machine->corosync = true;
	machine->seen_all = false;
	machine->ring = (struct core_ring){.nodeid = node, .seq = ++world->ring_seq};
	machine->ring_members = 1ull << node;
	if (runs(machine))
		join_group(world, node);
	schedule_reform(world, MERGE_MS);
}

void world_stop_corosync(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];
	struct core_event event = {.type = CORE_DISCONNECTED};

	leave_group(world, node, CORE_PROCDOWN);
	machine->corosync = false;
	machine->group = 0;
	if (runs(machine))
		step(world, node, &event);
	schedule_reform(world, 100);
}

void world_boot(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];

	machine->power = true;
	/* A reboot: what was of this boot is forgotten. */
	for (unsigned i = 0; i < CONFIG_SERVICES; i++)
		machine->durable.services[i].held_epoch = 0;
	world_start_corosync(world, node);
	world_start_daemon(world, node);
}

void world_boot_all(struct world *world)
{
	for (unsigned i = 1; i <= world->options.nodes; i++)
		world_boot(world, i);
}

void world_crash(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];

	machine->power = machine->corosync = false;
	end_daemon(world, node);
	machine->group = 0;
	memset(machine->up, 0, sizeof(machine->up));
	for (unsigned i = 0; i < CONFIG_SERVICES; i++)
		machine->disks[i].primary = machine->disks[i].up = machine->disks[i].connected =
			false;
	schedule_reform(world, LOSS_MS);
	schedule_disks(world, DISK_LOSS_MS);
}

void world_kill_daemon(struct world *world, unsigned node)
{
	end_daemon(world, node);
	leave_group(world, node, CORE_PROCDOWN);
}

void world_freeze_daemon(struct world *world, unsigned node)
{
	world->machines[node].frozen = true;
}

void world_thaw_daemon(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];
	struct later *message = machine->waiting;

	machine->frozen = false;
	machine->waiting = NULL;
	machine->waiting_end = &machine->waiting;
	while (message) {
		struct later *next = message->next;

		deliver_to(world, node, message);
		free(message);
		message = next;
	}
	settle_disks(world);
}

void world_cut(struct world *world, unsigned node)
{
	world->machines[node].side = node;
	schedule_reform(world, LOSS_MS);
	schedule_disks(world, DISK_LOSS_MS);
}

void world_cut_disks(struct world *world)
{
	world->disks_cut = true;
	schedule_disks(world, DISK_LOSS_MS);
}

void world_heal(struct world *world)
{
	for (unsigned i = 1; i <= world->options.nodes; i++)
		world->machines[i].side = 0;
	world->disks_cut = false;
	schedule_reform(world, MERGE_MS);
	schedule_disks(world, DISK_MERGE_MS);
}

void world_shutdown(struct world *world, unsigned node)
{
	struct core_event event = {.type = CORE_SHUTDOWN};

	step(world, node, &event);
	for (uint64_t waited = 0; waited < PATIENCE_MS && !world->machines[node].left;
	     waited += 100)
		world_run(world, 100);
	assert_true(world->machines[node].left);
	end_daemon(world, node);
	leave_group(world, node, CORE_LEAVE);
}

void world_detach(struct world *world, unsigned node)
{
	struct core_event event = {.type = CORE_DETACH};

	step(world, node, &event);
	assert_true(world->machines[node].left);
	end_daemon(world, node);
	leave_group(world, node, CORE_LEAVE);
}

void world_fail(struct world *world, unsigned node, int service, int resource,
		enum operation operation, enum outcome outcome, unsigned times)
{
	assert_true(world->fault_count < FAULTS);
	world->faults[world->fault_count++] =
		(struct fault){node, times, service, resource, operation, outcome};
}

void world_break(struct world *world, unsigned node, int service, int resource)
{
	world->machines[node].up[service][resource] = false;
	if (resource == WORLD_DRBD)
		world->machines[node].disks[service].primary = false;
	world_verdict(world, node, service, resource, VERDICT_GONE);
}

void world_verdict(struct world *world, unsigned node, int service, int resource,
		   enum verdict verdict)
{
	struct core_event event = {.type = CORE_WATCH};

	event.watch.service = service;
	event.watch.resource = resource;
	event.watch.verdict = verdict;
	step(world, node, &event);
}

void world_fencing_fails(struct world *world, bool fails)
{
	world->fencing_fails = fails;
}

void world_store_fails(struct world *world, unsigned node, bool fails)
{
	world->machines[node].store_fails = fails;
}

void world_other_config(struct world *world, unsigned node)
{
	memset(world->machines[node].config.digest, 0x11, CONFIG_DIGEST_SIZE);
}

void world_new_file(struct world *world, unsigned node, uint8_t digest, bool other_stack, bool bad)
{
	struct machine *machine = &world->machines[node];

	machine->file = machine->config;
	machine->file_bad = bad;
	memset(machine->file.digest, digest, CONFIG_DIGEST_SIZE);
	machine->file.services[0].resources[WORLD_ZIMBRA].start_timeout_ms = 20000;
	if (other_stack)
		machine->file.services[0].resource_count--;
}

void world_inject(struct world *world, unsigned node, const uint8_t *bytes, size_t size)
{
	struct later *later = schedule(world, MESSAGE_MS);

	assert_true(size <= sizeof(later->bytes));
	later->kind = LATER_MESSAGE;
	later->node = node;
	later->pid = world->machines[node].pid;
	later->size = (uint16_t)size;
	memcpy(later->bytes, bytes, size);
}

uint64_t world_command(struct world *world, unsigned at, enum core_verb verb, int service,
		       unsigned node, bool flag)
{
	struct core_event event = {.type = CORE_COMMAND};

	assert_true(world->requests + 1 < REQUESTS);
	event.command.request = ++world->requests;
	event.command.verb = verb;
	event.command.service = service;
	event.command.nodeid = node;
	event.command.on = flag;
	event.command.accept_loss = flag;
	step(world, at, &event);
	return world->requests;
}

/* ---- what is seen --------------------------------------------------------------------------- */

bool world_replied(struct world *world, uint64_t request)
{
	return world->replies[request].came;
}

enum core_result world_result(struct world *world, uint64_t request)
{
	for (uint64_t waited = 0; waited < PATIENCE_MS; waited += 100) {
		if (world->replies[request].came)
			return world->replies[request].reply.result;
		world_run(world, 100);
	}
	world_print(world);
	fail_msg("request %llu was not answered", (unsigned long long)request);
	return CORE_UNSUCCESSFUL;
}

enum reason_code world_reason(struct world *world, uint64_t request)
{
	world_result(world, request);
	return world->replies[request].reply.reason.code;
}

bool world_is_up(struct world *world, unsigned node, int service, int resource)
{
	return world->machines[node].power && world->machines[node].up[service][resource];
}

bool world_is_on(struct world *world, unsigned node)
{
	return world->machines[node].power;
}

unsigned world_holder(struct world *world, int service)
{
	for (unsigned i = 1; i <= world->options.nodes; i++) {
		bool all = true;

		for (int j = 0; j < WORLD_RESOURCES; j++)
			all = all && world_is_up(world, i, service, j);
		if (all)
			return i;
	}
	return 0;
}

unsigned world_saw(struct world *world, unsigned node, enum reason_code code)
{
	unsigned count = 0;

	for (unsigned i = 1; i <= world->options.nodes; i++)
		if (node == 0 || node == i)
			count += world->machines[i].saw[code];
	return count;
}

const struct core_status *world_status(struct world *world, unsigned node)
{
	struct machine *machine = &world->machines[node];

	if (!runs(machine))
		return NULL;
	core_status(machine->core, world->now_ms, &machine->status);
	return &machine->status;
}

bool world_why(struct world *world, unsigned node, int service, enum reason_code code)
{
	const struct core_status *status = world_status(world, node);

	for (unsigned i = 0; status && i < status->services[service].why_count; i++)
		if (status->services[service].why[i].code == code)
			return true;
	return false;
}

unsigned world_starts(struct world *world, unsigned node, int service, int resource)
{
	return world->machines[node].starts[service][resource];
}

uint64_t world_now(struct world *world)
{
	return world->now_ms;
}

void world_print(struct world *world)
{
	fflush(world->story_file);
	fprintf(stderr, "%s", world->story);
	for (unsigned i = 1; i <= world->options.nodes; i++) {
		const struct core_status *status = world_status(world, i);

		for (unsigned j = 0; status && j < status->service_count; j++)
			for (unsigned k = 0; k < status->services[j].why_count; k++)
				fprintf(stderr, "node%u service%u why %s node%u\n", i, j,
					reason_names[status->services[j].why[k].code],
					status->services[j].why[k].node);
	}
}
