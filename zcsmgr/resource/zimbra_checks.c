/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "zimbra_checks.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { ANSWER_SIZE = 128, PORTS = 2 };

/* An LDAPv3 anonymous bind, message 1. */
static const uint8_t ldap_bind[] = {0x30, 0x0c, 0x02, 0x01, 0x01, 0x60, 0x07,
				    0x02, 0x01, 0x03, 0x04, 0x00, 0x80, 0x00};

/* A TLS 1.2 ClientHello with one cipher: whatever answers with a record speaks TLS. */
static const uint8_t client_hello[] = {
	0x16, 0x03, 0x01, 0x00, 0x2d, 0x01, 0x00, 0x00, 0x29, 0x03, 0x03, 'z', 'c',
	's',  'm',  'g',  'r',	' ',  'l',  'o',  'o',	'k',  's',  ' ',  'w', 'h',
	'e',  't',  'h',  'e',	'r',  ' ',  'y',  'o',	'u',  ' ',  'l',  'i', 'v',
	'e',  '.',  '.',  '.',	0x00, 0x00, 0x02, 0x00, 0x2f, 0x01, 0x00,
};

struct part {
	uint16_t ports[PORTS]; /* 0: no more */
	const uint8_t *request;
	size_t request_size;
	size_t offset; /* of what the answer must have */
	const char *expected;
	const char *goodbye;	 /* so that its log does not fill with lost connections */
	const char *unix_socket; /* below the suite's directory */
};

static const struct part parts[ZIMBRA_CHECKS] = {
	[ZIMBRA_CHECK_SMTP] = {.ports = {25}, .expected = "220", .goodbye = "QUIT\r\n"},
	[ZIMBRA_CHECK_LMTP] = {.ports = {7025}, .expected = "220", .goodbye = "QUIT\r\n"},
	[ZIMBRA_CHECK_IMAP] = {.ports = {143, 7143}, .expected = "* OK", .goodbye = "z LOGOUT\r\n"},
	[ZIMBRA_CHECK_LDAP] = {.ports = {389},
			       .request = ldap_bind,
			       .request_size = sizeof(ldap_bind),
			       .expected = "\x30"},
	/* Length and number of the packet, then the protocol's version. */
	[ZIMBRA_CHECK_MYSQL] = {.ports = {7306},
				.offset = 4,
				.expected = "\x0a",
				.unix_socket = "data/tmp/mysql/mysql.sock"},
	/* Any TLS record, be it an alert. */
	[ZIMBRA_CHECK_HTTPS] = {.ports = {443, 8443},
				.request = client_hello,
				.request_size = sizeof(client_hello),
				.offset = 1,
				.expected = "\x03"},
};

static int left_ms(uint64_t deadline_ms)
{
	uint64_t now = driver_now_ms();

	return now < deadline_ms ? (int)(deadline_ms - now) : 0;
}

static bool wait_for(int fd, short events, uint64_t deadline_ms)
{
	struct pollfd waiting = {.fd = fd, .events = events};
	int ready;

	do
		ready = poll(&waiting, 1, left_ms(deadline_ms));
	while (ready < 0 && errno == EINTR);
	return ready > 0;
}

static bool is_expected(const struct part *part, const char *answer, size_t size)
{
	size_t length = strlen(part->expected);

	return size >= part->offset + length &&
	       memcmp(answer + part->offset, part->expected, length) == 0;
}

static bool converse(int fd, const struct part *part, uint64_t deadline_ms)
{
	char answer[ANSWER_SIZE];
	size_t size = 0;

	if (part->request && send(fd, part->request, part->request_size, MSG_NOSIGNAL) !=
				     (ssize_t)part->request_size)
		return false;
	while (size < part->offset + strlen(part->expected)) {
		ssize_t count;

		if (!wait_for(fd, POLLIN, deadline_ms))
			return false;
		count = recv(fd, answer + size, sizeof(answer) - size, MSG_DONTWAIT);
		if (count <= 0)
			return false;
		size += (size_t)count;
	}
	if (!is_expected(part, answer, size))
		return false;
	/* A farewell that is not taken changes nothing. */
	if (part->goodbye &&
	    send(fd, part->goodbye, strlen(part->goodbye), MSG_NOSIGNAL | MSG_DONTWAIT) > 0 &&
	    wait_for(fd, POLLIN, deadline_ms))
		(void)!recv(fd, answer, sizeof(answer), MSG_DONTWAIT);
	return true;
}

static bool try_address(const struct part *part, const struct sockaddr *own,
			const struct sockaddr *address, socklen_t length)
{
	uint64_t deadline_ms = driver_now_ms() + ZIMBRA_CHECK_TIMEOUT_MS;
	int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool answered = false;
	int error = 0;
	socklen_t size = sizeof(error);

	if (fd < 0)
		return false;
	/* Bound to the address itself, no other host that has it can be reached by mistake. */
	if (own && bind(fd, own, length) != 0) {
		close(fd);
		return false;
	}
	if (connect(fd, address, length) == 0 ||
	    (errno == EINPROGRESS && wait_for(fd, POLLOUT, deadline_ms) &&
	     getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0))
		answered = converse(fd, part, deadline_ms);
	close(fd);
	return answered;
}

static bool try_loopback(const struct part *part, uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_port = htons(port),
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

	return try_address(part, NULL, (const struct sockaddr *)&address, sizeof(address));
}

static bool try_service_address(const struct part *part, const struct address_config *config,
				uint16_t port)
{
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6}, own6;
	struct sockaddr_in v4 = {.sin_family = AF_INET}, own4;

	if (config->family == AF_INET6) {
		memcpy(&v6.sin6_addr, config->bytes, sizeof(v6.sin6_addr));
		own6 = v6;
		v6.sin6_port = htons(port);
		return try_address(part, (struct sockaddr *)&own6, (struct sockaddr *)&v6,
				   sizeof(v6));
	}
	memcpy(&v4.sin_addr, config->bytes, sizeof(v4.sin_addr));
	own4 = v4;
	v4.sin_port = htons(port);
	return try_address(part, (struct sockaddr *)&own4, (struct sockaddr *)&v4, sizeof(v4));
}

static bool try_unix_socket(const struct driver_context *context, const struct part *part)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int length = snprintf(address.sun_path, sizeof(address.sun_path), "%s/%s",
			      context->resource->zimbra.directory, part->unix_socket);

	if (length < 0 || (size_t)length >= sizeof(address.sun_path))
		return false;
	return try_address(part, NULL, (const struct sockaddr *)&address, sizeof(address));
}

bool zimbra_check(const struct driver_context *context, enum zimbra_check check)
{
	const struct part *part = &parts[check];

	if (part->unix_socket && try_unix_socket(context, part))
		return true;
	for (unsigned i = 0; i < PORTS && part->ports[i] != 0; i++) {
		if (try_loopback(part, part->ports[i]))
			return true;
		for (unsigned j = 0; j < context->service->resource_count; j++)
			if (context->service->resources[j].type == RESOURCE_ADDRESS &&
			    try_service_address(part, &context->service->resources[j].address,
						part->ports[i]))
				return true;
	}
	return false;
}

unsigned zimbra_checks_failing(const struct driver_context *context, char *names, size_t size)
{
	unsigned failing = 0;
	size_t length = 0;

	names[0] = '\0';
	for (unsigned i = 0; i < ZIMBRA_CHECKS; i++) {
		if (!context->resource->zimbra.checks[i] ||
		    zimbra_check(context, (enum zimbra_check)i))
			continue;
		failing++;
		if (length < size)
			length += (size_t)snprintf(names + length, size - length, "%s%s",
						   length ? ", " : "",
						   config_zimbra_check_name((enum zimbra_check)i));
	}
	return failing;
}
