/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a program and reads what it prints. Blocks: only for code that runs in a child process. */
#ifndef ZCSMGR_COMMAND_H
#define ZCSMGR_COMMAND_H

#include <stddef.h>
#include <stdint.h>

struct command {
	const char *const *argv; /* argv[0] is looked up in PATH */
	const char *input;	 /* for its standard input; NULL: /dev/null */
	uint32_t timeout_ms;	 /* then its process group gets SIGKILL */
	/* Called in the child before exec; may change user, cgroup; not 0: the child exits 126. */
	int (*prepare)(void *data);
	void *data;
	char *output; /* what it printed on both streams, cut at output_size - 1; may be NULL */
	size_t output_size;
};

enum {
	COMMAND_NOT_FOUND = -1,
	COMMAND_TIMEOUT = -2, /* it was killed */
	COMMAND_KILLED = -3,  /* by a signal of somebody else */
	COMMAND_ERROR = -4,   /* no process, no pipe; errno */
};

/* The exit code 0-255, or one of the above. */
int command_run(const struct command *command);

#endif
