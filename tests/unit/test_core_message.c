/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Messages survive the wire, and nothing else passes for one. */
#include "message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void fill_state(struct message *message)
{
	memset(message, 0, sizeof(*message));
	message->version = message->speaks = MESSAGE_VERSION;
	message->type = MESSAGE_STATE;
	message->leaving = true;
	message->incarnation = 0x1122334455667788;
	message->view = 0x99aabbccddeeff00;
	message->state.sequence = 7;
	message->state.digest = 0xd1;
	message->state.stage = STAGE_RUNNING;
	message->state.stage_service = 1;
	message->state.store_failed = true;
	message->service_count = CONFIG_SERVICES;
	for (unsigned i = 0; i < CONFIG_SERVICES; i++) {
		struct message_service *service = &message->services[i];

		service->name = 1000 + i;
		service->phase = PHASE_STARTING;
		service->epoch = 5 + i;
		service->state.step = i % 2 ? CORE_NONE : (int)i;
		service->state.last_epoch = 4;
		service->state.failures = 3;
		service->state.barred = i % 2;
		service->state.current = !(i % 2);
		service->state.stop_failed = i % 2;
		service->state.stuck = !(i % 2);
		service->state.storage = (struct storage){.known = true,
							  .link = STORAGE_CONNECTED,
							  .disk = STORAGE_UPTODATE,
							  .peer_role = STORAGE_PRIMARY,
							  .percent = 42,
							  .current = 0xc0ffee,
							  .history = {1, 2}};
		service->target = (struct core_intent){.sequence = 9, .value = 2};
		service->maintenance = (struct core_intent){.sequence = 11, .value = 1};
	}
	message->standby_count = CORE_NODES;
	for (unsigned i = 0; i < CORE_NODES; i++) {
		message->standby[i].nodeid = i + 1;
		message->standby[i].intent.value = i % 2;
	}
	message->state.watchdog_ms = 10000;
	message->state.lease_ms = 12000;
	message->heard_count = CORE_NODES;
	for (unsigned i = 0; i < CORE_NODES; i++) {
		message->heard[i].nodeid = i + 1;
		message->heard[i].sequence = 100 + i;
	}
}

static void the_largest_state_fits_and_comes_back_the_same(void **state)
{
	struct message sent, received;
	uint8_t bytes[CORE_MESSAGE_SIZE];
	size_t size;

	(void)state;
	fill_state(&sent);
	size = message_encode(&sent, bytes);
	assert_true(size < CORE_MESSAGE_SIZE);
	assert_true(message_decode(&received, bytes, size, MESSAGE_VERSION));
	assert_true(received.understood && received.leaving && received.state.leaving);
	assert_int_equal(received.incarnation, sent.incarnation);
	assert_int_equal(received.view, sent.view);
	assert_int_equal(received.state.stage, STAGE_RUNNING);
	assert_int_equal(received.state.stage_service, 1);
	assert_true(received.state.store_failed);
	for (unsigned i = 0; i < CONFIG_SERVICES; i++) {
		const struct message_service *got = &received.services[i];

		assert_int_equal(got->name, 1000 + i);
		assert_int_equal(got->state.phase, PHASE_STARTING);
		assert_int_equal(got->state.epoch, 5 + i);
		assert_int_equal(got->state.step, sent.services[i].state.step);
		assert_int_equal(got->state.barred, i % 2);
		assert_int_equal(got->state.storage.percent, 42);
		assert_int_equal(got->state.storage.history[1], 2);
		assert_int_equal(got->target.value, 2);
		assert_int_equal(got->maintenance.sequence, 11);
	}
	assert_int_equal(received.standby[15].nodeid, 16);
	assert_int_equal(received.state.watchdog_ms, 10000);
	assert_int_equal(received.state.lease_ms, 12000);
	assert_int_equal(received.heard[15].sequence, 115);
}

static void version_1_lacks_the_lease_and_is_understood(void **state)
{
	struct message sent, received;
	uint8_t bytes[CORE_MESSAGE_SIZE];
	size_t size;

	(void)state;
	fill_state(&sent);
	sent.version = 1;
	sent.speaks = 0; /* as it was written then */
	size = message_encode(&sent, bytes);
	assert_true(message_decode(&received, bytes, size, MESSAGE_VERSION));
	assert_true(received.understood && received.leaving);
	assert_int_equal(received.speaks, 1);
	assert_int_equal(received.standby[15].nodeid, 16);
	assert_int_equal(received.state.watchdog_ms, 0);
	assert_int_equal(received.heard_count, 0);
}

static void a_message_cut_anywhere_is_none(void **state)
{
	struct message sent, received;
	uint8_t bytes[CORE_MESSAGE_SIZE];
	size_t size;

	(void)state;
	fill_state(&sent);
	size = message_encode(&sent, bytes);
	for (size_t i = 0; i < size; i++)
		assert_false(message_decode(&received, bytes, i, MESSAGE_VERSION));
}

static void an_acquire_carries_its_proofs(void **state)
{
	struct message sent = {.version = MESSAGE_VERSION,
			       .type = MESSAGE_ACQUIRE,
			       .incarnation = 1,
			       .service_count = 1,
			       .epoch = 12,
			       .cleared_count = 2,
			       .cleared = {{2, CLEARANCE_FENCED}, {3, CLEARANCE_RELEASED}}};
	struct message received;
	uint8_t bytes[CORE_MESSAGE_SIZE];

	(void)state;
	assert_true(
		message_decode(&received, bytes, message_encode(&sent, bytes), MESSAGE_VERSION));
	assert_int_equal(received.epoch, 12);
	assert_int_equal(received.cleared_count, 2);
	assert_int_equal(received.cleared[0].nodeid, 2);
	assert_int_equal(received.cleared[0].clearance, CLEARANCE_FENCED);
}

static void of_a_newer_version_the_header_is_understood(void **state)
{
	struct message sent, received;
	uint8_t bytes[CORE_MESSAGE_SIZE];
	size_t size;

	(void)state;
	fill_state(&sent);
	size = message_encode(&sent, bytes);
	bytes[4] = MESSAGE_VERSION + 1;
	assert_true(message_decode(&received, bytes, size, MESSAGE_VERSION));
	assert_false(received.understood);
	assert_int_equal(received.services[3].epoch, 8);
	assert_int_equal(received.services[3].phase, PHASE_STARTING);
}

static void values_out_of_range_are_refused(void **state)
{
	struct message sent, received;
	uint8_t bytes[CORE_MESSAGE_SIZE];
	size_t size;

	(void)state;
	fill_state(&sent);
	sent.services[0].phase = (enum core_phase)9;
	size = message_encode(&sent, bytes);
	assert_false(message_decode(&received, bytes, size, MESSAGE_VERSION));
	fill_state(&sent);
	sent.services[0].state.storage.link = (enum storage_link)9;
	size = message_encode(&sent, bytes);
	assert_false(message_decode(&received, bytes, size, MESSAGE_VERSION));
	fill_state(&sent);
	sent.services[0].state.storage.percent = 101;
	size = message_encode(&sent, bytes);
	assert_false(message_decode(&received, bytes, size, MESSAGE_VERSION));
	fill_state(&sent);
	sent.incarnation = 0;
	size = message_encode(&sent, bytes);
	assert_false(message_decode(&received, bytes, size, MESSAGE_VERSION));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_largest_state_fits_and_comes_back_the_same),
		cmocka_unit_test(version_1_lacks_the_lease_and_is_understood),
		cmocka_unit_test(a_message_cut_anywhere_is_none),
		cmocka_unit_test(an_acquire_carries_its_proofs),
		cmocka_unit_test(of_a_newer_version_the_header_is_understood),
		cmocka_unit_test(values_out_of_range_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
