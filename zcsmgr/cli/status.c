/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verbs that show the present: status, why, monitor. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "client.h"
#include "describe.h"
#include "field.h"
#include "output.h"

enum cli_exit status_verb(const struct cli_options *options, char **arguments)
{
	enum cli_exit result = CLI_FAILED;
	json_t *status = client_status(options, &result);

	(void)arguments;
	if (!status)
		return result;
	if (options->json)
		field_print(stdout, status, true);
	else
		describe_status(stdout, status);
	result = describe_needs_attention(status) ? CLI_REFUSED : CLI_DONE;
	json_decref(status);
	return result;
}

/* ---- why ------------------------------------------------------------------------------------ */

static enum cli_exit show_why(const struct cli_options *options, const json_t *services,
			      const char *name)
{
	json_t *chosen = json_array();
	json_t *service;
	size_t i;

	json_array_foreach(services, i, service)
	{
		if (!name || strcmp(field_text(service, "name"), name) == 0)
			json_array_append(chosen, service);
	}
	if (options->json)
		field_print(stdout, chosen, true);
	json_array_foreach(chosen, i, service)
	{
		if (!options->json)
			describe_why(stdout, service);
	}
	json_decref(chosen);
	return CLI_DONE;
}

enum cli_exit why_verb(const struct cli_options *options, char **arguments)
{
	enum cli_exit result = CLI_FAILED;
	json_t *answer = client_run(options, client_request("why", arguments[1], NULL),
				    CLIENT_READ_MS, &result);

	if (!answer)
		return result;
	if (client_result(answer) == CLI_DONE)
		result = show_why(options,
				  json_object_get(json_object_get(answer, "status"), "services"),
				  arguments[1]);
	else
		result = client_conclude(options, answer);
	json_decref(answer);
	return result;
}

/* ---- monitor -------------------------------------------------------------------------------- */

/* Rows of the terminal, as many as one likes if it does not tell; 0: standard output is none. */
static size_t terminal_rows(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_row ? size.ws_row : SIZE_MAX;
}

/* Overwrites what stands there line by line, which does not flicker as clearing all would. */
static void show_screen(const char *text, size_t rows)
{
	fputs("\033[H", stdout);
	for (size_t row = 1; *text && row < rows; row++) {
		size_t length = strcspn(text, "\n");

		printf("%.*s\033[K\n", (int)length, text);
		text += length + (text[length] == '\n');
	}
	fputs("\033[J", stdout);
}

static void show_update(const struct cli_options *options, const json_t *status)
{
	size_t rows = terminal_rows(), size = 0;
	char *text = NULL, date[32];
	struct tm local;
	time_t when;
	FILE *out;

	if (options->json || rows == 0) {
		if (options->json)
			field_print(stdout, status, false);
		else
			describe_status(stdout, status);
		if (!options->json)
			fputc('\n', stdout);
		return;
	}
	out = open_memstream(&text, &size);
	if (!out)
		return;
	/* It comes when something changes: how long things last is of that moment. */
	when = (time_t)field_number(status, "time");
	if (localtime_r(&when, &local) && strftime(date, sizeof(date), "%H:%M:%S", &local))
		fprintf(out, "As of %s\n\n", date);
	describe_status(out, status);
	if (fclose(out) == 0)
		show_screen(text, rows);
	free(text);
}

static enum cli_exit follow(const struct cli_options *options, struct client *client)
{
	enum cli_exit result = CLI_FAILED;
	json_t *line;

	while ((line = client_receive(client, &result))) {
		const json_t *status = json_object_get(line, "status");

		if (!json_is_object(status)) {
			result = client_conclude(options, line);
			json_decref(line);
			return result;
		}
		show_update(options, status);
		json_decref(line);
		/* Nobody reads any longer, or the disk is full. */
		if (fflush(stdout) != 0) {
			output_error("the output cannot be written: %s", strerror(errno));
			return CLI_FAILED;
		}
		client_renew(client);
	}
	return result;
}

enum cli_exit monitor_verb(const struct cli_options *options, char **arguments)
{
	enum cli_exit result = CLI_FAILED;
	struct client *client = client_open(options, client_request("monitor", NULL, NULL),
					    CLIENT_UPDATE_MS, &result);

	(void)arguments;
	if (!client)
		return result;
	if (terminal_rows() > 0)
		fputs("\033[2J", stdout);
	result = follow(options, client);
	client_close(client);
	return result;
}
