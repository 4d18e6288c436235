/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The executor with real processes, cgroups and a real kernel hang: a FUSE server that takes a
 * request and never answers, so that not even SIGKILL ends who asked. Needs root and cgroup 2.
 *
 * The drivers are the test's: driver_find() below takes the place of the product's.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include <dirent.h>
#include <qb/qblog.h>

#include "cgroup.h"
#include "executor.h"
#include "loop.h"

/* ---- the drivers ---------------------------------------------------------------------------- */

static struct resource_driver driver;

const struct resource_driver *driver_find(enum resource_type type)
{
	(void)type;
	return &driver;
}

uint64_t driver_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* What children leave for the test to see. */
static struct shared {
	volatile pid_t child, other, payload;
	volatile int starts;
	volatile uint64_t started_ms[16];
	volatile long number;
	char text[256];
} * shared;

static char fuse_directory[] = "/tmp/test_executor.XXXXXX";

static void say(struct driver_context *context, const char *text)
{
	snprintf(context->text, sizeof(context->text), "%s", text);
}

static enum outcome succeed(struct driver_context *context)
{
	say(context, "all is well");
	return OUTCOME_OK;
}

static enum outcome report_failure(struct driver_context *context)
{
	say(context, "the disk is gone");
	return OUTCOME_FAILED;
}

static enum outcome find_up(struct driver_context *context)
{
	(void)context;
	return OUTCOME_UP;
}

static enum outcome crash(struct driver_context *context)
{
	(void)context;
	raise(SIGSEGV);
	return OUTCOME_OK;
}

static enum outcome leave(struct driver_context *context)
{
	(void)context;
	_exit(3);
}

static void sleep_for_ever(void)
{
	for (;;)
		pause();
}

static enum outcome hang(struct driver_context *context)
{
	(void)context;
	shared->child = getpid();
	sleep_for_ever();
	return OUTCOME_OK;
}

static enum outcome hang_deaf(struct driver_context *context)
{
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	return hang(context);
}

/* As command_run() does: a process group of its own, which the child's group does not include. */
static pid_t start_other(void (*run)(void))
{
	pid_t pid = fork();

	if (pid == 0) {
		setpgid(0, 0);
		run();
		_exit(0);
	}
	shared->other = pid;
	return pid;
}

static void ask_fuse(void)
{
	struct stat status;

	stat(fuse_directory, &status);
}

static enum outcome hang_with_other(struct driver_context *context)
{
	start_other(sleep_for_ever);
	return hang(context);
}

static enum outcome leave_other(struct driver_context *context)
{
	start_other(sleep_for_ever);
	return succeed(context);
}

static enum outcome hang_in_kernel(struct driver_context *context)
{
	shared->child = getpid();
	ask_fuse();
	return succeed(context);
}

static enum outcome leave_other_in_kernel(struct driver_context *context)
{
	start_other(ask_fuse);
	while (access("/proc/self", F_OK) == 0 && shared->number == 0)
		usleep(1000); /* until the request was taken */
	return succeed(context);
}

static enum outcome start_payload(struct driver_context *context)
{
	pid_t pid = fork();

	if (pid == 0) {
		if (cgroup_enter(context->payload_cgroup) != 0)
			_exit(1);
		shared->payload = getpid();
		sleep_for_ever();
	}
	while (shared->payload == 0)
		usleep(1000);
	return succeed(context);
}

static enum outcome be_traced(struct driver_context *context)
{
	shared->child = getpid();
	while (shared->other == 0)
		usleep(1000); /* until it is traced */
	return succeed(context);
}

/* How the child finds itself. */
static enum outcome look_around(struct driver_context *context)
{
	char adjust[16] = "";
	sigset_t blocked;
	int fd, open_fds = 0;

	sigprocmask(SIG_SETMASK, NULL, &blocked);
	fd = open("/proc/self/oom_score_adj", O_RDONLY | O_CLOEXEC);
	if (fd < 0 || read(fd, adjust, sizeof(adjust) - 1) <= 0)
		return OUTCOME_FAILED;
	close(fd);
	for (int i = 0; i < 256; i++)
		open_fds += fcntl(i, F_GETFD) >= 0;
	snprintf(context->text, sizeof(context->text),
		 "fds %d, exec %d, session %d, policy %d, oom %d, blocked %d, ignored %d, node %s, "
		 "fenced %d, payload %s",
		 open_fds, (fcntl(context->fd, F_GETFD) & FD_CLOEXEC) != 0, getsid(0) == getpid(),
		 sched_getscheduler(0), atoi(adjust), sigismember(&blocked, SIGUSR1),
		 signal(SIGPIPE, SIG_DFL) == SIG_IGN, context->node, context->peer_fenced,
		 context->payload_cgroup ? strrchr(context->payload_cgroup, '/') : "none");
	return context->deadline_ms > driver_now_ms() ? OUTCOME_OK : OUTCOME_FAILED;
}

static void watch_well(struct driver_context *context)
{
	struct storage storage = {.known = true, .role = STORAGE_PRIMARY, .percent = 42};

	shared->child = getpid();
	shared->starts++;
	context->tell_storage(context, &storage);
	say(context, "seen");
	context->tell_verdict(context, VERDICT_FAILED);
	for (;;)
		pause();
}

static void watch_and_end(struct driver_context *context)
{
	if (shared->starts < 16)
		shared->started_ms[shared->starts++] = driver_now_ms();
	context->tell_verdict(context, VERDICT_OK);
}

static void watch_silently(struct driver_context *context)
{
	(void)context;
	shared->starts++;
	shared->child = getpid();
	for (;;)
		pause();
}

/* Tells more than the socket holds, as fast as it can. */
static void watch_noisily(struct driver_context *context)
{
	for (shared->number = 0; context->tell_verdict(context, VERDICT_OK) == 0;)
		shared->number++;
	shared->number = -1;
}

/* ---- the loop ------------------------------------------------------------------------------- */

static qb_loop_t *loop;
static struct executor *executor;
static struct service_config service;

static struct heard {
	unsigned done_count, verdict_count, storage_count, fenced_count;
	uint64_t id[16];
	enum outcome outcome[16];
	char text[512];
	enum verdict verdict;
	char verdict_text[512];
	struct storage storage;
	bool fenced;
	uint32_t nodeid;
} heard;

static void on_done(void *data, uint64_t id, enum outcome outcome, const char *text)
{
	assert_ptr_equal(data, &heard);
	heard.id[heard.done_count % 16] = id;
	heard.outcome[heard.done_count++ % 16] = outcome;
	snprintf(heard.text, sizeof(heard.text), "%s", text);
}

static void on_verdict(void *data, int service_index, int resource, enum verdict verdict,
		       const char *text)
{
	(void)data;
	assert_int_equal(service_index, 0);
	assert_int_equal(resource, 0);
	heard.verdict_count++;
	heard.verdict = verdict;
	snprintf(heard.verdict_text, sizeof(heard.verdict_text), "%s", text);
}

static void on_storage(void *data, int service_index, int resource, const struct storage *storage)
{
	(void)data;
	(void)service_index;
	(void)resource;
	heard.storage_count++;
	heard.storage = *storage;
}

static void on_fenced(void *data, uint64_t id, uint32_t nodeid, bool ok, const char *text)
{
	(void)data;
	heard.id[0] = id;
	heard.fenced_count++;
	heard.fenced = ok;
	heard.nodeid = nodeid;
	snprintf(heard.text, sizeof(heard.text), "%s", text);
}

static const struct executor_callbacks callbacks = {on_done, on_verdict, on_storage, on_fenced};

static bool ask(void *data)
{
	return (*(bool (**)(void))data)();
}

/* Runs the loop until the condition holds. */
static bool comes(bool (*condition)(void), uint32_t within_ms)
{
	return condition() || loop_until(loop, ask, &condition, within_ms);
}

/* The same while nobody runs the loop. */
static bool comes_without_loop(bool (*condition)(void), uint32_t within_ms)
{
	for (uint64_t until_ms = driver_now_ms() + within_ms;
	     !condition() && driver_now_ms() < until_ms;)
		usleep(2000);
	return condition();
}

static bool never(void)
{
	return false;
}

static bool one_done(void)
{
	return heard.done_count >= 1;
}

static bool two_done(void)
{
	return heard.done_count >= 2;
}

static bool three_done(void)
{
	return heard.done_count >= 3;
}

static bool all_done(void)
{
	return heard.done_count >= 128;
}

static bool child_runs(void)
{
	return shared->child != 0;
}

static bool child_and_other_run(void)
{
	return shared->child != 0 && shared->other != 0;
}

static bool verdict_heard(void)
{
	return heard.verdict_count > 0;
}

static bool storage_heard(void)
{
	return heard.storage_count > 0;
}

static bool is_idle(void)
{
	siginfo_t info;

	return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) < 0 && errno == ECHILD;
}

/* Of whichever parent: gone, or a zombie. */
static bool lives(pid_t pid)
{
	char path[32], stat[256], *after;
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	length = read(fd, stat, sizeof(stat) - 1);
	close(fd);
	stat[length > 0 ? length : 0] = '\0';
	after = strrchr(stat, ')');
	return after && after[2] != 'Z' && after[2] != 'X';
}

static bool child_is_dead(void)
{
	return !lives(shared->child);
}

static bool other_is_dead(void)
{
	return !lives(shared->other);
}

static int run(enum operation operation, uint32_t timeout_ms)
{
	static uint64_t id;

	return executor_run(executor, ++id, operation, &service, 0, 0, timeout_ms, true);
}

static void start(enum outcome (*with)(struct driver_context *), uint32_t timeout_ms)
{
	driver.start = with;
	assert_int_equal(run(OPERATION_START, timeout_ms), 0);
}

static unsigned open_fds(void)
{
	DIR *directory = opendir("/proc/self/fd");
	unsigned count = 0;

	assert_non_null(directory);
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

/* ---- a server that hangs who asks it -------------------------------------------------------- */

static pid_t helper; /* what keeps a child from dying */

static void serve(int fd)
{
	char request[FUSE_MIN_READ_BUFFER];
	struct {
		struct fuse_out_header header;
		struct fuse_init_out init;
	} answer = {
		.header.len = sizeof(answer),
		.init = {.major = FUSE_KERNEL_VERSION, .minor = 31, .max_write = 4096},
	};

	for (;;) {
		const struct fuse_in_header *header = (const void *)request;

		if (read(fd, request, sizeof(request)) < (ssize_t)sizeof(*header))
			continue;
		answer.header.unique = header->unique;
		if (header->opcode != FUSE_INIT)
			shared->number++; /* taken; there will be no answer */
		else if (write(fd, &answer, sizeof(answer)) < 0)
			_exit(1);
	}
}

static void mount_hanging(void)
{
	int fd = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	char options[64];

	assert_true(fd >= 0);
	snprintf(options, sizeof(options), "fd=%d,rootmode=40000,user_id=0,group_id=0", fd);
	assert_int_equal(mount("test", fuse_directory, "fuse", 0, options), 0);
	helper = fork();
	if (helper == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(fd);
	}
	close(fd);
}

/* The last descriptor goes with the server: the kernel ends all that wait for it. */
static void end_helper(void)
{
	if (helper > 0) {
		kill(helper, SIGKILL);
		waitpid(helper, NULL, 0);
	}
	helper = 0;
}

/* ---- operations ----------------------------------------------------------------------------- */

static void an_operation_that_succeeds_tells_its_words(void **state)
{
	(void)state;
	start(succeed, 5000);
	assert_true(executor_busy(executor, 0));
	assert_false(executor_busy(executor, 1));
	assert_true(comes(one_done, 5000));
	assert_int_equal(heard.outcome[0], OUTCOME_OK);
	assert_string_equal(heard.text, "all is well");
	assert_false(executor_busy(executor, 0));
}

static void each_operation_calls_its_function(void **state)
{
	(void)state;
	driver.probe = find_up;
	driver.stop = report_failure;
	driver.detect = NULL; /* nobody else is possible */
	assert_int_equal(run(OPERATION_PROBE, 5000), 0);
	assert_true(comes(one_done, 5000));
	assert_int_equal(run(OPERATION_STOP, 5000), 0);
	assert_true(comes(two_done, 5000));
	assert_int_equal(run(OPERATION_DETECT, 5000), 0);
	assert_true(comes(three_done, 5000));
	assert_int_equal(heard.outcome[0], OUTCOME_UP);
	assert_int_equal(heard.outcome[1], OUTCOME_FAILED);
	assert_int_equal(heard.outcome[2], OUTCOME_OK);
}

static void a_failure_tells_why(void **state)
{
	(void)state;
	start(report_failure, 5000);
	assert_true(comes(one_done, 5000));
	assert_int_equal(heard.outcome[0], OUTCOME_FAILED);
	assert_string_equal(heard.text, "the disk is gone");
}

static void a_crash_is_a_failure_and_names_the_signal(void **state)
{
	(void)state;
	start(crash, 5000);
	assert_true(comes(one_done, 5000));
	assert_int_equal(heard.outcome[0], OUTCOME_FAILED);
	assert_non_null(strstr(heard.text, "signal 11"));
}

static void an_exit_without_a_result_is_a_failure(void **state)
{
	(void)state;
	start(leave, 5000);
	assert_true(comes(one_done, 5000));
	assert_int_equal(heard.outcome[0], OUTCOME_FAILED);
	assert_non_null(strstr(heard.text, "exit code 3"));
}

static void a_child_starts_with_nothing_of_the_daemons(void **state)
{
	struct sched_param batch = {.sched_priority = 0};
	sigset_t one, before;
	char expected[256];

	(void)state;
	sigemptyset(&one);
	sigaddset(&one, SIGUSR1);
	sigprocmask(SIG_BLOCK, &one, &before);
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(sched_setscheduler(0, SCHED_BATCH, &batch), 0);
	start(look_around, 5000);
	sched_setscheduler(0, SCHED_OTHER, &batch);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	assert_true(comes(one_done, 5000));
	snprintf(expected, sizeof(expected),
		 "fds 4, exec 1, session 1, policy 0, oom 0, blocked 0, ignored 0, node astapor, "
		 "fenced 1, payload %s",
		 *state ? "none" : "/payload");
	assert_string_equal(heard.text, expected);
	assert_int_equal(heard.outcome[0], OUTCOME_OK);
}

static void what_hangs_is_killed_at_its_deadline(void **state)
{
	uint64_t before_ms = driver_now_ms();

	(void)state;
	start(hang, 300);
	assert_true(comes(one_done, 5000));
	assert_int_equal(heard.outcome[0], OUTCOME_TIMEOUT);
	assert_in_range(driver_now_ms() - before_ms, 299, 4000);
	assert_true(is_idle());
}

static void ignoring_signals_does_not_help_it(void **state)
{
	(void)state;
	start(hang_deaf, 200);
	assert_true(comes(one_done, 2000));
	assert_int_equal(heard.outcome[0], OUTCOME_TIMEOUT);
}

static void what_a_child_started_is_killed_with_it(void **state)
{
	(void)state;
	start(hang_with_other, 300);
	assert_true(comes(child_and_other_run, 2000));
	assert_true(lives(shared->other));
	assert_true(comes(one_done, 3000));
	assert_int_equal(heard.outcome[0], OUTCOME_TIMEOUT);
	assert_false(lives(shared->child));
	assert_false(lives(shared->other));
}

static void what_a_child_leaves_behind_does_not_outlive_its_report(void **state)
{
	(void)state;
	start(leave_other, 5000);
	assert_true(comes(one_done, 2000));
	assert_int_equal(heard.outcome[0], OUTCOME_OK);
	assert_int_not_equal(shared->other, 0);
	assert_false(lives(shared->other));
}

static void the_payload_outlives_its_operation(void **state)
{
	(void)state;
	start(start_payload, 5000);
	assert_true(comes(one_done, 5000));
	assert_int_equal(heard.outcome[0], OUTCOME_OK);
	assert_true(lives(shared->payload));
	executor_close(executor);
	executor = NULL;
	usleep(100000);
	assert_true(lives(shared->payload));
	kill(shared->payload, SIGKILL);
}

static void a_cancelled_operation_ends_as_a_timeout(void **state)
{
	(void)state;
	start(hang, 60000);
	assert_true(comes(child_runs, 2000));
	executor_cancel(executor, 0xdead); /* of another */
	assert_false(comes(one_done, 50));
	driver.start = succeed;
	for (uint64_t id = 1; id < 1000; id++)
		executor_cancel(executor, id);
	assert_int_equal(heard.done_count, 0); /* never from within */
	assert_true(comes(one_done, 2000));
	assert_int_equal(heard.outcome[0], OUTCOME_TIMEOUT);
	assert_string_equal(heard.text, "it was called off");
	assert_false(executor_busy(executor, 0));
}

static void what_the_kernel_holds_is_stuck_and_later_gone(void **state)
{
	uint64_t before_ms = driver_now_ms();

	(void)state;
	mount_hanging();
	start(hang_in_kernel, 300);
	assert_true(comes(one_done, 8000));
	assert_int_equal(heard.outcome[0], OUTCOME_STUCK);
	assert_in_range(driver_now_ms() - before_ms, 2299, 6000);
	print_message("stuck: %s\n", heard.text);
	assert_true(executor_busy(executor, 0));
	assert_true(lives(shared->child)); /* SIGKILL really did not end it */
	end_helper();
	assert_true(comes(two_done, 5000));
	assert_int_equal(heard.outcome[1], OUTCOME_TIMEOUT);
	assert_int_equal(heard.id[0], heard.id[1]);
	assert_false(executor_busy(executor, 0));
	umount2(fuse_directory, MNT_DETACH);
}

static void a_child_whose_helper_is_stuck_has_not_succeeded(void **state)
{
	(void)state;
	mount_hanging();
	start(leave_other_in_kernel, 10000);
	assert_true(comes(one_done, 8000));
	assert_int_equal(heard.outcome[0], OUTCOME_STUCK);
	assert_true(executor_busy(executor, 0));
	assert_true(lives(shared->other));
	end_helper();
	assert_true(comes(two_done, 5000));
	assert_int_equal(heard.outcome[1], OUTCOME_TIMEOUT);
	umount2(fuse_directory, MNT_DETACH);
}

/* A debugger that sleeps: pidfd says ended, but nobody can reap the zombie yet. */
static void trace(pid_t pid)
{
	pid_t tracer = fork();

	if (tracer == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (ptrace(PTRACE_SEIZE, pid, NULL, NULL) == 0)
			shared->other = getpid();
		sleep_for_ever();
	}
	helper = tracer;
}

static void a_traced_child_ends_when_its_tracer_lets_go(void **state)
{
	clock_t before, idle;

	(void)state;
	before = clock();
	comes(never, 500); /* the test's own timer works too */
	idle = clock() - before;
	start(be_traced, 20000);
	assert_true(comes(child_runs, 2000));
	trace(shared->child);
	assert_true(comes(child_is_dead, 5000));
	before = clock();
	assert_false(comes(one_done, 500));
	/* The readable pidfd must not make the loop spin. */
	assert_true(clock() - before < idle + CLOCKS_PER_SEC / 10);
	end_helper();
	assert_true(comes(one_done, 5000));
	assert_int_equal(heard.outcome[0], OUTCOME_OK);
}

static void a_hundred_operations_leave_nothing_behind(void **state)
{
	unsigned before = open_fds();
	uint64_t before_ms = driver_now_ms();

	(void)state;
	for (int i = 0; i < 100; i++) {
		heard.done_count = 0;
		start(i % 2 ? succeed : crash, 5000);
		assert_true(comes(one_done, 5000));
	}
	print_message("an operation: %.2f ms\n", (double)(driver_now_ms() - before_ms) / 100);
	assert_int_equal(open_fds(), before);
	assert_true(is_idle());
}

static void many_at_once_are_bounded(void **state)
{
	int started = 0;

	(void)state;
	driver.start = hang;
	while (run(OPERATION_START, 500) == 0)
		started++;
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(started, 128);
	assert_true(comes(all_done, 10000));
	assert_true(is_idle());
}

static void a_resource_that_is_not_there_is_refused(void **state)
{
	(void)state;
	assert_int_equal(executor_run(executor, 1, OPERATION_START, &service, 0, 1, 1000, false),
			 -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(executor_watch(executor, &service, 0, 1), -1);
}

/* ---- watches -------------------------------------------------------------------------------- */

static void a_watch_tells_verdicts_and_storage(void **state)
{
	(void)state;
	driver.watch = watch_well;
	assert_int_equal(executor_watch(executor, &service, 0, 0), 0);
	assert_int_equal(executor_watch(executor, &service, 0, 0), 0); /* the same one */
	assert_true(comes(verdict_heard, 5000));
	assert_int_equal(heard.verdict, VERDICT_FAILED);
	assert_string_equal(heard.verdict_text, "seen");
	assert_true(heard.storage.known);
	assert_int_equal(heard.storage.role, STORAGE_PRIMARY);
	assert_int_equal(heard.storage.percent, 42);
	assert_int_equal(shared->starts, 1);
	assert_false(executor_busy(executor, 0));

	executor_unwatch(executor, 0, 0);
	assert_true(comes(is_idle, 5000));
	assert_int_equal(heard.storage_count, 1);
	assert_false(comes(never, 1200) || shared->starts > 1);
}

static bool storage_lost(void)
{
	return heard.storage_count == 2;
}

static void storage_facts_end_with_their_watch(void **state)
{
	(void)state;
	driver.watch = watch_well;
	executor_watch(executor, &service, 0, 0);
	assert_true(comes(verdict_heard, 5000));
	kill(shared->child, SIGKILL);
	assert_true(comes(storage_lost, 900));
	assert_false(heard.storage.known);
	heard.storage_count = 0;
	assert_true(comes(storage_heard, 3000)); /* of the next one */
	assert_true(heard.storage.known);
}

static bool three_starts(void)
{
	return shared->starts >= 3;
}

static void a_watch_that_ends_is_started_again_after_growing_pauses(void **state)
{
	(void)state;
	driver.watch = watch_and_end;
	executor_watch(executor, &service, 0, 0);
	assert_true(comes(three_starts, 8000));
	assert_in_range(shared->started_ms[1] - shared->started_ms[0], 999, 1998);
	assert_in_range(shared->started_ms[2] - shared->started_ms[1], 1999, 6000);
}

static bool second_start(void)
{
	return shared->starts == 2;
}

static void a_silent_watch_is_a_timeout_and_replaced(void **state)
{
	uint64_t before_ms = driver_now_ms();
	pid_t first;

	(void)state;
	driver.watch = watch_silently;
	executor_watch(executor, &service, 0, 0);
	assert_true(comes(child_runs, 2000));
	first = shared->child;
	assert_true(comes(verdict_heard, 12000));
	/* 5 s + its monitor's second + 2 s of slack */
	assert_in_range(driver_now_ms() - before_ms, 7999, 11000);
	assert_int_equal(heard.verdict, VERDICT_TIMEOUT);
	assert_true(comes(second_start, 3000));
	assert_false(lives(first));
}

static void a_changed_configuration_makes_a_new_watch(void **state)
{
	struct service_config changed = service;

	(void)state;
	driver.watch = watch_silently;
	executor_watch(executor, &service, 0, 0);
	assert_true(comes(child_runs, 2000));
	changed.resources[0].monitor_timeout_ms++;
	executor_watch(executor, &changed, 0, 0);
	assert_true(comes(second_start, 2000));
}

static bool number_rests(void)
{
	static long last;
	static uint64_t since_ms;

	if (shared->number != last)
		since_ms = driver_now_ms();
	last = shared->number;
	return last > 0 && driver_now_ms() - since_ms > 300;
}

static void a_noisy_watch_waits_for_the_reader(void **state)
{
	(void)state;
	driver.watch = watch_noisily;
	executor_watch(executor, &service, 0, 0);
	/* Nobody reads: what fits into the socket is all that is ever held. */
	assert_true(comes_without_loop(number_rests, 10000));
	assert_in_range(shared->number, 1, 2000);
	/* With reading it goes on, and an operation has its turn all the same. */
	start(succeed, 5000);
	assert_true(comes(one_done, 5000));
}

static void closing_kills_all_children(void **state)
{
	(void)state;
	driver.watch = watch_silently;
	executor_watch(executor, &service, 0, 0);
	assert_true(comes(child_runs, 2000));
	shared->other = shared->child;
	shared->child = 0;
	start(hang, 60000);
	assert_true(comes(child_runs, 2000));
	executor_close(executor);
	executor = NULL;
	assert_true(comes_without_loop(child_is_dead, 5000));
	assert_true(comes_without_loop(other_is_dead, 5000));
	while (waitpid(-1, NULL, 0) > 0)
		;
}

/* ---- fencing -------------------------------------------------------------------------------- */

static bool fenced_heard(void)
{
	return heard.fenced_count > 0;
}

static void a_fence_agent_runs_in_a_child(void **state)
{
	struct fencing_config fencing = {.node = "braavos", .timeout_ms = 2000};

	(void)state;
	strcpy(fencing.agent, "true"); /* says on to every question */
	assert_int_equal(executor_fence(executor, 7, 2, &fencing, true), 0);
	assert_false(executor_busy(executor, 0));
	assert_true(comes(fenced_heard, 5000));
	assert_true(heard.fenced);
	assert_int_equal(heard.id[0], 7);
	assert_int_equal(heard.nodeid, 2);

	heard.fenced_count = 0;
	strcpy(fencing.agent, "/no/such/agent");
	assert_int_equal(executor_fence(executor, 8, 2, &fencing, false), 0);
	assert_true(comes(fenced_heard, 5000));
	assert_false(heard.fenced);
	assert_non_null(strstr(heard.text, "/no/such/agent"));
}

/* ---- what an earlier daemon left ------------------------------------------------------------ */

static void cgroup_of(pid_t pid, char *text)
{
	char path[32];
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/cgroup", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	length = read(fd, text, CGROUP_PATH_SIZE - 1);
	assert_true(length > 0);
	text[length] = '\0';
	close(fd);
}

static enum outcome start_payload_again(struct driver_context *context)
{
	shared->payload = 0;
	return start_payload(context);
}

static bool swept(void)
{
	return executor_sweep(executor, &service);
}

static void an_earlier_daemons_children_are_swept_and_its_payload_is_not(void **state)
{
	char before[CGROUP_PATH_SIZE], after[CGROUP_PATH_SIZE];
	pid_t earlier;

	(void)state;
	executor_close(executor);
	executor = NULL;
	earlier = fork();
	if (earlier == 0) {
		executor = executor_open(loop, "astapor", &callbacks, &heard);
		start(start_payload, 60000);
		comes(one_done, 5000);
		start(hang_with_other, 60000);
		comes(never, 60000);
		_exit(0);
	}
	assert_true(comes_without_loop(child_runs, 10000));
	cgroup_of(shared->payload, before);
	kill(earlier, SIGKILL);
	waitpid(earlier, NULL, 0);
	assert_true(lives(shared->child)); /* nobody killed it yet */

	executor = executor_open(loop, "astapor", &callbacks, &heard);
	assert_false(executor_sweep(executor, &service)); /* it was alive a moment ago */
	assert_true(comes(swept, 5000));
	assert_false(lives(shared->child));
	assert_false(lives(shared->other));
	assert_true(lives(shared->payload));

	kill(shared->payload, SIGKILL);
	start(start_payload_again, 5000);
	assert_true(comes(one_done, 5000));
	cgroup_of(shared->payload, after);
	assert_string_equal(after, before);
	kill(shared->payload, SIGKILL);
}

static void a_sweep_spares_this_daemons_children(void **state)
{
	(void)state;
	start(hang, 60000);
	assert_true(comes(child_runs, 2000));
	assert_true(executor_sweep(executor, &service));
	assert_true(lives(shared->child));
}

/* ---- without cgroups ------------------------------------------------------------------------ */

static void a_sweep_without_cgroups_finds_nothing(void **state)
{
	(void)state;
	assert_true(executor_sweep(executor, &service));
}

/* ---- the place ------------------------------------------------------------------------------ */

static char original[CGROUP_PATH_SIZE], own[CGROUP_PATH_SIZE];

static int open_all(void **state)
{
	(void)state;
	memset(shared, 0, sizeof(*shared));
	memset(&heard, 0, sizeof(heard));
	memset(&driver, 0, sizeof(driver));
	memset(&service, 0, sizeof(service));
	strcpy(service.name, "zimbra");
	strcpy(service.resources[0].name, "drbd");
	service.resource_count = 1;
	service.resources[0].monitor_timeout_ms = 1000;
	loop = qb_loop_create();
	executor = loop ? executor_open(loop, "astapor", &callbacks, &heard) : NULL;
	return executor ? 0 : -1;
}

static int close_all(void **state)
{
	(void)state;
	executor_close(executor);
	executor = NULL;
	end_helper();
	qb_loop_destroy(loop);
	umount2(fuse_directory, MNT_DETACH);
	while (waitpid(-1, NULL, 0) > 0)
		;
	return 0;
}

/* A cgroup of this run, so that several may run at once and each ends with nothing left. */
static int enter_own_cgroup(void)
{
	char why[256], name[64];

	if (cgroup_find("/proc/self/mountinfo", "/proc/self/cgroup", original, sizeof(original),
			why, sizeof(why)) != 0) {
		fprintf(stderr, "this test needs cgroup version 2: %s\n", why);
		return -1;
	}
	snprintf(name, sizeof(name), "test-executor-%d", getpid());
	if (cgroup_make(own, sizeof(own), original, name, NULL) != 0 || cgroup_enter(own) != 0) {
		fprintf(stderr, "%s: %s; this test needs root\n", own, strerror(errno));
		return -1;
	}
	return 0;
}

static void remove_below(const char *path)
{
	char below[CGROUP_PATH_SIZE];
	DIR *directory = opendir(path);
	struct dirent *entry;

	while (directory && (entry = readdir(directory)) != NULL)
		if (entry->d_type == DT_DIR && entry->d_name[0] != '.' &&
		    snprintf(below, sizeof(below), "%s/%s", path, entry->d_name) <
			    (int)sizeof(below))
			remove_below(below);
	if (directory)
		closedir(directory);
	rmdir(path);
}

static int remove_own_cgroup(void)
{
	cgroup_enter(original);
	cgroup_kill(own);
	for (int i = 0; i < 1000 && !cgroup_empty(own); i++)
		usleep(5000);
	remove_below(own);
	return access(own, F_OK) != 0 ? 0 : -1;
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, open_all, close_all)
#define ALONE(name) cmocka_unit_test_prestate_setup_teardown(name, open_all, close_all, own)

static int run_with_cgroups(void)
{
	const struct CMUnitTest tests[] = {
		STORY(an_operation_that_succeeds_tells_its_words),
		STORY(each_operation_calls_its_function),
		STORY(a_failure_tells_why),
		STORY(a_crash_is_a_failure_and_names_the_signal),
		STORY(an_exit_without_a_result_is_a_failure),
		STORY(a_child_starts_with_nothing_of_the_daemons),
		STORY(what_hangs_is_killed_at_its_deadline),
		STORY(ignoring_signals_does_not_help_it),
		STORY(what_a_child_started_is_killed_with_it),
		STORY(what_a_child_leaves_behind_does_not_outlive_its_report),
		STORY(the_payload_outlives_its_operation),
		STORY(a_cancelled_operation_ends_as_a_timeout),
		STORY(what_the_kernel_holds_is_stuck_and_later_gone),
		STORY(a_child_whose_helper_is_stuck_has_not_succeeded),
		STORY(a_traced_child_ends_when_its_tracer_lets_go),
		STORY(a_hundred_operations_leave_nothing_behind),
		STORY(many_at_once_are_bounded),
		STORY(a_resource_that_is_not_there_is_refused),
		STORY(a_watch_tells_verdicts_and_storage),
		STORY(storage_facts_end_with_their_watch),
		STORY(a_watch_that_ends_is_started_again_after_growing_pauses),
		STORY(a_silent_watch_is_a_timeout_and_replaced),
		STORY(a_changed_configuration_makes_a_new_watch),
		STORY(a_noisy_watch_waits_for_the_reader),
		STORY(a_fence_agent_runs_in_a_child),
		STORY(an_earlier_daemons_children_are_swept_and_its_payload_is_not),
		STORY(a_sweep_spares_this_daemons_children),
		STORY(closing_kills_all_children),
	};

	return cmocka_run_group_tests_name("executor", tests, NULL, NULL);
}

static int run_without_cgroups(void)
{
	const struct CMUnitTest tests[] = {
		ALONE(an_operation_that_succeeds_tells_its_words),
		ALONE(a_child_starts_with_nothing_of_the_daemons),
		ALONE(what_hangs_is_killed_at_its_deadline),
		ALONE(what_a_child_started_is_killed_with_it),
		ALONE(what_the_kernel_holds_is_stuck_and_later_gone),
		ALONE(a_hundred_operations_leave_nothing_behind),
		ALONE(a_watch_tells_verdicts_and_storage),
		ALONE(closing_kills_all_children),
		ALONE(a_sweep_without_cgroups_finds_nothing),
	};

	return cmocka_run_group_tests_name("executor without cgroups", tests, NULL, NULL);
}

/* In a process of its own, from whose mounts version 2 has gone. */
static int run_hidden_from_cgroups(void)
{
	char base[CGROUP_PATH_SIZE], why[256];
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		if (unshare(CLONE_NEWNS) != 0)
			exit(100);
		while (cgroup_find("/proc/self/mountinfo", "/proc/self/cgroup", base, sizeof(base),
				   why, sizeof(why)) == 0) {
			while (umount2(base, MNT_DETACH) != 0 && strrchr(base, '/') > base)
				*strrchr(base, '/') = '\0'; /* up to where it is mounted */
		}
		exit(run_without_cgroups());
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int main(void)
{
	int failed;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (shared == MAP_FAILED || unshare(CLONE_NEWNS) != 0 ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || !mkdtemp(fuse_directory)) {
		fprintf(stderr, "%s; this test needs root\n", strerror(errno));
		return 1;
	}
	if (enter_own_cgroup() != 0)
		return 1;
	failed = run_with_cgroups();
	failed += run_hidden_from_cgroups();
	rmdir(fuse_directory);
	failed += remove_own_cgroup() != 0;
	return failed;
}
