/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shows what zcsmgr/cluster/ tells: every callback as one JSON object a line on standard output,
 * what it logs on standard error. Commands on standard input, one a line:
 *   send TEXT    one message
 *   burst N      messages 0 to N - 1 at once, from one callback
 *   stream N     the same, waiting while the queue is full
 *   size N       one message of N bytes
 *   gap          the longest time since the last `gap` in which the loop stood still
 *   close, open  the cluster
 *   quit         ends without a word to the cluster; so does the end of standard input
 */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <poll.h>
#include <qb/qblog.h>
#include <qb/qbloop.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cluster.h"

enum { TICK_MS = 10, SHOWN = 64 };

static struct probe {
	qb_loop_t *loop;
	struct cluster *cluster;
	uint64_t ticked_ms, gap_ms;
	unsigned next, until; /* of a stream */
	char input[4096];
	size_t used;
} probe;

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void tell(const char *event, json_t *object)
{
	json_object_set_new(object, "event", json_string(event));
	json_object_set_new(object, "ms", json_integer((json_int_t)now_ms()));
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	fflush(stdout);
	json_decref(object);
}

/* ---- callbacks ------------------------------------------------------------------------------ */

static json_t *info_json(const struct cluster_info *info)
{
	json_t *nodes = json_array();

	for (unsigned i = 0; i < info->node_count; i++)
		json_array_append_new(nodes,
				      json_pack("{s:i, s:s, s:s}", "id", (int)info->nodes[i].nodeid,
						"name", info->nodes[i].name, "address",
						info->nodes[i].address));
	return json_pack("{s:s, s:i, s:i, s:o, s:i, s:i, s:b, s:b, s:b, s:i}", "cluster",
			 info->cluster_name, "node", (int)info->local_nodeid, "pid",
			 (int)info->local_pid, "nodes", nodes, "token", (int)info->token_ms,
			 "consensus", (int)info->consensus_ms, "two_node", info->two_node,
			 "wait_for_all", info->wait_for_all, "qdevice", info->qdevice, "votes",
			 (int)info->expected_votes);
}

static void connected(void *data, const struct cluster_info *info)
{
	(void)data;
	tell("connected", info_json(info));
}

static void disconnected(void *data, const char *why)
{
	(void)data;
	tell("disconnected", json_pack("{s:s}", "why", why));
}

static json_t *members_json(const struct cluster_member *members, unsigned count, bool reasons)
{
	static const char *const names[] = {"leave", "procdown", "nodedown"};
	json_t *array = json_array();

	for (unsigned i = 0; i < count; i++) {
		if (reasons)
			json_array_append_new(array, json_pack("[i, s]", (int)members[i].nodeid,
							       names[members[i].reason]));
		else
			json_array_append_new(array, json_integer(members[i].nodeid));
	}
	return array;
}

static void members_changed(void *data, const struct cluster_member *members, unsigned member_count,
			    const struct cluster_member *left, unsigned left_count,
			    const struct cluster_member *joined, unsigned joined_count)
{
	(void)data;
	tell("members",
	     json_pack("{s:o, s:o, s:o}", "members", members_json(members, member_count, false),
		       "left", members_json(left, left_count, true), "joined",
		       members_json(joined, joined_count, false)));
}

static json_t *ring_json(struct cluster_ring ring)
{
	char text[64];

	snprintf(text, sizeof(text), "%" PRIu32 ".%" PRIx64, ring.nodeid, ring.seq);
	return json_string(text);
}

static void ring_changed(void *data, struct cluster_ring ring, const uint32_t *nodeids,
			 unsigned nodeid_count)
{
	json_t *nodes = json_array();

	(void)data;
	for (unsigned i = 0; i < nodeid_count; i++)
		json_array_append_new(nodes, json_integer(nodeids[i]));
	tell("ring", json_pack("{s:o, s:o}", "ring", ring_json(ring), "nodes", nodes));
}

static void quorum_changed(void *data, bool quorate, struct cluster_ring ring)
{
	(void)data;
	tell("quorum", json_pack("{s:b, s:o}", "quorate", quorate, "ring", ring_json(ring)));
}

static void message_came(void *data, uint32_t nodeid, uint32_t pid, const void *bytes, size_t size)
{
	(void)data;
	tell("message",
	     json_pack("{s:i, s:i, s:i, s:s%}", "node", (int)nodeid, "pid", (int)pid, "size",
		       (int)size, "text", bytes, size < SHOWN ? size : (size_t)SHOWN));
}

static void reloaded(void *data, const struct cluster_info *info)
{
	(void)data;
	tell("reloaded", info_json(info));
}

static const struct cluster_callbacks callbacks = {
	.connected = connected,
	.disconnected = disconnected,
	.members = members_changed,
	.ring = ring_changed,
	.quorum = quorum_changed,
	.message = message_came,
	.reloaded = reloaded,
};

/* ---- commands ------------------------------------------------------------------------------- */

static void tell_sent(unsigned taken, unsigned refused, int error)
{
	tell("sent", json_pack("{s:i, s:i, s:s}", "taken", (int)taken, "refused", (int)refused,
			       "error", error ? strerrorname_np(error) : ""));
}

static void send_bytes(const void *bytes, size_t size)
{
	bool taken = cluster_send(probe.cluster, bytes, size) == 0;

	tell_sent(taken, !taken, taken ? 0 : errno);
}

static bool send_number(unsigned number)
{
	char text[16];
	int size = snprintf(text, sizeof(text), "%u", number);

	return cluster_send(probe.cluster, text, (size_t)size) == 0;
}

static void burst(unsigned count)
{
	unsigned taken = 0;
	int error = 0;

	for (unsigned i = 0; i < count; i++) {
		if (send_number(i))
			taken++;
		else
			error = errno;
	}
	tell_sent(taken, count - taken, error);
}

static void stream(void *data)
{
	qb_loop_timer_handle timer;

	(void)data;
	while (probe.next < probe.until && send_number(probe.next))
		probe.next++;
	if (probe.next == probe.until || errno != ENOBUFS)
		tell_sent(probe.next, probe.until - probe.next, 0);
	else
		qb_loop_timer_add(probe.loop, QB_LOOP_LOW, TICK_MS * QB_TIME_NS_IN_MSEC, NULL,
				  stream, &timer);
}

static void send_size(size_t size)
{
	char *bytes = malloc(size + 1);

	if (!bytes)
		abort();
	memset(bytes, 'x', size);
	send_bytes(bytes, size);
	free(bytes);
}

static void close_cluster(void)
{
	uint64_t begin_ms = now_ms();

	cluster_close(probe.cluster);
	probe.cluster = NULL;
	tell("closed", json_pack("{s:i}", "took_ms", (int)(now_ms() - begin_ms)));
}

static void run(const char *line)
{
	unsigned number = 0;

	if (strncmp(line, "send ", 5) == 0)
		send_bytes(line + 5, strlen(line + 5));
	else if (sscanf(line, "burst %u", &number) == 1)
		burst(number);
	else if (sscanf(line, "size %u", &number) == 1)
		send_size(number);
	else if (sscanf(line, "stream %u", &probe.until) == 1)
		probe.next = 0, stream(NULL);
	else if (strcmp(line, "gap") == 0)
		tell("gap", json_pack("{s:i}", "gap_ms", (int)probe.gap_ms)), probe.gap_ms = 0;
	else if (strcmp(line, "close") == 0)
		close_cluster();
	else if (strcmp(line, "open") == 0)
		probe.cluster = cluster_open(probe.loop, &callbacks, NULL);
	else if (strcmp(line, "quit") == 0)
		qb_loop_stop(probe.loop);
	else
		fprintf(stderr, "unknown command: %s\n", line);
}

static int32_t read_commands(int32_t fd, int32_t events, void *data)
{
	ssize_t size = read(fd, probe.input + probe.used, sizeof(probe.input) - 1 - probe.used);
	char *end;

	(void)events;
	(void)data;
	if (size <= 0) {
		qb_loop_poll_del(probe.loop, fd);
		qb_loop_stop(probe.loop);
		return 0;
	}
	probe.used += (size_t)size;
	while ((end = memchr(probe.input, '\n', probe.used))) {
		size_t length = (size_t)(end - probe.input);

		*end = '\0';
		run(probe.input);
		probe.used -= length + 1;
		memmove(probe.input, end + 1, probe.used);
	}
	return 0;
}

/* ---- the loop ------------------------------------------------------------------------------- */

static void tick(void *data)
{
	uint64_t now = now_ms();
	qb_loop_timer_handle timer;

	(void)data;
	if (probe.ticked_ms && now - probe.ticked_ms > probe.gap_ms)
		probe.gap_ms = now - probe.ticked_ms;
	probe.ticked_ms = now;
	qb_loop_timer_add(probe.loop, QB_LOOP_HIGH, TICK_MS * QB_TIME_NS_IN_MSEC, NULL, tick,
			  &timer);
}

int main(void)
{
	qb_log_init("probe", LOG_USER, LOG_INFO);
	qb_log_ctl(QB_LOG_SYSLOG, QB_LOG_CONF_ENABLED, QB_FALSE);
	qb_log_filter_ctl(QB_LOG_STDERR, QB_LOG_FILTER_ADD, QB_LOG_FILTER_FILE, "*", LOG_INFO);
	qb_log_ctl(QB_LOG_STDERR, QB_LOG_CONF_ENABLED, QB_TRUE);
	probe.loop = qb_loop_create();
	probe.cluster = cluster_open(probe.loop, &callbacks, NULL);
	if (!probe.cluster)
		return 1;
	qb_loop_poll_add(probe.loop, QB_LOOP_LOW, STDIN_FILENO, POLLIN, NULL, read_commands);
	tick(NULL);
	qb_loop_run(probe.loop);
	return 0;
}
