/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs the suite's zmcontrol, as its user, and reads what it says. */
#ifndef ZCSMGR_RESOURCE_ZIMBRA_CONTROL_H
#define ZCSMGR_RESOURCE_ZIMBRA_CONTROL_H

#include <stdbool.h>
#include <sys/types.h>

#include "driver.h"

enum { ZIMBRA_OUTPUT_SIZE = 16384 };

enum zimbra_verb {
	ZIMBRA_STARTUP, /* what it starts lives in the service's payload cgroup */
	ZIMBRA_SHUTDOWN,
	ZIMBRA_STATUS,
};

/* The suite's user; false: there is none, and both are -1. */
bool zimbra_control_user(const struct driver_context *context, uid_t *uid, gid_t *gid);

/*
 * Whether the suite's file system is there: bin/zmcontrol, and if the stack mounts a file system
 * for it, that is mounted. What lies below the mount point is a copy that only an installation
 * left on this node's own disk. If not, why (may be NULL) tells what is missing.
 */
bool zimbra_control_exists(const struct driver_context *context, char *why, size_t size);

/* The file system of the stack that the suite's directory lies on, or NULL. */
const struct filesystem_config *zimbra_control_filesystem(const struct driver_context *context);

/* Returns as command_run() does, with what it printed. */
int zimbra_control_run(const struct driver_context *context, enum zimbra_verb verb,
		       uint32_t timeout_ms, char output[ZIMBRA_OUTPUT_SIZE]);

/* How it ended, in words: "ended with 1", "hung and was killed". */
void zimbra_control_ended(int code, char *text, size_t size);

/* The last line of its output that has something in it; cuts the output. */
const char *zimbra_control_last_line(char *output);

/* Names the parts that `zmcontrol status` reports as stopped, as "mta, stats"; their number. */
unsigned zimbra_control_stopped(const char *output, char *names, size_t size);

#endif
