/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a part of the suite is asked, and whether what it answers is what such a server says. */
#ifndef ZCSMGR_RESOURCE_ZIMBRA_ANSWER_H
#define ZCSMGR_RESOURCE_ZIMBRA_ANSWER_H

#include <stddef.h>
#include <stdint.h>

#include "config.h"

enum { ZIMBRA_ANSWER_SIZE = 64 }; /* bytes; all that is ever needed to judge */

enum zimbra_answer {
	ZIMBRA_ANSWER_MORE, /* right so far, but too short to tell */
	ZIMBRA_ANSWER_GOOD,
	ZIMBRA_ANSWER_BAD,
};

/* Judges the beginning of what the server sent. */
enum zimbra_answer zimbra_answer_judge(enum zimbra_check check, const uint8_t *answer, size_t size);

/* What to send after connecting; NULL: the server speaks first. */
const void *zimbra_answer_request(enum zimbra_check check, size_t *size);

/* What to send before leaving, so that the server logs no lost connection; NULL: nothing. */
const void *zimbra_answer_farewell(enum zimbra_check check, size_t *size);

#endif
