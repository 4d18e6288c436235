/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Follows a DRBD resource by its event stream, also while it is not up here: brings it into the
 * kernel, so that a Secondary replicates, and tells the facts of both sides as they change. Ends
 * when the stream ends; the daemon starts it again.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "drbd.h"

enum {
	LIFE_MIN_MS = 5000,  /* driver.h: a sign of life */
	BAD_EVERY_MS = 1000, /* a verdict that is not good is told again */
	DUMP_MS = 10 * 1000, /* for the initial dump */
	/* Between attempts to bring it up: the disk of a slow boot comes late. */
	UP_FIRST_MS = 1000,
	UP_EVERY_MS = 10 * 1000,
	PROGRESS_EVERY_MS = 5000,
	GENERATIONS_MS = 2000,
	/* 8.4 tells a state first and writes the new generation then: look again. */
	SETTLE_FIRST_MS = 200,
	SETTLE_MS = 2000,
};

struct watch {
	struct driver_context *context;
	struct drbd_events events;
	int version;
	int stream; /* what drbdsetup prints */
	pid_t tool;
	struct storage storage; /* as told last */
	bool told;
	enum verdict verdict; /* as told last */
	bool verdict_told;
	bool was_up;
	uint64_t dump_ms;      /* the dump must be complete */
	uint64_t life_ms;      /* the next sign of life */
	uint64_t up_ms;	       /* the next attempt to bring it up */
	uint64_t up_pause_ms;  /* and how long after that comes another */
	uint64_t settle_ms[2]; /* when to read the generations again; 0: not */
	uint64_t progress_ms;  /* when to ask how far the resync is */
};

static const char *name_of(const struct watch *watch)
{
	return watch->context->resource->drbd.resource;
}

static void run_tool(const struct watch *watch, int output)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	/* It must not outlive us, whatever ends us. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0 ||
	    dup2(output, STDOUT_FILENO) < 0)
		_exit(127);
	close_range(STDERR_FILENO + 1, ~0U, 0);
	execlp("drbdsetup", "drbdsetup", "events2", name_of(watch), (char *)NULL);
	_exit(127);
}

static int open_stream(struct watch *watch)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	watch->tool = fork();
	if (watch->tool == 0)
		run_tool(watch, ends[1]);
	close(ends[1]);
	if (watch->tool < 0) {
		close(ends[0]);
		return -1;
	}
	watch->stream = ends[0];
	watch->dump_ms = driver_now_ms() + DUMP_MS;
	return 0;
}

static void close_stream(struct watch *watch)
{
	close(watch->stream);
	/* Not waited for: it may hang in the kernel, and we are about to end. */
	kill(watch->tool, SIGKILL);
}

static uint32_t up_timeout_ms(const struct watch *watch)
{
	uint32_t timeout = watch->context->resource->monitor_timeout_ms;

	/* Meanwhile we give no sign of life. */
	return timeout < DRBD_LOOK_MS ? DRBD_LOOK_MS : timeout;
}

static uint32_t life_every_ms(const struct watch *watch)
{
	uint32_t interval = watch->context->resource->monitor_interval_ms;

	if (watch->verdict_told && watch->verdict == VERDICT_FAILED)
		return BAD_EVERY_MS;
	return interval > LIFE_MIN_MS ? interval : LIFE_MIN_MS;
}

static int tell_verdict(struct watch *watch, enum verdict verdict)
{
	watch->verdict = verdict;
	watch->verdict_told = true;
	watch->life_ms = driver_now_ms() + life_every_ms(watch);
	return watch->context->tell_verdict(watch->context, verdict);
}

static bool same_facts(const struct storage *a, const struct storage *b)
{
	return a->known == b->known && a->configured == b->configured &&
	       a->suspended == b->suspended && a->syncing == b->syncing &&
	       a->split_brain == b->split_brain && a->role == b->role &&
	       a->peer_role == b->peer_role && a->disk == b->disk && a->peer_disk == b->peer_disk &&
	       a->link == b->link && a->percent == b->percent &&
	       a->generations_known == b->generations_known && a->current == b->current &&
	       a->bitmap == b->bitmap && a->history[0] == b->history[0] &&
	       a->history[1] == b->history[1];
}

static void keep_generations(struct storage *storage, const struct storage *from)
{
	storage->generations_known = from->generations_known;
	storage->current = from->current;
	storage->bitmap = from->bitmap;
	storage->history[0] = from->history[0];
	storage->history[1] = from->history[1];
}

/* Once for each way down, so that a service that is stopped hears nothing all the time. */
static int tell_change_of_verdict(struct watch *watch)
{
	enum verdict verdict = drbd_judge(watch->context, &watch->storage);

	if (watch->verdict_told && verdict == watch->verdict)
		return 0;
	return tell_verdict(watch, verdict);
}

/* The facts as they are now, told if they are others than before. */
static int tell_facts(struct watch *watch, bool read_generations)
{
	struct storage storage;

	drbd_events_storage(&watch->events, &storage);
	if (!storage.known)
		return 0;
	if (storage.configured && read_generations)
		drbd_tool_generations(&watch->events, watch->version, GENERATIONS_MS, &storage);
	else if (storage.configured)
		keep_generations(&storage, &watch->storage);
	if (storage.syncing && storage.percent == 0)
		storage.percent = watch->storage.syncing ? watch->storage.percent : 0;
	if (watch->told && same_facts(&storage, &watch->storage))
		return 0;
	watch->storage = storage;
	watch->told = true;
	watch->life_ms = driver_now_ms() + life_every_ms(watch);
	if (watch->context->tell_storage(watch->context, &storage) != 0)
		return -1;
	return tell_change_of_verdict(watch);
}

/* Only until it was there once with its disk: what an operator takes down stays down. */
static void bring_up(struct watch *watch, uint64_t now)
{
	if (drbd_is_up(&watch->events))
		watch->was_up = true;
	if (watch->was_up || now < watch->up_ms)
		return;
	watch->up_ms = now + watch->up_pause_ms;
	watch->up_pause_ms =
		2 * watch->up_pause_ms < UP_EVERY_MS ? 2 * watch->up_pause_ms : UP_EVERY_MS;
	if (drbd_bring_up(watch->context, up_timeout_ms(watch)) != 0)
		/* Heard only if the service should be up: then it surely is not. */
		tell_verdict(watch, VERDICT_GONE);
}

static int take_events(struct watch *watch)
{
	char data[16 * 1024];
	ssize_t got = read(watch->stream, data, sizeof(data));
	unsigned result;
	uint64_t now = driver_now_ms();

	if (got < 0 && errno == EINTR)
		return 0;
	if (got <= 0)
		return -1;
	result = drbd_events_feed(&watch->events, data, (size_t)got);
	if (result & DRBD_EVENTS_LOST)
		return -1;
	if (!(result & DRBD_EVENTS_CHANGED))
		return 0;
	if (result & DRBD_EVENTS_GENERATIONS) {
		watch->settle_ms[0] = now + SETTLE_FIRST_MS;
		watch->settle_ms[1] = now + SETTLE_MS;
	}
	return tell_facts(watch, result & DRBD_EVENTS_GENERATIONS);
}

static int settle(struct watch *watch, uint64_t now)
{
	for (int i = 0; i < 2; i++) {
		if (watch->settle_ms[i] == 0 || now < watch->settle_ms[i])
			continue;
		watch->settle_ms[i] = 0;
		if (tell_facts(watch, true) != 0)
			return -1;
	}
	return 0;
}

/* The event stream of 8.4 does not tell how far a resync is. */
static int follow_progress(struct watch *watch, uint64_t now)
{
	int percent;

	if (!watch->storage.syncing || now < watch->progress_ms)
		return 0;
	watch->progress_ms = now + PROGRESS_EVERY_MS;
	percent = drbd_tool_progress(name_of(watch), DRBD_LOOK_MS);
	if (percent < 0 || percent == watch->storage.percent)
		return 0;
	watch->storage.percent = (uint8_t)percent;
	return watch->context->tell_storage(watch->context, &watch->storage);
}

/* A sign of life, and with monitor_interval a second opinion on what is up. */
static int live(struct watch *watch, uint64_t now)
{
	enum verdict verdict;

	if (!watch->told || now < watch->life_ms)
		return 0;
	watch->life_ms = now + life_every_ms(watch);
	if (watch->storage.role != STORAGE_PRIMARY)
		return watch->context->tell_storage(watch->context, &watch->storage);
	if (watch->context->resource->monitor_interval_ms > 0) {
		watch->context->deadline_ms = now + up_timeout_ms(watch);
		verdict = drbd_monitor(watch->context);
	} else {
		verdict = drbd_judge(watch->context, &watch->storage);
	}
	return tell_verdict(watch, verdict);
}

static uint64_t sooner(uint64_t a, uint64_t b)
{
	return b != 0 && b < a ? b : a;
}

static int wait_ms(const struct watch *watch, uint64_t now)
{
	uint64_t next = watch->told ? watch->life_ms : watch->dump_ms;

	next = sooner(next, watch->settle_ms[0]);
	next = sooner(next, watch->settle_ms[1]);
	if (watch->storage.syncing)
		next = sooner(next, watch->progress_ms);
	if (watch->told && !watch->was_up)
		next = sooner(next, watch->up_ms);
	return next > now ? (int)(next - now) : 0;
}

static int round_once(struct watch *watch)
{
	struct pollfd ready = {.fd = watch->stream, .events = POLLIN};
	uint64_t now = driver_now_ms();
	int found = poll(&ready, 1, wait_ms(watch, now));

	if (found < 0 && errno != EINTR)
		return -1;
	if (found > 0 && take_events(watch) != 0)
		return -1;
	now = driver_now_ms();
	if (!watch->events.complete)
		return now < watch->dump_ms ? 0 : -1;
	bring_up(watch, now);
	if (settle(watch, now) != 0 || follow_progress(watch, now) != 0)
		return -1;
	return live(watch, now);
}

void drbd_watch(struct driver_context *context)
{
	struct watch watch = {.context = context, .stream = -1, .up_pause_ms = UP_FIRST_MS};
	struct drbd_result result;

	drbd_events_init(&watch.events, context->resource->drbd.resource);
	/* Without the module there is no stream: the first `up` loads it. */
	if (drbd_tool_look(name_of(&watch), DRBD_LOOK_MS, &watch.events, &result) == 0 ||
	    drbd_tool_no_module(&result))
		bring_up(&watch, driver_now_ms());
	watch.version = drbd_tool_version(DRBD_LOOK_MS, &result);
	drbd_events_init(&watch.events, context->resource->drbd.resource);
	if (open_stream(&watch) != 0)
		return;
	while (round_once(&watch) == 0)
		;
	close_stream(&watch);
}
