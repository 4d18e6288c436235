/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A right configuration of which a test replaces one line, and what must be said about it: where,
 * what is wrong, and what to do. Include after cmocka.h.
 */
#ifndef ZCSMGR_TESTS_CONFIG_FILE_H
#define ZCSMGR_TESTS_CONFIG_FILE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"

enum line {
	SERVICES = 1,
	NAME,
	NODES,
	STACK,
	DRBD,
	FILESYSTEM,
	ADDRESS,
	ZIMBRA,
	STACK_END,
	RESTART,
	FAILBACK,
	SERVICES_END,
	FENCING,
	FENCE_ASTAPOR,
	FENCE_BRAAVOS,
	FENCING_END,
	ROOT,
	LINES,
};

static const char *const right_lines[LINES] = {
	[SERVICES] = "services = ( {",
	[NAME] = "name = \"zimbra\";",
	[NODES] = "nodes = [ \"astapor\", \"braavos\" ];",
	[STACK] = "stack = (",
	[DRBD] = "{ type = \"drbd\"; resource = \"optzimbra\"; },",
	[FILESYSTEM] = "{ type = \"filesystem\"; device = \"/dev/drbd0\"; directory = "
		       "\"/opt/zimbra\"; fstype = \"ext4\"; },",
	[ADDRESS] = "{ type = \"address\"; ip = \"172.17.18.190/24\"; interface = \"eth0\"; },",
	[ZIMBRA] = "{ type = \"zimbra\"; }",
	[STACK_END] = ");",
	[RESTART] = "restart = { limit = 1; window = 600; };",
	[FAILBACK] = "failback = false;",
	[SERVICES_END] = "} );",
	[FENCING] = "fencing = (",
	[FENCE_ASTAPOR] = "{ node = \"astapor\"; agent = \"fence_ipmilan\"; options = { ip = "
			  "\"10.0.0.1\"; }; },",
	[FENCE_BRAAVOS] = "{ node = \"braavos\"; agent = \"fence_ipmilan\"; options = { ip = "
			  "\"10.0.0.2\"; }; }",
	[FENCING_END] = ");",
	[ROOT] = "watchdog = { device = \"/dev/watchdog\"; timeout = 10; };",
};

struct refusal {
	enum line line;	     /* that is replaced */
	const char *text;    /* by this */
	const char *offends; /* the answer shows this of it, */
	const char *cure;    /* and says this, */
	enum line at;	     /* of this line; 0: of the replaced one */
};

static struct config *config;
static struct config_error error;
static unsigned refusals; /* how many were tried */

static int parse_text(const char *text, size_t size, const char *node)
{
	if (!config)
		config = malloc(sizeof(*config));
	assert_non_null(config);
	return config_parse("test.conf", text, size, node, config, &error);
}

/* The right configuration, with that line replaced; static storage. */
static const char *text_with(enum line line, const char *replacement)
{
	static char text[CONFIG_FILE_SIZE];
	size_t length = 0;

	for (enum line i = SERVICES; i < LINES; i++)
		length += (size_t)snprintf(text + length, sizeof(text) - length, "%s\n",
					   i == line ? replacement : right_lines[i]);
	return text;
}

static int parse_with(enum line line, const char *replacement, const char *node)
{
	const char *text = text_with(line, replacement);

	return parse_text(text, strlen(text), node);
}

/* Whether the answer begins with that place, and is of that one error alone. */
static bool is_told(unsigned line, const char *offends, const char *cure)
{
	char place[32];

	snprintf(place, sizeof(place), "test.conf:%u: ", line);
	return strncmp(error.text, place, strlen(place)) == 0 && strstr(error.text, offends) &&
	       strstr(error.text, cure) && !strchr(error.text, '\n');
}

/* Tries one; false and a message if it is not answered as it must be, whichever node reads it. */
static bool is_refused(const struct refusal *refusal)
{
	static const char *const readers[] = {"astapor", "braavos", "elsewhere", NULL};
	enum line at = refusal->at ? refusal->at : refusal->line;
	bool right = true;

	refusals++;
	for (unsigned i = 0; right && i < sizeof(readers) / sizeof(readers[0]); i++)
		right = parse_with(refusal->line, refusal->text, readers[i]) == -1 &&
			is_told(at, refusal->offends, refusal->cure);
	if (!right)
		print_error("%.200s\n  must be answered at line %d with \"%s\" and \"%s\", but:\n  "
			    "\"%s\"\n",
			    refusal->text, at, refusal->offends, refusal->cure, error.text);
	return right;
}

__attribute__((unused)) static void all_are_refused(const struct refusal *list, size_t count)
{
	unsigned wrong = 0;

	for (size_t i = 0; i < count; i++)
		wrong += !is_refused(&list[i]);
	assert_int_equal(wrong, 0);
}

#define ALL_ARE_REFUSED(list) all_are_refused(list, sizeof(list) / sizeof((list)[0]))

/* Tries a right one. */
__attribute__((unused)) static void accept_with(enum line line, const char *replacement,
						const char *node)
{
	if (parse_with(line, replacement, node) != 0)
		fail_msg("%.200s\n  is refused: %s", replacement, error.text);
}

static int forget_config(void **state)
{
	(void)state;
	free(config);
	config = NULL;
	return 0;
}

#endif
