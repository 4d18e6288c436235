/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verbs that need no running daemon. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "field.h"
#include "output.h"

#define DAEMON "zcsmgrd"

/* The daemon of the same build lies beside this program. */
static bool find_beside(char path[PATH_MAX])
{
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - sizeof(DAEMON) - 1);
	char *slash;

	if (length <= 0)
		return false;
	path[length] = '\0';
	slash = strrchr(path, '/');
	if (!slash)
		return false;
	strcpy(slash + 1, DAEMON);
	return access(path, X_OK) == 0;
}

/* The daemon does the checking, since it knows the drivers; its exit code becomes ours. */
enum cli_exit check_verb(const struct cli_options *options, char **arguments)
{
	char program[] = DAEMON, check[] = "--check", config[] = "--config", json[] = "--json";
	char path[PATH_MAX], *argv[6] = {program, check};
	unsigned count = 2;

	(void)arguments;
	if (options->config) {
		argv[count++] = config;
		argv[count++] = strdup(options->config);
	}
	if (options->json)
		argv[count++] = json;
	argv[count] = NULL;
	if (find_beside(path))
		execv(path, argv);
	else
		execvp(program, argv);
	output_error("cannot run " DAEMON " (%s): it is neither beside zcsmgr nor in PATH; install "
		     "the whole package",
		     strerror(errno));
	return CLI_FAILED;
}

enum cli_exit version_verb(const struct cli_options *options, char **arguments)
{
	(void)arguments;
	if (options->json) {
		json_t *version = json_pack("{s:s}", "version", ZCSMGR_VERSION);

		field_print(stdout, version, false);
		json_decref(version);
	} else {
		puts("zcsmgr " ZCSMGR_VERSION);
	}
	return CLI_DONE;
}
