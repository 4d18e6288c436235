/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The daemon as a whole: what operators ask of it. */
#include "played_daemon.h"

/* ---- commands -------------------------------------------------------------------------------- */

static void stop_and_start_tell_their_progress_and_their_end(void **state)
{
	char progress[8192] = "";

	(void)state;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	expect_code(ask(json_pack("{s:s, s:s}", "verb", "stop", "service", "zimbra"), progress,
			sizeof(progress)),
		    "DONE");
	assert_non_null(strstr(progress, "the operator stops zimbra"));
	assert_non_null(strstr(progress, "astapor has released zimbra"));
	assert_false(played.is_up[0][0]);
	assert_false(played.watched[0][0]);
	assert_true(attention_has("zcsmgr start zimbra"));
	expect_code(ask(json_pack("{s:s, s:s}", "verb", "start", "service", "zimbra"), progress,
			sizeof(progress)),
		    "DONE");
	assert_non_null(strstr(progress, "zimbra is active on astapor"));
	assert_non_null(detail_of("COMMAND"));
}

static void a_refusal_says_why(void **state)
{
	(void)state;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	expect_code(ask(json_pack("{s:s, s:s, s:s}", "verb", "move", "service", "zimbra", "node",
				  "braavos"),
			NULL, 0),
		    "REFUSED_NODE_OF_SERVICE");
	expect_code(
		ask(json_pack("{s:s, s:s}", "verb", "confirm-down", "node", "astapor"), NULL, 0),
		"REFUSED_PRESENT");
}

static void a_new_configuration_is_put_in_force_and_what_runs_stays_untouched(void **state)
{
	unsigned watches;

	(void)state;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	watches = played.watch_count;
	write_config(two_services);
	/* By their new numbers: zimbra is the second one now. */
	memcpy(played.is_up[1], played.is_up[0], sizeof(played.is_up[0]));
	memset(played.is_up[0], 0, sizeof(played.is_up[0]));
	expect_code(ask(json_pack("{s:s}", "verb", "reload"), NULL, 0), "DONE");
	wait_for_phase(PHASE_ACTIVE);
	assert_true(played.watched[1][0] && played.watched[1][1]);
	assert_true(played.watch_count > watches);
	assert_true(played_did("start archive/filesystem"));
	assert_false(played_did("stop zimbra/zimbra"));
	assert_false(played_did("stop zimbra/filesystem"));
}

static void a_bad_new_configuration_is_refused_in_words_and_the_old_one_stays(void **state)
{
	char progress[8192] = "";

	(void)state;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	write_config("services = ( { nam = \"zimbra\"; } );\n");
	expect_code(ask(json_pack("{s:s}", "verb", "reload"), progress, sizeof(progress)),
		    "REFUSED_RELOAD_BAD");
	assert_non_null(strstr(progress, "zcsmgr.conf:1"));
	write_config(
		"services = ( { name = \"zimbra\"; nodes = [ \"qarth\" ];\n stack = ( { type = "
		"\"drbd\"; resource = \"r\"; } ); } );\n");
	expect_code(ask(json_pack("{s:s}", "verb", "reload"), progress, sizeof(progress)),
		    "REFUSED_RELOAD_BAD");
	assert_non_null(strstr(progress, "qarth"));
	wait_for_phase(PHASE_ACTIVE);
	assert_string_equal(daemon_->config->services[0].nodes[0], "astapor");
}

static void a_sighup_reloads(void **state)
{
	(void)state;
	begin();
	corosync_connect();
	wait_for_phase(PHASE_ACTIVE);
	write_config(two_services);
	memcpy(played.is_up[1], played.is_up[0], sizeof(played.is_up[0]));
	memset(played.is_up[0], 0, sizeof(played.is_up[0]));
	kill(getpid(), SIGHUP);
	wait_for("start archive/filesystem");
	wait_for_phase(PHASE_ACTIVE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(stop_and_start_tell_their_progress_and_their_end),
		TEST(a_refusal_says_why),
		TEST(a_new_configuration_is_put_in_force_and_what_runs_stays_untouched),
		TEST(a_bad_new_configuration_is_refused_in_words_and_the_old_one_stays),
		TEST(a_sighup_reloads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
