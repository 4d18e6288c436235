/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of reasons; see reasons.h. Codes are stable: scripts read them in the journal. */
#ifndef ZCSMGR_REASONS_TABLE_H
#define ZCSMGR_REASONS_TABLE_H

/* clang-format off */
#define REASONS \
	REASON(NONE, INFO, "") \
	/* cluster */ \
	REASON(CONNECTED, INFO, "connected to corosync") \
	REASON(DISCONNECTED, WARNING, "corosync is gone: services that run keep running, nothing is started or fenced") \
	REASON(VIEW, INFO, "nodes present: {n}") \
	REASON(NODE_JOINED, NOTICE, "{node} has joined") \
	REASON(NODE_LEFT, NOTICE, "{node} has left in order, it holds nothing") \
	REASON(NODE_PROCDOWN, WARNING, "the daemon of {node} is gone") \
	REASON(NODE_LOST, WARNING, "contact with {node} is lost") \
	REASON(NODE_SILENT, WARNING, "the daemon of {node} has been silent for {s} s") \
	REASON(NODE_HEARD, INFO, "{node} is heard again") \
	REASON(QUORATE, NOTICE, "this partition is quorate") \
	REASON(INQUORATE, WARNING, "this partition is not quorate") \
	/* service */ \
	REASON(PROBED_UP, NOTICE, "{service} runs here already, it is adopted untouched") \
	REASON(PROBED_DOWN, INFO, "{service} is not running here") \
	REASON(PROBED_PARTIAL, WARNING, "{service} is partly up here, what is up is stopped") \
	REASON(ELECTED, NOTICE, "{node} is elected for {service}") \
	REASON(CLEARED_RELEASED, INFO, "{service} is cleared against {node}: it says that it holds nothing") \
	REASON(CLEARED_INTERLOCK, INFO, "{service} is cleared against {node}: DRBD is connected and shows it Secondary") \
	REASON(CLEARED_FENCED, NOTICE, "{service} is cleared against {node}: it was fenced") \
	REASON(CLEARED_CONFIRMED, NOTICE, "{service} is cleared against {node}: the operator confirmed that it is down") \
	REASON(CLEARED_EXPIRED, NOTICE, "{service} is cleared against {node}: its lease and its watchdog have run out") \
	REASON(CLEARED_LEFT, INFO, "{service} is cleared against {node}: it left in order") \
	REASON(ACQUIRED, NOTICE, "{node} has acquired {service}, epoch {n}") \
	REASON(STARTING, INFO, "{resource} of {service} is being started") \
	REASON(STARTED, INFO, "{resource} of {service} is started, after {s} s") \
	REASON(ACTIVE, NOTICE, "{service} is active on {node}, after {s} s") \
	REASON(STOPPING, INFO, "{resource} of {service} is being stopped") \
	REASON(STOPPED_STEP, INFO, "{resource} of {service} is stopped, after {s} s") \
	REASON(RELEASED, NOTICE, "{node} has released {service}") \
	REASON(START_FAILED, ERROR, "{resource} of {service} could not be started") \
	REASON(START_TIMEOUT, ERROR, "{resource} of {service} was not up within its start timeout") \
	REASON(START_FOREIGN, ERROR, "{resource} of {service} is used by another machine") \
	REASON(STOP_FAILED, ERROR, "{resource} of {service} could not be stopped; it is tried again") \
	REASON(STOP_TIMEOUT, ERROR, "{resource} of {service} was not down within its stop timeout; it is tried again") \
	REASON(OPERATION_STUCK, ERROR, "a child working on {resource} of {service} does not die; the service is not released") \
	REASON(OPERATION_UNSTUCK, NOTICE, "the child working on {resource} of {service} has ended") \
	REASON(RESOURCE_FAILED, ERROR, "{resource} of {service} has failed") \
	REASON(RESOURCE_GONE, ERROR, "{resource} of {service} has vanished") \
	REASON(RESOURCE_NO_ANSWER, WARNING, "{resource} of {service} does not answer in time") \
	REASON(RESTART, NOTICE, "{resource} of {service} is restarted here, restart {n} in the window") \
	REASON(MOVE_FAILED_HERE, NOTICE, "{service} has used up its restarts on {node}, it moves") \
	REASON(BARRED, WARNING, "{node} is barred for {service} until `zcsmgr cleanup {service}` or a long good run elsewhere") \
	REASON(UNBARRED, NOTICE, "{node} is no longer barred for {service}") \
	REASON(RETRY_LATER, WARNING, "{service} has failed on every node that could run it; it is tried again in {s} s") \
	REASON(SUPERSEDED, ERROR, "{service} was acquired by {node} with a higher epoch: it is stopped here") \
	REASON(LEASE_ENDED, ERROR, "this node has not belonged to the majority for the time of its lease and still holds something: it is reset") \
	REASON(LEASE_LAPSED, WARNING, "this node has not belonged to the majority for the time of its lease: its copies no longer count as current by themselves") \
	REASON(RESET_STOP, ERROR, "{resource} of {service} cannot be stopped: this node is going to be reset") \
	REASON(RESET_SUPERSEDED, ERROR, "{service} runs here, but {node} has acquired it: this node is reset") \
	REASON(RESET, ERROR, "this node is reset") \
	REASON(WATCHDOG_ARMED, NOTICE, "the watchdog is armed, it fires after {s} s") \
	REASON(WATCHDOG_DISARMED, NOTICE, "the watchdog is not armed") \
	REASON(WATCHDOG_KEPT, WARNING, "the watchdog stays armed: not every node knows that this daemon ends; another daemon must be up within half its timeout") \
	REASON(OUTDATING, NOTICE, "the copy of {service} here is marked outdated: {node} goes on without it") \
	REASON(OUTDATE_FAILED, ERROR, "the copy of {service} here could not be marked outdated; it is tried again") \
	REASON(FENCE_PEER_ASKED, WARNING, "the kernel asks what became of the other copy of {service}") \
	REASON(FENCE_PEER_ANSWERED, NOTICE, "the kernel is told what became of the other copy of {service}: answer {n}") \
	REASON(RESUMING, NOTICE, "the frozen disk of {service} goes on without its peer") \
	REASON(RESUME_FAILED, ERROR, "the frozen disk of {service} could not be resumed; it is tried again") \
	REASON(MOVING, NOTICE, "{service} moves to {node}") \
	/* fencing and operator */ \
	REASON(SLEPT, WARNING, "this daemon stood still for a while: what it knew of others may be old") \
	REASON(FENCING, WARNING, "{node} is being fenced") \
	REASON(FENCED, WARNING, "{node} is fenced: it is switched off") \
	REASON(FENCED_LATE, WARNING, "{node} was switched off after it had come back, so that proves nothing; it is switched on again") \
	REASON(FENCE_FAILED, ERROR, "fencing {node} has failed; it is tried again in {s} s") \
	REASON(POWERED_ON, NOTICE, "{node} is switched on again") \
	REASON(POWER_ON_FAILED, WARNING, "{node} could not be switched on again") \
	REASON(CONFIRMED_DOWN, WARNING, "the operator confirms that {node} is down") \
	REASON(STANDBY, NOTICE, "{node} is in standby") \
	REASON(ONLINE, NOTICE, "{node} is online") \
	REASON(MAINTENANCE_ON, NOTICE, "{service} is in maintenance: it is left alone") \
	REASON(MAINTENANCE_OFF, NOTICE, "maintenance of {service} has ended") \
	REASON(OPERATOR_STOP, NOTICE, "the operator stops {service}") \
	REASON(OPERATOR_START, NOTICE, "the operator starts {service}") \
	REASON(OPERATOR_MOVE, NOTICE, "the operator moves {service} to {node}") \
	REASON(CLEANED_UP, NOTICE, "failures and bars of {service} are forgotten") \
	REASON(SHUTDOWN, NOTICE, "this daemon shuts down and hands its services over") \
	REASON(DETACH, NOTICE, "this daemon ends and leaves its services running") \
	REASON(STORE_FAILED, ERROR, "the state file cannot be written: this node acquires nothing") \
	REASON(CONFIG_STAGED, INFO, "a new configuration is ready on this node") \
	REASON(INTERNAL, ERROR, "an event ({n}) came that cannot come; please report this with the journal") \
	REASON(CONFIG_SWITCHED, NOTICE, "the new configuration is in force on every node") \
	/* storage */ \
	REASON(DISK_CONNECTED, INFO, "the disks of {service} are connected") \
	REASON(DISK_DISCONNECTED, WARNING, "the disks of {service} are no longer connected") \
	REASON(DISK_SPLIT_BRAIN, ERROR, "the disks of {service} are split: each side has writes that the other lacks") \
	REASON(DISK_FAILED, WARNING, "the disk of {service} on {node} has failed, it moves to the good one") \
	REASON(DISK_SUSPENDED, WARNING, "the kernel has frozen the disk of {service} until it knows what became of its peer") \
	REASON(DISK_RESUMED, NOTICE, "the disk of {service} is no longer frozen") \
	/* why: what a service waits for */ \
	REASON(WHY_ACTIVE, INFO, "{service} is active on {node}, nothing is in its way") \
	REASON(WHY_STARTING, INFO, "{resource} is being started on {node}, for {s} s") \
	REASON(WHY_STOPPING, INFO, "{resource} is being stopped on {node}, for {s} s") \
	REASON(WHY_PROBING, INFO, "{node} still looks what of {service} is up there") \
	REASON(WHY_NO_COROSYNC, ERROR, "this node has no contact with corosync; start it (systemctl start corosync)") \
	REASON(WHY_NO_QUORUM, WARNING, "this partition is not quorate; bring the other nodes up, or confirm each absent one with `zcsmgr confirm-down NODE`") \
	REASON(WHY_RING, INFO, "quorum and group do not speak of the same ring yet") \
	REASON(WHY_STATE, INFO, "{node} has not told its state in this view yet") \
	REASON(WHY_STOPPED, INFO, "the operator has stopped {service}; `zcsmgr start {service}` starts it") \
	REASON(WHY_MAINTENANCE, INFO, "{service} is in maintenance; `zcsmgr maintenance off {service}` ends that") \
	REASON(WHY_CLEARANCE, WARNING, "{node} may run {service}: nothing proves that it does not") \
	REASON(WHY_CLEARANCE_FENCING, INFO, "{node} is being fenced, {service} waits for the end of that") \
	REASON(WHY_CLEARANCE_DELAY, INFO, "{node} will be fenced in {s} s") \
	REASON(WHY_CLEARANCE_FENCE_FAILED, ERROR, "{node} could not be fenced, which is tried again in {s} s; if you see that it is off: `zcsmgr confirm-down {node}`") \
	REASON(WHY_CLEARANCE_MANUAL, WARNING, "no fence agent is configured for {node}; if you see that it is off: `zcsmgr confirm-down {node}`") \
	REASON(WHY_CLEARANCE_BOOT, WARNING, "{node} has not been seen since this daemon started; if you see that it is off: `zcsmgr confirm-down {node}`") \
	REASON(WHY_CLEARANCE_EXPIRES, INFO, "{node} is reset by its lease or its watchdog within {s} s") \
	REASON(WHY_CLEARANCE_UNARMED, WARNING, "the watchdog of {node} was not known to be armed; if you see that it is off: `zcsmgr confirm-down {node}`") \
	REASON(WHY_CLEARANCE_RUNS, INFO, "{node} says that it still holds something of {service}") \
	REASON(WHY_FOREIGN, ERROR, "another machine answers for {resource} of {service}: find and stop it") \
	REASON(WHY_NOT_ELIGIBLE, INFO, "no present node can run {service}") \
	REASON(WHY_STANDBY, INFO, "{node} is in standby; `zcsmgr online {node}` ends that") \
	REASON(WHY_BARRED, WARNING, "{node} failed with {service} too often; `zcsmgr cleanup {service}` lets it try again") \
	REASON(WHY_CONFIG, WARNING, "{node} has another zcsmgr.conf; make the files equal and run `zcsmgr reload`") \
	REASON(WHY_NO_CURRENT_COPY, WARNING, "the copy of {service} on {node} may lack writes; bring the other node up so that they compare, or accept the loss with `zcsmgr confirm-down NODE --accept-loss`") \
	REASON(WHY_DISK, WARNING, "the disk of {service} on {node} is not up to date") \
	REASON(WHY_DISK_UNKNOWN, INFO, "the disk of {service} on {node} is not known yet") \
	REASON(WHY_SPLIT_BRAIN, ERROR, "the disks of {service} are split: each side has writes that the other lacks; decide which side to keep") \
	REASON(WHY_SUSPENDED, WARNING, "the kernel has frozen the disk of {service} on {node} until it knows what became of its peer; if you see that the peer is off: `zcsmgr confirm-down NODE`") \
	REASON(WHY_RESET, ERROR, "{node} is about to be reset") \
	REASON(WHY_STUCK, ERROR, "a child working on {resource} of {service} does not die on {node}; the node must be reset") \
	REASON(WHY_STOP_FAILED, ERROR, "{resource} of {service} cannot be stopped on {node}; it is tried again") \
	REASON(WHY_RETRY, WARNING, "{service} failed everywhere; it is tried again in {s} s") \
	REASON(WHY_STORE, ERROR, "the state file of {node} cannot be written, so it acquires nothing") \
	REASON(WHY_ELECTED, INFO, "{node} is elected for {service}: {service} waits for it") \
	REASON(WHY_PREFERRED, INFO, "{node} comes first, it is waited for a moment until it is ready") \
	REASON(WHY_HOLDER_ABSENT, WARNING, "{node} held {service} when contact was lost") \
	/* why a node was elected */ \
	REASON(ELECT_TARGET, INFO, "{node}: the operator's choice") \
	REASON(ELECT_HOLDER, INFO, "{node}: it holds {service}") \
	REASON(ELECT_FAILURES, INFO, "{node}: it failed least") \
	REASON(ELECT_ORDER, INFO, "{node}: the first in order") \
	/* refusals of commands */ \
	REASON(REFUSED_NODE_UNKNOWN, ERROR, "there is no such node in corosync's node list") \
	REASON(REFUSED_NODE_OF_SERVICE, ERROR, "{node} is not among the nodes of {service}") \
	REASON(REFUSED_PRESENT, ERROR, "{node} is present: a node that is up cannot be confirmed down; shut it down or pull its plug first") \
	REASON(REFUSED_DISK_CONNECTED, ERROR, "the disks of {service} are connected to {node}: it is not down") \
	REASON(REFUSED_LOSS, ERROR, "the copy of {service} here may lack writes that {node} has acknowledged; add --accept-loss to lose them, or bring {node} up") \
	REASON(REFUSED_NOT_ELIGIBLE, ERROR, "{node} cannot run {service} now; `zcsmgr why {service}` tells the reason") \
	REASON(REFUSED_ALREADY_THERE, INFO, "{service} is on {node} already") \
	REASON(REFUSED_STOPPED, ERROR, "{service} is stopped; `zcsmgr start {service}` first") \
	REASON(REFUSED_MAINTENANCE, ERROR, "{service} is in maintenance; `zcsmgr maintenance off {service}` first") \
	REASON(REFUSED_DISCONNECTED, ERROR, "this node has no contact with the cluster; nothing can be agreed on") \
	REASON(REFUSED_NO_OTHER, ERROR, "no other node can run {service} now; `zcsmgr why {service}` tells the reason") \
	REASON(REFUSED_BUSY, ERROR, "another command of this kind is under way; wait for its end") \
	REASON(REFUSED_RELOAD_MEMBERS, ERROR, "{node} has not the same new configuration: the old one stays in force everywhere") \
	REASON(REFUSED_RELOAD_BAD, ERROR, "the new configuration is refused on {node}: the old one stays in force everywhere") \
	REASON(REFUSED_RELOAD_RUNNING, ERROR, "the new configuration changes or removes {service}, which runs on {node}: stop it first; the old one stays in force everywhere") \
	REASON(REFUSED_SHUTDOWN, ERROR, "this daemon is shutting down") \
	REASON(DONE, INFO, "done") \
	REASON(DONE_ALREADY, INFO, "nothing to do: it is so already") \
	REASON(FAILED_START, ERROR, "{service} could not be started; `zcsmgr why {service}` tells the reason") \
	REASON(FAILED_STOP, ERROR, "{service} could not be stopped in time; `zcsmgr why {service}` tells the reason") \
	REASON(FAILED_STANDBY, ERROR, "{node} is in standby but still holds something; `zcsmgr why` tells the reason") \
	REASON(FAILED_DELIVERY, ERROR, "the cluster did not take the order; try again when `zcsmgr status` shows it connected and settled") \
	REASON(FAILED_MOVE, ERROR, "{service} could not be moved to {node}; `zcsmgr why {service}` tells the reason")
/* clang-format on */

#endif
