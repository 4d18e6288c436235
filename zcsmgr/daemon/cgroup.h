/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cgroups below the daemon's own (version 2 only). Each child gets one, so that it can be
 * killed with everything that it started, and is known to be gone when its cgroup is empty: a
 * process group knows neither what left it nor what hangs in the kernel.
 *
 *   BASE/service-NAME/children/N   one operation or watch
 *   BASE/service-NAME/payload      what outlives the daemon: the mail server
 *   BASE/fencing/N                 one call of a fence agent
 *
 * BASE is the cgroup in which the daemon was started, the same at every start of the unit.
 */
#ifndef ZCSMGR_CGROUP_H
#define ZCSMGR_CGROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { CGROUP_PATH_SIZE = 512 };

/*
 * Finds BASE by the two files (of /proc/self), without touching anything. A path that lies within
 * one of the cgroups above, as of a daemon that a child or the payload started, is cut to its
 * BASE. 0, or -1 with the reason in why.
 */
int cgroup_find(const char *mountinfo, const char *self, char *base, size_t base_size, char *why,
		size_t why_size);

/* Finds BASE, moves this process there if need be, and tries with a process of its own whether
   one can be moved below. 0, or -1 with the reason in why. */
int cgroup_open(char *base, size_t base_size, char *why, size_t why_size);

/* Writes BASE/a/b (b may be NULL) to path and makes what is missing of it. 0, or -1 with errno. */
int cgroup_make(char *path, size_t path_size, const char *base, const char *a, const char *b);

/* Makes a cgroup below parent that was not there before. 0, or -1 with errno. */
int cgroup_make_new(char *path, size_t path_size, const char *parent);

/* Moves the calling process. 0, or -1 with errno. */
int cgroup_enter(const char *path);

/* Sends SIGKILL to all that is in it and below. */
void cgroup_kill(const char *path);

/* True if no process lives in it or below, also if it does not exist; zombies do not count. */
bool cgroup_empty(const char *path);

/* Removes it if it is empty; true if nothing lives there, whether it could be removed or not. */
bool cgroup_remove(const char *path);

/*
 * Kills all that lives in the cgroups directly below path, and removes them, apart from those that
 * keep() names. True if nothing is left: ask again until then.
 */
bool cgroup_sweep(const char *path, bool (*keep)(const char *cgroup, void *data), void *data);

/* The first process in it, or 0. */
pid_t cgroup_first(const char *path);

#endif
