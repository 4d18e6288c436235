/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the filesystem driver share. */
#ifndef ZCSMGR_FILESYSTEM_H
#define ZCSMGR_FILESYSTEM_H

#include "driver.h"
#include "filesystem_table.h"

/* Sets the result's text. */
void filesystem_say(struct driver_context *context, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Is the filesystem where it should be, and writable? Looks at the table of mounts only. */
enum verdict filesystem_look(struct driver_context *context, struct filesystem_state *state);

/* The same, and reads: from the directory, and past all caches from the device. */
enum verdict filesystem_monitor(struct driver_context *context);

enum outcome filesystem_stop(struct driver_context *context);
void filesystem_validate(struct driver_context *context, struct driver_report *report);
void filesystem_watch(struct driver_context *context);

/* How many errors ext4 has recorded on the device since the last check; 0 for others. */
unsigned filesystem_errors(dev_t device);

#endif
