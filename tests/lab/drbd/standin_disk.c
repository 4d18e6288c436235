/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file system behind the block devices: one file for each resource, named after it, which only
 * this process opens, to attach a loop device to it. All of it runs in the main thread.
 */
#define FUSE_USE_VERSION 314
#include <errno.h>
#include <fcntl.h>
#include <fuse_lowlevel.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "standin.h"

static struct fuse_session *session;

/* The root is inode 1, the resources follow. */
static struct resource *resource_of(fuse_ino_t inode)
{
	if (inode < 2 || inode >= 2 + STANDIN_RESOURCES)
		return NULL;
	return &kernel.resources[inode - 2];
}

static bool describe(fuse_ino_t inode, struct stat *attributes)
{
	const struct resource *resource = resource_of(inode);

	*attributes = (struct stat){.st_ino = inode};
	if (inode == FUSE_ROOT_ID) {
		attributes->st_mode = S_IFDIR | 0700;
		attributes->st_nlink = 2;
		return true;
	}
	if (!resource || !resource->exists)
		return false;
	attributes->st_mode = S_IFREG | 0600;
	attributes->st_nlink = 1;
	attributes->st_size = (off_t)resource->md.size;
	return true;
}

static void on_lookup(fuse_req_t request, fuse_ino_t parent, const char *name)
{
	struct fuse_entry_param entry = {.ino = 0};

	if (parent == FUSE_ROOT_ID)
		for (fuse_ino_t i = 0; i < STANDIN_RESOURCES; i++)
			if (kernel.resources[i].exists &&
			    strcmp(kernel.resources[i].config.name, name) == 0)
				entry.ino = i + 2;
	if (entry.ino && describe(entry.ino, &entry.attr))
		fuse_reply_entry(request, &entry);
	else
		fuse_reply_err(request, ENOENT);
}

static void on_getattr(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info)
{
	struct stat attributes;

	(void)info;
	if (describe(inode, &attributes))
		fuse_reply_attr(request, &attributes, 0);
	else
		fuse_reply_err(request, ENOENT);
}

static void on_open(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *info)
{
	const struct resource *resource = resource_of(inode);

	if (!resource || resource->state.role != ROLE_PRIMARY) {
		fuse_reply_err(request, EACCES);
		return;
	}
	/* The peer writes to our image while we are Secondary: nothing may be cached. */
	info->direct_io = 1;
	fuse_reply_open(request, info);
}

static void on_read(fuse_req_t request, fuse_ino_t inode, size_t size, off_t offset,
		    struct fuse_file_info *info)
{
	struct resource *resource = resource_of(inode);

	(void)info;
	if (!resource || (uint64_t)offset > resource->md.size) {
		fuse_reply_err(request, EIO);
		return;
	}
	if (size > resource->md.size - (uint64_t)offset)
		size = resource->md.size - (uint64_t)offset;
	replication_read(resource, request, (uint64_t)offset, (uint32_t)size);
}

static void on_write(fuse_req_t request, fuse_ino_t inode, const char *data, size_t size,
		     off_t offset, struct fuse_file_info *info)
{
	struct resource *resource = resource_of(inode);

	(void)info;
	if (!resource || resource->state.role != ROLE_PRIMARY ||
	    (uint64_t)offset > resource->md.size || size > resource->md.size - (uint64_t)offset) {
		fuse_reply_err(request, EIO);
		return;
	}
	replication_write(resource, request, data, (uint64_t)offset, (uint32_t)size);
}

/* A flush of the block device covers completed writes, and a completed write is on both sides. */
static void on_fsync(fuse_req_t request, fuse_ino_t inode, int only_data,
		     struct fuse_file_info *info)
{
	(void)inode;
	(void)only_data;
	(void)info;
	fuse_reply_err(request, 0);
}

static const struct fuse_lowlevel_ops operations = {
	.lookup = on_lookup,
	.getattr = on_getattr,
	.open = on_open,
	.read = on_read,
	.write = on_write,
	.fsync = on_fsync,
};

void disk_reply_write(void *fuse, size_t size)
{
	fuse_reply_write(fuse, size);
}

void disk_reply_data(void *fuse, const void *data, size_t size)
{
	fuse_reply_buf(fuse, data, size);
}

void disk_reply_error(void *fuse, int error)
{
	fuse_reply_err(fuse, error);
}

int disk_mount(void)
{
	char *arguments[] = {"drbd_kernel", "-ofsname=drbd-standin", NULL};
	struct fuse_args args = FUSE_ARGS_INIT(2, arguments);
	int fd;

	session = fuse_session_new(&args, &operations, sizeof(operations), NULL);
	if (!session)
		return -1;
	if (fuse_session_mount(session, kernel.mount_point)) {
		fuse_session_destroy(session);
		session = NULL;
		return -1;
	}
	fd = fuse_session_fd(session);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	return fd;
}

void disk_ready(void)
{
	static struct fuse_buf buffer;
	int got = fuse_session_receive_buf(session, &buffer);

	if (got > 0)
		fuse_session_process_buf(session, &buffer);
	else if (got != -EAGAIN && got != -EINTR)
		fatal("the FUSE connection ended");
}

void disk_unmount(void)
{
	if (!session)
		return;
	fuse_session_unmount(session);
	fuse_session_destroy(session);
	session = NULL;
}
