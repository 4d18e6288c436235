/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file's bytes, before libconfig sees them: refuses what libconfig would follow (@include),
 * recurse on without bound, cut silently (NUL) or answer with no more than "syntax error".
 */
#ifndef ZCSMGR_CONFIG_SCAN_H
#define ZCSMGR_CONFIG_SCAN_H

#include <stddef.h>

#include "config_reader.h"

/* 0, or -1 with one error. */
int config_scan(struct reader *reader, const char *text, size_t size);

/* Length of the UTF-8 character at text, 0 if it is none; left bytes are there. */
size_t config_scan_character(const char *text, size_t left);

/* A copy of that line for a message: trimmed, in whole characters, "" if there is none. */
void config_scan_line(const char *text, size_t size, unsigned line, char *copy, size_t copy_size);

#endif
