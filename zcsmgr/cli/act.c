/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verbs that change something: each is one request, shown while it runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "client.h"
#include "describe.h"
#include "field.h"
#include "output.h"

static enum cli_exit run(const struct cli_options *options, json_t *message)
{
	enum cli_exit result = CLI_FAILED;
	json_t *answer = client_run(options, message, CLIENT_ACT_MS, &result);

	if (!answer)
		return result;
	result = client_conclude(options, answer);
	json_decref(answer);
	return result;
}

enum cli_exit act_verb(const struct cli_options *options, char **arguments)
{
	return run(options, client_request(arguments[0], arguments[1], arguments[2]));
}

enum cli_exit maintenance_verb(const struct cli_options *options, char **arguments)
{
	bool on = strcmp(arguments[1], "on") == 0;
	json_t *message;

	if (!on && strcmp(arguments[1], "off") != 0) {
		output_error("maintenance %s: say on or off", arguments[1]);
		return CLI_USAGE;
	}
	message = client_request(arguments[0], arguments[2], NULL);
	json_object_set_new(message, "on", json_boolean(on));
	return run(options, message);
}

enum cli_exit standby_verb(const struct cli_options *options, char **arguments)
{
	enum cli_exit result = CLI_FAILED;
	json_t *status;

	if (arguments[1])
		return run(options, client_request(arguments[0], NULL, arguments[1]));
	status = client_status(options, &result);
	if (!status)
		return result;
	result = run(options, client_request(arguments[0], NULL, field_text(status, "node")));
	json_decref(status);
	return result;
}

/* ---- confirm-down --------------------------------------------------------------------------- */

static void show_assertion(const json_t *status, const json_t *node)
{
	const char *name = field_text(node, "name");
	char elapsed[OUTPUT_DURATION_SIZE], state[DESCRIBE_SIZE], text[256];
	const json_t *service;
	size_t i;

	snprintf(text, sizeof(text),
		 "You assert that %s is powered off, and stays off until it joins the cluster "
		 "again. If it still runs, its services will run twice and mail will be destroyed.",
		 name);
	output_wrap(stderr, OUTPUT_BOLD, text, 0, 0);
	describe_node(node, state);
	fprintf(stderr, "\n  %s: ", name);
	output_text(stderr, OUTPUT_PLAIN, state);
	fprintf(stderr, ", for %s\n", output_duration(elapsed, field_number(node, "since_s")));
	json_array_foreach(json_object_get(status, "services"), i, service)
	{
		char line[DESCRIBE_SIZE];

		if (!field_find_name(json_object_get(service, "nodes"), name))
			continue;
		snprintf(text, sizeof(text), "%s: %s", field_text(service, "name"),
			 describe_copies(status, service, name, line));
		fputs("  ", stderr);
		output_wrap(stderr, OUTPUT_PLAIN, text, 2, 4);
	}
	fputc('\n', stderr);
}

static bool ask(const char *name)
{
	char line[16];

	fputs("Is ", stderr);
	output_text(stderr, OUTPUT_PLAIN, name);
	fputs(" off, as you have seen yourself? [y/N] ", stderr);
	if (!fgets(line, sizeof(line), stdin))
		return false;
	return strcasecmp(line, "y\n") == 0 || strcasecmp(line, "yes\n") == 0;
}

static enum cli_exit confirm(const struct cli_options *options, const json_t *status,
			     const char *name)
{
	const json_t *node = field_find_name(json_object_get(status, "nodes"), name);
	json_t *message;

	if (!node)
		return client_fail(options, CLI_REFUSED, "UNKNOWN_NODE",
				   "there is no node %s; `zcsmgr status` names them", name);
	show_assertion(status, node);
	if (!options->yes && !ask(name))
		return client_fail(options, CLI_REFUSED, "NOT_CONFIRMED", "nothing was done");
	message = client_request("confirm-down", NULL, name);
	json_object_set_new(message, "accept_loss", json_boolean(options->accept_loss));
	return run(options, message);
}

enum cli_exit confirm_verb(const struct cli_options *options, char **arguments)
{
	enum cli_exit result = CLI_FAILED;
	json_t *status;

	if (!options->yes && !isatty(STDIN_FILENO)) {
		output_error("confirm-down asks on a terminal; elsewhere add --yes if you have "
			     "seen yourself that %s is off",
			     arguments[1]);
		return CLI_USAGE;
	}
	status = client_status(options, &result);
	if (!status)
		return result;
	result = confirm(options, status, arguments[1]);
	json_decref(status);
	return result;
}
