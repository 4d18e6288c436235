/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config_reader.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "config_scan.h"

enum {
	SHOWN = 60,	  /* characters of an offending text */
	HIDDEN_SIZE = 40, /* room kept for the last line, which counts what did not fit */
};

/* Whole lines only: half a message misleads. */
static void add_line(struct reader *reader, unsigned line, const char *text)
{
	char *all = reader->error->text;
	size_t size = sizeof(reader->error->text) - HIDDEN_SIZE;
	size_t length = strlen(all);
	const char *separator = reader->errors++ ? "\n" : "";
	int added;

	if (reader->hidden > 0)
		added = (int)size;
	else if (line)
		added = snprintf(all + length, size - length, "%s%s:%u: %s", separator,
				 reader->file, line, text);
	else
		added = snprintf(all + length, size - length, "%s%s: %s", separator, reader->file,
				 text);
	if (reader->errors == 1 || (added >= 0 && (size_t)added < size - length))
		return;
	if (reader->hidden++ == 0)
		all[length] = '\0';
	else
		*strrchr(all, '\n') = '\0';
	length = strlen(all);
	snprintf(all + length, sizeof(reader->error->text) - length, "\n... and %u more errors",
		 reader->hidden);
}

static int fail(struct reader *reader, unsigned line, const char *format, va_list arguments)
	__attribute__((format(printf, 3, 0)));

static int fail(struct reader *reader, unsigned line, const char *format, va_list arguments)
{
	char text[640];

	vsnprintf(text, sizeof(text), format, arguments);
	add_line(reader, line, text);
	return -1;
}

int reader_fail(struct reader *reader, const config_setting_t *setting, const char *format, ...)
{
	unsigned line = config_setting_source_line(setting);
	va_list arguments;

	va_start(arguments, format);
	/* libconfig gives the outermost group no line. */
	fail(reader, line ? line : 1, format, arguments);
	va_end(arguments);
	return -1;
}

int reader_fail_line(struct reader *reader, unsigned line, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fail(reader, line, format, arguments);
	va_end(arguments);
	return -1;
}

/* ---- keys ----------------------------------------------------------------------------------- */

/* Letters to change, add or drop; bounded by the length of the names. */
static unsigned distance(const char *a, const char *b)
{
	unsigned row[CONFIG_NAME_SIZE + 1];
	size_t length = strlen(b);

	if (length > CONFIG_NAME_SIZE || strlen(a) > CONFIG_NAME_SIZE)
		return UINT32_MAX;
	for (size_t i = 0; i <= length; i++)
		row[i] = (unsigned)i;
	for (; *a; a++) {
		unsigned diagonal = row[0]++;

		for (size_t i = 1; i <= length; i++) {
			unsigned best = diagonal + (*a != b[i - 1]);

			if (row[i] + 1 < best)
				best = row[i] + 1;
			if (row[i - 1] + 1 < best)
				best = row[i - 1] + 1;
			diagonal = row[i];
			row[i] = best;
		}
	}
	return row[length];
}

/* The key that was probably meant: near, and more alike than not. */
static const char *nearest_key(const char *name, const char *const *keys)
{
	const char *nearest = NULL;
	unsigned least = 4;

	for (; *keys; keys++) {
		unsigned far = distance(name, *keys);

		if (far < least && far * 2 <= strlen(name)) {
			least = far;
			nearest = *keys;
		}
	}
	return nearest;
}

static bool is_key(const char *name, const char *const *keys)
{
	while (*keys && strcmp(*keys, name) != 0)
		keys++;
	return *keys != NULL;
}

static void list_keys(char *text, size_t size, const char *const *keys)
{
	size_t length = 0;

	text[0] = '\0';
	for (; *keys && length < size; keys++)
		length += (size_t)snprintf(text + length, size - length, "%s%s", length ? ", " : "",
					   *keys);
}

void reader_allow(struct reader *reader, const config_setting_t *group, const char *what,
		  const char *const *keys)
{
	char allowed[300];

	list_keys(allowed, sizeof(allowed), keys);
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *member = config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(member);
		const char *nearest;

		if (is_key(name, keys))
			continue;
		nearest = nearest_key(name, keys);
		if (nearest)
			reader_fail(reader, member,
				    "unknown key '%.*s' in %s; did you mean '%s'? Allowed: %s",
				    SHOWN, name, what, nearest, allowed);
		else
			reader_fail(reader, member, "unknown key '%.*s' in %s; allowed: %s", SHOWN,
				    name, what, allowed);
	}
}

config_setting_t *reader_need(struct reader *reader, const config_setting_t *group, const char *key,
			      const char *what, const char *example)
{
	config_setting_t *member = config_setting_get_member(group, key);

	if (!member)
		reader_fail(reader, group, "%s lacks '%s'; add %s", what, key, example);
	return member;
}

/* A list in round brackets and an array in square ones mean the same here. */
static bool is_list(const config_setting_t *setting)
{
	return config_setting_is_list(setting) || config_setting_is_array(setting);
}

config_setting_t *reader_need_list(struct reader *reader, const config_setting_t *group,
				   const char *key, const char *what, const char *example,
				   unsigned limit)
{
	config_setting_t *list = reader_need(reader, group, key, what, example);

	if (!list)
		return NULL;
	if (!is_list(list) || config_setting_length(list) == 0) {
		reader_fail(reader, list, "'%s' must be a list with at least one element; write %s",
			    key, example);
		return NULL;
	}
	if ((unsigned)config_setting_length(list) > limit) {
		reader_fail(reader, list, "'%s' has %d elements; at most %u are allowed", key,
			    config_setting_length(list), limit);
		return NULL;
	}
	return list;
}

bool reader_is_group(struct reader *reader, const config_setting_t *element, const char *key,
		     const char *example)
{
	if (config_setting_is_group(element))
		return true;
	reader_fail(reader, element, "an element of '%s' must be a group in braces, as %s", key,
		    example);
	return false;
}

/* ---- texts ---------------------------------------------------------------------------------- */

static const char *label(const config_setting_t *setting)
{
	const char *name = config_setting_name(setting);

	return name ? name : "an element of the list";
}

int reader_refuse_type(struct reader *reader, const config_setting_t *setting, const char *wanted)
{
	const char *text;
	char is[80], shown[48];

	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_STRING:
		text = config_setting_get_string(setting);
		config_scan_line(text, strlen(text), 1, shown, sizeof(shown));
		snprintf(is, sizeof(is), "the text \"%s\"", shown);
		break;
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		snprintf(is, sizeof(is), "the number %lld", config_setting_get_int64(setting));
		break;
	case CONFIG_TYPE_FLOAT:
		snprintf(is, sizeof(is), "the number %.10g", config_setting_get_float(setting));
		break;
	case CONFIG_TYPE_BOOL:
		snprintf(is, sizeof(is), "%s", config_setting_get_bool(setting) ? "true" : "false");
		break;
	case CONFIG_TYPE_GROUP:
		snprintf(is, sizeof(is), "a group in braces");
		break;
	default:
		snprintf(is, sizeof(is), "a list");
		break;
	}
	return reader_fail(reader, setting, "'%s' is %s; it must be %s", label(setting), is,
			   wanted);
}

/* Escapes (\x1b) put into a text what the file itself cannot have. */
static int check_characters(struct reader *reader, const config_setting_t *setting,
			    const char *text)
{
	while (*text) {
		size_t length = config_scan_character(text, strlen(text));
		unsigned char first = (unsigned char)text[0], second = (unsigned char)text[1];

		if (length == 0)
			return reader_fail(
				reader, setting,
				"'%s' has the byte 0x%02x, which is not UTF-8; remove it",
				label(setting), first);
		if (iscntrl(first) || (first == 0xc2 && second < 0xa0))
			return reader_fail(reader, setting,
					   "'%s' has a control character (0x%02x); remove it",
					   label(setting), length == 1 ? first : second);
		text += length;
	}
	return 0;
}

int reader_text(struct reader *reader, const config_setting_t *setting, char *text, size_t size)
{
	const char *value = config_setting_get_string(setting);
	char start[24];

	if (config_setting_type(setting) != CONFIG_TYPE_STRING || !value)
		return reader_refuse_type(reader, setting,
					  config_setting_is_group(setting)
						  ? "one text in quotes, the same for every node"
						  : "a text in quotes");
	if (value[0] == '\0')
		return reader_fail(reader, setting,
				   "'%s' is empty (\"\"); give it a value or leave it out",
				   label(setting));
	if (check_characters(reader, setting, value) != 0)
		return -1;
	config_scan_line(value, strlen(value), 1, start, sizeof(start));
	if (strlen(value) >= size)
		return reader_fail(reader, setting,
				   "'%s' is too long ('%s...'); at most %zu bytes are allowed",
				   label(setting), start, size - 1);
	memcpy(text, value, strlen(value) + 1);
	return 0;
}

static bool is_node(const struct service_config *service, const char *name)
{
	for (unsigned i = 0; i < service->node_count; i++)
		if (strcmp(service->nodes[i], name) == 0)
			return true;
	return false;
}

/* config_setting_get_member() takes a name with dots for a path: it would find 'a' for 'a.b'. */
static const config_setting_t *member_of(const config_setting_t *group, const char *name)
{
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *member = config_setting_get_elem(group, (unsigned)i);

		if (strcmp(config_setting_name(member), name) == 0)
			return member;
	}
	return NULL;
}

static int check_nodes_named(struct reader *reader, const config_setting_t *group,
			     const struct service_config *service)
{
	int result = 0;

	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *member = config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(member);

		if (!is_node(service, name))
			result = reader_fail(reader, member,
					     "'%.*s' is not among the nodes of service '%s'; use "
					     "the names in its 'nodes'",
					     SHOWN, name, service->name);
	}
	for (unsigned i = 0; i < service->node_count; i++) {
		const char *node = service->nodes[i];
		/* What libconfig takes for a key. */
		bool possible = isalpha((unsigned char)node[0]) && !strchr(node, '.');

		if (member_of(group, node))
			continue;
		result = reader_fail(reader, group,
				     possible ? "'%s' has no value for node '%s'; add one for "
						"every node of the service, or write one text for "
						"all"
					      : "'%s' has no value for node '%s', and such a name "
						"cannot be a key; begin it with a letter and leave "
						"out dots (in corosync.conf too), or write one "
						"text for all",
				     label(group), node);
	}
	return result;
}

const config_setting_t *reader_of_node(struct reader *reader, const config_setting_t *setting,
				       const struct service_config *service)
{
	const char *node = reader->node;

	if (!setting || !config_setting_is_group(setting))
		return setting;
	if (check_nodes_named(reader, setting, service) != 0)
		return NULL;
	if (!node || !is_node(service, node))
		node = service->nodes[0];
	return member_of(setting, node);
}

int reader_name(struct reader *reader, const config_setting_t *setting, char *name, size_t size,
		const char *extra)
{
	if (reader_text(reader, setting, name, size) != 0)
		return -1;
	for (const char *at = name; *at; at++) {
		bool plain = isalnum((unsigned char)*at) || *at == '_';

		/* A '-' or '.' in front would be an option of a program, or a path. */
		if (plain || (at > name && strchr(extra, *at)))
			continue;
		return reader_fail(reader, setting,
				   "'%s' has the character '%.*s' in '%s'; allowed are letters, "
				   "digits and '_', and after the first also '%s'",
				   label(setting), (int)config_scan_character(at, strlen(at)), at,
				   name, extra);
	}
	return 0;
}

int reader_path(struct reader *reader, const config_setting_t *setting, char *path, size_t size)
{
	size_t length;

	if (reader_text(reader, setting, path, size) != 0)
		return -1;
	length = strlen(path);
	if (length > 1 && path[length - 1] == '/')
		return reader_fail(reader, setting, "'%s' is '%s'; leave out the '/' at its end",
				   label(setting), path);
	for (const char *at = path; at; at = strchr(at + 1, '/')) {
		size_t part = strcspn(at + 1, "/");
		bool dots =
			(part == 1 && at[1] == '.') || (part == 2 && at[1] == '.' && at[2] == '.');

		if (*at != '/' || dots || (part == 0 && length > 1))
			return reader_fail(reader, setting,
					   "'%s' is '%s'; give an absolute path without '//', '.' "
					   "and '..'",
					   label(setting), path);
	}
	return 0;
}

/* ---- numbers -------------------------------------------------------------------------------- */

static int number(struct reader *reader, const config_setting_t *setting, double *value)
{
	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		*value = (double)config_setting_get_int64(setting);
		return 0;
	case CONFIG_TYPE_FLOAT:
		*value = config_setting_get_float(setting);
		return 0;
	default:
		return reader_refuse_type(reader, setting, "a number, without quotes");
	}
}

void reader_seconds(struct reader *reader, const config_setting_t *group, const char *key,
		    double lowest, double highest, uint32_t *milliseconds)
{
	const config_setting_t *setting = config_setting_get_member(group, key);
	double value = 0;

	if (!setting || number(reader, setting, &value) != 0)
		return;
	if (!(value >= lowest && value <= highest)) /* NaN fails too */
		reader_fail(reader, setting, "'%s' is %.10g; it is in seconds, from %g to %g", key,
			    value, lowest, highest);
	else
		*milliseconds = (uint32_t)lround(value * 1000);
}

void reader_count(struct reader *reader, const config_setting_t *group, const char *key,
		  unsigned lowest, unsigned highest, uint32_t *count)
{
	const config_setting_t *setting = config_setting_get_member(group, key);
	double value = 0;

	if (!setting || number(reader, setting, &value) != 0)
		return;
	if (!(value >= lowest && value <= highest) || value != floor(value))
		reader_fail(reader, setting,
			    "'%s' is %.10g; it must be a whole number from %u to %u", key, value,
			    lowest, highest);
	else
		*count = (uint32_t)value;
}

void reader_bool(struct reader *reader, const config_setting_t *group, const char *key, bool *value)
{
	const config_setting_t *setting = config_setting_get_member(group, key);

	if (!setting)
		return;
	if (config_setting_type(setting) != CONFIG_TYPE_BOOL)
		reader_refuse_type(reader, setting, "true or false, without quotes");
	else
		*value = config_setting_get_bool(setting);
}
