/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "zimbra_process.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "zimbra_control.h"

enum {
	STATUS_SIZE = 2048, /* what we need of /proc/PID/status is in its first lines */
	CGROUP_DEPTH = 8,
	OPEN_FILES = 4096, /* looked at in one process */
	GENERATIONS = 32,  /* between a process and us */
	DESCRIBED = 4,
};

/* ---- one process ---------------------------------------------------------------------------- */

struct facts {
	char command[16];
	char state;
	pid_t parent;
	uid_t uid, effective_uid;
};

static const char *field(const char *status, const char *name)
{
	const char *found = strstr(status, name);

	return found ? found + strlen(name) : NULL;
}

/* The owner of /proc/PID will not do: of a process that changed its user it may be root. */
static bool read_facts(pid_t pid, struct facts *facts)
{
	char path[64], status[STATUS_SIZE];
	const char *state, *parent, *uid;
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	length = read(fd, status, sizeof(status) - 1);
	close(fd);
	if (length <= 0)
		return false;
	status[length] = '\0';
	state = field(status, "\nState:\t");
	parent = field(status, "\nPPid:\t");
	uid = field(status, "\nUid:\t");
	if (!state || !parent || !uid)
		return false;
	facts->command[0] = '\0'; /* a process may have emptied its name */
	sscanf(status, "Name:\t%15[^\n]", facts->command);
	facts->state = *state;
	facts->parent = (pid_t)strtol(parent, NULL, 10);
	return sscanf(uid, "%u %u", &facts->uid, &facts->effective_uid) == 2;
}

static bool is_below(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	return strncmp(path, directory, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0' ||
		strcmp(path + length, " (deleted)") == 0);
}

static bool link_is_below(const char *path, const char *directory)
{
	char target[PATH_MAX];
	ssize_t length = readlink(path, target, sizeof(target) - 1);

	if (length < 0)
		return false;
	target[length] = '\0';
	return is_below(target, directory);
}

static bool holds_file_below(pid_t pid, const char *directory)
{
	char path[64 + NAME_MAX];
	struct dirent *entry;
	unsigned left = OPEN_FILES;
	bool found = false;
	DIR *files;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	files = opendir(path);
	while (files && !found && left-- > 0 && (entry = readdir(files))) {
		snprintf(path, sizeof(path), "/proc/%d/fd/%s", pid, entry->d_name);
		found = link_is_below(path, directory);
	}
	if (files)
		closedir(files);
	return found;
}

static bool works_below(pid_t pid, const char *directory)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/cwd", pid);
	if (link_is_below(path, directory))
		return true;
	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	return link_is_below(path, directory) || holds_file_below(pid, directory);
}

static bool is_our_child(const struct facts *facts)
{
	struct facts parent = *facts;

	for (unsigned i = 0; i < GENERATIONS && parent.parent > 1; i++) {
		if (parent.parent == getpid())
			return true;
		if (!read_facts(parent.parent, &parent))
			return false;
	}
	return false;
}

/* ---- all of them ---------------------------------------------------------------------------- */

struct search {
	const char *cgroup; /* NULL: none */
	char directory[PATH_MAX];
	uid_t uid;
	struct zimbra_processes *found;
};

static void open_search(struct search *search, const struct driver_context *context,
			struct zimbra_processes *found)
{
	const char *directory = context->resource->zimbra.directory;
	gid_t gid;

	search->cgroup = context->payload_cgroup;
	search->found = found;
	/* The kernel names files by their real place. */
	if (!realpath(directory, search->directory))
		snprintf(search->directory, sizeof(search->directory), "%s", directory);
	zimbra_control_user(context, &search->uid, &gid);
}

static void add(struct zimbra_processes *found, pid_t pid, const struct facts *facts)
{
	struct zimbra_process *process;

	if (found->count == ZIMBRA_PROCESSES)
		return; /* the rest is found once some of these have ended */
	process = &found->list[found->count++];
	*process = (struct zimbra_process){.pid = pid, .parent = facts->parent};
	memcpy(process->command, facts->command, sizeof(process->command));
	process->database = strncmp(facts->command, "mysqld", 6) == 0 ||
			    strncmp(facts->command, "mariadbd", 8) == 0;
}

static bool is_protected(pid_t pid)
{
	return pid <= 1 || pid == getpid() || pid == getppid();
}

/* In a cgroup no zombie is listed. */
static void add_member(pid_t pid, struct zimbra_processes *found)
{
	struct facts facts;

	if (!is_protected(pid) && read_facts(pid, &facts))
		add(found, pid, &facts);
}

/* Calls member() for each process of the cgroup and of those below it. */
static void walk_cgroup(const char *cgroup, unsigned depth,
			void (*member)(pid_t pid, struct zimbra_processes *data),
			struct zimbra_processes *data)
{
	char path[PATH_MAX], line[32];
	struct dirent *entry;
	FILE *file;
	DIR *directory;

	snprintf(path, sizeof(path), "%s/cgroup.procs", cgroup);
	file = fopen(path, "re");
	while (file && fgets(line, sizeof(line), file))
		member((pid_t)strtol(line, NULL, 10), data);
	if (file)
		fclose(file);
	directory = depth > 0 ? opendir(cgroup) : NULL;
	while (directory && (entry = readdir(directory))) {
		if (entry->d_type != DT_DIR || entry->d_name[0] == '.' ||
		    snprintf(path, sizeof(path), "%s/%s", cgroup, entry->d_name) >=
			    (int)sizeof(path))
			continue;
		walk_cgroup(path, depth - 1, member, data);
	}
	if (directory)
		closedir(directory);
}

static bool is_found(const struct zimbra_processes *found, pid_t pid)
{
	for (unsigned i = 0; i < found->count; i++)
		if (found->list[i].pid == pid)
			return true;
	return false;
}

static bool is_of_user(const struct search *search, pid_t pid, struct facts *facts)
{
	if (search->uid == 0 || search->uid == (uid_t)-1) /* root has too many others */
		return false;
	return read_facts(pid, facts) && facts->state != 'Z' && facts->state != 'X' &&
	       (facts->uid == search->uid || facts->effective_uid == search->uid) &&
	       works_below(pid, search->directory) && !is_our_child(facts);
}

static void find_of_user(const struct search *search)
{
	DIR *directory = opendir("/proc");
	struct dirent *entry;

	while (directory && (entry = readdir(directory))) {
		struct facts facts;
		char *end;
		long pid = strtol(entry->d_name, &end, 10);

		if (*end != '\0' || is_protected((pid_t)pid) ||
		    is_found(search->found, (pid_t)pid) || !is_of_user(search, (pid_t)pid, &facts))
			continue;
		add(search->found, (pid_t)pid, &facts);
	}
	if (directory)
		closedir(directory);
}

static void find(const struct search *search)
{
	search->found->count = 0;
	if (search->cgroup)
		walk_cgroup(search->cgroup, CGROUP_DEPTH, add_member, search->found);
	find_of_user(search);
}

const struct zimbra_processes *zimbra_process_find(const struct driver_context *context)
{
	static struct zimbra_processes found; /* too large for a stack; a driver has one thread */
	struct search search;

	open_search(&search, context, &found);
	find(&search);
	return &found;
}

unsigned zimbra_process_count(const struct driver_context *context)
{
	return zimbra_process_find(context)->count;
}

/* ---- signals -------------------------------------------------------------------------------- */

/*
 * Signals through pidfds that were opened before a second look found the same process again: a
 * pid that passed to a stranger in between is either not found again, or its pidfd is dead.
 */
static void signal_found(const struct driver_context *context, struct zimbra_process *targets,
			 int *pidfds, unsigned count, int number)
{
	const struct zimbra_processes *again = zimbra_process_find(context);

	for (unsigned i = 0; i < count; i++) {
		if (pidfds[i] < 0)
			continue;
		if (is_found(again, targets[i].pid)) {
			syscall(SYS_pidfd_send_signal, pidfds[i], number, NULL, 0);
			/* What is stopped would act upon it only when it goes on. */
			if (number != SIGKILL)
				syscall(SYS_pidfd_send_signal, pidfds[i], SIGCONT, NULL, 0);
		}
		close(pidfds[i]);
	}
}

unsigned zimbra_process_signal(const struct driver_context *context, int number, bool database_too)
{
	enum { AT_ONCE = 256 }; /* open files may be few; what is left comes with the next call */
	const struct zimbra_processes *found = zimbra_process_find(context);
	struct zimbra_process targets[AT_ONCE];
	int pidfds[AT_ONCE];
	unsigned count = 0, all = 0;

	for (unsigned i = 0; i < found->count; i++) {
		if (found->list[i].database && !database_too)
			continue;
		all++;
		if (count == AT_ONCE)
			continue;
		targets[count] = found->list[i];
		pidfds[count] = (int)syscall(SYS_pidfd_open, found->list[i].pid, 0);
		count++;
	}
	signal_found(context, targets, pidfds, count, number);
	return all;
}

void zimbra_process_describe(const struct zimbra_processes *processes, char *text, size_t size)
{
	size_t length = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < processes->count && i < DESCRIBED && length < size; i++)
		length += (size_t)snprintf(text + length, size - length, "%s%s %d", i ? ", " : "",
					   processes->list[i].command, processes->list[i].pid);
	if (processes->count > DESCRIBED && length < size)
		snprintf(text + length, size - length, " and %u more",
			 processes->count - DESCRIBED);
}
