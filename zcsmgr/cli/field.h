/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading what the daemon sent: whatever is missing or of another type reads as nothing. */
#ifndef ZCSMGR_CLI_FIELD_H
#define ZCSMGR_CLI_FIELD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* "" if there is none. */
const char *field_text(const json_t *object, const char *key);
bool field_true(const json_t *object, const char *key);
/* Whole or not; 0 if there is none. */
double field_number(const json_t *object, const char *key);

/* The element of the array whose "name" it is; NULL. */
json_t *field_find_name(const json_t *array, const char *name);

/* One object or array as text, and an end of line. */
void field_print(FILE *out, const json_t *json, bool pretty);

#endif
