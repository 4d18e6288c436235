/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The life of a child: it runs until it ends or its deadline comes; then all that it started is
 * killed, if anything is left; and only when nothing of it lives any more, its end is reported. A
 * resource on which an unkillable umount still works is not stopped, whatever its parent said.
 */
#include "executor.h"

#include <errno.h>
#include <poll.h>
#include <qb/qblog.h>
#include <qb/qbutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "executor_internal.h"
#include "names.h"

enum {
	STUCK_AFTER_MS = 2000,
	LOOK_MS = 10,	       /* how often after SIGKILL; then more and more seldom */
	LOOK_STUCK_MS = 1000,  /* and when it is stuck */
	LOOK_ENDED_MS = 100,   /* when it ended, but cannot be reaped yet */
	FENCE_SLACK_MS = 5000, /* the agent's own deadlines come first, with better words */
	RECORDS_AT_ONCE = 8,   /* then others have their turn */
};

void executor_disarm(struct executor *executor, qb_loop_timer_handle *timer)
{
	if (*timer)
		qb_loop_timer_del(executor->loop, *timer);
	*timer = 0;
}

void executor_arm(struct executor *executor, qb_loop_timer_handle *timer, uint64_t at_ms,
		  void (*expired)(void *), void *data)
{
	uint64_t now_ms = driver_now_ms();
	uint64_t after_ms = at_ms > now_ms ? at_ms - now_ms : 0;

	executor_disarm(executor, timer);
	if (qb_loop_timer_add(executor->loop, QB_LOOP_MED, after_ms * QB_TIME_NS_IN_MSEC, data,
			      expired, timer) != 0)
		qb_log(LOG_ERR, "no memory for a timer");
}

/* ---- the end of a child --------------------------------------------------------------------- */

static void remove_child(struct child *child)
{
	struct child **at = &child->executor->children;

	while (*at != child)
		at = &(*at)->next;
	*at = child->next;
	child->executor->child_count--;
}

static void stop_listening(struct child *child)
{
	if (child->process.fd < 0)
		return;
	/* Before closing: PLATFORM.md 4.2. */
	qb_loop_poll_del(child->executor->loop, child->process.fd);
	close(child->process.fd);
	child->process.fd = -1;
}

static void free_child(struct child *child)
{
	executor_disarm(child->executor, &child->timer);
	stop_listening(child);
	if (child->process.pidfd >= 0 && !child->ended)
		qb_loop_poll_del(child->executor->loop, child->process.pidfd);
	process_close(&child->process);
	free(child);
}

/* The outcome of a child that is over, and its words. */
static enum outcome judge(struct child *child)
{
	uint64_t seconds = (driver_now_ms() - child->started_ms + 500) / 1000;

	if (child->stuck)
		snprintf(child->text, sizeof(child->text),
			 "it was killed and has ended after all, %llu s after its start",
			 (unsigned long long)seconds);
	else if (child->cancelled)
		snprintf(child->text, sizeof(child->text), "it was called off");
	else if (child->overdue && child->kind == CHILD_WATCH)
		snprintf(child->text, sizeof(child->text),
			 "it gave no sign of life and was killed");
	else if (child->overdue)
		snprintf(child->text, sizeof(child->text),
			 "it was not done within %llu s and was killed",
			 (unsigned long long)(child->deadline_ms - child->started_ms) / 1000);
	if (child->overdue || child->stuck)
		return OUTCOME_TIMEOUT;
	if (child->told && child->process.status == 0)
		return child->outcome;
	process_describe(&child->process, child->text, sizeof(child->text));
	return OUTCOME_FAILED;
}

static void take_records(struct child *child, unsigned count);

/* Frees the child, then tells: who is told may start and kill others. */
static void finish(struct child *child)
{
	const struct executor_callbacks *callbacks = child->executor->callbacks;
	void *data = child->executor->data;
	struct child over;

	take_records(child, EXECUTOR_CHILDREN);
	over = *child;
	over.outcome = judge(&over);
	remove_child(child);
	free_child(child);
	switch (over.kind) {
	case CHILD_OPERATION:
		callbacks->done(data, over.id, over.outcome, over.text);
		break;
	case CHILD_FENCE:
		callbacks->fenced(data, over.id, over.nodeid, over.outcome == OUTCOME_OK,
				  over.text);
		break;
	case CHILD_WATCH:
		if (over.watch)
			executor_watch_ended(over.watch, over.text);
	}
}

static void kill_child(struct child *child, uint64_t now_ms)
{
	process_kill(&child->process);
	if (child->killed_ms == 0)
		child->killed_ms = now_ms;
}

static void tell_stuck(struct child *child)
{
	const struct executor_callbacks *callbacks = child->executor->callbacks;
	char where[128], text[EXECUTOR_TEXT_SIZE];

	child->stuck = true;
	process_whereabouts(&child->process, where, sizeof(where));
	snprintf(text, sizeof(text), "SIGKILL does not end it: %s", where);
	qb_log(LOG_ERR, "%s: %s", child->name, text);
	/* A fence agent that may still do something has not failed yet. */
	if (child->kind == CHILD_OPERATION)
		callbacks->done(child->executor->data, child->id, OUTCOME_STUCK, text);
}

static uint64_t next_look_ms(const struct child *child, uint64_t now_ms)
{
	if (child->stuck)
		return now_ms + LOOK_STUCK_MS;
	if (child->killed_ms)
		return now_ms + LOOK_MS + (now_ms - child->killed_ms) / 8;
	if (child->ended && now_ms + LOOK_ENDED_MS < child->deadline_ms)
		return now_ms + LOOK_ENDED_MS;
	return child->deadline_ms;
}

/* Does what is due. The child may be gone afterwards. */
static void look(void *data)
{
	struct child *child = data;
	uint64_t now_ms = driver_now_ms();

	executor_disarm(child->executor, &child->timer);
	if (process_gone(&child->process)) {
		finish(child);
		return;
	}
	if (child->process.dead || child->killed_ms) {
		kill_child(child, now_ms); /* what it left, and what was forked since */
	} else if (now_ms >= child->deadline_ms) {
		child->overdue = true;
		kill_child(child, now_ms);
	}
	if (next_look_ms(child, now_ms) != UINT64_MAX)
		executor_arm(child->executor, &child->timer, next_look_ms(child, now_ms), look,
			     child);
	if (child->killed_ms && !child->stuck && now_ms >= child->killed_ms + STUCK_AFTER_MS)
		tell_stuck(child);
}

void executor_kill(struct child *child)
{
	uint64_t now_ms = driver_now_ms();

	child->overdue = true;
	kill_child(child, now_ms);
	executor_arm(child->executor, &child->timer, next_look_ms(child, now_ms), look, child);
}

/* ---- what a child tells --------------------------------------------------------------------- */

static void take_record(struct child *child, const struct process_record *record)
{
	if (child->kind == CHILD_WATCH) {
		if (child->watch)
			executor_watch_told(child->watch, record);
		return;
	}
	if (record->kind != PROCESS_OUTCOME)
		return;
	/* Stuck is the executor's to say. */
	child->told = record->value >= OUTCOME_OK && record->value < OUTCOME_STUCK;
	child->outcome = (enum outcome)record->value;
	memcpy(child->text, record->text, sizeof(child->text));
}

static void take_records(struct child *child, unsigned count)
{
	struct process_record record;
	int received = 1;

	while (count-- > 0 && (received = process_receive(&child->process, &record)) > 0)
		take_record(child, &record);
	if (received < 0)
		stop_listening(child);
}

static int32_t on_records(int32_t fd, int32_t events, void *data)
{
	(void)fd;
	(void)events;
	take_records(data, RECORDS_AT_ONCE);
	return 0;
}

static int32_t on_end(int32_t fd, int32_t events, void *data)
{
	struct child *child = data;

	(void)events;
	/* It stays readable, and the loop would spin while the child cannot be reaped. */
	qb_loop_poll_del(child->executor->loop, fd);
	child->ended = true;
	look(child);
	return 0;
}

/* ---- starting ------------------------------------------------------------------------------- */

/* A child's own cgroup, and the payload's. Without them the child works all the same. */
static void make_cgroups(struct executor *executor, const struct service_config *service, char *own,
			 char *payload)
{
	char directory[CONFIG_NAME_SIZE + 8], parent[CGROUP_PATH_SIZE];
	int made;

	own[0] = payload[0] = '\0';
	if (!executor->base[0])
		return;
	if (service) {
		snprintf(directory, sizeof(directory), "service-%s", service->name);
		made = cgroup_make(payload, CGROUP_PATH_SIZE, executor->base, directory, "payload");
		if (made == 0)
			made = cgroup_make(parent, sizeof(parent), executor->base, directory,
					   "children");
	} else {
		made = cgroup_make(parent, sizeof(parent), executor->base, "fencing", NULL);
	}
	if (made == 0)
		made = cgroup_make_new(own, CGROUP_PATH_SIZE, parent);
	if (made == 0)
		return;
	own[0] = payload[0] = '\0';
	if (!executor->cgroup_failed)
		qb_log(LOG_WARNING, "no cgroup below %s: %s; children run without", executor->base,
		       strerror(errno));
	executor->cgroup_failed = true;
}

static void (*run_of(enum child_kind kind))(int, void *)
{
	switch (kind) {
	case CHILD_OPERATION:
		return executor_child_operation;
	case CHILD_WATCH:
		return executor_child_watch;
	case CHILD_FENCE:
		return executor_child_fence;
	}
	return NULL;
}

/* Supervision first, then the child may go. */
static int supervise(struct child *child)
{
	qb_loop_t *loop = child->executor->loop;
	struct process *process = &child->process;
	int error;

	error = qb_loop_poll_add(loop, QB_LOOP_MED, process->pidfd, POLLIN, child, on_end);
	if (error == 0) {
		error = qb_loop_poll_add(loop, QB_LOOP_MED, process->fd, POLLIN, child, on_records);
		if (error == 0 && process_go(process) == 0) {
			if (child->deadline_ms != UINT64_MAX)
				executor_arm(child->executor, &child->timer, child->deadline_ms,
					     look, child);
			return 0;
		}
		qb_loop_poll_del(loop, process->fd);
		qb_loop_poll_del(loop, process->pidfd);
	}
	process_close(process);
	errno = error ? -error : EPIPE;
	return -1;
}

static int start(struct child *child, struct executor_child *work)
{
	static const char *const names[] = {"zcsmgr-operate", "zcsmgr-watch", "zcsmgr-fence"};
	char own[CGROUP_PATH_SIZE], payload[CGROUP_PATH_SIZE];
	struct process_task task = {names[child->kind], own, run_of(child->kind), work};
	int error;

	make_cgroups(child->executor, work->service, own, payload);
	work->payload_cgroup = payload[0] ? payload : NULL;
	work->node = child->executor->node;
	work->deadline_ms = child->deadline_ms;
	if (process_start(&child->process, &task) == 0 && supervise(child) == 0)
		return 0;
	error = errno;
	if (own[0])
		cgroup_remove(own);
	errno = error;
	return -1;
}

struct child *executor_start(struct executor *executor, const struct child *pattern,
			     struct executor_child *work)
{
	struct child *child;

	if (executor->child_count >= EXECUTOR_CHILDREN) {
		qb_log(LOG_ERR, "%s: not started, there are %d children already", pattern->name,
		       EXECUTOR_CHILDREN);
		errno = EAGAIN;
		return NULL;
	}
	child = malloc(sizeof(*child));
	if (!child)
		return NULL;
	*child = *pattern;
	child->executor = executor;
	child->started_ms = driver_now_ms();
	if (start(child, work) != 0) {
		qb_log(LOG_ERR, "%s: no child process: %s", child->name, strerror(errno));
		free(child);
		return NULL;
	}
	child->next = executor->children;
	executor->children = child;
	executor->child_count++;
	return child;
}

int executor_run(struct executor *executor, uint64_t id, enum operation operation,
		 const struct service_config *service, int service_index, int resource_index,
		 uint32_t timeout_ms, bool peer_fenced)
{
	struct child child = {
		.kind = CHILD_OPERATION,
		.id = id,
		.service_index = service_index,
		.deadline_ms = driver_now_ms() + timeout_ms,
	};
	struct executor_child work = {
		.service = service,
		.resource = resource_index,
		.operation = operation,
		.peer_fenced = peer_fenced,
	};

	if (resource_index < 0 || (unsigned)resource_index >= service->resource_count) {
		errno = EINVAL;
		return -1;
	}
	snprintf(child.name, sizeof(child.name), "%s of %s/%s", names_operation(operation),
		 service->name, service->resources[resource_index].name);
	return executor_start(executor, &child, &work) ? 0 : -1;
}

void executor_cancel(struct executor *executor, uint64_t id)
{
	for (struct child *child = executor->children; child; child = child->next)
		if (child->kind == CHILD_OPERATION && child->id == id && !child->overdue) {
			child->cancelled = true;
			executor_kill(child);
		}
}

int executor_fence(struct executor *executor, uint64_t id, uint32_t nodeid,
		   const struct fencing_config *fencing, bool on)
{
	struct child child = {
		.kind = CHILD_FENCE,
		.id = id,
		.nodeid = nodeid,
		.service_index = -1,
		.deadline_ms = driver_now_ms() + 2 * (uint64_t)fencing->timeout_ms + FENCE_SLACK_MS,
	};
	struct executor_child work = {.fencing = fencing, .on = on};

	snprintf(child.name, sizeof(child.name), "switching %s %s", fencing->node,
		 on ? "on" : "off");
	return executor_start(executor, &child, &work) ? 0 : -1;
}

bool executor_busy(const struct executor *executor, int service_index)
{
	for (const struct child *child = executor->children; child; child = child->next)
		if (child->kind == CHILD_OPERATION && child->service_index == service_index)
			return true;
	return false;
}

/* ---- what an earlier daemon left ------------------------------------------------------------ */

static bool is_ours(const char *cgroup, void *data)
{
	const struct executor *executor = data;

	for (const struct child *child = executor->children; child; child = child->next)
		if (strcmp(child->process.cgroup, cgroup) == 0)
			return true;
	return false;
}

bool executor_sweep(struct executor *executor, const struct service_config *service)
{
	char directory[2 * CONFIG_NAME_SIZE], path[CGROUP_PATH_SIZE];

	if (!executor->base[0])
		return true;
	snprintf(directory, sizeof(directory), "service-%s", service->name);
	if (cgroup_make(path, sizeof(path), executor->base, directory, "children") != 0)
		return true; /* there is none, so nothing lives in it */
	return cgroup_sweep(path, is_ours, executor);
}

static void sweep_fencing(struct executor *executor)
{
	char path[CGROUP_PATH_SIZE];

	/* An agent that goes on working would switch off a node that has come back. */
	if (cgroup_make(path, sizeof(path), executor->base, "fencing", NULL) == 0)
		cgroup_sweep(path, is_ours, executor);
}

/* ---- opening and closing -------------------------------------------------------------------- */

struct executor *executor_open(qb_loop_t *loop, const char *node,
			       const struct executor_callbacks *callbacks, void *data)
{
	struct executor *executor = calloc(1, sizeof(*executor));
	char why[CGROUP_PATH_SIZE + 128];

	if (!executor)
		return NULL;
	executor->loop = loop;
	executor->callbacks = callbacks;
	executor->data = data;
	snprintf(executor->node, sizeof(executor->node), "%s", node);
	if (cgroup_open(executor->base, sizeof(executor->base), why, sizeof(why)) == 0) {
		sweep_fencing(executor);
		return executor;
	}
	executor->base[0] = '\0';
	qb_log(LOG_WARNING,
	       "no cgroups (%s): what an earlier daemon's children left running is not found, and "
	       "what a child started is killed only if it stayed in its session",
	       why);
	return executor;
}

void executor_close(struct executor *executor)
{
	if (!executor)
		return;
	executor_watch_close(executor);
	while (executor->children) {
		struct child *child = executor->children;

		executor->children = child->next;
		free_child(child);
	}
	free(executor);
}
