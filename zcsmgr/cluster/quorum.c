/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Quorum, with the ring that it speaks of: model v1, since v0 gives half of the ring's id. */
#include "connection.h"

#include <stdio.h>

static void changed(quorum_handle_t handle, uint32_t quorate, struct quorum_ring_id ring,
		    uint32_t member_count, const uint32_t *members)
{
	const void *context = NULL;

	(void)member_count;
	(void)members;
	quorum_context_get(handle, &context);
	cluster_told_quorum((void *)(uintptr_t)context, quorate != 0,
			    (struct cluster_ring){.nodeid = ring.nodeid, .seq = ring.seq});
}

int quorum_adapter_open(struct connection *connection, void *context)
{
	quorum_model_v1_data_t model = {
		.model = QUORUM_MODEL_V1,
		.quorum_notify_fn = changed,
	};
	uint32_t type = QUORUM_FREE;
	cs_error_t result;

	result = quorum_model_initialize(&connection->quorum, QUORUM_MODEL_V1,
					 (quorum_model_data_t *)&model, &type, context);
	connection->quorum_open = result == CS_OK;
	/* Without a provider corosync calls every partition quorate. */
	if (result == CS_OK && type != QUORUM_SET) {
		snprintf(connection->error, sizeof(connection->error),
			 "it has no quorum provider; set quorum { provider: corosync_votequorum } "
			 "in corosync.conf, on every node");
		return -1;
	}
	if (result == CS_OK)
		result = quorum_fd_get(connection->quorum, &connection->quorum_fd);
	if (result == CS_OK)
		result = quorum_trackstart(connection->quorum, CS_TRACK_CURRENT | CS_TRACK_CHANGES);
	if (result == CS_OK)
		return 0;
	return connection_fail(connection, "quorum cannot be followed", result);
}

bool quorum_adapter_dispatch(struct connection *connection)
{
	cs_error_t result = quorum_dispatch(connection->quorum, CS_DISPATCH_ALL);

	return result == CS_OK || result == CS_ERR_TRY_AGAIN;
}
