/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "zimbra_checks.h"

#include "zimbra_answer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum {
	PORTS = 2,
	/* A UNIX socket; two loopback addresses and the service's on each port. */
	PLACES = 1 + PORTS * (2 + CONFIG_RESOURCES),
	/* A place that is silent for so long is no reason not to try the next one beside it. */
	PATIENCE_MS = 250,
	FAREWELL_MS = 250, /* for the server to close, as it should when told goodbye */
	/* Kept from the caller's deadline, which kills him. */
	RESERVE_MS = 500,
};

static const struct {
	uint16_t ports[PORTS]; /* 0: no more */
	bool local;	       /* not at the service's addresses */
	const char *socket;    /* below the suite's directory */
} parts[ZIMBRA_CHECKS] = {
	[ZIMBRA_CHECK_SMTP] = {.ports = {25}},
	[ZIMBRA_CHECK_LMTP] = {.ports = {7025}},
	[ZIMBRA_CHECK_IMAP] = {.ports = {143, 7143}},
	[ZIMBRA_CHECK_LDAP] = {.ports = {389}},
	[ZIMBRA_CHECK_MYSQL] = {.ports = {7306},
				.local = true,
				.socket = "data/tmp/mysql/mysql.sock"},
	[ZIMBRA_CHECK_HTTPS] = {.ports = {443, 8443}},
};

/* A place where a part may answer, and the conversation there. */
struct place {
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
		struct sockaddr_un local;
	} address;
	socklen_t length;
	int fd;	  /* -1: not begun, or over */
	bool own; /* one of this host's that another may take over */
	bool connected;
	bool leaving; /* it answered well, and was told goodbye */
	size_t size;
	uint8_t answer[ZIMBRA_ANSWER_SIZE];
};

struct part {
	enum zimbra_check check;
	struct place places[PLACES];
	unsigned count, begun;
	uint64_t next_ms;  /* when the next place is tried though others are still silent */
	uint64_t leave_ms; /* when we hang up though the server has not closed */
	bool asked;	   /* configured */
	bool answered;
	bool wrong; /* somebody answered, but not as such a server does */
};

/* ---- where ---------------------------------------------------------------------------------- */

static void add_socket(struct part *part, const char *directory, const char *name)
{
	struct sockaddr_un *address = &part->places[part->count].address.local;
	int length =
		snprintf(address->sun_path, sizeof(address->sun_path), "%s/%s", directory, name);

	if (length < 0 || (size_t)length >= sizeof(address->sun_path))
		return;
	address->sun_family = AF_UNIX;
	part->places[part->count++].length = sizeof(*address);
}

static void add_v4(struct part *part, const void *bytes, uint16_t port)
{
	struct sockaddr_in *address = &part->places[part->count].address.v4;

	address->sin_family = AF_INET;
	address->sin_port = htons(port);
	memcpy(&address->sin_addr, bytes, sizeof(address->sin_addr));
	part->places[part->count++].length = sizeof(*address);
}

static void add_v6(struct part *part, const void *bytes, uint16_t port)
{
	struct sockaddr_in6 *address = &part->places[part->count].address.v6;

	address->sin6_family = AF_INET6;
	address->sin6_port = htons(port);
	memcpy(&address->sin6_addr, bytes, sizeof(address->sin6_addr));
	part->places[part->count++].length = sizeof(*address);
}

static bool has(const struct ifaddrs *own, const struct address_config *address)
{
	for (; own; own = own->ifa_next) {
		const void *bytes;

		if (!own->ifa_addr || own->ifa_addr->sa_family != address->family)
			continue;
		if (address->family == AF_INET6)
			bytes = &((const struct sockaddr_in6 *)own->ifa_addr)->sin6_addr;
		else
			bytes = &((const struct sockaddr_in *)own->ifa_addr)->sin_addr;
		if (memcmp(bytes, address->bytes, address->family == AF_INET6 ? 16 : 4) == 0)
			return true;
	}
	return false;
}

static void add_port(const struct service_config *service, const struct ifaddrs *own,
		     struct part *part, uint16_t port)
{
	const struct in_addr v4 = {.s_addr = htonl(INADDR_LOOPBACK)};

	add_v4(part, &v4, port);
	add_v6(part, &in6addr_loopback, port);
	for (unsigned i = 0; !parts[part->check].local && i < service->resource_count; i++) {
		const struct resource_config *resource = &service->resources[i];

		if (resource->type != RESOURCE_ADDRESS || !has(own, &resource->address))
			continue;
		part->places[part->count].own = true;
		if (resource->address.family == AF_INET6)
			add_v6(part, resource->address.bytes, port);
		else
			add_v4(part, resource->address.bytes, port);
	}
}

static void find_places(const struct driver_context *context, const struct ifaddrs *own,
			struct part *part)
{
	memset(part->places, 0, sizeof(part->places));
	for (unsigned i = 0; i < PLACES; i++)
		part->places[i].fd = -1;
	if (parts[part->check].socket)
		add_socket(part, context->resource->zimbra.directory, parts[part->check].socket);
	for (unsigned i = 0; i < PORTS && parts[part->check].ports[i] != 0; i++)
		add_port(context->service, own, part, parts[part->check].ports[i]);
}

/* ---- conversations -------------------------------------------------------------------------- */

static void leave(struct place *place)
{
	if (place->fd >= 0)
		close(place->fd);
	place->fd = -1;
}

static void hang_up(struct part *part)
{
	for (unsigned i = 0; i < part->begun; i++)
		leave(&part->places[i]);
}

/* From an address to itself leads no way to another host, should one take it over just now. */
static int bind_to_itself(const struct place *place)
{
	struct place from = *place;

	if (from.address.any.sa_family == AF_INET6)
		from.address.v6.sin6_port = 0;
	else
		from.address.v4.sin_port = 0;
	return bind(place->fd, &from.address.any, from.length);
}

/* If nobody is there, or not now, it is over at once. */
static void begin(struct place *place)
{
	place->fd =
		socket(place->address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (place->fd < 0)
		return;
	if ((place->own && bind_to_itself(place) != 0) ||
	    (connect(place->fd, &place->address.any, place->length) != 0 && errno != EINPROGRESS))
		leave(place);
}

static bool is_talking(const struct part *part)
{
	for (unsigned i = 0; i < part->begun; i++)
		if (part->places[i].fd >= 0)
			return true;
	return false;
}

/* Tries places until somebody is there; one more beside those that stay silent. */
static void begin_next(struct part *part, uint64_t now_ms)
{
	while (!part->answered && part->begun < part->count &&
	       (!is_talking(part) || now_ms >= part->next_ms)) {
		part->next_ms = now_ms + PATIENCE_MS;
		begin(&part->places[part->begun++]);
	}
}

static void say(int fd, const void *words, size_t size)
{
	/* A few bytes into an empty buffer; if they do not fit, the answer will be missing. */
	if (words && send(fd, words, size, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)size)
		shutdown(fd, SHUT_WR);
}

static bool is_connected(struct part *part, struct place *place)
{
	int error = 0;
	socklen_t length = sizeof(error);
	const void *request;
	size_t size;

	if (place->connected)
		return true;
	if (getsockopt(place->fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0 || error != 0)
		return false;
	place->connected = true;
	request = zimbra_answer_request(part->check, &size);
	say(place->fd, request, size);
	return true;
}

/* All else that was begun for this part is over; the server that answered shall close, lest its
   log fill with lost connections. */
static void say_goodbye(struct part *part, struct place *place)
{
	size_t size;
	const void *farewell = zimbra_answer_farewell(part->check, &size);

	part->answered = true;
	for (unsigned i = 0; i < part->begun; i++)
		if (&part->places[i] != place || !farewell)
			leave(&part->places[i]);
	if (!farewell)
		return;
	place->leaving = true;
	part->leave_ms = driver_now_ms() + FAREWELL_MS;
	say(place->fd, farewell, size);
}

static void judge(struct part *part, struct place *place)
{
	switch (zimbra_answer_judge(part->check, place->answer, place->size)) {
	case ZIMBRA_ANSWER_GOOD:
		say_goodbye(part, place);
		return;
	case ZIMBRA_ANSWER_MORE:
		if (place->size < sizeof(place->answer))
			return;
		break;
	case ZIMBRA_ANSWER_BAD:
		break;
	}
	part->wrong = true;
	leave(place);
}

static void listen_to(struct part *part, struct place *place)
{
	ssize_t count;

	if (place->leaving)
		place->size = 0; /* what it says now matters to nobody, but has to be taken */
	count = recv(place->fd, place->answer + place->size, sizeof(place->answer) - place->size,
		     MSG_DONTWAIT);
	if (count < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (count <= 0) {
		leave(place);
		return;
	}
	place->size += (size_t)count;
	if (!place->leaving)
		judge(part, place);
}

static void attend(struct part *part, struct place *place)
{
	bool fresh = !place->connected;

	if (!is_connected(part, place))
		leave(place);
	else if (!fresh)
		listen_to(part, place);
}

/* ---- all at once ---------------------------------------------------------------------------- */

struct round {
	struct part parts[ZIMBRA_CHECKS];
	struct pollfd fds[ZIMBRA_CHECKS * PLACES];
	struct {
		struct part *part;
		struct place *place;
	} of[ZIMBRA_CHECKS * PLACES];
	nfds_t count;
	uint64_t wake_ms;
};

static void collect_part(struct round *round, struct part *part)
{
	uint64_t wake_ms = UINT64_MAX;

	for (unsigned i = 0; i < part->begun; i++) {
		struct place *place = &part->places[i];

		if (place->fd < 0)
			continue;
		round->fds[round->count] = (struct pollfd){
			.fd = place->fd, .events = place->connected ? POLLIN : POLLOUT};
		round->of[round->count].part = part;
		round->of[round->count++].place = place;
	}
	if (part->answered && is_talking(part))
		wake_ms = part->leave_ms;
	else if (!part->answered && part->begun < part->count)
		wake_ms = part->next_ms;
	if (wake_ms < round->wake_ms)
		round->wake_ms = wake_ms;
}

/* Who is to be waited for, after those that can be begun now have been. */
static void collect(struct round *round, uint64_t now_ms, uint64_t deadline_ms)
{
	round->count = 0;
	round->wake_ms = deadline_ms;
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++) {
		if (!round->parts[i].asked)
			continue;
		if (round->parts[i].answered && now_ms >= round->parts[i].leave_ms)
			hang_up(&round->parts[i]);
		begin_next(&round->parts[i], now_ms);
		collect_part(round, &round->parts[i]);
	}
}

static void converse(struct round *round, uint64_t deadline_ms)
{
	for (;;) {
		uint64_t now_ms = driver_now_ms();

		if (now_ms >= deadline_ms)
			return;
		collect(round, now_ms, deadline_ms);
		if (round->count == 0)
			return; /* a part that talks to nobody has answered or has no place left */
		if (poll(round->fds, round->count,
			 round->wake_ms > now_ms ? (int)(round->wake_ms - now_ms) : 0) < 0 &&
		    errno != EINTR)
			return;
		for (nfds_t i = 0; i < round->count; i++)
			if (round->fds[i].revents && round->of[i].place->fd == round->fds[i].fd)
				attend(round->of[i].part, round->of[i].place);
	}
}

static const char *trouble(const struct part *part)
{
	if (part->begun == 0)
		return "no time to ask";
	if (part->wrong)
		return "wrong answer";
	return is_talking(part) ? "silent" : "refused";
}

static unsigned report(struct round *round, char *text)
{
	unsigned failing = 0;
	size_t length = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++) {
		struct part *part = &round->parts[i];

		if (part->asked && !part->answered) {
			failing++;
			if (length < ZIMBRA_CHECKS_TEXT_SIZE)
				length += (size_t)snprintf(
					text + length, ZIMBRA_CHECKS_TEXT_SIZE - length,
					"%s%s (%s)", length ? ", " : "",
					config_zimbra_check_name(part->check), trouble(part));
		}
		hang_up(part);
	}
	return failing;
}

unsigned zimbra_checks_failing(const struct driver_context *context,
			       char text[ZIMBRA_CHECKS_TEXT_SIZE])
{
	static struct round round; /* too large for a stack; a driver has but one thread */
	uint64_t deadline_ms = driver_now_ms() + ZIMBRA_CHECKS_TIMEOUT_MS;
	uint64_t end_ms = context->deadline_ms > RESERVE_MS ? context->deadline_ms - RESERVE_MS : 0;
	struct ifaddrs *own = NULL;

	memset(&round, 0, sizeof(round));
	if (getifaddrs(&own) != 0)
		own = NULL; /* then the loopback has to do */
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++) {
		round.parts[i].check = (enum zimbra_check)i;
		round.parts[i].asked = context->resource->zimbra.checks[i];
		find_places(context, own, &round.parts[i]);
	}
	freeifaddrs(own);
	converse(&round, deadline_ms < end_ms ? deadline_ms : end_ms);
	return report(&round, text);
}
