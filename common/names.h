/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every enum's text, in one place. */
#ifndef ZCSMGR_NAMES_H
#define ZCSMGR_NAMES_H

#include <stddef.h>

#include "config.h"
#include "operation.h"
#include "reasons.h"
#include "storage.h"

const char *names_operation(enum operation operation); /* "start" */
const char *names_outcome(enum outcome outcome);       /* "timeout" */
const char *names_verdict(enum verdict verdict);
const char *names_role(enum storage_role role); /* "Primary", as DRBD spells it */
const char *names_disk(enum storage_disk disk); /* "UpToDate" */
const char *names_link(enum storage_link link); /* "Connected" */

const char *names_reason_code(enum reason_code code); /* "FENCED" */
enum reason_level names_reason_level(enum reason_code code);
const char *names_level(enum reason_level level); /* "warning" */

/* Finds the name of a node for a sentence; NULL is shown as "node 7". */
typedef const char *names_node_fn(void *data, uint32_t nodeid);

/* Writes the sentence of a reason; always terminated, returns the length that it would have. */
size_t names_reason(char *text, size_t size, const struct reason *reason,
		    const struct config *config, names_node_fn *node, void *data);

#endif
