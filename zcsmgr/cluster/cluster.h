/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cluster as corosync tells it: one closed process group (cpg), quorum, and the node list and
 * timers of cmap. Connecting, and every other synchronous call, happens in a helper thread, since
 * such a call may block for a whole synchronisation (30 s with qdevice) or for ever; the main loop
 * only dispatches. The first error on any handle means that corosync is gone: all handles are
 * given up together and connecting starts again, twice a second.
 */
#ifndef ZCSMGR_CLUSTER_H
#define ZCSMGR_CLUSTER_H

#include <qb/qbloop.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CLUSTER_NODES = 32,
	CLUSTER_NAME_SIZE = 64,
	CLUSTER_MESSAGE_SIZE = 64 * 1024, /* far below the 1 MiB where libcpg blocks */
};

#define CLUSTER_GROUP "zcsmgr"

struct cluster_ring {
	uint32_t nodeid;
	uint64_t seq;
};

enum cluster_leave_reason {
	CLUSTER_LEAVE,	  /* cpg_leave */
	CLUSTER_PROCDOWN, /* the process or, in order, its corosync ended */
	CLUSTER_NODEDOWN, /* contact lost */
};

struct cluster_member {
	uint32_t nodeid;
	uint32_t pid;
	enum cluster_leave_reason reason; /* of those in left[] */
};

struct cluster_node {
	uint32_t nodeid;
	char name[CLUSTER_NAME_SIZE];	 /* "node-<id>" if corosync.conf names none */
	char address[CLUSTER_NAME_SIZE]; /* ring0_addr */
};

/* Read from cmap while connecting, and again after a reload of corosync's configuration. */
struct cluster_info {
	char cluster_name[CLUSTER_NAME_SIZE];
	uint32_t local_nodeid;
	uint32_t local_pid;
	unsigned node_count;
	struct cluster_node nodes[CLUSTER_NODES];
	uint32_t token_ms; /* runtime.config.totem.token */
	uint32_t consensus_ms;
	bool two_node;
	bool wait_for_all;
	bool qdevice;
	uint32_t qdevice_sync_ms; /* quorum.device.sync_timeout; 0: there is no qdevice */
	uint32_t expected_votes;
};

/* All are called from the main loop. */
struct cluster_callbacks {
	/* Handles are ready and the group is joined; members, ring and quorum follow. */
	void (*connected)(void *data, const struct cluster_info *info);
	void (*disconnected)(void *data, const char *why);
	/* The group changed (cpg confchg), exactly as delivered. */
	void (*members)(void *data, const struct cluster_member *members, unsigned member_count,
			const struct cluster_member *left, unsigned left_count,
			const struct cluster_member *joined, unsigned joined_count);
	/* The ring changed (cpg totem confchg); nodeids are those of corosync, not of the group. */
	void (*ring)(void *data, struct cluster_ring ring, const uint32_t *nodeids,
		     unsigned nodeid_count);
	void (*quorum)(void *data, bool quorate, struct cluster_ring ring);
	void (*message)(void *data, uint32_t nodeid, uint32_t pid, const void *bytes, size_t size);
	/* corosync's configuration was reloaded, and differs. */
	void (*reloaded)(void *data, const struct cluster_info *info);
};

struct cluster;

/* NULL and errno if there is no memory or no thread. callbacks must outlive the cluster. */
struct cluster *cluster_open(qb_loop_t *loop, const struct cluster_callbacks *callbacks,
			     void *data);

/* Queues a message; it is sent when corosync's flow control allows. 0, or -1 with errno: ENOTCONN,
   ENOBUFS (queue of 256 full), EMSGSIZE. Acceptance is not delivery. */
int cluster_send(struct cluster *cluster, const void *bytes, size_t size);

bool cluster_connected(const struct cluster *cluster);

/* Leaves the group in order (cpg_leave) and frees everything. Never blocks: what hangs is
   abandoned to the process' end. */
void cluster_close(struct cluster *cluster);

#endif
