/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which processes are the suite's, who is signalled, and what an earlier start left in its pid
 * files. Needs root.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "zimbra_host.h"
#include "zimbra_process.h"
#include "zimbra_stale.h"

/* ---- stale files ---------------------------------------------------------------------------- */

/* Of a name below the directory "stale". */
static const char *stale_path(const char *name)
{
	char below[128];

	snprintf(below, sizeof(below), "stale/%s", name);
	return path_of(below);
}

static void make_stale_file(const char *name)
{
	char directory[128];

	snprintf(directory, sizeof(directory), "stale/%s", name);
	*strrchr(directory, '/') = '\0';
	make_directory(directory);
	write_file(stale_path(name), "4711\n");
}

static bool exists(const char *path)
{
	struct stat facts;

	return lstat(path, &facts) == 0;
}

static void pid_and_lock_files_are_removed_and_nothing_else(void **state)
{
	static const char *const stale[] = {
		"log/zmmailboxd_java.pid",	  "log/mysql.pid",
		"zmstat/pid/zmstat-proc.pid",	  "data/ldap/state/run/slapd.pid",
		"data/sasl2/state/saslauthd.pid", "data/tmp/mysql/mysql.server.lock",
		"data/tmp/mysql/mysql.sock.lock",
	};
	static const char *const kept[] = {
		"log/zimbra.log",
		"log/pid",
		"data/ldap/state/run/slapd.args",
		"data/other.pid",
		"data/tmp/mysql/mysql.sock",
		"log/old.pid/inside.pid", /* a directory, whatever its name */
	};
	enum { STALE = sizeof(stale) / sizeof(stale[0]), KEPT = sizeof(kept) / sizeof(kept[0]) };
	char directory[256];

	(void)state;
	snprintf(directory, sizeof(directory), "%s", path_of("stale"));
	for (unsigned i = 0; i < STALE; i++)
		make_stale_file(stale[i]);
	for (unsigned i = 0; i < KEPT; i++)
		make_stale_file(kept[i]);
	assert_int_equal(zimbra_stale_remove(directory), STALE);
	for (unsigned i = 0; i < STALE; i++)
		assert_false(exists(stale_path(stale[i])));
	for (unsigned i = 0; i < KEPT; i++)
		assert_true(exists(stale_path(kept[i])));
	assert_int_equal(zimbra_stale_remove(directory), 0);
}

/* The suite's user may lay a link wherever he likes; it is root who removes. */
static void no_link_leads_the_removal_elsewhere(void **state)
{
	char directory[256], target[256];

	(void)state;
	make_directory("victim");
	write_file(path_of("victim/sshd.pid"), "1\n");
	make_directory("linked/data");
	snprintf(target, sizeof(target), "%s", path_of("victim"));
	assert_int_equal(symlink(target, path_of("linked/log")), 0);
	assert_int_equal(symlink(target, path_of("linked/data/ldap")), 0);
	make_directory("linked/zmstat/pid");
	snprintf(target, sizeof(target), "%s", path_of("victim/sshd.pid"));
	assert_int_equal(symlink(target, path_of("linked/zmstat/pid/a.pid")), 0);
	snprintf(directory, sizeof(directory), "%s", path_of("linked"));
	assert_int_equal(zimbra_stale_remove(directory), 0);
	assert_true(exists(path_of("victim/sshd.pid")));
}

static void without_a_directory_nothing_is_stale(void **state)
{
	(void)state;
	assert_int_equal(zimbra_stale_remove("/nonexistent"), 0);
}

enum { PID_NEVER = 1 << 30 }; /* beyond what any kernel gives */

/* ---- its processes -------------------------------------------------------------------------- */

struct how {
	uid_t uid;
	const char *where;   /* works there, below the folder; NULL: at / */
	const char *holds;   /* an open file below the folder; it is deleted then */
	const char *program; /* a copy of sleep that it runs, below the folder */
	const char *name;    /* as the kernel calls it */
	bool stubborn;	     /* does not mind TERM */
};

static void become(const struct how *how, int ready)
{
	if (setgid(how->uid) != 0 || setuid(how->uid) != 0 ||
	    prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
	    chdir(how->where ? path_of(how->where) : "/") != 0 ||
	    (how->holds && open(path_of(how->holds), O_RDONLY) < 0))
		_exit(1);
	if (how->name)
		prctl(PR_SET_NAME, how->name);
	if (how->stubborn)
		signal(SIGTERM, SIG_IGN);
	/* The pipe's end tells the test: when it is written to, or when exec closes it. */
	if (how->program)
		execl(path_of(how->program), "sleep", "infinity", NULL);
	if (how->program || write(ready, "", 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

static pid_t spawned[8];
static unsigned spawned_count;

static pid_t spawn(struct how how)
{
	int ends[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0)
		become(&how, ends[1]);
	close(ends[1]);
	spawned[spawned_count++] = pid;
	assert_int_equal(read(ends[0], &byte, 1), how.program ? 0 : 1);
	close(ends[0]);
	return pid;
}

/* The signal that ended it. */
static int end_of(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(end_of(pid), SIGKILL);
}

/* What is found by a driver's process, to which those of the test are no children. */
static struct zimbra_processes *found;

static void look(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		*found = *zimbra_process_find(&context);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static const struct zimbra_process *find(pid_t pid)
{
	look();
	for (unsigned i = 0; i < found->count; i++)
		if (found->list[i].pid == pid)
			return &found->list[i];
	return NULL;
}

static unsigned signal_all(int number, bool database_too)
{
	pid_t pid = fork();
	int status;

	if (pid == 0)
		_exit((int)zimbra_process_signal(&context, number, database_too));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return (unsigned)WEXITSTATUS(status);
}

static void copy_sleep(const char *name)
{
	char command[512];

	snprintf(command, sizeof(command), "cp /bin/sleep %s", path_of(name));
	assert_int_equal(system(command), 0);
}

static int make_suite(void **state)
{
	(void)state;
	configure("suite", "suite");
	make_directory("suite/log");
	make_directory("suite2");
	write_file(path_of("suite/log/zimbra.log"), "");
	return 0;
}

/* Whatever a test that failed has left. */
static int end_all(void **state)
{
	(void)state;
	while (spawned_count > 0)
		if (waitpid(spawned[--spawned_count], NULL, WNOHANG) == 0) {
			kill(spawned[spawned_count], SIGKILL);
			waitpid(spawned[spawned_count], NULL, 0);
		}
	return 0;
}

static void who_works_in_its_directory_belongs_to_it(void **state)
{
	pid_t pid = spawn((struct how){.uid = SUITE_UID, .where = "suite/log", .name = "java"});
	const struct zimbra_process *process = find(pid);

	(void)state;
	assert_non_null(process);
	assert_int_equal(found->count, 1);
	assert_string_equal(process->command, "java");
	assert_int_equal(process->parent, getpid());
	assert_false(process->database);
	end(pid);
	look();
	assert_int_equal(found->count, 0);
}

static void who_holds_a_file_of_it_belongs_to_it(void **state)
{
	pid_t pid = spawn((struct how){.uid = SUITE_UID, .holds = "suite/log/zimbra.log"});

	(void)state;
	assert_non_null(find(pid));
	assert_int_equal(unlink(path_of("suite/log/zimbra.log")), 0);
	assert_non_null(find(pid));
	end(pid);
}

static void who_runs_a_program_of_it_belongs_to_it(void **state)
{
	pid_t pid;

	(void)state;
	copy_sleep("suite/zmconfigd");
	pid = spawn((struct how){.uid = SUITE_UID, .program = "suite/zmconfigd"});
	assert_non_null(find(pid));
	end(pid);
}

static void a_directory_reached_by_a_link_is_the_same(void **state)
{
	pid_t pid = spawn((struct how){.uid = SUITE_UID, .where = "suite"});
	char target[256];

	(void)state;
	snprintf(target, sizeof(target), "%s", path_of("suite"));
	assert_int_equal(symlink(target, path_of("link")), 0);
	configure("suite", "link");
	assert_non_null(find(pid));
	end(pid);
	unlink(path_of("link"));
}

static void others_do_not_belong_to_it(void **state)
{
	pid_t strangers[] = {
		spawn((struct how){.uid = OTHER_UID, .where = "suite"}),
		spawn((struct how){.uid = 0, .where = "suite"}),
		spawn((struct how){.uid = SUITE_UID}),
		spawn((struct how){.uid = SUITE_UID, .where = "suite2"}),
	};

	(void)state;
	look();
	assert_int_equal(found->count, 0);
	assert_int_equal(signal_all(SIGKILL, true), 0);
	for (unsigned i = 0; i < sizeof(strangers) / sizeof(strangers[0]); i++) {
		kill(strangers[i], SIGTERM);
		assert_int_equal(end_of(strangers[i]), SIGTERM); /* and not KILL */
	}
}

static void what_a_driver_started_itself_does_not_count(void **state)
{
	pid_t pid = spawn((struct how){.uid = SUITE_UID, .where = "suite"});

	(void)state;
	assert_int_equal(zimbra_process_count(&context), 0); /* we are the driver that did */
	assert_non_null(find(pid));			     /* another one */
	end(pid);
}

static void the_dead_do_not_count(void **state)
{
	pid_t pid = spawn((struct how){.uid = SUITE_UID, .where = "suite"});
	siginfo_t info;

	(void)state;
	kill(pid, SIGKILL);
	assert_int_equal(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
	assert_null(find(pid));
	assert_int_equal(end_of(pid), SIGKILL);
}

static void a_suite_of_roots_is_no_reason_to_kill_roots_processes(void **state)
{
	pid_t pid = spawn((struct how){.uid = 0, .where = "suite"});

	(void)state;
	configure("root", "suite");
	assert_null(find(pid));
	configure("nobody-of-that-name", "suite");
	assert_null(find(pid));
	end(pid);
}

/* ---- its cgroup ----------------------------------------------------------------------------- */

/* A directory stands for a cgroup: the driver only reads its files. */
static void write_member(const char *cgroup, pid_t pid)
{
	char path[256], text[64];

	make_directory(cgroup);
	snprintf(path, sizeof(path), "%s/cgroup.procs", path_of(cgroup));
	snprintf(text, sizeof(text), "%d\n1\n%d\n", pid, getpid());
	write_file(path, text);
}

static void all_of_its_cgroup_belong_to_it_whoever_they_are(void **state)
{
	pid_t outer = spawn((struct how){.uid = 0, .name = "master"});
	pid_t inner = spawn((struct how){.uid = OTHER_UID, .name = "mariadbd"});
	char cgroup[256];

	(void)state;
	write_member("payload", outer);
	write_member("payload/below/that", inner);
	snprintf(cgroup, sizeof(cgroup), "%s", path_of("payload"));
	context.payload_cgroup = cgroup;
	assert_non_null(find(outer));
	assert_non_null(find(inner));
	assert_true(find(inner)->database);
	/* Neither the first process nor the driver's parent, though they are listed. */
	assert_int_equal(found->count, 2);
	assert_int_equal(signal_all(SIGKILL, true), 2);
	assert_int_equal(end_of(outer), SIGKILL);
	assert_int_equal(end_of(inner), SIGKILL);
}

static void who_is_in_the_cgroup_and_the_directory_counts_once(void **state)
{
	pid_t pid = spawn((struct how){.uid = SUITE_UID, .where = "suite"});
	char cgroup[256];

	(void)state;
	write_member("payload", pid);
	write_member("payload/below/that", PID_NEVER); /* has ended since it was listed */
	snprintf(cgroup, sizeof(cgroup), "%s", path_of("payload"));
	context.payload_cgroup = cgroup;
	look();
	assert_int_equal(found->count, 1);
	end(pid);
}

/* ---- signals -------------------------------------------------------------------------------- */

static void the_database_outlives_its_clients(void **state)
{
	pid_t client = spawn((struct how){.uid = SUITE_UID, .where = "suite", .name = "java"});
	pid_t database = spawn((struct how){.uid = SUITE_UID, .where = "suite", .name = "mysqld"});

	(void)state;
	assert_int_equal(signal_all(SIGTERM, false), 1);
	assert_int_equal(end_of(client), SIGTERM);
	assert_non_null(find(database));
	assert_int_equal(signal_all(SIGTERM, true), 1);
	assert_int_equal(end_of(database), SIGTERM);
}

static void the_stopped_act_upon_a_signal_too(void **state)
{
	pid_t pid = spawn((struct how){.uid = SUITE_UID, .where = "suite"});
	siginfo_t info;

	(void)state;
	kill(pid, SIGSTOP);
	assert_int_equal(waitid(P_PID, (id_t)pid, &info, WSTOPPED), 0);
	assert_int_equal(signal_all(SIGTERM, true), 1);
	assert_int_equal(end_of(pid), SIGTERM);
}

static void the_stubborn_die_by_kill(void **state)
{
	pid_t pid = spawn((struct how){.uid = SUITE_UID, .where = "suite", .stubborn = true});

	(void)state;
	assert_int_equal(signal_all(SIGTERM, true), 1);
	assert_int_equal(signal_all(SIGKILL, true), 1);
	assert_int_equal(end_of(pid), SIGKILL);
}

static void survivors_are_named_and_the_rest_counted(void **state)
{
	static struct zimbra_processes some;
	char text[64], exact[10];

	(void)state;
	zimbra_process_describe(&some, text, sizeof(text));
	assert_string_equal(text, "");
	for (some.count = 0; some.count < 7; some.count++)
		some.list[some.count] =
			(struct zimbra_process){.pid = 810 + (pid_t)some.count, .command = "java"};
	zimbra_process_describe(&some, text, sizeof(text));
	assert_string_equal(text, "java 810, java 811, java 812, java 813 and 3 more");
	zimbra_process_describe(&some, exact, sizeof(exact));
	assert_string_equal(exact, "java 810,");
	some.count = 1;
	zimbra_process_describe(&some, text, sizeof(text));
	assert_string_equal(text, "java 810");
}

static int open_group(void **state)
{
	found = mmap(NULL, sizeof(*found), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		     0);
	return found == MAP_FAILED ? -1 : host_open(state);
}

#define OF_THE_SUITE(test) cmocka_unit_test_setup_teardown(test, make_suite, end_all)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pid_and_lock_files_are_removed_and_nothing_else),
		cmocka_unit_test(no_link_leads_the_removal_elsewhere),
		cmocka_unit_test(without_a_directory_nothing_is_stale),
		OF_THE_SUITE(who_works_in_its_directory_belongs_to_it),
		OF_THE_SUITE(who_holds_a_file_of_it_belongs_to_it),
		OF_THE_SUITE(who_runs_a_program_of_it_belongs_to_it),
		OF_THE_SUITE(a_directory_reached_by_a_link_is_the_same),
		OF_THE_SUITE(others_do_not_belong_to_it),
		OF_THE_SUITE(what_a_driver_started_itself_does_not_count),
		OF_THE_SUITE(the_dead_do_not_count),
		OF_THE_SUITE(a_suite_of_roots_is_no_reason_to_kill_roots_processes),
		OF_THE_SUITE(all_of_its_cgroup_belong_to_it_whoever_they_are),
		OF_THE_SUITE(who_is_in_the_cgroup_and_the_directory_counts_once),
		OF_THE_SUITE(the_database_outlives_its_clients),
		OF_THE_SUITE(the_stopped_act_upon_a_signal_too),
		OF_THE_SUITE(the_stubborn_die_by_kill),
		cmocka_unit_test(survivors_are_named_and_the_rest_counted),
	};

	return cmocka_run_group_tests(tests, open_group, host_close);
}
