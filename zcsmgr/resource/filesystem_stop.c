/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes the filesystem off: unmounts it, and ends whoever is in the way, first asked (half of
 * the time), then killed. Never lazily, never by force: both report success while the disk is
 * still written to (PLATFORM §5). It is off when the device can be opened exclusively.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/param.h>
#include <time.h>
#include <unistd.h>

#include "filesystem.h"
#include "holders.h"
#include "holders_others.h"

enum {
	TRY_GAP_MS = 50,
	SCAN_GAP_MS = 500,   /* looking at every file of every process costs */
	LAST_WORDS_MS = 500, /* kept to say who is in the way, before we are killed ourselves */
};

struct stop {
	struct driver_context *context;
	dev_t device;
	dev_t busy;		     /* whose holders are in the way; 0: unknown */
	char path[CONFIG_PATH_SIZE]; /* what did not unmount; "" if all did */
	int error;		     /* and why */
	uint64_t kill_ms;	     /* from then on holders are killed */
	uint64_t scan_ms;	     /* the next look for holders */
	struct holders holders;
};

/*
 * Opening exclusively fails as long as the filesystem lives anywhere: in another mount namespace,
 * too. Other errors say that the device itself is gone, or a DRBD Secondary: not mounted then.
 */
static bool is_released(const struct stop *stop)
{
	const struct filesystem_config *config = &stop->context->resource->filesystem;
	int fd;

	if (filesystem_table_in_use(stop->device, config->fstype))
		return false;
	fd = open(config->device, O_RDONLY | O_EXCL | O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0)
		close(fd);
	return fd >= 0 || (errno != EBUSY && errno != EMFILE && errno != ENFILE && errno != ENOMEM);
}

static bool try(struct stop *stop)
{
	if (filesystem_table_unmount(stop->device, stop->path, &stop->busy) != 0) {
		stop->error = errno;
		return false;
	}
	/* Nothing is mounted here any more; who has it open is in another mount namespace. */
	stop->busy = stop->device;
	return is_released(stop);
}

static void end_holders(struct stop *stop)
{
	uint64_t now_ms = driver_now_ms();

	if (stop->busy == 0 || now_ms < stop->scan_ms)
		return;
	holders_signal(stop->busy, now_ms < stop->kill_ms ? SIGTERM : SIGKILL, &stop->holders);
	stop->scan_ms = driver_now_ms() + SCAN_GAP_MS;
}

static enum outcome give_up(struct stop *stop)
{
	const struct filesystem_config *config = &stop->context->resource->filesystem;
	char processes[160];
	char others[200];

	holders_signal(stop->busy ? stop->busy : stop->device, 0, &stop->holders);
	holders_describe(&stop->holders, processes, sizeof(processes));
	holders_others(stop->busy ? stop->busy : stop->device, others, sizeof(others));
	if (stop->path[0])
		filesystem_say(stop->context, "cannot unmount %s (%s)%s%s%s%s", stop->path,
			       strerror(stop->error), processes[0] ? ", held by " : "", processes,
			       others[0] ? "; " : "", others);
	else
		filesystem_say(stop->context, "%s is unmounted but still in use%s%s%s%s",
			       config->device, processes[0] ? " by " : "", processes,
			       others[0] ? "; " : "", others);
	return OUTCOME_FAILED;
}

static void nap(void)
{
	nanosleep(&(struct timespec){.tv_nsec = TRY_GAP_MS * 1000000L}, NULL);
}

static enum outcome release(struct stop *stop)
{
	uint64_t begun_ms = driver_now_ms();
	uint64_t end_ms = MAX(stop->context->deadline_ms, begun_ms + LAST_WORDS_MS) - LAST_WORDS_MS;

	stop->kill_ms = begun_ms + (end_ms - begun_ms) / 2;
	while (!try(stop)) {
		if (driver_now_ms() >= end_ms)
			return give_up(stop);
		end_holders(stop);
		nap();
	}
	return OUTCOME_OK;
}

enum outcome filesystem_stop(struct driver_context *context)
{
	const struct filesystem_config *config = &context->resource->filesystem;
	struct stop stop = {.context = context};
	struct filesystem_state state;

	context->text[0] = '\0';
	if (filesystem_table_look(config, &state) != 0) {
		filesystem_say(context, "cannot read the table of mounts: %s", strerror(errno));
		return OUTCOME_FAILED;
	}
	if (state.device == 0)
		return OUTCOME_OK; /* no such device, and nothing mounted from it */
	stop.device = state.device;
	return release(&stop);
}
