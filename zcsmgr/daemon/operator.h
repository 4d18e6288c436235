/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What operators ask for over the control socket: who may, what is told at once, who waits for
 * the core's answer and hears of the progress meanwhile, who watches.
 */
#ifndef ZCSMGR_OPERATOR_H
#define ZCSMGR_OPERATOR_H

#include <jansson.h>

#include "core.h"
#include "server.h"

/* The daemon, as the operator's side needs it. */
struct operator_backend {
	/* A new STATUS. steady: without times that pass by themselves, to see whether it changed.
	 */
	json_t *(*status)(void *data, bool steady);
	/* A new array of RECORDs. */
	json_t *(*history)(void *data, const char *service, unsigned limit, size_t size);
	int (*find_service)(void *data, const char *name);   /* CORE_NONE: none of that name */
	uint32_t (*find_node)(void *data, const char *name); /* 0: none of that name */
	/* Is there a core to command? If not, text says why. */
	bool (*ready)(void *data, char *text, size_t size);
	/* who asks for what, in words for the journal; operator_reply() follows, now or later. */
	void (*command)(void *data, const struct core_command *command, const char *who,
			const char *what);
	/* DRBD's kernel module asks what became of the other copy of a resource, by the command
	   that is its fence-peer handler. operator_fence_peer() follows, now or later; false, with
	   text: it cannot be answered. */
	bool (*fence_peer)(void *data, uint64_t client, const char *resource, char *text,
			   size_t size);
};

struct operator;

/* NULL with errno. backend must outlive it. */
struct operator* operator_open(qb_loop_t *loop, const struct server_options *options,
			       const struct operator_backend *backend, void *data);

/* A record was made: told to those who wait for something of its service, or of all. service is
   NULL if it is of none. */
void operator_record(struct operator* operator, const char * service, const json_t *record);

/* The core's answer to a command, in words. */
void operator_reply(struct operator* operator, uint64_t request, enum core_result result,
		    const char *code, const char *text);

/* The core's answer to the kernel's question. */
void operator_fence_peer(struct operator* operator, uint64_t client, enum core_fence_peer code);

/* Something may have changed: those who watch are told, at most five times a second. */
void operator_changed(struct operator* operator);

void operator_close(struct operator* operator);

#endif
