/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Quorum: told on another socket than the group, a little earlier or later; with a quorum device
 * up to its sync_timeout later, while the old answer stands.
 */
#include "internal.h"

static uint32_t bit(int node)
{
	return 1u << node;
}

static unsigned votes_of(uint32_t nodes)
{
	unsigned votes = 0;

	for (; nodes; nodes &= nodes - 1)
		votes++;
	return votes;
}

static bool has_contact(const struct sim *sim, int node)
{
	const struct machine *machine = &sim->machines[node];

	return machine->power && machine->corosync && !machine->corosync_frozen &&
	       !machine->frozen && !machine->paused && !sim->qdevice_cut[node];
}

static bool count(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];
	unsigned votes = votes_of(machine->ring_nodes);
	unsigned expected = sim->cluster.node_count;
	bool quorate;

	if (votes == expected)
		machine->seen_all = true;
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (machine->ring_nodes & bit(i) && sim->machines[i].seen_all &&
		    sim->machines[i].ring_nodes == machine->ring_nodes)
			machine->seen_all = true;
	if (sim->cluster.quorum == SIM_QDEVICE) {
		expected++;
		votes += machine->vote;
	}
	if (sim->cluster.quorum == SIM_TWO_NODE)
		quorate = votes >= 1;
	else
		quorate = votes >= expected / 2 + 1;
	if ((sim->cluster.quorum == SIM_TWO_NODE || sim->cluster.wait_for_all) &&
	    !machine->seen_all)
		quorate = false;
	return quorate;
}

void votes_tell_current(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];
	struct notice notice = {
		.type = CORE_QUORUM,
		.quorum = {.quorate = machine->quorate, .ring = machine->quorate_ring}};
	uint64_t at_ms = sim->now_ms + random_next(sim) % 4;

	if (!machine->connected || machine->quorate_ring.seq == 0)
		return;
	/* In the order of its own socket, though not of the group's. */
	if (at_ms < machine->quorum_told_ms)
		at_ms = machine->quorum_told_ms;
	machine->quorum_told_ms = at_ms;
	daemon_tell_later(sim, node, at_ms - sim->now_ms, &notice);
}

void votes_count(struct sim *sim, int node, uint64_t id)
{
	struct machine *machine = &sim->machines[node];

	if (!machine->power || !machine->corosync || id != machine->votes_id)
		return;
	if (machine->corosync_frozen || machine->frozen || machine->paused) {
		queue_add(sim, 500, EVENT_VOTES, node)->number = id; /* once it goes on */
		return;
	}
	machine->quorate = count(sim, node);
	machine->quorate_ring = machine->ring;
	votes_tell_current(sim, node);
}

static void count_later(struct sim *sim, int node, uint64_t delay_ms)
{
	queue_add(sim, delay_ms, EVENT_VOTES, node)->number = ++sim->machines[node].votes_id;
}

/*
 * The device votes for one side only: the largest that it hears of, the lowest node if they are
 * equal (ffsplit). It keeps to the side that has the vote as long as that is one of the largest.
 */
static int choose_side(const struct sim *sim)
{
	int best = CORE_NONE;
	unsigned most = 0;

	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		uint32_t heard = 0;
		unsigned votes;

		if (!has_contact(sim, i))
			continue;
		for (int j = 0; j < (int)sim->cluster.node_count; j++)
			if (sim->machines[i].ring_nodes & bit(j) && has_contact(sim, j))
				heard |= bit(j);
		votes = votes_of(heard);
		if (votes > most ||
		    (votes == most && sim->vote_side != CORE_NONE && heard & bit(sim->vote_side) &&
		     !(best != CORE_NONE &&
		       sim->machines[best].ring_nodes & bit(sim->vote_side)))) {
			best = i;
			most = votes;
		}
	}
	return best;
}

void votes_qdevice(struct sim *sim)
{
	int side, before = sim->vote_side;

	if (sim->cluster.quorum != SIM_QDEVICE)
		return;
	side = choose_side(sim);
	sim->vote_side = side;
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		struct machine *machine = &sim->machines[i];
		bool vote = side != CORE_NONE && has_contact(sim, i) &&
			    sim->machines[side].ring_nodes & bit(i) && machine->corosync &&
			    machine->ring_nodes == sim->machines[side].ring_nodes;
		bool had = machine->vote;

		if (vote == had || !machine->corosync)
			continue;
		machine->vote = vote;
		/* Who loses the vote knows before another gets it. */
		if (!vote)
			count_later(sim, i, random_between(sim, 1, 500));
		else
			count_later(sim, i,
				    before != CORE_NONE && before != side
					    ? random_between(sim, 1000, VOTE_MS)
					    : random_between(sim, 20, 500));
	}
}

void votes_ring(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	if (sim->cluster.quorum != SIM_QDEVICE) {
		count_later(sim, node, random_next(sim) % 4);
		return;
	}
	/* The vote of an older ring counts for nothing: it is asked for again. */
	votes_qdevice(sim);
	if (random_one_in(sim, 4))
		count_later(sim, node, random_between(sim, 1, sim->cluster.sync_timeout_ms));
	else
		count_later(sim, node, random_between(sim, 20, 500));
	(void)machine;
}
