/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Guards a filesystem that is up: the kernel tells of every change of the table of mounts, and
 * every few seconds the filesystem is read from, which also shows errors that change no table.
 */
#include <errno.h>
#include <libmount.h>
#include <poll.h>
#include <string.h>
#include <sys/param.h>

#include "filesystem.h"

enum { LOOK_INTERVAL_MS = 5000 };

struct watch {
	struct driver_context *context;
	struct libmnt_monitor *monitor;
	enum verdict verdict;
	uint64_t look_ms; /* the next unprompted look, and sign of life */
};

static int tell(struct watch *watch, enum verdict verdict)
{
	watch->verdict = verdict;
	watch->look_ms = driver_now_ms() +
			 MAX(watch->context->resource->monitor_interval_ms, LOOK_INTERVAL_MS);
	return watch->context->tell_verdict(watch->context, verdict);
}

/* Most changes of the table concern others: a look at it suffices, and what has not changed is
   not told again. */
static int see_change(struct watch *watch)
{
	struct filesystem_state state;
	enum verdict verdict;

	while (mnt_monitor_next_change(watch->monitor, NULL, NULL) == 0)
		;
	verdict = filesystem_look(watch->context, &state);
	return verdict == watch->verdict ? 0 : tell(watch, verdict);
}

static void loop(struct watch *watch, int changes)
{
	struct pollfd fds[2] = {
		{.fd = changes, .events = POLLIN},
		{.fd = watch->context->fd}, /* only for its end: the daemon is gone */
	};
	uint64_t now_ms;

	if (tell(watch, filesystem_monitor(watch->context)) != 0)
		return;
	for (;;) {
		now_ms = driver_now_ms();
		if (now_ms >= watch->look_ms &&
		    tell(watch, filesystem_monitor(watch->context)) != 0)
			return;
		now_ms = driver_now_ms();
		if (poll(fds, 2, (int)(watch->look_ms - MIN(now_ms, watch->look_ms))) < 0)
			continue;
		if (fds[1].revents)
			return;
		if (fds[0].revents && see_change(watch) != 0)
			return;
	}
}

void filesystem_watch(struct driver_context *context)
{
	struct watch watch = {.context = context, .monitor = mnt_new_monitor()};
	int changes = -1;

	if (watch.monitor && mnt_monitor_enable_kernel(watch.monitor, 1) == 0)
		changes = mnt_monitor_get_fd(watch.monitor);
	if (changes >= 0) {
		loop(&watch, changes);
	} else {
		filesystem_say(context, "cannot watch the table of mounts: %s", strerror(errno));
		context->tell_verdict(context, VERDICT_TIMEOUT);
	}
	mnt_unref_monitor(watch.monitor);
}
