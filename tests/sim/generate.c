/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "generate.h"

#include <stdio.h>
#include <string.h>

const char *const mode_names[MODES] = {"two_node", "wait_for_all", "majority", "qdevice"};

struct generator {
	struct scenario *scenario;
	uint64_t random;
	uint64_t now_ms;
};

static uint64_t next(struct generator *generator)
{
	uint64_t value = generator->random += 0x9e3779b97f4a7c15;

	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
	value = (value ^ value >> 27) * 0x94d049bb133111eb;
	return value ^ value >> 31;
}

static unsigned below(struct generator *generator, unsigned limit)
{
	return (unsigned)(next(generator) % limit);
}

static uint64_t between(struct generator *generator, uint64_t low, uint64_t high)
{
	return low + next(generator) % (high - low + 1);
}

/* ---- the cluster ----------------------------------------------------------------------------- */

static void add_agents(struct generator *generator)
{
	struct scenario *scenario = generator->scenario;

	for (unsigned i = 0; i < scenario->cluster.node_count; i++) {
		struct fencing_config *fencing = &scenario->config->fencing[i];

		memcpy(fencing->node, scenario->cluster.names[i], CONFIG_NAME_SIZE);
		snprintf(fencing->agent, sizeof(fencing->agent), "fence_simulated");
		fencing->power_on = true;
		fencing->timeout_ms = 60000;
	}
	scenario->config->fencing_count = scenario->cluster.node_count;
}

static void add_watchdog(struct generator *generator)
{
	struct config *config = generator->scenario->config;

	config->watchdog_set = true;
	config->watchdog_timeout_ms = below(generator, 2) ? 10000 : 5000;
	config->watchdog_lease_ms = 10000;
	if (generator->scenario->cluster.quorum == SIM_QDEVICE && below(generator, 4) == 0) {
		/* The device's default: the old answer may stand for half a minute. */
		generator->scenario->cluster.sync_timeout_ms = 30000;
		config->watchdog_lease_ms = 40000;
	}
}

static void make_cluster(struct generator *generator, enum mode mode)
{
	struct scenario *scenario = generator->scenario;
	struct sim_cluster *cluster = &scenario->cluster;
	unsigned kind = below(generator, 10);

	switch (mode) {
	case MODE_OF_TWO_NODE:
		cluster->quorum = SIM_TWO_NODE;
		if (kind < 6)
			add_agents(generator);
		if (kind == 5 || kind == 9)
			add_watchdog(generator);
		break;
	case MODE_OF_WAIT_FOR_ALL:
		cluster->quorum = SIM_MAJORITY;
		cluster->wait_for_all = true;
		cluster->node_count = 3 + below(generator, 3);
		if (kind < 4)
			add_agents(generator);
		if (kind > 2)
			add_watchdog(generator);
		break;
	case MODE_OF_MAJORITY:
		cluster->quorum = SIM_MAJORITY;
		cluster->node_count = 3;
		if (kind < 3)
			add_agents(generator);
		if (kind != 0 && kind != 9)
			add_watchdog(generator);
		break;
	case MODE_OF_QDEVICE:
	case MODES:
		cluster->quorum = SIM_QDEVICE;
		if (kind < 3)
			add_agents(generator);
		if (kind != 0 && kind != 9)
			add_watchdog(generator);
		break;
	}
	scenario_fill_service(scenario->config, cluster, 0, "mail");
	scenario->config->service_count = 1;
	if (below(generator, 4) == 0) {
		scenario_fill_service(scenario->config, cluster, 1, "news");
		scenario->config->service_count = 2;
	}
	if (below(generator, 8) == 0)
		scenario->config->services[0].failback = true;
}

/* ---- the story ------------------------------------------------------------------------------- */

static struct scenario_statement *add(struct generator *generator, enum sim_verb verb,
				      uint64_t at_ms)
{
	struct scenario *scenario = generator->scenario;
	struct scenario_statement *statement = &scenario->statements[scenario->count];
	unsigned place = scenario->count;

	if (scenario->count == SCENARIO_STATEMENTS)
		return NULL;
	scenario->count++;
	/* In the order of time. */
	while (place > 0 && scenario->statements[place - 1].at_ms > at_ms) {
		scenario->statements[place] = scenario->statements[place - 1];
		statement = &scenario->statements[--place];
	}
	memset(statement, 0, sizeof(*statement));
	statement->kind = STATEMENT_ACT;
	statement->at_ms = at_ms;
	statement->action = (struct sim_action){.verb = verb,
						.node = CORE_NONE,
						.other = CORE_NONE,
						.service = CORE_NONE,
						.resource = CORE_NONE};
	return statement;
}

/* How often a verb is chosen, and what undoes it. */
static const struct choice {
	enum sim_verb verb;
	unsigned weight;
	enum sim_verb undo; /* SIM_VERBS: nothing */
} choices[] = {
	{SIM_CRASH, 10, SIM_BOOT},
	{SIM_REBOOT, 4, SIM_VERBS},
	{SIM_FREEZE, 7, SIM_THAW},
	{SIM_PAUSE, 4, SIM_THAW},
	{SIM_DRIFT, 1, SIM_VERBS},
	{SIM_KILL_COROSYNC, 6, SIM_START_COROSYNC},
	{SIM_STOP_COROSYNC, 4, SIM_START_COROSYNC},
	{SIM_FREEZE_COROSYNC, 5, SIM_THAW_COROSYNC},
	{SIM_KILL_DAEMON, 6, SIM_VERBS},
	{SIM_DETACH, 4, SIM_VERBS},
	{SIM_STOP_DAEMON, 3, SIM_START_DAEMON},
	{SIM_FREEZE_DAEMON, 6, SIM_THAW_DAEMON},
	{SIM_LOSE, 3, SIM_VERBS},
	{SIM_THROTTLE, 2, SIM_VERBS},
	{SIM_GHOST, 1, SIM_VERBS},
	{SIM_CUT, 10, SIM_HEAL},
	{SIM_RING_CUT, 7, SIM_RING_HEAL},
	{SIM_ONE_WAY, 3, SIM_HEAL},
	{SIM_REPL_CUT, 7, SIM_REPL_HEAL},
	{SIM_QDEVICE_CUT, 3, SIM_QDEVICE_HEAL},
	{SIM_DISK_FAIL, 2, SIM_DISK_REPLACE},
	{SIM_FAIL, 12, SIM_VERBS},
	{SIM_BREAK, 6, SIM_VERBS},
	{SIM_SICK, 3, SIM_VERBS},
	{SIM_MUTE, 1, SIM_VERBS},
	{SIM_UNSTICK, 1, SIM_VERBS},
	{SIM_FOREIGN, 2, SIM_VERBS},
	{SIM_BY_HAND, 1, SIM_VERBS},
	{SIM_FENCE_FAILS, 2, SIM_VERBS},
	{SIM_FENCE_SLOW, 2, SIM_VERBS},
	{SIM_RESET_FAILS, 1, SIM_VERBS},
	{SIM_STORE_FAILS, 2, SIM_VERBS},
	{SIM_STORE_LOST, 1, SIM_VERBS},
	{SIM_STORE_STALE, 1, SIM_VERBS},
	{SIM_CONFIG, 1, SIM_VERBS},
	{SIM_START, 1, SIM_VERBS},
	{SIM_STOP, 2, SIM_START},
	{SIM_MOVE, 6, SIM_VERBS},
	{SIM_STANDBY, 3, SIM_ONLINE},
	{SIM_ONLINE, 1, SIM_VERBS},
	{SIM_MAINTENANCE, 3, SIM_MAINTENANCE},
	{SIM_CLEANUP, 2, SIM_VERBS},
	{SIM_CONFIRM_DOWN, 4, SIM_VERBS},
	{SIM_ACCEPT_LOSS, 1, SIM_VERBS},
	{SIM_RELOAD, 1, SIM_VERBS},
};

static const struct choice *choose(struct generator *generator)
{
	unsigned sum = 0, luck;

	for (unsigned i = 0; i < sizeof(choices) / sizeof(choices[0]); i++)
		sum += choices[i].weight;
	luck = below(generator, sum);
	for (unsigned i = 0;; i++) {
		if (luck < choices[i].weight)
			return &choices[i];
		luck -= choices[i].weight;
	}
}

static void fill_number(struct generator *generator, struct sim_action *action, char kind)
{
	if (action->verb == SIM_DRIFT)
		action->number = between(generator, 990000, 1010000);
	else if (action->verb == SIM_CONFIG)
		action->number = below(generator, 3);
	else if (action->verb == SIM_FENCE_SLOW)
		action->number = between(generator, 3000, 50000);
	else if (action->verb == SIM_THROTTLE)
		action->number = between(generator, 0, 3) * 700;
	else if (kind == 'V')
		action->number = below(generator, 3);
	else
		action->number = between(generator, 1, 3);
}

static void fill(struct generator *generator, struct sim_action *action)
{
	const struct scenario *scenario = generator->scenario;
	bool optional = false;

	for (const char *kind = scenario_arguments(action->verb); *kind; kind++) {
		if (*kind == '[')
			optional = true;
		if (optional && *kind != 'V' && below(generator, 2))
			continue;
		switch (*kind) {
		case 'n':
			action->node = (int)below(generator, scenario->cluster.node_count);
			break;
		case 'm':
			action->other = (int)below(generator, scenario->cluster.node_count);
			break;
		case 's':
			action->service = (int)below(generator, scenario->config->service_count);
			break;
		case 'r':
			action->resource = (int)below(
				generator,
				scenario->config->services[action->service].resource_count);
			break;
		case 'o':
			action->operation = below(generator, 2)	  ? OPERATION_STOP
					    : below(generator, 3) ? OPERATION_START
								  : OPERATION_PROBE;
			if (below(generator, 8) == 0)
				action->operation = (enum operation)between(
					generator, OPERATION_DETECT, OPERATION_RESUME);
			break;
		case 'e':
			action->end = (enum sim_end)below(generator, SIM_END_WELL);
			break;
		case 'N':
		case 'V':
		case 't':
			fill_number(generator, action, *kind);
			break;
		case 'b':
			action->flag = below(generator, 4) != 0;
			break;
		default:
			break;
		}
	}
	if (scenario_is_command(action->verb) && below(generator, 2))
		action->node = (int)below(generator, scenario->cluster.node_count);
}

static uint64_t pause_ms(struct generator *generator)
{
	static const uint64_t limits[] = {50, 500, 3000, 10000, 30000, 60000};

	return between(generator, 1, limits[below(generator, sizeof(limits) / sizeof(limits[0]))]);
}

/* The worst moment: not at its time, but when something goes on that it may disturb. */
static void let_wait(struct generator *generator, struct scenario_statement *statement)
{
	static const enum reason_code moments[] = {
		REASON_ELECTED,	      REASON_ACQUIRED,	     REASON_STARTING,
		REASON_STARTED,	      REASON_ACTIVE,	     REASON_STOPPING,
		REASON_STOPPED_STEP,  REASON_RELEASED,	     REASON_START_FAILED,
		REASON_START_TIMEOUT, REASON_RESTART,	     REASON_NODE_JOINED,
		REASON_NODE_LOST,     REASON_NODE_SILENT,    REASON_NODE_HEARD,
		REASON_QUORATE,	      REASON_INQUORATE,	     REASON_FENCING,
		REASON_FENCED,	      REASON_POWERED_ON,     REASON_DISK_SUSPENDED,
		REASON_DISK_RESUMED,  REASON_SHUTDOWN,	     REASON_DISK_DISCONNECTED,
		REASON_OUTDATING,     REASON_DISK_CONNECTED,
	};
	static const uint64_t delays_ms[] = {0, 1, 3, 10, 100, 1000, 5000};
	struct scenario_condition *condition = &statement->condition;

	statement->kind = STATEMENT_WHEN;
	condition->code = moments[below(generator, sizeof(moments) / sizeof(moments[0]))];
	condition->node = CORE_NONE;
	if (below(generator, 2))
		condition->node = (int)below(generator, generator->scenario->cluster.node_count);
	condition->times = 1 + (below(generator, 4) == 0);
	statement->within_ms =
		between(generator, 0,
			delays_ms[below(generator, sizeof(delays_ms) / sizeof(delays_ms[0]))]);
}

/* The operator sees that a node is off, and says so. */
static void add_confirmation(struct generator *generator, int node)
{
	enum sim_verb verb = below(generator, 4) ? SIM_CONFIRM_DOWN : SIM_ACCEPT_LOSS;
	struct scenario_statement *statement =
		add(generator, verb, generator->now_ms + pause_ms(generator));

	if (statement)
		statement->action.other = node;
}

static void add_fault(struct generator *generator)
{
	const struct choice *choice = choose(generator);
	struct scenario_statement *fault;
	struct sim_action action;

	generator->now_ms += pause_ms(generator);
	fault = add(generator, choice->verb, generator->now_ms);
	if (!fault)
		return;
	fill(generator, &fault->action);
	action = fault->action;
	if (below(generator, 3) == 0)
		let_wait(generator, fault);
	if (action.verb == SIM_CRASH && below(generator, 3) == 0)
		add_confirmation(generator, action.node);
	if (choice->undo == SIM_VERBS || below(generator, 4) == 0)
		return;
	fault = add(generator, choice->undo, generator->now_ms + pause_ms(generator));
	if (!fault)
		return;
	action.verb = choice->undo;
	action.flag = false;
	fault->action = action;
}

static void add_boots(struct generator *generator)
{
	bool together = below(generator, 4) != 0;

	for (unsigned i = 0; i < generator->scenario->cluster.node_count; i++) {
		struct scenario_statement *boot =
			add(generator, SIM_BOOT, together ? i : pause_ms(generator));

		if (boot)
			boot->action.node = (int)i;
	}
}

/* Everything is mended, the operator takes back what he wanted, and then it must work. */
static void add_end(struct generator *generator, uint64_t patience_ms)
{
	struct scenario *scenario = generator->scenario;
	uint64_t at_ms = generator->now_ms + 60000;
	struct scenario_statement *statement = add(generator, SIM_BOOT, at_ms);

	statement->kind = STATEMENT_MEND;
	at_ms += 120000;
	for (unsigned i = 0; i < scenario->config->service_count; i++) {
		for (int j = 0; j < 2; j++) {
			statement = add(generator, SIM_DISCARD, at_ms);
			statement->action.service = (int)i;
			statement->action.node = 1 - j;
		}
		statement = add(generator, SIM_MAINTENANCE, at_ms + 1000);
		statement->action.service = (int)i;
		statement = add(generator, SIM_START, at_ms + 2000);
		statement->action.service = (int)i;
		statement = add(generator, SIM_CLEANUP, at_ms + 4000);
		statement->action.service = (int)i;
	}
	add(generator, SIM_RELOAD, at_ms + 500);
	for (unsigned i = 0; i < scenario->cluster.node_count; i++) {
		statement = add(generator, SIM_ONLINE, at_ms + 3000);
		statement->action.other = (int)i;
	}
	for (unsigned i = 0; i < scenario->config->service_count; i++) {
		statement = add(generator, SIM_BOOT, at_ms + 5000);
		statement->kind = STATEMENT_UNTIL;
		statement->within_ms = patience_ms;
		statement->condition.what = WHAT_ACTIVE;
		statement->condition.service = (int)i;
		statement->condition.node = CORE_NONE;
	}
}

struct scenario *generate(enum mode mode, uint64_t seed)
{
	struct generator generator = {.scenario = scenario_new(), .random = seed * 64 + mode};
	unsigned faults;
	struct sim *sim;
	uint64_t patience_ms;

	if (!generator.scenario)
		return NULL;
	generator.scenario->seed = seed;
	make_cluster(&generator, mode);
	add_boots(&generator);
	generator.now_ms = below(&generator, 4) ? 30000 : 1000;
	faults = 2 + below(&generator, 7);
	for (unsigned i = 0; i < faults; i++)
		add_fault(&generator);
	sim = sim_new(&generator.scenario->cluster, generator.scenario->config, 0);
	patience_ms = sim_patience_ms(sim);
	sim_free(sim);
	add_end(&generator, patience_ms);
	return generator.scenario;
}
