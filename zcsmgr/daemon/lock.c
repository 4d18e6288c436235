/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config.h"

static void get_path(const char *run_directory, char path[CONFIG_PATH_SIZE])
{
	snprintf(path, CONFIG_PATH_SIZE, "%s/zcsmgr.pid", run_directory);
}

/* F_GETLK names no pid of another pid namespace: then the file does. */
static pid_t owner(int fd)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	char text[16] = "";

	if (fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK && lock.l_pid > 0)
		return lock.l_pid;
	if (pread(fd, text, sizeof(text) - 1, 0) <= 0)
		return 0;
	return (pid_t)strtol(text, NULL, 10);
}

static int write_pid(int fd)
{
	char text[16];
	int size = snprintf(text, sizeof(text), "%d\n", (int)getpid());

	if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)size, 0) != size)
		return -1;
	return 0;
}

/*
 * A lock of the process (fcntl), not of the open file (flock): that one would live on in every
 * child, so that one child that does not die would keep the next daemon from starting. Its price:
 * the lock is lost when this process closes the file, so nothing else here may open it.
 */
int lock_take(const char *run_directory, pid_t *other)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	char path[CONFIG_PATH_SIZE];
	int fd, error;

	get_path(run_directory, path);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0)
		return -1;
	if (fcntl(fd, F_SETLK, &lock) == 0 && write_pid(fd) == 0)
		return fd;
	error = errno == EACCES || errno == EAGAIN ? EWOULDBLOCK : errno;
	if (error == EWOULDBLOCK)
		*other = owner(fd);
	close(fd);
	errno = error;
	return -1;
}

/* Unlinked while it is locked, so that no other daemon can have it by then. */
void lock_release(const char *run_directory, int fd)
{
	char path[CONFIG_PATH_SIZE];

	get_path(run_directory, path);
	unlink(path);
	close(fd);
}
