/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "journal_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void journal_file_init(struct journal_file *file, const char *directory)
{
	snprintf(file->path, sizeof(file->path), "%s/journal.jsonl", directory);
	snprintf(file->old_path, sizeof(file->old_path), "%s.1", file->path);
	file->fd = -1;
}

/* ---- reading -------------------------------------------------------------------------------- */

static size_t read_tail(const char *path, char *bytes, bool *cut)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	size_t used = 0;
	struct stat status;
	off_t at = 0;

	*cut = false;
	if (fd < 0)
		return 0;
	if (fstat(fd, &status) == 0 && status.st_size > JOURNAL_TAIL_SIZE) {
		at = status.st_size - JOURNAL_TAIL_SIZE;
		*cut = true;
	}
	while (used < JOURNAL_TAIL_SIZE) {
		ssize_t count = pread(fd, bytes + used, JOURNAL_TAIL_SIZE - used, at + (off_t)used);

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			break;
		used += (size_t)count;
	}
	close(fd);
	return used;
}

static void read_lines(const char *path, char *bytes,
		       void (*line)(void *data, const char *text, size_t size), void *data)
{
	bool cut;
	size_t left = read_tail(path, bytes, &cut);
	const char *at = bytes;

	while (left > 0) {
		const char *end = memchr(at, '\n', left);
		size_t size;

		if (!end)
			return; /* the power went while it was written */
		size = (size_t)(end - at);
		if (!cut)
			line(data, at, size);
		cut = false; /* only the first line may lack its beginning */
		at = end + 1;
		left -= size + 1;
	}
}

void journal_file_read(const struct journal_file *file,
		       void (*line)(void *data, const char *text, size_t size), void *data)
{
	char *bytes = malloc(JOURNAL_TAIL_SIZE);

	if (!bytes)
		return;
	read_lines(file->old_path, bytes, line, data);
	read_lines(file->path, bytes, line, data);
	free(bytes);
}

/* ---- writing -------------------------------------------------------------------------------- */

static int write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t count = write(fd, bytes, size);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return errno;
		if (count == 0)
			return EIO;
		bytes += count;
		size -= (size_t)count;
	}
	return 0;
}

/* A line that was cut by a power loss must not swallow the next one. */
static int end_last_line(int fd, off_t size)
{
	char last = '\n';

	if (size == 0 || (pread(fd, &last, 1, size - 1) == 1 && last == '\n'))
		return 0;
	return write_all(fd, "\n", 1);
}

static int open_file(struct journal_file *file)
{
	struct stat status;
	int error;

	file->fd = open(file->path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (file->fd < 0)
		return errno;
	error = fstat(file->fd, &status) == 0 ? end_last_line(file->fd, status.st_size) : errno;
	if (error != 0)
		journal_file_close(file);
	return error;
}

/* Somebody may have moved the file away, to look at it or to make room. */
static int prepare(struct journal_file *file, off_t *size)
{
	struct stat status;
	int error = 0;

	if (file->fd >= 0 && fstat(file->fd, &status) == 0 && status.st_nlink == 0)
		journal_file_close(file);
	if (file->fd < 0)
		error = open_file(file);
	if (error == 0 && fstat(file->fd, &status) != 0)
		error = errno;
	*size = error == 0 ? status.st_size : 0;
	return error;
}

static int rotate(struct journal_file *file)
{
	off_t size;

	if (rename(file->path, file->old_path) != 0)
		return errno;
	journal_file_close(file);
	return prepare(file, &size);
}

static int append(struct journal_file *file, const char *lines, size_t size, off_t before)
{
	int error = write_all(file->fd, lines, size);

	/* Half a line is worse than none. */
	if (error != 0 && ftruncate(file->fd, before) != 0)
		journal_file_close(file);
	return error;
}

int journal_file_append(struct journal_file *file, const char *lines, size_t size, bool sync)
{
	off_t before;
	int error = prepare(file, &before);

	if (error == 0 && before > 0 && before + (off_t)size > JOURNAL_FILE_SIZE) {
		error = rotate(file);
		before = 0;
	}
	if (error == 0)
		error = append(file, lines, size, before);
	if (error == 0 && sync && fdatasync(file->fd) != 0)
		error = errno;
	return error;
}

void journal_file_close(struct journal_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	file->fd = -1;
}
