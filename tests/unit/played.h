/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A corosync and an executor that are played: they take the places of cluster.c and executor.c in
 * the one test program that includes this. What is sent comes back, as with a group of one;
 * operations end as they are told to, in the main loop.
 */
#ifndef ZCSMGR_TESTS_PLAYED_H
#define ZCSMGR_TESTS_PLAYED_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cluster.h"
#include "executor.h"
#include "loop.h"
#include "reset.h"

enum { PLAYED_LOG = 256 };

/* ---- corosync -------------------------------------------------------------------------------- */

struct sent {
	struct sent *next;
	size_t size;
	uint8_t bytes[];
};

static struct cluster {
	qb_loop_t *loop;
	const struct cluster_callbacks *callbacks;
	void *data;
	bool connected, delivering;
	struct cluster_info info;
	struct sent *sent;
	unsigned sent_count;
	uint64_t ring;
} corosync;

static void corosync_forget(void)
{
	while (corosync.sent) {
		struct sent *sent = corosync.sent;

		corosync.sent = sent->next;
		free(sent);
	}
}

static void corosync_deliver(void *data)
{
	(void)data;
	corosync.delivering = false;
	while (corosync.sent && corosync.connected) {
		struct sent *sent = corosync.sent;

		corosync.sent = sent->next;
		corosync.callbacks->message(corosync.data, corosync.info.local_nodeid,
					    corosync.info.local_pid, sent->bytes, sent->size);
		free(sent);
	}
}

struct cluster *cluster_open(qb_loop_t *loop, const struct cluster_callbacks *callbacks, void *data)
{
	struct cluster_info info = corosync.info;

	memset(&corosync, 0, sizeof(corosync));
	corosync.loop = loop;
	corosync.callbacks = callbacks;
	corosync.data = data;
	corosync.info = info;
	return &corosync;
}

int cluster_send(struct cluster *cluster, const void *bytes, size_t size)
{
	struct sent **end = &cluster->sent, *sent;
	qb_loop_timer_handle handle;

	if (!cluster->connected) {
		errno = ENOTCONN;
		return -1;
	}
	while (*end)
		end = &(*end)->next;
	sent = malloc(sizeof(*sent) + size);
	sent->next = NULL;
	sent->size = size;
	memcpy(sent->bytes, bytes, size);
	*end = sent;
	cluster->sent_count++;
	if (!cluster->delivering)
		qb_loop_timer_add(cluster->loop, QB_LOOP_MED, QB_TIME_NS_IN_MSEC, NULL,
				  corosync_deliver, &handle);
	cluster->delivering = true;
	return 0;
}

bool cluster_connected(const struct cluster *cluster)
{
	return cluster->connected;
}

void cluster_close(struct cluster *cluster)
{
	cluster->connected = false;
	corosync_forget();
}

static inline void corosync_name_nodes(const char *const *names, unsigned count)
{
	strcpy(corosync.info.cluster_name, "zcs");
	corosync.info.local_nodeid = 1;
	corosync.info.local_pid = (uint32_t)getpid();
	corosync.info.token_ms = 1000;
	corosync.info.consensus_ms = 1200;
	corosync.info.node_count = count;
	for (unsigned i = 0; i < count; i++) {
		corosync.info.nodes[i].nodeid = i + 1;
		strcpy(corosync.info.nodes[i].name, names[i]);
	}
}

/* All that a corosync tells that has just been joined; the daemon is alone in its group. */
static inline void corosync_connect(void)
{
	struct cluster_ring ring = {.nodeid = 1, .seq = ++corosync.ring};
	struct cluster_member self = {.nodeid = 1, .pid = corosync.info.local_pid};
	uint32_t nodeid = 1;

	corosync.connected = true;
	corosync.callbacks->connected(corosync.data, &corosync.info);
	corosync.callbacks->members(corosync.data, &self, 1, NULL, 0, &self, 1);
	corosync.callbacks->ring(corosync.data, ring, &nodeid, 1);
	corosync.callbacks->quorum(corosync.data, true, ring);
}

static inline void corosync_disconnect(void)
{
	corosync.connected = false;
	corosync_forget();
	corosync.callbacks->disconnected(corosync.data, "played");
}

/* ---- the executor ---------------------------------------------------------------------------- */

struct played_end {
	enum outcome outcome;
	const char *text;
};

static struct executor {
	qb_loop_t *loop;
	const struct executor_callbacks *callbacks;
	void *data;
	bool is_up[CONFIG_SERVICES][CONFIG_RESOURCES];
	bool watched[CONFIG_SERVICES][CONFIG_RESOURCES];
	unsigned watch_count;
	bool sweep_fails, run_fails, never_ends;
	unsigned sweeps;
	/* How the next of a kind ends, other than well. */
	struct played_end next[OPERATION_RESUME + 1];
	unsigned run_count;
	char log[PLAYED_LOG][64]; /* "start zimbra/drbd" */
	unsigned log_count;
	void (*on_run)(const char *what);
} played;

/* The machine that is never reset. */
static struct {
	unsigned syncs, resets;
	void (*on_reset)(void);
} machine;

void reset_sync(uint32_t patience_ms)
{
	(void)patience_ms;
	machine.syncs++;
}

void reset_machine(char *text, size_t size)
{
	snprintf(text, size, "sysrq: none; reboot: Operation not permitted");
	machine.resets++;
	if (machine.on_reset)
		machine.on_reset();
}

struct played_run {
	uint64_t id;
	struct played_end end;
};

struct executor *executor_open(qb_loop_t *loop, const char *node,
			       const struct executor_callbacks *callbacks, void *data)
{
	(void)node;
	played.loop = loop;
	played.callbacks = callbacks;
	played.data = data;
	return &played;
}

static void played_ended(void *data)
{
	struct played_run run = *(struct played_run *)data;

	free(data);
	played.run_count--;
	played.callbacks->done(played.data, run.id, run.end.outcome, run.end.text);
}

static struct played_end played_result(enum operation operation, int service, int resource)
{
	bool *up = &played.is_up[service][resource];
	struct played_end end = played.next[operation];

	played.next[operation] = (struct played_end){0};
	if (end.text)
		return end;
	end.text = "";
	switch (operation) {
	case OPERATION_PROBE:
		end.outcome = *up ? OUTCOME_UP : OUTCOME_DOWN;
		break;
	case OPERATION_START:
	case OPERATION_STOP:
		*up = operation == OPERATION_START;
		break;
	case OPERATION_DETECT:
	case OPERATION_OUTDATE:
	case OPERATION_RESUME:
		break;
	}
	return end;
}

int executor_run(struct executor *executor, uint64_t id, enum operation operation,
		 const struct service_config *service, int service_index, int resource_index,
		 uint32_t timeout_ms, bool peer_fenced)
{
	static const char *const names[] = {"probe",  "start",	 "stop",
					    "detect", "outdate", "resume"};
	char *what = executor->log[executor->log_count++ % PLAYED_LOG];
	struct played_run *run;
	qb_loop_timer_handle handle;

	(void)timeout_ms;
	(void)peer_fenced;
	snprintf(what, sizeof(executor->log[0]), "%s %.20s/%.20s", names[operation], service->name,
		 service->resources[resource_index].name);
	if (executor->on_run)
		executor->on_run(what);
	if (executor->run_fails) {
		errno = EAGAIN;
		return -1;
	}
	if (executor->never_ends)
		return 0;
	run = malloc(sizeof(*run));
	run->id = id;
	run->end = played_result(operation, service_index, resource_index);
	executor->run_count++;
	return qb_loop_timer_add(executor->loop, QB_LOOP_MED, QB_TIME_NS_IN_MSEC, run, played_ended,
				 &handle);
}

void executor_cancel(struct executor *executor, uint64_t id)
{
	(void)executor;
	(void)id;
}

int executor_watch(struct executor *executor, const struct service_config *service,
		   int service_index, int resource_index)
{
	(void)service;
	if (executor->watched[service_index][resource_index])
		abort(); /* twice */
	executor->watched[service_index][resource_index] = true;
	executor->watch_count++;
	return 0;
}

void executor_unwatch(struct executor *executor, int service_index, int resource_index)
{
	executor->watched[service_index][resource_index] = false;
}

int executor_fence(struct executor *executor, uint64_t id, uint32_t nodeid,
		   const struct fencing_config *fencing, bool on)
{
	(void)executor;
	(void)id;
	(void)nodeid;
	(void)fencing;
	(void)on;
	return 0;
}

bool executor_sweep(struct executor *executor, const struct service_config *service)
{
	(void)service;
	executor->sweeps++;
	return !executor->sweep_fails;
}

bool executor_busy(const struct executor *executor, int service_index)
{
	(void)service_index;
	return executor->run_count > 0;
}

void executor_close(struct executor *executor)
{
	(void)executor;
}

static inline bool played_did(const char *what)
{
	for (unsigned i = 0; i < played.log_count && i < PLAYED_LOG; i++)
		if (strcmp(played.log[i], what) == 0)
			return true;
	return false;
}

#endif
