/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is right by itself and does not go together: stacks, services, fencing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config_file.h"

#define ADDRESS_OF(name, ip)                                                                       \
	"{ type = \"address\"; name = \"" name "\"; ip = \"" ip "\"; interface = \"eth1\"; }"
#define MOUNT(name, device, directory)                                                             \
	"{ type = \"filesystem\"; name = \"" name "\"; device = " device                           \
	"; directory = " directory "; fstype = \"xfs\"; }"

#define ANOTHER(name, nodes, resource)                                                             \
	"}, { name = \"" name "\"; nodes = [ " nodes " ]; stack = ( " resource " ); } );"

static void a_stack_that_cannot_work_is_refused(void **state)
{
	static const struct refusal list[] = {
		{DRBD, "", "'/dev/drbd0' is on a DRBD device",
		 "add { type = \"drbd\"; resource = \"...\"; }", FILESYSTEM},
		{ADDRESS, "{ type = \"drbd\"; name = \"late\"; resource = \"r1\"; },",
		 "drbd 'r1' must be the first of the stack of 'zimbra'",
		 "start it before what rests on it, and use one service for each disk", 0},
		{ADDRESS, MOUNT("upper", "\"/dev/sdx\"", "\"/opt\"") ",",
		 "filesystem '/opt' would hide '/opt/zimbra'", "mount the upper directory first",
		 0},
		{ZIMBRA,
		 "{ type = \"zimbra\"; directory = \"/srv/mail\"; }, " MOUNT("late", "\"/dev/sdx\"",
									     "\"/srv\""),
		 "filesystem '/srv' comes after 'zimbra', which lives on it",
		 "put the filesystem before it in the stack", 0},
		{ZIMBRA,
		 "{ type = \"zimbra\"; directory = \"/srv/mail\"; }, " MOUNT("late", "\"/dev/sdx\"",
									     "\"/srv/mail\""),
		 "filesystem '/srv/mail' comes after 'zimbra'", "put the filesystem before it", 0},
		{ADDRESS, "{ type = \"zimbra\"; directory = \"/srv/mail\"; },",
		 "the name 'zimbra' is used twice in the stack of 'zimbra'",
		 "give one of them another with name = \"...\"", ZIMBRA},
		{ADDRESS, ADDRESS_OF("zimbra", "10.0.0.9/8") ",", "the name 'zimbra' is used twice",
		 "another with name = \"...\"", ZIMBRA},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

static void nothing_is_used_twice_in_one_stack(void **state)
{
	static const struct refusal list[] = {
		{ADDRESS, ADDRESS_OF("a", "10.0.0.9/8") ", " ADDRESS_OF("b", "10.0.0.9/24") ",",
		 "'b' of service 'zimbra' and 'a' of service 'zimbra' both use '10.0.0.9'",
		 "each thing may be used once", 0},
		{ADDRESS, ADDRESS_OF("a", "fd00::9/64") ", " ADDRESS_OF("b", "fd00:0::0:9/48") ",",
		 "both use 'fd00::9'", "each thing may be used once", 0},
		{ADDRESS, MOUNT("again", "\"/dev/drbd0\"", "\"/opt/zimbra/x\"") ",",
		 "both use '/dev/drbd0'", "each thing may be used once", 0},
		{ADDRESS, MOUNT("again", "\"/dev/sdx\"", "\"/opt/zimbra\"") ",",
		 "both use '/opt/zimbra'", "each thing may be used once", 0},
		{ADDRESS, "{ type = \"zimbra\"; name = \"z\"; },",
		 "'zimbra' of service 'zimbra' and 'z' of service 'zimbra' both use '/opt/zimbra'",
		 "each thing may be used once", ZIMBRA},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

static void what_works_is_not_refused_with_it(void **state)
{
	(void)state;
	accept_with(ADDRESS, MOUNT("below", "\"/dev/sdx\"", "\"/opt/zimbra/backup\"") ",", NULL);
	accept_with(ADDRESS, MOUNT("beside", "\"/dev/sdx\"", "\"/opt/zimbra2\"") ",", NULL);
	accept_with(ADDRESS, ADDRESS_OF("a", "10.0.0.9/8") ", " ADDRESS_OF("b", "10.0.0.8/8") ",",
		    NULL);
	/* Not on a DRBD device: no drbd resource is needed. */
	accept_with(SERVICES_END,
		    ANOTHER("b", "\"volantis\"", MOUNT("m", "\"/dev/sdx\"", "\"/srv\"")), NULL);
}

static void two_services_that_would_fight_are_refused(void **state)
{
	static const struct refusal list[] = {
		{SERVICES_END, ANOTHER("zimbra", "\"astapor\"", ADDRESS_OF("a", "10.0.0.9/8")),
		 "the service 'zimbra' is there twice", "give one another name", 0},
		{SERVICES_END, ANOTHER("b", "\"astapor\"", ADDRESS_OF("a", "172.17.18.190/8")),
		 "'a' of service 'b' and 'address' of service 'zimbra' both use '172.17.18.190'",
		 "each thing may be used once", 0},
		/* An address fights from any node. */
		{SERVICES_END, ANOTHER("b", "\"volantis\"", ADDRESS_OF("a", "172.17.18.190/8")),
		 "both use '172.17.18.190'", "each thing may be used once", 0},
		{SERVICES_END,
		 ANOTHER("b", "\"braavos\"", "{ type = \"drbd\"; resource = \"optzimbra\"; }"),
		 "both use 'optzimbra'", "each thing may be used once", 0},
		{SERVICES_END, ANOTHER("b", "\"volantis\", \"braavos\"", "{ type = \"zimbra\"; }"),
		 "both use '/opt/zimbra'", "each thing may be used once", 0},
		{SERVICES_END,
		 ANOTHER("b", "\"astapor\"", MOUNT("m", "\"/dev/sdx\"", "\"/opt/zimbra\"")),
		 "both use '/opt/zimbra'", "each thing may be used once", 0},
		/* Only on one of the nodes. */
		{SERVICES_END,
		 ANOTHER("b", "\"astapor\", \"braavos\"",
			 MOUNT("m", "\"/dev/sdx\"",
			       "{ astapor = \"/srv\"; braavos = \"/opt/zimbra\"; }")),
		 "both use '/opt/zimbra'", "each thing may be used once", 0},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

static void services_that_never_meet_may_use_the_same(void **state)
{
	(void)state;
	accept_with(SERVICES_END, ANOTHER("b", "\"volantis\"", "{ type = \"zimbra\"; }"),
		    "volantis");
	assert_int_equal(config->service_count, 2);
	accept_with(SERVICES_END,
		    ANOTHER("b", "\"volantis\"", "{ type = \"drbd\"; resource = \"optzimbra\"; }"),
		    "astapor");
	accept_with(SERVICES_END, ANOTHER("b", "\"astapor\"", ADDRESS_OF("a", "172.17.18.191/8")),
		    "astapor");
}

/* ---- fencing -------------------------------------------------------------------------------- */

#define OPTIONS(text) "{ node = \"astapor\"; agent = \"fence_ipmilan\"; options = { " text " }; },"
#define LONG_NAME     "n123456789012345678901234567890123456789012345678901234567890123"

static void fencing_is_of_a_node_that_serves_and_is_there_once(void **state)
{
	static const struct refusal list[] = {
		{FENCE_ASTAPOR, "{ node = \"nobody\"; agent = \"fence_ipmilan\"; },",
		 "fencing is given for 'nobody', which no service names in its 'nodes'",
		 "correct the name or remove the entry", 0},
		{FENCE_ASTAPOR, "{ node = \"Astapor\"; agent = \"fence_ipmilan\"; },",
		 "fencing is given for 'Astapor'", "correct the name or remove the entry", 0},
		{FENCE_BRAAVOS, "{ node = \"astapor\"; agent = \"fence_ipmilan\"; }",
		 "fencing for 'astapor' is there twice", "remove one", 0},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

static void an_option_of_an_agent_is_one_plain_value(void **state)
{
	static const struct refusal list[] = {
		{FENCE_ASTAPOR, OPTIONS("action = \"on\";"), "'action' is set by zcsmgr itself",
		 "remove it from 'options'", 0},
		{FENCE_ASTAPOR, OPTIONS("plug = 2.5;"), "'plug' is the number 2.5",
		 "it must be a text in quotes, a whole number, true or false", 0},
		{FENCE_ASTAPOR, OPTIONS("plug = { a = 1; };"), "'plug' is a group in braces",
		 "it must be a text in quotes, a whole number, true or false", 0},
		{FENCE_ASTAPOR, OPTIONS("plug = ( 1 );"), "'plug' is a list",
		 "it must be a text in quotes, a whole number, true or false", 0},
		{FENCE_ASTAPOR, OPTIONS("plug = [ 1 ];"), "'plug' is a list",
		 "it must be a text in quotes, a whole number, true or false", 0},
		{FENCE_ASTAPOR, OPTIONS("username = \"\";"), "'username' is empty",
		 "give it a value or leave it out", 0},
		{FENCE_ASTAPOR, OPTIONS("username = \"a\\nb\";"),
		 "'username' has a control character (0x0a)", "remove it", 0},
		{FENCE_ASTAPOR, OPTIONS("username = \"a\"; username = \"a\";"),
		 "a key is given twice in one group", "remove one", 0},
		{FENCE_ASTAPOR, OPTIONS(LONG_NAME "4 = 1;"),
		 "the option 'n1234567890123456789...' is too long",
		 "at most 63 characters are allowed", 0},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
	accept_with(FENCE_ASTAPOR,
		    OPTIONS("n12345678901234567890123456789012345678901234567890123456789012 = 1;"),
		    NULL);
}

static void an_agent_has_so_many_options_and_no_more(void **state)
{
	char options[1024] = "", line[1200];

	(void)state;
	for (unsigned i = 0; i < CONFIG_OPTIONS; i++)
		snprintf(options + strlen(options), sizeof(options) - strlen(options), "o%u = 1; ",
			 i);
	snprintf(line, sizeof(line), OPTIONS("%s"), options);
	accept_with(FENCE_ASTAPOR, line, NULL);
	assert_int_equal(config->fencing[0].option_count, CONFIG_OPTIONS);
	snprintf(line, sizeof(line), OPTIONS("%s more = 1;"), options);
	assert_true(is_refused(&(struct refusal){FENCE_ASTAPOR, line, "'options' has 33 elements",
						 "at most 32 are allowed", 0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stack_that_cannot_work_is_refused),
		cmocka_unit_test(nothing_is_used_twice_in_one_stack),
		cmocka_unit_test(what_works_is_not_refused_with_it),
		cmocka_unit_test(two_services_that_would_fight_are_refused),
		cmocka_unit_test(services_that_never_meet_may_use_the_same),
		cmocka_unit_test(fencing_is_of_a_node_that_serves_and_is_there_once),
		cmocka_unit_test(an_option_of_an_agent_is_one_plain_value),
		cmocka_unit_test(an_agent_has_so_many_options_and_no_more),
	};
	int failed = cmocka_run_group_tests(tests, NULL, forget_config);

	print_message("%u refusals were tried\n", refusals);
	return failed;
}
