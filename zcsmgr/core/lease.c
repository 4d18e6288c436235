/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lease: how long a node may hold services without proof that it belongs to the majority.
 *
 * A heartbeat proves it when it comes back in the view that it was sent in while quorum speaks of
 * the same ring: the lease runs from the time of its sending. Nothing else renews it. A holder
 * whose lease ends is reset; the watchdog, which is never fed beyond the lease, sees to it even if
 * this daemon hangs. The others may count on it: after the holder has left their majority they
 * wait for the lease, the watchdog's timeout and a margin, as the holder last told them. That the
 * majority was theirs all that time is certain only once a heartbeat sent at its end has come
 * back: a node that is cut off goes on believing it.
 *
 * The same clock bounds how long a copy counts as current by memory alone: a copy whose node has
 * not been in the majority for a lease no longer does (copy.c), so a majority without it may write
 * alone from then on (fence_peer.c).
 *
 * With two_node both halves are quorate, so quorum proves nothing and there is no lease; the
 * watchdog then only guards against a daemon that hangs.
 */
#include "internal.h"

bool lease_rules(const struct core *core)
{
	return core->config->watchdog_set && !core->settings.two_node;
}

/* Something of a service may be up here. */
static bool holds(const struct core *core)
{
	for (unsigned i = 0; i < core->config->service_count; i++) {
		const struct service *service = &core->services[i];

		if (service_claims(service->phase) || service->stuck)
			return true;
		if (service->phase == PHASE_UNKNOWN && core->durable.services[i].held_epoch != 0)
			return true;
	}
	return false;
}

/*
 * A daemon that finds what an earlier one held has proved nothing yet: it does not feed, so the
 * watchdog gives it what is left of its timeout. Half of that if it is not armed after all.
 */
void lease_begin(struct core *core)
{
	core->lease_proved = false;
	core->lease_ms = core->now_ms + core->config->watchdog_timeout_ms / 2;
}

/* What this node knows by memory alone counts no longer. */
static void lapse(struct core *core)
{
	core->lease_proved = false;
	for (unsigned i = 0; i < core->config->service_count; i++)
		core->services[i].paired = false;
	for (unsigned i = 0; i < core->settings.node_count; i++)
		core->nodes[i].state.watchdog_ms = 0;
	core->state_due = true;
	core_record(core, REASON_LEASE_LAPSED, CORE_NONE, CORE_NONE, core->self, 0);
}

void lease_check(struct core *core)
{
	if (!lease_rules(core) || core->now_ms < core->lease_ms)
		return;
	if (core->reset_ms == 0 && !core->detaching && holds(core) &&
	    !(core->disarming && (core->disarmed || core->watchdog_ms == 0))) {
		reset_at_once(core, REASON_LEASE_ENDED, CORE_NONE, core->self);
		return;
	}
	if (core->lease_proved)
		lapse(core);
}

void lease_sent(struct core *core, uint32_t sequence)
{
	core->heartbeats[sequence % LEASE_HEARTBEATS].sequence = sequence;
	core->heartbeats[sequence % LEASE_HEARTBEATS].at_ms = core->now_ms;
}

void lease_delivered(struct core *core, uint32_t sequence)
{
	uint64_t end_ms = core->heartbeats[sequence % LEASE_HEARTBEATS].at_ms +
			  core->config->watchdog_lease_ms;

	if (!lease_rules(core) || !view_quorate(core) ||
	    core->heartbeats[sequence % LEASE_HEARTBEATS].sequence != sequence)
		return;
	if (end_ms <= core->now_ms || (core->lease_proved && end_ms <= core->lease_ms))
		return;
	core->lease_ms = end_ms;
	core->proof_ms = core->heartbeats[sequence % LEASE_HEARTBEATS].at_ms;
	if (core->lease_proved)
		return;
	core->lease_proved = true;
	for (unsigned i = 0; i < core->config->service_count; i++)
		copy_pair(core, (int)i);
}

void lease_watchdog(struct core *core, uint32_t timeout_ms)
{
	if (timeout_ms == core->watchdog_ms)
		return;
	core->watchdog_ms = timeout_ms;
	core->state_due = true;
	core_record(core, timeout_ms ? REASON_WATCHDOG_ARMED : REASON_WATCHDOG_DISARMED, CORE_NONE,
		    CORE_NONE, core->self, timeout_ms);
}

/* ---- disarming: only after everybody who may take over knows it ------------------------------ */

static bool wants_disarmed(const struct core *core)
{
	bool maintained = false;

	if (core->detaching)
		return true;
	for (unsigned i = 0; i < core->config->service_count; i++) {
		if (!service_claims(core->services[i].phase))
			continue;
		if (!intent_is_maintenance(core, (int)i))
			return false;
		maintained = true;
	}
	return maintained;
}

static bool is_concerned(const struct core *core, int node)
{
	for (unsigned i = 0; i < core->config->service_count; i++)
		if (core_place(core, (int)i, node) != CORE_NONE)
			return true;
	return false;
}

static bool everybody_knows(const struct core *core)
{
	if (core->disarm_sequence == 0)
		return false;
	for (unsigned i = 0; i < core->settings.node_count; i++) {
		const struct node *node = &core->nodes[i];

		if ((int)i == core->self || !is_concerned(core, (int)i))
			continue;
		if (!view_counts(core, (int)i) || !node->heard ||
		    (int32_t)(node->acknowledged - core->disarm_sequence) < 0)
			return false;
	}
	return true;
}

uint32_t lease_told_watchdog(const struct core *core)
{
	return core->disarming ? 0 : core->watchdog_ms;
}

bool lease_may_disarm(const struct core *core)
{
	return core->watchdog_ms == 0 || !lease_rules(core) || !holds(core) ||
	       (core->disarming && everybody_knows(core));
}

void lease_end(struct core *core)
{
	if (!core->config->watchdog_set)
		return;
	core->update->watchdog.order = CORE_WATCHDOG_LEAVE;
	if (lease_may_disarm(core))
		core->update->watchdog.order = CORE_WATCHDOG_DISARM;
	else
		core_record(core, REASON_WATCHDOG_KEPT, CORE_NONE, CORE_NONE, core->self, 0);
}

static void feed(struct core *core, uint64_t until_ms)
{
	core->update->watchdog.order = CORE_WATCHDOG_FEED;
	core->update->watchdog.until_ms = until_ms;
}

void lease_advance(struct core *core)
{
	bool disarm = wants_disarmed(core);

	core->update->watchdog.order = CORE_WATCHDOG_LEAVE;
	if (!core->config->watchdog_set || core->reset_told)
		return;
	if (disarm != core->disarming) {
		core->disarming = disarm;
		core->disarmed = false;
		core->disarm_sequence = 0; /* set when a state has told it */
		core->state_due = true;
	}
	if (disarm && (core->disarmed || lease_may_disarm(core))) {
		core->disarmed = true; /* and stays so, whoever leaves meanwhile */
		core->update->watchdog.order = CORE_WATCHDOG_DISARM;
		return;
	}
	if (!lease_rules(core) || !holds(core)) {
		feed(core, core->now_ms + core->config->watchdog_lease_ms);
		return;
	}
	if (core->now_ms < core->lease_ms)
		core_wake(core, core->lease_ms);
	if (core->lease_proved)
		feed(core, core->lease_ms);
}

/* ---- what may be concluded about others ------------------------------------------------------ */

/* When the node had certainly ceased to renew its lease: our majority was there without it. */
static uint64_t last_renewal_ms(const struct core *core, int index)
{
	uint64_t at_ms = core->nodes[index].out_ms;

	if (at_ms < core->ring_ms)
		at_ms = core->ring_ms;
	return at_ms < core->quorate_ms ? core->quorate_ms : at_ms;
}

static bool may_conclude(const struct core *core, int index)
{
	const struct node *node = &core->nodes[index];

	return lease_rules(core) && core->quorate && view_matched(core) && !node->in_ring &&
	       !node->present;
}

static uint64_t with_margin(uint64_t wait_ms)
{
	return wait_ms + wait_ms / LEASE_DRIFT + LEASE_MARGIN_MS;
}

uint64_t lease_expires_ms(const struct core *core, int index)
{
	const struct node_state *told = &core->nodes[index].state;

	if (!may_conclude(core, index) || told->watchdog_ms == 0 || told->lease_ms == 0)
		return UINT64_MAX;
	return last_renewal_ms(core, index) +
	       with_margin((uint64_t)told->lease_ms + told->watchdog_ms);
}

bool lease_has_expired(const struct core *core, int index)
{
	return core->proof_ms >= lease_expires_ms(core, index);
}

static uint64_t lapses_ms(const struct core *core, int index)
{
	uint32_t lease_ms = core->nodes[index].state.lease_ms;

	if (!may_conclude(core, index))
		return UINT64_MAX;
	if (lease_ms < core->config->watchdog_lease_ms)
		lease_ms = core->config->watchdog_lease_ms;
	return last_renewal_ms(core, index) + with_margin(lease_ms);
}

bool lease_has_lapsed(const struct core *core, int index)
{
	return core->proof_ms >= lapses_ms(core, index);
}

static void await_proof(struct core *core, uint64_t at_ms)
{
	if (core->now_ms < at_ms)
		core_wake(core, at_ms);
	else if (core->proof_ms < at_ms && core->state_sent_ms < at_ms)
		core->state_due = true;
}

void lease_await_expiry(struct core *core, int index)
{
	await_proof(core, lease_expires_ms(core, index));
}

void lease_await_lapse(struct core *core, int index)
{
	await_proof(core, lapses_ms(core, index));
}
