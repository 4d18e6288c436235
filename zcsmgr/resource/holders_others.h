/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What keeps a filesystem busy without a process that could be told to end. */
#ifndef ZCSMGR_HOLDERS_OTHERS_H
#define ZCSMGR_HOLDERS_OTHERS_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Names swap files, loop devices, NFS exports, and mounts in the mount namespaces of other
 * processes, with the cure for each. The text is empty if there is nothing of it.
 */
void holders_others(dev_t device, char *text, size_t size);

#endif
