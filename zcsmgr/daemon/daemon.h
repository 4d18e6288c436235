/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The glue: what happens in cluster, executor, store and on the control socket becomes an event
 * for the core, and what the core wants is carried out. It decides nothing.
 *
 *	daemon.c      events in, updates out; life
 *	membership.c  corosync's side: who we are, and when there is a core at all
 *	resources.c   operations, watches, fence agents
 *	commands.c    operators, records, replies, status
 *	resetting.c   the machine's reset
 *	ending.c      signals, and what the service manager is told
 */
#ifndef ZCSMGR_DAEMON_H
#define ZCSMGR_DAEMON_H

#include <qb/qbloop.h>
#include <stdbool.h>
#include <stdint.h>

#include "cluster.h"
#include "config.h"
#include "core.h"
#include "executor.h"
#include "facts.h"
#include "journal.h"
#include "operator.h"
#include "status.h"
#include "store.h"
#include "worker.h"

enum {
	DAEMON_FLIGHTS = 2 * CONFIG_SERVICES + CORE_NODES, /* what the core waits for */
	DAEMON_POSTED = 64,				   /* events that may come during a step */
	DAEMON_GROUP = 64, /* members of the group, ghosts included */
};

struct daemon_options {
	const char *config_path;
	const char *state_directory;
	const char *run_directory;
};

/* An operation or a fence agent that the core waits for. */
struct flight {
	uint64_t id; /* 0: unused */
	bool fence;
	bool held; /* an operation that waits for executor_sweep() */
	struct core_operation operation;
	char service[CONFIG_NAME_SIZE], resource[CONFIG_NAME_SIZE];
};

/* What the driver said goes into the records that follow from it. */
struct occasion {
	int service, resource; /* CORE_NONE: nothing was said */
	uint32_t fenced;       /* a fence agent spoke of this node; 0: none did */
	char text[FACTS_TEXT_SIZE];
};

struct daemon {
	struct daemon_options options;
	qb_loop_t *loop;
	struct config *config; /* in force */
	struct config *staged; /* the core has seen it and may put it in force */
	struct store *store;
	struct journal *journal;
	struct operator* operator;
	struct worker *worker; /* reads configuration files */
	struct cluster *cluster;

	/* From the first connection on whose node list fits the configuration. */
	struct core *core;
	struct executor *executor;
	struct core_settings settings;
	char node[CONFIG_NAME_SIZE]; /* before that: the host's name */

	/* daemon.c */
	struct core_update update;
	bool stepping;
	struct posted {
		struct core_event event;
		struct occasion occasion;
	} posted[DAEMON_POSTED]; /* came during a step */
	unsigned posted_count;
	struct occasion occasion; /* of the step under way */
	bool alarm_set;
	qb_loop_timer_handle alarm;
	bool left;

	/* membership.c; what corosync told last, for a core that is made later than that */
	bool connected;
	struct cluster_info info;
	bool members_known, ring_known, quorum_known, quorate;
	struct core_member members[DAEMON_GROUP];
	unsigned member_count;
	struct core_ring ring, quorum_ring;
	uint32_t ring_nodeids[DAEMON_GROUP];
	unsigned ring_count;
	char problem[1024]; /* why there is no core, or what is wrong with the node list */
	bool retrying;
	qb_loop_timer_handle retry;

	/* resources.c */
	struct facts facts;
	struct flight flights[DAEMON_FLIGHTS];
	bool swept[CONFIG_SERVICES];
	bool sweeping;
	qb_loop_timer_handle sweep;

	/* resetting.c */
	bool resetting; /* the journal is written and the disks are synced, as far as they can be */
	char reset_failure[320]; /* empty: it has not failed */
	bool reset_again_set;
	qb_loop_timer_handle reset_again;

	/* ending.c */
	qb_loop_signal_handle signals[4];
	bool ready, ending;
	uint64_t started_ms;
	uint64_t ending_until_ms; /* the service manager is asked for patience until then */
	qb_loop_timer_handle pulse;
	bool pulse_set;
};

/* ---- daemon.c ------------------------------------------------------------------------------- */

/* NULL with a text that names what is wrong and the cure; *is_final: trying again does not help. */
struct daemon *daemon_open(const struct daemon_options *options, char *text, size_t text_size,
			   bool *is_final);
void daemon_run(struct daemon *daemon);
void daemon_close(struct daemon *daemon);

/* Gives an event to the core and carries out all that follows; during a step it is kept until the
   step's end, so there it must have no pointers in it but to configurations. now_ms is filled in.
   occasion may be NULL. Nothing happens without a core. */
void daemon_step(struct daemon *daemon, const struct core_event *event,
		 const struct occasion *occasion);
/* The core has said goodbye, or there is none: the loop ends. */
void daemon_stop(struct daemon *daemon);

/* ---- membership.c --------------------------------------------------------------------------- */

extern const struct cluster_callbacks membership_callbacks;

/* Does the configuration name only nodes that corosync knows? If not, problem says what to do. */
bool membership_fits(const struct cluster_info *info, const struct config *config, char *problem,
		     size_t size);
void membership_close(struct daemon *daemon);

/* ---- resources.c ---------------------------------------------------------------------------- */

/* The core is new: children of an earlier daemon are swept, standing watches begin. 0, or -1. */
int resources_open(struct daemon *daemon);
void resources_run(struct daemon *daemon, const struct core_operation *operation);
void resources_cancel(struct daemon *daemon, uint64_t id);
void resources_fence(struct daemon *daemon, const struct core_fence *fence);
/* Another configuration takes the place of the one in force. */
void resources_switch(struct daemon *daemon);
void resources_close(struct daemon *daemon);

/* ---- commands.c ----------------------------------------------------------------------------- */

extern const struct operator_backend commands_backend;

void commands_record(struct daemon *daemon, const struct reason *reason);
/* A record that is the daemon's own, not the core's; service NULL: of none. */
void commands_note(struct daemon *daemon, enum reason_level level, const char *code,
		   const char *service, const char *text, const char *detail);
void commands_reply(struct daemon *daemon, const struct core_reply *reply);
void commands_stage(struct daemon *daemon); /* reads the configuration file again */
void commands_status(const struct daemon *daemon, struct status_input *input);
/* The daemon itself, told by SIGHUP, orders what `zcsmgr reload` orders. */
void commands_reload(struct daemon *daemon);

/* ---- resetting.c ---------------------------------------------------------------------------- */

/* Resets this machine, within some 1 s; returns only if it failed, and then tries again. */
void resetting_go(struct daemon *daemon);
void resetting_close(struct daemon *daemon);

/* ---- ending.c ------------------------------------------------------------------------------- */

int ending_open(struct daemon *daemon);
/* Something happened: the service manager is told. */
void ending_tell(struct daemon *daemon);
void ending_close(struct daemon *daemon);

#endif
