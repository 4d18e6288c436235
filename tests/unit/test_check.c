/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `zcsmgr check`, with drivers of the test (driver_find() below) and agents that it writes. */
#include <jansson.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "check_internal.h"
#include "folder.h"

static struct resource_driver driver;

const struct resource_driver *driver_find(enum resource_type type)
{
	(void)type;
	return &driver;
}

uint64_t driver_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void find_nothing(struct driver_context *context, struct driver_report *report)
{
	(void)context;
	(void)report;
}

static void find_something(struct driver_context *context, struct driver_report *report)
{
	char text[128];

	snprintf(text, sizeof(text), "%s is there on %s", context->resource->name, context->node);
	report->add(report, FINDING_OK, text);
	report->add(report, FINDING_WARNING, "it is old");
	report->add(report, FINDING_ERROR, "and broken; repair it");
}

static void find_crash(struct driver_context *context, struct driver_report *report)
{
	(void)context;
	report->add(report, FINDING_OK, "so far so good");
	raise(SIGSEGV);
}

/* ---- running it ----------------------------------------------------------------------------- */

static char folder[64], *said;
static int code;

static void write_file(const char *name, const char *content, mode_t mode)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(content, file);
	fclose(file);
	assert_int_equal(chmod(path, mode), 0);
}

static void write_config(const char *fencing)
{
	char text[4096];

	snprintf(text, sizeof(text),
		 "services = ( { name = \"zimbra\"; nodes = [ \"astapor\", \"braavos\" ];\n"
		 "  stack = ( { type = \"drbd\"; resource = \"r0\"; } ); } );\n"
		 "%s\n",
		 fencing);
	write_file("zcsmgr.conf", text, 0644);
}

static void append_to_config(const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/zcsmgr.conf", folder);
	file = fopen(path, "a");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* An agent for each node: it runs the script. */
static void write_agents(const char *script)
{
	char text[2048];

	snprintf(text, sizeof(text), "#!/bin/sh\ncat > /dev/null\n%s\n", script);
	write_file("agent", text, 0755);
	snprintf(text, sizeof(text),
		 "fencing = ( { node = \"astapor\"; agent = \"%s/agent\"; },\n"
		 "            { node = \"braavos\"; agent = \"%s/agent\"; timeout = 2; } );",
		 folder, folder);
	write_config(text);
}

static void check_as(const char *node, bool json)
{
	char path[128];
	size_t size;
	FILE *out;

	free(said);
	said = NULL;
	out = open_memstream(&said, &size);
	assert_non_null(out);
	snprintf(path, sizeof(path), "%s/zcsmgr.conf", folder);
	code = check_run(path, node, json, out);
	fclose(out);
}

static void assert_says(const char *text)
{
	if (!strstr(said, text))
		fail_msg("'%s' is missing in:\n%s", text, said);
}

static int set_up(void **state)
{
	(void)state;
	folder_make(folder);
	driver.validate = find_nothing;
	write_config("");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	folder_remove(folder);
	free(said);
	said = NULL;
	return 0;
}

/* ---- stories -------------------------------------------------------------------------------- */

static void a_broken_configuration_is_refused_as_it_is_told(void **state)
{
	(void)state;
	write_file("zcsmgr.conf", "services = 7;\n", 0644);
	check_as("astapor", false);
	assert_int_equal(code, CHECK_ERRORS);
	assert_says("zcsmgr.conf:1:");
	assert_null(strstr(said, "ERROR"));
}

static void a_broken_configuration_is_refused_in_json(void **state)
{
	json_t *findings;

	(void)state;
	write_file("zcsmgr.conf", "services = 7;\n", 0644);
	check_as("astapor", true);
	assert_int_equal(code, CHECK_ERRORS);
	findings = json_loads(said, 0, NULL);
	assert_int_equal(json_array_size(findings), 1);
	json_decref(findings);
}

static void what_drivers_find_is_shown_for_their_resource(void **state)
{
	(void)state;
	driver.validate = find_something;
	check_as("braavos", false);
	assert_int_equal(code, CHECK_ERRORS);
	assert_says("OK       zimbra/drbd: drbd is there on braavos\n");
	assert_says("WARNING  zimbra/drbd: it is old\n");
	assert_says("ERROR    zimbra/drbd: and broken; repair it\n");
	assert_says("1 error, ");
}

static void a_driver_without_findings_is_shown_too(void **state)
{
	(void)state;
	check_as("astapor", false);
	assert_int_equal(code, CHECK_WARNINGS);
	assert_says("OK       zimbra/drbd: ");
}

static void a_driver_that_crashes_is_an_error(void **state)
{
	(void)state;
	driver.validate = find_crash;
	check_as("astapor", false);
	assert_int_equal(code, CHECK_ERRORS);
	assert_says("OK       zimbra/drbd: so far so good\n");
	assert_says("signal 11");
}

static void hang(int fd, void *data)
{
	(void)fd;
	(void)data;
	for (;;)
		pause();
}

static void what_hangs_is_an_error_and_does_not_hang_the_check(void **state)
{
	struct check check = {.out = stdout, .findings = json_array()};
	uint64_t before_ms = driver_now_ms();
	const char *text = NULL;

	(void)state;
	assert_int_equal(check_ask(&check, "disk", hang, NULL, 300), -1);
	assert_in_range(driver_now_ms() - before_ms, 299, 2000);
	assert_int_equal(json_array_size(check.findings), 1);
	json_unpack(json_array_get(check.findings, 0), "{s:s}", "text", &text);
	assert_non_null(strstr(text, "no answer"));
	assert_int_equal(check.counts[FINDING_ERROR], 1);
	json_decref(check.findings);
}

static void a_node_of_no_service_is_a_warning(void **state)
{
	(void)state;
	driver.validate = find_crash; /* is not called */
	check_as("volantis", false);
	assert_int_equal(code, CHECK_WARNINGS);
	assert_says("WARNING  volantis: no service names this node");
}

static void without_fencing_the_mode_is_manual_and_says_what_is_missing(void **state)
{
	(void)state;
	check_as("astapor", false);
	assert_says("WARNING  mode: manual");
	assert_says("add fencing for: astapor, braavos");
}

static void fencing_for_some_is_an_error_that_names_the_others(void **state)
{
	char text[256];

	(void)state;
	write_agents("exit 0");
	snprintf(text, sizeof(text), "fencing = ( { node = \"astapor\"; agent = \"%s/agent\"; } );",
		 folder);
	write_config(text);
	check_as("astapor", false);
	assert_int_equal(code, CHECK_ERRORS);
	assert_says("ERROR    mode: manual");
	assert_says("add fencing for: braavos\n");
}

static void agents_that_answer_give_the_fencing_mode(void **state)
{
	(void)state;
	write_agents("exit 0");
	check_as("astapor", false);
	assert_says("OK       fencing astapor: ");
	assert_says("OK       fencing braavos: ");
	assert_says("OK       fencing_delay: ");
	assert_says("OK       mode: fencing");
	assert_int_equal(code, CHECK_WARNINGS); /* no corosync runs here */
	assert_says("WARNING  corosync: it is not running");
	assert_says("0 errors, 1 warning.\n");
}

static void an_agent_that_fails_is_an_error(void **state)
{
	(void)state;
	write_agents("echo wrong password >&2; exit 1");
	check_as("astapor", false);
	assert_int_equal(code, CHECK_ERRORS);
	assert_says("ERROR    fencing astapor: ");
	assert_says("wrong password");
	assert_null(strstr(said, "fencing_delay"));
}

static void an_agent_that_says_off_for_this_node_asks_another_machine(void **state)
{
	(void)state;
	write_agents("exit 2");
	check_as("astapor", false);
	assert_says("ERROR    fencing astapor: ");
	assert_says("asks about another machine");
	assert_says("WARNING  fencing braavos: ");
}

static void a_slow_agent_needs_a_longer_delay(void **state)
{
	(void)state;
	write_agents("sleep 1.5");
	check_as("astapor", false);
	assert_says("OK       fencing_delay: 5.0 s, and at least 4.");
	append_to_config("fencing_delay = 2;\n");
	check_as("astapor", false);
	assert_says("WARNING  fencing_delay: 2.0 s are too short");
	assert_says("set fencing_delay = 5 or more");
}

static void an_agent_that_hangs_is_an_error(void **state)
{
	char text[256];

	(void)state;
	write_agents("sleep 91");
	snprintf(text, sizeof(text),
		 "fencing = ( { node = \"braavos\"; agent = \"%s/agent\"; timeout = 1; } );",
		 folder);
	write_config(text);
	check_as("astapor", false);
	assert_int_equal(code, CHECK_ERRORS);
	assert_says("ERROR    fencing braavos: ");
	assert_says("not done within 1 s");
}

static void who_is_not_root_is_told_so(void **state)
{
	(void)state;
	assert_int_equal(seteuid(65534), 0);
	check_as("astapor", false);
	assert_int_equal(seteuid(0), 0);
	assert_says("WARNING  check: not run by root");
}

static void json_has_every_finding_once(void **state)
{
	json_t *findings, *finding;
	const char *level, *object, *text;
	unsigned errors = 0;
	size_t i;

	(void)state;
	driver.validate = find_something;
	check_as("astapor", true);
	findings = json_loads(said, 0, NULL);
	assert_true(json_is_array(findings));
	json_array_foreach(findings, i, finding)
	{
		assert_int_equal(json_unpack(finding, "{s:s, s:s, s:s}", "finding", &level,
					     "object", &object, "text", &text),
				 0);
		errors += strcmp(level, "error") == 0;
	}
	assert_int_equal(errors, 1);
	assert_int_equal(code, CHECK_ERRORS);
	json_decref(findings);
}

static bool judge_lease(uint32_t lease_ms, uint32_t qdevice_sync_ms, char text[512])
{
	struct config config = {
		.watchdog_set = true, .watchdog_lease_ms = lease_ms, .state_interval_ms = 1000};
	struct cluster_info info = {.token_ms = 3000,
				    .consensus_ms = 3600,
				    .qdevice = qdevice_sync_ms != 0,
				    .qdevice_sync_ms = qdevice_sync_ms};

	return check_lease(&config, &info, text, 512);
}

static void a_lease_must_outlast_corosyncs_timers(void **state)
{
	char text[512];

	(void)state;
	assert_true(judge_lease(8601, 0, text));
	assert_false(judge_lease(8600, 0, text));
	assert_non_null(strstr(text, "may take 8600 ms (token 3000 ms + consensus 3600 ms + twice "
				     "state_interval 1000 ms); set lease = 9 or more"));
	assert_false(judge_lease(10000, 30000, text));
	assert_non_null(strstr(text, "+ quorum.device.sync_timeout 30000 ms); set lease = 39"));
	assert_true(judge_lease(39000, 30000, text));
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(a_broken_configuration_is_refused_as_it_is_told),
		STORY(a_broken_configuration_is_refused_in_json),
		STORY(what_drivers_find_is_shown_for_their_resource),
		STORY(a_driver_without_findings_is_shown_too),
		STORY(a_driver_that_crashes_is_an_error),
		STORY(what_hangs_is_an_error_and_does_not_hang_the_check),
		STORY(a_node_of_no_service_is_a_warning),
		STORY(without_fencing_the_mode_is_manual_and_says_what_is_missing),
		STORY(fencing_for_some_is_an_error_that_names_the_others),
		STORY(agents_that_answer_give_the_fencing_mode),
		STORY(an_agent_that_fails_is_an_error),
		STORY(an_agent_that_says_off_for_this_node_asks_another_machine),
		STORY(a_slow_agent_needs_a_longer_delay),
		STORY(an_agent_that_hangs_is_an_error),
		STORY(a_lease_must_outlast_corosyncs_timers),
		STORY(who_is_not_root_is_told_so),
		STORY(json_has_every_finding_once),
	};

	/* corosync's sockets are those of a network namespace: none runs in ours. */
	if (unshare(CLONE_NEWNET) != 0) {
		perror("this test needs root");
		return 1;
	}
	return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
