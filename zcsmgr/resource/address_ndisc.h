/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IPv6 neighbour discovery over Ethernet (RFC 4861): what ARP is to IPv4. */
#ifndef ZCSMGR_ADDRESS_NDISC_H
#define ZCSMGR_ADDRESS_NDISC_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ADDRESS_NDISC_SIZE = 14 + 40 + 32, /* Ethernet, IPv6, ICMPv6 with one option */
	ADDRESS_NDISC_FILTER = 16,	   /* instructions */
};

/*
 * "Who has ip?", to its solicited-node group. source is our link-local address. An owner answers
 * us alone, and one that is only about to use the address (another node of the service, starting)
 * is left in peace. NULL: we have none; then the question is a duplicate detection's, which ends
 * such a start. Returns the frame's size.
 */
size_t address_ndisc_probe(uint8_t frame[ADDRESS_NDISC_SIZE], const uint8_t mac[6],
			   const uint8_t source[16], const uint8_t ip[16]);

/* "ip is at mac", to all nodes, overriding what they know. Returns the frame's size. */
size_t address_ndisc_announce(uint8_t frame[ADDRESS_NDISC_SIZE], const uint8_t mac[6],
			      const uint8_t ip[16]);

/* Does the frame say that somebody has the address? Then mac tells where. */
bool address_ndisc_claims(const uint8_t *frame, size_t size, const uint8_t ip[16], uint8_t mac[6]);

/* A packet filter that passes frames for address_ndisc_claims() and no others. */
void address_ndisc_filter(struct sock_filter filter[ADDRESS_NDISC_FILTER], const uint8_t ip[16]);

#endif
