/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The state machine of a service on this node; the rest of the core sees it through internal.h. */
#ifndef ZCSMGR_CORE_SERVICE_H
#define ZCSMGR_CORE_SERVICE_H

#include "internal.h"

enum service_event {
	SERVICE_PROBED_UP,
	SERVICE_PROBED_DOWN,
	SERVICE_PROBED_PARTIAL,
	SERVICE_ACQUIRED,
	SERVICE_STEP_DONE,
	SERVICE_STEP_FAILED,
	SERVICE_RESOURCE_FAILED,
	SERVICE_YIELD,
	SERVICE_SUPERSEDED,
	SERVICE_EVENTS,
};

/* The event at a resource of the stack (CORE_NONE: at none). */
void service_event(struct core *core, int service, enum service_event event, int resource,
		   enum outcome outcome);

/* ---- steps.c: the operations on a service's resources --------------------------------------- */

void steps_probe(struct core *core, int service);
void steps_start(struct core *core, int service);
void steps_stop(struct core *core, int service);
void steps_detect(struct core *core, int service);
void steps_cancel(struct core *core, int service);

/* ---- acquire.c ------------------------------------------------------------------------------ */

/* A stopped service is claimed if this node is elected and may. */
void acquire_consider(struct core *core, int service);

/* ---- yield.c -------------------------------------------------------------------------------- */

/* Why the service must leave this node; REASON_NONE: it may stay. */
enum reason_code yield_reason(const struct core *core, int service);
/* A service that must leave begins to. */
void yield_consider(struct core *core, int service);

#endif
