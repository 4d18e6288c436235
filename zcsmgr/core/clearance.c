/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who may take over: only a node with clearance against every other node of the service, recorded
 * holder or not, since an absent one may have acquired it a moment ago. Silence clears nobody.
 *
 *   released   it is in this view, and its state sent in this view says stopped, no child left
 *   left       its goodbye was delivered: it holds nothing and acquires no more
 *   interlock  its daemon is gone or silent, but DRBD is connected and shows it Secondary; looked
 *              at again after promotion, before anything is mounted
 *   fenced     the agent proved it off after contact was lost
 *   confirmed  the operator says that it is off
 *   expired    its lease and its watchdog have run out since the majority lost it
 */
#include "internal.h"

/* With another machine answering for the address, only cut power proves anything. */
static bool foreign(const struct core *core, int index)
{
	return core->services[index].foreign;
}

static bool interlock(const struct core *core, int index, int node)
{
	const struct storage *storage = &core->services[index].storage;

	/* DRBD replicates to one peer, which is the other of two nodes. */
	return core->nodes[node].in_ring && copy_needed(core, index) &&
	       core->config->services[index].node_count == 2 && storage->known &&
	       storage->link == STORAGE_CONNECTED && storage->peer_role == STORAGE_SECONDARY;
}

static bool released(const struct core *core, int index, int node)
{
	const struct service_state *told = &core->nodes[node].state.services[index];

	return core->nodes[node].heard && told->told && told->phase == PHASE_STOPPED &&
	       core->services[index].claim.node != node;
}

enum clearance clearance_against(const struct core *core, int index, int node)
{
	const struct node *other = &core->nodes[node];

	if (!other->present) {
		if (other->fenced)
			return CLEARANCE_FENCED;
		if (foreign(core, index))
			return CLEARANCE_NONE;
		if (other->goodbye)
			return CLEARANCE_LEFT;
		if (other->confirmed)
			return CLEARANCE_CONFIRMED;
		if (fencing_mode(core) == MODE_THIRD_VOTE && lease_has_expired(core, node))
			return CLEARANCE_EXPIRED;
	}
	if (foreign(core, index))
		return CLEARANCE_NONE;
	if (view_counts(core, node))
		return other->goodbye		     ? CLEARANCE_LEFT
		       : released(core, index, node) ? CLEARANCE_RELEASED
						     : CLEARANCE_NONE;
	return interlock(core, index, node) ? CLEARANCE_INTERLOCK : CLEARANCE_NONE;
}

/* A node that corosync's list lacks cannot be cleared: nothing is ever known of it. */
static bool all_listed(const struct core *core, int index)
{
	const struct service_config *config = &core->config->services[index];

	for (unsigned i = 0; i < config->node_count; i++)
		if (core_find_node_name(core, config->nodes[i]) == CORE_NONE)
			return false;
	return true;
}

bool clearance_all(const struct core *core, int index, uint8_t *cleared)
{
	bool all = all_listed(core, index);

	for (unsigned i = 0; i < core->settings.node_count; i++) {
		cleared[i] = CLEARANCE_NONE;
		if ((int)i == core->self || core_place(core, index, (int)i) == CORE_NONE)
			continue;
		cleared[i] = (uint8_t)clearance_against(core, index, (int)i);
		all = all && cleared[i] != CLEARANCE_NONE;
	}
	return all;
}

/*
 * Proof gathered before an acquire was sent says nothing against a claim made since, in the same
 * view. `released` and `left` never stand against a claim: who claims has not released.
 */
bool clearance_supersedes(const struct core *core, const struct claim *claim,
			  enum clearance carried)
{
	if (claim->view == core->view && core->nodes[claim->node].present)
		return false;
	return carried == CLEARANCE_INTERLOCK || carried == CLEARANCE_FENCED ||
	       carried == CLEARANCE_CONFIRMED || carried == CLEARANCE_EXPIRED;
}
