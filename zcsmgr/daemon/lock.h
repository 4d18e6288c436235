/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One daemon a host: the pid file, locked by the daemon that lives. */
#ifndef ZCSMGR_LOCK_H
#define ZCSMGR_LOCK_H

#include <sys/types.h>

/*
 * Locks RUN_DIRECTORY/zcsmgr.pid and writes the pid into it. Returns a descriptor to keep open, or
 * -1 with errno; EWOULDBLOCK: the daemon with the pid *other runs.
 */
int lock_take(const char *run_directory, pid_t *other);
void lock_release(const char *run_directory, int fd);

#endif
