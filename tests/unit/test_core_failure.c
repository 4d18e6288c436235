/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Resources that fail, starts and stops that do not work, maintenance, state that is not kept. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct world *active_on_1(void)
{
	struct world *world = world_open(&(struct world_options){0});

	world_boot_all(world);
	world_until_active(world, 0, 1);
	world_run(world, 5000);
	return world;
}

static void what_vanishes_is_restarted_once_and_then_moved(void **state)
{
	for (int resource = 0; resource < WORLD_RESOURCES; resource++) {
		struct world *world = active_on_1();

		world_break(world, 1, 0, resource);
		world_until_active(world, 0, 1);
		assert_int_equal(world_starts(world, 1, 0, resource), 2);
		/* What lies below was left alone. */
		if (resource > 0)
			assert_int_equal(world_starts(world, 1, 0, resource - 1), 1);
		world_break(world, 1, 0, resource);
		world_until_active(world, 0, 2);
		assert_int_equal(world_saw(world, 1, REASON_BARRED), 1);
		assert_true(world_status(world, 2)->services[0].barred[0]);
		world_close(world);
	}
	(void)state;
}

static void one_failed_look_is_not_a_failure(void **state)
{
	struct world *world = active_on_1();

	(void)state;
	world_verdict(world, 1, 0, WORLD_ZIMBRA, VERDICT_FAILED);
	world_verdict(world, 1, 0, WORLD_ZIMBRA, VERDICT_OK);
	world_verdict(world, 1, 0, WORLD_ZIMBRA, VERDICT_FAILED);
	world_verdict(world, 1, 0, WORLD_ZIMBRA, VERDICT_TIMEOUT);
	world_run(world, 10000);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	world_verdict(world, 1, 0, WORLD_ZIMBRA, VERDICT_FAILED);
	world_run(world, 10000);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 2);
	world_close(world);
}

static void a_start_that_fails_at_any_step_ends_on_the_other_node(void **state)
{
	for (int resource = 0; resource < WORLD_RESOURCES; resource++) {
		struct world *world = world_open(&(struct world_options){0});

		world_fail(world, 1, 0, resource, OPERATION_START, OUTCOME_FAILED, 10);
		world_boot_all(world);
		world_until_active(world, 0, 2);
		assert_int_equal(world_saw(world, 1, REASON_START_FAILED), 2);
		assert_false(world_is_up(world, 1, 0, WORLD_DRBD));
		world_close(world);
	}
	(void)state;
}

static void a_start_that_hangs_at_any_step_ends_on_the_other_node(void **state)
{
	for (int resource = 0; resource < WORLD_RESOURCES; resource++) {
		struct world *world = world_open(&(struct world_options){0});

		world_fail(world, 1, 0, resource, OPERATION_START, OUTCOME_TIMEOUT, 10);
		world_boot_all(world);
		world_until_active(world, 0, 2);
		assert_int_equal(world_saw(world, 1, REASON_START_TIMEOUT), 2);
		world_close(world);
	}
	(void)state;
}

static void a_stop_that_fails_is_insisted_on_and_nobody_else_starts(void **state)
{
	for (int resource = 0; resource < WORLD_RESOURCES; resource++) {
		struct world *world = active_on_1();
		uint64_t request;

		world_fail(world, 1, 0, resource, OPERATION_STOP, OUTCOME_TIMEOUT, 3);
		request = world_command(world, 1, CORE_VERB_MOVE, 0, 2, false);
		world_run(world, 25000);
		assert_true(world_why(world, 1, 0, REASON_WHY_STOP_FAILED));
		assert_true(world_why(world, 2, 0, REASON_WHY_STOP_FAILED));
		assert_int_equal(world_starts(world, 2, 0, WORLD_DRBD), 0);
		assert_int_equal(world_result(world, request), CORE_DONE);
		assert_int_equal(world_holder(world, 0), 2);
		world_close(world);
	}
	(void)state;
}

static void when_it_fails_everywhere_it_is_tried_again_with_pauses(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_fail(world, 1, 0, WORLD_ZIMBRA, OPERATION_START, OUTCOME_FAILED, 3);
	world_fail(world, 2, 0, WORLD_ZIMBRA, OPERATION_START, OUTCOME_FAILED, 3);
	world_boot_all(world);
	world_run(world, 15000);
	assert_int_equal(world_holder(world, 0), 0);
	assert_true(world_saw(world, 0, REASON_RETRY_LATER) >= 1);
	world_until_active(world, 0, 2); /* where it failed last */
	world_close(world);
}

static void cleanup_forgets_bars(void **state)
{
	struct world *world = active_on_1();

	(void)state;
	world_break(world, 1, 0, WORLD_ZIMBRA);
	world_run(world, 3000);
	world_break(world, 1, 0, WORLD_ZIMBRA);
	world_until_active(world, 0, 2);
	assert_true(world_why(world, 2, 0, REASON_WHY_BARRED));
	assert_int_equal(world_reason(world, world_command(world, 2, CORE_VERB_MOVE, 0, 1, false)),
			 REASON_REFUSED_NOT_ELIGIBLE);
	assert_int_equal(
		world_result(world, world_command(world, 2, CORE_VERB_CLEANUP, 0, 0, false)),
		CORE_DONE);
	world_run(world, 2000);
	assert_int_equal(world_result(world, world_command(world, 2, CORE_VERB_MOVE, 0, 1, false)),
			 CORE_DONE);
	world_close(world);
}

static void a_long_good_run_elsewhere_lifts_the_bar(void **state)
{
	struct world *world = active_on_1();

	(void)state;
	world_break(world, 1, 0, WORLD_ZIMBRA);
	world_run(world, 3000);
	world_break(world, 1, 0, WORLD_ZIMBRA);
	world_until_active(world, 0, 2);
	world_run(world, 610000);
	assert_int_equal(world_saw(world, 1, REASON_UNBARRED), 1);
	assert_false(world_status(world, 2)->services[0].barred[0]);
	world_close(world);
}

static void maintenance_leaves_a_broken_service_alone(void **state)
{
	struct world *world = active_on_1();

	(void)state;
	world_result(world, world_command(world, 2, CORE_VERB_MAINTENANCE, 0, 0, true));
	world_run(world, 2000);
	world_break(world, 1, 0, WORLD_ZIMBRA);
	world_run(world, 60000);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	assert_int_equal(world_reason(world, world_command(world, 1, CORE_VERB_MOVE, 0, 2, false)),
			 REASON_REFUSED_MAINTENANCE);
	world_result(world, world_command(world, 2, CORE_VERB_MAINTENANCE, 0, 0, false));
	world_until_active(world, 0, 1);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 2);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ADDRESS), 1);
	world_close(world);
}

static void in_maintenance_a_dead_holder_is_neither_fenced_nor_succeeded(void **state)
{
	struct world *world = world_open(&(struct world_options){.fencing = true});

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	world_result(world, world_command(world, 2, CORE_VERB_MAINTENANCE, 0, 0, true));
	world_run(world, 5000);
	world_crash(world, 1);
	world_run(world, 60000);
	assert_int_equal(world_saw(world, 2, REASON_FENCING), 0);
	assert_int_equal(world_holder(world, 0), 0);
	world_result(world, world_command(world, 2, CORE_VERB_MAINTENANCE, 0, 0, false));
	world_until_active(world, 0, 2);
	world_close(world);
}

static void a_node_that_cannot_keep_its_state_acquires_nothing(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_store_fails(world, 1, true);
	world_boot_all(world);
	world_until_active(world, 0, 2);
	world_store_fails(world, 1, false);
	world_run(world, 10000);
	assert_int_equal(world_result(world, world_command(world, 1, CORE_VERB_MOVE, 0, 1, false)),
			 CORE_DONE);
	world_close(world);
}

static void a_full_disk_does_not_stop_a_running_service(void **state)
{
	struct world *world = active_on_1();

	(void)state;
	world_store_fails(world, 1, true);
	world_break(world, 1, 0, WORLD_ZIMBRA);
	world_until_active(world, 0, 1);
	world_run(world, 60000);
	assert_int_equal(world_holder(world, 0), 1);
	world_close(world);
}

static void another_machine_with_the_address_is_named_and_waited_for(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_fail(world, 1, 0, WORLD_ADDRESS, OPERATION_START, OUTCOME_FOREIGN, 1);
	world_fail(world, 1, 0, WORLD_ADDRESS, OPERATION_DETECT, OUTCOME_FOREIGN, 3);
	world_boot_all(world);
	world_run(world, 10000);
	assert_int_equal(world_holder(world, 0), 0);
	assert_true(world_why(world, 1, 0, REASON_WHY_FOREIGN));
	assert_int_equal(world_starts(world, 2, 0, WORLD_DRBD), 0);
	world_until_active(world, 0, 1);
	world_close(world);
}

static void garbage_on_the_wire_is_ignored(void **state)
{
	struct world *world = active_on_1();
	uint8_t bytes[512];
	uint32_t random = 1;

	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		size_t size = i % sizeof(bytes);

		for (size_t j = 0; j < size; j++) {
			random = random * 1664525 + 1013904223;
			bytes[j] = (uint8_t)(random >> 24);
		}
		if (size >= 6 && i % 2)
			memcpy(bytes, "ZCSM\1\1", 6);
		world_inject(world, 1 + i % 2, bytes, size);
		world_run(world, 2);
	}
	world_run(world, 10000);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	world_close(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_vanishes_is_restarted_once_and_then_moved),
		cmocka_unit_test(one_failed_look_is_not_a_failure),
		cmocka_unit_test(a_start_that_fails_at_any_step_ends_on_the_other_node),
		cmocka_unit_test(a_start_that_hangs_at_any_step_ends_on_the_other_node),
		cmocka_unit_test(a_stop_that_fails_is_insisted_on_and_nobody_else_starts),
		cmocka_unit_test(when_it_fails_everywhere_it_is_tried_again_with_pauses),
		cmocka_unit_test(cleanup_forgets_bars),
		cmocka_unit_test(a_long_good_run_elsewhere_lifts_the_bar),
		cmocka_unit_test(maintenance_leaves_a_broken_service_alone),
		cmocka_unit_test(in_maintenance_a_dead_holder_is_neither_fenced_nor_succeeded),
		cmocka_unit_test(a_node_that_cannot_keep_its_state_acquires_nothing),
		cmocka_unit_test(a_full_disk_does_not_stop_a_running_service),
		cmocka_unit_test(another_machine_with_the_address_is_named_and_waited_for),
		cmocka_unit_test(garbage_on_the_wire_is_ignored),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
