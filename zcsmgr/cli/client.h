/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Speaks with the daemon: a request, its progress, its answer. */
#ifndef ZCSMGR_CLI_CLIENT_H
#define ZCSMGR_CLI_CLIENT_H

#include <jansson.h>

#include "cli.h"

enum {
	CLIENT_READ_MS = 10 * 1000,	     /* a living daemon tells what it knows at once */
	CLIENT_ACT_MS = 30 * 60 * 1000,	     /* a stop and a start of everything, and retries */
	CLIENT_UPDATE_MS = 7 * 86400 * 1000, /* between two lines of a monitor */
};

struct client;

/* {"verb": verb}; NULL arguments add nothing. */
json_t *client_request(const char *verb, const char *service, const char *node);

/*
 * Connects and sends; takes the reference to the message. NULL: *failure was told already. The
 * deadline, --timeout or else usual_ms, runs from here.
 */
struct client *client_open(const struct cli_options *options, json_t *message, long usual_ms,
			   enum cli_exit *failure);
void client_close(struct client *client);

/* The next line that is no progress; progress goes to standard error as it comes. NULL: *failure
   was told already. */
json_t *client_receive(struct client *client, enum cli_exit *failure);

/* Starts the deadline anew. */
void client_renew(struct client *client);

/* All of that for one answer. */
json_t *client_run(const struct cli_options *options, json_t *message, long usual_ms,
		   enum cli_exit *failure);

/* What an answer makes the command exit with. */
enum cli_exit client_result(const json_t *answer);

/* Prints an answer: its text, or with --json the answer itself. Returns client_result(). */
enum cli_exit client_conclude(const struct cli_options *options, const json_t *answer);

/* Tells an error, with --json on standard output too, in the shape of an answer. */
enum cli_exit client_fail(const struct cli_options *options, enum cli_exit result, const char *code,
			  const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The STATUS of an answer to `status`, checked; a new reference. NULL: *failure was told. */
json_t *client_status(const struct cli_options *options, enum cli_exit *failure);

#endif
