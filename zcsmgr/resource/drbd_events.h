/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What `drbdsetup events2` says of one resource, as facts. Understands the streams of DRBD 8.4 and
 * 9: 9 has more keys and more peers, the words are the same (PLATFORM.md §6.2). Nothing here does
 * I/O; every size is bounded, and whatever does not fit or is not understood counts as unknown.
 */
#ifndef ZCSMGR_DRBD_EVENTS_H
#define ZCSMGR_DRBD_EVENTS_H

#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "storage.h"

enum {
	DRBD_EVENTS_PEERS = 8,
	DRBD_EVENTS_VOLUMES = 8, /* of one resource */
	DRBD_EVENTS_LINE = 1024, /* longer lines are left out */
	DRBD_EVENTS_NO_MINOR = -1,
};

/* What a line did; several may be set. */
enum {
	DRBD_EVENTS_CHANGED = 1 << 0,	  /* a fact of struct storage */
	DRBD_EVENTS_GENERATIONS = 1 << 1, /* the generation identifiers may be others now */
	DRBD_EVENTS_COMPLETE = 1 << 2,	  /* the initial dump is over: the facts are known */
	DRBD_EVENTS_LOST = 1 << 3,	  /* events were lost: start a new stream */
};

struct drbd_events_device {
	int used;
	unsigned volume;
	int minor;
	enum storage_disk disk;
};

struct drbd_events_peer_device {
	int used;
	unsigned volume;
	enum storage_disk disk;
	int established; /* replicating or resynchronising */
	int syncing;
	int client; /* without a disk on purpose (9) */
	unsigned percent;
};

struct drbd_events_peer {
	int used;
	int id; /* peer-node-id; always 0 with 8.4 */
	int connected, stand_alone;
	enum storage_role role;
	struct drbd_events_peer_device devices[DRBD_EVENTS_VOLUMES];
};

struct drbd_events {
	char resource[CONFIG_NAME_SIZE];
	int complete;	/* "exists -" was seen */
	int configured; /* the resource is in the kernel */
	int suspended;
	int overflow; /* more peers or volumes than fit: nothing is known */
	/* Handshakes: a split brain that no policy solved. */
	int split_brain_suspected, split_brain;
	enum storage_role role;
	struct drbd_events_device devices[DRBD_EVENTS_VOLUMES];
	struct drbd_events_peer peers[DRBD_EVENTS_PEERS];
	/* of drbd_events_feed() */
	char line[DRBD_EVENTS_LINE];
	size_t line_length;
	int line_too_long;
};

/* resource is the only one that counts; lines about others are left out. */
void drbd_events_init(struct drbd_events *events, const char *resource);

/* One line, without its end. Returns what it did. */
unsigned drbd_events_line(struct drbd_events *events, const char *line);

/* Any piece of the stream. Returns what all lines that ended in it did. */
unsigned drbd_events_feed(struct drbd_events *events, const char *data, size_t size);

/*
 * The facts of now, generations apart. With several volumes the worst disk counts; with several
 * peers: connected only if to all that have a disk, Primary if any is.
 */
void drbd_events_storage(const struct drbd_events *events, struct storage *storage);

/* The minor of the lowest volume, or DRBD_EVENTS_NO_MINOR. */
int drbd_events_minor(const struct drbd_events *events);

#endif
