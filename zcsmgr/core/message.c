/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "message.h"

#include <endian.h>
#include <string.h>

enum {
	MAGIC = 0x5a43534d, /* "ZCSM" */
	FLAG_LEAVING = 1,
};

/* Version 1 had no such byte, and left it 0. */
static uint8_t speaks_of(uint64_t byte)
{
	return byte ? (uint8_t)byte : 1;
}

/* ---- bytes: past the end a writer drops and a reader gives zeros; both remember that --------- */

struct cursor {
	uint8_t *out;
	const uint8_t *in;
	size_t at, size;
	bool overrun;
};

static inline void put(struct cursor *cursor, uint64_t value, unsigned bytes)
{
	uint64_t big_endian = htobe64(value << (64 - 8 * bytes));

	if (cursor->size - cursor->at < bytes) {
		cursor->overrun = true;
		return;
	}
	memcpy(cursor->out + cursor->at, &big_endian, bytes);
	cursor->at += bytes;
}

static inline uint64_t get(struct cursor *cursor, unsigned bytes)
{
	uint64_t big_endian = 0;

	if (cursor->size - cursor->at < bytes) {
		cursor->overrun = true;
		return 0;
	}
	memcpy(&big_endian, cursor->in + cursor->at, bytes);
	cursor->at += bytes;
	return be64toh(big_endian) >> (64 - 8 * bytes);
}

/* A value below limit; anything else makes the message broken. */
static unsigned get_below(struct cursor *cursor, unsigned bytes, unsigned limit)
{
	uint64_t value = get(cursor, bytes);

	if (value < limit)
		return (unsigned)value;
	cursor->overrun = true;
	return 0;
}

/* ---- parts ---------------------------------------------------------------------------------- */

static void put_intent(struct cursor *cursor, const struct core_intent *intent)
{
	put(cursor, intent->sequence, 8);
	put(cursor, intent->value, 4);
}

static void get_intent(struct cursor *cursor, struct core_intent *intent)
{
	intent->sequence = get(cursor, 8);
	intent->value = (uint32_t)get(cursor, 4);
}

static void put_storage(struct cursor *cursor, const struct storage *storage)
{
	put(cursor,
	    (uint64_t)storage->known | (uint64_t)storage->configured << 1 |
		    (uint64_t)storage->suspended << 2 | (uint64_t)storage->syncing << 3 |
		    (uint64_t)storage->split_brain << 4 | (uint64_t)storage->generations_known << 5,
	    1);
	put(cursor, storage->role, 1);
	put(cursor, storage->peer_role, 1);
	put(cursor, storage->disk, 1);
	put(cursor, storage->peer_disk, 1);
	put(cursor, storage->link, 1);
	put(cursor, storage->percent, 1);
	put(cursor, storage->current, 8);
	put(cursor, storage->bitmap, 8);
	put(cursor, storage->history[0], 8);
	put(cursor, storage->history[1], 8);
}

static void get_storage(struct cursor *cursor, struct storage *storage)
{
	uint64_t flags = get(cursor, 1);

	storage->known = flags & 1;
	storage->configured = flags & 2;
	storage->suspended = flags & 4;
	storage->syncing = flags & 8;
	storage->split_brain = flags & 16;
	storage->generations_known = flags & 32;
	storage->role = get_below(cursor, 1, STORAGE_PRIMARY + 1);
	storage->peer_role = get_below(cursor, 1, STORAGE_PRIMARY + 1);
	storage->disk = get_below(cursor, 1, STORAGE_UPTODATE + 1);
	storage->peer_disk = get_below(cursor, 1, STORAGE_UPTODATE + 1);
	storage->link = get_below(cursor, 1, STORAGE_CONNECTED + 1);
	storage->percent = (uint8_t)get_below(cursor, 1, 101);
	storage->current = get(cursor, 8);
	storage->bitmap = get(cursor, 8);
	storage->history[0] = get(cursor, 8);
	storage->history[1] = get(cursor, 8);
}

static void put_service(struct cursor *cursor, const struct message_service *service)
{
	const struct service_state *state = &service->state;

	put(cursor, (uint64_t)(state->step + 1), 1);
	put(cursor, state->last_epoch, 8);
	put(cursor, state->failures, 1);
	put(cursor,
	    (uint64_t)state->barred | (uint64_t)state->retrying << 1 |
		    (uint64_t)state->current << 2 | (uint64_t)state->foreign << 3 |
		    (uint64_t)state->stop_failed << 4 | (uint64_t)state->stuck << 5 |
		    (uint64_t)state->asks << 6,
	    1);
	put_storage(cursor, &state->storage);
	put_intent(cursor, &service->target);
	put_intent(cursor, &service->stopped);
	put_intent(cursor, &service->maintenance);
}

static void get_service(struct cursor *cursor, struct message_service *service)
{
	struct service_state *state = &service->state;
	uint64_t flags;

	state->told = true;
	state->phase = service->phase;
	state->epoch = service->epoch;
	state->step = (int)get_below(cursor, 1, CONFIG_RESOURCES + 1) - 1;
	state->last_epoch = get(cursor, 8);
	state->failures = (unsigned)get(cursor, 1);
	flags = get(cursor, 1);
	state->barred = flags & 1;
	state->retrying = flags & 2;
	state->current = flags & 4;
	state->foreign = flags & 8;
	state->stop_failed = flags & 16;
	state->stuck = flags & 32;
	state->asks = flags & 64;
	get_storage(cursor, &state->storage);
	get_intent(cursor, &service->target);
	get_intent(cursor, &service->stopped);
	get_intent(cursor, &service->maintenance);
}

static void put_state(struct cursor *cursor, const struct message *message)
{
	put(cursor, message->state.sequence, 4);
	put(cursor, message->state.digest, 8);
	put(cursor, message->state.staged, 8);
	put(cursor, message->state.stage, 1);
	put(cursor, (uint64_t)(message->state.stage_service + 1), 1);
	put(cursor, message->state.stage_id, 8);
	put(cursor, (uint64_t)message->state.store_failed | (uint64_t)message->state.ending << 1,
	    1);
	for (unsigned i = 0; i < message->service_count; i++)
		put_service(cursor, &message->services[i]);
	put(cursor, message->standby_count, 1);
	for (unsigned i = 0; i < message->standby_count; i++) {
		put(cursor, message->standby[i].nodeid, 4);
		put_intent(cursor, &message->standby[i].intent);
	}
	if (message->version < 2)
		return;
	put(cursor, message->state.watchdog_ms, 4);
	put(cursor, message->state.lease_ms, 4);
	put(cursor, message->heard_count, 1);
	for (unsigned i = 0; i < message->heard_count; i++) {
		put(cursor, message->heard[i].nodeid, 4);
		put(cursor, message->heard[i].sequence, 4);
	}
}

static void get_state(struct cursor *cursor, struct message *message)
{
	uint64_t flags;

	message->state.sequence = (uint32_t)get(cursor, 4);
	message->state.digest = get(cursor, 8);
	message->state.staged = get(cursor, 8);
	message->state.stage = get_below(cursor, 1, STAGE_RUNNING + 1);
	message->state.stage_service = (int)get_below(cursor, 1, CONFIG_SERVICES + 1) - 1;
	message->state.stage_id = get(cursor, 8);
	flags = get(cursor, 1);
	message->state.store_failed = flags & 1;
	message->state.ending = flags & 2;
	message->state.leaving = message->leaving;
	for (unsigned i = 0; i < message->service_count; i++)
		get_service(cursor, &message->services[i]);
	message->standby_count = get_below(cursor, 1, CORE_NODES + 1);
	for (unsigned i = 0; i < message->standby_count; i++) {
		message->standby[i].nodeid = (uint32_t)get(cursor, 4);
		get_intent(cursor, &message->standby[i].intent);
	}
	if (message->version < 2)
		return;
	message->state.watchdog_ms = (uint32_t)get(cursor, 4);
	message->state.lease_ms = (uint32_t)get(cursor, 4);
	message->heard_count = get_below(cursor, 1, CORE_NODES + 1);
	for (unsigned i = 0; i < message->heard_count; i++) {
		message->heard[i].nodeid = (uint32_t)get(cursor, 4);
		message->heard[i].sequence = (uint32_t)get(cursor, 4);
	}
}

static void put_acquire(struct cursor *cursor, const struct message *message)
{
	put(cursor, message->epoch, 8);
	put(cursor, message->cleared_count, 1);
	for (unsigned i = 0; i < message->cleared_count; i++) {
		put(cursor, message->cleared[i].nodeid, 4);
		put(cursor, message->cleared[i].clearance, 1);
	}
}

static void get_acquire(struct cursor *cursor, struct message *message)
{
	if (message->service_count != 1)
		cursor->overrun = true;
	message->epoch = get(cursor, 8);
	message->cleared_count = get_below(cursor, 1, CORE_NODES + 1);
	for (unsigned i = 0; i < message->cleared_count; i++) {
		message->cleared[i].nodeid = (uint32_t)get(cursor, 4);
		message->cleared[i].clearance = get_below(cursor, 1, CLEARANCES);
	}
}

static void put_body(struct cursor *cursor, const struct message *message)
{
	if (message->type == MESSAGE_STATE) {
		put_state(cursor, message);
		return;
	}
	put(cursor, message->id, 8);
	switch (message->type) {
	case MESSAGE_STATE:
	case MESSAGE_STAGE:
		break;
	case MESSAGE_ACQUIRE:
		put_acquire(cursor, message);
		break;
	case MESSAGE_EVIDENCE:
		put(cursor, message->nodeid, 4);
		put(cursor, message->against, 8);
		put(cursor, (uint64_t)message->confirmed | (uint64_t)message->loss_accepted << 1,
		    1);
		break;
	case MESSAGE_CLEANUP:
		put(cursor, message->all, 1);
		break;
	case MESSAGE_COMMIT:
		put(cursor, message->digest, 8);
		break;
	}
}

static void get_body(struct cursor *cursor, struct message *message)
{
	uint64_t flags;

	if (message->type == MESSAGE_STATE) {
		get_state(cursor, message);
		return;
	}
	message->id = get(cursor, 8);
	switch (message->type) {
	case MESSAGE_STATE:
	case MESSAGE_STAGE:
		break;
	case MESSAGE_ACQUIRE:
		get_acquire(cursor, message);
		break;
	case MESSAGE_EVIDENCE:
		message->nodeid = (uint32_t)get(cursor, 4);
		message->against = get(cursor, 8);
		flags = get(cursor, 1);
		message->confirmed = flags & 1;
		message->loss_accepted = flags & 2;
		break;
	case MESSAGE_CLEANUP:
		message->all = get(cursor, 1);
		if (!message->all && message->service_count != 1)
			cursor->overrun = true;
		break;
	case MESSAGE_COMMIT:
		message->digest = get(cursor, 8);
		break;
	}
}

/* ---- whole messages ------------------------------------------------------------------------- */

size_t message_encode(const struct message *message, uint8_t *bytes)
{
	struct cursor cursor = {.out = bytes, .size = CORE_MESSAGE_SIZE};

	put(&cursor, MAGIC, 4);
	put(&cursor, message->version, 1);
	put(&cursor, message->type, 1);
	put(&cursor, message->speaks, 1);
	put(&cursor, message->leaving ? FLAG_LEAVING : 0, 1);
	put(&cursor, message->incarnation, 8);
	put(&cursor, message->view, 8);
	put(&cursor, message->service_count, 1);
	for (unsigned i = 0; i < message->service_count; i++) {
		put(&cursor, message->services[i].name, 8);
		put(&cursor, message->services[i].phase, 1);
		put(&cursor, message->services[i].epoch, 8);
	}
	put_body(&cursor, message);
	return cursor.at;
}

bool message_decode(struct message *message, const uint8_t *bytes, size_t size, unsigned speaks)
{
	struct cursor cursor = {.in = bytes, .size = size};
	uint64_t type;

	memset(message, 0, sizeof(*message));
	if (get(&cursor, 4) != MAGIC)
		return false;
	message->version = (uint8_t)get(&cursor, 1);
	type = get(&cursor, 1);
	message->speaks = speaks_of(get(&cursor, 1));
	message->leaving = get(&cursor, 1) & FLAG_LEAVING;
	message->incarnation = get(&cursor, 8);
	message->view = get(&cursor, 8);
	message->service_count = get_below(&cursor, 1, CONFIG_SERVICES + 1);
	for (unsigned i = 0; i < message->service_count; i++) {
		message->services[i].name = get(&cursor, 8);
		message->services[i].phase = get_below(&cursor, 1, PHASE_STOPPING + 1);
		message->services[i].epoch = get(&cursor, 8);
	}
	if (cursor.overrun || message->version == 0 || message->incarnation == 0)
		return false;
	message->understood = message->version <= speaks;
	if (!message->understood)
		return true;
	if (type < MESSAGE_STATE || type > MESSAGE_COMMIT)
		return false;
	message->type = (enum message_type)type;
	get_body(&cursor, message);
	return !cursor.overrun;
}
