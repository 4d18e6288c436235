/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Nodes that are lost: by a power cut, a cut cable, a silent daemon; with and without fencing. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct world *active_on_1(const struct world_options *options)
{
	struct world *world = world_open(options);

	world_boot_all(world);
	world_until_active(world, 0, 1);
	world_run(world, 5000);
	return world;
}

static void the_holder_dies_and_is_fenced_before_it_is_succeeded(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_crash(world, 1);
	world_until_active(world, 0, 2);
	assert_int_equal(world_saw(world, 2, REASON_FENCING), 1);
	assert_int_equal(world_saw(world, 2, REASON_FENCED), 1);
	assert_true(world_saw(world, 2, REASON_CLEARED_FENCED) >= 1);
	/* The agent switches it on again; it comes back and takes nothing. */
	world_run(world, 60000);
	assert_true(world_is_on(world, 1));
	assert_int_equal(world_holder(world, 0), 2);
	assert_int_equal(world_saw(world, 0, REASON_FENCING), 1);
	world_close(world);
}

static void the_passive_dies_and_the_holder_runs_on(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_crash(world, 2);
	world_run(world, 60000);
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	assert_int_equal(world_saw(world, 1, REASON_FENCED), 1);
	world_close(world);
}

static void without_proof_nobody_takes_over_until_the_operator_confirms(void **state)
{
	struct world *world = active_on_1(&(struct world_options){0});
	uint64_t request;

	(void)state;
	world_crash(world, 1);
	world_run(world, 300000);
	assert_int_equal(world_holder(world, 0), 0);
	assert_true(world_why(world, 2, 0, REASON_WHY_CLEARANCE_MANUAL));
	assert_true(world_why(world, 2, 0, REASON_WHY_HOLDER_ABSENT));
	/* It may have gone on alone before it died: nobody but the operator can accept that. */
	request = world_command(world, 2, CORE_VERB_CONFIRM_DOWN, CORE_NONE, 1, false);
	assert_int_equal(world_reason(world, request), REASON_REFUSED_LOSS);
	request = world_command(world, 2, CORE_VERB_CONFIRM_DOWN, CORE_NONE, 1, true);
	assert_int_equal(world_result(world, request), CORE_DONE);
	world_until_active(world, 0, 2);
	assert_true(world_saw(world, 2, REASON_CLEARED_CONFIRMED) >= 1);
	world_boot(world, 1);
	world_run(world, 30000);
	assert_int_equal(world_holder(world, 0), 2);
	world_close(world);
}

static void fencing_that_fails_is_tried_again_and_says_so(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_fencing_fails(world, true);
	world_crash(world, 1);
	world_run(world, 60000);
	assert_int_equal(world_holder(world, 0), 0);
	assert_true(world_saw(world, 2, REASON_FENCE_FAILED) >= 3);
	assert_true(world_why(world, 2, 0, REASON_WHY_CLEARANCE_FENCE_FAILED) ||
		    world_why(world, 2, 0, REASON_WHY_CLEARANCE_FENCING));
	world_result(world, world_command(world, 2, CORE_VERB_CONFIRM_DOWN, CORE_NONE, 1, false));
	world_until_active(world, 0, 2);
	world_close(world);
}

static void a_cut_without_fencing_changes_nothing(void **state)
{
	struct world *world = active_on_1(&(struct world_options){0});

	(void)state;
	world_cut(world, 2);
	world_run(world, 120000);
	assert_int_equal(world_holder(world, 0), 1);
	assert_true(world_why(world, 2, 0, REASON_WHY_CLEARANCE_MANUAL));
	world_heal(world);
	world_run(world, 60000);
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	assert_false(world_status(world, 1)->services[0].storage[0].split_brain);
	/* And it can move again. */
	world_result(world, world_command(world, 1, CORE_VERB_MOVE, 0, 2, false));
	assert_int_equal(world_holder(world, 0), 2);
	world_close(world);
}

static void in_a_cut_with_fencing_the_holder_wins(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_cut(world, 2);
	world_run(world, 30000);
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_saw(world, 1, REASON_FENCED), 1);
	assert_int_equal(world_saw(world, 2, REASON_FENCING), 0);
	/* It was switched on again, still cut off: it fences nobody, for it has seen nobody. */
	world_run(world, 120000);
	assert_int_equal(world_saw(world, 2, REASON_FENCING), 0);
	assert_int_equal(world_saw(world, 1, REASON_FENCING), 1);
	world_heal(world);
	world_run(world, 30000);
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	world_close(world);
}

static void the_holder_of_more_wins_whatever_its_id(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_result(world, world_command(world, 1, CORE_VERB_MOVE, 0, 2, false));
	world_run(world, 5000);
	world_cut(world, 1);
	world_run(world, 30000);
	assert_int_equal(world_holder(world, 0), 2);
	assert_int_equal(world_saw(world, 2, REASON_FENCED), 1);
	assert_int_equal(world_saw(world, 1, REASON_FENCED), 0);
	world_close(world);
}

static void a_lost_replication_link_makes_the_other_copy_stale(void **state)
{
	struct world *world = active_on_1(&(struct world_options){0});
	uint64_t request;

	(void)state;
	world_cut_disks(world);
	world_run(world, 10000);
	assert_false(world_status(world, 2)->services[0].current[1]);
	request = world_command(world, 1, CORE_VERB_MOVE, 0, 2, false);
	assert_int_equal(world_reason(world, request), REASON_REFUSED_NOT_ELIGIBLE);
	world_crash(world, 1);
	world_run(world, 30000);
	request = world_command(world, 2, CORE_VERB_CONFIRM_DOWN, CORE_NONE, 1, false);
	assert_int_equal(world_reason(world, request), REASON_REFUSED_LOSS);
	world_run(world, 60000);
	assert_int_equal(world_holder(world, 0), 0);
	request = world_command(world, 2, CORE_VERB_CONFIRM_DOWN, CORE_NONE, 1, true);
	assert_int_equal(world_result(world, request), CORE_DONE);
	world_until_active(world, 0, 2);
	world_close(world);
}

static void a_stale_copy_is_not_started_even_after_fencing(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_cut_disks(world);
	world_run(world, 10000);
	world_fencing_fails(world, false);
	world_crash(world, 1);
	/* It comes back by itself, switched on by the agent, with the newer copy. */
	world_until_active(world, 0, 1);
	assert_int_equal(world_saw(world, 2, REASON_FENCED), 1);
	assert_int_equal(world_starts(world, 2, 0, WORLD_FILESYSTEM), 0);
	world_close(world);
}

static void a_dead_daemon_with_its_disk_secondary_is_cleared_by_interlock(void **state)
{
	struct world *world = active_on_1(&(struct world_options){0});

	(void)state;
	world_kill_daemon(world, 2);
	world_run(world, 5000);
	world_result(world, world_command(world, 1, CORE_VERB_STOP, 0, 0, false));
	world_command(world, 1, CORE_VERB_START, 0, 0, false);
	world_until_active(world, 0, 1);
	assert_true(world_saw(world, 1, REASON_CLEARED_INTERLOCK) >= 1);
	world_close(world);
}

static void a_dead_daemon_that_holds_the_service_is_not_succeeded(void **state)
{
	struct world *world = active_on_1(&(struct world_options){0});

	(void)state;
	world_kill_daemon(world, 1);
	world_run(world, 300000);
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_starts(world, 2, 0, WORLD_DRBD), 0);
	world_start_daemon(world, 1);
	world_until_active(world, 0, 1);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	world_close(world);
}

static void a_dead_daemon_that_holds_the_service_is_fenced_in_the_end(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_kill_daemon(world, 1);
	world_run(world, 25000);
	assert_int_equal(world_saw(world, 2, REASON_FENCING), 0);
	world_until_active(world, 0, 2);
	assert_int_equal(world_saw(world, 2, REASON_FENCED), 1);
	world_close(world);
}

static void a_frozen_passive_daemon_holds_up_nobody(void **state)
{
	struct world *world = active_on_1(&(struct world_options){0});

	(void)state;
	world_freeze_daemon(world, 2);
	world_run(world, 60000);
	assert_int_equal(world_holder(world, 0), 1);
	assert_true(world_status(world, 1)->nodes[1].silent);
	world_result(world, world_command(world, 1, CORE_VERB_STOP, 0, 0, false));
	world_command(world, 1, CORE_VERB_START, 0, 0, false);
	world_until_active(world, 0, 1);
	world_thaw_daemon(world, 2);
	world_run(world, 10000);
	assert_false(world_status(world, 1)->nodes[1].silent);
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_starts(world, 2, 0, WORLD_DRBD), 0);
	world_close(world);
}

static void a_frozen_holder_is_not_succeeded_without_fencing(void **state)
{
	struct world *world = active_on_1(&(struct world_options){0});

	(void)state;
	world_freeze_daemon(world, 1);
	world_run(world, 120000);
	assert_int_equal(world_starts(world, 2, 0, WORLD_DRBD), 0);
	world_thaw_daemon(world, 1);
	world_run(world, 10000);
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	world_close(world);
}

static void corosync_stops_and_comes_back_and_nothing_moves(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_stop_corosync(world, 1);
	world_run(world, 10000);
	assert_int_equal(world_holder(world, 0), 1);
	assert_true(world_why(world, 1, 0, REASON_WHY_ACTIVE));
	world_start_corosync(world, 1);
	world_run(world, 10000);
	assert_int_equal(world_saw(world, 0, REASON_FENCING), 0);
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	world_close(world);
}

static void a_holder_without_corosync_is_fenced_after_its_grace(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_stop_corosync(world, 1);
	world_run(world, 15000);
	assert_int_equal(world_saw(world, 2, REASON_FENCING), 0);
	world_until_active(world, 0, 2);
	assert_int_equal(world_saw(world, 2, REASON_FENCED), 1);
	world_close(world);
}

static void a_fast_restart_of_corosync_on_the_passive_moves_nothing(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_stop_corosync(world, 2);
	world_run(world, 500);
	world_start_corosync(world, 2);
	world_run(world, 30000);
	assert_int_equal(world_saw(world, 0, REASON_FENCING), 0);
	assert_int_equal(world_holder(world, 0), 1);
	world_close(world);
}

static void both_power_off_and_come_back(void **state)
{
	struct world *world = active_on_1(&(struct world_options){0});

	(void)state;
	world_crash(world, 1);
	world_crash(world, 2);
	world_run(world, 10000);
	world_boot(world, 2);
	world_run(world, 20000);
	assert_int_equal(world_holder(world, 0), 0);
	world_boot(world, 1);
	world_until_active(world, 0, 1);
	world_close(world);
}

static void the_address_of_a_holder_is_nobody_elses(void **state)
{
	struct world *world = active_on_1(&(struct world_options){.fencing = true});

	(void)state;
	world_fencing_fails(world, true);
	/* The clients' network still carries what the rings do not. */
	world_fail(world, 2, 0, WORLD_ADDRESS, OPERATION_DETECT, OUTCOME_FOREIGN, 1);
	world_cut(world, 2);
	world_run(world, 3000);
	assert_true(world_why(world, 2, 0, REASON_WHY_FOREIGN));
	world_heal(world);
	world_run(world, 3000);
	assert_false(world_why(world, 2, 0, REASON_WHY_FOREIGN));
	world_command(world, 2, CORE_VERB_MOVE, 0, 2, false);
	world_run(world, 2000);
	assert_int_equal(world_holder(world, 0), 2);
	world_close(world);
}

static void after_a_confirmed_takeover_in_a_cut_it_is_on_the_other_side(void **state)
{
	struct world *world = active_on_1(&(struct world_options){0});

	(void)state;
	world_cut(world, 2);
	world_run(world, 10000);
	/* He says that node 1 is down while it runs: the promise rests on his word. Its disk is
	   demoted by hand here, so that the world's own check holds. */
	world_break(world, 1, 0, WORLD_ZIMBRA);
	world_command(world, 1, CORE_VERB_STOP, 0, 0, false);
	world_until_stopped(world, 0);
	world_result(world, world_command(world, 2, CORE_VERB_CONFIRM_DOWN, CORE_NONE, 1, true));
	world_until_active(world, 0, 2);
	world_close(world);
}

static void a_third_node_is_outvoted_when_cut_off(void **state)
{
	struct world *world =
		active_on_1(&(struct world_options){.nodes = 3, .majority = true, .fencing = true});

	(void)state;
	world_cut(world, 1);
	world_until_active(world, 0, 2);
	assert_int_equal(world_saw(world, 1, REASON_FENCING), 0);
	world_close(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_holder_dies_and_is_fenced_before_it_is_succeeded),
		cmocka_unit_test(the_passive_dies_and_the_holder_runs_on),
		cmocka_unit_test(without_proof_nobody_takes_over_until_the_operator_confirms),
		cmocka_unit_test(fencing_that_fails_is_tried_again_and_says_so),
		cmocka_unit_test(a_cut_without_fencing_changes_nothing),
		cmocka_unit_test(in_a_cut_with_fencing_the_holder_wins),
		cmocka_unit_test(the_holder_of_more_wins_whatever_its_id),
		cmocka_unit_test(a_lost_replication_link_makes_the_other_copy_stale),
		cmocka_unit_test(a_stale_copy_is_not_started_even_after_fencing),
		cmocka_unit_test(a_dead_daemon_with_its_disk_secondary_is_cleared_by_interlock),
		cmocka_unit_test(a_dead_daemon_that_holds_the_service_is_not_succeeded),
		cmocka_unit_test(a_dead_daemon_that_holds_the_service_is_fenced_in_the_end),
		cmocka_unit_test(a_frozen_passive_daemon_holds_up_nobody),
		cmocka_unit_test(a_frozen_holder_is_not_succeeded_without_fencing),
		cmocka_unit_test(corosync_stops_and_comes_back_and_nothing_moves),
		cmocka_unit_test(a_holder_without_corosync_is_fenced_after_its_grace),
		cmocka_unit_test(a_fast_restart_of_corosync_on_the_passive_moves_nothing),
		cmocka_unit_test(both_power_off_and_come_back),
		cmocka_unit_test(the_address_of_a_holder_is_nobody_elses),
		cmocka_unit_test(after_a_confirmed_takeover_in_a_cut_it_is_on_the_other_side),
		cmocka_unit_test(a_third_node_is_outvoted_when_cut_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
