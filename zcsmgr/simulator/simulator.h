/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A virtual cluster around the real core: nodes with power, corosync, replicated disks, resources,
 * watchdogs and fence agents, in virtual time. Everything outside the core is a model that follows
 * the rules of the real thing; everything that decides is the core itself, object for object.
 *
 * The same seed and the same actions give the same story. After every event the promises are
 * checked against the world, never against what the core believes: verify.c.
 *
 * Times are milliseconds of the world's own clock, from 0. Nodes are indices from 0; their nodeids
 * are 1, 2, ...; services and resources are indices of the configuration.
 */
#ifndef ZCSMGR_SIMULATOR_H
#define ZCSMGR_SIMULATOR_H

#include "core.h"

enum { SIM_NODES = 8 };

struct sim;

/* What the cluster is; the rest is configuration. */
struct sim_cluster {
	unsigned node_count;
	char names[SIM_NODES][CONFIG_NAME_SIZE];
	enum sim_quorum { SIM_TWO_NODE, SIM_MAJORITY, SIM_QDEVICE } quorum;
	bool wait_for_all;
	uint32_t token_ms, consensus_ms;
	uint32_t sync_timeout_ms; /* how long votequorum waits for the qdevice, at most */
	enum sim_drbd_fencing {
		SIM_DRBD_STONITH,   /* fencing resource-and-stonith, with our handler */
		SIM_DRBD_DONT_CARE, /* the kernel's default: no handler, nothing is ever frozen */
	} drbd_fencing;
};

/* What can be done to it. Each is either a fault or an operator's command; see action.c. */
enum sim_verb {
#define SIM_VERB(id, text, arguments, meaning) SIM_##id,
#include "verbs.h"
#undef SIM_VERB
	SIM_VERBS
};

struct sim_action {
	uint64_t at_ms;
	enum sim_verb verb;
	int node, other;	  /* CORE_NONE: not given */
	int service, resource;	  /* CORE_NONE: not given */
	enum operation operation; /* of fail */
	enum sim_end {
		SIM_END_FAILS,	 /* ends at once, without success */
		SIM_END_HALF,	 /* fails and leaves its work half done */
		SIM_END_HANGS,	 /* is killed at its deadline */
		SIM_END_STICKS,	 /* and does not die */
		SIM_END_LIES,	 /* says that it succeeded */
		SIM_END_SLOW,	 /* takes nearly its whole timeout */
		SIM_END_FOREIGN, /* another machine answers for the address */
		SIM_END_WELL
	} end;
	uint64_t number; /* times, milliseconds, per million, a version, ... */
	bool flag;
};

/* An action that waits until a node journals something. */
struct sim_trigger {
	enum reason_code code;
	int node;	   /* that journals it; CORE_NONE: any */
	unsigned times;	   /* for the so-manieth time, 1 or more */
	uint64_t delay_ms; /* it happens so long after that */
	struct sim_action action;
};

/* A promise that was broken. */
struct sim_violation {
	bool found;
	char promise[8]; /* "S1"; "core": a core does what it never should */
	char text[240];
	uint64_t at_ms;
};

/* What a run has exercised; summed up over runs by the caller. */
struct sim_coverage {
	uint32_t cells[PHASE_STOPPING + 1][16]; /* of the service table, [phase][event] */
	uint32_t reasons[REASON_COUNT];		/* recorded */
	uint32_t answers[REASON_COUNT];		/* to commands */
	uint32_t verbs[SIM_VERBS];
};

struct sim_numbers {
	uint64_t steps; /* of cores */
	uint64_t faults, commands;
	uint64_t passed_ms; /* of the world's time */
	uint64_t moves;	    /* changes of holder */
	uint64_t written, acknowledged;
};

/* Every node runs that configuration, which must outlive the simulation. NULL: no memory. */
struct sim *sim_new(const struct sim_cluster *cluster, const struct config *config, uint64_t seed);
void sim_free(struct sim *sim);

/* The story is written there as it happens; NULL: nowhere. all: information, too. */
void sim_tell(struct sim *sim, void *file, bool all);
void sim_cover(struct sim *sim, struct sim_coverage *coverage);
/* Into the story: what every node says of a service, and what its disks are in truth. */
void sim_explain(struct sim *sim, int service);

/* Runs until that time, or to the first broken promise. */
void sim_run(struct sim *sim, uint64_t until_ms);
/* False: it makes no sense as things are (a crash of what is off), and nothing was done. */
bool sim_act(struct sim *sim, const struct sim_action *action);

/* Once, at the next time; sim_mend() forgets it. False: too many wait. */
bool sim_when(struct sim *sim, const struct sim_trigger *trigger);

/* Everything works again and the operator has cleaned up; what follows must become right. */
void sim_mend(struct sim *sim);
/* A time after sim_mend() by which every service must be active somewhere. */
uint64_t sim_patience_ms(const struct sim *sim);

uint64_t sim_now(const struct sim *sim);
const struct sim_violation *sim_violation(const struct sim *sim);
void sim_numbers(const struct sim *sim, struct sim_numbers *numbers);

/* ---- what is seen --------------------------------------------------------------------------- */

/* The node that has the whole of a service up, in truth; CORE_NONE. */
int sim_holder(const struct sim *sim, int service);
/* The service is active there, says its core, and it is true. */
bool sim_is_active(struct sim *sim, int service, int node);
bool sim_is_up(const struct sim *sim, int node, int service, int resource);
bool sim_is_on(const struct sim *sim, int node);
const struct core_status *sim_status(struct sim *sim, int node); /* NULL: no daemon there */
/* How often the node has recorded it (node CORE_NONE: all together). */
unsigned sim_saw(const struct sim *sim, int node, enum reason_code code);
/* How often the resource was really started there (node CORE_NONE: all together). */
unsigned sim_starts(const struct sim *sim, int node, int service, int resource);
/* The answer to the last command; false: none yet. */
bool sim_answer(const struct sim *sim, struct core_reply *reply);
/* Acknowledged writes that would be lost if the node served now. */
unsigned sim_lacks(const struct sim *sim, int node, int service);
bool sim_is_split(const struct sim *sim, int service);

#endif
