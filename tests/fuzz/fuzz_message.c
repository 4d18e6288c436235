/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whatever another node sends, decoding it is bounded, and what it takes encodes again. */
#include "message.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct message message;
	uint8_t again[CORE_MESSAGE_SIZE];

	if (message_decode(&message, bytes, size, MESSAGE_VERSION) && message.understood &&
	    message_encode(&message, again) == 0)
		abort();
	return 0;
}
