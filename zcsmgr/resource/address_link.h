/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel's side of an address: interfaces, addresses, routes, and news of their changes, by
 * netlink. Functions that return int give 0 or more for success and a negative code that
 * address_link_error() turns into words.
 */
#ifndef ZCSMGR_ADDRESS_LINK_H
#define ZCSMGR_ADDRESS_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config.h"

enum {
	ADDRESS_LINK_PLACES = 8,
	ADDRESS_LINK_MAC_SIZE = 6,
};

struct address_link; /* netlink sockets */

struct address_interface {
	int index;
	bool up;       /* switched on by the administrator */
	bool carrier;  /* the other end of the cable is alive */
	bool ethernet; /* has neighbours that can be asked and told */
	uint8_t mac[ADDRESS_LINK_MAC_SIZE];
};

/* One place of this host where the address is configured. */
struct address_place {
	int index;
	char interface[CONFIG_NAME_SIZE];
	unsigned prefix_length;
	bool duplicate; /* IPv6: the kernel found another owner and does not use it */
	bool tentative; /* IPv6: the kernel still looks for another owner */
	bool ours;	/* added as address_link_add() does */
};

/* NULL with errno when the kernel gives no sockets. */
struct address_link *address_link_open(void);
void address_link_close(struct address_link *link);
const char *address_link_error(int code);

/* 1 and the interface filled in, or 0: there is none of that name. */
int address_link_interface(struct address_link *link, const char *name,
			   struct address_interface *interface);

/* How many places of this host have the address; those that fit are filled in. */
int address_link_find(struct address_link *link, const struct address_config *config,
		      struct address_place places[ADDRESS_LINK_PLACES]);

/* 0 also when it was there. IPv6: skip_detection leaves the search for another owner out. */
int address_link_add(struct address_link *link, const struct address_config *config, int index,
		     bool skip_detection);

/* 0 also when it was gone. */
int address_link_delete(struct address_link *link, const struct address_config *config,
			const struct address_place *place);

/* Keeps the clients' network reachable when the address is the interface's only one. Idempotent. */
int address_link_add_route(struct address_link *link, const struct address_config *config,
			   int index);

/* The prefix length of the interface's network that the address belongs to; 0: of none. */
int address_link_network(struct address_link *link, const struct address_config *config, int index);

/* 1 and the interface's own link-local IPv6 address, or 0. */
int address_link_local(struct address_link *link, int index, uint8_t address[16]);

/* Does an interface of this host have that hardware address? */
bool address_link_has_mac(struct address_link *link, const uint8_t mac[ADDRESS_LINK_MAC_SIZE]);

/* From now on news of links and addresses make the descriptor readable. Its number, or -1. */
int address_link_subscribe(struct address_link *link);
/* Throws the news away, lost ones too: whoever was woken looks at all anew. */
void address_link_drain(struct address_link *link);

#endif
