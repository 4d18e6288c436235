/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "notify.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* One process has one service manager. */
static int fd = -1;
static uint32_t watchdog_ms;
static char last_status[256];

static void tell(const char *message)
{
	if (fd >= 0)
		(void)send(fd, message, strlen(message), MSG_DONTWAIT | MSG_NOSIGNAL);
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t length = strlen(path);

	if ((path[0] != '/' && path[0] != '@') || length >= sizeof(address.sun_path))
		return -1;
	memcpy(address.sun_path, path, length);
	if (path[0] == '@')
		address.sun_path[0] = '\0';
	return connect(fd, (const struct sockaddr *)&address,
		       (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length));
}

/* The watchdog may be meant for another process: WATCHDOG_PID tells. */
static uint32_t read_watchdog(void)
{
	const char *time = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");

	if (!time || (pid && strtol(pid, NULL, 10) != getpid()))
		return 0;
	return (uint32_t)(strtoull(time, NULL, 10) / 1000);
}

void notify_open(void)
{
	const char *path = getenv("NOTIFY_SOCKET");

	last_status[0] = '\0';
	watchdog_ms = 0;
	if (!path)
		return;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect_to(path) != 0)
		notify_close();
	if (fd >= 0)
		watchdog_ms = read_watchdog();
	/* Not the children's business. */
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
}

void notify_ready(void)
{
	tell("READY=1");
}

void notify_stopping(void)
{
	tell("STOPPING=1");
}

void notify_status(const char *text)
{
	char message[sizeof(last_status) + sizeof("STATUS=")];

	if (fd < 0 || strncmp(text, last_status, sizeof(last_status) - 1) == 0)
		return;
	snprintf(last_status, sizeof(last_status), "%s", text);
	snprintf(message, sizeof(message), "STATUS=%s", last_status);
	tell(message);
}

void notify_extend(uint32_t milliseconds)
{
	char message[64];

	snprintf(message, sizeof(message), "EXTEND_TIMEOUT_USEC=%llu",
		 (unsigned long long)milliseconds * 1000);
	tell(message);
}

void notify_alive(void)
{
	tell("WATCHDOG=1");
}

uint32_t notify_watchdog_ms(void)
{
	return watchdog_ms;
}

void notify_close(void)
{
	if (fd >= 0)
		close(fd);
	fd = -1;
}
