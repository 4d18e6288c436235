/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config_service.h"

#include <string.h>

#include "config_stack.h"

static void read_nodes(struct reader *reader, const config_setting_t *group,
		       struct service_config *service)
{
	const config_setting_t *list =
		reader_need_list(reader, group, "nodes", "a service",
				 "nodes = [ \"astapor\", \"braavos\" ]", CONFIG_NODES);

	for (int i = 0; list && i < config_setting_length(list); i++) {
		const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
		char *name = service->nodes[service->node_count];

		if (reader_name(reader, element, name, CONFIG_NAME_SIZE, "-.") != 0)
			continue;
		for (unsigned j = 0; j < service->node_count; j++)
			if (strcmp(service->nodes[j], name) == 0)
				reader_fail(reader, element, "'nodes' has '%s' twice; remove one",
					    name);
		service->node_count++;
	}
}

static void read_restart(struct reader *reader, const config_setting_t *group,
			 struct service_config *service)
{
	const config_setting_t *restart = config_setting_get_member(group, "restart");

	service->restart_limit = 1;
	service->restart_window_ms = 600000;
	if (!restart)
		return;
	if (!config_setting_is_group(restart)) {
		reader_refuse_type(reader, restart, "a group, as { limit = 1; window = 600; }");
		return;
	}
	reader_allow(reader, restart, "restart", READER_KEYS("limit", "window"));
	reader_count(reader, restart, "limit", 0, 10, &service->restart_limit);
	reader_seconds(reader, restart, "window", 10, 86400, &service->restart_window_ms);
}

static void read_service(struct reader *reader, const config_setting_t *group,
			 struct config *config)
{
	struct service_config *service = &config->services[config->service_count++];
	const config_setting_t *name;

	reader_allow(reader, group, "a service",
		     READER_KEYS("name", "nodes", "stack", "restart", "failback"));
	name = reader_need(reader, group, "name", "a service", "name = \"zimbra\"");
	if (name && reader_name(reader, name, service->name, sizeof(service->name), "-.") == 0 &&
	    config_find_service(config, service->name) + 1 != (int)config->service_count)
		reader_fail(reader, name, "the service '%s' is there twice; give one another name",
			    service->name);
	read_nodes(reader, group, service);
	if (service->node_count > 0)
		config_stack_read(reader, group, config, service);
	read_restart(reader, group, service);
	reader_bool(reader, group, "failback", &service->failback);
}

void config_service_read(struct reader *reader, const config_setting_t *root, struct config *config)
{
	const config_setting_t *list =
		reader_need_list(reader, root, "services", "the file",
				 "services = ( { name = \"zimbra\"; ... } );", CONFIG_SERVICES);

	for (int i = 0; list && i < config_setting_length(list); i++) {
		const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);

		if (reader_is_group(reader, element, "services", "{ name = \"zimbra\"; ... }"))
			read_service(reader, element, config);
	}
}
