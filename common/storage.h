/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of one replicated disk (DRBD resource), as the local kernel sees it. */
#ifndef ZCSMGR_STORAGE_H
#define ZCSMGR_STORAGE_H

#include <stdbool.h>
#include <stdint.h>

enum storage_role {
	STORAGE_ROLE_UNKNOWN,
	STORAGE_SECONDARY,
	STORAGE_PRIMARY,
};

/* In the order of their worth, as in the kernel. */
enum storage_disk {
	STORAGE_DISK_UNKNOWN, /* DUnknown: only ever of the peer, or nothing known */
	STORAGE_DISKLESS,     /* also Failed, Detaching, Attaching, Negotiating */
	STORAGE_INCONSISTENT,
	STORAGE_OUTDATED,
	STORAGE_CONSISTENT,
	STORAGE_UPTODATE,
};

enum storage_link {
	STORAGE_LINK_UNKNOWN,
	STORAGE_STANDALONE, /* the kernel gave up: split brain, or an operator's disconnect */
	STORAGE_CONNECTING, /* every state on the way */
	STORAGE_CONNECTED,  /* replicating or resynchronising */
};

struct storage {
	bool known;	  /* the facts below come from a living event stream */
	bool configured;  /* the resource is up in the kernel */
	bool suspended;	  /* I/O is frozen by the kernel, which waits for its peer or an answer */
	bool syncing;	  /* a resync is running, in either direction */
	bool split_brain; /* the last handshake ended in split brain; cleared when connected */
	enum storage_role role;
	enum storage_role peer_role;
	enum storage_disk disk;
	enum storage_disk peer_disk;
	enum storage_link link;
	uint8_t percent; /* of a running resync */
	bool generations_known;
	/* Generation identifiers, the primary-indicator bit masked off. */
	uint64_t current;
	uint64_t bitmap;
	uint64_t history[2];
};

#endif
