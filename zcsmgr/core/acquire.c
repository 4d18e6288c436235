/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From stopped to a claim: the elected node, with clearance against all others and quorum, sends
 * an acquire. It takes effect when it is delivered (state.c).
 */
#include "service.h"

/* The address is looked for while a service waits: later there is no time for it. */
static void look_for_foreign(struct core *core, int index)
{
	struct service *service = &core->services[index];

	if (service->detect_ms == 0 || core->now_ms >= service->detect_ms + DETECT_INTERVAL_MS)
		steps_detect(core, index);
	else
		core_wake(core, service->detect_ms + DETECT_INTERVAL_MS);
}

/* While another member holds the service, it is that member which answers for the address. */
static void forget_foreign(struct core *core, int index)
{
	core->services[index].foreign = false;
	core->services[index].detect_ms = 0;
	core->state_due = true;
}

static void record_clearance(struct core *core, int index, const uint8_t *cleared)
{
	static const enum reason_code reasons[CLEARANCES] = {
		[CLEARANCE_RELEASED] = REASON_CLEARED_RELEASED,
		[CLEARANCE_LEFT] = REASON_CLEARED_LEFT,
		[CLEARANCE_INTERLOCK] = REASON_CLEARED_INTERLOCK,
		[CLEARANCE_FENCED] = REASON_CLEARED_FENCED,
		[CLEARANCE_CONFIRMED] = REASON_CLEARED_CONFIRMED,
		[CLEARANCE_EXPIRED] = REASON_CLEARED_EXPIRED,
	};

	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (cleared[i] != CLEARANCE_NONE)
			core_record(core, reasons[cleared[i]], index, CORE_NONE, (int)i, 0);
}

static void send_acquire(struct core *core, int index, const uint8_t *cleared)
{
	struct service *service = &core->services[index];

	if (service->acquire_sent_ms != 0 && core->now_ms < service->acquire_sent_ms + RESEND_MS) {
		core_wake(core, service->acquire_sent_ms + RESEND_MS);
		return;
	}
	if (!state_send_acquire(core, index, core->durable.services[index].epoch + 1, cleared))
		return;
	record_clearance(core, index, cleared);
	service->acquire_sent_ms = core->now_ms;
	core_wake(core, core->now_ms + RESEND_MS);
}

/* By ourselves too: that ends when our release is delivered, for us as for the others. */
static bool is_held(const struct core *core, int index)
{
	int holder = core->services[index].claim.node;

	return holder != CORE_NONE && view_counts(core, holder);
}

static bool is_wanted_here(struct core *core, int index)
{
	struct service *service = &core->services[index];
	enum reason_code why;
	int winner;

	if (core->ending || core->detach || core->reset_ms != 0 || !view_settled(core) ||
	    intent_is_stopped(core, index))
		return false;
	if (is_held(core, index)) {
		service->told_elected = CORE_NONE; /* the next one is news again */
		return false;
	}
	winner = election_winner(core, index, &why);
	if (winner == CORE_NONE)
		return false;
	if (winner != service->told_elected)
		core_record(core, REASON_ELECTED, index, CORE_NONE, winner, 0);
	service->told_elected = winner;
	return winner == core->self;
}

static void await_expiry(struct core *core, int index)
{
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (core_place(core, index, (int)i) != CORE_NONE)
			lease_await_expiry(core, (int)i);
}

void acquire_consider(struct core *core, int index)
{
	struct service *service = &core->services[index];
	uint8_t cleared[CORE_NODES];

	if (service->operation != 0)
		return;
	if (service->foreign && is_held(core, index) && service->claim.node != core->self)
		forget_foreign(core, index);
	if (service->foreign)
		look_for_foreign(core, index);
	if (!is_wanted_here(core, index))
		return;
	if (service->start_retry_ms > core->now_ms) {
		core_wake(core, service->start_retry_ms);
		return;
	}
	if (!clearance_all(core, index, cleared)) {
		await_expiry(core, index);
		if (service->operation == 0)
			look_for_foreign(core, index);
		return;
	}
	if (view_quorate(core) && !core->store_failed && service->operation == 0)
		send_acquire(core, index, cleared);
}
