/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells one boot from another. */
#include "boot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "config.h"

enum { TOKEN_SIZE = BOOT_SIZE / 2 };

static int read_exactly(const char *path, char *bytes, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t count;

	if (fd < 0)
		return -1;
	count = read(fd, bytes, size);
	close(fd);
	if (count == (ssize_t)size)
		return 0;
	errno = count < 0 ? errno : EBADMSG;
	return -1;
}

/* Whole or not at all: half a token would be taken for another boot at the next start. */
static int create(const char *path, uint8_t token[TOKEN_SIZE])
{
	char new_path[CONFIG_PATH_SIZE + 8];
	ssize_t count;
	int fd;

	if (getrandom(token, TOKEN_SIZE, 0) != TOKEN_SIZE)
		return -1;
	snprintf(new_path, sizeof(new_path), "%s.new", path);
	fd = open(new_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	count = write(fd, token, TOKEN_SIZE);
	if (close(fd) == 0 && count == TOKEN_SIZE)
		return rename(new_path, path);
	return -1;
}

static unsigned hex_value(char digit)
{
	return (unsigned)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10) & 0xf;
}

/* /run may survive a reboot on hosts where it is no tmpfs: the kernel's boot id does not. */
static void add_kernel_id(uint8_t id[TOKEN_SIZE])
{
	char text[36];

	if (read_exactly("/proc/sys/kernel/random/boot_id", text, sizeof(text)) != 0)
		return;
	for (unsigned i = 0, digit = 0; i < sizeof(text) && digit < 2 * TOKEN_SIZE; i++) {
		if (text[i] == '-')
			continue;
		id[digit / 2] = (uint8_t)((unsigned)id[digit / 2] << 4 | hex_value(text[i]));
		digit++;
	}
}

int boot_identify(const char *run_directory, uint8_t boot[BOOT_SIZE], char *text, size_t text_size)
{
	char path[CONFIG_PATH_SIZE];

	memset(boot, 0, BOOT_SIZE);
	snprintf(path, sizeof(path), "%s/boot", run_directory);
	if (read_exactly(path, (char *)boot, TOKEN_SIZE) != 0 && create(path, boot) != 0) {
		snprintf(text, text_size, "%s cannot be created: %s; make room in %s", path,
			 strerror(errno), run_directory);
		return -1;
	}
	add_kernel_id(boot + TOKEN_SIZE);
	return 0;
}
