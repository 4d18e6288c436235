/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "zimbra_stale.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the suite keeps them, and how they are called (PLATFORM 8). */
static const struct {
	const char *directory, *pattern;
} stale[] = {
	{"log", "*.pid"},
	{"zmstat/pid", "*.pid"},
	{"data/ldap/state/run", "slapd.pid"},
	{"data/sasl2/state", "saslauthd.pid"},
	{"data/tmp/mysql", "mysql.server.lock"},
	{"data/tmp/mysql", "mysql.sock.lock"},
};

/* Opens a directory below another; closes that. -1: there is none, or a link is on the way. */
static int descend(int fd, const char *path)
{
	char names[64], *rest = names, *name;

	snprintf(names, sizeof(names), "%s", path);
	while (fd >= 0 && (name = strsep(&rest, "/")) != NULL) {
		int next = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		close(fd);
		fd = next;
	}
	return fd;
}

static bool is_regular(int fd, const char *name)
{
	struct stat facts;

	return fstatat(fd, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(facts.st_mode);
}

static unsigned remove_matching(int fd, const char *pattern)
{
	DIR *directory = fdopendir(fd);
	struct dirent *entry;
	unsigned count = 0;

	if (!directory) {
		close(fd);
		return 0;
	}
	while ((entry = readdir(directory)))
		if (fnmatch(pattern, entry->d_name, 0) == 0 && is_regular(fd, entry->d_name) &&
		    unlinkat(fd, entry->d_name, 0) == 0)
			count++;
	closedir(directory);
	return count;
}

unsigned zimbra_stale_remove(const char *directory)
{
	unsigned count = 0;

	for (unsigned i = 0; i < sizeof(stale) / sizeof(stale[0]); i++) {
		int fd = descend(open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
				 stale[i].directory);

		if (fd >= 0)
			count += remove_matching(fd, stale[i].pattern);
	}
	return count;
}
