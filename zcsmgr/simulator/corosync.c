/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * corosync: rings, and the process group in them.
 *
 * In an intact ring, whatever is sent reaches all members in one order, each at its own moment.
 * When a member is out of reach no token goes round: what is sent is accepted and held. After the
 * token timeout and the consensus each side forms a ring of those that it reaches, each side at
 * its own time. What one of a side has of the old ring all of that side get before they form the
 * new one; then what was held is sent in it, to those who are there. A member that
 * did not notice anything (frozen, restarted in time) finds the others in `left` and in `joined`
 * of one change.
 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static uint32_t bit(int node)
{
	return 1u << node;
}

static bool lives(const struct sim *sim, int node)
{
	const struct machine *machine = &sim->machines[node];

	return machine->power && machine->corosync && !machine->frozen && !machine->paused &&
	       !machine->corosync_frozen;
}

/* Totem needs both directions. */
bool corosync_reaches(const struct sim *sim, int a, int b)
{
	return a == b ||
	       (lives(sim, a) && lives(sim, b) && !sim->ring_cut[a][b] && !sim->ring_cut[b][a]);
}

static bool same_ring(const struct machine *a, const struct machine *b)
{
	return a->ring.nodeid == b->ring.nodeid && a->ring.seq == b->ring.seq;
}

/* The token goes round in the node's ring. */
static bool is_intact(const struct sim *sim, int node)
{
	const struct machine *machine = &sim->machines[node];

	if (!lives(sim, node) || machine->forming)
		return false;
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (machine->ring_nodes & bit(i) &&
		    (!corosync_reaches(sim, node, i) || !same_ring(machine, &sim->machines[i])))
			return false;
	return true;
}

/* ---- messages -------------------------------------------------------------------------------- */

static struct parcel *make_parcel(const struct sim *sim, int sender, const uint8_t *bytes,
				  uint16_t size)
{
	struct parcel *parcel = malloc(sizeof(*parcel) + size);

	if (!parcel)
		abort();
	memset(parcel, 0, sizeof(*parcel));
	parcel->references = 1;
	parcel->sender = sender;
	parcel->size = size;
	parcel->pid = sim->machines[sender].pid;
	if (size > 0)
		memcpy(parcel->bytes, bytes, size);
	return parcel;
}

/* Takes its place in the order of the ring. */
static void put_in_order(struct sim *sim, int node, struct parcel *parcel)
{
	const struct machine *machine = &sim->machines[node];

	parcel->ring = machine->ring;
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		struct machine *receiver = &sim->machines[i];
		uint64_t at_ms = sim->now_ms + 1 + random_next(sim) % 3;

		if (!(machine->ring_nodes & bit(i)))
			continue;
		if (at_ms < receiver->last_delivery_ms)
			at_ms = receiver->last_delivery_ms;
		receiver->last_delivery_ms = at_ms;
		parcel->references++;
		queue_add(sim, at_ms - sim->now_ms, EVENT_DELIVER, i)->parcel = parcel;
	}
}

static void send(struct sim *sim, int node, struct parcel *parcel)
{
	struct machine *machine = &sim->machines[node];

	if (!machine->power || !machine->corosync) {
		parcel_drop(parcel);
		return;
	}
	if (machine->held_count == 0 && is_intact(sim, node)) {
		put_in_order(sim, node, parcel);
		parcel_drop(parcel);
	} else if (machine->held_count < sizeof(machine->held) / sizeof(machine->held[0])) {
		machine->held[machine->held_count++] = parcel;
	} else {
		parcel_drop(parcel); /* refused: the sender tells again */
	}
}

static void send_held(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	for (unsigned i = 0; i < machine->held_count; i++) {
		put_in_order(sim, node, machine->held[i]);
		parcel_drop(machine->held[i]);
	}
	machine->held_count = 0;
}

void corosync_send(struct sim *sim, int node, const uint8_t *bytes, uint16_t size)
{
	struct machine *machine = &sim->machines[node];

	if (machine->lose > 0) {
		machine->lose--;
		return;
	}
	if (machine->throttle_ms > 0)
		queue_add(sim, machine->throttle_ms, EVENT_SEND, node)->parcel =
			make_parcel(sim, node, bytes, size);
	else
		send(sim, node, make_parcel(sim, node, bytes, size));
}

void corosync_take(struct sim *sim, int node, struct event *event)
{
	struct parcel *parcel = event->parcel;

	event->parcel = NULL;
	if (parcel->pid == sim->machines[node].pid)
		send(sim, node, parcel);
	else
		parcel_drop(parcel); /* that daemon has gone meanwhile */
}

static void send_control(struct sim *sim, int node, bool joins, enum core_leave reason)
{
	struct parcel *parcel = make_parcel(sim, node, NULL, 0);

	parcel->kind = joins ? PARCEL_JOIN : PARCEL_LEAVE;
	parcel->reason = reason;
	send(sim, node, parcel);
}

/* Somebody on this side of a cut has it, so all of this side get it. */
static bool is_recovered(const struct sim *sim, int node, const struct parcel *parcel)
{
	if (corosync_reaches(sim, node, parcel->sender))
		return true;
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (parcel->received & bit(i) && corosync_reaches(sim, node, i))
			return true;
	return false;
}

/* ---- the group ------------------------------------------------------------------------------- */

static void fill_members(const struct sim *sim, int node, struct notice *notice)
{
	const struct machine *machine = &sim->machines[node];

	notice->members.member_count = 0;
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if ((machine->group | machine->ghosts) & bit(i))
			notice->members.members[notice->members.member_count++] =
				(struct core_member){.nodeid = (uint32_t)i + 1,
						     .pid = machine->group_pid[i]};
}

static void tell_members(struct sim *sim, int node, uint32_t left, enum core_leave reason,
			 uint32_t joined, const uint32_t *left_pid)
{
	struct notice notice = {.type = CORE_MEMBERS};

	if (!sim->machines[node].connected)
		return;
	fill_members(sim, node, &notice);
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		if (left & bit(i))
			notice.members.left[notice.members.left_count++] =
				(struct core_member){(uint32_t)i + 1, left_pid[i], reason};
		if (joined & bit(i))
			notice.members.joined[notice.members.joined_count++] = (struct core_member){
				(uint32_t)i + 1, sim->machines[node].group_pid[i], CORE_LEAVE};
	}
	daemon_tell(sim, node, &notice);
}

static void tell_ring(struct sim *sim, int node)
{
	const struct machine *machine = &sim->machines[node];
	struct notice notice = {.type = CORE_RING, .ring = {.ring = machine->ring}};

	if (!machine->connected)
		return;
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (machine->ring_nodes & bit(i))
			notice.ring.nodeids[notice.ring.nodeid_count++] = (uint32_t)i + 1;
	daemon_tell(sim, node, &notice);
}

static void deliver_join(struct sim *sim, int node, const struct parcel *parcel)
{
	struct machine *machine = &sim->machines[node];

	machine->group |= bit(parcel->sender);
	machine->ghosts &= ~bit(parcel->sender);
	machine->group_pid[parcel->sender] = parcel->pid;
	if (parcel->sender == node) {
		machine->connected = true;
		tell_ring(sim, node);
		votes_tell_current(sim, node);
	}
	tell_members(sim, node, 0, CORE_LEAVE, bit(parcel->sender), NULL);
}

static void deliver_leave(struct sim *sim, int node, const struct parcel *parcel)
{
	struct machine *machine = &sim->machines[node];
	uint32_t pids[SIM_NODES];

	if (!(machine->group & bit(parcel->sender)) ||
	    machine->group_pid[parcel->sender] != parcel->pid)
		return;
	memcpy(pids, machine->group_pid, sizeof(pids));
	machine->group &= ~bit(parcel->sender);
	tell_members(sim, node, bit(parcel->sender), parcel->reason, 0, pids);
}

static void hand_over(struct sim *sim, int node, struct parcel *parcel)
{
	struct machine *machine = &sim->machines[node];
	struct notice notice = {.type = CORE_MESSAGE, .parcel = parcel};

	parcel->received |= bit(node);
	if (parcel->kind == PARCEL_JOIN) {
		deliver_join(sim, node, parcel);
	} else if (parcel->kind == PARCEL_LEAVE) {
		deliver_leave(sim, node, parcel);
	} else if (machine->connected && machine->group & bit(parcel->sender)) {
		parcel->references++;
		daemon_tell(sim, node, &notice);
	}
}

void corosync_deliver(struct sim *sim, int node, struct parcel *parcel)
{
	struct machine *machine = &sim->machines[node];

	if (!machine->power || !machine->corosync || machine->ring.seq != parcel->ring.seq ||
	    machine->ring.nodeid != parcel->ring.nodeid)
		return;
	if (machine->missed_count == 0 && is_recovered(sim, node, parcel)) {
		hand_over(sim, node, parcel);
	} else if (machine->missed_count < sizeof(machine->missed) / sizeof(machine->missed[0])) {
		parcel->references++;
		machine->missed[machine->missed_count++] = parcel;
	}
}

/* What was missed comes after all, if its sender or another who has it is among those nodes. */
static void deliver_missed(struct sim *sim, int node, uint32_t among)
{
	struct machine *machine = &sim->machines[node];
	unsigned count = machine->missed_count;

	machine->missed_count = 0;
	for (unsigned i = 0; i < count; i++) {
		struct parcel *parcel = machine->missed[i];

		if (among & (bit(parcel->sender) | parcel->received))
			hand_over(sim, node, parcel);
		parcel_drop(parcel);
	}
}

void corosync_join(struct sim *sim, int node)
{
	send_control(sim, node, true, CORE_LEAVE);
}

void corosync_leave(struct sim *sim, int node, enum core_leave reason)
{
	sim->machines[node].connected = false;
	send_control(sim, node, false, reason);
}

/* ---- rings ----------------------------------------------------------------------------------- */

/* Whom the node finds: in ascending order, each that reaches all before it. */
static uint32_t reachable(const struct sim *sim, int node)
{
	uint32_t all = 0;

	for (int first = 0; first < (int)sim->cluster.node_count; first++) {
		uint32_t clique = 0;

		if (all & bit(first) || !lives(sim, first))
			continue;
		for (int i = 0; i < (int)sim->cluster.node_count; i++) {
			bool fits =
				!(all & bit(i)) && lives(sim, i) && corosync_reaches(sim, first, i);

			for (int j = 0; j < (int)sim->cluster.node_count; j++)
				if (clique & bit(j) && !corosync_reaches(sim, i, j))
					fits = false;
			if (fits)
				clique |= bit(i);
		}
		if (clique & bit(node))
			return clique;
		all |= clique;
	}
	return bit(node);
}

static bool is_formed(const struct sim *sim, int node, uint32_t members)
{
	const struct machine *machine = &sim->machines[node];

	if (machine->ring_nodes != members)
		return false;
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (members & bit(i) && !same_ring(machine, &sim->machines[i]))
			return false;
	return true;
}

void corosync_links_changed(struct sim *sim)
{
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		struct machine *machine = &sim->machines[i];
		bool lost = false;
		uint64_t delay_ms;
		struct event *event;

		if (!lives(sim, i))
			continue;
		if (is_intact(sim, i) && is_formed(sim, i, reachable(sim, i))) {
			/* It was over before anybody noticed. */
			deliver_missed(sim, i, machine->ring_nodes);
			send_held(sim, i);
			machine->form_id++;
			continue;
		}
		for (int j = 0; j < (int)sim->cluster.node_count; j++)
			lost = lost || (machine->ring_nodes & bit(j) &&
					(!corosync_reaches(sim, i, j) ||
					 !same_ring(machine, &sim->machines[j])));
		delay_ms = lost ? random_between(sim, sim->cluster.token_ms / 2,
						 sim->cluster.token_ms) +
					   sim->cluster.consensus_ms
				: random_between(sim, 300, 1100);
		event = queue_add(sim, delay_ms, EVENT_DETECT, i);
		event->number = ++machine->form_id;
	}
}

/* Services synchronise first: for a moment nothing is sent or delivered. */
void corosync_detect(struct sim *sim, int node, uint64_t id)
{
	uint32_t members = reachable(sim, node);

	if (!lives(sim, node) || id != sim->machines[node].form_id || is_formed(sim, node, members))
		return;
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (members & bit(i))
			sim->machines[i].forming = true;
	queue_add(sim, 6, EVENT_FORM, node);
}

static void install(struct sim *sim, int node, struct core_ring ring, uint32_t members,
		    uint32_t together)
{
	struct machine *machine = &sim->machines[node];
	uint32_t left = machine->group & ~together;
	uint32_t joined = 0, pids[SIM_NODES];

	memcpy(pids, machine->group_pid, sizeof(pids));
	machine->ghosts &= left;
	left &= ~machine->ghosts;
	machine->group &= together;
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		const struct machine *other = &sim->machines[i];

		if (!(members & bit(i)) || together & bit(i) || !(other->group & bit(i)))
			continue;
		joined |= bit(i);
		machine->group_pid[i] = other->group_pid[i];
	}
	machine->ring = ring;
	machine->ring_nodes = members;
	if (left)
		tell_members(sim, node, left, CORE_NODEDOWN, 0, pids);
	machine->group |= joined;
	if (joined)
		tell_members(sim, node, 0, CORE_LEAVE, joined, pids);
	tell_ring(sim, node);
	votes_ring(sim, node);
}

void corosync_form(struct sim *sim, int node)
{
	uint32_t members = reachable(sim, node), together[SIM_NODES] = {0};
	struct core_ring ring = {0};
	int first;

	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		sim->machines[i].forming = sim->machines[i].forming && !(members & bit(i));
	if (!lives(sim, node) || is_formed(sim, node, members))
		return;
	for (int i = (int)sim->cluster.node_count - 1; i >= 0; i--) {
		if (!(members & bit(i)))
			continue;
		ring.nodeid = (uint32_t)i + 1;
		if (sim->machines[i].highest_seq > ring.seq)
			ring.seq = sim->machines[i].highest_seq;
	}
	ring.seq += 4;
	/* Who comes along from the same ring; nobody else is known to have seen the same. */
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		for (int j = 0; j < (int)sim->cluster.node_count; j++)
			if (members & bit(i) && members & bit(j) &&
			    same_ring(&sim->machines[i], &sim->machines[j]))
				together[i] |= bit(j);
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		if (!(members & bit(i)))
			continue;
		sim->machines[i].forming = true;
		deliver_missed(sim, i, together[i]);
		sim->machines[i].highest_seq = ring.seq;
		sim->machines[i].form_id++;
	}
	/* What is known of the group at this moment is known alike: read it before it changes. */
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (members & bit(i))
			install(sim, i, ring, members, together[i]);
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (members & bit(i))
			sim->machines[i].forming = false;
	first = (int)(random_next(sim) % sim->cluster.node_count);
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		int sender = (first + i) % (int)sim->cluster.node_count;

		if (members & bit(sender))
			send_held(sim, sender);
	}
}

/* ---- its life -------------------------------------------------------------------------------- */

void corosync_start(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	machine->corosync = true;
	machine->corosync_frozen = false;
	machine->seen_all = false;
	machine->vote = false;
	machine->group = machine->ghosts = 0;
	machine->ring.nodeid = (uint32_t)node + 1;
	machine->ring.seq = machine->highest_seq += 4;
	machine->ring_nodes = bit(node);
	machine->quorate = false;
	machine->forming = false;
	votes_ring(sim, node);
	corosync_links_changed(sim);
}

static void gone(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];
	struct notice notice = {.type = CORE_DISCONNECTED};

	machine->corosync = machine->corosync_frozen = false;
	machine->group = machine->ghosts = 0;
	machine->quorate = false;
	for (unsigned i = 0; i < machine->held_count; i++)
		parcel_drop(machine->held[i]);
	machine->held_count = 0;
	for (unsigned i = 0; i < machine->missed_count; i++)
		parcel_drop(machine->missed[i]);
	machine->missed_count = 0;
	machine->throttle_ms = 0;
	if (daemon_runs(sim, node)) {
		machine->connected = false;
		daemon_tell_later(sim, node, random_between(sim, 50, 850), &notice);
		queue_add(sim, RECONNECT_MS, EVENT_CONNECT, node)->number = machine->life;
	}
	corosync_links_changed(sim);
	votes_qdevice(sim);
}

void corosync_kill(struct sim *sim, int node)
{
	gone(sim, node);
}

void corosync_stop(struct sim *sim, int node)
{
	/* The others are told of the daemon first; NODEDOWN never follows. */
	if (sim->machines[node].group & bit(node))
		send_control(sim, node, false, CORE_PROCDOWN);
	queue_add(sim, 60, EVENT_COROSYNC, node)->number = sim->machines[node].boots;
}

void corosync_stopped(struct sim *sim, int node)
{
	uint32_t others = sim->machines[node].ring_nodes & ~bit(node);

	if (!sim->machines[node].corosync)
		return;
	gone(sim, node);
	/* It said so: the others need not wait for a token. */
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (others & bit(i) && lives(sim, i))
			queue_add(sim, 20, EVENT_DETECT, i)->number = sim->machines[i].form_id;
}
