/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "address_claim.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address_arp.h"
#include "address_ndisc.h"
#include "driver.h"

/*
 * RFC 5227 asks three times over up to six seconds, with a network of sleepers in mind. Here the
 * other owner, if there is one, is a server: it answers in a millisecond or is too sick to.
 */
enum {
	PROBES = 3,
	PROBE_GAP_MS = 300,
	PROBE_TIME_MS = 1000,
	FRAME_SIZE = 1514,
};

static int attach_filter(int fd, const struct address_config *config)
{
	struct sock_filter filter[ADDRESS_NDISC_FILTER];
	struct sock_fprog program = {.filter = filter};

	if (config->family == AF_INET) {
		program.len = ADDRESS_ARP_FILTER;
		address_arp_filter(filter, config->bytes);
	} else {
		program.len = ADDRESS_NDISC_FILTER;
		address_ndisc_filter(filter, config->bytes);
	}
	return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program));
}

int address_claim_open(struct address_claim *claim, struct address_link *link,
		       const struct address_config *config,
		       const struct address_interface *interface)
{
	struct sockaddr_ll name = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(config->family == AF_INET ? ETH_P_ARP : ETH_P_IPV6),
		.sll_ifindex = interface->index,
	};

	claim->link = link;
	claim->config = config;
	claim->interface = *interface;
	/* Protocol 0 hears nothing: frames come from bind() on, through the filter. Without it a
	   big network's broadcasts would wake us all the time. */
	claim->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (claim->fd < 0)
		return -1;
	if (attach_filter(claim->fd, config) != 0 ||
	    bind(claim->fd, (struct sockaddr *)&name, sizeof(name)) != 0) {
		address_claim_close(claim);
		return -1;
	}
	return 0;
}

void address_claim_close(struct address_claim *claim)
{
	int error = errno;

	if (claim->fd >= 0)
		close(claim->fd);
	claim->fd = -1;
	errno = error;
}

static int send_frame(struct address_claim *claim, const uint8_t *frame, size_t size)
{
	return send(claim->fd, frame, size, 0) == (ssize_t)size ? 0 : -1;
}

static int send_probe(struct address_claim *claim, const uint8_t *source)
{
	uint8_t arp[ADDRESS_ARP_SIZE];
	uint8_t ndisc[ADDRESS_NDISC_SIZE];
	size_t size;

	if (claim->config->family == AF_INET) {
		address_arp_probe(arp, claim->interface.mac, claim->config->bytes);
		return send_frame(claim, arp, sizeof(arp));
	}
	size = address_ndisc_probe(ndisc, claim->interface.mac, source, claim->config->bytes);
	return send_frame(claim, ndisc, size);
}

int address_claim_announce(struct address_claim *claim)
{
	uint8_t arp[ADDRESS_ARP_SIZE];
	uint8_t ndisc[ADDRESS_NDISC_SIZE];
	size_t size;

	if (claim->config->family == AF_INET6) {
		size = address_ndisc_announce(ndisc, claim->interface.mac, claim->config->bytes);
		return send_frame(claim, ndisc, size);
	}
	address_arp_request(arp, claim->interface.mac, claim->config->bytes);
	if (send_frame(claim, arp, sizeof(arp)) != 0)
		return -1;
	address_arp_reply(arp, claim->interface.mac, claim->config->bytes);
	return send_frame(claim, arp, sizeof(arp));
}

static bool is_claim(struct address_claim *claim, const uint8_t *frame, size_t size, uint8_t *mac)
{
	if (claim->config->family == AF_INET)
		return address_arp_claims(frame, size, claim->config->bytes, mac);
	return address_ndisc_claims(frame, size, claim->config->bytes, mac);
}

int address_claim_receive(struct address_claim *claim, uint8_t mac[ADDRESS_LINK_MAC_SIZE])
{
	uint8_t frame[FRAME_SIZE];
	ssize_t size;

	for (;;) {
		size = recv(claim->fd, frame, sizeof(frame), MSG_DONTWAIT);
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return errno == EAGAIN ? 0 : -1;
		/* What we send may come back through a bridge or from another card of ours. */
		if (is_claim(claim, frame, (size_t)size, mac) &&
		    memcmp(mac, claim->interface.mac, ADDRESS_LINK_MAC_SIZE) != 0 &&
		    !address_link_has_mac(claim->link, mac))
			return 1;
	}
}

int address_claim_probe(struct address_claim *claim, uint8_t mac[ADDRESS_LINK_MAC_SIZE])
{
	struct pollfd answers = {.fd = claim->fd, .events = POLLIN};
	uint8_t local[16];
	const uint8_t *source = NULL;
	uint64_t begun_ms = driver_now_ms();
	uint64_t now_ms;
	unsigned sent = 0;
	int rc;

	if (claim->config->family == AF_INET6 &&
	    address_link_local(claim->link, claim->interface.index, local) == 1)
		source = local;
	while ((now_ms = driver_now_ms()) < begun_ms + PROBE_TIME_MS) {
		uint64_t until_ms = begun_ms + PROBE_TIME_MS;

		if (sent < PROBES && now_ms >= begun_ms + sent * PROBE_GAP_MS) {
			sent++;
			if (send_probe(claim, source) != 0)
				return -1;
		}
		if (sent < PROBES)
			until_ms = begun_ms + sent * PROBE_GAP_MS;
		if (until_ms > now_ms && poll(&answers, 1, (int)(until_ms - now_ms)) < 0 &&
		    errno != EINTR)
			return -1;
		rc = address_claim_receive(claim, mac);
		if (rc != 0)
			return rc;
	}
	return 0;
}
