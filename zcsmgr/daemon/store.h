/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state file: two slots of fixed size, written in turn and in place, so that neither a torn
 * write nor a full file system can take the older one away. Written in a helper thread.
 */
#ifndef ZCSMGR_STORE_H
#define ZCSMGR_STORE_H

#include <qb/qbloop.h>
#include <stdbool.h>

#include "boot.h"
#include "core.h"

struct store;

/*
 * Reads DIRECTORY/state, or creates it. boot tells this boot from others: a claim held in another
 * one is cleared. NULL with the object and the cure in text (what is wrong may be a file that
 * must not be overwritten: then starting again does not help).
 */
struct store *store_open(const char *directory, const uint8_t boot[BOOT_SIZE], char *text,
			 size_t text_size);

/* What was read; all zero at the first start. Valid until store_close(). */
const struct core_durable *store_loaded(const struct store *store);
/* The state is of another boot (or of none). */
bool store_rebooted(const struct store *store);

/* Writing becomes possible; written() is called in the main loop. 0, or -1 with errno. */
int store_start(struct store *store, qb_loop_t *loop,
		void (*written)(void *data, uint64_t sequence, bool ok), void *data);

/* One at a time. 0, or -1 with errno: then written() is not called. */
int store_write(struct store *store, const struct core_durable *durable, uint64_t sequence);

/* Since when (CLOCK_MONOTONIC) a write is under way; 0: none is. */
uint64_t store_busy_since_ms(const struct store *store);

/* Waits up to 5 s for a write under way. */
void store_close(struct store *store);

#endif
