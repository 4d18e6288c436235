/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "server.h"

#include <errno.h>
#include <poll.h>
#include <qb/qbutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "control.h"
#include "driver.h"
#include "peer.h"

enum {
	LINE_MS = 10000,
	IDLE_MS = 60000,
	STALL_MS = 30000,
	SWEEP_MS = 1000,
	WAITING_SIZE = 2 * CONTROL_LINE_SIZE, /* that a client may leave untaken */
};

struct client {
	uint64_t id; /* 0: the place is free */
	int fd;
	struct server *server;
	struct server_peer peer;
	bool busy;	   /* a request is not answered yet */
	bool advancing;	   /* its request is being given to operator.c just now */
	bool ended;	   /* it sends no more */
	uint64_t since_ms; /* of the line, of being idle, of the last byte it took */
	size_t used;
	char line[CONTROL_REQUEST_SIZE];
	char *waiting; /* to be sent */
	size_t waiting_size;
};

struct server {
	qb_loop_t *loop;
	struct server_options options;
	struct server_callbacks callbacks;
	void *data;
	char path[sizeof(((struct sockaddr_un *)NULL)->sun_path)];
	int fd;
	bool listening; /* its fd is in the loop */
	uint64_t last_id;
	unsigned count;
	struct client clients[SERVER_CLIENTS];
	bool sweeping;
	qb_loop_timer_handle sweep;
};

static int32_t on_client(int32_t fd, int32_t revents, void *data);
static int32_t on_connection(int32_t fd, int32_t revents, void *data);

/* ---- one client ----------------------------------------------------------------------------- */

static void drop(struct client *client)
{
	struct server *server = client->server;
	uint64_t id = client->id;

	qb_loop_poll_del(server->loop, client->fd);
	close(client->fd);
	free(client->waiting);
	client->waiting = NULL;
	client->id = 0;
	server->count--;
	server->callbacks.gone(server->data, id);
}

static struct client *find(const struct server *server, uint64_t id)
{
	for (unsigned i = 0; i < SERVER_CLIENTS; i++)
		if (server->clients[i].id == id && id != 0)
			return (struct client *)&server->clients[i];
	return NULL;
}

/* A busy client is not read from, so that what it sends meanwhile waits with the kernel. */
static void listen_to(struct client *client)
{
	int32_t events = 0;

	if (client->waiting_size > 0)
		events = POLLOUT;
	else if (!client->busy)
		events = POLLIN;
	qb_loop_poll_mod(client->server->loop, QB_LOOP_LOW, client->fd, events, client, on_client);
}

static void send_waiting(struct client *client)
{
	while (client->waiting_size > 0) {
		ssize_t count = send(client->fd, client->waiting, client->waiting_size,
				     MSG_DONTWAIT | MSG_NOSIGNAL);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			break;
		if (count < 0) {
			drop(client);
			return;
		}
		client->since_ms = driver_now_ms();
		client->waiting_size -= (size_t)count;
		memmove(client->waiting, client->waiting + count, client->waiting_size);
	}
	if (client->waiting_size == 0) {
		free(client->waiting);
		client->waiting = NULL;
		if (client->ended && !client->busy && !client->advancing) {
			drop(client);
			return;
		}
	}
	listen_to(client);
}

static void add_line(struct client *client, const json_t *line)
{
	enum { FLAGS = JSON_COMPACT | JSON_REAL_PRECISION(13) };
	size_t size = json_dumpb(line, NULL, 0, FLAGS);
	char *waiting;

	if (size == 0 || size >= CONTROL_LINE_SIZE || client->waiting_size + size > WAITING_SIZE) {
		drop(client);
		return;
	}
	waiting = realloc(client->waiting, client->waiting_size + size + 1);
	if (!waiting) {
		drop(client);
		return;
	}
	client->waiting = waiting;
	json_dumpb(line, waiting + client->waiting_size, size, FLAGS);
	waiting[client->waiting_size + size] = '\n';
	if (client->waiting_size == 0)
		client->since_ms = driver_now_ms();
	client->waiting_size += size + 1;
	send_waiting(client);
}

static void answer(struct client *client, const json_t *line)
{
	client->busy = false;
	client->since_ms = driver_now_ms();
	add_line(client, line);
}

static void refuse(struct client *client, const char *code, const char *text)
{
	json_t *line =
		json_pack("{s:s, s:s, s:s}", "result", "refused", "code", code, "text", text);

	client->ended = true;
	answer(client, line);
	json_decref(line);
}

/* ---- its lines ------------------------------------------------------------------------------ */

static void take_line(struct client *client)
{
	struct server *server = client->server;
	uint64_t id = client->id;
	size_t size = client->used;

	client->used = 0;
	client->busy = true;
	client->advancing = true;
	server->callbacks.request(server->data, id, &client->peer, client->line, size);
	if (client->id != id)
		return; /* dropped meanwhile */
	client->advancing = false;
	send_waiting(client);
}

/* Reads no further than the end of the line: the next one waits with the kernel for its turn. */
static ssize_t receive(struct client *client, bool *whole)
{
	size_t room = sizeof(client->line) - client->used;
	char *at = client->line + client->used;
	ssize_t count = recv(client->fd, at, room, MSG_PEEK | MSG_DONTWAIT);
	const char *end = count > 0 ? memchr(at, '\n', (size_t)count) : NULL;

	*whole = end != NULL;
	if (count <= 0)
		return count;
	return recv(client->fd, at, end ? (size_t)(end - at) + 1 : (size_t)count, MSG_DONTWAIT);
}

static void read_from(struct client *client)
{
	bool whole;
	ssize_t count = receive(client, &whole);

	if (count < 0 && (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK))
		return;
	if (count <= 0) {
		drop(client); /* nothing of it is under way: a busy one is not read from */
		return;
	}
	if (client->used == 0)
		client->since_ms = driver_now_ms();
	client->used += (size_t)count;
	if (whole) {
		client->used--;
		take_line(client);
	} else if (client->used == sizeof(client->line)) {
		refuse(client, "BAD_REQUEST", "the request is longer than 4096 bytes");
	}
}

static int32_t on_client(int32_t fd, int32_t revents, void *data)
{
	struct client *client = data;

	if (client->id == 0 || client->fd != fd)
		return 0;
	if (revents & POLLOUT)
		send_waiting(client);
	else if (revents & POLLIN && !client->busy && !client->ended)
		read_from(client);
	else if (revents & (POLLHUP | POLLERR | POLLNVAL))
		drop(client);
	return 0;
}

/* ---- time ----------------------------------------------------------------------------------- */

static void on_sweep(void *data);

static void sweep_later(struct server *server)
{
	if (server->sweeping || (server->count == 0 && server->listening))
		return;
	server->sweeping = qb_loop_timer_add(server->loop, QB_LOOP_LOW,
					     (uint64_t)SWEEP_MS * QB_TIME_NS_IN_MSEC, server,
					     on_sweep, &server->sweep) == 0;
}

static bool is_overdue(const struct server *server, const struct client *client, uint64_t now_ms)
{
	uint32_t limit_ms = server->options.idle_ms;

	if (client->waiting_size > 0)
		limit_ms = server->options.stall_ms;
	else if (client->busy)
		return false;
	else if (client->used > 0)
		limit_ms = server->options.line_ms;
	return now_ms >= client->since_ms + limit_ms;
}

static void listen_again(struct server *server)
{
	if (!server->listening)
		server->listening = qb_loop_poll_add(server->loop, QB_LOOP_LOW, server->fd, POLLIN,
						     server, on_connection) == 0;
}

static void on_sweep(void *data)
{
	struct server *server = data;
	uint64_t now_ms = driver_now_ms();

	server->sweeping = false;
	for (unsigned i = 0; i < SERVER_CLIENTS; i++)
		if (server->clients[i].id != 0 && is_overdue(server, &server->clients[i], now_ms))
			drop(&server->clients[i]);
	listen_again(server);
	sweep_later(server);
}

/* ---- new clients ---------------------------------------------------------------------------- */

static void turn_away(int fd, const char *code, const char *text)
{
	char line[256];
	int size =
		snprintf(line, sizeof(line),
			 "{\"result\":\"refused\",\"code\":\"%s\",\"text\":\"%s\"}\n", code, text);

	(void)send(fd, line, (size_t)size, MSG_DONTWAIT | MSG_NOSIGNAL);
	close(fd);
}

static struct client *free_place(struct server *server, uid_t uid)
{
	if (uid != 0 && server->count >= SERVER_CLIENTS - SERVER_CLIENTS_FOR_ROOT)
		return NULL;
	for (unsigned i = 0; i < SERVER_CLIENTS; i++)
		if (server->clients[i].id == 0)
			return &server->clients[i];
	return NULL;
}

static void admit(struct server *server, int fd)
{
	struct server_peer peer;
	struct client *client;

	if (!peer_judge(fd, server->options.act_group, server->options.read_group, &peer)) {
		turn_away(fd, "NOT_PERMITTED",
			  "only root and members of the groups zcsadm (to act) and zcsview (to "
			  "read) may talk to zcsmgr");
		return;
	}
	client = free_place(server, peer.uid);
	if (!client) {
		turn_away(fd, "TOO_MANY_CLIENTS",
			  "too many clients are connected; try again when some have gone");
		return;
	}
	memset(client, 0, sizeof(*client));
	client->server = server;
	client->fd = fd;
	client->peer = peer;
	client->since_ms = driver_now_ms();
	if (qb_loop_poll_add(server->loop, QB_LOOP_LOW, fd, POLLIN, client, on_client) != 0) {
		close(fd);
		return;
	}
	client->id = ++server->last_id;
	server->count++;
	sweep_later(server);
}

static int32_t on_connection(int32_t fd, int32_t revents, void *data)
{
	struct server *server = data;
	int new_fd = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)revents;
	if (new_fd >= 0) {
		admit(server, new_fd);
	} else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
		/* The connection stays there: without a pause the loop would spin. */
		qb_loop_poll_del(server->loop, fd);
		server->listening = false;
		sweep_later(server);
	}
	return 0;
}

/* ---- what operator.c says ------------------------------------------------------------------- */

void server_tell(struct server *server, uint64_t id, const json_t *line)
{
	struct client *client = find(server, id);

	if (client)
		add_line(client, line);
}

void server_answer(struct server *server, uint64_t id, const json_t *line)
{
	struct client *client = find(server, id);

	if (client && client->busy)
		answer(client, line);
}

bool server_idle(const struct server *server, uint64_t id)
{
	const struct client *client = find(server, id);

	return client && client->waiting_size == 0;
}

/* ---- life ----------------------------------------------------------------------------------- */

static void set_mode(const struct server *server)
{
	gid_t act = server->options.act_group, read = server->options.read_group;
	gid_t none = (gid_t)SERVER_NO_GROUP;
	mode_t mode = 0600;

	if (act != none && read != none && act != read)
		mode = 0666;
	else if (act != none || read != none)
		mode = 0660;
	if (mode == 0660 && chown(server->path, (uid_t)-1, act != none ? act : read) != 0)
		mode = 0600;
	(void)chmod(server->path, mode); /* else it stays root's alone, as the umask made it */
}

/* The umask keeps everybody out until set_mode(). */
static int listen_at(struct server *server)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	mode_t mask;
	int result;

	strcpy(address.sun_path, server->path);
	if (unlink(server->path) != 0 && errno != ENOENT)
		return -1;
	mask = umask(0177);
	result = bind(server->fd, (const struct sockaddr *)&address, sizeof(address));
	umask(mask);
	if (result != 0 || listen(server->fd, SERVER_CLIENTS) != 0)
		return -1;
	set_mode(server);
	listen_again(server);
	return server->listening ? 0 : -1;
}

static void set_options(struct server *server, const struct server_options *options)
{
	server->options = *options;
	server->options.path = server->path;
	if (server->options.line_ms == 0)
		server->options.line_ms = LINE_MS;
	if (server->options.idle_ms == 0)
		server->options.idle_ms = IDLE_MS;
	if (server->options.stall_ms == 0)
		server->options.stall_ms = STALL_MS;
}

struct server *server_open(qb_loop_t *loop, const struct server_options *options,
			   const struct server_callbacks *callbacks, void *data)
{
	struct server *server;
	int error;

	if (strlen(options->path) >= sizeof(server->path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	server = calloc(1, sizeof(*server));
	if (!server)
		return NULL;
	server->loop = loop;
	server->callbacks = *callbacks;
	server->data = data;
	strcpy(server->path, options->path);
	set_options(server, options);
	server->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (server->fd >= 0 && listen_at(server) == 0)
		return server;
	error = errno;
	server_close(server);
	errno = error;
	return NULL;
}

void server_close(struct server *server)
{
	if (!server)
		return;
	for (unsigned i = 0; i < SERVER_CLIENTS; i++)
		if (server->clients[i].id != 0)
			drop(&server->clients[i]);
	if (server->sweeping)
		qb_loop_timer_del(server->loop, server->sweep);
	if (server->listening)
		qb_loop_poll_del(server->loop, server->fd);
	if (server->fd >= 0) {
		close(server->fd);
		unlink(server->path);
	}
	free(server);
}
