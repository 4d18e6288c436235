/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Power, clocks that stop, watchdogs, and fence agents. */
#include "internal.h"

#include <string.h>

/* ---- power ----------------------------------------------------------------------------------- */

void machine_boot(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	if (machine->power)
		return;
	machine->power = true;
	machine->boots++;
	story(sim, node, "is switched on");
	queue_add(sim, BOOT_MS, EVENT_POWERED, node)->number = machine->boots;
}

void machine_powered(struct sim *sim, int node, uint64_t boots)
{
	struct machine *machine = &sim->machines[node];

	if (!machine->power || machine->boots != boots)
		return;
	/* What was of the last boot only. */
	for (unsigned i = 0; i < CONFIG_SERVICES; i++)
		machine->durable.services[i].held_epoch = 0;
	if (!machine->corosync)
		corosync_start(sim, node);
	if (!machine->core)
		queue_add(sim, 500, EVENT_DAEMON, node)->number = boots;
}

static void lose_power(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	daemon_end(sim, node);
	if (machine->corosync)
		corosync_kill(sim, node);
	machine->power = machine->frozen = machine->corosync_frozen = false;
	if (machine->paused)
		clock_go(sim, node);
	machine->boots++;
	machine->watchdog_ms = 0;
	for (unsigned i = 0; i < CONFIG_SERVICES; i++)
		client_lost(sim, (int)i, node);
	memset(machine->up, 0, sizeof(machine->up));
	memset(machine->sick, 0, sizeof(machine->sick));
	memset(machine->children, 0, sizeof(machine->children));
	machine->rebooting = machine->restarts = false;
	disk_power_lost(sim, node);
	corosync_links_changed(sim);
	votes_qdevice(sim);
	link_changed(sim);
	sim->changed = true;
}

void machine_crash(struct sim *sim, int node, const char *why)
{
	if (!sim->machines[node].power)
		return;
	story(sim, node, "%s", why);
	lose_power(sim, node);
}

void machine_reset(struct sim *sim, int node, const char *why)
{
	machine_crash(sim, node, why);
	machine_boot(sim, node);
}

/* ---- standing still -------------------------------------------------------------------------- */

void machine_freeze(struct sim *sim, int node, bool clock)
{
	struct machine *machine = &sim->machines[node];

	if (clock)
		clock_stop(sim, node);
	else
		machine->frozen = true;
	machine_watch(sim, node);
	corosync_links_changed(sim);
	votes_qdevice(sim);
	link_changed(sim);
}

void machine_thaw(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	if (machine->paused)
		clock_go(sim, node);
	machine->frozen = false;
	machine_watch(sim, node);
	corosync_links_changed(sim);
	votes_qdevice(sim);
	link_changed(sim);
	daemon_thaw(sim, node);
}

/* ---- the watchdog ---------------------------------------------------------------------------- */

static bool is_fed(const struct sim *sim, int node)
{
	const struct machine *machine = &sim->machines[node];

	return machine->core && !machine->frozen && !machine->paused && !machine->daemon_frozen &&
	       clock_of(sim, node) < machine->feed_until_ms;
}

/* It is fed by a thread of the daemon for as long as the core said; then it counts. */
void machine_watch(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];
	uint64_t wait_ms, fires_ms;

	if (machine->watchdog_ms == 0)
		return;
	if (is_fed(sim, node)) {
		wait_ms = clock_wait(sim, node, machine->feed_until_ms);
		machine->fed_ms = sim->now_ms + wait_ms;
	} else if (machine->fed_ms > sim->now_ms) {
		machine->fed_ms = sim->now_ms;
	}
	fires_ms = machine->fed_ms + machine->watchdog_ms;
	if (machine->watchdog_at_ms > sim->now_ms && machine->watchdog_at_ms <= fires_ms)
		return; /* it will be looked at before that */
	machine->watchdog_at_ms = fires_ms;
	queue_add(sim, fires_ms - sim->now_ms, EVENT_WATCHDOG, node);
}

void machine_watchdog(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	if (!machine->power || machine->watchdog_ms == 0)
		return;
	if (sim->now_ms < machine->fed_ms + machine->watchdog_ms) {
		machine_watch(sim, node);
		return;
	}
	machine_reset(sim, node, "is reset by its watchdog");
}

void machine_order_watchdog(struct sim *sim, int node, enum core_watchdog order, uint64_t until_ms)
{
	struct machine *machine = &sim->machines[node];
	uint32_t timeout_ms = machine->config->watchdog_timeout_ms;
	struct notice notice = {.type = CORE_WATCHDOG};

	if (!machine->power || order == CORE_WATCHDOG_LEAVE)
		return;
	if (order == CORE_WATCHDOG_DISARM) {
		if (machine->watchdog_ms == 0)
			return;
		machine->watchdog_ms = 0;
		daemon_tell_later(sim, node, 0, &notice);
		return;
	}
	if (machine->feed_until_ms == until_ms && machine->watchdog_ms == timeout_ms)
		return;
	machine->feed_until_ms = until_ms;
	if (machine->watchdog_ms != timeout_ms) {
		machine->fed_ms = sim->now_ms;
		machine->watchdog_ms = timeout_ms;
		notice.watchdog.timeout_ms = timeout_ms;
		daemon_tell_later(sim, node, 0, &notice);
	}
	machine_watch(sim, node);
}

/* ---- fence agents ---------------------------------------------------------------------------- */

void fence_call(struct sim *sim, int node, const struct core_fence *fence)
{
	int target = (int)fence->nodeid - 1;
	const struct machine *machine = &sim->machines[target];

	for (unsigned i = 0; i < sizeof(sim->agents) / sizeof(sim->agents[0]); i++) {
		struct agent *agent = &sim->agents[i];
		uint64_t time_ms = machine->fence_slow_ms ? machine->fence_slow_ms
							  : random_between(sim, 800, 3000);

		if (agent->used)
			continue;
		*agent = (struct agent){.used = true,
					.on = fence->on,
					.by = node,
					.target = target,
					.id = fence->id,
					.life = sim->machines[node].life,
					.boots = sim->machines[node].boots};
		queue_add(sim, time_ms, EVENT_AGENT, node)->number = i;
		return;
	}
}

/* It acts at its end, whatever has become of either node; a fencer without power acts no more. */
void fence_ended(struct sim *sim, unsigned index)
{
	struct agent *agent = &sim->agents[index];
	struct notice notice = {.type = CORE_FENCE};
	bool ok = !sim->machines[agent->target].fence_fails;

	if (sim->machines[agent->by].frozen || sim->machines[agent->by].paused) {
		queue_add(sim, 500, EVENT_AGENT, agent->by)->number = index;
		return;
	}
	agent->used = false;
	if (!sim->machines[agent->by].power || sim->machines[agent->by].boots != agent->boots)
		return;
	if (ok && agent->on)
		machine_boot(sim, agent->target);
	else if (ok)
		machine_crash(sim, agent->target, "is switched off by a fence agent");
	if (!sim->machines[agent->by].core || sim->machines[agent->by].life != agent->life)
		return;
	notice.fence.nodeid = (uint32_t)agent->target + 1;
	notice.fence.id = agent->id;
	notice.fence.ok = ok;
	daemon_tell(sim, agent->by, &notice);
}
