/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scenario files: a cluster, a story, and what is expected of it. One statement a line;
 * docs/scenarios.md describes the language.
 */
#ifndef ZCSMGR_SCENARIO_H
#define ZCSMGR_SCENARIO_H

#include "simulator.h"

enum { SCENARIO_STATEMENTS = 256, SCENARIO_TEXT = 160 };

struct scenario_condition {
	enum scenario_what {
		WHAT_ACTIVE,  /* SERVICE [NODE]: its core says so, and all of it is up */
		WHAT_STOPPED, /* SERVICE: nothing of it is up anywhere */
		WHAT_UP,      /* SERVICE RESOURCE NODE */
		WHAT_POWER,   /* NODE */
		WHAT_SAW,     /* CODE [NODE] [times N] */
		WHAT_WHY,     /* CODE SERVICE NODE */
		WHAT_ANSWER,  /* done | refused | failed [CODE] */
		WHAT_STARTS,  /* SERVICE RESOURCE NODE times N */
		WHAT_SPLIT,   /* SERVICE */
		WHAT_CURRENT, /* SERVICE NODE: the copy there counts as current */
	} what;
	bool negated;
	int node, service, resource;
	enum reason_code code;
	int result;    /* enum core_result, or -1 */
	int64_t times; /* -1: at least once */
};

struct scenario_statement {
	enum {
		STATEMENT_ACT,
		STATEMENT_WHEN, /* ACT, once condition.code is journaled by condition.node */
		STATEMENT_RUN,
		STATEMENT_UNTIL,
		STATEMENT_EXPECT,
		STATEMENT_MEND,
		STATEMENT_WHY
	} kind;
	unsigned line;
	uint64_t at_ms; /* ACT, RUN, EXPECT: not before; 0: at once */
	bool relative;	/* at_ms counts from the statement before */
	struct sim_action action;
	struct scenario_condition condition; /* WHY: its service */
	uint64_t within_ms;		     /* UNTIL; WHEN: so long after that */
};

struct scenario {
	char title[SCENARIO_TEXT];
	struct sim_cluster cluster;
	struct config *config; /* owned */
	uint64_t seed;
	unsigned count;
	struct scenario_statement statements[SCENARIO_STATEMENTS];
};

struct scenario_error {
	char text[512]; /* "FILE:LINE: what is wrong; what is allowed" */
};

/*
 * Reads a scenario. config: if not NULL, that one is copied and what the file says of services,
 * fencing and the watchdog is passed over. Returns NULL with error->text, or a scenario that
 * scenario_free() frees.
 */
struct scenario *scenario_parse(const char *name, const char *text, size_t size,
				const struct config *config, struct scenario_error *error);
struct scenario *scenario_new(void); /* empty, two nodes, one service */
void scenario_free(struct scenario *scenario);
void scenario_print(const struct scenario *scenario, void *file);

/* Runs it. Returns true if all that was expected came and no promise was broken. */
bool scenario_run(const struct scenario *scenario, void *story, bool all,
		  struct sim_coverage *coverage, struct sim_numbers *numbers,
		  struct scenario_error *error);

/* The service that most scenarios have: drbd, filesystem, address, zimbra. */
void scenario_fill_service(struct config *config, const struct sim_cluster *cluster, unsigned index,
			   const char *name);

const char *scenario_verb(enum sim_verb verb);
const char *scenario_arguments(enum sim_verb verb);
const char *scenario_meaning(enum sim_verb verb);
const char *scenario_end(enum sim_end end);
bool scenario_is_command(enum sim_verb verb);
void scenario_action_text(const struct sim_cluster *cluster, const struct config *config,
			  const struct sim_action *action, char *text, size_t size);

#endif
