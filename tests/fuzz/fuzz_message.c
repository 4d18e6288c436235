/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whatever another node sends: decoding it is bounded, and what is taken is within its bounds, no
 * longer a message when it is cut, and the same after another way over the wire.
 */
#include "message.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool right)
{
	if (!right)
		abort();
}

static void check_service(const struct message_service *service)
{
	const struct service_state *state = &service->state;
	const struct storage *storage = &state->storage;

	must(state->told && state->phase == service->phase && state->epoch == service->epoch);
	must(state->step >= CORE_NONE && state->step < CONFIG_RESOURCES);
	must(storage->role <= STORAGE_PRIMARY && storage->peer_role <= STORAGE_PRIMARY);
	must(storage->disk <= STORAGE_UPTODATE && storage->peer_disk <= STORAGE_UPTODATE);
	must(storage->link <= STORAGE_CONNECTED && storage->percent <= 100);
}

static void check_state(const struct message *message)
{
	must(message->state.stage <= STAGE_RUNNING);
	must(message->state.stage_service >= CORE_NONE);
	must(message->state.stage_service < CONFIG_SERVICES);
	must(message->standby_count <= CORE_NODES);
	for (unsigned i = 0; i < message->service_count; i++)
		check_service(&message->services[i]);
}

static void check(const struct message *message)
{
	must(message->version > 0 && message->incarnation > 0);
	must(message->service_count <= CONFIG_SERVICES);
	for (unsigned i = 0; i < message->service_count; i++)
		must(message->services[i].phase <= PHASE_STOPPING);
	if (!message->understood)
		return;
	must(message->type >= MESSAGE_STATE && message->type <= MESSAGE_COMMIT);
	must(message->type != MESSAGE_ACQUIRE || message->service_count == 1);
	must(message->cleared_count <= CORE_NODES);
	for (unsigned i = 0; i < message->cleared_count; i++)
		must(message->cleared[i].clearance < CLEARANCES);
	if (message->type == MESSAGE_STATE)
		check_state(message);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct message message, again;
	uint8_t sent[CORE_MESSAGE_SIZE];
	size_t length;

	if (!message_decode(&message, bytes, size, MESSAGE_VERSION))
		return 0;
	check(&message);
	if (!message.understood)
		return 0;
	length = message_encode(&message, sent);
	must(length > 0 && length < sizeof(sent) && length <= size);
	must(message_decode(&again, sent, length, MESSAGE_VERSION));
	must(memcmp(&again, &message, sizeof(again)) == 0);
	must(!message_decode(&again, sent, length - 1, MESSAGE_VERSION));
	return 0;
}
