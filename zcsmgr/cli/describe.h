/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A STATUS in words and columns. */
#ifndef ZCSMGR_CLI_DESCRIBE_H
#define ZCSMGR_CLI_DESCRIBE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

enum { DESCRIBE_SIZE = 192 };

/* All of a status, as one wants to see it at three in the morning. */
void describe_status(FILE *out, const json_t *status);

/* One service's heading and its reasons. */
void describe_why(FILE *out, const json_t *service);

/* The state of one of the status' nodes: "online", "absent, in standby". Both return text. */
const char *describe_node(const json_t *node, char text[DESCRIBE_SIZE]);
/* What this node knows of its own copy of the service's data, and of that of the other node. */
const char *describe_copies(const json_t *status, const json_t *service, const char *other,
			    char text[DESCRIBE_SIZE]);

/* Something is not as it should be: an attention of level warning or worse. */
bool describe_needs_attention(const json_t *status);

#endif
