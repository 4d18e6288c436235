/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Programs that are run: what they print, how they end, and that none is waited for without end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "command.h"

enum { LONG_MS = 60000, SHORT_MS = 200 };

static char output[256];

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static struct command shell(const char *script)
{
	static const char *argv[] = {"sh", "-c", NULL, NULL};

	argv[2] = script;
	memset(output, '#', sizeof(output));
	return (struct command){.argv = argv,
				.timeout_ms = LONG_MS,
				.output = output,
				.output_size = sizeof(output)};
}

static int run(const char *script)
{
	struct command command = shell(script);

	return command_run(&command);
}

static int run_with(const char *script, const char *input)
{
	struct command command = shell(script);

	command.input = input;
	return command_run(&command);
}

/* ---- how it ends ---------------------------------------------------------------------------- */

static void the_exit_code_is_returned(void **state)
{
	static const int codes[] = {0, 1, 42, 125, 126, 128, 255};

	(void)state;
	for (unsigned i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		char script[32];

		snprintf(script, sizeof(script), "exit %d", codes[i]);
		assert_int_equal(run(script), codes[i]);
		assert_string_equal(output, "");
	}
}

static void a_program_that_is_not_there_is_told_apart(void **state)
{
	struct command command = shell("");

	(void)state;
	command.argv = (const char *const[]){"zcsmgr-no-such-program", NULL};
	assert_int_equal(command_run(&command), COMMAND_NOT_FOUND);
	command.argv = (const char *const[]){"/etc/passwd", NULL}; /* no program */
	assert_int_equal(command_run(&command), COMMAND_NOT_FOUND);
	assert_int_equal(run("zcsmgr-no-such-program 2>/dev/null"), COMMAND_NOT_FOUND);
}

static void a_program_that_is_killed_is_told_apart(void **state)
{
	(void)state;
	assert_int_equal(run("kill -9 $$"), COMMAND_KILLED);
	assert_int_equal(run("kill -TERM $$"), COMMAND_KILLED);
	/* The shell's word for it is an exit code like others. */
	assert_int_equal(run("exit 137"), 137);
}

static bool is_gone(const char *pid)
{
	return kill((pid_t)atoi(pid), 0) != 0 && errno == ESRCH;
}

/* Reaps what was left to this process, so that nothing is taken for a process that is dead. */
static void reap(void)
{
	while (waitpid(-1, NULL, 0) > 0)
		;
}

static void at_its_deadline_its_whole_group_is_killed(void **state)
{
	struct command command = shell("trap '' TERM; sleep 1000 & echo $!; echo $$; wait");
	uint64_t before_ms = now_ms();
	char *second;

	(void)state;
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	command.timeout_ms = SHORT_MS;
	assert_int_equal(command_run(&command), COMMAND_TIMEOUT);
	assert_in_range(now_ms() - before_ms, SHORT_MS, LONG_MS / 2);
	reap(); /* would wait for ever if the grandchild lived */
	second = strchr(output, '\n');
	assert_non_null(second);
	assert_true(is_gone(output));
	assert_true(is_gone(second + 1));
}

/* Something it started keeps its pipe open: what the program itself printed is there. */
static void a_grandchild_is_not_waited_for(void **state)
{
	uint64_t before_ms = now_ms();

	(void)state;
	assert_int_equal(run("echo done; sleep 1000 & echo $!; exit 3"), 3);
	assert_true(now_ms() - before_ms < LONG_MS / 2);
	assert_memory_equal(output, "done\n", 5);
	assert_int_equal(kill((pid_t)atoi(output + 5), SIGKILL), 0);
	reap();
}

/* ---- what it prints and reads --------------------------------------------------------------- */

static void both_streams_are_read_in_their_order(void **state)
{
	(void)state;
	assert_int_equal(run("echo one; echo two >&2; printf three"), 0);
	assert_string_equal(output, "one\ntwo\nthree");
}

static void what_does_not_fit_is_cut_and_does_not_block_it(void **state)
{
	struct command command =
		shell("i=0; while [ $i -lt 4000 ]; do echo "
		      "0123456789012345678901234567890123456789; i=$((i+1)); done; exit 5");

	(void)state;
	command.output_size = 16;
	assert_int_equal(command_run(&command), 5);
	assert_string_equal(output, "012345678901234");
	assert_int_equal(output[16], '#');
	command.output_size = 1;
	assert_int_equal(command_run(&command), 5);
	assert_string_equal(output, "");
	command.output_size = 0;
	output[0] = '#';
	assert_int_equal(command_run(&command), 5);
	assert_int_equal(output[0], '#');
	command.output = NULL;
	assert_int_equal(command_run(&command), 5);
}

static void without_input_it_reads_nothing(void **state)
{
	(void)state;
	assert_int_equal(run("cat; echo end"), 0);
	assert_string_equal(output, "end\n");
	assert_int_equal(run_with("cat; echo end", ""), 0);
	assert_string_equal(output, "end\n");
}

static void input_reaches_it_whole(void **state)
{
	char *input = malloc(1000001); /* more than a pipe holds */

	(void)state;
	memset(input, 'x', 1000000);
	input[1000000] = '\0';
	assert_int_equal(run_with("wc -c", input), 0);
	assert_int_equal(atoi(output), 1000000);
	/* It answers before it has read all: both directions are served. */
	assert_int_equal(run_with("cat >&2; echo end", input), 0);
	assert_int_equal(output[sizeof(output) - 2], 'x');
	free(input);
}

static void on_sigpipe(int number)
{
	(void)number;
	_exit(99);
}

/* A program that reads nothing is no error, and the caller's signals are as they were. */
static void input_that_is_not_read_hurts_nobody(void **state)
{
	struct sigaction after;
	char *input = malloc(1000001);

	(void)state;
	memset(input, 'x', 1000000);
	input[1000000] = '\0';
	signal(SIGPIPE, on_sigpipe);
	assert_int_equal(run_with("exec <&-; echo end; exit 7", input), 7);
	assert_string_equal(output, "end\n");
	sigaction(SIGPIPE, NULL, &after);
	assert_ptr_equal(after.sa_handler, on_sigpipe);
	signal(SIGPIPE, SIG_DFL);
	free(input);
}

/* ---- what it starts with -------------------------------------------------------------------- */

static int tell(void *data)
{
	dprintf(STDOUT_FILENO, "%s %d\n", (const char *)data, getpgrp() == getpid());
	return 0;
}

static int refuse(void *data)
{
	(void)data;
	return -1;
}

static void it_is_prepared_in_the_child(void **state)
{
	struct command command = shell("echo run");

	(void)state;
	command.prepare = tell;
	command.data = (char[]){"own group:"};
	assert_int_equal(command_run(&command), 0);
	assert_string_equal(output, "own group: 1\nrun\n");
	command.prepare = refuse;
	assert_int_equal(command_run(&command), 126);
	assert_string_equal(output, "");
}

static void it_inherits_no_descriptor_and_no_signal_mask(void **state)
{
	int inheritable = open("/dev/null", O_RDONLY);
	sigset_t all, before;

	(void)state;
	assert_true(inheritable > STDERR_FILENO);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	signal(SIGTERM, SIG_IGN);
	assert_int_equal(run("cd /proc/self/fd && for fd in *; do [ $fd -le 2 ] || readlink $fd; "
			     "done; grep -E 'Sig(Blk|Ign)' /proc/self/status"),
			 0);
	signal(SIGTERM, SIG_DFL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	close(inheritable);
	assert_string_equal(output, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

/* ---- when the system is short --------------------------------------------------------------- */

static int in_a_child(void (*test)(void))
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		test();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void without_descriptors(void)
{
	struct rlimit limit = {.rlim_cur = 64, .rlim_max = 64};
	unsigned open_before = 0, open_after = 0;

	setrlimit(RLIMIT_NOFILE, &limit);
	while (open("/dev/null", O_RDONLY) >= 0)
		open_before++;
	for (unsigned free_ones = 0; free_ones < 3; free_ones++) {
		errno = 0;
		if (run("echo no") != COMMAND_ERROR || errno != EMFILE)
			_exit(1);
		close((int)(63 - free_ones));
	}
	while (open("/dev/null", O_RDONLY) >= 0)
		open_after++;
	if (open_before == 0 || open_after != 3)
		_exit(2);
}

static void without_descriptors_it_is_an_error_and_none_is_lost(void **state)
{
	(void)state;
	assert_int_equal(in_a_child(without_descriptors), 0);
}

/* The kernel refuses one system call. */
static void forbid(unsigned number)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOMEM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {.len = sizeof(code) / sizeof(code[0]), .filter = code};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		_exit(98);
}

static void without_pidfd(void)
{
	alarm(30); /* ends a wait that would have no end */
	forbid(SYS_pidfd_open);
	errno = 0;
	if (run("sleep 1000") != COMMAND_ERROR || errno != ENOMEM)
		_exit(1);
	if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
		_exit(2); /* it was left behind */
}

static void a_program_that_cannot_be_watched_is_not_left_running(void **state)
{
	(void)state;
	assert_int_equal(in_a_child(without_pidfd), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_exit_code_is_returned),
		cmocka_unit_test(a_program_that_is_not_there_is_told_apart),
		cmocka_unit_test(a_program_that_is_killed_is_told_apart),
		cmocka_unit_test(at_its_deadline_its_whole_group_is_killed),
		cmocka_unit_test(a_grandchild_is_not_waited_for),
		cmocka_unit_test(both_streams_are_read_in_their_order),
		cmocka_unit_test(what_does_not_fit_is_cut_and_does_not_block_it),
		cmocka_unit_test(without_input_it_reads_nothing),
		cmocka_unit_test(input_reaches_it_whole),
		cmocka_unit_test(input_that_is_not_read_hurts_nobody),
		cmocka_unit_test(it_is_prepared_in_the_child),
		cmocka_unit_test(it_inherits_no_descriptor_and_no_signal_mask),
		cmocka_unit_test(without_descriptors_it_is_an_error_and_none_is_lost),
		cmocka_unit_test(a_program_that_cannot_be_watched_is_not_left_running),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
