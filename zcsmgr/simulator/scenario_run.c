/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario happens, and is measured by what it expects and by the promises. */
#include "scenario.h"

#include "names.h"

#include <stdio.h>
#include <string.h>

enum { LOOK_MS = 100 };

static bool is_stopped(const struct sim *sim, const struct scenario *scenario, int service)
{
	for (int i = 0; i < (int)scenario->cluster.node_count; i++)
		for (unsigned j = 0; j < scenario->config->services[service].resource_count; j++)
			if (sim_is_up(sim, i, service, (int)j))
				return false;
	return true;
}

static bool is_active(struct sim *sim, const struct scenario *scenario, int service, int node)
{
	for (int i = 0; i < (int)scenario->cluster.node_count; i++)
		if ((node == CORE_NONE || node == i) && sim_is_active(sim, service, i))
			return true;
	return false;
}

static bool has_reason(struct sim *sim, const struct scenario_condition *condition)
{
	const struct core_status *status = sim_status(sim, condition->node);

	for (unsigned i = 0; status && i < status->services[condition->service].why_count; i++)
		if (status->services[condition->service].why[i].code == condition->code)
			return true;
	return false;
}

static bool is_counted(uint64_t count, const struct scenario_condition *condition)
{
	return condition->times < 0 ? count > 0 : count == (uint64_t)condition->times;
}

static bool is_answered(const struct sim *sim, const struct scenario_condition *condition)
{
	struct core_reply reply;

	return sim_answer(sim, &reply) && (int)reply.result == condition->result &&
	       (condition->code == REASON_NONE || reply.reason.code == condition->code);
}

static bool is_so(struct sim *sim, const struct scenario *scenario,
		  const struct scenario_condition *condition)
{
	const struct core_status *status;

	switch (condition->what) {
	case WHAT_ACTIVE:
		return is_active(sim, scenario, condition->service, condition->node);
	case WHAT_STOPPED:
		return is_stopped(sim, scenario, condition->service);
	case WHAT_UP:
		return sim_is_up(sim, condition->node, condition->service, condition->resource);
	case WHAT_POWER:
		return sim_is_on(sim, condition->node);
	case WHAT_SAW:
		return is_counted(sim_saw(sim, condition->node, condition->code), condition);
	case WHAT_WHY:
		return has_reason(sim, condition);
	case WHAT_ANSWER:
		return is_answered(sim, condition);
	case WHAT_STARTS:
		return is_counted(
			sim_starts(sim, condition->node, condition->service, condition->resource),
			condition);
	case WHAT_SPLIT:
		return sim_is_split(sim, condition->service);
	case WHAT_CURRENT:
		status = sim_status(sim, condition->node);
		return status && status->services[condition->service].current[condition->node];
	}
	return false;
}

static bool holds(struct sim *sim, const struct scenario *scenario,
		  const struct scenario_condition *condition)
{
	return is_so(sim, scenario, condition) != condition->negated;
}

static void run_until(struct sim *sim, const struct scenario *scenario,
		      const struct scenario_statement *statement)
{
	uint64_t end_ms = sim_now(sim) + statement->within_ms;

	while (sim_now(sim) < end_ms && !holds(sim, scenario, &statement->condition) &&
	       !sim_violation(sim)->found)
		sim_run(sim, sim_now(sim) + LOOK_MS);
}

static bool wait_for(struct sim *sim, const struct scenario_statement *statement,
		     struct scenario_error *error)
{
	struct sim_trigger trigger = {.code = statement->condition.code,
				      .node = statement->condition.node,
				      .times = (unsigned)statement->condition.times,
				      .delay_ms = statement->within_ms,
				      .action = statement->action};

	if (sim_when(sim, &trigger))
		return true;
	snprintf(error->text, sizeof(error->text), "line %u: too many wait already",
		 statement->line);
	return false;
}

static bool obey(struct sim *sim, const struct scenario *scenario,
		 const struct scenario_statement *statement, struct scenario_error *error)
{
	uint64_t at_ms = statement->at_ms + (statement->relative ? sim_now(sim) : 0);

	if (at_ms > sim_now(sim))
		sim_run(sim, at_ms);
	switch (statement->kind) {
	case STATEMENT_ACT:
		sim_act(sim, &statement->action);
		return true;
	case STATEMENT_WHEN:
		return wait_for(sim, statement, error);
	case STATEMENT_MEND:
		sim_mend(sim);
		return true;
	case STATEMENT_RUN:
		return true;
	case STATEMENT_WHY:
		sim_explain(sim, statement->condition.service);
		return true;
	case STATEMENT_UNTIL:
		run_until(sim, scenario, statement);
		break;
	case STATEMENT_EXPECT:
		break;
	}
	if (holds(sim, scenario, &statement->condition) || sim_violation(sim)->found)
		return true;
	sim_explain(sim, statement->condition.service);
	if (statement->line == 0)
		snprintf(error->text, sizeof(error->text),
			 "L1 is broken: %s is not active %llu s after everything works again",
			 scenario->config->services[statement->condition.service].name,
			 (unsigned long long)statement->within_ms / 1000);
	else
		snprintf(error->text, sizeof(error->text), "line %u: not so at %llu.%03llu s",
			 statement->line, (unsigned long long)sim_now(sim) / 1000,
			 (unsigned long long)sim_now(sim) % 1000);
	return false;
}

bool scenario_run(const struct scenario *scenario, void *story, bool all,
		  struct sim_coverage *coverage, struct sim_numbers *result,
		  struct scenario_error *error)
{
	struct sim *sim = sim_new(&scenario->cluster, scenario->config, scenario->seed);
	const struct sim_violation *violation;
	struct sim_numbers numbers;
	bool good = true;

	error->text[0] = '\0';
	if (!sim) {
		snprintf(error->text, sizeof(error->text), "no memory");
		return false;
	}
	violation = sim_violation(sim);
	sim_tell(sim, story, all);
	sim_cover(sim, coverage);
	for (unsigned i = 0; good && !violation->found && i < scenario->count; i++)
		good = obey(sim, scenario, &scenario->statements[i], error);
	sim_numbers(sim, &numbers);
	if (result)
		*result = numbers;
	if (good && !violation->found && numbers.moves > numbers.faults + numbers.commands) {
		snprintf(error->text, sizeof(error->text),
			 "L2 is broken: %llu changes of holder after %llu faults and commands",
			 (unsigned long long)numbers.moves,
			 (unsigned long long)(numbers.faults + numbers.commands));
		good = false;
	}
	if (violation->found) {
		snprintf(error->text, sizeof(error->text), "%s is broken at %llu.%03llu s: %s",
			 violation->promise, (unsigned long long)violation->at_ms / 1000,
			 (unsigned long long)violation->at_ms % 1000, violation->text);
		good = false;
	}
	sim_free(sim);
	return good;
}
