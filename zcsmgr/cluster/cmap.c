/* SPDX-License-Identifier: GPL-2.0-or-later */
/* corosync's configuration: node names, ids and timers come from here and are never repeated. */
#include "connection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void get_text(cmap_handle_t cmap, const char *key, char *text, size_t size)
{
	char *value = NULL;

	text[0] = '\0';
	if (cmap_get_string(cmap, key, &value) != CS_OK)
		return;
	snprintf(text, size, "%s", value);
	free(value);
}

static uint8_t get_u8(cmap_handle_t cmap, const char *key, uint8_t otherwise)
{
	uint8_t value;

	return cmap_get_uint8(cmap, key, &value) == CS_OK ? value : otherwise;
}

static uint32_t get_u32(cmap_handle_t cmap, const char *key, uint32_t otherwise)
{
	uint32_t value;

	return cmap_get_uint32(cmap, key, &value) == CS_OK ? value : otherwise;
}

static void read_node(cmap_handle_t cmap, unsigned position, struct cluster_info *info)
{
	struct cluster_node *node = &info->nodes[info->node_count];
	char key[CMAP_KEYNAME_MAXLEN];

	snprintf(key, sizeof(key), "nodelist.node.%u.nodeid", position);
	if (cmap_get_uint32(cmap, key, &node->nodeid) != CS_OK)
		return;
	snprintf(key, sizeof(key), "nodelist.node.%u.name", position);
	get_text(cmap, key, node->name, sizeof(node->name));
	if (node->name[0] == '\0')
		snprintf(node->name, sizeof(node->name), "node-%u", node->nodeid);
	snprintf(key, sizeof(key), "nodelist.node.%u.ring0_addr", position);
	get_text(cmap, key, node->address, sizeof(node->address));
	info->node_count++;
}

/* Positions in the list may have gaps, and are no node ids. */
static void read_nodes(cmap_handle_t cmap, struct cluster_info *info)
{
	char key[CMAP_KEYNAME_MAXLEN + 1];
	cmap_iter_handle_t iterator;
	uint64_t seen = 0;

	info->node_count = 0;
	if (cmap_iter_init(cmap, "nodelist.node.", &iterator) != CS_OK)
		return;
	while (cmap_iter_next(cmap, iterator, key, NULL, NULL) == CS_OK) {
		unsigned position;

		if (sscanf(key, "nodelist.node.%u.", &position) != 1 || position >= 64 ||
		    seen & 1ull << position || info->node_count == CLUSTER_NODES)
			continue;
		seen |= 1ull << position;
		read_node(cmap, position, info);
	}
	cmap_iter_finalize(cmap, iterator);
}

int cmap_adapter_read(cmap_handle_t cmap, struct cluster_info *info)
{
	char text[CLUSTER_NAME_SIZE];

	read_nodes(cmap, info);
	get_text(cmap, "totem.cluster_name", info->cluster_name, sizeof(info->cluster_name));
	info->token_ms = get_u32(cmap, "runtime.config.totem.token", 0);
	info->consensus_ms = get_u32(cmap, "runtime.config.totem.consensus", 0);
	info->two_node = get_u8(cmap, "quorum.two_node", 0) == 1;
	/* two_node implies it, unless it is set. */
	info->wait_for_all = get_u8(cmap, "quorum.wait_for_all", info->two_node) == 1;
	info->expected_votes = get_u32(cmap, "quorum.expected_votes", info->node_count);
	get_text(cmap, "quorum.device.model", text, sizeof(text));
	info->qdevice = text[0] != '\0';
	/* VOTEQUORUM_QDEVICE_DEFAULT_SYNC_TIMEOUT of votequorum.h */
	info->qdevice_sync_ms =
		info->qdevice ? get_u32(cmap, "quorum.device.sync_timeout", 30000) : 0;
	return info->node_count > 0 ? 0 : -1;
}

/*
 * Only the end of a reload means something: each tells delete and add of nodelist.local_node_pos
 * too, and the node list cannot be changed otherwise (corosync refuses writes to it).
 */
static void changed(cmap_handle_t cmap, cmap_track_handle_t track, int32_t event, const char *key,
		    struct cmap_notify_value now, struct cmap_notify_value before, void *context)
{
	(void)cmap;
	(void)track;
	(void)event;
	(void)key;
	(void)before;
	if (now.type == CMAP_VALUETYPE_UINT8 && now.len == 1 && *(const uint8_t *)now.data == 0)
		cluster_told_reload(context);
}

int cmap_adapter_open(struct connection *connection, void *context)
{
	cs_error_t result = cmap_initialize(&connection->cmap);
	cmap_track_handle_t track;

	connection->cmap_open = result == CS_OK;
	if (result == CS_OK)
		result = cmap_fd_get(connection->cmap, &connection->cmap_fd);
	if (result == CS_OK && context)
		result = cmap_track_add(connection->cmap, "config.reload_in_progress",
					CMAP_TRACK_ADD | CMAP_TRACK_MODIFY, changed, context,
					&track);
	if (result != CS_OK)
		return connection_fail(connection, "its configuration cannot be read", result);
	if (cmap_adapter_read(connection->cmap, &connection->info) == 0)
		return 0;
	snprintf(connection->error, sizeof(connection->error),
		 "its configuration has no nodelist; name every node in corosync.conf");
	return -1;
}

bool cmap_adapter_dispatch(struct connection *connection)
{
	cs_error_t result = cmap_dispatch(connection->cmap, CS_DISPATCH_ALL);

	return result == CS_OK || result == CS_ERR_TRY_AGAIN;
}
