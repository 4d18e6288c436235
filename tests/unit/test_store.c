/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "durable.h"
#include "folder.h"
#include "loop.h"
#include "store.h"

static char folder[64], path[128];
static const uint8_t this_boot[BOOT_SIZE] = {1, 2, 3}, other_boot[BOOT_SIZE] = {4};

static int make_folder(void **state)
{
	(void)state;
	folder_make(folder);
	snprintf(path, sizeof(path), "%s/state", folder);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	folder_remove(folder);
	return 0;
}

static struct core_durable sample(uint64_t epoch)
{
	struct core_durable durable = {.service_count = 2};

	strcpy(durable.services[0].name, "zimbra");
	durable.services[0].epoch = epoch;
	durable.services[0].held_epoch = epoch;
	durable.services[0].target = (struct core_intent){.sequence = 5, .value = 2};
	durable.services[0].stopped = (struct core_intent){.sequence = 6, .value = 1};
	durable.services[1].maintenance =
		(struct core_intent){.sequence = UINT64_MAX, .value = UINT32_MAX};
	durable.services[1].barred = true;
	strcpy(durable.services[1].name, "archive");
	durable.nodes[3].nodeid = 7;
	durable.nodes[3].standby = (struct core_intent){.sequence = 9, .value = 1};
	return durable;
}

/* ---- writing and reading, as the daemon does it ---------------------------------------------- */

struct written {
	uint64_t sequence;
	bool ok, came;
};

static void on_written(void *data, uint64_t sequence, bool ok)
{
	*(struct written *)data = (struct written){.sequence = sequence, .ok = ok, .came = true};
}

static bool has_come(void *data)
{
	return ((struct written *)data)->came;
}

static struct written write_one(qb_loop_t *loop, struct store *store, struct written *written,
				uint64_t epoch, uint64_t sequence)
{
	struct core_durable durable = sample(epoch);

	written->came = false;
	assert_int_equal(store_write(store, &durable, sequence), 0);
	assert_true(loop_until(loop, has_come, written, 10000));
	assert_int_equal(written->sequence, sequence);
	return *written;
}

/* Writes the epochs 1 to count. */
static void write_many(unsigned count)
{
	qb_loop_t *loop = qb_loop_create();
	char text[1024];
	struct store *store = store_open(folder, this_boot, text, sizeof(text));
	struct written written;

	assert_non_null(store);
	assert_int_equal(store_start(store, loop, on_written, &written), 0);
	for (unsigned i = 1; i <= count; i++)
		assert_true(write_one(loop, store, &written, i, 100 + i).ok);
	store_close(store);
	qb_loop_destroy(loop);
}

/* The epoch that is read; 0: the first start; -1: refused, with text. */
static int64_t read_epoch(const uint8_t *boot, char *text, size_t size)
{
	struct store *store = store_open(folder, boot, text, size);
	int64_t epoch;

	if (!store)
		return -1;
	epoch = (int64_t)store_loaded(store)->services[0].epoch;
	store_close(store);
	return epoch;
}

static void read_file(uint8_t bytes[2 * DURABLE_SIZE])
{
	int fd = open(path, O_RDONLY);

	assert_true(fd >= 0);
	assert_int_equal(read(fd, bytes, 2 * DURABLE_SIZE), 2 * DURABLE_SIZE);
	close(fd);
}

static void write_file(const uint8_t *bytes, size_t size)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	close(fd);
}

/* ---- the bytes of a slot --------------------------------------------------------------------- */

static void what_is_encoded_is_decoded(void **state)
{
	struct durable before = {.sequence = 77, .core = sample(0x0102030405060708)}, after;
	uint8_t slot[DURABLE_SIZE];

	(void)state;
	memcpy(before.boot, this_boot, BOOT_SIZE);
	durable_encode(&before, slot);
	assert_int_equal(durable_decode(slot, &after), DURABLE_VALID);
	assert_memory_equal(&after, &before, sizeof(before));
}

static void a_slot_full_to_the_last_service_and_node_is_decoded(void **state)
{
	struct durable before = {.sequence = UINT64_MAX}, after;
	uint8_t slot[DURABLE_SIZE];

	(void)state;
	before.core.service_count = CONFIG_SERVICES;
	for (unsigned i = 0; i < CONFIG_SERVICES; i++)
		memset(before.core.services[i].name, 'a' + (int)i, CONFIG_NAME_SIZE - 1);
	for (unsigned i = 0; i < CORE_NODES; i++)
		before.core.nodes[i].nodeid = UINT32_MAX - i;
	durable_encode(&before, slot);
	assert_int_equal(durable_decode(slot, &after), DURABLE_VALID);
	assert_memory_equal(&after, &before, sizeof(before));
}

static size_t used_size(const uint8_t *slot)
{
	size_t size = DURABLE_SIZE;

	while (size > 0 && slot[size - 1] == 0)
		size--;
	return size;
}

static void every_flipped_bit_of_what_is_used_is_noticed(void **state)
{
	struct durable durable = {.sequence = 3, .core = sample(9)}, after;
	uint8_t slot[DURABLE_SIZE];
	size_t used;

	(void)state;
	durable_encode(&durable, slot);
	used = used_size(slot);
	for (size_t i = 0; i < used; i++) {
		for (unsigned bit = 0; bit < 8; bit++) {
			slot[i] ^= (uint8_t)(1u << bit);
			assert_int_equal(durable_decode(slot, &after), DURABLE_BROKEN);
			slot[i] ^= (uint8_t)(1u << bit);
		}
	}
}

static void a_slot_cut_at_any_byte_is_noticed(void **state)
{
	struct durable durable = {.sequence = 3, .core = sample(9)}, after;
	uint8_t slot[DURABLE_SIZE], cut[DURABLE_SIZE];
	size_t used;

	(void)state;
	durable_encode(&durable, slot);
	used = used_size(slot);
	for (size_t i = 1; i < used; i++) {
		memset(cut, 0, sizeof(cut));
		memcpy(cut, slot, i);
		assert_int_equal(durable_decode(cut, &after), DURABLE_BROKEN);
	}
}

/* CRC-32C of bytes 0-23 and the body, computed as in the standard. */
static void put_checksum(uint8_t *slot)
{
	uint32_t crc = ~0u;
	size_t size = (size_t)slot[14] << 8 | slot[15];

	for (size_t at = 0; at < 28 + size; at++) {
		if (at >= 24 && at < 28)
			continue;
		crc ^= slot[at];
		for (unsigned bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
	}
	crc = ~crc;
	for (unsigned byte = 0; byte < 4; byte++)
		slot[24 + byte] = (uint8_t)(crc >> (24 - 8 * byte));
}

/* What is taken must be what is written back: a name has nothing behind its end. */
static void values_that_are_never_written_are_refused(void **state)
{
	enum { NAME = 28 + BOOT_SIZE + 4, BARRED = NAME + CONFIG_NAME_SIZE + 8 + 3 * 12 };
	struct durable durable = {.sequence = 3, .core = sample(9)}, after;
	uint8_t right[DURABLE_SIZE], slot[DURABLE_SIZE];
	static const struct {
		size_t at;
		uint8_t value;
	} wrong[] = {{NAME + 7, 'x'}, {NAME + CONFIG_NAME_SIZE - 1, 'x'}, {BARRED, 2}};

	(void)state;
	durable_encode(&durable, right);
	put_checksum(right);
	assert_int_equal(durable_decode(right, &after), DURABLE_VALID);
	for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		memcpy(slot, right, sizeof(slot));
		assert_int_equal(slot[wrong[i].at], 0);
		slot[wrong[i].at] = wrong[i].value;
		put_checksum(slot);
		assert_int_equal(durable_decode(slot, &after), DURABLE_BROKEN);
	}
}

static void zeros_are_a_slot_that_was_never_written(void **state)
{
	uint8_t slot[DURABLE_SIZE] = {0};
	struct durable durable;

	(void)state;
	assert_int_equal(durable_decode(slot, &durable), DURABLE_EMPTY);
}

/* ---- the file -------------------------------------------------------------------------------- */

static void the_first_start_has_nothing_and_makes_the_file(void **state)
{
	char text[1024];
	struct store *store = store_open(folder, this_boot, text, sizeof(text));
	struct core_durable nothing = {0};

	(void)state;
	assert_non_null(store);
	assert_true(store_rebooted(store));
	assert_memory_equal(store_loaded(store), &nothing, sizeof(nothing));
	assert_int_equal(access(path, F_OK), 0);
	store_close(store);
}

static void the_newest_state_is_read_however_many_were_written(void **state)
{
	char text[1024];

	(void)state;
	for (unsigned count = 1; count <= 5; count++) {
		unlink(path);
		write_many(count);
		assert_int_equal(read_epoch(this_boot, text, sizeof(text)), count);
	}
}

static void writing_goes_on_where_an_earlier_daemon_ended(void **state)
{
	char text[1024];

	(void)state;
	write_many(2);
	write_many(3);
	assert_int_equal(read_epoch(this_boot, text, sizeof(text)), 3);
}

static void a_write_torn_at_any_byte_leaves_the_state_before_it(void **state)
{
	uint8_t before[2 * DURABLE_SIZE], after[2 * DURABLE_SIZE], torn[2 * DURABLE_SIZE];
	char text[1024];
	size_t first = 0, last = sizeof(before);

	(void)state;
	write_many(2);
	read_file(before);
	write_many(1); /* epoch 1, over the older one of both */
	read_file(after);
	while (before[first] == after[first])
		first++;
	while (before[last - 1] == after[last - 1])
		last--;
	for (size_t i = first + 1; i < last; i++) {
		memcpy(torn, before, sizeof(torn));
		memcpy(torn, after, i);
		write_file(torn, sizeof(torn));
		assert_int_equal(read_epoch(this_boot, text, sizeof(text)), 2);
	}
}

static void a_torn_slot_is_the_next_to_be_written(void **state)
{
	uint8_t bytes[2 * DURABLE_SIZE];
	char text[1024];

	(void)state;
	write_many(2);
	read_file(bytes);
	memset(bytes + DURABLE_SIZE, 0x55, 100); /* one of both: the other one stays */
	write_file(bytes, sizeof(bytes));
	assert_true(read_epoch(this_boot, text, sizeof(text)) > 0);
	write_many(7);
	assert_int_equal(read_epoch(this_boot, text, sizeof(text)), 7);
}

static void two_broken_slots_are_refused_with_the_cure(void **state)
{
	uint8_t bytes[2 * DURABLE_SIZE];
	char text[2048];

	(void)state;
	write_many(2);
	read_file(bytes);
	bytes[40] ^= 1;
	bytes[DURABLE_SIZE + 40] ^= 1;
	write_file(bytes, sizeof(bytes));
	assert_int_equal(read_epoch(this_boot, text, sizeof(text)), -1);
	assert_non_null(strstr(text, path));
	assert_non_null(strstr(text, "mv "));
	assert_non_null(strstr(text, "standby"));
}

static void files_cut_at_any_sector_are_read_or_refused_never_taken_for_new(void **state)
{
	uint8_t bytes[2 * DURABLE_SIZE];
	char text[2048];

	(void)state;
	write_many(4);
	read_file(bytes);
	for (size_t size = 0; size < sizeof(bytes); size += 512) {
		int64_t epoch;

		write_file(bytes, size);
		epoch = read_epoch(this_boot, text, sizeof(text));
		assert_true(size < DURABLE_SIZE ? epoch == -1 : epoch == 3 || epoch == 4);
	}
}

static void a_newer_version_is_refused_with_the_cure_and_left_alone(void **state)
{
	uint8_t bytes[2 * DURABLE_SIZE], after[2 * DURABLE_SIZE];
	struct durable durable = {.sequence = 1000, .core = sample(1)}, decoded;
	char text[2048];

	(void)state;
	write_many(2);
	read_file(bytes);
	durable_encode(&durable, bytes);
	bytes[9] = 2; /* the version */
	put_checksum(bytes);
	assert_int_equal(durable_decode(bytes, &decoded), DURABLE_NEWER);
	write_file(bytes, sizeof(bytes));
	assert_int_equal(read_epoch(this_boot, text, sizeof(text)), -1);
	assert_non_null(strstr(text, "newer"));
	read_file(after);
	assert_memory_equal(after, bytes, sizeof(bytes));
}

/* ---- boots ----------------------------------------------------------------------------------- */

static void a_claim_of_this_boot_is_kept_one_of_another_boot_is_void(void **state)
{
	char text[1024];
	struct store *store;

	(void)state;
	write_many(3);
	store = store_open(folder, this_boot, text, sizeof(text));
	assert_false(store_rebooted(store));
	assert_int_equal(store_loaded(store)->services[0].held_epoch, 3);
	store_close(store);
	store = store_open(folder, other_boot, text, sizeof(text));
	assert_true(store_rebooted(store));
	assert_int_equal(store_loaded(store)->services[0].held_epoch, 0);
	assert_int_equal(store_loaded(store)->services[0].epoch, 3);
	assert_int_equal(store_loaded(store)->services[0].stopped.value, 1);
	store_close(store);
}

static void a_boot_is_the_same_until_its_token_is_gone(void **state)
{
	uint8_t first[BOOT_SIZE], second[BOOT_SIZE], third[BOOT_SIZE];
	char text[256], token[128];

	(void)state;
	assert_int_equal(boot_identify(folder, first, text, sizeof(text)), 0);
	assert_int_equal(boot_identify(folder, second, text, sizeof(text)), 0);
	assert_memory_equal(first, second, BOOT_SIZE);
	snprintf(token, sizeof(token), "%s/boot", folder);
	assert_int_equal(unlink(token), 0); /* as a tmpfs does it */
	assert_int_equal(boot_identify(folder, third, text, sizeof(text)), 0);
	assert_memory_not_equal(first, third, BOOT_SIZE);
}

static void half_a_token_is_another_boot(void **state)
{
	uint8_t first[BOOT_SIZE], second[BOOT_SIZE];
	char text[256], token[128];

	(void)state;
	assert_int_equal(boot_identify(folder, first, text, sizeof(text)), 0);
	snprintf(token, sizeof(token), "%s/boot", folder);
	assert_int_equal(truncate(token, 7), 0);
	assert_int_equal(boot_identify(folder, second, text, sizeof(text)), 0);
	assert_memory_not_equal(first, second, BOOT_SIZE);
}

/* ---- a full file system ---------------------------------------------------------------------- */

static void fill_up(void)
{
	char name[128], bytes[4096];
	int fd;

	snprintf(name, sizeof(name), "%s/ballast", folder);
	memset(bytes, 1, sizeof(bytes));
	fd = open(name, O_WRONLY | O_CREAT, 0600);
	assert_true(fd >= 0);
	while (write(fd, bytes, sizeof(bytes)) > 0)
		;
	close(fd);
}

/* In a child with a mount namespace of its own: the mount goes with it. */
static int in_tiny_file_system(void (*test)(void))
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (unshare(CLONE_NEWNS) != 0 ||
		    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
		    mount("none", folder, "tmpfs", 0, "size=64k") != 0)
			_exit(99);
		test();
		_exit(0);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define REQUIRE(condition)                                                                         \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "line %d: %s\n", __LINE__, #condition);                    \
			_exit(1);                                                                  \
		}                                                                                  \
	} while (0)

static void write_when_full(void)
{
	qb_loop_t *loop = qb_loop_create();
	char text[1024];
	struct store *store = store_open(folder, this_boot, text, sizeof(text));
	struct written written = {0};
	struct core_durable durable = sample(5);

	REQUIRE(store);
	REQUIRE(store_start(store, loop, on_written, &written) == 0);
	fill_up();
	for (uint64_t i = 1; i <= 4; i++) {
		written.came = false;
		REQUIRE(store_write(store, &durable, i) == 0);
		REQUIRE(store_busy_since_ms(store) != 0);
		REQUIRE(store_write(store, &durable, i) == -1); /* one at a time */
		REQUIRE(loop_until(loop, has_come, &written, 10000));
		REQUIRE(written.ok);
	}
	store_close(store);
	store = store_open(folder, this_boot, text, sizeof(text));
	REQUIRE(store && store_loaded(store)->services[0].epoch == 5);
}

static void start_when_full(void)
{
	char text[1024];

	fill_up();
	REQUIRE(!store_open(folder, this_boot, text, sizeof(text)));
	REQUIRE(strstr(text, "make room"));
	REQUIRE(access(path, F_OK) != 0);
}

static void a_file_system_that_fills_up_later_does_not_stop_it(void **state)
{
	(void)state;
	assert_int_equal(in_tiny_file_system(write_when_full), 0);
}

static void a_full_file_system_at_the_first_start_is_refused_and_leaves_no_half_file(void **state)
{
	(void)state;
	assert_int_equal(in_tiny_file_system(start_when_full), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_encoded_is_decoded),
		TEST(a_slot_full_to_the_last_service_and_node_is_decoded),
		TEST(every_flipped_bit_of_what_is_used_is_noticed),
		TEST(a_slot_cut_at_any_byte_is_noticed),
		TEST(values_that_are_never_written_are_refused),
		TEST(zeros_are_a_slot_that_was_never_written),
		TEST(the_first_start_has_nothing_and_makes_the_file),
		TEST(the_newest_state_is_read_however_many_were_written),
		TEST(writing_goes_on_where_an_earlier_daemon_ended),
		TEST(a_write_torn_at_any_byte_leaves_the_state_before_it),
		TEST(a_torn_slot_is_the_next_to_be_written),
		TEST(two_broken_slots_are_refused_with_the_cure),
		TEST(files_cut_at_any_sector_are_read_or_refused_never_taken_for_new),
		TEST(a_newer_version_is_refused_with_the_cure_and_left_alone),
		TEST(a_claim_of_this_boot_is_kept_one_of_another_boot_is_void),
		TEST(a_boot_is_the_same_until_its_token_is_gone),
		TEST(half_a_token_is_another_boot),
		TEST(a_file_system_that_fills_up_later_does_not_stop_it),
		TEST(a_full_file_system_at_the_first_start_is_refused_and_leaves_no_half_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
