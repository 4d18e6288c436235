/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the parts of the address driver share. */
#ifndef ZCSMGR_ADDRESS_H
#define ZCSMGR_ADDRESS_H

#include "address_link.h"
#include "driver.h"

/* Sets the result's text. */
void address_say(struct driver_context *context, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * One look at an address that should be up: the verdict, its text, and the interface (index 0 if
 * there is none).
 */
enum verdict address_look(struct driver_context *context, struct address_link *link,
			  struct address_interface *interface);

void address_validate(struct driver_context *context, struct driver_report *report);
void address_watch(struct driver_context *context);

#endif
