/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A new configuration on a living cluster. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct world *active_on_1(void)
{
	struct world *world = world_open(&(struct world_options){0});

	world_boot_all(world);
	world_until_active(world, 0, 1);
	return world;
}

static uint64_t reload(struct world *world, unsigned at)
{
	return world_command(world, at, CORE_VERB_RELOAD, CORE_NONE, 0, false);
}

static void the_same_file_everywhere_comes_into_force_everywhere(void **state)
{
	struct world *world = active_on_1();

	(void)state;
	world_new_file(world, 1, 0x77, false, false);
	world_new_file(world, 2, 0x77, false, false);
	assert_int_equal(world_result(world, reload(world, 2)), CORE_DONE);
	world_run(world, 5000);
	assert_int_equal(world_saw(world, 0, REASON_CONFIG_SWITCHED), 2);
	assert_int_equal(world_holder(world, 0), 1);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	assert_true(world_why(world, 2, 0, REASON_WHY_ACTIVE));
	/* And it still moves. */
	assert_int_equal(world_result(world, world_command(world, 1, CORE_VERB_MOVE, 0, 2, false)),
			 CORE_DONE);
	world_close(world);
}

static void different_files_come_into_force_nowhere(void **state)
{
	struct world *world = active_on_1();

	(void)state;
	world_new_file(world, 1, 0x77, false, false);
	world_new_file(world, 2, 0x78, false, false);
	assert_int_equal(world_reason(world, reload(world, 1)), REASON_REFUSED_RELOAD_MEMBERS);
	world_run(world, 20000);
	assert_int_equal(world_saw(world, 0, REASON_CONFIG_SWITCHED), 0);
	assert_int_equal(world_holder(world, 0), 1);
	world_close(world);
}

static void a_bad_file_on_one_node_comes_into_force_nowhere(void **state)
{
	struct world *world = active_on_1();

	(void)state;
	world_new_file(world, 1, 0x77, false, false);
	world_new_file(world, 2, 0x77, false, true);
	assert_int_equal(world_reason(world, reload(world, 1)), REASON_REFUSED_RELOAD_BAD);
	assert_int_equal(world_reason(world, reload(world, 2)), REASON_REFUSED_RELOAD_BAD);
	assert_int_equal(world_saw(world, 0, REASON_CONFIG_SWITCHED), 0);
	world_close(world);
}

static void a_running_stack_is_not_changed(void **state)
{
	struct world *world = active_on_1();

	(void)state;
	world_new_file(world, 1, 0x77, true, false);
	world_new_file(world, 2, 0x77, true, false);
	assert_int_equal(world_reason(world, reload(world, 2)), REASON_REFUSED_RELOAD_RUNNING);
	assert_int_equal(world_saw(world, 0, REASON_CONFIG_SWITCHED), 0);
	assert_int_equal(world_starts(world, 1, 0, WORLD_ZIMBRA), 1);
	world_close(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_file_everywhere_comes_into_force_everywhere),
		cmocka_unit_test(different_files_come_into_force_nowhere),
		cmocka_unit_test(a_bad_file_on_one_node_comes_into_force_nowhere),
		cmocka_unit_test(a_running_stack_is_not_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
