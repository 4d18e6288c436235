/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What DRBD runs: `zcsmgr drbd-fence-peer` and `zcsmgr drbd-unfence-peer`, as handlers in a
 * resource's configuration. Their exit codes are DRBD's and not the command's, so nothing of the
 * command line's own runs before them.
 */
#ifndef ZCSMGR_CLI_DRBD_HANDLER_H
#define ZCSMGR_CLI_DRBD_HANDLER_H

#include <stdbool.h>

/*
 * Asks the daemon what became of the other copy of the resource in $DRBD_RESOURCE, and exits with
 * its answer: 3, 4, 5, 6 or 7 (drbd.conf(5), fence-peer). With 1, on which DRBD relies on nothing,
 * if there is none within 20 s, whatever the reason; the daemon goes on by itself then, and resumes
 * the disk when it knows. Never with 0.
 */
int drbd_handler_fence_peer(void);

/* After a resync nothing is left to take back: what the peer's copy is worth is judged anew. */
int drbd_handler_unfence_peer(void);

#endif
