/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The closed process group: who is in it, and ordered messages. */
#include "connection.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
	JOIN_TRIES = 20,
	JOIN_PAUSE_MS = 100,
	DISPATCHES = 64, /* in one turn of the loop */
};

static void *context_of(cpg_handle_t handle)
{
	void *context = NULL;

	cpg_context_get(handle, &context);
	return context;
}

static void deliver(cpg_handle_t handle, const struct cpg_name *group, uint32_t nodeid,
		    uint32_t pid, void *bytes, size_t size)
{
	(void)group;
	cluster_told_message(context_of(handle), nodeid, pid, bytes, size);
}

/*
 * Why a member left. PROCDOWN says only that its process is gone: the node may run on, or its
 * corosync may be stopping in order. NODEDOWN says only that contact is lost.
 */
static enum cluster_leave_reason reason_of(uint32_t reason)
{
	switch (reason) {
	case CPG_REASON_LEAVE:
		return CLUSTER_LEAVE;
	case CPG_REASON_PROCDOWN:
		return CLUSTER_PROCDOWN;
	default:
		return CLUSTER_NODEDOWN;
	}
}

static unsigned translate(const struct cpg_address *from, size_t count, struct cluster_member *to)
{
	unsigned kept = 0;

	for (; kept < count && kept < CPG_MEMBERS_MAX; kept++)
		to[kept] = (struct cluster_member){.nodeid = from[kept].nodeid,
						   .pid = from[kept].pid,
						   .reason = reason_of(from[kept].reason)};
	return kept;
}

static void changed(cpg_handle_t handle, const struct cpg_name *group,
		    const struct cpg_address *member_list, size_t member_count,
		    const struct cpg_address *left_list, size_t left_count,
		    const struct cpg_address *joined_list, size_t joined_count)
{
	/* There may be more of them than nodes: processes that should not be there. */
	struct cluster_member members[CPG_MEMBERS_MAX], left[CPG_MEMBERS_MAX];
	struct cluster_member joined[CPG_MEMBERS_MAX];
	unsigned members_kept = translate(member_list, member_count, members);
	unsigned left_kept = translate(left_list, left_count, left);
	unsigned joined_kept = translate(joined_list, joined_count, joined);

	(void)group;
	cluster_told_members(context_of(handle), members, members_kept, left, left_kept, joined,
			     joined_kept);
}

static void ring_changed(cpg_handle_t handle, struct cpg_ring_id ring, uint32_t count,
			 const uint32_t *nodeids)
{
	cluster_told_ring(context_of(handle),
			  (struct cluster_ring){.nodeid = ring.nodeid, .seq = ring.seq}, nodeids,
			  count);
}

/* The pid's earlier leave may still be under way: EXIST and TRY_AGAIN pass. */
static cs_error_t join(cpg_handle_t handle)
{
	static const struct timespec pause = {.tv_nsec = JOIN_PAUSE_MS * 1000000L};
	struct cpg_name group = {.length = sizeof(CLUSTER_GROUP) - 1, .value = CLUSTER_GROUP};
	cs_error_t result = CS_ERR_TRY_AGAIN;

	for (unsigned i = 0; i < JOIN_TRIES; i++) {
		result = cpg_join(handle, &group);
		if (result != CS_ERR_TRY_AGAIN && result != CS_ERR_EXIST)
			break;
		nanosleep(&pause, NULL); /* in the connector's thread */
	}
	return result;
}

int cpg_adapter_open(struct connection *connection, void *context)
{
	cpg_model_v1_data_t model = {
		.cpg_deliver_fn = deliver,
		.cpg_confchg_fn = changed,
		.cpg_totem_confchg_fn = ring_changed,
		.flags = CPG_MODEL_V1_DELIVER_INITIAL_TOTEM_CONF,
	};
	unsigned nodeid = 0;
	cs_error_t result;

	result = cpg_model_initialize(&connection->cpg, CPG_MODEL_V1, (cpg_model_data_t *)&model,
				      context);
	connection->cpg_open = result == CS_OK;
	if (result == CS_OK)
		result = cpg_fd_get(connection->cpg, &connection->cpg_fd);
	if (result == CS_OK)
		result = cpg_local_get(connection->cpg, &nodeid);
	if (result == CS_OK)
		result = join(connection->cpg);
	connection->info.local_nodeid = nodeid;
	connection->joined = result == CS_OK;
	if (result == CS_OK)
		return 0;
	return connection_fail(connection, "the process group cannot be joined", result);
}

/* One by one and not all: a flood of messages must not keep the loop from its other work. */
bool cpg_adapter_dispatch(struct connection *connection)
{
	cs_error_t result = CS_OK;

	for (unsigned i = 0; i < DISPATCHES && result == CS_OK; i++)
		result = cpg_dispatch(connection->cpg, CS_DISPATCH_ONE_NONBLOCKING);
	return result == CS_OK || result == CS_ERR_TRY_AGAIN;
}

/*
 * With each message libqb sends a byte on the socket, and spins while that is full (ipcc.c,
 * qb_ipcc_sendv): some 280 messages into a frozen corosync would hang the main loop for ever.
 */
static bool takes_bytes(const struct connection *connection)
{
	struct pollfd socket = {.fd = connection->cpg_fd, .events = POLLOUT};

	return poll(&socket, 1, 0) == 1 && socket.revents & POLLOUT;
}

int cpg_adapter_send(struct connection *connection, const void *bytes, size_t size)
{
	struct iovec part = {.iov_base = (void *)(uintptr_t)bytes, .iov_len = size};
	cs_error_t result;

	if (!takes_bytes(connection))
		return 0;
	result = cpg_mcast_joined(connection->cpg, CPG_TYPE_AGREED, &part, 1);
	if (result == CS_OK)
		return 1;
	return result == CS_ERR_TRY_AGAIN ? 0 : -1;
}
