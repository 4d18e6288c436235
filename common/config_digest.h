/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ZCSMGR_CONFIG_DIGEST_H
#define ZCSMGR_CONFIG_DIGEST_H

#include "config.h"

/*
 * Adds what the file means for the node that it was read for: every value, whether it was written
 * or is the default. Added for all nodes in one order, it is the same for files that mean the same.
 */
void config_digest_add(uint64_t *digest, const struct config *config);

void config_digest_write(uint64_t digest, uint8_t bytes[CONFIG_DIGEST_SIZE]);

#endif
