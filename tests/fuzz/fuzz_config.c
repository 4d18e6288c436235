/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as zcsmgr.conf: every node judges them alike, a refusal says why, and what is taken
 * is within its bounds and the same when it is read again.
 */
#include <stdlib.h>
#include <string.h>

#include "config.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
const char *__lsan_default_suppressions(void);

/* libconfig 1.5 loses a text (64 bytes) that stands where its grammar allows none. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libconfig";
}

static void must(bool right)
{
	if (!right)
		abort();
}

static void check_text(const char *text, size_t size, bool may_be_empty)
{
	const char *end = memchr(text, '\0', size);

	must(end && (may_be_empty || end > text));
	for (const char *at = text; at < end; at++)
		must((unsigned char)*at >= 0x20 && *at != 0x7f);
}

#define FILLED(text) check_text(text, sizeof(text), false)

static void check_refusal(const struct config_error *error)
{
	const char *end = memchr(error->text, '\0', sizeof(error->text));

	must(end && strncmp(error->text, "f.conf:", 7) == 0);
	must(strlen(error->text) > strlen("f.conf:1: "));
}

/* ---- what was taken ------------------------------------------------------------------------- */

static void check_resource(const struct resource_config *resource)
{
	FILLED(resource->name);
	must(resource->start_timeout_ms >= 1000 && resource->start_timeout_ms <= 7200000);
	must(resource->stop_timeout_ms >= 1000 && resource->stop_timeout_ms <= 7200000);
	must(resource->monitor_timeout_ms >= 1000 && resource->monitor_timeout_ms <= 600000);
	must(resource->monitor_interval_ms <= 86400000);
	must(resource->fall >= 1 && resource->fall <= 100);
	switch (resource->type) {
	case RESOURCE_DRBD:
		FILLED(resource->drbd.resource);
		break;
	case RESOURCE_FILESYSTEM:
		must(resource->filesystem.device[0] == '/');
		FILLED(resource->filesystem.device);
		must(resource->filesystem.directory[0] == '/');
		FILLED(resource->filesystem.directory);
		FILLED(resource->filesystem.fstype);
		check_text(resource->filesystem.options, sizeof(resource->filesystem.options),
			   true);
		break;
	case RESOURCE_ADDRESS:
		FILLED(resource->address.ip);
		FILLED(resource->address.interface);
		must(resource->address.prefix_length >= 1);
		must(resource->address.prefix_length <= 128);
		break;
	case RESOURCE_ZIMBRA:
		must(resource->zimbra.directory[0] == '/');
		FILLED(resource->zimbra.directory);
		FILLED(resource->zimbra.user);
		must(resource->zimbra.check_interval_ms >= 1000);
		must(resource->zimbra.check_interval_ms <= 300000);
		break;
	}
}

static void check_service(const struct service_config *service)
{
	FILLED(service->name);
	must(service->node_count >= 1 && service->node_count <= CONFIG_NODES);
	for (unsigned i = 0; i < service->node_count; i++)
		FILLED(service->nodes[i]);
	must(service->resource_count >= 1 && service->resource_count <= CONFIG_RESOURCES);
	for (unsigned i = 0; i < service->resource_count; i++)
		check_resource(&service->resources[i]);
	must(service->restart_limit <= 10);
	must(service->restart_window_ms >= 10000 && service->restart_window_ms <= 86400000);
}

static void check_fencing(const struct fencing_config *fencing)
{
	FILLED(fencing->node);
	FILLED(fencing->agent);
	must(fencing->timeout_ms >= 1000 && fencing->timeout_ms <= 600000);
	must(fencing->option_count <= CONFIG_OPTIONS);
	for (unsigned i = 0; i < fencing->option_count; i++) {
		FILLED(fencing->options[i].name);
		FILLED(fencing->options[i].value);
	}
}

static void check_config(const struct config *config)
{
	must(config->service_count >= 1 && config->service_count <= CONFIG_SERVICES);
	for (unsigned i = 0; i < config->service_count; i++) {
		check_service(&config->services[i]);
		must(config_find_service(config, config->services[i].name) == (int)i);
	}
	must(config->fencing_count <= CONFIG_NODES);
	for (unsigned i = 0; i < config->fencing_count; i++) {
		check_fencing(&config->fencing[i]);
		must(config_find_fencing(config, config->fencing[i].node) == &config->fencing[i]);
	}
	must(config->fencing_delay_ms >= 1000 && config->fencing_delay_ms <= 120000);
	must(config->corosync_grace_ms <= 600000);
	must(config->silence_ms >= 10000 && config->silence_ms <= 600000);
	must(config->state_interval_ms >= 200 && config->state_interval_ms <= 5000);
	if (!config->watchdog_set)
		return;
	must(config->watchdog_device[0] == '/');
	must(config->watchdog_timeout_ms >= 3000 && config->watchdog_timeout_ms <= 300000);
}

/* ---- reading -------------------------------------------------------------------------------- */

static int parse(const uint8_t *bytes, size_t size, const char *node, struct config *config)
{
	struct config_error error;
	int result = config_parse("f.conf", (const char *)bytes, size, node, config, &error);

	if (result != 0) {
		must(result == -1);
		check_refusal(&error);
		return -1;
	}
	must(error.text[0] == '\0');
	check_config(config);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct config first, again;
	int result = parse(bytes, size, NULL, &first);

	if (result != 0) {
		must(parse(bytes, size, "braavos", &again) == -1);
		return 0;
	}
	must(parse(bytes, size, " ", &again) == 0);
	/* Of no node, or of an unknown one: the first node's values. */
	must(memcmp(&first, &again, sizeof(first)) == 0);
	for (unsigned i = 0; i < first.service_count; i++)
		for (unsigned j = 0; j < first.services[i].node_count; j++) {
			must(parse(bytes, size, first.services[i].nodes[j], &again) == 0);
			must(memcmp(first.digest, again.digest, sizeof(first.digest)) == 0);
		}
	return 0;
}
