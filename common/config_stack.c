/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config_stack.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

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

/* ---- types of resources --------------------------------------------------------------------- */

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
	struct drbd_config *drbd = &resource->drbd;
	const config_setting_t *name;

	(void)service;
	reader_allow(reader, group, "a drbd resource", READER_KEYS(COMMON_KEYS, "resource"));
	name = reader_need(reader, group, "resource", "a drbd resource",
			   "the name that it has in /etc/drbd.d, as resource = \"optzimbra\"");
	if (name)
		reader_name(reader, name, drbd->resource, sizeof(drbd->resource), "-.");
}

static void read_fstype(struct reader *reader, const config_setting_t *setting,
			struct filesystem_config *filesystem)
{
	if (reader_text(reader, setting, filesystem->fstype, sizeof(filesystem->fstype)) == 0 &&
	    strcmp(filesystem->fstype, "ext4") != 0 && strcmp(filesystem->fstype, "xfs") != 0)
		reader_fail(reader, setting, "'fstype' is '%s'; allowed are \"ext4\" and \"xfs\"",
			    filesystem->fstype);
}

static void read_options(struct reader *reader, const config_setting_t *setting,
			 struct filesystem_config *filesystem)
{
	if (reader_text(reader, setting, filesystem->options, sizeof(filesystem->options)) == 0 &&
	    strchr(filesystem->options, ' '))
		reader_fail(reader, setting,
			    "'options' is '%s', with a space; write mount options with commas "
			    "only, as \"noatime,nodev\"",
			    filesystem->options);
}

static void read_filesystem(struct reader *reader, const config_setting_t *group,
			    struct resource_config *resource, const struct service_config *service)
{
	struct filesystem_config *filesystem = &resource->filesystem;
	const config_setting_t *device, *directory, *fstype, *options;

	reader_allow(reader, group, "a filesystem",
		     READER_KEYS(COMMON_KEYS, "device", "directory", "fstype", "options"));
	device = reader_need(reader, group, "device", "a filesystem", "device = \"/dev/drbd0\"");
	directory = reader_need(reader, group, "directory", "a filesystem",
				"the mount point, as directory = \"/opt/zimbra\"");
	fstype = reader_need(reader, group, "fstype", "a filesystem",
			     "fstype = \"ext4\" or \"xfs\"");
	options = config_setting_get_member(group, "options");
	device = reader_of_node(reader, device, service);
	if (device)
		reader_path(reader, device, filesystem->device, sizeof(filesystem->device));
	directory = reader_of_node(reader, directory, service);
	if (directory &&
	    reader_path(reader, directory, filesystem->directory, sizeof(filesystem->directory)) ==
		    0 &&
	    strcmp(filesystem->directory, "/") == 0)
		reader_fail(reader, directory,
			    "'directory' is '/'; give the mount point of the service");
	if (fstype)
		read_fstype(reader, fstype, filesystem);
	options = reader_of_node(reader, options, service);
	if (options)
		read_options(reader, options, filesystem);
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

/* The network itself and its broadcast address, where a network has them. */
static bool is_host(const struct address_config *address)
{
	const uint8_t *bytes = address->bytes;
	uint32_t ip = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
		      (uint32_t)bytes[2] << 8 | bytes[3];
	uint32_t host;

	if (address->prefix_length > 30)
		return true;
	host = UINT32_MAX >> address->prefix_length;
	return (ip & host) != 0 && (ip & host) != host;
}

/* Loopback, multicast, broadcast and "any" are no addresses of a service. */
static bool can_be_served(const struct address_config *address)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	const uint8_t *bytes = address->bytes;

	if (address->family == AF_INET)
		return bytes[0] != 0 && bytes[0] != 127 && bytes[0] < 224 && is_host(address);
	if (bytes[0] == 0xff || memcmp(bytes, mapped, sizeof(mapped)) == 0)
		return false;
	for (unsigned i = 0; i < 15; i++)
		if (bytes[i] != 0)
			return true;
	return bytes[15] > 1;
}

static void read_ip(struct reader *reader, const config_setting_t *setting,
		    struct address_config *address)
{
	char text[64];

	if (reader_text(reader, setting, text, sizeof(text)) != 0)
		return;
	if (parse_ip(address, text) != 0)
		reader_fail(reader, setting,
			    "'ip' is '%s'; give an IPv4 or IPv6 address and its prefix length, as "
			    "\"172.17.18.190/24\" or \"fd00::190/64\"",
			    text);
	else if (!can_be_served(address))
		reader_fail(reader, setting,
			    "'ip' is '%s', which no service can have; give a unicast address of "
			    "the clients' network",
			    text);
}

static void read_address(struct reader *reader, const config_setting_t *group,
			 struct resource_config *resource, const struct service_config *service)
{
	struct address_config *address = &resource->address;
	const config_setting_t *ip, *interface;

	reader_allow(reader, group, "an address", READER_KEYS(COMMON_KEYS, "ip", "interface"));
	ip = reader_need(reader, group, "ip", "an address",
			 "address and prefix length, as ip = \"172.17.18.190/24\"");
	interface = reader_need(reader, group, "interface", "an address", "interface = \"eth0\"");
	if (ip)
		read_ip(reader, ip, address);
	interface = reader_of_node(reader, interface, service);
	if (interface)
		reader_name(reader, interface, address->interface, IF_NAMESIZE, "-.");
}

static int find_check(const char *name)
{
	for (int i = 0; i < ZIMBRA_CHECKS; i++)
		if (strcmp(check_names[i], name) == 0)
			return i;
	return -1;
}

static void read_checks(struct reader *reader, const config_setting_t *group,
			struct zimbra_config *zimbra)
{
	const config_setting_t *list = config_setting_get_member(group, "checks");

	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++)
		zimbra->checks[i] = !list;
	if (list)
		list = reader_need_list(reader, group, "checks", "a zimbra resource",
					"some of [ \"smtp\", \"lmtp\", \"imap\", \"ldap\", "
					"\"mysql\", \"https\" ]",
					CONFIG_CHECKS);
	for (int i = 0; list && i < config_setting_length(list); i++) {
		const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
		char name[CONFIG_NAME_SIZE];
		int check;

		if (reader_text(reader, element, name, sizeof(name)) != 0)
			continue;
		check = find_check(name);
		if (check < 0)
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
	const config_setting_t *directory = config_setting_get_member(group, "directory");
	const config_setting_t *user = config_setting_get_member(group, "user");

	reader_allow(reader, group, "a zimbra resource",
		     READER_KEYS(COMMON_KEYS, "directory", "user", "checks", "check_interval"));
	strcpy(zimbra->directory, "/opt/zimbra");
	strcpy(zimbra->user, "zimbra");
	zimbra->check_interval_ms = 5000;
	directory = reader_of_node(reader, directory, service);
	if (directory)
		reader_path(reader, directory, zimbra->directory, sizeof(zimbra->directory));
	user = reader_of_node(reader, user, service);
	if (user)
		reader_name(reader, user, zimbra->user, sizeof(zimbra->user), "-.");
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

	if (!type || reader_text(reader, type, name, sizeof(name)) != 0)
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

static int read_resource(struct reader *reader, const config_setting_t *group,
			 struct resource_config *resource, const struct service_config *service)
{
	static void (*const readers[])(struct reader *, const config_setting_t *,
				       struct resource_config *, const struct service_config *) = {
		read_drbd, read_filesystem, read_address, read_zimbra};
	const config_setting_t *name = config_setting_get_member(group, "name");

	if (read_type(reader, group, resource) != 0)
		return -1;
	defaults(resource);
	strcpy(resource->name, type_names[resource->type]);
	if (name)
		reader_name(reader, name, resource->name, sizeof(resource->name), "-.");
	reader_seconds(reader, group, "start_timeout", 1, 7200, &resource->start_timeout_ms);
	reader_seconds(reader, group, "stop_timeout", 1, 7200, &resource->stop_timeout_ms);
	reader_seconds(reader, group, "monitor_timeout", 1, 600, &resource->monitor_timeout_ms);
	reader_seconds(reader, group, "monitor_interval", 0, 86400, &resource->monitor_interval_ms);
	reader_count(reader, group, "fall", 1, 100, &resource->fall);
	readers[resource->type](reader, group, resource, service);
	return 0;
}

/* ---- the stack ------------------------------------------------------------------------------ */

static void check_name(struct reader *reader, const config_setting_t *element,
		       const struct service_config *service, unsigned index)
{
	for (unsigned i = 0; i < index; i++)
		if (strcmp(service->resources[i].name, service->resources[index].name) == 0)
			reader_fail(reader, element,
				    "the name '%s' is used twice in the stack of '%s'; give one of "
				    "them another with name = \"...\"",
				    service->resources[index].name, service->name);
}

/* Whether the directory is that one, or below it. */
static bool lies_in(const char *directory, const char *above)
{
	size_t length = strlen(above);

	return strncmp(directory, above, length) == 0 &&
	       (directory[length] == '/' || directory[length] == '\0');
}

static void check_filesystem(struct reader *reader, const config_setting_t *element,
			     const struct service_config *service, unsigned index)
{
	const struct filesystem_config *filesystem = &service->resources[index].filesystem;
	bool has_drbd = false;

	for (unsigned i = 0; i < index; i++) {
		const struct resource_config *before = &service->resources[i];

		has_drbd = has_drbd || before->type == RESOURCE_DRBD;
		if (before->type == RESOURCE_ZIMBRA && filesystem->directory[0] &&
		    lies_in(before->zimbra.directory, filesystem->directory))
			reader_fail(reader, element,
				    "filesystem '%s' comes after '%s', which lives on it; put the "
				    "filesystem before it in the stack",
				    filesystem->directory, before->name);
		if (before->type == RESOURCE_FILESYSTEM && filesystem->directory[0] &&
		    before->filesystem.directory[0] &&
		    strcmp(before->filesystem.directory, filesystem->directory) != 0 &&
		    lies_in(before->filesystem.directory, filesystem->directory))
			reader_fail(reader, element,
				    "filesystem '%s' would hide '%s', which comes before it; mount "
				    "the upper directory first",
				    filesystem->directory, before->filesystem.directory);
	}
	if (!has_drbd && strncmp(filesystem->device, "/dev/drbd", 9) == 0)
		reader_fail(reader, element,
			    "filesystem '%s' is on a DRBD device, but no drbd resource comes "
			    "before it in the stack; add { type = \"drbd\"; resource = \"...\"; }",
			    filesystem->device);
}

/* A stack that can never work. */
static void check_order(struct reader *reader, const config_setting_t *element,
			const struct service_config *service, unsigned index)
{
	if (service->resources[index].type == RESOURCE_DRBD && index != 0)
		reader_fail(reader, element,
			    "drbd '%s' must be the first of the stack of '%s', and the only one; "
			    "start it before what rests on it, and use one service for each disk",
			    service->resources[index].drbd.resource, service->name);
	if (service->resources[index].type == RESOURCE_FILESYSTEM)
		check_filesystem(reader, element, service, index);
}

static const char *shared_text(const struct resource_config *a, const struct resource_config *b)
{
	const char *mine[2] = {"", ""}, *theirs[2] = {"", ""};

	if (a->type != b->type)
		return NULL;
	switch (a->type) {
	case RESOURCE_DRBD:
		mine[0] = a->drbd.resource, theirs[0] = b->drbd.resource;
		break;
	case RESOURCE_FILESYSTEM:
		mine[0] = a->filesystem.device, theirs[0] = b->filesystem.device;
		mine[1] = a->filesystem.directory, theirs[1] = b->filesystem.directory;
		break;
	case RESOURCE_ADDRESS:
		mine[0] = a->address.ip, theirs[0] = b->address.ip;
		break;
	case RESOURCE_ZIMBRA:
		mine[0] = a->zimbra.directory, theirs[0] = b->zimbra.directory;
		break;
	}
	for (unsigned i = 0; i < 2; i++)
		if (mine[i][0] && strcmp(mine[i], theirs[i]) == 0)
			return mine[i];
	return NULL;
}

static bool is_of(const struct service_config *service, const char *node)
{
	for (unsigned i = 0; node && i < service->node_count; i++)
		if (strcmp(service->nodes[i], node) == 0)
			return true;
	return false;
}

/*
 * Two resources that would fight over the same thing: an address anywhere, a disk or a directory
 * on a node that may have both. Services without a common node may well both use /opt/zimbra.
 */
static void check_shared(struct reader *reader, const config_setting_t *element,
			 const struct config *config, const struct service_config *service,
			 unsigned index)
{
	const struct resource_config *resource = &service->resources[index];

	for (unsigned i = 0; i < config->service_count; i++) {
		const struct service_config *other = &config->services[i];
		bool same = other == service;
		bool meet = same || resource->type == RESOURCE_ADDRESS ||
			    (is_of(service, reader->node) && is_of(other, reader->node));

		for (unsigned j = 0; meet && j < (same ? index : other->resource_count); j++) {
			const char *shared = shared_text(resource, &other->resources[j]);

			if (shared)
				reader_fail(reader, element,
					    "'%s' of service '%s' and '%s' of service '%s' both "
					    "use '%s'; each thing may be used once",
					    resource->name, service->name, other->resources[j].name,
					    other->name, shared);
		}
	}
}

void config_stack_read(struct reader *reader, const config_setting_t *group,
		       const struct config *config, struct service_config *service)
{
	const config_setting_t *list =
		reader_need_list(reader, group, "stack", "a service",
				 "stack = ( { type = \"drbd\"; ... }, ... )", CONFIG_RESOURCES);
	bool whole = true; /* nothing is missing of what comes before */

	for (int i = 0; list && i < config_setting_length(list); i++) {
		const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);
		unsigned index = service->resource_count;

		if (!reader_is_group(reader, element, "stack",
				     "{ type = \"drbd\"; resource = \"optzimbra\"; }") ||
		    read_resource(reader, element, &service->resources[index], service) != 0) {
			whole = false;
			continue;
		}
		service->resource_count++;
		check_name(reader, element, service, index);
		if (whole)
			check_order(reader, element, service, index);
		check_shared(reader, element, config, service, index);
	}
}
