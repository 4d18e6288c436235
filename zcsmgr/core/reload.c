/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A new configuration on a living cluster: every member reads its file when ordered to, tells the
 * digest of what it read, and one ordered commit puts it in force everywhere at its delivery.
 */
#include "internal.h"

#include <string.h>

void reload_ordered(struct core *core, uint64_t id)
{
	core->staged = NULL;
	core->stage = STAGE_NONE;
	core->stage_service = CORE_NONE;
	core->stage_id = id;
	core->update->stage = true;
}

/* What a running stack is, timeouts and intervals apart: those may change under it. */
static bool same_resource(const struct resource_config *a, const struct resource_config *b)
{
	if (a->type != b->type || strcmp(a->name, b->name) != 0)
		return false;
	switch (a->type) {
	case RESOURCE_DRBD:
		return strcmp(a->drbd.resource, b->drbd.resource) == 0;
	case RESOURCE_FILESYSTEM:
		return strcmp(a->filesystem.device, b->filesystem.device) == 0 &&
		       strcmp(a->filesystem.directory, b->filesystem.directory) == 0;
	case RESOURCE_ADDRESS:
		return strcmp(a->address.ip, b->address.ip) == 0 &&
		       a->address.prefix_length == b->address.prefix_length &&
		       strcmp(a->address.interface, b->address.interface) == 0;
	case RESOURCE_ZIMBRA:
		return strcmp(a->zimbra.directory, b->zimbra.directory) == 0 &&
		       strcmp(a->zimbra.user, b->zimbra.user) == 0;
	}
	return false;
}

static int find_service(const struct config *config, const char *name)
{
	for (unsigned i = 0; i < config->service_count; i++)
		if (strcmp(config->services[i].name, name) == 0)
			return (int)i;
	return CORE_NONE;
}

static bool same_stack(const struct service_config *a, const struct service_config *b)
{
	if (a->resource_count != b->resource_count)
		return false;
	for (unsigned i = 0; i < a->resource_count; i++)
		if (!same_resource(&a->resources[i], &b->resources[i]))
			return false;
	return true;
}

/* A service that is not stopped here and would change or go; CORE_NONE: none. */
static int in_the_way(const struct core *core, const struct config *config)
{
	for (unsigned i = 0; i < core->config->service_count; i++) {
		int other = find_service(config, core->config->services[i].name);

		if (service_idle(core, (int)i))
			continue;
		if (other == CORE_NONE ||
		    !same_stack(&core->config->services[i], &config->services[other]))
			return (int)i;
	}
	return CORE_NONE;
}

void reload_staged(struct core *core, bool ok, const struct config *config)
{
	core->state_due = true;
	core->staged = ok ? config : NULL;
	core->stage = STAGE_BAD;
	if (!ok)
		return;
	core->stage_service = in_the_way(core, config);
	core->stage = core->stage_service == CORE_NONE ? STAGE_READY : STAGE_RUNNING;
	if (core->stage == STAGE_READY)
		core_record(core, REASON_CONFIG_STAGED, CORE_NONE, CORE_NONE, core->self, 0);
}

/* Runtime facts follow their service by name. */
static void carry_services(struct core *core, const struct config *config)
{
	static const struct service fresh = {.step = CORE_NONE,
					     .lost = CORE_NONE,
					     .claim = {.node = CORE_NONE},
					     .told_elected = CORE_NONE};
	unsigned count = config->service_count;
	struct service old[CONFIG_SERVICES];
	int origin[CONFIG_SERVICES];

	memcpy(old, core->services, sizeof(old));
	for (unsigned i = 0; i < count; i++) {
		origin[i] = find_service(core->config, config->services[i].name);
		core->services[i] = origin[i] == CORE_NONE ? fresh : old[origin[i]];
	}
	core->config = config;
	core_index(core);
	for (unsigned i = 0; i < count; i++)
		if (origin[i] == CORE_NONE)
			service_begin(core, (int)i);
}

void reload_durable(struct core *core)
{
	struct core_durable old = core->durable;

	memset(core->durable.services, 0, sizeof(core->durable.services));
	core->durable.service_count = core->config->service_count;
	for (unsigned i = 0; i < core->config->service_count; i++) {
		struct core_durable_service *durable = &core->durable.services[i];

		for (unsigned j = 0; j < old.service_count; j++)
			if (strcmp(old.services[j].name, core->config->services[i].name) == 0)
				*durable = old.services[j];
		memcpy(durable->name, core->config->services[i].name, sizeof(durable->name));
	}
}

/* What a node told of its lease and its watchdog must be true for those who remember it. */
static bool same_lease(const struct config *a, const struct config *b)
{
	return a->watchdog_set == b->watchdog_set &&
	       a->watchdog_timeout_ms == b->watchdog_timeout_ms &&
	       a->watchdog_lease_ms == b->watchdog_lease_ms;
}

int reload_absent(const struct core *core, const struct config *config)
{
	if (same_lease(core->config, config))
		return CORE_NONE;
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (!view_counts(core, (int)i))
			return (int)i;
	return CORE_NONE;
}

static bool everybody_has(const struct core *core, uint64_t digest)
{
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (view_counts(core, (int)i) && (core->nodes[i].state.stage != STAGE_READY ||
						  core->nodes[i].state.staged != digest))
			return false;
	return true;
}

void reload_commit(struct core *core, uint64_t digest)
{
	if (!core->staged || core->stage != STAGE_READY || core_digest(core->staged) != digest ||
	    !everybody_has(core, digest) || reload_absent(core, core->staged) != CORE_NONE ||
	    in_the_way(core, core->staged) != CORE_NONE)
		return;
	fence_peer_switch(core);
	carry_services(core, core->staged);
	core->staged = NULL;
	core->stage = STAGE_NONE;
	reload_durable(core);
	core_store(core);
	/* What the nodes told was told by the old numbering of services. */
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		memset(core->nodes[i].state.services, 0, sizeof(core->nodes[i].state.services));
		core->nodes[i].heard = false;
	}
	core->update->switched = true;
	core->state_due = true;
	core_record(core, REASON_CONFIG_SWITCHED, CORE_NONE, CORE_NONE, core->self, 0);
}
