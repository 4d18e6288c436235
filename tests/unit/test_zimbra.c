/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the zimbra driver makes of zmcontrol's words and of servers' answers, and what it refuses to
 * run on. Needs root.
 */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "command.h"
#include "zimbra_answer.h"
#include "zimbra_control.h"
#include "zimbra_host.h"
#include "zimbra_validate.h"

/* ---- what zmcontrol says -------------------------------------------------------------------- */

static void all_that_run_are_not_stopped(void **state)
{
	char names[96];

	(void)state;
	assert_int_equal(zimbra_control_stopped("Host mail.got.com\n"
						"\tamavis                  Running\n"
						"\tservice webapp          Running\n",
						names, sizeof(names)),
			 0);
	assert_string_equal(names, "");
	assert_int_equal(zimbra_control_stopped("", names, sizeof(names)), 0);
}

static void the_stopped_are_named_without_their_explanations(void **state)
{
	char names[96];

	(void)state;
	assert_int_equal(zimbra_control_stopped("Host mail.got.com\n"
						"\tamavis                  Running\n"
						"\tmta                     Stopped\n"
						"\t\tpostfix is not running. Stopped\n"
						"\tservice webapp          Stopped  \r\n"
						"\tstats                   Stopped",
						names, sizeof(names)),
			 3);
	assert_string_equal(names, "mta, service webapp, stats");
}

static void what_only_looks_like_a_stopped_part_is_none(void **state)
{
	static const char *const lines[] = {
		"Stopped",   "\tStopped",     "\t Stopped",   "\t\tmta Stopped", "mta  Stopped\n",
		"\tmta\tNo", "\tmta stopped", "\tmta Stop\n", "\n\n\t\n",	 "\tm",
	};
	char names[96];

	(void)state;
	for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(zimbra_control_stopped(lines[i], names, sizeof(names)), 0);
}

static void too_many_names_are_cut_and_all_counted(void **state)
{
	char status[4096] = "", exact[12];

	(void)state;
	for (unsigned i = 0; i < 100; i++)
		strcat(status, "\tmailbox Stopped\n");
	assert_int_equal(zimbra_control_stopped(status, exact, sizeof(exact)), 100);
	assert_string_equal(exact, "mailbox, ma");
}

static void the_last_words_are_the_last_line_with_any(void **state)
{
	char said[] = "Host mail\n\tStarting ldap...Done.\n\tFailed.  \r\n \t\r\n\n";
	char blank[] = " \n\t\n", none[] = "";

	(void)state;
	assert_string_equal(zimbra_control_last_line(said), "Failed.  ");
	assert_string_equal(zimbra_control_last_line(blank), "nothing");
	assert_string_equal(zimbra_control_last_line(none), "nothing");
}

static void each_way_to_end_has_its_words(void **state)
{
	static const struct {
		int code;
		const char *words;
	} ends[] = {
		{0, "ended with 0"},
		{1, "ended with 1"},
		{COMMAND_TIMEOUT, "hung and was killed"},
		{COMMAND_KILLED, "was killed by somebody"},
		{COMMAND_NOT_FOUND, "could not be run"},
		{COMMAND_ERROR, "could not be run"},
	};
	char words[32];

	(void)state;
	for (unsigned i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		zimbra_control_ended(ends[i].code, words, sizeof(words));
		assert_string_equal(words, ends[i].words);
	}
}

static void a_servers_name_is_read_from_its_configuration(void **state)
{
	static const char *const good[] = {
		"<key name=\"zimbra_server_hostname\">\n<value>zcs-ha.got.com</value>\n</key>",
		"<key name=\"a\"><value>b</value></key>"
		"<key name=\"zimbra_server_hostname\"><value>\n zcs-ha.got.com\n</value></key>",
	};
	static const char *const bad[] = {
		"",
		"<key name=\"zimbra_server_hostname\">",
		"<key name=\"zimbra_server_hostname\"></key><value>other</value>",
		"<key name=\"zimbra_server_hostname\"><value></value></key>",
		"<key name=\"zimbra_server_hostname\"><value>cut off",
		"<key name=\"zimbra_server_hostnames\"><value>other</value></key>",
		"<key name=\"zimbra_server_hostname\"><value>long-long-long-name</value></key>",
	};
	char name[16];

	(void)state;
	for (unsigned i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(zimbra_validate_server_name(good[i], name, sizeof(name)), 0);
		assert_string_equal(name, "zcs-ha.got.com");
	}
	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(zimbra_validate_server_name(bad[i], name, sizeof(name)), -1);
}

/* ---- what counts as an answer --------------------------------------------------------------- */

/* In memory of exactly that size, so that the sanitizer sees who reads beyond. */
static enum zimbra_answer judge(enum zimbra_check check, const char *answer, size_t size)
{
	uint8_t *exact = malloc(size ? size : 1);
	enum zimbra_answer judgement;

	assert_non_null(exact);
	memcpy(exact, answer, size);
	judgement = zimbra_answer_judge(check, exact, size);
	free(exact);
	return judgement;
}

#define BOUND "\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\x00\x04\x00\x04\x00"

struct sample {
	enum zimbra_check check;
	size_t enough; /* bytes after which it is clear */
	size_t size;
	const char *words;
};

#define SAMPLE(check, enough, words)                                                               \
	{                                                                                          \
		ZIMBRA_CHECK_##check, enough, sizeof(words) - 1, words                             \
	}

static void a_good_answer_is_awaited_until_it_is_clear(void **state)
{
	static const struct sample good[] = {
		SAMPLE(SMTP, 3, "220 mail"), SAMPLE(SMTP, 3, "220-mail"),
		SAMPLE(LMTP, 3, "220 mail"), SAMPLE(IMAP, 4, "* OK mail"), SAMPLE(LDAP, 6, BOUND),
		/* Refused: anonymous binds are not allowed. It lives. */
		SAMPLE(LDAP, 6, "\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\x30\x04\x00\x04\x00"),
		SAMPLE(LDAP, 8, "\x30\x82\x00\x0c\x02\x01\x01\x61\x07\x0a\x01\x00\x04\x00\x04\x00"),
		SAMPLE(LDAP, 10, "\x30\x84\x00\x00\x00\x0c\x02\x01\x01\x61\x07\x0a\x01\x00"),
		SAMPLE(MYSQL, 5, "\x4a\x00\x00\x00\x0a\x31"),
		SAMPLE(HTTPS, 5, "\x16\x03\x03\x00\x31\x02"),
		SAMPLE(HTTPS, 5, "\x15\x03\x01\x00\x02\x02\x28"), /* an alert: it lives */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		for (size_t size = 0; size <= good[i].size; size++)
			assert_int_equal(judge(good[i].check, good[i].words, size),
					 size < good[i].enough ? ZIMBRA_ANSWER_MORE
							       : ZIMBRA_ANSWER_GOOD);
}

static void a_bad_answer_is_known_at_its_first_wrong_byte(void **state)
{
	static const struct sample bad[] = {
		SAMPLE(SMTP, 1, "554 no"),
		SAMPLE(SMTP, 3, "221 bye"),
		SAMPLE(SMTP, 2,
		       "2"
		       "\0"
		       "20"),
		SAMPLE(LMTP, 1, "421 too busy"),
		SAMPLE(IMAP, 3, "* BYE"),
		SAMPLE(LDAP, 1, "HTTP/1.1"),
		SAMPLE(LDAP, 2, "\x30\x80\x02\x01\x01\x61"),	     /* of indefinite length */
		SAMPLE(LDAP, 2, "\x30\x85\x00\x00\x00\x00\x0c\x02"), /* longer than any is */
		SAMPLE(LDAP, 6, "\x30\x0c\x02\x01\x02\x61\x07"),     /* to another question */
		SAMPLE(LDAP, 6, "\x30\x0c\x02\x01\x01\x64\x07"),     /* to a search */
		SAMPLE(MYSQL, 4, "\x4a\x00\x00\x01\x0a"),
		SAMPLE(MYSQL, 5, "\x4a\x00\x00\x00\xff\x10\x04Too many connections"),
		SAMPLE(HTTPS, 1, "HTTP/1.1 400 Bad Request"),
		SAMPLE(HTTPS, 2, "\x16\x02\x03"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(judge(bad[i].check, bad[i].words, bad[i].size), ZIMBRA_ANSWER_BAD);
		assert_int_equal(judge(bad[i].check, bad[i].words, bad[i].enough),
				 ZIMBRA_ANSWER_BAD);
	}
}

/* ---- on what it refuses to run --------------------------------------------------------------- */

/* All findings of a validation: "error: words\n" and so on. */
static char findings[4096];

static void add_finding(struct driver_report *report, enum finding finding, const char *text)
{
	static const char *const names[] = {
		[FINDING_OK] = "ok", [FINDING_WARNING] = "warning", [FINDING_ERROR] = "error"};
	size_t length = strlen(findings);

	(void)report;
	snprintf(findings + length, sizeof(findings) - length, "%s: %s\n", names[finding], text);
}

static void validate(void)
{
	struct driver_report report = {.add = add_finding};

	findings[0] = '\0';
	zimbra_validate(&context, &report);
}

static void assert_found(const char *words)
{
	if (!strstr(findings, words))
		fail_msg("\"%s\" is not found, but\n%s", words, findings);
}

static void assert_no_error(void)
{
	if (strstr(findings, "error: ") || strstr(findings, "warning: "))
		fail_msg("%s", findings);
}

static void add_filesystem(const char *directory)
{
	struct resource_config *resource = &service.resources[service.resource_count++];

	resource->type = RESOURCE_FILESYSTEM;
	snprintf(resource->filesystem.directory, sizeof(resource->filesystem.directory), "%s",
		 path_of(directory));
}

static void add_address(int family, const char *ip)
{
	struct resource_config *resource = &service.resources[service.resource_count++];

	resource->type = RESOURCE_ADDRESS;
	resource->address.family = family;
	assert_int_equal(inet_pton(family, ip, resource->address.bytes), 1);
}

/* The suite on a file system that is mounted, at an address. */
static int make_suite(void **state)
{
	(void)state;
	configure("suite", "suite");
	add_filesystem("suite");
	add_address(AF_INET, "10.9.8.7");
	make_directory("suite");
	if (mount("suite", path_of("suite"), "tmpfs", 0, "mode=755") != 0)
		return -1;
	make_directory("suite/bin");
	make_directory("suite/conf");
	write_file(path_of("suite/bin/zmcontrol"), "#!/bin/sh\n");
	write_file(path_of("suite/conf/localconfig.xml"),
		   "<localconfig><key name=\"zimbra_server_hostname\">\n"
		   "<value>zcs-ha.got.com</value></key></localconfig>\n");
	write_file("/etc/hosts", "127.0.0.1 localhost\n10.9.8.7 zcs-ha.got.com\n");
	return chmod(path_of("suite/bin/zmcontrol"), 0755);
}

static int remove_suite(void **state)
{
	(void)state;
	return umount(path_of("suite"));
}

static void a_good_host_has_no_errors(void **state)
{
	(void)state;
	validate();
	assert_no_error();
	assert_found("ok: user suite has id 61997 and group 61997");
	assert_found("ok: the suite's own boot service is not enabled\n");
	assert_found("bin/zmcontrol is there\n");
	assert_found("ok: zimbra_server_hostname zcs-ha.got.com is the service's address\n");
}

static void a_node_that_has_not_mounted_it_is_good_too(void **state)
{
	(void)state;
	assert_int_equal(umount(path_of("suite")), 0);
	/* What an installation left below the mount point is not looked at. */
	make_directory("suite/bin");
	write_file(path_of("suite/bin/zmcontrol"), "");
	validate();
	assert_no_error();
	assert_found("suite is not mounted; looked at when it is\n");
	assert_null(strstr(findings, "hostname"));
	assert_int_equal(mount("suite", path_of("suite"), "tmpfs", 0, NULL), 0);
}

static void a_missing_user_is_an_error(void **state)
{
	(void)state;
	strcpy(service.resources[0].zimbra.user, "zimbra");
	validate();
	assert_found("error: there is no user zimbra; install the suite's packages");
}

static void root_is_no_user_for_it(void **state)
{
	(void)state;
	strcpy(service.resources[0].zimbra.user, "root");
	validate();
	assert_found("error: user root is root");
}

static void a_boot_service_that_is_enabled_is_an_error(void **state)
{
	static const char *const folders[] = {"/etc/systemd", "/etc/systemd/system",
					      "/etc/systemd/system/multi-user.target.wants",
					      "/etc/rc3.d"};
	static const char *const services[] = {
		"/etc/systemd/system/multi-user.target.wants/zimbra.service",
		"/etc/rc3.d/S99zimbra"};

	(void)state;
	for (unsigned i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		assert_int_equal(mkdir(folders[i], 0755), 0);
	for (unsigned i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
		/* It is a link, and dangles on a node that has no file system. */
		assert_int_equal(symlink("/nonexistent/zimbra", services[i]), 0);
		validate();
		assert_found(services[i]);
		assert_found("error: /etc/");
		assert_found("systemctl disable zimbra");
		assert_int_equal(unlink(services[i]), 0);
		validate();
		assert_no_error();
	}
}

static void a_stack_without_its_file_system_is_an_error(void **state)
{
	(void)state;
	add_filesystem("suit"); /* only the beginning of its name */
	service.resources[1] = service.resources[--service.resource_count];
	validate();
	assert_found("error: no filesystem of the stack is mounted at ");
	assert_found("its mails would stay on this node");
}

static void a_file_system_without_zmcontrol_is_an_error(void **state)
{
	(void)state;
	assert_int_equal(chmod(path_of("suite/bin/zmcontrol"), 0644), 0);
	validate();
	assert_found("error: ");
	assert_found("zmcontrol is no program: is it the suite's file system?");
	assert_int_equal(unlink(path_of("suite/bin/zmcontrol")), 0);
	validate();
	assert_found("zmcontrol is no program: is it the suite's file system?");
}

static void a_name_that_leads_elsewhere_is_an_error(void **state)
{
	static const char error[] = "error: zimbra_server_hostname zcs-ha.got.com does not resolve "
				    "to the service's address on this node; add it to DNS or "
				    "/etc/hosts on every node\n";

	(void)state;
	write_file("/etc/hosts", "10.9.8.8 zcs-ha.got.com\n");
	validate();
	assert_found(error);
	write_file("/etc/hosts", "127.0.0.1 localhost\n");
	validate();
	assert_found(error);
}

static void one_of_several_addresses_is_enough(void **state)
{
	(void)state;
	add_address(AF_INET6, "fd00:9::7");
	write_file("/etc/hosts", "10.9.8.8 zcs-ha.got.com\nfd00:9::7 zcs-ha.got.com\n");
	validate();
	assert_no_error();
}

static void the_deepest_file_system_counts(void **state)
{
	(void)state;
	configure("suite", "suite/below");
	add_filesystem("suite");
	add_filesystem("suite/below");
	add_filesystem("suite/below/store");
	assert_string_equal(zimbra_control_filesystem(&context)->directory, path_of("suite/below"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_run_are_not_stopped),
		cmocka_unit_test(the_stopped_are_named_without_their_explanations),
		cmocka_unit_test(what_only_looks_like_a_stopped_part_is_none),
		cmocka_unit_test(too_many_names_are_cut_and_all_counted),
		cmocka_unit_test(the_last_words_are_the_last_line_with_any),
		cmocka_unit_test(each_way_to_end_has_its_words),
		cmocka_unit_test(a_servers_name_is_read_from_its_configuration),
		cmocka_unit_test(a_good_answer_is_awaited_until_it_is_clear),
		cmocka_unit_test(a_bad_answer_is_known_at_its_first_wrong_byte),
		cmocka_unit_test_setup_teardown(a_good_host_has_no_errors, make_suite,
						remove_suite),
		cmocka_unit_test_setup_teardown(a_node_that_has_not_mounted_it_is_good_too,
						make_suite, remove_suite),
		cmocka_unit_test_setup_teardown(a_missing_user_is_an_error, make_suite,
						remove_suite),
		cmocka_unit_test_setup_teardown(root_is_no_user_for_it, make_suite, remove_suite),
		cmocka_unit_test_setup_teardown(a_boot_service_that_is_enabled_is_an_error,
						make_suite, remove_suite),
		cmocka_unit_test_setup_teardown(a_stack_without_its_file_system_is_an_error,
						make_suite, remove_suite),
		cmocka_unit_test_setup_teardown(a_file_system_without_zmcontrol_is_an_error,
						make_suite, remove_suite),
		cmocka_unit_test_setup_teardown(a_name_that_leads_elsewhere_is_an_error, make_suite,
						remove_suite),
		cmocka_unit_test_setup_teardown(one_of_several_addresses_is_enough, make_suite,
						remove_suite),
		cmocka_unit_test_setup_teardown(the_deepest_file_system_counts, make_suite,
						remove_suite),
	};

	return cmocka_run_group_tests(tests, host_open, host_close);
}
