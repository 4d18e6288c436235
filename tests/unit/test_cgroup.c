/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Cgroups: finding the place from files as kernels write them, and real ones. Needs root. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cgroup.h"

/* ---- finding -------------------------------------------------------------------------------- */

static char mountinfo[] = "/tmp/test_cgroup.mountinfo.XXXXXX";
static char self[] = "/tmp/test_cgroup.self.XXXXXX";
static char base[CGROUP_PATH_SIZE], why[256];

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static int find(const char *mounts, const char *own)
{
	write_text(mountinfo, mounts);
	write_text(self, own);
	base[0] = why[0] = '\0';
	return cgroup_find(mountinfo, self, base, sizeof(base), why, sizeof(why));
}

#define ROOT	"22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
#define UNIFIED "31 22 0:28 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
#define HYBRID                                                                                     \
	"31 22 0:28 / /sys/fs/cgroup ro - tmpfs tmpfs rw\n"                                        \
	"32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"                              \
	"38 31 0:31 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"

static void the_place_below_a_unified_mount_is_found(void **state)
{
	(void)state;
	assert_int_equal(find(ROOT UNIFIED, "0::/system.slice/zcsmgr.service\n"), 0);
	assert_string_equal(base, "/sys/fs/cgroup/system.slice/zcsmgr.service");
}

static void the_place_below_a_hybrid_mount_is_found(void **state)
{
	(void)state;
	assert_int_equal(find(ROOT HYBRID, "9:name=systemd:/\n1:cpu:/x\n0::/a b\n"), 0);
	assert_string_equal(base, "/sys/fs/cgroup/unified/a b");
	assert_int_equal(find(ROOT HYBRID, "1:cpu:/x\n0::/\n"), 0);
	assert_string_equal(base, "/sys/fs/cgroup/unified");
}

static void a_mount_point_with_a_space_is_found(void **state)
{
	(void)state;
	assert_int_equal(find("31 22 0:28 / /my\\040groups rw - cgroup2 none rw\n", "0::/z\n"), 0);
	assert_string_equal(base, "/my groups/z");
}

static void a_part_that_is_mounted_in_a_container_is_found(void **state)
{
	(void)state;
	assert_int_equal(find("31 22 0:28 /docker/1f /sys/fs/cgroup rw - cgroup2 cgroup rw\n",
			      "0::/docker/1f/zcsmgr\n"),
			 0);
	assert_string_equal(base, "/sys/fs/cgroup/zcsmgr");
	assert_int_equal(find("31 22 0:28 /docker/1f /sys/fs/cgroup rw - cgroup2 cgroup rw\n",
			      "0::/docker/1f\n"),
			 0);
	assert_string_equal(base, "/sys/fs/cgroup");
}

static void a_daemon_started_from_a_child_finds_the_first_ones_place(void **state)
{
	static const char *const paths[] = {
		"0::/system.slice/zcsmgr.service/service-zimbra/children/12\n",
		"0::/system.slice/zcsmgr.service/service-zimbra/children\n",
		"0::/system.slice/zcsmgr.service/service-zimbra/payload\n",
		"0::/system.slice/zcsmgr.service/service-a.b_c-d/payload/deeper\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		assert_int_equal(find(UNIFIED, paths[i]), 0);
		assert_string_equal(base, "/sys/fs/cgroup/system.slice/zcsmgr.service");
	}
	assert_int_equal(find(UNIFIED, "0::/service-zimbra/payload\n"), 0);
	assert_string_equal(base, "/sys/fs/cgroup");
}

static void others_that_are_called_service_are_left_alone(void **state)
{
	(void)state;
	assert_int_equal(find(UNIFIED, "0::/service-x/service-y.service/payloads\n"), 0);
	assert_string_equal(base, "/sys/fs/cgroup/service-x/service-y.service/payloads");
}

static void without_version_2_there_is_no_place(void **state)
{
	(void)state;
	assert_int_equal(find(ROOT, "0::/\n"), -1);
	assert_non_null(strstr(why, "not mounted"));
	assert_int_equal(find("", ""), -1);
	assert_int_equal(find(UNIFIED, "1:cpu:/\n"), -1);
	assert_int_equal(find(UNIFIED, "0::"), -1);
	assert_int_equal(find(UNIFIED, "0::/../other\n"), -1);
	assert_int_equal(find("rubbish\n31 22\n - cgroup2\n", "0::/\n"), -1);
}

static void a_path_that_is_too_long_is_refused(void **state)
{
	char own[2 * CGROUP_PATH_SIZE];

	(void)state;
	memset(own, 'x', sizeof(own));
	memcpy(own, "0::/", 4);
	own[sizeof(own) - 2] = '\n';
	own[sizeof(own) - 1] = '\0';
	assert_int_equal(find(UNIFIED, own), -1);
	own[CGROUP_PATH_SIZE - 4] = '\n';
	own[CGROUP_PATH_SIZE - 3] = '\0';
	assert_int_equal(find(UNIFIED, own), -1);
}

/* ---- real ones ------------------------------------------------------------------------------ */

static char original[CGROUP_PATH_SIZE], place[CGROUP_PATH_SIZE];

static int make_place(void **state)
{
	char name[64];

	(void)state;
	if (cgroup_find("/proc/self/mountinfo", "/proc/self/cgroup", original, sizeof(original),
			why, sizeof(why)) != 0) {
		fprintf(stderr, "this test needs cgroup version 2: %s\n", why);
		return -1;
	}
	snprintf(name, sizeof(name), "test-cgroup-%d", getpid());
	return cgroup_make(place, sizeof(place), original, name, NULL);
}

static int remove_place(void **state)
{
	char path[2 * CGROUP_PATH_SIZE];

	(void)state;
	cgroup_enter(original);
	snprintf(path, sizeof(path), "%s/fencing", place);
	rmdir(path);
	snprintf(path, sizeof(path), "%s/service-zimbra/children", place);
	rmdir(path);
	snprintf(path, sizeof(path), "%s/service-zimbra", place);
	rmdir(path);
	return rmdir(place);
}

/* A process in path, that has forked one more. */
static pid_t populate(const char *path)
{
	int ready[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		if (cgroup_enter(path) != 0 || fork() < 0 || write(ready[1], "", 1) != 1)
			_exit(1);
		close(ready[1]);
		for (;;)
			pause();
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	return pid;
}

static bool becomes_empty(const char *path)
{
	for (int i = 0; i < 1000 && !cgroup_empty(path); i++)
		usleep(5000);
	return cgroup_empty(path);
}

static void a_cgroup_is_made_and_made_again(void **state)
{
	char one[CGROUP_PATH_SIZE], two[CGROUP_PATH_SIZE];

	(void)state;
	assert_int_equal(cgroup_make(one, sizeof(one), place, "service-zimbra", "children"), 0);
	assert_int_equal(cgroup_make(two, sizeof(two), place, "service-zimbra", "children"), 0);
	assert_string_equal(one, two);
	assert_int_equal(cgroup_make(one, sizeof(one), "/no/such/place", "a", "b"), -1);
	assert_int_equal(errno, ENOENT);
}

static void new_cgroups_differ_and_are_removed(void **state)
{
	char one[CGROUP_PATH_SIZE], two[CGROUP_PATH_SIZE];

	(void)state;
	assert_int_equal(cgroup_make_new(one, sizeof(one), place), 0);
	assert_int_equal(cgroup_make_new(two, sizeof(two), place), 0);
	assert_string_not_equal(one, two);
	assert_true(cgroup_empty(one));
	assert_true(cgroup_remove(one));
	assert_true(cgroup_remove(two));
	assert_int_equal(access(one, F_OK), -1);
	assert_true(cgroup_remove(one)); /* what is not there is gone */
	assert_true(cgroup_empty(one));
}

static void killing_ends_all_that_is_inside(void **state)
{
	char path[CGROUP_PATH_SIZE];
	pid_t pid;

	(void)state;
	assert_int_equal(cgroup_make_new(path, sizeof(path), place), 0);
	pid = populate(path);
	assert_false(cgroup_empty(path));
	assert_false(cgroup_remove(path));
	assert_int_not_equal(cgroup_first(path), 0);
	cgroup_kill(path);
	assert_true(becomes_empty(path));
	assert_int_equal(cgroup_first(path), 0);
	assert_true(cgroup_remove(path)); /* the zombie does not matter */
	waitpid(pid, NULL, 0);
}

/* A folder in the place of a cgroup of Linux before 5.14, which has no cgroup.kill. */
static void an_old_kernels_processes_are_killed_one_by_one(void **state)
{
	char folder[] = "/tmp/test_cgroup.XXXXXX", path[64], procs[64];
	int status;
	pid_t pid;

	(void)state;
	assert_non_null(mkdtemp(folder));
	pid = fork();
	if (pid == 0)
		for (;;)
			pause();
	/* 0 stands for one of another pid namespace, and must not become kill(0). */
	snprintf(procs, sizeof(procs), "0\n%d\n", pid);
	snprintf(path, sizeof(path), "%s/cgroup.procs", folder);
	write_text(path, procs);
	cgroup_kill(folder);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	unlink(path);
	rmdir(folder);
}

static bool is_kept(const char *cgroup, void *data)
{
	return strcmp(cgroup, data) == 0;
}

static void a_sweep_spares_what_is_kept(void **state)
{
	char kept[CGROUP_PATH_SIZE], other[CGROUP_PATH_SIZE];
	pid_t one, two;

	(void)state;
	assert_int_equal(cgroup_make_new(kept, sizeof(kept), place), 0);
	assert_int_equal(cgroup_make_new(other, sizeof(other), place), 0);
	one = populate(kept);
	two = populate(other);
	assert_false(cgroup_sweep(place, is_kept, kept));
	for (int i = 0; i < 1000 && !cgroup_sweep(place, is_kept, kept); i++)
		usleep(5000);
	assert_int_equal(access(other, F_OK), -1);
	assert_false(cgroup_empty(kept));
	cgroup_kill(kept);
	assert_true(becomes_empty(kept));
	assert_true(cgroup_remove(kept));
	waitpid(one, NULL, 0);
	waitpid(two, NULL, 0);
}

static void opening_moves_out_of_a_services_cgroup(void **state)
{
	char children[CGROUP_PATH_SIZE];
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(
		cgroup_make(children, sizeof(children), place, "service-zimbra", "children"), 0);
	pid = fork();
	if (pid == 0) {
		if (cgroup_enter(children) != 0 ||
		    cgroup_open(base, sizeof(base), why, sizeof(why)) != 0)
			_exit(1);
		_exit(strcmp(base, place) == 0 && cgroup_empty(children) ? 0 : 2);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest finding[] = {
		cmocka_unit_test(the_place_below_a_unified_mount_is_found),
		cmocka_unit_test(the_place_below_a_hybrid_mount_is_found),
		cmocka_unit_test(a_mount_point_with_a_space_is_found),
		cmocka_unit_test(a_part_that_is_mounted_in_a_container_is_found),
		cmocka_unit_test(a_daemon_started_from_a_child_finds_the_first_ones_place),
		cmocka_unit_test(others_that_are_called_service_are_left_alone),
		cmocka_unit_test(without_version_2_there_is_no_place),
		cmocka_unit_test(a_path_that_is_too_long_is_refused),
	};
	const struct CMUnitTest using[] = {
		cmocka_unit_test(a_cgroup_is_made_and_made_again),
		cmocka_unit_test(new_cgroups_differ_and_are_removed),
		cmocka_unit_test(killing_ends_all_that_is_inside),
		cmocka_unit_test(an_old_kernels_processes_are_killed_one_by_one),
		cmocka_unit_test(a_sweep_spares_what_is_kept),
		cmocka_unit_test(opening_moves_out_of_a_services_cgroup),
	};
	int failed;

	close(mkstemp(mountinfo));
	close(mkstemp(self));
	failed = cmocka_run_group_tests_name("finding cgroups", finding, NULL, NULL);
	failed += cmocka_run_group_tests_name("using cgroups", using, make_place, remove_place);
	unlink(mountinfo);
	unlink(self);
	return failed;
}
