/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zcsmgrd. Always in the foreground: service managers do not want it otherwise, and the SysV
 * script puts it into the background itself.
 *
 * Its memory is not locked: every page would count, also those that are never used, and what the
 * loop needs is touched every second. It is kept from the out-of-memory killer instead.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "check.h"
#include "daemon.h"
#include "lock.h"
#include "log.h"
#include "notify.h"

struct arguments {
	struct daemon_options options;
	bool check, json;
	const char *node;
	int exit_code; /* not -1: end at once */
};

/* ---- arguments ------------------------------------------------------------------------------ */

static void print_usage(FILE *out)
{
	fputs("zcsmgrd [OPTIONS]\n"
	      "\n"
	      "  --config FILE     default /etc/zcsmgr/zcsmgr.conf\n"
	      "  --state-dir DIR   what must outlive a reboot; default /var/lib/zcsmgr\n"
	      "  --run-dir DIR     socket, pid file; default /run/zcsmgr\n"
	      "  --foreground      the default, and the only mode\n"
	      "  --check           check the configuration against this host, and end\n"
	      "  --node NAME       with --check: as the node of that name\n"
	      "  --json            with --check: as JSON\n"
	      "  --version\n"
	      "  --help\n"
	      "\n"
	      "SIGTERM, SIGINT: hand the services over and end. SIGUSR1: end and leave them "
	      "running.\n"
	      "SIGHUP: reload the configuration on every node.\n"
	      "\n"
	      "Exit code: 0 ended as told; 1 an error that may pass; 75 another zcsmgrd runs;\n"
	      "77 not root; 78 the configuration or the state file is refused.\n",
	      out);
}

static void take_option(int option, const char *value, struct arguments *arguments)
{
	switch (option) {
	case 'c':
		arguments->options.config_path = value;
		break;
	case 's':
		arguments->options.state_directory = value;
		break;
	case 'r':
		arguments->options.run_directory = value;
		break;
	case 'k':
		arguments->check = true;
		break;
	case 'j':
		arguments->json = true;
		break;
	case 'n':
		arguments->node = value;
		break;
	case 'f':
		break;
	case 'v':
		puts("zcsmgrd " ZCSMGR_VERSION);
		arguments->exit_code = EXIT_SUCCESS;
		break;
	case 'h':
		print_usage(stdout);
		arguments->exit_code = EXIT_SUCCESS;
		break;
	default:
		print_usage(stderr);
		arguments->exit_code = EX_USAGE;
		break;
	}
}

/* The daemon leaves the folder it was started in: names must hold wherever it is. */
static bool is_absolute(const char *option, const char *path)
{
	if (path[0] == '/' && strlen(path) < CONFIG_PATH_SIZE - 32)
		return true;
	fprintf(stderr, "zcsmgrd: %s %s: give an absolute path of less than %d bytes\n", option,
		path, CONFIG_PATH_SIZE - 32);
	return false;
}

static bool are_absolute(const struct daemon_options *options)
{
	return is_absolute("--config", options->config_path) &&
	       is_absolute("--state-dir", options->state_directory) &&
	       is_absolute("--run-dir", options->run_directory);
}

static void parse_arguments(int argc, char **argv, struct arguments *arguments)
{
	static const struct option options[] = {
		{"config", required_argument, NULL, 'c'},
		{"state-dir", required_argument, NULL, 's'},
		{"run-dir", required_argument, NULL, 'r'},
		{"foreground", no_argument, NULL, 'f'},
		{"check", no_argument, NULL, 'k'},
		{"json", no_argument, NULL, 'j'},
		{"node", required_argument, NULL, 'n'},
		{"version", no_argument, NULL, 'v'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	int option;

	*arguments = (struct arguments){
		.options = {.config_path = "/etc/zcsmgr/zcsmgr.conf",
			    .state_directory = "/var/lib/zcsmgr",
			    .run_directory = "/run/zcsmgr"},
		.exit_code = -1,
	};
	while (arguments->exit_code < 0 &&
	       (option = getopt_long(argc, argv, "c:h", options, NULL)) != -1)
		take_option(option, optarg, arguments);
	if (arguments->exit_code >= 0)
		return;
	if (optind == argc) {
		if (!arguments->check && !are_absolute(&arguments->options))
			arguments->exit_code = EX_USAGE;
		return;
	}
	fprintf(stderr, "zcsmgrd: %s is not an option; see --help\n", argv[optind]);
	arguments->exit_code = EX_USAGE;
}

/* ---- the process ---------------------------------------------------------------------------- */

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, text, strlen(text)) < 0)
		fprintf(stderr, "zcsmgrd: %s: %s\n", path, strerror(errno));
	close(fd);
}

/* Whoever started it, it runs alike. */
static void shed_inheritance(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	sigset_t none;

	umask(022);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		close(null);
	}
	if (chdir("/") != 0)
		fprintf(stderr, "zcsmgrd: /: %s\n", strerror(errno));
	write_file("/proc/self/oom_score_adj", "-1000");
}

static bool make_directory(const char *path, mode_t mode)
{
	if (mkdir(path, mode) == 0 || errno == EEXIST)
		return true;
	fprintf(stderr, "zcsmgrd: %s: %s\n", path, strerror(errno));
	return false;
}

static int take_lock(const char *run_directory)
{
	pid_t other = 0;
	int fd = lock_take(run_directory, &other);

	if (fd >= 0)
		return fd;
	if (errno == EWOULDBLOCK)
		fprintf(stderr, "zcsmgrd: already running, with pid %d\n", (int)other);
	else
		fprintf(stderr, "zcsmgrd: %s/zcsmgr.pid: %s\n", run_directory, strerror(errno));
	return -1;
}

/* ---- from start to end ---------------------------------------------------------------------- */

static int run(const struct daemon_options *options)
{
	char text[2048] = "";
	struct daemon *daemon;
	bool is_final;

	notify_open();
	log_open();
	daemon = daemon_open(options, text, sizeof(text), &is_final);
	if (daemon) {
		daemon_run(daemon);
		daemon_close(daemon);
	} else {
		fprintf(stderr, "zcsmgrd: %s\n", text);
	}
	log_close();
	notify_close();
	if (daemon)
		return EXIT_SUCCESS;
	return is_final ? EX_CONFIG : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	struct arguments arguments;
	int lock, code;

	parse_arguments(argc, argv, &arguments);
	if (arguments.exit_code >= 0)
		return arguments.exit_code;
	if (arguments.check)
		return check_run(arguments.options.config_path, arguments.node, arguments.json,
				 stdout);
	if (geteuid() != 0) {
		fputs("zcsmgrd: must be run by root\n", stderr);
		return EX_NOPERM;
	}
	shed_inheritance();
	if (!make_directory(arguments.options.run_directory, 0755) ||
	    !make_directory(arguments.options.state_directory, 0700))
		return EXIT_FAILURE;
	lock = take_lock(arguments.options.run_directory);
	if (lock < 0)
		return EX_TEMPFAIL;
	code = run(&arguments.options);
	lock_release(arguments.options.run_directory, lock);
	return code;
}
