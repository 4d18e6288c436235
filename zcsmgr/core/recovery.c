/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What follows a failure: `restart.limit` restarts here within `restart.window`, then the service
 * moves and this node is barred for it. Where every node is barred, it is tried again where it
 * failed last, with growing pauses.
 */
#include "internal.h"

#include <string.h>

static unsigned failures_within(const struct core *core, int index)
{
	const struct service *service = &core->services[index];
	uint32_t window_ms = core->config->services[index].restart_window_ms;
	unsigned count = 0;

	while (count < FAILURES_KEPT && service->failures[count] != 0 &&
	       core->now_ms < service->failures[count] + window_ms)
		count++;
	return count;
}

unsigned recovery_failures(const struct core *core, int index)
{
	return failures_within(core, index);
}

bool recovery_barred(const struct core *core, int index)
{
	return core->durable.services[index].barred;
}

static void note_failure(struct core *core, int index)
{
	struct service *service = &core->services[index];

	memmove(&service->failures[1], &service->failures[0],
		sizeof(service->failures) - sizeof(service->failures[0]));
	service->failures[0] = core->now_ms;
}

static void pause_before_retry(struct core *core, int index)
{
	struct service *service = &core->services[index];
	uint64_t pause_ms = START_RETRY_MS;

	for (unsigned i = 0; i < service->start_retries && pause_ms < START_RETRY_MAX_MS; i++)
		pause_ms *= 2;
	if (pause_ms > START_RETRY_MAX_MS)
		pause_ms = START_RETRY_MAX_MS;
	service->start_retries++;
	service->start_retry_ms = core->now_ms + pause_ms;
}

static void end_move(struct core *core, int index)
{
	struct core_intent *target = &core->durable.services[index].target;

	if (target->value == core->settings.nodeid)
		intent_set(core, target, 0);
}

bool recovery_restart_here(struct core *core, int index, int resource)
{
	struct core_durable_service *durable = &core->durable.services[index];
	unsigned failures;

	note_failure(core, index);
	failures = failures_within(core, index);
	if (!durable->barred && failures <= core->config->services[index].restart_limit &&
	    failures < FAILURES_KEPT) {
		core_record(core, REASON_RESTART, index, resource, core->self, failures);
		return true;
	}
	core_record(core, REASON_MOVE_FAILED_HERE, index, CORE_NONE, core->self, 0);
	end_move(core, index);
	if (!durable->barred) {
		durable->barred = true;
		core_record(core, REASON_BARRED, index, CORE_NONE, core->self, 0);
		core_store(core);
	}
	pause_before_retry(core, index);
	if (election_other(core, index, core->self) == CORE_NONE)
		core_record(core, REASON_RETRY_LATER, index, CORE_NONE, core->self,
			    core->services[index].start_retry_ms - core->now_ms);
	return false;
}

void recovery_started(struct core *core, int index)
{
	core->services[index].start_retry_ms = 0;
	if (core->durable.services[index].target.value != 0)
		intent_set(core, &core->durable.services[index].target, 0);
}

void recovery_cleanup(struct core *core, int index)
{
	struct service *service = &core->services[index];

	memset(service->failures, 0, sizeof(service->failures));
	service->start_retries = 0;
	service->start_retry_ms = 0;
	core->state_due = true;
	if (core->durable.services[index].barred) {
		core->durable.services[index].barred = false;
		core_store(core);
	}
	core_record(core, REASON_CLEANED_UP, index, CORE_NONE, core->self, 0);
}

/* A long good run of the service elsewhere lifts the bar here. */
void recovery_elsewhere(struct core *core, int index)
{
	struct service *service = &core->services[index];
	int holder = service->claim.node;
	uint32_t window_ms = core->config->services[index].restart_window_ms;

	if (!core->durable.services[index].barred)
		return;
	if (holder == CORE_NONE || holder == core->self || !view_counts(core, holder) ||
	    core->nodes[holder].state.services[index].phase != PHASE_ACTIVE) {
		service->elsewhere_ms = 0;
		return;
	}
	if (service->elsewhere_ms == 0)
		service->elsewhere_ms = core->now_ms;
	if (core->now_ms < service->elsewhere_ms + window_ms) {
		core_wake(core, service->elsewhere_ms + window_ms);
		return;
	}
	service->elsewhere_ms = 0;
	service->start_retries = 0;
	core->durable.services[index].barred = false;
	core->state_due = true;
	core_store(core);
	core_record(core, REASON_UNBARRED, index, CORE_NONE, core->self, 0);
}
