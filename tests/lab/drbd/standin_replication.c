/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Protocol C: a write is complete when the local disk and the connected peer have it.
 *
 * Order on one block is that of the single connection: the peer applies what it gets as it comes.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "standin.h"

enum { FAILED = 1 };

static bool replicates(const struct state *state)
{
	return state->pdsk == DISK_UPTODATE ||
	       (state->pdsk >= DISK_INCONSISTENT && state->pdsk != DISK_UNKNOWN &&
		state->conn >= CONN_WF_BITMAP_T);
}

static bool has_disk(const struct resource *resource)
{
	return resource->image >= 0 && resource->state.disk >= DISK_INCONSISTENT;
}

static struct request *append(struct request **list, const struct request *template)
{
	struct request *request = malloc(sizeof(*request));

	if (!request)
		fatal("no memory");
	*request = *template;
	while (*list)
		list = &(*list)->next;
	*list = request;
	return request;
}

static struct request *take(struct resource *resource, uint64_t id)
{
	for (struct request **at = &resource->pending; *at; at = &(*at)->next) {
		struct request *request = *at;

		if (request->id != id)
			continue;
		*at = request->next;
		if (!resource->pending)
			pthread_cond_broadcast(&kernel.changed);
		return request;
	}
	return NULL;
}

static bool full_pwrite(int fd, const char *data, size_t size, uint64_t offset)
{
	while (size > 0) {
		ssize_t written = pwrite(fd, data, size, (off_t)offset);

		if (written <= 0)
			return false;
		data += written;
		size -= (size_t)written;
		offset += (uint64_t)written;
	}
	return true;
}

static bool full_pread(int fd, char *data, size_t size, uint64_t offset)
{
	while (size > 0) {
		ssize_t got = pread(fd, data, size, (off_t)offset);

		if (got <= 0)
			return false;
		data += got;
		size -= (size_t)got;
		offset += (uint64_t)got;
	}
	return true;
}

/* on-io-error detach: the device goes on with the peer's disk. */
static bool write_local(struct resource *resource, const char *data, size_t size, uint64_t offset)
{
	if (!has_disk(resource))
		return false;
	if (full_pwrite(resource->image, data, size, offset))
		return true;
	say(resource, "local write error: %s", strerror(errno));
	state_detach(resource);
	return false;
}

static void suspend(struct resource *resource, const struct request *template, const char *data)
{
	struct request *request = append(&resource->suspended, template);

	if (!template->write || !data)
		return;
	request->data = malloc(template->size);
	if (!request->data)
		fatal("no memory");
	memcpy(request->data, data, template->size);
}

void replication_write(struct resource *resource, void *fuse, const char *data, uint64_t offset,
		       uint32_t size)
{
	struct request request = {.write = true,
				  .offset = offset,
				  .size = size,
				  .fuse = fuse,
				  .started_ms = now_ms()};

	if (state_suspended(&resource->state)) {
		suspend(resource, &request, data);
		return;
	}
	intent_set(resource, offset, size);
	request.local_done = write_local(resource, data, size, offset);
	if (replicates(&resource->state)) {
		request.id = ++resource->next_id;
		append(&resource->pending, &request);
		link_send(resource, MESSAGE_WRITE, 0, request.id, offset, data, size);
		kernel_wake();
		return;
	}
	bitmap_dirty(resource, offset, size);
	intent_clear(resource, offset, size);
	if (resource->state.conn == CONN_WF_BITMAP_S)
		link_send(resource, MESSAGE_OUT_OF_SYNC, 0, size, offset, NULL, 0);
	if (request.local_done)
		disk_reply_write(fuse, size);
	else
		disk_reply_error(fuse, EIO);
}

static void read_peer(struct resource *resource, struct request *request)
{
	uint32_t size = htonl(request->size);

	request->id = ++resource->next_id;
	append(&resource->pending, request);
	link_send(resource, MESSAGE_READ, 0, request->id, request->offset, &size, sizeof(size));
	kernel_wake();
}

void replication_read(struct resource *resource, void *fuse, uint64_t offset, uint32_t size)
{
	struct request request = {
		.offset = offset, .size = size, .fuse = fuse, .started_ms = now_ms()};
	char *data;

	if (state_suspended(&resource->state)) {
		suspend(resource, &request, NULL);
		return;
	}
	if (resource->state.disk == DISK_UPTODATE) {
		data = malloc(size ? size : 1);
		if (!data)
			fatal("no memory");
		if (full_pread(resource->image, data, size, offset)) {
			disk_reply_data(fuse, data, size);
			free(data);
			return;
		}
		free(data);
		say(resource, "local read error");
		state_detach(resource);
	}
	if (resource->state.pdsk == DISK_UPTODATE)
		read_peer(resource, &request);
	else
		disk_reply_error(fuse, EIO);
}

static void finish_alone(struct resource *resource, struct request *request);

/* A write that waited for the peer when it was lost: our own disk has it, the peer may not. */
static void send_again(struct resource *resource, struct request *request)
{
	char *data = malloc(request->size ? request->size : 1);

	if (!data)
		fatal("no memory");
	if (resource->state.conn < CONN_CONNECTED || !request->write || !request->local_done ||
	    !full_pread(resource->image, data, request->size, request->offset)) {
		finish_alone(resource, request);
	} else {
		replication_write(resource, request->fuse, data, request->offset, request->size);
		free(request);
	}
	free(data);
}

void replication_resume(struct resource *resource)
{
	struct request *list = resource->pending, *next;

	resource->pending = NULL;
	for (; list; list = next) {
		next = list->next;
		send_again(resource, list);
	}
	list = resource->suspended;
	resource->suspended = NULL;
	while (list) {
		struct request *request = list;

		list = request->next;
		if (request->write)
			replication_write(resource, request->fuse, request->data, request->offset,
					  request->size);
		else
			replication_read(resource, request->fuse, request->offset, request->size);
		free(request->data);
		free(request);
	}
}

/* A write that the peer does not have, or may not have. */
static void finish_alone(struct resource *resource, struct request *request)
{
	if (request->write) {
		bitmap_dirty(resource, request->offset, request->size);
		intent_clear(resource, request->offset, request->size);
	}
	if (request->write && request->local_done)
		disk_reply_write(request->fuse, request->size);
	else
		disk_reply_error(request->fuse, EIO);
	free(request);
}

void replication_lost(struct resource *resource)
{
	while (resource->pending) {
		struct request *request = resource->pending;

		resource->pending = request->next;
		finish_alone(resource, request);
	}
	pthread_cond_broadcast(&kernel.changed);
}

uint64_t replication_oldest_ms(const struct resource *resource)
{
	return resource->pending ? resource->pending->started_ms : 0;
}

static bool inside(const struct resource *resource, uint64_t offset, uint64_t size)
{
	uint64_t end = resource->md.size;

	return size <= end && offset <= end - size;
}

void replication_peer_write(struct resource *resource, const struct message_head *head,
			    const char *data)
{
	bool done;

	if (resource->image < 0 || !inside(resource, head->offset, head->size)) {
		link_send(resource, MESSAGE_WRITE_ACK, FAILED, head->id, 0, NULL, 0);
		return;
	}
	done = write_local(resource, data, head->size, head->offset);
	/* A Primary without a disk: we keep its bitmap. */
	if (resource->state.pdsk < DISK_INCONSISTENT)
		bitmap_dirty(resource, head->offset, head->size);
	link_send(resource, MESSAGE_WRITE_ACK, done ? 0 : FAILED, head->id, head->size, NULL, 0);
}

void replication_peer_read(struct resource *resource, const struct message_head *head,
			   const char *data)
{
	uint32_t size = 0;
	char *buffer;

	if (head->size == sizeof(size))
		memcpy(&size, data, sizeof(size));
	size = ntohl(size);
	if (resource->state.disk != DISK_UPTODATE || !inside(resource, head->offset, size)) {
		link_send(resource, MESSAGE_READ_DATA, FAILED, head->id, 0, NULL, 0);
		return;
	}
	buffer = malloc(size ? size : 1);
	if (!buffer)
		fatal("no memory");
	if (full_pread(resource->image, buffer, size, head->offset))
		link_send(resource, MESSAGE_READ_DATA, 0, head->id, 0, buffer, size);
	else
		link_send(resource, MESSAGE_READ_DATA, FAILED, head->id, 0, NULL, 0);
	free(buffer);
}

void replication_acknowledged(struct resource *resource, const struct message_head *head)
{
	struct request *request = take(resource, head->id);

	if (!request)
		return;
	if (head->flags & FAILED) {
		finish_alone(resource, request);
		return;
	}
	intent_clear(resource, request->offset, request->size);
	/* Without a disk of our own the peer's word is enough. */
	if (!request->local_done)
		bitmap_dirty(resource, request->offset, request->size);
	disk_reply_write(request->fuse, request->size);
	free(request);
}

void replication_data(struct resource *resource, const struct message_head *head, const char *data)
{
	struct request *request = take(resource, head->id);

	if (!request)
		return;
	if ((head->flags & FAILED) || head->size != request->size)
		disk_reply_error(request->fuse, EIO);
	else
		disk_reply_data(request->fuse, data, head->size);
	free(request);
}
