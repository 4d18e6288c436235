/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The control socket: lines in, lines out, and who may send them. What the lines mean is
 * operator.c's business.
 *
 * Everything a client can do is bounded: its lines, its waiting answers, its time, and the number
 * of clients. One request of one client is taken at a time, and at most one in a turn of the loop.
 */
#ifndef ZCSMGR_SERVER_H
#define ZCSMGR_SERVER_H

#include <jansson.h>
#include <qb/qbloop.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum {
	SERVER_CLIENTS = 32,
	SERVER_CLIENTS_FOR_ROOT = 8, /* of these: others cannot lock root out */
	SERVER_NO_GROUP = -1,
};

struct server_options {
	const char *path;
	/* Groups that may act, and that may read; SERVER_NO_GROUP if there is none. */
	gid_t act_group, read_group;
	/* Time for a line once begun, of a client without request, and without taking answers. */
	uint32_t line_ms, idle_ms, stall_ms; /* 0: the defaults, 10 s, 60 s, 30 s */
};

struct server_peer {
	pid_t pid;
	uid_t uid;
	bool may_act;
};

struct server_callbacks {
	/* A whole line, without its end. It is answered by server_answer(), at once or later; the
	   next line of that client is taken after that. client is never used again. */
	void (*request)(void *data, uint64_t client, const struct server_peer *peer,
			const char *line, size_t size);
	/* A client is gone, answered or not. */
	void (*gone)(void *data, uint64_t client);
};

struct server;

/*
 * Takes the place of a socket that is there. Its mode lets in those who may read: kernels check
 * one group only, so with two groups everybody may connect and is judged by his credentials.
 * NULL with errno.
 */
struct server *server_open(qb_loop_t *loop, const struct server_options *options,
			   const struct server_callbacks *callbacks, void *data);

/* One line before the answer. A client that does not take what it is told is dropped. */
void server_tell(struct server *server, uint64_t client, const json_t *line);
/* The last line to a request. */
void server_answer(struct server *server, uint64_t client, const json_t *line);
/* Nothing waits to be taken by the client. False too if it is gone. */
bool server_idle(const struct server *server, uint64_t client);

void server_close(struct server *server);

#endif
