/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The decisions. core_step() takes one event and says what is to be done; it does nothing itself:
 * no I/O, no clock (time arrives in the event), no allocation after core_new(), no text. The same
 * state and the same event give the same update.
 */
#ifndef ZCSMGR_CORE_H
#define ZCSMGR_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "operation.h"
#include "reasons.h"
#include "storage.h"

enum {
	CORE_NODES = 16, /* of the corosync cluster */
	CORE_MESSAGE_SIZE = 8192,
	CORE_NONE = -1, /* no node, no service, no resource */
};

struct core_ring {
	uint32_t nodeid;
	uint64_t seq;
};

struct core_member {
	uint32_t nodeid;
	uint32_t pid;
	enum core_leave { CORE_LEAVE, CORE_PROCDOWN, CORE_NODEDOWN } reason; /* of those who left */
};

/* ---- what is told to the core --------------------------------------------------------------- */

enum core_event_type {
	CORE_TICK, /* the time has come that the last update named */
	CORE_CONNECTED,
	CORE_DISCONNECTED,
	CORE_MEMBERS, /* cpg confchg */
	CORE_RING,    /* cpg totem confchg */
	CORE_QUORUM,
	CORE_MESSAGE,
	CORE_OPERATION,	 /* an operation has ended */
	CORE_WATCH,	 /* a watch tells a verdict */
	CORE_STORAGE,	 /* a watch tells storage facts */
	CORE_FENCE,	 /* a fence agent has ended */
	CORE_STORED,	 /* a durable record has been written, or could not be */
	CORE_COMMAND,	 /* an operator's */
	CORE_WATCHDOG,	 /* the watchdog was armed or disarmed, or could not be */
	CORE_FENCE_PEER, /* the kernel asks what became of the peer of a replicated disk */
	CORE_STAGED,	 /* a new configuration file was read (reload), or could not be */
	CORE_SHUTDOWN,	 /* hand the services over and say goodbye */
	CORE_DETACH,	 /* say goodbye, but leave the services running (restart, upgrade) */
};

enum core_verb {
	CORE_VERB_START,	/* service */
	CORE_VERB_STOP,		/* service */
	CORE_VERB_MOVE,		/* service, node (CORE_NONE: any other) */
	CORE_VERB_STANDBY,	/* node */
	CORE_VERB_ONLINE,	/* node */
	CORE_VERB_MAINTENANCE,	/* service (CORE_NONE: all), on */
	CORE_VERB_CLEANUP,	/* service (CORE_NONE: all) */
	CORE_VERB_CONFIRM_DOWN, /* node, accept_loss */
	CORE_VERB_RELOAD,
};

struct core_command {
	uint64_t request; /* chosen by the caller, comes back in the replies */
	enum core_verb verb;
	int service;	 /* index into config->services, or CORE_NONE */
	uint32_t nodeid; /* 0: none */
	bool on;
	bool accept_loss;
};

struct core_event {
	enum core_event_type type;
	uint64_t now_ms; /* CLOCK_MONOTONIC */
	union {
		struct {
			uint32_t pid;
			uint64_t incarnation; /* random, new for every connection */
		} connected;
		struct {
			const struct core_member *members, *left, *joined;
			unsigned member_count, left_count, joined_count;
		} members;
		struct {
			struct core_ring ring;
			const uint32_t *nodeids;
			unsigned nodeid_count;
		} ring;
		struct {
			bool quorate;
			struct core_ring ring;
		} quorum;
		struct {
			uint32_t nodeid, pid;
			const uint8_t *bytes;
			size_t size;
		} message;
		struct {
			uint64_t id;
			enum outcome outcome;
		} operation;
		struct {
			int service, resource;
			enum verdict verdict;
		} watch;
		struct {
			int service; /* the service's first drbd resource */
			struct storage storage;
		} storage;
		struct {
			uint32_t nodeid;
			uint64_t id;
			bool ok; /* off: off succeeded and status said off; on: on succeeded */
		} fence;
		struct {
			uint64_t sequence;
			bool ok;
		} stored;
		struct {
			uint32_t timeout_ms; /* in force; 0: not armed */
		} watchdog;
		struct {
			uint64_t id;
			int service;
			uint64_t deadline_ms; /* answered by then, at the latest */
		} fence_peer;
		struct core_command command;
		struct {
			bool ok;
			/* If ok: read only after `switched` too, until another takes its place. */
			const struct config *config;
		} staged;
	};
};

/* ---- what the core wants done --------------------------------------------------------------- */

struct core_operation {
	uint64_t id;
	enum operation operation;
	int service, resource;
	uint32_t timeout_ms;
	bool peer_fenced;
};

struct core_fence {
	uint64_t id;
	uint32_t nodeid;
	bool on; /* false: off, then status */
};

/* An answer to an operator's command; a command gets exactly one. */
struct core_reply {
	uint64_t request;
	enum core_result { CORE_DONE, CORE_REFUSED, CORE_UNSUCCESSFUL } result;
	struct reason reason;
};

/* An answer to the kernel's fence-peer handler: its exit code; see drbd.conf(5). */
enum core_fence_peer {
	FENCE_PEER_UNKNOWN = 1,	     /* nothing is known: stay frozen, do not promote */
	FENCE_PEER_INCONSISTENT = 3, /* the peer's disk is worse than outdated */
	FENCE_PEER_OUTDATED = 4,     /* the peer has outdated itself */
	FENCE_PEER_DOWN = 5,	     /* the peer is not reachable and runs nothing */
	FENCE_PEER_PRIMARY = 6,	     /* the peer is Primary: outdate this copy */
	FENCE_PEER_FENCED = 7,	     /* the peer was switched off */
};

struct core_fence_peer_answer {
	uint64_t id;
	enum core_fence_peer answer;
};

/* What must outlive a reboot. Small and of fixed size: it is written in place. */
struct core_durable_service {
	char name[CONFIG_NAME_SIZE];
	uint64_t epoch; /* the highest one seen */
	/* Intents: the highest sequence wins; value 0 is the default. */
	struct core_intent {
		uint64_t sequence;
		uint32_t value;
	} target, stopped, maintenance; /* target: a nodeid */
	bool barred;			/* this node used up its restarts */
	/* Of this boot only, cleared by the daemon after a reboot: the claim this node held. */
	uint64_t held_epoch;
};

struct core_durable {
	uint32_t service_count;
	struct core_durable_service services[CONFIG_SERVICES];
	struct core_durable_node {
		uint32_t nodeid; /* 0: unused */
		struct core_intent standby;
	} nodes[CORE_NODES];
};

enum {
	CORE_OPERATIONS = 16,
	CORE_MESSAGES = 8,
	CORE_FENCES = CORE_NODES,
	CORE_REPLIES = 32,
	CORE_RECORDS = 64,
	CORE_ANSWERS = 8,
	CORE_CELLS = 32,
};

struct core_update {
	unsigned message_count;
	struct {
		uint16_t size;
		uint8_t bytes[CORE_MESSAGE_SIZE];
	} messages[CORE_MESSAGES]; /* multicast in this order */
	unsigned operation_count;
	struct core_operation operations[CORE_OPERATIONS];
	unsigned cancel_count;
	uint64_t cancels[CORE_OPERATIONS]; /* kill these operations; their outcome still comes */
	unsigned fence_count;
	struct core_fence fences[CORE_FENCES];
	unsigned reply_count;
	struct core_reply replies[CORE_REPLIES];
	unsigned record_count;
	struct reason records[CORE_RECORDS]; /* for the journal, in this order */
	unsigned records_dropped;
	/* The cells of the service table (service_table.h) that were used; more are not told. */
	unsigned cell_count;
	struct {
		uint8_t phase, event;
	} cells[CORE_CELLS];
	unsigned answer_count;
	struct core_fence_peer_answer answers[CORE_ANSWERS];
	struct {
		enum core_watchdog {
			CORE_WATCHDOG_LEAVE,  /* neither open, feed nor close it */
			CORE_WATCHDOG_FEED,   /* arm it, and feed it, but not after until_ms */
			CORE_WATCHDOG_DISARM, /* close it in order */
		} order;
		uint64_t until_ms;
	} watchdog;
	bool reset;	/* reset this machine now, without stopping anything */
	uint64_t store; /* not 0: write core_durable() and answer CORE_STORED with this sequence */
	bool stage;	/* read the configuration file again and answer CORE_STAGED */
	bool switched;	/* the staged configuration is in force now */
	bool left;	/* goodbye has been said: the daemon may end */
	bool again;	/* call again at once with CORE_TICK: there was more to say than room */
	uint64_t deadline_ms; /* call with CORE_TICK then at the latest */
};

struct core_node {
	uint32_t nodeid;
	char name[CONFIG_NAME_SIZE];
};

struct core_settings {
	uint32_t nodeid; /* this node's */
	unsigned node_count;
	struct core_node nodes[CORE_NODES]; /* corosync's node list */
	bool two_node;
	uint32_t token_ms;
	uint32_t consensus_ms;
	/* The highest protocol version to speak; 0: the highest that this program knows. */
	unsigned protocol;
};

struct core;

/* config stays the caller's and must outlive the core or the next switch. NULL: no memory. */
struct core *core_new(const struct config *config, const struct core_settings *settings,
		      const struct core_durable *durable);
void core_free(struct core *core);

/* Overwrites *update. */
void core_step(struct core *core, const struct core_event *event, struct core_update *update);

const struct core_durable *core_durable(const struct core *core);

/* New node list or timers after a reload of corosync's configuration. */
void core_settings(struct core *core, const struct core_settings *settings);

/* ---- what the core knows, for status and why ------------------------------------------------ */

enum core_phase {
	PHASE_UNKNOWN, /* being probed, or a child of it does not die */
	PHASE_STOPPED,
	PHASE_STARTING,
	PHASE_ACTIVE,
	PHASE_STOPPING,
};

enum core_mode { MODE_MANUAL, MODE_FENCING, MODE_THIRD_VOTE };

struct core_node_status {
	uint32_t nodeid;
	bool self;
	bool member;  /* of corosync's ring */
	bool present; /* its daemon is in the group */
	bool heard;   /* it has sent its state in this view */
	bool silent;
	bool standby;
	bool fencing_now;
	bool fenced;	/* evidence stands */
	bool confirmed; /* by the operator */
	bool same_config;
	unsigned protocol;    /* the highest version that it speaks; 0: not heard yet */
	uint32_t watchdog_ms; /* its watchdog's timeout, as it told; 0: not armed */
	uint64_t since_ms;    /* of presence or absence */
};

struct core_service_status {
	enum core_phase phase; /* of the holder; here if there is none */
	uint32_t holder;       /* nodeid; 0: none */
	uint64_t epoch;
	int step; /* resource being started or stopped; CORE_NONE */
	uint64_t since_ms;
	uint32_t target;
	bool stopped_by_operator;
	bool maintenance;
	unsigned failures;		      /* here, within the window */
	enum core_phase phase_of[CORE_NODES]; /* as each node tells, by index of nodes[] */
	int step_of[CORE_NODES];
	bool barred[CORE_NODES];
	bool current[CORE_NODES]; /* has a current copy, as it tells itself */
	bool storage_known[CORE_NODES];
	struct storage storage[CORE_NODES];
	/* What it waits for, or why it is where it is; most important first. */
	unsigned why_count;
	struct reason why[16];
};

struct core_status {
	bool connected;
	bool settled; /* quorum and group speak of the same ring, all states were heard */
	bool quorate;
	struct core_ring ring;
	enum core_mode mode;
	unsigned protocol;	/* spoken in this view */
	bool leased;		/* without the majority this node is reset when its lease ends */
	uint64_t lease_left_ms; /* if leased */
	unsigned node_count;
	struct core_node_status nodes[CORE_NODES];
	unsigned service_count;
	struct core_service_status services[CONFIG_SERVICES];
};

void core_status(const struct core *core, uint64_t now_ms, struct core_status *status);

#endif
