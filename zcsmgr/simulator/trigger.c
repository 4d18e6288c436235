/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bad luck at the worst moment: actions that wait until a node journals something. */
#include "internal.h"

#include <string.h>

bool sim_when(struct sim *sim, const struct sim_trigger *trigger)
{
	for (unsigned i = 0; i < SIM_TRIGGERS; i++) {
		if (sim->triggers[i].state != TRIGGER_UNUSED)
			continue;
		sim->triggers[i] = (struct trigger){.state = TRIGGER_WAITS, .what = *trigger};
		return true;
	}
	return false;
}

void trigger_journaled(struct sim *sim, int node, enum reason_code code)
{
	for (unsigned i = 0; i < SIM_TRIGGERS; i++) {
		struct trigger *trigger = &sim->triggers[i];

		if (trigger->state != TRIGGER_WAITS || trigger->what.code != code ||
		    (trigger->what.node != CORE_NONE && trigger->what.node != node))
			continue;
		if (--trigger->what.times > 0)
			continue;
		trigger->state = TRIGGER_DUE;
		queue_add(sim, trigger->what.delay_ms, EVENT_ACT, node)->number = i;
	}
}

void trigger_act(struct sim *sim, unsigned index)
{
	struct trigger *trigger = &sim->triggers[index];

	if (trigger->state != TRIGGER_DUE)
		return;
	trigger->state = TRIGGER_UNUSED;
	sim_act(sim, &trigger->what.action);
}

void trigger_forget(struct sim *sim)
{
	memset(sim->triggers, 0, sizeof(sim->triggers));
}
