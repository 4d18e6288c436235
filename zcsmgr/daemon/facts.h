/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is known of this node's resources, for status: how the last operation on each ended, what
 * its watch says, and what the driver said in words. The core decides without these.
 */
#ifndef ZCSMGR_FACTS_H
#define ZCSMGR_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "config.h"
#include "core.h"
#include "operation.h"

enum { FACTS_TEXT_SIZE = 256 };

enum fact_state { FACT_UNKNOWN, FACT_UP, FACT_DOWN, FACT_FAILED };

struct fact {
	bool up; /* the last operation left it up: its watch says how it is */
	enum fact_state state;
	bool watched;
	char text[FACTS_TEXT_SIZE];
};

struct facts {
	struct fact of[CONFIG_SERVICES][CONFIG_RESOURCES];
	struct {
		uint32_t nodeid;
		char text[FACTS_TEXT_SIZE];
	} fences[CORE_NODES]; /* what the agent said last */
};

const char *facts_state_name(enum fact_state state);

void facts_outcome(struct fact *fact, enum operation operation, enum outcome outcome,
		   const char *text);
void facts_verdict(struct fact *fact, enum verdict verdict, const char *text);

void facts_fence(struct facts *facts, uint32_t nodeid, const char *text);
const char *facts_fence_text(const struct facts *facts, uint32_t nodeid); /* "": nothing said */

/* Another configuration is in force: facts follow service and resource by name. Nothing is watched
   after it. */
void facts_carry(struct facts *facts, const struct config *from, const struct config *to);

#endif
