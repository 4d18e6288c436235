/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zcsmgr.conf as a file: cut short, damaged, of the wrong kind, unreadable, far too large. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "config_file.h"
#include "folder.h"

static const char *right_text(void)
{
	return text_with(ROOT, right_lines[ROOT]);
}

/* ---- bytes ---------------------------------------------------------------------------------- */

static void a_text_cut_anywhere_is_refused_or_whole(void **state)
{
	size_t size = strlen(right_text());
	unsigned accepted = 0;

	(void)state;
	for (size_t cut = 0; cut < size; cut++) {
		/* A copy of just that size, so that a read beyond it is seen. */
		char *text = malloc(cut + 1);

		memcpy(text, right_text(), cut);
		if (parse_text(text, cut, "astapor") == 0)
			accepted++;
		else if (strncmp(error.text, "test.conf:", 10) != 0 || !strpbrk(error.text, ";,"))
			fail_msg("cut at %zu it says: %s", cut, error.text);
		free(text);
	}
	/* Only behind a complete setting: where the rest is optional, or a last ';' or line end. */
	assert_in_range(accepted, 1, 10);
}

static void a_byte_of_any_value_anywhere_is_survived(void **state)
{
	static const unsigned char values[] = {0x00, 0x01, 0x22, 0x5c, 0x7b, 0x7d, 0x80, 0xff};
	char *text = strdup(right_text());
	size_t size = strlen(text);

	(void)state;
	for (size_t at = 0; at < size; at++)
		for (unsigned i = 0; i < sizeof(values); i++) {
			char saved = text[at];

			text[at] = (char)values[i];
			if (parse_text(text, size, "astapor") != 0)
				assert_true(strncmp(error.text, "test.conf:", 10) == 0);
			else
				assert_true(values[i] > 0x00 && values[i] < 0x80);
			text[at] = saved;
		}
	free(text);
}

static void what_is_not_utf8_is_refused(void **state)
{
	static const struct {
		const char *line, *offends;
	} damage[] = {
		{"silence = 30; watchdog = { device = \"\xff\"; };", "the byte 0xff"},
		{"watchdog = { device = \"\xc3(\"; };", "the byte 0xc3"},
		{"watchdog = { device = \"\xc0\xaf\"; };", "the byte 0xc0"},	 /* overlong */
		{"watchdog = { device = \"\xe0\x80\xaf\"; };", "the byte 0xe0"}, /* overlong */
		{"watchdog = { device = \"\xed\xa0\x80\"; };", "the byte 0xed"}, /* surrogate */
		/* beyond the last code point */
		{"watchdog = { device = \"\xf4\x90\x80\x80\"; };", "the byte 0xf4"},
		{"silence = 30; # \xe4", "the byte 0xe4"},
		{"silence = 30; // \xe4", "the byte 0xe4"},
		{"silence = 30; /* \xe4 */", "the byte 0xe4"},
		{"silence = \xe4 30;", "the byte 0xe4"},
	};
	unsigned wrong = 0;

	(void)state;
	for (unsigned i = 0; i < sizeof(damage) / sizeof(damage[0]); i++)
		wrong += !is_refused(&(struct refusal){ROOT, damage[i].line, damage[i].offends,
						       "is not UTF-8; save the file as UTF-8", 0});
	assert_int_equal(wrong, 0);
	accept_with(ROOT, "silence = 30; # sch\u00f6n \u2014 \U0001f600", "astapor");
}

#define LOOK "; look here and in the line before for a missing ';'"

static void what_libconfig_would_take_and_we_do_not(void **state)
{
	static const struct refusal list[] = {
		{ROOT, "@include \"other.conf\"", "'@' (@include) is not allowed",
		 "put everything into it", 0},
		{ROOT, "silence = \u201c30\u201d;", "'\u201c' is allowed only within texts",
		 "straight quotes", 0},
		{ROOT, "/* silence = 30;", "the comment that begins here with '/*' is never closed",
		 "add '*/'", 0},
		{ROOT, "watchdog = { device = \"/dev/watchdog; };",
		 "a text is not closed in its line ('\"/dev/watchdog; };')", "add '\"'", 0},
		{ROOT, "watchdog = { device = \"/dev\\x00\"; };", "'\\x00' is in a text",
		 "remove it", 0},
		{ZIMBRA, "{ type = \"zimbra\"; checks = [ \"smtp\" ); }",
		 "')' cannot close the '[' of line 8", "a bracket is missing or of the wrong kind",
		 0},
		{ROOT, "watchdog = { timeout = 10; }; }", "'}' closes nothing",
		 "remove it, or add the '{' before it", 0},
		{ROOT, "silence = 30 ms;", "('silence = 30 ms;')", LOOK, 0},
		{ROOT, "silence 30;", "('silence 30;')", LOOK, 0},
		{ROOT, "silence = ;", "('silence = ;')", LOOK, 0},
		{ROOT, "silence = 0x;", "('silence = 0x;')", LOOK, 0},
		{ROOT, "1silence = 30;", "('1silence = 30;')", LOOK, 0},
		/* The next text begins where this one should have ended. */
		{FILESYSTEM,
		 "{ type = \"filesystem\"; device = \"/dev/drbd0; directory = \"/srv\"; },",
		 "a text is not closed in its line ('\"; },')", "add '\"'", 0},
		{ROOT, "watchdog = { device = \"/dev/\nwatchdog\"; };",
		 "a text is not closed in its line ('\"/dev/')", "add '\"'", 0},
		{ROOT, "watchdog = { device = \"/dev/watchdog\\\n\"; };",
		 "a text is not closed in its line ('\"/dev/watchdog\\')", "add '\"'", 0},
	};

	(void)state;
	ALL_ARE_REFUSED(list);
}

static void damage_to_the_whole_is_named(void **state)
{
	static const char nul[] = "silence = 30;\nfall\0back = true;\n";
	static const char mark[] = "\xef\xbb\xbfsilence = 30;";
	static const char cut[] = "services = (\n{ name = \"zimbra\";\n nodes = [ \"a\" ];\n";
	static const char program[] = "\x7f\x45LF\x02\x01";

	(void)state;
	assert_true(is_text_refused("", 0, 1, "the file is empty",
				    "begin with the example conf/zcsmgr.conf"));
	assert_true(is_text_refused(nul, sizeof(nul) - 1, 2, "a NUL byte (0x00) is in the file",
				    "restore it"));
	assert_true(is_text_refused(mark, sizeof(mark) - 1, 1,
				    "begins with a byte order mark (0xef 0xbb 0xbf)",
				    "save it without"));
	assert_true(is_text_refused(cut, sizeof(cut) - 1, 2,
				    "the '{' that opens here is never closed", "complete it"));
	assert_true(is_text_refused(program, sizeof(program) - 1, 1, "syntax error ('')", LOOK));
}

static void nesting_and_length_are_bounded(void **state)
{
	char *text = malloc(CONFIG_FILE_SIZE);
	size_t size = 0;

	(void)state;
	memset(text, '(', CONFIG_FILE_SIZE);
	memcpy(text, "services = ", 11);
	assert_true(is_text_refused(text, CONFIG_FILE_SIZE, 1, "'(' nests deeper than 16",
				    "close what is open"));
	for (unsigned i = 0; size < CONFIG_FILE_SIZE - 32; i++)
		size += (size_t)snprintf(text + size, CONFIG_FILE_SIZE - size, "k%u = 1;\n", i);
	assert_true(is_text_refused(text, size, 8193, "there are more than 8192 settings",
				    "is it the right file?"));
	free(text);
}

static void many_errors_are_told_up_to_the_room_there_is(void **state)
{
	char text[4096] = "services = ();\n";
	size_t length = strlen(text);

	(void)state;
	for (unsigned i = 0; i < 100; i++)
		length +=
			(size_t)snprintf(text + length, sizeof(text) - length, "wrong%u = 1;\n", i);
	assert_int_equal(parse_text(text, length, "astapor"), -1);
	assert_non_null(strstr(error.text, "test.conf:2: unknown key 'wrong0'"));
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
	folder_remove(folder);
	return forget_config(state);
}

static int load(const char *name)
{
	char path[512];

	if (!config)
		config = malloc(sizeof(*config));
	assert_non_null(config);
	snprintf(path, sizeof(path), name[0] == '/' ? "%.0s%s" : "%s/%s", folder, name);
	return config_load(path, "astapor", config, &error);
}

static void no_file(const char *name, const char *offends, const char *cure)
{
	assert_int_equal(load(name), -1);
	if (!strstr(error.text, name) || !strstr(error.text, offends) || !strstr(error.text, cure))
		fail_msg("wanted '%s', '%s', '%s'; it says: %s", name, offends, cure, error.text);
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
	(void)state;
	write_there("good.conf", right_text(), strlen(right_text()), 0600);
	assert_int_equal(load("good.conf"), 0);
	assert_int_equal(config->service_count, 1);
}

static void what_is_no_readable_file_is_named_with_the_cure(void **state)
{
	char path[512], other[512], longest[300];

	(void)state;
	no_file("none.conf", "No such file", "correct the path");
	no_file("", "it is a directory", "name the configuration file in it");
	write_there("good.conf", right_text(), strlen(right_text()), 0600);
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
	assert_int_equal(load(longest), -1);
	assert_non_null(strstr(error.text, "File name too long"));
	assert_non_null(strstr(error.text, "give a shorter path"));
}

static void an_unreadable_file_is_refused(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	write_there("secret.conf", right_text(), strlen(right_text()), 0600);
	pid = fork();
	if (pid == 0) {
		if (setuid(65534) != 0)
			_exit(2);
		_exit(load("secret.conf") == -1 && strstr(error.text, "Permission denied") &&
				      strstr(error.text, "run as root")
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
