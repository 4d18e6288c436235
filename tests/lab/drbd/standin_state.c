/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state machine of DRBD 8.4 for one volume and one peer: which states exclude each other,
 * which changes are refused, and what a change sets off. The rules are those of the module's
 * drbd_state.c for two_primaries = no.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "standin.h"

static bool same(const struct state *a, const struct state *b)
{
	return a->role == b->role && a->peer == b->peer && a->disk == b->disk &&
	       a->pdsk == b->pdsk && a->conn == b->conn && a->suspended == b->suspended &&
	       a->frozen == b->frozen;
}

bool state_suspended(const struct state *state)
{
	return state->suspended || state->frozen;
}

static void limit(enum disk *disk, enum disk minimum, enum disk maximum)
{
	if (*disk > maximum)
		*disk = maximum;
	if (*disk < minimum)
		*disk = minimum;
}

/* The disk states that a connection state implies. */
static void limit_disks(struct state *state)
{
	switch (state->conn) {
	case CONN_STARTING_SYNC_T:
	case CONN_WF_BITMAP_T:
	case CONN_WF_SYNC_UUID:
		limit(&state->disk, DISK_INCONSISTENT, DISK_OUTDATED);
		limit(&state->pdsk, DISK_UPTODATE, DISK_UPTODATE);
		break;
	case CONN_SYNC_TARGET:
		limit(&state->disk, DISK_INCONSISTENT, DISK_INCONSISTENT);
		limit(&state->pdsk, DISK_UPTODATE, DISK_UPTODATE);
		break;
	case CONN_STARTING_SYNC_S:
	case CONN_WF_BITMAP_S:
		limit(&state->disk, DISK_UPTODATE, DISK_UPTODATE);
		limit(&state->pdsk, DISK_INCONSISTENT, DISK_CONSISTENT);
		break;
	case CONN_SYNC_SOURCE:
		limit(&state->disk, DISK_UPTODATE, DISK_UPTODATE);
		limit(&state->pdsk, DISK_INCONSISTENT, DISK_INCONSISTENT);
		break;
	case CONN_CONNECTED:
		limit(&state->pdsk, DISK_DISKLESS, DISK_UPTODATE);
		break;
	default:
		limit(&state->pdsk, DISK_INCONSISTENT, DISK_UNKNOWN);
		break;
	}
}

struct state state_sanitize(const struct resource *resource, struct state old, struct state new)
{
	if (new.conn < CONN_CONNECTED) {
		new.peer = ROLE_UNKNOWN;
		if (new.pdsk > DISK_UNKNOWN || new.pdsk < DISK_INCONSISTENT)
			new.pdsk = DISK_UNKNOWN;
	}
	/* A resync needs both disks. */
	if (new.conn > CONN_CONNECTED && (new.disk <= DISK_FAILED || new.pdsk <= DISK_FAILED))
		new.conn = CONN_CONNECTED;
	/* The connection broke before it was settled what the new disk is worth. */
	if (new.conn < CONN_CONNECTED &&new.disk == DISK_NEGOTIATING)
		new.disk = resource->negotiated_disk;
	/* Consistent and Outdated end with a handshake that found nothing newer. */
	if (new.conn >= CONN_CONNECTED) {
		if (new.disk == DISK_CONSISTENT || new.disk == DISK_OUTDATED)
			new.disk = DISK_UPTODATE;
		if (new.pdsk == DISK_CONSISTENT || new.pdsk == DISK_OUTDATED)
			new.pdsk = DISK_UPTODATE;
	}
	limit_disks(&new);
	if (fencing_freezes(resource, &old, &new))
		new.frozen = true;
	return new;
}

int state_valid(const struct resource *resource, struct state state)
{
	if (resource->net && state.role == ROLE_PRIMARY && state.peer == ROLE_PRIMARY)
		return SS_TWO_PRIMARIES;
	if (state.role == ROLE_SECONDARY && resource->loop_held)
		return SS_DEVICE_IN_USE;
	if (state.role == ROLE_PRIMARY && state.conn < CONN_CONNECTED && state.disk < DISK_UPTODATE)
		return SS_NO_UP_TO_DATE_DISK;
	if (fencing_policy(resource) >= FENCING_RESOURCE_ONLY && state.role == ROLE_PRIMARY &&
	    state.conn < CONN_CONNECTED && state.pdsk >= DISK_UNKNOWN)
		return SS_PRIMARY_NOP;
	if (state.role == ROLE_PRIMARY && state.disk <= DISK_INCONSISTENT &&
	    state.pdsk <= DISK_INCONSISTENT)
		return SS_NO_UP_TO_DATE_DISK;
	if (state.conn > CONN_CONNECTED && state.disk < DISK_UPTODATE && state.pdsk < DISK_UPTODATE)
		return SS_NO_UP_TO_DATE_DISK;
	if (state.role == ROLE_PRIMARY && state.disk < DISK_UPTODATE && state.pdsk < DISK_UPTODATE)
		return SS_NO_UP_TO_DATE_DISK;
	if (state.conn >= CONN_CONNECTED && state.pdsk == DISK_UNKNOWN)
		return SS_CONNECTED_OUTDATES;
	return SS_SUCCESS;
}

/* Refusals that depend on where the change starts. */
static int transition_valid(const struct resource *resource, const struct state *old,
			    const struct state *new)
{
	bool starting = new->conn == CONN_STARTING_SYNC_S || new->conn == CONN_STARTING_SYNC_T;

	if (new->conn == CONN_DISCONNECTING && old->conn == CONN_STANDALONE)
		return SS_ALREADY_STANDALONE;
	if (new->disk > DISK_ATTACHING && old->disk == DISK_DISKLESS)
		return SS_IS_DISKLESS;
	if (new->disk == DISK_OUTDATED && old->disk < DISK_OUTDATED && old->disk != DISK_ATTACHING)
		return SS_LOWER_THAN_OUTDATED;
	if (starting && old->conn > CONN_CONNECTED)
		return SS_RESYNC_RUNNING;
	if (starting && old->conn < CONN_CONNECTED)
		return SS_NEED_CONNECTION;
	if (resource->state_sent &&
	    !(new->conn >= CONN_WF_REPORT_PARAMS &&
	      (old->conn == CONN_WF_CONNECTION || old->conn == CONN_WF_REPORT_PARAMS)))
		return SS_IN_TRANSIENT_STATE;
	return SS_SUCCESS;
}

static uint64_t random_uuid(void)
{
	uint64_t uuid = 0;

	while (uuid <= UUID_JUST_CREATED)
		if (getrandom(&uuid, sizeof(uuid), 0) != sizeof(uuid))
			fatal("getrandom");
	return uuid & ~UUID_PRIMARY;
}

static void save(struct resource *resource)
{
	if (resource->image >= 0 && metadata_write(resource->config.name, &resource->md))
		fatal("metadata cannot be written");
}

void uuid_set(struct resource *resource, int index, uint64_t value)
{
	if (index == UUID_CURRENT) {
		value &= ~UUID_PRIMARY;
		if (resource->state.role == ROLE_PRIMARY)
			value |= UUID_PRIMARY;
	}
	resource->md.uuid[index] = value;
	save(resource);
}

void uuid_rotate(struct resource *resource, int index, uint64_t value)
{
	if (resource->md.uuid[index]) {
		resource->md.uuid[UUID_HISTORY + 1] = resource->md.uuid[UUID_HISTORY];
		resource->md.uuid[UUID_HISTORY] = resource->md.uuid[index];
	}
	uuid_set(resource, index, value);
}

void uuid_clear_bitmap(struct resource *resource)
{
	if (resource->md.uuid[UUID_BITMAP] == 0)
		return;
	uuid_rotate(resource, UUID_BITMAP, 0);
}

void uuid_new_current(struct resource *resource)
{
	resource->md.uuid[UUID_BITMAP] = resource->md.uuid[UUID_CURRENT];
	uuid_set(resource, UUID_CURRENT, random_uuid());
	say(resource, "new current UUID %016llX",
	    (unsigned long long)resource->md.uuid[UUID_CURRENT]);
}

/* The source of a resync derives its bitmap UUID so that a lost message can be recognised. */
static void begin_sync_source(struct resource *resource)
{
	uint64_t uuid = resource->md.uuid[UUID_BITMAP];

	uuid = uuid && uuid != UUID_JUST_CREATED ? uuid + UUID_SYNC_OFFSET : random_uuid();
	uuid_rotate(resource, UUID_BITMAP, uuid);
	link_send(resource, MESSAGE_SYNC_UUID, 0, uuid, 0, NULL, 0);
}

static void update_flags(struct resource *resource)
{
	const struct state *state = &resource->state;
	unsigned flags = 0;

	/* A disk that is being detached keeps what was true of it before. */
	if (resource->image < 0 || state->disk < DISK_INCONSISTENT)
		return;
	if (resource->crashed_primary)
		flags |= MD_CRASHED_PRIMARY;
	if (state->role == ROLE_PRIMARY ||
	    (state->pdsk < DISK_INCONSISTENT && state->peer == ROLE_PRIMARY))
		flags |= MD_PRIMARY;
	if (state->conn > CONN_WF_REPORT_PARAMS)
		flags |= MD_CONNECTED;
	if (state->disk > DISK_INCONSISTENT)
		flags |= MD_CONSISTENT;
	if (state->disk > DISK_OUTDATED)
		flags |= MD_WAS_UPTODATE;
	if (state->pdsk >= DISK_INCONSISTENT && state->pdsk <= DISK_OUTDATED)
		flags |= MD_PEER_OUTDATED;
	if (flags == resource->md.flags)
		return;
	resource->md.flags = flags;
	save(resource);
}

static bool lost_peers_data(enum disk old, enum disk new)
{
	if (old >= DISK_INCONSISTENT && old != DISK_UNKNOWN && old != DISK_OUTDATED &&
	    (new < DISK_INCONSISTENT || new == DISK_UNKNOWN || new == DISK_OUTDATED))
		return true;
	return old == DISK_UNKNOWN &&
	       (new == DISK_DISKLESS || new == DISK_FAILED || new == DISK_OUTDATED);
}

/* From now on a Primary's data are another generation than the peer's. */
static void bump_generation(struct resource *resource, const struct state *old,
			    const struct state *new)
{
	bool lost = lost_peers_data(old->pdsk, new->pdsk) &&
		    (new->role == ROLE_PRIMARY || new->peer == ROLE_PRIMARY);
	bool diskless_primary = new->pdsk < DISK_INCONSISTENT &&
				old->peer != ROLE_PRIMARY &&new->peer == ROLE_PRIMARY;

	if (resource->image < 0 || resource->md.uuid[UUID_BITMAP] || new->disk < DISK_UPTODATE)
		return;
	if (!lost && !diskless_primary)
		return;
	if (state_suspended(&resource->state)) {
		resource->generation_due = true;
		return;
	}
	uuid_new_current(resource);
	link_send_uuids(resource, 0);
}

static void after_change(struct resource *resource, const struct state *old,
			 const struct state *new)
{
	if ((old->disk != DISK_UPTODATE || old->pdsk != DISK_UPTODATE) &&
	    new->disk == DISK_UPTODATE &&new->pdsk == DISK_UPTODATE)
		resource->crashed_primary = false;
	if (old->conn != CONN_SYNC_SOURCE && new->conn == CONN_SYNC_SOURCE)
		begin_sync_source(resource);
	/* The peer attached its disk: tell it all that its handshake needs. */
	if (old->pdsk == DISK_DISKLESS && new->pdsk > DISK_DISKLESS &&new->pdsk != DISK_UNKNOWN) {
		link_send_uuids(resource, 0);
		link_send_state(resource);
	}
	if ((old->conn != CONN_WF_BITMAP_S && new->conn == CONN_WF_BITMAP_S) ||
	    (old->conn != CONN_WF_BITMAP_T && new->conn == CONN_WF_BITMAP_T))
		resync_begin_bitmaps(resource);
	bump_generation(resource, old, new);
	if (new->conn >= CONN_CONNECTED) {
		if (old->disk == DISK_ATTACHING && new->disk == DISK_NEGOTIATING) {
			link_send_uuids(resource, 0);
			link_send_state(resource);
		} else if (old->conn == CONN_WF_REPORT_PARAMS || old->disk != new->disk) {
			link_send_state(resource);
		}
	}
	if (state_suspended(old) && !state_suspended(new))
		replication_resume(resource);
	else if (old->conn >= CONN_CONNECTED && new->conn < CONN_CONNECTED && !state_suspended(new))
		replication_lost(resource);
	fencing_after_change(resource, old, new);
}

static bool conn_transition_valid(enum connection old, enum connection new)
{
	if (old == new)
		return true;
	if (old == CONN_STANDALONE)
		return new == CONN_UNCONNECTED;
	if (old < CONN_WF_REPORT_PARAMS && new >= CONN_CONNECTED)
		return false;
	if (old >= CONN_TIMEOUT && old <= CONN_TEAR_DOWN)
		return new == CONN_UNCONNECTED || new == CONN_DISCONNECTING;
	return old != CONN_DISCONNECTING || new == CONN_STANDALONE;
}

int state_set(struct resource *resource, struct state wanted, unsigned flags)
{
	struct state old = resource->state;
	struct state new = state_sanitize(resource, old, wanted);
	int outcome;

	if (same(&old, &new))
		return SS_NOTHING_TO_DO;
	if (!conn_transition_valid(old.conn, new.conn))
		return new.conn == CONN_DISCONNECTING ? SS_ALREADY_STANDALONE : SS_NEED_CONNECTION;
	if (!(flags & STATE_HARD)) {
		outcome = state_valid(resource, new);
		/* What was illegal before may stay so. */
		if (outcome == SS_SUCCESS || state_valid(resource, old) == outcome)
			outcome = transition_valid(resource, &old, &new);
		if (outcome != SS_SUCCESS)
			return outcome;
	}
	if (new.conn < CONN_WF_REPORT_PARAMS || new.conn >= CONN_CONNECTED)
		resource->state_sent = false;
	if (old.conn < CONN_WF_REPORT_PARAMS && new.conn >= CONN_WF_REPORT_PARAMS)
		resource->connect_count++;
	resource->state = new;
	say(resource, "cs:%s ro:%s/%s ds:%s/%s%s", connection_name(new.conn), role_name(new.role),
	    role_name(new.peer), disk_name(new.disk), disk_name(new.pdsk),
	    new.frozen ? " frozen" : "");
	update_flags(resource);
	events_changed(resource, &old, &new);
	after_change(resource, &old, &new);
	update_flags(resource);
	pthread_cond_broadcast(&kernel.changed);
	return SS_SUCCESS;
}

void state_detach(struct resource *resource)
{
	struct state wanted = resource->state;

	wanted.disk = DISK_FAILED;
	state_set(resource, wanted, STATE_HARD);
	wanted = resource->state;
	wanted.disk = DISK_DISKLESS;
	state_set(resource, wanted, STATE_HARD);
	metadata_detach(resource);
}
