/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "zimbra_control.h"

#include "command.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_FILES = 524288 }; /* what the suite's installer puts into limits.conf */

bool zimbra_user(const struct driver_context *context, uid_t *uid, gid_t *gid)
{
	const struct passwd *user = getpwnam(context->resource->zimbra.user);

	*uid = user ? user->pw_uid : (uid_t)-1;
	*gid = user ? user->pw_gid : (gid_t)-1;
	return user != NULL;
}

static void control_path(const struct driver_context *context, char *path, size_t size)
{
	snprintf(path, size, "%s/bin/zmcontrol", context->resource->zimbra.directory);
}

bool zimbra_control_exists(const struct driver_context *context)
{
	char path[CONFIG_PATH_SIZE + 32];
	struct stat facts;

	control_path(context, path, sizeof(path));
	return stat(path, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_mode & 0111;
}

static int enter_cgroup(const char *cgroup)
{
	char path[CONFIG_PATH_SIZE * 2];
	ssize_t written;
	int fd;

	snprintf(path, sizeof(path), "%s/cgroup.procs", cgroup);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	written = write(fd, "0", 1);
	close(fd);
	return written == 1 ? 0 : -1;
}

/* A login of the user, but without PAM's session, which would take it out of our cgroup. */
static int become_user(void *data)
{
	const struct driver_context *context = data;
	const struct zimbra_config *zimbra = &context->resource->zimbra;
	struct rlimit files = {.rlim_cur = OPEN_FILES, .rlim_max = OPEN_FILES};
	uid_t uid;
	gid_t gid;

	if (!zimbra_user(context, &uid, &gid))
		return -1;
	if (context->payload_cgroup && enter_cgroup(context->payload_cgroup) != 0)
		return -1;
	setrlimit(RLIMIT_NOFILE, &files); /* else it runs with what there is */
	umask(022);
	if (initgroups(zimbra->user, gid) != 0 || setgid(gid) != 0 || setuid(uid) != 0 ||
	    chdir(zimbra->directory) != 0 || clearenv() != 0)
		return -1;
	setenv("HOME", zimbra->directory, 1);
	setenv("USER", zimbra->user, 1);
	setenv("LOGNAME", zimbra->user, 1);
	setenv("SHELL", "/bin/bash", 1);
	setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
	return 0;
}

int zimbra_control(const struct driver_context *context, const char *verb, uint32_t timeout_ms,
		   char *output)
{
	char path[CONFIG_PATH_SIZE + 32];
	/* A login shell reads the user's profile, where the suite sets its paths. */
	const char *const argv[] = {"/bin/bash", "-lc", "exec \"$0\" \"$1\"", path, verb, NULL};
	struct command command = {
		.argv = argv,
		.timeout_ms = timeout_ms,
		.prepare = become_user,
		.data = (void *)(uintptr_t)context,
		.output = output,
		.output_size = output ? ZIMBRA_OUTPUT_SIZE : 0,
	};

	control_path(context, path, sizeof(path));
	return command_run(&command);
}

const char *zimbra_last_line(char *output)
{
	char *last = output;

	for (char *line = strtok(output, "\n"); line; line = strtok(NULL, "\n"))
		if (line[strspn(line, " \t\r")] != '\0')
			last = line;
	return last + strspn(last, " \t");
}
