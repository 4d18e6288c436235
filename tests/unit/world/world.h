/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small cluster in memory and in virtual time: some cores, a corosync between them, replicated
 * disks and operations that take a moment. Tests arrange it, let something happen, and state what
 * must be seen. After every event it is checked that no disk is Primary on two nodes.
 *
 * corosync here: total order in a ring; what is sent while contact is being lost is delivered
 * afterwards, to the sender's side alone; left and joined may come in one change; with two_node
 * both sides of a cut are quorate. Nodes are numbered from 1, services and resources from 0.
 */
#ifndef ZCSMGR_WORLD_H
#define ZCSMGR_WORLD_H

#include "core.h"

struct world;

struct world_options {
	unsigned nodes;	   /* 2 if 0 */
	unsigned services; /* 1 if 0 */
	bool fencing;	   /* agents for every node */
	bool majority;	   /* no two_node */
	bool failback;
};

enum { WORLD_DRBD, WORLD_FILESYSTEM, WORLD_ADDRESS, WORLD_ZIMBRA, WORLD_RESOURCES };

struct world *world_open(const struct world_options *options);
void world_close(struct world *world);

/* ---- time ----------------------------------------------------------------------------------- */

void world_run(struct world *world, uint64_t ms);
/* Runs until the service is active on the node and nowhere else; fails after 120 s. */
void world_until_active(struct world *world, int service, unsigned node);
/* Runs until nobody holds it. */
void world_until_stopped(struct world *world, int service);

/* ---- what happens --------------------------------------------------------------------------- */

void world_boot(struct world *world, unsigned node); /* power, corosync, daemon */
void world_boot_all(struct world *world);
void world_crash(struct world *world, unsigned node); /* power cut */
void world_kill_daemon(struct world *world, unsigned node);
void world_start_daemon(struct world *world, unsigned node);
void world_freeze_daemon(struct world *world, unsigned node);
void world_thaw_daemon(struct world *world, unsigned node);
void world_stop_corosync(struct world *world, unsigned node); /* in order */
void world_start_corosync(struct world *world, unsigned node);
void world_cut(struct world *world, unsigned node); /* from all others, disks too */
void world_cut_disks(struct world *world);	    /* the replication links alone */
void world_heal(struct world *world);
void world_shutdown(struct world *world, unsigned node);
void world_detach(struct world *world, unsigned node);
/* The next `times` such operations end that way (OUTCOME_TIMEOUT: at their deadline). */
void world_fail(struct world *world, unsigned node, int service, int resource,
		enum operation operation, enum outcome outcome, unsigned times);
void world_break(struct world *world, unsigned node, int service, int resource); /* it is gone */
void world_verdict(struct world *world, unsigned node, int service, int resource,
		   enum verdict verdict);
void world_fencing_fails(struct world *world, bool fails);
void world_store_fails(struct world *world, unsigned node, bool fails);
void world_other_config(struct world *world, unsigned node);
/* The file that a reload will find there; bad: one that is refused. */
void world_new_file(struct world *world, unsigned node, uint8_t digest, bool other_stack, bool bad);
/* Bytes from nowhere, as if that node had sent them. */
void world_inject(struct world *world, unsigned node, const uint8_t *bytes, size_t size);

/* An operator at a node. Returns the request's number. */
uint64_t world_command(struct world *world, unsigned at, enum core_verb verb, int service,
		       unsigned node, bool flag);

/* ---- what is seen --------------------------------------------------------------------------- */

bool world_replied(struct world *world, uint64_t request);
enum core_result world_result(struct world *world, uint64_t request); /* fails if none came */
enum reason_code world_reason(struct world *world, uint64_t request);
bool world_is_up(struct world *world, unsigned node, int service, int resource);
bool world_is_on(struct world *world, unsigned node);	 /* has power */
unsigned world_holder(struct world *world, int service); /* all of it is up there; 0: nowhere */
/* How often a node has recorded a reason (node 0: all nodes together). */
unsigned world_saw(struct world *world, unsigned node, enum reason_code code);
bool world_why(struct world *world, unsigned node, int service, enum reason_code code);
const struct core_status *world_status(struct world *world, unsigned node);
/* How often a resource was really started; to show that it was left alone. */
unsigned world_starts(struct world *world, unsigned node, int service, int resource);
uint64_t world_now(struct world *world);
void world_print(struct world *world); /* the story so far, on standard error */

#endif
