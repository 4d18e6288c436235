/* SPDX-License-Identifier: GPL-2.0-or-later */
/* STATUS of control.h: what the core, the drivers and the daemon itself know, for people. */
#ifndef ZCSMGR_STATUS_H
#define ZCSMGR_STATUS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "core.h"
#include "facts.h"

enum { STATUS_TROUBLES = 4 };

struct status_input {
	const struct core *core; /* NULL: this node's name in the cluster is not known yet */
	const struct config *config;
	const struct core_settings *settings;
	const struct facts *facts;
	const char *node;
	const char *cluster;
	const char *problem;		       /* why there is no core; NULL: corosync is missing */
	const char *troubles[STATUS_TROUBLES]; /* of the daemon itself; NULL: unused */
	uint64_t now_ms;
	bool steady; /* without what passes by itself: two that differ tell of a change */
};

/* A new STATUS. */
json_t *status_build(const struct status_input *input);

/* The sentence of a reason with this node's names. */
void status_sentence(const struct status_input *input, const struct reason *reason, char *text,
		     size_t size);

/* One line for service managers: "zimbra: active on astapor". */
void status_line(const struct status_input *input, char *text, size_t size);

/* The name of a node of corosync's list; NULL: it has none of that id. data: core_settings. */
const char *status_node_name(void *data, uint32_t nodeid);

#endif
