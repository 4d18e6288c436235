/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The whole state of a virtual cluster, and what its parts offer to each other. */
#ifndef ZCSMGR_SIMULATOR_INTERNAL_H
#define ZCSMGR_SIMULATOR_INTERNAL_H

#include "simulator.h"

#include <stdio.h>

enum {
	SIM_CHILDREN = 32, /* operations under way on a node */
	SIM_ORDERS = 32,   /* operations that are to end otherwise than well */
	SIM_TRIGGERS = 16, /* actions that wait for something to be journaled */
	SIM_WRITES = 8192, /* of a service in one run; the oldest are forgotten together */
	SIM_ALONE = CORE_NONE,

	BOOT_MS = 20000,     /* from power on to the daemon's start */
	RESTART_MS = 300,    /* of a daemon by the service manager */
	REBOOT_MS = 3000,    /* to stop what is left after the daemon */
	RECONNECT_MS = 1000, /* tries of a daemon to reach corosync */
	STORE_MS = 5,
	STAGE_MS = 20,
	WRITE_MS = 900, /* between two attempts of the client */
	STEP_MS = 200,	/* a start or stop that works, about */
	PROBE_MS = 50,
	DETECT_TIME_MS = 1000,
	HANDLER_MS = 20000, /* how long the kernel's handler waits for our answer */
	MONITOR_MS = 5000,
	VOTE_MS = 5000, /* until the qdevice gives a vote that was given back to another side */
};

/* ---- random numbers and time ----------------------------------------------------------------- */

uint64_t random_next(struct sim *sim);
/* Evenly in [low, high]. */
uint64_t random_between(struct sim *sim, uint64_t low, uint64_t high);
bool random_one_in(struct sim *sim, unsigned of);

/* ---- what happens later ---------------------------------------------------------------------- */

/* Bytes on the wire, shared by those who will receive them. */
struct parcel {
	unsigned references;
	int sender;
	struct core_ring ring; /* ordered in */
	uint32_t received;     /* bits of nodes */
	enum { PARCEL_DATA, PARCEL_JOIN, PARCEL_LEAVE } kind;
	enum core_leave reason;
	uint32_t pid;
	uint16_t size;
	uint8_t bytes[]; /* size */
};

/* Something that the daemon of a node is told. */
struct notice {
	enum core_event_type type;
	uint64_t life; /* of the daemon that it is for */
	union {
		struct {
			unsigned member_count, left_count, joined_count;
			struct core_member members[SIM_NODES + 1], left[SIM_NODES],
				joined[SIM_NODES];
		} members;
		struct {
			struct core_ring ring;
			unsigned nodeid_count;
			uint32_t nodeids[SIM_NODES];
		} ring;
		struct {
			bool quorate;
			struct core_ring ring;
		} quorum;
		struct {
			uint64_t id;
			enum outcome outcome;
		} operation;
		struct {
			int service, resource;
			enum verdict verdict;
		} watch;
		struct {
			uint32_t nodeid;
			uint64_t id;
			bool ok;
		} fence;
		struct {
			uint64_t sequence;
			bool ok;
		} stored;
		struct {
			uint32_t timeout_ms;
		} watchdog;
		struct {
			uint64_t id;
			int service;
		} fence_peer;
		struct core_command command;
		struct parcel *parcel;
	};
};

enum event_kind {
	EVENT_TELL,    /* notice */
	EVENT_SEND,    /* parcel, taken late by corosync of the node */
	EVENT_DELIVER, /* parcel, by corosync of the node */
	EVENT_DETECT,  /* corosync of the node looks whom it reaches */
	EVENT_FORM,    /* the ring of the node's reachable set comes into being */
	EVENT_VOTES,   /* quorum is counted anew and told */
	EVENT_CHILD,   /* an operation ends */
	EVENT_STORED,
	EVENT_STAGED,
	EVENT_AGENT,	/* a fence agent ends */
	EVENT_POWERED,	/* boot: power, kernel */
	EVENT_REBOOT,	/* an orderly reboot has stopped everything */
	EVENT_DAEMON,	/* the daemon starts */
	EVENT_CONNECT,	/* the daemon tries to reach corosync */
	EVENT_COROSYNC, /* corosync is gone, after its orderly stop */
	EVENT_WATCHDOG,
	EVENT_LINK,    /* DRBD looks at its connection */
	EVENT_SYNCED,  /* a resync has ended */
	EVENT_HANDLER, /* the kernel's handler gives up */
	EVENT_WRITE,
	EVENT_MONITOR, /* of what is sick */
	EVENT_ACT,     /* what waited for something to be journaled */
};

struct event {
	uint64_t at_ms, order;
	struct event *next; /* of those that are unused, or kept for a daemon that is frozen */
	enum event_kind kind;
	int node, service;
	uint64_t number;
	union {
		struct parcel *parcel;
		struct notice *notice;
		struct core_durable *durable; /* owned: what is being written */
	};
};

struct event *queue_add(struct sim *sim, uint64_t delay_ms, enum event_kind kind, int node);
struct event *queue_first(struct sim *sim); /* NULL: nothing */
void queue_pop(struct sim *sim, struct event *event);
void queue_free(struct sim *sim);
void event_free(struct sim *sim, struct event *event); /* and what it carries */

/* ---- a replicated disk ----------------------------------------------------------------------- */

/* One side of it. What stands under "on disk" survives a power cut. */
struct side {
	bool configured; /* up in the kernel */
	enum storage_role role;
	enum storage_disk disk, peer_disk; /* peer_disk: as this side knows it */
	enum storage_link link;
	bool suspended, split;
	uint64_t handler;	/* id of the question under way; 0: none */
	bool handler_promoting; /* the start operation waits for it */
	bool discard;		/* by hand: give way in the next handshake */
	bool rotate;		/* the next write begins a new generation */
	uint64_t exposed;	/* the generation that its resync brings */
	/* on disk: */
	bool failed; /* the backing disk is broken, */
	bool fresh;  /* or was replaced by an empty one */
	bool consistent, was_uptodate, outdated, peer_outdated, crashed_primary;
	uint64_t current, bitmap, history[2];
	uint64_t data[SIM_WRITES / 64]; /* which writes it has */
};

struct volume {
	int nodes[2]; /* CORE_NONE: this service has no replicated disk */
	struct side sides[2];
	bool syncing;
	int source; /* of the resync: 0 or 1 */
	uint64_t sync_id, link_id;
};

/* ---- a client -------------------------------------------------------------------------------- */

struct client {
	unsigned written;
	uint64_t acknowledged[SIM_WRITES / 64];
	unsigned acknowledged_count;
	uint64_t forgiven[SIM_WRITES / 64]; /* the operator accepted their loss */
	/* A write that hangs in a frozen disk or in a connection that is not known to be dead. */
	unsigned hanging; /* its number + 1; 0: none */
	int hanging_at;
};

/* ---- a node ---------------------------------------------------------------------------------- */

struct child {
	bool used;
	struct core_operation operation;
	uint64_t started_ms;
	enum outcome outcome; /* that it will have */
	enum sim_end end;     /* SIM_END_WELL: well */
	bool cancelled, stuck;
	uint64_t life; /* of the daemon that waits for it */
};

enum condition { RES_DOWN, RES_HALF, RES_UP }; /* of a resource */

struct machine {
	bool power, frozen, paused, daemon_frozen;
	uint64_t boots;
	int64_t drift;			/* parts in a million that its clock is fast */
	uint64_t clock_at_ms, clock_ms; /* its clock showed clock_ms at clock_at_ms */

	/* corosync */
	bool corosync, corosync_frozen, seen_all, forming;
	struct core_ring ring;
	uint32_t ring_nodes; /* bits */
	uint64_t highest_seq;
	uint32_t group; /* bits of nodes whose daemons are in the group, as known here */
	uint32_t group_pid[SIM_NODES];
	uint32_t ghosts; /* bits */
	uint64_t last_delivery_ms;
	struct parcel *held[64]; /* accepted while no token goes round */
	unsigned held_count;
	struct parcel *missed[64]; /* of this ring, from out of reach, and all that came after */
	unsigned missed_count;
	bool vote;    /* the qdevice's */
	bool quorate; /* as told last */
	struct core_ring quorate_ring;
	uint64_t form_id, votes_id, quorum_told_ms;
	unsigned lose;
	uint64_t throttle_ms;

	/* the daemon */
	struct core *core;
	bool wanted;	   /* the service manager restarts it */
	bool connected;	   /* joined, or joining */
	bool left;	   /* it said that it may end */
	bool ends_quietly; /* after left: the daemon is started again (detach), or not */
	bool restarts;
	bool rebooting;
	uint64_t life;
	uint32_t pid;
	unsigned protocol;
	uint64_t deadline_ms;	     /* its own clock */
	const struct config *config; /* in force */
	const struct config *staged;
	unsigned file; /* number of what a reload reads; 0: a bad one */
	struct storage told[CONFIG_SERVICES];
	struct event *inbox, **inbox_end; /* while frozen */

	/* durable */
	struct core_durable durable, old_durable;
	bool store_fails;

	/* the watchdog */
	uint32_t watchdog_ms;	 /* 0: not armed */
	uint64_t feed_until_ms;	 /* by its own clock */
	uint64_t fed_ms;	 /* last, world time; UINT64_MAX: being fed */
	uint64_t watchdog_at_ms; /* an event looks at it then */
	bool reset_fails;

	/* resources */
	enum condition up[CONFIG_SERVICES][CONFIG_RESOURCES];
	enum verdict sick[CONFIG_SERVICES][CONFIG_RESOURCES]; /* what its monitor says */
	unsigned starts[CONFIG_SERVICES][CONFIG_RESOURCES];
	struct child children[SIM_CHILDREN];

	/* fencing of this node by agents */
	bool fence_fails;
	uint64_t fence_slow_ms;

	unsigned saw[REASON_COUNT];
	struct core_status status;
};

/* An operation that is to end otherwise than well. */
struct order {
	int node, service, resource;
	enum operation operation;
	enum sim_end end;
	unsigned times;
};

struct agent {
	bool used, on;
	int by, target;
	uint64_t id, life;
	uint64_t boots; /* of the fencer */
};

/* An action that waits for something to be journaled, then for its time. */
struct trigger {
	enum { TRIGGER_UNUSED, TRIGGER_WAITS, TRIGGER_DUE } state;
	struct sim_trigger what;
};

struct sim {
	struct sim_cluster cluster;
	const struct config *config;
	struct config *files[8]; /* by number, made on demand */
	uint64_t now_ms, random, orders;
	struct event **heap;
	unsigned heap_count, heap_size;
	struct event *unused;

	struct machine machines[SIM_NODES];
	bool ring_cut[SIM_NODES][SIM_NODES]; /* [from][to] */
	bool repl_cut[SIM_NODES][SIM_NODES];
	bool qdevice_cut[SIM_NODES];
	int vote_side; /* the node whose side has the qdevice's vote; CORE_NONE */

	struct volume volumes[CONFIG_SERVICES];
	struct client clients[CONFIG_SERVICES];
	bool foreign[CONFIG_SERVICES];
	uint64_t generation, next_id;
	bool storage_due[SIM_NODES];
	struct order fails[SIM_ORDERS];
	unsigned fail_count;
	struct trigger triggers[SIM_TRIGGERS];
	struct agent agents[SIM_NODES * 2];

	bool lied; /* the operator has said that a node is off, and it was on */
	int last_holder[CONFIG_SERVICES];
	uint64_t asked_ms; /* why, */
	int asked_node;
	bool changed; /* something that a promise speaks of */
	struct sim_violation violation;
	struct sim_coverage *coverage;
	struct sim_numbers numbers;
	FILE *story;
	bool story_all;
	bool answered;
	struct core_reply answer;
	uint64_t request;
	struct core_update update;
};

/* ---- time.c ---------------------------------------------------------------------------------- */

uint64_t clock_of(const struct sim *sim, int node); /* CLOCK_MONOTONIC there */
/* How long until that clock shows that time; UINT64_MAX: never. */
uint64_t clock_wait(const struct sim *sim, int node, uint64_t at_ms);
void clock_set_drift(struct sim *sim, int node, int64_t drift);
void clock_stop(struct sim *sim, int node);
void clock_go(struct sim *sim, int node);

/* ---- story.c --------------------------------------------------------------------------------- */

void story(struct sim *sim, int node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void story_reason(struct sim *sim, int node, const struct reason *reason);
void broken(struct sim *sim, const char *promise, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
const char *name_of(const struct sim *sim, int node);
/* As a scenario file spells it. */
void sim_action_text(const struct sim *sim, const struct sim_action *action, char *text,
		     size_t size);

/* ---- trigger.c ------------------------------------------------------------------------------- */

void trigger_journaled(struct sim *sim, int node, enum reason_code code);
void trigger_act(struct sim *sim, unsigned index);
void trigger_forget(struct sim *sim);

/* ---- daemon.c -------------------------------------------------------------------------------- */

/* The daemon of the node takes the notice, now, or when it is thawed. */
void daemon_tell(struct sim *sim, int node, const struct notice *notice);
void daemon_tell_later(struct sim *sim, int node, uint64_t delay_ms, const struct notice *notice);
void daemon_take(struct sim *sim, int node, const struct notice *notice);
void daemon_start(struct sim *sim, int node);
void daemon_end(struct sim *sim, int node); /* without a word */
void daemon_tick(struct sim *sim, int node);
void daemon_step(struct sim *sim, int node,
		 struct core_event *event); /* never from within a step */
bool daemon_runs(const struct sim *sim, int node);
void daemon_stored(struct sim *sim, int node, const struct event *event);
void daemon_staged(struct sim *sim, int node, const struct event *event);
void daemon_connect(struct sim *sim, int node);
void daemon_thaw(struct sim *sim, int node);
void daemon_obey(struct sim *sim, const struct core_command *command, int node);

/* ---- corosync.c, votes.c --------------------------------------------------------------------- */

void corosync_start(struct sim *sim, int node);
void corosync_kill(struct sim *sim, int node);
void corosync_stop(struct sim *sim, int node); /* in order */
void corosync_stopped(struct sim *sim, int node);
void corosync_join(struct sim *sim, int node);
void corosync_leave(struct sim *sim, int node, enum core_leave reason);
void corosync_send(struct sim *sim, int node, const uint8_t *bytes, uint16_t size);
void corosync_take(struct sim *sim, int node, struct event *event);
void corosync_deliver(struct sim *sim, int node, struct parcel *parcel);
void corosync_links_changed(struct sim *sim); /* somebody may be out of reach, or back */
void corosync_detect(struct sim *sim, int node, uint64_t id);
void corosync_form(struct sim *sim, int node);
bool corosync_reaches(const struct sim *sim, int a, int b);
void parcel_drop(struct parcel *parcel);
void votes_ring(struct sim *sim, int node); /* a ring was formed */
void votes_count(struct sim *sim, int node, uint64_t id);
void votes_qdevice(struct sim *sim); /* contact to the quorum device changed */
void votes_tell_current(struct sim *sim, int node);

/* ---- disk.c, disk_link.c --------------------------------------------------------------------- */

int disk_side(const struct sim *sim, int node, int service); /* 0, 1, or CORE_NONE */
void disk_up(struct sim *sim, int node); /* all resources of the node: attach, connect */
void disk_power_lost(struct sim *sim, int node);
enum outcome disk_promote(struct sim *sim, int node, int service, bool *waits);
enum outcome disk_demote(struct sim *sim, int node, int service);
enum outcome disk_outdate(struct sim *sim, int node, int service);
enum outcome disk_resume(struct sim *sim, int node, int service);
void disk_answer(struct sim *sim, int node, uint64_t id, enum core_fence_peer answer);
void disk_handler_ended(struct sim *sim, int node, uint64_t id);
void disk_fail(struct sim *sim, int node, int service);
void disk_replace(struct sim *sim, int node, int service);
void disk_discard(struct sim *sim, int node, int service);
void disk_changed(struct sim *sim, int service); /* both daemons will be told */
void disk_tell(struct sim *sim, int node);	 /* what changed, to its daemon */
void disk_attach(struct sim *sim, struct side *side);
void disk_lost(struct sim *sim, int service, int side, bool clean);
void disk_new_generation(struct sim *sim, struct side *side);
void link_changed(struct sim *sim); /* look again at all connections, in a while */
void link_look(struct sim *sim, int service, uint64_t id);
void link_disconnect(struct sim *sim, int service, bool clean);
void link_renew(struct sim *sim, int service, int target);
void link_synced(struct sim *sim, int service, uint64_t id);
bool link_works(const struct sim *sim, int service);

/* ---- resource.c ------------------------------------------------------------------------------ */

void resource_run(struct sim *sim, int node, const struct core_operation *operation);
void resource_cancel(struct sim *sim, int node, uint64_t id);
void resource_child_ended(struct sim *sim, int node, uint64_t id);
bool resource_reap(struct sim *sim,
		   int node); /* what an earlier daemon left; false: it does not die */
void resource_broke(struct sim *sim, int node, int service, int resource);
void resource_fell_sick(struct sim *sim, int node, int service, int resource, enum verdict verdict);
void resource_monitor(struct sim *sim, int node, int service, int resource);
void resource_unstick(struct sim *sim, int node);
void resource_by_hand(struct sim *sim, int node, int service);
void resource_promoted(struct sim *sim, int node, int service, enum outcome outcome);
bool resource_serves(const struct sim *sim, int node, int service); /* whole stack is up */

/* ---- machine.c ------------------------------------------------------------------------------- */

void machine_boot(struct sim *sim, int node);
void machine_powered(struct sim *sim, int node, uint64_t boots);
void machine_crash(struct sim *sim, int node, const char *why);
void machine_reset(struct sim *sim, int node, const char *why); /* and boots again */
void machine_watch(struct sim *sim, int node);
void machine_watchdog(struct sim *sim, int node);
void machine_order_watchdog(struct sim *sim, int node, enum core_watchdog order, uint64_t until_ms);
void machine_freeze(struct sim *sim, int node, bool clock);
void machine_thaw(struct sim *sim, int node);
void fence_call(struct sim *sim, int node, const struct core_fence *fence);
void fence_ended(struct sim *sim, unsigned agent);

/* ---- client.c, verify.c ---------------------------------------------------------------------- */

void client_write(struct sim *sim, int service);
void client_unfrozen(struct sim *sim, int service, int node);
void client_lost(struct sim *sim, int service, int node); /* its hanging write dies */
unsigned client_lacks(const struct sim *sim, int service, const struct side *side);
void client_forgive(struct sim *sim, int service, int node);
void verify(struct sim *sim);
void verify_start(struct sim *sim, int node, int service);    /* S4, when a start begins */
void verify_promoted(struct sim *sim, int node, int service); /* S2 */
void verify_serving(struct sim *sim, int node, int service);  /* S3 */
void verify_explained(struct sim *sim, int node, const struct core_update *update); /* S6 */

#endif
