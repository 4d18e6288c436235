/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "field.h"

#include <string.h>

const char *field_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

bool field_true(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

double field_number(const json_t *object, const char *key)
{
	return json_number_value(json_object_get(object, key));
}

json_t *field_find_name(const json_t *array, const char *name)
{
	json_t *element;
	size_t i;

	json_array_foreach(array, i, element)
	{
		if (strcmp(field_text(element, "name"), name) == 0)
			return element;
	}
	return NULL;
}

void field_print(FILE *out, const json_t *json, bool pretty)
{
	json_dumpf(json, out, pretty ? JSON_INDENT(2) : 0);
	fputc('\n', out);
}
