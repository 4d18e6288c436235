/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef ZCSMGR_CONFIG_STACK_H
#define ZCSMGR_CONFIG_STACK_H

#include "config_reader.h"

/*
 * Reads the stack of the service, whose name and nodes are there already and which is the last of
 * config: what other services use already is refused.
 */
void config_stack_read(struct reader *reader, const config_setting_t *group,
		       const struct config *config, struct service_config *service);

#endif
