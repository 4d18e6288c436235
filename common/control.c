/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

struct control {
	int fd;
	size_t used;
	char line[CONTROL_LINE_SIZE + 1];
};

struct control *control_connect(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct control *control;

	if (!path)
		path = CONTROL_SOCKET;
	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	strcpy(address.sun_path, path);
	control = malloc(sizeof(*control));
	if (!control)
		return NULL;
	control->used = 0;
	control->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (control->fd >= 0 &&
	    connect(control->fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return control;
	control_close(control);
	return NULL;
}

void control_close(struct control *control)
{
	int saved = errno;

	if (!control)
		return;
	if (control->fd >= 0)
		close(control->fd);
	free(control);
	errno = saved;
}

static int send_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return -1;
		bytes += sent;
		size -= (size_t)sent;
	}
	return 0;
}

int control_send(struct control *control, const json_t *request)
{
	char *text = json_dumps(request, JSON_COMPACT);
	int result = -1;

	if (!text) {
		errno = EINVAL;
		return -1;
	}
	if (strlen(text) >= CONTROL_REQUEST_SIZE)
		errno = EMSGSIZE;
	else if (send_all(control->fd, text, strlen(text)) == 0)
		result = send_all(control->fd, "\n", 1);
	free(text);
	return result;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Takes the first line out of the buffer; NULL: none is whole yet. */
static json_t *take_line(struct control *control, bool *broken)
{
	char *end = memchr(control->line, '\n', control->used);
	json_t *json;
	size_t size;

	if (!end)
		return NULL;
	size = (size_t)(end - control->line);
	json = json_loadb(control->line, size, JSON_REJECT_DUPLICATES, NULL);
	control->used -= size + 1;
	memmove(control->line, end + 1, control->used);
	*broken = !json;
	return json;
}

static int receive_more(struct control *control, int64_t deadline_ms)
{
	struct pollfd fd = {.fd = control->fd, .events = POLLIN};
	int64_t left_ms = deadline_ms < 0 ? -1 : deadline_ms - now_ms();
	ssize_t count;
	int ready;

	if (deadline_ms >= 0 && left_ms < 0)
		left_ms = 0;
	ready = poll(&fd, 1, (int)left_ms);
	if (ready < 0 && errno == EINTR)
		return 0;
	if (ready == 0)
		errno = ETIMEDOUT;
	if (ready <= 0)
		return -1;
	count = recv(control->fd, control->line + control->used, CONTROL_LINE_SIZE - control->used,
		     MSG_DONTWAIT);
	if (count == 0)
		errno = ECONNRESET;
	if (count < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	if (count <= 0)
		return -1;
	control->used += (size_t)count;
	return 0;
}

json_t *control_receive(struct control *control, int timeout_ms)
{
	int64_t deadline_ms = timeout_ms < 0 ? -1 : now_ms() + timeout_ms;

	for (;;) {
		bool broken = false;
		json_t *json = take_line(control, &broken);

		if (json)
			return json;
		if (broken || control->used == CONTROL_LINE_SIZE) {
			errno = EPROTO;
			return NULL;
		}
		if (receive_more(control, deadline_ms) != 0)
			return NULL;
	}
}
