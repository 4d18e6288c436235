/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A folder of the test's own, removed with all that is in it. */
#ifndef ZCSMGR_TESTS_FOLDER_H
#define ZCSMGR_TESTS_FOLDER_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static inline int folder_remove_one(const char *path, const struct stat *status, int kind,
				    struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

static inline void folder_remove(const char *path)
{
	nftw(path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

/* path: at least 64 bytes. Others may enter: tests with other users need it. */
static inline void folder_make(char *path)
{
	strcpy(path, "/tmp/zcsmgr-test-XXXXXX");
	if (!mkdtemp(path) || chmod(path, 0755) != 0)
		abort();
}

#endif
