/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is mounted where, as far as it concerns one filesystem. Devices are compared by number:
 * the same one has many names (/dev/drbd0, /dev/drbd/by-res/...).
 */
#ifndef ZCSMGR_FILESYSTEM_TABLE_H
#define ZCSMGR_FILESYSTEM_TABLE_H

#include <stdbool.h>
#include <sys/types.h>

#include "config.h"

struct filesystem_state {
	bool device_exists;
	dev_t device;	/* 0: it does not exist, and nothing is mounted from it */
	bool mounted;	/* the device is what is seen at the directory */
	bool read_only; /* then: by its options, or after an error */
	bool hidden;	/* mounted at the directory, but something else lies over it */
	char fstype[CONFIG_NAME_SIZE]; /* when mounted */
	char other[CONFIG_PATH_SIZE];  /* source of something else that is mounted at the directory
					*/
	char elsewhere[CONFIG_PATH_SIZE]; /* another directory where the device is mounted */
};

/* 0, or -1 with errno: the table of mounts cannot be read. */
int filesystem_table_look(const struct filesystem_config *config, struct filesystem_state *state);

/*
 * Unmounts the device wherever it is in this mount namespace, and what is mounted below, deepest
 * first. 0 when nothing is left; else -1 with errno, the place that does not go in path, and the
 * device whose holders are in the way in busy (0: they must not be touched, for that device is
 * mounted elsewhere too).
 */
int filesystem_table_unmount(dev_t device, char path[CONFIG_PATH_SIZE], dev_t *busy);

/* The kernel's name of a block device, as drbd0. 0, or -1: there is none of that number. */
int filesystem_table_name(dev_t device, char name[CONFIG_NAME_SIZE]);

/* Has the kernel the filesystem in use, in whatever mount namespace? */
bool filesystem_table_in_use(dev_t device, const char *fstype);

#endif
