/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"
#include "lock.h"

static char folder[64], path[128];

static int set_up(void **state)
{
	(void)state;
	folder_make(folder);
	snprintf(path, sizeof(path), "%s/zcsmgr.pid", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	folder_remove(folder);
	return 0;
}

/* Read by another process: this one would lose its lock by closing the file once more. */
static long written_pid(void)
{
	char command[160], text[32] = "";
	FILE *output;

	snprintf(command, sizeof(command), "cat %s", path);
	output = popen(command, "r");
	assert_non_null(output);
	assert_non_null(fgets(text, sizeof(text), output));
	pclose(output);
	return strtol(text, NULL, 10);
}

/* What another process gets: 0 the lock, 1 refused with the pid of this one, 2 otherwise. */
static int try_in_child(void)
{
	pid_t pid = fork(), other = 0;
	int status;

	if (pid == 0) {
		if (lock_take(folder, &other) >= 0)
			_exit(0);
		_exit(errno == EWOULDBLOCK && other == getppid() ? 1 : 2);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void the_first_one_has_it_and_the_second_one_learns_who(void **state)
{
	pid_t other;
	int fd = lock_take(folder, &other);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(written_pid(), getpid());
	assert_int_equal(try_in_child(), 1);
	assert_int_equal(written_pid(), getpid());
	lock_release(folder, fd);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(try_in_child(), 0);
}

/* The daemon dies, a child of it does not: the next daemon must not wait for that. */
static void a_child_that_lives_on_does_not_hold_it(void **state)
{
	int told[2];
	pid_t daemon, child;

	(void)state;
	assert_int_equal(pipe(told), 0);
	daemon = fork();
	if (daemon == 0) {
		pid_t other;

		if (lock_take(folder, &other) < 0)
			_exit(1);
		child = fork();
		if (child == 0)
			for (;;)
				pause();
		if (write(told[1], &child, sizeof(child)) != sizeof(child))
			_exit(1);
		_exit(0);
	}
	assert_int_equal(read(told[0], &child, sizeof(child)), sizeof(child));
	assert_int_equal(waitpid(daemon, NULL, 0), daemon);
	assert_int_equal(kill(child, 0), 0);
	assert_int_equal(try_in_child(), 0);
	kill(child, SIGKILL);
	close(told[0]);
	close(told[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_first_one_has_it_and_the_second_one_learns_who,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_child_that_lives_on_does_not_hold_it, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
