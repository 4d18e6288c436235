/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The journal's files. Every call may block: in the helper thread only, or before the loop runs. */
#ifndef ZCSMGR_JOURNAL_FILE_H
#define ZCSMGR_JOURNAL_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "config.h"

enum {
	JOURNAL_FILE_SIZE = 4 * 1024 * 1024,
	JOURNAL_TAIL_SIZE = 512 * 1024, /* so much of each file is read at most */
};

struct journal_file {
	char path[CONFIG_PATH_SIZE];
	char old_path[CONFIG_PATH_SIZE + 2];
	int fd; /* -1: not open */
};

void journal_file_init(struct journal_file *file, const char *directory);

/* Calls line() for every whole line of the newest part, oldest first. */
void journal_file_read(const struct journal_file *file,
		       void (*line)(void *data, const char *text, size_t size), void *data);

/*
 * Appends whole lines, all or none of them. 0, or an errno. sync: they are on the disk after it.
 */
int journal_file_append(struct journal_file *file, const char *lines, size_t size, bool sync);

void journal_file_close(struct journal_file *file);

#endif
