/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One resource driver a file. Every function runs in a child process of its own, in its own
 * process group and in the service's cgroup, and may block: the daemon kills it at its deadline.
 * So drivers are plain sequential code, and a hanging kernel hangs nobody but the child.
 */
#ifndef ZCSMGR_DRIVER_H
#define ZCSMGR_DRIVER_H

#include <stdint.h>

#include "config.h"
#include "operation.h"
#include "storage.h"

struct driver_context {
	const struct service_config *service;
	const struct resource_config *resource;
	const char *node;     /* this node's name */
	uint64_t deadline_ms; /* CLOCK_MONOTONIC; the child is killed then. Of watch(): never */
	int peer_fenced;      /* start: the other nodes are known to be powered off */
	/* Directory for processes that outlive the operation: what stays out of it is killed when
	   the operation ends. NULL: there are no cgroups, and nothing is killed but at a deadline.
	 */
	const char *payload_cgroup;
	char text[256]; /* result in words for the operator: what, why, cure */

	/* For watch(): tell the daemon. Both return -1 when the daemon is gone: end then. */
	int (*tell_verdict)(struct driver_context *context, enum verdict verdict);
	int (*tell_storage)(struct driver_context *context, const struct storage *storage);
	int fd; /* of tell_*() */
};

/* One finding of validate(). */
enum finding { FINDING_OK, FINDING_WARNING, FINDING_ERROR };

struct driver_report {
	/* Called for every finding; text says what was looked at, what is wrong, and the cure. */
	void (*add)(struct driver_report *report, enum finding finding, const char *text);
};

struct resource_driver {
	const char *type;
	/* Checks the configuration against this host; used by `check`, changes nothing. */
	void (*validate)(struct driver_context *context, struct driver_report *report);
	enum outcome (*probe)(struct driver_context *context);
	/* Both are idempotent: starting what is up and stopping what is down succeed. */
	enum outcome (*start)(struct driver_context *context);
	enum outcome (*stop)(struct driver_context *context);
	/* One look at a resource that should be up. */
	enum verdict (*monitor)(struct driver_context *context);
	/* Loops until killed: tells a verdict at once when something happens, and VERDICT_OK at
	   least every max(monitor_interval_ms, 5 s) + monitor_timeout_ms as a sign of life. */
	void (*watch)(struct driver_context *context);
	/* Looks for another user of the resource; NULL: none is possible. */
	enum outcome (*detect)(struct driver_context *context);
	/* The orders of operation.h, which may run beside any other operation on the resource;
	   NULL: it is no replicated disk. */
	enum outcome (*outdate)(struct driver_context *context);
	enum outcome (*resume)(struct driver_context *context);
	/* watch() runs from the daemon's start, also while the resource is down (storage facts). */
	int watch_always;
};

const struct resource_driver *driver_find(enum resource_type type);

uint64_t driver_now_ms(void); /* CLOCK_MONOTONIC */

extern const struct resource_driver drbd_driver;
extern const struct resource_driver filesystem_driver;
extern const struct resource_driver address_driver;
extern const struct resource_driver zimbra_driver;

#endif
