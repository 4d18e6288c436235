/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel is told when a replicated disk has lost its peer.
 *
 * It asks once: when it is Primary and the connection breaks, and before it becomes Primary
 * without one. With `fencing resource-and-stonith` all I/O is frozen until it has an answer, so
 * nothing is acknowledged before it is certain that the other copy will not be used without being
 * renewed. Certain is it when
 *
 *   the other node, present, says that it has outdated its copy (it is asked to);
 *   the other node was fenced, or the operator confirmed that it is off, or it left in order;
 *   in third-vote mode: it has been out of the majority for a lease, so its copy has ceased to
 *   count as current;
 *   in manual mode, for a Primary: its daemon is gone. Its copy is not used without the operator's
 *   word (copy.c).
 *
 * What is not certain in time is answered as unknown; the disk stays frozen, and is resumed by an
 * order of ours once it is.
 */
#include "internal.h"

enum { ORDER_RETRY_MS = 2000 };

int fence_peer_other(const struct core *core, int index)
{
	int other = CORE_NONE;

	if (!copy_needed(core, index) || core->config->services[index].node_count != 2)
		return CORE_NONE;
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if ((int)i != core->self && core_place(core, index, (int)i) != CORE_NONE)
			other = (int)i;
	return other;
}

/* Our own promotion is in flight. */
static bool is_promoting(const struct core *core, int index)
{
	const struct service *service = &core->services[index];

	return service->phase == PHASE_STARTING && service->operation != 0 &&
	       service->operation_kind == OPERATION_START && service->step == 0;
}

static bool is_primary(const struct core *core, int index)
{
	const struct service *service = &core->services[index];

	return service_claims(service->phase) && !is_promoting(core, index) &&
	       service->storage.role == STORAGE_PRIMARY;
}

static enum core_fence_peer answer_of_present(const struct core *core, int index, int other)
{
	const struct storage *told = &core->nodes[other].state.services[index].storage;

	if (!core->nodes[other].heard || !told->known || told->link == STORAGE_CONNECTED)
		return FENCE_PEER_UNKNOWN;
	if (told->role == STORAGE_PRIMARY)
		return is_promoting(core, index) ? FENCE_PEER_PRIMARY : FENCE_PEER_UNKNOWN;
	if (told->disk == STORAGE_OUTDATED)
		return FENCE_PEER_OUTDATED;
	if (told->disk == STORAGE_INCONSISTENT || told->disk == STORAGE_DISKLESS)
		return FENCE_PEER_INCONSISTENT;
	return FENCE_PEER_UNKNOWN;
}

static enum core_fence_peer answer_of_absent(const struct core *core, int index, int other)
{
	const struct node *node = &core->nodes[other];

	/* What an operator has seen off is off. And DRBD takes no other answer for a copy that is
	   only Consistent, as it is after a boot alone. */
	if (node->fenced || node->confirmed)
		return FENCE_PEER_FENCED;
	if (node->goodbye)
		return FENCE_PEER_DOWN;
	switch (fencing_mode(core)) {
	case MODE_MANUAL:
		return is_primary(core, index) ? FENCE_PEER_DOWN : FENCE_PEER_UNKNOWN;
	case MODE_THIRD_VOTE:
		if (is_primary(core, index) ? lease_has_lapsed(core, other)
					    : lease_has_expired(core, other))
			return FENCE_PEER_DOWN;
		break;
	case MODE_FENCING:
		break;
	}
	return FENCE_PEER_UNKNOWN;
}

static enum core_fence_peer answer_for(const struct core *core, int index)
{
	int other = fence_peer_other(core, index);
	bool promoting = is_promoting(core, index);

	if (other == CORE_NONE || (!promoting && !is_primary(core, index)))
		return FENCE_PEER_UNKNOWN;
	if (promoting && !copy_current(core, index))
		return FENCE_PEER_UNKNOWN;
	/* Without the peer's disk it could not even read: it had better wait for it. */
	if (!promoting && core->services[index].storage.disk != STORAGE_UPTODATE)
		return FENCE_PEER_UNKNOWN;
	if (view_counts(core, other))
		return answer_of_present(core, index, other);
	if (core->nodes[other].present || !core->connected)
		return FENCE_PEER_UNKNOWN;
	return answer_of_absent(core, index, other);
}

/* ---- being asked ----------------------------------------------------------------------------- */

static bool is_asked(const struct core *core, int index)
{
	for (unsigned i = 0; i < ASKS; i++)
		if (core->asks[i].used && core->asks[i].service == index)
			return true;
	return false;
}

bool fence_peer_asks(const struct core *core, int index)
{
	/* Who has nothing to go on with asks nobody to give way. */
	if (!copy_current(core, index))
		return false;
	return is_asked(core, index) || (copy_suspended(core, index) && is_primary(core, index));
}

static bool answer(struct core *core, uint64_t id, enum core_fence_peer code)
{
	if (core->update->answer_count == CORE_ANSWERS) {
		core->update->again = true;
		return false;
	}
	core->update->answers[core->update->answer_count++] =
		(struct core_fence_peer_answer){.id = id, .answer = code};
	return true;
}

void fence_peer_ask(struct core *core, uint64_t id, int index, uint64_t deadline_ms)
{
	core_record(core, REASON_FENCE_PEER_ASKED, index, 0, core->self, 0);
	for (unsigned i = 0; i < ASKS; i++) {
		if (core->asks[i].used)
			continue;
		core->asks[i] = (struct ask){
			.used = true, .id = id, .service = index, .deadline_ms = deadline_ms};
		core->state_due = true;
		return;
	}
	answer(core, id, FENCE_PEER_UNKNOWN);
}

/* When time alone may turn the answer. */
static void await_lease(struct core *core, int index)
{
	int other = fence_peer_other(core, index);

	if (other == CORE_NONE || fencing_mode(core) != MODE_THIRD_VOTE)
		return;
	if (is_primary(core, index))
		lease_await_lapse(core, other);
	else
		lease_await_expiry(core, other);
}

static void end_ask(struct core *core, struct ask *ask, enum core_fence_peer code)
{
	if (!answer(core, ask->id, code))
		return;
	ask->used = false;
	core->services[ask->service].order_next_ms = core->now_ms + ORDER_RETRY_MS;
	core->state_due = true;
	core_record(core, REASON_FENCE_PEER_ANSWERED, ask->service, 0, core->self, code);
}

static void advance_ask(struct core *core, struct ask *ask)
{
	enum core_fence_peer code = answer_for(core, ask->service);

	if (code == FENCE_PEER_UNKNOWN && core->now_ms < ask->deadline_ms) {
		core_wake(core, ask->deadline_ms);
		await_lease(core, ask->service);
		return;
	}
	end_ask(core, ask, code);
}

void fence_peer_switch(struct core *core)
{
	for (unsigned i = 0; i < ASKS; i++)
		if (core->asks[i].used)
			end_ask(core, &core->asks[i], FENCE_PEER_UNKNOWN);
}

/* ---- orders to the disk ---------------------------------------------------------------------- */

static void order(struct core *core, int index, enum operation operation, enum reason_code why,
		  int node)
{
	struct service *service = &core->services[index];
	struct core_operation *wanted;

	if (core->now_ms < service->order_next_ms) {
		core_wake(core, service->order_next_ms);
		return;
	}
	if (core->update->operation_count == CORE_OPERATIONS) {
		core->update->again = true;
		return;
	}
	wanted = &core->update->operations[core->update->operation_count++];
	*wanted = (struct core_operation){
		.id = ++core->next_id,
		.operation = operation,
		.service = index,
		.resource = 0,
		.timeout_ms = core->config->services[index].resources[0].monitor_timeout_ms,
	};
	service->order = wanted->id;
	service->order_kind = operation;
	service->order_next_ms = core->now_ms + ORDER_RETRY_MS;
	core_record(core, why, index, 0, node, 0);
}

/* The other end waits for it, and this copy is none that it must wait for. */
static bool is_to_outdate(const struct core *core, int index)
{
	const struct service *service = &core->services[index];
	int other = fence_peer_other(core, index);

	if (other == CORE_NONE || !view_counts(core, other) || !core->nodes[other].heard ||
	    !core->nodes[other].state.services[index].asks)
		return false;
	return service_idle(core, index) && service->acquire_sent_ms == 0 &&
	       service->storage.known && service->storage.role == STORAGE_SECONDARY &&
	       service->storage.link != STORAGE_CONNECTED &&
	       (service->storage.disk == STORAGE_UPTODATE ||
		service->storage.disk == STORAGE_CONSISTENT);
}

static void advance_disk(struct core *core, int index)
{
	struct service *service = &core->services[index];

	if (service->order != 0)
		return;
	if (is_to_outdate(core, index)) {
		order(core, index, OPERATION_OUTDATE, REASON_OUTDATING,
		      fence_peer_other(core, index));
		return;
	}
	if (!copy_suspended(core, index) || is_asked(core, index) || !is_primary(core, index))
		return;
	await_lease(core, index);
	if (answer_for(core, index) != FENCE_PEER_UNKNOWN)
		order(core, index, OPERATION_RESUME, REASON_RESUMING, CORE_NONE);
}

bool fence_peer_order_ended(struct core *core, uint64_t id, enum outcome outcome)
{
	for (unsigned i = 0; i < core->config->service_count; i++) {
		struct service *service = &core->services[i];

		if (id == 0 || service->order != id)
			continue;
		if (outcome == OUTCOME_STUCK)
			return true;
		service->order = 0;
		if (outcome != OUTCOME_OK)
			core_record(core,
				    service->order_kind == OPERATION_RESUME ? REASON_RESUME_FAILED
									    : REASON_OUTDATE_FAILED,
				    (int)i, 0, core->self, 0);
		return true;
	}
	return false;
}

void fence_peer_advance(struct core *core)
{
	for (unsigned i = 0; i < ASKS; i++)
		if (core->asks[i].used)
			advance_ask(core, &core->asks[i]);
	for (unsigned i = 0; i < core->config->service_count; i++)
		advance_disk(core, (int)i);
}
