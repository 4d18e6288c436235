/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether this host is fit to run the suite under zcsmgr. */
#ifndef ZCSMGR_RESOURCE_ZIMBRA_VALIDATE_H
#define ZCSMGR_RESOURCE_ZIMBRA_VALIDATE_H

#include "driver.h"

/* Looks and reports, changes nothing. The suite's file system need not be mounted here. */
void zimbra_validate(struct driver_context *context, struct driver_report *report);

/* The suite's own name, from the text of its localconfig.xml. -1: it is not there, or too long. */
int zimbra_validate_server_name(const char *xml, char *name, size_t size);

#endif
