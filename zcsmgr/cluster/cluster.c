/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "connection.h"

#include <errno.h>
#include <poll.h>
#include <qb/qblog.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum {
	QUEUE = 256,
	RECONNECT_MS = 500,
	RESEND_MS = 50, /* after corosync's flow control said no */
	LEAVE_MS = 1000,
};

struct queued {
	struct queued *next;
	size_t size;
	uint8_t bytes[];
};

struct cluster {
	qb_loop_t *loop;
	const struct cluster_callbacks *callbacks;
	void *data;
	int wake_fd;
	struct connection_job *connecting, *reading;
	struct connection connection;
	bool connected;
	bool read_again; /* there was another reload while it was read */
	char told[sizeof(((struct connection *)0)->error)]; /* logged, not again twice a second */
	qb_loop_timer_handle reconnect_timer, resend_timer, read_timer;
	struct queued *first, **end;
	unsigned queued;
};

static void connect_now(void *data);

/* ---- queue ---------------------------------------------------------------------------------- */

static void drop_first(struct cluster *cluster)
{
	struct queued *first = cluster->first;

	cluster->first = first->next;
	if (!cluster->first)
		cluster->end = &cluster->first;
	cluster->queued--;
	free(first);
}

static void stop_timer(struct cluster *cluster, qb_loop_timer_handle *timer)
{
	if (*timer)
		qb_loop_timer_del(cluster->loop, *timer);
	*timer = 0;
}

static void start_timer(struct cluster *cluster, qb_loop_timer_handle *timer, uint64_t after_ms,
			void (*expired)(void *))
{
	stop_timer(cluster, timer);
	if (qb_loop_timer_add(cluster->loop, QB_LOOP_MED, after_ms * QB_TIME_NS_IN_MSEC, cluster,
			      expired, timer) != 0)
		qb_log(LOG_ERR, "no memory for a timer");
}

static void disconnect(struct cluster *cluster, const char *why);

static void flush(void *data)
{
	struct cluster *cluster = data;

	cluster->resend_timer = 0;
	while (cluster->first) {
		int sent = cpg_adapter_send(&cluster->connection, cluster->first->bytes,
					    cluster->first->size);

		if (sent < 0) {
			disconnect(cluster, "it refused a message");
			return;
		}
		if (sent == 0) {
			start_timer(cluster, &cluster->resend_timer, RESEND_MS, flush);
			return;
		}
		drop_first(cluster);
	}
}

int cluster_send(struct cluster *cluster, const void *bytes, size_t size)
{
	struct queued *queued;

	if (size > CLUSTER_MESSAGE_SIZE) {
		errno = EMSGSIZE;
		return -1;
	}
	if (!cluster->connected || cluster->queued == QUEUE) {
		errno = cluster->connected ? ENOBUFS : ENOTCONN;
		return -1;
	}
	queued = malloc(sizeof(*queued) + size);
	if (!queued)
		return -1;
	queued->next = NULL;
	queued->size = size;
	memcpy(queued->bytes, bytes, size);
	*cluster->end = queued;
	cluster->end = &queued->next;
	cluster->queued++;
	/* Not from here: a refusal would end the connection amid the caller's work. */
	if (!cluster->resend_timer)
		start_timer(cluster, &cluster->resend_timer, 0, flush);
	return 0;
}

/* ---- losing --------------------------------------------------------------------------------- */

/*
 * The handles do not notice the end together, so the first error ends all of them. Their fds
 * leave the loop before they are closed: a stale one would slow every turn by 100 ms.
 */
static void disconnect(struct cluster *cluster, const char *why)
{
	if (!cluster->connected)
		return;
	cluster->connected = false;
	qb_loop_poll_del(cluster->loop, cluster->connection.cpg_fd);
	qb_loop_poll_del(cluster->loop, cluster->connection.quorum_fd);
	qb_loop_poll_del(cluster->loop, cluster->connection.cmap_fd);
	stop_timer(cluster, &cluster->resend_timer);
	stop_timer(cluster, &cluster->read_timer);
	while (cluster->first)
		drop_first(cluster);
	qb_log(LOG_ERR, "corosync is gone: %s", why);
	connection_end(&cluster->connection, false, 0);
	cluster->callbacks->disconnected(cluster->data, why);
	start_timer(cluster, &cluster->reconnect_timer, RECONNECT_MS, connect_now);
}

static int dispatch(struct cluster *cluster, int32_t events,
		    bool (*adapter)(struct connection *connection))
{
	bool alive = adapter(&cluster->connection);

	/* A dispatch may call a dead handle fine, so the poll events count too. */
	if (!alive || events & (POLLHUP | POLLERR | POLLNVAL))
		disconnect(cluster, "it closed the connection");
	return 0;
}

static int dispatch_cpg(int fd, int32_t events, void *data)
{
	(void)fd;
	return dispatch(data, events, cpg_adapter_dispatch);
}

static int dispatch_quorum(int fd, int32_t events, void *data)
{
	(void)fd;
	return dispatch(data, events, quorum_adapter_dispatch);
}

static int dispatch_cmap(int fd, int32_t events, void *data)
{
	(void)fd;
	return dispatch(data, events, cmap_adapter_dispatch);
}

/* ---- connecting ----------------------------------------------------------------------------- */

static void connect_now(void *data)
{
	struct cluster *cluster = data;

	cluster->reconnect_timer = 0;
	if (cluster->connecting)
		return;
	cluster->connecting = connection_start(cluster, cluster->wake_fd);
	if (!cluster->connecting)
		start_timer(cluster, &cluster->reconnect_timer, RECONNECT_MS, connect_now);
}

static void connected(struct cluster *cluster)
{
	struct connection *connection = &cluster->connection;

	cluster->connected = true;
	cluster->told[0] = '\0';
	cluster->read_again = false;
	cluster->callbacks->connected(cluster->data, &connection->info);
	/* Deaf on one of them it would wait for ever. */
	if (qb_loop_poll_add(cluster->loop, QB_LOOP_HIGH, connection->cpg_fd, POLLIN, cluster,
			     dispatch_cpg) != 0 ||
	    qb_loop_poll_add(cluster->loop, QB_LOOP_HIGH, connection->quorum_fd, POLLIN, cluster,
			     dispatch_quorum) != 0 ||
	    qb_loop_poll_add(cluster->loop, QB_LOOP_MED, connection->cmap_fd, POLLIN, cluster,
			     dispatch_cmap) != 0)
		disconnect(cluster, "the main loop cannot watch it");
}

static void connect_ended(struct cluster *cluster)
{
	bool ok;

	if (!cluster->connecting ||
	    !connection_done(cluster->connecting, &cluster->connection, &ok))
		return;
	cluster->connecting = NULL;
	if (ok) {
		connected(cluster);
		return;
	}
	if (strcmp(cluster->told, cluster->connection.error) != 0)
		qb_log(LOG_WARNING, "no contact with corosync: %s", cluster->connection.error);
	memcpy(cluster->told, cluster->connection.error, sizeof(cluster->told));
	memset(&cluster->connection, 0, sizeof(cluster->connection));
	start_timer(cluster, &cluster->reconnect_timer, RECONNECT_MS, connect_now);
}

static void read_now(void *data)
{
	struct cluster *cluster = data;

	cluster->read_timer = 0;
	cluster->read_again = cluster->reading;
	if (!cluster->reading)
		cluster->reading = connection_read(cluster->wake_fd);
	if (!cluster->reading)
		start_timer(cluster, &cluster->read_timer, RECONNECT_MS, read_now);
}

/* But for the local ids, which no file tells. Not memcmp(): there is padding. */
static bool same_info(const struct cluster_info *a, const struct cluster_info *b)
{
	if (strcmp(a->cluster_name, b->cluster_name) != 0 || a->node_count != b->node_count ||
	    a->token_ms != b->token_ms || a->consensus_ms != b->consensus_ms ||
	    a->two_node != b->two_node || a->wait_for_all != b->wait_for_all ||
	    a->qdevice != b->qdevice || a->expected_votes != b->expected_votes)
		return false;
	for (unsigned i = 0; i < a->node_count; i++)
		if (a->nodes[i].nodeid != b->nodes[i].nodeid ||
		    strcmp(a->nodes[i].name, b->nodes[i].name) != 0 ||
		    strcmp(a->nodes[i].address, b->nodes[i].address) != 0)
			return false;
	return true;
}

static void read_ended(struct cluster *cluster)
{
	struct connection result;
	struct cluster_info *info = &cluster->connection.info;
	bool ok;

	if (!cluster->reading || !connection_done(cluster->reading, &result, &ok))
		return;
	cluster->reading = NULL;
	if (!cluster->connected)
		return;
	if (!ok || cluster->read_again)
		start_timer(cluster, &cluster->read_timer, ok ? 0 : RECONNECT_MS, read_now);
	if (!ok)
		return;
	result.info.local_nodeid = info->local_nodeid;
	result.info.local_pid = info->local_pid;
	if (same_info(info, &result.info))
		return;
	*info = result.info;
	cluster->callbacks->reloaded(cluster->data, info);
}

static int woken(int fd, int32_t events, void *data)
{
	struct cluster *cluster = data;
	uint64_t count;

	(void)events;
	if (read(fd, &count, sizeof(count)) < 0)
		return 0;
	connect_ended(cluster);
	read_ended(cluster);
	return 0;
}

/* ---- what the adapters tell ----------------------------------------------------------------- */

void cluster_told_members(void *context, const struct cluster_member *members,
			  unsigned member_count, const struct cluster_member *left,
			  unsigned left_count, const struct cluster_member *joined,
			  unsigned joined_count)
{
	struct cluster *cluster = context;

	if (cluster->connected)
		cluster->callbacks->members(cluster->data, members, member_count, left, left_count,
					    joined, joined_count);
}

void cluster_told_ring(void *context, struct cluster_ring ring, const uint32_t *nodeids,
		       unsigned nodeid_count)
{
	struct cluster *cluster = context;

	if (cluster->connected)
		cluster->callbacks->ring(cluster->data, ring, nodeids, nodeid_count);
}

void cluster_told_quorum(void *context, bool quorate, struct cluster_ring ring)
{
	struct cluster *cluster = context;

	if (cluster->connected)
		cluster->callbacks->quorum(cluster->data, quorate, ring);
}

void cluster_told_message(void *context, uint32_t nodeid, uint32_t pid, const void *bytes,
			  size_t size)
{
	struct cluster *cluster = context;

	if (cluster->connected)
		cluster->callbacks->message(cluster->data, nodeid, pid, bytes, size);
}

void cluster_told_reload(void *context)
{
	struct cluster *cluster = context;

	if (cluster->connected)
		read_now(cluster);
}

/* ---- construction --------------------------------------------------------------------------- */

struct cluster *cluster_open(qb_loop_t *loop, const struct cluster_callbacks *callbacks, void *data)
{
	struct cluster *cluster = calloc(1, sizeof(*cluster));

	if (!cluster)
		return NULL;
	cluster->loop = loop;
	cluster->callbacks = callbacks;
	cluster->data = data;
	cluster->end = &cluster->first;
	cluster->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (cluster->wake_fd < 0 ||
	    qb_loop_poll_add(loop, QB_LOOP_HIGH, cluster->wake_fd, POLLIN, cluster, woken) != 0) {
		if (cluster->wake_fd >= 0)
			close(cluster->wake_fd);
		free(cluster);
		return NULL;
	}
	connect_now(cluster);
	return cluster;
}

bool cluster_connected(const struct cluster *cluster)
{
	return cluster->connected;
}

void cluster_close(struct cluster *cluster)
{
	if (!cluster)
		return;
	if (cluster->connecting)
		connection_abandon(cluster->connecting);
	if (cluster->reading)
		connection_abandon(cluster->reading);
	stop_timer(cluster, &cluster->reconnect_timer);
	stop_timer(cluster, &cluster->resend_timer);
	stop_timer(cluster, &cluster->read_timer);
	if (cluster->connected) {
		qb_loop_poll_del(cluster->loop, cluster->connection.cpg_fd);
		qb_loop_poll_del(cluster->loop, cluster->connection.quorum_fd);
		qb_loop_poll_del(cluster->loop, cluster->connection.cmap_fd);
		connection_end(&cluster->connection, true, LEAVE_MS);
	}
	qb_loop_poll_del(cluster->loop, cluster->wake_fd);
	close(cluster->wake_fd);
	while (cluster->first)
		drop_first(cluster);
	free(cluster);
}
