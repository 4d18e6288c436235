/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between executor.c (children, operations, fencing) and executor_watch.c. */
#ifndef ZCSMGR_EXECUTOR_INTERNAL_H
#define ZCSMGR_EXECUTOR_INTERNAL_H

#include "executor.h"
#include "executor_child.h"
#include "process.h"

enum {
	EXECUTOR_CHILDREN = 128, /* at once, those that do not die included */
	EXECUTOR_TEXT_SIZE = 512,
};

enum child_kind { CHILD_OPERATION, CHILD_WATCH, CHILD_FENCE };

struct watch;

struct child {
	struct child *next;
	struct executor *executor;
	enum child_kind kind;
	uint64_t id;			 /* of an operation, of fencing */
	int service_index;		 /* of an operation */
	uint32_t nodeid;		 /* to be fenced */
	struct watch *watch;		 /* NULL when nobody listens to it any longer */
	char name[3 * CONFIG_NAME_SIZE]; /* for the log: "start of zimbra/drbd" */
	struct process process;
	uint64_t started_ms, deadline_ms;
	uint64_t killed_ms; /* 0: not killed */
	bool overdue;	    /* killed at its deadline or by executor_cancel(), whatever it told */
	bool cancelled;
	bool ended; /* its pidfd said so */
	bool stuck; /* and told so */
	bool told;  /* outcome and text are what it told last */
	enum outcome outcome;
	char text[EXECUTOR_TEXT_SIZE];
	qb_loop_timer_handle timer;
};

struct executor {
	qb_loop_t *loop;
	char node[CONFIG_NAME_SIZE];
	const struct executor_callbacks *callbacks;
	void *data;
	char base[CGROUP_PATH_SIZE]; /* empty: no cgroups */
	bool cgroup_failed;	     /* and logged */
	struct child *children;
	unsigned child_count;
	struct watch *watches;
};

/* Arms the timer anew, also when it runs. */
void executor_arm(struct executor *executor, qb_loop_timer_handle *timer, uint64_t at_ms,
		  void (*expired)(void *), void *data);
void executor_disarm(struct executor *executor, qb_loop_timer_handle *timer);

/*
 * Starts a child that is described by kind, name, deadline_ms and what its kind needs of *child;
 * the rest is filled in. Returns the child, which frees itself when it is gone, or NULL with errno.
 */
struct child *executor_start(struct executor *executor, const struct child *child,
			     struct executor_child *work);

/* Kills it; it is reported, if at all, and freed when it is gone, not before this returns. */
void executor_kill(struct child *child);

/* What children tell executor_watch.c. The watch may be gone when these return. */
void executor_watch_told(struct watch *watch, const struct process_record *record);
void executor_watch_ended(struct watch *watch, const char *how);

void executor_watch_close(struct executor *executor);

#endif
