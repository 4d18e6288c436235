/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The checks of the zimbra driver: what counts as an answer, and conversations with little servers
 * in a network namespace of the test. Needs root.
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
#include "zimbra_answer.h"
#include "zimbra_checks.h"

#define SERVICE_V4 "10.9.8.7"
#define FOREIGN_V4 "10.9.7.7" /* another host's */
#define SERVICE_V6 "fd00:9::7"

#define GREETING(words) .greeting = (words), .size = sizeof(words) - 1
#define FAREWELL(words) .farewell = (words), .farewell_size = sizeof(words) - 1

/* What each part says as it should. */
#define SMTP  GREETING("220 mail ESMTP Postfix\r\n"), FAREWELL("QUIT\r\n")
#define LMTP  GREETING("220 mail Zimbra LMTP server ready\r\n"), FAREWELL("QUIT\r\n")
#define IMAP  GREETING("* OK mail Zimbra IMAP4rev1 server ready\r\n"), FAREWELL("z LOGOUT\r\n")
#define BOUND "\x30\x0c\x02\x01\x01\x61\x07\x0a\x01\x00\x04\x00\x04\x00"
#define LDAP  GREETING(BOUND), .asked_first = true, FAREWELL("\x30\x05\x02\x01\x02\x42\x00")
#define MYSQL                                                                                      \
	GREETING("\x4a\x00\x00\x00\x0a"                                                            \
		 "10.1.25-MariaDB")
#define HTTPS GREETING("\x16\x03\x03\x00\x31\x02"), .asked_first = true

static char folder[64];
static struct service_config service;
static struct driver_context context;
static char text[ZIMBRA_CHECKS_TEXT_SIZE];

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

static void open_socket(struct little_server *server)
{
	static const char *const parts[] = {"data", "data/tmp", "data/tmp/mysql"};
	char path[128];

	for (unsigned i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, parts[i]);
		mkdir(path, 0755);
	}
	snprintf(path, sizeof(path), "%s/data/tmp/mysql/mysql.sock", folder);
	little_server_open_local(server, path);
}

static void all_parts_are_asked_at_the_same_time(void **state)
{
	atomic_uint gathered = 0;
	struct little_server servers[] = {{SMTP}, {LMTP}, {IMAP}, {LDAP}, {MYSQL}, {HTTPS}};
	static const uint16_t ports[] = {25, 7025, 143, 389, 7306, 443};

	(void)state;
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++) {
		/* Nobody greets before all have a visitor. */
		servers[i].gathered = &gathered;
		servers[i].gathering = ZIMBRA_CHECKS;
		little_server_open(&servers[i], "127.0.0.1", ports[i]);
	}
	assert_int_equal(failing(all, PLENTY_MS), 0);
	assert_string_equal(text, "");
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++) {
		little_server_close(&servers[i]);
		assert_int_equal(servers[i].visitors, 1);
	}
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
	struct little_server server = {SMTP}, other = {LMTP};

	(void)state;
	little_server_open(&server, "127.0.0.1", 25);
	little_server_open(&other, "127.0.0.1", 7025);
	assert_int_equal(failing(smtp, PLENTY_MS), 0);
	little_server_close(&server);
	little_server_close(&other);
	assert_int_equal(server.visitors, 1);
	assert_int_equal(other.visitors, 0);
}

static void a_silent_server_is_given_up_before_the_deadline(void **state)
{
	struct little_server server = {.size = 0};

	(void)state;
	little_server_open(&server, "127.0.0.1", 25);
	assert_int_equal(failing(smtp, LITTLE_MS), 1);
	assert_true(driver_now_ms() < context.deadline_ms);
	assert_string_equal(text, "smtp (silent)");
	little_server_close(&server);
	assert_int_equal(server.visitors, 1);
}

static void without_time_nobody_is_asked(void **state)
{
	struct little_server server = {SMTP};

	(void)state;
	little_server_open(&server, "127.0.0.1", 25);
	assert_int_equal(failing(smtp, 0), 1);
	assert_string_equal(text, "smtp (no time to ask)");
	little_server_close(&server);
	assert_int_equal(server.visitors, 0);
}

static void a_wrong_greeting_is_told_from_none(void **state)
{
	struct little_server server = {GREETING("421 mail is too busy\r\n")};

	(void)state;
	little_server_open(&server, "127.0.0.1", 25);
	assert_int_equal(failing(smtp, PLENTY_MS), 1);
	assert_string_equal(text, "smtp (wrong answer)");
	little_server_close(&server);
}

static void a_greeting_may_come_byte_by_byte(void **state)
{
	struct little_server server = {IMAP, .in_pieces = true};

	(void)state;
	little_server_open(&server, "127.0.0.1", 143);
	assert_int_equal(failing(imap, PLENTY_MS), 0);
	little_server_close(&server);
}

static void a_part_behind_the_proxy_answers_for_itself(void **state)
{
	struct little_server mailbox = {IMAP}, admin = {HTTPS};

	(void)state;
	little_server_open(&mailbox, "127.0.0.1", 7143);
	little_server_open(&admin, "127.0.0.1", 8443);
	assert_int_equal(failing(imap, PLENTY_MS), 0);
	assert_int_equal(failing(https, PLENTY_MS), 0);
	little_server_close(&mailbox);
	little_server_close(&admin);
}

static void a_silent_place_does_not_hide_one_that_answers(void **state)
{
	struct little_server silent = {.size = 0}, wrong = {GREETING("* BYE\r\n")}, good = {IMAP};

	(void)state;
	little_server_open(&silent, "127.0.0.1", 143);
	little_server_open(&wrong, "::1", 143);
	little_server_open(&good, "127.0.0.1", 7143);
	assert_int_equal(failing(imap, PLENTY_MS), 0);
	little_server_close(&silent);
	little_server_close(&wrong);
	little_server_close(&good);
	assert_int_equal(silent.visitors, 1);
	assert_int_equal(wrong.visitors, 1);
}

static void the_loopback_of_version_6_will_do(void **state)
{
	struct little_server server = {SMTP};

	(void)state;
	little_server_open(&server, "::1", 25);
	assert_int_equal(failing(smtp, PLENTY_MS), 0);
	little_server_close(&server);
}

/* ---- the service's addresses ---------------------------------------------------------------- */

static void the_services_address_is_asked_from_itself(void **state)
{
	struct little_server v4 = {SMTP}, v6 = {SMTP};
	struct in_addr own4;
	struct in6_addr own6;

	(void)state;
	inet_pton(AF_INET, SERVICE_V4, &own4);
	inet_pton(AF_INET6, SERVICE_V6, &own6);
	/* It is its interface's second address; unbound, the kernel would choose the first. */
	little_server_open(&v4, SERVICE_V4, 25);
	assert_int_equal(failing(smtp, PLENTY_MS), 0);
	little_server_close(&v4);
	assert_memory_equal(&((struct sockaddr_in *)&v4.visitor)->sin_addr, &own4, sizeof(own4));
	little_server_open(&v6, SERVICE_V6, 25);
	assert_int_equal(failing(smtp, PLENTY_MS), 0);
	little_server_close(&v6);
	assert_memory_equal(&((struct sockaddr_in6 *)&v6.visitor)->sin6_addr, &own6, sizeof(own6));
}

static void the_database_is_asked_at_its_socket_and_not_at_the_services_address(void **state)
{
	struct little_server socket = {MYSQL}, address = {MYSQL};

	(void)state;
	little_server_open(&address, SERVICE_V4, 7306);
	assert_int_equal(failing(mysql, PLENTY_MS), 1);
	open_socket(&socket);
	assert_int_equal(failing(mysql, PLENTY_MS), 0);
	little_server_close(&socket);
	little_server_close(&address);
	assert_int_equal(socket.visitors, 1);
	assert_int_equal(address.visitors, 0);
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
static void open_elsewhere(struct little_server *server, const char *ip)
{
	int home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	char command[256];

	assert_true(home >= 0);
	assert_int_equal(unshare(CLONE_NEWNET), 0);
	snprintf(command, sizeof(command),
		 "ip link add eth0 type veth peer name eth0 netns /proc/%d/fd/%d && "
		 "ip addr add %s/24 dev eth0 && ip link set eth0 up",
		 getpid(), home, ip);
	run(command);
	little_server_open(server, ip, 25);
	assert_int_equal(setns(home, CLONE_NEWNET), 0);
	close(home);
	run("ip addr add 10.9.7.1/24 dev eth0 && ip link set eth0 up");
}

static void an_address_that_another_host_has_is_never_asked(void **state)
{
	struct little_server elsewhere = {SMTP};

	(void)state;
	open_elsewhere(&elsewhere, FOREIGN_V4);
	assert_true(greets(FOREIGN_V4));
	assert_int_equal(failing(smtp, PLENTY_MS), 1);
	assert_string_equal(text, "smtp (refused)");
	assert_true(greets(FOREIGN_V4)); /* it takes one visitor after the other */
	run("ip link delete eth0");
	little_server_close(&elsewhere);
	assert_int_equal(elsewhere.visitors, 2);
}

/* ---- goodbye -------------------------------------------------------------------------------- */

static void the_goodbye_is_said_and_its_answer_awaited(void **state)
{
	struct little_server servers[] = {{SMTP}, {LMTP}, {IMAP}, {LDAP}};
	static const uint16_t ports[] = {25, 7025, 143, 389};

	(void)state;
	for (unsigned i = 0; i < 4; i++)
		little_server_open(&servers[i], "127.0.0.1", ports[i]);
	assert_int_equal(failing(all, PLENTY_MS), 2);
	assert_string_equal(text, "mysql (refused), https (refused)");
	for (unsigned i = 0; i < 4; i++) {
		little_server_close(&servers[i]);
		assert_true(little_server_is_told_goodbye(&servers[i]));
		assert_false(servers[i].left_early);
	}
}

static void a_server_that_does_not_close_is_left_all_the_same(void **state)
{
	struct little_server server = {SMTP, .keeps_on = true};
	uint64_t begin_ms = driver_now_ms();

	(void)state;
	little_server_open(&server, "127.0.0.1", 25);
	assert_int_equal(failing(smtp, PLENTY_MS), 0);
	assert_true(driver_now_ms() - begin_ms < ZIMBRA_CHECKS_TIMEOUT_MS);
	little_server_close(&server);
	assert_true(little_server_is_told_goodbye(&server));
}

static void no_check_leaves_a_file_open(void **state)
{
	struct little_server server = {SMTP}, silent = {.size = 0};
	int before = dup(0), after;

	(void)state;
	close(before);
	little_server_open(&server, "127.0.0.1", 25);
	little_server_open(&silent, "127.0.0.1", 143);
	failing(all, LITTLE_MS);
	little_server_close(&server);
	little_server_close(&silent);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_answer_is_awaited_until_it_is_clear),
		cmocka_unit_test(a_bad_answer_is_known_at_its_first_wrong_byte),
		cmocka_unit_test(all_parts_are_asked_at_the_same_time),
		cmocka_unit_test(a_suite_that_is_down_is_known_at_once),
		cmocka_unit_test(only_what_is_configured_is_asked),
		cmocka_unit_test(a_silent_server_is_given_up_before_the_deadline),
		cmocka_unit_test(without_time_nobody_is_asked),
		cmocka_unit_test(a_wrong_greeting_is_told_from_none),
		cmocka_unit_test(a_greeting_may_come_byte_by_byte),
		cmocka_unit_test(a_part_behind_the_proxy_answers_for_itself),
		cmocka_unit_test(a_silent_place_does_not_hide_one_that_answers),
		cmocka_unit_test(the_loopback_of_version_6_will_do),
		cmocka_unit_test(the_services_address_is_asked_from_itself),
		cmocka_unit_test(
			the_database_is_asked_at_its_socket_and_not_at_the_services_address),
		cmocka_unit_test(an_address_that_another_host_has_is_never_asked),
		cmocka_unit_test(the_goodbye_is_said_and_its_answer_awaited),
		cmocka_unit_test(a_server_that_does_not_close_is_left_all_the_same),
		cmocka_unit_test(no_check_leaves_a_file_open),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
