/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every reason that a decision can have: its code, its level, and its sentence. The core emits
 * codes with arguments; names_reason() turns them into sentences, for the journal, status, why
 * and refusals alike.
 *
 * In a sentence: {service} {node} {other} {resource} are names; {n} a number; {s} milliseconds
 * shown as seconds.
 */
#ifndef ZCSMGR_REASONS_H
#define ZCSMGR_REASONS_H

#include <stdint.h>

enum reason_level { REASON_INFO, REASON_NOTICE, REASON_WARNING, REASON_ERROR };

#include "reasons_table.h"

enum reason_code {
#define REASON(code, level, sentence) REASON_##code,
	REASONS
#undef REASON
		REASON_COUNT
};

struct reason {
	enum reason_code code;
	int service;	 /* index into the configuration, or -1 */
	int resource;	 /* index into the service's stack, or -1 */
	uint32_t node;	 /* nodeid; 0: none */
	uint32_t other;	 /* nodeid of a second node; 0: none */
	uint64_t number; /* {n}, or milliseconds for {s} */
};

#endif
