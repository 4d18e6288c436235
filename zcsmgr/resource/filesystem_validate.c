/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `check` for a filesystem: can this host mount it? */
#include <dirent.h>
#include <errno.h>
#include <libmount.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "filesystem.h"

static void find(struct driver_report *report, enum finding finding, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void find(struct driver_report *report, enum finding finding, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	report->add(report, finding, text);
}

static bool is_empty(const char *path)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	bool empty = true;

	while (directory && empty && (entry = readdir(directory)))
		empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	if (directory)
		closedir(directory);
	return empty;
}

static void check_device(const struct filesystem_config *config, struct driver_report *report)
{
	/* A DRBD device appears with its resource, which may be down now. */
	bool may_appear = strncmp(config->device, "/dev/drbd", strlen("/dev/drbd")) == 0;
	struct stat found;

	if (stat(config->device, &found) != 0)
		find(report, may_appear ? FINDING_WARNING : FINDING_ERROR,
		     "there is no device %s now%s", config->device,
		     may_appear ? ": it appears with its DRBD resource (drbdadm up)"
				: ": see 'device'");
	else if (!S_ISBLK(found.st_mode))
		find(report, FINDING_ERROR, "%s is no block device: see 'device'", config->device);
}

static void check_directory(const struct filesystem_config *config,
			    const struct filesystem_state *state, struct driver_report *report)
{
	struct stat found;

	if (stat(config->directory, &found) != 0)
		find(report, FINDING_ERROR, "there is no directory %s to mount on: mkdir -p %s",
		     config->directory, config->directory);
	else if (!S_ISDIR(found.st_mode))
		find(report, FINDING_ERROR, "%s is no directory: see 'directory'",
		     config->directory);
	else if (state->hidden || state->other[0])
		find(report, FINDING_ERROR, "%s is mounted on %s: umount it, and see who mounts it",
		     state->other[0] ? state->other : "another filesystem", config->directory);
	else if (!state->mounted && !is_empty(config->directory))
		find(report, FINDING_WARNING,
		     "%s is not empty: what lies there is hidden while the filesystem is mounted, "
		     "and used by mistake while it is not",
		     config->directory);
}

static void check_mounted(const struct filesystem_config *config,
			  const struct filesystem_state *state, struct driver_report *report)
{
	unsigned errors = state->device != 0 ? filesystem_errors(state->device) : 0;

	if (state->mounted && strcmp(state->fstype, config->fstype) != 0)
		find(report, FINDING_ERROR, "'fstype' says %s, but %s is mounted as %s",
		     config->fstype, config->device, state->fstype);
	if (state->mounted && state->read_only)
		find(report, FINDING_WARNING, "%s is mounted read-only on %s", config->device,
		     config->directory);
	if (state->elsewhere[0])
		find(report, FINDING_WARNING,
		     "%s is mounted on %s as well: when the service stops, that goes too",
		     config->device, state->elsewhere);
	if (errors > 0)
		find(report, FINDING_WARNING,
		     "ext4 has recorded %u errors on %s: stop the service and run e2fsck -f %s",
		     errors, config->device, config->device);
}

/* What fstab mounts at boot is mounted on every node, before anybody asks who may. */
static void check_fstab(const struct filesystem_config *config, struct driver_report *report)
{
	struct libmnt_table *table = mnt_new_table();
	struct libmnt_fs *fs = NULL;
	const char *options;

	if (table && mnt_table_parse_fstab(table, NULL) == 0) {
		fs = mnt_table_find_target(table, config->directory, MNT_ITER_FORWARD);
		if (!fs)
			fs = mnt_table_find_srcpath(table, config->device, MNT_ITER_FORWARD);
	}
	options = fs ? mnt_fs_get_options(fs) : NULL;
	if (fs && !(options && mnt_optstr_get_option(options, "noauto", NULL, NULL) == 0))
		find(report, FINDING_ERROR,
		     "/etc/fstab mounts %s on %s at boot, on every node: take that line out",
		     mnt_fs_get_source(fs), mnt_fs_get_target(fs));
	mnt_unref_table(table);
}

void filesystem_validate(struct driver_context *context, struct driver_report *report)
{
	const struct filesystem_config *config = &context->resource->filesystem;
	struct filesystem_state state;

	if (filesystem_table_look(config, &state) != 0) {
		find(report, FINDING_ERROR, "cannot read the table of mounts: %s", strerror(errno));
		return;
	}
	check_device(config, report);
	check_directory(config, &state, report);
	check_mounted(config, &state, report);
	check_fstab(config, report);
	find(report, FINDING_OK, "%s on %s looked at", config->device, config->directory);
}
