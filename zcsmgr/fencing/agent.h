/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fence agents by their standard interface: options as name=value lines on standard input, the
 * action among them, exit code 0 for success; `status` exits 0 for on, 2 for off.
 */
#ifndef ZCSMGR_AGENT_H
#define ZCSMGR_AGENT_H

#include <stdbool.h>
#include <stddef.h>

#include "config.h"

/*
 * Switches the node off (agent's `off`, then `status` must say off) or on (`on`). Blocks, up to
 * the configured timeout for each call: run it in a child. Returns whether it is proven; text
 * tells what the agent said otherwise.
 */
bool agent_fence(const struct fencing_config *fencing, bool on, char *text, size_t text_size);

/* Runs `status`: 1 on, 0 off, -1 no answer (text says why). For `check`. */
int agent_status(const struct fencing_config *fencing, char *text, size_t text_size);

#endif
