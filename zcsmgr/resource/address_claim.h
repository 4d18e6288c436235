/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who claims an address on one network: asks for other owners, announces this one, and hears what
 * others announce. The same for both families; the frames are address_arp's and address_ndisc's.
 */
#ifndef ZCSMGR_ADDRESS_CLAIM_H
#define ZCSMGR_ADDRESS_CLAIM_H

#include <stdint.h>

#include "address_link.h"
#include "config.h"

struct address_claim {
	struct address_link *link; /* not ours */
	const struct address_config *config;
	struct address_interface interface;
	int fd; /* readable when somebody claims the address */
};

/* The interface must be an Ethernet. 0, or -1 with errno. */
int address_claim_open(struct address_claim *claim, struct address_link *link,
		       const struct address_config *config,
		       const struct address_interface *interface);
void address_claim_close(struct address_claim *claim);

/* Asks, and listens for one second: 1 and the other owner's mac, 0 nobody answered, -1 errno. */
int address_claim_probe(struct address_claim *claim, uint8_t mac[ADDRESS_LINK_MAC_SIZE]);

/* Tells all neighbours that the address is here. 0, or -1 with errno. */
int address_claim_announce(struct address_claim *claim);

/* Reads one claim without waiting: 1 and the mac of another machine, 0 nothing to read (any
   more), -1 with errno. */
int address_claim_receive(struct address_claim *claim, uint8_t mac[ADDRESS_LINK_MAC_SIZE]);

#endif
