/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The service's address: added to an interface when nobody else answers for it, announced to the
 * neighbours, and taken away again. address_watch.c guards it while it is up.
 */
#include "address.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "address_claim.h"

enum {
	CARRIER_WAIT_MS = 5000, /* an interface that has just come up negotiates */
	POLL_MS = 50,
};

void address_say(struct driver_context *context, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(context->text, sizeof(context->text), format, arguments);
	va_end(arguments);
}

static const struct address_config *config_of(const struct driver_context *context)
{
	return &context->resource->address;
}

static enum outcome fail(struct driver_context *context, const char *what, const char *why)
{
	const struct address_config *config = config_of(context);

	address_say(context, "%s %s on %s: %s", what, config->ip, config->interface, why);
	return OUTCOME_FAILED;
}

static void nap(void)
{
	nanosleep(&(struct timespec){.tv_nsec = POLL_MS * 1000000L}, NULL);
}

enum verdict address_look(struct driver_context *context, struct address_link *link,
			  struct address_interface *interface)
{
	const struct address_config *config = config_of(context);
	struct address_place places[ADDRESS_LINK_PLACES];
	const struct address_place *here = NULL;
	int found = address_link_interface(link, config->interface, interface);
	int count = found < 0 ? found : address_link_find(link, config, places);

	context->text[0] = '\0';
	if (count < 0) {
		address_say(context, "cannot look at %s: %s", config->interface,
			    address_link_error(count));
		return VERDICT_TIMEOUT;
	}
	if (found == 0) {
		address_say(context, "interface %s is gone, and %s with it", config->interface,
			    config->ip);
		return VERDICT_GONE;
	}
	for (int i = 0; i < count && i < ADDRESS_LINK_PLACES && !here; i++)
		if (places[i].index == interface->index)
			here = &places[i];
	if (!here) {
		address_say(context, "%s was removed from %s", config->ip, config->interface);
		return VERDICT_GONE;
	}
	if (here->duplicate) {
		address_say(context, "another machine has %s too: the kernel does not use it",
			    config->ip);
		return VERDICT_FAILED;
	}
	if (!interface->up) {
		address_say(context, "%s is switched off: ip link set %s up", config->interface,
			    config->interface);
		return VERDICT_FAILED;
	}
	if (!interface->carrier) {
		address_say(context, "%s has no carrier: look at the cable and the switch",
			    config->interface);
		return VERDICT_FAILED;
	}
	return VERDICT_OK;
}

static enum verdict address_monitor(struct driver_context *context)
{
	struct address_link *link = address_link_open();
	struct address_interface interface;
	enum verdict verdict;

	if (!link) {
		fail(context, "cannot look at", strerror(errno));
		return VERDICT_TIMEOUT;
	}
	verdict = address_look(context, link, &interface);
	address_link_close(link);
	return verdict;
}

/* ---- probe ---------------------------------------------------------------------------------- */

static enum outcome probe(struct driver_context *context, struct address_link *link)
{
	const struct address_config *config = config_of(context);
	struct address_place places[ADDRESS_LINK_PLACES];
	int count = address_link_find(link, config, places);

	if (count < 0)
		return fail(context, "cannot look for", address_link_error(count));
	if (count == 0)
		return OUTCOME_DOWN;
	for (int i = 0; i < count && i < ADDRESS_LINK_PLACES; i++) {
		if (strcmp(places[i].interface, config->interface) != 0) {
			address_say(context, "%s is on %s, not only on %s", config->ip,
				    places[i].interface, config->interface);
			return OUTCOME_PARTIAL;
		}
		if (places[i].duplicate) {
			address_say(context, "%s is on %s, but another machine has it too",
				    config->ip, config->interface);
			return OUTCOME_PARTIAL;
		}
	}
	return OUTCOME_UP;
}

static enum outcome with_link(struct driver_context *context,
			      enum outcome (*work)(struct driver_context *context,
						   struct address_link *link))
{
	struct address_link *link = address_link_open();
	enum outcome outcome;

	context->text[0] = '\0';
	if (!link)
		return fail(context, "no netlink socket for", strerror(errno));
	outcome = work(context, link);
	address_link_close(link);
	return outcome;
}

static enum outcome address_probe(struct driver_context *context)
{
	return with_link(context, probe);
}

/* ---- detect --------------------------------------------------------------------------------- */

static enum outcome ask_others(struct driver_context *context, struct address_claim *claim)
{
	const struct address_config *config = config_of(context);
	uint8_t mac[ADDRESS_LINK_MAC_SIZE];
	int rc = address_claim_probe(claim, mac);

	if (rc < 0)
		return fail(context, "cannot ask for another owner of", strerror(errno));
	if (rc == 0)
		return OUTCOME_OK;
	address_say(context,
		    "%02x:%02x:%02x:%02x:%02x:%02x on the network of %s answers for %s: find that "
		    "machine and take the address from it",
		    mac[0], mac[1], mac[2], mac[3], mac[4], mac[5], config->interface, config->ip);
	return OUTCOME_FOREIGN;
}

/* The interface, once it has a carrier. */
static enum outcome await_carrier(struct driver_context *context, struct address_link *link,
				  struct address_interface *interface)
{
	const char *name = config_of(context)->interface;
	uint64_t until_ms = driver_now_ms() + CARRIER_WAIT_MS;

	for (;;) {
		int rc = address_link_interface(link, name, interface);

		if (rc < 0)
			return fail(context, "cannot look for", address_link_error(rc));
		if (rc == 0)
			return fail(context, "no place for", "there is no such interface here");
		if (!interface->up)
			return fail(context, "no place for",
				    "the interface is switched off; ip link set it up");
		if (interface->carrier)
			return OUTCOME_OK;
		if (driver_now_ms() >= until_ms || driver_now_ms() >= context->deadline_ms)
			return fail(context, "no place for",
				    "the interface has no carrier; look at the cable and the "
				    "switch");
		nap();
	}
}

static enum outcome detect(struct driver_context *context, struct address_link *link)
{
	struct address_interface interface;
	struct address_claim claim;
	enum outcome outcome = await_carrier(context, link, &interface);

	if (outcome != OUTCOME_OK || !interface.ethernet)
		return outcome;
	if (address_claim_open(&claim, link, config_of(context), &interface) != 0)
		return fail(context, "no packet socket for", strerror(errno));
	outcome = ask_others(context, &claim);
	address_claim_close(&claim);
	return outcome;
}

static enum outcome address_detect(struct driver_context *context)
{
	return with_link(context, detect);
}

/* ---- stop ----------------------------------------------------------------------------------- */

/* Wherever it is: this host has no other use for it. */
static enum outcome stop(struct driver_context *context, struct address_link *link)
{
	const struct address_config *config = config_of(context);
	struct address_place places[ADDRESS_LINK_PLACES];
	int count, rc;

	while ((count = address_link_find(link, config, places)) > 0) {
		for (int i = 0; i < count && i < ADDRESS_LINK_PLACES; i++) {
			rc = address_link_delete(link, config, &places[i]);
			if (rc < 0)
				return fail(context, "cannot remove", address_link_error(rc));
		}
		if (driver_now_ms() >= context->deadline_ms)
			return fail(context, "cannot remove", "something adds it again and again");
	}
	if (count < 0)
		return fail(context, "cannot see whether it was removed,",
			    address_link_error(count));
	return OUTCOME_OK;
}

static enum outcome address_stop(struct driver_context *context)
{
	return with_link(context, stop);
}

/* ---- start ---------------------------------------------------------------------------------- */

/* IPv6: the kernel uses the address after its own search for another owner. */
static enum outcome await_use(struct driver_context *context, struct address_link *link,
			      struct address_claim *claim)
{
	const struct address_config *config = config_of(context);
	struct address_place place[ADDRESS_LINK_PLACES];
	enum outcome outcome;
	int count;

	for (;;) {
		count = address_link_find(link, config, place);
		if (count < 0)
			return fail(context, "cannot look for", address_link_error(count));
		if (count == 0)
			return fail(context, "cannot add", "something removed it at once");
		if (place[0].duplicate)
			break;
		if (!place[0].tentative)
			return OUTCOME_OK;
		if (driver_now_ms() + POLL_MS >= context->deadline_ms) {
			stop(context, link);
			return fail(context, "cannot use",
				    "the kernel's duplicate detection did not end in time");
		}
		nap();
	}
	/* Left as it is, it would stay unused for ever, and nobody would notice. */
	stop(context, link);
	outcome = claim->fd < 0 ? OUTCOME_OK : ask_others(context, claim);
	if (outcome != OUTCOME_FOREIGN)
		address_say(context,
			    "another machine on the network of %s has or wants %s: find "
			    "it and take the address from it",
			    config->interface, config->ip);
	return OUTCOME_FOREIGN;
}

static enum outcome add(struct driver_context *context, struct address_link *link,
			struct address_claim *claim)
{
	const struct address_config *config = config_of(context);
	enum outcome outcome = OUTCOME_OK;
	int rc;

	if (claim->fd >= 0 && !context->peer_fenced)
		outcome = ask_others(context, claim);
	if (outcome != OUTCOME_OK)
		return outcome;
	rc = address_link_add(link, config, claim->interface.index, context->peer_fenced);
	if (rc < 0)
		return fail(context, "cannot add", address_link_error(rc));
	return config->family == AF_INET6 ? await_use(context, link, claim) : OUTCOME_OK;
}

/* The neighbours learn of it at once; address_watch() tells them again and again. */
static enum outcome announce(struct driver_context *context, struct address_link *link,
			     struct address_claim *claim)
{
	int rc = address_link_add_route(link, config_of(context), claim->interface.index);

	if (rc < 0)
		return fail(context, "no route to the network of", address_link_error(rc));
	if (claim->fd >= 0 && address_claim_announce(claim) != 0)
		return fail(context, "cannot announce", strerror(errno));
	return OUTCOME_OK;
}

static enum outcome start(struct driver_context *context, struct address_link *link)
{
	const struct address_config *config = config_of(context);
	struct address_claim claim = {.fd = -1};
	enum outcome here = probe(context, link);
	enum outcome outcome;

	/* What is half there is of no use, and an address twice on this host is a trap. */
	if (here == OUTCOME_PARTIAL && stop(context, link) != OUTCOME_OK)
		return OUTCOME_FAILED;
	if (here == OUTCOME_FAILED)
		return OUTCOME_FAILED;
	context->text[0] = '\0';
	outcome = await_carrier(context, link, &claim.interface);
	if (outcome != OUTCOME_OK)
		return outcome;
	if (claim.interface.ethernet &&
	    address_claim_open(&claim, link, config, &claim.interface) != 0)
		return fail(context, "no packet socket for", strerror(errno));
	if (here != OUTCOME_UP)
		outcome = add(context, link, &claim);
	if (outcome == OUTCOME_OK)
		outcome = announce(context, link, &claim);
	address_claim_close(&claim);
	return outcome;
}

static enum outcome address_start(struct driver_context *context)
{
	return with_link(context, start);
}

const struct resource_driver address_driver = {
	.type = "address",
	.validate = address_validate,
	.probe = address_probe,
	.start = address_start,
	.stop = address_stop,
	.monitor = address_monitor,
	.watch = address_watch,
	.detect = address_detect,
};
