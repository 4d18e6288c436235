/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A request of the control socket, read and checked as far as it can be without the cluster. */
#ifndef ZCSMGR_REQUEST_H
#define ZCSMGR_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "config.h"
#include "core.h"

enum request_kind {
	REQUEST_STATUS,
	REQUEST_WHY,
	REQUEST_HISTORY,
	REQUEST_MONITOR,
	REQUEST_ACT,	    /* goes to the core */
	REQUEST_FENCE_PEER, /* of the kernel: it goes there too, and is answered by a number */
};

struct request {
	enum request_kind kind;
	const char *verb;
	enum core_verb core_verb;	/* REQUEST_ACT */
	char service[CONFIG_NAME_SIZE]; /* empty: not named */
	char node[CONFIG_NAME_SIZE];
	char resource[CONFIG_NAME_SIZE]; /* REQUEST_FENCE_PEER: DRBD's name */
	bool on;
	bool accept_loss;
	unsigned limit; /* history: so many records at most */
};

struct request_error {
	const char *code; /* BAD_REQUEST, UNKNOWN_VERB */
	char text[256];
};

/* 0, or -1 with the error. */
int request_parse(const char *line, size_t size, struct request *request,
		  struct request_error *error);

/* The request as it would be typed: "move zimbra braavos". */
void request_describe(const struct request *request, char *text, size_t size);

#endif
