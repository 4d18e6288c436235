/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One connection to corosync: its three handles, made and unmade in threads of their own, since
 * every one of those calls may block for a whole synchronisation, or for ever.
 */
#ifndef ZCSMGR_CLUSTER_CONNECTION_H
#define ZCSMGR_CLUSTER_CONNECTION_H

#include <corosync/cmap.h>
#include <corosync/cpg.h>
#include <corosync/quorum.h>

#include "cluster.h"

struct connection {
	cpg_handle_t cpg;
	quorum_handle_t quorum;
	cmap_handle_t cmap;
	int cpg_fd, quorum_fd, cmap_fd;
	bool cpg_open, quorum_open, cmap_open, joined;
	struct cluster_info info;
	char error[128]; /* why it failed, and the cure */
};

/* What a thread is asked for; the asker may go away before it is done. */
struct connection_job;

/*
 * Connects and joins. Events come to context through the callbacks of cpg.c, quorum.c and cmap.c,
 * once the handles are dispatched in the main loop. NULL: no thread, errno.
 */
struct connection_job *connection_start(void *context, int wake_fd);
/* Reads cmap again, with a handle of its own. */
struct connection_job *connection_read(int wake_fd);
/* True when done: *connection is filled, and the job is gone. ok: it succeeded. */
bool connection_done(struct connection_job *job, struct connection *connection, bool *ok);
/* Nobody waits for it any longer: what it opens is closed by the thread. */
void connection_abandon(struct connection_job *job);
/* Closes the handles in a thread; leave: says goodbye to the group first, and waits for that, at
   most so long. */
void connection_end(struct connection *connection, bool leave, unsigned wait_ms);

/* Writes why a call failed, and the cure, to connection->error; returns -1. */
int connection_fail(struct connection *connection, const char *what, cs_error_t error);

/* ---- each service of corosync; all but dispatch block ---------------------------------------- */

int cpg_adapter_open(struct connection *connection, void *context);
bool cpg_adapter_dispatch(struct connection *connection); /* false: corosync is gone */
/* 1 sent, 0 try again, -1 corosync is gone. */
int cpg_adapter_send(struct connection *connection, const void *bytes, size_t size);
int quorum_adapter_open(struct connection *connection, void *context);
bool quorum_adapter_dispatch(struct connection *connection);
int cmap_adapter_open(struct connection *connection, void *context);
bool cmap_adapter_dispatch(struct connection *connection);
int cmap_adapter_read(cmap_handle_t cmap, struct cluster_info *info);

/* ---- what the adapters tell cluster.c, in the main loop -------------------------------------- */

void cluster_told_members(void *context, const struct cluster_member *members,
			  unsigned member_count, const struct cluster_member *left,
			  unsigned left_count, const struct cluster_member *joined,
			  unsigned joined_count);
void cluster_told_ring(void *context, struct cluster_ring ring, const uint32_t *nodeids,
		       unsigned nodeid_count);
void cluster_told_quorum(void *context, bool quorate, struct cluster_ring ring);
void cluster_told_message(void *context, uint32_t nodeid, uint32_t pid, const void *bytes,
			  size_t size);
void cluster_told_reload(void *context);

#endif
