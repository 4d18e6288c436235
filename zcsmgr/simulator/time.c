/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Each node's own clock (CLOCK_MONOTONIC): it may run too fast or too slow, and stop in a pause. */
#include "internal.h"

uint64_t clock_of(const struct sim *sim, int node)
{
	const struct machine *machine = &sim->machines[node];
	int64_t passed = (int64_t)(sim->now_ms - machine->clock_at_ms);

	if (machine->paused)
		return machine->clock_ms;
	if (machine->drift != 0)
		passed += passed * machine->drift / 1000000;
	return machine->clock_ms + (uint64_t)passed;
}

uint64_t clock_wait(const struct sim *sim, int node, uint64_t at_ms)
{
	const struct machine *machine = &sim->machines[node];
	uint64_t now_ms = clock_of(sim, node);

	if (at_ms <= now_ms)
		return 0;
	if (machine->paused || at_ms - now_ms > UINT64_MAX / 4000000)
		return UINT64_MAX;
	if (machine->drift == 0)
		return at_ms - now_ms;
	return (at_ms - now_ms) * 1000000 / (uint64_t)(1000000 + machine->drift) + 1;
}

static void set(struct sim *sim, int node)
{
	struct machine *machine = &sim->machines[node];

	machine->clock_ms = clock_of(sim, node);
	machine->clock_at_ms = sim->now_ms;
}

void clock_set_drift(struct sim *sim, int node, int64_t drift)
{
	set(sim, node);
	sim->machines[node].drift = drift;
}

void clock_stop(struct sim *sim, int node)
{
	set(sim, node);
	sim->machines[node].paused = true;
}

void clock_go(struct sim *sim, int node)
{
	sim->machines[node].clock_at_ms = sim->now_ms;
	sim->machines[node].paused = false;
}
