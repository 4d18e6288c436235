/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line: options before or after the verb, the verb's arguments counted. */
#include "cli.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"

enum {
	ARGUMENTS = 4,		     /* a verb's, with its name and an ending NULL */
	TIMEOUT_LIMIT_S = 7 * 86400, /* far below what the poll timeout holds */
	LAST_LIMIT = 1000 * 1000,
	OPTION_BASE = 256, /* above every character */
};

enum option_value {
	OPTION_JSON = OPTION_BASE,
	OPTION_SOCKET,
	OPTION_TIMEOUT,
	OPTION_COLOR,
	OPTION_HELP,
	OPTION_VERSION,
	OPTION_YES,
	OPTION_ACCEPT_LOSS,
	OPTION_ALL,
	OPTION_SINCE,
	OPTION_LAST,
	OPTION_CONFIG,
};

static const struct option long_options[] = {
	{"json", no_argument, NULL, OPTION_JSON},
	{"socket", required_argument, NULL, OPTION_SOCKET},
	{"timeout", required_argument, NULL, OPTION_TIMEOUT},
	{"color", required_argument, NULL, OPTION_COLOR},
	{"help", no_argument, NULL, OPTION_HELP},
	{"version", no_argument, NULL, OPTION_VERSION},
	{"yes", no_argument, NULL, OPTION_YES},
	{"accept-loss", no_argument, NULL, OPTION_ACCEPT_LOSS},
	{"all", no_argument, NULL, OPTION_ALL},
	{"since", required_argument, NULL, OPTION_SINCE},
	{"last", required_argument, NULL, OPTION_LAST},
	{"config", required_argument, NULL, OPTION_CONFIG},
	{NULL, 0, NULL, 0},
};

static const char exit_codes[] = "Exit codes\n"
				 "  0  done; status: all is as it should be\n"
				 "  1  refused; status: something needs attention\n"
				 "  2  failed\n"
				 "  3  wrong usage\n"
				 "  4  no daemon answers, or no permission\n"
				 "  5  no answer in time\n";

static const char global_options[] =
	"Options of every verb\n"
	"  --json             print JSON instead of text\n"
	"  --socket PATH      the daemon's socket, instead of /run/zcsmgr/zcsmgr.sock\n"
	"  --timeout SECONDS  wait no longer than this\n"
	"  --color WHEN       auto (on a terminal, unless NO_COLOR is set), always, never\n"
	"  --help             tell more, with an example; also after a verb\n";

/* ---- help ----------------------------------------------------------------------------------- */

static void print_help(FILE *out)
{
	fputs("Usage: zcsmgr VERB [ARGUMENTS] [OPTIONS]\n\n"
	      "Shows and commands the services of this cluster, from any of its nodes.\n\n"
	      "Verbs\n",
	      out);
	for (const struct cli_verb *verb = cli_verbs; verb->name; verb++) {
		int width = fprintf(out, "  %s %s", verb->name, verb->arguments);

		fprintf(out, "%*s%s\n", width < 30 ? 30 - width : 1, "", verb->summary);
	}
	fprintf(out, "\n%s\n%s", global_options, exit_codes);
}

static void print_verb_help(const struct cli_verb *verb)
{
	printf("Usage: zcsmgr %s%s%s [OPTIONS]\n\n%s\n%s\n%s", verb->name,
	       verb->arguments[0] ? " " : "", verb->arguments, verb->help, global_options,
	       exit_codes);
}

const struct cli_verb *cli_find_verb(const char *name)
{
	for (const struct cli_verb *verb = cli_verbs; verb->name; verb++)
		if (strcmp(verb->name, name) == 0)
			return verb;
	return NULL;
}

/* ---- options -------------------------------------------------------------------------------- */

static bool parse_timeout(const char *text, long *timeout_ms)
{
	char *end;
	double seconds;

	errno = 0;
	seconds = strtod(text, &end);
	/* Also refuses what is not a number: every comparison with that is false. */
	if (errno != 0 || end == text || *end != '\0' || !(seconds >= 0.001) ||
	    !(seconds <= TIMEOUT_LIMIT_S)) {
		output_error("--timeout %s: give seconds, from 0.001 to %d", text, TIMEOUT_LIMIT_S);
		return false;
	}
	*timeout_ms = (long)(seconds * 1000);
	return true;
}

static bool parse_last(const char *text, long *last)
{
	char *end;

	errno = 0;
	*last = strtol(text, &end, 10);
	if (errno == 0 && end != text && *end == '\0' && *last >= 1 && *last <= LAST_LIMIT)
		return true;
	output_error("--last %s: give a number of records, from 1 to %d", text, LAST_LIMIT);
	return false;
}

static bool parse_color(const char *text, enum cli_color *color)
{
	static const char *const names[] = {"auto", "always", "never"};

	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(text, names[i]) == 0) {
			*color = (enum cli_color)i;
			return true;
		}
	output_error("--color %s: it is auto, always or never", text);
	return false;
}

static bool parse_option(int value, struct cli_options *options, unsigned *used, bool *version)
{
	switch ((enum option_value)value) {
	case OPTION_JSON:
		options->json = true;
		return true;
	case OPTION_SOCKET:
		options->socket = optarg;
		return true;
	case OPTION_TIMEOUT:
		return parse_timeout(optarg, &options->timeout_ms);
	case OPTION_COLOR:
		return parse_color(optarg, &options->color);
	case OPTION_HELP:
		options->help = true;
		return true;
	case OPTION_VERSION:
		*version = true;
		return true;
	case OPTION_YES:
		options->yes = true;
		*used |= CLI_OPTION_YES;
		return true;
	case OPTION_ACCEPT_LOSS:
		options->accept_loss = true;
		*used |= CLI_OPTION_ACCEPT_LOSS;
		return true;
	case OPTION_ALL:
		options->all = true;
		*used |= CLI_OPTION_ALL;
		return true;
	case OPTION_SINCE:
		options->since = optarg;
		*used |= CLI_OPTION_SINCE;
		return true;
	case OPTION_LAST:
		*used |= CLI_OPTION_LAST;
		return parse_last(optarg, &options->last);
	case OPTION_CONFIG:
		options->config = optarg;
		*used |= CLI_OPTION_CONFIG;
		return true;
	}
	return false;
}

static bool parse_options(int argc, char **argv, struct cli_options *options, unsigned *used,
			  bool *version)
{
	opterr = 0;
	for (;;) {
		int value = getopt_long(argc, argv, ":", long_options, NULL);

		if (value == -1)
			return true;
		if (value == ':') {
			output_error("%s needs a value", argv[optind - 1]);
			return false;
		}
		if (value == '?') {
			if (optopt > 0 && optopt < OPTION_BASE)
				output_error("there is no option -%c; see `zcsmgr --help`", optopt);
			else
				output_error("there is no option %s; see `zcsmgr --help`",
					     argv[optind - 1]);
			return false;
		}
		if (!parse_option(value, options, used, version))
			return false;
	}
}

/* ---- the verb ------------------------------------------------------------------------------- */

static bool check_arguments(const struct cli_verb *verb, int count, unsigned used)
{
	if (count < verb->least || count > verb->most) {
		output_error("usage: zcsmgr %s%s%s; see `zcsmgr %s --help`", verb->name,
			     verb->arguments[0] ? " " : "", verb->arguments, verb->name);
		return false;
	}
	if (used & ~verb->options) {
		output_error("an option given is not one of %s; see `zcsmgr %s --help`", verb->name,
			     verb->name);
		return false;
	}
	return true;
}

static enum cli_exit run_verb(const struct cli_options *options, unsigned used, int count,
			      char **words)
{
	const struct cli_verb *verb = cli_find_verb(words[0]);
	char *arguments[ARGUMENTS] = {NULL};

	if (!verb && strcmp(words[0], "help") == 0 && count == 1) {
		print_help(stdout);
		return CLI_DONE;
	}
	if (!verb && strcmp(words[0], "help") == 0 && count == 2) {
		verb = cli_find_verb(words[1]);
		if (verb) {
			print_verb_help(verb);
			return CLI_DONE;
		}
		words++;
	}
	if (!verb) {
		output_error("there is no verb %s; see `zcsmgr --help`", words[0]);
		return CLI_USAGE;
	}
	if (options->help) {
		print_verb_help(verb);
		return CLI_DONE;
	}
	if (!check_arguments(verb, count - 1, used))
		return CLI_USAGE;
	for (int i = 0; i < count && i < ARGUMENTS - 1; i++)
		arguments[i] = words[i];
	return verb->run(options, arguments);
}

enum cli_exit cli_main(int argc, char **argv)
{
	struct cli_options options = {0};
	unsigned used = 0;
	bool version = false;
	enum cli_exit result;

	if (!parse_options(argc, argv, &options, &used, &version))
		return CLI_USAGE;
	output_open(options.color);
	if (version)
		return version_verb(&options, NULL);
	if (optind == argc) {
		print_help(options.help ? stdout : stderr);
		return options.help ? CLI_DONE : CLI_USAGE;
	}
	result = run_verb(&options, used, argc - optind, argv + optind);
	/* A full disk or a closed pipe must not look like success to a script. */
	if (fflush(stdout) != 0 && result == CLI_DONE) {
		output_error("the output cannot be written: %s", strerror(errno));
		return CLI_FAILED;
	}
	return result;
}
