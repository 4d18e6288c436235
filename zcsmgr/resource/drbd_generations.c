/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drbd_generations.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS = 16 };

/* 16 hexadecimal digits and a colon or the end of the line. */
static int take(const char **at, uint64_t *value)
{
	char digits[DIGITS + 1];
	size_t length = strspn(*at, "0123456789ABCDEFabcdef");
	char end = (*at)[length];

	if (length != DIGITS || (end != ':' && end != '\n' && end != '\0'))
		return -1;
	memcpy(digits, *at, length);
	digits[length] = '\0';
	/* The lowest bit tells only that the node is Primary. */
	*value = strtoull(digits, NULL, 16) & ~1ULL;
	*at += length + (end == ':');
	return 0;
}

int drbd_generations_parse(const char *text, struct storage *storage)
{
	uint64_t values[4];

	for (int i = 0; i < 4; i++)
		if (take(&text, &values[i]) != 0)
			return -1;
	storage->generations_known = true;
	storage->current = values[0];
	storage->bitmap = values[1];
	storage->history[0] = values[2];
	storage->history[1] = values[3];
	return 0;
}
