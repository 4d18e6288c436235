/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes two copies equal: both sides exchange bitmaps, then the source sends every block that is
 * marked. DRBD's target asks for the blocks and paces itself; here the source pushes, with a
 * window, and resync-rate is a plain limit.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "standin.h"

enum {
	WINDOW = 16,	 /* messages on the way */
	RUN_BLOCKS = 16, /* blocks in one */
	AGAIN = 1,
};

static void change(struct resource *resource, enum connection conn)
{
	struct state wanted = resource->state;

	wanted.conn = conn;
	state_set(resource, wanted, STATE_HARD);
}

void resync_reset(struct resource *resource)
{
	resource->bitmap_sent = resource->bitmap_received = false;
	resource->sync_position = resource->sync_bytes = 0;
	resource->sync_window = 0;
	resource->sync_done_sent = false;
}

void resync_begin_bitmaps(struct resource *resource)
{
	resync_reset(resource);
	resource->bitmap_sent = true;
	link_send(resource, MESSAGE_BITMAP, 0, 0, 0, resource->bitmap, resource->bitmap_size);
}

void resync_become_source(struct resource *resource)
{
	resync_reset(resource);
	resource->sync_started_ms = now_ms();
	say(resource, "will send %llu blocks", (unsigned long long)resource->out_of_sync);
	change(resource, CONN_SYNC_SOURCE);
	kernel_wake();
}

void resync_bitmap(struct resource *resource, const char *data, size_t size)
{
	if (size != resource->bitmap_size || !resource->bitmap_sent) {
		link_broken(resource, CONN_PROTOCOL_ERROR);
		return;
	}
	resource->bitmap_received = true;
	bitmap_merge(resource, (const uint8_t *)data, size);
	if (resource->state.conn == CONN_WF_BITMAP_T)
		change(resource, CONN_WF_SYNC_UUID);
	else if (resource->state.conn == CONN_WF_BITMAP_S)
		resync_become_source(resource);
}

void resync_sync_uuid(struct resource *resource, uint64_t uuid)
{
	if (resource->state.conn != CONN_WF_SYNC_UUID &&
	    resource->state.conn != CONN_STARTING_SYNC_T)
		return;
	uuid_set(resource, UUID_CURRENT, uuid);
	uuid_set(resource, UUID_BITMAP, 0);
	change(resource, CONN_SYNC_TARGET);
}

/* One run of marked blocks, or nothing. */
static uint64_t run_size(const struct resource *resource, uint64_t first)
{
	uint64_t count = 1;
	uint64_t size;

	while (count < RUN_BLOCKS &&
	       bitmap_next(resource, first + count) == (int64_t)(first + count))
		count++;
	size = count * BLOCK;
	if (first * BLOCK + size > resource->md.size)
		size = resource->md.size - first * BLOCK;
	return size;
}

static bool send_run(struct resource *resource)
{
	char data[RUN_BLOCKS * BLOCK];
	int64_t block = bitmap_next(resource, resource->sync_position);
	uint64_t offset, size;

	if (block < 0)
		return false;
	offset = (uint64_t)block * BLOCK;
	size = run_size(resource, (uint64_t)block);
	if (pread(resource->image, data, size, (off_t)offset) != (ssize_t)size) {
		say(resource, "local read error in resync");
		state_detach(resource);
		return false;
	}
	link_send(resource, MESSAGE_RESYNC, 0, 0, offset, data, size);
	resource->sync_window++;
	resource->sync_bytes += size;
	resource->sync_position = offset / BLOCK + (size + BLOCK - 1) / BLOCK;
	return true;
}

/* When resync-rate allows the next run. */
static uint64_t allowed_ms(const struct resource *resource)
{
	uint64_t rate = (uint64_t)resource->config.resync_rate * 1024;

	if (rate == 0)
		return 0;
	return resource->sync_started_ms + resource->sync_bytes * 1000 / rate;
}

uint64_t resync_tick(struct resource *resource, uint64_t now)
{
	while (resource->state.conn == CONN_SYNC_SOURCE && resource->sync_window < WINDOW) {
		if (allowed_ms(resource) > now)
			return allowed_ms(resource);
		if (send_run(resource))
			continue;
		if (resource->state.conn != CONN_SYNC_SOURCE || resource->sync_window > 0)
			break;
		/* What was to be sent again is behind us. */
		if (resource->out_of_sync > 0) {
			resource->sync_position = 0;
			continue;
		}
		if (!resource->sync_done_sent)
			link_send(resource, MESSAGE_RESYNC_DONE, 0, 0, 0, NULL, 0);
		resource->sync_done_sent = true;
		break;
	}
	return UINT64_MAX;
}

/* A Primary target: the block was read before our own write reached the source. */
static bool outdated_by_write(const struct resource *resource, uint64_t offset, uint64_t size)
{
	for (const struct request *request = resource->pending; request; request = request->next)
		if (request->write && request->offset < offset + size &&
		    offset < request->offset + request->size)
			return true;
	return false;
}

void resync_block(struct resource *resource, const struct message_head *head, const char *data)
{
	uint16_t flags = 0;

	if (resource->state.conn != CONN_SYNC_TARGET || head->size > RUN_BLOCKS * BLOCK ||
	    head->offset + head->size > resource->md.size) {
		link_broken(resource, CONN_PROTOCOL_ERROR);
		return;
	}
	if (outdated_by_write(resource, head->offset, head->size)) {
		flags = AGAIN;
	} else if (pwrite(resource->image, data, head->size, (off_t)head->offset) !=
		   (ssize_t)head->size) {
		say(resource, "local write error in resync");
		state_detach(resource);
		return;
	} else {
		bitmap_clean(resource, head->offset, head->size);
	}
	link_send(resource, MESSAGE_RESYNC_ACK, flags, head->size, head->offset, NULL, 0);
}

void resync_acknowledged(struct resource *resource, const struct message_head *head)
{
	if (resource->state.conn != CONN_SYNC_SOURCE)
		return;
	resource->sync_window--;
	if (!(head->flags & AGAIN))
		bitmap_clean(resource, head->offset, head->id);
}

static void equal_now(struct resource *resource)
{
	struct state wanted = resource->state;

	memcpy(resource->peer_uuid, resource->md.uuid, sizeof(resource->peer_uuid));
	bitmap_fill(resource, false);
	wanted.conn = CONN_CONNECTED;
	wanted.disk = wanted.pdsk = DISK_UPTODATE;
	say(resource, "Resync done");
	state_set(resource, wanted, STATE_HARD);
}

/* Target: from here on we are of the source's generation. */
void resync_done(struct resource *resource)
{
	if (resource->state.conn != CONN_SYNC_TARGET)
		return;
	for (int i = UUID_BITMAP; i < UUIDS; i++)
		resource->md.uuid[i] = resource->peer_uuid[i];
	uuid_rotate(resource, UUID_BITMAP, resource->md.uuid[UUID_CURRENT] & ~UUID_PRIMARY);
	uuid_set(resource, UUID_CURRENT, resource->peer_uuid[UUID_CURRENT]);
	uuid_clear_bitmap(resource);
	link_send(resource, MESSAGE_RESYNC_DONE_ACK, 0, 0, 0, NULL, 0);
	equal_now(resource);
}

void resync_confirmed(struct resource *resource)
{
	if (resource->state.conn != CONN_SYNC_SOURCE)
		return;
	uuid_clear_bitmap(resource);
	equal_now(resource);
}

unsigned resync_done_percent_hundredths(const struct resource *resource)
{
	uint64_t blocks = (resource->md.size + BLOCK - 1) / BLOCK;

	if (blocks == 0)
		return 10000;
	return (unsigned)((blocks - resource->out_of_sync) * 10000 / blocks);
}
