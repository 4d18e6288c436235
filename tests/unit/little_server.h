/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Servers of one sentence, in threads of the test, that remember how they were treated. */
#ifndef ZCSMGR_TESTS_LITTLE_SERVER_H
#define ZCSMGR_TESTS_LITTLE_SERVER_H

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	LITTLE_SERVERS = 8,		    /* at a time */
	LITTLE_SERVER_SLOW_MS = 20,	    /* it takes so long to answer a goodbye */
	LITTLE_SERVER_GATHERING_MS = 10000, /* longer than any check waits */
};

struct little_server {
	const char *greeting;
	size_t size;	       /* of greeting; 0: it never says anything */
	bool asked_first;      /* greets only who has said something */
	bool in_pieces;	       /* of a byte */
	bool keeps_on;	       /* never closes by itself */
	atomic_uint *gathered; /* greets when there are so many visitors everywhere: */
	unsigned gathering;
	const char *farewell; /* upon which it closes; NULL: it expects none */
	size_t farewell_size;

	atomic_uint visitors;
	atomic_bool left_early; /* a visitor said goodbye, but did not stay for the answer */
	char heard[128];	/* from the last visitor; valid after little_server_close() */
	size_t heard_size;
	struct sockaddr_storage visitor; /* likewise */

	int listener; /* -1: closed */
	pthread_t thread;
};

/* Not the tests' own, since a test that fails leaves its frame while they still run. */
static struct little_server little_servers[LITTLE_SERVERS];
static unsigned little_server_count;

static inline void little_server_gather(struct little_server *server)
{
	if (!server->gathered)
		return;
	atomic_fetch_add(server->gathered, 1);
	for (unsigned ms = 0;
	     ms < LITTLE_SERVER_GATHERING_MS && atomic_load(server->gathered) < server->gathering;
	     ms++)
		usleep(1000);
}

static inline void little_server_greet(struct little_server *server, int fd)
{
	size_t piece = server->in_pieces ? 1 : server->size;

	for (size_t at = 0; at < server->size; at += piece) {
		if (send(fd, server->greeting + at, piece, MSG_NOSIGNAL) < 0)
			return;
		if (server->in_pieces)
			usleep(1000); /* so that it leaves in a packet of its own */
	}
}

/* False once the visitor has left. */
static inline bool little_server_hear(struct little_server *server, int fd)
{
	ssize_t count = recv(fd, server->heard + server->heard_size,
			     sizeof(server->heard) - server->heard_size, 0);

	if (count <= 0)
		return false;
	server->heard_size += (size_t)count;
	return true;
}

static inline bool little_server_is_told_goodbye(const struct little_server *server)
{
	return server->farewell && server->heard_size >= server->farewell_size &&
	       memcmp(server->heard + server->heard_size - server->farewell_size, server->farewell,
		      server->farewell_size) == 0;
}

static inline void little_server_attend(struct little_server *server, int fd)
{
	struct pollfd leaving = {.fd = fd, .events = POLLRDHUP};

	server->heard_size = 0;
	if (server->asked_first && !little_server_hear(server, fd))
		return;
	little_server_gather(server);
	little_server_greet(server, fd);
	while (!little_server_is_told_goodbye(server))
		if (!little_server_hear(server, fd))
			return;
	if (server->keeps_on) {
		poll(&leaving, 1, LITTLE_SERVER_GATHERING_MS);
		return;
	}
	if (poll(&leaving, 1, LITTLE_SERVER_SLOW_MS) != 0)
		atomic_store(&server->left_early, true);
	send(fd, "221 bye\r\n", 9, MSG_NOSIGNAL);
}

static inline void *little_server_run(void *data)
{
	struct little_server *server = data;
	socklen_t length = sizeof(server->visitor);
	int on = 1, fd;

	while ((fd = accept(server->listener, (struct sockaddr *)&server->visitor, &length)) >= 0) {
		atomic_fetch_add(&server->visitors, 1);
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		little_server_attend(server, fd);
		close(fd);
		length = sizeof(server->visitor);
	}
	return NULL;
}

static inline struct little_server *
little_server_listen(struct little_server kind, const struct sockaddr *address, socklen_t length)
{
	struct little_server *server = &little_servers[little_server_count++];
	int on = 1;

	if (little_server_count > LITTLE_SERVERS)
		abort();
	*server = kind;
	server->listener = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(server->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (address->sa_family == AF_INET6)
		setsockopt(server->listener, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
	if (bind(server->listener, address, length) != 0 || listen(server->listener, 8) != 0 ||
	    pthread_create(&server->thread, NULL, little_server_run, server) != 0) {
		perror("little server");
		abort();
	}
	return server;
}

static inline struct little_server *little_server_open(struct little_server kind, const char *ip,
						       uint16_t port)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};

	if (inet_pton(AF_INET, ip, &v4.sin_addr) == 1)
		return little_server_listen(kind, (struct sockaddr *)&v4, sizeof(v4));
	if (inet_pton(AF_INET6, ip, &v6.sin6_addr) == 1)
		return little_server_listen(kind, (struct sockaddr *)&v6, sizeof(v6));
	abort();
}

static inline struct little_server *little_server_open_local(struct little_server kind,
							     const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	unlink(path);
	return little_server_listen(kind, (struct sockaddr *)&address, sizeof(address));
}

/* After this, what it remembers may be read. */
static inline void little_server_close(struct little_server *server)
{
	if (server->listener < 0)
		return;
	shutdown(server->listener, SHUT_RDWR);
	pthread_join(server->thread, NULL);
	close(server->listener);
	server->listener = -1;
}

static inline void little_server_close_all(void)
{
	for (unsigned i = 0; i < little_server_count; i++)
		little_server_close(&little_servers[i]);
}

/* A test's tear-down: all end, and are forgotten. */
static inline int little_server_forget_all(void **state)
{
	(void)state;
	little_server_close_all();
	little_server_count = 0;
	return 0;
}

#endif
