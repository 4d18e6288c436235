/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zcsmgr.conf as a file: cut short, damaged, of the wrong kind, unreadable, far too large. */
#include "config_text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"

/* ---- bytes ---------------------------------------------------------------------------------- */

static void a_text_cut_anywhere_is_refused_or_whole(void **state)
{
	size_t size = strlen(good_text);
	struct config_error error;
	unsigned accepted = 0;

	(void)state;
	for (size_t cut = 0; cut < size; cut++) {
		/* A copy of just that size, so that a read beyond it is seen. */
		char *text = malloc(cut + 1);

		memcpy(text, good_text, cut);
		if (parse(text, cut, &error) == 0)
			accepted++;
		else if (strncmp(error.text, "t.conf:", 7) != 0 || !strpbrk(error.text, ";,"))
			fail_msg("cut at %zu it says: %s", cut, error.text);
		free(text);
	}
	/* Only behind a complete setting: where the rest is optional, or a last ';' or line end. */
	assert_in_range(accepted, 1, 40);
}

static void a_byte_of_any_value_anywhere_is_survived(void **state)
{
	static const unsigned char values[] = {0x00, 0x01, 0x22, 0x5c, 0x7b, 0x7d, 0x80, 0xff};
	char text[TEXT_SIZE];
	size_t size = strlen(good_text);
	struct config_error error;

	(void)state;
	for (size_t at = 0; at < size; at++)
		for (unsigned i = 0; i < sizeof(values); i++) {
			memcpy(text, good_text, size + 1);
			text[at] = (char)values[i];
			if (parse(text, size, &error) != 0)
				assert_true(strncmp(error.text, "t.conf", 6) == 0);
			else
				assert_true(values[i] > 0x00 && values[i] < 0x80);
		}
}

static void what_is_not_utf8_is_refused(void **state)
{
	static const struct {
		const char *from, *to, *offending;
	} damage[] = {
		{"\"eth0\"", "\"eth\xff\"", "the byte 0xff"},
		{"\"eth0\"", "\"\xc3(\"", "the byte 0xc3"},
		{"\"eth0\"", "\"\xc0\xaf\"", "the byte 0xc0"},	       /* overlong */
		{"\"eth0\"", "\"\xe0\x80\xaf\"", "the byte 0xe0"},     /* overlong */
		{"\"eth0\"", "\"\xed\xa0\x80\"", "the byte 0xed"},     /* surrogate */
		{"\"eth0\"", "\"\xf4\x90\x80\x80\"", "the byte 0xf4"}, /* beyond the last */
		{"silence = 30;", "silence = 30; # \xe4", "the byte 0xe4"},
		{"silence = 30;", "silence = 30; // \xe4", "the byte 0xe4"},
		{"silence = 30;", "silence = 30; /* \xe4 */", "the byte 0xe4"},
		{"silence = 30;", "silence = \xe4 30;", "the byte 0xe4"},
	};
	char text[TEXT_SIZE];

	(void)state;
	for (unsigned i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
		replace(text, damage[i].from, damage[i].to);
		refuse(text, strlen(text), line_of(damage[i].from), damage[i].offending,
		       "save the file as UTF-8");
	}
	replace(text, "silence = 30;", "silence = 30; # sch\u00f6n \u2014 \U0001f600");
	assert_int_equal(parse(text, strlen(text), &(struct config_error){{0}}), 0);
}

static void what_libconfig_would_take_and_we_do_not(void **state)
{
	static const struct {
		const char *from, *to, *offending, *cure;
	} texts[] = {
		{"silence = 30;", "@include \"other.conf\"", "'@' (@include)",
		 "everything into it"},
		{"silence = 30;", "silence = \u201c30\u201d;", "'\u201c'", "straight quotes"},
		{"silence = 30;", "/* silence = 30;", "'/*' is never closed", "add '*/'"},
		{"\"ext4\"", "\"ext4", "'", ""},
		{"\"eth0\"", "\"eth\\x00\"", "'\\x00' is in a text", "remove it"},
		{"\"imap\" ]", "\"imap\" )", "')' cannot close the '[' of line 10", "wrong kind"},
		{"lease = 15; };", "lease = 15; }; }", "'}' closes nothing", "remove it"},
		{"silence = 30;", "silence = 30 ms;", "'", "look here and in the line before"},
		{"silence = 30;", "silence 30;", "'silence 30;'",
		 "look here and in the line before"},
		{"silence = 30;", "silence = ;", "'silence = ;'",
		 "look here and in the line before"},
		{"silence = 30;", "silence = 0x;", "'silence = 0x;'", "look here"},
		{"silence = 30;", "1silence = 30;", "'1silence = 30;'", "look here"},
	};
	char text[TEXT_SIZE];

	(void)state;
	for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		replace(text, texts[i].from, texts[i].to);
		if (i == 3) { /* the quote that is missing is found where the next one opens */
			assert_int_equal(parse(text, strlen(text), &(struct config_error){{0}}),
					 -1);
			continue;
		}
		refuse(text, strlen(text), line_of(texts[i].from), texts[i].offending,
		       texts[i].cure);
	}
}

static void damage_to_the_whole_is_named(void **state)
{
	static const char nul[] = "silence = 30;\nfall\0back = true;\n";
	static const char mark[] = "\xef\xbb\xbfsilence = 30;";
	static const char cut[] = "services = (\n{ name = \"zimbra\";\n nodes = [ \"a\" ];\n";

	(void)state;
	refuse("", 0, 1, "the file is empty", "begin with the example conf/zcsmgr.conf");
	refuse(nul, sizeof(nul) - 1, 2, "a NUL byte (0x00) is in the file", "restore it");
	refuse(mark, sizeof(mark) - 1, 1, "byte order mark (0xef 0xbb 0xbf)", "save it without");
	refuse(cut, sizeof(cut) - 1, 2, "the '{' that opens here is never closed", "complete it");
	refuse("\x7f\x45LF\x02\x01", 6, 1, "'", "");
}

static void nesting_and_length_are_bounded(void **state)
{
	char *text = malloc(CONFIG_FILE_SIZE);
	size_t size = 0;

	(void)state;
	memset(text, '(', CONFIG_FILE_SIZE);
	memcpy(text, "services = ", 11);
	refuse(text, CONFIG_FILE_SIZE, 1, "'(' nests deeper than 16", "close what is open");
	for (unsigned i = 0; size < CONFIG_FILE_SIZE - 32; i++)
		size += (size_t)snprintf(text + size, CONFIG_FILE_SIZE - size, "k%u = 1;\n", i);
	refuse(text, size, 8193, "more than 8192 settings", "is it the right file?");
	free(text);
}

static void many_errors_are_told_up_to_the_room_there_is(void **state)
{
	struct config_error error;
	char text[TEXT_SIZE] = "services = ();\n";
	size_t length = strlen(text);

	(void)state;
	for (unsigned i = 0; i < 100; i++)
		length +=
			(size_t)snprintf(text + length, sizeof(text) - length, "wrong%u = 1;\n", i);
	assert_int_equal(parse(text, length, &error), -1);
	assert_non_null(strstr(error.text, "t.conf:2: unknown key 'wrong0'"));
	assert_non_null(strstr(error.text, " more errors"));
	assert_true(strlen(error.text) < sizeof(error.text));
}

/* ---- files ---------------------------------------------------------------------------------- */

static char folder[64];

static int make_folder(void **state)
{
	(void)state;
	folder_make(folder);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	folder_remove(folder);
	return 0;
}

static int load(const char *name, char said[sizeof(((struct config_error *)0)->text)])
{
	struct config *config = config_new();
	struct config_error error = {{0}};
	char path[512];
	int result;

	snprintf(path, sizeof(path), name[0] == '/' ? "%.0s%s" : "%s/%s", folder, name);
	result = config_load(path, "astapor", config, &error);
	strcpy(said, error.text);
	free(config);
	return result;
}

static void no_file(const char *name, const char *offending, const char *cure)
{
	char said[1024];

	assert_int_equal(load(name, said), -1);
	if (!strstr(said, name) || !strstr(said, offending) || !strstr(said, cure))
		fail_msg("wanted '%s', '%s', '%s'; it says: %s", name, offending, cure, said);
}

static void write_there(const char *name, const char *text, size_t size, mode_t mode)
{
	char path[512];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
	assert_int_equal(write(fd, text, size), size);
	close(fd);
}

static void a_good_file_is_loaded(void **state)
{
	char said[1024];

	(void)state;
	write_there("good.conf", good_text, strlen(good_text), 0600);
	assert_int_equal(load("good.conf", said), 0);
}

static void what_is_no_readable_file_is_named_with_the_cure(void **state)
{
	char path[512], other[512], longest[300], said[1024];

	(void)state;
	no_file("none.conf", "No such file", "correct the path");
	no_file("", "it is a directory", "name the configuration file in it");
	write_there("good.conf", good_text, strlen(good_text), 0600);
	no_file("good.conf/x", "Not a directory", "correct the path");
	snprintf(path, sizeof(path), "%s/fifo", folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	no_file("fifo", "it is not a regular file", "name the configuration file itself");
	no_file("/dev/zero", "it is not a regular file", "name the configuration file itself");
	snprintf(path, sizeof(path), "%s/a", folder);
	snprintf(other, sizeof(other), "%s/b", folder);
	assert_int_equal(symlink(path, other), 0);
	assert_int_equal(symlink(other, path), 0);
	no_file("a", "Too many levels of symbolic links", "put the file itself there");
	snprintf(path, sizeof(path), "%s/dangling", folder);
	assert_int_equal(symlink("nowhere", path), 0);
	no_file("dangling", "No such file", "correct the path");
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(load(longest, said), -1);
	assert_non_null(strstr(said, "File name too long"));
	assert_non_null(strstr(said, "give a shorter path"));
}

static void an_unreadable_file_is_refused(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	write_there("secret.conf", good_text, strlen(good_text), 0600);
	pid = fork();
	if (pid == 0) {
		char said[1024];

		if (setuid(65534) != 0)
			_exit(2);
		_exit(load("secret.conf", said) == -1 && strstr(said, "Permission denied") &&
				      strstr(said, "run as root")
			      ? 0
			      : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void a_huge_file_is_not_even_read(void **state)
{
	char path[512];
	int fd;

	(void)state;
	snprintf(path, sizeof(path), "%s/huge.conf", folder);
	fd = open(path, O_WRONLY | O_CREAT, 0600);
	assert_int_equal(ftruncate(fd, 1LL << 40), 0);
	close(fd);
	no_file("huge.conf", "larger than 256 KiB", "is it the right file?");
	write_there("empty.conf", "", 0, 0600);
	no_file("empty.conf", "the file is empty", "begin with the example");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_cut_anywhere_is_refused_or_whole),
		cmocka_unit_test(a_byte_of_any_value_anywhere_is_survived),
		cmocka_unit_test(what_is_not_utf8_is_refused),
		cmocka_unit_test(what_libconfig_would_take_and_we_do_not),
		cmocka_unit_test(damage_to_the_whole_is_named),
		cmocka_unit_test(nesting_and_length_are_bounded),
		cmocka_unit_test(many_errors_are_told_up_to_the_room_there_is),
		cmocka_unit_test(a_good_file_is_loaded),
		cmocka_unit_test(what_is_no_readable_file_is_named_with_the_cure),
		cmocka_unit_test(an_unreadable_file_is_refused),
		cmocka_unit_test(a_huge_file_is_not_even_read),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
