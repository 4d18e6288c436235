/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The client's end of the control socket: whole lines of JSON, within bounds, and no wait too long.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "control.h"
#include "folder.h"

enum { WAIT_MS = 30000 }; /* for what surely comes */

static char folder[64], path[100];
static int listener = -1, peer = -1; /* the daemon's ends */
static struct control *control;

static int listen_there(void **state)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	(void)state;
	folder_make(folder);
	snprintf(path, sizeof(path), "%s/socket", folder);
	strcpy(address.sun_path, path);
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(listener, (const struct sockaddr *)&address, sizeof(address)) != 0)
		return -1;
	return listen(listener, 1);
}

static void hang_up(void)
{
	if (peer >= 0)
		close(peer);
	peer = -1;
}

static int remove_it(void **state)
{
	(void)state;
	control_close(control);
	control = NULL;
	hang_up();
	close(listener);
	folder_remove(folder);
	return 0;
}

static int connect_to_it(void **state)
{
	if (listen_there(state) != 0)
		return -1;
	control = control_connect(path);
	peer = accept(listener, NULL, NULL);
	return control && peer >= 0 ? 0 : -1;
}

static void say_bytes(const char *bytes, size_t size)
{
	assert_int_equal(write(peer, bytes, size), size);
}

static void say(const char *text)
{
	say_bytes(text, strlen(text));
}

/* The number in the next line, which is {"n": NUMBER}. */
static json_int_t next_number(void)
{
	json_t *line = control_receive(control, WAIT_MS);
	json_int_t number;

	assert_non_null(line);
	assert_true(json_is_integer(json_object_get(line, "n")));
	number = json_integer_value(json_object_get(line, "n"));
	json_decref(line);
	return number;
}

static void receives_none(int timeout_ms, int number)
{
	errno = 0;
	assert_null(control_receive(control, timeout_ms));
	assert_int_equal(errno, number);
}

/* ---- connecting ----------------------------------------------------------------------------- */

static void a_daemon_that_is_not_there_is_told_apart(void **state)
{
	char other[200];

	(void)state;
	errno = 0;
	snprintf(other, sizeof(other), "%s/none", folder);
	assert_null(control_connect(other));
	assert_int_equal(errno, ENOENT);
	close(listener); /* the socket stays, as after a crash */
	listener = -1;
	assert_null(control_connect(path));
	assert_int_equal(errno, ECONNREFUSED);
	memset(other, 'x', sizeof(other) - 1);
	other[sizeof(other) - 1] = '\0';
	assert_null(control_connect(other));
	assert_int_equal(errno, ENAMETOOLONG);
}

static void who_may_not_is_told_so(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(chmod(path, 0600), 0);
	pid = fork();
	if (pid == 0) {
		if (setuid(65534) != 0)
			_exit(2);
		_exit(!control_connect(path) && errno == EACCES ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void closing_nothing_does_nothing_and_keeps_errno(void **state)
{
	(void)state;
	errno = EPROTO;
	control_close(NULL);
	assert_int_equal(errno, EPROTO);
}

/* ---- requests ------------------------------------------------------------------------------- */

static json_t *request_of(size_t size)
{
	json_t *request = json_object();
	char *text = calloc(1, size + 1);

	memset(text, 'x', size - strlen("{\"verb\":\"\"}"));
	json_object_set_new(request, "verb", json_string(text));
	free(text);
	return request;
}

static void a_request_is_one_line(void **state)
{
	static const char wanted[] = "{\"verb\":\"move\",\"service\":\"two\\nlines\"}\n";
	json_t *request = json_pack("{s:s, s:s}", "verb", "move", "service", "two\nlines");
	char line[sizeof(wanted)];

	(void)state;
	assert_int_equal(control_send(control, request), 0);
	json_decref(request);
	assert_int_equal(recv(peer, line, sizeof(wanted) - 1, MSG_WAITALL), sizeof(wanted) - 1);
	assert_memory_equal(line, wanted, sizeof(wanted) - 1);
	assert_int_equal(recv(peer, line, sizeof(line), MSG_DONTWAIT), -1);
}

static void the_longest_request_is_sent_a_longer_one_is_not(void **state)
{
	json_t *longest = request_of(CONTROL_REQUEST_SIZE - 1);
	json_t *longer = request_of(CONTROL_REQUEST_SIZE);
	char line[2 * CONTROL_REQUEST_SIZE];

	(void)state;
	errno = 0;
	assert_int_equal(control_send(control, longer), -1);
	assert_int_equal(errno, EMSGSIZE);
	assert_int_equal(control_send(control, longest), 0);
	assert_int_equal(recv(peer, line, CONTROL_REQUEST_SIZE, MSG_WAITALL), CONTROL_REQUEST_SIZE);
	assert_int_equal(line[CONTROL_REQUEST_SIZE - 1], '\n');
	assert_int_equal(recv(peer, line, sizeof(line), MSG_DONTWAIT), -1);
	json_decref(longest);
	json_decref(longer);
}

static void what_is_no_json_is_not_sent(void **state)
{
	(void)state;
	errno = 0;
	assert_int_equal(control_send(control, NULL), -1);
	assert_int_equal(errno, EINVAL);
}

static void a_daemon_that_is_gone_is_an_error_and_no_signal(void **state)
{
	json_t *request = request_of(100);

	(void)state;
	hang_up();
	errno = 0;
	assert_int_equal(control_send(control, request), -1);
	assert_int_equal(errno, EPIPE);
	json_decref(request);
}

/* ---- answers -------------------------------------------------------------------------------- */

static void lines_come_one_by_one_however_they_are_packed(void **state)
{
	static const char text[] = "{\"n\":4}\n";

	(void)state;
	say("{\"n\":1}\n{\"n\":2}\n  { \"n\" : 3 }  \r\n");
	assert_int_equal(next_number(), 1);
	assert_int_equal(next_number(), 2);
	assert_int_equal(next_number(), 3);
	for (size_t i = 0; i < sizeof(text) - 1; i++) {
		receives_none(0, ETIMEDOUT);
		say_bytes(text + i, 1);
	}
	assert_int_equal(next_number(), 4);
	receives_none(0, ETIMEDOUT);
}

static void a_wait_ends_at_its_time_though_bytes_come(void **state)
{
	struct timespec before, after;
	pid_t pid = fork();
	double passed_ms;

	(void)state;
	if (pid == 0) { /* a line without end, slowly */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (write(peer, " ", 1) == 1)
			usleep(5000);
		_exit(0);
	}
	clock_gettime(CLOCK_MONOTONIC, &before);
	receives_none(100, ETIMEDOUT);
	clock_gettime(CLOCK_MONOTONIC, &after);
	passed_ms = (double)(after.tv_sec - before.tv_sec) * 1e3 +
		    (double)(after.tv_nsec - before.tv_nsec) / 1e6;
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_true(passed_ms >= 99 && passed_ms < WAIT_MS);
}

static void what_came_before_the_end_is_read_before_it(void **state)
{
	(void)state;
	say("{\"n\":1}\n{\"n\":2}\n{\"n\":");
	hang_up();
	assert_int_equal(next_number(), 1);
	assert_int_equal(next_number(), 2);
	receives_none(-1, ECONNRESET);
	receives_none(-1, ECONNRESET);
}

static void a_line_that_is_no_json_object_is_refused_and_the_next_one_read(void **state)
{
	static const struct {
		const char *line;
		size_t size;
	} lines[] = {
#define LINE(text) {text, sizeof(text) - 1}
		LINE("\n"),
		LINE("result\n"),
		LINE("{\"n\":1\n"),
		LINE("{\"n\":1}}\n"),
		LINE("{\"n\":1} {\"n\":1}\n"),
		LINE("{\"n\":1,\"n\":2}\n"), /* which one is meant? */
		LINE("{\"n\":01}\n"),
		LINE("{\"n\":\"\xff\"}\n"),
		LINE("{\"n\":\"\\ud800\"}\n"),
		LINE("{\"n\":1}\0\n"),
		LINE("5\n"),
#undef LINE
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		say_bytes(lines[i].line, lines[i].size);
		say("{\"n\":9}\n");
		receives_none(WAIT_MS, EPROTO);
		assert_int_equal(next_number(), 9);
	}
}

static void nesting_without_bound_is_refused(void **state)
{
	char deep[10000];

	(void)state;
	memset(deep, '[', sizeof(deep));
	say_bytes(deep, sizeof(deep));
	say("\n{\"n\":9}\n");
	receives_none(WAIT_MS, EPROTO);
	assert_int_equal(next_number(), 9);
}

/* More than a socket holds: another process says it. */
static pid_t say_much(size_t size, const char *end)
{
	char *text = malloc(size);
	pid_t pid;

	assert_non_null(text);
	memset(text, ' ', size);
	memcpy(text, "{\"n\":1}", 7);
	memcpy(text + size - strlen(end), end, strlen(end));
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (size_t said = 0; said < size;) {
			ssize_t count = write(peer, text + said, size - said);

			if (count <= 0)
				_exit(1);
			said += (size_t)count;
		}
		_exit(0);
	}
	free(text);
	hang_up();
	return pid;
}

static void the_longest_line_is_taken(void **state)
{
	pid_t pid = say_much(CONTROL_LINE_SIZE, "\n");

	(void)state;
	assert_int_equal(next_number(), 1);
	receives_none(WAIT_MS, ECONNRESET);
	waitpid(pid, NULL, 0);
}

static void a_longer_line_is_refused_and_nothing_after_it_is_believed(void **state)
{
	pid_t pid = say_much(CONTROL_LINE_SIZE + 9, "\n{\"n\":9}\n");

	(void)state;
	receives_none(WAIT_MS, EPROTO);
	receives_none(WAIT_MS, EPROTO);
	control_close(control); /* or the other process never ends */
	control = NULL;
	waitpid(pid, NULL, 0);
}

#define CONNECTED(name) cmocka_unit_test_setup_teardown(name, connect_to_it, remove_it)
#define LISTENING(name) cmocka_unit_test_setup_teardown(name, listen_there, remove_it)

int main(void)
{
	const struct CMUnitTest tests[] = {
		LISTENING(a_daemon_that_is_not_there_is_told_apart),
		LISTENING(who_may_not_is_told_so),
		LISTENING(closing_nothing_does_nothing_and_keeps_errno),
		CONNECTED(a_request_is_one_line),
		CONNECTED(the_longest_request_is_sent_a_longer_one_is_not),
		CONNECTED(what_is_no_json_is_not_sent),
		CONNECTED(a_daemon_that_is_gone_is_an_error_and_no_signal),
		CONNECTED(lines_come_one_by_one_however_they_are_packed),
		CONNECTED(a_wait_ends_at_its_time_though_bytes_come),
		CONNECTED(what_came_before_the_end_is_read_before_it),
		CONNECTED(a_line_that_is_no_json_object_is_refused_and_the_next_one_read),
		CONNECTED(nesting_without_bound_is_refused),
		CONNECTED(the_longest_line_is_taken),
		CONNECTED(a_longer_line_is_refused_and_nothing_after_it_is_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
