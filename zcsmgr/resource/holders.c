/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "holders.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "holders_sockets.h"

enum {
	KERNEL_THREAD = 0x00200000, /* PF_KTHREAD in the flags of /proc/PID/stat */
	NAMED = 3,		    /* holders in a text */
};

struct scan {
	dev_t device;
	int signal;
	const struct holders *before;
	struct holders *found;
	unsigned family_count;
	pid_t family[HOLDERS_FAMILY];
	unsigned socket_count;
	unsigned long sockets[HOLDERS_SOCKETS];
};

static const struct {
	enum holders_way way;
	const char *name;
} ways[] = {
	{HOLDERS_DIRECTORY, "current directory"}, {HOLDERS_ROOT, "root directory"},
	{HOLDERS_PROGRAM, "its program"},	  {HOLDERS_FILE, "open file"},
	{HOLDERS_MEMORY, "mapped file"},	  {HOLDERS_SOCKET, "socket"},
};

/* ---- parsing -------------------------------------------------------------------------------- */

bool holders_parse_stat(const char *line, struct holders_process *process)
{
	const char *name = strchr(line, '(');
	const char *end = strrchr(line, ')'); /* the last one: names may contain any character */
	unsigned flags;
	size_t length;

	if (!name || !end || end < name || sscanf(line, "%d", &process->pid) != 1 ||
	    sscanf(end + 1, " %*c %d %*d %*d %*d %*d %u", &process->parent, &flags) != 2)
		return false;
	length = (size_t)(end - name - 1);
	if (length >= sizeof(process->name))
		length = sizeof(process->name) - 1;
	memcpy(process->name, name + 1, length);
	process->name[length] = '\0';
	process->kernel = flags & KERNEL_THREAD;
	return true;
}

bool holders_maps(const char *line, dev_t device)
{
	unsigned major_number, minor_number;

	return sscanf(line, "%*x-%*x %*4s %*x %x:%x", &major_number, &minor_number) == 2 &&
	       makedev(major_number, minor_number) == device;
}

bool holders_spares(const struct holders_process *process, const pid_t *family, unsigned count)
{
	if (process->pid <= 1 || process->kernel)
		return true;
	/* Without it this node is fenced. Its helpers, as corosync-qdevice, have a vote to cast. */
	if (strncmp(process->name, "corosync", strlen("corosync")) == 0)
		return true;
	for (unsigned i = 0; i < count; i++)
		if (family[i] == process->pid)
			return true;
	return false;
}

/* ---- one process ---------------------------------------------------------------------------- */

/*
 * The number of the device that a path below a process' directory in /proc leads to. Never asks
 * the filesystem itself: one on a dead server would never answer.
 */
static bool leads_to(int process, const char *path, dev_t device)
{
	struct statx found;

	return statx(process, path, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_TYPE, &found) ==
		       0 &&
	       makedev(found.stx_dev_major, found.stx_dev_minor) == device;
}

static bool read_stat(int process, struct holders_process *stat)
{
	char line[1024];
	int fd = openat(process, "stat", O_RDONLY | O_CLOEXEC);
	ssize_t size;

	if (fd < 0)
		return false;
	size = read(fd, line, sizeof(line) - 1);
	close(fd);
	if (size <= 0)
		return false;
	line[size] = '\0';
	return holders_parse_stat(line, stat);
}

static FILE *open_file(int process, const char *name)
{
	int fd = openat(process, name, O_RDONLY | O_CLOEXEC);
	FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;

	if (!file && fd >= 0)
		close(fd);
	return file;
}

static bool has_line(int process, const char *name, dev_t device,
		     bool (*matches)(const char *line, dev_t device))
{
	FILE *file = open_file(process, name);
	char line[8192];
	bool begins = true;
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file)) {
		found = begins && matches(line, device);
		begins = strchr(line, '\n') != NULL; /* else the next is the same line's rest */
	}
	if (file)
		fclose(file);
	return found;
}

static bool is_our_socket(const struct scan *scan, int directory, const char *name)
{
	char target[64];
	ssize_t size;
	unsigned long inode;

	if (scan->socket_count == 0)
		return false;
	size = readlinkat(directory, name, target, sizeof(target) - 1);
	if (size <= 0)
		return false;
	target[size] = '\0';
	if (sscanf(target, "socket:[%lu]", &inode) != 1)
		return false;
	for (unsigned i = 0; i < scan->socket_count; i++)
		if (scan->sockets[i] == inode)
			return true;
	return false;
}

static unsigned look_at_files(const struct scan *scan, int process)
{
	int fd = openat(process, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *directory = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	unsigned found = 0;

	if (!directory && fd >= 0)
		close(fd);
	while (directory && (entry = readdir(directory))) {
		if (entry->d_name[0] == '.')
			continue;
		if (leads_to(fd, entry->d_name, scan->device))
			found |= HOLDERS_FILE;
		else if (is_our_socket(scan, fd, entry->d_name))
			found |= HOLDERS_SOCKET;
	}
	if (directory)
		closedir(directory);
	return found;
}

static unsigned look_at(const struct scan *scan, int process)
{
	unsigned found = look_at_files(scan, process);

	if (leads_to(process, "cwd", scan->device))
		found |= HOLDERS_DIRECTORY;
	if (leads_to(process, "root", scan->device))
		found |= HOLDERS_ROOT;
	if (leads_to(process, "exe", scan->device))
		found |= HOLDERS_PROGRAM;
	if (has_line(process, "maps", scan->device, holders_maps))
		found |= HOLDERS_MEMORY;
	return found;
}

static bool was_there(const struct holders *before, pid_t pid)
{
	for (unsigned i = 0; i < before->count && i < HOLDERS; i++)
		if (before->list[i].process.pid == pid)
			return true;
	return false;
}

/* process is both the directory that was looked at and what the signal goes to: whoever gets
   the same number meanwhile is safe. */
static void visit(struct scan *scan, int process)
{
	struct holder holder = {0};

	if (!read_stat(process, &holder.process))
		return;
	holder.ways = look_at(scan, process);
	if (holder.ways == 0)
		return;
	holder.spared = holders_spares(&holder.process, scan->family, scan->family_count);
	if (!holder.spared && scan->signal != 0 &&
	    !(scan->signal == SIGTERM && was_there(scan->before, holder.process.pid)))
		syscall(SYS_pidfd_send_signal, process, scan->signal, NULL, 0);
	if (scan->found->count < HOLDERS)
		scan->found->list[scan->found->count] = holder;
	scan->found->count++;
}

/* ---- all processes -------------------------------------------------------------------------- */

static void find_family(struct scan *scan)
{
	struct holders_process process = {.parent = getpid()};
	char path[32];
	int fd;

	while (scan->family_count < HOLDERS_FAMILY && process.parent > 0) {
		scan->family[scan->family_count++] = process.parent;
		snprintf(path, sizeof(path), "/proc/%d", process.parent);
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			return;
		if (!read_stat(fd, &process))
			process.parent = 0;
		close(fd);
	}
}

int holders_signal(dev_t device, int signal, struct holders *holders)
{
	struct holders before = *holders;
	struct scan scan = {
		.device = device, .signal = signal, .before = &before, .found = holders};
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	int process;

	memset(holders, 0, sizeof(*holders));
	if (!proc)
		return -1;
	find_family(&scan);
	scan.socket_count = holders_sockets(device, scan.sockets);
	while ((entry = readdir(proc))) {
		if (entry->d_name[0] < '0' || entry->d_name[0] > '9')
			continue;
		process = openat(dirfd(proc), entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (process < 0)
			continue;
		visit(&scan, process);
		close(process);
	}
	closedir(proc);
	return 0;
}

/* ---- in words ------------------------------------------------------------------------------- */

static void append(char *text, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void append(char *text, size_t size, const char *format, ...)
{
	size_t used = strlen(text);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text + used, size - used, format, arguments);
	va_end(arguments);
}

void holders_describe(const struct holders *holders, char *text, size_t size)
{
	text[0] = '\0';
	for (unsigned i = 0; i < holders->count && i < NAMED; i++) {
		const struct holder *holder = &holders->list[i];
		const char *separator = "";

		append(text, size, "%s%s (%d: ", i > 0 ? ", " : "", holder->process.name,
		       holder->process.pid);
		for (size_t j = 0; j < sizeof(ways) / sizeof(ways[0]); j++) {
			if (!(holder->ways & ways[j].way))
				continue;
			append(text, size, "%s%s", separator, ways[j].name);
			separator = ", ";
		}
		append(text, size, "%s)", holder->spared ? "; never killed" : "");
	}
	if (holders->count > NAMED)
		append(text, size, " and %u more", holders->count - NAMED);
}
