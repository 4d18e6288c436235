/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pid and lock files that came with the disk from another node or another boot. */
#ifndef ZCSMGR_RESOURCE_ZIMBRA_STALE_H
#define ZCSMGR_RESOURCE_ZIMBRA_STALE_H

/*
 * Removes them below the suite's directory; the suite's scripts believe them, and a pid that by
 * now belongs to another of its processes makes them skip a start or kill the wrong one. Only to
 * be called when no process of the suite runs. Follows no symbolic link, since the suite's user
 * could lay one that leads elsewhere. Returns how many were removed.
 */
unsigned zimbra_stale_remove(const char *directory);

#endif
