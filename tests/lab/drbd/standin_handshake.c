/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What two copies are to each other: the module's comparison of generation identifiers, rule by
 * rule and with its rule numbers, and what follows from it.
 */
#include <stdlib.h>

#include "standin.h"

enum {
	SYNC_SOURCE_ALL = 2,
	SYNC_SOURCE = 1,
	SYNC_NONE = 0,
	SYNC_TARGET = -1,
	SYNC_TARGET_ALL = -2,
	SPLIT_BRAIN_AUTO = 100, /* both new since the same bitmap base */
	SPLIT_BRAIN = -100,
	UNRELATED = -1000,
};

enum { FLAG_DISCARD = 1, FLAG_CRASHED = 2 };

static uint64_t generation(const uint64_t *uuids, int index)
{
	return uuids[index] & ~UUID_PRIMARY;
}

/* Both have the same current generation: did a crash or a lost message leave a difference? */
static int compare_equal(struct resource *resource, enum role peer_role, int *rule)
{
	uint64_t *self = resource->md.uuid;
	uint64_t *peer = resource->peer_uuid;
	bool self_crashed = resource->crashed_primary;
	bool peer_crashed = resource->peer_flags & FLAG_CRASHED;

	if (peer[UUID_BITMAP] == 0 && self[UUID_BITMAP] != 0) {
		*rule = 36;
		if (generation(self, UUID_BITMAP) != generation(peer, UUID_HISTORY) ||
		    generation(self, UUID_HISTORY) != generation(peer, UUID_HISTORY + 1))
			return SYNC_SOURCE;
		*rule = 34; /* we missed that the resync was complete */
		uuid_clear_bitmap(resource);
		return SYNC_SOURCE;
	}
	if (self[UUID_BITMAP] == 0 && peer[UUID_BITMAP] != 0) {
		*rule = 37;
		if (generation(self, UUID_HISTORY) != generation(peer, UUID_BITMAP) ||
		    generation(self, UUID_HISTORY + 1) != generation(peer, UUID_HISTORY))
			return SYNC_TARGET;
		*rule = 35;
		peer[UUID_HISTORY + 1] = peer[UUID_HISTORY];
		peer[UUID_HISTORY] = peer[UUID_BITMAP];
		peer[UUID_BITMAP] = 0;
		return SYNC_TARGET;
	}
	*rule = 40;
	if (!self_crashed && !peer_crashed)
		return SYNC_NONE;
	*rule = 41;
	if (resource->state.role == ROLE_PRIMARY)
		return peer_role == ROLE_PRIMARY ? SPLIT_BRAIN : SYNC_SOURCE;
	if (peer_role == ROLE_PRIMARY)
		return SYNC_TARGET;
	*rule = 42;
	if (self_crashed && peer_crashed)
		return resource->link.initiator ? SYNC_SOURCE : SYNC_TARGET;
	return self_crashed ? SYNC_SOURCE : SYNC_TARGET;
}

static bool in_history(const uint64_t *uuids, uint64_t uuid)
{
	return generation(uuids, UUID_HISTORY) == uuid ||
	       generation(uuids, UUID_HISTORY + 1) == uuid;
}

static int compare(struct resource *resource, enum role peer_role, int *rule)
{
	uint64_t *self = resource->md.uuid;
	uint64_t *peer = resource->peer_uuid;
	uint64_t self_current = generation(self, UUID_CURRENT);
	uint64_t peer_current = generation(peer, UUID_CURRENT);

	*rule = 10;
	if (self_current == UUID_JUST_CREATED && peer_current == UUID_JUST_CREATED)
		return SYNC_NONE;
	*rule = 20;
	if (self_current == UUID_JUST_CREATED || self_current == 0)
		return SYNC_TARGET_ALL;
	*rule = 30;
	if (peer_current == UUID_JUST_CREATED || peer_current == 0)
		return SYNC_SOURCE_ALL;
	if (self_current == peer_current)
		return compare_equal(resource, peer_role, rule);
	*rule = 50;
	if (self_current == generation(peer, UUID_BITMAP))
		return SYNC_TARGET;
	*rule = 51; /* the peer began a resync towards us, we never learned its UUID */
	if (self_current == generation(peer, UUID_HISTORY) &&
	    self_current + UUID_SYNC_OFFSET == generation(peer, UUID_BITMAP)) {
		peer[UUID_BITMAP] = peer[UUID_HISTORY];
		peer[UUID_HISTORY] = peer[UUID_HISTORY + 1];
		return SYNC_TARGET;
	}
	*rule = 60;
	if (in_history(peer, self_current))
		return SYNC_TARGET_ALL;
	*rule = 70;
	if (generation(self, UUID_BITMAP) == peer_current)
		return SYNC_SOURCE;
	*rule = 71;
	if (generation(self, UUID_HISTORY) == peer_current &&
	    peer_current + UUID_SYNC_OFFSET == generation(self, UUID_BITMAP)) {
		uuid_set(resource, UUID_BITMAP, self[UUID_HISTORY]);
		uuid_set(resource, UUID_HISTORY, self[UUID_HISTORY + 1]);
		return SYNC_SOURCE;
	}
	*rule = 80;
	if (in_history(self, peer_current))
		return SYNC_SOURCE_ALL;
	*rule = 90;
	if (self[UUID_BITMAP] && generation(self, UUID_BITMAP) == generation(peer, UUID_BITMAP))
		return SPLIT_BRAIN_AUTO;
	*rule = 100;
	for (int i = UUID_HISTORY; i < UUIDS; i++)
		if (in_history(peer, generation(self, i)))
			return SPLIT_BRAIN;
	return UNRELATED;
}

/* The operator said which side's changes to give up. */
static int solve_split_brain(struct resource *resource)
{
	bool peer_discards = resource->peer_flags & FLAG_DISCARD;

	if (resource->discard_my_data && !peer_discards)
		return SYNC_TARGET;
	if (!resource->discard_my_data && peer_discards)
		return SYNC_SOURCE;
	say(resource, "Split-Brain detected but unresolved, dropping connection!");
	events_helper(resource, "split-brain");
	return SPLIT_BRAIN;
}

static int judge(struct resource *resource, enum role peer_role, enum disk peer_disk)
{
	enum disk my_disk = resource->state.disk;
	int rule;
	int result = compare(resource, peer_role, &rule);

	if (my_disk == DISK_NEGOTIATING)
		my_disk = resource->negotiated_disk;
	say(resource, "uuid_compare()=%d by rule %d", result, rule);
	if (result == UNRELATED) {
		say(resource, "Unrelated data, aborting!");
		return result;
	}
	if ((my_disk == DISK_INCONSISTENT && peer_disk > DISK_INCONSISTENT) ||
	    (peer_disk == DISK_INCONSISTENT && my_disk > DISK_INCONSISTENT)) {
		bool all = result == SPLIT_BRAIN || abs(result) == 2;

		result = my_disk > DISK_INCONSISTENT ? SYNC_SOURCE : SYNC_TARGET;
		result = all ? result * 2 : result;
	}
	if (abs(result) == 100) {
		events_helper(resource, "initial-split-brain");
		/* after-sb-*pri are all "disconnect": no automatic way out. */
		return solve_split_brain(resource);
	}
	if (result > 0 && my_disk <= DISK_INCONSISTENT) {
		say(resource, "I shall become SyncSource, but I am inconsistent!");
		return UNRELATED;
	}
	if (result < 0 && resource->state.role == ROLE_PRIMARY &&
	    resource->state.disk >= DISK_CONSISTENT) {
		say(resource, "I shall become SyncTarget, but I am primary!");
		return UNRELATED;
	}
	return result;
}

int handshake(struct resource *resource, enum role peer_role, enum disk peer_disk)
{
	int result = judge(resource, peer_role, peer_disk);

	if (abs(result) >= 100)
		return -1;
	if (abs(result) == 2)
		bitmap_fill(resource, true);
	if (result == 0)
		return CONN_CONNECTED;
	return result > 0 ? CONN_WF_BITMAP_S : CONN_WF_BITMAP_T;
}
