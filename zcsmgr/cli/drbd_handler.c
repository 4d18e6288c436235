/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drbd_handler.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <syslog.h>
#include <unistd.h>

#include "config.h"
#include "control.h"
#include "field.h"

enum {
	/* The daemon answers within CONTROL_FENCE_PEER_MS, and this is a little more. */
	LIMIT_MS = CONTROL_FENCE_PEER_MS + 1000,
	/* Exit codes. */
	UNKNOWN = 1,
	LEAST = 3,
	MOST = 7,
};

static void give_up(int number)
{
	(void)number;
	_exit(UNKNOWN);
}

/* Whatever hangs from now on, the daemon, the log, the memory: it ends. */
static void set_limit(void)
{
	struct sigaction action = {.sa_handler = give_up};
	struct itimerval timer = {.it_value = {.tv_sec = LIMIT_MS / 1000},
				  .it_interval = {.tv_sec = 1}};
	sigset_t none;

	sigaction(SIGALRM, &action, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_IGN);
	setitimer(ITIMER_REAL, &timer, NULL);
}

/* The kernel gives no descriptors: a socket must not become standard output. */
static void fill_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

static int answer_of(const json_t *line)
{
	const json_t *answer = json_object_get(line, "answer");
	json_int_t code = json_is_integer(answer) ? json_integer_value(answer) : UNKNOWN;

	if (strcmp(field_text(line, "result"), "done") != 0) {
		syslog(LOG_ERR, "the daemon does not answer: %s", field_text(line, "text"));
		return UNKNOWN;
	}
	return code >= LEAST && code <= MOST ? (int)code : UNKNOWN;
}

static int ask(const char *resource)
{
	json_t *request = json_pack("{s:s, s:s}", "verb", "drbd-fence-peer", "resource", resource);
	struct control *control = control_connect(NULL);
	json_t *line = NULL;
	int code = UNKNOWN;

	if (control && request && control_send(control, request) == 0)
		line = control_receive(control, LIMIT_MS);
	if (line)
		code = answer_of(line);
	else
		syslog(LOG_ERR, "%s: the daemon cannot be asked: %s", resource, strerror(errno));
	json_decref(line);
	control_close(control);
	json_decref(request);
	return code;
}

int drbd_handler_fence_peer(void)
{
	const char *resource = getenv("DRBD_RESOURCE");
	int code;

	set_limit();
	fill_descriptors();
	openlog("zcsmgr drbd-fence-peer", LOG_PID, LOG_DAEMON);
	if (!resource || *resource == '\0' || strlen(resource) >= CONFIG_NAME_SIZE) {
		syslog(LOG_ERR, "DRBD_RESOURCE names no resource; this is a handler for DRBD");
		return UNKNOWN;
	}
	code = ask(resource);
	syslog(LOG_NOTICE, "%s: answer %d", resource, code);
	return code;
}

int drbd_handler_unfence_peer(void)
{
	return 0;
}
