/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the operator wants: durable on every node, told in every state; the highest sequence wins,
 * so a node that was down learns what it missed. Two nodes that were told different things at once
 * agree on the higher value.
 */
#include "internal.h"

bool intent_merge(struct core_intent *ours, const struct core_intent *theirs)
{
	if (theirs->sequence < ours->sequence)
		return false;
	if (theirs->sequence == ours->sequence && theirs->value <= ours->value)
		return false;
	*ours = *theirs;
	return true;
}

uint64_t intent_set(struct core *core, struct core_intent *intent, uint32_t value)
{
	intent->sequence++;
	intent->value = value;
	core->state_due = true;
	core_store(core);
	return intent->sequence;
}

struct core_intent *intent_standby(struct core *core, uint32_t nodeid)
{
	struct core_durable_node *unused = NULL;

	if (nodeid == 0)
		return NULL;
	for (unsigned i = 0; i < CORE_NODES; i++) {
		struct core_durable_node *node = &core->durable.nodes[i];

		if (node->nodeid == nodeid)
			return &node->standby;
		if (node->nodeid == 0 && !unused)
			unused = node;
	}
	if (!unused)
		return NULL;
	unused->nodeid = nodeid;
	return &unused->standby;
}

bool intent_is_standby(const struct core *core, int index)
{
	for (unsigned i = 0; i < CORE_NODES; i++)
		if (core->durable.nodes[i].nodeid == core->nodes[index].nodeid)
			return core->durable.nodes[i].standby.value;
	return false;
}

bool intent_is_stopped(const struct core *core, int service)
{
	return core->durable.services[service].stopped.value;
}

bool intent_is_maintenance(const struct core *core, int service)
{
	return core->durable.services[service].maintenance.value;
}

int intent_target(const struct core *core, int service)
{
	uint32_t nodeid = core->durable.services[service].target.value;

	return nodeid ? core_find_node(core, nodeid) : CORE_NONE;
}
