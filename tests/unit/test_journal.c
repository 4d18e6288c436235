/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"
#include "journal.h"
#include "journal_file.h"
#include "loop.h"

static char folder[64], path[128], old_path[128];
static qb_loop_t *loop;

static int set_up(void **state)
{
	(void)state;
	folder_make(folder);
	snprintf(path, sizeof(path), "%s/journal.jsonl", folder);
	snprintf(old_path, sizeof(old_path), "%s/journal.jsonl.1", folder);
	loop = qb_loop_create();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	qb_loop_destroy(loop);
	folder_remove(folder);
	return 0;
}

static void add_text(struct journal *journal, const char *service, const char *text)
{
	struct journal_entry entry = {
		.level = REASON_NOTICE, .code = "TEST", .service = service, .text = text};

	assert_non_null(journal_add(journal, &entry));
}

static void add_number(struct journal *journal, unsigned number)
{
	char text[32];

	snprintf(text, sizeof(text), "record %u", number);
	add_text(journal, "zimbra", text);
}

static const char *text_of(const json_t *records, size_t index)
{
	return json_string_value(json_object_get(json_array_get(records, index), "text"));
}

static json_t *history(const struct journal *journal)
{
	return journal_history(journal, NULL, JOURNAL_RECORDS, 1024 * 1024);
}

static void append_raw(const char *file, const char *bytes, size_t size)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_APPEND, 0640);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	close(fd);
}

static off_t size_of(const char *file)
{
	struct stat status;

	return stat(file, &status) == 0 ? status.st_size : -1;
}

/* ---- records --------------------------------------------------------------------------------- */

static void a_record_has_what_the_protocol_promises(void **state)
{
	struct journal *journal = journal_open(loop, folder);
	struct journal_entry entry = {
		.level = REASON_ERROR,
		.code = "START_FAILED",
		.service = "zimbra",
		.resource = "drbd",
		.about = "braavos",
		.number = 7,
		.text = "drbd of zimbra could not be started",
		.detail = "exit code 17",
	};
	const char *service, *resource, *about, *level, *code, *text, *detail, *node;
	json_int_t boot_ms, number;
	const json_t *record;
	double time;

	(void)state;
	journal_set_node(journal, "astapor");
	record = journal_add(journal, &entry);
	assert_int_equal(json_unpack((json_t *)record,
				     "{s:F, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:s !}",
				     "time", &time, "boot_ms", &boot_ms, "node", &node, "level",
				     &level, "code", &code, "service", &service, "resource",
				     &resource, "about", &about, "number", &number, "text", &text,
				     "detail", &detail),
			 0);
	assert_true(time > 1700000000);
	assert_string_equal(node, "astapor");
	assert_string_equal(level, "error");
	assert_string_equal(detail, "exit code 17");
	assert_int_equal(number, 7);
	journal_close(journal);
}

static void what_does_not_apply_is_not_there(void **state)
{
	struct journal *journal = journal_open(loop, folder);
	struct journal_entry entry = {
		.level = REASON_INFO, .code = "CONNECTED", .text = "connected"};
	const json_t *record = journal_add(journal, &entry);

	(void)state;
	assert_null(json_object_get(record, "service"));
	assert_null(json_object_get(record, "resource"));
	assert_null(json_object_get(record, "about"));
	assert_null(json_object_get(record, "detail"));
	journal_close(journal);
}

static void bytes_that_are_no_utf8_do_not_lose_the_record(void **state)
{
	struct journal *journal = journal_open(loop, folder);
	struct journal_entry entry = {
		.level = REASON_ERROR, .code = "TEST", .text = "failed", .detail = "caf\xe9\xff"};
	const json_t *record = journal_add(journal, &entry);

	(void)state;
	assert_string_equal(json_string_value(json_object_get(record, "detail")), "caf??");
	journal_close(journal);
}

static void a_detail_that_is_too_long_is_left_out_the_record_stays(void **state)
{
	struct journal *journal = journal_open(loop, folder);
	char detail[JOURNAL_LINE_SIZE + 1];
	struct journal_entry entry = {
		.level = REASON_ERROR, .code = "TEST", .text = "failed", .detail = detail};
	json_t *records;

	(void)state;
	memset(detail, 'x', sizeof(detail) - 1);
	detail[sizeof(detail) - 1] = '\0';
	journal_add(journal, &entry);
	records = history(journal);
	assert_int_equal(json_array_size(records), 1);
	assert_string_equal(text_of(records, 0), "failed");
	json_decref(records);
	journal_close(journal);
}

/* ---- over restarts -----------------------------------------------------------------------------
 */

static void records_survive_the_daemon_in_their_order(void **state)
{
	struct journal *journal = journal_open(loop, folder);
	json_t *records;

	(void)state;
	for (unsigned i = 0; i < 5; i++)
		add_number(journal, i);
	journal_close(journal);
	journal = journal_open(loop, folder);
	add_number(journal, 5);
	records = history(journal);
	assert_int_equal(json_array_size(records), 6);
	assert_string_equal(text_of(records, 0), "record 0");
	assert_string_equal(text_of(records, 5), "record 5");
	json_decref(records);
	journal_close(journal);
}

static void damaged_and_foreign_lines_are_passed_over(void **state)
{
	static const char garbage[] =
		"not json\n"
		"{}\n"
		"[1,2]\n"
		"{\"time\": \"yesterday\", \"text\": \"x\"}\n"
		"\n"
		"{\"time\": 1, \"text\": \"of another version\", \"new\": [1]}\n"
		"{\"time\": 2, \"text\": \"cut of";
	struct journal *journal;
	json_t *records;

	(void)state;
	append_raw(path, garbage, sizeof(garbage) - 1);
	journal = journal_open(loop, folder);
	add_text(journal, NULL, "after the damage");
	journal_close(journal);
	journal = journal_open(loop, folder);
	records = history(journal);
	assert_int_equal(json_array_size(records), 2);
	assert_string_equal(text_of(records, 0), "of another version");
	assert_string_equal(text_of(records, 1), "after the damage");
	json_decref(records);
	journal_close(journal);
}

static void a_file_full_of_garbage_is_no_obstacle(void **state)
{
	char bytes[65536];
	struct journal *journal;
	json_t *records;

	(void)state;
	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 2654435761u >> 13);
	for (unsigned i = 0; i < 20; i++)
		append_raw(i % 2 ? path : old_path, bytes, sizeof(bytes));
	journal = journal_open(loop, folder);
	add_text(journal, NULL, "still here");
	records = history(journal);
	assert_int_equal(json_array_size(records), 1);
	json_decref(records);
	journal_close(journal);
}

/* ---- bounds ------------------------------------------------------------------------------------
 */

static void history_is_of_one_service_and_of_all_that_concerns_every_service(void **state)
{
	struct journal *journal = journal_open(loop, folder);
	json_t *records;

	(void)state;
	add_text(journal, "zimbra", "of zimbra");
	add_text(journal, "archive", "of archive");
	add_text(journal, NULL, "of the node");
	records = journal_history(journal, "zimbra", 10, 1024 * 1024);
	assert_int_equal(json_array_size(records), 2);
	assert_string_equal(text_of(records, 0), "of zimbra");
	assert_string_equal(text_of(records, 1), "of the node");
	json_decref(records);
	records = journal_history(journal, NULL, 1, 1024 * 1024);
	assert_int_equal(json_array_size(records), 1);
	assert_string_equal(text_of(records, 0), "of the node");
	json_decref(records);
	journal_close(journal);
}

static void history_has_the_newest_that_fit_into_the_answer(void **state)
{
	struct journal *journal = journal_open(loop, folder);
	json_t *records;
	char *text;

	(void)state;
	for (unsigned i = 0; i < 200; i++)
		add_number(journal, i);
	records = journal_history(journal, NULL, JOURNAL_RECORDS, 4096);
	text = json_dumps(records, JSON_COMPACT | JSON_REAL_PRECISION(13));
	assert_in_range(strlen(text), 3000, 4095);
	assert_string_equal(text_of(records, json_array_size(records) - 1), "record 199");
	free(text);
	json_decref(records);
	journal_close(journal);
}

static void memory_holds_the_newest_thousand(void **state)
{
	struct journal *journal = journal_open(loop, folder);
	json_t *records;

	(void)state;
	for (unsigned i = 0; i < JOURNAL_RECORDS + 10; i++)
		add_number(journal, i);
	records = history(journal);
	assert_int_equal(json_array_size(records), JOURNAL_RECORDS);
	assert_string_equal(text_of(records, 0), "record 10");
	json_decref(records);
	journal_close(journal);
}

static void the_files_never_grow_beyond_their_bound(void **state)
{
	struct journal_file file;
	char line[1024];

	(void)state;
	journal_file_init(&file, folder);
	memset(line, 'x', sizeof(line));
	line[sizeof(line) - 1] = '\n';
	for (unsigned i = 0; i < 10 * 1024; i++) {
		assert_int_equal(journal_file_append(&file, line, sizeof(line), false), 0);
		assert_true(size_of(path) <= JOURNAL_FILE_SIZE);
	}
	assert_int_equal(size_of(old_path), JOURNAL_FILE_SIZE);
	assert_int_equal(size_of(path), 2 * 1024 * 1024);
	journal_file_close(&file);
}

static void a_file_that_was_removed_is_made_again(void **state)
{
	struct journal_file file;

	(void)state;
	journal_file_init(&file, folder);
	assert_int_equal(journal_file_append(&file, "a\n", 2, true), 0);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(journal_file_append(&file, "b\n", 2, true), 0);
	assert_int_equal(size_of(path), 2);
	journal_file_close(&file);
}

/* ---- a full file system ------------------------------------------------------------------------
 */

#define REQUIRE(condition)                                                                         \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "line %d: %s\n", __LINE__, #condition);                    \
			_exit(1);                                                                  \
		}                                                                                  \
	} while (0)

static bool has_trouble(void *data)
{
	return journal_trouble(data) != NULL;
}

static bool is_written(void *data)
{
	return !journal_trouble(data) && size_of(path) > 0;
}

static void fill_up(const char *name)
{
	static char bytes[4096];
	int fd = open(name, O_WRONLY | O_CREAT | O_APPEND, 0600);

	REQUIRE(fd >= 0);
	while (write(fd, bytes, sizeof(bytes)) > 0)
		;
	close(fd);
}

static bool ends_with_newline(void)
{
	int fd = open(path, O_RDONLY);
	char last = 0;
	bool so = size_of(path) == 0 ||
		  (fd >= 0 && pread(fd, &last, 1, size_of(path) - 1) == 1 && last == '\n');

	close(fd);
	return so;
}

static void fill_and_free(void)
{
	struct journal *journal = journal_open(loop, folder);
	char ballast[128];
	json_t *records;

	REQUIRE(journal);
	snprintf(ballast, sizeof(ballast), "%s/ballast", folder);
	add_number(journal, 0);
	REQUIRE(loop_until(loop, is_written, journal, 5000));
	fill_up(ballast);
	for (unsigned i = 1; i < 50; i++)
		add_number(journal, i);
	REQUIRE(loop_until(loop, has_trouble, journal, 5000));
	REQUIRE(strstr(journal_trouble(journal), path));
	REQUIRE(ends_with_newline());
	records = history(journal);
	REQUIRE(json_array_size(records) == 50);
	json_decref(records);
	REQUIRE(unlink(ballast) == 0);
	add_number(journal, 50);
	REQUIRE(loop_until(loop, is_written, journal, 5000));
	journal_close(journal);
	journal = journal_open(loop, folder);
	records = history(journal);
	REQUIRE(json_array_size(records) == 51);
	REQUIRE(strcmp(text_of(records, 50), "record 50") == 0);
	json_decref(records);
	journal_close(journal);
}

static void
a_full_disk_is_told_and_what_was_kept_in_memory_is_written_when_there_is_room(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0) {
		if (unshare(CLONE_NEWNS) != 0 ||
		    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
		    mount("none", folder, "tmpfs", 0, "size=64k") != 0)
			_exit(99);
		loop = qb_loop_create();
		fill_and_free();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_record_has_what_the_protocol_promises),
		TEST(what_does_not_apply_is_not_there),
		TEST(bytes_that_are_no_utf8_do_not_lose_the_record),
		TEST(a_detail_that_is_too_long_is_left_out_the_record_stays),
		TEST(records_survive_the_daemon_in_their_order),
		TEST(damaged_and_foreign_lines_are_passed_over),
		TEST(a_file_full_of_garbage_is_no_obstacle),
		TEST(history_is_of_one_service_and_of_all_that_concerns_every_service),
		TEST(history_has_the_newest_that_fit_into_the_answer),
		TEST(memory_holds_the_newest_thousand),
		TEST(the_files_never_grow_beyond_their_bound),
		TEST(a_file_that_was_removed_is_made_again),
		TEST(a_full_disk_is_told_and_what_was_kept_in_memory_is_written_when_there_is_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
