/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a libqb loop until something is so, or a deadline has passed. */
#ifndef ZCSMGR_TESTS_LOOP_H
#define ZCSMGR_TESTS_LOOP_H

#include <qb/qbloop.h>
#include <qb/qbutil.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct loop_wait {
	qb_loop_t *loop;
	bool (*is_so)(void *data);
	void *data;
	uint64_t deadline_ms;
	bool so;
};

static inline uint64_t loop_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static inline void loop_look(void *data)
{
	struct loop_wait *wait = data;
	qb_loop_timer_handle handle;

	wait->so = wait->is_so(wait->data);
	if (wait->so || loop_now_ms() >= wait->deadline_ms)
		qb_loop_stop(wait->loop);
	else
		qb_loop_timer_add(wait->loop, QB_LOOP_LOW, 2 * QB_TIME_NS_IN_MSEC, wait, loop_look,
				  &handle);
}

/* True if it came to be so in time. */
static inline bool loop_until(qb_loop_t *loop, bool (*is_so)(void *data), void *data,
			      uint32_t timeout_ms)
{
	struct loop_wait wait = {.loop = loop,
				 .is_so = is_so,
				 .data = data,
				 .deadline_ms = loop_now_ms() + timeout_ms};
	qb_loop_timer_handle handle;

	qb_loop_timer_add(loop, QB_LOOP_LOW, QB_TIME_NS_IN_MSEC, &wait, loop_look, &handle);
	qb_loop_run(loop);
	return wait.so;
}

#endif
