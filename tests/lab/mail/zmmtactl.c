/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Set-user-id root: starts, stops and asks for Postfix's master, which needs root, as the suite
 * does through sudo. It takes its paths from nobody.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define PID_FILE "/opt/zimbra/data/postfix/spool/pid/master.pid"

/* Postfix holds a lock on its pid file as long as it lives, so a stale file deceives nobody. */
static pid_t master(void)
{
	char text[128] = ""; /* padded with blanks */
	int fd = open(PID_FILE, O_RDWR | O_CLOEXEC);
	pid_t pid = 0;

	if (fd < 0)
		return 0;
	if (flock(fd, LOCK_EX | LOCK_NB) != 0 && read(fd, text, sizeof(text) - 1) > 0)
		pid = (pid_t)atoi(text);
	close(fd);
	return pid;
}

static int start(void)
{
	static char *const environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL};
	static char *const arguments[] = {"master", "-w", "-c", "/opt/zimbra/conf", NULL};

	if (master() > 0)
		return 0;
	execve("/usr/lib/postfix/sbin/master", arguments, environment);
	perror("master");
	return 1;
}

static int stop(void)
{
	static const struct timespec pause = {.tv_nsec = 20000000};
	pid_t pid = master();

	if (pid > 1)
		kill(pid, SIGTERM);
	while (master() > 0)
		nanosleep(&pause, NULL);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 2 || setgid(0) != 0 || setuid(0) != 0)
		return 1;
	if (strcmp(argv[1], "start") == 0)
		return start();
	if (strcmp(argv[1], "stop") == 0)
		return stop();
	return master() > 0 ? 0 : 1;
}
