/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals, and what the service manager is told.
 *
 *	SIGTERM, SIGINT  hand the services over to other nodes, say goodbye, end. A second one
 *			 changes nothing: a hand-over is not cut short by impatience
 *	SIGUSR1		 end and leave the services running (restart, upgrade), at once, also in
 *			 the middle of a hand-over
 *	SIGHUP		 `zcsmgr reload`
 *
 * READY is told when it is known what runs here, or after 10 s: a host must boot without corosync.
 */
#include "daemon.h"

#include <qb/qbutil.h>
#include <signal.h>

#include "driver.h"
#include "notify.h"

enum {
	READY_MS = 10000,
	BUSY_PULSE_MS = 1000, /* until ready, and while ending */
	EXTENSION_MS = 15000,
	PATIENCE_MS = 60000, /* beyond the stop timeouts */
};

/* ---- the service manager -------------------------------------------------------------------- */

static bool is_probed(const struct core_status *status)
{
	unsigned self = 0;

	while (self < status->node_count && !status->nodes[self].self)
		self++;
	for (unsigned i = 0; i < status->service_count; i++)
		if (self == status->node_count ||
		    status->services[i].phase_of[self] == PHASE_UNKNOWN)
			return false;
	return true;
}

static void consider_ready(struct daemon *daemon)
{
	struct core_status status;
	bool probed = false;

	if (daemon->ready)
		return;
	if (daemon->core) {
		core_status(daemon->core, driver_now_ms(), &status);
		probed = is_probed(&status);
	}
	if (!probed && driver_now_ms() < daemon->started_ms + READY_MS)
		return;
	daemon->ready = true;
	notify_ready();
}

void ending_tell(struct daemon *daemon)
{
	struct status_input input;
	char line[256];

	consider_ready(daemon);
	if (daemon->core && daemon->update.record_count == 0)
		return; /* nothing happened that is worth a line */
	commands_status(daemon, &input);
	status_line(&input, line, sizeof(line));
	notify_status(line);
}

/* ---- the pulse ------------------------------------------------------------------------------ */

static void set_pulse(struct daemon *daemon);

/* Told from the main loop: a loop that hangs tells nothing. */
static void on_pulse(void *data)
{
	struct daemon *daemon = data;

	daemon->pulse_set = false;
	notify_alive();
	ending_tell(daemon);
	if (daemon->ending && driver_now_ms() < daemon->ending_until_ms)
		notify_extend(EXTENSION_MS);
	set_pulse(daemon);
}

static void set_pulse(struct daemon *daemon)
{
	uint64_t wait_ms = notify_watchdog_ms() / 3;

	if (!daemon->ready || daemon->ending)
		wait_ms = BUSY_PULSE_MS;
	if (wait_ms == 0 || daemon->pulse_set)
		return;
	daemon->pulse_set =
		qb_loop_timer_add(daemon->loop, QB_LOOP_MED, wait_ms * QB_TIME_NS_IN_MSEC, daemon,
				  on_pulse, &daemon->pulse) == 0;
}

/* ---- signals -------------------------------------------------------------------------------- */

/* All stacks may have to come down, one after another. */
static uint64_t patience_ms(const struct config *config)
{
	uint64_t sum_ms = PATIENCE_MS;

	for (unsigned i = 0; i < config->service_count; i++)
		for (unsigned j = 0; j < config->services[i].resource_count; j++)
			sum_ms += config->services[i].resources[j].stop_timeout_ms;
	return sum_ms;
}

static void end(struct daemon *daemon, enum core_event_type type)
{
	struct core_event event = {.type = type};

	notify_stopping();
	daemon->ending = true;
	daemon->ending_until_ms = driver_now_ms() + patience_ms(daemon->config);
	notify_extend(EXTENSION_MS);
	if (!daemon->core) {
		daemon_stop(daemon);
		return;
	}
	daemon_step(daemon, &event, NULL);
	if (daemon->pulse_set)
		qb_loop_timer_del(daemon->loop, daemon->pulse);
	daemon->pulse_set = false;
	set_pulse(daemon);
}

static int32_t on_signal(int32_t number, void *data)
{
	struct daemon *daemon = data;

	if (daemon->left)
		return 0;
	switch (number) {
	case SIGTERM:
	case SIGINT:
		if (!daemon->ending)
			end(daemon, CORE_SHUTDOWN);
		break;
	case SIGUSR1:
		end(daemon, CORE_DETACH);
		break;
	case SIGHUP:
		if (daemon->core)
			commands_reload(daemon);
		break;
	}
	return 0;
}

/* ---- life ----------------------------------------------------------------------------------- */

int ending_open(struct daemon *daemon)
{
	static const int numbers[] = {SIGTERM, SIGINT, SIGUSR1, SIGHUP};

	daemon->started_ms = driver_now_ms();
	for (unsigned i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (qb_loop_signal_add(daemon->loop, QB_LOOP_HIGH, numbers[i], daemon, on_signal,
				       &daemon->signals[i]) != 0)
			return -1;
	set_pulse(daemon);
	return 0;
}

void ending_close(struct daemon *daemon)
{
	if (daemon->pulse_set)
		qb_loop_timer_del(daemon->loop, daemon->pulse);
	daemon->pulse_set = false;
}
