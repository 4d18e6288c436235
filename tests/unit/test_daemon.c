/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The daemon as a whole: how it begins, what it does for the core, how it ends. */
#include "played_daemon.h"

/* ---- beginning ------------------------------------------------------------------------------- */

static void without_corosync_it_answers_and_says_what_is_missing(void **state)
{
	(void)state;
	begin();
	assert_true(attention_has("no contact with corosync"));
	expect_code(ask(json_pack("{s:s, s:s}", "verb", "start", "service", "zimbra"), NULL, 0),
		    "NOT_READY");
}

static void a_bad_configuration_is_final_and_named(void **state)
{
	char text[2048] = "";
	bool is_final = false;

	(void)state;
	write_config("services = ( { name = \"zimbra\"; } );\n");
	daemon_ = daemon_open(&options, text, sizeof(text), &is_final);
	assert_null(daemon_);
	assert_true(is_final);
	assert_non_null(strstr(text, "zcsmgr.conf:1"));
}

static void a_broken_state_file_is_final_and_named(void **state)
{
	char text[2048] = "";
	bool is_final = false;

	(void)state;
	assert_int_equal(close(open(state_path, O_WRONLY | O_CREAT, 0600)), 0);
	daemon_ = daemon_open(&options, text, sizeof(text), &is_final);
	assert_null(daemon_);
	assert_true(is_final);
	assert_non_null(strstr(text, state_path));
}

static struct durable at_first_start;

static void note_first_start(const char *what)
{
	if (strncmp(what, "start", 5) == 0 && at_first_start.sequence == 0)
		read_state(&at_first_start);
}

static void it_starts_the_service_and_its_claim_is_on_disk_before_anything_is_touched(void **state)
{
	(void)state;
	at_first_start.sequence = 0;
	played.on_run = note_first_start;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	assert_int_equal(at_first_start.core.services[0].epoch, 1);
	assert_int_equal(at_first_start.core.services[0].held_epoch, 1);
	assert_string_equal(at_first_start.core.services[0].name, "zimbra");
	assert_true(played.is_up[0][0] && played.is_up[0][1]);
	assert_true(played.watched[0][0] && played.watched[0][1]);
	assert_non_null(strstr(notified(), "READY=1"));
	assert_non_null(strstr(notified(), "STATUS=zimbra: active on astapor"));
}

static bool is_ready_told(void *data)
{
	(void)data;
	return strstr(notified(), "READY=1") != NULL;
}

static void what_runs_is_adopted_untouched_and_watched(void **state)
{
	(void)state;
	played.is_up[0][0] = played.is_up[0][1] = true;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	assert_true(played.watched[0][0] && played.watched[0][1]);
	assert_false(played_did("start zimbra/filesystem"));
	assert_false(played_did("stop zimbra/zimbra"));
}

static void a_node_that_corosync_lacks_is_told_and_all_goes_on_once_it_is_there(void **state)
{
	static const char *const without[] = {"meereen", "braavos"};

	(void)state;
	corosync_name_nodes(without, 2);
	begin();
	corosync_connect();
	pass(50);
	assert_null(daemon_->core);
	assert_true(
		attention_has("names the node astapor, which corosync's node list lacks; it has: "
			      "meereen, braavos"));
	corosync_name_nodes(names, 2);
	corosync.callbacks->reloaded(corosync.data, &corosync.info);
	wait_for_phase(PHASE_ACTIVE); /* what corosync told before was not lost */
	assert_false(attention_has("node list lacks"));
}

static void a_corrected_file_is_found_without_a_restart(void **state)
{
	(void)state;
	begin();
	write_config(
		"services = ( { name = \"zimbra\"; nodes = [ \"qarth\" ];\n stack = ( { type = "
		"\"drbd\"; resource = \"r\"; } ); } );\n");
	corosync_connect();
	pass(50);
	assert_null(daemon_->core);
	assert_true(attention_has("qarth"));
	write_config(one_service);
	wait_for_phase(PHASE_ACTIVE);
}

static void this_node_missing_in_the_list_is_told(void **state)
{
	(void)state;
	corosync.info.local_nodeid = 9;
	begin();
	corosync_connect();
	pass(50);
	assert_null(daemon_->core);
	assert_true(attention_has("this node (id 9) is not in corosync's node list"));
}

static void nothing_is_begun_while_an_earlier_daemons_child_may_live(void **state)
{
	(void)state;
	played.sweep_fails = true;
	begin();
	corosync_connect();
	pass(1200);
	assert_true(played.sweeps >= 2);
	assert_int_equal(played.log_count, 0);
	assert_int_equal(played.watch_count, 0);
	played.sweep_fails = false;
	wait_for_phase(PHASE_ACTIVE);
	assert_string_equal(played.log[0], "probe zimbra/filesystem");
}

static void a_lost_corosync_leaves_the_service_alone(void **state)
{
	unsigned operations;

	(void)state;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	operations = played.log_count;
	corosync_disconnect();
	pass(50);
	assert_true(attention_has("no contact with corosync"));
	corosync_connect();
	pass(1500);
	assert_int_equal(played.log_count, operations);
	wait_for_phase(PHASE_ACTIVE);
}

/* ---- operations ------------------------------------------------------------------------------ */

static void what_the_driver_said_is_in_the_record_and_the_status(void **state)
{
	(void)state;
	begin();
	played.next[OPERATION_START] =
		(struct played_end){OUTCOME_FAILED, "special device does not exist"};
	corosync_connect();
	wait_for("stop zimbra/filesystem");
	assert_string_equal(detail_of("START_FAILED"), "special device does not exist");
	assert_string_equal(detail_of("STARTING"), "");
	wait_for_phase(PHASE_ACTIVE); /* restarted once */
}

static void an_operation_without_a_process_has_failed_and_is_tried_again(void **state)
{
	(void)state;
	played.run_fails = true;
	begin();
	corosync_connect();
	wait_for("probe zimbra/filesystem");
	pass(20);
	played.run_fails = false;
	wait_for_phase(PHASE_ACTIVE);
}

static void a_failed_verdict_restarts_and_its_words_are_recorded(void **state)
{
	(void)state;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	played.callbacks->verdict(played.data, 0, 1, VERDICT_GONE, "no process of zimbra is left");
	wait_for("stop zimbra/zimbra");
	assert_false(played_did("stop zimbra/filesystem"));
	assert_false(played.watched[0][1]);
	assert_true(played.watched[0][0]);
	assert_string_equal(detail_of("RESOURCE_FAILED"), "no process of zimbra is left");
	wait_for_phase(PHASE_ACTIVE);
	assert_true(played.watched[0][1]);
}

static void a_driver_that_is_watched_always_is_watched_from_the_beginning_to_the_end(void **state)
{
	struct storage storage = {.known = true,
				  .configured = true,
				  .role = STORAGE_SECONDARY,
				  .disk = STORAGE_UPTODATE,
				  .link = STORAGE_CONNECTED};

	(void)state;
	write_config(with_drbd);
	begin();
	corosync_connect();
	wait_for("probe zimbra/filesystem");
	assert_true(played.watched[0][0]);
	assert_false(played.watched[0][1]);
	played.callbacks->storage(played.data, 0, 0, &storage);
	expect_code(ask(json_pack("{s:s, s:s}", "verb", "stop", "service", "zimbra"), NULL, 0),
		    "DONE");
	assert_true(played.watched[0][0]);
}

/* ---- what cannot be stopped ------------------------------------------------------------------ */

/* In the file: a reset takes with it what is not. */
static unsigned count_written(const char *code)
{
	char path[128], line[4096], part[64];
	unsigned count = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/journal.jsonl", folder);
	snprintf(part, sizeof(part), "\"code\":\"%s\"", code);
	file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		count += strstr(line, part) != NULL;
	fclose(file);
	return count;
}

static void expect_reason_written(void)
{
	assert_int_equal(count_written("RESET_STOP"), 1);
	assert_int_equal(count_written("RESET"), 1);
}

static bool is_reset_twice(void *data)
{
	(void)data;
	return machine.resets == 2;
}

static void what_cannot_be_stopped_resets_the_machine_once_its_reason_is_written(void **state)
{
	(void)state;
	machine.on_reset = expect_reason_written;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	played.next[OPERATION_STOP] = (struct played_end){OUTCOME_TIMEOUT, "it hangs"};
	kill(getpid(), SIGTERM);
	assert_true(loop_until(daemon_->loop, is_reset_twice, NULL, WAIT_MS));
	/* It failed here: told once, tried again, and nothing was given up meanwhile. */
	assert_int_equal(machine.syncs, 1);
	assert_int_equal(count_written("RESET_FAILED"), 1);
	assert_true(attention_has("cannot be (sysrq: none; reboot: Operation not permitted)"));
	assert_false(daemon_->left);
}

/* ---- ending ---------------------------------------------------------------------------------- */

/* Runs until the daemon has ended by itself; a test that hangs here is killed. */
static void run_to_the_end(void)
{
	alarm(WAIT_MS / 1000);
	daemon_run(daemon_);
	alarm(0);
	assert_true(daemon_->left);
}

static void told_to_end_it_stops_its_service_and_says_goodbye(void **state)
{
	struct durable durable;

	(void)state;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	kill(getpid(), SIGTERM);
	kill(getpid(), SIGTERM); /* the second one changes nothing */
	run_to_the_end();
	assert_false(played.is_up[0][0] || played.is_up[0][1]);
	assert_non_null(strstr(notified(), "STOPPING=1"));
	assert_non_null(strstr(notified(), "EXTEND_TIMEOUT_USEC="));
	end();
	read_state(&durable);
	assert_int_equal(durable.core.services[0].held_epoch, 0);
	assert_int_equal(durable.core.services[0].epoch, 1);
}

static void told_to_restart_it_leaves_the_service_and_the_next_one_adopts_its_claim(void **state)
{
	struct durable durable;
	unsigned operations;

	(void)state;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	operations = played.log_count;
	kill(getpid(), SIGUSR1);
	run_to_the_end();
	assert_int_equal(played.log_count, operations);
	end();
	memset(played.watched, 0, sizeof(played.watched));
	read_state(&durable);
	assert_int_equal(durable.core.services[0].held_epoch, 1);
	setenv("NOTIFY_SOCKET", notify_path, 1);
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	pass(50);
	read_state(&durable);
	assert_int_equal(durable.core.services[0].epoch, 1);
	assert_int_equal(durable.core.services[0].held_epoch, 1);
}

static void a_hand_over_that_takes_long_asks_for_patience_and_may_be_ended(void **state)
{
	(void)state;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	played.never_ends = true;
	kill(getpid(), SIGTERM);
	wait_for("stop zimbra/zimbra");
	pass(1500);
	assert_false(daemon_->left);
	kill(getpid(), SIGUSR1);
	run_to_the_end();
}

static void without_a_core_it_ends_at_once(void **state)
{
	(void)state;
	begin();
	kill(getpid(), SIGINT);
	run_to_the_end();
}

static void a_boot_without_corosync_is_not_held_up(void **state)
{
	(void)state;
	begin();
	notified();
	daemon_->started_ms -= 9500; /* READY_MS is 10 s */
	assert_true(loop_until(daemon_->loop, is_ready_told, NULL, 5000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(without_corosync_it_answers_and_says_what_is_missing),
		TEST(a_bad_configuration_is_final_and_named),
		TEST(a_broken_state_file_is_final_and_named),
		TEST(it_starts_the_service_and_its_claim_is_on_disk_before_anything_is_touched),
		TEST(what_runs_is_adopted_untouched_and_watched),
		TEST(a_node_that_corosync_lacks_is_told_and_all_goes_on_once_it_is_there),
		TEST(a_corrected_file_is_found_without_a_restart),
		TEST(this_node_missing_in_the_list_is_told),
		TEST(nothing_is_begun_while_an_earlier_daemons_child_may_live),
		TEST(a_lost_corosync_leaves_the_service_alone),
		TEST(what_the_driver_said_is_in_the_record_and_the_status),
		TEST(an_operation_without_a_process_has_failed_and_is_tried_again),
		TEST(a_failed_verdict_restarts_and_its_words_are_recorded),
		TEST(a_driver_that_is_watched_always_is_watched_from_the_beginning_to_the_end),
		TEST(what_cannot_be_stopped_resets_the_machine_once_its_reason_is_written),
		TEST(told_to_end_it_stops_its_service_and_says_goodbye),
		TEST(told_to_restart_it_leaves_the_service_and_the_next_one_adopts_its_claim),
		TEST(a_hand_over_that_takes_long_asks_for_patience_and_may_be_ended),
		TEST(without_a_core_it_ends_at_once),
		TEST(a_boot_without_corosync_is_not_held_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
