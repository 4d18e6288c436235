/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The service's filesystem: mounted on its directory, looked at, and (filesystem_stop.c) taken
 * off again. filesystem_watch.c guards it while it is up.
 */
#include "filesystem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libmount.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "holders_others.h"

enum { READ_SIZE = 4096 };

void filesystem_say(struct driver_context *context, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(context->text, sizeof(context->text), format, arguments);
	va_end(arguments);
}

static const struct filesystem_config *config_of(const struct driver_context *context)
{
	return &context->resource->filesystem;
}

static bool wants_read_only(const struct filesystem_config *config)
{
	return mnt_optstr_get_option(config->options, "ro", NULL, NULL) == 0;
}

unsigned filesystem_errors(dev_t device)
{
	char name[CONFIG_NAME_SIZE];
	char path[256];
	unsigned count = 0;
	FILE *file;

	if (filesystem_table_name(device, name) != 0)
		return 0;
	snprintf(path, sizeof(path), "/sys/fs/ext4/%s/errors_count", name);
	file = fopen(path, "re");
	if (!file)
		return 0;
	if (fscanf(file, "%u", &count) != 1)
		count = 0;
	fclose(file);
	return count;
}

/* ---- monitor -------------------------------------------------------------------------------- */

enum verdict filesystem_look(struct driver_context *context, struct filesystem_state *state)
{
	const struct filesystem_config *config = config_of(context);

	context->text[0] = '\0';
	if (filesystem_table_look(config, state) != 0) {
		filesystem_say(context, "cannot read the table of mounts: %s", strerror(errno));
		return VERDICT_TIMEOUT;
	}
	if (state->hidden) {
		filesystem_say(context, "%s is hidden by %s, mounted over it: umount that",
			       config->directory, state->other[0] ? state->other : "a filesystem");
		return VERDICT_FAILED;
	}
	if (!state->mounted) {
		filesystem_say(context, "%s is no longer mounted on %s", config->device,
			       config->directory);
		return VERDICT_GONE;
	}
	if (state->read_only && !wants_read_only(config)) {
		filesystem_say(context,
			       "%s has become read-only: the kernel met an error (see dmesg), or "
			       "somebody remounted it",
			       config->directory);
		return VERDICT_FAILED;
	}
	return VERDICT_OK;
}

/* Entries of a filesystem that xfs has shut down, or whose device is gone, cannot be read. */
static int read_directory(const char *path)
{
	DIR *directory = opendir(path);
	int error;

	if (!directory)
		return -1;
	errno = 0;
	error = readdir(directory) ? 0 : errno;
	closedir(directory);
	errno = error;
	return error == 0 ? 0 : -1;
}

static int read_device(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECT | O_CLOEXEC);
	void *block = aligned_alloc(READ_SIZE, READ_SIZE);
	int error = 0;

	if (fd < 0 || !block || pread(fd, block, READ_SIZE, 0) < 0)
		error = errno;
	if (fd >= 0)
		close(fd);
	free(block);
	errno = error;
	return error == 0 ? 0 : -1;
}

enum verdict filesystem_monitor(struct driver_context *context)
{
	const struct filesystem_config *config = config_of(context);
	struct filesystem_state state;
	enum verdict verdict = filesystem_look(context, &state);
	unsigned errors;

	if (verdict != VERDICT_OK)
		return verdict;
	if (read_directory(config->directory) != 0) {
		filesystem_say(context, "cannot read %s: %s (see dmesg)", config->directory,
			       strerror(errno));
		return VERDICT_FAILED;
	}
	/* Its name may be gone while the device works on. */
	if (state.device_exists && read_device(config->device) != 0) {
		filesystem_say(context, "cannot read from %s: %s (see dmesg)", config->device,
			       strerror(errno));
		return VERDICT_FAILED;
	}
	errors = filesystem_errors(state.device);
	if (errors > 0)
		filesystem_say(context,
			       "ext4 has recorded %u errors on %s: stop the service and run "
			       "e2fsck -f %s when it suits",
			       errors, config->device, config->device);
	return VERDICT_OK;
}

/* ---- probe ---------------------------------------------------------------------------------- */

static enum outcome filesystem_probe(struct driver_context *context)
{
	const struct filesystem_config *config = config_of(context);
	struct filesystem_state state;
	char others[192];

	context->text[0] = '\0';
	if (filesystem_table_look(config, &state) != 0) {
		filesystem_say(context, "cannot read the table of mounts: %s", strerror(errno));
		return OUTCOME_FAILED;
	}
	if (state.mounted && (!state.read_only || wants_read_only(config)))
		return OUTCOME_UP;
	if (state.mounted)
		filesystem_say(context, "%s is mounted read-only on %s", config->device,
			       config->directory);
	else if (state.hidden)
		filesystem_say(context, "%s is mounted on %s, but %s is mounted over it",
			       config->device, config->directory,
			       state.other[0] ? state.other : "another filesystem");
	else if (state.elsewhere[0])
		filesystem_say(context, "%s is mounted on %s, not on %s", config->device,
			       state.elsewhere, config->directory);
	else if (state.other[0])
		filesystem_say(context, "%s is mounted on %s", state.other, config->directory);
	else if (state.device != 0 && filesystem_table_in_use(state.device, config->fstype)) {
		holders_others(state.device, others, sizeof(others));
		filesystem_say(context, "%s is in use, though not mounted here: %s", config->device,
			       others[0] ? others : "by the kernel");
	} else {
		return OUTCOME_DOWN;
	}
	return OUTCOME_PARTIAL;
}

/* ---- start ---------------------------------------------------------------------------------- */

static enum outcome fail_mount(struct driver_context *context, struct libmnt_context *mount, int rc)
{
	const struct filesystem_config *config = config_of(context);
	const char *cure = "";
	char text[160];

	mnt_context_get_excode(mount, rc, text, sizeof(text));
	if (rc == EMEDIUMTYPE)
		cure = "; a DRBD device must be Primary here first";
	else if (rc == EINVAL)
		cure = "; is 'fstype' right? dmesg says more";
	filesystem_say(context, "cannot mount %s on %s: %s%s", config->device, config->directory,
		       text[0] ? text : strerror(rc > 0 ? rc : -rc), cure);
	return OUTCOME_FAILED;
}

static enum outcome mount_it(struct driver_context *context)
{
	const struct filesystem_config *config = config_of(context);
	struct libmnt_context *mount = mnt_new_context();
	enum outcome outcome = OUTCOME_OK;
	int rc;

	if (!mount) {
		filesystem_say(context, "no memory to mount %s", config->device);
		return OUTCOME_FAILED;
	}
	/* Only what zcsmgr.conf says: nothing of fstab, no programs that may hang. And never
	   read-only instead of not at all, as libmount does by itself. */
	mnt_context_set_optsmode(mount, MNT_OMODE_NOTAB);
	mnt_context_disable_helpers(mount, 1);
	mnt_context_enable_rwonly_mount(mount, !wants_read_only(config));
	mnt_context_set_source(mount, config->device);
	mnt_context_set_target(mount, config->directory);
	mnt_context_set_fstype(mount, config->fstype);
	if (config->options[0])
		mnt_context_set_options(mount, config->options);
	rc = mnt_context_mount(mount);
	if (rc != 0)
		outcome = fail_mount(context, mount, rc);
	mnt_free_context(mount);
	return outcome;
}

/* What is in the way of mounting? */
static bool can_mount(struct driver_context *context, const struct filesystem_state *state)
{
	const struct filesystem_config *config = config_of(context);
	struct stat directory;

	if (state->read_only)
		filesystem_say(context,
			       "%s is mounted read-only on %s: stop the service, and see "
			       "dmesg",
			       config->device, config->directory);
	else if (state->hidden || state->other[0])
		filesystem_say(context, "%s is mounted on %s: umount it, and see who mounts it",
			       state->other[0] ? state->other : "another filesystem",
			       config->directory);
	else if (state->elsewhere[0])
		filesystem_say(context, "%s is mounted on %s: umount %s", config->device,
			       state->elsewhere, state->elsewhere);
	else if (stat(config->directory, &directory) != 0 || !S_ISDIR(directory.st_mode))
		filesystem_say(context, "there is no directory %s to mount on: mkdir -p %s",
			       config->directory, config->directory);
	else if (!state->device_exists)
		filesystem_say(context, "there is no block device %s: see 'device'",
			       config->device);
	else
		return true;
	return false;
}

static enum outcome filesystem_start(struct driver_context *context)
{
	const struct filesystem_config *config = config_of(context);
	struct filesystem_state state;
	enum outcome outcome;

	context->text[0] = '\0';
	if (filesystem_table_look(config, &state) != 0) {
		filesystem_say(context, "cannot read the table of mounts: %s", strerror(errno));
		return OUTCOME_FAILED;
	}
	if (state.mounted && (!state.read_only || wants_read_only(config)))
		return OUTCOME_OK;
	if (!can_mount(context, &state))
		return OUTCOME_FAILED;
	outcome = mount_it(context);
	if (outcome != OUTCOME_OK)
		return outcome;
	return filesystem_monitor(context) == VERDICT_OK ? OUTCOME_OK : OUTCOME_FAILED;
}

const struct resource_driver filesystem_driver = {
	.type = "filesystem",
	.validate = filesystem_validate,
	.probe = filesystem_probe,
	.start = filesystem_start,
	.stop = filesystem_stop,
	.monitor = filesystem_monitor,
	.watch = filesystem_watch,
};
