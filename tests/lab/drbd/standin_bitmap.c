/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which blocks differ from the peer's, one bit for 4 KiB. */
#include <string.h>

#include "standin.h"

static bool test(const uint8_t *bits, uint64_t block)
{
	return bits[block / 8] & (1U << (block % 8));
}

static void set(uint8_t *bits, uint64_t block)
{
	bits[block / 8] = (uint8_t)(bits[block / 8] | (1U << (block % 8)));
}

static void clear(uint8_t *bits, uint64_t block)
{
	bits[block / 8] = (uint8_t)(bits[block / 8] & ~(1U << (block % 8)));
}

static uint64_t blocks_of(const struct resource *resource)
{
	return (resource->md.size + BLOCK - 1) / BLOCK;
}

void bitmap_dirty(struct resource *resource, uint64_t offset, uint64_t size)
{
	if (!resource->bitmap || size == 0)
		return;
	for (uint64_t block = offset / BLOCK; block <= (offset + size - 1) / BLOCK; block++) {
		if (test(resource->bitmap, block))
			continue;
		set(resource->bitmap, block);
		resource->out_of_sync++;
	}
}

void bitmap_clean(struct resource *resource, uint64_t offset, uint64_t size)
{
	if (!resource->bitmap || size == 0)
		return;
	for (uint64_t block = offset / BLOCK; block <= (offset + size - 1) / BLOCK; block++) {
		if (!test(resource->bitmap, block))
			continue;
		clear(resource->bitmap, block);
		resource->out_of_sync--;
	}
}

void bitmap_fill(struct resource *resource, bool dirty)
{
	if (dirty) {
		bitmap_dirty(resource, 0, resource->md.size);
		return;
	}
	memset(resource->bitmap, 0, resource->bitmap_size);
	resource->out_of_sync = 0;
}

void bitmap_merge(struct resource *resource, const uint8_t *bits, size_t size)
{
	for (uint64_t block = 0; block < blocks_of(resource) && block / 8 < size; block++)
		if (test(bits, block))
			bitmap_dirty(resource, block * BLOCK, 1);
}

int64_t bitmap_next(const struct resource *resource, uint64_t position)
{
	for (uint64_t block = position; block < blocks_of(resource); block++)
		if (test(resource->bitmap, block))
			return (int64_t)block;
	return -1;
}

void intent_set(struct resource *resource, uint64_t offset, uint64_t size)
{
	if (!resource->intent || size == 0)
		return;
	for (uint64_t block = offset / BLOCK; block <= (offset + size - 1) / BLOCK; block++)
		set(resource->intent, block);
}

static bool being_written(const struct resource *resource, uint64_t block)
{
	for (const struct request *request = resource->pending; request; request = request->next)
		if (request->write && request->offset / BLOCK <= block &&
		    block <= (request->offset + request->size - 1) / BLOCK)
			return true;
	return false;
}

void intent_clear(struct resource *resource, uint64_t offset, uint64_t size)
{
	if (!resource->intent || size == 0)
		return;
	for (uint64_t block = offset / BLOCK; block <= (offset + size - 1) / BLOCK; block++)
		if (!being_written(resource, block))
			clear(resource->intent, block);
}
