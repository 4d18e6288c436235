/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Resets this machine, in a way that no disk, no service and no other process can hold up.
 *
 * In a container or another pid namespace of its own only that namespace is ended: sysrq would
 * reset the host that it is a guest of.
 */
#ifndef ZCSMGR_RESET_H
#define ZCSMGR_RESET_H

#include <stddef.h>
#include <stdint.h>

/* Has all file systems write what they hold back, but waits no longer than that: those that hang
   go on in a thread of their own. */
void reset_sync(uint32_t patience_ms);

/* Returns only if it failed; text says why, by each of its ways. */
void reset_machine(char *text, size_t size);

#endif
