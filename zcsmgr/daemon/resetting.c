/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The core wants this machine reset. If that cannot be done, the daemon goes on, holds what it
 * holds, and tries again: the other nodes may count on nothing else.
 */
#include "daemon.h"

#include <qb/qblog.h>
#include <qb/qbutil.h>
#include <stdio.h>

#include "driver.h"
#include "reset.h"

enum {
	PATIENCE_MS = 1000, /* for the journal and all disks together */
	AGAIN_MS = 1000,
};

static void tell_failure(struct daemon *daemon, const char *why)
{
	bool told = daemon->reset_failure[0] != '\0';

	snprintf(daemon->reset_failure, sizeof(daemon->reset_failure),
		 "this node must be reset and cannot be (%s); switch it off", why);
	if (!told)
		commands_note(daemon, REASON_ERROR, "RESET_FAILED", NULL, daemon->reset_failure,
			      NULL);
}

static void attempt(struct daemon *daemon);

static void on_again(void *data)
{
	struct daemon *daemon = data;

	daemon->reset_again_set = false;
	attempt(daemon);
}

static void attempt(struct daemon *daemon)
{
	char why[256];

	reset_machine(why, sizeof(why));
	tell_failure(daemon, why);
	daemon->reset_again_set = qb_loop_timer_add(daemon->loop, QB_LOOP_HIGH,
						    (uint64_t)AGAIN_MS * QB_TIME_NS_IN_MSEC, daemon,
						    on_again, &daemon->reset_again) == 0;
	if (!daemon->reset_again_set)
		qb_log(LOG_ERR, "no memory for a timer");
}

void resetting_go(struct daemon *daemon)
{
	uint64_t until_ms = driver_now_ms() + PATIENCE_MS, now_ms;

	if (daemon->reset_again_set)
		return;
	if (!daemon->resetting) {
		daemon->resetting = true;
		journal_flush(daemon->journal, PATIENCE_MS);
		now_ms = driver_now_ms();
		reset_sync(now_ms < until_ms ? (uint32_t)(until_ms - now_ms) : 0);
	}
	attempt(daemon);
}

void resetting_close(struct daemon *daemon)
{
	if (daemon->reset_again_set)
		qb_loop_timer_del(daemon->loop, daemon->reset_again);
	daemon->reset_again_set = false;
}
