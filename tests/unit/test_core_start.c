/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cold starts, moves, and the end of a daemon. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void both_boot_and_the_first_in_order_serves(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	world_run(world, 60000);
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_saw(world, 1, REASON_ACQUIRED), 1);
	assert_int_equal(world_saw(world, 2, REASON_ACQUIRED), 1);
	assert_true(world_saw(world, 1, REASON_CLEARED_RELEASED) >= 1);
	assert_int_equal(world_saw(world, 0, REASON_INTERNAL), 0);
	assert_true(world_why(world, 2, 0, REASON_WHY_ACTIVE));
	world_close(world);
}

static void one_alone_waits_for_quorum_and_says_so(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_boot(world, 2);
	world_run(world, 60000);
	assert_int_equal(world_holder(world, 0), 0);
	assert_true(world_why(world, 2, 0, REASON_WHY_NO_QUORUM));
	assert_true(world_why(world, 2, 0, REASON_WHY_CLEARANCE_MANUAL));
	world_boot(world, 1);
	world_until_active(world, 0, 1);
	world_close(world);
}

static void one_alone_starts_when_the_operator_confirms_and_accepts_the_loss(void **state)
{
	struct world *world = world_open(&(struct world_options){0});
	uint64_t request;

	(void)state;
	world_boot(world, 2);
	world_run(world, 10000);
	request = world_command(world, 2, CORE_VERB_CONFIRM_DOWN, CORE_NONE, 1, false);
	assert_int_equal(world_result(world, request), CORE_REFUSED);
	assert_int_equal(world_reason(world, request), REASON_REFUSED_LOSS);
	request = world_command(world, 2, CORE_VERB_CONFIRM_DOWN, CORE_NONE, 1, true);
	assert_int_equal(world_result(world, request), CORE_DONE);
	world_until_active(world, 0, 2);
	/* The other comes back: it finds the service held, and gets the newer data. */
	world_boot(world, 1);
	world_run(world, 30000);
	assert_int_equal(world_holder(world, 0), 2);
	assert_false(world_status(world, 1)->services[0].storage[0].split_brain);
	world_close(world);
}

static void a_move_goes_there_and_back_and_leaves_nothing_behind(void **state)
{
	struct world *world = world_open(&(struct world_options){0});
	uint64_t request;

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	request = world_command(world, 2, CORE_VERB_MOVE, 0, 2, false);
	assert_int_equal(world_result(world, request), CORE_DONE);
	assert_int_equal(world_holder(world, 0), 2);
	world_run(world, 2000);
	assert_int_equal(world_status(world, 1)->services[0].target, 0);
	request = world_command(world, 2, CORE_VERB_MOVE, 0, 0, false);
	assert_int_equal(world_result(world, request), CORE_DONE);
	assert_int_equal(world_holder(world, 0), 1);
	request = world_command(world, 2, CORE_VERB_MOVE, 0, 1, false);
	assert_int_equal(world_reason(world, request), REASON_REFUSED_ALREADY_THERE);
	world_close(world);
}

static void standby_empties_a_node_and_online_does_not_move_back(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	assert_int_equal(
		world_result(world, world_command(world, 1, CORE_VERB_STANDBY, CORE_NONE, 1, 0)),
		CORE_DONE);
	world_until_active(world, 0, 2);
	assert_int_equal(
		world_result(world, world_command(world, 2, CORE_VERB_ONLINE, CORE_NONE, 1, 0)),
		CORE_DONE);
	world_run(world, 30000);
	assert_int_equal(world_holder(world, 0), 2);
	world_close(world);
}

static void standby_of_both_stops_it_and_survives_reboots(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	world_command(world, 1, CORE_VERB_STANDBY, CORE_NONE, 1, 0);
	world_command(world, 1, CORE_VERB_STANDBY, CORE_NONE, 2, 0);
	world_until_stopped(world, 0);
	world_run(world, 2000);
	world_crash(world, 2);
	world_run(world, 5000);
	world_boot(world, 2);
	world_run(world, 30000);
	assert_int_equal(world_holder(world, 0), 0);
	assert_true(world_why(world, 2, 0, REASON_WHY_STANDBY));
	world_command(world, 1, CORE_VERB_ONLINE, CORE_NONE, 2, 0);
	world_until_active(world, 0, 2);
	world_close(world);
}

static void stop_stops_it_until_start(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	assert_int_equal(world_result(world, world_command(world, 2, CORE_VERB_STOP, 0, 0, 0)),
			 CORE_DONE);
	assert_int_equal(world_holder(world, 0), 0);
	world_run(world, 30000);
	assert_int_equal(world_holder(world, 0), 0);
	assert_true(world_why(world, 1, 0, REASON_WHY_STOPPED));
	assert_int_equal(world_result(world, world_command(world, 2, CORE_VERB_START, 0, 0, 0)),
			 CORE_DONE);
	assert_int_equal(world_holder(world, 0), 1);
	world_close(world);
}

static void shutdown_hands_over_and_says_goodbye(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	world_shutdown(world, 1);
	world_until_active(world, 0, 2);
	assert_int_equal(world_saw(world, 2, REASON_NODE_LEFT), 1);
	/* It said goodbye, so nothing stands in the way once it is gone for good. */
	world_crash(world, 1);
	world_run(world, 10000);
	world_fail(world, 2, 0, WORLD_ZIMBRA, OPERATION_START, OUTCOME_FAILED, 2);
	world_break(world, 2, 0, WORLD_ZIMBRA);
	world_run(world, 60000);
	assert_int_equal(world_holder(world, 0), 2);
	world_close(world);
}

static void a_killed_daemon_adopts_what_runs(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	world_kill_daemon(world, 1);
	world_run(world, 5000);
	assert_int_equal(world_holder(world, 0), 1);
	world_start_daemon(world, 1);
	world_until_active(world, 0, 1);
	world_run(world, 60000);
	assert_int_equal(world_holder(world, 0), 1);
	for (int i = 0; i < WORLD_RESOURCES; i++)
		assert_int_equal(world_starts(world, 1, 0, i), 1);
	assert_int_equal(world_saw(world, 1, REASON_PROBED_UP), 1);
	world_close(world);
}

static void a_detached_daemon_leaves_the_service_alone(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	world_detach(world, 1);
	world_run(world, 10000);
	assert_int_equal(world_holder(world, 0), 1);
	world_start_daemon(world, 1);
	world_until_active(world, 0, 1);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	world_close(world);
}

static void a_daemon_killed_while_starting_cleans_up_first(void **state)
{
	struct world *world = world_open(&(struct world_options){0});

	(void)state;
	world_fail(world, 1, 0, WORLD_ZIMBRA, OPERATION_START, OUTCOME_TIMEOUT, 1);
	world_boot_all(world);
	for (int i = 0; i < 100 && !world_is_up(world, 1, 0, WORLD_ADDRESS); i++)
		world_run(world, 100);
	world_kill_daemon(world, 1);
	world_start_daemon(world, 1);
	world_run(world, 5000);
	assert_true(world_saw(world, 1, REASON_PROBED_PARTIAL) == 1);
	world_until_active(world, 0, 1);
	assert_int_equal(world_starts(world, 1, 0, WORLD_FILESYSTEM), 2);
	world_close(world);
}

static void two_services_run_on_two_nodes(void **state)
{
	struct world *world = world_open(&(struct world_options){.services = 2});

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	world_until_active(world, 1, 2);
	world_result(world, world_command(world, 1, CORE_VERB_MOVE, 1, 1, false));
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_holder(world, 1), 1);
	world_close(world);
}

static void another_configuration_is_not_eligible(void **state)
{
	struct world *world = world_open(&(struct world_options){0});
	uint64_t request;

	(void)state;
	world_other_config(world, 2);
	world_boot_all(world);
	world_until_active(world, 0, 1);
	assert_true(world_why(world, 1, 0, REASON_WHY_CONFIG));
	assert_false(world_status(world, 1)->nodes[1].same_config);
	request = world_command(world, 1, CORE_VERB_MOVE, 0, 2, false);
	assert_int_equal(world_reason(world, request), REASON_REFUSED_NOT_ELIGIBLE);
	world_close(world);
}

static void failback_happens_only_if_asked_for(void **state)
{
	struct world *world = world_open(&(struct world_options){.failback = true});

	(void)state;
	world_boot_all(world);
	world_until_active(world, 0, 1);
	world_shutdown(world, 1);
	world_until_active(world, 0, 2);
	world_start_daemon(world, 1);
	world_until_active(world, 0, 1);
	world_close(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_boot_and_the_first_in_order_serves),
		cmocka_unit_test(one_alone_waits_for_quorum_and_says_so),
		cmocka_unit_test(one_alone_starts_when_the_operator_confirms_and_accepts_the_loss),
		cmocka_unit_test(a_move_goes_there_and_back_and_leaves_nothing_behind),
		cmocka_unit_test(standby_empties_a_node_and_online_does_not_move_back),
		cmocka_unit_test(standby_of_both_stops_it_and_survives_reboots),
		cmocka_unit_test(stop_stops_it_until_start),
		cmocka_unit_test(shutdown_hands_over_and_says_goodbye),
		cmocka_unit_test(a_killed_daemon_adopts_what_runs),
		cmocka_unit_test(a_detached_daemon_leaves_the_service_alone),
		cmocka_unit_test(a_daemon_killed_while_starting_cleans_up_first),
		cmocka_unit_test(two_services_run_on_two_nodes),
		cmocka_unit_test(another_configuration_is_not_eligible),
		cmocka_unit_test(failback_happens_only_if_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
