/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "zimbra_validate.h"

#include "zimbra_control.h"

#include <fcntl.h>
#include <glob.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LOCALCONFIG_SIZE = 256 * 1024, /* a usual one has 10 kB */
	NAME_SIZE = 256,
	TEXT_SIZE = 256,
};

static void validate_user(const struct driver_context *context, struct driver_report *report)
{
	const char *name = context->resource->zimbra.user;
	char text[TEXT_SIZE];
	uid_t uid;
	gid_t gid;

	if (!zimbra_control_user(context, &uid, &gid)) {
		snprintf(text, sizeof(text),
			 "there is no user %s; install the suite's packages on this node too, with "
			 "the same user id as on the others",
			 name);
		report->add(report, FINDING_ERROR, text);
	} else if (uid == 0) {
		snprintf(text, sizeof(text),
			 "user %s is root, as whom the suite does not run; name its own user",
			 name);
		report->add(report, FINDING_ERROR, text);
	} else {
		snprintf(text, sizeof(text),
			 "user %s has id %u and group %u, which must be the same on every node",
			 name, uid, gid);
		report->add(report, FINDING_OK, text);
	}
}

/* The first of the files that say that the host's init starts the suite. */
static bool find_boot_service(char *path, size_t size)
{
	static const char *const patterns[] = {
		"/etc/systemd/system/*.wants/zimbra.service",
		"/etc/systemd/system/*.requires/zimbra.service",
		"/etc/rc[2-5].d/S[0-9][0-9]zimbra",
		"/etc/rc.d/rc[2-5].d/S[0-9][0-9]zimbra",
	};
	bool found = false;

	for (unsigned i = 0; i < sizeof(patterns) / sizeof(patterns[0]) && !found; i++) {
		glob_t files;

		found = glob(patterns[i], 0, NULL, &files) == 0 && files.gl_pathc > 0;
		if (found)
			snprintf(path, size, "%s", files.gl_pathv[0]);
		globfree(&files);
	}
	return found;
}

static void validate_boot_service(struct driver_report *report)
{
	char path[96], text[TEXT_SIZE];

	if (!find_boot_service(path, sizeof(path))) {
		report->add(report, FINDING_OK, "the suite's own boot service is not enabled");
		return;
	}
	snprintf(text, sizeof(text),
		 "%s: the suite's own boot service would start it beside zcsmgr; run "
		 "\"systemctl disable zimbra\", or \"update-rc.d zimbra disable\" or \"chkconfig "
		 "zimbra off\"",
		 path);
	report->add(report, FINDING_ERROR, text);
}

static void validate_directory(const struct driver_context *context, struct driver_report *report)
{
	const char *directory = context->resource->zimbra.directory;
	const struct filesystem_config *filesystem = zimbra_control_filesystem(context);
	char text[TEXT_SIZE], why[200];

	if (!filesystem) {
		snprintf(text, sizeof(text),
			 "no filesystem of the stack is mounted at %.100s: its mails would stay on "
			 "this node; add a filesystem resource before it",
			 directory);
		report->add(report, FINDING_ERROR, text);
	} else if (zimbra_control_exists(context, why, sizeof(why))) {
		snprintf(text, sizeof(text), "%.100s/bin/zmcontrol is there", directory);
		report->add(report, FINDING_OK, text);
	} else {
		/* Right on every node but one. */
		snprintf(text, sizeof(text), "%s; looked at when it is", why);
		report->add(report, strstr(why, "not mounted") ? FINDING_OK : FINDING_ERROR, text);
	}
}

/* ---- the suite's name ----------------------------------------------------------------------- */

int zimbra_validate_server_name(const char *xml, char *name, size_t size)
{
	const char *key = strstr(xml, "name=\"zimbra_server_hostname\"");
	const char *end = key ? strstr(key, "</key>") : NULL;
	const char *value = key ? strstr(key, "<value>") : NULL;
	size_t length;

	if (!value || !end || value > end)
		return -1;
	value += strlen("<value>");
	value += strspn(value, " \t\r\n");
	length = strcspn(value, " \t\r\n<");
	if (length == 0 || length >= size)
		return -1;
	memcpy(name, value, length);
	name[length] = '\0';
	return 0;
}

static int read_server_name(const struct driver_context *context, char *name, size_t size)
{
	static char xml[LOCALCONFIG_SIZE];
	char path[CONFIG_PATH_SIZE + 32];
	ssize_t length = 0, count;
	int fd;

	snprintf(path, sizeof(path), "%s/conf/localconfig.xml",
		 context->resource->zimbra.directory);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return -1;
	while (length < LOCALCONFIG_SIZE - 1 &&
	       (count = read(fd, xml + length, (size_t)(LOCALCONFIG_SIZE - 1 - length))) > 0)
		length += count;
	close(fd);
	xml[length] = '\0';
	return zimbra_validate_server_name(xml, name, size);
}

static bool is_of_service(const struct driver_context *context, const struct sockaddr *address)
{
	for (unsigned i = 0; i < context->service->resource_count; i++) {
		const struct resource_config *resource = &context->service->resources[i];
		const void *bytes =
			address->sa_family == AF_INET6
				? (const void *)&((const struct sockaddr_in6 *)address)->sin6_addr
				: &((const struct sockaddr_in *)address)->sin_addr;

		if (resource->type == RESOURCE_ADDRESS &&
		    resource->address.family == address->sa_family &&
		    memcmp(bytes, resource->address.bytes,
			   address->sa_family == AF_INET6 ? 16 : 4) == 0)
			return true;
	}
	return false;
}

static bool has_address(const struct service_config *service)
{
	for (unsigned i = 0; i < service->resource_count; i++)
		if (service->resources[i].type == RESOURCE_ADDRESS)
			return true;
	return false;
}

static bool resolves_to_service(const struct driver_context *context, const char *name)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
	struct addrinfo *found = NULL;
	bool ours = false;

	if (getaddrinfo(name, NULL, &hints, &found) != 0)
		return false;
	for (const struct addrinfo *each = found; each && !ours; each = each->ai_next)
		ours = (each->ai_family == AF_INET || each->ai_family == AF_INET6) &&
		       is_of_service(context, each->ai_addr);
	freeaddrinfo(found);
	return ours;
}

/* Readable only where the file system is mounted; the name is the same for every node. */
static void validate_name(const struct driver_context *context, struct driver_report *report)
{
	char name[NAME_SIZE], text[TEXT_SIZE];

	if (!has_address(context->service) || read_server_name(context, name, sizeof(name)) != 0)
		return;
	if (resolves_to_service(context, name)) {
		snprintf(text, sizeof(text),
			 "zimbra_server_hostname %.150s is the service's address", name);
		report->add(report, FINDING_OK, text);
		return;
	}
	snprintf(text, sizeof(text),
		 "zimbra_server_hostname %.100s does not resolve to the service's address on this "
		 "node; add it to DNS or /etc/hosts on every node",
		 name);
	report->add(report, FINDING_ERROR, text);
}

void zimbra_validate(struct driver_context *context, struct driver_report *report)
{
	validate_user(context, report);
	validate_boot_service(report);
	validate_directory(context, report);
	validate_name(context, report);
}
