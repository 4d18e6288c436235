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
	if (!storage->known && storage->configured)
		abort();
	if (storage->role > STORAGE_PRIMARY || storage->peer_role > STORAGE_PRIMARY ||
	    storage->disk > STORAGE_UPTODATE || storage->peer_disk > STORAGE_UPTODATE ||
	    storage->link > STORAGE_CONNECTED || storage->percent > 100)
		abort();
	if (storage->split_brain && storage->link == STORAGE_CONNECTED)
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
	drbd_events_init(&events, "r");
	drbd_events_feed(&events, text, size);
	drbd_events_storage(&events, &storage);
	check(&storage);
	/* How the stream was cut makes no difference. */
	drbd_events_init(&pieces, "r");
	for (size_t at = 0; at < size; at += 7)
		drbd_events_feed(&pieces, text + at, size - at < 7 ? size - at : 7);
	drbd_events_storage(&pieces, &same);
	if (memcmp(&storage, &same, sizeof(storage)) != 0)
		abort();
	drbd_events_minor(&events);
	drbd_generations_parse(text, &storage);
	free(text);
	return 0;
}
