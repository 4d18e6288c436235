/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs everything that may block in child processes: each in its own process group, with a
 * deadline, its end learned by a pidfd, its result read from a pipe. At the deadline the group
 * gets SIGKILL; a child that is still there 2 s later is reported as stuck, and once more when it
 * has ended after all.
 */
#ifndef ZCSMGR_EXECUTOR_H
#define ZCSMGR_EXECUTOR_H

#include <qb/qbloop.h>
#include <stdbool.h>

#include "driver.h"

struct executor;

struct executor_callbacks {
	/* An operation ended. Called a second time after OUTCOME_STUCK when the child has died
	   (then with OUTCOME_TIMEOUT). text is what the driver said; may be empty. */
	void (*done)(void *data, uint64_t id, enum outcome outcome, const char *text);
	void (*verdict)(void *data, int service, int resource, enum verdict verdict,
			const char *text);
	void (*storage)(void *data, int service, int resource, const struct storage *storage);
	/* A fence agent's two calls (off, status; or on) ended; never before the agent has. */
	void (*fenced)(void *data, uint64_t id, uint32_t nodeid, bool ok, const char *text);
};

struct executor *executor_open(qb_loop_t *loop, const char *node,
			       const struct executor_callbacks *callbacks, void *data);

/* Starts an operation. 0, or -1 with errno (no process, no pipe): then no callback comes. */
int executor_run(struct executor *executor, uint64_t id, enum operation operation,
		 const struct service_config *service, int service_index, int resource_index,
		 uint32_t timeout_ms, bool peer_fenced);

/* Kills an operation; its end is reported as usual, as OUTCOME_TIMEOUT. */
void executor_cancel(struct executor *executor, uint64_t id);

/*
 * Keeps a watch running for a resource: a child that is started again (after 1 s, growing to
 * 30 s) when it ends. A watch that gives no sign of life in its time is killed, reported as
 * VERDICT_TIMEOUT, and started again.
 */
int executor_watch(struct executor *executor, const struct service_config *service,
		   int service_index, int resource_index);
void executor_unwatch(struct executor *executor, int service_index, int resource_index);

/* Runs the fence agent: off and status, or on. */
int executor_fence(struct executor *executor, uint64_t id, uint32_t nodeid,
		   const struct fencing_config *fencing, bool on);

/* Kills what an earlier daemon's children left running in the service's cgroup (not the payload),
   before the first probe. False while something there does not die: ask again. */
bool executor_sweep(struct executor *executor, const struct service_config *service);

/* True while any child works on the service, watches apart. */
bool executor_busy(const struct executor *executor, int service_index);

/* Kills all children (not the payload) and frees everything. */
void executor_close(struct executor *executor);

#endif
