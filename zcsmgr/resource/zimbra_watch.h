/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Watches over a suite that is up. */
#ifndef ZCSMGR_RESOURCE_ZIMBRA_WATCH_H
#define ZCSMGR_RESOURCE_ZIMBRA_WATCH_H

#include "driver.h"

/* One round of the fast checks: VERDICT_OK, VERDICT_FAILED, or VERDICT_GONE if moreover no process
   of the suite is left. context->text tells which. */
enum verdict zimbra_watch_look(struct driver_context *context);

/*
 * Runs until the daemon is gone. Tells
 *  - VERDICT_GONE at once when the payload cgroup has become empty and no process of the suite
 *    runs elsewhere (an operator may have restarted it by hand, outside of the cgroup);
 *  - a fast round's verdict every check_interval_ms, and at once, and a moment later, when one of
 *    the suite's servers has ended;
 *  - what `zmcontrol status` says, asked every monitor_interval_ms, as text of the fast rounds. It
 *    is only a second opinion: it fails nothing while the parts answer. Its hanging counts as
 *    VERDICT_TIMEOUT when they do not.
 */
void zimbra_watch(struct driver_context *context);

#endif
