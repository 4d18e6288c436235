/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Operations, watches and fence agents: what the executor runs for the core. */
#include "daemon.h"

#include <errno.h>
#include <qb/qblog.h>
#include <qb/qbutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"

enum { SWEEP_MS = 1000 };

/* ---- under way ------------------------------------------------------------------------------ */

static struct flight *find_flight(struct daemon *daemon, uint64_t id, bool fence)
{
	for (unsigned i = 0; i < DAEMON_FLIGHTS; i++)
		if (daemon->flights[i].id == id && daemon->flights[i].fence == fence)
			return &daemon->flights[i];
	return NULL;
}

/* One operation and one order to its disk a service, one agent a node: there is always a place. */
static struct flight *new_flight(struct daemon *daemon)
{
	for (unsigned i = 0; i < DAEMON_FLIGHTS; i++)
		if (daemon->flights[i].id == 0)
			return &daemon->flights[i];
	qb_log(LOG_CRIT, "too many operations are under way");
	return NULL;
}

/* Indices may have changed since it began: names have not. CORE_NONE if it is gone. */
static void find_place(const struct daemon *daemon, const struct flight *flight, int *service,
		       int *resource)
{
	const struct service_config *config;

	*resource = CORE_NONE;
	*service = config_find_service(daemon->config, flight->service);
	if (*service < 0)
		return;
	config = &daemon->config->services[*service];
	for (unsigned i = 0; i < config->resource_count; i++)
		if (strcmp(config->resources[i].name, flight->resource) == 0)
			*resource = (int)i;
}

static void set_occasion(struct occasion *occasion, int service, int resource, const char *text)
{
	*occasion = (struct occasion){.service = service, .resource = resource};
	snprintf(occasion->text, sizeof(occasion->text), "%s", text);
}

/* ---- watches -------------------------------------------------------------------------------- */

static bool is_always_watched(const struct daemon *daemon, int service, int resource)
{
	const struct resource_driver *driver =
		driver_find(daemon->config->services[service].resources[resource].type);

	return driver && driver->watch_always;
}

static void watch(struct daemon *daemon, int service, int resource)
{
	struct fact *fact = &daemon->facts.of[service][resource];
	const struct service_config *config = &daemon->config->services[service];

	if (fact->watched)
		return;
	fact->watched = executor_watch(daemon->executor, config, service, resource) == 0;
	if (!fact->watched)
		qb_log(LOG_ERR, "%s of %s cannot be watched: %s", config->resources[resource].name,
		       config->name, strerror(errno));
}

static void unwatch(struct daemon *daemon, int service, int resource)
{
	struct fact *fact = &daemon->facts.of[service][resource];

	if (fact->watched)
		executor_unwatch(daemon->executor, service, resource);
	fact->watched = false;
}

static void watch_service(struct daemon *daemon, int service)
{
	for (unsigned i = 0; i < daemon->config->services[service].resource_count; i++)
		if (daemon->facts.of[service][i].up || is_always_watched(daemon, service, (int)i))
			watch(daemon, service, (int)i);
}

static void on_verdict(void *data, int service, int resource, enum verdict verdict,
		       const char *text)
{
	struct core_event event = {.type = CORE_WATCH};
	struct daemon *daemon = data;
	struct occasion occasion;

	facts_verdict(&daemon->facts.of[service][resource], verdict, text);
	set_occasion(&occasion, service, resource, text);
	event.watch.service = service;
	event.watch.resource = resource;
	event.watch.verdict = verdict;
	daemon_step(daemon, &event, &occasion);
}

/* The core asks for those of the first DRBD resource of a stack. */
static void on_storage(void *data, int service, int resource, const struct storage *storage)
{
	struct core_event event = {.type = CORE_STORAGE};
	struct daemon *daemon = data;
	const struct service_config *config = &daemon->config->services[service];

	for (int i = 0; i < resource; i++)
		if (config->resources[i].type == RESOURCE_DRBD)
			return;
	event.storage.service = service;
	event.storage.storage = *storage;
	daemon_step(daemon, &event, NULL);
}

/* ---- operations ----------------------------------------------------------------------------- */

static void give_outcome(struct daemon *daemon, uint64_t id, enum outcome outcome,
			 const struct occasion *occasion)
{
	struct core_event event = {.type = CORE_OPERATION};

	event.operation.id = id;
	event.operation.outcome = outcome;
	daemon_step(daemon, &event, occasion);
}

static void fail_at_once(struct daemon *daemon, struct flight *flight, enum outcome outcome,
			 const char *text)
{
	struct occasion occasion;
	uint64_t id = flight->id;

	set_occasion(&occasion, flight->operation.service, flight->operation.resource, text);
	facts_outcome(&daemon->facts.of[occasion.service][occasion.resource],
		      flight->operation.operation, outcome, text);
	flight->id = 0;
	give_outcome(daemon, id, outcome, &occasion);
}

static void launch(struct daemon *daemon, struct flight *flight)
{
	const struct core_operation *operation = &flight->operation;
	int service = operation->service, resource = operation->resource;
	char text[128];

	flight->held = false;
	if (operation->operation == OPERATION_STOP && !is_always_watched(daemon, service, resource))
		unwatch(daemon, service, resource);
	if (executor_run(daemon->executor, operation->id, operation->operation,
			 &daemon->config->services[service], service, resource,
			 operation->timeout_ms, operation->peer_fenced) == 0)
		return;
	snprintf(text, sizeof(text), "no process can be started: %s", strerror(errno));
	fail_at_once(daemon, flight, OUTCOME_FAILED, text);
}

void resources_run(struct daemon *daemon, const struct core_operation *operation)
{
	const struct service_config *service = &daemon->config->services[operation->service];
	struct flight *flight = new_flight(daemon);

	if (!flight)
		return;
	*flight = (struct flight){.id = operation->id, .operation = *operation};
	memcpy(flight->service, service->name, sizeof(flight->service));
	memcpy(flight->resource, service->resources[operation->resource].name,
	       sizeof(flight->resource));
	if (daemon->swept[operation->service])
		launch(daemon, flight);
	else
		flight->held = true;
}

void resources_cancel(struct daemon *daemon, uint64_t id)
{
	struct flight *flight = find_flight(daemon, id, false);

	if (!flight)
		return;
	if (flight->held)
		fail_at_once(daemon, flight, OUTCOME_TIMEOUT, "");
	else
		executor_cancel(daemon->executor, id);
}

static bool is_up_after(enum operation operation, enum outcome outcome)
{
	return (operation == OPERATION_START && outcome == OUTCOME_OK) ||
	       (operation == OPERATION_PROBE && outcome == OUTCOME_UP);
}

static void on_done(void *data, uint64_t id, enum outcome outcome, const char *text)
{
	struct daemon *daemon = data;
	struct flight *flight = find_flight(daemon, id, false);
	struct occasion occasion;
	int service, resource;

	if (!flight)
		return;
	find_place(daemon, flight, &service, &resource);
	if (resource != CORE_NONE) {
		facts_outcome(&daemon->facts.of[service][resource], flight->operation.operation,
			      outcome, text);
		if (is_up_after(flight->operation.operation, outcome))
			watch(daemon, service, resource);
	}
	if (outcome != OUTCOME_STUCK) /* it comes once more when it has died */
		flight->id = 0;
	set_occasion(&occasion, service, resource, text);
	give_outcome(daemon, id, outcome, &occasion);
}

/* ---- fencing -------------------------------------------------------------------------------- */

static void give_fence(struct daemon *daemon, uint64_t id, uint32_t nodeid, bool ok,
		       const char *text)
{
	struct core_event event = {.type = CORE_FENCE};
	struct occasion occasion;

	facts_fence(&daemon->facts, nodeid, text);
	set_occasion(&occasion, CORE_NONE, CORE_NONE, text);
	occasion.fenced = nodeid;
	event.fence.id = id;
	event.fence.nodeid = nodeid;
	event.fence.ok = ok;
	daemon_step(daemon, &event, &occasion);
}

static void on_fenced(void *data, uint64_t id, uint32_t nodeid, bool ok, const char *text)
{
	struct daemon *daemon = data;
	struct flight *flight = find_flight(daemon, id, true);

	if (!flight)
		return;
	flight->id = 0;
	give_fence(daemon, id, nodeid, ok, text);
}

void resources_fence(struct daemon *daemon, const struct core_fence *fence)
{
	const char *name = status_node_name(&daemon->settings, fence->nodeid);
	const struct fencing_config *fencing =
		name ? config_find_fencing(daemon->config, name) : NULL;
	struct flight *flight = new_flight(daemon);
	char text[128] = "no fence agent is configured for it";

	if (fencing && flight) {
		*flight = (struct flight){.id = fence->id, .fence = true};
		if (executor_fence(daemon->executor, fence->id, fence->nodeid, fencing,
				   fence->on) == 0)
			return;
		snprintf(text, sizeof(text), "no process can be started: %s", strerror(errno));
		flight->id = 0;
	}
	give_fence(daemon, fence->id, fence->nodeid, false, text);
}

/* ---- what an earlier daemon left ------------------------------------------------------------ */

static void launch_held(struct daemon *daemon, int service)
{
	for (unsigned i = 0; i < DAEMON_FLIGHTS; i++) {
		struct flight *flight = &daemon->flights[i];

		if (flight->id != 0 && flight->held && flight->operation.service == service)
			launch(daemon, flight);
	}
}

static void on_sweep(void *data);

/* Nothing is begun for a service while a child of an earlier daemon may still work on it. */
static void sweep(struct daemon *daemon)
{
	bool all = true;

	for (unsigned i = 0; i < daemon->config->service_count; i++) {
		if (daemon->swept[i])
			continue;
		daemon->swept[i] = executor_sweep(daemon->executor, &daemon->config->services[i]);
		all = all && daemon->swept[i];
		if (!daemon->swept[i])
			continue;
		watch_service(daemon, (int)i);
		launch_held(daemon, (int)i);
	}
	if (!all && !daemon->sweeping)
		daemon->sweeping = qb_loop_timer_add(daemon->loop, QB_LOOP_MED,
						     (uint64_t)SWEEP_MS * QB_TIME_NS_IN_MSEC,
						     daemon, on_sweep, &daemon->sweep) == 0;
}

static void on_sweep(void *data)
{
	struct daemon *daemon = data;

	daemon->sweeping = false;
	sweep(daemon);
}

/* ---- another configuration ------------------------------------------------------------------ */

static void unwatch_all(struct daemon *daemon)
{
	for (unsigned i = 0; i < daemon->config->service_count; i++)
		for (unsigned j = 0; j < daemon->config->services[i].resource_count; j++)
			unwatch(daemon, (int)i, (int)j);
}

static void carry_swept(struct daemon *daemon, const struct config *from, const struct config *to)
{
	bool old[CONFIG_SERVICES];

	memcpy(old, daemon->swept, sizeof(old));
	for (unsigned i = 0; i < to->service_count; i++) {
		int index = config_find_service(from, to->services[i].name);

		daemon->swept[i] = index >= 0 && old[index];
	}
}

/* Held operations go on under their new numbers; those of what is gone are forgotten, as the core
   has forgotten them. */
static void carry_held(struct daemon *daemon)
{
	for (unsigned i = 0; i < DAEMON_FLIGHTS; i++) {
		struct flight *flight = &daemon->flights[i];

		if (flight->id == 0 || !flight->held)
			continue;
		find_place(daemon, flight, &flight->operation.service, &flight->operation.resource);
		if (flight->operation.resource == CORE_NONE)
			flight->id = 0;
	}
}

void resources_switch(struct daemon *daemon)
{
	struct config *old = daemon->config;

	unwatch_all(daemon);
	facts_carry(&daemon->facts, old, daemon->staged);
	carry_swept(daemon, old, daemon->staged);
	daemon->config = daemon->staged;
	daemon->staged = NULL;
	carry_held(daemon);
	for (unsigned i = 0; i < daemon->config->service_count; i++)
		if (daemon->swept[i])
			watch_service(daemon, (int)i);
	sweep(daemon);
	free(old);
}

/* ---- life ----------------------------------------------------------------------------------- */

int resources_open(struct daemon *daemon)
{
	static const struct executor_callbacks callbacks = {
		.done = on_done,
		.verdict = on_verdict,
		.storage = on_storage,
		.fenced = on_fenced,
	};

	daemon->executor = executor_open(daemon->loop, daemon->node, &callbacks, daemon);
	if (!daemon->executor)
		return -1;
	sweep(daemon);
	return 0;
}

void resources_close(struct daemon *daemon)
{
	if (daemon->sweeping)
		qb_loop_timer_del(daemon->loop, daemon->sweep);
	if (daemon->executor)
		executor_close(daemon->executor);
}
