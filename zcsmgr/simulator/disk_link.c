/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The connection of a replicated disk: noticed as lost after a while, made again by a handshake
 * that compares generation identifiers, and the resync that may follow.
 */
#include "internal.h"

#include <string.h>

static bool lives(const struct sim *sim, int node)
{
	const struct machine *machine = &sim->machines[node];

	return machine->power && !machine->frozen && !machine->paused;
}

bool link_works(const struct sim *sim, int service)
{
	const struct volume *volume = &sim->volumes[service];
	int a = volume->nodes[0], b = volume->nodes[1];

	return lives(sim, a) && lives(sim, b) && !sim->repl_cut[a][b] && !sim->repl_cut[b][a];
}

static void look_later(struct sim *sim, int service, uint64_t delay_ms)
{
	struct event *event = queue_add(sim, delay_ms, EVENT_LINK, 0);

	event->service = service;
	event->number = ++sim->volumes[service].link_id;
}

void link_changed(struct sim *sim)
{
	for (int i = 0; i < (int)sim->config->service_count; i++) {
		struct volume *volume = &sim->volumes[i];
		bool connected;

		if (volume->nodes[0] == CORE_NONE)
			continue;
		connected = volume->sides[0].link == STORAGE_CONNECTED ||
			    volume->sides[1].link == STORAGE_CONNECTED;
		look_later(sim, i,
			   connected ? random_between(sim, 500, 6500)
				     : random_between(sim, 200, 1500));
	}
}

/* ---- the handshake --------------------------------------------------------------------------- */

enum verdict_of_generations { SAME, FIRST_IS_NEWER, SECOND_IS_NEWER, SPLIT };

static bool in_history(const struct side *side, uint64_t generation)
{
	return generation != 0 &&
	       (side->history[0] == generation || side->history[1] == generation);
}

static enum verdict_of_generations compare(const struct side *a, const struct side *b)
{
	if (a->current == b->current)
		return SAME;
	if (a->current == 0)
		return SECOND_IS_NEWER;
	if (b->current == 0)
		return FIRST_IS_NEWER;
	if (b->current == a->bitmap)
		return FIRST_IS_NEWER;
	if (a->current == b->bitmap)
		return SECOND_IS_NEWER;
	if (a->bitmap != 0 && a->bitmap == b->bitmap)
		return SPLIT;
	if (in_history(a, b->current))
		return FIRST_IS_NEWER;
	if (in_history(b, a->current))
		return SECOND_IS_NEWER;
	return SPLIT;
}

static void stand_alone(struct sim *sim, int service)
{
	struct volume *volume = &sim->volumes[service];

	story(sim, CORE_NONE, "DRBD finds a split brain, and stays disconnected");
	for (int i = 0; i < 2; i++) {
		volume->sides[i].link = STORAGE_STANDALONE;
		volume->sides[i].split = true;
	}
	disk_changed(sim, service);
}

static void push_history(struct side *side, uint64_t generation)
{
	if (generation == 0 || side->history[0] == generation)
		return;
	side->history[1] = side->history[0];
	side->history[0] = generation;
}

static void renewed(struct volume *volume, int source)
{
	struct side *from = &volume->sides[source], *to = &volume->sides[1 - source];

	memcpy(to->data, from->data, sizeof(to->data));
	push_history(from, from->bitmap);
	if (to->current != from->current)
		push_history(to, to->current);
	to->current = from->current;
	from->bitmap = to->bitmap = 0;
	to->consistent = true;
	for (int i = 0; i < 2; i++) {
		volume->sides[i].outdated = volume->sides[i].peer_outdated = false;
		volume->sides[i].crashed_primary = false;
		volume->sides[i].disk = volume->sides[i].peer_disk = STORAGE_UPTODATE;
		volume->sides[i].discard = false;
	}
}

static void start_sync(struct sim *sim, int service, int source)
{
	struct volume *volume = &sim->volumes[service];
	struct side *target = &volume->sides[1 - source];
	struct event *event;

	volume->sides[source].disk = STORAGE_UPTODATE;
	volume->sides[source].peer_disk = STORAGE_INCONSISTENT;
	target->disk = STORAGE_INCONSISTENT;
	target->peer_disk = STORAGE_UPTODATE;
	target->exposed = volume->sides[source].current;
	target->consistent = false;
	volume->sides[source].outdated = target->outdated = false;
	volume->syncing = true;
	volume->source = source;
	event = queue_add(sim, random_between(sim, 500, 8000), EVENT_SYNCED, 0);
	event->service = service;
	event->number = ++volume->sync_id;
}

static void connect_sides(struct sim *sim, int service)
{
	struct volume *volume = &sim->volumes[service];

	for (int i = 0; i < 2; i++) {
		volume->sides[i].link = STORAGE_CONNECTED;
		volume->sides[i].peer_disk = volume->sides[1 - i].disk;
		volume->sides[i].rotate = false;
	}
}

static void unfreeze(struct sim *sim, int service)
{
	struct volume *volume = &sim->volumes[service];

	for (int i = 0; i < 2; i++) {
		if (!volume->sides[i].suspended)
			continue;
		volume->sides[i].suspended = false;
		client_unfrozen(sim, service, volume->nodes[i]);
	}
}

static bool can_be_source(const struct side *side)
{
	return side->disk > STORAGE_INCONSISTENT; /* "outdated" ends with the connection */
}

void link_renew(struct sim *sim, int service, int target)
{
	if (sim->volumes[service].sides[1 - target].disk == STORAGE_UPTODATE)
		start_sync(sim, service, 1 - target);
}

/* A Primary without a disk connects only to the data that it had. */
static bool suits(const struct side *side, const struct side *other)
{
	uint64_t had = side->current ? side->current : side->exposed;

	return side->disk != STORAGE_DISKLESS || side->role != STORAGE_PRIMARY ||
	       had == other->current || had == other->bitmap;
}

/* There is nothing to compare with: what is there counts. */
static void connect_diskless(struct sim *sim, int service)
{
	struct volume *volume = &sim->volumes[service];

	for (int i = 0; i < 2; i++) {
		struct side *side = &volume->sides[i];

		if (side->disk == STORAGE_CONSISTENT || side->disk == STORAGE_OUTDATED) {
			side->disk = STORAGE_UPTODATE;
			side->outdated = false;
		}
	}
	connect_sides(sim, service);
	unfreeze(sim, service);
	disk_changed(sim, service);
	for (int i = 0; i < 2; i++) {
		struct side *side = &volume->sides[i];

		if (side->disk != STORAGE_DISKLESS || side->failed)
			continue; /* replaced meanwhile: now it can be renewed */
		disk_attach(sim, side);
		link_renew(sim, service, i);
	}
}

static void shake_hands(struct sim *sim, int service)
{
	struct volume *volume = &sim->volumes[service];
	struct side *a = &volume->sides[0], *b = &volume->sides[1];
	enum verdict_of_generations newer = compare(a, b);
	bool both_primary = a->role == STORAGE_PRIMARY && b->role == STORAGE_PRIMARY;
	int source = CORE_NONE;

	if (a->disk == STORAGE_DISKLESS || b->disk == STORAGE_DISKLESS) {
		if (!both_primary && suits(a, b) && suits(b, a))
			connect_diskless(sim, service);
		return;
	}
	if (newer == SPLIT && a->discard != b->discard)
		newer = a->discard ? SECOND_IS_NEWER : FIRST_IS_NEWER;
	if (newer == FIRST_IS_NEWER)
		source = 0;
	else if (newer == SECOND_IS_NEWER)
		source = 1;
	else if (newer == SAME && (a->crashed_primary || b->crashed_primary))
		source = a->crashed_primary ? 0 : 1;
	if (newer == SPLIT || both_primary ||
	    (source != CORE_NONE && volume->sides[1 - source].role == STORAGE_PRIMARY &&
	     volume->sides[1 - source].disk >= STORAGE_CONSISTENT)) {
		stand_alone(sim, service);
		return;
	}
	connect_sides(sim, service);
	if (source != CORE_NONE && can_be_source(&volume->sides[source]))
		start_sync(sim, service, source);
	else if (source == CORE_NONE && a->consistent && b->consistent)
		renewed(volume, b->role == STORAGE_PRIMARY ? 1 : 0);
	unfreeze(sim, service);
	disk_changed(sim, service);
}

/* ---- looking --------------------------------------------------------------------------------- */

void link_look(struct sim *sim, int service, uint64_t id)
{
	struct volume *volume = &sim->volumes[service];
	struct side *a = &volume->sides[0], *b = &volume->sides[1];
	bool connected = a->link == STORAGE_CONNECTED && b->link == STORAGE_CONNECTED;

	if (id != volume->link_id)
		return;
	if (connected && link_works(sim, service))
		return;
	if (a->link == STORAGE_CONNECTED || b->link == STORAGE_CONNECTED) {
		/* Each side notices at its own time. */
		int first = (int)(random_next(sim) % 2);

		for (int i = 0; i < 2; i++) {
			int side = i == 0 ? first : 1 - first;

			if (volume->sides[side].link != STORAGE_CONNECTED ||
			    !lives(sim, volume->nodes[side]))
				continue;
			disk_lost(sim, service, side, false);
			break;
		}
		look_later(sim, service, random_between(sim, 200, 3000));
		return;
	}
	if (a->configured && b->configured && a->link == STORAGE_CONNECTING &&
	    b->link == STORAGE_CONNECTING && link_works(sim, service))
		shake_hands(sim, service);
}

/* In order: a Secondary that leaves a Primary knows that its copy will lack writes. */
void link_disconnect(struct sim *sim, int service, bool clean)
{
	struct volume *volume = &sim->volumes[service];

	for (int i = 0; i < 2; i++) {
		struct side *side = &volume->sides[i];

		if (side->link != STORAGE_CONNECTED)
			continue;
		if (clean && side->role != STORAGE_PRIMARY &&
		    volume->sides[1 - i].role == STORAGE_PRIMARY &&
		    side->disk >= STORAGE_CONSISTENT) {
			side->disk = STORAGE_OUTDATED;
			side->outdated = true;
		}
	}
	for (int i = 0; i < 2; i++)
		if (volume->sides[i].link == STORAGE_CONNECTED)
			disk_lost(sim, service, i, clean);
}

void link_synced(struct sim *sim, int service, uint64_t id)
{
	struct volume *volume = &sim->volumes[service];

	if (!volume->syncing || id != volume->sync_id)
		return;
	if (!link_works(sim, service))
		return; /* noticed in a moment */
	volume->syncing = false;
	renewed(volume, volume->source);
	disk_changed(sim, service);
}
