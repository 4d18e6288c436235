/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The mail suite. It is started and stopped by its own zmcontrol, whose exit codes and pid files
 * are not believed: what counts are its processes and what answers on its ports.
 */
#include "command.h"
#include "zimbra_checks.h"
#include "zimbra_control.h"
#include "zimbra_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	LOOK_MS = 100,	   /* between looks at what should change */
	RESERVE_MS = 1000, /* kept from a deadline, to tell what happened */
	TERM_SHARE = 5,	   /* a fifth of a stop's time is for TERM, */
	KILL_SHARE = 5,	   /* a fifth for KILL, the rest for zmcontrol */
	FAILED_STATUS = 1,
};

static void pause_ms(unsigned ms)
{
	struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000};

	nanosleep(&pause, NULL);
}

static uint32_t left_ms(const struct driver_context *context, uint32_t reserve_ms)
{
	uint64_t now = driver_now_ms() + reserve_ms;

	return now < context->deadline_ms ? (uint32_t)(context->deadline_ms - now) : 0;
}

static unsigned running(const struct driver_context *context)
{
	uid_t uid;
	gid_t gid;

	zimbra_user(context, &uid, &gid);
	return zimbra_processes(context, uid, NULL, NULL);
}

/* ---- probe and monitor ---------------------------------------------------------------------- */

static enum outcome probe(struct driver_context *context)
{
	char names[128];
	unsigned count = running(context);

	if (count == 0) {
		snprintf(context->text, sizeof(context->text), "no process of it runs");
		return OUTCOME_DOWN;
	}
	if (zimbra_checks_failing(context, names, sizeof(names)) == 0) {
		snprintf(context->text, sizeof(context->text), "%u processes, all answers", count);
		return OUTCOME_UP;
	}
	snprintf(context->text, sizeof(context->text), "%u processes, no answer from %s", count,
		 names);
	return OUTCOME_PARTIAL;
}

static enum verdict monitor(struct driver_context *context)
{
	char names[128];

	if (zimbra_checks_failing(context, names, sizeof(names)) == 0) {
		context->text[0] = '\0';
		return VERDICT_OK;
	}
	snprintf(context->text, sizeof(context->text), "no answer from %s", names);
	return VERDICT_FAILED;
}

/* ---- start ---------------------------------------------------------------------------------- */

/* Left behind by root's tools, it would keep the mail store from starting. */
static void give_redo_log(const struct driver_context *context)
{
	char path[CONFIG_PATH_SIZE + 32];
	uid_t uid;
	gid_t gid;

	snprintf(path, sizeof(path), "%s/redolog/redo.log", context->resource->zimbra.directory);
	if (zimbra_user(context, &uid, &gid) && lchown(path, uid, gid) != 0 && errno != ENOENT)
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
}

static enum outcome wait_for_answers(struct driver_context *context, int code, char *output)
{
	char names[128];

	while (zimbra_checks_failing(context, names, sizeof(names)) != 0) {
		if (left_ms(context, RESERVE_MS) == 0) {
			snprintf(context->text, sizeof(context->text),
				 "no answer from %.60s; zmcontrol ended with %d: %.120s", names,
				 code, zimbra_last_line(output));
			return OUTCOME_FAILED;
		}
		pause_ms(LOOK_MS);
	}
	snprintf(context->text, sizeof(context->text), "everything answers");
	return OUTCOME_OK;
}

static enum outcome start(struct driver_context *context)
{
	char output[ZIMBRA_OUTPUT_SIZE] = "";
	uid_t uid;
	gid_t gid;
	int code;

	if (!zimbra_user(context, &uid, &gid)) {
		snprintf(context->text, sizeof(context->text),
			 "there is no user %s on this node; install the suite here too",
			 context->resource->zimbra.user);
		return OUTCOME_FAILED;
	}
	if (!zimbra_control_exists(context)) {
		snprintf(context->text, sizeof(context->text),
			 "%.160s has no bin/zmcontrol: is the right file system mounted there?",
			 context->resource->zimbra.directory);
		return OUTCOME_FAILED;
	}
	if (running(context) == 0)
		zimbra_remove_stale_files(context);
	give_redo_log(context);
	code = zimbra_control(context, "startup", left_ms(context, 2 * RESERVE_MS), output);
	if (code == COMMAND_TIMEOUT) {
		snprintf(context->text, sizeof(context->text),
			 "zmcontrol hung until its deadline; last it said: %.120s",
			 zimbra_last_line(output));
		return OUTCOME_FAILED;
	}
	return wait_for_answers(context, code, output);
}

/* ---- stop ----------------------------------------------------------------------------------- */

/* Signals until none is left or the time is up; true: none is. */
static bool signal_until(struct driver_context *context, int number, uint32_t time_ms)
{
	uint64_t end_ms = driver_now_ms() + time_ms;
	uid_t uid;
	gid_t gid;

	zimbra_user(context, &uid, &gid);
	/* The database outlives its clients for the first half. */
	while (zimbra_signal(context, uid, number, driver_now_ms() + time_ms / 2 >= end_ms)) {
		uint64_t next_ms = driver_now_ms() + (number == SIGKILL ? LOOK_MS : time_ms / 4);

		while (driver_now_ms() < next_ms && running(context) != 0)
			pause_ms(20);
		if (driver_now_ms() >= end_ms)
			return running(context) == 0;
	}
	return true;
}

static enum outcome stop(struct driver_context *context)
{
	uint32_t time_ms = left_ms(context, RESERVE_MS);
	uint32_t term_ms = time_ms / TERM_SHARE, kill_ms = time_ms / KILL_SHARE;
	char output[ZIMBRA_OUTPUT_SIZE] = "";
	int code = 0;

	if (running(context) == 0) {
		snprintf(context->text, sizeof(context->text), "no process of it runs");
		return OUTCOME_OK;
	}
	if (zimbra_control_exists(context))
		code = zimbra_control(context, "shutdown", time_ms - term_ms - kill_ms, output);
	if (running(context) == 0) {
		snprintf(context->text, sizeof(context->text), "stopped in order");
		return OUTCOME_OK;
	}
	if (signal_until(context, SIGTERM, term_ms) || signal_until(context, SIGKILL, kill_ms)) {
		snprintf(context->text, sizeof(context->text),
			 "stopped by signals; zmcontrol %s%d: %.120s",
			 code == COMMAND_TIMEOUT ? "hung, " : "ended with ", code,
			 zimbra_last_line(output));
		return OUTCOME_OK;
	}
	snprintf(context->text, sizeof(context->text),
		 "%u processes do not die, not even by KILL; the kernel holds them",
		 running(context));
	return OUTCOME_FAILED;
}

/* ---- watch ---------------------------------------------------------------------------------- */

struct watching {
	struct driver_context *context;
	int inotify; /* of cgroup.events; -1: none */
	int events;  /* cgroup.events itself */
	int status;  /* pidfd of `zmcontrol status`; -1: not running */
	pid_t status_pid;
	uint64_t status_due_ms; /* 0: never */
	uint64_t check_due_ms;
};

static void open_cgroup_events(struct watching *watching)
{
	char path[CONFIG_PATH_SIZE * 2];

	watching->inotify = watching->events = -1;
	if (!watching->context->payload_cgroup)
		return;
	snprintf(path, sizeof(path), "%s/cgroup.events", watching->context->payload_cgroup);
	watching->events = open(path, O_RDONLY | O_CLOEXEC);
	watching->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (watching->inotify >= 0 && inotify_add_watch(watching->inotify, path, IN_MODIFY) < 0) {
		close(watching->inotify);
		watching->inotify = -1;
	}
}

static bool is_populated(const struct watching *watching)
{
	char text[128];
	ssize_t length = pread(watching->events, text, sizeof(text) - 1, 0);

	if (length <= 0)
		return true;
	text[length] = '\0';
	return strstr(text, "populated 1") != NULL;
}

static int tell(struct watching *watching, enum verdict verdict)
{
	return watching->context->tell_verdict(watching->context, verdict);
}

/* The last process of the suite has ended. */
static int cgroup_changed(struct watching *watching)
{
	char discarded[512];

	while (read(watching->inotify, discarded, sizeof(discarded)) > 0)
		;
	if (is_populated(watching))
		return 0;
	snprintf(watching->context->text, sizeof(watching->context->text),
		 "its last process has ended");
	return tell(watching, VERDICT_GONE);
}

/* The slow second opinion runs beside the fast checks: it may hang for minutes. */
static void ask_status(struct watching *watching)
{
	const struct resource_config *resource = watching->context->resource;

	watching->status_due_ms = driver_now_ms() + resource->monitor_interval_ms;
	watching->status_pid = fork();
	if (watching->status_pid == 0) {
		int code = zimbra_control(watching->context, "status", resource->monitor_timeout_ms,
					  NULL);

		_exit(code == 0 ? 0 : code == COMMAND_TIMEOUT ? 2 : FAILED_STATUS);
	}
	if (watching->status_pid > 0)
		watching->status = (int)syscall(SYS_pidfd_open, watching->status_pid, 0);
}

static int status_ended(struct watching *watching)
{
	struct driver_context *context = watching->context;
	int status = 0;

	close(watching->status);
	watching->status = -1;
	waitpid(watching->status_pid, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	/* The fast checks judge; this is only told. */
	snprintf(context->text, sizeof(context->text), "zmcontrol status %s",
		 WIFEXITED(status) && WEXITSTATUS(status) == 2 ? "does not answer in time"
							       : "says that a part is stopped");
	return tell(watching, VERDICT_OK);
}

static int check(struct watching *watching)
{
	watching->check_due_ms =
		driver_now_ms() + watching->context->resource->zimbra.check_interval_ms;
	return tell(watching, monitor(watching->context));
}

static int next_wait_ms(const struct watching *watching)
{
	uint64_t now = driver_now_ms();
	uint64_t due = watching->check_due_ms;

	if (watching->status_due_ms != 0 && watching->status < 0 && watching->status_due_ms < due)
		due = watching->status_due_ms;
	return due > now ? (int)(due - now) : 0;
}

static int watch_round(struct watching *watching)
{
	struct pollfd fds[] = {
		{.fd = watching->inotify, .events = POLLIN},
		{.fd = watching->status, .events = POLLIN},
	};

	if (poll(fds, 2, next_wait_ms(watching)) < 0 && errno != EINTR)
		return -1;
	if (fds[0].revents && cgroup_changed(watching) != 0)
		return -1;
	if (fds[1].revents && status_ended(watching) != 0)
		return -1;
	if (watching->status_due_ms != 0 && watching->status < 0 &&
	    driver_now_ms() >= watching->status_due_ms)
		ask_status(watching);
	return driver_now_ms() >= watching->check_due_ms ? check(watching) : 0;
}

static void watch(struct driver_context *context)
{
	struct watching watching = {.context = context, .status = -1};

	open_cgroup_events(&watching);
	watching.check_due_ms = driver_now_ms();
	if (context->resource->monitor_interval_ms != 0)
		watching.status_due_ms = driver_now_ms() + context->resource->monitor_interval_ms;
	/* It may have ended before anybody looked. */
	if (watching.inotify >= 0 && !is_populated(&watching) && running(context) == 0) {
		snprintf(context->text, sizeof(context->text), "no process of it runs");
		if (tell(&watching, VERDICT_GONE) != 0)
			return;
	}
	while (watch_round(&watching) == 0)
		;
}

/* ---- validate ------------------------------------------------------------------------------- */

static bool exists(const char *path)
{
	struct stat facts;

	return lstat(path, &facts) == 0;
}

static void report_boot_service(struct driver_report *report)
{
	static const char *const enabled[] = {
		"/etc/systemd/system/multi-user.target.wants/zimbra.service",
		"/etc/rc2.d/S99zimbra", "/etc/rc3.d/S99zimbra", "/etc/rc5.d/S99zimbra"};

	for (unsigned i = 0; i < sizeof(enabled) / sizeof(enabled[0]); i++) {
		char text[256];

		if (!exists(enabled[i]))
			continue;
		snprintf(text, sizeof(text),
			 "%s: the suite's own boot service is enabled and would start it beside "
			 "zcsmgr; disable it (systemctl disable zimbra, or update-rc.d zimbra "
			 "disable)",
			 enabled[i]);
		report->add(report, FINDING_ERROR, text);
		return;
	}
	report->add(report, FINDING_OK, "the suite's own boot service is not enabled");
}

static void validate(struct driver_context *context, struct driver_report *report)
{
	const struct zimbra_config *zimbra = &context->resource->zimbra;
	char text[512];
	uid_t uid;
	gid_t gid;

	if (zimbra_user(context, &uid, &gid))
		snprintf(text, sizeof(text),
			 "user %s is %u, group %u: they must be the same on every node",
			 zimbra->user, uid, gid);
	else
		snprintf(text, sizeof(text),
			 "there is no user %s; install the suite's packages on this node too, "
			 "with the same user id as on the others",
			 zimbra->user);
	report->add(report, uid == (uid_t)-1 ? FINDING_ERROR : FINDING_OK, text);
	report_boot_service(report);
	if (zimbra_control_exists(context))
		snprintf(text, sizeof(text), "%s/bin/zmcontrol is there", zimbra->directory);
	else
		snprintf(text, sizeof(text),
			 "%s/bin/zmcontrol is not there: right on a node where the file system is "
			 "not mounted",
			 zimbra->directory);
	report->add(report, FINDING_OK, text);
}

const struct resource_driver zimbra_driver = {
	.type = "zimbra",
	.validate = validate,
	.probe = probe,
	.start = start,
	.stop = stop,
	.monitor = monitor,
	.watch = watch,
};
