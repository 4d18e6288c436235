/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is right in zcsmgr.conf is read as it is written, for the node that reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>

#include "config_file.h"

static const struct resource_config *resource(unsigned index)
{
	return &config->services[0].resources[index];
}

/* ---- as written, and by default ------------------------------------------------------------- */

static void the_right_configuration_is_read_as_written(void **state)
{
	const struct service_config *service;

	(void)state;
	accept_with(SERVICES, right_lines[SERVICES], "braavos");
	service = &config->services[0];
	assert_string_equal(error.text, "");
	assert_string_equal(config->path, "test.conf");
	assert_int_equal(config->service_count, 1);
	assert_string_equal(service->name, "zimbra");
	assert_int_equal(service->node_count, 2);
	assert_string_equal(service->nodes[0], "astapor");
	assert_string_equal(service->nodes[1], "braavos");
	assert_int_equal(service->restart_limit, 1);
	assert_int_equal(service->restart_window_ms, 600000);
	assert_false(service->failback);
	assert_int_equal(config_find_service(config, "zimbra"), 0);
	assert_int_equal(config_find_service(config, "files"), -1);
	assert_true(config->watchdog_set);
	assert_string_equal(config->watchdog_device, "/dev/watchdog");
	assert_int_equal(config->watchdog_timeout_ms, 10000);
	assert_int_equal(config->watchdog_lease_ms, 10000);
}

static void the_stack_is_read_in_its_order(void **state)
{
	(void)state;
	accept_with(SERVICES, right_lines[SERVICES], "astapor");
	assert_int_equal(config->services[0].resource_count, 4);
	assert_int_equal(resource(0)->type, RESOURCE_DRBD);
	assert_string_equal(resource(0)->name, "drbd");
	assert_string_equal(resource(0)->drbd.resource, "optzimbra");
	assert_int_equal(resource(1)->type, RESOURCE_FILESYSTEM);
	assert_string_equal(resource(1)->filesystem.device, "/dev/drbd0");
	assert_string_equal(resource(1)->filesystem.directory, "/opt/zimbra");
	assert_string_equal(resource(1)->filesystem.fstype, "ext4");
	assert_string_equal(resource(1)->filesystem.options, "");
	assert_int_equal(resource(2)->type, RESOURCE_ADDRESS);
	assert_string_equal(resource(2)->address.ip, "172.17.18.190");
	assert_int_equal(resource(2)->address.family, AF_INET);
	assert_int_equal(resource(2)->address.prefix_length, 24);
	assert_memory_equal(resource(2)->address.bytes, "\xac\x11\x12\xbe", 4);
	assert_string_equal(resource(2)->address.interface, "eth0");
	assert_int_equal(resource(3)->type, RESOURCE_ZIMBRA);
	assert_string_equal(resource(3)->zimbra.directory, "/opt/zimbra");
	assert_string_equal(resource(3)->zimbra.user, "zimbra");
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++)
		assert_true(resource(3)->zimbra.checks[i]);
	assert_int_equal(resource(3)->zimbra.check_interval_ms, 5000);
}

static void what_is_left_out_has_its_default(void **state)
{
	static const struct {
		uint32_t start_ms, stop_ms, monitor_ms, interval_ms, fall;
	} defaults[] = {
		{240000, 100000, 20000, 0, 1},
		{60000, 60000, 20000, 0, 1},
		{20000, 20000, 20000, 0, 1},
		{360000, 360000, 40000, 120000, 3},
	};

	(void)state;
	accept_with(ROOT, "", "astapor");
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(resource(i)->start_timeout_ms, defaults[i].start_ms);
		assert_int_equal(resource(i)->stop_timeout_ms, defaults[i].stop_ms);
		assert_int_equal(resource(i)->monitor_timeout_ms, defaults[i].monitor_ms);
		assert_int_equal(resource(i)->monitor_interval_ms, defaults[i].interval_ms);
		assert_int_equal(resource(i)->fall, defaults[i].fall);
	}
	assert_false(config->watchdog_set);
	assert_int_equal(config->fencing_delay_ms, 5000);
	assert_int_equal(config->corosync_grace_ms, 20000);
	assert_int_equal(config->silence_ms, 30000);
	assert_int_equal(config->state_interval_ms, 1000);
	accept_with(RESTART, "restart = { };", "astapor");
	assert_int_equal(config->services[0].restart_limit, 1);
	assert_int_equal(config->services[0].restart_window_ms, 600000);
	accept_with(ROOT, "watchdog = { };", "astapor");
	assert_true(config->watchdog_set);
	assert_string_equal(config->watchdog_device, "/dev/watchdog");
	assert_int_equal(config->watchdog_timeout_ms, 10000);
	assert_int_equal(config->watchdog_lease_ms, 10000);
}

#define TIMES                                                                                      \
	"start_timeout = 241; stop_timeout = 101.5; monitor_timeout = 21; monitor_interval = 61; " \
	"fall = 4; "

static void check_times(unsigned index)
{
	assert_string_equal(resource(index)->name, "other");
	assert_int_equal(resource(index)->start_timeout_ms, 241000);
	assert_int_equal(resource(index)->stop_timeout_ms, 101500);
	assert_int_equal(resource(index)->monitor_timeout_ms, 21000);
	assert_int_equal(resource(index)->monitor_interval_ms, 61000);
	assert_int_equal(resource(index)->fall, 4);
}

static void every_option_of_a_resource_is_read(void **state)
{
	(void)state;
	accept_with(DRBD, "{ type = \"drbd\"; name = \"other\"; resource = \"r-1.x\"; " TIMES "},",
		    NULL);
	check_times(0);
	assert_string_equal(resource(0)->drbd.resource, "r-1.x");
	accept_with(FILESYSTEM,
		    "{ type = \"filesystem\"; name = \"other\"; device = \"/dev/sdb\"; directory = "
		    "\"/srv\"; fstype = \"xfs\"; options = \"noatime,nodev\"; " TIMES "},",
		    NULL);
	check_times(1);
	assert_string_equal(resource(1)->filesystem.fstype, "xfs");
	assert_string_equal(resource(1)->filesystem.options, "noatime,nodev");
	accept_with(ADDRESS,
		    "{ type = \"address\"; name = \"other\"; ip = \"fd00:0::190/64\"; interface = "
		    "\"enp0s31f6.4094\"; " TIMES "},",
		    NULL);
	check_times(2);
	assert_string_equal(resource(2)->address.ip, "fd00::190");
	assert_int_equal(resource(2)->address.family, AF_INET6);
	assert_int_equal(resource(2)->address.prefix_length, 64);
	assert_memory_equal(resource(2)->address.bytes,
			    "\xfd\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x90", 16);
	accept_with(ZIMBRA,
		    "{ type = \"zimbra\"; name = \"other\"; directory = \"/srv/z\"; user = "
		    "\"mail\"; checks = [ \"smtp\", \"imap\" ]; check_interval = 7; " TIMES "}",
		    NULL);
	check_times(3);
	assert_string_equal(resource(3)->zimbra.directory, "/srv/z");
	assert_string_equal(resource(3)->zimbra.user, "mail");
	assert_int_equal(resource(3)->zimbra.check_interval_ms, 7000);
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++)
		assert_int_equal(resource(3)->zimbra.checks[i],
				 i == ZIMBRA_CHECK_SMTP || i == ZIMBRA_CHECK_IMAP);
}

static void every_option_of_the_whole_is_read(void **state)
{
	(void)state;
	accept_with(ROOT,
		    "watchdog = { device = \"/dev/watchdog1\"; timeout = 15; }; fencing_delay = 6; "
		    "corosync_grace = 21; silence = 31; state_interval = 0.5;",
		    NULL);
	assert_string_equal(config->watchdog_device, "/dev/watchdog1");
	assert_int_equal(config->watchdog_timeout_ms, 15000);
	assert_int_equal(config->fencing_delay_ms, 6000);
	assert_int_equal(config->corosync_grace_ms, 21000);
	assert_int_equal(config->silence_ms, 31000);
	assert_int_equal(config->state_interval_ms, 500);
	accept_with(RESTART, "restart = { limit = 3; window = 900; };", NULL);
	assert_int_equal(config->services[0].restart_limit, 3);
	assert_int_equal(config->services[0].restart_window_ms, 900000);
	accept_with(FAILBACK, "failback = true;", NULL);
	assert_true(config->services[0].failback);
}

static void fencing_is_found_by_its_node(void **state)
{
	(void)state;
	accept_with(FENCE_ASTAPOR,
		    "{ node = \"astapor\"; agent = \"/usr/sbin/fence_lab\"; options = { username = "
		    "\"zcsmgr\"; plug = 3; lanplus = true; verbose = false; port = -7000000000L; "
		    "}; timeout = 90; power_on = false; },",
		    NULL);
	assert_int_equal(config->fencing_count, 2);
	assert_ptr_equal(config_find_fencing(config, "astapor"), &config->fencing[0]);
	assert_ptr_equal(config_find_fencing(config, "braavos"), &config->fencing[1]);
	assert_null(config_find_fencing(config, "volantis"));
	assert_string_equal(config->fencing[0].agent, "/usr/sbin/fence_lab");
	assert_int_equal(config->fencing[0].timeout_ms, 90000);
	assert_false(config->fencing[0].power_on);
	assert_int_equal(config->fencing[0].option_count, 5);
	assert_string_equal(config->fencing[0].options[0].name, "username");
	assert_string_equal(config->fencing[0].options[0].value, "zcsmgr");
	assert_string_equal(config->fencing[0].options[1].value, "3");
	assert_string_equal(config->fencing[0].options[2].value, "1");
	assert_string_equal(config->fencing[0].options[3].value, "0");
	assert_string_equal(config->fencing[0].options[4].value, "-7000000000");
	assert_string_equal(config->fencing[1].agent, "fence_ipmilan");
	assert_int_equal(config->fencing[1].timeout_ms, 60000);
	assert_true(config->fencing[1].power_on);
}

/* ---- one value a node ----------------------------------------------------------------------- */

static void each_node_takes_its_own_value(void **state)
{
	static const struct {
		const char *reader;
		const char *interface;
	} readers[] = {{"astapor", "eth0"}, {"braavos", "ens3"}, {NULL, "eth0"}, {"x", "eth0"}};
	uint8_t digest[CONFIG_DIGEST_SIZE];

	(void)state;
	for (unsigned i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
		accept_with(ADDRESS,
			    "{ type = \"address\"; ip = \"172.17.18.190/24\"; interface = { "
			    "braavos = \"ens3\"; astapor = \"eth0\"; }; },",
			    readers[i].reader);
		assert_string_equal(resource(2)->address.interface, readers[i].interface);
		/* The files are the same, so is what the nodes compare. */
		if (i == 0)
			memcpy(digest, config->digest, sizeof(digest));
		assert_memory_equal(config->digest, digest, sizeof(digest));
	}
}

static void every_text_that_may_differ_does(void **state)
{
	(void)state;
	accept_with(FILESYSTEM,
		    "{ type = \"filesystem\"; device = { astapor = \"/dev/a\"; braavos = "
		    "\"/dev/b\"; }; directory = { astapor = \"/srv/a\"; braavos = \"/srv/b\"; }; "
		    "fstype = \"xfs\"; options = { astapor = \"noatime\"; braavos = \"nodev\"; }; "
		    "},",
		    "braavos");
	assert_string_equal(resource(1)->filesystem.device, "/dev/b");
	assert_string_equal(resource(1)->filesystem.directory, "/srv/b");
	assert_string_equal(resource(1)->filesystem.options, "nodev");
	accept_with(ZIMBRA,
		    "{ type = \"zimbra\"; directory = { astapor = \"/opt/a\"; braavos = "
		    "\"/opt/b\"; }; user = { astapor = \"ua\"; braavos = \"ub\"; }; }",
		    "braavos");
	assert_string_equal(resource(3)->zimbra.directory, "/opt/b");
	assert_string_equal(resource(3)->zimbra.user, "ub");
}

/* ---- the digest ----------------------------------------------------------------------------- */

static void digest_with(enum line line, const char *replacement, uint8_t digest[CONFIG_DIGEST_SIZE])
{
	accept_with(line, replacement, "astapor");
	memcpy(digest, config->digest, CONFIG_DIGEST_SIZE);
}

struct change {
	enum line line;
	const char *text;
};

static void the_digest_is_of_what_is_said_and_not_of_how(void **state)
{
	static const struct change same[] = {
		{RESTART, "restart = { window = 600; limit = 1; };"},
		{RESTART, "restart = { limit = 1.0; window = 600L; };"},
		{RESTART, "restart : { limit = 0x1, window = 600.0 }"},
		{FAILBACK, "/* no */ failback : FALSE,"},
		{FAILBACK, "failback\t=\n\n false; # not yet"},
		{NODES, "nodes = ( \"asta\" \"por\", \"braavos\" );"},
		/* The default is meant, whether it is written or not. */
		{RESTART, ""},
		{FAILBACK, ""},
		{ROOT, "watchdog = { }; silence = 30;"},
		{FENCE_BRAAVOS, "{ node = \"braavos\"; agent = \"fence_ipmilan\"; options = { ip = "
				"\"10.0.0.2\"; }; timeout = 60; }"},
		{ADDRESS, "{ type = \"address\"; ip = \"172.17.18.190/24\"; interface = { astapor "
			  "= \"eth0\"; braavos = \"eth0\"; }; },"},
	};
	uint8_t right[CONFIG_DIGEST_SIZE], other[CONFIG_DIGEST_SIZE];

	(void)state;
	digest_with(SERVICES, right_lines[SERVICES], right);
	for (unsigned i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		digest_with(same[i].line, same[i].text, other);
		if (memcmp(right, other, sizeof(right)) != 0)
			fail_msg("%s has another digest", same[i].text);
	}
}

#define FILESYSTEM_OF(device, directory, fstype, options)                                          \
	"{ type = \"filesystem\"; device = \"" device "\"; directory = \"" directory               \
	"\"; fstype = \"" fstype "\"; options = \"" options "\"; },"

static void the_digest_tells_every_other_file(void **state)
{
	static const struct change changes[] = {
		{SERVICES, "services = ( {"}, /* the right one itself */
		{NAME, "name = \"zimbre\";"},
		{NODES, "nodes = [ \"braavos\", \"astapor\" ];"},
		{NODES, "nodes = [ \"astapor\", \"braavos\", \"volantis\" ];"},
		{FAILBACK, "failback = true;"},
		{RESTART, "restart = { limit = 2; window = 600; };"},
		{RESTART, "restart = { limit = 1; window = 600.5; };"},
		{ROOT, "watchdog = { device = \"/dev/watchdog\"; timeout = 11; };"},
		{ROOT, "silence = 31;"},
		{ROOT, "corosync_grace = 30;"},
		{FENCE_BRAAVOS, "{ node = \"braavos\"; agent = \"fence_ipmilan\"; }"},
		{FENCE_BRAAVOS, "{ node = \"braavos\"; agent = \"fence_ipmilan\"; timeout = 61; }"},
		{FENCE_BRAAVOS, "{ node = \"braavos\"; agent = \"fence_lab\"; }"},
		{FENCE_BRAAVOS, "{ node = \"braavos\"; agent = \"fence_ipmilan\"; options = { ip = "
				"\"10.0.0.3\"; }; }"},
		{FENCE_BRAAVOS,
		 "{ node = \"braavos\"; agent = \"fence_ipmilan\"; options = { username = "
		 "\"10.0.0.2\"; }; }"},
		{FENCE_BRAAVOS, "{ node = \"braavos\"; agent = \"fence_ipmilan\"; options = { ip = "
				"1; plug = 2; }; }"},
		{FENCE_BRAAVOS, "{ node = \"braavos\"; agent = \"fence_ipmilan\"; options = { ip = "
				"2; plug = 1; }; }"},
		{FENCE_BRAAVOS,
		 "{ node = \"braavos\"; agent = \"fence_ipmilan\"; power_on = false; }"},
		{DRBD, "{ type = \"drbd\"; name = \"disk\"; resource = \"optzimbra\"; },"},
		{DRBD, "{ type = \"drbd\"; resource = \"optzimbra\"; start_timeout = 241; },"},
		{DRBD, "{ type = \"drbd\"; resource = \"optzimbra\"; stop_timeout = 241; },"},
		{DRBD, "{ type = \"drbd\"; resource = \"optzimbra\"; monitor_timeout = 241; },"},
		{DRBD, "{ type = \"drbd\"; resource = \"optzimbra\"; monitor_interval = 241; },"},
		{DRBD, "{ type = \"drbd\"; resource = \"optzimbra\"; fall = 2; },"},
		{DRBD, "{ type = \"drbd\"; resource = \"optzimbr\"; },"},
		{FILESYSTEM, FILESYSTEM_OF("/dev/drbd1", "/opt/zimbra", "ext4", "noatime")},
		{FILESYSTEM, FILESYSTEM_OF("/dev/drbd0", "/opt/zimbra", "ext4", "noatime")},
		{FILESYSTEM, FILESYSTEM_OF("/dev/drbd0", "/opt/zimbra", "xfs", "noatime")},
		{FILESYSTEM, FILESYSTEM_OF("/dev/drbd0", "/opt", "ext4", "noatime")},
		{ZIMBRA, "{ type = \"zimbra\"; directory = \"/opt/zimbra2\"; }"},
		{ZIMBRA, "{ type = \"zimbra\"; user = \"mail\"; }"},
		{ZIMBRA, "{ type = \"zimbra\"; checks = [ \"imap\" ]; }"},
		{ZIMBRA, "{ type = \"zimbra\"; check_interval = 6; }"},
		{ADDRESS,
		 "{ type = \"address\"; ip = \"172.17.18.191/24\"; interface = \"eth0\"; },"},
		{ADDRESS,
		 "{ type = \"address\"; ip = \"172.17.18.190/25\"; interface = \"eth0\"; },"},
		{ROOT, ""}, /* no watchdog */
		{ROOT, "watchdog = { device = \"/dev/watchdog1\"; };"},
		{ROOT, "fencing_delay = 30;"},
		{ROOT, "state_interval = 2;"},
		{ADDRESS,
		 "{ type = \"address\"; ip = \"172.17.18.190/24\"; interface = { astapor = "
		 "\"eth0\"; braavos = \"eth1\"; }; },"},
		{ADDRESS,
		 "{ type = \"address\"; ip = \"172.17.18.190/24\"; interface = { astapor = "
		 "\"eth1\"; braavos = \"eth0\"; }; },"},
	};
	enum { CHANGES = sizeof(changes) / sizeof(changes[0]) };
	uint8_t digests[CHANGES][CONFIG_DIGEST_SIZE];

	(void)state;
	for (unsigned i = 0; i < CHANGES; i++) {
		digest_with(changes[i].line, changes[i].text, digests[i]);
		for (unsigned j = 0; j < i; j++)
			if (memcmp(digests[i], digests[j], sizeof(digests[0])) == 0)
				fail_msg("%s has the digest of %s", changes[i].text,
					 changes[j].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_right_configuration_is_read_as_written),
		cmocka_unit_test(the_stack_is_read_in_its_order),
		cmocka_unit_test(what_is_left_out_has_its_default),
		cmocka_unit_test(every_option_of_a_resource_is_read),
		cmocka_unit_test(every_option_of_the_whole_is_read),
		cmocka_unit_test(fencing_is_found_by_its_node),
		cmocka_unit_test(each_node_takes_its_own_value),
		cmocka_unit_test(every_text_that_may_differ_does),
		cmocka_unit_test(the_digest_is_of_what_is_said_and_not_of_how),
		cmocka_unit_test(the_digest_tells_every_other_file),
	};

	return cmocka_run_group_tests(tests, NULL, forget_config);
}
