/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "request.h"

static struct request request;
static struct request_error error;

static int parse(const char *line)
{
	memset(&error, 0, sizeof(error));
	return request_parse(line, strlen(line), &request, &error);
}

static void refused(const char *line, const char *code, const char *part)
{
	assert_int_equal(parse(line), -1);
	assert_string_equal(error.code, code);
	if (!strstr(error.text, part))
		fail_msg("%s: \"%s\" lacks \"%s\"", line, error.text, part);
}

static void every_verb_of_the_protocol_is_understood(void **state)
{
	static const struct {
		const char *line;
		enum request_kind kind;
		enum core_verb verb;
	} lines[] = {
		{"{\"verb\":\"status\"}", REQUEST_STATUS, 0},
		{"{\"verb\":\"why\",\"service\":\"zimbra\"}", REQUEST_WHY, 0},
		{"{\"verb\":\"history\"}", REQUEST_HISTORY, 0},
		{"{\"verb\":\"monitor\"}", REQUEST_MONITOR, 0},
		{"{\"verb\":\"start\",\"service\":\"z\"}", REQUEST_ACT, CORE_VERB_START},
		{"{\"verb\":\"stop\",\"service\":\"z\"}", REQUEST_ACT, CORE_VERB_STOP},
		{"{\"verb\":\"move\",\"service\":\"z\"}", REQUEST_ACT, CORE_VERB_MOVE},
		{"{\"verb\":\"move\",\"service\":\"z\",\"node\":\"n\"}", REQUEST_ACT,
		 CORE_VERB_MOVE},
		{"{\"verb\":\"standby\",\"node\":\"n\"}", REQUEST_ACT, CORE_VERB_STANDBY},
		{"{\"verb\":\"online\",\"node\":\"n\"}", REQUEST_ACT, CORE_VERB_ONLINE},
		{"{\"verb\":\"maintenance\",\"on\":true}", REQUEST_ACT, CORE_VERB_MAINTENANCE},
		{"{\"verb\":\"cleanup\"}", REQUEST_ACT, CORE_VERB_CLEANUP},
		{"{\"verb\":\"confirm-down\",\"node\":\"n\"}", REQUEST_ACT, CORE_VERB_CONFIRM_DOWN},
		{"{\"verb\":\"reload\"}", REQUEST_ACT, CORE_VERB_RELOAD},
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(parse(lines[i].line), 0);
		assert_int_equal(request.kind, lines[i].kind);
		if (request.kind == REQUEST_ACT)
			assert_int_equal(request.core_verb, lines[i].verb);
	}
}

static void members_are_taken_as_they_are_given(void **state)
{
	(void)state;
	assert_int_equal(parse("{\"verb\":\"confirm-down\",\"node\":\"astapor\","
			       "\"accept_loss\":true}"),
			 0);
	assert_string_equal(request.node, "astapor");
	assert_true(request.accept_loss);
	assert_int_equal(parse("{\"verb\":\"confirm-down\",\"node\":\"astapor\"}"), 0);
	assert_false(request.accept_loss);
	assert_int_equal(parse("{\"verb\":\"maintenance\",\"service\":null,\"on\":false}"), 0);
	assert_string_equal(request.service, "");
	assert_false(request.on);
	assert_int_equal(parse("{\"verb\":\"history\",\"limit\":5}"), 0);
	assert_int_equal(request.limit, 5);
	assert_int_equal(parse("{\"verb\":\"drbd-fence-peer\",\"resource\":\"optzimbra\"}"), 0);
	assert_int_equal(request.kind, REQUEST_FENCE_PEER);
	assert_string_equal(request.resource, "optzimbra");
}

static void what_is_missing_wrong_or_too_much_is_named(void **state)
{
	(void)state;
	refused("", "BAD_REQUEST", "not JSON");
	refused("{", "BAD_REQUEST", "not JSON");
	refused("[]", "BAD_REQUEST", "object");
	refused("{}", "BAD_REQUEST", "verb");
	refused("{\"verb\":7}", "BAD_REQUEST", "verb");
	refused("{\"verb\":\"explode\"}", "UNKNOWN_VERB", "explode");
	refused("{\"verb\":\"start\"}", "BAD_REQUEST", "service");
	refused("{\"verb\":\"start\",\"service\":\"\"}", "BAD_REQUEST", "service");
	refused("{\"verb\":\"start\",\"service\":[]}", "BAD_REQUEST", "service");
	refused("{\"verb\":\"standby\"}", "BAD_REQUEST", "node");
	refused("{\"verb\":\"start\",\"service\":\"z\",\"node\":\"n\"}", "BAD_REQUEST", "node");
	refused("{\"verb\":\"maintenance\"}", "BAD_REQUEST", "on");
	refused("{\"verb\":\"maintenance\",\"on\":\"yes\"}", "BAD_REQUEST", "on");
	refused("{\"verb\":\"confirm-down\",\"node\":\"n\",\"accept-loss\":true}", "BAD_REQUEST",
		"accept-loss");
	refused("{\"verb\":\"history\",\"limit\":0}", "BAD_REQUEST", "limit");
	refused("{\"verb\":\"drbd-fence-peer\"}", "BAD_REQUEST", "resource");
	refused("{\"verb\":\"status\",\"resource\":\"r\"}", "BAD_REQUEST", "resource");
	refused("{\"verb\":\"status\",\"verb\":\"reload\"}", "BAD_REQUEST", "duplicate");
	refused("{\"verb\":\"status\"} {\"verb\":\"status\"}", "BAD_REQUEST", "not JSON");
	refused("{\"verb\":\"move\",\"service\":\"a\\u0000b\"}", "BAD_REQUEST", "not JSON");
	refused("{\"verb\":\"move\",\"service\":\"\xff\"}", "BAD_REQUEST", "not JSON");
}

static void a_name_as_long_as_allowed_is_taken_one_byte_more_is_not(void **state)
{
	char line[256], name[CONFIG_NAME_SIZE + 1];

	(void)state;
	memset(name, 'a', sizeof(name));
	name[CONFIG_NAME_SIZE - 1] = '\0';
	snprintf(line, sizeof(line), "{\"verb\":\"stop\",\"service\":\"%s\"}", name);
	assert_int_equal(parse(line), 0);
	assert_string_equal(request.service, name);
	name[CONFIG_NAME_SIZE - 1] = 'a';
	name[CONFIG_NAME_SIZE] = '\0';
	snprintf(line, sizeof(line), "{\"verb\":\"stop\",\"service\":\"%s\"}", name);
	refused(line, "BAD_REQUEST", "63");
}

static void nesting_as_deep_as_a_line_allows_is_survived(void **state)
{
	char line[4096];

	(void)state;
	memset(line, '[', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	refused(line, "BAD_REQUEST", "not JSON");
}

static void a_refusal_is_utf8_whatever_was_sent(void **state)
{
	static const char cut[] = /* after 64 bytes: half of the letter */
		"{\"verb\":"
		"\"123456789012345678901234567890123456789012345678901234567890123\u00fc\"}";
	json_t *text;

	(void)state;
	refused(cut, "UNKNOWN_VERB", "0123?\"");
	refused("{\"verb\":[\"\\u00\U0001f600\"]}", "BAD_REQUEST", "not JSON: invalid escape");
	text = json_string(error.text);
	assert_non_null(text);
	json_decref(text);
}

static void a_request_is_described_as_it_would_be_typed(void **state)
{
	char text[256];

	(void)state;
	parse("{\"verb\":\"move\",\"service\":\"zimbra\",\"node\":\"braavos\"}");
	request_describe(&request, text, sizeof(text));
	assert_string_equal(text, "move zimbra braavos");
	parse("{\"verb\":\"maintenance\",\"service\":\"zimbra\",\"on\":false}");
	request_describe(&request, text, sizeof(text));
	assert_string_equal(text, "maintenance off zimbra");
	parse("{\"verb\":\"confirm-down\",\"node\":\"astapor\",\"accept_loss\":true}");
	request_describe(&request, text, sizeof(text));
	assert_string_equal(text, "confirm-down astapor --accept-loss");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb_of_the_protocol_is_understood),
		cmocka_unit_test(members_are_taken_as_they_are_given),
		cmocka_unit_test(what_is_missing_wrong_or_too_much_is_named),
		cmocka_unit_test(a_name_as_long_as_allowed_is_taken_one_byte_more_is_not),
		cmocka_unit_test(nesting_as_deep_as_a_line_allows_is_survived),
		cmocka_unit_test(a_refusal_is_utf8_whatever_was_sent),
		cmocka_unit_test(a_request_is_described_as_it_would_be_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
