/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "facts.h"

#include <stdio.h>
#include <string.h>

const char *facts_state_name(enum fact_state state)
{
	static const char *const names[] = {"unknown", "up", "down", "failed"};

	return names[state];
}

static void set(struct fact *fact, bool up, enum fact_state state)
{
	fact->up = up;
	fact->state = state;
}

void facts_outcome(struct fact *fact, enum operation operation, enum outcome outcome,
		   const char *text)
{
	if (operation == OPERATION_DETECT && outcome != OUTCOME_FOREIGN)
		return;
	/* An order to the disk tells nothing of what is up. */
	if (operation == OPERATION_OUTDATE || operation == OPERATION_RESUME)
		return;
	snprintf(fact->text, sizeof(fact->text), "%s", text);
	switch (outcome) {
	case OUTCOME_OK:
		set(fact, operation == OPERATION_START,
		    operation == OPERATION_START ? FACT_UP : FACT_DOWN);
		break;
	case OUTCOME_UP:
		set(fact, true, FACT_UP);
		break;
	case OUTCOME_DOWN:
		set(fact, false, FACT_DOWN);
		break;
	case OUTCOME_PARTIAL:
	case OUTCOME_FAILED:
	case OUTCOME_TIMEOUT:
		set(fact, false, operation == OPERATION_PROBE ? FACT_UNKNOWN : FACT_FAILED);
		break;
	case OUTCOME_FOREIGN:
		set(fact, false, FACT_FAILED);
		break;
	case OUTCOME_STUCK:
		set(fact, false, FACT_UNKNOWN);
		break;
	}
}

/* A watch that runs always also tells of what is down: that is as it should be. */
void facts_verdict(struct fact *fact, enum verdict verdict, const char *text)
{
	static const enum fact_state states[] = {
		[VERDICT_OK] = FACT_UP,
		[VERDICT_FAILED] = FACT_FAILED,
		[VERDICT_TIMEOUT] = FACT_UNKNOWN,
		[VERDICT_GONE] = FACT_DOWN,
	};

	if (!fact->up)
		return;
	fact->state = states[verdict];
	snprintf(fact->text, sizeof(fact->text), "%s", text);
}

void facts_fence(struct facts *facts, uint32_t nodeid, const char *text)
{
	for (unsigned i = 0; i < CORE_NODES; i++) {
		if (facts->fences[i].nodeid != nodeid && facts->fences[i].nodeid != 0)
			continue;
		facts->fences[i].nodeid = nodeid;
		snprintf(facts->fences[i].text, sizeof(facts->fences[i].text), "%s", text);
		return;
	}
}

const char *facts_fence_text(const struct facts *facts, uint32_t nodeid)
{
	for (unsigned i = 0; i < CORE_NODES; i++)
		if (facts->fences[i].nodeid == nodeid && nodeid != 0)
			return facts->fences[i].text;
	return "";
}

static const struct fact *find(const struct facts *facts, const struct config *config,
			       const char *service, const char *resource)
{
	int index = config_find_service(config, service);

	if (index < 0)
		return NULL;
	for (unsigned i = 0; i < config->services[index].resource_count; i++)
		if (strcmp(config->services[index].resources[i].name, resource) == 0)
			return &facts->of[index][i];
	return NULL;
}

void facts_carry(struct facts *facts, const struct config *from, const struct config *to)
{
	struct facts old = *facts;

	memset(facts->of, 0, sizeof(facts->of));
	for (unsigned i = 0; i < to->service_count; i++) {
		const struct service_config *service = &to->services[i];

		for (unsigned j = 0; j < service->resource_count; j++) {
			const struct fact *fact =
				find(&old, from, service->name, service->resources[j].name);

			if (fact)
				facts->of[i][j] = *fact;
			facts->of[i][j].watched = false;
		}
	}
}
