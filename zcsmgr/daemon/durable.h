/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What must outlive a reboot, as bytes: one slot of the state file. All numbers are in network
 * order.
 *
 *	 0  8  "ZCSMSTAT"
 *	 8  2  version of the body; all before and the four below never change their place
 *	10  2  0
 *	12  4  size of the body
 *	16  8  sequence: the higher one is the newer slot
 *	24  4  CRC-32C of bytes 0-23 and the body
 *	28     body
 *
 * Body, version 1: 32 bytes that tell the boot; count of services (4), each: name (64, filled up
 * with zeros), epoch (8), target, stopped, maintenance (sequence 8, value 4 each), barred (1),
 * held epoch (8); count of nodes (4), each: id (4), standby (sequence 8, value 4).
 */
#ifndef ZCSMGR_DURABLE_H
#define ZCSMGR_DURABLE_H

#include <stddef.h>
#include <stdint.h>

#include "boot.h"
#include "core.h"

enum { DURABLE_SIZE = 4096 }; /* of a slot: no sector is shared with the other one */

struct durable {
	uint64_t sequence;
	uint8_t boot[BOOT_SIZE];
	struct core_durable core;
};

enum durable_result {
	DURABLE_VALID,
	DURABLE_EMPTY, /* all zero: never written */
	DURABLE_BROKEN,
	DURABLE_NEWER, /* whole, but of a later version; sequence is set */
};

/* Fills the whole slot. */
void durable_encode(const struct durable *durable, uint8_t slot[DURABLE_SIZE]);
enum durable_result durable_decode(const uint8_t slot[DURABLE_SIZE], struct durable *durable);

#endif
