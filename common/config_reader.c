/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config_reader.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH = 16, SHOWN = 60 };

static void add_line(struct reader *reader, unsigned line, const char *text)
{
	char *end = reader->error->text + strlen(reader->error->text);
	size_t room = sizeof(reader->error->text) - (size_t)(end - reader->error->text);

	reader->errors++;
	if (line)
		snprintf(end, room, "%s%s:%u: %s", reader->errors > 1 ? "\n" : "", reader->file,
			 line, text);
	else
		snprintf(end, room, "%s%s: %s", reader->errors > 1 ? "\n" : "", reader->file, text);
}

int reader_fail(struct reader *reader, const config_setting_t *setting, const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	add_line(reader, setting ? config_setting_source_line(setting) : 0, text);
	return -1;
}

/* ---- keys ----------------------------------------------------------------------------------- */

/* Letters to change, add or drop; bounded by the length of the names. */
static unsigned distance(const char *a, const char *b)
{
	unsigned row[CONFIG_NAME_SIZE + 1];
	size_t length = strlen(b);

	if (length > CONFIG_NAME_SIZE)
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
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *member = config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(member);
		const char *nearest = NULL;
		unsigned least = 4;
		bool known = false;
		char allowed[300];

		for (const char *const *key = keys; *key && name; key++) {
			known = known || strcmp(*key, name) == 0;
			if (distance(name, *key) < least) {
				least = distance(name, *key);
				nearest = *key;
			}
		}
		if (known)
			continue;
		list_keys(allowed, sizeof(allowed), keys);
		if (nearest)
			reader_fail(reader, member,
				    "unknown key '%.*s' in %s; did you mean '%s'? Allowed: %s",
				    SHOWN, name, what, nearest, allowed);
		else
			reader_fail(reader, member, "unknown key '%.*s' in %s; allowed: %s", SHOWN,
				    name ? name : "", what, allowed);
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

/* ---- texts ---------------------------------------------------------------------------------- */

static const char *label(const config_setting_t *setting)
{
	const char *name = config_setting_name(setting);

	return name ? name : "an element of the list";
}

static int plain_text(struct reader *reader, const config_setting_t *setting, char *text,
		      size_t size)
{
	const char *value = config_setting_get_string(setting);

	if (config_setting_type(setting) != CONFIG_TYPE_STRING || !value)
		return reader_fail(reader, setting, "'%s' must be a text in quotes",
				   label(setting));
	if (value[0] == '\0')
		return reader_fail(reader, setting,
				   "'%s' is empty (\"\"); give it a value or leave it out",
				   label(setting));
	if (strlen(value) >= size)
		return reader_fail(reader, setting,
				   "'%s' is too long ('%.20s...'); at most %zu characters",
				   label(setting), value, size - 1);
	for (const char *at = value; *at; at++)
		if (iscntrl((unsigned char)*at))
			return reader_fail(reader, setting,
					   "'%s' has a control character; remove it",
					   label(setting));
	memcpy(text, value, strlen(value) + 1);
	return 0;
}

static bool names_node(const struct service_config *service, const char *name)
{
	for (unsigned i = 0; i < service->node_count; i++)
		if (strcmp(service->nodes[i], name) == 0)
			return true;
	return false;
}

static int text_per_node(struct reader *reader, const config_setting_t *group, char *text,
			 size_t size, const struct service_config *service)
{
	const char *wanted = reader->node;
	char value[CONFIG_PATH_SIZE];
	int result = 0;

	if (!wanted || !names_node(service, wanted))
		wanted = service->nodes[0];
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *member = config_setting_get_elem(group, (unsigned)i);
		const char *name = config_setting_name(member);

		if (!names_node(service, name))
			result = reader_fail(reader, member,
					     "'%.*s' is not among the nodes of service '%s'; use "
					     "the names in its 'nodes'",
					     SHOWN, name, service->name);
		else if (plain_text(reader, member, value, size) != 0)
			result = -1;
		else if (strcmp(name, wanted) == 0)
			memcpy(text, value, strlen(value) + 1);
	}
	for (unsigned i = 0; i < service->node_count; i++)
		if (!config_setting_get_member(group, service->nodes[i]))
			result = reader_fail(reader, group,
					     "'%s' has no value for node '%s'; add one for every "
					     "node of the service, or write one text for all",
					     label(group), service->nodes[i]);
	return result;
}

int reader_text(struct reader *reader, const config_setting_t *setting, char *text, size_t size,
		const struct service_config *nodes)
{
	if (size > CONFIG_PATH_SIZE)
		size = CONFIG_PATH_SIZE;
	if (nodes && config_setting_is_group(setting))
		return text_per_node(reader, setting, text, size, nodes);
	return plain_text(reader, setting, text, size);
}

void reader_optional_text(struct reader *reader, const config_setting_t *group, const char *key,
			  char *text, size_t size, const struct service_config *nodes)
{
	const config_setting_t *setting = config_setting_get_member(group, key);

	if (setting)
		reader_text(reader, setting, text, size, nodes);
}

int reader_check_name(struct reader *reader, const config_setting_t *setting, const char *name,
		      const char *extra)
{
	for (const char *at = name; *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr(extra, *at))
			return reader_fail(reader, setting,
					   "'%s' has the character '%c' in '%.*s'; allowed are "
					   "letters, digits and %s",
					   label(setting), isprint((unsigned char)*at) ? *at : '?',
					   SHOWN, name, extra);
	return 0;
}

int reader_check_path(struct reader *reader, const config_setting_t *setting, const char *path)
{
	if (path[0] != '/' || strstr(path, "//") || strstr(path, "/../") || strstr(path, "/./"))
		return reader_fail(reader, setting,
				   "'%s' is '%.*s'; give an absolute path without '//', '/./' or "
				   "'/../'",
				   label(setting), SHOWN, path);
	if (strlen(path) > 1 && path[strlen(path) - 1] == '/')
		return reader_fail(reader, setting, "'%s' is '%.*s'; leave out the '/' at its end",
				   label(setting), SHOWN, path);
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
		return reader_fail(reader, setting, "'%s' must be a number, without quotes",
				   label(setting));
	}
}

void reader_seconds(struct reader *reader, const config_setting_t *group, const char *key,
		    double lowest, double highest, uint32_t *milliseconds)
{
	const config_setting_t *setting = config_setting_get_member(group, key);
	double value;

	if (!setting || number(reader, setting, &value) != 0)
		return;
	if (!(value >= lowest && value <= highest)) /* NaN fails too */
		reader_fail(reader, setting, "'%s' is %g; it is in seconds, from %g to %g", key,
			    value, lowest, highest);
	else
		*milliseconds = (uint32_t)lround(value * 1000);
}

void reader_count(struct reader *reader, const config_setting_t *group, const char *key,
		  unsigned lowest, unsigned highest, uint32_t *count)
{
	const config_setting_t *setting = config_setting_get_member(group, key);
	double value;

	if (!setting || number(reader, setting, &value) != 0)
		return;
	if (!(value >= lowest && value <= highest) || value != floor(value))
		reader_fail(reader, setting, "'%s' is %g; it must be a whole number from %u to %u",
			    key, value, lowest, highest);
	else
		*count = (uint32_t)value;
}

void reader_bool(struct reader *reader, const config_setting_t *group, const char *key, bool *value)
{
	const config_setting_t *setting = config_setting_get_member(group, key);

	if (!setting)
		return;
	if (config_setting_type(setting) != CONFIG_TYPE_BOOL)
		reader_fail(reader, setting, "'%s' must be true or false, without quotes", key);
	else
		*value = config_setting_get_bool(setting);
}

/* ---- bytes ---------------------------------------------------------------------------------- */

/* Length of the UTF-8 character at text, 0 if it is none. */
static size_t utf8(const unsigned char *text, size_t left)
{
	size_t length = text[0] < 0x80	 ? 1
			: text[0] < 0xc2 ? 0
			: text[0] < 0xe0 ? 2
			: text[0] < 0xf0 ? 3
			: text[0] < 0xf5 ? 4
					 : 0;

	if (length > left)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	return length;
}

struct scan {
	unsigned line, depth;
	bool quoted, line_start;
	enum { SCAN_CODE, SCAN_LINE_COMMENT, SCAN_BLOCK_COMMENT } place;
};

static int scan_code(struct reader *reader, struct scan *scan, const char *at, size_t left)
{
	char text[160];

	if (scan->line_start && left >= 8 && memcmp(at, "@include", 8) == 0) {
		add_line(reader, scan->line,
			 "'@include' is not allowed; the file must be whole, and the same on "
			 "every node: put everything into it");
		return -1;
	}
	if (strchr("({[", *at) && ++scan->depth > DEPTH) {
		snprintf(text, sizeof(text), "'%c' nests deeper than %d; close what is open", *at,
			 DEPTH);
		add_line(reader, scan->line, text);
		return -1;
	}
	if (strchr(")}]", *at) && scan->depth > 0)
		scan->depth--;
	if (*at == '"')
		scan->quoted = true;
	if (*at == '#' || (left > 1 && at[0] == '/' && at[1] == '/'))
		scan->place = SCAN_LINE_COMMENT;
	if (left > 1 && at[0] == '/' && at[1] == '*')
		scan->place = SCAN_BLOCK_COMMENT;
	return 0;
}

int reader_check_bytes(struct reader *reader, const char *text, size_t size)
{
	struct scan scan = {.line = 1, .line_start = true};

	for (size_t i = 0; i < size; i++) {
		const char *at = text + i;
		size_t length = utf8((const unsigned char *)at, size - i);

		if (*at == '\0' || length == 0) {
			add_line(reader, scan.line,
				 *at ? "a byte here is not UTF-8; save the file as UTF-8"
				     : "a NUL byte is in the file; it is damaged, or no text "
				       "file: restore it");
			return -1;
		}
		if (scan.quoted) {
			scan.quoted = *at != '"';
			if (*at == '\\' && i + 1 < size)
				i++;
		} else if (scan.place == SCAN_CODE) {
			if (scan_code(reader, &scan, at, size - i) != 0)
				return -1;
		} else if (scan.place == SCAN_BLOCK_COMMENT && i > 0 && at[-1] == '*' &&
			   *at == '/') {
			scan.place = SCAN_CODE;
		}
		scan.line_start = *at == '\n' || (scan.line_start && isspace((unsigned char)*at));
		if (*at == '\n') {
			scan.line++;
			if (scan.place == SCAN_LINE_COMMENT)
				scan.place = SCAN_CODE;
		}
		i += length - 1;
	}
	return 0;
}

/* ---- digest --------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t digest, const void *bytes, size_t size)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < size; i++) /* FNV-1a */
		digest = (digest ^ at[i]) * 0x100000001b3;
	return digest;
}

static uint64_t digest_of(const config_setting_t *setting)
{
	const char *name = config_setting_name(setting);
	uint64_t digest = mix(0xcbf29ce484222325, name ? name : "", name ? strlen(name) + 1 : 1);
	uint64_t members = 0;
	double value;

	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_STRING:
		return mix(digest, config_setting_get_string(setting),
			   strlen(config_setting_get_string(setting)) + 1);
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		value = (double)config_setting_get_int64(setting);
		return mix(digest, &value, sizeof(value));
	case CONFIG_TYPE_FLOAT:
		value = config_setting_get_float(setting);
		return mix(digest, &value, sizeof(value));
	case CONFIG_TYPE_BOOL:
		return mix(digest, config_setting_get_bool(setting) ? "true" : "false", 4);
	case CONFIG_TYPE_GROUP: /* the order of keys means nothing */
		for (int i = 0; i < config_setting_length(setting); i++)
			members += digest_of(config_setting_get_elem(setting, (unsigned)i));
		return mix(digest, &members, sizeof(members));
	default: /* lists and arrays: it does */
		for (int i = 0; i < config_setting_length(setting); i++) {
			members = digest_of(config_setting_get_elem(setting, (unsigned)i));
			digest = mix(digest, &members, sizeof(members));
		}
		return digest;
	}
}

void reader_digest(const config_setting_t *root, uint8_t digest[CONFIG_DIGEST_SIZE])
{
	uint64_t value = digest_of(root);

	for (unsigned i = 0; i < CONFIG_DIGEST_SIZE; i++)
		digest[i] = (uint8_t)(value >> (8 * (CONFIG_DIGEST_SIZE - 1 - i)));
}
