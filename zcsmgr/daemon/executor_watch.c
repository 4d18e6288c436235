/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watches: children that never end by themselves. Silence is measured from the last sign of life
 * of any of them, so that one which ends again and again is silent too.
 */
#include <errno.h>
#include <qb/qblog.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "executor_internal.h"

enum {
	BACKOFF_MIN_MS = 1000,
	BACKOFF_MAX_MS = 30000,
	SIGN_MIN_MS = 5000,    /* driver.h: how often a watch tells VERDICT_OK at the least */
	SIGN_SLACK_MS = 2000,  /* for a busy machine */
	STEADY_MS = 60 * 1000, /* a watch that lived so long starts with a short back-off again */
};

struct watch {
	struct watch *next;
	struct executor *executor;
	struct service_config service; /* a copy: the configuration may be replaced meanwhile */
	int service_index, resource_index;
	struct child *child; /* NULL between two */
	uint64_t started_ms, restart_ms, heard_ms;
	uint64_t backoff_ms;
	bool storage_known; /* as told last */
	qb_loop_timer_handle timer;
};

static const struct resource_config *resource_of(const struct watch *watch)
{
	return &watch->service.resources[watch->resource_index];
}

static uint64_t silence_ms(const struct watch *watch)
{
	const struct resource_config *resource = resource_of(watch);
	uint64_t interval_ms = resource->monitor_interval_ms;

	if (interval_ms < SIGN_MIN_MS)
		interval_ms = SIGN_MIN_MS;
	return interval_ms + resource->monitor_timeout_ms + SIGN_SLACK_MS;
}

static void back_off(struct watch *watch, uint64_t now_ms)
{
	if (watch->backoff_ms == 0 || now_ms - watch->started_ms >= STEADY_MS)
		watch->backoff_ms = BACKOFF_MIN_MS;
	else if (watch->backoff_ms * 2 < BACKOFF_MAX_MS)
		watch->backoff_ms *= 2;
	else
		watch->backoff_ms = BACKOFF_MAX_MS;
	watch->restart_ms = now_ms + watch->backoff_ms;
}

static int start_child(struct watch *watch, uint64_t now_ms)
{
	struct child child = {
		.kind = CHILD_WATCH,
		.service_index = watch->service_index,
		.watch = watch,
		.deadline_ms = UINT64_MAX,
	};
	struct executor_child work = {
		.service = &watch->service,
		.resource = watch->resource_index,
	};

	snprintf(child.name, sizeof(child.name), "watch of %s/%s", watch->service.name,
		 resource_of(watch)->name);
	watch->started_ms = now_ms;
	watch->child = executor_start(watch->executor, &child, &work);
	return watch->child ? 0 : -1;
}

static void arm(struct watch *watch);

static void look(void *data)
{
	struct watch *watch = data;
	struct executor *executor = watch->executor;
	uint64_t now_ms = driver_now_ms();
	int service = watch->service_index, resource = watch->resource_index;
	bool silent = now_ms >= watch->heard_ms + silence_ms(watch);
	char text[128];

	if (silent) {
		watch->heard_ms = now_ms; /* told again after as long a time */
		if (watch->child)
			executor_kill(watch->child);
	}
	if (!watch->child && now_ms >= watch->restart_ms && start_child(watch, now_ms) != 0)
		back_off(watch, now_ms);
	arm(watch);
	if (!silent)
		return;
	snprintf(text, sizeof(text), "the watch gave no sign of life for %llu s",
		 (unsigned long long)silence_ms(watch) / 1000);
	executor->callbacks->verdict(executor->data, service, resource, VERDICT_TIMEOUT, text);
}

static void arm(struct watch *watch)
{
	uint64_t at_ms = watch->heard_ms + silence_ms(watch);

	if (!watch->child && watch->restart_ms < at_ms)
		at_ms = watch->restart_ms;
	executor_arm(watch->executor, &watch->timer, at_ms, look, watch);
}

void executor_watch_told(struct watch *watch, const struct process_record *record)
{
	const struct executor *executor = watch->executor;

	watch->heard_ms = driver_now_ms(); /* the timer finds out when it expires */
	if (record->kind == PROCESS_STORAGE) {
		watch->storage_known = record->storage.known;
		executor->callbacks->storage(executor->data, watch->service_index,
					     watch->resource_index, &record->storage);
	} else if (record->kind == PROCESS_VERDICT && record->value >= VERDICT_OK &&
		   record->value <= VERDICT_GONE) {
		executor->callbacks->verdict(executor->data, watch->service_index,
					     watch->resource_index, (enum verdict)record->value,
					     record->text);
	}
}

void executor_watch_ended(struct watch *watch, const char *how)
{
	const struct executor *executor = watch->executor;
	const struct storage unknown = {0};
	bool was_known = watch->storage_known;

	watch->child = NULL;
	watch->storage_known = false;
	back_off(watch, driver_now_ms());
	qb_log(LOG_WARNING, "watch of %s/%s: %s; started again in %llu s", watch->service.name,
	       resource_of(watch)->name, how, (unsigned long long)watch->backoff_ms / 1000);
	arm(watch);
	/* Facts that nobody follows any longer are none. */
	if (was_known)
		executor->callbacks->storage(executor->data, watch->service_index,
					     watch->resource_index, &unknown);
}

static struct watch *find(const struct executor *executor, int service_index, int resource_index)
{
	struct watch *watch = executor->watches;

	while (watch &&
	       (watch->service_index != service_index || watch->resource_index != resource_index))
		watch = watch->next;
	return watch;
}

/* Of one that is no longer in the list. */
static void free_watch(struct watch *watch)
{
	executor_disarm(watch->executor, &watch->timer);
	if (watch->child) {
		watch->child->watch = NULL;
		executor_kill(watch->child);
	}
	free(watch);
}

static void end_watch(struct watch *watch)
{
	struct watch **at = &watch->executor->watches;

	while (*at != watch)
		at = &(*at)->next;
	*at = watch->next;
	free_watch(watch);
}

int executor_watch(struct executor *executor, const struct service_config *service,
		   int service_index, int resource_index)
{
	struct watch *watch = find(executor, service_index, resource_index);

	if (resource_index < 0 || (unsigned)resource_index >= service->resource_count) {
		errno = EINVAL;
		return -1;
	}
	/* Where only padding differs, it is merely started anew. */
	/* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
	if (watch && memcmp(&watch->service, service, sizeof(*service)) == 0)
		return 0;
	if (watch)
		end_watch(watch); /* it watches by a configuration that is no longer in force */
	watch = calloc(1, sizeof(*watch));
	if (!watch)
		return -1;
	memcpy(&watch->service, service, sizeof(*service)); /* with the padding, for memcmp() */
	watch->executor = executor;
	watch->service_index = service_index;
	watch->resource_index = resource_index;
	watch->heard_ms = driver_now_ms();
	watch->next = executor->watches;
	executor->watches = watch;
	if (start_child(watch, watch->heard_ms) != 0)
		back_off(watch, watch->heard_ms);
	arm(watch);
	return 0;
}

void executor_unwatch(struct executor *executor, int service_index, int resource_index)
{
	struct watch *watch = find(executor, service_index, resource_index);

	if (watch)
		end_watch(watch);
}

void executor_watch_close(struct executor *executor)
{
	while (executor->watches) {
		struct watch *watch = executor->watches;

		executor->watches = watch->next;
		free_watch(watch);
	}
}
