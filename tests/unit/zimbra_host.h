/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A host for the tests of the zimbra driver: in a mount namespace of the test its /etc is hidden
 * behind another one, with users whom nobody else is. Needs root.
 */
#ifndef ZCSMGR_TESTS_ZIMBRA_HOST_H
#define ZCSMGR_TESTS_ZIMBRA_HOST_H

#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/mount.h>

#include "driver.h"
#include "folder.h"

enum { SUITE_UID = 61997, OTHER_UID = 61998 };

static char folder[64];
static struct service_config service;
static struct driver_context context;

/* Directory: below the folder. The zimbra resource is the first; others may follow. */
static inline void configure(const char *user, const char *directory)
{
	struct zimbra_config *zimbra = &service.resources[0].zimbra;

	memset(&service, 0, sizeof(service));
	service.resource_count = 1;
	service.resources[0].type = RESOURCE_ZIMBRA;
	snprintf(zimbra->user, sizeof(zimbra->user), "%s", user);
	snprintf(zimbra->directory, sizeof(zimbra->directory), "%s/%s", folder, directory);
	context = (struct driver_context){.service = &service, .resource = &service.resources[0]};
}

/* Of a name below the folder; valid until the next call. */
static inline const char *path_of(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

/* With all above it. */
static inline void make_directory(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/", path_of(name));
	for (char *at = path + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			abort();
		*at = '/';
	}
}

static inline void write_file(const char *path, const char *words)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(words, file) < 0 || fclose(file) != 0) {
		perror(path);
		abort();
	}
}

/* A group's set-up. */
static inline int host_open(void **state)
{
	(void)state;
	if (unshare(CLONE_NEWNS) != 0 || mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("etc", "/etc", "tmpfs", 0, NULL) != 0)
		return -1;
	write_file("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
	write_file("/etc/host.conf", "multi on\n"); /* as is usual */
	write_file("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"
				  "suite:x:61997:61997::/:/bin/sh\n"
				  "other:x:61998:61998::/:/bin/sh\n");
	write_file("/etc/group", "root:x:0:\nsuite:x:61997:\nother:x:61998:\n");
	folder_make(folder);
	return 0;
}

/* Its tear-down. */
static inline int host_close(void **state)
{
	(void)state;
	folder_remove(folder);
	return umount("/etc");
}

#endif
