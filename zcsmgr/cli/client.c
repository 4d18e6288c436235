/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "client.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "control.h"
#include "field.h"
#include "output.h"

enum {
	SLICE_MS = 500,	   /* between two looks at the clock */
	SILENCE_MS = 2000, /* after so long the elapsed time is shown, ticking */
};

struct client {
	const struct cli_options *options;
	struct control *control;
	uint64_t begin_ms, deadline_ms, heard_ms;
	long timeout_ms;
	bool ticking; /* a line without end stands on the terminal */
};

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* ---- failures ------------------------------------------------------------------------------- */

enum cli_exit client_fail(const struct cli_options *options, enum cli_exit result, const char *code,
			  const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	output_error("%s", text);
	if (options->json) {
		json_t *answer = json_pack("{s:s, s:s, s:s}", "result", "failed", "code", code,
					   "text", text);

		field_print(stdout, answer, false);
		json_decref(answer);
	}
	return result;
}

static enum cli_exit tell_timeout(const struct cli_options *options, long timeout_ms)
{
	return client_fail(options, CLI_TIMEOUT, "TIMEOUT",
			   "no answer within %.3g s; an order that was given stands, `zcsmgr "
			   "status` shows how it goes on",
			   (double)timeout_ms / 1000);
}

static enum cli_exit tell_connect(const struct cli_options *options, int error, long timeout_ms)
{
	const char *path = options->socket ? options->socket : CONTROL_SOCKET;

	switch (error) {
	case ENOENT:
	case ECONNREFUSED:
		return client_fail(options, CLI_NO_DAEMON, "NO_DAEMON",
				   "no daemon answers at %s; start it: systemctl start zcsmgr",
				   path);
	case EACCES:
	case EPERM:
		return client_fail(options, CLI_NO_DAEMON, "NOT_PERMITTED",
				   "you may not use %s; be root, or join the group zcsadm (to "
				   "act) or zcsview (to read)",
				   path);
	case EINTR:
	case EAGAIN:
		return tell_timeout(options, timeout_ms);
	default:
		return client_fail(options, CLI_NO_DAEMON, "NO_DAEMON", "cannot connect to %s: %s",
				   path, strerror(error));
	}
}

static enum cli_exit tell_receive(const struct client *client, int error)
{
	switch (error) {
	case ETIMEDOUT:
		return tell_timeout(client->options, client->timeout_ms);
	case ECONNRESET:
		return client_fail(client->options, CLI_NO_DAEMON, "NO_DAEMON",
				   "the daemon ended before it answered; look what became of it: "
				   "systemctl status zcsmgr");
	case EPROTO:
		return client_fail(client->options, CLI_FAILED, "BAD_ANSWER",
				   "what answers is not JSON: is it zcsmgrd, of this version?");
	default:
		return client_fail(client->options, CLI_NO_DAEMON, "NO_DAEMON",
				   "the connection to the daemon failed: %s", strerror(error));
	}
}

/* ---- sending -------------------------------------------------------------------------------- */

json_t *client_request(const char *verb, const char *service, const char *node)
{
	json_t *message = json_pack("{s:s}", "verb", verb);

	if (service)
		json_object_set_new(message, "service", json_string(service));
	if (node)
		json_object_set_new(message, "node", json_string(node));
	return message;
}

static void interrupt(int number)
{
	(void)number;
}

/*
 * A stopped daemon leaves connect() waiting for ever once its backlog is full. The signal comes
 * again and again, so that one just before the call does no harm.
 */
static void set_alarm(long after_ms)
{
	struct sigaction action = {.sa_handler = interrupt};
	struct itimerval timer = {
		.it_value = {.tv_sec = after_ms / 1000, .tv_usec = after_ms % 1000 * 1000},
		.it_interval = {.tv_usec = after_ms ? 100 * 1000 : 0},
	};

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
}

void client_renew(struct client *client)
{
	client->heard_ms = now_ms();
	client->deadline_ms = client->heard_ms + (uint64_t)client->timeout_ms;
}

struct client *client_open(const struct cli_options *options, json_t *message, long usual_ms,
			   enum cli_exit *failure)
{
	struct client *client = calloc(1, sizeof(*client));
	int error = ENOMEM;

	if (client) {
		client->options = options;
		client->timeout_ms = options->timeout_ms ? options->timeout_ms : usual_ms;
		client->begin_ms = now_ms();
		client_renew(client);
		set_alarm(client->timeout_ms < CLIENT_READ_MS ? client->timeout_ms
							      : CLIENT_READ_MS);
		client->control = control_connect(options->socket);
		if (client->control && control_send(client->control, message) == 0)
			error = 0;
		else
			error = errno;
		set_alarm(0);
	}
	json_decref(message);
	if (error == 0)
		return client;
	*failure = error == EMSGSIZE
			   ? client_fail(options, CLI_USAGE, "BAD_REQUEST",
					 "the arguments are too long")
			   : tell_connect(options, error, client ? client->timeout_ms : usual_ms);
	client_close(client);
	return NULL;
}

void client_close(struct client *client)
{
	if (!client)
		return;
	control_close(client->control);
	free(client);
}

/* ---- receiving ------------------------------------------------------------------------------ */

static void clear_tick(struct client *client)
{
	if (client->ticking)
		fputs("\r\033[K", stderr);
	client->ticking = false;
}

/* Shows that it still waits, and for how long. */
static void tick(struct client *client)
{
	uint64_t now = now_ms();
	char elapsed[OUTPUT_DURATION_SIZE];

	if (!isatty(STDERR_FILENO) || now - client->heard_ms < SILENCE_MS)
		return;
	fprintf(stderr, "\r\033[K  waiting, %s",
		output_duration(elapsed, (double)((now - client->begin_ms) / 1000)));
	fflush(stderr);
	client->ticking = true;
}

static void show_progress(const struct client *client, const json_t *record)
{
	const char *detail = field_text(record, "detail");
	char elapsed[OUTPUT_DURATION_SIZE], line[2048];

	snprintf(line, sizeof(line), "%s%s%s%s%s%s", field_text(record, "node"),
		 *field_text(record, "node") ? ": " : "", field_text(record, "text"),
		 *detail ? " (" : "", detail, *detail ? ")" : "");
	fprintf(stderr, "%12s  ",
		output_duration(elapsed, (double)(now_ms() - client->begin_ms) / 1000));
	output_wrap(stderr, output_level(field_text(record, "level")), line, 14, 14);
}

static json_t *receive_line(struct client *client)
{
	for (;;) {
		uint64_t now = now_ms();
		uint64_t left_ms = client->deadline_ms > now ? client->deadline_ms - now : 0;
		int slice_ms = (int)(left_ms < SLICE_MS ? left_ms : SLICE_MS);
		json_t *line = control_receive(client->control, slice_ms);
		int error = errno;

		if (line || error != ETIMEDOUT || left_ms == 0) {
			clear_tick(client);
			errno = error;
			return line;
		}
		tick(client);
	}
}

json_t *client_receive(struct client *client, enum cli_exit *failure)
{
	for (;;) {
		json_t *line = receive_line(client);
		const json_t *record = json_object_get(line, "progress");

		if (!line) {
			*failure = tell_receive(client, errno);
			return NULL;
		}
		if (!record)
			return line;
		client->heard_ms = now_ms();
		show_progress(client, record);
		json_decref(line);
	}
}

json_t *client_run(const struct cli_options *options, json_t *message, long usual_ms,
		   enum cli_exit *failure)
{
	struct client *client = client_open(options, message, usual_ms, failure);
	json_t *answer = client ? client_receive(client, failure) : NULL;

	client_close(client);
	return answer;
}

/* ---- answers -------------------------------------------------------------------------------- */

enum cli_exit client_result(const json_t *answer)
{
	const char *result = field_text(answer, "result");

	if (strcmp(result, "done") == 0)
		return CLI_DONE;
	if (strcmp(field_text(answer, "code"), "NOT_PERMITTED") == 0)
		return CLI_NO_DAEMON;
	return strcmp(result, "refused") == 0 ? CLI_REFUSED : CLI_FAILED;
}

enum cli_exit client_conclude(const struct cli_options *options, const json_t *answer)
{
	enum cli_exit result = client_result(answer);
	const char *text = field_text(answer, "text");

	if (options->json) {
		field_print(stdout, answer, false);
	} else if (result == CLI_DONE) {
		output_wrap(stdout, OUTPUT_GOOD, *text ? text : "done", 0, 0);
	} else {
		output_text(stderr, OUTPUT_ERROR, result == CLI_FAILED ? "failed:" : "refused:");
		fputc(' ', stderr);
		output_wrap(stderr, OUTPUT_PLAIN, *text ? text : field_text(answer, "code"), 9, 9);
	}
	return result;
}

json_t *client_status(const struct cli_options *options, enum cli_exit *failure)
{
	json_t *answer =
		client_run(options, client_request("status", NULL, NULL), CLIENT_READ_MS, failure);
	json_t *status = json_object_get(answer, "status");

	if (!answer)
		return NULL;
	if (json_is_object(status)) {
		json_incref(status);
	} else if (client_result(answer) == CLI_DONE) {
		status = NULL;
		*failure = client_fail(options, CLI_FAILED, "BAD_ANSWER",
				       "the daemon's answer has no status: is it of this "
				       "version?");
	} else {
		status = NULL;
		*failure = client_conclude(options, answer);
	}
	json_decref(answer);
	return status;
}
