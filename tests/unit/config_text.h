/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A good configuration for the tests, and what becomes of it when a part is replaced. */
#ifndef CONFIG_TEXT_H
#define CONFIG_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "config.h"

enum { TEXT_SIZE = 8192 };

static const char good_text[] =
	/*  1 */
	"services = (\n"
	/*  2 */ "{ name = \"zimbra\";\n"
	/*  3 */ "  nodes = [ \"astapor\", \"braavos\" ];\n"
	/*  4 */ "  stack = (\n"
	/*  5 */ "    { type = \"drbd\"; resource = \"optzimbra\"; start_timeout = 240; },\n"
	/*  6 */ "    { type = \"filesystem\"; device = \"/dev/drbd0\"; directory = "
	"\"/opt/zimbra\";\n"
	/*  7 */ "      fstype = \"ext4\"; options = \"noatime\"; stop_timeout = 60; },\n"
	/*  8 */ "    { type = \"address\"; ip = \"172.17.18.190/24\"; interface = \"eth0\"; },\n"
	/*  9 */ "    { type = \"zimbra\"; directory = \"/opt/zimbra\"; user = \"zimbra\";\n"
	/* 10 */ "      checks = [ \"smtp\", \"imap\" ]; check_interval = 5; fall = 3;\n"
	/* 11 */ "      monitor_timeout = 40; monitor_interval = 120; } );\n"
	/* 12 */ "  restart = { limit = 1; window = 600; };\n"
	/* 13 */ "  failback = false; } );\n"
	/* 14 */ "fencing = (\n"
	/* 15 */ "{ node = \"astapor\"; agent = \"fence_ipmilan\";\n"
	/* 16 */ "  options = { username = \"zcsmgr\"; plug = 3; lanplus = true; };\n"
	/* 17 */ "  timeout = 60; power_on = true; },\n"
	/* 18 */ "{ node = \"braavos\"; agent = \"/usr/sbin/fence_lab\"; } );\n"
	/* 19 */ "watchdog = { device = \"/dev/watchdog\"; timeout = 10; lease = 15; };\n"
	/* 20 */ "fencing_delay = 5;\n"
	/* 21 */ "corosync_grace = 20;\n"
	/* 22 */ "silence = 30;\n"
	/* 23 */ "state_interval = 1;\n";

/* good_text with the first `from` replaced; it must be there. */
static inline void replace(char text[TEXT_SIZE], const char *from, const char *to)
{
	const char *at = strstr(good_text, from);

	if (!at)
		fail_msg("the good text has no '%s'", from);
	assert_true(snprintf(text, TEXT_SIZE, "%.*s%s%s", (int)(at - good_text), good_text, to,
			     at + strlen(from)) < TEXT_SIZE);
}

/* The line of good_text where `part` begins. */
static inline unsigned line_of(const char *part)
{
	const char *end = strstr(good_text, part);
	unsigned line = 1;

	if (!end)
		fail_msg("the good text has no '%s'", part);
	for (const char *at = good_text; at < end; at++)
		line += *at == '\n';
	return line;
}

static inline struct config *config_new(void)
{
	struct config *config = malloc(sizeof(*config));

	assert_non_null(config);
	return config;
}

/* 0 or -1; never anything else, and never a text for what is good. */
static inline int parse(const char *text, size_t size, struct config_error *error)
{
	struct config *config = config_new();
	int result = config_parse("t.conf", text, size, "astapor", config, error);

	free(config);
	if (result == 0 && error->text[0] != '\0')
		fail_msg("accepted, and yet it says: %s", error->text);
	if (result != 0 && error->text[0] == '\0')
		fail_msg("refused without a word:\n%.*s", (int)size, text);
	assert_true(result == 0 || result == -1);
	return result;
}

/* The text must be refused at that line (0: the file as a whole), with all three parts named. */
static inline void refuse(const char *text, size_t size, unsigned line, const char *offending,
			  const char *cure)
{
	struct config_error error;
	char place[32];

	if (line > 0)
		snprintf(place, sizeof(place), "t.conf:%u: ", line);
	else
		snprintf(place, sizeof(place), "t.conf: ");
	if (parse(text, size, &error) == 0)
		fail_msg("accepted, though it should say '%s':\n%.*s", offending, (int)size, text);
	if (!strstr(error.text, place) || !strstr(error.text, offending) ||
	    !strstr(error.text, cure))
		fail_msg("wanted '%s', '%s' and '%s'; it says:\n%s\nabout:\n%.*s", place, offending,
			 cure, error.text, (int)size, text);
}

#endif
