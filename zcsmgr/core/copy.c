/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether this node's copy of a service's data surely has every acknowledged write.
 *
 * "Paired" remembers that both copies were equal when they were last seen together, by daemons that
 * know of each other: one that does not goes on alone by what it knows of the daemon before (that
 * it was fenced, or left in order). It ends when the other side may have written alone since: it
 * says so while it holds the service, or the service was acquired anew (its epoch rose) while the
 * copies were apart. It does not survive the daemon, so after a reboot only a connected peer, a
 * comparison of generations, or the operator's word make a copy current.
 *
 * A Primary without its peer is frozen until the kernel's question is answered (fence_peer.c), and
 * it is answered only when "paired" has ended here, too: this node was switched off; or outdated
 * its copy; or, in third-vote mode, has not been in the majority for a lease. In manual mode a
 * holder that lost us goes on alone, so there it is worth something only if we held the service
 * last, or the other node left in order.
 */
#include "internal.h"

bool copy_needed(const struct core *core, int index)
{
	const struct service_config *config = &core->config->services[index];

	return config->resource_count > 0 && config->resources[0].type == RESOURCE_DRBD;
}

/* The holder's own copy is current by definition: all writes are made to it. */
static bool holds(const struct core *core, const struct service *service)
{
	return service->claim.node == core->self && service_claims(service->phase) &&
	       service->storage.role == STORAGE_PRIMARY;
}

static bool knows_of_us(const struct core *core, int index)
{
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if ((int)i != core->self && core_place(core, index, (int)i) != CORE_NONE &&
		    !core->nodes[i].seen)
			return false;
	return true;
}

static bool are_equal(const struct core *core, int index)
{
	const struct storage *storage = &core->services[index].storage;

	return storage->known && storage->disk == STORAGE_UPTODATE &&
	       storage->link == STORAGE_CONNECTED && storage->peer_disk == STORAGE_UPTODATE &&
	       !core->services[index].denied && knows_of_us(core, index);
}

void copy_pair(struct core *core, int index)
{
	struct service *service = &core->services[index];

	if (!are_equal(core, index) && !holds(core, service))
		return;
	if (fencing_mode(core) == MODE_THIRD_VOTE && !core->lease_proved)
		return;
	service->paired = true;
	service->paired_epoch = core->durable.services[index].epoch;
}

/* Nobody but ourselves has acquired it since: that makes our copy no older. */
void copy_acquired(struct core *core, int index, uint64_t epoch)
{
	struct service *service = &core->services[index];

	if (service->paired_epoch == core->durable.services[index].epoch)
		service->paired_epoch = epoch;
}

void copy_storage(struct core *core, int index, const struct storage *storage)
{
	struct service *service = &core->services[index];
	struct storage before = service->storage;

	service->storage = *storage;
	if (before.link == STORAGE_CONNECTED && storage->link != STORAGE_CONNECTED)
		service->disk_lost_ms = core->now_ms;
	if (storage->link != before.link || storage->disk != before.disk ||
	    storage->role != before.role || storage->peer_role != before.peer_role ||
	    storage->peer_disk != before.peer_disk || storage->suspended != before.suspended ||
	    storage->split_brain != before.split_brain || storage->known != before.known ||
	    storage->current != before.current)
		core->state_due = true;
	if (storage->split_brain && !before.split_brain)
		core_record(core, REASON_DISK_SPLIT_BRAIN, index, CORE_NONE, CORE_NONE, 0);
	if (storage->suspended != before.suspended)
		core_record(core, storage->suspended ? REASON_DISK_SUSPENDED : REASON_DISK_RESUMED,
			    index, CORE_NONE, CORE_NONE, 0);
	if (before.known && storage->known &&
	    (before.link == STORAGE_CONNECTED) != (storage->link == STORAGE_CONNECTED))
		core_record(core,
			    storage->link == STORAGE_CONNECTED ? REASON_DISK_CONNECTED
							       : REASON_DISK_DISCONNECTED,
			    index, CORE_NONE, CORE_NONE, 0);
	if (!storage->known)
		return;
	if (storage->link != STORAGE_CONNECTED)
		service->denied = false;
	if (storage->disk != STORAGE_UPTODATE)
		service->paired = false;
	copy_pair(core, index);
}

/* A state of another node was delivered. */
void copy_peer_state(struct core *core, int index, int node)
{
	struct service *service = &core->services[index];
	const struct service_state *told = &core->nodes[node].state.services[index];

	/* We may not have noticed yet that the connection is gone; the other end has. */
	service->denied = service->storage.link == STORAGE_CONNECTED && told->storage.known &&
			  told->storage.link != STORAGE_CONNECTED;
	if (service->storage.link == STORAGE_CONNECTED && !service->denied) {
		copy_pair(core, index); /* now we know of each other */
		return;
	}
	if (holds(core, service))
		return;
	/* Connected, it thinks, or frozen, it writes nothing that we lack. */
	if (service_claims(told->phase) && told->storage.role == STORAGE_PRIMARY &&
	    told->storage.link != STORAGE_CONNECTED && !told->storage.suspended)
		service->paired = false;
}

/* Ours has all that theirs has: the same generation, or theirs is one that ours came from. */
static bool as_new_as(const struct storage *ours, const struct storage *theirs)
{
	if (!ours->generations_known || !theirs->generations_known)
		return false;
	return ours->current == theirs->current || ours->bitmap == theirs->current ||
	       ours->history[0] == theirs->current || ours->history[1] == theirs->current;
}

static bool loss_accepted(const struct core *core, int index)
{
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if (core_place(core, index, (int)i) != CORE_NONE && core->nodes[i].confirmed &&
		    core->nodes[i].loss_accepted)
			return true;
	return false;
}

/* Memory counts; see above. */
static bool is_paired(const struct core *core, int index)
{
	const struct service *service = &core->services[index];

	if (!service->paired || service->paired_epoch != core->durable.services[index].epoch)
		return false;
	if (fencing_mode(core) == MODE_THIRD_VOTE)
		return core->lease_proved;
	if (fencing_mode(core) == MODE_FENCING || service->last_epoch == service->paired_epoch)
		return true;
	for (unsigned i = 0; i < core->settings.node_count; i++)
		if ((int)i != core->self && core_place(core, index, (int)i) != CORE_NONE &&
		    !core->nodes[i].goodbye)
			return false;
	return true;
}

static bool is_known(const struct core *core, int node)
{
	return core->nodes[node].goodbye || (view_counts(core, node) && core->nodes[node].heard);
}

/*
 * The other copies can be asked whose nodes are here, or said last what they had when they left in
 * order: 1 ours is as new, 0 it is not, -1 nobody.
 */
static int compare(const struct core *core, int index)
{
	int result = -1;

	for (unsigned i = 0; i < core->settings.node_count; i++) {
		const struct service_state *told = &core->nodes[i].state.services[index];

		if ((int)i == core->self || core_place(core, index, (int)i) == CORE_NONE)
			continue;
		if (!told->storage.known || !is_known(core, (int)i))
			continue;
		if (!as_new_as(&core->services[index].storage, &told->storage))
			return 0;
		result = 1;
	}
	return result;
}

bool copy_current(const struct core *core, int index)
{
	const struct service *service = &core->services[index];
	const struct storage *storage = &service->storage;
	int compared;

	if (!copy_needed(core, index))
		return true;
	if (!storage->known || !storage->configured)
		return false;
	/* After a boot alone the kernel knows no better than Consistent; with its peer it will. */
	if (storage->disk == STORAGE_CONSISTENT)
		return storage->link != STORAGE_CONNECTED && loss_accepted(core, index);
	if (storage->disk != STORAGE_UPTODATE)
		return false;
	if (storage->split_brain) /* both have writes of their own: the operator decides */
		return loss_accepted(core, index);
	if (holds(core, service) || (storage->link == STORAGE_CONNECTED && !service->denied))
		return true;
	compared = compare(core, index);
	if (compared >= 0)
		return compared;
	if (is_paired(core, index))
		return true;
	return loss_accepted(core, index);
}

bool copy_suspended(const struct core *core, int index)
{
	return copy_needed(core, index) && core->services[index].storage.known &&
	       core->services[index].storage.suspended;
}
