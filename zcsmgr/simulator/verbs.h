/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What can happen, as scenario files spell it: SIM_VERB(ID, text, arguments, meaning).
 * Arguments: n node, m another node, s service, r resource, o operation, e end, N number,
 * t time, V version, b on|off; in brackets: may be left out. No include guard: see simulator.h.
 */
/* power */
SIM_VERB(BOOT, "boot", "n", "power on: the machine boots, then corosync, then the daemon")
SIM_VERB(CRASH, "crash", "n", "power cut, without warning")
SIM_VERB(REBOOT, "reboot", "n", "an orderly reboot: hands over first")
SIM_VERB(FREEZE, "freeze", "n", "the whole node stands still, its clock goes on")
SIM_VERB(PAUSE, "pause", "n", "the whole node stands still, and its clock with it (a paused guest)")
SIM_VERB(THAW, "thaw", "n", "it goes on")
SIM_VERB(DRIFT, "drift", "n N", "its clock is wrong by so many parts in a million (+ 1,000,000)")
/* corosync and the daemon */
SIM_VERB(KILL_COROSYNC, "kill-corosync", "n", "corosync is killed")
SIM_VERB(STOP_COROSYNC, "stop-corosync", "n", "corosync is stopped in order")
SIM_VERB(START_COROSYNC, "start-corosync", "n", "corosync is started")
SIM_VERB(FREEZE_COROSYNC, "freeze-corosync", "n", "corosync alone stands still")
SIM_VERB(THAW_COROSYNC, "thaw-corosync", "n", "it goes on")
SIM_VERB(KILL_DAEMON, "kill-daemon", "n",
	 "the daemon is killed; the service manager starts it again")
SIM_VERB(DETACH, "detach", "n [V]",
	 "the daemon is restarted (upgraded to a protocol version), services run on")
SIM_VERB(STOP_DAEMON, "stop-daemon", "n", "the daemon is stopped and hands its services over")
SIM_VERB(START_DAEMON, "start-daemon", "n [V]",
	 "the daemon is started, speaking a protocol version")
SIM_VERB(FREEZE_DAEMON, "freeze-daemon", "n", "the daemon alone stands still")
SIM_VERB(THAW_DAEMON, "thaw-daemon", "n", "it goes on")
SIM_VERB(LOSE, "lose", "n N", "corosync accepts the node's next N messages, and loses them")
SIM_VERB(THROTTLE, "throttle", "n t", "corosync takes the node's messages only after that time")
SIM_VERB(GHOST, "ghost", "n m",
	 "the first node's group keeps the second as a member when it is lost")
/* links */
SIM_VERB(CUT, "cut", "n [m]", "the node is cut off (from the other), cluster and replication links")
SIM_VERB(HEAL, "heal", "", "every link works again")
SIM_VERB(RING_CUT, "ring-cut", "n [m]", "the cluster link alone is cut")
SIM_VERB(RING_HEAL, "ring-heal", "", "every cluster link works again")
SIM_VERB(ONE_WAY, "one-way", "n m", "what the first sends does not reach the second")
SIM_VERB(REPL_CUT, "repl-cut", "", "the replication link alone is cut")
SIM_VERB(REPL_HEAL, "repl-heal", "", "the replication link works again")
SIM_VERB(QDEVICE_CUT, "qdevice-cut", "n", "the node loses contact with the quorum device")
SIM_VERB(QDEVICE_HEAL, "qdevice-heal", "", "every node has contact with the quorum device again")
/* disks and resources */
SIM_VERB(DISK_FAIL, "disk-fail", "n s", "the disk under the replicated one fails")
SIM_VERB(DISK_REPLACE, "disk-replace", "n s", "it is replaced and attached again")
SIM_VERB(FAIL, "fail", "n s r o e [N]", "the next N such operations end that way")
SIM_VERB(BREAK, "break", "n s r", "the resource vanishes, which its watch sees")
SIM_VERB(SICK, "sick", "n s r", "its monitor finds it ill until it is started anew")
SIM_VERB(MUTE, "mute", "n s r", "its monitor does not answer until it is started anew")
SIM_VERB(UNSTICK, "unstick", "n", "children that did not die, die")
SIM_VERB(FOREIGN, "foreign", "s b", "another machine answers for the service's address")
SIM_VERB(BY_HAND, "by-hand", "n s", "somebody starts the whole service by hand")
/* fence agents, watchdogs, state files */
SIM_VERB(FENCE_FAILS, "fence-fails", "n b", "the agent for that node fails, and changes nothing")
SIM_VERB(FENCE_SLOW, "fence-slow", "n t", "the agent for that node takes so long")
SIM_VERB(RESET_FAILS, "reset-fails", "n b", "the node cannot reset itself; only its watchdog can")
SIM_VERB(STORE_FAILS, "store-fails", "n b", "its state file cannot be written")
SIM_VERB(STORE_LOST, "store-lost", "n", "its state file is gone when the daemon starts next")
SIM_VERB(STORE_STALE, "store-stale", "n",
	 "its state file is an old one when the daemon starts next")
SIM_VERB(CONFIG, "config", "n N",
	 "the file that a reload finds there, by number; 0: a bad one, "
	 "3: one with another lease, 4: one with a shorter stack")
/* the operator */
SIM_VERB(START, "start", "s", "zcsmgr start")
SIM_VERB(STOP, "stop", "s", "zcsmgr stop")
SIM_VERB(MOVE, "move", "s [m]", "zcsmgr move")
SIM_VERB(STANDBY, "standby", "m", "zcsmgr standby")
SIM_VERB(ONLINE, "online", "m", "zcsmgr online")
SIM_VERB(MAINTENANCE, "maintenance", "s b", "zcsmgr maintenance")
SIM_VERB(CLEANUP, "cleanup", "s", "zcsmgr cleanup")
SIM_VERB(CONFIRM_DOWN, "confirm-down", "m", "zcsmgr confirm-down; it must be true")
SIM_VERB(ACCEPT_LOSS, "accept-loss", "m", "zcsmgr confirm-down --accept-loss")
SIM_VERB(LIE, "lie", "m", "zcsmgr confirm-down though it is on: the promises hold no longer")
SIM_VERB(RELOAD, "reload", "", "zcsmgr reload")
SIM_VERB(DISCARD, "discard", "n s", "split brain by hand: that node's changes are discarded")
