/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages as bytes: explicit, in network order, with a version. Every message begins with a
 * header that no protocol version ever changes, so that a daemon of another version is at least
 * known to be there, to hold a service or to hold none.
 *
 *   magic "ZCSM", version u8, type u8, highest version of the sender u8, flags u8,
 *   incarnation u64, view u64,
 *   service count u8, then for each: digest of its name u64, phase u8, epoch u64
 *
 * What follows belongs to the version. A message is written in the highest version that all
 * members of the view speak; version 2 adds to version 1 what stands at the end of a state.
 */
#ifndef ZCSMGR_CORE_MESSAGE_H
#define ZCSMGR_CORE_MESSAGE_H

#include "internal.h"

enum { MESSAGE_VERSION = 2 };

enum message_type {
	MESSAGE_STATE = 1,
	MESSAGE_ACQUIRE,
	MESSAGE_EVIDENCE, /* a node was fenced, or confirmed down by the operator */
	MESSAGE_CLEANUP,
	MESSAGE_STAGE,	/* read the new configuration */
	MESSAGE_COMMIT, /* it is in force from here on, if all have it */
};

struct message_service {
	uint64_t name; /* digest */
	enum core_phase phase;
	uint64_t epoch;
	/* Of version 1, in states only: */
	struct service_state state;
	struct core_intent target, stopped, maintenance;
};

struct message {
	uint8_t version;
	uint8_t speaks; /* the sender's highest */
	enum message_type type;
	bool leaving;
	uint64_t incarnation;
	uint64_t view;
	unsigned service_count;
	struct message_service services[CONFIG_SERVICES];
	bool understood; /* of a version that is spoken here: the body was read too */

	struct node_state state; /* MESSAGE_STATE; services are above */
	unsigned standby_count;
	struct {
		uint32_t nodeid;
		struct core_intent intent;
	} standby[CORE_NODES];
	/* Of version 2: the last state of each member that was delivered here in this view. */
	unsigned heard_count;
	struct {
		uint32_t nodeid;
		uint32_t sequence;
	} heard[CORE_NODES];

	uint64_t id;	/* all but states: the sender's, to know it again */
	uint64_t epoch; /* MESSAGE_ACQUIRE; its service is services[0] */
	unsigned cleared_count;
	struct {
		uint32_t nodeid;
		enum clearance clearance;
	} cleared[CORE_NODES];
	uint32_t nodeid;	       /* MESSAGE_EVIDENCE */
	uint64_t against;	       /* the incarnation */
	bool confirmed, loss_accepted; /* confirmed; else fenced */
	uint64_t digest;	       /* MESSAGE_COMMIT */
	bool all;		       /* MESSAGE_CLEANUP: of every service */
};

/* Writes at most CORE_MESSAGE_SIZE bytes; returns how many. Every message of this program fits. */
size_t message_encode(const struct message *message, uint8_t *bytes);
/* False: not a message, or not a whole one. Bodies of versions above `speaks` are not read. */
bool message_decode(struct message *message, const uint8_t *bytes, size_t size, unsigned speaks);

#endif
