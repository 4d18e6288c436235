/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The mail suite. It is started and stopped by its own zmcontrol, whose exit codes and pid files
 * are not believed: what counts are its processes and what answers on its ports (PLATFORM 8).
 */
#include "command.h"
#include "zimbra_checks.h"
#include "zimbra_control.h"
#include "zimbra_process.h"
#include "zimbra_stale.h"
#include "zimbra_validate.h"
#include "zimbra_watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	RESERVE_MS = 1000, /* kept from a deadline, to tell what happened */
	LOOK_MS = 20,	   /* between looks at processes that should end */
	/* Between looks at parts that should answer: this, or a twentieth of the time waited. */
	ASK_MIN_MS = 50,
	ASK_MAX_MS = 1000,
	/* Of a start's time, what is kept to look whether all answers though zmcontrol hung. */
	ASK_SHARE = 10,
	ASK_TIME_MAX_MS = 5000,
	/* Of a stop's time, what is kept for signals if zmcontrol hangs. A database writes its
	   buffers after TERM; after KILL there is nothing left to do but to die. */
	TERM_SHARE = 4,
	TERM_MAX_MS = 60 * 1000,
	KILL_SHARE = 5,
	KILL_MAX_MS = 20 * 1000,
	SIGNAL_AGAIN_MS = 1000,
	TOLD_SIZE = 90, /* of zmcontrol's words in our text */
};

static void pause_ms(uint64_t ms)
{
	struct timespec pause = {.tv_sec = (time_t)(ms / 1000),
				 .tv_nsec = (long)(ms % 1000) * 1000000};

	nanosleep(&pause, NULL);
}

static uint32_t share_ms(uint32_t time_ms, uint32_t share, uint32_t most_ms)
{
	return time_ms / share < most_ms ? time_ms / share : most_ms;
}

static uint32_t left_ms(const struct driver_context *context)
{
	uint64_t now_ms = driver_now_ms() + RESERVE_MS;

	return now_ms < context->deadline_ms ? (uint32_t)(context->deadline_ms - now_ms) : 0;
}

/* ---- probe and monitor ---------------------------------------------------------------------- */

static enum outcome probe(struct driver_context *context)
{
	char failing[ZIMBRA_CHECKS_TEXT_SIZE];
	unsigned count = zimbra_process_count(context);

	if (count == 0) {
		snprintf(context->text, sizeof(context->text), "no process of it runs");
		return OUTCOME_DOWN;
	}
	if (zimbra_checks_failing(context, failing) == 0) {
		snprintf(context->text, sizeof(context->text), "%u processes, all answers", count);
		return OUTCOME_UP;
	}
	snprintf(context->text, sizeof(context->text), "%u processes, no answer from %s", count,
		 failing);
	return OUTCOME_PARTIAL;
}

static enum verdict monitor(struct driver_context *context)
{
	return zimbra_watch_look(context);
}

/* ---- start ---------------------------------------------------------------------------------- */

/* Left behind by root's tools, it would keep the mail store from starting. Its directory belongs
   to the suite's user, who shall not have another file given to him through a link. */
static void give_redo_log(const struct driver_context *context)
{
	char path[CONFIG_PATH_SIZE + 32];
	uid_t uid;
	gid_t gid;

	snprintf(path, sizeof(path), "%s/redolog/redo.log", context->resource->zimbra.directory);
	if (zimbra_control_user(context, &uid, &gid) && lchown(path, uid, gid) != 0 &&
	    errno != ENOENT)
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
}

static enum outcome start_failed(struct driver_context *context, const char *what, int code,
				 char *output)
{
	char ended[32];

	zimbra_control_ended(code, ended, sizeof(ended));
	snprintf(context->text, sizeof(context->text), "%.110s; zmcontrol startup %s: %.*s", what,
		 ended, TOLD_SIZE, zimbra_control_last_line(output));
	return OUTCOME_FAILED;
}

/* A failed part may answer later, since zmcontrol's patience with the mail store ends before the
   store is up; without any process none ever will. */
static enum outcome wait_for_answers(struct driver_context *context, int code, char *output)
{
	char failing[ZIMBRA_CHECKS_TEXT_SIZE], what[ZIMBRA_CHECKS_TEXT_SIZE + 32];
	uint64_t begin_ms = driver_now_ms();

	while (zimbra_checks_failing(context, failing) != 0) {
		uint64_t pause = (driver_now_ms() - begin_ms) / 20;

		if (zimbra_process_count(context) == 0)
			return start_failed(context, "no process of it runs", code, output);
		if (left_ms(context) == 0) {
			snprintf(what, sizeof(what), "no answer from %s", failing);
			return start_failed(context, what, code, output);
		}
		pause_ms(pause < ASK_MIN_MS ? ASK_MIN_MS : pause > ASK_MAX_MS ? ASK_MAX_MS : pause);
	}
	return OUTCOME_OK;
}

static bool can_start(struct driver_context *context)
{
	uid_t uid;
	gid_t gid;

	if (zimbra_control_user(context, &uid, &gid))
		return zimbra_control_exists(context, context->text, sizeof(context->text));
	snprintf(context->text, sizeof(context->text),
		 "there is no user %s on this node; install the suite here too",
		 context->resource->zimbra.user);
	return false;
}

static enum outcome start(struct driver_context *context)
{
	static char output[ZIMBRA_OUTPUT_SIZE];
	uint32_t time_ms = left_ms(context);
	unsigned stale = 0;
	char ended[32];
	int code;

	if (!can_start(context))
		return OUTCOME_FAILED;
	if (zimbra_process_count(context) == 0)
		stale = zimbra_stale_remove(context->resource->zimbra.directory);
	else if (probe(context) == OUTCOME_UP)
		return OUTCOME_OK;
	give_redo_log(context);
	code = zimbra_control_run(context, ZIMBRA_STARTUP,
				  time_ms - share_ms(time_ms, ASK_SHARE, ASK_TIME_MAX_MS), output);
	if (wait_for_answers(context, code, output) != OUTCOME_OK)
		return OUTCOME_FAILED;
	zimbra_control_ended(code, ended, sizeof(ended));
	snprintf(context->text, sizeof(context->text),
		 "all answers; zmcontrol startup %s; %u stale pid files removed", ended, stale);
	return OUTCOME_OK;
}

/* ---- stop ----------------------------------------------------------------------------------- */

/* True once at most the database is left, or nothing at all. */
static bool has_ended(const struct driver_context *context, bool database_too)
{
	const struct zimbra_processes *processes = zimbra_process_find(context);

	for (unsigned i = 0; i < processes->count; i++)
		if (database_too || !processes->list[i].database)
			return false;
	return true;
}

/* Kernels before 5.14 have no cgroup.kill. */
static void kill_cgroup(const struct driver_context *context)
{
	char path[CONFIG_PATH_SIZE * 2];
	int fd;

	if (!context->payload_cgroup)
		return;
	snprintf(path, sizeof(path), "%s/cgroup.kill", context->payload_cgroup);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (write(fd, "1", 1) != 1)
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
	close(fd);
}

/* Signals again and again, for there may be new ones, until none is left or the time is up. */
static bool signal_until(const struct driver_context *context, int number, bool database_too,
			 uint64_t end_ms)
{
	do {
		uint64_t again_ms = driver_now_ms() + SIGNAL_AGAIN_MS;

		if (number == SIGKILL)
			kill_cgroup(context);
		zimbra_process_signal(context, number, database_too);
		while (driver_now_ms() < again_ms && driver_now_ms() < end_ms) {
			if (has_ended(context, database_too))
				return true;
			pause_ms(LOOK_MS);
		}
	} while (driver_now_ms() < end_ms);
	return has_ended(context, database_too);
}

/* The database outlives its clients for at most half of the time. */
static bool terminate(const struct driver_context *context, uint64_t time_ms)
{
	uint64_t begin_ms = driver_now_ms();

	signal_until(context, SIGTERM, false, begin_ms + time_ms / 2);
	return signal_until(context, SIGTERM, true, begin_ms + time_ms);
}

/* In text: how zmcontrol ended, and its last words. */
static void stop_in_order(const struct driver_context *context, uint32_t time_ms, char *text,
			  size_t size)
{
	static char output[ZIMBRA_OUTPUT_SIZE];
	char ended[32];

	if (!zimbra_control_exists(context, text, size))
		return;
	zimbra_control_ended(zimbra_control_run(context, ZIMBRA_SHUTDOWN, time_ms, output), ended,
			     sizeof(ended));
	snprintf(text, size, "zmcontrol shutdown %s: %.*s", ended, TOLD_SIZE,
		 zimbra_control_last_line(output));
}

static enum outcome kill_rest(struct driver_context *context, const char *order,
			      const char *survivors, uint64_t end_ms)
{
	const struct zimbra_processes *left;
	char names[100];

	if (signal_until(context, SIGKILL, true, end_ms)) {
		snprintf(context->text, sizeof(context->text), "%.140s; %.80s had to be killed",
			 order, survivors);
		return OUTCOME_OK;
	}
	left = zimbra_process_find(context);
	zimbra_process_describe(left, names, sizeof(names));
	snprintf(context->text, sizeof(context->text),
		 "%u processes do not die, not even by KILL: %s; the kernel holds them, probably "
		 "in input or output on a frozen disk",
		 left->count, names);
	return OUTCOME_FAILED;
}

static enum outcome stop(struct driver_context *context)
{
	uint32_t time_ms = left_ms(context);
	uint32_t term_ms = share_ms(time_ms, TERM_SHARE, TERM_MAX_MS);
	uint32_t kill_ms = share_ms(time_ms, KILL_SHARE, KILL_MAX_MS);
	char order[200], survivors[100];

	if (zimbra_process_count(context) == 0) {
		snprintf(context->text, sizeof(context->text), "no process of it runs");
		return OUTCOME_OK;
	}
	stop_in_order(context, time_ms - term_ms - kill_ms, order, sizeof(order));
	if (zimbra_process_count(context) == 0) {
		snprintf(context->text, sizeof(context->text), "%s", order);
		return OUTCOME_OK;
	}
	if (terminate(context, term_ms)) {
		snprintf(context->text, sizeof(context->text), "%.200s; the rest ended after TERM",
			 order);
		return OUTCOME_OK;
	}
	zimbra_process_describe(zimbra_process_find(context), survivors, sizeof(survivors));
	return kill_rest(context, order, survivors, driver_now_ms() + left_ms(context));
}

const struct resource_driver zimbra_driver = {
	.type = "zimbra",
	.validate = zimbra_validate,
	.probe = probe,
	.start = start,
	.stop = stop,
	.monitor = monitor,
	.watch = zimbra_watch,
};
