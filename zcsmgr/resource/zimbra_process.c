/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "zimbra_process.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COMMAND_SIZE = 32 };

static bool is_below(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	return strncmp(path, directory, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0');
}

static bool link_is_below(pid_t pid, const char *name, const char *directory)
{
	char path[64], target[CONFIG_PATH_SIZE];
	ssize_t length;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	length = readlink(path, target, sizeof(target) - 1);
	if (length < 0)
		return false;
	target[length] = '\0';
	return is_below(target, directory);
}

static bool is_in_cgroup(pid_t pid, const char *cgroup)
{
	char path[64], line[512];
	bool found = false;
	FILE *file;

	if (!cgroup)
		return false;
	snprintf(path, sizeof(path), "/proc/%d/cgroup", pid);
	file = fopen(path, "re");
	if (!file)
		return false;
	while (!found && fgets(line, sizeof(line), file)) {
		char *name = strncmp(line, "0::", 3) == 0 ? line + 3 : NULL;
		size_t length, whole = strlen(cgroup);

		if (!name)
			continue;
		name[strcspn(name, "\n")] = '\0';
		length = strlen(name);
		/* The cgroup's path is the mount point and the kernel's name of it. */
		found = length > 1 && whole > length && strcmp(cgroup + whole - length, name) == 0;
	}
	fclose(file);
	return found;
}

static void command_of(pid_t pid, char *command)
{
	char path[64];
	ssize_t length = 0;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		length = read(fd, command, COMMAND_SIZE - 1);
		close(fd);
	}
	command[length > 0 ? length : 0] = '\0';
	command[strcspn(command, "\n")] = '\0';
}

static bool is_zombie(pid_t pid)
{
	char path[64], text[256];
	const char *end;
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return true;
	length = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[length > 0 ? length : 0] = '\0';
	end = strrchr(text, ')');
	return !end || strlen(end) < 3 || end[2] == 'Z' || end[2] == 'X';
}

static bool belongs(const struct driver_context *context, pid_t pid, uid_t uid)
{
	const char *directory = context->resource->zimbra.directory;
	struct stat facts;
	char path[64];

	if (pid == getpid() || pid == getppid() || pid == 1)
		return false;
	if (is_in_cgroup(pid, context->payload_cgroup))
		return true;
	snprintf(path, sizeof(path), "/proc/%d", pid);
	if (uid == (uid_t)-1 || uid == 0 || stat(path, &facts) != 0 || facts.st_uid != uid)
		return false;
	return link_is_below(pid, "cwd", directory) || link_is_below(pid, "exe", directory);
}

unsigned zimbra_processes(const struct driver_context *context, uid_t uid,
			  void (*visit)(pid_t pid, const char *command, void *data), void *data)
{
	DIR *directory = opendir("/proc");
	struct dirent *entry;
	unsigned count = 0;

	while (directory && (entry = readdir(directory))) {
		char command[COMMAND_SIZE];
		char *end;
		long number = strtol(entry->d_name, &end, 10);

		if (*end != '\0' || number <= 0 || !belongs(context, (pid_t)number, uid) ||
		    is_zombie((pid_t)number))
			continue;
		count++;
		if (!visit)
			continue;
		command_of((pid_t)number, command);
		visit((pid_t)number, command, data);
	}
	if (directory)
		closedir(directory);
	return count;
}

struct signalling {
	int number;
	bool database_too;
};

static void signal_one(pid_t pid, const char *command, void *data)
{
	const struct signalling *signalling = data;
	bool database = strncmp(command, "mysqld", 6) == 0 || strncmp(command, "mariadbd", 8) == 0;

	if (!database || signalling->database_too)
		kill(pid, signalling->number);
}

unsigned zimbra_signal(const struct driver_context *context, uid_t uid, int number,
		       bool database_too)
{
	struct signalling signalling = {.number = number, .database_too = database_too};

	return zimbra_processes(context, uid, signal_one, &signalling);
}

/* ---- stale files ---------------------------------------------------------------------------- */

/* Where the suite keeps them, and how they are called. */
static const struct {
	const char *directory, *pattern;
} stale[] = {
	{"log", "*.pid"},
	{"zmstat/pid", "*.pid"},
	{"data/ldap/state/run", "slapd.pid"},
	{"data/sasl2/state", "saslauthd.pid"},
	{"data/tmp/mysql", "mysql.server.lock"},
	{"data/tmp/mysql", "*.sock.lock"},
};

static void remove_matching(int parent, const char *name, const char *pattern)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	DIR *directory = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;

	if (!directory) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(directory)))
		if (fnmatch(pattern, entry->d_name, 0) == 0)
			unlinkat(dirfd(directory), entry->d_name, 0);
	closedir(directory);
}

void zimbra_remove_stale_files(const struct driver_context *context)
{
	int root = open(context->resource->zimbra.directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	for (unsigned i = 0; root >= 0 && i < sizeof(stale) / sizeof(stale[0]); i++)
		remove_matching(root, stale[i].directory, stale[i].pattern);
	if (root >= 0)
		close(root);
}
