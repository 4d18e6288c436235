/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "session.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STAT_SIZE = 512 };

/* Whether the process lives and belongs to the session. */
static bool belongs(int proc, const char *pid, pid_t leader)
{
	char path[32], stat[STAT_SIZE], state;
	const char *after;
	ssize_t length;
	int fd, session;

	snprintf(path, sizeof(path), "%.20s/stat", pid);
	fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	length = read(fd, stat, sizeof(stat) - 1);
	close(fd);
	if (length <= 0)
		return false;
	stat[length] = '\0';
	after = strrchr(stat, ')'); /* the name before it may hold anything */
	return after && sscanf(after + 1, " %c %*d %*d %d", &state, &session) == 2 &&
	       session == leader && state != 'Z' && state != 'X';
}

/* Calls act for each until it says that this is enough. */
static pid_t each(pid_t leader, bool (*act)(pid_t pid))
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;

	while (proc && found == 0 && (entry = readdir(proc)) != NULL) {
		if (entry->d_name[0] < '1' || entry->d_name[0] > '9')
			continue;
		if (belongs(dirfd(proc), entry->d_name, leader) && act(atoi(entry->d_name)))
			found = atoi(entry->d_name);
	}
	if (proc)
		closedir(proc);
	return found;
}

static bool kill_it(pid_t pid)
{
	kill(pid, SIGKILL);
	return false;
}

static bool enough(pid_t pid)
{
	(void)pid;
	return true;
}

void session_kill(pid_t leader)
{
	each(leader, kill_it);
}

pid_t session_first(pid_t leader)
{
	return each(leader, enough);
}
