/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config_digest.h"

#include <math.h>
#include <string.h>

/* Larger whole numbers are not exact in a double. */
#define EXACT 9007199254740992.0

static uint64_t mix(uint64_t digest, const void *bytes, size_t size)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < size; i++) /* FNV-1a */
		digest = (digest ^ at[i]) * 0x100000001b3;
	return digest;
}

/* Explicit bytes: nodes of one cluster may differ in their byte order. */
static uint64_t mix_number(uint64_t digest, char kind, uint64_t number)
{
	uint8_t bytes[9] = {(uint8_t)kind};

	for (unsigned i = 1; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(number >> (8 * (i - 1)));
	return mix(digest, bytes, sizeof(bytes));
}

static uint64_t mix_text(uint64_t digest, char kind, const char *text)
{
	return mix(mix(digest, &kind, 1), text, strlen(text) + 1);
}

/* 60 and 60.0 mean the same. */
static uint64_t mix_float(uint64_t digest, double value)
{
	uint64_t bits;

	if (value == floor(value) && fabs(value) < EXACT)
		return mix_number(digest, 'n', (uint64_t)(int64_t)value);
	memcpy(&bits, &value, sizeof(bits));
	return mix_number(digest, 'f', bits);
}

/*
 * Every bit of the sum of keys must depend on all of each key: FNV alone gives values that swap
 * places between two keys ("eth0" and "eth1" of two nodes) the same sum. From MurmurHash3.
 */
static uint64_t spread(uint64_t digest)
{
	digest = (digest ^ digest >> 33) * 0xff51afd7ed558ccd;
	digest = (digest ^ digest >> 33) * 0xc4ceb9fe1a85ec53;
	return digest ^ digest >> 33;
}

static uint64_t digest_of(const config_setting_t *setting)
{
	const char *name = config_setting_name(setting);
	uint64_t digest = mix_text(0xcbf29ce484222325, 'k', name ? name : "");
	uint64_t members = 0;

	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_STRING:
		return mix_text(digest, 't', config_setting_get_string(setting));
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		return mix_number(digest, 'n', (uint64_t)config_setting_get_int64(setting));
	case CONFIG_TYPE_FLOAT:
		return mix_float(digest, config_setting_get_float(setting));
	case CONFIG_TYPE_BOOL:
		return mix_number(digest, 'b', (uint64_t)config_setting_get_bool(setting));
	case CONFIG_TYPE_GROUP: /* the order of keys means nothing */
		for (int i = 0; i < config_setting_length(setting); i++)
			members += spread(digest_of(config_setting_get_elem(setting, (unsigned)i)));
		return mix_number(digest, 'g', members);
	default: /* lists and arrays: it does */
		for (int i = 0; i < config_setting_length(setting); i++) {
			members = digest_of(config_setting_get_elem(setting, (unsigned)i));
			digest = mix_number(digest, 'l', members);
		}
		return mix_number(digest, 'e', 0);
	}
}

void config_digest(const config_setting_t *root, uint8_t digest[CONFIG_DIGEST_SIZE])
{
	uint64_t value = digest_of(root);

	for (unsigned i = 0; i < CONFIG_DIGEST_SIZE; i++)
		digest[i] = (uint8_t)(value >> (8 * (CONFIG_DIGEST_SIZE - 1 - i)));
}
