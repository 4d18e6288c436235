/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "filesystem_table.h"

#include <errno.h>
#include <fcntl.h>
#include <libmount.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum { DEPTH = 64 }; /* of mounts below each other that are followed */

/* Cuts what does not fit: for texts that people read, and for paths that fit if they are ours. */
static void copy(char *to, size_t size, const char *from)
{
	size_t length = from ? strlen(from) : 0;

	if (length >= size)
		length = size - 1;
	memcpy(to, from ? from : "", length);
	to[length] = '\0';
}

static struct libmnt_table *read_table(void)
{
	struct libmnt_table *table = mnt_new_table_from_file("/proc/self/mountinfo");

	if (!table && errno == 0)
		errno = EIO;
	return table;
}

/* ---- looking -------------------------------------------------------------------------------- */

static bool has_option(struct libmnt_fs *fs, const char *name)
{
	const char *place = mnt_fs_get_vfs_options(fs);
	const char *whole = mnt_fs_get_fs_options(fs);

	return (place && mnt_optstr_get_option(place, name, NULL, NULL) == 0) ||
	       (whole && mnt_optstr_get_option(whole, name, NULL, NULL) == 0);
}

static bool is_read_only(struct libmnt_fs *fs)
{
	/* Newer kernels leave a filesystem "rw" after an error and say this beside it. */
	return has_option(fs, "ro") || has_option(fs, "emergency_ro") || has_option(fs, "shutdown");
}

/* A mount on a directory above hides it without being listed at our directory. */
static bool is_seen(const char *directory, dev_t device)
{
	struct statx found;

	return statx(AT_FDCWD, directory, AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT, STATX_TYPE,
		     &found) == 0 &&
	       makedev(found.stx_dev_major, found.stx_dev_minor) == device;
}

static void look_at_place(struct filesystem_state *state, struct libmnt_fs *fs, bool at_directory,
			  bool topmost)
{
	bool ours = state->device != 0 && mnt_fs_get_devno(fs) == state->device;

	if (ours && at_directory && topmost) {
		state->mounted = true;
		state->read_only = is_read_only(fs);
		copy(state->fstype, sizeof(state->fstype), mnt_fs_get_fstype(fs));
	} else if (ours && at_directory) {
		state->hidden = true;
	} else if (ours) {
		copy(state->elsewhere, sizeof(state->elsewhere), mnt_fs_get_target(fs));
	} else if (at_directory && topmost) {
		copy(state->other, sizeof(state->other), mnt_fs_get_source(fs));
	}
}

int filesystem_table_look(const struct filesystem_config *config, struct filesystem_state *state)
{
	struct libmnt_table *table = read_table();
	struct libmnt_iter *iterator = mnt_new_iter(MNT_ITER_FORWARD);
	char directory[PATH_MAX];
	struct libmnt_fs *topmost;
	struct libmnt_fs *fs;
	struct stat found;

	memset(state, 0, sizeof(*state));
	if (!table || !iterator) {
		mnt_unref_table(table);
		mnt_free_iter(iterator);
		return -1;
	}
	if (!realpath(config->directory, directory))
		copy(directory, sizeof(directory), config->directory);
	topmost = mnt_table_find_target(table, directory, MNT_ITER_BACKWARD);
	if (stat(config->device, &found) == 0 && S_ISBLK(found.st_mode)) {
		state->device_exists = true;
		state->device = found.st_rdev;
	} else if (topmost && mnt_fs_streq_srcpath(topmost, config->device)) {
		state->device = mnt_fs_get_devno(topmost); /* its name went, the mount did not */
	}
	while (mnt_table_next_fs(table, iterator, &fs) == 0) {
		const char *target = mnt_fs_get_target(fs);

		look_at_place(state, fs, target && strcmp(target, directory) == 0, fs == topmost);
	}
	if (state->mounted && !is_seen(directory, state->device)) {
		state->mounted = false;
		state->hidden = true;
	}
	mnt_free_iter(iterator);
	mnt_unref_table(table);
	return 0;
}

/* ---- unmounting ----------------------------------------------------------------------------- */

struct unmounting {
	struct libmnt_table *table;
	dev_t device;
	char *path;
	dev_t *busy;
};

static struct libmnt_fs *find_id(struct libmnt_table *table, int id)
{
	struct libmnt_iter *iterator = mnt_new_iter(MNT_ITER_FORWARD);
	struct libmnt_fs *found = NULL;
	struct libmnt_fs *fs;

	while (iterator && !found && mnt_table_next_fs(table, iterator, &fs) == 0)
		if (mnt_fs_get_id(fs) == id)
			found = fs;
	mnt_free_iter(iterator);
	return found;
}

static bool is_ours_or_below(struct unmounting *work, struct libmnt_fs *fs)
{
	for (unsigned depth = 0; fs && depth < DEPTH; depth++) {
		if (mnt_fs_get_devno(fs) == work->device)
			return true;
		fs = find_id(work->table, mnt_fs_get_parent_id(fs));
	}
	return false;
}

/*
 * A mount below ours may be of a filesystem that is in use elsewhere, as a directory of the
 * system's own: whoever holds that one holds it by right.
 */
static bool is_only_here(struct unmounting *work, dev_t device)
{
	struct libmnt_iter *iterator = mnt_new_iter(MNT_ITER_FORWARD);
	bool only_here = iterator != NULL;
	struct libmnt_fs *fs;

	while (only_here && mnt_table_next_fs(work->table, iterator, &fs) == 0)
		only_here = mnt_fs_get_devno(fs) != device || is_ours_or_below(work, fs);
	mnt_free_iter(iterator);
	return only_here;
}

static int unmount(struct unmounting *work, struct libmnt_fs *fs)
{
	struct libmnt_context *context = mnt_new_context();
	int error;
	int rc;

	if (!context)
		return -1;
	mnt_context_set_optsmode(context, MNT_OMODE_NOTAB);
	mnt_context_disable_helpers(context, 1);
	mnt_context_set_target(context, mnt_fs_get_target(fs));
	rc = mnt_context_umount(context);
	error = mnt_context_syscall_called(context) ? mnt_context_get_syscall_errno(context) : -rc;
	mnt_free_context(context);
	if (rc == 0)
		return 0;
	copy(work->path, CONFIG_PATH_SIZE, mnt_fs_get_target(fs));
	*work->busy = mnt_fs_get_devno(fs);
	if (*work->busy != work->device && !is_only_here(work, *work->busy))
		*work->busy = 0;
	errno = error > 0 ? error : EIO;
	return -1;
}

static int unmount_tree(struct unmounting *work, struct libmnt_fs *fs, unsigned depth)
{
	struct libmnt_iter *iterator = mnt_new_iter(MNT_ITER_BACKWARD);
	struct libmnt_fs *child;
	int rc = iterator ? 0 : -1;

	while (rc == 0 && depth < DEPTH &&
	       mnt_table_next_child_fs(work->table, iterator, fs, &child) == 0)
		rc = unmount_tree(work, child, depth + 1);
	mnt_free_iter(iterator);
	return rc == 0 ? unmount(work, fs) : -1;
}

int filesystem_table_unmount(dev_t device, char path[CONFIG_PATH_SIZE], dev_t *busy)
{
	struct unmounting work = {.device = device, .path = path, .busy = busy};
	struct libmnt_fs *fs;
	int rc = 0;

	path[0] = '\0';
	*busy = 0;
	/* The table is read anew each time: unmounting one place may take others with it. */
	while (rc == 0) {
		work.table = read_table();
		if (!work.table)
			return -1;
		fs = mnt_table_find_devno(work.table, device, MNT_ITER_FORWARD);
		if (!fs) {
			mnt_unref_table(work.table);
			return 0;
		}
		rc = unmount_tree(&work, fs, 0);
		mnt_unref_table(work.table);
	}
	return -1;
}

/* ---- the kernel's side ---------------------------------------------------------------------- */

int filesystem_table_name(dev_t device, char name[CONFIG_NAME_SIZE])
{
	char path[64];
	char target[PATH_MAX];
	const char *last;
	ssize_t size;

	snprintf(path, sizeof(path), "/sys/dev/block/%u:%u", major(device), minor(device));
	size = readlink(path, target, sizeof(target) - 1);
	if (size <= 0)
		return -1;
	target[size] = '\0';
	last = strrchr(target, '/');
	copy(name, CONFIG_NAME_SIZE, last ? last + 1 : target);
	return 0;
}

/* Both ext4 and xfs show a directory as long as the superblock lives. Other than opening the
   device, looking there disturbs nobody, not even a DRBD peer that wants to be promoted. */
bool filesystem_table_in_use(dev_t device, const char *fstype)
{
	char name[CONFIG_NAME_SIZE];
	char path[256];

	if (filesystem_table_name(device, name) != 0)
		return false;
	snprintf(path, sizeof(path), "/sys/fs/%s/%s", fstype, name);
	return access(path, F_OK) == 0;
}
