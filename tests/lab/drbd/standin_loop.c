/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The block device: a loop device on our file. It is attached only while the resource is Primary,
 * with AUTOCLEAR, so that it goes with its last user whatever happens to this process.
 *
 * Everything here waits for the main thread to serve the file system: called without the lock.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "standin.h"

enum { ATTEMPTS = 50, ATTEMPT_US = 100 * 1000 };

static int open_loop(int number)
{
	char path[64];

	snprintf(path, sizeof(path), "/dev/loop%d", number);
	return open(path, O_RDWR | O_CLOEXEC);
}

static void create_loop(int number)
{
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);

	if (control < 0)
		return;
	ioctl(control, LOOP_CTL_ADD, number); /* EEXIST is fine, others are seen at open */
	close(control);
}

int loop_attach(const struct resource *resource, int *fd)
{
	struct loop_config config = {.block_size = 512, .info = {.lo_flags = LO_FLAGS_AUTOCLEAR}};
	char path[STANDIN_PATH * 2];
	int file, loop, error = 0;

	create_loop(resource->loop);
	snprintf(path, sizeof(path), "%s/%s", kernel.mount_point, resource->config.name);
	file = open(path, O_RDWR | O_CLOEXEC);
	if (file < 0)
		return -1;
	loop = open_loop(resource->loop);
	if (loop < 0) {
		error = errno;
		close(file);
		errno = error;
		return -1;
	}
	config.fd = (uint32_t)file;
	snprintf((char *)config.info.lo_file_name, LO_NAME_SIZE, "drbd:%.56s", kernel.node);
	/* A killed node's device lives until its last user is gone, which may be in a moment. */
	for (int i = 0; i < ATTEMPTS; i++) {
		error = ioctl(loop, LOOP_CONFIGURE, &config) ? errno : 0;
		if (error != EBUSY)
			break;
		usleep(ATTEMPT_US);
	}
	close(file);
	if (error) {
		close(loop);
		errno = error;
		return -1;
	}
	*fd = loop;
	return 0;
}

int loop_release(const struct resource *resource, int *fd)
{
	struct loop_info64 info;

	/* AUTOCLEAR: if nobody else has it open, this detaches it. */
	close(*fd);
	*fd = open_loop(resource->loop);
	if (*fd < 0)
		return 0;
	if (ioctl(*fd, LOOP_GET_STATUS64, &info) == 0) {
		errno = EBUSY;
		return -1;
	}
	close(*fd);
	*fd = -1;
	return 0;
}

void loop_forget(int number)
{
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);

	if (control < 0)
		return;
	ioctl(control, LOOP_CTL_REMOVE, number); /* stays if it is in use */
	close(control);
}
