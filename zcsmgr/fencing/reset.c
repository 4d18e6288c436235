/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reset.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <time.h>
#include <unistd.h>

/* PROC_PID_INIT_INO of include/linux/proc_ns.h: the namespace that the kernel itself made. */
#define INITIAL_PID_NAMESPACE "pid:[4026531836]"

/* ---- sync ----------------------------------------------------------------------------------- */

/* The thread may outlive the call, so this outlives both. */
static struct {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	bool done;
} syncing = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static void *run_sync(void *data)
{
	sync();
	pthread_mutex_lock(&syncing.mutex);
	syncing.done = true;
	pthread_cond_broadcast(&syncing.changed);
	pthread_mutex_unlock(&syncing.mutex);
	return data;
}

/* Signals are the main loop's: the thread blocks them all. */
static bool start_sync(void)
{
	pthread_condattr_t attributes;
	sigset_t all, before;
	pthread_t thread;
	int error;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&syncing.changed, &attributes);
	pthread_condattr_destroy(&attributes);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&thread, NULL, run_sync, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error == 0)
		pthread_detach(thread);
	return error == 0;
}

void reset_sync(uint32_t patience_ms)
{
	struct timespec deadline;
	int error = 0;

	clock_gettime(CLOCK_MONOTONIC, &deadline);
	deadline.tv_sec += patience_ms / 1000;
	deadline.tv_nsec += (long)(patience_ms % 1000) * 1000000;
	if (deadline.tv_nsec >= 1000000000) {
		deadline.tv_sec++;
		deadline.tv_nsec -= 1000000000;
	}
	if (!start_sync())
		return;
	pthread_mutex_lock(&syncing.mutex);
	while (!syncing.done && error == 0)
		error = pthread_cond_timedwait(&syncing.changed, &syncing.mutex, &deadline);
	pthread_mutex_unlock(&syncing.mutex);
}

/* ---- reset ---------------------------------------------------------------------------------- */

/* In doubt it is not: sysrq knows no namespaces. */
static bool is_whole_machine(void)
{
	char name[64];
	ssize_t length = readlink("/proc/self/ns/pid", name, sizeof(name));

	return length == (ssize_t)strlen(INITIAL_PID_NAMESPACE) &&
	       memcmp(name, INITIAL_PID_NAMESPACE, (size_t)length) == 0;
}

/* At once, in interrupt context if need be: nothing is stopped, no driver is asked. */
static void by_sysrq(char *text, size_t size)
{
	int fd, error;

	if (!is_whole_machine()) {
		snprintf(text, size, "not the initial pid namespace");
		return;
	}
	fd = open("/proc/sysrq-trigger", O_WRONLY | O_CLOEXEC);
	error = fd < 0 || write(fd, "b", 1) != 1 ? errno : 0;
	if (fd >= 0)
		close(fd);
	snprintf(text, size, "%s", error ? strerror(error) : "it did nothing");
}

void reset_machine(char *text, size_t size)
{
	char sysrq[128];

	by_sysrq(sysrq, sizeof(sysrq));
	/* Outside the initial pid namespace the kernel kills the init of ours instead. */
	reboot(RB_AUTOBOOT);
	snprintf(text, size, "sysrq: %s; reboot: %s", sysrq, strerror(errno));
}
