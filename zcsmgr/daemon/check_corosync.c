/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether corosync's configuration and ours speak of the same nodes. */
#include <stdio.h>
#include <string.h>

#include "check_internal.h"
#include "connection.h"

enum {
	COROSYNC_MS = 5000,
	TWO_NODE = 1 << 30, /* in the outcome, beside the token */
};

struct asked {
	const struct config *config;
	const char *node;
};

static void tell(int fd, enum finding finding, const char *text)
{
	struct process_record record = {.kind = PROCESS_FINDING, .value = (int)finding};

	snprintf(record.text, sizeof(record.text), "%s", text);
	process_send(fd, &record);
}

static const struct cluster_node *find(const struct cluster_info *info, const char *name)
{
	for (unsigned i = 0; i < info->node_count; i++)
		if (strcmp(info->nodes[i].name, name) == 0)
			return &info->nodes[i];
	return NULL;
}

static void compare_nodes(int fd, const struct asked *asked, const struct cluster_info *info)
{
	char text[512];

	for (unsigned i = 0; i < asked->config->service_count; i++) {
		const struct service_config *service = &asked->config->services[i];

		for (unsigned j = 0; j < service->node_count; j++) {
			if (find(info, service->nodes[j]))
				continue;
			snprintf(text, sizeof(text),
				 "its node list has no '%s', which service '%s' names in 'nodes'; "
				 "give the node that name in corosync.conf, or correct 'nodes'",
				 service->nodes[j], service->name);
			tell(fd, FINDING_ERROR, text);
		}
	}
	if (!find(info, asked->node)) {
		snprintf(text, sizeof(text),
			 "its node list has no '%s', the name by which this node was checked",
			 asked->node);
		tell(fd, FINDING_WARNING, text);
	}
}

static void judge_quorum(int fd, const struct asked *asked, const struct cluster_info *info)
{
	if (info->two_node && asked->config->fencing_count == 0)
		tell(fd, FINDING_WARNING,
		     "quorum.two_node is set and there is no fencing: when the nodes lose each "
		     "other, both keep quorum, the holder runs on, and the other waits for "
		     "'zcsmgr confirm-down'");
	if (info->node_count == 2 && !info->two_node && !info->qdevice)
		tell(fd, FINDING_WARNING,
		     "of two nodes, without quorum.two_node and without a qdevice, each loses "
		     "quorum when the other fails, so nothing is taken over; set two_node: 1 with "
		     "fencing, or add a qdevice");
}

/*
 * A node that is cut off must not be reset before corosync had its time: the token until the loss
 * is seen, consensus for the new ring, the qdevice's vote, and a heartbeat that comes back, of
 * which the one before was just missed.
 */
bool check_lease(const struct config *config, const struct cluster_info *info, char *text,
		 size_t size)
{
	uint64_t needed_ms = (uint64_t)info->token_ms + info->consensus_ms +
			     2 * (uint64_t)config->state_interval_ms + info->qdevice_sync_ms;
	char qdevice[64] = "";

	if (info->qdevice)
		snprintf(qdevice, sizeof(qdevice), " + quorum.device.sync_timeout %u ms",
			 info->qdevice_sync_ms);
	if (config->watchdog_lease_ms > needed_ms) {
		snprintf(text, size, "watchdog.lease is %u ms, and must be more than %llu ms",
			 config->watchdog_lease_ms, (unsigned long long)needed_ms);
		return true;
	}
	snprintf(text, size,
		 "watchdog.lease is %u ms: a node could be reset while the nodes still agree who "
		 "has the majority, which may take %llu ms (token %u ms + consensus %u ms + twice "
		 "state_interval %u ms%s); set lease = %llu or more in watchdog, or shorten these",
		 config->watchdog_lease_ms, (unsigned long long)needed_ms, info->token_ms,
		 info->consensus_ms, config->state_interval_ms, qdevice,
		 (unsigned long long)needed_ms / 1000 + 1);
	return false;
}

static void judge_lease(int fd, const struct asked *asked, const struct cluster_info *info)
{
	char text[512];

	/* With two_node both halves have quorum, and there is no lease. */
	if (asked->config->watchdog_set && !info->two_node)
		tell(fd,
		     check_lease(asked->config, info, text, sizeof(text)) ? FINDING_OK
									  : FINDING_ERROR,
		     text);
}

static void ask_corosync(int fd, void *data)
{
	struct process_record outcome = {.kind = PROCESS_OUTCOME};
	struct cluster_info info = {0};
	cmap_handle_t cmap;
	char text[256];

	if (cmap_initialize(&cmap) != CS_OK) {
		tell(fd, FINDING_WARNING,
		     "it is not running here, or not ready; node names and quorum were not "
		     "checked");
		process_send(fd, &outcome);
		return;
	}
	if (cmap_adapter_read(cmap, &info) != 0) {
		tell(fd, FINDING_ERROR,
		     "its configuration has no node list; add nodelist { node { name: ... } }");
	} else {
		snprintf(text, sizeof(text), "cluster %s, %u nodes, token %u ms", info.cluster_name,
			 info.node_count, info.token_ms);
		tell(fd, FINDING_OK, text);
		compare_nodes(fd, data, &info);
		judge_quorum(fd, data, &info);
		judge_lease(fd, data, &info);
		outcome.value = (int)info.token_ms | (info.two_node ? TWO_NODE : 0);
	}
	process_send(fd, &outcome);
	cmap_finalize(cmap);
}

void check_corosync(struct check *check)
{
	struct asked asked = {check->config, check->node};
	int told = check_ask(check, "corosync", ask_corosync, &asked, COROSYNC_MS);

	check->token_ms = told > 0 ? (uint32_t)(told & ~TWO_NODE) : 0;
	check->majority = told > 0 && !(told & TWO_NODE);
}
