/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config_digest.h"

#include <string.h>

/* FNV-1a, of explicit bytes: nodes of one cluster may differ in their byte order. */
static void add_bytes(uint64_t *digest, const void *bytes, size_t size)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < size; i++)
		*digest = (*digest ^ at[i]) * 0x100000001b3;
}

static void add_number(uint64_t *digest, uint64_t number)
{
	uint8_t bytes[8];

	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(number >> (8 * i));
	add_bytes(digest, bytes, sizeof(bytes));
}

/* With its end: "ab", "c" is not "a", "bc". */
static void add_text(uint64_t *digest, const char *text)
{
	add_bytes(digest, text, strlen(text) + 1);
}

static void add_address(uint64_t *digest, const struct address_config *address)
{
	add_text(digest, address->ip);
	add_number(digest, address->prefix_length);
	add_text(digest, address->interface);
}

static void add_filesystem(uint64_t *digest, const struct filesystem_config *filesystem)
{
	add_text(digest, filesystem->device);
	add_text(digest, filesystem->directory);
	add_text(digest, filesystem->fstype);
	add_text(digest, filesystem->options);
}

static void add_zimbra(uint64_t *digest, const struct zimbra_config *zimbra)
{
	add_text(digest, zimbra->directory);
	add_text(digest, zimbra->user);
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++)
		add_number(digest, zimbra->checks[i]);
	add_number(digest, zimbra->check_interval_ms);
}

static void add_resource(uint64_t *digest, const struct resource_config *resource)
{
	add_text(digest, config_resource_type_name(resource->type));
	add_text(digest, resource->name);
	add_number(digest, resource->start_timeout_ms);
	add_number(digest, resource->stop_timeout_ms);
	add_number(digest, resource->monitor_timeout_ms);
	add_number(digest, resource->monitor_interval_ms);
	add_number(digest, resource->fall);
	switch (resource->type) {
	case RESOURCE_DRBD:
		add_text(digest, resource->drbd.resource);
		break;
	case RESOURCE_FILESYSTEM:
		add_filesystem(digest, &resource->filesystem);
		break;
	case RESOURCE_ADDRESS:
		add_address(digest, &resource->address);
		break;
	case RESOURCE_ZIMBRA:
		add_zimbra(digest, &resource->zimbra);
		break;
	}
}

static void add_service(uint64_t *digest, const struct service_config *service)
{
	add_text(digest, service->name);
	add_number(digest, service->node_count);
	for (unsigned i = 0; i < service->node_count; i++)
		add_text(digest, service->nodes[i]);
	add_number(digest, service->resource_count);
	for (unsigned i = 0; i < service->resource_count; i++)
		add_resource(digest, &service->resources[i]);
	add_number(digest, service->restart_limit);
	add_number(digest, service->restart_window_ms);
	add_number(digest, service->failback);
}

/*
 * Before a sum every bit must depend on all: of FNV alone, values that swap places between two
 * options would often make the same sum. From MurmurHash3.
 */
static uint64_t spread(uint64_t digest)
{
	digest = (digest ^ digest >> 33) * 0xff51afd7ed558ccd;
	digest = (digest ^ digest >> 33) * 0xc4ceb9fe1a85ec53;
	return digest ^ digest >> 33;
}

static void add_fencing(uint64_t *digest, const struct fencing_config *fencing)
{
	uint64_t options = 0; /* their order means nothing */

	add_text(digest, fencing->node);
	add_text(digest, fencing->agent);
	for (unsigned i = 0; i < fencing->option_count; i++) {
		uint64_t option = 0;

		add_text(&option, fencing->options[i].name);
		add_text(&option, fencing->options[i].value);
		options += spread(option);
	}
	add_number(digest, options);
	add_number(digest, fencing->timeout_ms);
	add_number(digest, fencing->power_on);
}

void config_digest_add(uint64_t *digest, const struct config *config)
{
	add_number(digest, config->service_count);
	for (unsigned i = 0; i < config->service_count; i++)
		add_service(digest, &config->services[i]);
	add_number(digest, config->fencing_count);
	for (unsigned i = 0; i < config->fencing_count; i++)
		add_fencing(digest, &config->fencing[i]);
	add_number(digest, config->fencing_delay_ms);
	add_number(digest, config->corosync_grace_ms);
	add_number(digest, config->silence_ms);
	add_number(digest, config->state_interval_ms);
	add_number(digest, config->watchdog_set);
	add_text(digest, config->watchdog_device);
	add_number(digest, config->watchdog_timeout_ms);
	add_number(digest, config->watchdog_lease_ms);
}

void config_digest_write(uint64_t digest, uint8_t bytes[CONFIG_DIGEST_SIZE])
{
	for (unsigned i = 0; i < CONFIG_DIGEST_SIZE; i++)
		bytes[i] = (uint8_t)(digest >> (8 * (CONFIG_DIGEST_SIZE - 1 - i)));
}
