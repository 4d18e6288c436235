/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The suite's processes on this host, and the files that tell of them. */
#ifndef ZCSMGR_RESOURCE_ZIMBRA_PROCESS_H
#define ZCSMGR_RESOURCE_ZIMBRA_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "driver.h"

/*
 * The suite's processes: all of its cgroup, and those of its user that work in its directory or
 * run a program from there. visit() is called for each; their number is returned. The user's uid
 * may be (uid_t)-1: unknown.
 */
unsigned zimbra_processes(const struct driver_context *context, uid_t uid,
			  void (*visit)(pid_t pid, const char *command, void *data), void *data);

/* Signals all but the database (its clients go first), or all. Their number. */
unsigned zimbra_signal(const struct driver_context *context, uid_t uid, int number,
		       bool database_too);

/*
 * Removes the pid and lock files below the directory, which came with the disk from another node
 * or another boot: the suite's scripts believe them. Only when no process of the suite runs.
 */
void zimbra_remove_stale_files(const struct driver_context *context);

#endif
