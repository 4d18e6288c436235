/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A client of each service: it numbers its writes, counts one as acknowledged only when the
 * service said so, and forgets none of them.
 */
#include "internal.h"

static void add(uint64_t *set, unsigned number)
{
	set[number / 64] |= 1ull << number % 64;
}

static void acknowledge(struct sim *sim, int service, unsigned number)
{
	struct client *client = &sim->clients[service];

	add(client->acknowledged, number);
	client->acknowledged_count++;
	sim->numbers.acknowledged++;
}

unsigned client_lacks(const struct sim *sim, int service, const struct side *side)
{
	const struct client *client = &sim->clients[service];
	unsigned lacks = 0;

	for (unsigned i = 0; i <= client->written / 64 && i < SIM_WRITES / 64; i++) {
		uint64_t missing = client->acknowledged[i] & ~side->data[i] & ~client->forgiven[i];

		for (; missing; missing &= missing - 1)
			lacks++;
	}
	return lacks;
}

/* What only the other side has is given up, in words. */
void client_forgive(struct sim *sim, int service, int node)
{
	struct client *client = &sim->clients[service];
	int side = disk_side(sim, node, service);

	if (side == CORE_NONE)
		return;
	for (unsigned i = 0; i < SIM_WRITES / 64; i++)
		client->forgiven[i] |=
			client->acknowledged[i] & ~sim->volumes[service].sides[side].data[i];
}

static void hang(struct client *client, unsigned number, int node)
{
	client->hanging = number + 1;
	client->hanging_at = node;
}

/* The node's disk takes it, as far as it goes. True: the service may acknowledge it. */
static bool write_at(struct sim *sim, int service, int node, unsigned number)
{
	struct volume *volume = &sim->volumes[service];
	int index = disk_side(sim, node, service);
	struct side *side = &volume->sides[index], *other = &volume->sides[1 - index];
	bool connected = side->link == STORAGE_CONNECTED;

	if (side->suspended) {
		hang(&sim->clients[service], number, node);
		return false;
	}
	if (connected && (!link_works(sim, service) || other->link != STORAGE_CONNECTED)) {
		if (side->disk > STORAGE_DISKLESS)
			add(side->data, number);
		hang(&sim->clients[service], number, node);
		return false;
	}
	if (side->disk != STORAGE_UPTODATE && (!connected || other->disk != STORAGE_UPTODATE))
		return false; /* an I/O error */
	if (!connected && side->rotate)
		disk_new_generation(sim, side);
	if (side->disk > STORAGE_DISKLESS)
		add(side->data, number);
	if (connected && other->disk > STORAGE_DISKLESS)
		add(other->data, number);
	return true;
}

static int find_server(const struct sim *sim, int service)
{
	for (int i = 0; i < (int)sim->cluster.node_count; i++)
		if (resource_serves(sim, i, service) && !sim->machines[i].frozen &&
		    !sim->machines[i].paused)
			return i;
	return CORE_NONE;
}

void client_write(struct sim *sim, int service)
{
	struct client *client = &sim->clients[service];
	int node = find_server(sim, service);
	struct event *event =
		queue_add(sim, random_between(sim, WRITE_MS / 2, WRITE_MS * 2), EVENT_WRITE, 0);

	event->service = service;
	if (node == CORE_NONE || client->hanging != 0 || client->written == SIM_WRITES ||
	    sim->volumes[service].nodes[0] == CORE_NONE)
		return;
	sim->numbers.written++;
	if (write_at(sim, service, node, client->written))
		acknowledge(sim, service, client->written);
	client->written++;
}

void client_unfrozen(struct sim *sim, int service, int node)
{
	struct client *client = &sim->clients[service];
	unsigned number = client->hanging - 1;

	if (client->hanging == 0 || client->hanging_at != node)
		return;
	client->hanging = 0;
	if (write_at(sim, service, node, number))
		acknowledge(sim, service, number);
}

void client_lost(struct sim *sim, int service, int node)
{
	if (sim->clients[service].hanging_at == node)
		sim->clients[service].hanging = 0;
}
