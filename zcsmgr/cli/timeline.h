/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the last takeover, move or start in a journal, and tells it as a timeline. */
#ifndef ZCSMGR_CLI_TIMELINE_H
#define ZCSMGR_CLI_TIMELINE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

struct timeline {
	const json_t *records; /* oldest first, not owned */
	size_t first, acquired, last;
	const char *service;
	const char *node; /* that acquired it */
	bool active;	  /* the last record says that it is */
};

/* False: the journal has none. */
bool timeline_find(const json_t *records, struct timeline *timeline);

/* Whether a record belongs to it, being between its first and last. */
bool timeline_has(const struct timeline *timeline, const json_t *record);

/* Seconds from its beginning, on the clock of the machine's boot where that is told. */
double timeline_seconds(const struct timeline *timeline, size_t record);

void timeline_print(FILE *out, const struct timeline *timeline);

#endif
