/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Guards an address that is up: sees within milliseconds when it or its carrier goes, keeps the
 * neighbours' caches right, and defends it against another machine's claims.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/param.h>

#include "address.h"
#include "address_claim.h"

enum {
	LOOK_INTERVAL_MS = 5000,
	REFRESH_MS = 60000,
	CLAIM_SHOWN_MS = 60000,
	DEFENCE_GAP_MS = 1000, /* two machines that defend at once must not flood the network */
};

/* After a takeover: the first may be lost, or come too soon after another for the neighbour to
   believe it (PLATFORM §7). */
static const uint32_t burst_ms[] = {0, 200, 500, 1200, 2500, 5000};

struct watch {
	struct driver_context *context;
	struct address_link *link;
	struct address_claim claim; /* fd -1: not open */
	enum verdict verdict;
	uint64_t look_ms; /* the next unprompted look, and sign of life */
	uint64_t burst_begun_ms;
	unsigned announced;   /* of the burst and since */
	uint64_t announce_ms; /* the next announcement */
	uint64_t defended_ms;
	uint64_t claimed_ms; /* when another machine last claimed the address; 0: never */
	uint8_t claimant[ADDRESS_LINK_MAC_SIZE];
};

static void begin_burst(struct watch *watch)
{
	watch->burst_begun_ms = watch->announce_ms = driver_now_ms();
	watch->announced = 0;
}

static void schedule_announcement(struct watch *watch)
{
	watch->announced++;
	if (watch->announced < sizeof(burst_ms) / sizeof(burst_ms[0]))
		watch->announce_ms = watch->burst_begun_ms + burst_ms[watch->announced];
	else
		watch->announce_ms = driver_now_ms() + REFRESH_MS;
}

static void announce(struct watch *watch)
{
	/* The kernel dropped the route if the interface was down meanwhile, and other daemons
	   drop what they do not know. A failure shows at the next look or is tried again. */
	address_link_add_route(watch->link, &watch->context->resource->address,
			       watch->claim.interface.index);
	if (watch->claim.fd >= 0)
		address_claim_announce(&watch->claim);
	schedule_announcement(watch);
}

/* Interfaces are replaced and cards change their address (bonding): then all begins anew. */
static void follow_interface(struct watch *watch, const struct address_interface *interface)
{
	struct address_interface *known = &watch->claim.interface;

	if (known->index == interface->index &&
	    memcmp(known->mac, interface->mac, sizeof(known->mac)) == 0 &&
	    (watch->claim.fd >= 0 || !interface->ethernet))
		return;
	address_claim_close(&watch->claim);
	*known = *interface;
	if (interface->ethernet)
		address_claim_open(&watch->claim, watch->link, &watch->context->resource->address,
				   interface);
	begin_burst(watch);
}

/* An address that is up and claimed by another machine too: no failure, but not right either. */
static void say_claim(struct watch *watch)
{
	const struct address_config *config = &watch->context->resource->address;
	const uint8_t *mac = watch->claimant;

	address_say(watch->context,
		    "%02x:%02x:%02x:%02x:%02x:%02x on the network of %s also claims %s: find that "
		    "machine and take the address from it",
		    mac[0], mac[1], mac[2], mac[3], mac[4], mac[5], config->interface, config->ip);
}

/* Looks, and tells: always when asked for a sign of life, else what has changed. */
static int look(struct watch *watch, bool sign_of_life)
{
	struct address_interface interface;
	enum verdict before = watch->verdict;

	watch->verdict = address_look(watch->context, watch->link, &interface);
	if (interface.index > 0)
		follow_interface(watch, &interface);
	if (watch->verdict == VERDICT_OK && before != VERDICT_OK)
		begin_burst(watch);
	if (!sign_of_life && watch->verdict == before)
		return 0;
	if (watch->verdict == VERDICT_OK && watch->claimed_ms != 0 &&
	    driver_now_ms() < watch->claimed_ms + CLAIM_SHOWN_MS)
		say_claim(watch);
	watch->look_ms = driver_now_ms() +
			 MAX(watch->context->resource->monitor_interval_ms, LOOK_INTERVAL_MS);
	return watch->context->tell_verdict(watch->context, watch->verdict);
}

/* Another machine announces our address: the neighbours must hear the truth again. */
static int defend(struct watch *watch, const uint8_t mac[ADDRESS_LINK_MAC_SIZE])
{
	uint64_t now_ms = driver_now_ms();

	if (watch->verdict != VERDICT_OK || now_ms < watch->defended_ms + DEFENCE_GAP_MS)
		return 0;
	address_claim_announce(&watch->claim);
	watch->defended_ms = watch->claimed_ms = now_ms;
	memcpy(watch->claimant, mac, sizeof(watch->claimant));
	say_claim(watch);
	return watch->context->tell_verdict(watch->context, VERDICT_OK);
}

static int hear_claims(struct watch *watch)
{
	uint8_t mac[ADDRESS_LINK_MAC_SIZE];
	int rc;

	while ((rc = address_claim_receive(&watch->claim, mac)) == 1)
		if (defend(watch, mac) != 0)
			return -1;
	/* An interface that goes down says so here once, and works on when it is up again. */
	if (rc < 0 && errno != ENETDOWN)
		address_claim_close(&watch->claim);
	return 0;
}

static int time_left(const struct watch *watch)
{
	uint64_t now_ms = driver_now_ms();
	uint64_t next_ms = watch->look_ms;

	if (watch->verdict == VERDICT_OK)
		next_ms = MIN(next_ms, watch->announce_ms);
	return next_ms > now_ms ? (int)(next_ms - now_ms) : 0;
}

static void loop(struct watch *watch, int news)
{
	struct pollfd fds[3] = {
		{.fd = news, .events = POLLIN},
		{.fd = watch->context->fd}, /* only for its end: the daemon is gone */
		{.events = POLLIN},
	};

	if (look(watch, true) != 0)
		return;
	for (;;) {
		if (watch->verdict == VERDICT_OK && driver_now_ms() >= watch->announce_ms)
			announce(watch);
		fds[2].fd = watch->claim.fd;
		if (poll(fds, 3, time_left(watch)) < 0)
			continue;
		if (fds[1].revents)
			return;
		if (fds[0].revents)
			address_link_drain(watch->link);
		if (fds[0].revents && look(watch, false) != 0)
			return;
		if (fds[2].revents && watch->claim.fd >= 0 && hear_claims(watch) != 0)
			return;
		if (driver_now_ms() >= watch->look_ms && look(watch, true) != 0)
			return;
	}
}

void address_watch(struct driver_context *context)
{
	struct watch watch = {.context = context, .verdict = VERDICT_TIMEOUT};
	int news = -1;

	watch.claim.fd = -1;
	watch.link = address_link_open();
	if (watch.link)
		news = address_link_subscribe(watch.link);
	if (news < 0) {
		address_say(context, "cannot watch %s: %s", context->resource->address.ip,
			    strerror(errno));
		context->tell_verdict(context, VERDICT_TIMEOUT);
	} else {
		loop(&watch, news);
	}
	address_claim_close(&watch.claim);
	address_link_close(watch.link);
}
