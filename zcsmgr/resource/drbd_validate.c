/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is DRBD on this host such that a manager can rely on it? Reads, changes nothing. */
#include <glob.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "drbd.h"

struct check {
	const char *name;
	struct driver_report *report;
	int version;
	struct drbd_result result;
};

__attribute__((format(printf, 3, 4))) static void add(struct check *check, enum finding finding,
						      const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	check->report->add(check->report, finding, text);
}

static bool check_tools(struct check *check)
{
	char text[256];

	check->version = drbd_tool_version(DRBD_LOOK_MS, &check->result);
	if (check->version >= 8) {
		add(check, FINDING_OK, "drbd %s: tools of DRBD %s", check->name,
		    check->version == 8 ? "8.4" : "9");
		return true;
	}
	drbd_tool_explain(&check->result, check->name, text, sizeof(text));
	add(check, FINDING_ERROR, "drbd %s: %s", check->name, text);
	return false;
}

static bool check_defined(struct check *check)
{
	const char *line = check->result.output;
	size_t length;

	if (drbd_tool_call("drbdadm", "dump", check->name, DRBD_LOOK_MS, &check->result) == 0)
		return true;
	line += strspn(line, " \t\r\n");
	length = strcspn(line, "\r\n");
	add(check, FINDING_ERROR,
	    "drbd %s: drbdadm does not accept it: '%.*s'; define it in /etc/drbd.d for this host, "
	    "in the syntax of DRBD %s (`fencing` is in %s {})",
	    check->name, (int)(length < 200 ? length : 200), line,
	    check->version == 8 ? "8.4" : "9", check->version == 8 ? "disk" : "net");
	return false;
}

/* A word of the dump: 'key value;' at the beginning of a line. NULL: there is none (any more). */
static const char *next_option(const char *dump, const char *key, char *value, size_t size)
{
	size_t length = strlen(key);

	while (*dump) {
		const char *line = dump + strspn(dump, " \t");
		const char *text = line + length;
		size_t value_length;

		dump += strcspn(dump, "\n");
		dump += *dump == '\n';
		if (strncmp(line, key, length) != 0 || strspn(text, " \t;") == 0)
			continue;
		text += strspn(text, " \t");
		value_length = strcspn(text, ";\n");
		if (value_length >= size)
			value_length = size - 1;
		memcpy(value, text, value_length);
		value[value_length] = '\0';
		return dump;
	}
	return NULL;
}

static void check_protocol(struct check *check)
{
	const char *at = check->result.output;
	char value[32];

	/* Without the option it is C. */
	while ((at = next_option(at, "protocol", value, sizeof(value)))) {
		if (strcmp(value, "C") == 0)
			continue;
		add(check, FINDING_ERROR,
		    "drbd %s: protocol %s acknowledges writes that the peer does not have yet, and "
		    "a takeover loses them; set `net { protocol C; }`",
		    check->name, value);
		return;
	}
	add(check, FINDING_OK, "drbd %s: protocol C", check->name);
}

static void check_two_primaries(struct check *check)
{
	char value[32];

	if (!next_option(check->result.output, "allow-two-primaries", value, sizeof(value)) ||
	    strcmp(value, "no") == 0)
		return;
	add(check, FINDING_ERROR,
	    "drbd %s: allow-two-primaries lets both nodes write at once; remove it", check->name);
}

static void check_auto_promote(struct check *check)
{
	char value[32];

	if (check->version < 9)
		return;
	if (next_option(check->result.output, "auto-promote", value, sizeof(value)) &&
	    strcmp(value, "no") == 0)
		return;
	add(check, FINDING_ERROR,
	    "drbd %s: DRBD 9 promotes whoever opens the device; add `options { auto-promote no; }`",
	    check->name);
}

/* Whether a handler is this program's `drbd-fence-peer`, wherever it is installed. */
static bool is_our_handler(const char *value)
{
	const char *verb = strstr(value, "zcsmgr drbd-fence-peer");

	return verb && (verb == value || verb[-1] == '/' || verb[-1] == '"') &&
	       strcspn(verb, "\";|&") == strlen("zcsmgr drbd-fence-peer");
}

/* Without it a Primary that has lost its peer goes on before it is certain that the other copy is
   out of use. */
static void check_fencing(struct check *check)
{
	const char *where = check->version == 8 ? "disk" : "net";
	char value[256] = "";

	if (!next_option(check->result.output, "fencing", value, sizeof(value)) ||
	    strcmp(value, "resource-and-stonith") != 0)
		add(check, FINDING_ERROR,
		    "drbd %s: fencing %s lets a disk be written while the other copy may be in "
		    "use; "
		    "set `%s { fencing resource-and-stonith; }`",
		    check->name, *value ? value : "dont-care", where);
	if (!next_option(check->result.output, "fence-peer", value, sizeof(value)))
		add(check, FINDING_ERROR,
		    "drbd %s: there is no fence-peer handler; add `handlers { fence-peer "
		    "\"/usr/sbin/zcsmgr drbd-fence-peer\"; }`",
		    check->name);
	else if (!is_our_handler(value))
		add(check, FINDING_ERROR,
		    "drbd %s: the fence-peer handler is %.128s, which knows nothing of this "
		    "cluster; put \"/usr/sbin/zcsmgr drbd-fence-peer\" in its place",
		    check->name, value);
	else
		add(check, FINDING_OK, "drbd %s: fence-peer handler", check->name);
}

/* Policies that throw away one side's writes without asking. */
static void check_policies(struct check *check)
{
	static const char *const policies[] = {"after-sb-0pri", "after-sb-1pri", "after-sb-2pri"};
	static const char *const harmless[] = {"disconnect", "discard-zero-changes", "consensus"};
	char value[64];

	for (size_t i = 0; i < sizeof(policies) / sizeof(*policies); i++) {
		bool safe = false;

		if (!next_option(check->result.output, policies[i], value, sizeof(value)))
			continue;
		for (size_t j = 0; j < sizeof(harmless) / sizeof(*harmless); j++)
			safe = safe || strcmp(value, harmless[j]) == 0;
		if (!safe)
			add(check, FINDING_WARNING,
			    "drbd %s: `%s %s` discards one side's writes after a split brain "
			    "without asking; `disconnect` leaves that to you",
			    check->name, policies[i], value);
	}
}

static void check_device(struct check *check)
{
	struct stat status;
	char *device = check->result.output;

	if (drbd_tool_call("drbdadm", "sh-dev", check->name, DRBD_LOOK_MS, &check->result) != 0)
		return;
	device[strcspn(device, "\r\n")] = '\0';
	if (stat(device, &status) != 0)
		add(check, FINDING_WARNING,
		    "drbd %s: %s is not there (yet); it appears when the resource comes up: "
		    "`drbdadm up %s`",
		    check->name, device, check->name);
	else if (!S_ISBLK(status.st_mode))
		add(check, FINDING_ERROR,
		    "drbd %s: %s is not a block device; remove it and run `drbdadm up %s`",
		    check->name, device, check->name);
	else
		add(check, FINDING_OK, "drbd %s: %s", check->name, device);
}

/* DRBD's own service brings resources up and, at its stop, takes them down under a mail server. */
static void check_boot_service(struct check *check)
{
	static const char *const patterns[] = {
		"/etc/systemd/system/*.wants/drbd.service",
		"/etc/rc[2345].d/S[0-9][0-9]drbd",
	};
	glob_t found;

	for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
		if (glob(patterns[i], 0, NULL, &found) == 0) {
			add(check, FINDING_WARNING,
			    "drbd %s: DRBD's own boot service is enabled (%s) and would compete; "
			    "disable it: `systemctl disable drbd`",
			    check->name, found.gl_pathv[0]);
			globfree(&found);
			return;
		}
	}
}

void drbd_validate(struct driver_context *context, struct driver_report *report)
{
	struct check check = {.name = context->resource->drbd.resource, .report = report};

	if (!check_tools(&check) || !check_defined(&check))
		return;
	check_protocol(&check);
	check_two_primaries(&check);
	check_auto_promote(&check);
	check_fencing(&check);
	check_policies(&check);
	check_device(&check);
	check_boot_service(&check);
}
