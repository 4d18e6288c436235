/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "loop.h"
#include "worker.h"

struct counted {
	struct job job;
	unsigned number;
	struct worker *worker;
	int gate; /* read from before it ends; -1: none */
};

static unsigned ran[64], done_count, order_ok;

static void run(struct job *job)
{
	struct counted *counted = (struct counted *)job;
	char byte;

	if (counted->gate >= 0 && read(counted->gate, &byte, 1) < 0)
		abort();
	ran[counted->number]++;
}

static void done(struct job *job)
{
	struct counted *counted = (struct counted *)job;

	order_ok += counted->number == done_count;
	done_count++;
}

static struct counted make(unsigned number, int gate)
{
	return (struct counted){.job = {.run = run, .done = done}, .number = number, .gate = gate};
}

static int reset(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 64; i++)
		ran[i] = 0;
	done_count = order_ok = 0;
	return 0;
}

static bool is_done(void *data)
{
	return done_count == *(unsigned *)data;
}

static void jobs_run_in_their_order_and_their_ends_are_told_in_the_loop(void **state)
{
	qb_loop_t *loop = qb_loop_create();
	struct worker *worker = worker_open(loop);
	struct counted jobs[10];
	unsigned count = 10;

	(void)state;
	for (unsigned i = 0; i < count; i++) {
		jobs[i] = make(i, -1);
		assert_int_equal(worker_submit(worker, &jobs[i].job), 0);
	}
	assert_int_equal(done_count, 0);
	assert_true(loop_until(loop, is_done, &count, 5000));
	assert_int_equal(order_ok, count);
	assert_true(worker_close(worker, 1000));
	qb_loop_destroy(loop);
}

static void a_full_queue_is_refused_not_waited_for(void **state)
{
	qb_loop_t *loop = qb_loop_create();
	struct worker *worker = worker_open(loop);
	struct counted jobs[2 * WORKER_JOBS];
	int gate[2], refused = 0;

	(void)state;
	assert_int_equal(pipe(gate), 0);
	for (unsigned i = 0; i < 2 * WORKER_JOBS; i++) {
		jobs[i] = make(i, gate[0]);
		if (worker_submit(worker, &jobs[i].job) != 0) {
			assert_int_equal(errno, ENOBUFS);
			refused++;
		}
	}
	assert_true(refused >= WORKER_JOBS - 1);
	close(gate[1]); /* all may pass */
	assert_true(worker_close(worker, 5000));
	assert_int_equal(done_count, 2 * WORKER_JOBS - refused);
	close(gate[0]);
	qb_loop_destroy(loop);
}

static void submit_another(struct job *job)
{
	static struct counted next;
	struct counted *counted = (struct counted *)job;

	done(job);
	next = make(1, -1);
	assert_int_equal(worker_submit(counted->worker, &next.job), 0);
}

static void a_job_that_follows_from_the_last_one_still_runs_at_the_close(void **state)
{
	qb_loop_t *loop = qb_loop_create();
	struct worker *worker = worker_open(loop);
	struct counted first = make(0, -1);

	(void)state;
	first.worker = worker;
	first.job.done = submit_another;
	assert_int_equal(worker_submit(worker, &first.job), 0);
	assert_true(worker_close(worker, 5000));
	assert_int_equal(done_count, 2);
	assert_int_equal(ran[1], 1);
	qb_loop_destroy(loop);
}

static void a_wait_tells_all_ends_and_the_worker_goes_on(void **state)
{
	qb_loop_t *loop = qb_loop_create();
	struct worker *worker = worker_open(loop);
	struct counted first = make(0, -1), later = make(2, -1);

	(void)state;
	first.worker = worker;
	first.job.done = submit_another;
	assert_int_equal(worker_submit(worker, &first.job), 0);
	worker_wait(worker, 5000);
	assert_int_equal(done_count, 2);
	assert_int_equal(worker_submit(worker, &later.job), 0);
	assert_true(worker_close(worker, 5000));
	assert_int_equal(done_count, 3);
	qb_loop_destroy(loop);
}

static void a_job_that_hangs_keeps_a_wait_no_longer_than_that(void **state)
{
	qb_loop_t *loop = qb_loop_create();
	struct worker *worker = worker_open(loop);
	uint64_t before_ms = loop_now_ms();
	struct counted hanging;
	int gate[2];

	(void)state;
	assert_int_equal(pipe(gate), 0);
	hanging = make(0, gate[0]);
	assert_int_equal(worker_submit(worker, &hanging.job), 0);
	worker_wait(worker, 200);
	assert_in_range(loop_now_ms() - before_ms, 200, 5000);
	assert_int_equal(done_count, 0);
	close(gate[1]);
	assert_true(worker_close(worker, 5000));
	assert_int_equal(done_count, 1);
	close(gate[0]);
	qb_loop_destroy(loop);
}

static void a_job_that_hangs_does_not_keep_the_close_waiting(void **state)
{
	static struct counted hanging; /* the thread still has it when this test is over */
	qb_loop_t *loop = qb_loop_create();
	struct worker *worker = worker_open(loop);
	uint64_t before_ms = loop_now_ms();
	int gate[2];

	(void)state;
	assert_int_equal(pipe(gate), 0);
	hanging = make(0, gate[0]);
	assert_int_equal(worker_submit(worker, &hanging.job), 0);
	assert_false(worker_close(worker, 200));
	assert_in_range(loop_now_ms() - before_ms, 200, 5000);
	assert_int_equal(done_count, 0);
	qb_loop_destroy(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(jobs_run_in_their_order_and_their_ends_are_told_in_the_loop,
				       reset),
		cmocka_unit_test_setup(a_full_queue_is_refused_not_waited_for, reset),
		cmocka_unit_test_setup(a_job_that_follows_from_the_last_one_still_runs_at_the_close,
				       reset),
		cmocka_unit_test_setup(a_wait_tells_all_ends_and_the_worker_goes_on, reset),
		cmocka_unit_test_setup(a_job_that_hangs_keeps_a_wait_no_longer_than_that, reset),
		cmocka_unit_test_setup(a_job_that_hangs_does_not_keep_the_close_waiting, reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
