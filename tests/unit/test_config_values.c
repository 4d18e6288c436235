/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every option of zcsmgr.conf with every kind of wrong value, and with the outermost right ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config_file.h"

/* Where an option is written: its line, with %s for the value. */
struct place {
	enum line line;
	const char *format;
	const char *key;
};

#define IN_DRBD	      "{ type = \"drbd\"; resource = \"r0\"; "
#define IN_FILESYSTEM "{ type = \"filesystem\"; device = \"/dev/drbd0\"; directory = \"/srv\"; "
#define IN_FENCING    "{ node = \"astapor\"; agent = \"fence_ipmilan\"; "

static void write_value(const struct place *place, const char *value, char *line, size_t size)
{
	const char *at = strstr(place->format, "%s");

	assert_non_null(at);
	assert_true(strlen(place->format) + strlen(value) < size);
	snprintf(line, size, "%.*s%s%s", (int)(at - place->format), place->format, value, at + 2);
}

static bool value_is_refused(const struct place *place, const char *value, const char *offends,
			     const char *cure)
{
	char line[CONFIG_FILE_SIZE / 8], about[64];

	snprintf(about, sizeof(about), "'%s' %s", place->key, offends);
	write_value(place, value, line, sizeof(line));
	return is_refused(&(struct refusal){
		.line = place->line, .text = line, .offends = about, .cure = cure});
}

/* ---- numbers -------------------------------------------------------------------------------- */

struct number {
	struct place place;
	double lowest, highest;
	bool whole; /* a count, not a time */
};

static const struct number numbers[] = {
	{{DRBD, IN_DRBD "start_timeout = %s; },", "start_timeout"}, 1, 7200, false},
	{{DRBD, IN_DRBD "stop_timeout = %s; },", "stop_timeout"}, 1, 7200, false},
	{{DRBD, IN_DRBD "monitor_timeout = %s; },", "monitor_timeout"}, 1, 600, false},
	{{DRBD, IN_DRBD "monitor_interval = %s; },", "monitor_interval"}, 0, 86400, false},
	{{DRBD, IN_DRBD "fall = %s; },", "fall"}, 1, 100, true},
	{{FILESYSTEM, IN_FILESYSTEM "fstype = \"xfs\"; stop_timeout = %s; },", "stop_timeout"},
	 1,
	 7200,
	 false},
	{{ADDRESS,
	  "{ type = \"address\"; ip = \"10.0.0.9/24\"; interface = \"eth0\"; start_timeout = %s; "
	  "},",
	  "start_timeout"},
	 1,
	 7200,
	 false},
	{{ZIMBRA, "{ type = \"zimbra\"; monitor_interval = %s; }", "monitor_interval"},
	 0,
	 86400,
	 false},
	{{ZIMBRA, "{ type = \"zimbra\"; check_interval = %s; }", "check_interval"}, 1, 300, false},
	{{RESTART, "restart = { limit = %s; };", "limit"}, 0, 10, true},
	{{RESTART, "restart = { window = %s; };", "window"}, 10, 86400, false},
	{{FENCE_ASTAPOR, IN_FENCING "timeout = %s; },", "timeout"}, 1, 600, false},
	{{ROOT, "watchdog = { timeout = %s; };", "timeout"}, 3, 300, false},
	{{ROOT, "watchdog = { lease = %s; };", "lease"}, 3, 300, false},
	{{ROOT, "fencing_delay = %s;", "fencing_delay"}, 1, 120, false},
	{{ROOT, "corosync_grace = %s;", "corosync_grace"}, 0, 600, false},
	{{ROOT, "silence = %s;", "silence"}, 10, 600, false},
	{{ROOT, "state_interval = %s;", "state_interval"}, 0.2, 5, false},
};

enum { NUMBERS = sizeof(numbers) / sizeof(numbers[0]) };

static void no_number_takes_a_value_of_another_type(void **state)
{
	static const struct {
		const char *value, *offends;
	} others[] = {
		{"\"60\"", "is the text \"60\""},
		{"\"60 s\"", "is the text \"60 s\""},
		{"true", "is true"},
		{"False", "is false"},
		{"{ seconds = 60; }", "is a group in braces"},
		{"( 60 )", "is a list"},
		{"[ 60, 61 ]", "is a list"},
	};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < NUMBERS; i++)
		for (unsigned j = 0; j < sizeof(others) / sizeof(others[0]); j++)
			wrong += !value_is_refused(&numbers[i].place, others[j].value,
						   others[j].offends,
						   "must be a number, without quotes");
	assert_int_equal(wrong, 0);
}

static bool number_is_refused(const struct number *number, const char *value)
{
	char offends[48], cure[64];

	snprintf(offends, sizeof(offends), "is %.10g", strtod(value, NULL));
	if (number->whole)
		snprintf(cure, sizeof(cure), "a whole number from %g to %g", number->lowest,
			 number->highest);
	else
		snprintf(cure, sizeof(cure), "in seconds, from %g to %g", number->lowest,
			 number->highest);
	return value_is_refused(&number->place, value, offends, cure);
}

static void no_number_takes_a_value_out_of_its_range(void **state)
{
	static const char *const values[] = {
		"-1",	 "-0.5",   "86401",   "2147483647", "2147483648L", "9223372036854775807L",
		"1e300", "-1e300", "1.0e999", /* infinite */
	};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < NUMBERS; i++) {
		char below[32], above[32];

		snprintf(below, sizeof(below), "%.3f", numbers[i].lowest - 0.001);
		snprintf(above, sizeof(above), "%.3f", numbers[i].highest + 0.001);
		wrong += !number_is_refused(&numbers[i], below);
		wrong += !number_is_refused(&numbers[i], above);
		for (unsigned j = 0; j < sizeof(values) / sizeof(values[0]); j++)
			wrong += !number_is_refused(&numbers[i], values[j]);
		if (numbers[i].whole)
			wrong += !number_is_refused(&numbers[i], "1.5");
	}
	assert_int_equal(wrong, 0);
}

/* libconfig alone would take 4294967356 for 60. */
static void no_number_takes_one_that_is_cut(void **state)
{
	static const char *const values[] = {
		"2147483648", "4294967356",  "9223372036854775807", "99999999999999999999999",
		"0x80000000", "0X10000003c",
	};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < NUMBERS; i++)
		for (unsigned j = 0; j < sizeof(values) / sizeof(values[0]); j++) {
			char line[512], offends[64];

			write_value(&numbers[i].place, values[j], line, sizeof(line));
			snprintf(offends, sizeof(offends), "the number '%s' is too large",
				 values[j]);
			wrong += !is_refused(
				&(struct refusal){.line = numbers[i].place.line,
						  .text = line,
						  .offends = offends,
						  .cure = "must be 2147483647 or less"});
		}
	assert_int_equal(wrong, 0);
}

static void every_number_takes_the_bounds_of_its_range(void **state)
{
	(void)state;
	for (unsigned i = 0; i < NUMBERS; i++) {
		const double bounds[2] = {numbers[i].lowest, numbers[i].highest};

		for (unsigned j = 0; j < 2; j++) {
			char value[32], line[512];

			snprintf(value, sizeof(value), "%g", bounds[j]);
			write_value(&numbers[i].place, value, line, sizeof(line));
			accept_with(numbers[i].place.line, line, "astapor");
		}
	}
}

/* ---- truth ---------------------------------------------------------------------------------- */

static void what_is_true_or_false_is_nothing_else(void **state)
{
	static const struct place places[] = {
		{FAILBACK, "failback = %s;", "failback"},
		{FENCE_ASTAPOR, IN_FENCING "power_on = %s; },", "power_on"},
	};
	static const struct {
		const char *value, *offends;
	} others[] = {
		{"\"true\"", "is the text \"true\""},
		{"\"no\"", "is the text \"no\""},
		{"1", "is the number 1"},
		{"0", "is the number 0"},
		{"0.5", "is the number 0.5"},
		{"{ }", "is a group in braces"},
		{"( true )", "is a list"},
		{"[ true ]", "is a list"},
	};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		for (unsigned j = 0; j < sizeof(others) / sizeof(others[0]); j++)
			wrong += !value_is_refused(&places[i], others[j].value, others[j].offends,
						   "must be true or false, without quotes");
	assert_int_equal(wrong, 0);
}

/* ---- texts ---------------------------------------------------------------------------------- */

struct text {
	struct place place;
	bool per_node; /* may be a group with one for each node */
	size_t longest;
};

static const struct text texts[] = {
	{{NAME, "name = %s;", "name"}, false, 63},
	{{DRBD, "{ type = %s; resource = \"r0\"; },", "type"}, false, 63},
	{{DRBD, "{ type = \"drbd\"; resource = %s; },", "resource"}, false, 63},
	{{DRBD, IN_DRBD "name = %s; },", "name"}, false, 63},
	{{FILESYSTEM,
	  "{ type = \"filesystem\"; device = %s; directory = \"/srv\"; fstype = \"xfs\"; },",
	  "device"},
	 true,
	 255},
	{{FILESYSTEM,
	  "{ type = \"filesystem\"; device = \"/dev/drbd0\"; directory = %s; fstype = \"xfs\"; },",
	  "directory"},
	 true,
	 255},
	{{FILESYSTEM, IN_FILESYSTEM "fstype = %s; },", "fstype"}, false, 63},
	{{FILESYSTEM, IN_FILESYSTEM "fstype = \"xfs\"; options = %s; },", "options"}, true, 255},
	{{ADDRESS, "{ type = \"address\"; ip = %s; interface = \"eth0\"; },", "ip"}, false, 63},
	{{ADDRESS, "{ type = \"address\"; ip = \"10.0.0.9/24\"; interface = %s; },", "interface"},
	 true,
	 15},
	{{ZIMBRA, "{ type = \"zimbra\"; directory = %s; }", "directory"}, true, 255},
	{{ZIMBRA, "{ type = \"zimbra\"; user = %s; }", "user"}, true, 63},
	{{FENCE_ASTAPOR, "{ node = %s; agent = \"fence_ipmilan\"; },", "node"}, false, 63},
	{{FENCE_ASTAPOR, "{ node = \"astapor\"; agent = %s; },", "agent"}, false, 255},
	{{ROOT, "watchdog = { device = %s; };", "device"}, false, 255},
};

enum { TEXTS = sizeof(texts) / sizeof(texts[0]) };

static void no_text_takes_a_value_of_another_type(void **state)
{
	static const struct {
		const char *value, *offends;
	} others[] = {
		{"5", "is the number 5"},	   {"-7000000000L", "is the number -7000000000"},
		{"1.5", "is the number 1.5"},	   {"true", "is true"},
		{"( \"a\", \"b\" )", "is a list"}, {"[ \"a\" ]", "is a list"},
	};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < TEXTS; i++) {
		for (unsigned j = 0; j < sizeof(others) / sizeof(others[0]); j++)
			wrong += !value_is_refused(&texts[i].place, others[j].value,
						   others[j].offends, "must be a text in quotes");
		if (!texts[i].per_node)
			wrong += !value_is_refused(&texts[i].place,
						   "{ astapor = \"a\"; braavos = \"b\"; }",
						   "is a group in braces",
						   "must be one text in quotes, the same for every "
						   "node");
	}
	assert_int_equal(wrong, 0);
}

static void no_text_is_empty_broken_or_without_end(void **state)
{
	char value[5000] = "\"", start[32], cure[48];
	unsigned wrong = 0;

	(void)state;
	memset(value + 1, 'x', sizeof(value) - 3);
	value[sizeof(value) - 2] = '"';
	for (unsigned i = 0; i < TEXTS; i++) {
		const struct place *place = &texts[i].place;

		wrong += !value_is_refused(place, "\"\"", "is empty (\"\")",
					   "give it a value or leave it out");
		wrong += !value_is_refused(place, "\"a\\nb\"", "has a control character (0x0a)",
					   "remove it");
		wrong += !value_is_refused(place, "\"a\\tb\"", "has a control character (0x09)",
					   "remove it");
		wrong += !value_is_refused(place, "\"a\\x7f\"", "has a control character (0x7f)",
					   "remove it");
		wrong += !value_is_refused(place, "\"\\xc2\\x85\"",
					   "has a control character (0x85)", "remove it");
		wrong += !value_is_refused(place, "\"a\\xff\"", "has the byte 0xff",
					   "not UTF-8; remove it");
		snprintf(start, sizeof(start), "is too long ('xxxxxxxxxx");
		snprintf(cure, sizeof(cure), "at most %zu bytes are allowed", texts[i].longest);
		wrong += !value_is_refused(place, value, start, cure);
	}
	assert_int_equal(wrong, 0);
}

static void a_text_per_node_is_right_for_every_node(void **state)
{
	static const struct {
		const char *value, *key, *offends, *cure;
	} groups[] = {
		{"{ braavos = \"/b\"; }", NULL, "has no value for node 'astapor'",
		 "add one for every node of the service, or write one text for all"},
		{"{ astapor = \"/a\"; }", NULL, "has no value for node 'braavos'",
		 "add one for every node of the service, or write one text for all"},
		{"{ astapor = \"/a\"; braavos = \"/b\"; volantis = \"/c\"; }", "volantis",
		 "is not among the nodes of service 'zimbra'", "use the names in its 'nodes'"},
		{"{ astapor = 1; braavos = \"/b\"; }", "astapor", "is the number 1",
		 "must be a text in quotes"},
		{"{ astapor = \"/a\"; braavos = { braavos = \"/b\"; }; }", "braavos", "is a group",
		 "must be one text in quotes"},
		{"{ astapor = \"/a\"; braavos = \"\"; }", "braavos", "is empty", "give it a value"},
	};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < TEXTS; i++) {
		/* What is right for one kind of text is wrong for another: paths stand for all. */
		bool paths = strstr(texts[i].place.key, "dev") || strstr(texts[i].place.key, "dir");

		for (unsigned j = 0;
		     texts[i].per_node && paths && j < sizeof(groups) / sizeof(groups[0]); j++) {
			struct place place = texts[i].place;

			if (groups[j].key)
				place.key = groups[j].key;
			wrong += !value_is_refused(&place, groups[j].value, groups[j].offends,
						   groups[j].cure);
		}
	}
	assert_int_equal(wrong, 0);
}

static void a_group_without_any_value_is_answered_by_what_it_needs(void **state)
{
	static const char *const nodes[] = {"astapor", "a.b", "1st"};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < sizeof(nodes) / sizeof(nodes[0]); i++) {
		char text[256], offends[64];

		snprintf(text, sizeof(text),
			 "services = ( { name = \"a\"; nodes = [ \"%s\" ]; stack = (\n"
			 "{ type = \"address\"; ip = \"10.0.0.9/8\"; interface = { }; } ); } );",
			 nodes[i]);
		snprintf(offends, sizeof(offends), "'interface' has no value for node '%s'",
			 nodes[i]);
		wrong += !is_text_refused(text, strlen(text), 2, offends,
					  i == 0 ? "; add one for every node of the service"
						 : ", and such a name cannot be a key; begin it "
						   "with a letter and leave out dots");
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_number_takes_a_value_of_another_type),
		cmocka_unit_test(no_number_takes_a_value_out_of_its_range),
		cmocka_unit_test(no_number_takes_one_that_is_cut),
		cmocka_unit_test(every_number_takes_the_bounds_of_its_range),
		cmocka_unit_test(what_is_true_or_false_is_nothing_else),
		cmocka_unit_test(no_text_takes_a_value_of_another_type),
		cmocka_unit_test(no_text_is_empty_broken_or_without_end),
		cmocka_unit_test(a_text_per_node_is_right_for_every_node),
		cmocka_unit_test(a_group_without_any_value_is_answered_by_what_it_needs),
	};
	int failed = cmocka_run_group_tests(tests, NULL, forget_config);

	print_message("%u refusals were tried\n", refusals);
	return failed;
}
