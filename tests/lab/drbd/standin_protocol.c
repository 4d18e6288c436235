/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the peer tells, and what follows from it. */
#include <string.h>

#include "standin.h"

enum { FLAG_SKIP_SYNC = 8 };

/* The operator declared both empty disks to be equal (new-current-uuid --clear-bitmap). */
static void skip_initial_sync(struct resource *resource)
{
	struct state wanted = resource->state;

	if (!(resource->peer_flags & FLAG_SKIP_SYNC) || resource->state.conn != CONN_CONNECTED ||
	    resource->image < 0 || resource->md.uuid[UUID_CURRENT] != UUID_JUST_CREATED)
		return;
	bitmap_fill(resource, false);
	uuid_set(resource, UUID_CURRENT, resource->peer_uuid[UUID_CURRENT]);
	uuid_set(resource, UUID_BITMAP, 0);
	wanted.disk = wanted.pdsk = DISK_UPTODATE;
	state_set(resource, wanted, STATE_HARD);
}

/* Whether this report begins a connection or a disk's life in it. */
static bool considers_resync(const struct resource *resource, enum disk peer_disk)
{
	if (!resource->peer_known || peer_disk < DISK_NEGOTIATING ||
	    resource->state.disk < DISK_NEGOTIATING)
		return false;
	return resource->state.conn < CONN_CONNECTED ||
	       (resource->state.conn == CONN_CONNECTED &&
		(peer_disk == DISK_NEGOTIATING || resource->state.disk == DISK_NEGOTIATING));
}

static void receive_state(struct resource *resource, enum role peer_role, enum disk peer_disk)
{
	struct state wanted = resource->state;
	bool new_connection = wanted.conn < CONN_CONNECTED;
	enum disk real_disk = peer_disk;
	int conn;

	if (peer_disk == DISK_NEGOTIATING)
		real_disk = resource->peer_flags & 4 ? DISK_INCONSISTENT : DISK_CONSISTENT;
	if (wanted.conn == CONN_WF_REPORT_PARAMS)
		wanted.conn = CONN_CONNECTED;
	if (considers_resync(resource, peer_disk)) {
		conn = handshake(resource, peer_role, real_disk);
		if (conn < 0) {
			link_stand_alone(resource);
			return;
		}
		wanted.conn = (enum connection)conn;
		if (wanted.disk == DISK_NEGOTIATING && wanted.conn != CONN_WF_BITMAP_T)
			wanted.disk = resource->negotiated_disk;
	}
	wanted.peer = peer_role;
	wanted.pdsk = real_disk;
	if (state_set(resource, wanted, new_connection ? 0 : STATE_HARD) < SS_SUCCESS) {
		say(resource, "the two states do not go together");
		link_stand_alone(resource);
		return;
	}
	if (new_connection)
		resource->discard_my_data = false;
}

/* A Primary wants to see the other side outdated first; so does its peer of itself. */
static int peer_disconnects(struct resource *resource, enum request_kind kind)
{
	struct state wanted = resource->state;

	wanted.conn = CONN_TEAR_DOWN;
	if (kind == REQUEST_DISCONNECT)
		return state_valid(resource, state_sanitize(resource, resource->state, wanted));
	if (kind == REQUEST_DISCONNECT_OUTDATED)
		wanted.pdsk = DISK_OUTDATED;
	else if (wanted.disk > DISK_OUTDATED)
		wanted.disk = DISK_OUTDATED;
	return state_set(resource, wanted, 0);
}

static int peer_invalidates(struct resource *resource)
{
	struct state wanted = resource->state;
	int outcome;

	wanted.conn = CONN_STARTING_SYNC_S;
	outcome = state_set(resource, wanted, 0);
	if (outcome == SS_SUCCESS)
		bitmap_fill(resource, true);
	return outcome;
}

static int peer_wants(struct resource *resource, enum request_kind kind)
{
	struct state wanted = resource->state;

	/* Both want something at once: the side that opened the connection goes first. */
	if (resource->busy && resource->link.initiator && kind == REQUEST_PRIMARY)
		return SS_CONCURRENT_CHANGE;
	switch (kind) {
	case REQUEST_PRIMARY:
		wanted.peer = ROLE_PRIMARY;
		return state_set(resource, wanted, 0);
	case REQUEST_DETACH:
		wanted.pdsk = DISK_FAILED;
		return state_set(resource, wanted, 0);
	case REQUEST_DISCONNECT:
	case REQUEST_DISCONNECT_OUTDATED:
	case REQUEST_DISCONNECT_OUTDATE:
		return peer_disconnects(resource, kind);
	case REQUEST_INVALIDATE:
		return peer_invalidates(resource);
	}
	return SS_CW_FAILED_BY_PEER;
}

static void receive_request(struct resource *resource, const struct message_head *head)
{
	enum request_kind kind = (enum request_kind)head->offset;
	int outcome = peer_wants(resource, kind);

	link_send(resource, MESSAGE_ANSWER, 0, head->id, (uint64_t)(int64_t)outcome, NULL, 0);
	if (outcome < SS_SUCCESS)
		return;
	if (kind == REQUEST_DISCONNECT || kind == REQUEST_DISCONNECT_OUTDATED ||
	    kind == REQUEST_DISCONNECT_OUTDATE)
		link_broken(resource, CONN_TEAR_DOWN);
	if (kind == REQUEST_INVALIDATE)
		resync_become_source(resource);
}

static void begin_full_sync(struct resource *resource)
{
	struct state wanted = resource->state;

	wanted.conn = CONN_STARTING_SYNC_T;
	if (state_set(resource, wanted, 0) == SS_SUCCESS)
		bitmap_fill(resource, true);
}

static void receive_answer(struct resource *resource, const struct message_head *head)
{
	if (head->id != resource->request_id)
		return;
	resource->request_answer = (int)(int64_t)head->offset;
	/* What the peer sends next belongs to the resync already. */
	if (resource->request_kind == REQUEST_INVALIDATE && resource->request_answer > 0)
		begin_full_sync(resource);
	pthread_cond_broadcast(&kernel.changed);
}

void protocol_message(struct resource *resource, const struct message_head *head, const char *data)
{
	switch ((enum message)head->type) {
	case MESSAGE_UUIDS:
		skip_initial_sync(resource);
		return;
	case MESSAGE_STATE:
		receive_state(resource, (enum role)head->flags, (enum disk)head->id);
		return;
	case MESSAGE_WRITE:
		replication_peer_write(resource, head, data);
		return;
	case MESSAGE_WRITE_ACK:
		replication_acknowledged(resource, head);
		return;
	case MESSAGE_READ:
		replication_peer_read(resource, head, data);
		return;
	case MESSAGE_READ_DATA:
		replication_data(resource, head, data);
		return;
	case MESSAGE_OUT_OF_SYNC:
		bitmap_dirty(resource, head->offset, head->id);
		return;
	case MESSAGE_BITMAP:
		resync_bitmap(resource, data, head->size);
		return;
	case MESSAGE_SYNC_UUID:
		resync_sync_uuid(resource, head->id);
		return;
	case MESSAGE_RESYNC:
		resync_block(resource, head, data);
		return;
	case MESSAGE_RESYNC_ACK:
		resync_acknowledged(resource, head);
		return;
	case MESSAGE_RESYNC_DONE:
		resync_done(resource);
		return;
	case MESSAGE_RESYNC_DONE_ACK:
		resync_confirmed(resource);
		return;
	case MESSAGE_REQUEST:
		receive_request(resource, head);
		return;
	case MESSAGE_ANSWER:
		receive_answer(resource, head);
		return;
	default:
		say(resource, "unknown message %u", head->type);
		link_broken(resource, CONN_PROTOCOL_ERROR);
	}
}
