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

/* ---- what is there -------------------------------------------------------------------------- */

bool zimbra_control_user(const struct driver_context *context, uid_t *uid, gid_t *gid)
{
	const struct passwd *user = getpwnam(context->resource->zimbra.user);

	*uid = user ? user->pw_uid : (uid_t)-1;
	*gid = user ? user->pw_gid : (gid_t)-1;
	return user != NULL;
}

static bool is_at_or_below(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	return strncmp(path, directory, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0');
}

const struct filesystem_config *zimbra_control_filesystem(const struct driver_context *context)
{
	const struct filesystem_config *deepest = NULL;

	for (unsigned i = 0; i < context->service->resource_count; i++) {
		const struct resource_config *resource = &context->service->resources[i];
		const struct filesystem_config *filesystem = &resource->filesystem;

		if (resource->type == RESOURCE_FILESYSTEM &&
		    is_at_or_below(context->resource->zimbra.directory, filesystem->directory) &&
		    (!deepest || strlen(filesystem->directory) > strlen(deepest->directory)))
			deepest = filesystem;
	}
	return deepest;
}

static bool is_mount_point(const char *directory)
{
	char above[CONFIG_PATH_SIZE + 8];
	struct stat inside, outside;

	snprintf(above, sizeof(above), "%s/..", directory);
	return stat(directory, &inside) == 0 && stat(above, &outside) == 0 &&
	       inside.st_dev != outside.st_dev;
}

static void control_path(const struct driver_context *context, char *path, size_t size)
{
	snprintf(path, size, "%s/bin/zmcontrol", context->resource->zimbra.directory);
}

bool zimbra_control_exists(const struct driver_context *context, char *why, size_t size)
{
	const struct filesystem_config *filesystem = zimbra_control_filesystem(context);
	char path[CONFIG_PATH_SIZE + 32];
	struct stat facts;

	if (filesystem && !is_mount_point(filesystem->directory)) {
		if (why)
			snprintf(why, size, "%.160s is not mounted", filesystem->directory);
		return false;
	}
	control_path(context, path, sizeof(path));
	if (stat(path, &facts) == 0 && S_ISREG(facts.st_mode) && (facts.st_mode & 0111))
		return true;
	if (why)
		snprintf(why, size, "%.160s is no program: is it the suite's file system?", path);
	return false;
}

/* ---- running it ----------------------------------------------------------------------------- */

struct login {
	const struct driver_context *context;
	bool payload;
};

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

static void allow_open_files(void)
{
	const struct rlimit enough = {.rlim_cur = OPEN_FILES, .rlim_max = OPEN_FILES};
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= OPEN_FILES)
		return;
	if (files.rlim_max < OPEN_FILES && setrlimit(RLIMIT_NOFILE, &enough) == 0)
		return;
	/* In a container root may not raise the limit; then it runs with what there is. */
	files.rlim_cur = files.rlim_max < OPEN_FILES ? files.rlim_max : OPEN_FILES;
	setrlimit(RLIMIT_NOFILE, &files);
}

/*
 * As runuser does: a login of the user without PAM's session, which would move it from our cgroup
 * to one that logind ends when it pleases (PLATFORM 10).
 */
static int become_user(void *data)
{
	const struct login *login = data;
	const struct zimbra_config *zimbra = &login->context->resource->zimbra;
	uid_t uid;
	gid_t gid;

	if (!zimbra_control_user(login->context, &uid, &gid))
		return -1;
	if (login->payload && login->context->payload_cgroup &&
	    enter_cgroup(login->context->payload_cgroup) != 0)
		return -1;
	allow_open_files();
	umask(022);
	if (initgroups(zimbra->user, gid) != 0 || setgid(gid) != 0 || setuid(uid) != 0 ||
	    chdir(zimbra->directory) != 0 || clearenv() != 0)
		return -1;
	return setenv("HOME", zimbra->directory, 1) || setenv("USER", zimbra->user, 1) ||
	       setenv("LOGNAME", zimbra->user, 1) || setenv("SHELL", "/bin/bash", 1) ||
	       setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
}

int zimbra_control_run(const struct driver_context *context, enum zimbra_verb verb,
		       uint32_t timeout_ms, char output[ZIMBRA_OUTPUT_SIZE])
{
	static const char *const verbs[] = {"startup", "shutdown", "status"};
	/* What stops and asks stays in the operation's own cgroup: it shall neither count as a
	   part of the suite nor outlive the operation. */
	struct login login = {.context = context, .payload = verb == ZIMBRA_STARTUP};
	char path[CONFIG_PATH_SIZE + 32];
	/* A login shell reads the user's profile, where the suite sets its paths. */
	const char *const argv[] = {"/bin/bash", "-lc",	      "exec \"$0\" \"$1\"",
				    path,	 verbs[verb], NULL};
	struct command command = {
		.argv = argv,
		.timeout_ms = timeout_ms,
		.prepare = become_user,
		.data = &login,
		.output = output,
		.output_size = ZIMBRA_OUTPUT_SIZE,
	};

	control_path(context, path, sizeof(path));
	return command_run(&command);
}

/* ---- what it said --------------------------------------------------------------------------- */

void zimbra_control_ended(int code, char *text, size_t size)
{
	switch (code) {
	case COMMAND_TIMEOUT:
		snprintf(text, size, "hung and was killed");
		break;
	case COMMAND_KILLED:
		snprintf(text, size, "was killed by somebody");
		break;
	case COMMAND_NOT_FOUND:
	case COMMAND_ERROR:
		snprintf(text, size, "could not be run");
		break;
	default:
		snprintf(text, size, "ended with %d", code);
	}
}

const char *zimbra_control_last_line(char *output)
{
	char *rest = output, *line, *last = NULL;

	while ((line = strsep(&rest, "\r\n")) != NULL)
		if (line[strspn(line, " \t")] != '\0')
			last = line;
	return last ? last + strspn(last, " \t") : "nothing";
}

/* "\tNAME   STATE": one tab; the explanations below it have two. */
static bool is_stopped(const char *line, size_t length, size_t *name_length)
{
	static const char state[] = "Stopped";
	size_t end = length;

	if (length < 2 || line[0] != '\t' || line[1] == '\t')
		return false;
	while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\r'))
		end--;
	if (end < sizeof(state) + 1 ||
	    memcmp(line + end - (sizeof(state) - 1), state, sizeof(state) - 1) != 0)
		return false;
	end -= sizeof(state) - 1;
	while (end > 1 && line[end - 1] == ' ')
		end--;
	*name_length = end - 1;
	return end > 1;
}

unsigned zimbra_control_stopped(const char *output, char *names, size_t size)
{
	unsigned count = 0;
	size_t length = 0;

	names[0] = '\0';
	while (*output) {
		size_t line = strcspn(output, "\n"), name = 0;

		if (is_stopped(output, line, &name)) {
			if (length < size)
				length +=
					(size_t)snprintf(names + length, size - length, "%s%.*s",
							 count ? ", " : "", (int)name, output + 1);
			count++;
		}
		output += line + (output[line] == '\n');
	}
	return count;
}
