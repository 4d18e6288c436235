/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The first program of a machine: loads the modules in /modules in the order of their names, mounts
 * /dev/vda and goes on with the init that is there. Debian's own does the same, ten times slower
 * under emulation.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ROOT_DEVICE "/dev/vda"

static void fail(const char *what)
{
	perror(what);
	for (;;)
		pause(); /* the end of the first process would be a panic without a word */
}

static void load_modules(void)
{
	struct dirent **names;
	int count = scandir("/modules", &names, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		char path[512];
		int fd;

		if (names[i]->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/modules/%s", names[i]->d_name);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || syscall(SYS_finit_module, fd, "", 0) != 0)
			fail(path);
		close(fd);
	}
}

int main(void)
{
	if (mount("dev", "/dev", "devtmpfs", 0, NULL) != 0)
		fail("/dev");
	load_modules();
	for (int tries = 0; tries < 1000 && access(ROOT_DEVICE, F_OK) != 0; tries++)
		usleep(10000);
	if (mount(ROOT_DEVICE, "/root", "ext4", MS_NOATIME, NULL) != 0)
		fail(ROOT_DEVICE);
	if (mount("/dev", "/root/dev", NULL, MS_MOVE, NULL) != 0 || chdir("/root") != 0 ||
	    mount(".", "/", NULL, MS_MOVE, NULL) != 0 || chroot(".") != 0 || chdir("/") != 0)
		fail("the root file system");
	execl("/sbin/init", "/sbin/init", (char *)NULL);
	fail("/sbin/init");
}
