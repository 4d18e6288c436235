/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `check` for an address: can this host serve it? */
#include <errno.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "address.h"

static void find(struct driver_report *report, enum finding finding, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void find(struct driver_report *report, enum finding finding, const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	report->add(report, finding, text);
}

static void list_interfaces(char *text, size_t size)
{
	struct if_nameindex *all = if_nameindex();
	size_t used = 0;

	text[0] = '\0';
	for (struct if_nameindex *one = all; one && one->if_index != 0 && used < size; one++)
		used += (size_t)snprintf(text + used, size - used, "%s%s", used > 0 ? ", " : "",
					 one->if_name);
	if_freenameindex(all);
}

/* The number in /proc/sys/net/ipv6/conf/INTERFACE/NAME, or fallback. */
static int ipv6_setting(const char *interface, const char *name, int fallback)
{
	char path[256];
	char line[32];
	int value = fallback;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/sys/net/ipv6/conf/%s/%s", interface, name);
	file = fopen(path, "re");
	if (!file)
		return fallback;
	if (!fgets(line, sizeof(line), file) || sscanf(line, "%d", &value) != 1)
		value = fallback;
	fclose(file);
	return value;
}

static bool check_interface(const struct address_config *config,
			    const struct address_interface *interface, int found,
			    struct driver_report *report)
{
	char names[256];

	if (found == 0) {
		list_interfaces(names, sizeof(names));
		find(report, FINDING_ERROR,
		     "%s: there is no interface '%s' here; there are %s. Set 'interface' for this "
		     "node",
		     config->ip, config->interface, names);
		return false;
	}
	if (!interface->up)
		find(report, FINDING_WARNING, "%s is switched off: ip link set %s up",
		     config->interface, config->interface);
	else if (!interface->carrier)
		find(report, FINDING_WARNING, "%s has no carrier: look at the cable and the switch",
		     config->interface);
	if (!interface->ethernet)
		find(report, FINDING_WARNING,
		     "%s is no Ethernet: another owner of %s cannot be found, nor neighbours told "
		     "when it moves",
		     config->interface, config->ip);
	return true;
}

static void check_family(const struct address_config *config, struct driver_report *report)
{
	if (config->family == AF_INET6 && ipv6_setting(config->interface, "disable_ipv6", 1) != 0)
		find(report, FINDING_ERROR,
		     "IPv6 is switched off on %s: sysctl net.ipv6.conf.%s.disable_ipv6=0",
		     config->interface, config->interface);
}

static void check_network(struct address_link *link, const struct address_config *config, int index,
			  struct driver_report *report)
{
	int length = address_link_network(link, config, index);

	if (length < 0)
		find(report, FINDING_WARNING, "cannot see the networks of %s: %s",
		     config->interface, address_link_error(length));
	else if (length == 0)
		find(report, FINDING_WARNING,
		     "%s belongs to no network of %s: its clients must be in %s/%u, on the same "
		     "wire",
		     config->ip, config->interface, config->ip, config->prefix_length);
	else if ((unsigned)length != config->prefix_length)
		find(report, FINDING_WARNING,
		     "'ip' says %s/%u, but the network of %s has the prefix length %d", config->ip,
		     config->prefix_length, config->interface, length);
}

static void check_places(struct address_link *link, const struct address_config *config, int index,
			 struct driver_report *report)
{
	struct address_place places[ADDRESS_LINK_PLACES];
	int count = address_link_find(link, config, places);

	for (int i = 0; i < count && i < ADDRESS_LINK_PLACES; i++) {
		const struct address_place *place = &places[i];

		if (place->index != index)
			find(report, FINDING_ERROR,
			     "%s is an address of %s: ip addr del %s/%u dev %s", config->ip,
			     place->interface, config->ip, place->prefix_length, place->interface);
		else if (place->duplicate)
			find(report, FINDING_ERROR,
			     "%s is on %s, but another machine has it too: find that machine",
			     config->ip, config->interface);
		else if (!place->ours)
			find(report, FINDING_WARNING,
			     "%s/%u is an address of %s, not added by zcsmgr: take it out of the "
			     "host's network configuration, or the other nodes find it in use",
			     config->ip, place->prefix_length, config->interface);
	}
}

void address_validate(struct driver_context *context, struct driver_report *report)
{
	const struct address_config *config = &context->resource->address;
	struct address_link *link = address_link_open();
	struct address_interface interface;
	int found;

	if (!link) {
		find(report, FINDING_ERROR, "no netlink socket: %s", strerror(errno));
		return;
	}
	found = address_link_interface(link, config->interface, &interface);
	if (found < 0) {
		find(report, FINDING_ERROR, "cannot look at %s: %s", config->interface,
		     address_link_error(found));
	} else if (check_interface(config, &interface, found, report)) {
		check_family(config, report);
		check_network(link, config, interface.index, report);
		check_places(link, config, interface.index, report);
		find(report, FINDING_OK, "%s on %s looked at", config->ip, config->interface);
	} else {
		check_places(link, config, 0, report);
	}
	address_link_close(link);
}
