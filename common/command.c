/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	/* A grandchild that keeps the pipe open is not waited for: what was printed is there. */
	DRAIN_MS = 100,
	EXIT_NOT_FOUND = 127,
	EXIT_PREPARE = 126,
};

struct run {
	const struct command *command;
	pid_t pid;
	int pidfd;
	int output; /* -1: closed */
	int input;  /* -1: closed */
	size_t input_done, output_done;
	uint64_t deadline_ms;
	bool timed_out;
};

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void reset_signals(void)
{
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In the child. Does not return. */
static void become(const struct command *command, int input, int output)
{
	setpgid(0, 0);
	reset_signals();
	if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
	    dup2(output, STDERR_FILENO) < 0)
		_exit(EXIT_PREPARE);
	close_range(STDERR_FILENO + 1, ~0U, 0);
	if (command->prepare && command->prepare(command->data) != 0)
		_exit(EXIT_PREPARE);
	execvp(command->argv[0], (char *const *)command->argv);
	_exit(EXIT_NOT_FOUND);
}

static int open_input(const struct command *command, int ends[2])
{
	ends[1] = -1;
	if (command->input)
		return pipe2(ends, O_CLOEXEC);
	ends[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	return ends[0] < 0 ? -1 : 0;
}

/* Its end would not be noticed: it must not run. Keeps errno. */
static void abandon(struct run *run)
{
	int saved = errno;

	kill(-run->pid, SIGKILL);
	while (waitpid(run->pid, NULL, 0) < 0 && errno == EINTR)
		;
	close_end(&run->input);
	close_end(&run->output);
	errno = saved;
}

static int start(struct run *run)
{
	int input[2], output[2];

	if (open_input(run->command, input) != 0)
		return -1;
	if (pipe2(output, O_CLOEXEC) != 0) {
		close_end(&input[0]);
		close_end(&input[1]);
		return -1;
	}
	run->pid = fork();
	if (run->pid == 0)
		become(run->command, input[0], output[1]);
	close_end(&input[0]);
	close_end(&output[1]);
	run->input = input[1];
	run->output = output[0];
	if (run->pid < 0) {
		close_end(&run->input);
		close_end(&run->output);
		return -1;
	}
	setpgid(run->pid, run->pid); /* whoever comes first */
	run->pidfd = (int)syscall(SYS_pidfd_open, run->pid, 0);
	if (run->pidfd < 0) {
		abandon(run);
		return -1;
	}
	if (run->input >= 0)
		fcntl(run->input, F_SETFL, O_NONBLOCK);
	fcntl(run->output, F_SETFL, O_NONBLOCK);
	return 0;
}

static void feed(struct run *run)
{
	const char *input = run->command->input;
	size_t left = strlen(input) - run->input_done;
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	ssize_t written;

	sigaction(SIGPIPE, &ignore, &before);
	written = left ? write(run->input, input + run->input_done, left) : 0;
	sigaction(SIGPIPE, &before, NULL);
	if (written > 0)
		run->input_done += (size_t)written;
	if ((written < 0 && errno != EAGAIN && errno != EINTR) || input[run->input_done] == '\0')
		close_end(&run->input);
}

/* What does not fit is read all the same, or the program would block on the full pipe. */
static void drain(struct run *run)
{
	const struct command *command = run->command;
	char rest[4096];
	size_t room = 0;
	ssize_t count;

	if (command->output && command->output_size > run->output_done + 1)
		room = command->output_size - 1 - run->output_done;
	count = room ? read(run->output, command->output + run->output_done, room)
		     : read(run->output, rest, sizeof(rest));
	if (count > 0 && room)
		run->output_done += (size_t)count;
	if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
		close_end(&run->output);
}

static void kill_at_deadline(struct run *run)
{
	if (run->timed_out || now_ms() < run->deadline_ms)
		return;
	run->timed_out = true;
	kill(-run->pid, SIGKILL);
	kill(run->pid, SIGKILL);
}

/* Serves both pipes until the process has ended (pidfd readable). */
static void serve(struct run *run)
{
	for (;;) {
		struct pollfd fds[3] = {
			{.fd = run->pidfd, .events = POLLIN},
			{.fd = run->output, .events = POLLIN},
			{.fd = run->input, .events = POLLOUT},
		};
		uint64_t now = now_ms();
		uint64_t wait_ms = run->deadline_ms > now ? run->deadline_ms - now : 0;

		if (run->timed_out || wait_ms > 1000)
			wait_ms = 1000;
		if (poll(fds, 3, (int)wait_ms) < 0 && errno != EINTR)
			return;
		kill_at_deadline(run);
		if (fds[1].revents)
			drain(run);
		if (fds[2].revents)
			feed(run);
		if (fds[0].revents)
			return;
	}
}

static void drain_rest(struct run *run)
{
	uint64_t until_ms = now_ms() + DRAIN_MS;

	while (run->output >= 0) {
		struct pollfd fd = {.fd = run->output, .events = POLLIN};
		uint64_t now = now_ms();

		if (now >= until_ms || poll(&fd, 1, (int)(until_ms - now)) <= 0)
			break;
		drain(run);
	}
	close_end(&run->output);
	close_end(&run->input);
}

static int result(const struct run *run, int status)
{
	if (run->timed_out)
		return COMMAND_TIMEOUT;
	if (WIFSIGNALED(status))
		return COMMAND_KILLED;
	return WEXITSTATUS(status) == EXIT_NOT_FOUND ? COMMAND_NOT_FOUND : WEXITSTATUS(status);
}

int command_run(const struct command *command)
{
	struct run run = {.command = command, .pidfd = -1, .input = -1, .output = -1};
	int status = 0;

	run.deadline_ms = now_ms() + command->timeout_ms;
	if (command->output && command->output_size > 0)
		command->output[0] = '\0';
	if (start(&run) != 0)
		return COMMAND_ERROR;
	serve(&run);
	while (waitpid(run.pid, &status, 0) < 0 && errno == EINTR)
		;
	drain_rest(&run);
	close_end(&run.pidfd);
	if (command->output && command->output_size > 0)
		command->output[run.output_done] = '\0';
	return result(&run, status);
}
