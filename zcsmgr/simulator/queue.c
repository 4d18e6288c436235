/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What happens later, in order of time; at the same time, in order of its planning. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

uint64_t random_next(struct sim *sim)
{
	/* splitmix64 */
	uint64_t value = sim->random += 0x9e3779b97f4a7c15;

	value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
	value = (value ^ value >> 27) * 0x94d049bb133111eb;
	return value ^ value >> 31;
}

uint64_t random_between(struct sim *sim, uint64_t low, uint64_t high)
{
	return low + random_next(sim) % (high - low + 1);
}

bool random_one_in(struct sim *sim, unsigned of)
{
	return random_next(sim) % of == 0;
}

static bool earlier(const struct event *a, const struct event *b)
{
	return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : a->order < b->order;
}

static void rise(struct sim *sim, unsigned at)
{
	struct event *event = sim->heap[at];

	while (at > 0 && earlier(event, sim->heap[(at - 1) / 2])) {
		sim->heap[at] = sim->heap[(at - 1) / 2];
		at = (at - 1) / 2;
	}
	sim->heap[at] = event;
}

static void sink(struct sim *sim, unsigned at)
{
	struct event *event = sim->heap[at];

	for (;;) {
		unsigned child = 2 * at + 1;

		if (child >= sim->heap_count)
			break;
		if (child + 1 < sim->heap_count && earlier(sim->heap[child + 1], sim->heap[child]))
			child++;
		if (!earlier(sim->heap[child], event))
			break;
		sim->heap[at] = sim->heap[child];
		at = child;
	}
	sim->heap[at] = event;
}

/* A simulation without memory is worth nothing: it ends. */
static void *must(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

struct event *queue_add(struct sim *sim, uint64_t delay_ms, enum event_kind kind, int node)
{
	struct event *event = sim->unused;

	if (event)
		sim->unused = event->next;
	else
		event = must(malloc(sizeof(*event)));
	memset(event, 0, sizeof(*event));
	if (delay_ms > UINT32_MAX) /* nothing happens before now, nor in a month */
		abort();
	event->at_ms = sim->now_ms + delay_ms;
	event->order = ++sim->orders;
	event->kind = kind;
	event->node = node;
	if (sim->heap_count == sim->heap_size) {
		sim->heap_size = sim->heap_size ? sim->heap_size * 2 : 64;
		sim->heap = must(realloc(sim->heap, sim->heap_size * sizeof(struct event *)));
	}
	sim->heap[sim->heap_count++] = event;
	rise(sim, sim->heap_count - 1);
	return event;
}

struct event *queue_first(struct sim *sim)
{
	return sim->heap_count ? sim->heap[0] : NULL;
}

void queue_pop(struct sim *sim, struct event *event)
{
	(void)event; /* always the first */
	sim->heap[0] = sim->heap[--sim->heap_count];
	if (sim->heap_count > 0)
		sink(sim, 0);
}

void parcel_drop(struct parcel *parcel)
{
	if (--parcel->references == 0)
		free(parcel);
}

void event_free(struct sim *sim, struct event *event)
{
	if ((event->kind == EVENT_DELIVER || event->kind == EVENT_SEND) && event->parcel)
		parcel_drop(event->parcel);
	if (event->kind == EVENT_TELL && event->notice) {
		if (event->notice->type == CORE_MESSAGE && event->notice->parcel)
			parcel_drop(event->notice->parcel);
		free(event->notice);
	}
	if (event->kind == EVENT_STORED)
		free(event->durable);
	event->next = sim->unused;
	sim->unused = event;
}

void queue_free(struct sim *sim)
{
	while (sim->heap_count > 0) {
		struct event *event = sim->heap[--sim->heap_count];

		event_free(sim, event);
	}
	while (sim->unused) {
		struct event *next = sim->unused->next;

		free(sim->unused);
		sim->unused = next;
	}
	free(sim->heap);
}
