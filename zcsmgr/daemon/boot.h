/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells one boot from another: what is claimed in one boot is void in the next. */
#ifndef ZCSMGR_BOOT_H
#define ZCSMGR_BOOT_H

#include <stddef.h>
#include <stdint.h>

enum { BOOT_SIZE = 32 };

/*
 * RUN_DIRECTORY/boot, created at random if it is not there, and the kernel's own boot id.
 * 0, or -1 with the object and the cure in text.
 */
int boot_identify(const char *run_directory, uint8_t boot[BOOT_SIZE], char *text, size_t text_size);

#endif
