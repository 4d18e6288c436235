/* SPDX-License-Identifier: GPL-2.0-or-later */
/* DRBD's generation identifiers, as `drbdsetup get-gi` prints them. */
#ifndef ZCSMGR_DRBD_GENERATIONS_H
#define ZCSMGR_DRBD_GENERATIONS_H

#include "storage.h"

/*
 * Reads "CURRENT:BITMAP:HISTORY:HISTORY:flags..." from the beginning of the text into storage,
 * without the primary-indicator bit. 0, or -1: storage is as it was.
 */
int drbd_generations_parse(const char *text, struct storage *storage);

#endif
