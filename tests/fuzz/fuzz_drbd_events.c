/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as an event stream: no crash, and no facts that contradict each other. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "drbd_events.h"
#include "drbd_generations.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct storage *storage)
{
	static const struct storage nothing;

	if (!storage->known && memcmp(storage, &nothing, sizeof(nothing)) != 0)
		abort();
	if (storage->role > STORAGE_PRIMARY || storage->peer_role > STORAGE_PRIMARY ||
	    storage->disk > STORAGE_UPTODATE || storage->peer_disk > STORAGE_UPTODATE ||
	    storage->link > STORAGE_CONNECTED || storage->percent > 100)
		abort();
	if (storage->split_brain && storage->link == STORAGE_CONNECTED)
		abort();
	if (storage->percent > 0 && !storage->syncing)
		abort();
}

/* A text that is none leaves what was known; all of one that is has its lowest bit masked off. */
static void check_generations(const char *text)
{
	struct storage storage, before;

	memset(&storage, 0xa5, sizeof(storage));
	before = storage;
	if (drbd_generations_parse(text, &storage) != 0) {
		if (memcmp(&storage, &before, sizeof(before)) != 0)
			abort();
		return;
	}
	if (!storage.generations_known ||
	    (storage.current | storage.bitmap | storage.history[0] | storage.history[1]) & 1)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct drbd_events events, pieces;
	struct storage storage, same;
	char *text = malloc(size + 1);

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	drbd_events_init(&events, "optzimbra");
	drbd_events_feed(&events, text, size);
	drbd_events_storage(&events, &storage);
	check(&storage);
	/* How the stream was cut makes no difference. */
	drbd_events_init(&pieces, "optzimbra");
	for (size_t at = 0; at < size; at += 7)
		drbd_events_feed(&pieces, text + at, size - at < 7 ? size - at : 7);
	drbd_events_storage(&pieces, &same);
	if (memcmp(&storage, &same, sizeof(storage)) != 0)
		abort();
	drbd_events_minor(&events);
	check_generations(text);
	free(text);
	return 0;
}
