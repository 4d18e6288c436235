/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The checks of the zimbra driver: conversations with little servers in a network namespace of the
 * test. Needs root.
 */
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "little_server.h"
#include "zimbra_checks.h"

#define SERVICE_V4 "10.9.8.7"
#define FOREIGN_V4 "10.9.7.7" /* another host's */
#define SERVICE_V6 "fd00:9::7"

#define GREETING(words) .greeting = (words), .size = sizeof(words) - 1
#define FAREWELL(words) .farewell = (words), .farewell_size = sizeof(words) - 1

/* What each part says as it should. */
static const struct little_server smtp_server = {GREETING("220 mail ESMTP Postfix\r\n"),
						 FAREWELL("QUIT\r\n")};
static const struct little_server lmtp_server = {GREETING("220 mail Zimbra LMTP server ready\r\n"),
						 FAREWELL("QUIT\r\n")};
static const struct little_server imap_server = {GREETING("* OK mail IMAP4rev1 server ready\r\n"),
						 FAREWELL("z LOGOUT\r\n")};
#define BOUND "\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\x00\x04\x00\x04\x00"
static const struct little_server ldap_server = {
	GREETING(BOUND), FAREWELL("\x30\x05\x02\x01\x02\x42\x00"), .asked_first = true};
static const struct little_server mysql_server = {GREETING("\x4a\x00\x00\x00\x0a"
							   "10.1.25-MariaDB")};
static const struct little_server https_server = {GREETING("\x16\x03\x03\x00\x31\x02"),
						  .asked_first = true};
static const struct little_server silent_server = {.size = 0};

static char folder[64];
static struct service_config service;
static struct driver_context context;
static char text[ZIMBRA_CHECKS_TEXT_SIZE];

/* ---- conversations -------------------------------------------------------------------------- */

static void configure(bool (*is_asked)(enum zimbra_check check), uint32_t time_ms)
{
	static const struct resource_config addresses[] = {
		{.type = RESOURCE_ADDRESS, .address = {.family = AF_INET}},
		{.type = RESOURCE_ADDRESS, .address = {.family = AF_INET6}},
		{.type = RESOURCE_ADDRESS, .address = {.family = AF_INET}},
	};
	struct zimbra_config *zimbra = &service.resources[3].zimbra;

	memset(&service, 0, sizeof(service));
	memcpy(service.resources, addresses, sizeof(addresses));
	inet_pton(AF_INET, SERVICE_V4, service.resources[0].address.bytes);
	inet_pton(AF_INET6, SERVICE_V6, service.resources[1].address.bytes);
	inet_pton(AF_INET, FOREIGN_V4, service.resources[2].address.bytes);
	service.resources[3].type = RESOURCE_ZIMBRA;
	service.resource_count = 4;
	snprintf(zimbra->directory, sizeof(zimbra->directory), "%s", folder);
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++)
		zimbra->checks[i] = is_asked((enum zimbra_check)i);
	context = (struct driver_context){.service = &service,
					  .resource = &service.resources[3],
					  .deadline_ms = driver_now_ms() + time_ms};
}

static bool all(enum zimbra_check check)
{
	(void)check;
	return true;
}

static bool smtp(enum zimbra_check check)
{
	return check == ZIMBRA_CHECK_SMTP;
}

static bool imap(enum zimbra_check check)
{
	return check == ZIMBRA_CHECK_IMAP;
}

static bool mysql(enum zimbra_check check)
{
	return check == ZIMBRA_CHECK_MYSQL;
}

static bool https(enum zimbra_check check)
{
	return check == ZIMBRA_CHECK_HTTPS;
}

enum {
	PLENTY_MS = 60 * 1000,
	LITTLE_MS = 800, /* half a second of it is kept for the caller */
};

static unsigned failing(bool (*is_asked)(enum zimbra_check check), uint32_t time_ms)
{
	configure(is_asked, time_ms);
	return zimbra_checks_failing(&context, text);
}

static struct little_server *open_at(const struct little_server *kind, const char *ip,
				     uint16_t port)
{
	return little_server_open(*kind, ip, port);
}

static struct little_server *open_socket(const struct little_server *kind)
{
	static const char *const parts[] = {"data", "data/tmp", "data/tmp/mysql"};
	char path[128];

	for (unsigned i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, parts[i]);
		mkdir(path, 0755);
	}
	snprintf(path, sizeof(path), "%s/data/tmp/mysql/mysql.sock", folder);
	return little_server_open_local(*kind, path);
}

/* How many asked it until now. */
static unsigned visitors_of(struct little_server *server)
{
	little_server_close(server);
	return atomic_load(&server->visitors);
}

static void all_parts_are_asked_at_the_same_time(void **state)
{
	static const struct little_server *const kinds[] = {&smtp_server,  &lmtp_server,
							    &imap_server,  &ldap_server,
							    &mysql_server, &https_server};
	static const uint16_t ports[] = {25, 7025, 143, 389, 7306, 443};
	static atomic_uint gathered;

	(void)state;
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++) {
		struct little_server kind = *kinds[i];

		/* Nobody greets before all have a visitor. */
		kind.gathered = &gathered;
		kind.gathering = ZIMBRA_CHECKS;
		open_at(&kind, "127.0.0.1", ports[i]);
	}
	assert_int_equal(failing(all, PLENTY_MS), 0);
	assert_string_equal(text, "");
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++)
		assert_int_equal(visitors_of(&little_servers[i]), 1);
}

static void a_suite_that_is_down_is_known_at_once(void **state)
{
	uint64_t begin_ms = driver_now_ms();

	(void)state;
	assert_int_equal(failing(all, PLENTY_MS), ZIMBRA_CHECKS);
	assert_string_equal(text, "smtp (refused), lmtp (refused), imap (refused), "
				  "ldap (refused), mysql (refused), https (refused)");
	assert_true(driver_now_ms() - begin_ms < ZIMBRA_CHECKS_TIMEOUT_MS);
}

static void only_what_is_configured_is_asked(void **state)
{
	struct little_server *asked = open_at(&smtp_server, "127.0.0.1", 25);
	struct little_server *other = open_at(&lmtp_server, "127.0.0.1", 7025);

	(void)state;
	assert_int_equal(failing(smtp, PLENTY_MS), 0);
	assert_int_equal(visitors_of(asked), 1);
	assert_int_equal(visitors_of(other), 0);
}

static void a_silent_server_is_given_up_before_the_deadline(void **state)
{
	struct little_server *server = open_at(&silent_server, "127.0.0.1", 25);

	(void)state;
	assert_int_equal(failing(smtp, LITTLE_MS), 1);
	assert_true(driver_now_ms() < context.deadline_ms);
	assert_string_equal(text, "smtp (silent)");
	assert_int_equal(visitors_of(server), 1);
}

static void without_time_nobody_is_asked(void **state)
{
	struct little_server *server = open_at(&smtp_server, "127.0.0.1", 25);

	(void)state;
	assert_int_equal(failing(smtp, 0), 1);
	assert_string_equal(text, "smtp (no time to ask)");
	assert_int_equal(visitors_of(server), 0);
}

static void a_wrong_greeting_is_told_from_none(void **state)
{
	static const struct little_server busy = {GREETING("421 mail is too busy\r\n")};

	(void)state;
	open_at(&busy, "127.0.0.1", 25);
	assert_int_equal(failing(smtp, PLENTY_MS), 1);
	assert_string_equal(text, "smtp (wrong answer)");
}

static void a_greeting_may_come_byte_by_byte(void **state)
{
	struct little_server kind = imap_server;

	(void)state;
	kind.in_pieces = true;
	open_at(&kind, "127.0.0.1", 143);
	assert_int_equal(failing(imap, PLENTY_MS), 0);
}

static void a_part_behind_the_proxy_answers_for_itself(void **state)
{
	(void)state;
	open_at(&imap_server, "127.0.0.1", 7143);
	open_at(&https_server, "127.0.0.1", 8443);
	assert_int_equal(failing(imap, PLENTY_MS), 0);
	assert_int_equal(failing(https, PLENTY_MS), 0);
}

static void a_silent_place_does_not_hide_one_that_answers(void **state)
{
	static const struct little_server leaving = {GREETING("* BYE\r\n")};
	struct little_server *silent = open_at(&silent_server, "127.0.0.1", 143);
	struct little_server *wrong = open_at(&leaving, "::1", 143);

	(void)state;
	open_at(&imap_server, "127.0.0.1", 7143);
	assert_int_equal(failing(imap, PLENTY_MS), 0);
	assert_int_equal(visitors_of(silent), 1);
	assert_int_equal(visitors_of(wrong), 1);
}

static void the_loopback_of_version_6_will_do(void **state)
{
	(void)state;
	open_at(&smtp_server, "::1", 25);
	assert_int_equal(failing(smtp, PLENTY_MS), 0);
}

/* ---- the service's addresses ---------------------------------------------------------------- */

static void the_services_address_is_asked_from_itself(void **state)
{
	struct little_server *server = open_at(&smtp_server, SERVICE_V4, 25);
	struct in6_addr own6;
	struct in_addr own4;

	(void)state;
	inet_pton(AF_INET, SERVICE_V4, &own4);
	inet_pton(AF_INET6, SERVICE_V6, &own6);
	/* It is its interface's second address; unbound, the kernel would choose the first. */
	assert_int_equal(failing(smtp, PLENTY_MS), 0);
	assert_int_equal(visitors_of(server), 1);
	assert_memory_equal(&((struct sockaddr_in *)&server->visitor)->sin_addr, &own4,
			    sizeof(own4));
	server = open_at(&smtp_server, SERVICE_V6, 25);
	assert_int_equal(failing(smtp, PLENTY_MS), 0);
	assert_int_equal(visitors_of(server), 1);
	assert_memory_equal(&((struct sockaddr_in6 *)&server->visitor)->sin6_addr, &own6,
			    sizeof(own6));
}

static void the_database_is_asked_at_its_socket_and_not_at_the_services_address(void **state)
{
	struct little_server *address = open_at(&mysql_server, SERVICE_V4, 7306), *socket;

	(void)state;
	assert_int_equal(failing(mysql, PLENTY_MS), 1);
	socket = open_socket(&mysql_server);
	assert_int_equal(failing(mysql, PLENTY_MS), 0);
	assert_int_equal(visitors_of(socket), 1);
	assert_int_equal(visitors_of(address), 0);
}

/* As any client: true if somebody greets there. */
static bool greets(const char *ip)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(25)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	char greeting[4] = "";
	bool good;

	inet_pton(AF_INET, ip, &address.sin_addr);
	good = connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	       recv(fd, greeting, 3, MSG_WAITALL) == 3 && strcmp(greeting, "220") == 0;
	close(fd);
	return good;
}

static void run(const char *command)
{
	assert_int_equal(system(command), 0);
}

/* Opens the server on another host: a socket stays in the namespace where it was made. */
static struct little_server *open_elsewhere(const struct little_server *kind, const char *ip)
{
	struct little_server *server;
	int home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	char command[256];

	assert_true(home >= 0);
	assert_int_equal(unshare(CLONE_NEWNET), 0);
	snprintf(command, sizeof(command),
		 "ip link add eth0 type veth peer name eth0 netns /proc/%d/fd/%d && "
		 "ip addr add %s/24 dev eth0 && ip link set eth0 up",
		 getpid(), home, ip);
	run(command);
	server = open_at(kind, ip, 25);
	assert_int_equal(setns(home, CLONE_NEWNET), 0);
	close(home);
	run("ip addr add 10.9.7.1/24 dev eth0 && ip link set eth0 up");
	return server;
}

static void an_address_that_another_host_has_is_never_asked(void **state)
{
	struct little_server *elsewhere = open_elsewhere(&smtp_server, FOREIGN_V4);

	(void)state;
	assert_true(greets(FOREIGN_V4));
	assert_int_equal(failing(smtp, PLENTY_MS), 1);
	assert_string_equal(text, "smtp (refused)");
	assert_true(greets(FOREIGN_V4)); /* it takes one visitor after the other */
	run("ip link delete eth0");
	assert_int_equal(visitors_of(elsewhere), 2);
}

/* ---- goodbye -------------------------------------------------------------------------------- */

static void the_goodbye_is_said_and_its_answer_awaited(void **state)
{
	struct little_server *servers[] = {
		open_at(&smtp_server, "127.0.0.1", 25), open_at(&lmtp_server, "127.0.0.1", 7025),
		open_at(&imap_server, "127.0.0.1", 143), open_at(&ldap_server, "127.0.0.1", 389)};

	(void)state;
	assert_int_equal(failing(all, PLENTY_MS), 2);
	assert_string_equal(text, "mysql (refused), https (refused)");
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(visitors_of(servers[i]), 1);
		assert_true(little_server_is_told_goodbye(servers[i]));
		assert_false(servers[i]->left_early);
	}
}

static void a_server_that_does_not_close_is_left_all_the_same(void **state)
{
	struct little_server kind = smtp_server, *server;
	uint64_t begin_ms = driver_now_ms();

	(void)state;
	kind.keeps_on = true;
	server = open_at(&kind, "127.0.0.1", 25);
	assert_int_equal(failing(smtp, PLENTY_MS), 0);
	assert_true(driver_now_ms() - begin_ms < ZIMBRA_CHECKS_TIMEOUT_MS);
	little_server_close(server);
	assert_true(little_server_is_told_goodbye(server));
}

static void no_check_leaves_a_file_open(void **state)
{
	int before = dup(0), after;

	(void)state;
	close(before);
	open_at(&smtp_server, "127.0.0.1", 25);
	open_at(&silent_server, "127.0.0.1", 143);
	assert_int_equal(failing(all, LITTLE_MS), ZIMBRA_CHECKS - 1);
	little_server_close_all();
	after = dup(0);
	close(after);
	assert_int_equal(after, before);
}

/* ---- the namespace -------------------------------------------------------------------------- */

static int set_up(void **state)
{
	(void)state;
	folder_make(folder);
	if (unshare(CLONE_NEWNET) != 0)
		return -1;
	return system("ip link set lo up && "
		      "ip addr add 10.9.8.1/24 dev lo && ip addr add " SERVICE_V4 "/24 dev lo && "
		      "ip addr add " SERVICE_V6 "/64 dev lo nodad");
}

static int tear_down(void **state)
{
	(void)state;
	folder_remove(folder);
	return 0;
}

#define STORY(test) cmocka_unit_test_teardown(test, little_server_forget_all)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(all_parts_are_asked_at_the_same_time),
		STORY(a_suite_that_is_down_is_known_at_once),
		STORY(only_what_is_configured_is_asked),
		STORY(a_silent_server_is_given_up_before_the_deadline),
		STORY(without_time_nobody_is_asked),
		STORY(a_wrong_greeting_is_told_from_none),
		STORY(a_greeting_may_come_byte_by_byte),
		STORY(a_part_behind_the_proxy_answers_for_itself),
		STORY(a_silent_place_does_not_hide_one_that_answers),
		STORY(the_loopback_of_version_6_will_do),
		STORY(the_services_address_is_asked_from_itself),
		STORY(the_database_is_asked_at_its_socket_and_not_at_the_services_address),
		STORY(an_address_that_another_host_has_is_never_asked),
		STORY(the_goodbye_is_said_and_its_answer_awaited),
		STORY(a_server_that_does_not_close_is_left_all_the_same),
		STORY(no_check_leaves_a_file_open),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
