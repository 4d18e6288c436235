/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ARP over Ethernet (RFC 826, 5227): the frames that ask for and announce an IPv4 address. */
#ifndef ZCSMGR_ADDRESS_ARP_H
#define ZCSMGR_ADDRESS_ARP_H

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ADDRESS_ARP_SIZE = 42,
	ADDRESS_ARP_FILTER = 8, /* instructions */
};

/* "Who has ip?", from nobody: an owner answers, and no neighbour learns anything. */
void address_arp_probe(uint8_t frame[ADDRESS_ARP_SIZE], const uint8_t mac[6], const uint8_t ip[4]);

/*
 * "ip is at mac", to everybody, in its two forms. Some equipment listens to one only. The reply
 * names the sender as its own target: Linux takes it within a second of the last change only then
 * (PLATFORM §7).
 */
void address_arp_request(uint8_t frame[ADDRESS_ARP_SIZE], const uint8_t mac[6],
			 const uint8_t ip[4]);
void address_arp_reply(uint8_t frame[ADDRESS_ARP_SIZE], const uint8_t mac[6], const uint8_t ip[4]);

/*
 * Does the frame say that its sender has the address? Then mac is the sender's. A probe for it
 * claims nothing: the other nodes of the service send them while they wait.
 */
bool address_arp_claims(const uint8_t *frame, size_t size, const uint8_t ip[4], uint8_t mac[6]);

/* A packet filter that passes frames for address_arp_claims() and no others. */
void address_arp_filter(struct sock_filter filter[ADDRESS_ARP_FILTER], const uint8_t ip[4]);

#endif
