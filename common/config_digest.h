/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ZCSMGR_CONFIG_DIGEST_H
#define ZCSMGR_CONFIG_DIGEST_H

#include <libconfig.h>

#include "config.h"

/*
 * The same for files that mean the same, whatever their spaces, comments and order of keys. It is
 * taken of the settings and not of struct config, which knows only one node's values.
 */
void config_digest(const config_setting_t *root, uint8_t digest[CONFIG_DIGEST_SIZE]);

#endif
