/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `zcsmgr check`: looks at the configuration and at what it names on this host, and changes
 * nothing. Needs no running daemon. Everything that may hang is asked in a child with a deadline.
 */
#ifndef ZCSMGR_CHECK_H
#define ZCSMGR_CHECK_H

#include <stdbool.h>
#include <stdio.h>

enum { CHECK_OK = 0, CHECK_WARNINGS = 1, CHECK_ERRORS = 2 };

/*
 * Prints a line for each finding, "WARNING  OBJECT: text", the summary last; or, with json, one
 * array of {"finding": "ok"|"warning"|"error", "object", "text"}. node is this node's name, NULL:
 * the host's name up to its first dot. Returns the exit code: one of the above.
 */
int check_run(const char *config_path, const char *node, bool json, FILE *out);

#endif
