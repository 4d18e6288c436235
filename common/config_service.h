/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ZCSMGR_CONFIG_SERVICE_H
#define ZCSMGR_CONFIG_SERVICE_H

#include "config_reader.h"

/* Reads 'services' into config, for reader->node. */
void config_service_read(struct reader *reader, const config_setting_t *root,
			 struct config *config);

#endif
