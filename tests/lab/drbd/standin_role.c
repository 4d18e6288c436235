/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an operator's command does to the state, as in the module's drbd_nl.c: retries, requests to
 * the peer and their order. Called in a command's thread with the lock held.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "standin.h"

enum { FLAG_SKIP_SYNC = 8 };

/* Waits for a change, or until then; the lock is free meanwhile. */
static void wait_until(uint64_t until_ms)
{
	struct timespec until = {.tv_sec = (time_t)(until_ms / 1000),
				 .tv_nsec = (long)(until_ms % 1000) * 1000000};

	pthread_cond_timedwait(&kernel.changed, &kernel.lock, &until);
}

/* One command at a time, and none during a handshake. */
static void begin(struct resource *resource)
{
	while (resource->busy || resource->state_sent)
		pthread_cond_wait(&kernel.changed, &kernel.lock);
	resource->busy = true;
}

static void finish(struct resource *resource)
{
	resource->busy = false;
	link_continue(resource);
	kernel_wake();
	pthread_cond_broadcast(&kernel.changed);
}

/* Asks the peer. SS_SUCCESS also if the connection ends meanwhile: then nobody need agree. */
static int ask_peer(struct resource *resource, enum request_kind kind)
{
	uint64_t id = ++resource->next_id;

	resource->request_id = id;
	resource->request_kind = kind;
	resource->request_answer = 0;
	link_send(resource, MESSAGE_REQUEST, 0, id, kind, NULL, 0);
	link_ping(resource);
	while (resource->request_id == id && resource->request_answer == 0 &&
	       resource->state.conn >= CONN_CONNECTED)
		pthread_cond_wait(&kernel.changed, &kernel.lock);
	if (resource->request_id != id || resource->request_answer == 0)
		return SS_SUCCESS;
	resource->request_id = 0;
	return resource->request_answer < 0 ? SS_CW_FAILED_BY_PEER : SS_SUCCESS;
}

/* A change that a connected peer must agree to. */
static int request_state(struct resource *resource, struct state wanted, enum request_kind kind)
{
	struct state new = state_sanitize(resource, resource->state, wanted);
	int outcome;

	if (resource->state.conn >= CONN_CONNECTED) {
		outcome = state_valid(resource, new);
		if (outcome != SS_SUCCESS)
			return outcome;
		outcome = ask_peer(resource, kind);
		if (outcome != SS_SUCCESS)
			return outcome;
		/* The rest may have changed while we waited. */
		new = resource->state;
		new.role = wanted.role;
		new.disk = wanted.disk == DISK_FAILED ? DISK_FAILED : new.disk;
		wanted = new;
	}
	return state_set(resource, wanted, 0);
}

static int request_primary(struct resource *resource, bool fenced)
{
	struct state wanted = resource->state;

	wanted.role = ROLE_PRIMARY;
	/* What was only Consistent is the newest there is, now that the peer is out of the game. */
	if (fenced)
		wanted.disk = DISK_UPTODATE;
	return request_state(resource, wanted, REQUEST_PRIMARY);
}

static void wait_for_ping(struct resource *resource)
{
	uint64_t until_ms = now_ms() + (uint64_t)(resource->config.ping_timeout + 1) * 100;

	while (now_ms() < until_ms)
		wait_until(until_ms);
}

static int promote(struct resource *resource)
{
	int outcome = SS_SUCCESS, left = 4;
	bool fenced = false;

	while (left-- > 0) {
		outcome = request_primary(resource, fenced);
		if (outcome == SS_NO_UP_TO_DATE_DISK && resource->state.disk == DISK_CONSISTENT) {
			fenced = fencing_outdate_peer(resource);
		} else if (outcome == SS_PRIMARY_NOP) {
			fencing_outdate_peer(resource);
		} else if (outcome == SS_TWO_PRIMARIES) {
			/* The peer's death may be noticed very soon: one more attempt. */
			wait_for_ping(resource);
			left = left > 1 ? 1 : left;
		} else {
			return outcome >= SS_SUCCESS ? outcome : request_primary(resource, fenced);
		}
	}
	return outcome;
}

static void demote_state(struct resource *resource)
{
	struct state wanted = resource->state;

	while (resource->pending)
		pthread_cond_wait(&kernel.changed, &kernel.lock);
	wanted = resource->state;
	wanted.role = ROLE_SECONDARY;
	state_set(resource, wanted, STATE_HARD);
	if (resource->image >= 0)
		uuid_set(resource, UUID_CURRENT, resource->md.uuid[UUID_CURRENT]);
	link_send_state(resource);
}

static int attach_loop(struct resource *resource)
{
	int fd, failed;

	pthread_mutex_unlock(&kernel.lock);
	failed = loop_attach(resource, &fd);
	if (failed)
		say(resource, "stand-in: cannot attach loop device %d: %s", resource->loop,
		    strerror(errno));
	pthread_mutex_lock(&kernel.lock);
	if (failed) {
		demote_state(resource);
		return ERR_STANDIN;
	}
	resource->loop_fd = fd;
	return SS_SUCCESS;
}

static int become_primary(struct resource *resource)
{
	const struct state *state = &resource->state;
	int outcome = promote(resource);

	if (outcome != SS_SUCCESS)
		return outcome;
	resource->discard_my_data = false;
	if (resource->image >= 0) {
		if ((state->conn < CONN_CONNECTED || state->pdsk <= DISK_FAILED) &&
		    resource->md.uuid[UUID_BITMAP] == 0)
			uuid_new_current(resource);
		uuid_set(resource, UUID_CURRENT, resource->md.uuid[UUID_CURRENT]);
	}
	link_send_state(resource);
	return attach_loop(resource);
}

int role_primary(struct resource *resource)
{
	int outcome;

	/* "Detect dead peers as soon as possible": before anything waits. */
	link_ping(resource);
	begin(resource);
	outcome = resource->exists ? become_primary(resource) : ERR_MINOR_INVALID;
	finish(resource);
	return outcome;
}

static int become_secondary(struct resource *resource)
{
	int fd = resource->loop_fd;
	int held = 0;

	if (resource->state.role != ROLE_PRIMARY)
		return SS_NOTHING_TO_DO;
	if (fd >= 0) {
		pthread_mutex_unlock(&kernel.lock);
		held = loop_release(resource, &fd);
		pthread_mutex_lock(&kernel.lock);
		resource->loop_fd = fd;
	}
	if (held)
		return SS_DEVICE_IN_USE;
	demote_state(resource);
	return SS_SUCCESS;
}

int role_secondary(struct resource *resource)
{
	int outcome;

	begin(resource);
	outcome = resource->exists ? become_secondary(resource) : ERR_MINOR_INVALID;
	finish(resource);
	return outcome;
}

/* What the metadata say the disk is worth. */
static enum disk attached_disk(const struct resource *resource)
{
	if (!(resource->md.flags & MD_CONSISTENT))
		return DISK_INCONSISTENT;
	if (!(resource->md.flags & MD_WAS_UPTODATE))
		return DISK_OUTDATED;
	/* Consistent, which fencing = dont-care takes for UpToDate. */
	return resource->config.fencing == FENCING_DONT_CARE ||
			       (resource->md.flags & MD_PEER_OUTDATED)
		       ? DISK_UPTODATE
		       : DISK_CONSISTENT;
}

static int attach(struct resource *resource)
{
	struct state wanted = resource->state;

	if (wanted.disk > DISK_DISKLESS)
		return ERR_DISK_CONFIGURED;
	if (!metadata_exists(resource->config.name))
		return ERR_MD_INVALID;
	if (metadata_attach(resource)) {
		say(resource, "cannot attach: %s", strerror(errno));
		return ERR_OPEN_DISK;
	}
	wanted.disk = DISK_ATTACHING;
	state_set(resource, wanted, STATE_HARD);
	resource->crashed_primary = resource->md.flags & (MD_CRASHED_PRIMARY | MD_PRIMARY);
	wanted = resource->state;
	wanted.disk = attached_disk(resource);
	if (wanted.conn < CONN_CONNECTED && (resource->md.flags & MD_PEER_OUTDATED))
		wanted.pdsk = DISK_OUTDATED;
	/* The peer's generations decide; they come as the answer to ours. */
	if (wanted.conn >= CONN_CONNECTED) {
		resource->negotiated_disk = wanted.disk;
		resource->peer_known = false;
		wanted.disk = DISK_NEGOTIATING;
	}
	state_set(resource, wanted, STATE_HARD);
	uuid_set(resource, UUID_CURRENT, resource->md.uuid[UUID_CURRENT]);
	return SS_SUCCESS;
}

int role_attach(struct resource *resource)
{
	int outcome;

	begin(resource);
	outcome = resource->exists ? attach(resource) : ERR_MINOR_INVALID;
	finish(resource);
	return outcome;
}

static int detach(struct resource *resource)
{
	struct state wanted = resource->state;
	int outcome;

	if (wanted.disk == DISK_DISKLESS)
		return SS_NOTHING_TO_DO;
	wanted.disk = DISK_FAILED;
	outcome = request_state(resource, wanted, REQUEST_DETACH);
	if (outcome >= SS_SUCCESS)
		state_detach(resource);
	return outcome;
}

int role_detach(struct resource *resource)
{
	int outcome;

	begin(resource);
	outcome = resource->exists ? detach(resource) : ERR_MINOR_INVALID;
	finish(resource);
	return outcome;
}

static int connect_net(struct resource *resource, bool discard_my_data)
{
	struct state wanted = resource->state;

	if (resource->net)
		return ERR_NET_CONFIGURED;
	if (discard_my_data && wanted.role == ROLE_PRIMARY)
		return ERR_DISCARD_IMPOSSIBLE;
	if (link_open(resource)) {
		say(resource, "stand-in: cannot listen on %s: %s",
		    resource->config.hosts[resource->config.self].ip, strerror(errno));
		return ERR_STANDIN;
	}
	resource->net = true;
	resource->discard_my_data = discard_my_data;
	events_connection(resource, "create");
	wanted.conn = CONN_UNCONNECTED;
	state_set(resource, wanted, STATE_HARD);
	wanted.conn = CONN_WF_CONNECTION;
	return state_set(resource, wanted, STATE_HARD);
}

int role_connect(struct resource *resource, bool discard_my_data)
{
	int outcome;

	begin(resource);
	outcome = resource->exists ? connect_net(resource, discard_my_data) : ERR_MINOR_INVALID;
	finish(resource);
	return outcome;
}

/* Asks the peer for a change to that state, which was asked for its own sake before. */
static int disconnect_as(struct resource *resource, struct state wanted, enum request_kind kind)
{
	int outcome = state_valid(resource, state_sanitize(resource, resource->state, wanted));

	if (outcome == SS_SUCCESS)
		outcome = ask_peer(resource, kind);
	if (outcome == SS_SUCCESS && kind != REQUEST_DISCONNECT)
		state_set(resource, wanted, STATE_HARD);
	return outcome;
}

/* With a fencing policy one side is outdated in doing so, the Secondary if there is a Primary. */
static int disconnect_in_order(struct resource *resource)
{
	struct state wanted = resource->state;
	int outcome;

	wanted.conn = CONN_DISCONNECTING;
	outcome = disconnect_as(resource, wanted, REQUEST_DISCONNECT);
	if (outcome == SS_PRIMARY_NOP) {
		wanted.pdsk = DISK_OUTDATED;
		return disconnect_as(resource, wanted, REQUEST_DISCONNECT_OUTDATE);
	}
	if (outcome == SS_CW_FAILED_BY_PEER && wanted.disk > DISK_OUTDATED) {
		wanted.disk = DISK_OUTDATED;
		return disconnect_as(resource, wanted, REQUEST_DISCONNECT_OUTDATED);
	}
	return outcome == SS_CW_FAILED_BY_PEER ? SS_SUCCESS : outcome;
}

static int disconnect_net(struct resource *resource)
{
	int outcome = SS_SUCCESS;

	if (!resource->net)
		return ERR_INVALID_REQUEST;
	if (resource->state.conn >= CONN_CONNECTED)
		outcome = disconnect_in_order(resource);
	if (outcome != SS_SUCCESS)
		return outcome;
	/* The handshake may have given up on its own while we waited. */
	if (resource->net)
		link_stand_alone(resource);
	return SS_SUCCESS;
}

int role_disconnect(struct resource *resource)
{
	int outcome;

	begin(resource);
	outcome = resource->exists ? disconnect_net(resource) : ERR_MINOR_INVALID;
	finish(resource);
	return outcome;
}

int role_outdate(struct resource *resource)
{
	struct state wanted;
	int outcome = ERR_MINOR_INVALID;

	begin(resource);
	wanted = resource->state;
	wanted.disk = DISK_OUTDATED;
	/* While connected the module turns Outdated into UpToDate before it looks: no error. */
	if (resource->exists)
		outcome = state_set(resource, wanted, 0);
	finish(resource);
	return outcome;
}

static int invalidate(struct resource *resource)
{
	struct state wanted = resource->state;
	int outcome;

	if (resource->image < 0)
		return ERR_NO_DISK;
	if (wanted.conn == CONN_STANDALONE && wanted.role == ROLE_SECONDARY) {
		wanted.disk = DISK_INCONSISTENT;
		outcome = state_set(resource, wanted, 0);
		if (outcome >= SS_SUCCESS)
			bitmap_fill(resource, true);
		return outcome;
	}
	if (wanted.conn < CONN_CONNECTED)
		return SS_NEED_CONNECTION;
	if (wanted.conn > CONN_CONNECTED)
		return SS_RESYNC_RUNNING;
	wanted.conn = CONN_STARTING_SYNC_T;
	outcome = state_valid(resource, state_sanitize(resource, resource->state, wanted));
	/* The state changes where the answer arrives. */
	return outcome == SS_SUCCESS ? ask_peer(resource, REQUEST_INVALIDATE) : outcome;
}

int role_invalidate(struct resource *resource)
{
	int outcome;

	begin(resource);
	outcome = resource->exists ? invalidate(resource) : ERR_MINOR_INVALID;
	finish(resource);
	return outcome;
}

static int new_current_uuid(struct resource *resource, bool clear_bitmap)
{
	struct state wanted = resource->state;
	bool skip_sync = clear_bitmap && wanted.conn == CONN_CONNECTED &&
			 resource->md.uuid[UUID_CURRENT] == UUID_JUST_CREATED;

	if (resource->image < 0)
		return ERR_NO_DISK;
	if (!skip_sync && wanted.conn != CONN_STANDALONE)
		return ERR_CONNECTED;
	uuid_clear_bitmap(resource);
	uuid_new_current(resource);
	if (clear_bitmap)
		bitmap_fill(resource, false);
	if (!skip_sync)
		return SS_SUCCESS;
	link_send_uuids(resource, FLAG_SKIP_SYNC);
	uuid_set(resource, UUID_BITMAP, 0);
	wanted.disk = wanted.pdsk = DISK_UPTODATE;
	return state_set(resource, wanted, STATE_HARD);
}

int role_new_current_uuid(struct resource *resource, bool clear_bitmap)
{
	int outcome;

	begin(resource);
	outcome = resource->exists ? new_current_uuid(resource, clear_bitmap) : ERR_MINOR_INVALID;
	finish(resource);
	return outcome;
}

int role_suspend(struct resource *resource, bool suspend)
{
	struct state wanted;
	int outcome = ERR_MINOR_INVALID;

	begin(resource);
	if (!suspend)
		fencing_new_generation(resource);
	wanted = resource->state;
	wanted.suspended = suspend;
	wanted.frozen = suspend && wanted.frozen;
	if (resource->exists)
		outcome = state_set(resource, wanted, STATE_HARD);
	finish(resource);
	return outcome;
}

void role_create(struct resource *resource)
{
	resource->exists = true;
	resource->state = (struct state){.role = ROLE_SECONDARY, .pdsk = DISK_UNKNOWN};
	events_resource(resource, "create");
	events_device(resource, "create");
}

void role_delete(struct resource *resource)
{
	begin(resource);
	if (resource->exists) {
		events_device(resource, "destroy");
		events_resource(resource, "destroy");
		resource->exists = false;
	}
	finish(resource);
}
