/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the drbd driver share. */
#ifndef ZCSMGR_DRBD_H
#define ZCSMGR_DRBD_H

#include <stdbool.h>

#include "drbd_tool.h"
#include "driver.h"

enum {
	DRBD_LOOK_MS = 5000, /* for a question that needs no disk */
};

/* Whether a resource that should be up can be used; context->text says why not. */
enum verdict drbd_judge(struct driver_context *context, const struct storage *storage);

/* Whether the resource is in the kernel with a disk. */
bool drbd_is_up(const struct drbd_events *events);

/* `drbdadm up`. 0 if the resource is up afterwards, whoever did it; else context->text says why
   not. */
int drbd_bring_up(struct driver_context *context, uint32_t timeout_ms);

/* Who has the device of that minor open: mounts, block devices on it, processes. Appends to text;
   what cannot be found out quickly is left out. */
void drbd_holders(int minor, char *text, size_t size);

void drbd_validate(struct driver_context *context, struct driver_report *report);
enum verdict drbd_monitor(struct driver_context *context);
void drbd_watch(struct driver_context *context);

#endif
