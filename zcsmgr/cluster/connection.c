/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "connection.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* The libraries put buffers of up to 1 MiB on the stack; only what is touched costs memory. */
enum { STACK_SIZE = 4 * 1024 * 1024 };

/*
 * One job at a time opens and closes handles: the libraries' tables of handles do not expect
 * several threads to do so at once, and a new connection cannot join while its predecessor has
 * not left. What hangs in a frozen corosync holds up only what would hang there too.
 */
static pthread_mutex_t handles = PTHREAD_MUTEX_INITIALIZER;

struct connection_job {
	pthread_mutex_t lock; /* over done and abandoned */
	bool done, abandoned;
	bool ok;
	bool read_only;
	bool leave; /* an end: leave the group first */
	void *context;
	int wake_fd; /* an eventfd of ours, a duplicate */
	struct connection connection;
};

static void free_job(struct connection_job *job)
{
	if (job->wake_fd >= 0)
		close(job->wake_fd);
	pthread_mutex_destroy(&job->lock);
	free(job);
}

int connection_fail(struct connection *connection, const char *what, cs_error_t error)
{
	char *text = connection->error;

	switch (error) {
	case CS_ERR_LIBRARY: /* there is no socket */
		snprintf(text, sizeof(connection->error),
			 "it does not run; start it: systemctl start corosync");
		break;
	case CS_ERR_TRY_AGAIN: /* it refuses clients until it has synchronised */
		snprintf(text, sizeof(connection->error), "it is not ready yet");
		break;
	case CS_ERR_ACCESS:
		snprintf(text, sizeof(connection->error), "it refuses this user; be root");
		break;
	default:
		snprintf(text, sizeof(connection->error), "%s: %s", what, cs_strerror(error));
	}
	return -1;
}

static void close_handles(struct connection *connection, bool leave)
{
	struct cpg_name group = {.length = sizeof(CLUSTER_GROUP) - 1, .value = CLUSTER_GROUP};

	if (connection->cpg_open && connection->joined && leave)
		cpg_leave(connection->cpg, &group);
	if (connection->cpg_open)
		cpg_finalize(connection->cpg);
	if (connection->quorum_open)
		quorum_finalize(connection->quorum);
	if (connection->cmap_open)
		cmap_finalize(connection->cmap);
	connection->cpg_open = connection->quorum_open = connection->cmap_open = false;
}

static void tell(const struct connection_job *job)
{
	uint64_t one = 1;

	if (write(job->wake_fd, &one, sizeof(one)) < 0)
		return; /* its counter is full: then it wakes anyway */
}

/* Hands the result over, unless nobody wants it any longer. */
static void finish(struct connection_job *job)
{
	bool abandoned;

	pthread_mutex_lock(&job->lock);
	job->done = true;
	abandoned = job->abandoned;
	if (!abandoned)
		tell(job);
	pthread_mutex_unlock(&job->lock);
	if (!abandoned)
		return;
	pthread_mutex_lock(&handles);
	close_handles(&job->connection, true);
	pthread_mutex_unlock(&handles);
	free_job(job);
}

static void *run_connect(void *argument)
{
	struct connection_job *job = argument;
	struct connection *connection = &job->connection;

	pthread_mutex_lock(&handles);
	if (job->read_only) {
		job->ok = cmap_adapter_open(connection, NULL) == 0;
		close_handles(connection, false);
	} else {
		job->ok = cmap_adapter_open(connection, job->context) == 0 &&
			  quorum_adapter_open(connection, job->context) == 0 &&
			  cpg_adapter_open(connection, job->context) == 0;
		connection->info.local_pid = (uint32_t)getpid();
		if (!job->ok)
			close_handles(connection, true);
	}
	pthread_mutex_unlock(&handles);
	finish(job);
	return NULL;
}

static void *run_end(void *argument)
{
	struct connection_job *job = argument;

	pthread_mutex_lock(&handles);
	close_handles(&job->connection, job->leave);
	pthread_mutex_unlock(&handles);
	tell(job);
	free_job(job);
	return NULL;
}

static struct connection_job *new_job(int wake_fd)
{
	struct connection_job *job = calloc(1, sizeof(*job));

	if (!job)
		return NULL;
	pthread_mutex_init(&job->lock, NULL);
	job->wake_fd = fcntl(wake_fd, F_DUPFD_CLOEXEC, 0);
	if (job->wake_fd >= 0)
		return job;
	free_job(job);
	return NULL;
}

static int start_thread(struct connection_job *job, void *(*run)(void *))
{
	pthread_attr_t attributes;
	pthread_t thread;
	sigset_t all, before;
	int result;

	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	/* Signals are the main loop's, and must not interrupt the libraries. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	result = pthread_create(&thread, &attributes, run, job);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	if (result == 0)
		return 0;
	errno = result;
	return -1;
}

static struct connection_job *start_job(void *context, int wake_fd, bool read_only)
{
	struct connection_job *job = new_job(wake_fd);

	if (!job)
		return NULL;
	job->context = context;
	job->read_only = read_only;
	if (start_thread(job, run_connect) == 0)
		return job;
	free_job(job);
	return NULL;
}

struct connection_job *connection_start(void *context, int wake_fd)
{
	return start_job(context, wake_fd, false);
}

struct connection_job *connection_read(int wake_fd)
{
	return start_job(NULL, wake_fd, true);
}

bool connection_done(struct connection_job *job, struct connection *connection, bool *ok)
{
	bool done;

	pthread_mutex_lock(&job->lock);
	done = job->done;
	pthread_mutex_unlock(&job->lock);
	if (!done)
		return false;
	*connection = job->connection;
	*ok = job->ok;
	free_job(job);
	return true;
}

void connection_abandon(struct connection_job *job)
{
	bool done;

	pthread_mutex_lock(&job->lock);
	done = job->done;
	job->abandoned = true;
	pthread_mutex_unlock(&job->lock);
	if (!done)
		return; /* the thread cleans up */
	if (job->ok && !job->read_only)
		connection_end(&job->connection, true, 0);
	free_job(job);
}

void connection_end(struct connection *connection, bool leave, unsigned wait_ms)
{
	int wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	struct connection_job *job = wake_fd >= 0 ? new_job(wake_fd) : NULL;
	struct pollfd ended = {.fd = wake_fd, .events = POLLIN};

	if (job) {
		job->connection = *connection;
		job->leave = leave;
		if (start_thread(job, run_end) != 0)
			free_job(job); /* the process' end closes them */
		else if (wait_ms > 0)
			poll(&ended, 1, (int)wait_ms);
	}
	if (wake_fd >= 0)
		close(wake_fd);
	memset(connection, 0, sizeof(*connection));
}
