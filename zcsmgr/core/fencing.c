/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who fences whom, and when.
 *
 * Only a quorate node on a matched ring fences, only nodes that are missing from its view and that
 * this daemon has seen there: a fresh boot fences nobody, so there are no loops. In a view of
 * several the lowest nodeid does it. Of two alone, the one that held more services does it at once
 * and the other after fencing_delay, so that they do not switch each other off.
 *
 * While DRBD is still connected, the other's kernel is alive, and corosync_grace passes first:
 * corosync may only be restarting. A daemon that is gone or silent in a living corosync is fenced
 * after `silence`, and only if it claims a service with its disk Primary, or if a disk here is
 * frozen until it is known what became of its copy.
 */
#include "internal.h"

#include <string.h>

static bool is_covered(const struct config *config, const char *node)
{
	for (unsigned i = 0; i < config->fencing_count; i++)
		if (strcmp(config->fencing[i].node, node) == 0)
			return true;
	return false;
}

enum core_mode fencing_mode_of(const struct config *config, bool two_node)
{
	enum core_mode other = config->watchdog_set && !two_node ? MODE_THIRD_VOTE : MODE_MANUAL;

	if (config->fencing_count == 0)
		return other;
	for (unsigned i = 0; i < config->service_count; i++)
		for (unsigned j = 0; j < config->services[i].node_count; j++)
			if (!is_covered(config, config->services[i].nodes[j]))
				return other;
	return MODE_FENCING;
}

enum core_mode fencing_mode(const struct core *core)
{
	return core->index.mode;
}

static unsigned claims_of(const struct core *core, int index)
{
	unsigned count = 0;

	for (unsigned i = 0; i < core->config->service_count; i++)
		count += core->services[i].claim.node == index;
	return count;
}

void fencing_lost(struct core *core, int index)
{
	struct node *node = &core->nodes[index];
	unsigned ours, theirs;

	if (core->self == CORE_NONE || index == core->self)
		return;
	ours = claims_of(core, core->self);
	theirs = claims_of(core, index);
	node->we_are_favoured =
		ours != theirs ? ours > theirs : core->settings.nodeid < node->nodeid;
}

/* Some service that is not in maintenance may run there. */
static bool concerns_us(const struct core *core, int index)
{
	for (unsigned i = 0; i < core->config->service_count; i++)
		if (core_place(core, (int)i, index) != CORE_NONE &&
		    !intent_is_maintenance(core, (int)i))
			return true;
	return false;
}

/* Who could serve nothing afterwards had better leave the other alone. */
static bool could_serve(const struct core *core, int index)
{
	for (unsigned i = 0; i < core->config->service_count; i++)
		if (core_place(core, (int)i, index) != CORE_NONE &&
		    (core_place(core, (int)i, core->self) == CORE_NONE ||
		     copy_current(core, (int)i)))
			return true;
	return false;
}

/* DRBD is connected to it, in a service of both; primary: one that it claims and has Primary. */
static bool disk_connected(const struct core *core, int index, bool primary)
{
	for (unsigned i = 0; i < core->config->service_count; i++) {
		const struct service *service = &core->services[i];

		if (core_place(core, (int)i, index) == CORE_NONE || !service->storage.known ||
		    service->storage.link != STORAGE_CONNECTED)
			continue;
		if (!primary ||
		    (service->claim.node == index && service->storage.peer_role == STORAGE_PRIMARY))
			return true;
	}
	return false;
}

static bool is_frozen_for(const struct core *core, int index)
{
	for (unsigned i = 0; i < core->config->service_count; i++)
		if (fence_peer_other(core, (int)i) == index && fence_peer_asks(core, (int)i))
			return true;
	return false;
}

/* When contact was lost altogether: both sides see that at about the same time. */
static uint64_t contact_lost_ms(const struct core *core, int index)
{
	uint64_t lost_ms = core->nodes[index].out_ms;

	if (disk_connected(core, index, false))
		return lost_ms + core->config->corosync_grace_ms;
	for (unsigned i = 0; i < core->config->service_count; i++)
		if (core_place(core, (int)i, index) != CORE_NONE &&
		    core->services[i].disk_lost_ms > lost_ms)
			lost_ms = core->services[i].disk_lost_ms;
	return lost_ms;
}

static unsigned counting_members(const struct core *core)
{
	unsigned count = 0;

	for (unsigned i = 0; i < core->settings.node_count; i++)
		count += view_counts(core, (int)i);
	return count;
}

static bool is_our_turn(const struct core *core)
{
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (view_counts(core, (int)i) && core->nodes[i].nodeid < core->settings.nodeid)
			return false;
	return true;
}

/* When the node is to be fenced; 0: not at all, as things are. */
static uint64_t due_ms(const struct core *core, int index)
{
	const struct node *node = &core->nodes[index];

	if (index == core->self || !node->seen || node->fenced || node->confirmed ||
	    !concerns_us(core, index) || !could_serve(core, index) || !is_our_turn(core))
		return 0;
	if (node->in_ring) {
		if (node->present && !node->silent)
			return 0;
		if (!disk_connected(core, index, true) && !is_frozen_for(core, index))
			return 0;
		return (node->present ? node->heard_ms : node->since_ms) + core->config->silence_ms;
	}
	if (node->present || node->goodbye)
		return 0;
	if (counting_members(core) > 1 || node->we_are_favoured)
		return contact_lost_ms(core, index);
	return contact_lost_ms(core, index) + core->config->fencing_delay_ms;
}

static bool call_agent(struct core *core, int index, bool on)
{
	struct node *node = &core->nodes[index];
	struct core_fence *fence;

	if (core->update->fence_count == CORE_FENCES) {
		core->update->again = true;
		return false;
	}
	fence = &core->update->fences[core->update->fence_count++];
	fence->id = ++core->next_id;
	fence->nodeid = node->nodeid;
	fence->on = on;
	node->fence_id = fence->id;
	node->fence_on = on;
	return true;
}

static void advance_node(struct core *core, int index, bool may)
{
	struct node *node = &core->nodes[index];
	uint64_t due;

	node->told_fencing_ms = 0;
	if (node->fence_id != 0)
		return;
	/* What we have switched off is switched on again, whatever has become of us. */
	if (node->power_on_due) {
		node->power_on_due = !call_agent(core, index, true);
		return;
	}
	due = may ? due_ms(core, index) : 0;
	if (due == 0)
		return;
	if (due < node->fence_next_ms)
		due = node->fence_next_ms;
	node->told_fencing_ms = due;
	if (core->now_ms < due)
		core_wake(core, due);
	else if (call_agent(core, index, false))
		core_record(core, REASON_FENCING, CORE_NONE, CORE_NONE, index, 0);
}

void fencing_advance(struct core *core)
{
	bool may = fencing_mode(core) == MODE_FENCING && view_settled(core) && core->quorate &&
		   !core->ending && !core->detach;

	for (unsigned i = 0; i < core->settings.node_count; i++)
		advance_node(core, (int)i, may);
}

bool fencing_is_busy(const struct core *core)
{
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (core->nodes[i].fence_id != 0 || core->nodes[i].power_on_due)
			return true;
	return false;
}

static void off_failed(struct core *core, int index)
{
	struct node *node = &core->nodes[index];
	uint64_t pause_ms = FENCE_RETRY_MS;

	for (unsigned i = 0; i < node->fence_failures && pause_ms < FENCE_RETRY_MAX_MS; i++)
		pause_ms *= 2;
	if (pause_ms > FENCE_RETRY_MAX_MS)
		pause_ms = FENCE_RETRY_MAX_MS;
	node->fence_failures++;
	node->fence_next_ms = core->now_ms + pause_ms;
	core_record(core, REASON_FENCE_FAILED, CORE_NONE, CORE_NONE, index, pause_ms);
}

static void off_succeeded(struct core *core, int index)
{
	struct node *node = &core->nodes[index];
	bool power_on = true;

	for (unsigned i = 0; i < core->config->fencing_count; i++)
		if (core_find_node_name(core, core->config->fencing[i].node) == index)
			power_on = core->config->fencing[i].power_on;
	node->power_on_due = power_on;
	node->fence_failures = 0;
	if (node->present && !node->silent) {
		/* A daemon is there already or still: this proves nothing of it. */
		core_record(core, REASON_FENCED_LATE, CORE_NONE, CORE_NONE, index, 0);
		return;
	}
	node->fenced = true;
	core_record(core, REASON_FENCED, CORE_NONE, CORE_NONE, index, 0);
	state_send_evidence(core, index, false, false, ++core->next_id);
}

void fencing_ended(struct core *core, uint32_t nodeid, uint64_t id, bool ok)
{
	int index = core_find_node(core, nodeid);
	struct node *node;

	if (index == CORE_NONE || core->nodes[index].fence_id != id || id == 0)
		return;
	node = &core->nodes[index];
	node->fence_id = 0;
	if (node->fence_on)
		core_record(core, ok ? REASON_POWERED_ON : REASON_POWER_ON_FAILED, CORE_NONE,
			    CORE_NONE, index, 0);
	else if (ok)
		off_succeeded(core, index);
	else
		off_failed(core, index);
}
