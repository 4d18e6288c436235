/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Faults and commands, done. What makes no sense as things are is not done. */
#include "internal.h"

#include <string.h>

typedef bool act_fn(struct sim *sim, const struct sim_action *action);

static struct machine *machine_of(struct sim *sim, const struct sim_action *action)
{
	return &sim->machines[action->node];
}

static bool stands_still(const struct machine *machine)
{
	return machine->frozen || machine->paused;
}

/* ---- power ----------------------------------------------------------------------------------- */

static bool boot(struct sim *sim, const struct sim_action *action)
{
	if (machine_of(sim, action)->power)
		return false;
	machine_boot(sim, action->node);
	return true;
}

static bool crash(struct sim *sim, const struct sim_action *action)
{
	if (!machine_of(sim, action)->power)
		return false;
	machine_crash(sim, action->node, "loses its power");
	return true;
}

static bool may_end(const struct sim *sim, int node)
{
	const struct machine *machine = &sim->machines[node];

	return daemon_runs(sim, node) && !stands_still(machine) && !machine->daemon_frozen &&
	       !machine->restarts && !machine->rebooting && machine->wanted;
}

static void end_daemon(struct sim *sim, int node, enum core_event_type how)
{
	struct machine *machine = &sim->machines[node];
	struct notice notice = {.type = how};

	machine->wanted = how == CORE_DETACH;
	machine->restarts = how == CORE_DETACH;
	daemon_tell(sim, node, &notice);
}

static bool reboot(struct sim *sim, const struct sim_action *action)
{
	struct machine *machine = machine_of(sim, action);

	if (!may_end(sim, action->node))
		return false;
	machine->rebooting = true;
	end_daemon(sim, action->node, CORE_SHUTDOWN);
	return true;
}

static bool freeze(struct sim *sim, const struct sim_action *action)
{
	if (!machine_of(sim, action)->power || stands_still(machine_of(sim, action)))
		return false;
	machine_freeze(sim, action->node, action->verb == SIM_PAUSE);
	return true;
}

static bool thaw(struct sim *sim, const struct sim_action *action)
{
	if (!stands_still(machine_of(sim, action)))
		return false;
	machine_thaw(sim, action->node);
	return true;
}

static bool drift(struct sim *sim, const struct sim_action *action)
{
	clock_set_drift(sim, action->node, (int64_t)action->number - 1000000);
	machine_watch(sim, action->node);
	return true;
}

/* ---- corosync and the daemon ----------------------------------------------------------------- */

static bool kill_corosync(struct sim *sim, const struct sim_action *action)
{
	if (!machine_of(sim, action)->corosync)
		return false;
	corosync_kill(sim, action->node);
	return true;
}

static bool stop_corosync(struct sim *sim, const struct sim_action *action)
{
	if (!machine_of(sim, action)->corosync || stands_still(machine_of(sim, action)) ||
	    machine_of(sim, action)->corosync_frozen)
		return false;
	corosync_stop(sim, action->node);
	return true;
}

static bool start_corosync(struct sim *sim, const struct sim_action *action)
{
	if (!machine_of(sim, action)->power || machine_of(sim, action)->corosync)
		return false;
	corosync_start(sim, action->node);
	return true;
}

static bool freeze_corosync(struct sim *sim, const struct sim_action *action)
{
	bool on = action->verb == SIM_FREEZE_COROSYNC;

	if (!machine_of(sim, action)->corosync || machine_of(sim, action)->corosync_frozen == on)
		return false;
	machine_of(sim, action)->corosync_frozen = on;
	corosync_links_changed(sim);
	votes_qdevice(sim);
	return true;
}

static bool kill_daemon(struct sim *sim, const struct sim_action *action)
{
	struct machine *machine = machine_of(sim, action);
	bool joined = machine->connected;

	if (!daemon_runs(sim, action->node))
		return false;
	daemon_end(sim, action->node);
	if (joined)
		corosync_leave(sim, action->node, CORE_PROCDOWN);
	if (machine->rebooting)
		machine_reset(sim, action->node, "reboots");
	else if (machine->wanted)
		queue_add(sim, RESTART_MS, EVENT_DAEMON, action->node)->number = machine->boots;
	return true;
}

static void set_protocol(struct sim *sim, const struct sim_action *action)
{
	if (action->number > 0)
		machine_of(sim, action)->protocol = (unsigned)action->number;
}

static bool detach(struct sim *sim, const struct sim_action *action)
{
	set_protocol(sim, action);
	if (!may_end(sim, action->node))
		return false;
	end_daemon(sim, action->node, CORE_DETACH);
	return true;
}

static bool stop_daemon(struct sim *sim, const struct sim_action *action)
{
	if (!may_end(sim, action->node))
		return false;
	end_daemon(sim, action->node, CORE_SHUTDOWN);
	return true;
}

static bool start_daemon(struct sim *sim, const struct sim_action *action)
{
	if (!machine_of(sim, action)->power || machine_of(sim, action)->core)
		return false;
	set_protocol(sim, action);
	daemon_start(sim, action->node);
	return true;
}

static bool freeze_daemon(struct sim *sim, const struct sim_action *action)
{
	bool on = action->verb == SIM_FREEZE_DAEMON;

	if (!daemon_runs(sim, action->node) || machine_of(sim, action)->daemon_frozen == on)
		return false;
	machine_of(sim, action)->daemon_frozen = on;
	machine_watch(sim, action->node);
	if (!on)
		daemon_thaw(sim, action->node);
	return true;
}

static bool lose(struct sim *sim, const struct sim_action *action)
{
	machine_of(sim, action)->lose += (unsigned)action->number;
	return true;
}

static bool throttle(struct sim *sim, const struct sim_action *action)
{
	machine_of(sim, action)->throttle_ms = action->number;
	return true;
}

static bool ghost(struct sim *sim, const struct sim_action *action)
{
	if (action->node == action->other)
		return false;
	machine_of(sim, action)->ghosts |= 1u << action->other;
	return true;
}

/* ---- links ----------------------------------------------------------------------------------- */

static void cut_both(bool cut[SIM_NODES][SIM_NODES], const struct sim *sim, int node, int other)
{
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (i != node && (other == CORE_NONE || i == other))
			cut[node][i] = cut[i][node] = true;
}

static bool cut(struct sim *sim, const struct sim_action *action)
{
	if (action->node == action->other)
		return false;
	if (action->verb == SIM_ONE_WAY) {
		sim->ring_cut[action->node][action->other] = true;
		sim->repl_cut[action->node][action->other] = true;
	} else {
		cut_both(sim->ring_cut, sim, action->node, action->other);
		if (action->verb == SIM_CUT)
			cut_both(sim->repl_cut, sim, action->node, action->other);
	}
	corosync_links_changed(sim);
	link_changed(sim);
	return true;
}

static bool heal(struct sim *sim, const struct sim_action *action)
{
	if (action->verb != SIM_REPL_HEAL)
		memset(sim->ring_cut, 0, sizeof(sim->ring_cut));
	if (action->verb != SIM_RING_HEAL)
		memset(sim->repl_cut, 0, sizeof(sim->repl_cut));
	corosync_links_changed(sim);
	link_changed(sim);
	return true;
}

static bool cut_disks(struct sim *sim, const struct sim_action *action)
{
	(void)action;
	memset(sim->repl_cut, 1, sizeof(sim->repl_cut));
	link_changed(sim);
	return true;
}

static bool cut_qdevice(struct sim *sim, const struct sim_action *action)
{
	if (sim->cluster.quorum != SIM_QDEVICE)
		return false;
	if (action->verb == SIM_QDEVICE_CUT)
		sim->qdevice_cut[action->node] = true;
	else
		memset(sim->qdevice_cut, 0, sizeof(sim->qdevice_cut));
	votes_qdevice(sim);
	return true;
}

/* ---- disks and resources --------------------------------------------------------------------- */

static bool fail_disk(struct sim *sim, const struct sim_action *action)
{
	int index = disk_side(sim, action->node, action->service);
	struct volume *volume = &sim->volumes[action->service];

	if (index == CORE_NONE || volume->sides[index].failed)
		return false;
	/* The last copy on earth is not taken away: nothing could be promised. */
	if (volume->sides[1 - index].failed || volume->sides[1 - index].fresh ||
	    !volume->sides[1 - index].consistent ||
	    sim_lacks(sim, volume->nodes[1 - index], action->service) > 0)
		return false;
	disk_fail(sim, action->node, action->service);
	return true;
}

static bool replace_disk(struct sim *sim, const struct sim_action *action)
{
	int index = disk_side(sim, action->node, action->service);

	if (index == CORE_NONE || !sim->volumes[action->service].sides[index].failed)
		return false;
	disk_replace(sim, action->node, action->service);
	return true;
}

static bool fail(struct sim *sim, const struct sim_action *action)
{
	struct order *order = NULL;

	for (unsigned i = 0; i < sim->fail_count; i++)
		if (sim->fails[i].times == 0)
			order = &sim->fails[i];
	if (!order && sim->fail_count < SIM_ORDERS)
		order = &sim->fails[sim->fail_count++];
	if (!order)
		return false;
	*order = (struct order){.node = action->node,
				.service = action->service,
				.resource = action->resource,
				.operation = action->operation,
				.end = action->end,
				.times = action->number ? (unsigned)action->number : 1};
	return true;
}

static bool is_volume(const struct sim *sim, const struct sim_action *action)
{
	return action->resource == 0 && sim->volumes[action->service].nodes[0] != CORE_NONE;
}

static bool break_resource(struct sim *sim, const struct sim_action *action)
{
	if (!sim_is_up(sim, action->node, action->service, action->resource) ||
	    is_volume(sim, action))
		return false;
	resource_broke(sim, action->node, action->service, action->resource);
	return true;
}

static bool make_sick(struct sim *sim, const struct sim_action *action)
{
	if (!sim_is_up(sim, action->node, action->service, action->resource) ||
	    is_volume(sim, action))
		return false;
	resource_fell_sick(sim, action->node, action->service, action->resource,
			   action->verb == SIM_MUTE ? VERDICT_TIMEOUT : VERDICT_FAILED);
	return true;
}

static bool unstick(struct sim *sim, const struct sim_action *action)
{
	resource_unstick(sim, action->node);
	return true;
}

static bool foreign(struct sim *sim, const struct sim_action *action)
{
	sim->foreign[action->service] = action->flag;
	return true;
}

/* Somebody who looked first: nothing of it is up anywhere. */
static bool by_hand(struct sim *sim, const struct sim_action *action)
{
	int index = disk_side(sim, action->node, action->service);
	const struct side *side;

	if (!machine_of(sim, action)->power || index == CORE_NONE)
		return false;
	side = &sim->volumes[action->service].sides[index];
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		for (unsigned j = 0; j < sim->config->services[action->service].resource_count; j++)
			if (sim_is_up(sim, i, action->service, (int)j) ||
			    sim->machines[i].up[action->service][j] != RES_DOWN ||
			    sim->machines[i].core)
				return false;
	if (side->disk != STORAGE_UPTODATE || side->link != STORAGE_CONNECTED)
		return false;
	resource_by_hand(sim, action->node, action->service);
	return true;
}

/* ---- agents, watchdogs, files ---------------------------------------------------------------- */

static bool fence_fails(struct sim *sim, const struct sim_action *action)
{
	machine_of(sim, action)->fence_fails = action->flag;
	return true;
}

static bool fence_slow(struct sim *sim, const struct sim_action *action)
{
	machine_of(sim, action)->fence_slow_ms = action->number;
	return true;
}

static bool reset_fails(struct sim *sim, const struct sim_action *action)
{
	machine_of(sim, action)->reset_fails = action->flag;
	return true;
}

static bool store_fails(struct sim *sim, const struct sim_action *action)
{
	machine_of(sim, action)->store_fails = action->flag;
	return true;
}

/* Only while nothing of this node depends on it: what the disk loses, no program can know. */
static bool change_store(struct sim *sim, const struct sim_action *action)
{
	struct machine *machine = machine_of(sim, action);

	if (machine->core || machine->power)
		return false;
	if (action->verb == SIM_STORE_STALE)
		machine->durable = machine->old_durable;
	else
		memset(&machine->durable, 0, sizeof(machine->durable));
	return true;
}

static bool config(struct sim *sim, const struct sim_action *action)
{
	if (action->number >= sizeof(sim->files) / sizeof(sim->files[0]))
		return false;
	machine_of(sim, action)->file = (unsigned)action->number;
	return true;
}

static bool discard(struct sim *sim, const struct sim_action *action)
{
	int index = disk_side(sim, action->node, action->service);

	if (index == CORE_NONE || !sim_is_split(sim, action->service) ||
	    sim->volumes[action->service].sides[index].role == STORAGE_PRIMARY)
		return false;
	disk_discard(sim, action->node, action->service);
	return true;
}

/* ---- the operator ---------------------------------------------------------------------------- */

static bool can_obey(const struct sim *sim, int node)
{
	const struct machine *machine = &sim->machines[node];

	return daemon_runs(sim, node) && !stands_still(machine) && !machine->daemon_frozen;
}

static void accept_loss(struct sim *sim, int absent)
{
	for (int i = 0; i < (int)sim->config->service_count; i++) {
		int index = disk_side(sim, absent, i);

		if (index != CORE_NONE)
			client_forgive(sim, i, sim->volumes[i].nodes[1 - index]);
	}
}

static bool command(struct sim *sim, const struct sim_action *action)
{
	static const enum core_verb verbs[SIM_VERBS] = {
		[SIM_START] = CORE_VERB_START,
		[SIM_STOP] = CORE_VERB_STOP,
		[SIM_MOVE] = CORE_VERB_MOVE,
		[SIM_STANDBY] = CORE_VERB_STANDBY,
		[SIM_ONLINE] = CORE_VERB_ONLINE,
		[SIM_MAINTENANCE] = CORE_VERB_MAINTENANCE,
		[SIM_CLEANUP] = CORE_VERB_CLEANUP,
		[SIM_CONFIRM_DOWN] = CORE_VERB_CONFIRM_DOWN,
		[SIM_ACCEPT_LOSS] = CORE_VERB_CONFIRM_DOWN,
		[SIM_LIE] = CORE_VERB_CONFIRM_DOWN,
		[SIM_RELOAD] = CORE_VERB_RELOAD,
	};
	struct core_command command = {
		.verb = verbs[action->verb],
		.service = action->service,
		.nodeid = action->other == CORE_NONE ? 0 : (uint32_t)action->other + 1,
		.on = action->flag,
		.accept_loss = action->verb == SIM_ACCEPT_LOSS,
	};
	int node = action->node;

	for (int i = 0; node == CORE_NONE && i < (int)sim->cluster.node_count; i++)
		if (can_obey(sim, i) && sim->machines[i].connected)
			node = i;
	if (node == CORE_NONE || !can_obey(sim, node))
		return false;
	if (command.verb == CORE_VERB_CONFIRM_DOWN) {
		/* The promises assume that the operator tells the truth. */
		if (action->verb == SIM_LIE)
			sim->lied = true;
		else if (sim->machines[action->other].power)
			return false;
		if (command.accept_loss)
			accept_loss(sim, action->other);
	}
	daemon_obey(sim, &command, node);
	return true;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static act_fn *const acts[SIM_VERBS] = {
	[SIM_BOOT] = boot,
	[SIM_CRASH] = crash,
	[SIM_REBOOT] = reboot,
	[SIM_FREEZE] = freeze,
	[SIM_PAUSE] = freeze,
	[SIM_THAW] = thaw,
	[SIM_DRIFT] = drift,
	[SIM_KILL_COROSYNC] = kill_corosync,
	[SIM_STOP_COROSYNC] = stop_corosync,
	[SIM_START_COROSYNC] = start_corosync,
	[SIM_FREEZE_COROSYNC] = freeze_corosync,
	[SIM_THAW_COROSYNC] = freeze_corosync,
	[SIM_KILL_DAEMON] = kill_daemon,
	[SIM_DETACH] = detach,
	[SIM_STOP_DAEMON] = stop_daemon,
	[SIM_START_DAEMON] = start_daemon,
	[SIM_FREEZE_DAEMON] = freeze_daemon,
	[SIM_THAW_DAEMON] = freeze_daemon,
	[SIM_LOSE] = lose,
	[SIM_THROTTLE] = throttle,
	[SIM_GHOST] = ghost,
	[SIM_CUT] = cut,
	[SIM_HEAL] = heal,
	[SIM_RING_CUT] = cut,
	[SIM_RING_HEAL] = heal,
	[SIM_ONE_WAY] = cut,
	[SIM_REPL_CUT] = cut_disks,
	[SIM_REPL_HEAL] = heal,
	[SIM_QDEVICE_CUT] = cut_qdevice,
	[SIM_QDEVICE_HEAL] = cut_qdevice,
	[SIM_DISK_FAIL] = fail_disk,
	[SIM_DISK_REPLACE] = replace_disk,
	[SIM_FAIL] = fail,
	[SIM_BREAK] = break_resource,
	[SIM_SICK] = make_sick,
	[SIM_MUTE] = make_sick,
	[SIM_UNSTICK] = unstick,
	[SIM_FOREIGN] = foreign,
	[SIM_BY_HAND] = by_hand,
	[SIM_FENCE_FAILS] = fence_fails,
	[SIM_FENCE_SLOW] = fence_slow,
	[SIM_RESET_FAILS] = reset_fails,
	[SIM_STORE_FAILS] = store_fails,
	[SIM_STORE_LOST] = change_store,
	[SIM_STORE_STALE] = change_store,
	[SIM_CONFIG] = config,
	[SIM_START] = command,
	[SIM_STOP] = command,
	[SIM_MOVE] = command,
	[SIM_STANDBY] = command,
	[SIM_ONLINE] = command,
	[SIM_MAINTENANCE] = command,
	[SIM_CLEANUP] = command,
	[SIM_CONFIRM_DOWN] = command,
	[SIM_ACCEPT_LOSS] = command,
	[SIM_LIE] = command,
	[SIM_RELOAD] = command,
	[SIM_DISCARD] = discard,
};

bool sim_act(struct sim *sim, const struct sim_action *action)
{
	char text[160];

	sim_action_text(sim, action, text, sizeof(text));
	story(sim, CORE_NONE, "%s", text);
	if (!acts[action->verb](sim, action)) {
		story(sim, CORE_NONE, "(which makes no sense now)");
		return false;
	}
	if (acts[action->verb] == command)
		sim->numbers.commands++;
	else
		sim->numbers.faults++;
	if (sim->coverage)
		sim->coverage->verbs[action->verb]++;
	verify(sim);
	return true;
}

/* ---- mending --------------------------------------------------------------------------------- */

void sim_mend(struct sim *sim)
{
	story(sim, CORE_NONE, "everything works again");
	memset(sim->ring_cut, 0, sizeof(sim->ring_cut));
	memset(sim->repl_cut, 0, sizeof(sim->repl_cut));
	memset(sim->qdevice_cut, 0, sizeof(sim->qdevice_cut));
	memset(sim->foreign, 0, sizeof(sim->foreign));
	sim->fail_count = 0;
	trigger_forget(sim);
	for (int i = 0; i < (int)sim->cluster.node_count; i++) {
		struct machine *machine = &sim->machines[i];

		machine->fence_fails = machine->reset_fails = machine->store_fails = false;
		machine->fence_slow_ms = machine->throttle_ms = 0;
		machine->lose = 0;
		machine->ghosts = 0;
		machine->file = 1;
		if (machine->corosync_frozen) {
			machine->corosync_frozen = false;
			corosync_links_changed(sim);
		}
		if (stands_still(machine))
			machine_thaw(sim, i);
		if (machine->daemon_frozen) {
			machine->daemon_frozen = false;
			machine_watch(sim, i);
			daemon_thaw(sim, i);
		}
		resource_unstick(sim, i);
		if (!machine->power)
			machine_boot(sim, i);
		else if (!machine->corosync)
			corosync_start(sim, i);
		if (machine->power && !machine->core && machine->corosync)
			queue_add(sim, 1000, EVENT_DAEMON, i)->number = machine->boots;
	}
	/* A fence agent whose daemon has died is nobody's any more. */
	for (unsigned i = 0; i < sizeof(sim->agents) / sizeof(sim->agents[0]); i++)
		if (!daemon_runs(sim, sim->agents[i].by) ||
		    sim->machines[sim->agents[i].by].life != sim->agents[i].life)
			sim->agents[i].boots = UINT64_MAX; /* it acts no more */
	corosync_links_changed(sim);
	votes_qdevice(sim);
	link_changed(sim);
	for (int i = 0; i < (int)sim->config->service_count; i++)
		for (int j = 0; j < 2; j++)
			if (sim->volumes[i].nodes[0] != CORE_NONE &&
			    sim->volumes[i].sides[j].failed)
				disk_replace(sim, sim->volumes[i].nodes[j], i);
	sim->numbers.faults++;
}

/* The wait for clearance, every start and stop, and what the world itself needs. */
uint64_t sim_patience_ms(const struct sim *sim)
{
	const struct config *config = sim->config;
	uint64_t wait_ms = BOOT_MS + 60000 + 20000 + sim->cluster.sync_timeout_ms;

	wait_ms += config->fencing_delay_ms + config->corosync_grace_ms + config->silence_ms;
	if (config->watchdog_set)
		wait_ms += 2ull * (config->watchdog_timeout_ms + config->watchdog_lease_ms);
	for (unsigned i = 0; i < config->service_count; i++)
		for (unsigned j = 0; j < config->services[i].resource_count; j++)
			wait_ms += config->services[i].resources[j].start_timeout_ms +
				   config->services[i].resources[j].stop_timeout_ms;
	return wait_ms;
}
