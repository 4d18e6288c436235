/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every value of an enum has a text of its own, and every reason a sentence that can be said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drbd_events.h"
#include "names.h"

/* ---- enums ---------------------------------------------------------------------------------- */

static const char *operation_name(unsigned value)
{
	return names_operation((enum operation)value);
}

static const char *outcome_name(unsigned value)
{
	return names_outcome((enum outcome)value);
}

static const char *verdict_name(unsigned value)
{
	return names_verdict((enum verdict)value);
}

static const char *role_name(unsigned value)
{
	return names_role((enum storage_role)value);
}

static const char *disk_name(unsigned value)
{
	return names_disk((enum storage_disk)value);
}

static const char *link_name(unsigned value)
{
	return names_link((enum storage_link)value);
}

static const char *level_name(unsigned value)
{
	return names_level((enum reason_level)value);
}

static const char *code_name(unsigned value)
{
	return names_reason_code((enum reason_code)value);
}

static void every_value_has_a_text_of_its_own_and_no_other_number_has(void **state)
{
	static const struct {
		const char *(*name)(unsigned value);
		unsigned last;
	} enums[] = {
		{operation_name, OPERATION_RESUME}, {outcome_name, OUTCOME_STUCK},
		{verdict_name, VERDICT_GONE},	    {role_name, STORAGE_PRIMARY},
		{disk_name, STORAGE_UPTODATE},	    {link_name, STORAGE_CONNECTED},
		{level_name, REASON_ERROR},	    {code_name, REASON_COUNT - 1},
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(enums) / sizeof(enums[0]); i++) {
		for (unsigned value = 0; value <= enums[i].last; value++) {
			const char *name = enums[i].name(value);

			assert_true(isalpha((unsigned char)name[0]));
			for (unsigned other = 0; other < value; other++)
				assert_string_not_equal(name, enums[i].name(other));
		}
		assert_string_equal(enums[i].name(enums[i].last + 1), "?");
		assert_string_equal(enums[i].name(UINT32_MAX), "?");
	}
}

/* The words of DRBD come back from its event stream as what they were. */
static struct storage storage_of(const char *role, const char *disk, const char *connection)
{
	static struct drbd_events events;
	struct storage storage;
	char text[1024];

	snprintf(text, sizeof(text),
		 "exists resource name:r role:%s suspended:no\n"
		 "exists connection name:r peer-node-id:0 connection:%s role:%s\n"
		 "exists device name:r volume:0 minor:0 disk:%s\n"
		 "exists peer-device name:r peer-node-id:0 volume:0 replication:Established "
		 "peer-disk:%s\nexists -\n",
		 role, connection, role, disk, disk);
	drbd_events_init(&events, "r");
	drbd_events_feed(&events, text, strlen(text));
	drbd_events_storage(&events, &storage);
	assert_true(storage.known);
	return storage;
}

static void what_drbd_calls_them_is_read_back(void **state)
{
	(void)state;
	for (unsigned role = 0; role <= STORAGE_PRIMARY; role++) {
		struct storage storage = storage_of(role_name(role), "UpToDate", "Connected");

		assert_int_equal(storage.role, role);
		assert_int_equal(storage.peer_role, role);
	}
	for (unsigned disk = 0; disk <= STORAGE_UPTODATE; disk++) {
		struct storage storage = storage_of("Primary", disk_name(disk), "Connected");

		assert_int_equal(storage.disk, disk);
		assert_int_equal(storage.peer_disk, disk);
	}
	for (unsigned link = STORAGE_STANDALONE; link <= STORAGE_CONNECTED; link++)
		assert_int_equal(storage_of("Primary", "UpToDate", link_name(link)).link, link);
}

/* ---- sentences ------------------------------------------------------------------------------ */

static const struct {
	const char *code;
	enum reason_level level;
	const char *sentence;
} reasons[] = {
#define REASON(code, level, sentence) {#code, REASON_##level, sentence},
	REASONS
#undef REASON
};

static struct config config = {
	.service_count = 1,
	.services = {{.name = "zimbra",
		      .resource_count = 2,
		      .resources = {{.name = "drbd"}, {.name = "address"}}}},
};

static const char *node_name(void *data, uint32_t nodeid)
{
	assert_ptr_equal(data, &config);
	return nodeid == 1 ? "astapor" : nodeid == 2 ? "braavos" : NULL;
}

static const char *say(const struct reason *reason, const struct config *known)
{
	static char text[1024];
	size_t length = names_reason(text, sizeof(text), reason, known, node_name, &config);

	assert_true(length < sizeof(text));
	assert_int_equal(length, strlen(text));
	return text;
}

static void every_reason_has_its_code_and_its_level(void **state)
{
	(void)state;
	assert_int_equal(sizeof(reasons) / sizeof(reasons[0]), REASON_COUNT);
	for (unsigned i = 0; i < REASON_COUNT; i++) {
		const char *code = names_reason_code((enum reason_code)i);

		assert_string_equal(code, reasons[i].code);
		assert_int_equal(strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), strlen(code));
		assert_int_equal(names_reason_level((enum reason_code)i), reasons[i].level);
	}
	assert_int_equal(names_reason_level(REASON_COUNT), REASON_ERROR);
}

static bool is_placeholder(const char *at, size_t length)
{
	static const char *const known[] = {"service", "node", "other", "resource", "n", "s"};

	for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strlen(known[i]) == length && memcmp(known[i], at, length) == 0)
			return true;
	return false;
}

static void check_placeholders(const char *sentence)
{
	const char *at = sentence;

	while ((at = strpbrk(at, "{}")) != NULL) {
		size_t length = strcspn(at + 1, "{}");

		if (*at != '{' || at[1 + length] != '}' || !is_placeholder(at + 1, length))
			fail_msg("\"%s\": not a placeholder: \"%.20s\"", sentence, at);
		at += length + 2;
	}
}

static void every_sentence_can_be_said_whole(void **state)
{
	struct reason reason = {.resource = 1, .node = 1, .other = 2, .number = 1500};

	(void)state;
	for (unsigned i = 1; i < REASON_COUNT; i++) {
		const char *sentence = reasons[i].sentence, *said;
		size_t length = strlen(sentence);

		reason.code = (enum reason_code)i;
		check_placeholders(sentence);
		assert_true(length > 3 && length < 256);
		/* One clause of a line, that others are put before and after. */
		assert_true(sentence[0] == '{' || islower((unsigned char)sentence[0]) ||
			    strncmp(sentence, "DRBD", 4) == 0);
		assert_null(strchr(".!? ", sentence[length - 1]));
		assert_null(strpbrk(sentence, "?\n\t"));
		said = say(&reason, &config);
		if (strpbrk(said, "?{}"))
			fail_msg("%s: %s", reasons[i].code, said);
		/* Before a configuration is read, and of no service. */
		assert_null(strpbrk(say(&reason, NULL), "?{}"));
	}
}

static void a_sentence_names_what_it_is_about(void **state)
{
	struct reason reason = {.code = REASON_STARTED, .resource = 1, .number = 1500};

	(void)state;
	assert_string_equal(say(&reason, &config), "address of zimbra is started, after 1.5 s");
	reason.number = 12345;
	assert_string_equal(say(&reason, &config), "address of zimbra is started, after 12 s");
	reason = (struct reason){.code = REASON_ACQUIRED, .node = 1, .number = UINT64_MAX};
	assert_string_equal(say(&reason, &config),
			    "astapor has acquired zimbra, epoch 18446744073709551615");
}

static void what_is_not_known_is_said_in_general(void **state)
{
	struct reason reason = {.code = REASON_RESOURCE_FAILED, .service = -1, .resource = -1};

	(void)state;
	assert_string_equal(say(&reason, &config), "a resource of every service has failed");
	reason.service = 1; /* beyond the last */
	assert_string_equal(say(&reason, &config), "a resource of every service has failed");
	reason.service = 0;
	reason.resource = 2;
	assert_string_equal(say(&reason, &config), "a resource of zimbra has failed");
	reason = (struct reason){.code = REASON_NODE_JOINED};
	assert_string_equal(say(&reason, &config), "the other node has joined");
	reason.node = 7;
	assert_string_equal(say(&reason, &config), "node 7 has joined");
	reason.code = REASON_COUNT;
	assert_string_equal(say(&reason, &config), "?");
}

static void a_sentence_that_does_not_fit_is_cut_and_its_length_told(void **state)
{
	struct reason reason = {.code = REASON_NODE_JOINED, .node = 1};
	static const char whole[] = "astapor has joined";

	(void)state;
	assert_int_equal(names_reason(NULL, 0, &reason, &config, node_name, &config),
			 strlen(whole));
	for (size_t size = 1; size <= sizeof(whole); size++) {
		char *text = malloc(size); /* of just that size: a write beyond is seen */

		assert_int_equal(names_reason(text, size, &reason, &config, node_name, &config),
				 strlen(whole));
		assert_int_equal(strlen(text), size - 1);
		assert_memory_equal(text, whole, size - 1);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_has_a_text_of_its_own_and_no_other_number_has),
		cmocka_unit_test(what_drbd_calls_them_is_read_back),
		cmocka_unit_test(every_reason_has_its_code_and_its_level),
		cmocka_unit_test(every_sentence_can_be_said_whole),
		cmocka_unit_test(a_sentence_names_what_it_is_about),
		cmocka_unit_test(what_is_not_known_is_said_in_general),
		cmocka_unit_test(a_sentence_that_does_not_fit_is_cut_and_its_length_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
