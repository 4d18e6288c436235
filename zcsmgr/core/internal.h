/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the core share: the whole state of one daemon's decisions.
 *
 * Nodes are indices of settings.nodes, services indices of config->services. Everything that
 * other nodes must conclude alike is changed only by delivered messages and membership callbacks,
 * in their order; what belongs to this node alone stands in struct service.
 */
#ifndef ZCSMGR_CORE_INTERNAL_H
#define ZCSMGR_CORE_INTERNAL_H

#include "core.h"

enum {
	/* A present node that says nothing for so long is left out of state exchange and election.
	 */
	SILENT_MS = 5000, /* at least */
	/* An acquire or evidence that was not delivered by then is sent again. */
	RESEND_MS = 2000,
	PROBE_RETRY_MS = 1000,
	STOP_RETRY_MS = 5000,
	STORE_RETRY_MS = 5000,
	DETECT_INTERVAL_MS = 10000,
	FENCE_RETRY_MS = 5000,	    /* doubled for each failure in a row, */
	FENCE_RETRY_MAX_MS = 60000, /* up to this */
	START_RETRY_MS = 10000,	    /* a service that failed everywhere; doubled likewise */
	START_RETRY_MAX_MS = 300000,
	DELIVERY_MS = 10000,	  /* for a command's message */
	RELOAD_MS = 10000,	  /* for all members to read the new file */
	COMMAND_SLACK_MS = 30000, /* a command waits for the steps' timeouts and this */
	GOODBYE_MS = 2000,	  /* for the goodbye to be delivered */
	MOVE_AWAY_MS = 60000,	  /* for the other services, before a reset */
	LEASE_MARGIN_MS = 1000,	  /* between what both sides count, */
	LEASE_DRIFT = 20,	  /* and one part in so many for their clocks */
	LEASE_HEARTBEATS = 64,	  /* whose times of sending are kept */
	DETACH_MS = 3000,	  /* for all to learn that the watchdog is disarmed */
	PROBE_AT_END_MS = 10000,  /* a daemon told to end waits so long for probes */
	FAILURES_KEPT = 16,
	COMMANDS = 32,
	ASKS = CORE_ANSWERS,
};

/* Why a node may be ignored when a service is acquired; see clearance.c. */
enum clearance {
	CLEARANCE_NONE,
	CLEARANCE_RELEASED,
	CLEARANCE_LEFT,
	CLEARANCE_INTERLOCK,
	CLEARANCE_FENCED,
	CLEARANCE_CONFIRMED,
	CLEARANCE_EXPIRED,
	CLEARANCES,
};

/* How a node answered the order to read the new configuration. */
enum stage_result { STAGE_NONE, STAGE_READY, STAGE_BAD, STAGE_RUNNING };

/* What one node tells of one service. */
struct service_state {
	bool told; /* false: that node's configuration lacks the service */
	enum core_phase phase;
	int step;	     /* the resource that is worked on, or is to be stopped next */
	uint64_t epoch;	     /* of its claim; without claim the highest it has seen */
	uint64_t last_epoch; /* the last one it held itself since its daemon started */
	unsigned failures;
	bool barred;
	bool retrying; /* failed everywhere: waits before it tries again */
	bool current;
	bool foreign;
	bool stop_failed; /* the step could not be stopped, and is tried again */
	bool stuck;	  /* the child that works on the step does not die */
	bool asks;	  /* its kernel waits to hear that the other copy is outdated */
	struct storage storage;
};

struct node_state {
	uint32_t sequence;
	uint64_t digest; /* of the configuration in force */
	uint64_t staged; /* of the one that was read for a reload */
	enum stage_result stage;
	int stage_service; /* STAGE_RUNNING: the one in the way */
	uint64_t stage_id; /* the order it answers */
	bool leaving;	   /* holds nothing and acquires no more */
	bool ending;	   /* its daemon is about to end: hand nothing to it */
	bool store_failed;
	uint32_t watchdog_ms; /* timeout of its armed watchdog; 0: not armed, or soon not */
	uint32_t lease_ms;    /* 0: it runs on without the majority */
	struct service_state services[CONFIG_SERVICES];
};

/* What is known of one node of corosync's list. */
struct node {
	uint32_t nodeid;
	bool in_ring; /* a member of corosync's ring */
	bool present; /* its daemon is in the group */
	uint32_t pid;
	uint64_t incarnation; /* of the present or last daemon; 0: not heard yet */
	bool seen;	      /* was heard in a view of both: it knows of this daemon */
	bool heard;	      /* a state sent in this view was delivered */
	bool silent;
	uint64_t since_ms;    /* of presence or absence */
	uint64_t heard_ms;    /* any message */
	uint64_t out_ms;      /* when it went missing from the ring; valid if !in_ring */
	bool goodbye;	      /* its leaving was delivered; valid until another daemon appears */
	bool we_are_favoured; /* when it was lost: fences without delay */
	bool fenced;	      /* evidence against the last incarnation */
	bool confirmed;
	bool loss_accepted;
	uint64_t fence_id; /* of the running agent; 0: none */
	bool fence_on;	   /* the running agent switches it on */
	bool power_on_due;
	unsigned fence_failures;
	uint64_t fence_next_ms;
	uint8_t speaks;		  /* the highest protocol version; 0: not heard yet */
	uint32_t acknowledged;	  /* the last of our states that it had when it told its own */
	uint64_t told_fencing_ms; /* when WHY says that it will be fenced; 0: it will not */
	struct node_state state;  /* the last that counted */
};

/* Who holds a service, as all members of the view know it. */
struct claim {
	int node; /* CORE_NONE: nobody */
	uint64_t epoch;
	uint64_t incarnation;
	uint64_t view; /* acquired in; 0: learned from a state */
};

enum after_stop { AFTER_RELEASE, AFTER_RESTART };

/* A service on this node. */
struct service {
	struct claim claim;
	uint64_t view_epoch; /* the highest that was told or acquired in this view */
	enum core_phase phase;
	uint64_t since_ms;	/* of the phase */
	uint64_t step_since_ms; /* of the operation under way */
	int step;
	uint64_t operation; /* id; 0: none */
	enum operation operation_kind;
	bool stuck;	   /* the operation's child does not die, */
	uint64_t stuck_ms; /* since then */
	bool cancelled;	   /* the operation was told to end */
	unsigned up;	   /* resources [0, up) are up, or may be */
	unsigned probe, probe_up, probe_down;
	bool checking;	   /* active, and looks again at every resource (after maintenance) */
	uint64_t retry_ms; /* of a failed probe or stop; 0: none */
	unsigned stop_goal;
	enum after_stop after_stop;
	uint64_t epoch;		  /* of our claim */
	uint64_t last_epoch;	  /* of our last claim since this daemon started */
	uint64_t start_view;	  /* the right to start was given in */
	uint64_t acquire_sent_ms; /* 0: none under way */
	uint64_t started_ms;	  /* the start began */
	uint64_t wait_stored;	  /* first start operation only after this store; 0: done */
	bool peer_fenced;
	bool by_interlock; /* to be checked once more after promotion */
	bool superseded;
	int lost;		/* vanished while that could not be judged; CORE_NONE */
	bool came_for_want;	/* the first in order could not serve it when it came here */
	uint64_t stop_since_ms; /* the first attempt at the current stop step */
	bool failed_stop;	/* the last attempt at the current stop step failed */
	uint64_t failures[FAILURES_KEPT]; /* times, newest first; 0: none */
	unsigned failed_in_row[CONFIG_RESOURCES];
	unsigned timeouts_in_row[CONFIG_RESOURCES];
	unsigned start_retries;
	uint64_t start_retry_ms; /* failed everywhere: not before; 0: none */
	bool foreign;		 /* another machine answers for the address */
	uint64_t detect_ms;	 /* of the last look for it */
	struct storage storage;
	uint64_t disk_lost_ms; /* when DRBD's connection ended */
	bool paired;	       /* see copy.c */
	uint64_t paired_epoch;
	bool denied;	/* connected, we think; the other end is not */
	uint64_t order; /* id of an order to the disk under way; 0: none */
	enum operation order_kind;
	uint64_t order_next_ms;
	int told_elected;      /* for the journal: tell a change once */
	uint64_t elsewhere_ms; /* active on another node since; 0: not */
};

/* A command that waits for its end. */
struct command {
	bool used;
	struct core_command command;
	uint64_t deadline_ms;
	uint64_t intent; /* the sequence it set */
	bool delivered;
	uint64_t id; /* of the message that must be delivered */
};

/* The kernel's handler waits for an answer. */
struct ask {
	bool used;
	uint64_t id;
	int service;
	uint64_t deadline_ms;
};

struct core {
	const struct config *config;
	const struct config *staged;
	struct core_settings settings;
	struct core_durable durable;
	struct { /* of config and settings; see core_index() */
		int places[CONFIG_SERVICES][CORE_NODES];
		uint64_t names[CONFIG_SERVICES];
		enum core_mode mode;
	} index;
	uint64_t now_ms;
	struct core_update *update; /* during a step */

	bool started; /* the first step was taken */
	bool connected;
	uint64_t incarnation;
	uint32_t pid;
	int self;
	bool ring_known; /* false from a lost node's confchg to the ring that goes with it */
	struct core_ring ring;
	uint64_t ring_ms; /* told at */
	bool quorum_known;
	bool quorate;
	uint64_t quorate_ms; /* told at, for this ring */
	struct core_ring quorum_ring;
	bool told_quorate;
	uint64_t view; /* digest of ring and group, as in messages; 0: none */
	struct core_member members[CORE_NODES * 2];
	unsigned member_count;
	struct node nodes[CORE_NODES];
	struct service services[CONFIG_SERVICES];

	bool state_due;		/* something changed that the others must know */
	uint64_t state_sent_ms; /* 0: never */
	uint32_t state_sequence;

	uint64_t next_id; /* operations, fences, messages */
	bool store_due;
	uint64_t store_running;	 /* sequence; 0: none */
	uint64_t store_sequence; /* of the last started */
	uint64_t stored;	 /* of the last that succeeded */
	bool store_failed;
	uint64_t store_retry_ms;

	bool ending; /* shutdown: hand over, then say goodbye */
	uint64_t ending_ms;
	bool goodbye_sent;
	uint64_t goodbye_ms;
	bool detach;
	bool ended;

	bool lease_proved; /* lease_ms counts: from the last heartbeat that proved the majority */
	uint64_t lease_ms; /* its end */
	uint64_t proof_ms; /* when the last heartbeat that proved the majority was sent */
	struct {
		uint32_t sequence;
		uint64_t at_ms;
	} heartbeats[LEASE_HEARTBEATS];
	uint32_t watchdog_ms;	  /* timeout in force; 0: not armed */
	uint64_t stepped_ms;	  /* the last step */
	uint32_t slept_sequence;  /* what we had sent before we stood still */
	bool disarming;		  /* the others are told that it is not armed */
	uint32_t disarm_sequence; /* of the first state that told so */
	bool disarmed;		  /* it was ordered: all had heard */
	bool detaching;

	uint64_t reset_ms; /* this machine is reset then, or once all else has moved; 0: no */
	bool reset_told;

	struct ask asks[ASKS];

	enum stage_result stage;
	int stage_service;
	uint64_t stage_id;
	struct command commands[COMMANDS];
};

/* ---- core.c: what every file needs ---------------------------------------------------------- */

int core_find_node(const struct core *core, uint32_t nodeid);	    /* index or CORE_NONE */
int core_find_node_name(const struct core *core, const char *name); /* index or CORE_NONE */
/* Is the node (index) among the nodes of the service? Its place there, or CORE_NONE. */
int core_place(const struct core *core, int service, int node);
/* After any change of config or settings: what is looked up all the time. */
void core_index(struct core *core);
uint64_t core_digest(const struct config *config);
uint64_t core_name_digest(const char *name);
/* Call again at that time at the latest. */
void core_wake(struct core *core, uint64_t at_ms);
void core_record(struct core *core, enum reason_code code, int service, int resource, int node,
		 uint64_t number);
void core_answer(struct core *core, uint64_t request, enum core_result result,
		 struct reason reason);
/* A message to fill, at least CORE_MESSAGE_SIZE bytes; NULL: no room, a step follows at once. */
uint8_t *core_message(struct core *core);
void core_message_done(struct core *core, size_t size);
void core_store(struct core *core);
bool core_same_ring(struct core_ring a, struct core_ring b);
struct reason core_reason(const struct core *core, enum reason_code code, int service, int resource,
			  int node, uint64_t number);

/* ---- view.c --------------------------------------------------------------------------------- */

void view_connected(struct core *core, uint32_t pid, uint64_t incarnation);
void view_disconnected(struct core *core);
void view_members(struct core *core, const struct core_event *event);
void view_ring(struct core *core, const struct core_event *event);
void view_quorum(struct core *core, bool quorate, struct core_ring ring);
void view_heard(struct core *core, int node);
void view_check_sleep(struct core *core);
uint64_t view_silent_ms(const struct core *core);
void view_check_silence(struct core *core);
/* Ring, quorum and group agree, and every member that counts has told its state. */
bool view_settled(const struct core *core);
/* This node may start and fence: quorate, or the operator stands in for quorum. */
bool view_quorate(const struct core *core);
/* The ring is known, and quorum speaks of the same. */
bool view_matched(const struct core *core);
/* The protocol version of this view: the highest that all who count speak. */
unsigned view_protocol(const struct core *core);
/* The node takes part in this view's decisions: present, no ghost, not silent. */
bool view_counts(const struct core *core, int node);

/* ---- state.c: the messages' meaning --------------------------------------------------------- */

void state_send(struct core *core); /* if due */
void state_receive(struct core *core, uint32_t nodeid, uint32_t pid, const uint8_t *bytes,
		   size_t size);
bool state_send_acquire(struct core *core, int service, uint64_t epoch, const uint8_t *cleared);
bool state_send_evidence(struct core *core, int node, bool confirmed, bool loss, uint64_t id);
bool state_send_cleanup(struct core *core, int service, uint64_t id);
bool state_send_stage(struct core *core, uint64_t id);
bool state_send_commit(struct core *core, uint64_t digest, uint64_t id);
/* What this node would tell now. */
void state_of_self(const struct core *core, struct node_state *state);

/* ---- lease.c -------------------------------------------------------------------------------- */

/* Without the majority a node must not hold anything beyond its lease. */
bool lease_rules(const struct core *core);
void lease_begin(struct core *core);
/* Before anything else of a step: time may have passed that nobody saw. */
void lease_check(struct core *core);
void lease_sent(struct core *core, uint32_t sequence);
void lease_delivered(struct core *core, uint32_t sequence);
void lease_watchdog(struct core *core, uint32_t timeout_ms);
void lease_advance(struct core *core);
/* Nobody counts on the watchdog any more. */
bool lease_may_disarm(const struct core *core);
void lease_end(struct core *core); /* the daemon ends */
/* What this node tells of its watchdog; 0: nobody may count on it. */
uint32_t lease_told_watchdog(const struct core *core);
/* Whatever the node held is surely reset. */
bool lease_has_expired(const struct core *core, int node);
/* Its copy has surely ceased to count as current without contact. */
bool lease_has_lapsed(const struct core *core, int node);
/* When the lease has expired, if we stay the majority until then; UINT64_MAX: never. */
uint64_t lease_expires_ms(const struct core *core, int node);
/* Somebody waits for that: it is proved as soon as it is true. */
void lease_await_expiry(struct core *core, int node);
void lease_await_lapse(struct core *core, int node);

/* ---- reset.c -------------------------------------------------------------------------------- */

/* This node runs what it must not: reset it, at once. */
void reset_at_once(struct core *core, enum reason_code why, int service, int node);
/* A service here cannot be stopped: reset the node once its other services have moved away. */
void reset_for_stop(struct core *core, int service, int resource);
void reset_advance(struct core *core);

/* ---- fence_peer.c --------------------------------------------------------------------------- */

void fence_peer_ask(struct core *core, uint64_t id, int service, uint64_t deadline_ms);
void fence_peer_advance(struct core *core);
bool fence_peer_asks(const struct core *core, int service);
/* The services are about to be numbered anew: who asked for one is answered now, as unknown. */
void fence_peer_switch(struct core *core);
/* The other end of this disk, if it is one of two nodes; CORE_NONE. */
int fence_peer_other(const struct core *core, int service);
bool fence_peer_order_ended(struct core *core, uint64_t id, enum outcome outcome);

/* ---- intent.c ------------------------------------------------------------------------------- */

bool intent_merge(struct core_intent *ours, const struct core_intent *theirs);
uint64_t intent_set(struct core *core, struct core_intent *intent, uint32_t value);
struct core_intent *intent_standby(struct core *core, uint32_t nodeid); /* NULL: table full */
bool intent_is_standby(const struct core *core, int node);
bool intent_is_stopped(const struct core *core, int service);
bool intent_is_maintenance(const struct core *core, int service);
int intent_target(const struct core *core, int service); /* node index or CORE_NONE */

/* ---- copy.c --------------------------------------------------------------------------------- */

bool copy_needed(const struct core *core, int service);
/* Both copies are seen to be equal: remember it. */
void copy_pair(struct core *core, int service);
void copy_acquired(struct core *core, int service, uint64_t epoch); /* by us */
void copy_storage(struct core *core, int service, const struct storage *storage);
void copy_peer_state(struct core *core, int service, int node);
bool copy_current(const struct core *core, int service);
bool copy_suspended(const struct core *core, int service);

/* ---- clearance.c ---------------------------------------------------------------------------- */

enum clearance clearance_against(const struct core *core, int service, int node);
/* Fills cleared[CORE_NODES]; true if no node is left without clearance. */
bool clearance_all(const struct core *core, int service, uint8_t *cleared);
/* An acquire that was just delivered stands against the claim that it met. */
bool clearance_supersedes(const struct core *core, const struct claim *claim,
			  enum clearance carried);

/* ---- election.c ----------------------------------------------------------------------------- */

/* REASON_NONE: eligible; else the WHY_ code that tells what is missing. */
enum reason_code election_obstacle(const struct core *core, int service, int node);
bool election_eligible(const struct core *core, int service, int node);
/* Who should hold the service now, and why; CORE_NONE: nobody can. */
int election_winner(const struct core *core, int service, enum reason_code *why);
/* The best one besides that node, which need not hold it now; CORE_NONE: none. */
int election_other(const struct core *core, int service, int but);
/* The node whose configuration counts; CORE_NONE: nobody was heard. */
int election_reference(const struct core *core, int service);

/* ---- service.c ------------------------------------------------------------------------------ */

void service_begin(struct core *core, int service); /* first look at what is up */
void service_operation(struct core *core, uint64_t id, enum outcome outcome);
void service_watch(struct core *core, int service, int resource, enum verdict verdict);
void service_acquired(struct core *core, int service, uint64_t epoch); /* by this node */
void service_superseded(struct core *core, int service);
void service_advance(struct core *core, int service);
void service_check(struct core *core, int service); /* maintenance has ended */
bool service_claims(enum core_phase phase);
bool service_idle(const struct core *core, int service); /* stopped, and no child works on it */

/* ---- recovery.c ----------------------------------------------------------------------------- */

/* A resource failed. True: restart it here. False: this node gives the service up. */
bool recovery_restart_here(struct core *core, int service, int resource);
void recovery_started(struct core *core, int service);
void recovery_cleanup(struct core *core, int service);
void recovery_elsewhere(struct core *core, int service);
unsigned recovery_failures(const struct core *core, int service);
bool recovery_barred(const struct core *core, int service);

/* ---- fencing.c ------------------------------------------------------------------------------ */

enum core_mode fencing_mode(const struct core *core);
enum core_mode fencing_mode_of(const struct config *config, bool two_node);
void fencing_advance(struct core *core);
void fencing_ended(struct core *core, uint32_t nodeid, uint64_t id, bool ok);
bool fencing_is_busy(const struct core *core);	/* an agent works, or must yet undo its work */
void fencing_lost(struct core *core, int node); /* decides who is favoured */

/* ---- command.c ------------------------------------------------------------------------------ */

void command_obey(struct core *core, const struct core_command *command);
void command_delivered(struct core *core, uint64_t id);
void command_advance(struct core *core);

/* ---- reload.c ------------------------------------------------------------------------------- */

void reload_ordered(struct core *core, uint64_t id);
void reload_staged(struct core *core, bool ok, const struct config *config);
/* A change of the lease needs every node; the first that is not here, or CORE_NONE. */
int reload_absent(const struct core *core, const struct config *config);
void reload_commit(struct core *core, uint64_t digest);
void reload_durable(struct core *core); /* one durable entry a service, in their order */

#endif
