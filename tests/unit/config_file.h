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

__attribute__((unused)) static int parse_with(enum line line, const char *replacement,
					      const char *node)
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

/* Tries a whole file; false and a message if it is not answered so, whichever node reads it. */
static bool is_text_refused(const char *text, size_t size, unsigned line, const char *offends,
			    const char *cure)
{
	static const char *const readers[] = {"astapor", "braavos", "elsewhere", NULL};

	refusals++;
	for (unsigned i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
		if (parse_text(text, size, readers[i]) == -1 && is_told(line, offends, cure))
			continue;
		print_error("must be answered at line %u with \"%s\" and \"%s\", but:\n  "
			    "\"%s\"\n",
			    line, offends, cure, error.text);
		return false;
	}
	return true;
}

/* The same for one line of the right configuration. */
static bool is_refused(const struct refusal *refusal)
{
	const char *text = text_with(refusal->line, refusal->text);
	enum line at = refusal->at ? refusal->at : refusal->line;

	if (is_text_refused(text, strlen(text), at, refusal->offends, refusal->cure))
		return true;
	print_error("of: %.200s\n", refusal->text);
	return false;
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
