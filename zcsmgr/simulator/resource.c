/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Operations on resources: how long they take, how they end, and what they leave behind. */
#include "internal.h"

#include <string.h>

static enum resource_type type_of(const struct sim *sim, int service, int resource)
{
	return sim->config->services[service].resources[resource].type;
}

static bool is_replicated(const struct sim *sim, int service, int resource)
{
	return type_of(sim, service, resource) == RESOURCE_DRBD && resource == 0;
}

static struct side *side_of(struct sim *sim, int node, int service)
{
	int side = disk_side(sim, node, service);

	return side == CORE_NONE ? NULL : &sim->volumes[service].sides[side];
}

bool sim_is_up(const struct sim *sim, int node, int service, int resource)
{
	int side = disk_side(sim, node, service);

	if (!sim->machines[node].power)
		return false;
	if (is_replicated(sim, service, resource))
		return side != CORE_NONE &&
		       sim->volumes[service].sides[side].role == STORAGE_PRIMARY;
	return sim->machines[node].up[service][resource] == RES_UP;
}

bool resource_serves(const struct sim *sim, int node, int service)
{
	for (unsigned i = 0; i < sim->config->services[service].resource_count; i++)
		if (!sim_is_up(sim, node, service, (int)i))
			return false;
	return true;
}

static void set(struct sim *sim, int node, int service, int resource, enum condition state)
{
	struct machine *machine = &sim->machines[node];

	machine->up[service][resource] = state;
	machine->sick[service][resource] = VERDICT_OK;
	sim->changed = true;
	if (state != RES_UP && type_of(sim, service, resource) == RESOURCE_ZIMBRA)
		client_lost(sim, service, node);
	if (state == RES_UP && resource_serves(sim, node, service))
		verify_serving(sim, node, service);
}

/* The one below in the stack that it needs: a mail server its filesystem, a filesystem its disk. */
static bool stands_on_ground(const struct sim *sim, int node, int service, int resource)
{
	const struct service_config *config = &sim->config->services[service];
	enum resource_type needs = type_of(sim, service, resource) == RESOURCE_ZIMBRA
					   ? RESOURCE_FILESYSTEM
					   : RESOURCE_DRBD;

	if (type_of(sim, service, resource) == RESOURCE_ADDRESS)
		return true;
	for (int i = 0; i < resource; i++)
		if (config->resources[i].type == needs && !sim_is_up(sim, node, service, i))
			return false;
	return true;
}

/* One above in the stack uses it still. */
static bool is_used(const struct sim *sim, int node, int service, int resource)
{
	const struct service_config *config = &sim->config->services[service];
	enum resource_type type = type_of(sim, service, resource);

	for (unsigned i = (unsigned)resource + 1; i < config->resource_count; i++) {
		bool uses = (type == RESOURCE_DRBD &&
			     config->resources[i].type == RESOURCE_FILESYSTEM) ||
			    (type == RESOURCE_FILESYSTEM &&
			     config->resources[i].type == RESOURCE_ZIMBRA);

		if (uses && sim->machines[node].up[service][i] != RES_DOWN)
			return true;
	}
	return false;
}

static bool is_frozen(struct sim *sim, int node, int service, int resource)
{
	const struct side *side = side_of(sim, node, service);

	return side && side->suspended && type_of(sim, service, resource) != RESOURCE_ADDRESS &&
	       resource > 0;
}

/* The clients' network is another one than the rings: whoever is alive answers there. */
static bool answers_elsewhere(const struct sim *sim, int node, int service, int resource)
{
	if (sim->foreign[service])
		return true;
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (i != node && sim_is_up(sim, i, service, resource) && !sim->machines[i].frozen &&
		    !sim->machines[i].paused)
			return true;
	return false;
}

/* ---- children -------------------------------------------------------------------------------- */

static struct child *find_child(struct sim *sim, int node, uint64_t id)
{
	for (unsigned i = 0; i < SIM_CHILDREN; i++)
		if (sim->machines[node].children[i].used &&
		    sim->machines[node].children[i].operation.id == id)
			return &sim->machines[node].children[i];
	return NULL;
}

static enum sim_end take_order(struct sim *sim, int node, const struct core_operation *operation)
{
	for (unsigned i = 0; i < sim->fail_count; i++) {
		struct order *order = &sim->fails[i];

		if (order->times == 0 || order->node != node ||
		    order->service != operation->service ||
		    order->resource != operation->resource ||
		    order->operation != operation->operation)
			continue;
		order->times--;
		return order->end;
	}
	return SIM_END_WELL;
}

static uint64_t time_of(struct sim *sim, const struct child *child)
{
	const struct core_operation *operation = &child->operation;
	uint64_t time_ms = random_between(sim, STEP_MS / 4, STEP_MS * 2);

	if (child->end == SIM_END_HANGS || child->end == SIM_END_STICKS)
		return operation->timeout_ms;
	if (child->end == SIM_END_SLOW)
		return operation->timeout_ms * 9 / 10;
	if (operation->operation == OPERATION_PROBE)
		time_ms = random_between(sim, PROBE_MS / 2, PROBE_MS * 2);
	if (operation->operation == OPERATION_DETECT)
		time_ms = DETECT_TIME_MS;
	return time_ms < operation->timeout_ms ? time_ms : operation->timeout_ms;
}

static void wait_more(struct sim *sim, int node, const struct child *child, uint64_t delay_ms)
{
	queue_add(sim, delay_ms, EVENT_CHILD, node)->number = child->operation.id;
}

void resource_run(struct sim *sim, int node, const struct core_operation *operation)
{
	struct machine *machine = &sim->machines[node];

	for (unsigned i = 0; i < SIM_CHILDREN; i++) {
		struct child *child = &machine->children[i];

		if (child->used)
			continue;
		memset(child, 0, sizeof(*child));
		child->used = true;
		child->operation = *operation;
		child->started_ms = sim->now_ms;
		child->life = machine->life;
		child->end = take_order(sim, node, operation);
		wait_more(sim, node, child, time_of(sim, child));
		if (operation->operation == OPERATION_START && operation->resource == 0)
			verify_start(sim, node, operation->service);
		return;
	}
}

void resource_cancel(struct sim *sim, int node, uint64_t id)
{
	struct child *child = find_child(sim, node, id);

	if (!child || child->end == SIM_END_STICKS)
		return;
	child->cancelled = true;
	wait_more(sim, node, child, 20);
}

static void tell_end(struct sim *sim, int node, const struct child *child, enum outcome outcome)
{
	struct notice notice = {.type = CORE_OPERATION};

	if (!daemon_runs(sim, node) || child->life != sim->machines[node].life)
		return;
	notice.operation.id = child->operation.id;
	notice.operation.outcome = outcome;
	daemon_tell(sim, node, &notice);
}

static void finish(struct sim *sim, int node, struct child *child, enum outcome outcome)
{
	struct child ended = *child;

	child->used = false;
	tell_end(sim, node, &ended, outcome);
}

/* It goes on trying, once a second, until its deadline. */
static void try_again(struct sim *sim, int node, struct child *child)
{
	uint64_t end_ms = child->started_ms + child->operation.timeout_ms;

	if (sim->now_ms + 1000 <= end_ms)
		wait_more(sim, node, child, 1000);
	else
		finish(sim, node, child, OUTCOME_TIMEOUT);
}

static void promote(struct sim *sim, int node, struct child *child)
{
	int service = child->operation.service;
	bool waits;
	enum outcome outcome = disk_promote(sim, node, service, &waits);

	if (waits)
		return; /* resource_promoted() */
	if (outcome == OUTCOME_TIMEOUT) {
		try_again(sim, node, child);
		return;
	}
	if (outcome == OUTCOME_OK)
		sim->machines[node].starts[service][0]++;
	finish(sim, node, child, outcome);
}

void resource_promoted(struct sim *sim, int node, int service, enum outcome outcome)
{
	for (unsigned i = 0; i < SIM_CHILDREN; i++) {
		struct child *child = &sim->machines[node].children[i];

		if (!child->used || child->operation.service != service ||
		    child->operation.operation != OPERATION_START || child->operation.resource != 0)
			continue;
		wait_more(sim, node, child, outcome == OUTCOME_OK ? 1 : 1000);
	}
}

static void start(struct sim *sim, int node, struct child *child)
{
	int service = child->operation.service, resource = child->operation.resource;

	if (is_replicated(sim, service, resource)) {
		promote(sim, node, child);
		return;
	}
	if (type_of(sim, service, resource) == RESOURCE_ADDRESS && !child->operation.peer_fenced &&
	    answers_elsewhere(sim, node, service, resource)) {
		finish(sim, node, child, OUTCOME_FOREIGN);
		return;
	}
	if (!stands_on_ground(sim, node, service, resource)) {
		finish(sim, node, child, OUTCOME_FAILED);
		return;
	}
	sim->machines[node].starts[service][resource]++;
	set(sim, node, service, resource, RES_UP);
	finish(sim, node, child, OUTCOME_OK);
}

static void stop(struct sim *sim, int node, struct child *child)
{
	int service = child->operation.service, resource = child->operation.resource;
	enum outcome outcome = OUTCOME_OK;

	if (is_used(sim, node, service, resource))
		outcome = OUTCOME_FAILED;
	else if (is_replicated(sim, service, resource))
		outcome = disk_demote(sim, node, service);
	else
		set(sim, node, service, resource, RES_DOWN);
	if (outcome == OUTCOME_TIMEOUT)
		try_again(sim, node, child);
	else
		finish(sim, node, child, outcome);
}

static enum outcome probe(struct sim *sim, int node, int service, int resource)
{
	if (is_replicated(sim, service, resource))
		return sim_is_up(sim, node, service, resource) ? OUTCOME_UP : OUTCOME_DOWN;
	switch (sim->machines[node].up[service][resource]) {
	case RES_DOWN:
		return OUTCOME_DOWN;
	case RES_UP:
		if (sim->machines[node].sick[service][resource] == VERDICT_FAILED)
			return OUTCOME_PARTIAL;
		return OUTCOME_UP;
	case RES_HALF:
		break;
	}
	return OUTCOME_PARTIAL;
}

static void end_well(struct sim *sim, int node, struct child *child)
{
	int service = child->operation.service, resource = child->operation.resource;

	switch (child->operation.operation) {
	case OPERATION_START:
		start(sim, node, child);
		break;
	case OPERATION_STOP:
		stop(sim, node, child);
		break;
	case OPERATION_PROBE:
		finish(sim, node, child, probe(sim, node, service, resource));
		break;
	case OPERATION_DETECT:
		finish(sim, node, child,
		       answers_elsewhere(sim, node, service, resource) ? OUTCOME_FOREIGN
								       : OUTCOME_OK);
		break;
	case OPERATION_OUTDATE:
		finish(sim, node, child, disk_outdate(sim, node, service));
		break;
	case OPERATION_RESUME:
		finish(sim, node, child, disk_resume(sim, node, service));
		break;
	}
}

/* What a child that was killed, or failed, leaves behind. */
static void leave_half(struct sim *sim, int node, const struct core_operation *operation)
{
	int service = operation->service, resource = operation->resource;
	unsigned luck = (unsigned)(random_next(sim) % 3);

	if ((operation->operation != OPERATION_START && operation->operation != OPERATION_STOP) ||
	    is_replicated(sim, service, resource) ||
	    (operation->operation == OPERATION_START &&
	     !stands_on_ground(sim, node, service, resource)) ||
	    (operation->operation == OPERATION_STOP &&
	     (luck == 0 || is_used(sim, node, service, resource))))
		return;
	if (operation->operation == OPERATION_START && luck == 0)
		return;
	set(sim, node, service, resource,
	    luck == 1				      ? RES_HALF
	    : operation->operation == OPERATION_START ? RES_UP
						      : RES_DOWN);
}

static void end_lying(struct sim *sim, int node, struct child *child)
{
	const struct core_operation operation = child->operation;

	if (operation.operation == OPERATION_PROBE) {
		finish(sim, node, child, OUTCOME_DOWN);
		return;
	}
	/* Else only a start may claim what is not so: the drivers look before a stop is done. */
	if (operation.operation != OPERATION_START ||
	    is_replicated(sim, operation.service, operation.resource)) {
		finish(sim, node, child, OUTCOME_FAILED);
		return;
	}
	finish(sim, node, child, OUTCOME_OK);
	resource_broke(sim, node, operation.service, operation.resource);
}

void resource_child_ended(struct sim *sim, int node, uint64_t id)
{
	struct machine *machine = &sim->machines[node];
	struct child *child = find_child(sim, node, id);

	if (!child || child->stuck)
		return;
	if (machine->frozen || machine->paused) {
		wait_more(sim, node, child, 200);
		return;
	}
	if (child->cancelled) {
		leave_half(sim, node, &child->operation);
		finish(sim, node, child, OUTCOME_FAILED);
		return;
	}
	if (is_frozen(sim, node, child->operation.service, child->operation.resource) &&
	    child->operation.operation != OPERATION_PROBE) {
		if (sim->now_ms < child->started_ms + child->operation.timeout_ms)
			wait_more(sim, node, child, 500);
		else
			finish(sim, node, child, OUTCOME_TIMEOUT);
		return;
	}
	switch (child->end) {
	case SIM_END_WELL:
	case SIM_END_SLOW:
		end_well(sim, node, child);
		break;
	case SIM_END_FAILS:
		finish(sim, node, child, OUTCOME_FAILED);
		break;
	case SIM_END_HALF:
		leave_half(sim, node, &child->operation);
		finish(sim, node, child, OUTCOME_FAILED);
		break;
	case SIM_END_HANGS:
		leave_half(sim, node, &child->operation);
		finish(sim, node, child, OUTCOME_TIMEOUT);
		break;
	case SIM_END_STICKS:
		child->stuck = true;
		tell_end(sim, node, child, OUTCOME_STUCK);
		break;
	case SIM_END_LIES:
		end_lying(sim, node, child);
		break;
	case SIM_END_FOREIGN:
		finish(sim, node, child,
		       child->operation.operation == OPERATION_PROBE ? OUTCOME_FAILED
								     : OUTCOME_FOREIGN);
		break;
	}
}

void resource_unstick(struct sim *sim, int node)
{
	for (unsigned i = 0; i < SIM_CHILDREN; i++) {
		struct child *child = &sim->machines[node].children[i];

		if (child->end == SIM_END_STICKS)
			child->end = SIM_END_HANGS; /* it will die after all */
		if (!child->used || !child->stuck)
			continue;
		leave_half(sim, node, &child->operation);
		finish(sim, node, child, OUTCOME_TIMEOUT);
	}
}

/* A new daemon kills what its predecessor left, and waits for the end of it. */
bool resource_reap(struct sim *sim, int node)
{
	for (unsigned i = 0; i < SIM_CHILDREN; i++) {
		struct child *child = &sim->machines[node].children[i];

		if (!child->used)
			continue;
		if (child->stuck)
			return false;
		leave_half(sim, node, &child->operation);
		child->used = false;
	}
	return true;
}

/* ---- what befalls a resource ----------------------------------------------------------------- */

static void tell_verdict(struct sim *sim, int node, int service, int resource, enum verdict verdict)
{
	struct notice notice = {.type = CORE_WATCH};

	notice.watch.service = service;
	notice.watch.resource = resource;
	notice.watch.verdict = verdict;
	if (daemon_runs(sim, node))
		daemon_tell_later(sim, node, 10, &notice);
}

void resource_broke(struct sim *sim, int node, int service, int resource)
{
	set(sim, node, service, resource, RES_DOWN);
	/* A mail server whose filesystem is gone is a heap of processes. */
	for (int i = resource + 1; i < (int)sim->config->services[service].resource_count; i++)
		if (!stands_on_ground(sim, node, service, i) &&
		    sim->machines[node].up[service][i] == RES_UP)
			set(sim, node, service, i, RES_HALF);
	tell_verdict(sim, node, service, resource, VERDICT_GONE);
}

void resource_fell_sick(struct sim *sim, int node, int service, int resource, enum verdict verdict)
{
	struct event *event;

	sim->machines[node].sick[service][resource] = verdict;
	event = queue_add(sim, 100, EVENT_MONITOR, node);
	event->service = service;
	event->number = (uint64_t)resource;
}

void resource_monitor(struct sim *sim, int node, int service, int resource)
{
	enum verdict verdict = sim->machines[node].sick[service][resource];
	struct event *event;

	if (verdict == VERDICT_OK || !sim_is_up(sim, node, service, resource))
		return;
	tell_verdict(sim, node, service, resource, verdict);
	event = queue_add(sim, MONITOR_MS, EVENT_MONITOR, node);
	event->service = service;
	event->number = (uint64_t)resource;
}

void resource_by_hand(struct sim *sim, int node, int service)
{
	bool waits;

	if (disk_side(sim, node, service) != CORE_NONE)
		disk_promote(sim, node, service, &waits);
	for (unsigned i = 0; i < sim->config->services[service].resource_count; i++)
		if (!is_replicated(sim, service, (int)i))
			set(sim, node, service, (int)i, RES_UP);
}
