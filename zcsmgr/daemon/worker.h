/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A helper thread for what may block: writing to a disk that hangs must never stop the main loop.
 * Jobs run one after another in the thread; their ends are told in the main loop.
 */
#ifndef ZCSMGR_WORKER_H
#define ZCSMGR_WORKER_H

#include <qb/qbloop.h>
#include <stdbool.h>
#include <stdint.h>

/* Embedded in the caller's own job. It belongs to the worker from submission until done(). */
struct job {
	void (*run)(struct job *job);  /* in the thread */
	void (*done)(struct job *job); /* in the main loop */
	struct job *next;
};

enum { WORKER_JOBS = 16 }; /* that may wait at a time */

struct worker;

/* NULL with errno: no memory, no thread. */
struct worker *worker_open(qb_loop_t *loop);

/* 0, or -1 with errno ENOBUFS: too many wait already. */
int worker_submit(struct worker *worker, struct job *job);

/* Lets the jobs come to their ends and tells them, but waits no longer than that. */
void worker_wait(struct worker *worker, uint32_t patience_ms);

/*
 * Lets the jobs come to their ends and tells them, but waits no longer than that: a thread that
 * hangs is left to the process' end, with its jobs. Returns whether everything has ended.
 */
bool worker_close(struct worker *worker, uint32_t patience_ms);

#endif
