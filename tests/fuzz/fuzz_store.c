/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a slot of the state file: what is taken as valid is written back as it was read. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "durable.h"

enum { SERVICE_SIZE = CONFIG_NAME_SIZE + 8 + 3 * 12 + 1 + 8 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void put_checksum(uint8_t *slot)
{
	uint32_t crc = ~0u;
	size_t size =
		(size_t)slot[12] << 24 | (size_t)slot[13] << 16 | (size_t)slot[14] << 8 | slot[15];

	if (size > DURABLE_SIZE - 28)
		return;
	for (size_t at = 0; at < 28 + size; at++) {
		if (at >= 24 && at < 28)
			continue;
		crc ^= slot[at];
		for (unsigned bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
	}
	crc = ~crc;
	for (unsigned i = 0; i < 4; i++)
		slot[24 + i] = (uint8_t)(crc >> (24 - 8 * i));
}

static bool is_as_we_write(const uint8_t *slot, const struct durable *durable)
{
	size_t size = (size_t)slot[14] << 8 | slot[15];
	size_t nodes_at = 28 + BOOT_SIZE + 4 + durable->core.service_count * SERVICE_SIZE;

	if (slot[10] != 0 || slot[11] != 0 || slot[nodes_at + 3] != CORE_NODES)
		return false;
	for (size_t at = 28 + size; at < DURABLE_SIZE; at++)
		if (slot[at] != 0)
			return false;
	return true;
}

static void check(const uint8_t *slot)
{
	uint8_t again[DURABLE_SIZE];
	struct durable durable, after;

	if (durable_decode(slot, &durable) != DURABLE_VALID)
		return;
	durable_encode(&durable, again);
	if (durable_decode(again, &after) != DURABLE_VALID ||
	    memcmp(&after, &durable, sizeof(after)) != 0)
		abort();
	/* The reserved bytes, and fewer nodes, are another program's: they are not kept. */
	if (is_as_we_write(slot, &durable) && memcmp(slot, again, sizeof(again)) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	uint8_t slot[DURABLE_SIZE] = {0};

	memcpy(slot, bytes, size < sizeof(slot) ? size : sizeof(slot));
	check(slot);
	/* A right checksum lets it through to what lies behind. */
	memcpy(slot, "ZCSMSTAT", 8);
	slot[8] = 0;
	slot[9] = 1;
	put_checksum(slot);
	check(slot);
	return 0;
}
