/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "zimbra_watch.h"

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
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	SERVERS = 64, /* Zimbra has about twenty */
	/* A server that died may have left helpers that still answer once. */
	SECOND_LOOK_MS = 500,
	FIND_SERVERS_MS = 60 * 1000, /* parts that were restarted by hand */
	SIGN_OF_LIFE_MS = 5000,	     /* driver.h: the least that a watch may be silent */
};

/* The result of `zmcontrol status`, as it comes through a pipe: in one piece. */
struct status_result {
	int code;
	char text[160];
};

struct watching {
	struct driver_context *context;
	enum verdict last; /* of the fast checks */

	int inotify; /* of cgroup.events; -1: none */
	int events;  /* cgroup.events itself */

	unsigned server_count;
	int servers[SERVERS]; /* pidfds of processes whose parent is not of the suite */
	uint64_t find_due_ms;

	pid_t status_pid;
	int status; /* the pipe; -1: it is not running */
	uint64_t status_due_ms;
	char status_text[160]; /* empty: all well, or not asked yet */

	uint64_t check_due_ms, second_look_ms;
};

static int tell(struct watching *watching, enum verdict verdict)
{
	return watching->context->tell_verdict(watching->context, verdict);
}

/* ---- the payload cgroup --------------------------------------------------------------------- */

static void open_cgroup_events(struct watching *watching)
{
	char path[CONFIG_PATH_SIZE * 2];

	watching->inotify = watching->events = -1;
	if (!watching->context->payload_cgroup)
		return;
	snprintf(path, sizeof(path), "%s/cgroup.events", watching->context->payload_cgroup);
	watching->events = open(path, O_RDONLY | O_CLOEXEC);
	watching->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (watching->inotify < 0 || inotify_add_watch(watching->inotify, path, IN_MODIFY) >= 0)
		return;
	close(watching->inotify);
	watching->inotify = -1;
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

static int look_for_the_last(struct watching *watching)
{
	if (is_populated(watching) || zimbra_process_count(watching->context) != 0)
		return 0;
	snprintf(watching->context->text, sizeof(watching->context->text),
		 "its last process has ended");
	watching->last = VERDICT_GONE;
	return tell(watching, VERDICT_GONE);
}

static int cgroup_changed(struct watching *watching)
{
	char discarded[1024];

	while (read(watching->inotify, discarded, sizeof(discarded)) > 0)
		;
	return look_for_the_last(watching);
}

/* ---- its servers ---------------------------------------------------------------------------- */

static bool is_parent_of_suite(const struct zimbra_processes *processes, pid_t parent)
{
	for (unsigned i = 0; i < processes->count; i++)
		if (processes->list[i].pid == parent)
			return true;
	return false;
}

static void forget_servers(struct watching *watching)
{
	while (watching->server_count > 0)
		close(watching->servers[--watching->server_count]);
}

static void find_servers(struct watching *watching)
{
	const struct zimbra_processes *processes = zimbra_process_find(watching->context);

	watching->find_due_ms = driver_now_ms() + FIND_SERVERS_MS;
	forget_servers(watching);
	for (unsigned i = 0; i < processes->count && watching->server_count < SERVERS; i++) {
		int fd;

		if (is_parent_of_suite(processes, processes->list[i].parent))
			continue;
		fd = (int)syscall(SYS_pidfd_open, processes->list[i].pid, 0);
		if (fd >= 0)
			watching->servers[watching->server_count++] = fd;
	}
}

static void server_ended(struct watching *watching, unsigned index)
{
	close(watching->servers[index]);
	watching->servers[index] = watching->servers[--watching->server_count];
	watching->check_due_ms = driver_now_ms();
	watching->second_look_ms = watching->check_due_ms + SECOND_LOOK_MS;
	watching->find_due_ms = watching->second_look_ms;
}

/* ---- fast checks ---------------------------------------------------------------------------- */

enum verdict zimbra_watch_look(struct driver_context *context)
{
	char text[ZIMBRA_CHECKS_TEXT_SIZE];

	context->text[0] = '\0';
	if (zimbra_checks_failing(context, text) == 0)
		return VERDICT_OK;
	if (zimbra_process_count(context) == 0) {
		snprintf(context->text, sizeof(context->text), "no process of it runs");
		return VERDICT_GONE;
	}
	snprintf(context->text, sizeof(context->text), "no answer from %s", text);
	return VERDICT_FAILED;
}

/* The interval of the configuration, unless the daemon would take so long a silence for death. */
static uint32_t check_interval_ms(const struct resource_config *resource)
{
	uint32_t longest_ms = resource->monitor_interval_ms > SIGN_OF_LIFE_MS
				      ? resource->monitor_interval_ms
				      : SIGN_OF_LIFE_MS;

	return resource->zimbra.check_interval_ms < longest_ms ? resource->zimbra.check_interval_ms
							       : longest_ms;
}

static void append_status(struct watching *watching)
{
	struct driver_context *context = watching->context;
	size_t length = strlen(context->text);

	if (watching->status_text[0] != '\0')
		snprintf(context->text + length, sizeof(context->text) - length, "%s%s",
			 length ? "; " : "", watching->status_text);
}

static int check(struct watching *watching)
{
	watching->last = zimbra_watch_look(watching->context);
	append_status(watching);
	watching->check_due_ms = driver_now_ms() + check_interval_ms(watching->context->resource);
	if (watching->second_look_ms != 0 && watching->second_look_ms < watching->check_due_ms)
		watching->check_due_ms = watching->second_look_ms;
	watching->second_look_ms = 0;
	return tell(watching, watching->last);
}

/* ---- the second opinion --------------------------------------------------------------------- */

static void judge_status(int code, char *output, struct status_result *result)
{
	char names[96];

	result->code = code;
	if (code == 0)
		return;
	if (code == COMMAND_TIMEOUT)
		snprintf(result->text, sizeof(result->text), "zmcontrol status hangs");
	else if (zimbra_control_stopped(output, names, sizeof(names)) > 0)
		snprintf(result->text, sizeof(result->text), "zmcontrol status: stopped: %s",
			 names);
	else
		snprintf(result->text, sizeof(result->text), "zmcontrol status failed: %.100s",
			 zimbra_control_last_line(output));
}

/* In a child of its own: it may take minutes. */
static void run_status(const struct driver_context *context, int fd)
{
	static char output[ZIMBRA_OUTPUT_SIZE];
	struct status_result result = {0};
	int code;

	prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody waits for the answer then */
	code = zimbra_control_run(context, ZIMBRA_STATUS, context->resource->monitor_timeout_ms,
				  output);
	judge_status(code, output, &result);
	_exit(write(fd, &result, sizeof(result)) == sizeof(result) ? 0 : 1);
}

static void ask_status(struct watching *watching)
{
	int ends[2];

	watching->status_due_ms =
		driver_now_ms() + watching->context->resource->monitor_interval_ms;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return;
	watching->status_pid = fork();
	if (watching->status_pid == 0)
		run_status(watching->context, ends[1]);
	close(ends[1]);
	if (watching->status_pid > 0)
		watching->status = ends[0];
	else
		close(ends[0]);
}

static int status_ended(struct watching *watching)
{
	struct driver_context *context = watching->context;
	struct status_result result = {0};
	bool whole = read(watching->status, &result, sizeof(result)) == sizeof(result);

	close(watching->status);
	watching->status = -1;
	while (waitpid(watching->status_pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (!whole)
		return 0; /* it was killed; asked again in its time */
	result.text[sizeof(result.text) - 1] = '\0';
	memcpy(watching->status_text, result.text, sizeof(watching->status_text));
	if (watching->last != VERDICT_OK && result.code != COMMAND_TIMEOUT)
		return 0; /* counted by the fast checks already, which will tell it too */
	context->text[0] = '\0';
	append_status(watching);
	return tell(watching, watching->last == VERDICT_OK ? VERDICT_OK : VERDICT_TIMEOUT);
}

/* ---- all together --------------------------------------------------------------------------- */

static bool status_is_asked(const struct watching *watching)
{
	return watching->context->resource->monitor_interval_ms != 0 && watching->status < 0;
}

static int next_wait_ms(const struct watching *watching)
{
	uint64_t now_ms = driver_now_ms(), due_ms = watching->check_due_ms;

	if (watching->find_due_ms < due_ms)
		due_ms = watching->find_due_ms;
	if (status_is_asked(watching) && watching->status_due_ms < due_ms)
		due_ms = watching->status_due_ms;
	return due_ms > now_ms ? (int)(due_ms - now_ms) : 0;
}

/* What happened, until the next thing is due. -1: the daemon is gone. */
static int await(struct watching *watching)
{
	enum { INOTIFY, STATUS, FIRST_SERVER };
	struct pollfd fds[FIRST_SERVER + SERVERS] = {
		[INOTIFY] = {.fd = watching->inotify, .events = POLLIN},
		[STATUS] = {.fd = watching->status, .events = POLLIN},
	};
	unsigned count = watching->server_count;

	for (unsigned i = 0; i < count; i++)
		fds[FIRST_SERVER + i] =
			(struct pollfd){.fd = watching->servers[i], .events = POLLIN};
	if (poll(fds, FIRST_SERVER + count, next_wait_ms(watching)) < 0)
		return errno == EINTR ? 0 : -1;
	if (fds[INOTIFY].revents && cgroup_changed(watching) != 0)
		return -1;
	if (fds[STATUS].revents && status_ended(watching) != 0)
		return -1;
	for (unsigned i = count;
	     i-- > 0;) /* backwards: the last one takes the place of a dead one */
		if (fds[FIRST_SERVER + i].revents)
			server_ended(watching, i);
	return 0;
}

static int do_what_is_due(struct watching *watching)
{
	uint64_t now_ms = driver_now_ms();

	if (now_ms >= watching->find_due_ms)
		find_servers(watching);
	if (status_is_asked(watching) && now_ms >= watching->status_due_ms)
		ask_status(watching);
	return now_ms >= watching->check_due_ms ? check(watching) : 0;
}

void zimbra_watch(struct driver_context *context)
{
	struct watching watching = {.context = context, .last = VERDICT_OK, .status = -1};

	context->deadline_ms = UINT64_MAX; /* a watch has none */
	open_cgroup_events(&watching);
	watching.status_due_ms = driver_now_ms() + context->resource->monitor_interval_ms;
	/* It may have ended before anybody looked. */
	if (watching.inotify >= 0 && look_for_the_last(&watching) != 0)
		return;
	while (do_what_is_due(&watching) == 0 && await(&watching) == 0)
		;
}
