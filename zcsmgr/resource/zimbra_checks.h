/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether the parts of the suite answer. zmcontrol's own status takes minutes when something is
 * wrong, and is often wrong itself.
 *
 * The suite may listen on every address or on the service's only, and its proxy moves some parts
 * to other ports. So each part is tried at the loopback addresses and at the service's addresses
 * that this host has now, on each of its usual ports; one that greets as such a server is enough.
 * An address that another host has is never asked: its answer would be a lie about this one. The
 * database is asked at its UNIX socket and the loopback only, since it bars other addresses after
 * some conversations like ours.
 */
#ifndef ZCSMGR_RESOURCE_ZIMBRA_CHECKS_H
#define ZCSMGR_RESOURCE_ZIMBRA_CHECKS_H

#include "driver.h"

enum {
	/* For all of them together: they are asked at the same time. A healthy server greets in
	   milliseconds, an overloaded one may take a second. */
	ZIMBRA_CHECKS_TIMEOUT_MS = 4000,
	ZIMBRA_CHECKS_TEXT_SIZE = 192,
};

/*
 * Asks all that are configured. The number of those that do not answer; text names them with what
 * happened, as "smtp (refused), imap (silent)".
 */
unsigned zimbra_checks_failing(const struct driver_context *context,
			       char text[ZIMBRA_CHECKS_TEXT_SIZE]);

#endif
