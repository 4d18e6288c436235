/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fencing with agents that the test writes as shell scripts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "agent.h"

static char directory[64];
static struct fencing_config fencing;
static char text[512];

static void path_of(const char *name, char *path, size_t size)
{
	snprintf(path, size, "%s/%s", directory, name);
}

static void write_file(const char *name, const char *content)
{
	char path[128];
	FILE *file;

	path_of(name, path, sizeof(path));
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(content, file);
	fclose(file);
}

static void read_file(const char *name, char *content, size_t size)
{
	char path[128];
	size_t length = 0;
	FILE *file;

	path_of(name, path, sizeof(path));
	file = fopen(path, "r");
	if (file) {
		length = fread(content, 1, size - 1, file);
		fclose(file);
	}
	content[length] = '\0';
}

/*
 * An agent that keeps its power state in a file and appends every action to the file `log`; `extra`
 * runs after the options were read: $action, $password.
 */
static void write_agent(const char *extra)
{
	char script[4096], path[128];

	snprintf(script, sizeof(script),
		 "#!/bin/sh\n"
		 "cd %s || exit 9\n"
		 "cat > input\n"
		 "action=$(sed -n 's/^action=//p' input)\n"
		 "password=$(sed -n 's/^password=//p' input)\n"
		 "echo $action >> log\n"
		 "%s\n"
		 "case $action in\n"
		 "on|off) echo $action > power ;;\n"
		 "status) [ $(cat power) = on ] || exit 2 ;;\n"
		 "*) exit 1 ;;\n"
		 "esac\n",
		 directory, extra);
	write_file("agent", script);
	path_of("agent", path, sizeof(path));
	chmod(path, 0755);
}

static void add_option(const char *name, const char *value)
{
	strcpy(fencing.options[fencing.option_count].name, name);
	strcpy(fencing.options[fencing.option_count++].value, value);
}

static void assert_log(const char *expected)
{
	char log[1024];

	read_file("log", log, sizeof(log));
	assert_string_equal(log, expected);
}

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static bool switch_off(void)
{
	return agent_fence(&fencing, false, text, sizeof(text));
}

static int set_up(void **state)
{
	(void)state;
	strcpy(directory, "/tmp/test_agent.XXXXXX");
	if (!mkdtemp(directory))
		return -1;
	memset(&fencing, 0, sizeof(fencing));
	memset(text, 0, sizeof(text));
	strcpy(fencing.node, "braavos");
	path_of("agent", fencing.agent, sizeof(fencing.agent));
	fencing.timeout_ms = 5000;
	write_file("power", "on\n");
	write_agent("");
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = {"agent", "power", "log", "input", "count"};
	char path[128];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		path_of(names[i], path, sizeof(path));
		unlink(path);
	}
	return rmdir(directory);
}

static void off_is_proven_by_status(void **state)
{
	(void)state;
	assert_true(switch_off());
	assert_log("off\nstatus\n");
	assert_non_null(strstr(text, "braavos is off"));
}

static void on_is_switched_on(void **state)
{
	char power[16];

	(void)state;
	write_file("power", "off\n");
	assert_true(agent_fence(&fencing, true, text, sizeof(text)));
	assert_log("on\n");
	read_file("power", power, sizeof(power));
	assert_string_equal(power, "on\n");
}

static void options_are_passed_one_a_line(void **state)
{
	char input[256];

	(void)state;
	add_option("ip", "10.0.0.1");
	add_option("password", "a = 'b' $c");
	assert_int_equal(agent_status(&fencing, text, sizeof(text)), 1);
	read_file("input", input, sizeof(input));
	assert_string_equal(input, "action=status\nip=10.0.0.1\npassword=a = 'b' $c\n");
}

static void status_tells_on_off_or_nothing(void **state)
{
	(void)state;
	assert_int_equal(agent_status(&fencing, text, sizeof(text)), 1);
	write_file("power", "off\n");
	assert_int_equal(agent_status(&fencing, text, sizeof(text)), 0);
	write_agent("echo no route to the controller >&2; exit 1");
	assert_int_equal(agent_status(&fencing, text, sizeof(text)), -1);
	assert_non_null(strstr(text, "exit code 1: no route to the controller"));
}

static void an_off_that_fails_proves_nothing(void **state)
{
	(void)state;
	write_file("power", "off\n"); /* although its status would say off */
	write_agent("[ $action = off ] && { echo wrong login; exit 1; }");
	assert_false(switch_off());
	assert_log("off\n");
	assert_non_null(strstr(text, "wrong login"));
	assert_non_null(strstr(text, "braavos"));
}

static void a_status_that_still_says_on_is_asked_again(void **state)
{
	(void)state;
	write_agent("if [ $action = status ]; then echo x >> count;"
		    "[ $(wc -l < count) -lt 3 ] && exit 0; fi");
	assert_true(switch_off());
	assert_log("off\nstatus\nstatus\nstatus\n");
}

static void a_status_that_says_on_for_ever_is_a_failure(void **state)
{
	uint64_t before_ms = now_ms();

	(void)state;
	fencing.timeout_ms = 3000;
	write_agent("[ $action = status ] && exit 0");
	assert_false(switch_off());
	assert_in_range(now_ms() - before_ms, 1500, 3500);
	assert_non_null(strstr(text, "still said on"));
}

static void a_status_without_an_answer_is_asked_again(void **state)
{
	(void)state;
	write_agent("if [ $action = status ]; then echo x >> count;"
		    "[ $(wc -l < count) -lt 2 ] && exit 1; fi");
	assert_true(switch_off());
}

static void a_hanging_agent_is_killed_with_what_it_started(void **state)
{
	uint64_t before_ms = now_ms();
	char pid[16];

	(void)state;
	fencing.timeout_ms = 1000;
	write_agent("sleep 97 & echo $! > count; sleep 98");
	assert_false(switch_off());
	assert_in_range(now_ms() - before_ms, 900, 2500);
	assert_non_null(strstr(text, "not done within 1 s"));
	read_file("count", pid, sizeof(pid));
	for (int i = 0; i < 400; i++) {
		char path[64], stat[128];
		FILE *file;

		snprintf(path, sizeof(path), "/proc/%d/stat", atoi(pid));
		file = fopen(path, "r");
		if (!file)
			return;
		if (!fgets(stat, sizeof(stat), file))
			stat[0] = '\0';
		fclose(file);
		if (!stat[0] || strstr(stat, ") Z ")) /* nobody may reap it here */
			return;
		usleep(5000);
	}
	fail_msg("process %d still lives", atoi(pid));
}

static void a_missing_agent_is_named(void **state)
{
	(void)state;
	strcpy(fencing.agent, "fence_that_nobody_has");
	assert_false(switch_off());
	assert_non_null(strstr(text, "fence_that_nobody_has"));
	assert_non_null(strstr(text, "not installed"));
	assert_int_equal(agent_status(&fencing, text, sizeof(text)), -1);
}

static void a_line_break_in_a_value_is_refused(void **state)
{
	(void)state;
	add_option("port", "1\naction=on");
	assert_false(switch_off());
	assert_log("");
	assert_non_null(strstr(text, "'port'"));
	assert_null(strchr(text, '\n'));
}

static void an_action_among_the_options_is_refused(void **state)
{
	(void)state;
	add_option("action", "on");
	assert_false(switch_off());
	fencing.option_count = 0;
	add_option("x=y\naction", "on");
	assert_false(switch_off());
	assert_null(strchr(text, '\n'));
	assert_log("");
}

static void secrets_are_not_repeated(void **state)
{
	(void)state;
	add_option("password", "hunter two");
	add_option("snmp_priv_passwd", "zebra");
	write_agent("echo \"debug: login with $password and zebra,\"; cat input; exit 1");
	assert_false(switch_off());
	assert_null(strstr(text, "hunter"));
	assert_null(strstr(text, "zebra"));
	assert_non_null(strstr(text, "login with"));
}

static void a_secret_at_the_cut_is_not_repeated(void **state)
{
	(void)state;
	add_option("password", "0123456789abcdefghijklmnopqrstuvwxyz");
	write_agent("i=0; while [ $i -lt 400 ]; do printf %s $password; i=$((i+1)); done; exit 1");
	assert_false(switch_off());
	assert_null(strstr(text, "0123"));
	assert_null(strstr(text, "wxyz"));
}

static void what_it_says_is_made_printable_and_cut(void **state)
{
	(void)state;
	write_agent(
		"head -c 100000 /dev/zero | tr '\\0' x; printf 'a\\033[31m\\tb\\377\\n\\nend\\n';"
		"exit 1");
	assert_false(switch_off());
	assert_true(strlen(text) < sizeof(text));
	for (const char *at = text; *at; at++)
		assert_true(*at >= ' ' && *at <= '~');
}

static void a_small_text_is_enough(void **state)
{
	char small[8] = "1234567";

	(void)state;
	write_agent("exit 1");
	assert_false(agent_fence(&fencing, false, small, sizeof(small)));
	assert_true(strlen(small) < sizeof(small));
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(off_is_proven_by_status),
		STORY(on_is_switched_on),
		STORY(options_are_passed_one_a_line),
		STORY(status_tells_on_off_or_nothing),
		STORY(an_off_that_fails_proves_nothing),
		STORY(a_status_that_still_says_on_is_asked_again),
		STORY(a_status_that_says_on_for_ever_is_a_failure),
		STORY(a_status_without_an_answer_is_asked_again),
		STORY(a_hanging_agent_is_killed_with_what_it_started),
		STORY(a_missing_agent_is_named),
		STORY(a_line_break_in_a_value_is_refused),
		STORY(an_action_among_the_options_is_refused),
		STORY(secrets_are_not_repeated),
		STORY(a_secret_at_the_cut_is_not_repeated),
		STORY(what_it_says_is_made_printable_and_cut),
		STORY(a_small_text_is_enough),
	};

	return cmocka_run_group_tests_name("agent", tests, NULL, NULL);
}
