/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One side of a replicated disk, by the kernel's rules (DRBD 8.4): what it is after it was
 * attached, when it may become Primary, when its I/O is frozen, and what the fence-peer handler's
 * answers do.
 */
#include "internal.h"

#include <string.h>

int disk_side(const struct sim *sim, int node, int service)
{
	for (int i = 0; i < 2; i++)
		if (sim->volumes[service].nodes[i] == node && node != CORE_NONE)
			return i;
	return CORE_NONE;
}

static struct side *side_of(struct sim *sim, int node, int service)
{
	int side = disk_side(sim, node, service);

	return side == CORE_NONE ? NULL : &sim->volumes[service].sides[side];
}

static struct side *other_side(struct sim *sim, int node, int service)
{
	return &sim->volumes[service].sides[1 - disk_side(sim, node, service)];
}

static bool stonith(const struct sim *sim)
{
	return sim->cluster.drbd_fencing == SIM_DRBD_STONITH;
}

/* ---- up and down ----------------------------------------------------------------------------- */

void disk_attach(struct sim *sim, struct side *side)
{
	if (side->fresh) {
		side->fresh = side->consistent = side->outdated = side->peer_outdated = false;
		side->crashed_primary = false;
		side->current = side->bitmap = 0;
		memset(side->history, 0, sizeof(side->history));
		memset(side->data, 0, sizeof(side->data));
	}
	if (side->failed)
		side->disk = STORAGE_DISKLESS;
	else if (!side->consistent)
		side->disk = STORAGE_INCONSISTENT;
	else if (side->outdated)
		side->disk = STORAGE_OUTDATED;
	else if (!stonith(sim) || side->peer_outdated)
		side->disk = STORAGE_UPTODATE;
	else
		side->disk = STORAGE_CONSISTENT;
}

void disk_up(struct sim *sim, int node)
{
	for (int i = 0; i < (int)sim->config->service_count; i++) {
		struct side *side = side_of(sim, node, i);

		if (!side || side->configured)
			continue;
		side->configured = true;
		side->role = STORAGE_SECONDARY;
		side->link = STORAGE_CONNECTING;
		side->peer_disk = STORAGE_DISK_UNKNOWN;
		side->suspended = side->split = side->rotate = false;
		side->handler = 0;
		disk_attach(sim, side);
		disk_changed(sim, i);
	}
	link_changed(sim);
}

void disk_power_lost(struct sim *sim, int node)
{
	for (int i = 0; i < (int)sim->config->service_count; i++) {
		struct side *side = side_of(sim, node, i);

		if (!side)
			continue;
		if (side->role == STORAGE_PRIMARY)
			side->crashed_primary = true;
		side->configured = side->suspended = side->split = side->rotate = false;
		side->role = STORAGE_SECONDARY;
		side->link = STORAGE_LINK_UNKNOWN;
		side->disk = STORAGE_DISK_UNKNOWN;
		side->handler = 0;
	}
}

void disk_new_generation(struct sim *sim, struct side *side)
{
	side->rotate = false;
	if (side->bitmap != 0 || side->disk != STORAGE_UPTODATE)
		return;
	side->bitmap = side->current;
	side->current = ++sim->generation;
}

/* ---- the handler ----------------------------------------------------------------------------- */

static void call_handler(struct sim *sim, int node, int service, struct side *side, bool promoting)
{
	struct notice notice = {.type = CORE_FENCE_PEER};
	struct event *event;

	side->handler = ++sim->next_id;
	side->handler_promoting = promoting;
	event = queue_add(sim, daemon_runs(sim, node) ? HANDLER_MS : 100, EVENT_HANDLER, node);
	event->number = side->handler;
	notice.fence_peer.id = side->handler;
	notice.fence_peer.service = service;
	if (daemon_runs(sim, node))
		daemon_tell_later(sim, node, 5, &notice);
}

static bool proves(const struct side *side, enum core_fence_peer answer)
{
	switch (answer) {
	case FENCE_PEER_INCONSISTENT:
	case FENCE_PEER_OUTDATED:
	case FENCE_PEER_FENCED:
		return true;
	case FENCE_PEER_DOWN:
		return side->disk == STORAGE_UPTODATE;
	case FENCE_PEER_PRIMARY:
	case FENCE_PEER_UNKNOWN:
		break;
	}
	return false;
}

static void become_primary(struct sim *sim, int node, int service, struct side *side)
{
	side->role = STORAGE_PRIMARY;
	if (side->link != STORAGE_CONNECTED) {
		side->disk = STORAGE_UPTODATE;
		side->peer_outdated = side->peer_disk != STORAGE_DISK_UNKNOWN;
		disk_new_generation(sim, side);
	}
	sim->changed = true;
	disk_changed(sim, service);
	verify_promoted(sim, node, service);
}

void disk_answer(struct sim *sim, int node, uint64_t id, enum core_fence_peer answer)
{
	for (int i = 0; i < (int)sim->config->service_count; i++) {
		struct side *side = side_of(sim, node, i);

		if (!side || id == 0 || side->handler != id)
			continue;
		side->handler = 0;
		story(sim, node, "the fence-peer handler answers %d", (int)answer);
		if (side->link == STORAGE_CONNECTED)
			answer = FENCE_PEER_UNKNOWN; /* it is there again: of no interest */
		if (answer == FENCE_PEER_PRIMARY) {
			side->disk = STORAGE_OUTDATED;
			side->outdated = true;
		}
		if (proves(side, answer))
			side->peer_disk = answer == FENCE_PEER_INCONSISTENT ? STORAGE_INCONSISTENT
									    : STORAGE_OUTDATED;
		if (side->handler_promoting) {
			if (proves(side, answer))
				become_primary(sim, node, i, side);
			resource_promoted(sim, node, i,
					  side->role == STORAGE_PRIMARY ? OUTCOME_OK
									: OUTCOME_FAILED);
		} else if (side->suspended && proves(side, answer)) {
			side->suspended = false;
			side->peer_outdated = side->rotate = true;
			client_unfrozen(sim, i, node);
		}
		disk_changed(sim, i);
		return;
	}
}

void disk_handler_ended(struct sim *sim, int node, uint64_t id)
{
	disk_answer(sim, node, id, FENCE_PEER_UNKNOWN);
}

/* ---- losing the other side ------------------------------------------------------------------- */

void disk_lost(struct sim *sim, int service, int index, bool clean)
{
	struct volume *volume = &sim->volumes[service];
	struct side *side = &volume->sides[index];
	int node = volume->nodes[index];

	side->link = STORAGE_CONNECTING;
	side->peer_disk = STORAGE_DISK_UNKNOWN;
	volume->syncing = false;
	if (side->role == STORAGE_PRIMARY && clean) {
		side->peer_disk = STORAGE_OUTDATED;
		side->peer_outdated = side->rotate = true;
	} else if (side->role == STORAGE_PRIMARY && stonith(sim)) {
		side->suspended = true;
		story(sim, node, "DRBD has lost its peer, and is frozen");
		call_handler(sim, node, service, side, false);
	} else if (side->role == STORAGE_PRIMARY) {
		side->rotate = true;
		client_unfrozen(sim, service, node);
	}
	disk_changed(sim, service);
}

/* ---- orders ---------------------------------------------------------------------------------- */

enum outcome disk_promote(struct sim *sim, int node, int service, bool *waits)
{
	struct side *side = side_of(sim, node, service);
	const struct side *other = other_side(sim, node, service);

	*waits = false;
	if (side->role == STORAGE_PRIMARY)
		return OUTCOME_OK;
	if (!side->configured)
		return OUTCOME_FAILED;
	/* It sends a ping first, so a dead connection is noticed. */
	if (side->link == STORAGE_CONNECTED &&
	    (other->link != STORAGE_CONNECTED || !link_works(sim, service)))
		disk_lost(sim, service, disk_side(sim, node, service), false);
	if (side->link == STORAGE_CONNECTED) {
		if (other->role == STORAGE_PRIMARY || side->disk != STORAGE_UPTODATE)
			return OUTCOME_TIMEOUT; /* tried again */
		become_primary(sim, node, service, side);
		return OUTCOME_OK;
	}
	if (side->disk < STORAGE_CONSISTENT)
		return OUTCOME_FAILED;
	if (stonith(sim) && side->peer_disk == STORAGE_DISK_UNKNOWN) {
		*waits = true;
		if (side->handler == 0)
			call_handler(sim, node, service, side, true);
		else
			side->handler_promoting = true;
		return OUTCOME_OK;
	}
	become_primary(sim, node, service, side);
	return OUTCOME_OK;
}

enum outcome disk_demote(struct sim *sim, int node, int service)
{
	struct side *side = side_of(sim, node, service);

	if (side->suspended)
		return OUTCOME_TIMEOUT;
	side->role = STORAGE_SECONDARY;
	sim->changed = true;
	disk_changed(sim, service);
	return OUTCOME_OK;
}

enum outcome disk_outdate(struct sim *sim, int node, int service)
{
	struct side *side = side_of(sim, node, service);

	if (!side || !side->configured || side->link == STORAGE_CONNECTED ||
	    side->role == STORAGE_PRIMARY)
		return OUTCOME_FAILED;
	if (side->disk == STORAGE_UPTODATE || side->disk == STORAGE_CONSISTENT) {
		side->disk = STORAGE_OUTDATED;
		side->outdated = true;
		disk_changed(sim, service);
	}
	return OUTCOME_OK;
}

enum outcome disk_resume(struct sim *sim, int node, int service)
{
	struct side *side = side_of(sim, node, service);

	if (!side || !side->configured)
		return OUTCOME_FAILED;
	if (!side->suspended)
		return OUTCOME_OK;
	side->suspended = false;
	side->rotate = true;
	client_unfrozen(sim, service, node);
	disk_changed(sim, service);
	return OUTCOME_OK;
}

/* ---- what befalls it ------------------------------------------------------------------------- */

void disk_fail(struct sim *sim, int node, int service)
{
	struct side *side = side_of(sim, node, service);
	struct side *other = other_side(sim, node, service);

	side->failed = true;
	if (!side->configured)
		return;
	side->disk = STORAGE_DISKLESS;
	/* The other side alone has what is written from here on. */
	if (side->link == STORAGE_CONNECTED && link_works(sim, service)) {
		other->peer_disk = STORAGE_DISKLESS;
		disk_new_generation(sim, other);
	}
	disk_changed(sim, service);
	/* It works on the other side's disk, if it can. */
	if (side->role == STORAGE_PRIMARY &&
	    (side->link != STORAGE_CONNECTED || other->disk != STORAGE_UPTODATE))
		resource_fell_sick(sim, node, service, 0, VERDICT_FAILED);
}

void disk_replace(struct sim *sim, int node, int service)
{
	struct side *side = side_of(sim, node, service);

	side->failed = false;
	side->fresh = true;
	/* A Primary without its peer cannot take it: it has nothing to renew it from. */
	if (!side->configured || (side->role == STORAGE_PRIMARY &&
				  (side->link != STORAGE_CONNECTED || !link_works(sim, service))))
		return;
	disk_attach(sim, side);
	/* Even a Primary may be renewed while it reads from its peer. */
	if (side->link == STORAGE_CONNECTED && link_works(sim, service))
		link_renew(sim, service, disk_side(sim, node, service));
	disk_changed(sim, service);
	link_changed(sim);
}

void disk_discard(struct sim *sim, int node, int service)
{
	struct volume *volume = &sim->volumes[service];
	struct side *side = side_of(sim, node, service);

	side->discard = true;
	for (int i = 0; i < 2; i++) {
		volume->sides[i].split = false;
		if (volume->sides[i].link == STORAGE_STANDALONE)
			volume->sides[i].link = STORAGE_CONNECTING;
	}
	client_forgive(sim, service, volume->nodes[1 - disk_side(sim, node, service)]);
	disk_changed(sim, service);
	link_changed(sim);
}

/* ---- what the daemons are told --------------------------------------------------------------- */

void disk_changed(struct sim *sim, int service)
{
	struct notice notice = {.type = CORE_STORAGE};

	for (int i = 0; i < 2; i++) {
		int node = sim->volumes[service].nodes[i];

		if (node == CORE_NONE || sim->storage_due[node] || !daemon_runs(sim, node))
			continue;
		sim->storage_due[node] = true;
		daemon_tell_later(sim, node, random_next(sim) % 4, &notice);
	}
}

/* What the kernel of that node shows; of its peer what it heard last, if the connection is dead. */
static void fill(const struct sim *sim, int service, int index, const struct storage *told,
		 struct storage *storage)
{
	const struct volume *volume = &sim->volumes[service];
	const struct side *side = &volume->sides[index], *other = &volume->sides[1 - index];
	bool alive = other->link == STORAGE_CONNECTED && link_works(sim, service);

	memset(storage, 0, sizeof(*storage));
	storage->known = true;
	storage->configured = side->configured;
	storage->suspended = side->suspended;
	storage->split_brain = side->split;
	storage->role = side->role;
	storage->disk = side->disk;
	storage->link = side->link;
	storage->generations_known = !side->failed;
	storage->current = side->current;
	storage->bitmap = side->bitmap;
	storage->history[0] = side->history[0];
	storage->history[1] = side->history[1];
	if (side->link != STORAGE_CONNECTED) {
		storage->peer_disk = side->peer_disk;
		return;
	}
	storage->peer_role = alive ? other->role : told->peer_role;
	storage->peer_disk = alive ? other->disk : told->peer_disk;
	storage->syncing = volume->syncing;
}

static bool are_same(const struct storage *a, const struct storage *b)
{
	return a->known == b->known && a->configured == b->configured &&
	       a->suspended == b->suspended && a->syncing == b->syncing &&
	       a->split_brain == b->split_brain && a->role == b->role &&
	       a->peer_role == b->peer_role && a->disk == b->disk && a->peer_disk == b->peer_disk &&
	       a->link == b->link && a->percent == b->percent &&
	       a->generations_known == b->generations_known && a->current == b->current &&
	       a->bitmap == b->bitmap && a->history[0] == b->history[0] &&
	       a->history[1] == b->history[1];
}

void disk_tell(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	sim->storage_due[node] = false;
	for (int i = 0; i < (int)sim->config->service_count && daemon_runs(sim, node); i++) {
		int index = disk_side(sim, node, i);
		struct core_event event = {.type = CORE_STORAGE};

		if (index == CORE_NONE)
			continue;
		event.storage.service = i;
		fill(sim, i, index, &machine->told[i], &event.storage.storage);
		if (are_same(&event.storage.storage, &machine->told[i]))
			continue;
		machine->told[i] = event.storage.storage;
		daemon_step(sim, node, &event);
	}
}
