/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "durable.h"

#include <stdbool.h>
#include <string.h>

enum {
	VERSION = 1,
	VERSION_AT = 8,
	SIZE_AT = 12,
	SEQUENCE_AT = 16,
	CHECKSUM_AT = 24,
	BODY_AT = 28,
};

static const uint8_t magic[8] = {'Z', 'C', 'S', 'M', 'S', 'T', 'A', 'T'};

/* CRC-32C (Castagnoli), bit by bit: a slot is written a few times a day. */
static uint32_t checksum(uint32_t crc, const uint8_t *bytes, size_t size)
{
	crc = ~crc;
	for (size_t i = 0; i < size; i++) {
		crc ^= bytes[i];
		for (unsigned bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
	}
	return ~crc;
}

static uint32_t slot_checksum(const uint8_t *slot, size_t body_size)
{
	return checksum(checksum(0, slot, CHECKSUM_AT), slot + BODY_AT, body_size);
}

/* ---- writing -------------------------------------------------------------------------------- */

static void put(uint8_t *at, uint64_t value, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		at[i] = (uint8_t)(value >> (8 * (size - 1 - i)));
}

struct writer {
	uint8_t *slot;
	size_t at;
};

static void add(struct writer *writer, uint64_t value, unsigned size)
{
	put(writer->slot + writer->at, value, size);
	writer->at += size;
}

static void add_bytes(struct writer *writer, const void *bytes, size_t size)
{
	memcpy(writer->slot + writer->at, bytes, size);
	writer->at += size;
}

static void add_intent(struct writer *writer, const struct core_intent *intent)
{
	add(writer, intent->sequence, 8);
	add(writer, intent->value, 4);
}

static void add_service(struct writer *writer, const struct core_durable_service *service)
{
	size_t length = strnlen(service->name, CONFIG_NAME_SIZE - 1);

	add_bytes(writer, service->name, length);
	writer->at += CONFIG_NAME_SIZE - length; /* the slot is zero already */
	add(writer, service->epoch, 8);
	add_intent(writer, &service->target);
	add_intent(writer, &service->stopped);
	add_intent(writer, &service->maintenance);
	add(writer, service->barred, 1);
	add(writer, service->held_epoch, 8);
}

void durable_encode(const struct durable *durable, uint8_t slot[DURABLE_SIZE])
{
	const struct core_durable *core = &durable->core;
	struct writer writer = {.slot = slot, .at = BODY_AT};

	memset(slot, 0, DURABLE_SIZE);
	add_bytes(&writer, durable->boot, BOOT_SIZE);
	add(&writer, core->service_count, 4);
	for (unsigned i = 0; i < core->service_count; i++)
		add_service(&writer, &core->services[i]);
	add(&writer, CORE_NODES, 4);
	for (unsigned i = 0; i < CORE_NODES; i++) {
		add(&writer, core->nodes[i].nodeid, 4);
		add_intent(&writer, &core->nodes[i].standby);
	}
	memcpy(slot, magic, sizeof(magic));
	put(slot + VERSION_AT, VERSION, 2);
	put(slot + SIZE_AT, writer.at - BODY_AT, 4);
	put(slot + SEQUENCE_AT, durable->sequence, 8);
	put(slot + CHECKSUM_AT, slot_checksum(slot, writer.at - BODY_AT), 4);
}

_Static_assert(BODY_AT + BOOT_SIZE + 8 + CONFIG_SERVICES * (CONFIG_NAME_SIZE + 8 + 3 * 12 + 1 + 8) +
			       CORE_NODES * 16 <=
		       DURABLE_SIZE,
	       "a slot holds all that may have to be kept");

/* ---- reading -------------------------------------------------------------------------------- */

static uint64_t get(const uint8_t *at, unsigned size)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < size; i++)
		value = value << 8 | at[i];
	return value;
}

struct reader {
	const uint8_t *at;
	size_t left;
	bool failed; /* there was less than was to be read, or it made no sense */
};

static const uint8_t *take_bytes(struct reader *reader, size_t size)
{
	const uint8_t *at = reader->at;

	if (reader->failed || reader->left < size) {
		reader->failed = true;
		return NULL;
	}
	reader->at += size;
	reader->left -= size;
	return at;
}

static uint64_t take(struct reader *reader, unsigned size)
{
	const uint8_t *at = take_bytes(reader, size);

	return at ? get(at, size) : 0;
}

static uint32_t take_count(struct reader *reader, uint32_t highest)
{
	uint32_t count = (uint32_t)take(reader, 4);

	if (count <= highest)
		return count;
	reader->failed = true;
	return 0;
}

static void take_intent(struct reader *reader, struct core_intent *intent)
{
	intent->sequence = take(reader, 8);
	intent->value = (uint32_t)take(reader, 4);
}

static bool is_zero(const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

/* Ended within its place, which is filled up with zeros. */
static bool is_name(const uint8_t *bytes)
{
	size_t length = strnlen((const char *)bytes, CONFIG_NAME_SIZE);

	return length < CONFIG_NAME_SIZE && is_zero(bytes + length, CONFIG_NAME_SIZE - length);
}

static void take_service(struct reader *reader, struct core_durable_service *service)
{
	const uint8_t *name = take_bytes(reader, CONFIG_NAME_SIZE);
	uint64_t barred;

	if (name && is_name(name))
		memcpy(service->name, name, CONFIG_NAME_SIZE);
	else
		reader->failed = true;
	service->epoch = take(reader, 8);
	take_intent(reader, &service->target);
	take_intent(reader, &service->stopped);
	take_intent(reader, &service->maintenance);
	barred = take(reader, 1);
	if (barred > 1)
		reader->failed = true;
	service->barred = barred == 1;
	service->held_epoch = take(reader, 8);
}

static bool decode_body(const uint8_t *body, size_t size, struct durable *durable)
{
	struct reader reader = {.at = body, .left = size};
	struct core_durable *core = &durable->core;
	const uint8_t *boot = take_bytes(&reader, BOOT_SIZE);
	uint32_t nodes;

	if (boot)
		memcpy(durable->boot, boot, BOOT_SIZE);
	core->service_count = take_count(&reader, CONFIG_SERVICES);
	for (unsigned i = 0; i < core->service_count; i++)
		take_service(&reader, &core->services[i]);
	nodes = take_count(&reader, CORE_NODES);
	for (unsigned i = 0; i < nodes; i++) {
		core->nodes[i].nodeid = (uint32_t)take(&reader, 4);
		take_intent(&reader, &core->nodes[i].standby);
	}
	return !reader.failed && reader.left == 0;
}

enum durable_result durable_decode(const uint8_t slot[DURABLE_SIZE], struct durable *durable)
{
	size_t size = get(slot + SIZE_AT, 4);

	memset(durable, 0, sizeof(*durable));
	if (is_zero(slot, DURABLE_SIZE))
		return DURABLE_EMPTY;
	if (memcmp(slot, magic, sizeof(magic)) != 0 || size > DURABLE_SIZE - BODY_AT ||
	    get(slot + CHECKSUM_AT, 4) != slot_checksum(slot, size))
		return DURABLE_BROKEN;
	durable->sequence = get(slot + SEQUENCE_AT, 8);
	if (get(slot + VERSION_AT, 2) > VERSION)
		return DURABLE_NEWER;
	if (get(slot + VERSION_AT, 2) == VERSION && decode_body(slot + BODY_AT, size, durable))
		return DURABLE_VALID;
	memset(durable, 0, sizeof(*durable));
	return DURABLE_BROKEN;
}
