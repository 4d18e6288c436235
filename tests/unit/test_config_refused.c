/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is well-formed and yet wrong in zcsmgr.conf: keys, names, addresses, stacks, agents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config_file.h"

static void an_unknown_key_is_answered_by_what_was_probably_meant(void **state)
{
	static const struct refusal list[] = {
		{ROOT, "fencing_dely = 5;", "'fencing_dely' in the file", "mean 'fencing_delay'?",
		 0},
		{ROOT, "watchdogs = { };", "'watchdogs' in the file", "mean 'watchdog'?", 0},
		{ROOT, "corosyncgrace = 5;", "'corosyncgrace'", "mean 'corosync_grace'?", 0},
		{ROOT, "Silence = 30;", "'Silence'", "mean 'silence'?", 0},
		{ROOT, "state-interval = 1;", "'state-interval'", "mean 'state_interval'?", 0},
		{ROOT, "service = ( );", "'service'", "mean 'services'?", 0},
		{ROOT, "token = 1000;", "'token' in the file",
		 "allowed: services, fencing, watchdog, fencing_delay, corosync_grace, silence, "
		 "state_interval",
		 0},
		{ROOT, "x = 1;", "unknown key 'x'", "allowed: services", 0},
		{ROOT, "* = 1;", "unknown key '*'", "allowed: services", 0},
		{FAILBACK, "failbak = false;", "'failbak' in a service", "mean 'failback'?", 0},
		{FAILBACK, "restarts = 1;", "'restarts' in a service", "mean 'restart'?", 0},
		{FAILBACK, "node = \"astapor\";", "'node' in a service", "mean 'nodes'?", 0},
		{FAILBACK, "migration-threshold = 1;", "'migration-threshold' in a service",
		 "allowed: name, nodes, stack, restart, failback", 0},
		{RESTART, "restart = { limits = 1; };", "'limits' in restart", "mean 'limit'?", 0},
		{RESTART, "restart = { windw = 60; };", "'windw' in restart", "mean 'window'?", 0},
		{RESTART, "restart = { period = 60; };", "'period' in restart",
		 "allowed: limit, window", 0},
		{DRBD, "{ type = \"drbd\"; resource = \"r0\"; resorce = \"r0\"; },",
		 "'resorce' in a drbd resource", "mean 'resource'?", 0},
		{DRBD, "{ type = \"drbd\"; resource = \"r0\"; device = \"/dev/drbd0\"; },",
		 "'device' in a drbd resource",
		 "allowed: type, name, start_timeout, stop_timeout, monitor_timeout, "
		 "monitor_interval, fall, resource",
		 0},
		{DRBD, "{ type = \"drbd\"; resource = \"r0\"; start_timout = 5; },",
		 "'start_timout'", "mean 'start_timeout'?", 0},
		{FILESYSTEM,
		 "{ type = \"filesystem\"; device = \"/dev/drbd0\"; directory = \"/srv\"; fstype = "
		 "\"xfs\"; option = \"noatime\"; },",
		 "'option' in a filesystem", "mean 'options'?", 0},
		{ADDRESS,
		 "{ type = \"address\"; ip = \"10.0.0.9/24\"; interface = \"eth0\"; nic = "
		 "\"eth0\"; "
		 "},",
		 "'nic' in an address", "fall, ip, interface", 0},
		{ADDRESS,
		 "{ type = \"address\"; ip = \"10.0.0.9/24\"; interface = \"eth0\"; broadcast = "
		 "\"10.0.0.255\"; },",
		 "'broadcast' in an address", "fall, ip, interface", 0},
		{ZIMBRA, "{ type = \"zimbra\"; check = [ \"smtp\" ]; }",
		 "'check' in a zimbra resource", "mean 'checks'?", 0},
		{ZIMBRA, "{ type = \"zimbra\"; home = \"/opt/zimbra\"; }",
		 "'home' in a zimbra resource", "directory, user, checks, check_interval", 0},
		{FENCE_ASTAPOR, "{ node = \"astapor\"; agent = \"fence_ipmilan\"; option = { }; },",
		 "'option' in fencing", "mean 'options'?", 0},
		{FENCE_ASTAPOR,
		 "{ node = \"astapor\"; agent = \"fence_ipmilan\"; ip = \"10.0.0.1\"; },",
		 "'ip' in fencing", "allowed: node, agent, options, timeout, power_on", 0},
		{ROOT, "watchdog = { devise = \"/dev/watchdog\"; };", "'devise' in watchdog",
		 "mean 'device'?", 0},
		{ROOT, "watchdog = { margin = 5; };", "'margin' in watchdog",
		 "allowed: device, timeout, lease", 0},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

static void what_is_missing_is_shown_as_it_is_to_be_written(void **state)
{
	static const struct refusal list[] = {
		{NAME, "", "a service lacks 'name'", "add name = \"zimbra\"", SERVICES},
		{NODES, "", "a service lacks 'nodes'", "add nodes = [ \"astapor\", \"braavos\" ]",
		 SERVICES},
		{DRBD, "{ resource = \"optzimbra\"; },", "lacks 'type'",
		 "\"filesystem\", \"address\" or \"zimbra\"", 0},
		{DRBD, "{ },", "lacks 'type'", "add type = \"drbd\"", 0},
		{DRBD, "{ type = \"drbd\"; },", "a drbd resource lacks 'resource'",
		 "as resource = \"optzimbra\"", 0},
		{FILESYSTEM, "{ type = \"filesystem\"; directory = \"/srv\"; fstype = \"ext4\"; },",
		 "a filesystem lacks 'device'", "add device = \"/dev/drbd0\"", 0},
		{FILESYSTEM,
		 "{ type = \"filesystem\"; device = \"/dev/drbd0\"; fstype = \"ext4\"; },",
		 "a filesystem lacks 'directory'", "as directory = \"/opt/zimbra\"", 0},
		{FILESYSTEM,
		 "{ type = \"filesystem\"; device = \"/dev/drbd0\"; directory = \"/srv\"; },",
		 "a filesystem lacks 'fstype'", "fstype = \"ext4\" or \"xfs\"", 0},
		{ADDRESS, "{ type = \"address\"; interface = \"eth0\"; },", "an address lacks 'ip'",
		 "as ip = \"172.17.18.190/24\"", 0},
		{ADDRESS, "{ type = \"address\"; ip = \"172.17.18.190/24\"; },",
		 "an address lacks 'interface'", "add interface = \"eth0\"", 0},
		{FENCE_ASTAPOR, "{ agent = \"fence_ipmilan\"; },", "fencing lacks 'node'",
		 "add node = \"astapor\"", 0},
		{FENCE_ASTAPOR, "{ node = \"astapor\"; },", "fencing lacks 'agent'",
		 "add agent = \"fence_ipmilan\"", 0},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

static void a_list_is_a_list_of_the_right_things(void **state)
{
	static const struct refusal list[] = {
		{NODES, "nodes = \"astapor\";", "'nodes' must be a list",
		 "write nodes = [ \"astapor\", \"braavos\" ]", 0},
		{NODES, "nodes = [ ];", "'nodes' must be a list", "at least one element", 0},
		{NODES, "nodes = ( );", "'nodes' must be a list", "at least one element", 0},
		{NODES, "nodes = { a = \"astapor\"; };", "'nodes' must be a list", "write nodes",
		 0},
		{NODES, "nodes = 2;", "'nodes' must be a list", "write nodes", 0},
		{NODES,
		 "nodes = [ \"n1\", \"n2\", \"n3\", \"n4\", \"n5\", \"n6\", \"n7\", \"n8\", \"n9\" "
		 "];",
		 "'nodes' has 9 elements", "at most 8 are allowed", 0},
		{NODES, "nodes = [ \"astapor\", \"braavos\", \"astapor\" ];",
		 "'nodes' has 'astapor' twice", "remove one", 0},
		{NODES, "nodes = ( \"astapor\", \"braavos\", 3 );",
		 "'an element of the list' is the number 3", "must be a text in quotes", 0},
		{NODES, "nodes = ( \"astapor\", \"braavos\", { name = \"n3\"; } );",
		 "'an element of the list' is a group", "must be one text in quotes", 0},
		{NODES, "nodes = ( \"astapor\", \"braavos\", ( ) );",
		 "'an element of the list' is a list", "must be a text in quotes", 0},
		{NODES, "nodes = [ \"astapor\", \"braavos\", \"\" ];",
		 "'an element of the list' is empty", "give it a value", 0},
		{DRBD, "\"drbd\",", "an element of 'stack'", "must be a group in braces", 0},
		{DRBD, "5,", "an element of 'stack'", "as { type = \"drbd\"", 0},
		{DRBD, "( ),", "an element of 'stack'", "must be a group in braces", 0},
		{FENCE_ASTAPOR, "\"fence_ipmilan\",", "an element of 'fencing'",
		 "must be a group in braces, as { node = \"astapor\"", 0},
		{FENCE_ASTAPOR, "true,", "an element of 'fencing'", "must be a group in braces", 0},
		{RESTART, "restart = 1;", "'restart' is the number 1",
		 "a group, as { limit = 1; window = 600; }", 0},
		{RESTART, "restart = \"always\";", "'restart' is the text \"always\"",
		 "must be a group", 0},
		{RESTART, "restart = ( { limit = 1; } );", "'restart' is a list", "must be a group",
		 0},
		{ROOT, "watchdog = \"/dev/watchdog\";", "'watchdog' is the text \"/dev/watchdog\"",
		 "a group, as { device = \"/dev/watchdog\"", 0},
		{ROOT, "watchdog = true;", "'watchdog' is true", "must be a group", 0},
		{ROOT, "watchdog = [ ];", "'watchdog' is a list", "must be a group", 0},
		{ZIMBRA, "{ type = \"zimbra\"; checks = \"smtp\"; }", "'checks' must be a list",
		 "some of [ \"smtp\", \"lmtp\", \"imap\"", 0},
		{ZIMBRA, "{ type = \"zimbra\"; checks = [ ]; }", "'checks' must be a list",
		 "at least one element", 0},
		{ZIMBRA, "{ type = \"zimbra\"; checks = [ 25 ]; }",
		 "'an element of the list' is the number 25", "must be a text in quotes", 0},
		{ZIMBRA,
		 "{ type = \"zimbra\"; checks = [ \"smtp\", \"a\", \"a\", \"a\", \"a\", \"a\", "
		 "\"a\", \"a\", \"a\" ]; }",
		 "'checks' has 9 elements", "at most 8 are allowed", 0},
		{ZIMBRA, "{ type = \"zimbra\"; checks = [ \"pop3\" ]; }", "'checks' has 'pop3'",
		 "allowed are smtp, lmtp, imap, ldap, mysql, https", 0},
		{ZIMBRA, "{ type = \"zimbra\"; checks = [ \"SMTP\" ]; }", "'checks' has 'SMTP'",
		 "allowed are smtp", 0},
		{ZIMBRA, "{ type = \"zimbra\"; checks = [ \"imap\", \"smtp\", \"imap\" ]; }",
		 "'checks' has 'imap' twice", "remove one", 0},
		{FENCE_ASTAPOR,
		 "{ node = \"astapor\"; agent = \"fence_ipmilan\"; options = \"ip=10.0.0.1\"; },",
		 "'options' is the text \"ip=10.0.0.1\"", "a group, as { ip = \"10.0.0.1\"", 0},
		{FENCE_ASTAPOR,
		 "{ node = \"astapor\"; agent = \"fence_ipmilan\"; options = [ \"ip\" ]; },",
		 "'options' is a list", "must be a group", 0},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

static void a_name_has_only_the_characters_of_names(void **state)
{
	static const struct refusal list[] = {
		{NAME, "name = \"my service\";", "'name' has the character ' ' in 'my service'",
		 "allowed are letters, digits and '_'", 0},
		{NAME, "name = \"-zimbra\";", "the character '-' in '-zimbra'",
		 "after the first also '-.'", 0},
		{NAME, "name = \".zimbra\";", "the character '.'", "after the first also", 0},
		{NAME, "name = \"..\";", "the character '.'", "after the first also", 0},
		{NAME, "name = \"../x\";", "the character '.' in '../x'", "after the first also",
		 0},
		{NAME, "name = \"z\\x1b[31m\";", "'name' has a control character (0x1b)",
		 "remove it", 0},
		{NAME, "name = \"a/b\";", "the character '/' in 'a/b'", "allowed are letters", 0},
		{NAME, "name = \"mail;reboot\";", "the character ';'", "allowed are letters", 0},
		{NAME, "name = \"$(reboot)\";", "the character '$'", "allowed are letters", 0},
		{NAME, "name = \"büro\";", "the character 'ü' in 'büro'", "allowed are letters", 0},
		{NAME, "name = \"日本\";", "the character '日'", "allowed are letters", 0},
		{NODES, "nodes = [ \"astapor\", \"braavos\", \"astapor.got.com/\" ];",
		 "the character '/'", "allowed are letters", 0},
		{NODES, "nodes = [ \"astapor\", \"braavos\", \"-h\" ];", "the character '-'",
		 "after the first", 0},
		{DRBD, "{ type = \"drbd\"; resource = \"--force\"; },",
		 "'resource' has the character '-' in '--force'", "after the first", 0},
		{DRBD, "{ type = \"drbd\"; resource = \"opt/zimbra\"; },",
		 "'resource' has the character '/'", "allowed are letters", 0},
		{DRBD, "{ type = \"drbd\"; resource = \"all \"; },",
		 "'resource' has the character ' '", "allowed are letters", 0},
		{DRBD, "{ type = \"drbd\"; resource = \"r0\"; name = \"my disk\"; },",
		 "'name' has the character ' ' in 'my disk'", "allowed are letters", 0},
		{ADDRESS, "{ type = \"address\"; ip = \"10.0.0.9/24\"; interface = \"eth0:1\"; },",
		 "'interface' has the character ':' in 'eth0:1'", "allowed are letters", 0},
		{DRBD, "{ type = \"drbd\"; resource = \"all;reboot\"; },",
		 "'resource' has the character ';' in 'all;reboot'", "allowed are letters", 0},
		{ADDRESS, "{ type = \"address\"; ip = \"10.0.0.9/24\"; interface = \"eth0 up\"; },",
		 "'interface' has the character ' ' in 'eth0 up'", "allowed are letters", 0},
		{ADDRESS, "{ type = \"address\"; ip = \"10.0.0.9/24\"; interface = \"../x\"; },",
		 "'interface' has the character '.'", "after the first", 0},
		{ADDRESS,
		 "{ type = \"address\"; ip = \"10.0.0.9/24\"; interface = "
		 "\"enp0s31f6.40940x\"; },",
		 "'interface' is too long ('enp0s31f6.40940x", "at most 15 bytes", 0},
		{ZIMBRA, "{ type = \"zimbra\"; user = \"zimbra mail\"; }",
		 "'user' has the character ' '", "allowed are letters", 0},
		{ZIMBRA, "{ type = \"zimbra\"; user = \"root:root\"; }",
		 "'user' has the character ':' in 'root:root'", "allowed are letters", 0},
		{ZIMBRA, "{ type = \"zimbra\"; user = \"-l\"; }", "'user' has the character '-'",
		 "after the first", 0},
		{ZIMBRA,
		 "{ type = \"zimbra\"; user = { astapor = \"zimbra\"; braavos = \"a b\"; }; }",
		 "'braavos' has the character ' ' in 'a b'", "allowed are letters", 0},
		{FENCE_ASTAPOR, "{ node = \"astapor!\"; agent = \"fence_ipmilan\"; },",
		 "'node' has the character '!'", "allowed are letters", 0},
		{FENCE_ASTAPOR, "{ node = \"astapor\"; agent = \"fence_ipmilan -v\"; },",
		 "'agent' has the character ' ' in 'fence_ipmilan -v'", "allowed are letters", 0},
		{FENCE_ASTAPOR, "{ node = \"astapor\"; agent = \"-c\"; },",
		 "'agent' has the character '-'", "after the first", 0},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

#define DEVICE(text)                                                                               \
	"{ type = \"filesystem\"; device = \"" text "\"; directory = \"/srv\"; fstype = \"xfs\"; " \
	"},"
#define DIRECTORY(text)                                                                            \
	"{ type = \"filesystem\"; device = \"/dev/drbd0\"; directory = \"" text                    \
	"\"; fstype = \"xfs\"; },"
#define ABSOLUTE "give an absolute path without '//', '.' and '..'"

static void a_path_is_absolute_and_in_its_shortest_form(void **state)
{
	static const struct refusal list[] = {
		{FILESYSTEM, DEVICE("dev/drbd0"), "'device' is 'dev/drbd0'", ABSOLUTE, 0},
		{FILESYSTEM, DEVICE("UUID=1234"), "'device' is 'UUID=1234'", ABSOLUTE, 0},
		{FILESYSTEM, DEVICE("/dev//drbd0"), "'device' is '/dev//drbd0'", ABSOLUTE, 0},
		{FILESYSTEM, DEVICE("/dev/./drbd0"), "'device' is '/dev/./drbd0'", ABSOLUTE, 0},
		{FILESYSTEM, DEVICE("/dev/../drbd0"), "'device' is '/dev/../drbd0'", ABSOLUTE, 0},
		{FILESYSTEM, DEVICE("/dev/drbd0/"), "'device' is '/dev/drbd0/'",
		 "leave out the '/' at its end", 0},
		{FILESYSTEM, DIRECTORY("opt"), "'directory' is 'opt'", ABSOLUTE, 0},
		{FILESYSTEM, DIRECTORY("./opt"), "'directory' is './opt'", ABSOLUTE, 0},
		{FILESYSTEM, DIRECTORY("~zimbra"), "'directory' is '~zimbra'", ABSOLUTE, 0},
		{FILESYSTEM, DIRECTORY("//opt"), "'directory' is '//opt'", ABSOLUTE, 0},
		{FILESYSTEM, DIRECTORY("/opt/.."), "'directory' is '/opt/..'", ABSOLUTE, 0},
		{FILESYSTEM, DIRECTORY("/opt/."), "'directory' is '/opt/.'", ABSOLUTE, 0},
		{FILESYSTEM, DIRECTORY("/.."), "'directory' is '/..'", ABSOLUTE, 0},
		{FILESYSTEM, DIRECTORY("/opt/"), "'directory' is '/opt/'", "leave out the '/'", 0},
		{FILESYSTEM, DIRECTORY("//"), "'directory' is '//'", "leave out the '/'", 0},
		{FILESYSTEM, DIRECTORY("/"), "'directory' is '/'",
		 "give the mount point of the service", 0},
		{ZIMBRA, "{ type = \"zimbra\"; directory = \"zimbra\"; }",
		 "'directory' is 'zimbra'", ABSOLUTE, 0},
		{ZIMBRA, "{ type = \"zimbra\"; directory = \"/opt/zimbra/\"; }",
		 "'directory' is '/opt/zimbra/'", "leave out the '/'", 0},
		{FENCE_ASTAPOR, "{ node = \"astapor\"; agent = \"sbin/fence_ipmilan\"; },",
		 "'agent' is 'sbin/fence_ipmilan'",
		 "the name of a program in PATH, as \"fence_ipmilan\", or an absolute path", 0},
		{FENCE_ASTAPOR, "{ node = \"astapor\"; agent = \"../fence\"; },",
		 "'agent' is '../fence'", "or an absolute path", 0},
		{FENCE_ASTAPOR, "{ node = \"astapor\"; agent = \"/usr/sbin/../fence\"; },",
		 "'agent' is '/usr/sbin/../fence'", ABSOLUTE, 0},
		{ROOT, "watchdog = { device = \"watchdog\"; };", "'device' is 'watchdog'", ABSOLUTE,
		 0},
		{ROOT, "watchdog = { device = \"/dev/watchdog/\"; };",
		 "'device' is '/dev/watchdog/'", "leave out the '/'", 0},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

static void an_address_is_one_that_a_service_can_have(void **state)
{
	static const char *const malformed[] = {
		"172.17.18.190",
		"172.17.18.190/",
		"/24",
		"172.17.18.190/0",
		"172.17.18.190/33",
		"172.17.18.190/24 ",
		"172.17.18.190/ 24",
		"172.17.18.190/+24",
		"172.17.18.190/-1",
		"172.17.18.190/0x18",
		"172.17.18.190/24x",
		"172.17.18.190/24/24",
		"172.17.18.190/255.255.255.0",
		"172.17.18.190/99999999999999999999",
		"172.17.18.256/24",
		"172.17.18/24",
		"172.17.18.190.1/24",
		"172.17.018.190/24",
		"0xac.17.18.190/24",
		" 172.17.18.190/24",
		"zcs-ha.got.com/24",
		"eth0",
		"fd00::190",
		"fd00::190/0",
		"fd00::190/129",
		"fd00::190%eth0/64",
		"fe80::1%eth0/64",
		"fd00::1::2/64",
		"[fd00::190]/64",
		"fd00::g/64",
	};
	static const char *const unusable[] = {
		"0.0.0.0/24",
		"0.1.2.3/8",
		"127.0.0.1/8",
		"127.255.0.3/8",
		"224.0.0.1/24",
		"239.1.2.3/24",
		"240.0.0.1/24",
		"255.255.255.255/32",
		"172.17.18.0/24",
		"172.17.18.255/24",
		"10.0.0.4/30",
		"10.0.0.7/30",
		"::/64",
		"::1/128",
		"ff02::1/64",
		"ff0e::1/64",
		"::ffff:10.0.0.9/96",
	};
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0;
	     i < sizeof(malformed) / sizeof(malformed[0]) + sizeof(unusable) / sizeof(unusable[0]);
	     i++) {
		size_t count = sizeof(malformed) / sizeof(malformed[0]);
		const char *ip = i < count ? malformed[i] : unusable[i - count];
		char line[160], offends[80];

		snprintf(line, sizeof(line),
			 "{ type = \"address\"; ip = \"%s\"; interface = \"eth0\"; },", ip);
		snprintf(offends, sizeof(offends), "'ip' is '%s'", ip);
		wrong += !is_refused(&(struct refusal){
			ADDRESS, line, offends,
			i < count ? "as \"172.17.18.190/24\" or \"fd00::190/64\""
				  : "give a unicast address of the clients' network",
			0});
	}
	assert_int_equal(wrong, 0);
}

static void a_resource_is_of_a_known_type(void **state)
{
	static const struct refusal list[] = {
		{DRBD, "{ type = \"DRBD\"; resource = \"r0\"; },", "'type' is 'DRBD'",
		 "allowed are drbd, filesystem, address, zimbra", 0},
		{DRBD, "{ type = \"lvm\"; vg = \"data\"; },", "'type' is 'lvm'",
		 "allowed are drbd, filesystem, address, zimbra", 0},
		{ZIMBRA, "{ type = \"zimbra \"; }", "'type' is 'zimbra '",
		 "allowed are drbd, filesystem, address, zimbra", 0},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

static void a_file_system_is_of_a_known_type_and_its_options_are_those_of_mount(void **state)
{
	static const char *const types[] = {"ext3", "EXT4", "btrfs", "nfs", "ext4 ", "auto"};
	unsigned wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		char line[160], offends[80];

		snprintf(line, sizeof(line),
			 "{ type = \"filesystem\"; device = \"/dev/drbd0\"; directory = \"/srv\"; "
			 "fstype = \"%s\"; },",
			 types[i]);
		snprintf(offends, sizeof(offends), "'fstype' is '%s'", types[i]);
		wrong += !is_refused(&(struct refusal){FILESYSTEM, line, offends,
						       "allowed are \"ext4\" and \"xfs\"", 0});
	}
	wrong += !is_refused(&(struct refusal){
		FILESYSTEM,
		"{ type = \"filesystem\"; device = \"/dev/drbd0\"; directory = \"/srv\"; fstype = "
		"\"xfs\"; options = \"noatime, nodev\"; },",
		"'options' is 'noatime, nodev'", "write mount options with commas only", 0});
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unknown_key_is_answered_by_what_was_probably_meant),
		cmocka_unit_test(what_is_missing_is_shown_as_it_is_to_be_written),
		cmocka_unit_test(a_list_is_a_list_of_the_right_things),
		cmocka_unit_test(a_name_has_only_the_characters_of_names),
		cmocka_unit_test(a_path_is_absolute_and_in_its_shortest_form),
		cmocka_unit_test(an_address_is_one_that_a_service_can_have),
		cmocka_unit_test(a_resource_is_of_a_known_type),
		cmocka_unit_test(
			a_file_system_is_of_a_known_type_and_its_options_are_those_of_mount),
	};
	int failed = cmocka_run_group_tests(tests, NULL, forget_config);

	print_message("%u refusals were tried\n", refusals);
	return failed;
}
