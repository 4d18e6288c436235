/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "config_reader.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *const type_names[] = {"drbd", "filesystem", "address", "zimbra"};
static const char *const check_names[] = {"smtp", "lmtp", "imap", "ldap", "mysql", "https"};

const char *config_resource_type_name(enum resource_type type)
{
	return type_names[type];
}

const char *config_zimbra_check_name(enum zimbra_check check)
{
	return check_names[check];
}

/* ---- resources ------------------------------------------------------------------------------ */

#define COMMON_KEYS                                                                                \
	"type", "name", "start_timeout", "stop_timeout", "monitor_timeout", "monitor_interval",    \
		"fall"

static void defaults(struct resource_config *resource)
{
	resource->fall = 1;
	resource->monitor_timeout_ms = 20000;
	switch (resource->type) {
	case RESOURCE_DRBD: /* timeouts of the deployments that this replaces */
		resource->start_timeout_ms = 240000;
		resource->stop_timeout_ms = 100000;
		break;
	case RESOURCE_FILESYSTEM:
		resource->start_timeout_ms = resource->stop_timeout_ms = 60000;
		break;
	case RESOURCE_ADDRESS:
		resource->start_timeout_ms = resource->stop_timeout_ms = 20000;
		break;
	case RESOURCE_ZIMBRA:
		resource->start_timeout_ms = resource->stop_timeout_ms = 360000;
		resource->monitor_timeout_ms = 40000;
		resource->monitor_interval_ms = 120000;
		resource->fall = 3; /* fast checks, every few seconds */
		break;
	}
}

static void read_drbd(struct reader *reader, const config_setting_t *group,
		      struct resource_config *resource, const struct service_config *service)
{
	config_setting_t *name;

	(void)service;
	reader_allow(reader, group, "a drbd resource", KEYS(COMMON_KEYS, "resource"));
	name = reader_need(reader, group, "resource", "a drbd resource",
			   "the name that it has in /etc/drbd.d, as resource = \"optzimbra\"");
	if (name && reader_text(reader, name, resource->drbd.resource,
				sizeof(resource->drbd.resource), NULL) == 0)
		reader_check_name(reader, name, resource->drbd.resource, "-_.");
}

static void read_filesystem(struct reader *reader, const config_setting_t *group,
			    struct resource_config *resource, const struct service_config *service)
{
	struct filesystem_config *filesystem = &resource->filesystem;
	config_setting_t *device, *directory, *fstype;

	reader_allow(reader, group, "a filesystem",
		     KEYS(COMMON_KEYS, "device", "directory", "fstype", "options"));
	device = reader_need(reader, group, "device", "a filesystem", "device = \"/dev/drbd0\"");
	directory = reader_need(reader, group, "directory", "a filesystem",
				"the mount point, as directory = \"/opt/zimbra\"");
	fstype = reader_need(reader, group, "fstype", "a filesystem",
			     "fstype = \"ext4\" or \"xfs\"");
	if (device && reader_text(reader, device, filesystem->device, sizeof(filesystem->device),
				  service) == 0)
		reader_check_path(reader, device, filesystem->device);
	if (directory &&
	    reader_text(reader, directory, filesystem->directory, sizeof(filesystem->directory),
			NULL) == 0 &&
	    reader_check_path(reader, directory, filesystem->directory) == 0 &&
	    strcmp(filesystem->directory, "/") == 0)
		reader_fail(reader, directory,
			    "'directory' is '/'; give the mount point of the service");
	if (fstype &&
	    reader_text(reader, fstype, filesystem->fstype, sizeof(filesystem->fstype), NULL) ==
		    0 &&
	    strcmp(filesystem->fstype, "ext4") != 0 && strcmp(filesystem->fstype, "xfs") != 0)
		reader_fail(reader, fstype, "'fstype' is '%s'; allowed are \"ext4\" and \"xfs\"",
			    filesystem->fstype);
	reader_optional_text(reader, group, "options", filesystem->options,
			     sizeof(filesystem->options), NULL);
}

static int parse_ip(struct address_config *address, const char *text)
{
	char ip[64];
	const char *slash = strchr(text, '/');
	char *end;
	unsigned long length;

	if (!slash || slash == text || (size_t)(slash - text) >= sizeof(ip) || slash[1] < '0' ||
	    slash[1] > '9')
		return -1;
	memcpy(ip, text, (size_t)(slash - text));
	ip[slash - text] = '\0';
	length = strtoul(slash + 1, &end, 10);
	address->family = strchr(ip, ':') ? AF_INET6 : AF_INET;
	if (*end != '\0' || length == 0 || length > (address->family == AF_INET ? 32 : 128) ||
	    inet_pton(address->family, ip, address->bytes) != 1)
		return -1;
	address->prefix_length = (unsigned)length;
	return inet_ntop(address->family, address->bytes, address->ip, sizeof(address->ip)) ? 0
											    : -1;
}

/* Loopback, multicast, broadcast and "any" are no addresses of a service. */
static bool can_be_served(const struct address_config *address)
{
	const uint8_t *bytes = address->bytes;

	if (address->family == AF_INET)
		return bytes[0] != 0 && bytes[0] != 127 && bytes[0] < 224;
	if (bytes[0] == 0xff)
		return false;
	for (unsigned i = 0; i < 15; i++)
		if (bytes[i] != 0)
			return true;
	return bytes[15] > 1;
}

static void read_address(struct reader *reader, const config_setting_t *group,
			 struct resource_config *resource, const struct service_config *service)
{
	struct address_config *address = &resource->address;
	config_setting_t *ip, *interface;
	char text[64];

	reader_allow(reader, group, "an address", KEYS(COMMON_KEYS, "ip", "interface"));
	ip = reader_need(reader, group, "ip", "an address",
			 "address and prefix length, as ip = \"172.17.18.190/24\"");
	interface = reader_need(reader, group, "interface", "an address", "interface = \"eth0\"");
	if (ip && reader_text(reader, ip, text, sizeof(text), NULL) == 0) {
		if (parse_ip(address, text) != 0)
			reader_fail(reader, ip,
				    "'ip' is '%s'; give an IPv4 or IPv6 address and its prefix "
				    "length, as \"172.17.18.190/24\" or \"fd00::190/64\"",
				    text);
		else if (!can_be_served(address))
			reader_fail(reader, ip,
				    "'ip' is '%s', which no service can have; give a unicast "
				    "address of the clients' network",
				    text);
	}
	if (interface &&
	    reader_text(reader, interface, address->interface, 16 /* IFNAMSIZ */, service) == 0)
		reader_check_name(reader, interface, address->interface, "-_.@");
}

static void read_checks(struct reader *reader, const config_setting_t *group,
			struct zimbra_config *zimbra)
{
	config_setting_t *list = config_setting_get_member(group, "checks");

	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++)
		zimbra->checks[i] = !list;
	if (!list)
		return;
	if ((!config_setting_is_list(list) && !config_setting_is_array(list)) ||
	    config_setting_length(list) == 0) {
		reader_fail(reader, list,
			    "'checks' must be a list of at least one of smtp, lmtp, imap, ldap, "
			    "mysql, https, as [ \"smtp\", \"imap\" ]");
		return;
	}
	for (int i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
		char name[CONFIG_NAME_SIZE];
		unsigned check = 0;

		if (reader_text(reader, element, name, sizeof(name), NULL) != 0)
			continue;
		while (check < ZIMBRA_CHECKS && strcmp(check_names[check], name) != 0)
			check++;
		if (check == ZIMBRA_CHECKS)
			reader_fail(reader, element,
				    "'checks' has '%s'; allowed are smtp, lmtp, imap, ldap, mysql, "
				    "https",
				    name);
		else if (zimbra->checks[check])
			reader_fail(reader, element, "'checks' has '%s' twice; remove one", name);
		else
			zimbra->checks[check] = true;
	}
}

static void read_zimbra(struct reader *reader, const config_setting_t *group,
			struct resource_config *resource, const struct service_config *service)
{
	struct zimbra_config *zimbra = &resource->zimbra;
	config_setting_t *directory = config_setting_get_member(group, "directory");
	config_setting_t *user = config_setting_get_member(group, "user");

	(void)service;
	reader_allow(reader, group, "a zimbra resource",
		     KEYS(COMMON_KEYS, "directory", "user", "checks", "check_interval"));
	strcpy(zimbra->directory, "/opt/zimbra");
	strcpy(zimbra->user, "zimbra");
	zimbra->check_interval_ms = 5000;
	if (directory &&
	    reader_text(reader, directory, zimbra->directory, sizeof(zimbra->directory), NULL) == 0)
		reader_check_path(reader, directory, zimbra->directory);
	if (user && reader_text(reader, user, zimbra->user, sizeof(zimbra->user), NULL) == 0)
		reader_check_name(reader, user, zimbra->user, "-_.");
	read_checks(reader, group, zimbra);
	reader_seconds(reader, group, "check_interval", 1, 300, &zimbra->check_interval_ms);
}

static int read_type(struct reader *reader, const config_setting_t *group,
		     struct resource_config *resource)
{
	config_setting_t *type = reader_need(reader, group, "type", "a resource of the stack",
					     "type = \"drbd\", \"filesystem\", \"address\" or "
					     "\"zimbra\"");
	char name[CONFIG_NAME_SIZE];

	if (!type || reader_text(reader, type, name, sizeof(name), NULL) != 0)
		return -1;
	for (unsigned i = 0; i < sizeof(type_names) / sizeof(type_names[0]); i++) {
		if (strcmp(type_names[i], name) != 0)
			continue;
		resource->type = (enum resource_type)i;
		return 0;
	}
	return reader_fail(reader, type,
			   "'type' is '%s'; allowed are drbd, filesystem, address, zimbra", name);
}

static void read_resource(struct reader *reader, const config_setting_t *group,
			  struct resource_config *resource, const struct service_config *service)
{
	static void (*const readers[])(struct reader *, const config_setting_t *,
				       struct resource_config *, const struct service_config *) = {
		read_drbd, read_filesystem, read_address, read_zimbra};
	config_setting_t *name = config_setting_get_member(group, "name");

	if (read_type(reader, group, resource) != 0)
		return;
	defaults(resource);
	strcpy(resource->name, type_names[resource->type]);
	if (name && reader_text(reader, name, resource->name, sizeof(resource->name), NULL) == 0)
		reader_check_name(reader, name, resource->name, "-_.");
	reader_seconds(reader, group, "start_timeout", 1, 7200, &resource->start_timeout_ms);
	reader_seconds(reader, group, "stop_timeout", 1, 7200, &resource->stop_timeout_ms);
	reader_seconds(reader, group, "monitor_timeout", 1, 600, &resource->monitor_timeout_ms);
	reader_seconds(reader, group, "monitor_interval", 0, 86400, &resource->monitor_interval_ms);
	reader_count(reader, group, "fall", 1, 100, &resource->fall);
	readers[resource->type](reader, group, resource, service);
}

/* ---- services ------------------------------------------------------------------------------- */

static config_setting_t *need_list(struct reader *reader, const config_setting_t *group,
				   const char *key, const char *what, const char *example,
				   unsigned limit)
{
	config_setting_t *list = reader_need(reader, group, key, what, example);

	if (!list)
		return NULL;
	if ((!config_setting_is_list(list) && !config_setting_is_array(list)) ||
	    config_setting_length(list) == 0) {
		reader_fail(reader, list, "'%s' must be a list with at least one element; write %s",
			    key, example);
		return NULL;
	}
	if ((unsigned)config_setting_length(list) > limit) {
		reader_fail(reader, list, "'%s' has %d elements; at most %u are allowed", key,
			    config_setting_length(list), limit);
		return NULL;
	}
	return list;
}

static void read_nodes(struct reader *reader, const config_setting_t *group,
		       struct service_config *service)
{
	config_setting_t *list = need_list(reader, group, "nodes", "a service",
					   "nodes = [ \"astapor\", \"braavos\" ]", CONFIG_NODES);

	for (int i = 0; list && i < config_setting_length(list); i++) {
		const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
		char name[CONFIG_NAME_SIZE];

		if (reader_text(reader, element, name, sizeof(name), NULL) != 0 ||
		    reader_check_name(reader, element, name, "-_.") != 0)
			continue;
		for (unsigned j = 0; j < service->node_count; j++)
			if (strcmp(service->nodes[j], name) == 0)
				reader_fail(reader, element, "'nodes' has '%s' twice; remove one",
					    name);
		strcpy(service->nodes[service->node_count++], name);
	}
}

static void check_names_in_stack(struct reader *reader, const config_setting_t *element,
				 const struct service_config *service, unsigned index)
{
	for (unsigned i = 0; i < index; i++)
		if (strcmp(service->resources[i].name, service->resources[index].name) == 0)
			reader_fail(reader, element,
				    "the name '%s' is used twice in the stack of '%s'; give one of "
				    "them another with name = \"...\"",
				    service->resources[index].name, service->name);
}

/* A stack that can never work. */
static void check_order(struct reader *reader, const config_setting_t *element,
			const struct service_config *service, unsigned index)
{
	const struct resource_config *resource = &service->resources[index];
	bool on_drbd = false, has_drbd = false;

	for (unsigned i = 0; i < index; i++)
		has_drbd = has_drbd || service->resources[i].type == RESOURCE_DRBD;
	if (resource->type == RESOURCE_DRBD && index != 0)
		reader_fail(reader, element,
			    "drbd must be the first of the stack of '%s', and only one; start it "
			    "before what rests on it, and use one service for each disk",
			    service->name);
	on_drbd = resource->type == RESOURCE_FILESYSTEM &&
		  strncmp(resource->filesystem.device, "/dev/drbd", 9) == 0;
	if (on_drbd && !has_drbd)
		reader_fail(reader, element,
			    "filesystem '%s' is on a DRBD device, but no drbd resource comes "
			    "before it in the stack; add { type = \"drbd\"; resource = \"...\"; }",
			    resource->filesystem.device);
}

static void read_stack(struct reader *reader, const config_setting_t *group,
		       struct service_config *service)
{
	config_setting_t *list =
		need_list(reader, group, "stack", "a service",
			  "stack = ( { type = \"drbd\"; ... }, ... )", CONFIG_RESOURCES);

	for (int i = 0; list && i < config_setting_length(list); i++) {
		const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
		unsigned index = service->resource_count;

		if (!config_setting_is_group(element)) {
			reader_fail(reader, element,
				    "an element of 'stack' must be a group in braces, as { type = "
				    "\"drbd\"; resource = \"optzimbra\"; }");
			continue;
		}
		service->resource_count++;
		read_resource(reader, element, &service->resources[index], service);
		check_names_in_stack(reader, element, service, index);
		check_order(reader, element, service, index);
	}
}

static void read_service(struct reader *reader, const config_setting_t *group,
			 struct service_config *service)
{
	config_setting_t *name, *restart;

	reader_allow(reader, group, "a service",
		     KEYS("name", "nodes", "stack", "restart", "failback"));
	name = reader_need(reader, group, "name", "a service", "name = \"zimbra\"");
	if (name && reader_text(reader, name, service->name, sizeof(service->name), NULL) == 0)
		reader_check_name(reader, name, service->name, "-_.");
	read_nodes(reader, group, service);
	if (service->node_count > 0)
		read_stack(reader, group, service);
	service->restart_limit = 1;
	service->restart_window_ms = 600000;
	restart = config_setting_get_member(group, "restart");
	if (restart && !config_setting_is_group(restart)) {
		reader_fail(reader, restart,
			    "'restart' must be a group, as { limit = 1; window = 600; }");
	} else if (restart) {
		reader_allow(reader, restart, "restart", KEYS("limit", "window"));
		reader_count(reader, restart, "limit", 0, 10, &service->restart_limit);
		reader_seconds(reader, restart, "window", 10, 86400, &service->restart_window_ms);
	}
	reader_bool(reader, group, "failback", &service->failback);
}

static bool same_target(const struct resource_config *a, const struct resource_config *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case RESOURCE_DRBD:
		return strcmp(a->drbd.resource, b->drbd.resource) == 0;
	case RESOURCE_FILESYSTEM:
		return strcmp(a->filesystem.device, b->filesystem.device) == 0 ||
		       strcmp(a->filesystem.directory, b->filesystem.directory) == 0;
	case RESOURCE_ADDRESS:
		return strcmp(a->address.ip, b->address.ip) == 0;
	case RESOURCE_ZIMBRA:
		return strcmp(a->zimbra.directory, b->zimbra.directory) == 0;
	}
	return false;
}

/* Two resources that would fight over the same thing. */
static void check_shared(struct reader *reader, const config_setting_t *element,
			 const struct config *config)
{
	const struct service_config *last = &config->services[config->service_count - 1];

	for (unsigned i = 0; i < last->resource_count; i++)
		for (unsigned j = 0; j < config->service_count; j++)
			for (unsigned k = 0; k < config->services[j].resource_count; k++) {
				const struct resource_config *other =
					&config->services[j].resources[k];

				if (&config->services[j] == last && k >= i)
					continue;
				if (same_target(&last->resources[i], other))
					reader_fail(reader, element,
						    "'%s' of service '%s' and '%s' of service '%s' "
						    "use the same thing; each may be used once",
						    last->resources[i].name, last->name,
						    other->name, config->services[j].name);
			}
}

static void read_services(struct reader *reader, const config_setting_t *root,
			  struct config *config)
{
	config_setting_t *list =
		need_list(reader, root, "services", "the file",
			  "services = ( { name = \"zimbra\"; ... } );", CONFIG_SERVICES);

	for (int i = 0; list && i < config_setting_length(list); i++) {
		const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
		struct service_config *service = &config->services[config->service_count];

		if (!config_setting_is_group(element)) {
			reader_fail(reader, element,
				    "an element of 'services' must be a group in braces, as { name "
				    "= \"zimbra\"; ... }");
			continue;
		}
		config->service_count++;
		read_service(reader, element, service);
		for (unsigned j = 0; j + 1 < config->service_count; j++)
			if (strcmp(config->services[j].name, service->name) == 0)
				reader_fail(reader, element,
					    "the service '%s' is there twice; give one another "
					    "name",
					    service->name);
		check_shared(reader, element, config);
	}
}

/* ---- fencing -------------------------------------------------------------------------------- */

static void read_option(struct reader *reader, const config_setting_t *setting,
			struct fencing_config *fencing)
{
	char *value = fencing->options[fencing->option_count].value;
	size_t size = sizeof(fencing->options[0].value);
	const char *name = config_setting_name(setting);

	if (strlen(name) >= sizeof(fencing->options[0].name)) {
		reader_fail(reader, setting,
			    "the option '%.20s...' is too long; at most %d "
			    "characters",
			    name, CONFIG_NAME_SIZE - 1);
		return;
	}
	if (strcmp(name, "action") == 0) {
		reader_fail(reader, setting,
			    "'action' is set by zcsmgr itself; remove it from 'options'");
		return;
	}
	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_STRING:
		if (reader_text(reader, setting, value, size, NULL) != 0)
			return;
		break;
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		snprintf(value, size, "%lld", config_setting_get_int64(setting));
		break;
	case CONFIG_TYPE_BOOL:
		snprintf(value, size, "%d", config_setting_get_bool(setting));
		break;
	default:
		reader_fail(reader, setting,
			    "the option '%s' must be a text, a number, true or "
			    "false",
			    name);
		return;
	}
	strcpy(fencing->options[fencing->option_count++].name, name);
}

static void read_options(struct reader *reader, const config_setting_t *group,
			 struct fencing_config *fencing)
{
	config_setting_t *options = config_setting_get_member(group, "options");

	if (!options)
		return;
	if (!config_setting_is_group(options)) {
		reader_fail(reader, options,
			    "'options' must be a group, as { ip = \"10.0.0.1\"; username = "
			    "\"admin\"; }");
		return;
	}
	if (config_setting_length(options) > CONFIG_OPTIONS) {
		reader_fail(reader, options, "'options' has %d elements; at most %d are allowed",
			    config_setting_length(options), CONFIG_OPTIONS);
		return;
	}
	for (int i = 0; i < config_setting_length(options); i++)
		read_option(reader, config_setting_get_elem(options, (unsigned)i), fencing);
}

static bool serves(const struct config *config, const char *node)
{
	for (unsigned i = 0; i < config->service_count; i++)
		for (unsigned j = 0; j < config->services[i].node_count; j++)
			if (strcmp(config->services[i].nodes[j], node) == 0)
				return true;
	return false;
}

static void read_device(struct reader *reader, const config_setting_t *group, struct config *config)
{
	struct fencing_config *fencing = &config->fencing[config->fencing_count++];
	config_setting_t *node, *agent;

	reader_allow(reader, group, "fencing",
		     KEYS("node", "agent", "options", "timeout", "power_on"));
	node = reader_need(reader, group, "node", "fencing", "node = \"astapor\"");
	agent = reader_need(reader, group, "agent", "fencing", "agent = \"fence_ipmilan\"");
	fencing->timeout_ms = 60000;
	fencing->power_on = true;
	if (node && reader_text(reader, node, fencing->node, sizeof(fencing->node), NULL) == 0) {
		if (!serves(config, fencing->node))
			reader_fail(reader, node,
				    "fencing is given for '%s', which no service names in its "
				    "'nodes'; correct the name or remove the entry",
				    fencing->node);
		for (unsigned i = 0; i + 1 < config->fencing_count; i++)
			if (strcmp(config->fencing[i].node, fencing->node) == 0)
				reader_fail(reader, node,
					    "fencing for '%s' is there twice; remove one",
					    fencing->node);
	}
	if (agent &&
	    reader_text(reader, agent, fencing->agent, sizeof(fencing->agent), NULL) == 0) {
		if (fencing->agent[0] == '/')
			reader_check_path(reader, agent, fencing->agent);
		else
			reader_check_name(reader, agent, fencing->agent, "-_.");
	}
	read_options(reader, group, fencing);
	reader_seconds(reader, group, "timeout", 1, 600, &fencing->timeout_ms);
	reader_bool(reader, group, "power_on", &fencing->power_on);
}

static void read_fencing(struct reader *reader, const config_setting_t *root, struct config *config)
{
	config_setting_t *list = config_setting_get_member(root, "fencing");

	if (!list)
		return;
	list = need_list(reader, root, "fencing", "the file",
			 "fencing = ( { node = \"astapor\"; agent = \"fence_ipmilan\"; ... } );",
			 CONFIG_NODES);
	for (int i = 0; list && i < config_setting_length(list); i++) {
		const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);

		if (config_setting_is_group(element))
			read_device(reader, element, config);
		else
			reader_fail(reader, element,
				    "an element of 'fencing' must be a group in braces, as { node "
				    "= \"astapor\"; agent = \"fence_ipmilan\"; ... }");
	}
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void read_watchdog(struct reader *reader, const config_setting_t *root,
			  struct config *config)
{
	config_setting_t *group = config_setting_get_member(root, "watchdog");
	config_setting_t *device;

	if (!group)
		return;
	if (!config_setting_is_group(group)) {
		reader_fail(reader, group,
			    "'watchdog' must be a group, as { device = \"/dev/watchdog\"; timeout "
			    "= 10; }");
		return;
	}
	config->watchdog_set = true;
	reader_allow(reader, group, "watchdog", KEYS("device", "timeout"));
	strcpy(config->watchdog_device, "/dev/watchdog");
	config->watchdog_timeout_ms = 10000;
	device = config_setting_get_member(group, "device");
	if (device && reader_text(reader, device, config->watchdog_device,
				  sizeof(config->watchdog_device), NULL) == 0)
		reader_check_path(reader, device, config->watchdog_device);
	reader_seconds(reader, group, "timeout", 3, 300, &config->watchdog_timeout_ms);
}

static void read_root(struct reader *reader, const config_setting_t *root, struct config *config)
{
	reader_allow(reader, root, "the file",
		     KEYS("services", "fencing", "watchdog", "fencing_delay", "corosync_grace",
			  "silence", "state_interval"));
	config->fencing_delay_ms = 5000;
	config->corosync_grace_ms = 20000;
	config->silence_ms = 30000;
	config->state_interval_ms = 1000;
	read_services(reader, root, config);
	read_fencing(reader, root, config);
	read_watchdog(reader, root, config);
	reader_seconds(reader, root, "fencing_delay", 1, 120, &config->fencing_delay_ms);
	reader_seconds(reader, root, "corosync_grace", 0, 600, &config->corosync_grace_ms);
	reader_seconds(reader, root, "silence", 10, 600, &config->silence_ms);
	reader_seconds(reader, root, "state_interval", 0.2, 5, &config->state_interval_ms);
}

static void tell_syntax(struct reader *reader, const config_t *parsed)
{
	const char *text = config_error_text(parsed);

	reader->errors++;
	snprintf(reader->error->text, sizeof(reader->error->text),
		 "%s:%d: %s; look here and at the lines before for %s", reader->file,
		 config_error_line(parsed), text,
		 strstr(text, "uplicate") ? "a key that is given twice, and remove one"
					  : "a missing ';', quote or bracket");
}

int config_parse(const char *name, const char *text, size_t size, const char *node,
		 struct config *config, struct config_error *error)
{
	struct reader reader = {.file = name, .node = node, .error = error};
	char *copy;
	config_t parsed;

	error->text[0] = '\0';
	memset(config, 0, sizeof(*config));
	snprintf(config->path, sizeof(config->path), "%s", name);
	if (reader_check_bytes(&reader, text, size) != 0)
		return -1;
	copy = strndup(text, size);
	if (!copy)
		return reader_fail(&reader, NULL, "no memory");
	config_init(&parsed);
	if (config_read_string(&parsed, copy)) {
		read_root(&reader, config_root_setting(&parsed), config);
		reader_digest(config_root_setting(&parsed), config->digest);
	} else {
		tell_syntax(&reader, &parsed);
	}
	config_destroy(&parsed);
	free(copy);
	return reader.errors ? -1 : 0;
}

static int refuse_file(struct config_error *error, const char *path, const char *what)
{
	snprintf(error->text, sizeof(error->text), "%s: %s", path, what);
	return -1;
}

static int open_file(const char *path, struct config_error *error)
{
	/* O_NONBLOCK: a FIFO must not hold us up. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat facts;

	if (fd < 0) {
		refuse_file(error, path,
			    errno == ENOENT   ? "there is no such file; copy the example from the "
						"documentation there and adapt it"
			    : errno == EACCES ? "it may not be read; run as root, or correct its "
						"permissions"
					      : strerror(errno));
		return -1;
	}
	if (fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode))
		return fd;
	refuse_file(error, path, "it is not a regular file; name the configuration file itself");
	close(fd);
	return -1;
}

int config_load(const char *path, const char *node, struct config *config,
		struct config_error *error)
{
	int fd = open_file(path, error);
	char *text;
	size_t size = 0;
	ssize_t count = 0;
	int result;

	if (fd < 0)
		return -1;
	text = malloc(CONFIG_FILE_SIZE + 1);
	while (text && size <= CONFIG_FILE_SIZE) {
		count = read(fd, text + size, CONFIG_FILE_SIZE + 1 - size);
		if (count <= 0)
			break;
		size += (size_t)count;
	}
	close(fd);
	if (!text || count < 0)
		result = refuse_file(error, path, text ? strerror(errno) : "no memory");
	else if (size > CONFIG_FILE_SIZE)
		result = refuse_file(error, path,
				     "it is larger than 256 KiB; no configuration needs that: is "
				     "it the right file?");
	else
		result = config_parse(path, text, size, node, config, error);
	free(text);
	return result;
}

int config_find_service(const struct config *config, const char *name)
{
	for (unsigned i = 0; i < config->service_count; i++)
		if (strcmp(config->services[i].name, name) == 0)
			return (int)i;
	return -1;
}

const struct fencing_config *config_find_fencing(const struct config *config, const char *node)
{
	for (unsigned i = 0; i < config->fencing_count; i++)
		if (strcmp(config->fencing[i].node, node) == 0)
			return &config->fencing[i];
	return NULL;
}
