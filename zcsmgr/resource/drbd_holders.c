/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who keeps a device from being demoted. Only names are compared, nothing behind them is touched:
 * a stat() of what a process has open may hang with the file system it is on.
 */
#include <ctype.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "drbd.h"

enum { NAMED = 4 /* enough to begin with */ };

struct list {
	char *text;
	size_t size;
	unsigned count;
};

__attribute__((format(printf, 2, 3))) static void add(struct list *list, const char *format, ...)
{
	size_t length = strlen(list->text);
	va_list arguments;

	if (list->count++ >= NAMED || length >= list->size)
		return;
	length += (size_t)snprintf(list->text + length, list->size - length, "%s",
				   list->count == 1 ? ", by " : ", ");
	if (length >= list->size)
		return;
	va_start(arguments, format);
	vsnprintf(list->text + length, list->size - length, format, arguments);
	va_end(arguments);
}

static void add_mounts(struct list *list, dev_t device)
{
	FILE *file = fopen("/proc/self/mountinfo", "re");
	char line[4096];
	unsigned in_major, in_minor;
	char point[1024];

	if (!file)
		return;
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "%*u %*u %u:%u %*s %1023s", &in_major, &in_minor, point) == 3 &&
		    in_major == major(device) && in_minor == minor(device))
			add(list, "the mount on %.80s", point);
	fclose(file);
}

/* Device mapper, md and others that are stacked on it. */
static void add_devices(struct list *list, dev_t device)
{
	char path[64];
	DIR *directory;
	struct dirent *entry;

	snprintf(path, sizeof(path), "/sys/dev/block/%u:%u/holders", major(device), minor(device));
	directory = opendir(path);
	if (!directory)
		return;
	while ((entry = readdir(directory)))
		if (entry->d_name[0] != '.')
			add(list, "block device %.40s", entry->d_name);
	closedir(directory);
}

static bool has_open(const char *pid, const char *device)
{
	char path[512], target[256];
	struct dirent *entry;
	bool found = false;
	DIR *directory;

	snprintf(path, sizeof(path), "/proc/%.32s/fd", pid);
	directory = opendir(path);
	if (!directory)
		return false;
	while (!found && (entry = readdir(directory))) {
		ssize_t length;

		snprintf(path, sizeof(path), "/proc/%.32s/fd/%s", pid, entry->d_name);
		length = readlink(path, target, sizeof(target) - 1);
		if (length <= 0)
			continue;
		target[length] = '\0';
		found = strcmp(target, device) == 0;
	}
	closedir(directory);
	return found;
}

static void add_process(struct list *list, const char *pid)
{
	char path[64], name[32] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%.32s/comm", pid);
	file = fopen(path, "re");
	if (file) {
		if (fgets(name, sizeof(name), file))
			name[strcspn(name, "\n")] = '\0';
		fclose(file);
	}
	add(list, "process %s (%s)", pid, name);
}

static void add_processes(struct list *list, const char *device)
{
	DIR *directory = opendir("/proc");
	struct dirent *entry;

	if (!directory)
		return;
	while ((entry = readdir(directory)))
		if (isdigit((unsigned char)entry->d_name[0]) && has_open(entry->d_name, device))
			add_process(list, entry->d_name);
	closedir(directory);
}

void drbd_holders(int minor_number, char *text, size_t size)
{
	struct list list = {.text = text, .size = size};
	char device[32];
	struct stat status;

	snprintf(device, sizeof(device), "/dev/drbd%d", minor_number);
	if (minor_number < 0 || stat(device, &status) != 0)
		return;
	add_mounts(&list, status.st_rdev);
	add_devices(&list, status.st_rdev);
	add_processes(&list, device);
	if (list.count == 0)
		add(&list, "somebody outside this mount namespace");
}
