/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The zcsmgr command: one verb a call, each answered by the daemon of this node. */
#ifndef ZCSMGR_CLI_H
#define ZCSMGR_CLI_H

#include <stdbool.h>

/* What the command exits with; documented in --help, scripts rely on it. */
enum cli_exit {
	CLI_DONE = 0,
	CLI_REFUSED = 1, /* status: something needs attention */
	CLI_FAILED = 2,
	CLI_USAGE = 3,
	CLI_NO_DAEMON = 4, /* or no permission to speak to it */
	CLI_TIMEOUT = 5,
};

enum cli_color { CLI_COLOR_AUTO, CLI_COLOR_ALWAYS, CLI_COLOR_NEVER };

struct cli_options {
	bool json;
	const char *socket; /* NULL: the usual one */
	long timeout_ms;    /* 0: the verb's own */
	enum cli_color color;
	bool help;
	bool yes, accept_loss; /* confirm-down */
	bool all;	       /* history */
	const char *since;
	long last;	    /* 0: not given */
	const char *config; /* check */
};

/* Options that only some verbs have. */
enum {
	CLI_OPTION_YES = 1 << 0,
	CLI_OPTION_ACCEPT_LOSS = 1 << 1,
	CLI_OPTION_ALL = 1 << 2,
	CLI_OPTION_SINCE = 1 << 3,
	CLI_OPTION_LAST = 1 << 4,
	CLI_OPTION_CONFIG = 1 << 5,
};

struct cli_verb {
	const char *name;
	const char *arguments; /* "SERVICE [NODE]" */
	int least, most;       /* how many arguments */
	unsigned options;
	const char *summary; /* one line of the list of verbs */
	const char *help;    /* what --help says of it, with an example */
	/* arguments[0] is the verb; those not given are NULL. */
	enum cli_exit (*run)(const struct cli_options *options, char **arguments);
};

/* NULL: no such verb. */
const struct cli_verb *cli_find_verb(const char *name);

enum cli_exit cli_main(int argc, char **argv);

/* ---- the verbs ------------------------------------------------------------------------------ */

enum cli_exit status_verb(const struct cli_options *options, char **arguments);
enum cli_exit monitor_verb(const struct cli_options *options, char **arguments);
enum cli_exit why_verb(const struct cli_options *options, char **arguments);
enum cli_exit history_verb(const struct cli_options *options, char **arguments);
enum cli_exit act_verb(const struct cli_options *options, char **arguments);
enum cli_exit standby_verb(const struct cli_options *options, char **arguments);
enum cli_exit maintenance_verb(const struct cli_options *options, char **arguments);
enum cli_exit confirm_verb(const struct cli_options *options, char **arguments);
enum cli_exit check_verb(const struct cli_options *options, char **arguments);
enum cli_exit simulate_verb(const struct cli_options *options, char **arguments);
enum cli_exit version_verb(const struct cli_options *options, char **arguments);

/* The table of verbs, ended by a NULL name; verbs.c. */
extern const struct cli_verb cli_verbs[];

#endif
