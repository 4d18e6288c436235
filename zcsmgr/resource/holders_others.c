/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "holders_others.h"

#include <dirent.h>
#include <fcntl.h>
#include <libmount.h>
#include <linux/loop.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { NAMESPACES = 16 }; /* reported, each once */

struct text {
	char *at;
	size_t size;
};

static void add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct text *text, const char *format, ...)
{
	size_t used = strlen(text->at);
	va_list arguments;

	if (used > 0)
		used += (size_t)snprintf(text->at + used, text->size - used, "; ");
	if (used >= text->size)
		return;
	va_start(arguments, format);
	vsnprintf(text->at + used, text->size - used, format, arguments);
	va_end(arguments);
}

/* Does the file, its name escaped as /proc does, lie on the device? */
static bool lies_on(const char *escaped, dev_t device)
{
	char *path = mnt_unmangle(escaped);
	struct statx found;
	bool lies = path && statx(AT_FDCWD, path, AT_STATX_DONT_SYNC, STATX_TYPE, &found) == 0 &&
		    makedev(found.stx_dev_major, found.stx_dev_minor) == device;

	free(path);
	return lies;
}

/* The first word of each line of a table of the kernel is a file. */
static void look_at_table(const char *table, dev_t device, struct text *text, const char *what,
			  const char *cure)
{
	FILE *file = fopen(table, "re");
	char line[8192];

	while (file && fgets(line, sizeof(line), file)) {
		if (line[0] != '/')
			continue;
		line[strcspn(line, " \t\n")] = '\0';
		if (lies_on(line, device))
			add(text, "%s %s (%s)", what, line, cure);
	}
	if (file)
		fclose(file);
}

/* ---- loop devices --------------------------------------------------------------------------- */

static void look_at_loop(const char *name, dev_t device, struct text *text)
{
	struct loop_info64 info = {0};
	char path[300];
	int fd;

	snprintf(path, sizeof(path), "/dev/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return;
	if (ioctl(fd, LOOP_GET_STATUS64, &info) == 0 && (dev_t)info.lo_device == device)
		add(text, "loop device %s with a file there (losetup -d %s)", path, path);
	close(fd);
}

static void look_at_loops(dev_t device, struct text *text)
{
	DIR *blocks = opendir("/sys/block");
	struct dirent *entry;

	while (blocks && (entry = readdir(blocks)))
		if (strncmp(entry->d_name, "loop", 4) == 0)
			look_at_loop(entry->d_name, device, text);
	if (blocks)
		closedir(blocks);
}

/* ---- mount namespaces ----------------------------------------------------------------------- */

struct namespaces {
	unsigned count;
	char seen[NAMESPACES][32];
};

/* Is the process in a mount namespace that was not looked at yet? */
static bool is_new(struct namespaces *namespaces, int process)
{
	char name[32] = "";

	if (readlinkat(process, "ns/mnt", name, sizeof(name) - 1) <= 0)
		return false;
	for (unsigned i = 0; i < namespaces->count; i++)
		if (strcmp(namespaces->seen[i], name) == 0)
			return false;
	if (namespaces->count >= NAMESPACES)
		return true;
	memcpy(namespaces->seen[namespaces->count++], name, sizeof(name));
	return true;
}

static FILE *open_file(int process, const char *name)
{
	int fd = openat(process, name, O_RDONLY | O_CLOEXEC);
	FILE *file = fd >= 0 ? fdopen(fd, "r") : NULL;

	if (!file && fd >= 0)
		close(fd);
	return file;
}

static bool mounts(int process, dev_t device)
{
	FILE *file = open_file(process, "mountinfo");
	unsigned major_number, minor_number;
	char line[8192];
	bool begins = true;
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file)) {
		found = begins &&
			sscanf(line, "%*d %*d %u:%u", &major_number, &minor_number) == 2 &&
			makedev(major_number, minor_number) == device;
		begins = strchr(line, '\n') != NULL; /* else the next is the same line's rest */
	}
	if (file)
		fclose(file);
	return found;
}

static void name_process(int process, char *name, int size)
{
	FILE *file = open_file(process, "comm");

	if (!file || !fgets(name, size, file))
		snprintf(name, (size_t)size, "?");
	name[strcspn(name, "\n")] = '\0';
	if (file)
		fclose(file);
}

static void look_at_namespaces(dev_t device, struct text *text)
{
	struct namespaces namespaces = {0};
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	char name[32];
	int process;

	process = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (process >= 0) {
		is_new(&namespaces, process); /* ours is no news */
		close(process);
	}
	while (proc && (entry = readdir(proc))) {
		if (entry->d_name[0] < '0' || entry->d_name[0] > '9')
			continue;
		process = openat(dirfd(proc), entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (process < 0)
			continue;
		if (is_new(&namespaces, process) && mounts(process, device)) {
			name_process(process, name, sizeof(name));
			add(text, "mounted in the mount namespace of %s (%s) as well (end that)",
			    name, entry->d_name);
		}
		close(process);
	}
	if (proc)
		closedir(proc);
}

void holders_others(dev_t device, char *text, size_t size)
{
	struct text all = {.at = text, .size = size};

	text[0] = '\0';
	look_at_namespaces(device, &all);
	look_at_loops(device, &all);
	look_at_table("/proc/swaps", device, &all, "swap file", "swapoff");
	look_at_table("/proc/fs/nfsd/exports", device, &all, "NFS export", "exportfs -u");
}
