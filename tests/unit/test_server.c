/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The control socket with real clients, and a daemon that is played here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "control.h"
#include "folder.h"
#include "loop.h"
#include "operator.h"

enum {
	ACT_GROUP = 54321,
	READ_GROUP = 54322,
	OTHER_GROUP = 54323,
	SOMEBODY = 54324,
	WAIT_MS = 10000,
};

static char folder[64], path[100];
static qb_loop_t *loop;
static struct operator* operator;

/* ---- the daemon ------------------------------------------------------------------------------ */

static struct {
	unsigned changes; /* what status shows */
	size_t ballast_size;
	bool ready;
	unsigned commands;
	struct core_command last;
	char who[128], what[256];
	bool answers_at_once;
} backend;

static json_t *get_status(void *data, bool steady)
{
	json_t *status = json_pack("{s:i}", "changes", (int)backend.changes);
	char *ballast;

	(void)data;
	if (!steady)
		json_object_set_new(status, "time", json_integer((json_int_t)loop_now_ms()));
	if (backend.ballast_size) {
		ballast = malloc(backend.ballast_size + 1);
		memset(ballast, 'x', backend.ballast_size);
		ballast[backend.ballast_size] = '\0';
		json_object_set_new(status, "ballast", json_string(ballast));
		free(ballast);
	}
	return status;
}

static json_t *get_history(void *data, const char *service, unsigned limit, size_t size)
{
	(void)data;
	assert_true(size < CONTROL_LINE_SIZE);
	return json_pack("[{s:s, s:i}]", "text", service ? service : "all", "number", (int)limit);
}

static int find_service(void *data, const char *name)
{
	(void)data;
	if (strcmp(name, "zimbra") == 0)
		return 0;
	return strcmp(name, "archive") == 0 ? 1 : CORE_NONE;
}

static uint32_t find_node(void *data, const char *name)
{
	(void)data;
	return strcmp(name, "astapor") == 0 ? 17 : 0;
}

static bool is_ready(void *data, char *text, size_t size)
{
	(void)data;
	snprintf(text, size, "no corosync");
	return backend.ready;
}

static void run_command(void *data, const struct core_command *command, const char *who,
			const char *what)
{
	(void)data;
	backend.commands++;
	backend.last = *command;
	snprintf(backend.who, sizeof(backend.who), "%s", who);
	snprintf(backend.what, sizeof(backend.what), "%s", what);
	if (backend.answers_at_once)
		operator_reply(operator, command->request, CORE_DONE, "DONE", "done");
}

static const struct operator_backend the_backend = {
	.status = get_status,
	.history = get_history,
	.find_service = find_service,
	.find_node = find_node,
	.ready = is_ready,
	.command = run_command,
};

static bool has_command(void *data)
{
	return backend.commands == *(unsigned *)data;
}

static void wait_for_commands(unsigned count)
{
	assert_true(loop_until(loop, has_command, &count, WAIT_MS));
}

static void record(const char *service, const char *text)
{
	json_t *json = json_pack("{s:s}", "text", text);

	operator_record(operator, service, json);
	json_decref(json);
}

/* ---- clients --------------------------------------------------------------------------------- */

struct client {
	int fd;
	size_t used;
	bool ended;
	char bytes[CONTROL_LINE_SIZE];
};

static struct client *new_client(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct client *client = calloc(1, sizeof(*client));

	assert_non_null(client);
	strcpy(address.sun_path, path);
	client->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(client->fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return client;
}

static void end_client(struct client *client)
{
	close(client->fd);
	free(client);
}

static void send_text(struct client *client, const char *text)
{
	assert_int_equal(send(client->fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

static void receive(struct client *client)
{
	ssize_t count = recv(client->fd, client->bytes + client->used,
			     sizeof(client->bytes) - client->used, MSG_DONTWAIT);

	if (count > 0)
		client->used += (size_t)count;
	else if (count == 0 || errno != EAGAIN)
		client->ended = true;
}

static bool has_line(void *data)
{
	struct client *client = data;

	receive(client);
	return memchr(client->bytes, '\n', client->used) != NULL;
}

static bool has_ended(void *data)
{
	struct client *client = data;

	client->used = 0; /* what comes before the end does not matter here */
	receive(client);
	return client->ended;
}

static json_t *next_line(struct client *client)
{
	json_t *json;
	size_t size;

	assert_true(loop_until(loop, has_line, client, WAIT_MS));
	size = (size_t)((char *)memchr(client->bytes, '\n', client->used) - client->bytes);
	json = json_loadb(client->bytes, size, 0, NULL);
	client->used -= size + 1;
	memmove(client->bytes, client->bytes + size + 1, client->used);
	assert_non_null(json);
	return json;
}

static void expect(struct client *client, const char *key, const char *value)
{
	json_t *line = next_line(client);
	const char *text = json_string_value(json_object_get(line, key));

	if (!text || strcmp(text, value) != 0)
		fail_msg("%s is %s, not %s", key, text ? text : "absent", value);
	json_decref(line);
}

static void expect_progress(struct client *client, const char *value)
{
	json_t *line = next_line(client);
	json_t *progress = json_object_get(line, "progress");

	assert_string_equal(json_string_value(json_object_get(progress, "text")), value);
	json_decref(line);
}

static bool never(void *data)
{
	(void)data;
	return false;
}

static void expect_nothing(struct client *client, uint32_t for_ms)
{
	loop_until(loop, never, NULL, for_ms);
	assert_false(has_line(client));
}

static void ask(struct client *client, const char *request, const char *key, const char *value)
{
	send_text(client, request);
	expect(client, key, value);
}

/* ---- set up ---------------------------------------------------------------------------------- */

static void open_with(const struct server_options *options)
{
	struct server_options with_path = *options;

	with_path.path = path;
	operator= operator_open(loop, &with_path, &the_backend, NULL);
	assert_non_null(operator);
}

static int set_up_without_server(void **state)
{
	(void)state;
	folder_make(folder);
	snprintf(path, sizeof(path), "%s/zcsmgr.sock", folder);
	loop = qb_loop_create();
	memset(&backend, 0, sizeof(backend));
	backend.ready = true;
	return 0;
}

static const struct server_options both_groups = {.act_group = ACT_GROUP, .read_group = READ_GROUP};

static int set_up(void **state)
{
	set_up_without_server(state);
	open_with(&both_groups);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	operator_close(operator);
	assert_int_equal(access(path, F_OK), -1);
	qb_loop_destroy(loop);
	folder_remove(folder);
	return 0;
}

#define STATUS "{\"verb\":\"status\"}\n"
#define MOVE   "{\"verb\":\"move\",\"service\":\"zimbra\",\"node\":\"astapor\"}\n"

/* ---- requests -------------------------------------------------------------------------------- */

static void status_why_and_history_are_answered_in_one_line(void **state)
{
	struct client *client = new_client();
	json_t *line;

	(void)state;
	backend.changes = 5;
	send_text(client, STATUS);
	line = next_line(client);
	assert_int_equal(
		json_integer_value(json_object_get(json_object_get(line, "status"), "changes")), 5);
	assert_string_equal(json_string_value(json_object_get(line, "result")), "done");
	json_decref(line);
	send_text(client, "{\"verb\":\"why\",\"service\":\"zimbra\"}\n");
	line = next_line(client);
	assert_non_null(json_object_get(line, "status"));
	json_decref(line);
	send_text(client, "{\"verb\":\"history\",\"service\":\"archive\",\"limit\":3}\n");
	line = next_line(client);
	assert_int_equal(json_array_size(json_object_get(line, "records")), 1);
	json_decref(line);
	end_client(client);
}

static void several_requests_at_once_are_answered_one_after_another(void **state)
{
	struct client *client = new_client();

	(void)state;
	send_text(client, "{\"verb\":\"nonsense\"}\n" STATUS "{}\n");
	expect(client, "code", "UNKNOWN_VERB");
	expect(client, "code", "DONE");
	expect(client, "code", "BAD_REQUEST");
	end_client(client);
}

static void a_request_that_comes_in_pieces_is_one(void **state)
{
	struct client *client = new_client();

	(void)state;
	for (const char *at = STATUS; *at; at++) {
		char piece[2] = {*at};

		send_text(client, piece);
		loop_until(loop, never, NULL, 2);
	}
	expect(client, "code", "DONE");
	end_client(client);
}

static void unknown_names_are_refused_with_their_codes(void **state)
{
	struct client *client = new_client();

	(void)state;
	ask(client, "{\"verb\":\"start\",\"service\":\"mail\"}\n", "code", "UNKNOWN_SERVICE");
	ask(client, "{\"verb\":\"why\",\"service\":\"mail\"}\n", "code", "UNKNOWN_SERVICE");
	ask(client, "{\"verb\":\"standby\",\"node\":\"meereen\"}\n", "code", "UNKNOWN_NODE");
	backend.ready = false;
	ask(client, "{\"verb\":\"standby\",\"node\":\"astapor\"}\n", "code", "NOT_READY");
	ask(client, STATUS, "code", "DONE");
	assert_int_equal(backend.commands, 0);
	end_client(client);
}

static void garbage_is_refused_and_the_client_may_go_on(void **state)
{
	static const char *const lines[] = {
		"\n",	      "x\n",	"{\n",	      "\x01\xff\xfe\n",
		"[[[[[[[[\n", "null\n", "\"verb\"\n", "{\"verb\":{}}\n"};
	struct client *client = new_client();

	(void)state;
	for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		ask(client, lines[i], "code", "BAD_REQUEST");
	ask(client, STATUS, "code", "DONE");
	end_client(client);
}

static void a_line_without_end_is_refused_and_the_client_dropped(void **state)
{
	struct client *client = new_client();
	char bytes[CONTROL_REQUEST_SIZE + 1];

	(void)state;
	memset(bytes, 'x', sizeof(bytes) - 1);
	bytes[sizeof(bytes) - 1] = '\0';
	send_text(client, bytes);
	expect(client, "code", "BAD_REQUEST");
	assert_true(loop_until(loop, has_ended, client, WAIT_MS));
	end_client(client);
}

static void the_longest_request_is_taken(void **state)
{
	struct client *client = new_client();
	char bytes[CONTROL_REQUEST_SIZE + 1];

	(void)state;
	memset(bytes, ' ', sizeof(bytes));
	memcpy(bytes, "{\"verb\":\"status\"}", 17);
	bytes[CONTROL_REQUEST_SIZE - 1] = '\n';
	bytes[CONTROL_REQUEST_SIZE] = '\0';
	ask(client, bytes, "code", "DONE");
	end_client(client);
}

static void a_client_that_sends_no_more_still_gets_its_answer(void **state)
{
	struct client *client = new_client();

	(void)state;
	send_text(client, MOVE);
	assert_int_equal(shutdown(client->fd, SHUT_WR), 0);
	wait_for_commands(1);
	operator_reply(operator, backend.last.request, CORE_DONE, "DONE", "done");
	expect(client, "result", "done");
	assert_true(loop_until(loop, has_ended, client, WAIT_MS));
	end_client(client);
}

/* ---- commands -------------------------------------------------------------------------------- */

static void a_command_tells_who_wants_what_hears_its_progress_and_ends_with_its_answer(void **state)
{
	struct client *client = new_client();
	char who[64];

	(void)state;
	send_text(client, MOVE);
	wait_for_commands(1);
	assert_int_equal(backend.last.verb, CORE_VERB_MOVE);
	assert_int_equal(backend.last.service, 0);
	assert_int_equal(backend.last.nodeid, 17);
	snprintf(who, sizeof(who), "pid %d", getpid());
	assert_non_null(strstr(backend.who, who));
	assert_non_null(strstr(backend.who, "uid 0"));
	assert_string_equal(backend.what, "move zimbra astapor");
	record("zimbra", "stopping");
	record("archive", "not of this service");
	record(NULL, "of the node");
	record("zimbra", "starting");
	operator_reply(operator, backend.last.request, CORE_UNSUCCESSFUL, "FAILED_MOVE", "no");
	record("zimbra", "too late");
	expect_progress(client, "stopping");
	expect_progress(client, "starting");
	expect(client, "result", "failed");
	ask(client, STATUS, "code", "DONE");
	end_client(client);
}

static void a_command_of_a_node_hears_of_everything(void **state)
{
	struct client *client = new_client();

	(void)state;
	send_text(client, "{\"verb\":\"standby\",\"node\":\"astapor\"}\n");
	wait_for_commands(1);
	assert_int_equal(backend.last.service, CORE_NONE);
	record("archive", "one");
	record(NULL, "two");
	operator_reply(operator, backend.last.request, CORE_REFUSED, "REFUSED_BUSY", "busy");
	expect_progress(client, "one");
	expect_progress(client, "two");
	expect(client, "result", "refused");
	end_client(client);
}

static void a_command_that_is_answered_at_once_is_answered_once(void **state)
{
	struct client *client = new_client();

	(void)state;
	backend.answers_at_once = true;
	ask(client, MOVE, "code", "DONE");
	ask(client, MOVE, "code", "DONE");
	assert_int_equal(backend.commands, 2);
	end_client(client);
}

static void the_next_request_waits_for_the_end_of_a_command(void **state)
{
	struct client *client = new_client();

	(void)state;
	send_text(client, MOVE STATUS);
	wait_for_commands(1);
	expect_nothing(client, 50);
	operator_reply(operator, backend.last.request, CORE_DONE, "FIRST", "done");
	expect(client, "code", "FIRST");
	expect(client, "code", "DONE");
	end_client(client);
}

static void a_client_that_goes_does_not_undo_its_command_and_its_answer_hurts_nobody(void **state)
{
	struct client *client = new_client(), *next;
	uint64_t request;

	(void)state;
	send_text(client, MOVE);
	wait_for_commands(1);
	request = backend.last.request;
	end_client(client);
	loop_until(loop, never, NULL, 50);
	next = new_client();
	ask(next, STATUS, "code", "DONE");
	record("zimbra", "nobody hears it");
	operator_reply(operator, request, CORE_DONE, "OLD", "done");
	expect_nothing(next, 50);
	ask(next, STATUS, "code", "DONE");
	end_client(next);
}

/* ---- monitor --------------------------------------------------------------------------------- */

static json_int_t next_change(struct client *client)
{
	json_t *line = next_line(client);
	json_int_t changes =
		json_integer_value(json_object_get(json_object_get(line, "status"), "changes"));

	json_decref(line);
	return changes;
}

static void a_monitor_is_told_at_once_and_of_every_change_but_not_without_one(void **state)
{
	struct client *client = new_client();

	(void)state;
	send_text(client, "{\"verb\":\"monitor\"}\n");
	assert_int_equal(next_change(client), 0);
	backend.changes = 1;
	operator_changed(operator);
	assert_int_equal(next_change(client), 1);
	operator_changed(operator); /* an event that changed nothing that is seen */
	expect_nothing(client, 500);
	backend.changes = 2;
	operator_changed(operator);
	assert_int_equal(next_change(client), 2);
	end_client(client);
}

static void a_monitor_is_told_at_most_five_times_a_second_and_ends_up_to_date(void **state)
{
	struct client *client = new_client();
	uint64_t start_ms = loop_now_ms();
	unsigned lines = 0;
	json_int_t last = 0;

	(void)state;
	send_text(client, "{\"verb\":\"monitor\"}\n");
	next_change(client);
	while (loop_now_ms() < start_ms + 1000) {
		backend.changes++;
		operator_changed(operator);
		loop_until(loop, never, NULL, 5);
	}
	while (last != backend.changes) {
		last = next_change(client);
		lines++;
	}
	assert_in_range(lines, 2, 7);
	end_client(client);
}

static void a_monitor_that_does_not_read_is_dropped_and_does_not_fill_the_memory(void **state)
{
	struct client *client, *other;
	struct server_options options = both_groups;

	(void)state;
	options.stall_ms = 300;
	open_with(&options);
	client = new_client();
	other = new_client();
	backend.ballast_size = 200 * 1024;
	send_text(client, "{\"verb\":\"monitor\"}\n");
	for (unsigned i = 0; i < 20; i++) {
		backend.changes++;
		operator_changed(operator);
		loop_until(loop, never, NULL, 250);
	}
	backend.ballast_size = 0;
	ask(other, STATUS, "code", "DONE");
	assert_true(loop_until(loop, has_ended, client, WAIT_MS));
	end_client(client);
	end_client(other);
}

/* ---- bounds ---------------------------------------------------------------------------------- */

static void a_request_half_sent_is_not_waited_for_for_ever(void **state)
{
	struct server_options options = both_groups;
	struct client *client;

	(void)state;
	options.line_ms = 100;
	open_with(&options);
	client = new_client();
	send_text(client, "{\"verb\":");
	assert_true(loop_until(loop, has_ended, client, WAIT_MS));
	end_client(client);
}

static void a_client_that_asks_for_nothing_loses_its_place(void **state)
{
	struct server_options options = both_groups;
	struct client *client, *busy;

	(void)state;
	options.idle_ms = 100;
	open_with(&options);
	client = new_client();
	busy = new_client();
	send_text(busy, MOVE);
	wait_for_commands(1);
	assert_true(loop_until(loop, has_ended, client, WAIT_MS));
	operator_reply(operator, backend.last.request, CORE_DONE, "DONE", "done");
	expect(busy, "code", "DONE"); /* a command takes the time it takes */
	end_client(client);
	end_client(busy);
}

static void of_a_hundred_clients_so_many_as_there_are_places_are_served(void **state)
{
	struct client *clients[100];
	unsigned served = 0;

	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		json_t *line;

		clients[i] = new_client();
		if (i < SERVER_CLIENTS)
			send_text(clients[i], STATUS);
		line = next_line(clients[i]);
		served += strcmp(json_string_value(json_object_get(line, "code")), "DONE") == 0;
		if (i >= SERVER_CLIENTS)
			assert_string_equal(json_string_value(json_object_get(line, "code")),
					    "TOO_MANY_CLIENTS");
		json_decref(line);
	}
	assert_int_equal(served, SERVER_CLIENTS);
	for (unsigned i = 0; i < 100; i++)
		end_client(clients[i]);
	loop_until(loop, never, NULL, 50);
	clients[0] = new_client();
	ask(clients[0], STATUS, "code", "DONE");
	end_client(clients[0]);
}

static void a_client_that_asks_without_pause_does_not_keep_others_waiting(void **state)
{
	struct client *greedy = new_client(), *modest = new_client();
	unsigned answers = 0, sent = 0;

	(void)state;
	while (send(greedy->fd, STATUS, strlen(STATUS), MSG_DONTWAIT) == (ssize_t)strlen(STATUS))
		sent++;
	assert_true(sent >= 100);
	send_text(modest, STATUS);
	expect(modest, "code", "DONE");
	receive(greedy);
	for (size_t i = 0; i < greedy->used; i++)
		answers += greedy->bytes[i] == '\n';
	assert_true(answers < sent / 2);
	end_client(greedy);
	end_client(modest);
}

/* ---- permissions ----------------------------------------------------------------------------- */

static int ask_in_child(const char *request)
{
	struct control *control = control_connect(path);
	json_t *answer, *message = json_loads(request, 0, NULL);
	int result = 3;

	if (!control)
		return errno == EACCES ? 4 : 5;
	control_send(control, message);
	answer = control_receive(control, WAIT_MS);
	if (answer) {
		const char *code = json_string_value(json_object_get(answer, "code"));

		result = strcmp(code, "DONE") == 0 ? 0 : strcmp(code, "NOT_PERMITTED") == 0 ? 1 : 2;
	}
	return result;
}

struct child {
	pid_t pid;
	int status;
};

static bool has_exited(void *data)
{
	struct child *child = data;

	return waitpid(child->pid, &child->status, WNOHANG) == child->pid;
}

enum { PERMITTED = 0, NOT_PERMITTED = 1, NO_ACCESS = 4 };

/* What a process of that user and these groups gets for the request. */
static int as(uid_t uid, gid_t group, gid_t supplementary, const char *request)
{
	struct child child = {.pid = fork()};

	if (child.pid == 0) {
		gid_t groups[] = {supplementary};

		if (setgroups(1, groups) != 0 || setgid(group) != 0 || setuid(uid) != 0)
			_exit(9);
		_exit(ask_in_child(request));
	}
	assert_true(child.pid > 0);
	assert_true(loop_until(loop, has_exited, &child, 2 * WAIT_MS));
	assert_true(WIFEXITED(child.status));
	return WEXITSTATUS(child.status);
}

static void who_may_read_and_who_may_act(void **state)
{
	(void)state;
	backend.answers_at_once = true;
	assert_int_equal(as(0, OTHER_GROUP, OTHER_GROUP, MOVE), PERMITTED);
	assert_int_equal(as(SOMEBODY, ACT_GROUP, OTHER_GROUP, MOVE), PERMITTED);
	assert_int_equal(as(SOMEBODY, OTHER_GROUP, ACT_GROUP, MOVE), PERMITTED);
	assert_int_equal(as(SOMEBODY, OTHER_GROUP, ACT_GROUP, STATUS), PERMITTED);
	assert_int_equal(backend.commands, 3);
	assert_int_equal(as(SOMEBODY, READ_GROUP, OTHER_GROUP, STATUS), PERMITTED);
	assert_int_equal(as(SOMEBODY, OTHER_GROUP, READ_GROUP, STATUS), PERMITTED);
	assert_int_equal(as(SOMEBODY, OTHER_GROUP, READ_GROUP, MOVE), NOT_PERMITTED);
	assert_int_equal(as(SOMEBODY, READ_GROUP, OTHER_GROUP, MOVE), NOT_PERMITTED);
	assert_int_equal(as(SOMEBODY, OTHER_GROUP, OTHER_GROUP, STATUS), NOT_PERMITTED);
	assert_int_equal(as(SOMEBODY, OTHER_GROUP, OTHER_GROUP, MOVE), NOT_PERMITTED);
	assert_int_equal(backend.commands, 3);
}

static void without_groups_the_socket_is_roots_alone(void **state)
{
	struct server_options options = {.act_group = (gid_t)SERVER_NO_GROUP,
					 .read_group = (gid_t)SERVER_NO_GROUP};
	struct stat status;

	(void)state;
	open_with(&options);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(as(SOMEBODY, OTHER_GROUP, OTHER_GROUP, STATUS), NO_ACCESS);
	assert_int_equal(as(0, OTHER_GROUP, OTHER_GROUP, STATUS), PERMITTED);
}

static void with_one_group_the_kernel_keeps_others_away(void **state)
{
	struct server_options options = {.act_group = (gid_t)SERVER_NO_GROUP,
					 .read_group = READ_GROUP};
	struct stat status;

	(void)state;
	open_with(&options);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0660);
	assert_int_equal(status.st_gid, READ_GROUP);
	assert_int_equal(as(SOMEBODY, READ_GROUP, OTHER_GROUP, STATUS), PERMITTED);
	assert_int_equal(as(SOMEBODY, READ_GROUP, OTHER_GROUP, MOVE), NOT_PERMITTED);
	assert_int_equal(as(SOMEBODY, OTHER_GROUP, OTHER_GROUP, STATUS), NO_ACCESS);
}

/* Takes all the places that it gets, tells it, and holds them until it is killed. */
static void occupy(int told)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (setgroups(0, NULL) != 0 || setgid(ACT_GROUP) != 0 || setuid(SOMEBODY) != 0)
		_exit(9);
	strcpy(address.sun_path, path);
	for (unsigned i = 0; i < SERVER_CLIENTS; i++)
		if (connect(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&address,
			    sizeof(address)) != 0)
			_exit(8);
	if (write(told, "x", 1) != 1)
		_exit(7);
	for (;;)
		pause();
}

static bool is_told(void *data)
{
	char byte;

	return read(*(int *)data, &byte, 1) == 1;
}

static void others_cannot_take_the_places_of_root(void **state)
{
	struct client *client;
	int told[2];
	pid_t pid;

	(void)state;
	assert_int_equal(pipe2(told, O_NONBLOCK), 0);
	pid = fork();
	if (pid == 0)
		occupy(told[1]);
	assert_true(loop_until(loop, is_told, &told[0], WAIT_MS));
	client = new_client();
	ask(client, STATUS, "code", "DONE");
	end_client(client);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(told[0]);
	close(told[1]);
}

static void a_socket_left_by_a_daemon_that_was_killed_is_replaced(void **state)
{
	struct client *client;

	(void)state;
	assert_int_equal(close(open(path, O_WRONLY | O_CREAT, 0600)), 0);
	open_with(&both_groups);
	client = new_client();
	ask(client, STATUS, "code", "DONE");
	end_client(client);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define OWN(name)  cmocka_unit_test_setup_teardown(name, set_up_without_server, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(status_why_and_history_are_answered_in_one_line),
		TEST(several_requests_at_once_are_answered_one_after_another),
		TEST(a_request_that_comes_in_pieces_is_one),
		TEST(unknown_names_are_refused_with_their_codes),
		TEST(garbage_is_refused_and_the_client_may_go_on),
		TEST(a_line_without_end_is_refused_and_the_client_dropped),
		TEST(the_longest_request_is_taken),
		TEST(a_client_that_sends_no_more_still_gets_its_answer),
		TEST(a_command_tells_who_wants_what_hears_its_progress_and_ends_with_its_answer),
		TEST(a_command_of_a_node_hears_of_everything),
		TEST(a_command_that_is_answered_at_once_is_answered_once),
		TEST(the_next_request_waits_for_the_end_of_a_command),
		TEST(a_client_that_goes_does_not_undo_its_command_and_its_answer_hurts_nobody),
		TEST(a_monitor_is_told_at_once_and_of_every_change_but_not_without_one),
		TEST(a_monitor_is_told_at_most_five_times_a_second_and_ends_up_to_date),
		OWN(a_monitor_that_does_not_read_is_dropped_and_does_not_fill_the_memory),
		OWN(a_request_half_sent_is_not_waited_for_for_ever),
		OWN(a_client_that_asks_for_nothing_loses_its_place),
		TEST(of_a_hundred_clients_so_many_as_there_are_places_are_served),
		TEST(a_client_that_asks_without_pause_does_not_keep_others_waiting),
		TEST(who_may_read_and_who_may_act),
		OWN(without_groups_the_socket_is_roots_alone),
		OWN(with_one_group_the_kernel_keeps_others_away),
		TEST(others_cannot_take_the_places_of_root),
		OWN(a_socket_left_by_a_daemon_that_was_killed_is_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
