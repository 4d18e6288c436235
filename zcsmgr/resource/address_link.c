/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "address_link.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/route.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Behind the metrics that kernel (0, 256), NetworkManager (100..) and networkd (1024) use. */
#define ROUTE_METRIC 40000
#define FOREVER	     UINT32_MAX

struct address_link {
	struct nl_sock *requests;
	struct nl_sock *news;
};

static size_t bytes_of(int family)
{
	return family == AF_INET ? 4 : 16;
}

/*
 * IPv4: the address is added as a host's (/32), whatever the network's prefix length is. With
 * the network's own length it would become a "secondary" of the interface's first address and go
 * away with that one (promote_secondaries=0, PLATFORM §7), or, were it there first, take the
 * interface's own addresses with it when it leaves. IPv6 knows no such ties.
 */
static unsigned added_prefix_length(const struct address_config *config)
{
	return config->family == AF_INET ? 32 : config->prefix_length;
}

const char *address_link_error(int code)
{
	return nl_geterror(code);
}

void address_link_close(struct address_link *link)
{
	if (!link)
		return;
	nl_socket_free(link->requests);
	nl_socket_free(link->news);
	free(link);
}

struct address_link *address_link_open(void)
{
	struct address_link *link = calloc(1, sizeof(*link));

	if (!link)
		return NULL;
	link->requests = nl_socket_alloc();
	link->news = nl_socket_alloc();
	if (!link->requests || !link->news || nl_connect(link->requests, NETLINK_ROUTE) < 0) {
		address_link_close(link);
		return NULL;
	}
	return link;
}

int address_link_interface(struct address_link *link, const char *name,
			   struct address_interface *interface)
{
	struct rtnl_link *found;
	struct nl_addr *mac;
	unsigned flags;
	int rc;

	memset(interface, 0, sizeof(*interface));
	rc = rtnl_link_get_kernel(link->requests, 0, name, &found);
	if (rc == -NLE_NODEV || rc == -NLE_OBJ_NOTFOUND)
		return 0;
	if (rc < 0)
		return rc;
	flags = rtnl_link_get_flags(found);
	interface->index = rtnl_link_get_ifindex(found);
	interface->up = flags & IFF_UP;
	interface->carrier = interface->up && flags & IFF_RUNNING;
	mac = rtnl_link_get_addr(found);
	interface->ethernet = rtnl_link_get_arptype(found) == ARPHRD_ETHER &&
			      !(flags & IFF_NOARP) && mac &&
			      nl_addr_get_len(mac) == ADDRESS_LINK_MAC_SIZE;
	if (interface->ethernet)
		memcpy(interface->mac, nl_addr_get_binary_addr(mac), ADDRESS_LINK_MAC_SIZE);
	rtnl_link_put(found);
	return 1;
}

/* Calls visit() for every address of the host; it returns true to end there. */
static int each_address(struct address_link *link,
			bool (*visit)(struct rtnl_addr *address, void *data), void *data)
{
	struct nl_cache *cache;
	struct nl_object *object;
	int rc = rtnl_addr_alloc_cache(link->requests, &cache);

	if (rc < 0)
		return rc;
	for (object = nl_cache_get_first(cache); object; object = nl_cache_get_next(object))
		if (visit((struct rtnl_addr *)object, data))
			break;
	nl_cache_free(cache);
	return 0;
}

struct search {
	const struct address_config *config;
	struct address_place *places;
	int count;
	int index;
	int prefix_length;
	uint8_t *local;
};

static bool find_place(struct rtnl_addr *address, void *data)
{
	struct search *search = data;
	const struct address_config *config = search->config;
	struct nl_addr *local = rtnl_addr_get_local(address);
	struct address_place *place;
	unsigned flags = rtnl_addr_get_flags(address);

	if (!local || rtnl_addr_get_family(address) != config->family ||
	    memcmp(nl_addr_get_binary_addr(local), config->bytes, bytes_of(config->family)) != 0)
		return false;
	if (search->count++ >= ADDRESS_LINK_PLACES)
		return false;
	place = &search->places[search->count - 1];
	memset(place, 0, sizeof(*place));
	place->index = rtnl_addr_get_ifindex(address);
	if (!if_indextoname((unsigned)place->index, place->interface))
		snprintf(place->interface, sizeof(place->interface), "#%d", place->index);
	place->prefix_length = (unsigned)rtnl_addr_get_prefixlen(address);
	place->duplicate = flags & IFA_F_DADFAILED;
	place->tentative = flags & IFA_F_TENTATIVE;
	place->ours = place->prefix_length == added_prefix_length(config) &&
		      (config->family == AF_INET || flags & IFA_F_DEPRECATED);
	return false;
}

int address_link_find(struct address_link *link, const struct address_config *config,
		      struct address_place places[ADDRESS_LINK_PLACES])
{
	struct search search = {.config = config, .places = places};
	int rc = each_address(link, find_place, &search);

	return rc < 0 ? rc : search.count;
}

static struct rtnl_addr *build_address(const struct address_config *config, int index,
				       unsigned prefix_length)
{
	struct rtnl_addr *address = rtnl_addr_alloc();
	struct nl_addr *local =
		nl_addr_build(config->family, config->bytes, bytes_of(config->family));

	if (!address || !local) {
		rtnl_addr_put(address);
		nl_addr_put(local);
		return NULL;
	}
	nl_addr_set_prefixlen(local, (int)prefix_length);
	rtnl_addr_set_ifindex(address, index);
	rtnl_addr_set_family(address, config->family);
	rtnl_addr_set_local(address, local);
	rtnl_addr_set_prefixlen(address, (int)prefix_length);
	nl_addr_put(local);
	return address;
}

int address_link_add(struct address_link *link, const struct address_config *config, int index,
		     bool skip_detection)
{
	struct rtnl_addr *address = build_address(config, index, added_prefix_length(config));
	char label[IFNAMSIZ + sizeof(":zcs")];
	int rc;

	if (!address)
		return -NLE_NOMEM;
	if (config->family == AF_INET) {
		/* So that people see who put it there. */
		snprintf(label, sizeof(label), "%.*s:zcs", IFNAMSIZ - 1, config->interface);
		if (strlen(label) < IFNAMSIZ)
			rtnl_addr_set_label(address, label);
	} else {
		if (skip_detection)
			rtnl_addr_set_flags(address, IFA_F_NODAD);
		/* Deprecated from birth: otherwise, as the newest of its network, it would be
		   the source of every new connection of this node, and break them when it moves. */
		rtnl_addr_set_valid_lifetime(address, FOREVER);
		rtnl_addr_set_preferred_lifetime(address, 0);
	}
	rc = rtnl_addr_add(link->requests, address, NLM_F_CREATE | NLM_F_EXCL);
	rtnl_addr_put(address);
	return rc == -NLE_EXIST ? 0 : rc;
}

int address_link_delete(struct address_link *link, const struct address_config *config,
			const struct address_place *place)
{
	struct rtnl_addr *address = build_address(config, place->index, place->prefix_length);
	int rc;

	if (!address)
		return -NLE_NOMEM;
	rc = rtnl_addr_delete(link->requests, address, 0);
	rtnl_addr_put(address);
	return rc == -NLE_NOADDR || rc == -NLE_NODEV || rc == -NLE_OBJ_NOTFOUND ? 0 : rc;
}

static struct nl_addr *build_network(const struct address_config *config)
{
	uint8_t bytes[16] = {0};
	unsigned length = config->prefix_length;
	struct nl_addr *network;

	memcpy(bytes, config->bytes, (length + 7) / 8);
	if (length % 8)
		bytes[length / 8] &= (uint8_t)(0xff00 >> (length % 8));
	network = nl_addr_build(config->family, bytes, bytes_of(config->family));
	if (network)
		nl_addr_set_prefixlen(network, (int)length);
	return network;
}

static struct rtnl_route *build_route(const struct address_config *config, int index)
{
	struct rtnl_route *route = rtnl_route_alloc();
	struct rtnl_nexthop *hop = rtnl_route_nh_alloc();
	struct nl_addr *network = build_network(config);
	struct nl_addr *source =
		nl_addr_build(config->family, config->bytes, bytes_of(config->family));

	if (route && hop && network && source) {
		rtnl_route_set_family(route, (uint8_t)config->family);
		rtnl_route_set_table(route, RT_TABLE_MAIN);
		rtnl_route_set_scope(route, RT_SCOPE_LINK);
		rtnl_route_set_protocol(route, RTPROT_STATIC);
		rtnl_route_set_priority(route, ROUTE_METRIC);
		rtnl_route_set_dst(route, network);
		rtnl_route_set_pref_src(route, source);
		rtnl_route_nh_set_ifindex(hop, index);
		rtnl_route_add_nexthop(route, hop);
	} else {
		rtnl_route_nh_free(hop);
		rtnl_route_put(route);
		route = NULL;
	}
	nl_addr_put(network);
	nl_addr_put(source);
	return route;
}

/*
 * A host's address brings no route to its network. The interface's own address does, as long as
 * it is there; this one, with a worse metric, serves when it is not. The kernel drops it together
 * with the address that it names as source, so nothing has to clean it up.
 */
int address_link_add_route(struct address_link *link, const struct address_config *config,
			   int index)
{
	struct rtnl_route *route;
	int rc;

	if (config->family != AF_INET || config->prefix_length >= 32)
		return 0;
	route = build_route(config, index);
	if (!route)
		return -NLE_NOMEM;
	/* APPEND: several addresses of one network each keep their own route. */
	rc = rtnl_route_add(link->requests, route, NLM_F_CREATE | NLM_F_APPEND);
	rtnl_route_put(route);
	return rc == -NLE_EXIST ? 0 : rc;
}

static bool same_network(const uint8_t *a, const uint8_t *b, unsigned length)
{
	unsigned bytes = length / 8;
	uint8_t mask = (uint8_t)(0xff00 >> (length % 8));

	return memcmp(a, b, bytes) == 0 && (length % 8 == 0 || ((a[bytes] ^ b[bytes]) & mask) == 0);
}

static bool find_network(struct rtnl_addr *address, void *data)
{
	struct search *search = data;
	const struct address_config *config = search->config;
	struct nl_addr *local = rtnl_addr_get_local(address);
	int length = rtnl_addr_get_prefixlen(address);
	const uint8_t *bytes;

	if (!local || rtnl_addr_get_ifindex(address) != search->index ||
	    rtnl_addr_get_family(address) != config->family)
		return false;
	bytes = nl_addr_get_binary_addr(local);
	if (memcmp(bytes, config->bytes, bytes_of(config->family)) != 0 &&
	    length > search->prefix_length && same_network(bytes, config->bytes, (unsigned)length))
		search->prefix_length = length;
	return false;
}

int address_link_network(struct address_link *link, const struct address_config *config, int index)
{
	struct search search = {.config = config, .index = index};
	int rc = each_address(link, find_network, &search);

	return rc < 0 ? rc : search.prefix_length;
}

static bool find_link_local(struct rtnl_addr *address, void *data)
{
	struct search *search = data;
	struct nl_addr *local = rtnl_addr_get_local(address);

	if (!local || rtnl_addr_get_ifindex(address) != search->index ||
	    rtnl_addr_get_family(address) != AF_INET6 ||
	    rtnl_addr_get_flags(address) & (IFA_F_TENTATIVE | IFA_F_DADFAILED) ||
	    !IN6_IS_ADDR_LINKLOCAL((const struct in6_addr *)nl_addr_get_binary_addr(local)))
		return false;
	memcpy(search->local, nl_addr_get_binary_addr(local), 16);
	search->count = 1;
	return true;
}

int address_link_local(struct address_link *link, int index, uint8_t address[16])
{
	struct search search = {.index = index, .local = address};
	int rc = each_address(link, find_link_local, &search);

	return rc < 0 ? rc : search.count;
}

bool address_link_has_mac(struct address_link *link, const uint8_t mac[ADDRESS_LINK_MAC_SIZE])
{
	struct nl_cache *cache;
	struct nl_object *object;
	struct nl_addr *own;
	bool found = false;

	if (rtnl_link_alloc_cache(link->requests, AF_UNSPEC, &cache) < 0)
		return false;
	for (object = nl_cache_get_first(cache); object && !found;
	     object = nl_cache_get_next(object)) {
		own = rtnl_link_get_addr((struct rtnl_link *)object);
		found = own && nl_addr_get_len(own) == ADDRESS_LINK_MAC_SIZE &&
			memcmp(nl_addr_get_binary_addr(own), mac, ADDRESS_LINK_MAC_SIZE) == 0;
	}
	nl_cache_free(cache);
	return found;
}

int address_link_subscribe(struct address_link *link)
{
	nl_socket_disable_seq_check(link->news);
	if (nl_connect(link->news, NETLINK_ROUTE) < 0 ||
	    nl_socket_set_nonblocking(link->news) < 0 ||
	    nl_socket_add_memberships(link->news, RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR,
				      RTNLGRP_IPV6_IFADDR, 0) < 0)
		return -1;
	return nl_socket_get_fd(link->news);
}

void address_link_drain(struct address_link *link)
{
	char news[16384];
	int fd = nl_socket_get_fd(link->news);

	/* ENOBUFS says that news were lost: they would have been thrown away as well. */
	while (recv(fd, news, sizeof(news), MSG_DONTWAIT | MSG_TRUNC) >= 0 || errno == ENOBUFS ||
	       errno == EINTR)
		;
}
