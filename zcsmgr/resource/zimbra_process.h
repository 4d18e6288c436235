/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The suite's processes on this host: all of the service's payload cgroup, and those of the
 * suite's user that work in its directory, run a program or hold a file from there. Nothing else
 * is ever signalled, and no pid that has changed hands meanwhile.
 */
#ifndef ZCSMGR_RESOURCE_ZIMBRA_PROCESS_H
#define ZCSMGR_RESOURCE_ZIMBRA_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "driver.h"

enum { ZIMBRA_PROCESSES = 4096 }; /* of which is known at a time */

struct zimbra_process {
	pid_t pid;
	pid_t parent;
	bool database;	  /* it is to outlive its clients */
	char command[16]; /* as the kernel shortens it */
};

struct zimbra_processes {
	unsigned count;
	struct zimbra_process list[ZIMBRA_PROCESSES];
};

/* Finds them. Those of the user that this very process started are none of them: they are
   zmcontrol at work for us. Valid until the next call. */
const struct zimbra_processes *zimbra_process_find(const struct driver_context *context);

/* Their number. */
unsigned zimbra_process_count(const struct driver_context *context);

/* Signals all but the database, or all. The number of those that it is for. */
unsigned zimbra_process_signal(const struct driver_context *context, int number, bool database_too);

/* Names some: "java 812, mysqld 640 and 3 more". */
void zimbra_process_describe(const struct zimbra_processes *processes, char *text, size_t size);

#endif
