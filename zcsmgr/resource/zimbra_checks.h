/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the parts of the suite answer: one connection each, to this host's own addresses, with
 * a short timeout. zmcontrol's own status takes minutes when something is wrong, and is often
 * wrong itself.
 */
#ifndef ZCSMGR_RESOURCE_ZIMBRA_CHECKS_H
#define ZCSMGR_RESOURCE_ZIMBRA_CHECKS_H

#include <stdbool.h>

#include "driver.h"

enum { ZIMBRA_CHECK_TIMEOUT_MS = 2000 };

/* One part; any server that greets as such on one of the part's usual ports. */
bool zimbra_check(const struct driver_context *context, enum zimbra_check check);

/* All that are configured. The number of those that do not answer; names gets what they are
   called, as "smtp, imap". */
unsigned zimbra_checks_failing(const struct driver_context *context, char *names, size_t size);

#endif
