/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The TCP connection to the peer: finding each other, framing, signs of life.
 *
 * DRBD uses two sockets, one for data and one for acknowledgements; one in order of sending is
 * enough here. The side with the lower address opens it; the other side "rings" so that it need
 * not wait for the next attempt. An attempt is made at once and then every connect-int.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "standin.h"

enum {
	HEAD_SIZE = 32,
	MESSAGE_SIZE = 16 * 1024 * 1024, /* of the data of one message, more is a broken peer */
	VERSION = 1,
};

static const char magic[4] = {'d', 's', 'i', VERSION};

static void put16(char *at, uint16_t value)
{
	at[0] = (char)(value >> 8);
	at[1] = (char)value;
}

static void put32(char *at, uint32_t value)
{
	put16(at, (uint16_t)(value >> 16));
	put16(at + 2, (uint16_t)value);
}

static void put64(char *at, uint64_t value)
{
	put32(at, (uint32_t)(value >> 32));
	put32(at + 4, (uint32_t)value);
}

static uint32_t get16(const char *at)
{
	return ((uint32_t)(unsigned char)at[0] << 8) | (unsigned char)at[1];
}

static uint32_t get32(const char *at)
{
	return (get16(at) << 16) | get16(at + 2);
}

static uint64_t get64(const char *at)
{
	return ((uint64_t)get32(at) << 32) | get32(at + 4);
}

static const struct standin_host *self(const struct resource *resource)
{
	return &resource->config.hosts[resource->config.self];
}

static const struct standin_host *peer(const struct resource *resource)
{
	return &resource->config.hosts[1 - resource->config.self];
}

/* Which side opens the connection. */
static bool opens(const struct resource *resource)
{
	const struct sockaddr_in *own = &self(resource)->address;
	const struct sockaddr_in *other = &peer(resource)->address;

	if (own->sin_addr.s_addr != other->sin_addr.s_addr)
		return ntohl(own->sin_addr.s_addr) < ntohl(other->sin_addr.s_addr);
	return ntohs(own->sin_port) < ntohs(other->sin_port);
}

static uint64_t ping_timeout_ms(const struct resource *resource)
{
	return (uint64_t)resource->config.ping_timeout * 100;
}

static void watch(int fd, unsigned events, int operation)
{
	struct epoll_event event = {.events = events, .data.fd = fd};

	if (epoll_ctl(kernel.epoll, operation, fd, &event))
		fatal("epoll_ctl");
}

static void drop_socket(struct resource *resource)
{
	struct link *link = &resource->link;

	if (link->socket >= 0)
		close(link->socket);
	link->socket = -1;
	link->connecting = link->hello = false;
	link->in_used = link->out_used = link->out_sent = 0;
	link->ping_ms = 0;
	resource->peer_known = false;
	resource->request_id = 0;
	resync_reset(resource);
}

void link_close(struct resource *resource)
{
	struct link *link = &resource->link;

	drop_socket(resource);
	if (link->listener >= 0)
		close(link->listener);
	link->listener = -1;
}

static int new_socket(void)
{
	int one = 1;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return fd;
}

int link_open(struct resource *resource)
{
	struct link *link = &resource->link;
	const struct sockaddr_in *address = &self(resource)->address;

	link->listener = new_socket();
	if (link->listener < 0)
		return -1;
	if (bind(link->listener, (const struct sockaddr *)address, sizeof(*address)) ||
	    listen(link->listener, 4)) {
		close(link->listener);
		link->listener = -1;
		return -1;
	}
	watch(link->listener, EPOLLIN, EPOLL_CTL_ADD);
	link->retry_ms = 0;
	kernel_wake();
	return 0;
}

static void change(struct resource *resource, enum connection conn)
{
	struct state wanted = resource->state;

	wanted.conn = conn;
	state_set(resource, wanted, STATE_HARD);
}

/* It closes because it agreed to our disconnect, whose command goes on from here. */
static bool peer_lets_go(const struct resource *resource)
{
	return resource->request_id != 0 && resource->request_answer > 0 &&
	       (resource->request_kind == REQUEST_DISCONNECT ||
		resource->request_kind == REQUEST_DISCONNECT_OUTDATE ||
		resource->request_kind == REQUEST_DISCONNECT_OUTDATED);
}

void link_broken(struct resource *resource, enum connection state)
{
	if (resource->state.conn <= CONN_DISCONNECTING)
		return;
	if (peer_lets_go(resource)) {
		drop_socket(resource);
		pthread_cond_broadcast(&kernel.changed);
		return;
	}
	/* A connection that was one is tried again at once. */
	resource->link.retry_ms = now_ms() + (uint64_t)resource->config.connect_int * 1000;
	if (resource->state.conn > CONN_WF_CONNECTION) {
		resource->link.retry_ms = 0;
		change(resource, state);
		fencing_peer_lost(resource);
	}
	drop_socket(resource);
	resource->state_sent = false;
	if (resource->state.conn != CONN_WF_CONNECTION) {
		change(resource, CONN_UNCONNECTED);
		change(resource, CONN_WF_CONNECTION);
	}
	kernel_wake();
	pthread_cond_broadcast(&kernel.changed);
}

/* The handshake found that the two do not go together. */
void link_stand_alone(struct resource *resource)
{
	change(resource, CONN_DISCONNECTING);
	fencing_peer_lost(resource);
	link_close(resource);
	change(resource, CONN_STANDALONE);
	resource->net = false;
	events_connection(resource, "destroy");
}

static void flush(struct resource *resource)
{
	struct link *link = &resource->link;

	while (link->out_sent < link->out_used) {
		ssize_t sent = send(link->socket, link->out + link->out_sent,
				    link->out_used - link->out_sent, MSG_NOSIGNAL);

		if (sent < 0) {
			if (errno == EAGAIN)
				watch(link->socket, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
			/* Any other error is seen by the main loop when it reads. */
			return;
		}
		link->out_sent += (size_t)sent;
	}
	link->out_sent = link->out_used = 0;
}

static void append(struct link *link, const void *data, size_t size)
{
	if (size == 0)
		return;
	if (link->out_used + size > link->out_size) {
		link->out_size = (link->out_used + size) * 2;
		link->out = realloc(link->out, link->out_size);
		if (!link->out)
			fatal("no memory");
	}
	memcpy(link->out + link->out_used, data, size);
	link->out_used += size;
}

void link_send(struct resource *resource, enum message type, uint16_t flags, uint64_t id,
	       uint64_t offset, const void *data, size_t size)
{
	struct link *link = &resource->link;
	char head[HEAD_SIZE] = {0};

	if (link->socket < 0 || link->connecting)
		return;
	memcpy(head, magic, sizeof(magic));
	put16(head + 4, (uint16_t)type);
	put16(head + 6, flags);
	put32(head + 8, (uint32_t)size);
	put64(head + 16, id);
	put64(head + 24, offset);
	append(link, head, sizeof(head));
	append(link, data, size);
	flush(resource);
}

void link_send_uuids(struct resource *resource, unsigned flags)
{
	char data[(UUIDS + 2) * 8];
	enum disk disk = resource->state.disk;

	if (resource->image < 0)
		return;
	if (disk == DISK_NEGOTIATING)
		disk = resource->negotiated_disk;
	if (resource->discard_my_data)
		flags |= 1;
	if (resource->crashed_primary)
		flags |= 2;
	if (disk == DISK_INCONSISTENT)
		flags |= 4;
	for (int i = 0; i < UUIDS; i++)
		put64(data + i * 8, resource->md.uuid[i]);
	put64(data + UUIDS * 8, resource->out_of_sync);
	put64(data + UUIDS * 8 + 8, flags);
	link_send(resource, MESSAGE_UUIDS, 0, 0, 0, data, sizeof(data));
}

void link_send_state(struct resource *resource)
{
	char data[12];

	put32(data, resource->state.role);
	put32(data + 4, resource->state.disk);
	put32(data + 8, resource->state.conn);
	link_send(resource, MESSAGE_STATE, 0, 0, 0, data, sizeof(data));
}

void link_ping(struct resource *resource)
{
	struct link *link = &resource->link;

	if (link->socket < 0 || !link->hello || link->ping_ms)
		return;
	link->pinged_ms = now_ms();
	link->ping_ms = link->pinged_ms + ping_timeout_ms(resource);
	link_send(resource, MESSAGE_PING, 0, 0, 0, NULL, 0);
	kernel_wake();
}

static void say_hello(struct resource *resource, enum message type)
{
	struct link *link = &resource->link;

	link->deadline_ms = now_ms() + 4 * ping_timeout_ms(resource);
	link_send(resource, type, 0, resource->image < 0 ? 0 : resource->md.size, 0,
		  resource->config.name, strlen(resource->config.name));
}

static void connect_peer(struct resource *resource)
{
	struct link *link = &resource->link;
	struct sockaddr_in source = {.sin_family = AF_INET,
				     .sin_addr = self(resource)->address.sin_addr};
	const struct sockaddr_in *address = &peer(resource)->address;

	link->retry_ms = now_ms() + (uint64_t)resource->config.connect_int * 1000;
	link->socket = new_socket();
	if (link->socket < 0)
		return;
	if (bind(link->socket, (struct sockaddr *)&source, sizeof(source)) ||
	    (connect(link->socket, (const struct sockaddr *)address, sizeof(*address)) &&
	     errno != EINPROGRESS)) {
		drop_socket(resource);
		return;
	}
	link->connecting = true;
	link->initiator = opens(resource);
	link->deadline_ms = link->retry_ms;
	watch(link->socket, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

static void connected(struct resource *resource)
{
	struct link *link = &resource->link;
	struct sockaddr_in name;
	int error = 0;
	socklen_t size = sizeof(error);
	socklen_t name_size = sizeof(name);

	if (getsockopt(link->socket, SOL_SOCKET, SO_ERROR, &error, &size) || error) {
		drop_socket(resource);
		return;
	}
	/* An event of this round may have been for an earlier socket of the same number. */
	if (getpeername(link->socket, (struct sockaddr *)&name, &name_size))
		return;
	link->connecting = false;
	watch(link->socket, EPOLLIN, EPOLL_CTL_MOD);
	if (link->initiator) {
		say_hello(resource, MESSAGE_HELLO);
		return;
	}
	say_hello(resource, MESSAGE_RING);
	drop_socket(resource);
}

static void take_connection(struct resource *resource)
{
	struct link *link = &resource->link;
	int fd = accept4(link->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	int one = 1;

	if (fd < 0)
		return;
	/* A bell that rings: try at once. If we believe to be connected, see if that is true. */
	if (opens(resource)) {
		close(fd);
		if (link->hello) {
			link_ping(resource);
			return;
		}
		drop_socket(resource);
		link->retry_ms = 0;
		return;
	}
	/* The peer has begun anew, so what we may have is dead. */
	if (link->hello)
		link_broken(resource, CONN_BROKEN_PIPE);
	drop_socket(resource);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	link->socket = fd;
	link->initiator = false;
	watch(fd, EPOLLIN, EPOLL_CTL_ADD);
	say_hello(resource, MESSAGE_HELLO);
}

/* Between hello and our own report: the peer's may have come already, and waits. */
static bool holds_back(const struct resource *resource)
{
	return resource->link.hello && resource->state.conn == CONN_WF_CONNECTION;
}

static void report(struct resource *resource)
{
	/* A role change in flight ends first: either it sees the peer, or the peer sees it. */
	if (!holds_back(resource) || resource->busy)
		return;
	resource->state_sent = true;
	change(resource, CONN_WF_REPORT_PARAMS);
	resource->link.deadline_ms = now_ms() + 4 * ping_timeout_ms(resource);
	link_send_uuids(resource, 0);
	link_send_state(resource);
}

static void peer_says_hello(struct resource *resource, const struct message_head *head,
			    const char *data)
{
	const char *name = resource->config.name;

	if (resource->link.hello || head->type != MESSAGE_HELLO || head->size != strlen(name) ||
	    memcmp(data, name, head->size) != 0) {
		say(resource, "the peer is not this resource's");
		link_broken(resource, CONN_PROTOCOL_ERROR);
		return;
	}
	if (head->id && resource->image >= 0 && head->id != resource->md.size) {
		say(resource, "stand-in: the peer's disk has another size");
		link_stand_alone(resource);
		return;
	}
	resource->link.hello = true;
	report(resource);
}

static bool receive_uuids(struct resource *resource, const struct message_head *head,
			  const char *data)
{
	if (head->size != (UUIDS + 2) * 8)
		return false;
	for (int i = 0; i < UUIDS; i++)
		resource->peer_uuid[i] = get64(data + i * 8);
	resource->peer_bits = get64(data + UUIDS * 8);
	resource->peer_flags = (unsigned)get64(data + UUIDS * 8 + 8);
	resource->peer_known = true;
	return true;
}

/* Decodes what is the link's own business; everything else goes to standin_protocol.c. */
static void dispatch(struct resource *resource, const struct message_head *head, const char *data)
{
	struct link *link = &resource->link;
	struct message_head decoded = *head;
	char words[12];

	if (!link->hello || head->type == MESSAGE_HELLO) {
		peer_says_hello(resource, head, data);
		return;
	}
	switch (head->type) {
	case MESSAGE_PING:
		link_send(resource, MESSAGE_PONG, 0, 0, 0, NULL, 0);
		return;
	case MESSAGE_PONG:
		link->ping_ms = 0;
		pthread_cond_broadcast(&kernel.changed);
		return;
	case MESSAGE_UUIDS:
		if (!receive_uuids(resource, head, data))
			link_broken(resource, CONN_PROTOCOL_ERROR);
		else
			protocol_message(resource, head, data);
		return;
	case MESSAGE_STATE:
		if (head->size != sizeof(words)) {
			link_broken(resource, CONN_PROTOCOL_ERROR);
			return;
		}
		/* role, disk, connection: small numbers that fit the head's fields */
		decoded.flags = (uint16_t)get32(data);
		decoded.id = get32(data + 4);
		decoded.offset = get32(data + 8);
		protocol_message(resource, &decoded, data);
		return;
	default:
		protocol_message(resource, head, data);
	}
}

/* One whole message from the buffer; 0: none yet, -1: the peer talks nonsense. */
static int next_message(struct resource *resource, size_t *at, struct message_head *head,
			const char **data)
{
	struct link *link = &resource->link;
	const char *raw = link->in + *at;

	if (link->in_used - *at < HEAD_SIZE)
		return 0;
	if (memcmp(raw, magic, sizeof(magic)) != 0)
		return -1;
	head->type = (uint16_t)get16(raw + 4);
	head->flags = (uint16_t)get16(raw + 6);
	head->size = get32(raw + 8);
	head->id = get64(raw + 16);
	head->offset = get64(raw + 24);
	if (head->size > MESSAGE_SIZE)
		return -1;
	if (link->in_used - *at < HEAD_SIZE + head->size)
		return 0;
	*data = raw + HEAD_SIZE;
	*at += HEAD_SIZE + head->size;
	return 1;
}

static void take_messages(struct resource *resource)
{
	struct link *link = &resource->link;
	struct message_head head;
	const char *data;
	int socket = link->socket;
	size_t at = 0;
	int got = 0;

	/* A message may end the connection, and the buffer with it. */
	while (link->socket == socket && !holds_back(resource) &&
	       (got = next_message(resource, &at, &head, &data)) > 0)
		dispatch(resource, &head, data);
	if (link->socket != socket)
		return;
	if (got < 0) {
		link_broken(resource, CONN_PROTOCOL_ERROR);
		return;
	}
	memmove(link->in, link->in + at, link->in_used - at);
	link->in_used -= at;
}

void link_continue(struct resource *resource)
{
	report(resource);
	if (resource->link.socket >= 0 && resource->link.hello)
		take_messages(resource);
}

static void receive(struct resource *resource)
{
	struct link *link = &resource->link;
	ssize_t got;

	if (link->in_used == link->in_size) {
		link->in_size = link->in_size ? link->in_size * 2 : 1024 * 1024;
		link->in = realloc(link->in, link->in_size);
		if (!link->in)
			fatal("no memory");
	}
	got = recv(link->socket, link->in + link->in_used, link->in_size - link->in_used, 0);
	if (got < 0 && errno == EAGAIN)
		return;
	if (got <= 0) {
		if (link->hello)
			link_broken(resource, got < 0 ? CONN_NETWORK_FAILURE : CONN_BROKEN_PIPE);
		else
			drop_socket(resource);
		return;
	}
	link->in_used += (size_t)got;
	link->received_ms = now_ms();
	take_messages(resource);
}

void link_ready(struct resource *resource, int fd, unsigned events)
{
	struct link *link = &resource->link;

	if (fd == link->listener) {
		take_connection(resource);
		return;
	}
	if (link->connecting) {
		connected(resource);
		return;
	}
	if (events & EPOLLOUT) {
		watch(fd, EPOLLIN, EPOLL_CTL_MOD);
		flush(resource);
	}
	if (events & ~(unsigned)EPOLLOUT)
		receive(resource);
}

static uint64_t sooner(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Looks for the peer. */
static uint64_t tick_searching(struct resource *resource, uint64_t now)
{
	struct link *link = &resource->link;

	if (link->socket >= 0 && now >= link->deadline_ms)
		drop_socket(resource);
	if (link->socket < 0 && now >= link->retry_ms)
		connect_peer(resource);
	return link->socket >= 0 ? link->deadline_ms : link->retry_ms;
}

/* Sees that the peer is dead: it says nothing for ping-int, or a write waits for timeout, and
   then does not answer a ping within ping-timeout. */
static uint64_t tick_connected(struct resource *resource, uint64_t now)
{
	struct link *link = &resource->link;
	uint64_t idle_ms = link->received_ms + (uint64_t)resource->config.ping_int * 1000;
	uint64_t oldest_ms = replication_oldest_ms(resource);
	uint64_t late_ms = UINT64_MAX;

	if (oldest_ms)
		late_ms = (oldest_ms > link->pinged_ms ? oldest_ms : link->pinged_ms) +
			  (uint64_t)resource->config.timeout * 100;

	if (link->ping_ms) {
		if (now < link->ping_ms)
			return link->ping_ms;
		say(resource, "PingAck did not arrive in time.");
		link_broken(resource, CONN_NETWORK_FAILURE);
		return now;
	}
	if (resource->state.conn == CONN_WF_REPORT_PARAMS && now >= link->deadline_ms) {
		link_broken(resource, CONN_NETWORK_FAILURE);
		return now;
	}
	if (now < idle_ms && now < late_ms)
		return sooner(idle_ms, late_ms);
	link_ping(resource);
	return link->ping_ms ? link->ping_ms : now + ping_timeout_ms(resource);
}

uint64_t link_tick(struct resource *resource, uint64_t now)
{
	if (!resource->net || resource->link.listener < 0)
		return UINT64_MAX;
	if (resource->link.hello)
		return sooner(tick_connected(resource, now), resync_tick(resource, now));
	return tick_searching(resource, now);
}
