/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The content of zcsmgr.conf: what is good is read as written, and hundreds of bad texts are each
 * answered by their line, what is wrong there, and the cure.
 */
#include "config_text.h"

#include <arpa/inet.h>

static unsigned bad_texts;

static void bad(const char *from, const char *to, const char *offending, const char *cure)
{
	char text[TEXT_SIZE];

	replace(text, from, to);
	refuse(text, strlen(text), line_of(from), offending, cure);
	bad_texts++;
}

/* ---- keys and their types ------------------------------------------------------------------- */

enum kind { TEXT, NODE_TEXT, SECONDS, COUNT, BOOL, GROUP, LIST, OPTION };

static const struct key {
	const char *name, *value; /* as in the good text */
	enum kind kind;
	const char *before; /* what tells it there from others of its name */
	double lowest, highest;
} keys[] = {
	{"name", "\"zimbra\"", TEXT, "", 0, 0},
	{"nodes", "[ \"astapor\", \"braavos\" ]", LIST, "", 0, 0},
	{"type", "\"drbd\"", TEXT, "", 0, 0},
	{"resource", "\"optzimbra\"", TEXT, "", 0, 0},
	{"start_timeout", "240", SECONDS, "", 1, 7200},
	{"device", "\"/dev/drbd0\"", NODE_TEXT, "", 0, 0},
	{"directory", "\"/opt/zimbra\"", NODE_TEXT, "\"/dev/drbd0\"; ", 0, 0},
	{"fstype", "\"ext4\"", TEXT, "", 0, 0},
	{"options", "\"noatime\"", NODE_TEXT, "", 0, 0},
	{"stop_timeout", "60", SECONDS, "", 1, 7200},
	{"ip", "\"172.17.18.190/24\"", TEXT, "", 0, 0},
	{"interface", "\"eth0\"", NODE_TEXT, "", 0, 0},
	{"directory", "\"/opt/zimbra\"", NODE_TEXT, "\"zimbra\"; ", 0, 0},
	{"user", "\"zimbra\"", NODE_TEXT, "", 0, 0},
	{"checks", "[ \"smtp\", \"imap\" ]", LIST, "", 0, 0},
	{"check_interval", "5", SECONDS, "", 1, 300},
	{"fall", "3", COUNT, "", 1, 100},
	{"monitor_timeout", "40", SECONDS, "", 1, 600},
	{"monitor_interval", "120", SECONDS, "", 0, 86400},
	{"restart", "{ limit = 1; window = 600; }", GROUP, "", 0, 0},
	{"limit", "1", COUNT, "", 0, 10},
	{"window", "600", SECONDS, "", 10, 86400},
	{"failback", "false", BOOL, "", 0, 0},
	{"node", "\"astapor\"", TEXT, "{ ", 0, 0},
	{"agent", "\"fence_ipmilan\"", TEXT, "", 0, 0},
	{"options", "{ username = \"zcsmgr\"; plug = 3; lanplus = true; }", GROUP, "", 0, 0},
	{"username", "\"zcsmgr\"", OPTION, "", 0, 0},
	{"timeout", "60", SECONDS, "  ", 1, 600},
	{"power_on", "true", BOOL, "", 0, 0},
	{"watchdog", "{ device = \"/dev/watchdog\"; timeout = 10; lease = 15; }", GROUP, "", 0, 0},
	{"device", "\"/dev/watchdog\"", TEXT, "", 0, 0},
	{"timeout", "10", SECONDS, "", 3, 300},
	{"lease", "15", SECONDS, "", 3, 300},
	{"fencing_delay", "5", SECONDS, "", 1, 120},
	{"corosync_grace", "20", SECONDS, "", 0, 600},
	{"silence", "30", SECONDS, "", 10, 600},
	{"state_interval", "1", SECONDS, "", 0.2, 5},
};

enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

static void write_key(char *text, size_t size, const struct key *key, const char *name,
		      const char *value)
{
	snprintf(text, size, "%s%s = %s", key->before, name, value);
}

/* Another value for the key: refused, naming the key, the value and the cure. */
static void bad_value(const struct key *key, const char *value, const char *words, const char *cure)
{
	char from[256], to[256], offending[256];

	write_key(from, sizeof(from), key, key->name, key->value);
	write_key(to, sizeof(to), key, key->name, value);
	snprintf(offending, sizeof(offending), "'%s' %s", key->name, words);
	bad(from, to, offending, cure);
}

static bool takes(enum kind kind, const char *value)
{
	switch (kind) {
	case TEXT:
	case NODE_TEXT:
		return value[0] == '"';
	case SECONDS:
	case COUNT:
		return value[0] == '7';
	case BOOL:
		return value[0] == 't';
	case GROUP:
		return value[0] == '{';
	case LIST:
		return value[0] == '(' || value[0] == '[';
	case OPTION:
		return value[0] == '"' || value[0] == '7' || value[0] == 't';
	}
	return false;
}

static const char *cure_of(enum kind kind)
{
	static const char *const cures[16] = {
		[TEXT] = "in quotes",
		[NODE_TEXT] = "it must be a text in quotes",
		[SECONDS] = "it must be a number, without quotes",
		[COUNT] = "it must be a number, without quotes",
		[BOOL] = "it must be true or false, without quotes",
		[GROUP] = "it must be a group, as {",
		[LIST] = "; write ",
		[OPTION] = "it must be a text in quotes, a whole number, true or false",
	};

	return cures[kind];
}

static void a_value_of_the_wrong_type_is_refused(void **state)
{
	static const char *const values[][2] = {
		{"\"x\"", "is the text \"x\""},
		{"7", "is the number 7"},
		{"true", "is true"},
		{"{ a = 1; }", "is a group in braces"},
		{"( 1 )", "is a list"},
		{"[ 1 ]", "is a list"},
	};

	(void)state;
	for (unsigned i = 0; i < KEYS; i++)
		for (unsigned j = 0; j < sizeof(values) / sizeof(values[0]); j++) {
			const char *value = values[j][0];

			if (takes(keys[i].kind, value))
				continue;
			if (keys[i].kind == NODE_TEXT && value[0] == '{')
				continue; /* one value a node: see below */
			bad_value(&keys[i], value,
				  keys[i].kind == LIST ? "must be a list with at least one element"
						       : values[j][1],
				  cure_of(keys[i].kind));
		}
}

static void a_number_out_of_range_is_refused(void **state)
{
	(void)state;
	for (unsigned i = 0; i < KEYS; i++) {
		const struct key *key = &keys[i];
		const double values[] = {-1, key->lowest - 0.1, key->highest + 1, 1e12};
		const char *cure = key->kind == COUNT ? "it must be a whole number from "
						      : "it is in seconds, from ";

		if (key->kind != SECONDS && key->kind != COUNT)
			continue;
		for (unsigned j = 0; j < sizeof(values) / sizeof(values[0]); j++) {
			char value[32], words[64];

			snprintf(value, sizeof(value), "%.1f", values[j]);
			snprintf(words, sizeof(words), "is %g; ", values[j]);
			bad_value(key, value, words, cure);
		}
		bad_value(key, "-9223372036854775807L", "is -9.22337", cure);
		bad_value(key, "1e999", "is inf", cure);
		if (key->kind == COUNT)
			bad_value(key, "2.5", "is 2.5; ", cure);
	}
}

static void a_number_at_the_edge_of_its_range_is_good(void **state)
{
	char from[256], to[256], value[32], text[TEXT_SIZE];
	struct config_error error;

	(void)state;
	for (unsigned i = 0; i < KEYS; i++) {
		const double edges[] = {keys[i].lowest, keys[i].highest};

		if (keys[i].kind != SECONDS && keys[i].kind != COUNT)
			continue;
		for (unsigned j = 0; j < 2; j++) {
			write_key(from, sizeof(from), &keys[i], keys[i].name, keys[i].value);
			snprintf(value, sizeof(value), "%g", edges[j]);
			write_key(to, sizeof(to), &keys[i], keys[i].name, value);
			replace(text, from, to);
			if (parse(text, strlen(text), &error) != 0)
				fail_msg("'%s' is refused: %s", to, error.text);
		}
	}
}

static void a_misspelt_key_is_named_with_the_right_one(void **state)
{
	(void)state;
	for (unsigned i = 0; i < KEYS; i++) {
		char wrong[64], from[256], to[256], offending[128], cure[64];

		if (keys[i].kind == OPTION || strlen(keys[i].name) < 4)
			continue; /* options are the agent's own */
		if (strcmp(keys[i].name, "type") == 0)
			continue; /* without it nobody knows what is allowed */
		snprintf(wrong, sizeof(wrong), "%sx", keys[i].name);
		write_key(from, sizeof(from), &keys[i], keys[i].name, keys[i].value);
		write_key(to, sizeof(to), &keys[i], wrong, keys[i].value);
		snprintf(offending, sizeof(offending), "unknown key '%s' in ", wrong);
		snprintf(cure, sizeof(cure), "did you mean '%s'? Allowed: ", keys[i].name);
		bad(from, to, offending, cure);
		snprintf(wrong, sizeof(wrong), "%.*s", (int)strlen(keys[i].name) - 1, keys[i].name);
		write_key(to, sizeof(to), &keys[i], wrong, keys[i].value);
		snprintf(offending, sizeof(offending), "unknown key '%s' in ", wrong);
		bad(from, to, offending, cure);
	}
}

static void a_key_of_nowhere_is_refused_with_those_that_are_allowed(void **state)
{
	(void)state;
	bad("fencing_delay = 5", "quux = 1", "unknown key 'quux' in the file",
	    "allowed: services, fencing, watchdog, fencing_delay");
	bad("failback = false", "quux = 1", "unknown key 'quux' in a service",
	    "allowed: name, nodes, stack, restart, failback");
	bad("limit = 1", "quux = 1", "unknown key 'quux' in restart", "allowed: limit, window");
	bad("start_timeout = 240", "quux = 1", "unknown key 'quux' in a drbd resource",
	    "start_timeout, stop_timeout");
	bad("stop_timeout = 60", "quux = 1", "unknown key 'quux' in a filesystem", "fstype");
	bad("interface = \"eth0\";", "interface = \"eth0\"; quux = 1;",
	    "unknown key 'quux' in an address", "ip, interface");
	bad("fall = 3", "quux = 1", "unknown key 'quux' in a zimbra resource", "checks");
	bad("power_on = true", "quux = 1", "unknown key 'quux' in fencing", "allowed: node, agent");
	bad("timeout = 10", "quux = 1", "unknown key 'quux' in watchdog",
	    "allowed: device, timeout, lease");
}

static void a_key_given_twice_is_refused(void **state)
{
	(void)state;
	for (unsigned i = 0; i < KEYS; i++) {
		char from[256], to[512];

		write_key(from, sizeof(from), &keys[i], keys[i].name, keys[i].value);
		snprintf(to, sizeof(to), "%s%s = %s; %s = %s", keys[i].before, keys[i].name,
			 keys[i].value, keys[i].name, keys[i].value);
		bad(from, to, keys[i].name, "remove one");
	}
}

static void a_key_that_must_be_there_is_missed(void **state)
{
	static const struct {
		const char *written, *place, *name, *cure;
	} needed[] = {
		{"name = \"zimbra\";", "{ name", "name", "add name = \"zimbra\""},
		{"nodes = [ \"astapor\", \"braavos\" ];", "{ name", "nodes", "add nodes = ["},
		{"type = \"drbd\";", "{ type = \"drbd\"", "type", "add type = \"drbd\""},
		{"resource = \"optzimbra\";", "{ type = \"drbd\"", "resource",
		 "resource = \"optzimbra\""},
		{"device = \"/dev/drbd0\";", "{ type = \"filesystem\"", "device",
		 "add device = \"/dev/drbd0\""},
		{"fstype = \"ext4\";", "{ type = \"filesystem\"", "fstype", "\"ext4\" or \"xfs\""},
		{"ip = \"172.17.18.190/24\";", "{ type = \"address\"", "ip",
		 "ip = \"172.17.18.190/24\""},
		{"interface = \"eth0\";", "{ type = \"address\"", "interface",
		 "add interface = \"eth0\""},
		{"node = \"astapor\";", "{ node = \"astapor\"", "node", "add node = \"astapor\""},
		{"agent = \"fence_ipmilan\";", "{ node = \"astapor\"", "agent",
		 "add agent = \"fence_ipmilan\""},
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		char text[TEXT_SIZE], offending[64];

		replace(text, needed[i].written, "");
		snprintf(offending, sizeof(offending), "lacks '%s'; ", needed[i].name);
		refuse(text, strlen(text), line_of(needed[i].place), offending, needed[i].cure);
		bad_texts++;
	}
	refuse("silence = 30;", 13, 1, "the file lacks 'services'", "add services = (");
	refuse("services = ();", 14, 1, "'services' must be a list with at least one element",
	       "write services = (");
	bad_texts += 2;
}

/* ---- values --------------------------------------------------------------------------------- */

static void texts_that_cannot_be_are_refused(void **state)
{
	static const struct {
		const char *from, *to, *offending, *cure;
	} texts[] = {
		/* names */
		{"\"zimbra\";\n  nodes", "\"\";\n  nodes", "'name' is empty", "give it a value"},
		{"\"zimbra\";\n  nodes", "\"zim bra\";\n  nodes", "' ' in 'zim bra'",
		 "allowed are"},
		{"\"zimbra\";\n  nodes", "\"-zimbra\";\n  nodes", "'-' in '-zimbra'",
		 "allowed are"},
		{"\"zimbra\";\n  nodes", "\"../x\";\n  nodes", "'.' in '../x'", "allowed are"},
		{"\"zimbra\";\n  nodes", "\"zimbra/a\";\n  nodes", "'/' in", "allowed are"},
		{"\"zimbra\";\n  nodes", "\"z\u00fcm\";\n  nodes", "'\u00fc' in", "allowed are"},
		{"\"zimbra\";\n  nodes", "\"z\\x1b[31m\";\n  nodes", "(0x1b)", "remove it"},
		{"\"zimbra\";\n  nodes", "\"z\\xff\";\n  nodes", "byte 0xff", "remove it"},
		{"\"zimbra\";\n  nodes",
		 "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\";\n  "
		 "nodes",
		 "'name' is too long ('aaaaaaaa", "at most 63 bytes"},
		{"\"astapor\", \"b", "\"asta por\", \"b", "' ' in 'asta por'", "allowed are"},
		{"\"astapor\", \"b", "\"braavos\", \"b", "'nodes' has 'braavos' twice",
		 "remove one"},
		{"[ \"astapor\", \"braavos\" ]", "[ 1, 2 ]", "is the number 1", "in quotes"},
		{"[ \"astapor\", \"braavos\" ]",
		 "[ \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\" ]",
		 "'nodes' has 9 elements", "at most 8"},
		{"\"optzimbra\"", "\"opt zimbra\"", "' ' in 'opt zimbra'", "allowed are"},
		{"\"optzimbra\"", "\"all;reboot\"", "';' in 'all;reboot'", "allowed are"},
		{"\"optzimbra\"", "\"--force\"", "'-' in '--force'", "allowed are"},
		{"\"eth0\"", "\"eth0 up\"", "' ' in 'eth0 up'", "allowed are"},
		{"\"eth0\"", "\"aninterfacename16\"", "too long", "at most 15 bytes"},
		{"\"zimbra\";\n      checks", "\"root:root\";\n      checks", "':' in",
		 "allowed are"},
		/* types and choices */
		{"\"drbd\"", "\"DRBD\"", "'type' is 'DRBD'", "drbd, filesystem, address, zimbra"},
		{"\"drbd\"", "\"lvm\"", "'type' is 'lvm'", "allowed are drbd"},
		{"\"ext4\"", "\"btrfs\"", "'fstype' is 'btrfs'", "\"ext4\" and \"xfs\""},
		{"\"noatime\"", "\"noatime, nodev\"", "'noatime, nodev', with a space", "commas"},
		{"\"smtp\", ", "\"pop3\", ", "'checks' has 'pop3'", "allowed are smtp"},
		{"\"smtp\", ", "\"imap\", ", "'checks' has 'imap' twice", "remove one"},
		{"\"smtp\", \"imap\"", "1, 2", "is the number 1", "in quotes"},
		/* paths */
		{"\"/dev/drbd0\"", "\"dev/drbd0\"", "'dev/drbd0'", "an absolute path"},
		{"\"/dev/drbd0\"", "\"/dev//drbd0\"", "'/dev//drbd0'", "without '//'"},
		{"\"/dev/drbd0\"", "\"/dev/../drbd0\"", "'/dev/../drbd0'", "'.' and '..'"},
		{"\"/dev/drbd0\"", "\"/dev/./drbd0\"", "'/dev/./drbd0'", "'.' and '..'"},
		{"\"/dev/drbd0\"", "\"/dev/drbd0/\"", "'/dev/drbd0/'", "leave out the '/'"},
		{"\"/opt/zimbra\";\n      fstype", "\"/\";\n      fstype", "'directory' is '/'",
		 "give the mount point"},
		{"\"/dev/watchdog\"", "\"watchdog\"", "'device' is 'watchdog'", "an absolute path"},
		{"\"/dev/watchdog\"", "\"/dev\\n/watchdog\"", "(0x0a)", "remove it"},
		/* addresses */
		{"172.17.18.190/24", "172.17.18.190", "'172.17.18.190'", "prefix length, as"},
		{"172.17.18.190/24", "172.17.18.190/", "'172.17.18.190/'", "prefix length, as"},
		{"172.17.18.190/24", "172.17.18.190/33", "'172.17.18.190/33'", "prefix length"},
		{"172.17.18.190/24", "172.17.18.190/0", "'172.17.18.190/0'", "prefix length"},
		{"172.17.18.190/24", "172.17.18.190/-1", "'172.17.18.190/-1'", "prefix length"},
		{"172.17.18.190/24", "172.17.18.190/24x", "'172.17.18.190/24x'", "prefix length"},
		{"172.17.18.190/24", "172.17.18/24", "'172.17.18/24'", "prefix length, as"},
		{"172.17.18.190/24", "172.17.18.256/24", "'172.17.18.256/24'", "IPv4 or IPv6"},
		{"172.17.18.190/24", "zcs-ha/24", "'zcs-ha/24'", "IPv4 or IPv6"},
		{"172.17.18.190/24", "/24", "'/24'", "IPv4 or IPv6"},
		{"172.17.18.190/24", "0.0.0.0/24", "which no service can have", "unicast"},
		{"172.17.18.190/24", "127.0.0.1/8", "which no service can have", "unicast"},
		{"172.17.18.190/24", "224.0.0.1/24", "which no service can have", "unicast"},
		{"172.17.18.190/24", "255.255.255.255/32", "no service can have", "unicast"},
		{"172.17.18.190/24", "172.17.18.0/24", "no service can have", "unicast"},
		{"172.17.18.190/24", "172.17.18.255/24", "no service can have", "unicast"},
		{"172.17.18.190/24", "fd00::190", "'fd00::190'", "\"fd00::190/64\""},
		{"172.17.18.190/24", "fd00::190/129", "'fd00::190/129'", "prefix length"},
		{"172.17.18.190/24", "fd00::g/64", "'fd00::g/64'", "IPv4 or IPv6"},
		{"172.17.18.190/24", "::1/128", "which no service can have", "unicast"},
		{"172.17.18.190/24", "::/64", "which no service can have", "unicast"},
		{"172.17.18.190/24", "ff02::1/64", "which no service can have", "unicast"},
		{"172.17.18.190/24", "::ffff:1.2.3.4/96", "no service can have", "unicast"},
		{"172.17.18.190/24", "fe80::1%eth0/64", "'fe80::1%eth0/64'", "IPv4 or IPv6"},
		/* fencing */
		{"\"astapor\"; agent", "\"nobody\"; agent", "fencing is given for 'nobody'",
		 "correct the name or remove the entry"},
		{"\"fence_ipmilan\"", "\"bin/fence\"", "'agent' is 'bin/fence'",
		 "a program in PATH, as \"fence_ipmilan\", or an absolute path"},
		{"\"fence_ipmilan\"", "\"fence ipmilan\"", "' ' in", "allowed are"},
		{"\"fence_ipmilan\"", "\"/usr/../fence\"", "'/usr/../fence'", "'.' and '..'"},
		{"username = \"zcsmgr\"", "action = \"on\"", "'action' is set by zcsmgr",
		 "remove it"},
		{"username = \"zcsmgr\"", "username = 2.5", "is the number 2.5", "a whole number"},
		{"username = \"zcsmgr\"", "username = \"\"", "'username' is empty",
		 "give it a value"},
		{"username = \"zcsmgr\"", "username = \"a\\nb\"", "(0x0a)", "remove it"},
		/* one value a node */
		{"interface = \"eth0\"", "interface = { astapor = \"eth0\"; }",
		 "'interface' has no value for node 'braavos'", "add one for every node"},
		{"interface = \"eth0\"",
		 "interface = { astapor = \"eth0\"; braavos = \"e\"; quux = \"e\"; }",
		 "'quux' is not among the nodes of service 'zimbra'",
		 "use the names in its 'nodes'"},
		{"interface = \"eth0\"", "interface = { astapor = \"eth0\"; braavos = 7; }",
		 "'braavos' is the number 7", "in quotes"},
		{"interface = \"eth0\"", "interface = { astapor = \"eth0\"; braavos = \"a b\"; }",
		 "' ' in 'a b'", "allowed are"},
		{"device = \"/dev/drbd0\"", "device = { }", "no value for node",
		 "add one for every"},
		{"ip = \"172.17.18.190/24\"",
		 "ip = { astapor = \"10.0.0.1/8\"; braavos = \"10.0.0.1/8\"; }",
		 "'ip' is a group in braces", "the same for every node"},
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		bad(texts[i].from, texts[i].to, texts[i].offending, texts[i].cure);
}

static void elements_that_are_no_groups_are_refused(void **state)
{
	(void)state;
	refuse("services = ( 1 );", 17, 1, "an element of 'services' must be a group", "as { name");
	refuse("services = \n[ \"a\" ];", 20, 2, "an element of 'services' must be", "as { name");
	bad("{ type = \"address\"; ip = \"172.17.18.190/24\"; interface = \"eth0\"; }",
	    "\"address\"", "an element of 'stack' must be a group", "as { type = \"drbd\"");
	bad("{ node = \"braavos\"; agent = \"/usr/sbin/fence_lab\"; }", "\"braavos\"",
	    "an element of 'fencing' must be a group", "as { node = \"astapor\"");
	bad_texts += 2;
}

/* ---- what does not go together -------------------------------------------------------------- */

static void a_stack_that_cannot_work_is_refused(void **state)
{
	static const char drbd[] =
		"{ type = \"drbd\"; resource = \"optzimbra\"; start_timeout = 240; },";
	char text[TEXT_SIZE];
	static const char address[] =
		"{ type = \"address\"; ip = \"172.17.18.190/24\"; interface = \"eth0\"; },";

	(void)state;
	replace(text, drbd, "");
	refuse(text, strlen(text), line_of("{ type = \"filesystem\""),
	       "'/dev/drbd0' is on a DRBD device", "add { type = \"drbd\"");
	bad(address, "{ type = \"drbd\"; resource = \"late\"; },", "drbd 'late' must be the first",
	    "start it before what rests on it");
	bad(address,
	    "{ type = \"filesystem\"; device = \"/dev/sdx\"; directory = \"/opt\"; fstype = "
	    "\"xfs\"; },",
	    "'/opt' would hide '/opt/zimbra'", "mount the upper directory first");
	replace(text, address, "{ type = \"zimbra\"; },");
	refuse(text, strlen(text), line_of("{ type = \"zimbra\""),
	       "the name 'zimbra' is used twice", "name = \"");
	bad(address,
	    "{ type = \"zimbra\"; name = \"z\"; }, { type = \"filesystem\"; name = \"f\"; device = "
	    "\"/dev/sdx\"; directory = \"/opt/zimbra\"; fstype = \"xfs\"; },",
	    "comes after 'z', which lives on it", "put the filesystem before it");
	bad(address,
	    "{ type = \"address\"; name = \"a\"; ip = \"10.0.0.9/8\"; interface = \"eth0\"; }, { "
	    "type "
	    "= \"address\"; name = \"b\"; ip = \"10.0.0.9/24\"; interface = \"eth1\"; },",
	    "both use '10.0.0.9'", "each thing may be used once");
	bad(address,
	    "{ type = \"filesystem\"; name = \"again\"; device = \"/dev/drbd0\"; directory = "
	    "\"/opt/zimbra/x\"; fstype = \"ext4\"; },",
	    "both use '/dev/drbd0'", "each thing may be used once");
	bad("{ node = \"braavos\"", "{ node = \"astapor\"", "fencing for 'astapor' is there twice",
	    "remove one");
}

static void two_services_that_would_fight_are_refused(void **state)
{
	static const char end[] = "failback = false; } );";

	(void)state;
	bad(end,
	    "failback = false; }, { name = \"zimbra\"; nodes = [ \"astapor\" ]; stack = ( { type = "
	    "\"address\"; ip = \"10.0.0.9/8\"; interface = \"eth0\"; } ); } );",
	    "the service 'zimbra' is there twice", "give one another name");
	bad(end,
	    "failback = false; }, { name = \"b\"; nodes = [ \"astapor\" ]; stack = ( { type = "
	    "\"address\"; ip = \"172.17.18.190/8\"; interface = \"eth0\"; } ); } );",
	    "both use '172.17.18.190'", "each thing may be used once");
	bad(end,
	    "failback = false; }, { name = \"b\"; nodes = [ \"braavos\" ]; stack = ( { type = "
	    "\"drbd\"; resource = \"optzimbra\"; } ); } );",
	    "both use 'optzimbra'", "each thing may be used once");
	bad(end,
	    "failback = false; }, { name = \"b\"; nodes = [ \"braavos\" ]; stack = ( { type = "
	    "\"zimbra\"; } ); } );",
	    "both use '/opt/zimbra'", "each thing may be used once");
}

/* ---- what is good --------------------------------------------------------------------------- */

static void what_is_good_is_read_as_written(void **state)
{
	struct config *config = config_new();
	const struct service_config *service = &config->services[0];
	struct config_error error;

	(void)state;
	assert_int_equal(
		config_parse("t.conf", good_text, strlen(good_text), "braavos", config, &error), 0);
	assert_string_equal(config->path, "t.conf");
	assert_int_equal(config->service_count, 1);
	assert_string_equal(service->name, "zimbra");
	assert_int_equal(service->node_count, 2);
	assert_string_equal(service->nodes[1], "braavos");
	assert_int_equal(service->resource_count, 4);
	assert_int_equal(service->resources[0].type, RESOURCE_DRBD);
	assert_string_equal(service->resources[0].name, "drbd");
	assert_string_equal(service->resources[0].drbd.resource, "optzimbra");
	assert_int_equal(service->resources[0].start_timeout_ms, 240000);
	assert_int_equal(service->resources[0].stop_timeout_ms, 100000);
	assert_string_equal(service->resources[1].filesystem.options, "noatime");
	assert_int_equal(service->resources[2].address.family, AF_INET);
	assert_int_equal(service->resources[2].address.prefix_length, 24);
	assert_memory_equal(service->resources[2].address.bytes, "\xac\x11\x12\xbe", 4);
	assert_true(service->resources[3].zimbra.checks[ZIMBRA_CHECK_IMAP]);
	assert_false(service->resources[3].zimbra.checks[ZIMBRA_CHECK_LDAP]);
	assert_int_equal(service->resources[3].fall, 3);
	assert_int_equal(service->resources[3].start_timeout_ms, 360000);
	assert_int_equal(service->restart_window_ms, 600000);
	assert_int_equal(config->fencing_count, 2);
	assert_int_equal(config->fencing[0].option_count, 3);
	assert_string_equal(config->fencing[0].options[1].value, "3");
	assert_string_equal(config->fencing[0].options[2].value, "1");
	assert_ptr_equal(config_find_fencing(config, "braavos"), &config->fencing[1]);
	assert_null(config_find_fencing(config, "volantis"));
	assert_int_equal(config_find_service(config, "zimbra"), 0);
	assert_int_equal(config_find_service(config, "files"), -1);
	assert_int_equal(config->watchdog_timeout_ms, 10000);
	assert_int_equal(config->watchdog_lease_ms, 15000);
	assert_int_equal(config->state_interval_ms, 1000);
	free(config);
}

static void each_node_takes_its_own_value(void **state)
{
	struct config *config = config_new();
	const struct address_config *address = &config->services[0].resources[2].address;
	struct config_error error;
	char text[TEXT_SIZE];
	uint8_t digest[CONFIG_DIGEST_SIZE];

	(void)state;
	replace(text, "\"eth0\"", "{ astapor = \"eth0\"; braavos = \"ens3\"; }");
	assert_int_equal(config_parse("t.conf", text, strlen(text), "astapor", config, &error), 0);
	assert_string_equal(address->interface, "eth0");
	memcpy(digest, config->digest, sizeof(digest));
	assert_int_equal(config_parse("t.conf", text, strlen(text), "braavos", config, &error), 0);
	assert_string_equal(address->interface, "ens3");
	/* The files are the same, so is what the nodes compare. */
	assert_memory_equal(config->digest, digest, sizeof(digest));
	assert_int_equal(config_parse("t.conf", text, strlen(text), NULL, config, &error), 0);
	assert_string_equal(address->interface, "eth0");
	free(config);
}

static void digest_of(const char *from, const char *to, uint8_t digest[CONFIG_DIGEST_SIZE])
{
	struct config *config = config_new();
	struct config_error error;
	char text[TEXT_SIZE];

	replace(text, from, to);
	assert_int_equal(config_parse("t.conf", text, strlen(text), "astapor", config, &error), 0);
	memcpy(digest, config->digest, CONFIG_DIGEST_SIZE);
	free(config);
}

static void the_digest_tells_what_is_said_and_not_how(void **state)
{
	uint8_t good[CONFIG_DIGEST_SIZE], other[CONFIG_DIGEST_SIZE];
	static const char *const same[][2] = {
		{"silence = 30;", "  silence=30.0; # half a minute"},
		{"limit = 1; window = 600;", "window = 600; limit = 1;"},
		{"failback = false;", "/* no */ failback : FALSE,"},
	};
	static const char *const others[][2] = {
		{"silence = 30", "silence = 31"},
		{"[ \"astapor\", \"braavos\" ]", "[ \"braavos\", \"astapor\" ]"},
		{"password", "password"},
		{"username = \"zcsmgr\"", "username = \"other\""},
	};

	(void)state;
	digest_of("services", "services", good);
	for (unsigned i = 0; i < 3; i++) {
		digest_of(same[i][0], same[i][1], other);
		assert_memory_equal(good, other, sizeof(good));
	}
	for (unsigned i = 0; i < 4; i++) {
		if (i == 2)
			continue;
		digest_of(others[i][0], others[i][1], other);
		assert_memory_not_equal(good, other, sizeof(good));
	}
}

static void enough_was_tried(void **state)
{
	(void)state;
	print_message("bad texts: %u\n", bad_texts);
	assert_true(bad_texts >= 400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_good_is_read_as_written),
		cmocka_unit_test(each_node_takes_its_own_value),
		cmocka_unit_test(the_digest_tells_what_is_said_and_not_how),
		cmocka_unit_test(a_number_at_the_edge_of_its_range_is_good),
		cmocka_unit_test(a_value_of_the_wrong_type_is_refused),
		cmocka_unit_test(a_number_out_of_range_is_refused),
		cmocka_unit_test(a_misspelt_key_is_named_with_the_right_one),
		cmocka_unit_test(a_key_of_nowhere_is_refused_with_those_that_are_allowed),
		cmocka_unit_test(a_key_given_twice_is_refused),
		cmocka_unit_test(a_key_that_must_be_there_is_missed),
		cmocka_unit_test(texts_that_cannot_be_are_refused),
		cmocka_unit_test(elements_that_are_no_groups_are_refused),
		cmocka_unit_test(a_stack_that_cannot_work_is_refused),
		cmocka_unit_test(two_services_that_would_fight_are_refused),
		cmocka_unit_test(enough_was_tried),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
