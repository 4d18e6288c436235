/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "attention.h"
#include "facts.h"
#include "status.h"

enum { ASTAPOR = 1, BRAAVOS = 2 };

static struct config config;
static struct core_settings settings;
static struct facts facts;
static struct core_status status;
static struct status_input input;

static void add_resource(const char *name, enum resource_type type)
{
	struct resource_config *resource =
		&config.services[0].resources[config.services[0].resource_count++];

	resource->type = type;
	strcpy(resource->name, name);
	resource->fall = 1;
}

/* Two nodes, one service, all as it should be. */
static int set_up(void **state)
{
	struct core_service_status *service = &status.services[0];

	(void)state;
	memset(&config, 0, sizeof(config));
	memset(&settings, 0, sizeof(settings));
	memset(&facts, 0, sizeof(facts));
	memset(&status, 0, sizeof(status));
	strcpy(config.path, "/etc/zcsmgr/zcsmgr.conf");
	config.service_count = 1;
	strcpy(config.services[0].name, "zimbra");
	config.services[0].node_count = 2;
	strcpy(config.services[0].nodes[0], "astapor");
	strcpy(config.services[0].nodes[1], "braavos");
	add_resource("drbd", RESOURCE_DRBD);
	add_resource("mail", RESOURCE_ZIMBRA);
	settings.nodeid = ASTAPOR;
	settings.node_count = 2;
	settings.nodes[0] = (struct core_node){.nodeid = ASTAPOR, .name = "astapor"};
	settings.nodes[1] = (struct core_node){.nodeid = BRAAVOS, .name = "braavos"};
	input = (struct status_input){.config = &config,
				      .settings = &settings,
				      .facts = &facts,
				      .node = "astapor",
				      .cluster = "zcs",
				      .now_ms = 100000};
	status.connected = status.quorate = status.settled = true;
	status.mode = MODE_FENCING;
	status.node_count = 2;
	status.service_count = 1;
	for (unsigned i = 0; i < 2; i++) {
		status.nodes[i] = (struct core_node_status){.nodeid = i + 1,
							    .self = i == 0,
							    .member = true,
							    .present = true,
							    .heard = true,
							    .same_config = true};
		service->step_of[i] = CORE_NONE;
		service->current[i] = service->storage_known[i] = true;
		service->storage[i] = (struct storage){
			.known = true, .link = STORAGE_CONNECTED, .disk = STORAGE_DISK_UNKNOWN};
		service->storage[i].disk = STORAGE_UPTODATE;
	}
	service->phase = service->phase_of[0] = PHASE_ACTIVE;
	service->holder = ASTAPOR;
	service->step = CORE_NONE;
	service->why[service->why_count++] = (struct reason){
		.code = REASON_WHY_ACTIVE, .service = 0, .resource = -1, .node = ASTAPOR};
	return 0;
}

static void because(enum reason_code code, uint32_t node, int resource)
{
	struct core_service_status *service = &status.services[0];

	service->why[service->why_count++] =
		(struct reason){.code = code, .service = 0, .resource = resource, .node = node};
}

/* ---- attention ------------------------------------------------------------------------------- */

static bool contains(const json_t *lines, const char *level, const char *part)
{
	size_t index;
	json_t *line;

	json_array_foreach(
		lines, index,
		line) if (strcmp(json_string_value(json_object_get(line, "level")), level) == 0 &&
			  strstr(json_string_value(json_object_get(line, "text")),
				 part)) return true;
	return false;
}

static void expect(const char *level, const char *part)
{
	json_t *lines = attention_build(&input, &status);

	if (!contains(lines, level, part)) {
		char *text = json_dumps(lines, JSON_INDENT(1));

		fail_msg("no %s with \"%s\" in %s", level, part, text);
	}
	json_decref(lines);
}

static size_t count(void)
{
	json_t *lines = attention_build(&input, &status);
	size_t size = json_array_size(lines);

	json_decref(lines);
	return size;
}

static void nothing_is_said_when_all_is_as_it_should_be(void **state)
{
	(void)state;
	assert_int_equal(count(), 0);
}

static void an_older_version_is_named_until_it_is_upgraded(void **state)
{
	(void)state;
	status.nodes[0].protocol = 2;
	status.nodes[1].protocol = 0; /* not heard yet */
	assert_int_equal(count(), 0);
	status.nodes[1].protocol = 1;
	expect("notice", "zcsmgr on braavos is older than on other nodes, which work by its "
			 "protocol (1, not 2)");
	status.nodes[1].present = false;
	status.nodes[1].protocol = 2;
	status.nodes[0].protocol = 1;
	assert_int_equal(count(), 1); /* that it does not run on braavos */
}

static void the_worst_comes_first(void **state)
{
	static const char *const order[] = {"error", "warning", "notice"};
	json_t *lines, *line;
	unsigned at = 0;
	size_t index;

	(void)state;
	status.nodes[1].standby = true;
	status.nodes[1].silent = true;
	status.services[0].storage[1].split_brain = true;
	lines = attention_build(&input, &status);
	assert_int_equal(json_array_size(lines), 3);
	json_array_foreach(lines, index, line)
	{
		const char *level = json_string_value(json_object_get(line, "level"));

		while (strcmp(order[at], level) != 0)
			assert_true(++at < 3);
	}
	json_decref(lines);
}

static void a_service_that_runs_nowhere_is_an_error_with_its_first_obstacle(void **state)
{
	(void)state;
	status.services[0].holder = 0;
	status.services[0].phase = PHASE_STOPPED;
	status.services[0].why_count = 0;
	because(REASON_WHY_CLEARANCE, BRAAVOS, -1);
	because(REASON_WHY_CLEARANCE_FENCE_FAILED, BRAAVOS, -1);
	expect("error", "zimbra runs nowhere: braavos may run zimbra");
	expect("error", "braavos could not be fenced");
}

static void a_service_whose_holder_is_lost_is_an_error(void **state)
{
	(void)state;
	status.services[0].holder = BRAAVOS;
	status.services[0].phase = PHASE_UNKNOWN;
	status.nodes[1].present = status.nodes[1].member = false;
	status.services[0].why_count = 0;
	because(REASON_WHY_HOLDER_ABSENT, BRAAVOS, -1);
	because(REASON_WHY_CLEARANCE_MANUAL, BRAAVOS, -1);
	expect("error", "zimbra runs nowhere: no fence agent is configured for braavos");
	expect("warning", "braavos held zimbra when contact was lost");
	expect("warning", "braavos is not in the cluster");
}

static void what_the_operator_wants_is_a_notice_with_the_way_back(void **state)
{
	(void)state;
	status.services[0].holder = 0;
	status.services[0].stopped_by_operator = true;
	expect("notice", "zcsmgr start zimbra");
	status.services[0].stopped_by_operator = false;
	status.services[0].maintenance = true;
	expect("notice", "zcsmgr maintenance off zimbra");
	assert_int_equal(count(), 1);
}

static void a_lost_cluster_is_told(void **state)
{
	(void)state;
	status.quorate = false;
	expect("warning", "not quorate");
	status.connected = false;
	expect("error", "no contact with corosync");
	input.problem = "names differ";
	expect("error", "names differ");
}

static void the_state_of_each_node_is_told(void **state)
{
	(void)state;
	status.nodes[1].same_config = false;
	expect("warning", "braavos has another zcsmgr.conf");
	status.nodes[1].present = false;
	expect("warning", "zcsmgr does not run on braavos");
	status.nodes[1].member = false;
	expect("warning", "braavos is not in the cluster");
	status.nodes[1].confirmed = true;
	expect("warning", "confirmed");
	status.nodes[1].fenced = true;
	expect("warning", "it was fenced");
	status.nodes[1].fencing_now = true;
	expect("warning", "is being fenced");
}

static void a_barred_node_and_failures_are_told_with_the_cure(void **state)
{
	(void)state;
	status.services[0].barred[1] = true;
	status.services[0].failures = 2;
	expect("warning", "zcsmgr cleanup zimbra");
	expect("notice", "failures of zimbra on astapor within its window: 2");
}

static void a_failed_resource_is_told_in_the_words_of_its_driver(void **state)
{
	(void)state;
	facts_outcome(&facts.of[0][1], OPERATION_START, OUTCOME_FAILED, "slapd says no");
	expect("error", "mail of zimbra has failed on astapor: slapd says no");
}

static void disks_that_are_not_right_are_told(void **state)
{
	struct storage *storage = &status.services[0].storage[1];

	(void)state;
	storage->disk = STORAGE_INCONSISTENT;
	expect("warning", "the disk of zimbra on braavos is Inconsistent");
	storage->syncing = true;
	storage->percent = 40;
	expect("warning", "40 %");
	storage->link = STORAGE_CONNECTING;
	expect("warning", "not connected: Connecting");
	storage->suspended = true;
	expect("warning", "frozen");
	storage->split_brain = true;
	expect("error", "split");
}

static void the_daemons_own_troubles_and_a_manual_mode_are_told(void **state)
{
	(void)state;
	input.troubles[2] = "the journal cannot be written";
	status.mode = MODE_MANUAL;
	expect("warning", "the journal cannot be written");
	expect("notice", "mode manual");
}

static void the_same_is_said_once(void **state)
{
	(void)state;
	status.services[0].barred[1] = true;
	because(REASON_WHY_BARRED, BRAAVOS, -1);
	because(REASON_WHY_BARRED, BRAAVOS, -1);
	assert_int_equal(count(), 1);
}

/* ---- facts ----------------------------------------------------------------------------------- */

static enum fact_state after(enum operation operation, enum outcome outcome)
{
	struct fact fact = {0};

	facts_outcome(&fact, operation, outcome, "");
	return fact.state;
}

static void how_an_operation_ended_says_how_the_resource_is(void **state)
{
	(void)state;
	assert_int_equal(after(OPERATION_START, OUTCOME_OK), FACT_UP);
	assert_int_equal(after(OPERATION_STOP, OUTCOME_OK), FACT_DOWN);
	assert_int_equal(after(OPERATION_PROBE, OUTCOME_UP), FACT_UP);
	assert_int_equal(after(OPERATION_PROBE, OUTCOME_DOWN), FACT_DOWN);
	assert_int_equal(after(OPERATION_PROBE, OUTCOME_TIMEOUT), FACT_UNKNOWN);
	assert_int_equal(after(OPERATION_START, OUTCOME_FAILED), FACT_FAILED);
	assert_int_equal(after(OPERATION_STOP, OUTCOME_TIMEOUT), FACT_FAILED);
	assert_int_equal(after(OPERATION_STOP, OUTCOME_STUCK), FACT_UNKNOWN);
	assert_int_equal(after(OPERATION_DETECT, OUTCOME_OK), FACT_UNKNOWN);
	assert_int_equal(after(OPERATION_OUTDATE, OUTCOME_OK), FACT_UNKNOWN);
	assert_int_equal(after(OPERATION_RESUME, OUTCOME_FAILED), FACT_UNKNOWN);
}

static void a_watch_speaks_of_what_should_be_up_only(void **state)
{
	struct fact fact = {0};

	(void)state;
	facts_verdict(&fact, VERDICT_GONE, "secondary, as it should be");
	assert_int_equal(fact.state, FACT_UNKNOWN);
	facts_outcome(&fact, OPERATION_START, OUTCOME_OK, "");
	facts_verdict(&fact, VERDICT_FAILED, "no banner");
	assert_int_equal(fact.state, FACT_FAILED);
	assert_string_equal(fact.text, "no banner");
	facts_verdict(&fact, VERDICT_OK, "");
	assert_int_equal(fact.state, FACT_UP);
}

static void facts_follow_their_resource_by_name_into_a_new_configuration(void **state)
{
	static struct config next;

	(void)state;
	next = config;
	next.service_count = 2;
	next.services[1] = config.services[0];
	strcpy(next.services[0].name, "archive");
	next.services[1].resources[0] = config.services[0].resources[1];
	next.services[1].resources[1] = config.services[0].resources[0];
	facts.of[0][0] = (struct fact){.state = FACT_UP, .up = true, .watched = true};
	facts_carry(&facts, &config, &next);
	assert_int_equal(facts.of[0][0].state, FACT_UNKNOWN);
	assert_int_equal(facts.of[1][1].state, FACT_UP);
	assert_true(facts.of[1][1].up);
	assert_false(facts.of[1][1].watched);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void before_there_is_a_core_the_services_are_shown_and_what_is_missing(void **state)
{
	json_t *json = status_build(&input), *service;

	(void)state;
	assert_string_equal(json_string_value(json_object_get(json, "node")), "astapor");
	assert_true(json_is_false(json_object_get(json, "connected")));
	service = json_array_get(json_object_get(json, "services"), 0);
	assert_string_equal(json_string_value(json_object_get(service, "name")), "zimbra");
	assert_string_equal(json_string_value(json_object_get(service, "phase")), "unknown");
	assert_true(json_is_null(json_object_get(service, "holder")));
	assert_int_equal(json_array_size(json_object_get(service, "resources")), 2);
	assert_true(contains(json_object_get(json, "attention"), "error", "corosync"));
	json_decref(json);
}

static struct core *new_core(struct core_update *update)
{
	static const struct core_durable durable;
	struct core_event event = {.type = CORE_CONNECTED, .now_ms = 90000};
	struct core *core = core_new(&config, &settings, &durable);

	event.connected.pid = 1;
	event.connected.incarnation = 7;
	core_step(core, &event, update);
	return core;
}

static void status_has_what_the_protocol_promises(void **state)
{
	static const char *const keys[] = {"version",	"node",	    "cluster",	"time",
					   "connected", "quorate",  "settled",	"ring",
					   "mode",	"config",   "protocol", "lease_left_s",
					   "nodes",	"services", "attention"};
	static const char *const node_keys[] = {"name",	   "id",       "self",	    "member",
						"present", "heard",    "silent",    "standby",
						"fencing", "fenced",   "confirmed", "same_config",
						"since_s", "protocol", "watchdog"};
	static const char *const service_keys[] = {
		"name",	   "phase",	  "holder",   "epoch",	   "step",  "since_s", "target",
		"stopped", "maintenance", "failures", "resources", "nodes", "why"};
	struct core_update *update = calloc(1, sizeof(*update));
	struct core *core = new_core(update);
	json_t *json, *part;

	(void)state;
	input.core = core;
	json = status_build(&input);
	for (unsigned i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		assert_non_null(json_object_get(json, keys[i]));
	part = json_array_get(json_object_get(json, "nodes"), 1);
	for (unsigned i = 0; i < sizeof(node_keys) / sizeof(node_keys[0]); i++)
		assert_non_null(json_object_get(part, node_keys[i]));
	part = json_array_get(json_object_get(json, "services"), 0);
	for (unsigned i = 0; i < sizeof(service_keys) / sizeof(service_keys[0]); i++)
		assert_non_null(json_object_get(part, service_keys[i]));
	assert_int_equal(json_array_size(json_object_get(part, "nodes")), 2);
	assert_true(json_array_size(json_object_get(part, "why")) > 0);
	json_decref(json);
	core_free(core);
	free(update);
}

static void two_steady_looks_are_the_same_though_time_has_passed(void **state)
{
	struct core_update *update = calloc(1, sizeof(*update));
	struct core *core = new_core(update);
	json_t *first, *second;

	(void)state;
	input.core = core;
	input.steady = true;
	first = status_build(&input);
	input.now_ms += 1234;
	second = status_build(&input);
	assert_true(json_equal(first, second));
	input.steady = false;
	json_decref(second);
	second = status_build(&input);
	assert_false(json_equal(first, second));
	json_decref(first);
	json_decref(second);
	core_free(core);
	free(update);
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_said_when_all_is_as_it_should_be),
		TEST(an_older_version_is_named_until_it_is_upgraded),
		TEST(the_worst_comes_first),
		TEST(a_service_that_runs_nowhere_is_an_error_with_its_first_obstacle),
		TEST(a_service_whose_holder_is_lost_is_an_error),
		TEST(what_the_operator_wants_is_a_notice_with_the_way_back),
		TEST(a_lost_cluster_is_told),
		TEST(the_state_of_each_node_is_told),
		TEST(a_barred_node_and_failures_are_told_with_the_cure),
		TEST(a_failed_resource_is_told_in_the_words_of_its_driver),
		TEST(disks_that_are_not_right_are_told),
		TEST(the_daemons_own_troubles_and_a_manual_mode_are_told),
		TEST(the_same_is_said_once),
		TEST(how_an_operation_ended_says_how_the_resource_is),
		TEST(a_watch_speaks_of_what_should_be_up_only),
		TEST(facts_follow_their_resource_by_name_into_a_new_configuration),
		TEST(before_there_is_a_core_the_services_are_shown_and_what_is_missing),
		TEST(status_has_what_the_protocol_promises),
		TEST(two_steady_looks_are_the_same_though_time_has_passed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
