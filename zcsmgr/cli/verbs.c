/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of verbs: what each is called, takes, and says of itself. */
#include "cli.h"

#include <stddef.h>

const struct cli_verb cli_verbs[] = {
	{"status", "", 0, 0, 0, "what is where, and what is not as it should be",
	 "Shows the cluster, its nodes, and every service: holder, phase, resources, and the\n"
	 "storage of all sides. What is not as it should be comes first, the worst on top.\n\n"
	 "Example\n"
	 "  zcsmgr status || mail -s 'look at the mail server' root </dev/null\n",
	 status_verb},
	{"why", "[SERVICE]", 0, 1, 0, "why a service is where it is, or what it waits for",
	 "Tells what each service waits for, on what evidence it moved, and what would help.\n\n"
	 "Example\n"
	 "  zcsmgr why zimbra\n",
	 why_verb},
	{"monitor", "", 0, 0, 0, "status, renewed as things change, until interrupted",
	 "Shows the status again whenever it changes. With --json: one object a line.\n"
	 "--timeout ends it when the daemon says nothing for so long.\n\n"
	 "Example\n"
	 "  zcsmgr monitor\n",
	 monitor_verb},
	{"history", "", 0, 0, CLI_OPTION_ALL | CLI_OPTION_SINCE | CLI_OPTION_LAST,
	 "the last takeover or move as a timeline; or the journal",
	 "Shows the last takeover, move or start as a timeline: what set it off, by what it was\n"
	 "cleared, how long each step took. It is what the daemon of this node has journaled.\n\n"
	 "Options\n"
	 "  --all              every record of the journal\n"
	 "  --since TIME       records since then: 30m, 12h, 3d; 03:15; 2025-11-26 or\n"
	 "                     '2025-11-26 03:15:00'\n"
	 "  --last N           the last N records\n\n"
	 "Example\n"
	 "  zcsmgr history --since 2h\n",
	 history_verb},
	{"start", "SERVICE", 1, 1, 0, "start a service that was stopped",
	 "Starts a service that the operator stopped; the cluster chooses the node.\n\n"
	 "Example\n"
	 "  zcsmgr start zimbra\n",
	 act_verb},
	{"stop", "SERVICE", 1, 1, 0, "stop a service on every node",
	 "Stops a service; it stays stopped, also over reboots, until it is started again.\n\n"
	 "Example\n"
	 "  zcsmgr stop zimbra\n",
	 act_verb},
	{"move", "SERVICE [NODE]", 1, 2, 0, "move a service to another node",
	 "Moves a service to NODE, or to the best other node. The move has an end, and leaves\n"
	 "no preference behind.\n\n"
	 "Example\n"
	 "  zcsmgr move zimbra braavos\n",
	 act_verb},
	{"standby", "[NODE]", 0, 1, 0, "make a node hand over what it holds, and take nothing",
	 "Puts NODE, or this node, in standby: it hands its services over, and takes none until\n"
	 "it is online again.\n\n"
	 "Example\n"
	 "  zcsmgr standby && apt upgrade && zcsmgr online\n",
	 standby_verb},
	{"online", "[NODE]", 0, 1, 0, "end the standby of a node",
	 "Lets NODE, or this node, take services again. Nothing moves to it by that alone.\n\n"
	 "Example\n"
	 "  zcsmgr online astapor\n",
	 standby_verb},
	{"maintenance", "on|off [SERVICE]", 1, 2, 0, "leave a service alone while you work on it",
	 "While maintenance is on, the service, or every one, is neither started, stopped,\n"
	 "moved nor judged, whatever happens to it.\n\n"
	 "Example\n"
	 "  zcsmgr maintenance on zimbra\n",
	 maintenance_verb},
	{"cleanup", "[SERVICE]", 0, 1, 0, "forget failures, let barred nodes try again",
	 "Forgets the failures of the service, or of every one, and lets the nodes that used up\n"
	 "their restarts try again.\n\n"
	 "Example\n"
	 "  zcsmgr cleanup zimbra\n",
	 act_verb},
	{"confirm-down", "NODE", 1, 1, CLI_OPTION_YES | CLI_OPTION_ACCEPT_LOSS,
	 "assert that an absent node is powered off",
	 "Tells the cluster that NODE is off, as you have seen yourself, so that its services\n"
	 "may be taken over. If it is not off, they run twice and mail is destroyed. It shows\n"
	 "what is known of the node, and asks.\n\n"
	 "Options\n"
	 "  --accept-loss      take over although the copy here may lack acknowledged mail\n"
	 "  --yes              do not ask\n\n"
	 "Example\n"
	 "  zcsmgr confirm-down astapor\n",
	 confirm_verb},
	{"reload", "", 0, 0, 0, "put a changed zcsmgr.conf in force on every node",
	 "Makes every node read its zcsmgr.conf, and puts it in force everywhere if all have the\n"
	 "same and none refuses it; else the old one stays in force everywhere.\n\n"
	 "Example\n"
	 "  zcsmgr check && zcsmgr reload\n",
	 act_verb},
	{"check", "", 0, 0, CLI_OPTION_CONFIG, "check zcsmgr.conf and this host",
	 "Reads zcsmgr.conf, or FILE, and looks whether this host fits it. Changes nothing, and\n"
	 "needs no running daemon.\n\n"
	 "Options\n"
	 "  --config FILE      instead of /etc/zcsmgr/zcsmgr.conf\n\n"
	 "Example\n"
	 "  zcsmgr check --config /root/zcsmgr.conf.new\n",
	 check_verb},
	{"simulate", "FILE", 1, 1, CLI_OPTION_CONFIG | CLI_OPTION_ALL,
	 "what would happen if: play a scenario with zcsmgr.conf",
	 "Plays a scenario file (docs/scenarios.md) with this zcsmgr.conf, in virtual time: the\n"
	 "daemon's own decisions, in a cluster of that many nodes. Touches nothing, and needs no\n"
	 "running daemon. It ends with 1 if what the file expects does not come.\n\n"
	 "Options\n"
	 "  --config FILE      instead of /etc/zcsmgr/zcsmgr.conf\n"
	 "  --all              the story with every step\n\n"
	 "Example\n"
	 "  printf 'boot all\\nat 1m crash 1\\nrun 2m\\nwhy 1\\n' >x && zcsmgr simulate x\n",
	 simulate_verb},
	{"version", "", 0, 0, 0, "the version of this command",
	 "Prints the version of this command; `zcsmgr status --json` tells the daemon's.\n\n"
	 "Example\n"
	 "  zcsmgr version\n",
	 version_verb},
	{NULL, NULL, 0, 0, 0, NULL, NULL, NULL},
};
