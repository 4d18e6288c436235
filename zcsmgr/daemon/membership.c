/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Corosync's side. The core exists from the moment on when corosync has told which node this is
 * and its node list fits the configuration. Until then what corosync tells is kept, and told to
 * the core when it is made: leaving and joining again would only disturb the other nodes.
 */
#include "daemon.h"

#include <errno.h>
#include <qb/qblog.h>
#include <qb/qbutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { RETRY_MS = 5000 }; /* the file, or corosync's list, may have been corrected */

/* ---- does it fit? --------------------------------------------------------------------------- */

static const struct cluster_node *find_node(const struct cluster_info *info, const char *name)
{
	for (unsigned i = 0; i < info->node_count; i++)
		if (strcmp(info->nodes[i].name, name) == 0)
			return &info->nodes[i];
	return NULL;
}

static const struct cluster_node *local_node(const struct cluster_info *info)
{
	for (unsigned i = 0; i < info->node_count; i++)
		if (info->nodes[i].nodeid == info->local_nodeid)
			return &info->nodes[i];
	return NULL;
}

static void list_names(const struct cluster_info *info, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < info->node_count && used < size; i++)
		used += (size_t)snprintf(text + used, size - used, "%s%s", i ? ", " : "",
					 info->nodes[i].name);
}

static bool list_fits(const struct cluster_info *info, char *problem, size_t size)
{
	if (info->node_count > CORE_NODES) {
		snprintf(problem, size, "corosync's node list has %u nodes, zcsmgr takes %d",
			 info->node_count, CORE_NODES);
		return false;
	}
	if (local_node(info))
		return true;
	snprintf(problem, size,
		 "this node (id %u) is not in corosync's node list; add it to nodelist in "
		 "/etc/corosync/corosync.conf on every node, then corosync-cfgtool -R",
		 info->local_nodeid);
	return false;
}

static bool node_fits(const struct cluster_info *info, const char *what, const char *name,
		      const char *path, char *problem, size_t size)
{
	char known[512];

	if (find_node(info, name))
		return true;
	list_names(info, known, sizeof(known));
	snprintf(problem, size,
		 "%s: %s names the node %s, which corosync's node list lacks; it has: %s. Use "
		 "these names, or give the node that name in /etc/corosync/corosync.conf",
		 path, what, name, known);
	return false;
}

bool membership_fits(const struct cluster_info *info, const struct config *config, char *problem,
		     size_t size)
{
	char what[CONFIG_NAME_SIZE + 16];

	if (!list_fits(info, problem, size))
		return false;
	for (unsigned i = 0; i < config->service_count; i++) {
		const struct service_config *service = &config->services[i];

		snprintf(what, sizeof(what), "service %s", service->name);
		for (unsigned j = 0; j < service->node_count; j++)
			if (!node_fits(info, what, service->nodes[j], config->path, problem, size))
				return false;
	}
	for (unsigned i = 0; i < config->fencing_count; i++)
		if (!node_fits(info, "fencing", config->fencing[i].node, config->path, problem,
			       size))
			return false;
	return true;
}

/* Told once, not at every attempt. */
static void tell_problem(struct daemon *daemon, const char *problem)
{
	if (strcmp(daemon->problem, problem) == 0)
		return;
	snprintf(daemon->problem, sizeof(daemon->problem), "%s", problem);
	if (problem[0])
		commands_note(daemon, REASON_ERROR, "NOT_READY", NULL, problem, NULL);
	operator_changed(daemon->operator);
}

/* ---- a core --------------------------------------------------------------------------------- */

static void take_settings(struct daemon *daemon)
{
	const struct cluster_info *info = &daemon->info;
	struct core_settings *settings = &daemon->settings;

	memset(settings, 0, sizeof(*settings));
	settings->nodeid = info->local_nodeid;
	settings->node_count = info->node_count < CORE_NODES ? info->node_count : CORE_NODES;
	for (unsigned i = 0; i < settings->node_count; i++) {
		settings->nodes[i].nodeid = info->nodes[i].nodeid;
		snprintf(settings->nodes[i].name, sizeof(settings->nodes[i].name), "%s",
			 info->nodes[i].name);
	}
	settings->two_node = info->two_node;
	settings->token_ms = info->token_ms;
	settings->consensus_ms = info->consensus_ms;
}

static void give_connection(struct daemon *daemon)
{
	struct core_event event = {.type = CORE_CONNECTED};

	event.connected.pid = daemon->info.local_pid;
	/* Never 0, which means "not heard yet". */
	if (getrandom(&event.connected.incarnation, sizeof(event.connected.incarnation), 0) < 0)
		qb_log(LOG_ERR, "getrandom: %s", strerror(errno));
	event.connected.incarnation |= 1;
	daemon_step(daemon, &event, NULL);
}

static void give_members(struct daemon *daemon, const struct core_member *left, unsigned left_count,
			 const struct core_member *joined, unsigned joined_count)
{
	struct core_event event = {.type = CORE_MEMBERS};

	event.members.members = daemon->members;
	event.members.member_count = daemon->member_count;
	event.members.left = left;
	event.members.left_count = left_count;
	event.members.joined = joined;
	event.members.joined_count = joined_count;
	daemon_step(daemon, &event, NULL);
}

static void give_ring(struct daemon *daemon)
{
	struct core_event event = {.type = CORE_RING};

	event.ring.ring = daemon->ring;
	event.ring.nodeids = daemon->ring_nodeids;
	event.ring.nodeid_count = daemon->ring_count;
	daemon_step(daemon, &event, NULL);
}

static void give_quorum(struct daemon *daemon)
{
	struct core_event event = {.type = CORE_QUORUM};

	event.quorum.quorate = daemon->quorate;
	event.quorum.ring = daemon->quorum_ring;
	daemon_step(daemon, &event, NULL);
}

/* The same as corosync told it, in its order. */
static void give_all(struct daemon *daemon)
{
	give_connection(daemon);
	if (daemon->members_known)
		give_members(daemon, NULL, 0, daemon->members, daemon->member_count);
	if (daemon->ring_known)
		give_ring(daemon);
	if (daemon->quorum_known)
		give_quorum(daemon);
}

/* The file is read again, now for this node. NULL with the problem. */
static struct config *read_config(const struct daemon *daemon, char *problem, size_t size)
{
	struct config_error error;
	struct config *config;

	if (!list_fits(&daemon->info, problem, size))
		return NULL;
	config = calloc(1, sizeof(*config));
	if (!config)
		snprintf(problem, size, "no memory");
	else if (config_load(daemon->options.config_path, local_node(&daemon->info)->name, config,
			     &error) != 0)
		snprintf(problem, size, "%s", error.text);
	else if (membership_fits(&daemon->info, config, problem, size))
		return config;
	free(config);
	return NULL;
}

static bool load_config(struct daemon *daemon)
{
	char problem[sizeof(daemon->problem)];
	struct config *config = read_config(daemon, problem, sizeof(problem));

	if (!config) {
		tell_problem(daemon, problem);
		return false;
	}
	free(daemon->config);
	daemon->config = config;
	snprintf(daemon->node, sizeof(daemon->node), "%s", local_node(&daemon->info)->name);
	return true;
}

static bool make_core(struct daemon *daemon)
{
	if (!load_config(daemon))
		return false;
	take_settings(daemon);
	daemon->core = core_new(daemon->config, &daemon->settings, store_loaded(daemon->store));
	if (!daemon->core || resources_open(daemon) != 0) {
		core_free(daemon->core);
		daemon->core = NULL;
		tell_problem(daemon, "no memory");
		return false;
	}
	tell_problem(daemon, "");
	journal_set_node(daemon->journal, daemon->node);
	return true;
}

static void try_later(struct daemon *daemon);

static void try_now(struct daemon *daemon)
{
	if (daemon->core || !daemon->connected)
		return;
	if (make_core(daemon))
		give_all(daemon);
	else
		try_later(daemon);
}

static void on_retry(void *data)
{
	struct daemon *daemon = data;

	daemon->retrying = false;
	try_now(daemon);
}

static void try_later(struct daemon *daemon)
{
	if (!daemon->retrying)
		daemon->retrying = qb_loop_timer_add(daemon->loop, QB_LOOP_LOW,
						     (uint64_t)RETRY_MS * QB_TIME_NS_IN_MSEC,
						     daemon, on_retry, &daemon->retry) == 0;
}

/* ---- callbacks ------------------------------------------------------------------------------ */

static void forget(struct daemon *daemon)
{
	daemon->members_known = daemon->ring_known = daemon->quorum_known = false;
	daemon->member_count = daemon->ring_count = 0;
}

/* With a core, a list that does not fit is told, but does not stop what runs. */
static void take_info(struct daemon *daemon, const struct cluster_info *info)
{
	char problem[sizeof(daemon->problem)] = "";

	daemon->info = *info;
	if (!daemon->core)
		return;
	membership_fits(info, daemon->config, problem, sizeof(problem));
	tell_problem(daemon, problem);
	take_settings(daemon);
	core_settings(daemon->core, &daemon->settings);
}

static void on_connected(void *data, const struct cluster_info *info)
{
	struct daemon *daemon = data;

	forget(daemon);
	daemon->connected = true;
	take_info(daemon, info);
	if (daemon->core)
		give_connection(daemon);
	else
		try_now(daemon);
}

static void on_disconnected(void *data, const char *why)
{
	struct core_event event = {.type = CORE_DISCONNECTED};
	struct daemon *daemon = data;

	qb_log(LOG_WARNING, "corosync: %s", why);
	forget(daemon);
	daemon->connected = false;
	daemon_step(daemon, &event, NULL);
}

static enum core_leave leave_reason(enum cluster_leave_reason reason)
{
	switch (reason) {
	case CLUSTER_LEAVE:
		return CORE_LEAVE;
	case CLUSTER_PROCDOWN:
		return CORE_PROCDOWN;
	case CLUSTER_NODEDOWN:
		break;
	}
	return CORE_NODEDOWN;
}

static unsigned take_members(struct core_member *to, const struct cluster_member *from,
			     unsigned count)
{
	if (count > DAEMON_GROUP)
		count = DAEMON_GROUP;
	for (unsigned i = 0; i < count; i++)
		to[i] = (struct core_member){.nodeid = from[i].nodeid,
					     .pid = from[i].pid,
					     .reason = leave_reason(from[i].reason)};
	return count;
}

static void on_members(void *data, const struct cluster_member *members, unsigned member_count,
		       const struct cluster_member *left, unsigned left_count,
		       const struct cluster_member *joined, unsigned joined_count)
{
	struct core_member gone[DAEMON_GROUP], new[DAEMON_GROUP];
	struct daemon *daemon = data;

	daemon->members_known = true;
	daemon->member_count = take_members(daemon->members, members, member_count);
	left_count = take_members(gone, left, left_count);
	joined_count = take_members(new, joined, joined_count);
	give_members(daemon, gone, left_count, new, joined_count);
}

static void on_ring(void *data, struct cluster_ring ring, const uint32_t *nodeids,
		    unsigned nodeid_count)
{
	struct daemon *daemon = data;

	daemon->ring_known = true;
	daemon->ring = (struct core_ring){.nodeid = ring.nodeid, .seq = ring.seq};
	daemon->ring_count = nodeid_count < DAEMON_GROUP ? nodeid_count : DAEMON_GROUP;
	memcpy(daemon->ring_nodeids, nodeids, daemon->ring_count * sizeof(*nodeids));
	give_ring(daemon);
}

static void on_quorum(void *data, bool quorate, struct cluster_ring ring)
{
	struct daemon *daemon = data;

	daemon->quorum_known = true;
	daemon->quorate = quorate;
	daemon->quorum_ring = (struct core_ring){.nodeid = ring.nodeid, .seq = ring.seq};
	give_quorum(daemon);
}

static void on_message(void *data, uint32_t nodeid, uint32_t pid, const void *bytes, size_t size)
{
	struct core_event event = {.type = CORE_MESSAGE};

	event.message.nodeid = nodeid;
	event.message.pid = pid;
	event.message.bytes = bytes;
	event.message.size = size;
	daemon_step(data, &event, NULL);
}

static void on_reloaded(void *data, const struct cluster_info *info)
{
	struct core_event event = {.type = CORE_TICK};
	struct daemon *daemon = data;

	take_info(daemon, info);
	daemon_step(daemon, &event, NULL);
	try_now(daemon);
}

const struct cluster_callbacks membership_callbacks = {
	.connected = on_connected,
	.disconnected = on_disconnected,
	.members = on_members,
	.ring = on_ring,
	.quorum = on_quorum,
	.message = on_message,
	.reloaded = on_reloaded,
};

void membership_close(struct daemon *daemon)
{
	if (daemon->retrying)
		qb_loop_timer_del(daemon->loop, daemon->retry);
	if (daemon->cluster)
		cluster_close(daemon->cluster);
}
