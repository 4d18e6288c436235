/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any line as a request of the control socket. */
#include <stdlib.h>
#include <string.h>

#include "request.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct request request;
	struct request_error error = {0};
	char text[256];

	if (request_parse((const char *)bytes, size, &request, &error) != 0) {
		/* A refusal has a code and a text, which fits into an answer. */
		if (!error.code || error.text[0] == '\0' ||
		    strlen(error.text) >= sizeof(error.text))
			abort();
		return 0;
	}
	if (!request.verb || strlen(request.service) >= sizeof(request.service) ||
	    strlen(request.node) >= sizeof(request.node))
		abort();
	request_describe(&request, text, sizeof(text));
	return 0;
}
