/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs the suite's zmcontrol, as its user. */
#ifndef ZCSMGR_RESOURCE_ZIMBRA_CONTROL_H
#define ZCSMGR_RESOURCE_ZIMBRA_CONTROL_H

#include <stdbool.h>
#include <sys/types.h>

#include "driver.h"

enum { ZIMBRA_OUTPUT_SIZE = 4096 };

/* The suite's user; false: there is none. */
bool zimbra_user(const struct driver_context *context, uid_t *uid, gid_t *gid);

/* Is its file system there at all? */
bool zimbra_control_exists(const struct driver_context *context);

/*
 * "startup", "shutdown" or "status"; what it starts lives in the service's payload cgroup.
 * Returns as command_run() does; output may be NULL.
 */
int zimbra_control(const struct driver_context *context, const char *verb, uint32_t timeout_ms,
		   char *output);

/* The last line of its output that has something in it. */
const char *zimbra_last_line(char *output);

#endif
