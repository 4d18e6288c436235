/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A child process that runs a function of this program, and tells records over a socket.
 *
 * It is gone when it is dead and everything that it started is too: what its cgroup or, where it
 * has none, its session holds.
 */
#ifndef ZCSMGR_PROCESS_H
#define ZCSMGR_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "cgroup.h"
#include "storage.h"

enum process_record_kind {
	PROCESS_OUTCOME, /* value: enum outcome */
	PROCESS_VERDICT, /* value: enum verdict */
	PROCESS_STORAGE, /* storage */
	PROCESS_FINDING, /* value: enum finding */
	PROCESS_RECORD_KINDS,
};

/* Both ends are the same program, the child a copy of it: no wire format is needed. */
struct process_record {
	enum process_record_kind kind;
	int value;
	struct storage storage;
	char text[512];
};

struct process {
	pid_t pid;
	int pidfd; /* readable when the process has ended */
	int fd;	   /* of the records; readable when there is one */
	char cgroup[CGROUP_PATH_SIZE];
	bool went;   /* process_go() was called */
	bool killed; /* by process_kill() */
	bool dead;   /* it ended, but is a zombie until all that it started has ended too */
	bool gone;   /* reaped */
	int status;  /* of waitid(): si_code and si_status */
	int code;
};

struct process_task {
	const char *name;   /* shown by ps; up to 15 characters */
	const char *cgroup; /* one of its own, removed after it; empty: none */
	/* Runs in the child, in a session of its own; only 0 to 2 and fd are open there. */
	void (*run)(int fd, void *data);
	void *data;
};

/*
 * Forks. The child waits for process_go() before it runs anything, so that the caller can get
 * ready to supervise it, or call it off by process_close(). 0, or -1 with errno.
 */
int process_start(struct process *process, const struct process_task *task);
int process_go(struct process *process);

/* In the child. -1: nobody listens any longer. */
int process_send(int fd, const struct process_record *record);

/* 1: a record, 0: none yet, -1: there will be no more. Does not wait. */
int process_receive(struct process *process, struct process_record *record);

/* SIGKILL to it and all that it started. Does not wait; what does not die stays. */
void process_kill(struct process *process);

/* Whether it is gone; reaps it. Does not wait. */
bool process_gone(struct process *process);

/* How it ended, in words: of a process that is dead. */
void process_describe(const struct process *process, char *text, size_t size);

/* What of it is still there and where in the kernel it hangs: "umount (pid 4711) in ...". */
void process_whereabouts(const struct process *process, char *text, size_t size);

/* Closes the descriptors; what lives is killed, and not waited for but when it never ran. */
void process_close(struct process *process);

#endif
