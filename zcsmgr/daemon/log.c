/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "log.h"

#include <poll.h>
#include <qb/qblog.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

static bool is_journal;

/* $JOURNAL_STREAM names the device and inode of the journal's stream (systemd.exec(5)). */
static bool stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat status;

	return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
	       fstat(STDERR_FILENO, &status) == 0 && status.st_dev == device &&
	       status.st_ino == inode;
}

/* A reader that is stuck must not stop the daemon: what does not fit is not said. */
static void write_stderr(int32_t target, struct qb_log_callsite *callsite, struct timespec *time,
			 const char *message)
{
	struct pollfd fd = {.fd = STDERR_FILENO, .events = POLLOUT};
	char line[QB_LOG_MAX_LEN + 16];
	int size;

	(void)target;
	(void)time;
	if (is_journal)
		size = snprintf(line, sizeof(line), "<%u>%s\n", callsite->priority, message);
	else
		size = snprintf(line, sizeof(line), "%s\n", message);
	if (size >= (int)sizeof(line)) {
		size = sizeof(line) - 1;
		line[size - 1] = '\n';
	}
	if (poll(&fd, 1, 0) == 1 && fd.revents & POLLOUT &&
	    write(STDERR_FILENO, line, (size_t)size) < 0)
		return;
}

/* syslog() waits for a logger that is stuck, so libqb calls it from a thread, with a bounded
   queue. The journal's own stream is written at once, as above. */
static void open_syslog(void)
{
	qb_log_ctl(QB_LOG_SYSLOG, QB_LOG_CONF_ENABLED, is_journal ? QB_FALSE : QB_TRUE);
	if (is_journal)
		return;
	qb_log_ctl(QB_LOG_SYSLOG, QB_LOG_CONF_THREADED, QB_TRUE);
	qb_log_thread_start();
}

void log_open(void)
{
	int32_t target;

	qb_log_init("zcsmgrd", LOG_DAEMON, LOG_INFO);
	is_journal = stderr_is_journal();
	open_syslog();
	target = qb_log_custom_open(write_stderr, NULL, NULL, NULL);
	if (target < 0)
		return;
	qb_log_filter_ctl(target, QB_LOG_FILTER_ADD, QB_LOG_FILTER_FILE, "*", LOG_INFO);
	qb_log_format_set(target, "%b");
	qb_log_ctl(target, QB_LOG_CONF_ENABLED, QB_TRUE);
}

void log_close(void)
{
	qb_log_fini();
}
