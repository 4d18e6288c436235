/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "agent.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "command.h"

enum {
	INPUT_SIZE = CONFIG_OPTIONS * (CONFIG_NAME_SIZE + CONFIG_PATH_SIZE + 2) + 64,
	OUTPUT_SIZE = 8192,
	SAID_SIZE = 300, /* of its output, the end of which tells most */
	RETRY_MS = 1000,

	STATUS_ON = 0,
	STATUS_OFF = 2,
};

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* One line of printable characters, in place. */
static void flatten(char *output)
{
	char *to = output;

	for (const char *from = output; *from; from++) {
		if (isgraph((unsigned char)*from))
			*to++ = *from;
		else if (to > output && to[-1] != ' ')
			*to++ = ' ';
	}
	while (to > output && to[-1] == ' ')
		to--;
	*to = '\0';
}

/* ---- what the agent is told ----------------------------------------------------------------- */

static int refuse(const struct fencing_config *fencing, const char *option, char *text, size_t size)
{
	snprintf(text, size,
		 "fencing of %s: option '%s' cannot be passed to %s, which reads one option a "
		 "line: remove the line break, the '=' in its name, or the option",
		 fencing->node, option, fencing->agent);
	flatten(text);
	return -1;
}

static int write_input(const struct fencing_config *fencing, const char *action, char *input,
		       char *text, size_t text_size)
{
	size_t length = (size_t)snprintf(input, INPUT_SIZE, "action=%s\n", action);

	for (unsigned i = 0; i < fencing->option_count; i++) {
		const char *name = fencing->options[i].name, *value = fencing->options[i].value;

		/* Another action than ours could switch on what must be off. */
		if (name[0] == '\0' || strpbrk(name, "\r\n=") || strpbrk(value, "\r\n") ||
		    strcasecmp(name, "action") == 0)
			return refuse(fencing, name[0] ? name : "(empty)", text, text_size);
		length += (size_t)snprintf(input + length, INPUT_SIZE - length, "%s=%s\n", name,
					   value);
	}
	return 0;
}

/* ---- what it said --------------------------------------------------------------------------- */

static bool is_secret(const char *name)
{
	static const char *const parts[] = {"pass", "secret", "token", "key", "community"};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcasestr(name, parts[i]))
			return true;
	return false;
}

static void hide(char *output, const char *secret)
{
	size_t length = strlen(secret);

	for (char *at = output; length > 0 && (at = strstr(at, secret)) != NULL; at += length)
		memset(at, '*', length);
}

static void hide_secrets(const struct fencing_config *fencing, char *output)
{
	bool cut = strlen(output) == OUTPUT_SIZE - 1;

	for (unsigned i = 0; i < fencing->option_count; i++)
		if (is_secret(fencing->options[i].name))
			hide(output, fencing->options[i].value);
	if (cut) /* perhaps in the middle of one, which was not found then */
		output[OUTPUT_SIZE - 1 - CONFIG_PATH_SIZE] = '\0';
}

static void describe(const struct fencing_config *fencing, const char *action, int result,
		     char *output, char *text, size_t text_size)
{
	const char *said = output;
	char how[96];

	hide_secrets(fencing, output);
	flatten(output);
	if (strlen(said) > SAID_SIZE)
		said += strlen(said) - SAID_SIZE;
	if (result == COMMAND_NOT_FOUND) {
		snprintf(text, text_size,
			 "%s is not installed, or not in PATH; install it (package fence-agents)",
			 fencing->agent);
		return;
	}
	if (result == COMMAND_TIMEOUT)
		snprintf(how, sizeof(how), "was not done within %u s and was killed",
			 fencing->timeout_ms / 1000);
	else if (result == COMMAND_KILLED)
		snprintf(how, sizeof(how), "was killed by a signal");
	else if (result < 0)
		snprintf(how, sizeof(how), "could not be started");
	else
		snprintf(how, sizeof(how), "ended with exit code %d", result);
	snprintf(text, text_size, "%s %s for %s %s%s%s", fencing->agent, action, fencing->node, how,
		 said[0] ? ": " : "", said);
}

/* The exit code, or one of command.h's; text tells how it ended. */
static int call(const struct fencing_config *fencing, const char *action, uint64_t timeout_ms,
		char *text, size_t text_size)
{
	char input[INPUT_SIZE], output[OUTPUT_SIZE];
	const char *argv[] = {fencing->agent, NULL};
	const struct command command = {
		.argv = argv,
		.input = input,
		.timeout_ms = (uint32_t)timeout_ms,
		.output = output,
		.output_size = sizeof(output),
	};
	int result;

	if (write_input(fencing, action, input, text, text_size) != 0)
		return COMMAND_ERROR;
	result = command_run(&command);
	explicit_bzero(input, sizeof(input));
	describe(fencing, action, result, output, text, text_size);
	return result;
}

/* ---- fencing -------------------------------------------------------------------------------- */

/* Power goes away some time after `off`, and some controllers do not answer meanwhile. */
static bool wait_for_off(const struct fencing_config *fencing, char *text, size_t text_size)
{
	uint64_t deadline_ms = now_ms() + fencing->timeout_ms;

	do {
		int result = call(fencing, "status", deadline_ms - now_ms(), text, text_size);

		if (result == STATUS_OFF)
			return true;
		if (result == COMMAND_NOT_FOUND || result == COMMAND_TIMEOUT)
			return false;
		if (result == STATUS_ON)
			snprintf(text, text_size,
				 "%s off for %s succeeded, but its status still said on %u s later",
				 fencing->agent, fencing->node, fencing->timeout_ms / 1000);
		nanosleep(&(struct timespec){.tv_sec = RETRY_MS / 1000}, NULL);
	} while (now_ms() + RETRY_MS < deadline_ms);
	return false;
}

bool agent_fence(const struct fencing_config *fencing, bool on, char *text, size_t text_size)
{
	if (call(fencing, on ? "on" : "off", fencing->timeout_ms, text, text_size) != 0)
		return false;
	if (!on && !wait_for_off(fencing, text, text_size))
		return false;
	snprintf(text, text_size, "%s: %s is %s", fencing->agent, fencing->node,
		 on ? "switched on" : "off");
	return true;
}

int agent_status(const struct fencing_config *fencing, char *text, size_t text_size)
{
	switch (call(fencing, "status", fencing->timeout_ms, text, text_size)) {
	case STATUS_ON:
		return 1;
	case STATUS_OFF:
		return 0;
	}
	return -1;
}
