/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The UNIX sockets whose names lie on a filesystem: they hold it without an open file there. */
#ifndef ZCSMGR_HOLDERS_SOCKETS_H
#define ZCSMGR_HOLDERS_SOCKETS_H

#include <sys/types.h>

enum { HOLDERS_SOCKETS = 256 };

/* The sockets' inode numbers, as /proc/PID/fd shows them; as many as fit. Returns how many (0 if
   the kernel does not tell). */
unsigned holders_sockets(dev_t device, unsigned long inodes[HOLDERS_SOCKETS]);

#endif
