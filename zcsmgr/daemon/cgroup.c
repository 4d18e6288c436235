/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cgroup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libmount/libmount.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PROCS_SIZE = 4096, /* of cgroup.procs in one read; what is not seen now is seen next time */
	NEW_TRIES = 1000,
};

static int join(char *path, size_t size, const char *directory, const char *name)
{
	int length = snprintf(path, size, "%s/%s", directory, name);

	if (length > 0 && (size_t)length < size)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

static int write_file(const char *directory, const char *name, const char *text)
{
	char path[CGROUP_PATH_SIZE];
	ssize_t written;
	int fd, error;

	if (join(path, sizeof(path), directory, name) != 0)
		return -1;
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	written = write(fd, text, strlen(text));
	error = errno;
	close(fd);
	errno = error;
	return written < 0 ? -1 : 0;
}

/* The length read, or -1 with errno. */
static ssize_t read_file(const char *directory, const char *name, char *text, size_t size)
{
	char path[CGROUP_PATH_SIZE];
	ssize_t length;
	int fd, error;

	if (join(path, sizeof(path), directory, name) != 0)
		return -1;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	length = read(fd, text, size - 1);
	error = errno;
	close(fd);
	errno = error;
	text[length > 0 ? length : 0] = '\0';
	return length;
}

/* ---- finding the place ---------------------------------------------------------------------- */

/* The path of the line "0::PATH", which is that of version 2. */
static int own_path(const char *self, char *path, size_t size)
{
	FILE *file = fopen(self, "re");
	char line[CGROUP_PATH_SIZE + 8];
	int found = -1;

	if (!file)
		return -1;
	while (found != 0 && fgets(line, sizeof(line), file)) {
		char *end = strchr(line, '\n');

		if (!end || strncmp(line, "0::/", 4) != 0)
			continue;
		*end = '\0';
		found = join(path, size, "", line + 4);
	}
	fclose(file);
	return found;
}

/* Where the root of what is mounted lies in the hierarchy, and where it is mounted: the latest
   mount, since it hides earlier ones. */
static int mounted_at(const char *mountinfo, char *target, size_t target_size, char *root,
		      size_t root_size)
{
	struct libmnt_table *table = mnt_new_table_from_file(mountinfo);
	struct libmnt_iter *iterator = mnt_new_iter(MNT_ITER_BACKWARD);
	struct libmnt_fs *fs;
	int found = -1;

	while (table && iterator && found != 0 && mnt_table_next_fs(table, iterator, &fs) == 0) {
		const char *type = mnt_fs_get_fstype(fs);

		if (!type || strcmp(type, "cgroup2") != 0)
			continue;
		snprintf(target, target_size, "%s", mnt_fs_get_target(fs));
		snprintf(root, root_size, "%s", mnt_fs_get_root(fs) ? mnt_fs_get_root(fs) : "/");
		found = 0;
	}
	mnt_free_iter(iterator);
	mnt_unref_table(table);
	return found;
}

/* Cuts ".../service-NAME/children..." and the like to what comes before. */
static void cut_to_base(char *path)
{
	char *at = path;

	while ((at = strstr(at, "/service-")) != NULL) {
		char *below = strchr(at + 1, '/');

		if (!below)
			return;
		if (strcmp(below, "/payload") == 0 || strncmp(below, "/payload/", 9) == 0 ||
		    strcmp(below, "/children") == 0 || strncmp(below, "/children/", 10) == 0) {
			*at = '\0';
			return;
		}
		at = below;
	}
}

int cgroup_find(const char *mountinfo, const char *self, char *base, size_t base_size, char *why,
		size_t why_size)
{
	char target[CGROUP_PATH_SIZE], root[CGROUP_PATH_SIZE], own[CGROUP_PATH_SIZE];
	const char *below = own;
	size_t root_length;

	if (mounted_at(mountinfo, target, sizeof(target), root, sizeof(root)) != 0) {
		snprintf(why, why_size, "cgroup version 2 is not mounted");
		return -1;
	}
	if (own_path(self, own, sizeof(own)) != 0) {
		snprintf(why, why_size, "%s names no cgroup of version 2", self);
		return -1;
	}
	if (strstr(own, "/..")) {
		snprintf(why, why_size, "the daemon's cgroup %s is outside of its namespace", own);
		return -1;
	}
	root_length = strlen(root);
	/* In a container without a cgroup namespace only a part of the hierarchy is mounted. */
	if (root_length > 1 && strncmp(own, root, root_length) == 0 &&
	    (own[root_length] == '/' || own[root_length] == '\0'))
		below = own + root_length;
	cut_to_base(own);
	if (below > own + strlen(own))
		below = "";
	if (strcmp(below, "/") == 0)
		below = "";
	if (snprintf(base, base_size, "%s%s", target, below) >= (int)base_size) {
		snprintf(why, why_size, "the path of the daemon's cgroup is too long");
		return -1;
	}
	return 0;
}

/* Whether a process can be moved to path; tried with one of its own, since moving ourselves there
   and back could end half-way. */
static int try_to_enter(const char *path)
{
	int status = 0;
	pid_t pid = fork();

	if (pid < 0)
		return -1;
	if (pid == 0)
		_exit(cgroup_enter(path) == 0 ? 0 : errno & 0x7f);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	errno = WIFEXITED(status) ? WEXITSTATUS(status) : EIO;
	return errno == 0 ? 0 : -1;
}

int cgroup_open(char *base, size_t base_size, char *why, size_t why_size)
{
	char own[CGROUP_PATH_SIZE], trial[CGROUP_PATH_SIZE];

	if (cgroup_find("/proc/self/mountinfo", "/proc/self/cgroup", base, base_size, why,
			why_size) != 0)
		return -1;
	/* In a cgroup of a service we would be swept away with its children. */
	if (own_path("/proc/self/cgroup", own, sizeof(own)) == 0 && strstr(own, "/service-") &&
	    cgroup_enter(base) != 0) {
		snprintf(why, why_size, "%s: %s", base, strerror(errno));
		return -1;
	}
	if (cgroup_make(trial, sizeof(trial), base, "fencing", NULL) != 0 ||
	    cgroup_make_new(trial, sizeof(trial), trial) != 0) {
		snprintf(why, why_size, "%s: %s; the unit needs Delegate=yes", base,
			 strerror(errno));
		return -1;
	}
	if (try_to_enter(trial) != 0) {
		snprintf(why, why_size, "no process can be moved to %s: %s", trial,
			 strerror(errno));
		rmdir(trial);
		return -1;
	}
	rmdir(trial);
	return 0;
}

/* ---- using it ------------------------------------------------------------------------------- */

static int make(const char *path)
{
	return mkdir(path, 0755) == 0 || errno == EEXIST ? 0 : -1;
}

int cgroup_make(char *path, size_t path_size, const char *base, const char *a, const char *b)
{
	char above[CGROUP_PATH_SIZE];

	if (join(above, sizeof(above), base, a) != 0 || make(above) != 0)
		return -1;
	if (!b)
		return snprintf(path, path_size, "%s", above) < (int)path_size ? 0 : -1;
	return join(path, path_size, above, b) == 0 && make(path) == 0 ? 0 : -1;
}

int cgroup_make_new(char *path, size_t path_size, const char *parent)
{
	char above[CGROUP_PATH_SIZE], name[32];

	snprintf(above, sizeof(above), "%s", parent); /* path may be the same */
	for (unsigned i = 1; i <= NEW_TRIES; i++) {
		snprintf(name, sizeof(name), "%u", i);
		if (join(path, path_size, above, name) != 0)
			return -1;
		if (mkdir(path, 0755) == 0)
			return 0;
		if (errno != EEXIST)
			return -1;
	}
	errno = ENOSPC;
	return -1;
}

int cgroup_enter(const char *path)
{
	return write_file(path, "cgroup.procs", "0");
}

/* For kernels before 5.14. A process that forks meanwhile is caught by the next call. */
static void kill_each(const char *path)
{
	char procs[PROCS_SIZE], *rest = procs, *line;

	if (read_file(path, "cgroup.procs", procs, sizeof(procs)) <= 0)
		return;
	while ((line = strsep(&rest, "\n")) != NULL) {
		int pid = atoi(line);

		/* 0: a process of another pid namespace; kill() would take it for ourselves. */
		if (rest && pid > 0 && pid != getpid())
			kill(pid, SIGKILL);
	}
}

void cgroup_kill(const char *path)
{
	if (write_file(path, "cgroup.kill", "1") != 0 && errno == ENOENT)
		kill_each(path);
}

bool cgroup_empty(const char *path)
{
	char events[256];

	if (read_file(path, "cgroup.events", events, sizeof(events)) < 0)
		return errno == ENOENT || errno == ENODEV;
	return strstr(events, "populated 0") != NULL;
}

bool cgroup_remove(const char *path)
{
	if (rmdir(path) == 0 || errno == ENOENT)
		return true;
	return cgroup_empty(path);
}

bool cgroup_sweep(const char *path, bool (*keep)(const char *cgroup, void *data), void *data)
{
	DIR *directory = opendir(path);
	char below[CGROUP_PATH_SIZE];
	struct dirent *entry;
	bool clean = true;

	while (directory && (entry = readdir(directory)) != NULL) {
		if (entry->d_type != DT_DIR || entry->d_name[0] == '.' ||
		    join(below, sizeof(below), path, entry->d_name) != 0 || keep(below, data))
			continue;
		if (cgroup_remove(below))
			continue;
		cgroup_kill(below);
		clean = false;
	}
	if (directory)
		closedir(directory);
	return clean;
}

pid_t cgroup_first(const char *path)
{
	char procs[PROCS_SIZE];

	return read_file(path, "cgroup.procs", procs, sizeof(procs)) > 0 ? atoi(procs) : 0;
}
