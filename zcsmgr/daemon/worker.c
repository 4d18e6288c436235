/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "worker.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { STACK_SIZE = 256 * 1024 };

struct list {
	struct job *first, **last;
};

struct worker {
	qb_loop_t *loop;
	int event;
	pthread_t thread;
	pthread_mutex_t mutex; /* guards what follows */
	pthread_cond_t changed;
	struct list waiting, ended;
	unsigned count;	 /* of waiting */
	unsigned untold; /* jobs whose done() has not returned: it may submit another */
	bool closing, finished;
};

static void list_clear(struct list *list)
{
	list->first = NULL;
	list->last = &list->first;
}

static void list_add(struct list *list, struct job *job)
{
	job->next = NULL;
	*list->last = job;
	list->last = &job->next;
}

static struct job *list_take(struct list *list)
{
	struct job *job = list->first;

	if (!job)
		return NULL;
	list->first = job->next;
	if (!list->first)
		list->last = &list->first;
	return job;
}

/* The next job, waited for; NULL: there is none and there will be none. */
static struct job *next_job(struct worker *worker)
{
	struct job *job;

	pthread_mutex_lock(&worker->mutex);
	while (!worker->waiting.first && !(worker->closing && worker->untold == 0))
		pthread_cond_wait(&worker->changed, &worker->mutex);
	job = list_take(&worker->waiting);
	if (job) {
		worker->count--;
		worker->untold++;
	} else {
		worker->finished = true;
		pthread_cond_broadcast(&worker->changed);
	}
	pthread_mutex_unlock(&worker->mutex);
	return job;
}

static void *work(void *data)
{
	struct worker *worker = data;
	struct job *job;

	while ((job = next_job(worker)) != NULL) {
		job->run(job);
		pthread_mutex_lock(&worker->mutex);
		list_add(&worker->ended, job);
		pthread_cond_broadcast(&worker->changed);
		pthread_mutex_unlock(&worker->mutex);
		eventfd_write(worker->event, 1);
	}
	return NULL;
}

static void tell_ends(struct worker *worker)
{
	for (;;) {
		struct job *job;

		pthread_mutex_lock(&worker->mutex);
		job = list_take(&worker->ended);
		pthread_mutex_unlock(&worker->mutex);
		if (!job)
			return;
		job->done(job);
		pthread_mutex_lock(&worker->mutex);
		worker->untold--;
		pthread_cond_broadcast(&worker->changed);
		pthread_mutex_unlock(&worker->mutex);
	}
}

static int32_t on_event(int32_t fd, int32_t revents, void *data)
{
	eventfd_t count;

	(void)revents;
	eventfd_read(fd, &count);
	tell_ends(data);
	return 0;
}

/* Signals are the main loop's: the thread blocks them all. */
static int start_thread(struct worker *worker)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	int error;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&worker->thread, &attributes, work, worker);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return error;
}

static void initialise(struct worker *worker, qb_loop_t *loop)
{
	pthread_condattr_t attributes;

	worker->loop = loop;
	list_clear(&worker->waiting);
	list_clear(&worker->ended);
	pthread_mutex_init(&worker->mutex, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&worker->changed, &attributes);
	pthread_condattr_destroy(&attributes);
}

static void destroy(struct worker *worker)
{
	if (worker->event >= 0) {
		qb_loop_poll_del(worker->loop, worker->event);
		close(worker->event);
	}
	pthread_cond_destroy(&worker->changed);
	pthread_mutex_destroy(&worker->mutex);
	free(worker);
}

struct worker *worker_open(qb_loop_t *loop)
{
	struct worker *worker = calloc(1, sizeof(*worker));
	int error;

	if (!worker)
		return NULL;
	initialise(worker, loop);
	worker->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	error = worker->event < 0 ? errno : 0;
	if (error == 0)
		error = -qb_loop_poll_add(loop, QB_LOOP_HIGH, worker->event, POLLIN, worker,
					  on_event);
	if (error == 0)
		error = start_thread(worker);
	if (error == 0)
		return worker;
	destroy(worker);
	errno = error;
	return NULL;
}

int worker_submit(struct worker *worker, struct job *job)
{
	int result = -1;

	pthread_mutex_lock(&worker->mutex);
	if (worker->count < WORKER_JOBS) {
		list_add(&worker->waiting, job);
		worker->count++;
		result = 0;
	}
	pthread_cond_broadcast(&worker->changed);
	pthread_mutex_unlock(&worker->mutex);
	if (result != 0)
		errno = ENOBUFS;
	return result;
}

static struct timespec after(uint32_t milliseconds)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec += milliseconds / 1000;
	time.tv_nsec += (long)(milliseconds % 1000) * 1000000;
	if (time.tv_nsec >= 1000000000) {
		time.tv_sec++;
		time.tv_nsec -= 1000000000;
	}
	return time;
}

static bool is_idle(const struct worker *worker)
{
	return !worker->waiting.first && worker->untold == 0;
}

static bool has_finished(const struct worker *worker)
{
	return worker->finished;
}

/* Ends are told as they come: a done() may have one more job for the thread. */
static bool wait_until(struct worker *worker, bool (*reached)(const struct worker *worker),
		       uint32_t patience_ms)
{
	struct timespec deadline = after(patience_ms);
	int error = 0;

	pthread_mutex_lock(&worker->mutex);
	while (!reached(worker) && error == 0) {
		if (!worker->ended.first) {
			error = pthread_cond_timedwait(&worker->changed, &worker->mutex, &deadline);
			continue;
		}
		pthread_mutex_unlock(&worker->mutex);
		tell_ends(worker);
		pthread_mutex_lock(&worker->mutex);
	}
	pthread_mutex_unlock(&worker->mutex);
	return error == 0;
}

void worker_wait(struct worker *worker, uint32_t patience_ms)
{
	wait_until(worker, is_idle, patience_ms);
}

static void begin_to_close(struct worker *worker)
{
	pthread_mutex_lock(&worker->mutex);
	worker->closing = true;
	pthread_cond_broadcast(&worker->changed);
	pthread_mutex_unlock(&worker->mutex);
}

bool worker_close(struct worker *worker, uint32_t patience_ms)
{
	if (!worker)
		return true;
	begin_to_close(worker);
	if (!wait_until(worker, has_finished, patience_ms)) {
		/* The thread may still come back and look: only the loop forgets it. */
		qb_loop_poll_del(worker->loop, worker->event);
		pthread_detach(worker->thread);
		return false;
	}
	pthread_join(worker->thread, NULL);
	destroy(worker);
	return true;
}
