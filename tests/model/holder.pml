/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who holds a service: views, acquires, clearance and the start, for two nodes with a replicated
 * disk, as a transition system that spin explores to its end. A step is one event at one node, or
 * one fault. Times are left out: what may happen late may happen at any time. There is no election:
 * whoever may acquire, may.
 *
 * Promises: S1, the service is never in use on two nodes; S4, nobody starts while the other still
 * has something in use.
 *
 * -DMODE=MANUAL|FENCING|THIRD_VOTE, -DFAULTS=N, and at most one of the variants that break a rule,
 * each of which must fail somewhere (tests/model/check): QUORUM_ALONE, NO_SECOND_LOOK, OLD_VIEWS,
 * CLEAR_ON_PROCDOWN, TRUST_REJOIN, EVIDENCE_SURVIVES, NO_PROOF, SHORT_WAIT, EPOCH_OF_MEMORY,
 * START_IN_LATER_VIEW, LOOK_IN_LATER_VIEW.
 *
 * "Core:" names the functions of zcsmgr/core that a step stands for.
 */
#define MANUAL 1
#define FENCING 2
#define THIRD_VOTE 3

#ifndef MODE
#define MODE MANUAL
#endif
#ifndef FAULTS
#define FAULTS 2
#endif

#define NOBODY 2
#define EPOCHS 2 /* acquires in a row */

mtype:phase = { STOPPED, STARTING, ACTIVE, UNKNOWN };
mtype:kind = { STATE, ACQUIRE };
mtype:clearance = { NONE, RELEASED, INTERLOCK, PROOF };

/* ---- the world -------------------------------------------------------------------------------- */

bool power[2], frozen[2]; /* frozen: the whole node, with its kernel */
bool daemon[2], asleep[2];
bool link = true;  /* of cluster and replication */
bool primary[2];   /* DRBD's role */
bool serving[2];   /* something above DRBD is in use */
bool promoting[2]; /* a promotion is under way; its child does not need the daemon */
bool promoted[2];  /* it has ended well, and the daemon has not heard it yet */
bool failed[2];    /* it has ended badly */
byte majority = NOBODY; /* while the nodes are apart: who has the third vote */
byte faults = FAULTS;   /* that are left */

/* ---- corosync --------------------------------------------------------------------------------- */

bool has_ring[2];
bool with[2];      /* its ring has the other node in it, */
bool together;     /* which is in that ring still */

/* sender, kind, sent in this view, phase, epoch, clearance */
chan queue[2] = [3] of { byte, mtype:kind, bool, mtype:phase, byte, mtype:clearance };
/* Accepted while no token goes round. */
chan held[2] = [1] of { byte, mtype:kind, bool, mtype:phase, byte, mtype:clearance };

/* ---- what each daemon knows ------------------------------------------------------------------- */

bool in_view[2];       /* it is in the group */
bool present[2];       /* the other is, too */
bool in_ring[2];       /* the other's corosync is there, with or without its daemon */
bool silent[2];        /* the other says nothing */
bool heard[2];         /* the other's state was delivered in this view */
bool heard_self[2];
mtype:phase told[2] = UNKNOWN;
bool quorum_told[2];   /* for this ring */
bool quorate[2];
bool proof[2];         /* the absent other was fenced or confirmed to be off */
bool expired[2];
bool agent[2];         /* a fence agent of this node is under way */

byte epoch[2];         /* durable */
byte claim[2] = NOBODY;
byte claim_epoch[2];
bool claim_of_view[2]; /* acquired in this view */
byte view_epoch[2];    /* the highest told or acquired in this view */
mtype:phase phase[2] = STOPPED;
byte own_epoch[2];
bool own_of_view[2];   /* ours was acquired in this view */
bool by_interlock[2];

#define OTHER(n) (1 - (n))
#define ALIVE(n) (power[n] && !frozen[n])
#define AWAKE(n) (ALIVE(n) && daemon[n] && !asleep[n])
#define REACH (link && ALIVE(0) && ALIVE(1))
#define INTACT(n) (ALIVE(n) && has_ring[n] && (!with[n] || (REACH && together)))
#define CLAIMS(p) (p == STARTING || p == ACTIVE)
#define CONNECTED REACH

/* Core: view_counts */
#define COUNTS(n) (present[n] && !silent[n])
/* Core: view_settled, view_matched */
#define SETTLED(n) (in_view[n] && quorum_told[n] && heard_self[n] && (!COUNTS(n) || heard[n]))
/* Core: service_idle */
#define IDLE(n) (phase[n] == STOPPED && !primary[n] && !promoting[n] && !promoted[n] && !failed[n])

/* A heartbeat has come back: the majority is ours now. Core: lease_delivered */
#ifdef NO_PROOF
#define PROVED(n) true
#else
#define PROVED(n) (majority == n)
#endif

/* Of the step under way. */
hidden byte from, sent_epoch;
hidden byte of_view;
hidden mtype:kind kind;
hidden mtype:phase sent_phase;
hidden mtype:clearance cleared;

/* The right to start ends with the view that it was given in. Core: may_begin, may_go_on */
#ifdef START_IN_LATER_VIEW
#define START_VIEW(n) true
#else
#define START_VIEW(n) own_of_view[n]
#endif
#ifdef LOOK_IN_LATER_VIEW
#define LOOK_VIEW(n) true
#else
#define LOOK_VIEW(n) own_of_view[n]
#endif
/* What a member remembers of older views must not void an acquire. Core: receive_acquire */
#ifdef EPOCH_OF_MEMORY
#define KNOWN_EPOCH(n) epoch[n]
#else
#define KNOWN_EPOCH(n) view_epoch[n]
#endif

/* ---- messages --------------------------------------------------------------------------------- */

#define ROOM(n) (len(held[n]) < 1 && len(queue[0]) < 3 && len(queue[1]) < 3)

/* In an intact ring all get it, in one order; else it is accepted, and goes out in the next. */
inline send(n, what, ph, ep, cl) {
	if
	:: INTACT(n) && with[n] -> queue[0]!n,what,true,ph,ep,cl; queue[1]!n,what,true,ph,ep,cl
	:: INTACT(n) && !with[n] -> queue[n]!n,what,true,ph,ep,cl
	:: else -> held[n]!n,what,true,ph,ep,cl
	fi
}

inline drain(c) {
	do
	:: len(c) > 0 -> c?_,_,_,_,_,_
	:: else -> break
	od
}

/* What was held is of an older view. */
inline send_held(n) {
	if
	:: len(held[n]) > 0 ->
		held[n]?from,kind,of_view,sent_phase,sent_epoch,cleared;
		queue[n]!from,kind,false,sent_phase,sent_epoch,cleared;
		if
		:: with[n] -> queue[OTHER(n)]!from,kind,false,sent_phase,sent_epoch,cleared
		:: else
		fi
	:: else
	fi
}

/* ---- the end of a daemon, of a node ----------------------------------------------------------- */

inline forget(n) {
	in_view[n] = false; present[n] = false; in_ring[n] = false; silent[n] = false;
	heard[n] = false; heard_self[n] = false; told[n] = UNKNOWN;
	quorum_told[n] = false; quorate[n] = false; proof[n] = false; expired[n] = false;
	agent[n] = false; claim[n] = NOBODY; claim_epoch[n] = 0; claim_of_view[n] = false;
	view_epoch[n] = 0;
	own_epoch[n] = 0; own_of_view[n] = false; by_interlock[n] = false;
	drain(queue[n]);
	drain(held[n])
}

inline crash(n) {
	power[n] = false; frozen[n] = false; daemon[n] = false; asleep[n] = false;
	primary[n] = false; serving[n] = false;
	promoting[n] = false; promoted[n] = false; failed[n] = false;
	phase[n] = STOPPED; has_ring[n] = false; with[n] = false; together = false;
	forget(n)
}

/* ---- rings ------------------------------------------------------------------------------------ */

/* Core: update_view, vanished, appeared */
inline new_view(n, other_present) {
	drain(queue[n]);
	quorum_told[n] = false; quorate[n] = false;
	if
	:: daemon[n] ->
		in_view[n] = true;
#ifndef TRUST_REJOIN
		heard[n] = false; told[n] = UNKNOWN;
#endif
		heard_self[n] = false; silent[n] = false; expired[n] = false;
		present[n] = other_present; in_ring[n] = with[n];
		claim_of_view[n] = false; own_of_view[n] = false; view_epoch[n] = 0;
#ifndef EVIDENCE_SURVIVES
		if
		:: other_present -> proof[n] = false
		:: else
		fi
#endif
	:: else
	fi
}

/* ---- decisions -------------------------------------------------------------------------------- */

/* Core: clearance_against */
inline find_clearance(n) {
	cleared = NONE;
	if
	:: !present[n] && (proof[n] || expired[n]) -> cleared = PROOF
	:: COUNTS(n) && heard[n] && told[n] == STOPPED && claim[n] != OTHER(n) ->
		cleared = RELEASED
	:: !(!present[n] && (proof[n] || expired[n])) && !COUNTS(n) && in_ring[n] &&
	   CONNECTED && !primary[OTHER(n)] -> cleared = INTERLOCK
	:: else
	fi;
#ifdef CLEAR_ON_PROCDOWN
	if
	:: cleared == NONE && !present[n] && in_ring[n] -> cleared = RELEASED
	:: else
	fi;
#endif
#ifdef QUORUM_ALONE
	if
	:: cleared == NONE && !present[n] -> cleared = RELEASED
	:: else
	fi;
#endif
}

/* Core: see_epoch */
inline see_epoch(n) {
	if
	:: sent_epoch > epoch[n] -> epoch[n] = sent_epoch
	:: else
	fi;
	if
	:: sent_epoch > view_epoch[n] -> view_epoch[n] = sent_epoch
	:: else
	fi
}

/* Core: release */
inline release(n) {
	phase[n] = STOPPED; by_interlock[n] = false; own_of_view[n] = false; own_epoch[n] = 0;
	if
	:: claim[n] == n -> claim[n] = NOBODY; claim_epoch[n] = 0; claim_of_view[n] = false
	:: else
	fi
}

/* Core: service_superseded, reset_at_once */
inline superseded(n) {
	if
	:: serving[n] || primary[n] || promoting[n] || promoted[n] -> crash(n)
	:: else -> release(n)
	fi
}

/* Core: receive_acquire, clearance_supersedes, service_acquired */
inline receive_acquire(n) {
	if
#ifndef OLD_VIEWS
	:: !of_view -> skip
#endif
	:: sent_epoch <= KNOWN_EPOCH(n) -> skip
	:: else ->
		if
		:: claim[n] != NOBODY && claim[n] != from &&
		   ((claim_of_view[n] && (claim[n] == n || present[n])) ||
		    (cleared != PROOF && cleared != INTERLOCK)) -> skip
		:: else ->
			see_epoch(n);
			claim[n] = from; claim_epoch[n] = sent_epoch; claim_of_view[n] = true;
			if
			:: from == n && IDLE(n) ->
				phase[n] = STARTING; own_epoch[n] = sent_epoch;
				own_of_view[n] = true
			:: from != n && CLAIMS(phase[n]) -> superseded(n)
			:: else
			fi
		fi
	fi
}

/* Core: receive_state, learn_claim, outranks */
inline receive_state(n) {
	if
#ifndef OLD_VIEWS
	:: !of_view -> skip
#endif
	:: else ->
		if
		:: from == n -> heard_self[n] = true
		:: else -> heard[n] = true; told[n] = sent_phase
		fi;
		see_epoch(n);
		if
		:: from != n && CLAIMS(sent_phase) ->
			if
			:: claim[n] == n && CLAIMS(phase[n]) &&
			   (own_epoch[n] > sent_epoch ||
			    (own_epoch[n] == sent_epoch && n < from)) -> skip
			:: else ->
				if
				:: claim[n] != from ->
					claim[n] = from; claim_epoch[n] = sent_epoch;
					claim_of_view[n] = false
				:: else
				fi;
				if
				:: CLAIMS(phase[n]) -> superseded(n)
				:: else
				fi
			fi
		/* A state that was sent before the acquire was known to its sender ends nothing. */
		:: from != n && sent_phase == STOPPED && claim[n] == from &&
		   (!claim_of_view[n] || sent_epoch >= claim_epoch[n]) ->
			claim[n] = NOBODY; claim_epoch[n] = 0; claim_of_view[n] = false
		:: else
		fi
	fi
}

/* ---- the steps -------------------------------------------------------------------------------- */

active [2] proctype node()
{
	byte n = _pid;

	do
	/* Core: state_send */
	:: atomic { AWAKE(n) && in_view[n] && ROOM(n) && len(queue[n]) == 0 &&
		    len(queue[OTHER(n)]) == 0 ->
		sent_epoch = (CLAIMS(phase[n]) -> own_epoch[n] : epoch[n]);
		send(n, STATE, phase[n], sent_epoch, NONE)
	}
	/* Core: state_receive */
	:: atomic { AWAKE(n) && len(queue[n]) > 0 ->
		queue[n]?from,kind,of_view,sent_phase,sent_epoch,cleared;
		if
		:: from != n -> silent[n] = false
		:: else
		fi;
		if
		:: kind == STATE -> receive_state(n)
		:: else -> receive_acquire(n)
		fi
	}
	/* Core: acquire_consider, send_acquire */
	:: atomic { AWAKE(n) && IDLE(n) && SETTLED(n) && quorate[n] && ROOM(n) &&
		    epoch[n] < EPOCHS &&
		    (claim[n] == NOBODY || (claim[n] == OTHER(n) && !COUNTS(n))) ->
		find_clearance(n);
		if
		:: cleared != NONE ->
			sent_epoch = epoch[n] + 1;
			send(n, ACQUIRE, STARTING, sent_epoch, cleared)
		:: else
		fi
	}
	/* Core: advance_starting, may_begin, is_cleared */
	:: atomic { AWAKE(n) && phase[n] == STARTING && !primary[n] && !promoting[n] &&
		    !promoted[n] && !failed[n] ->
		find_clearance(n);
		by_interlock[n] = (cleared == INTERLOCK);
		if
		:: SETTLED(n) && quorate[n] && START_VIEW(n) && cleared != NONE ->
			assert(!serving[OTHER(n)]); /* S4 */
			promoting[n] = true
		:: else -> release(n)
		fi
	}
	/* The kernel: no second Primary while connected. */
	:: atomic { ALIVE(n) && promoting[n] ->
		promoting[n] = false;
		if
		:: CONNECTED && primary[OTHER(n)] -> failed[n] = true
		:: else -> primary[n] = true; promoted[n] = true
		fi
	}
	/* Core: recover */
	:: atomic { AWAKE(n) && failed[n] -> failed[n] = false; release(n) }
	/* Core: next, may_go_on */
	:: atomic { AWAKE(n) && promoted[n] && phase[n] == STARTING ->
		promoted[n] = false;
		if
#ifndef NO_SECOND_LOOK
		:: !SETTLED(n) || !quorate[n] || !LOOK_VIEW(n) ||
		   (by_interlock[n] && (!CONNECTED || primary[OTHER(n)])) ->
			primary[n] = false; release(n)
#endif
		:: else ->
			assert(!serving[OTHER(n)]); /* S1 */
			serving[n] = true; phase[n] = ACTIVE
		fi
	}
	/* Core: yield_consider, advance_stopping */
	:: atomic { AWAKE(n) && phase[n] == ACTIVE ->
		serving[n] = false; primary[n] = false; release(n)
	}
	/* Core: view_check_silence */
	:: atomic { AWAKE(n) && present[n] && !silent[n] && asleep[OTHER(n)] -> silent[n] = true }
	/* Quorum comes on its own socket, when it likes. Core: view_quorum */
	:: atomic { AWAKE(n) && INTACT(n) && !quorum_told[n] ->
		quorum_told[n] = true;
#if MODE == THIRD_VOTE
		quorate[n] = (with[n] || majority == n)
#else
		quorate[n] = true /* two_node */
#endif
	}
#if MODE == MANUAL
	/* The operator says so, and it is true. Core: receive_evidence */
	:: atomic { AWAKE(n) && in_view[n] && !present[n] && !power[OTHER(n)] && !proof[n] ->
		proof[n] = true
	}
#endif
#if MODE == FENCING
	/* Core: fencing_advance, due_ms */
	:: atomic { AWAKE(n) && SETTLED(n) && quorate[n] && !present[n] && !in_ring[n] &&
		    !proof[n] && !agent[n] -> agent[n] = true }
	/* An agent acts at its end, whatever has become of the other. Core: off_succeeded */
	:: atomic { ALIVE(n) && daemon[n] && agent[n] ->
		agent[n] = false;
		crash(OTHER(n));
		if
		:: !present[n] -> proof[n] = true
		:: else
		fi
	}
#endif
#if MODE == THIRD_VOTE
	/*
	 * The time passes after which the other, if it is not the majority, has been told so, and
	 * reset by its lease or its watchdog if it held anything. Core: lease_has_expired, lease_check, lease_advance
	 */
	:: atomic { AWAKE(n) && SETTLED(n) && quorate[n] && !present[n] && !in_ring[n] &&
		    !expired[n] && PROVED(n) ->
#ifndef SHORT_WAIT
		if
		:: majority != OTHER(n) && power[OTHER(n)] && !IDLE(OTHER(n)) -> crash(OTHER(n))
		:: else -> quorate[OTHER(n)] = false
		fi;
#endif
		expired[n] = true
	}
#endif

	/* ---- faults, and what ends them ---- */

	:: atomic { !power[n] -> power[n] = true }
	/* Daemons come back; what runs is adopted. Core: adopt, rest */
	:: atomic { ALIVE(n) && !daemon[n] && !promoting[n] ->
		daemon[n] = true;
		promoted[n] = false; failed[n] = false;
		if
		:: serving[n] -> phase[n] = ACTIVE; own_epoch[n] = epoch[n];
			claim[n] = n; claim_epoch[n] = epoch[n]
		:: else -> phase[n] = STOPPED; primary[n] = false
		fi;
		/* It joins the group of its ring. */
		if
		:: INTACT(n) ->
			new_view(n, with[n] && daemon[OTHER(n)]);
			if
			:: with[n] -> new_view(OTHER(n), true)
			:: else
			fi
		:: else
		fi
	}
	:: atomic { faults > 0 && power[n] -> faults--; crash(n) }
	:: atomic { faults > 0 && ALIVE(n) && daemon[n] ->
		faults--; daemon[n] = false; asleep[n] = false; phase[n] = UNKNOWN;
		forget(n);
		/* The other one of its ring is told. */
		if
		:: INTACT(n) && with[n] -> new_view(OTHER(n), false)
		:: else
		fi
	}
	:: atomic { faults > 0 && AWAKE(n) -> faults--; asleep[n] = true }
	:: atomic { faults > 0 && AWAKE(n) -> faults--; asleep[n] = true; frozen[n] = true }
	/* Core: view_check_sleep */
	:: atomic { power[n] && asleep[n] ->
		asleep[n] = false; frozen[n] = false; heard_self[n] = false
	}
	/* It is alone, and finds out. */
	:: atomic { ALIVE(n) && !REACH && (!has_ring[n] || with[n]) ->
		has_ring[n] = true; with[n] = false; together = false;
		new_view(n, false);
		send_held(n)
	}
#if MODE == THIRD_VOTE
	/* Apart, the third vote is with one side; it moves when it has lost contact to that. */
	:: atomic { !REACH && ALIVE(n) && majority != n &&
		    (majority == NOBODY || !ALIVE(OTHER(n)) || faults > 0) ->
		if
		:: majority == OTHER(n) && ALIVE(OTHER(n)) -> faults--
		:: else
		fi;
		majority = n
	}
#endif
	od
}

active proctype links()
{
	do
	:: atomic { faults > 0 && link -> faults--; link = false }
	:: atomic { !link -> link = true }
	/* They find each other. */
	:: atomic { REACH && !together ->
		has_ring[0] = true; has_ring[1] = true; with[0] = true; with[1] = true;
		together = true; majority = NOBODY;
		new_view(0, daemon[1]);
		new_view(1, daemon[0]);
		send_held(0);
		send_held(1)
	}
	od
}
