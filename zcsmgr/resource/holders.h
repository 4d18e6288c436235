/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who keeps a filesystem busy. It is known by its device number alone: a path may lead to another
 * filesystem by the time it is looked at, and then the wrong processes die (FIELD §2.8).
 */
#ifndef ZCSMGR_HOLDERS_H
#define ZCSMGR_HOLDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum {
	HOLDERS = 64, /* remembered; the others are counted */
	HOLDERS_NAME_SIZE = 16,
	HOLDERS_FAMILY = 32,
};

/* How a process holds it; a set. */
enum holders_way {
	HOLDERS_DIRECTORY = 1, /* its current directory */
	HOLDERS_ROOT = 2,
	HOLDERS_PROGRAM = 4, /* what it runs */
	HOLDERS_FILE = 8,    /* an open file */
	HOLDERS_MEMORY = 16, /* a mapped file */
	HOLDERS_SOCKET = 32, /* a socket bound to a name there */
};

struct holders_process {
	pid_t pid;
	pid_t parent;
	bool kernel; /* a kernel thread */
	char name[HOLDERS_NAME_SIZE];
};

struct holder {
	struct holders_process process;
	unsigned ways;
	bool spared;
};

struct holders {
	unsigned count; /* of processes found, may exceed HOLDERS */
	struct holder list[HOLDERS];
};

/*
 * Finds the processes that hold the filesystem and sends each the signal (0: none), except those
 * that are spared: this process and its ancestors, process 1, corosync, kernel threads. holders
 * is what the call before found (first: zero), and becomes what is found now; SIGTERM is not
 * sent again to whom was there before. 0, or -1 with errno if /proc cannot be read.
 */
int holders_signal(dev_t device, int signal, struct holders *holders);

/* "java (1234: current directory, open file), ..."; some by name, the rest as a number. */
void holders_describe(const struct holders *holders, char *text, size_t size);

/* ---- parts that can be judged alone ---- */

/* One line of /proc/PID/stat; the name may contain anything. */
bool holders_parse_stat(const char *line, struct holders_process *process);
/* Does this line of /proc/PID/maps map a file of the device? */
bool holders_maps(const char *line, dev_t device);
/* family: this process and its ancestors. */
bool holders_spares(const struct holders_process *process, const pid_t *family, unsigned count);

#endif
