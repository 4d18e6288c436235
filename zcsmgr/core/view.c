/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who is here: corosync's ring, the process group in it, and quorum.
 *
 * The view is the totem ring id and the sorted (nodeid, pid) list of the group. Group and quorum
 * come on two sockets in any order, so they count together only when both name the same ring.
 */
#include "internal.h"

static uint64_t mix(uint64_t digest, uint64_t value)
{
	for (unsigned i = 0; i < 8; i++) { /* FNV-1a over the value's bytes */
		digest ^= value >> (8 * i) & 0xff;
		digest *= 0x100000001b3;
	}
	return digest;
}

static bool member_before(struct core_member a, struct core_member b)
{
	return a.nodeid != b.nodeid ? a.nodeid < b.nodeid : a.pid < b.pid;
}

/* A member of the group whose node the ring lacks is a ghost; the others may not see it. */
static bool is_ghost(const struct core *core, uint32_t nodeid)
{
	int index = core_find_node(core, nodeid);

	return core->ring_known && index != CORE_NONE && !core->nodes[index].in_ring;
}

static void update_view(struct core *core)
{
	uint64_t view = 0xcbf29ce484222325;

	view = mix(view, core->ring.nodeid);
	view = mix(view, core->ring.seq);
	for (unsigned i = 0; i < core->member_count; i++) {
		if (is_ghost(core, core->members[i].nodeid))
			continue;
		view = mix(view, core->members[i].nodeid);
		view = mix(view, core->members[i].pid);
	}
	if (view == 0) /* 0 is "none" */
		view = 1;
	if (view == core->view)
		return;
	core->view = view;
	for (unsigned i = 0; i < core->settings.node_count; i++)
		core->nodes[i].heard = false;
	for (unsigned i = 0; i < CONFIG_SERVICES; i++)
		core->services[i].view_epoch = 0;
	core->state_due = true;
}

static void keep_members(struct core *core, const struct core_member *members, unsigned count)
{
	core->member_count = 0;
	for (unsigned i = 0; i < count && core->member_count < CORE_NODES * 2; i++) {
		unsigned at = core->member_count++;

		for (; at > 0 && member_before(members[i], core->members[at - 1]); at--)
			core->members[at] = core->members[at - 1];
		core->members[at] = members[i];
	}
}

static const struct core_member *find_member(const struct core *core, uint32_t nodeid)
{
	for (unsigned i = 0; i < core->member_count; i++)
		if (core->members[i].nodeid == nodeid)
			return &core->members[i];
	return NULL;
}

/* Another daemon is there than the one that we knew: what we knew is void. */
static void appeared(struct core *core, int index, uint32_t pid)
{
	struct node *node = &core->nodes[index];

	node->present = true;
	node->pid = pid;
	node->incarnation = 0;
	node->heard = false;
	node->silent = false;
	node->since_ms = core->now_ms;
	node->heard_ms = core->now_ms;
	node->speaks = 0;
	node->acknowledged = 0;
	node->goodbye = false;
	node->fenced = false;
	node->confirmed = false;
	node->loss_accepted = false;
	node->power_on_due = false;
	node->fence_failures = 0;
	node->fence_next_ms = 0;
	node->state = (struct node_state){0};
	if (index != core->self)
		core_record(core, REASON_NODE_JOINED, CORE_NONE, CORE_NONE, index, 0);
}

static void vanished(struct core *core, int index, enum core_leave reason)
{
	struct node *node = &core->nodes[index];

	if (!node->present)
		return;
	fencing_lost(core, index);
	node->present = false;
	node->heard = false;
	node->silent = false;
	node->since_ms = core->now_ms;
	if (index == core->self)
		return;
	if (node->goodbye)
		core_record(core, REASON_NODE_LEFT, CORE_NONE, CORE_NONE, index, 0);
	else if (reason == CORE_NODEDOWN)
		core_record(core, REASON_NODE_LOST, CORE_NONE, CORE_NONE, index, 0);
	else
		core_record(core, REASON_NODE_PROCDOWN, CORE_NONE, CORE_NONE, index, 0);
	if (!node->goodbye)
		return;
	for (unsigned i = 0; i < core->config->service_count; i++)
		if (core->services[i].claim.node == index)
			core->services[i].claim.node = CORE_NONE;
}

void view_connected(struct core *core, uint32_t pid, uint64_t incarnation)
{
	core->connected = true;
	core->pid = pid;
	core->incarnation = incarnation;
	core->ring_known = false;
	core->quorum_known = false;
	core->member_count = 0;
	core->view = 0;
	core->state_sent_ms = 0;
	core_record(core, REASON_CONNECTED, CORE_NONE, CORE_NONE, CORE_NONE, 0);
}

/*
 * What happens from here on is not seen, so no evidence against anybody survives: a node that was
 * proven to be off may be switched on, join others and start a service meanwhile.
 */
void view_disconnected(struct core *core)
{
	core->connected = false;
	core->ring_known = false;
	core->quorum_known = false;
	core->quorate = false;
	core->told_quorate = false;
	core->member_count = 0;
	core->view = 0;
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		struct node *node = &core->nodes[i];

		if (node->present)
			node->since_ms = core->now_ms;
		node->present = false;
		node->in_ring = false;
		node->out_ms = core->now_ms;
		node->heard = false;
		node->silent = false;
		node->goodbye = false;
		node->fenced = false;
		node->confirmed = false;
		node->loss_accepted = false;
	}
	for (unsigned i = 0; i < core->config->service_count; i++)
		core->services[i].acquire_sent_ms = 0;
	core_record(core, REASON_DISCONNECTED, CORE_NONE, CORE_NONE, CORE_NONE, 0);
}

static bool is_joining(const struct core_event *event, uint32_t nodeid)
{
	for (unsigned i = 0; i < event->members.joined_count; i++)
		if (event->members.joined[i].nodeid == nodeid)
			return true;
	return false;
}

void view_members(struct core *core, const struct core_event *event)
{
	for (unsigned i = 0; i < event->members.left_count; i++) {
		int index = core_find_node(core, event->members.left[i].nodeid);

		if (index != CORE_NONE)
			vanished(core, index, event->members.left[i].reason);
		/* A totem confchg follows, and only it tells the ring that this belongs to. */
		if (event->members.left[i].reason == CORE_NODEDOWN)
			core->ring_known = false;
	}
	keep_members(core, event->members.members, event->members.member_count);
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		struct node *node = &core->nodes[i];
		const struct core_member *member = find_member(core, node->nodeid);

		if (member && node->present && member->pid != node->pid)
			vanished(core, (int)i, CORE_PROCDOWN);
		if (member && !node->present &&
		    (!is_ghost(core, node->nodeid) || is_joining(event, node->nodeid)))
			appeared(core, (int)i, member->pid);
		else if (!member)
			vanished(core, (int)i, CORE_NODEDOWN);
	}
	update_view(core);
	core_record(core, REASON_VIEW, CORE_NONE, CORE_NONE, CORE_NONE, core->member_count);
}

void view_ring(struct core *core, const struct core_event *event)
{
	core->ring_known = true;
	core->ring = event->ring.ring;
	core->ring_ms = core->now_ms;
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		struct node *node = &core->nodes[i];
		bool in_ring = false;

		for (unsigned j = 0; j < event->ring.nodeid_count; j++)
			in_ring = in_ring || event->ring.nodeids[j] == node->nodeid;
		if (node->in_ring && !in_ring)
			node->out_ms = core->now_ms;
		node->in_ring = in_ring;
		if (!in_ring)
			vanished(core, (int)i, CORE_NODEDOWN); /* whatever the group says */
	}
	update_view(core);
}

void view_quorum(struct core *core, bool quorate, struct core_ring ring)
{
	if (!core->quorum_known || !core->quorate || !core_same_ring(core->quorum_ring, ring))
		core->quorate_ms = core->now_ms;
	core->quorum_known = true;
	core->quorate = quorate;
	core->quorum_ring = ring;
	if (quorate == core->told_quorate)
		return;
	core->told_quorate = quorate;
	core_record(core, quorate ? REASON_QUORATE : REASON_INQUORATE, CORE_NONE, CORE_NONE,
		    CORE_NONE, 0);
}

void view_heard(struct core *core, int index)
{
	struct node *node = &core->nodes[index];

	node->heard_ms = core->now_ms;
	if (!node->silent)
		return;
	node->silent = false;
	core_record(core, REASON_NODE_HEARD, CORE_NONE, CORE_NONE, index, 0);
}

/* Each node tells its state once an interval: some may be lost, or late. */
uint64_t view_silent_ms(const struct core *core)
{
	uint64_t ms = 3ULL * core->config->state_interval_ms;

	return ms < SILENT_MS ? SILENT_MS : ms;
}

/*
 * This daemon stood still. The others may have taken it for silent and gone on without it, and what
 * it is told now is of the past: it is settled again when a state that it sends now comes back.
 * They count from the last that they heard, which was before it stood still: so half their time
 * counts.
 */
void view_check_sleep(struct core *core)
{
	bool slept = core->stepped_ms != 0 &&
		     core->now_ms >= core->stepped_ms + view_silent_ms(core) / 2;

	core->stepped_ms = core->now_ms;
	if (!slept || !core->connected || core->self == CORE_NONE)
		return;
	core->slept_sequence = core->state_sequence;
	core->nodes[core->self].heard = false;
	core->state_due = true;
	core_record(core, REASON_SLEPT, CORE_NONE, CORE_NONE, core->self, 0);
}

/* A wedged daemon keeps its place in the group for ever: only time tells. */
void view_check_silence(struct core *core)
{
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		struct node *node = &core->nodes[i];

		if (!node->present || node->silent || (int)i == core->self)
			continue;
		if (core->now_ms < node->heard_ms + view_silent_ms(core)) {
			core_wake(core, node->heard_ms + view_silent_ms(core));
			continue;
		}
		node->silent = true;
		core_record(core, REASON_NODE_SILENT, CORE_NONE, CORE_NONE, (int)i,
			    core->now_ms - node->heard_ms);
	}
}

/* A member of the group that corosync's ring lacks is a ghost: it blocks nobody. */
bool view_counts(const struct core *core, int index)
{
	const struct node *node = &core->nodes[index];

	return node->present && node->in_ring && !node->silent;
}

bool view_matched(const struct core *core)
{
	return core->connected && core->ring_known && core->quorum_known &&
	       core_same_ring(core->ring, core->quorum_ring);
}

unsigned view_protocol(const struct core *core)
{
	unsigned protocol = core->settings.protocol;

	for (unsigned i = 0; i < core->settings.node_count; i++) {
		unsigned speaks = core->nodes[i].speaks ? core->nodes[i].speaks : 1;

		if ((int)i != core->self && view_counts(core, (int)i) && speaks < protocol)
			protocol = speaks;
	}
	return protocol;
}

bool view_settled(const struct core *core)
{
	if (!view_matched(core))
		return false;
	if (core->self == CORE_NONE || !view_counts(core, core->self))
		return false;
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (view_counts(core, (int)i) && !core->nodes[i].heard)
			return false;
	return true;
}

bool view_quorate(const struct core *core)
{
	if (!view_matched(core))
		return false;
	if (core->quorate)
		return true;
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (!core->nodes[i].in_ring && !core->nodes[i].confirmed)
			return false;
	return true;
}
