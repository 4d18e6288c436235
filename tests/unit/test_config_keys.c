/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every key of zcsmgr.conf: misspelt, twice, where it does not belong, of the wrong kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config_file.h"

enum { KEYS = 12 };

/* A group of the file: what is right in it besides the %s, and all its keys. */
static const struct group {
	const char *what;
	enum line line;
	const char *format;
	struct {
		const char *name, *value;
	} keys[KEYS + 1];
} groups[] = {
	{"the file",
	 ROOT,
	 "%s",
	 {{"services", "( )"},
	  {"fencing", "( )"},
	  {"watchdog", "{ device = \"/dev/watchdog\"; timeout = 10; }"},
	  {"fencing_delay", "5"},
	  {"corosync_grace", "20"},
	  {"silence", "30"},
	  {"state_interval", "1"}}},
	{"a service",
	 FAILBACK,
	 "%s",
	 {{"name", "\"zimbra\""},
	  {"nodes", "[ \"astapor\", \"braavos\" ]"},
	  {"stack", "( { type = \"drbd\"; } )"},
	  {"restart", "{ limit = 1; window = 600; }"},
	  {"failback", "false"}}},
	{"restart", RESTART, "restart = { %s };", {{"limit", "1"}, {"window", "600"}}},
	{"a drbd resource",
	 DRBD,
	 "{ %s type = \"drbd\"; resource = \"r0\"; },",
	 {{"type", "\"drbd\""},
	  {"name", "\"drbd\""},
	  {"start_timeout", "240"},
	  {"stop_timeout", "100"},
	  {"monitor_timeout", "20"},
	  {"monitor_interval", "0"},
	  {"fall", "1"},
	  {"resource", "\"optzimbra\""}}},
	{"a filesystem",
	 FILESYSTEM,
	 "{ %s type = \"filesystem\"; device = \"/dev/drbd0\"; directory = \"/srv\"; fstype = "
	 "\"xfs\"; },",
	 {{"type", "\"filesystem\""},
	  {"name", "\"filesystem\""},
	  {"start_timeout", "60"},
	  {"stop_timeout", "60"},
	  {"monitor_timeout", "20"},
	  {"monitor_interval", "0"},
	  {"fall", "1"},
	  {"device", "\"/dev/drbd0\""},
	  {"directory", "\"/srv\""},
	  {"fstype", "\"xfs\""},
	  {"options", "\"noatime\""}}},
	{"an address",
	 ADDRESS,
	 "{ %s type = \"address\"; ip = \"10.0.0.9/24\"; interface = \"eth0\"; },",
	 {{"type", "\"address\""},
	  {"name", "\"address\""},
	  {"start_timeout", "20"},
	  {"stop_timeout", "20"},
	  {"monitor_timeout", "20"},
	  {"monitor_interval", "0"},
	  {"fall", "1"},
	  {"ip", "\"10.0.0.9/24\""},
	  {"interface", "\"eth0\""}}},
	{"a zimbra resource",
	 ZIMBRA,
	 "{ %s type = \"zimbra\"; }",
	 {{"type", "\"zimbra\""},
	  {"name", "\"zimbra\""},
	  {"start_timeout", "360"},
	  {"stop_timeout", "360"},
	  {"monitor_timeout", "40"},
	  {"monitor_interval", "120"},
	  {"fall", "3"},
	  {"directory", "\"/opt/zimbra\""},
	  {"user", "\"zimbra\""},
	  {"checks", "[ \"smtp\", \"imap\" ]"},
	  {"check_interval", "5"}}},
	{"fencing",
	 FENCE_ASTAPOR,
	 "{ %s node = \"astapor\"; agent = \"fence_ipmilan\"; },",
	 {{"node", "\"astapor\""},
	  {"agent", "\"fence_ipmilan\""},
	  {"options", "{ plug = 3; lanplus = true; }"},
	  {"timeout", "60"},
	  {"power_on", "true"}}},
	{"watchdog",
	 ROOT,
	 "watchdog = { %s };",
	 {{"device", "\"/dev/watchdog\""}, {"timeout", "10"}, {"lease", "10"}}},
};

enum { GROUPS = sizeof(groups) / sizeof(groups[0]) };

static void write_member(char line[512], const struct group *group, const char *member)
{
	const char *at = strstr(group->format, "%s");

	snprintf(line, 512, "%.*s%s%s", (int)(at - group->format), group->format, member, at + 2);
}

static bool unknown_is_refused(const struct group *group, const char *key, const char *cure)
{
	char line[512], member[128], offends[128];

	snprintf(member, sizeof(member), "%s = 1;", key);
	write_member(line, group, member);
	snprintf(offends, sizeof(offends), "unknown key '%s' in %s; ", key, group->what);
	return is_refused(&(struct refusal){
		.line = group->line, .text = line, .offends = offends, .cure = cure});
}

static void a_misspelt_key_is_answered_by_the_right_one(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < GROUPS; i++)
		for (unsigned j = 0; groups[i].keys[j].name; j++) {
			const char *right = groups[i].keys[j].name;
			char key[64], cure[64];

			snprintf(cure, sizeof(cure), "did you mean '%s'? Allowed: ", right);
			snprintf(key, sizeof(key), "%sx", right);
			wrong += !unknown_is_refused(&groups[i], key, cure);
			if (strlen(right) < 4)
				continue; /* too little is left to tell what was meant */
			snprintf(key, sizeof(key), "%.*s", (int)strlen(right) - 1, right);
			wrong += !unknown_is_refused(&groups[i], key, cure);
		}
	assert_int_equal(wrong, 0);
}

static void a_key_of_nowhere_is_answered_by_all_that_are_allowed(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < GROUPS; i++) {
		char cure[256] = "allowed: ";

		for (unsigned j = 0; groups[i].keys[j].name; j++)
			snprintf(cure + strlen(cure), sizeof(cure) - strlen(cure), "%s%s",
				 j ? ", " : "", groups[i].keys[j].name);
		wrong += !unknown_is_refused(&groups[i], "quux", cure);
	}
	assert_int_equal(wrong, 0);
}

static void a_key_given_twice_is_refused(void **state)
{
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < GROUPS; i++)
		for (unsigned j = 0; groups[i].keys[j].name; j++) {
			char line[512], members[256], offends[300], member[128];

			snprintf(member, sizeof(member), "%s = %s;", groups[i].keys[j].name,
				 groups[i].keys[j].value);
			snprintf(members, sizeof(members), "%s %s", member, member);
			write_member(line, &groups[i], members);
			snprintf(offends, sizeof(offends), "twice in one group ('%.60s", line);
			wrong += !is_refused(&(struct refusal){.line = groups[i].line,
							       .text = line,
							       .offends = offends,
							       .cure = "'); remove one"});
		}
	assert_int_equal(wrong, 0);
}

/* ---- of the wrong kind ---------------------------------------------------------------------- */

static const struct {
	const char *value, *is;
} kinds[] = {
	{"\"x\"", "is the text \"x\""}, {"7", "is the number 7"}, {"true", "is true"},
	{"( 1 )", "is a list"},		{"[ 1 ]", "is a list"},
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static void what_is_a_group_is_nothing_else(void **state)
{
	static const struct {
		enum line line;
		const char *key, *format, *cure;
	} places[] = {
		{RESTART, "restart", "restart = %s;", "a group, as { limit = 1; window = 600; }"},
		{ROOT, "watchdog", "watchdog = %s;",
		 "a group, as { device = \"/dev/watchdog\"; timeout = 10; }"},
		{FENCE_ASTAPOR, "options",
		 "{ node = \"astapor\"; agent = \"fence_ipmilan\"; options = %s; },",
		 "a group, as { ip = \"10.0.0.1\"; username = \"admin\"; }"},
	};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		for (unsigned j = 0; j < KINDS; j++) {
			const char *at = strstr(places[i].format, "%s");
			char line[256], offends[64];

			snprintf(line, sizeof(line), "%.*s%s%s", (int)(at - places[i].format),
				 places[i].format, kinds[j].value, at + 2);
			snprintf(offends, sizeof(offends), "'%s' %s; it must be ", places[i].key,
				 kinds[j].is);
			wrong += !is_refused(&(struct refusal){.line = places[i].line,
							       .text = line,
							       .offends = offends,
							       .cure = places[i].cure});
		}
	assert_int_equal(wrong, 0);
}

#define STACK_OF(text)                                                                             \
	"services = ( { name = \"a\"; nodes = [ \"astapor\" ]; stack = " text "; } );"
#define RIGHT_STACK "( { type = \"drbd\"; resource = \"r0\"; } )"

static void what_is_a_list_is_nothing_else(void **state)
{
	static const struct {
		const char *key, *format, *cure;
	} places[] = {
		{"services", "services = %s;", "write services = ( { name = \"zimbra\"; ... } );"},
		{"nodes", "services = ( { name = \"a\"; nodes = %s; stack = " RIGHT_STACK "; } );",
		 "write nodes = [ \"astapor\", \"braavos\" ]"},
		{"stack", STACK_OF("%s"), "write stack = ( { type = \"drbd\"; ... }, ... )"},
		{"checks", STACK_OF("( { type = \"zimbra\"; checks = %s; } )"),
		 "write some of [ \"smtp\", \"lmtp\", \"imap\", \"ldap\", \"mysql\", \"https\" ]"},
		{"fencing", STACK_OF(RIGHT_STACK) " fencing = %s;",
		 "write fencing = ( { node = \"astapor\"; agent = "},
	};
	static const char *const others[] = {"\"x\"", "7", "true", "{ a = 1; }", "( )", "[ ]"};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		for (unsigned j = 0; j < sizeof(others) / sizeof(others[0]); j++) {
			const char *at = strstr(places[i].format, "%s");
			char text[256], offends[80];

			snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - places[i].format),
				 places[i].format, others[j], at + 2);
			snprintf(offends, sizeof(offends),
				 "'%s' must be a list with at least one element", places[i].key);
			wrong += !is_text_refused(text, strlen(text), 1, offends, places[i].cure);
		}
	assert_int_equal(wrong, 0);
}

static void the_outermost_parts_must_be_there(void **state)
{
	static const struct {
		const char *text, *offends, *cure;
	} texts[] = {
		{"silence = 30;", "the file lacks 'services'",
		 "add services = ( { name = \"zimbra\"; ... } );"},
		{"services = ( { name = \"a\"; nodes = [ \"astapor\" ]; } );",
		 "a service lacks 'stack'", "add stack = ( { type = \"drbd\"; ... }, ... )"},
		{"services = ( 1 );", "an element of 'services' must be a group in braces",
		 "as { name = \"zimbra\"; ... }"},
		{"services = [ \"a\" ];", "an element of 'services' must be a group in braces",
		 "as { name = \"zimbra\"; ... }"},
	};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		wrong += !is_text_refused(texts[i].text, strlen(texts[i].text), 1, texts[i].offends,
					  texts[i].cure);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_misspelt_key_is_answered_by_the_right_one),
		cmocka_unit_test(a_key_of_nowhere_is_answered_by_all_that_are_allowed),
		cmocka_unit_test(a_key_given_twice_is_refused),
		cmocka_unit_test(what_is_a_group_is_nothing_else),
		cmocka_unit_test(what_is_a_list_is_nothing_else),
		cmocka_unit_test(the_outermost_parts_must_be_there),
	};
	int failed = cmocka_run_group_tests(tests, NULL, forget_config);

	print_message("%u refusals were tried\n", refusals);
	return failed;
}
