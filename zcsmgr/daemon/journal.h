/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was decided and why: one JSON object a line (RECORD of control.h) in
 * DIRECTORY/journal.jsonl, and the older part in journal.jsonl.1, 4 MiB each at most.
 *
 * The newest records are in memory too: history is answered from there, and a disk that is full
 * or hangs costs nothing but the file, until it works again.
 */
#ifndef ZCSMGR_JOURNAL_H
#define ZCSMGR_JOURNAL_H

#include <jansson.h>
#include <qb/qbloop.h>
#include <stdint.h>

#include "reasons.h"

enum {
	JOURNAL_RECORDS = 1000, /* in memory */
	JOURNAL_LINE_SIZE = 4096,
};

/* NULL where something does not apply. The texts are copied, and cleaned if they are no UTF-8. */
struct journal_entry {
	enum reason_level level;
	const char *code;
	const char *service, *resource, *about;
	uint64_t number;
	const char *text;
	const char *detail;
};

struct journal;

/* Reads the newest records of earlier daemons. node may change later. NULL: no memory. */
struct journal *journal_open(qb_loop_t *loop, const char *directory);

/* The name under which records are made. */
void journal_set_node(struct journal *journal, const char *node);

/* Writes to the file, in a helper thread, and to the log. Returns the RECORD, which stays the
   journal's until the next call; NULL if there is no memory. */
const json_t *journal_add(struct journal *journal, const struct journal_entry *entry);

/* The newest records, oldest first, of one service (NULL: all), up to limit, as a new array that
   takes less than size bytes as text. */
json_t *journal_history(const struct journal *journal, const char *service, unsigned limit,
			size_t size);

/* What keeps it from being written, as a sentence; NULL: nothing. */
const char *journal_trouble(struct journal *journal);

/* Waits for what is not written yet, but no longer than that. */
void journal_flush(struct journal *journal, uint32_t patience_ms);

/* Waits up to 2 s for what is not written yet. */
void journal_close(struct journal *journal);

#endif
