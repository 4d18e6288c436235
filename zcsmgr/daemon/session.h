/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything that descends from a session leader and did not make a session of its own, found in
 * /proc. The stand-in for a cgroup where there is none.
 *
 * Only to be asked of a leader that was not reaped yet: its number is not given away meanwhile.
 */
#ifndef ZCSMGR_SESSION_H
#define ZCSMGR_SESSION_H

#include <sys/types.h>

/* Sends SIGKILL to each. */
void session_kill(pid_t leader);

/* A process of the session that lives, zombies apart; 0: none. */
pid_t session_first(pid_t leader);

#endif
