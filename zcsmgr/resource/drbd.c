/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A DRBD resource: up is Primary, down is Secondary or not configured. Promotes with the kernel's
 * consent only, never by force: what a copy is worth is decided by the core before.
 */
#include "drbd.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
	MARGIN_MS = 1000, /* before the deadline, to end in words and not by a signal */
	PROMOTE_EVERY_MS = 1000,
	DEMOTE_FIRST_MS = 100, /* who holds a device open often does so for a moment */
	DEMOTE_EVERY_MS = 1000,
};

static const char *name_of(const struct driver_context *context)
{
	return context->resource->drbd.resource;
}

/* The time that an operation may use. */
struct budget {
	uint64_t end_ms;
};

static struct budget budget_of(const struct driver_context *context)
{
	uint64_t now = driver_now_ms();
	uint64_t total = context->deadline_ms > now ? context->deadline_ms - now : 0;
	uint64_t margin = total / 5 < MARGIN_MS ? total / 5 : MARGIN_MS;

	return (struct budget){.end_ms = now + total - margin};
}

static uint32_t left_ms(struct budget budget)
{
	uint64_t now = driver_now_ms();
	uint64_t left = budget.end_ms > now ? budget.end_ms - now : 0;

	return left > UINT32_MAX ? UINT32_MAX : (uint32_t)left;
}

static uint32_t look_ms(struct budget budget)
{
	uint32_t left = left_ms(budget);

	return left < DRBD_LOOK_MS ? left : DRBD_LOOK_MS;
}

/* False when the next attempt would begin after the end. */
static bool pause_ms(struct budget budget, uint32_t duration_ms)
{
	struct timespec duration = {.tv_sec = duration_ms / 1000,
				    .tv_nsec = (long)(duration_ms % 1000) * 1000000};

	if (left_ms(budget) <= duration_ms)
		return false;
	nanosleep(&duration, NULL);
	return true;
}

static void explain(struct driver_context *context, const struct drbd_result *result)
{
	drbd_tool_explain(result, name_of(context), context->text, sizeof(context->text));
}

bool drbd_is_up(const struct drbd_events *events)
{
	struct storage storage;

	drbd_events_storage(events, &storage);
	return storage.known && storage.configured && storage.disk != STORAGE_DISK_UNKNOWN &&
	       storage.disk != STORAGE_DISKLESS;
}

int drbd_bring_up(struct driver_context *context, uint32_t timeout_ms)
{
	const char *name = name_of(context);
	struct drbd_result result, look;
	struct drbd_events events;
	bool half = drbd_tool_look(name, DRBD_LOOK_MS, &events, &look) == 0 && events.configured;

	if (half && drbd_is_up(&events))
		return 0;
	/* `up` leaves it without its disk if that was missing: the disk of a slow boot comes later.
	 */
	if (drbd_tool_call("drbdadm", half ? "adjust" : "up", name, timeout_ms, &result) == 0)
		return 0;
	/* The watch and a start may both do it; the second one fails. */
	if (drbd_tool_look(name, DRBD_LOOK_MS, &events, &look) == 0 && drbd_is_up(&events))
		return 0;
	explain(context, &result);
	return -1;
}

static enum outcome drbd_probe(struct driver_context *context)
{
	struct budget budget = budget_of(context);
	struct drbd_events events;
	struct drbd_result result;

	if (drbd_tool_look(name_of(context), look_ms(budget), &events, &result) != 0) {
		explain(context, &result);
		return drbd_tool_no_module(&result) ? OUTCOME_DOWN : OUTCOME_FAILED;
	}
	snprintf(context->text, sizeof(context->text), "%s is %s", name_of(context),
		 !events.configured		  ? "not configured"
		 : events.role == STORAGE_PRIMARY ? "Primary"
						  : "Secondary");
	return events.role == STORAGE_PRIMARY ? OUTCOME_UP : OUTCOME_DOWN;
}

/* The facts, with the resource in the kernel. 0, or -1 with context->text. */
static int look_up(struct driver_context *context, struct budget budget, struct drbd_events *events)
{
	struct drbd_result result;
	int failed = drbd_tool_look(name_of(context), look_ms(budget), events, &result);

	if (!failed && events->configured)
		return 0;
	if (failed && !drbd_tool_no_module(&result)) {
		explain(context, &result);
		return -1;
	}
	if (drbd_bring_up(context, left_ms(budget)) != 0)
		return -1;
	if (drbd_tool_look(name_of(context), look_ms(budget), events, &result) == 0)
		return 0;
	explain(context, &result);
	return -1;
}

/* Trying again helps against a peer that dies, and against what changes at this moment. */
static bool worth_retrying(const struct drbd_result *result)
{
	return result->code == DRBD_TOOL_REFUSED;
}

static enum outcome promote(struct driver_context *context, struct budget budget,
			    const struct drbd_events *events)
{
	struct drbd_result result;
	int version = drbd_tool_version(look_ms(budget), &result);
	uint64_t started_ms = driver_now_ms();
	unsigned refused = 0;
	size_t length;

	while (drbd_tool_set_role(events, "primary", version, left_ms(budget), &result) != 0) {
		refused++;
		if (!worth_retrying(&result) || !pause_ms(budget, PROMOTE_EVERY_MS))
			break;
	}
	if (result.code == 0) {
		snprintf(context->text, sizeof(context->text),
			 "%s is Primary after %llu ms and %u refusals", name_of(context),
			 (unsigned long long)(driver_now_ms() - started_ms), refused);
		return OUTCOME_OK;
	}
	explain(context, &result);
	length = strlen(context->text);
	if (refused > 1)
		snprintf(context->text + length, sizeof(context->text) - length,
			 " (tried %u times)", refused);
	return OUTCOME_FAILED;
}

static enum outcome drbd_start(struct driver_context *context)
{
	struct budget budget = budget_of(context);
	struct drbd_events events;

	if (look_up(context, budget, &events) != 0)
		return OUTCOME_FAILED;
	if (events.role == STORAGE_PRIMARY) {
		snprintf(context->text, sizeof(context->text), "%s was Primary already",
			 name_of(context));
		return OUTCOME_OK;
	}
	return promote(context, budget, &events);
}

static enum outcome demote(struct driver_context *context, struct budget budget,
			   const struct drbd_events *events)
{
	struct drbd_result result;
	int version = drbd_tool_version(look_ms(budget), &result);
	uint32_t wait_ms = DEMOTE_FIRST_MS;

	while (drbd_tool_set_role(events, "secondary", version, left_ms(budget), &result) != 0) {
		if (!worth_retrying(&result) || !pause_ms(budget, wait_ms))
			break;
		wait_ms = wait_ms * 2 < DEMOTE_EVERY_MS ? wait_ms * 2 : DEMOTE_EVERY_MS;
	}
	if (result.code == 0)
		return OUTCOME_OK;
	explain(context, &result);
	if (result.refusal == DRBD_TOOL_HELD_OPEN)
		drbd_holders(drbd_events_minor(events), context->text, sizeof(context->text));
	return OUTCOME_FAILED;
}

static enum outcome drbd_stop(struct driver_context *context)
{
	struct budget budget = budget_of(context);
	struct drbd_events events;
	struct drbd_result result;

	if (drbd_tool_look(name_of(context), look_ms(budget), &events, &result) != 0) {
		explain(context, &result);
		return drbd_tool_no_module(&result) ? OUTCOME_OK : OUTCOME_FAILED;
	}
	if (events.role != STORAGE_PRIMARY)
		return OUTCOME_OK;
	return demote(context, budget, &events);
}

/* ---- orders, whatever else is under way ----------------------------------------------------- */

static enum outcome drbd_outdate(struct driver_context *context)
{
	struct drbd_result result;
	int code = drbd_tool_call("drbdadm", "outdate", name_of(context),
				  left_ms(budget_of(context)), &result);

	if (code == 0 || code == DRBD_TOOL_WORSE)
		return OUTCOME_OK;
	explain(context, &result);
	return OUTCOME_FAILED;
}

static enum outcome drbd_resume(struct driver_context *context)
{
	struct drbd_result result;

	if (drbd_tool_call("drbdadm", "resume-io", name_of(context), left_ms(budget_of(context)),
			   &result) == 0)
		return OUTCOME_OK;
	explain(context, &result);
	return OUTCOME_FAILED;
}

/* ---- looking -------------------------------------------------------------------------------- */

enum verdict drbd_judge(struct driver_context *context, const struct storage *storage)
{
	const char *name = name_of(context);

	context->text[0] = '\0';
	if (!storage->configured || storage->role != STORAGE_PRIMARY) {
		snprintf(context->text, sizeof(context->text), "%s is not Primary here any more",
			 name);
		return VERDICT_GONE;
	}
	if (storage->suspended) {
		snprintf(context->text, sizeof(context->text),
			 "the kernel has frozen %s: it waits for the peer or an answer about it",
			 name);
		return VERDICT_OK;
	}
	if (storage->disk == STORAGE_UPTODATE)
		return VERDICT_OK;
	if (storage->link == STORAGE_CONNECTED && storage->peer_disk == STORAGE_UPTODATE) {
		snprintf(context->text, sizeof(context->text),
			 "%s has no good disk here and works on the peer's; see dmesg, then "
			 "`drbdadm attach %s`",
			 name, name);
		return VERDICT_OK;
	}
	snprintf(context->text, sizeof(context->text),
		 "%s reaches no up-to-date disk: every access fails; see dmesg", name);
	return VERDICT_FAILED;
}

enum verdict drbd_monitor(struct driver_context *context)
{
	struct budget budget = budget_of(context);
	struct drbd_events events;
	struct drbd_result result;
	struct storage storage;

	if (drbd_tool_look(name_of(context), look_ms(budget), &events, &result) != 0) {
		explain(context, &result);
		return drbd_tool_no_module(&result) ? VERDICT_GONE : VERDICT_TIMEOUT;
	}
	drbd_events_storage(&events, &storage);
	return drbd_judge(context, &storage);
}

const struct resource_driver drbd_driver = {
	.type = "drbd",
	.validate = drbd_validate,
	.probe = drbd_probe,
	.start = drbd_start,
	.stop = drbd_stop,
	.monitor = drbd_monitor,
	.watch = drbd_watch,
	.outdate = drbd_outdate,
	.resume = drbd_resume,
	.watch_always = 1,
};
