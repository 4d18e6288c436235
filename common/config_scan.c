/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config_scan.h"

#include <ctype.h>
#include <string.h>

enum {
	DEPTH = 16,
	/* libconfig compares each setting with its siblings: more than that takes seconds. */
	SETTINGS = 8192,
	SHOWN = 60,
};

struct scan {
	struct reader *reader;
	const char *text, *end;
	unsigned line;
	unsigned settings;
	unsigned depth;
	struct {
		char bracket;
		unsigned line;
	} open[DEPTH];
};

size_t config_scan_character(const char *text, size_t left)
{
	const unsigned char *at = (const unsigned char *)text;
	unsigned char least = 0x80, most = 0xbf;
	size_t length;

	if (left == 0)
		return 0;
	length = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
	if (length == 1)
		return 1;
	if (at[0] < 0xc2 || at[0] > 0xf4 || length > left)
		return 0;
	/* Overlong forms, surrogates, and what lies beyond the last code point. */
	if (at[0] == 0xe0)
		least = 0xa0;
	else if (at[0] == 0xed)
		most = 0x9f;
	else if (at[0] == 0xf0)
		least = 0x90;
	else if (at[0] == 0xf4)
		most = 0x8f;
	if (at[1] < least || at[1] > most)
		return 0;
	for (size_t i = 2; i < length; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	return length;
}

void config_scan_line(const char *text, size_t size, unsigned line, char *copy, size_t copy_size)
{
	const char *at = text, *end = text + size;
	size_t length = 0;

	for (unsigned i = 1; i < line && at < end; i++) {
		const char *next = memchr(at, '\n', (size_t)(end - at));

		at = next ? next + 1 : end;
	}
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	while (at < end && !iscntrl((unsigned char)*at)) {
		size_t step = config_scan_character(at, (size_t)(end - at));

		if (step == 0 || length + step >= copy_size)
			break;
		memcpy(copy + length, at, step);
		length += step;
		at += step;
	}
	while (length > 0 && copy[length - 1] == ' ')
		length--;
	copy[length] = '\0';
}

static int check_byte(const struct scan *scan, const char *at)
{
	struct reader *reader = scan->reader;

	if (*at == '\0')
		return reader_fail_line(reader, scan->line,
					"a NUL byte (0x00) is in the file; it is damaged, or no "
					"text file: restore it");
	if (config_scan_character(at, (size_t)(scan->end - at)) == 0)
		return reader_fail_line(reader, scan->line,
					"the byte 0x%02x is not UTF-8; save the file as UTF-8",
					(unsigned)(unsigned char)*at);
	return 0;
}

/* All that is skipped here is checked and counted on the way. NULL and an error, or its end. */
static const char *skip_line_comment(struct scan *scan, const char *at)
{
	while (at < scan->end && *at != '\n') {
		if (check_byte(scan, at) != 0)
			return NULL;
		at += config_scan_character(at, (size_t)(scan->end - at));
	}
	return at;
}

static const char *skip_block_comment(struct scan *scan, const char *at)
{
	unsigned first = scan->line;

	at += 2;
	while (at < scan->end) {
		if (check_byte(scan, at) != 0)
			return NULL;
		if (at[0] == '*' && at + 1 < scan->end && at[1] == '/')
			return at + 2;
		scan->line += *at == '\n';
		at += config_scan_character(at, (size_t)(scan->end - at));
	}
	reader_fail_line(scan->reader, first,
			 "the comment that begins here with '/*' is never closed; add '*/'");
	return NULL;
}

/*
 * No value has a line end. Were it let pass here, a missing quote would be told where the last
 * text of the file begins, far from it.
 */
static const char *skip_text(struct scan *scan, const char *at)
{
	const char *start = at++;
	char shown[SHOWN];

	while (at < scan->end && *at != '\n') {
		size_t left = (size_t)(scan->end - at);

		if (check_byte(scan, at) != 0)
			return NULL;
		if (*at == '"')
			return at + 1;
		if (left >= 4 && at[0] == '\\' && (at[1] | 0x20) == 'x' && at[2] == '0' &&
		    at[3] == '0') {
			reader_fail_line(scan->reader, scan->line,
					 "'\\x00' is in a text, which would end it there; remove "
					 "it");
			return NULL;
		}
		if (left >= 2 && at[0] == '\\' && (at[1] == '"' || at[1] == '\\'))
			at++;
		at += config_scan_character(at, (size_t)(scan->end - at));
	}
	config_scan_line(start, (size_t)(scan->end - start), 1, shown, sizeof(shown));
	reader_fail_line(scan->reader, scan->line,
			 "a text is not closed in its line ('%s'); add '\"'", shown);
	return NULL;
}

/* Of digits alone: one with an 'L' or a point is kept as it is. */
static bool is_too_large(const char *at, const char *end)
{
	bool hexadecimal = end - at > 2 && at[0] == '0' && (at[1] | 0x20) == 'x';
	uint64_t value = 0;

	for (at += hexadecimal ? 2 : 0; at < end; at++) {
		unsigned char digit = (unsigned char)*at;

		if (hexadecimal ? !isxdigit(digit) : !isdigit(digit))
			return false;
		if (value > INT32_MAX)
			continue;
		value *= hexadecimal ? 16 : 10;
		value += (unsigned)(isdigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
	}
	return value > INT32_MAX;
}

/* libconfig drops the upper half of a number that is too large for it, without a word. */
static const char *skip_word(struct scan *scan, const char *at)
{
	const char *start = at;

	while (at < scan->end &&
	       (isalnum((unsigned char)*at) || *at == '_' || *at == '-' || *at == '.'))
		at++;
	if (!isdigit((unsigned char)*start) || !is_too_large(start, at))
		return at;
	reader_fail_line(scan->reader, scan->line,
			 "the number '%.*s' is too large; it must be %d or less, or a text in "
			 "quotes",
			 (int)(at - start < SHOWN ? at - start : SHOWN), start, INT32_MAX);
	return NULL;
}

static int open_bracket(struct scan *scan, char bracket)
{
	if (scan->depth == DEPTH)
		return reader_fail_line(scan->reader, scan->line,
					"'%c' nests deeper than %d; close what is open", bracket,
					DEPTH);
	scan->open[scan->depth].bracket = bracket;
	scan->open[scan->depth++].line = scan->line;
	return 0;
}

static int close_bracket(struct scan *scan, char bracket)
{
	char wanted = bracket == ')' ? '(' : bracket == ']' ? '[' : '{';

	if (scan->depth == 0)
		return reader_fail_line(scan->reader, scan->line,
					"'%c' closes nothing; remove it, or add the '%c' before it",
					bracket, wanted);
	if (scan->open[--scan->depth].bracket != wanted)
		return reader_fail_line(scan->reader, scan->line,
					"'%c' cannot close the '%c' of line %u; a bracket is "
					"missing or of the wrong kind",
					bracket, scan->open[scan->depth].bracket,
					scan->open[scan->depth].line);
	return 0;
}

/* One character outside texts and comments. */
static int scan_code(struct scan *scan, const char *at)
{
	size_t length = config_scan_character(at, (size_t)(scan->end - at));

	if (length > 1)
		return reader_fail_line(scan->reader, scan->line,
					"'%.*s' is allowed only within texts and comments; use "
					"plain letters and straight quotes (\")",
					(int)length, at);
	switch (*at) {
	case '@':
		return reader_fail_line(scan->reader, scan->line,
					"'@' (@include) is not allowed; the file must be whole, "
					"and the same on every node: put everything into it");
	case '(':
	case '[':
	case '{':
		return open_bracket(scan, *at);
	case ')':
	case ']':
	case '}':
		return close_bracket(scan, *at);
	case '=':
	case ':':
		if (++scan->settings > SETTINGS)
			return reader_fail_line(scan->reader, scan->line,
						"there are more than %d settings; is it the right "
						"file?",
						SETTINGS);
		return 0;
	default:
		return 0;
	}
}

static int check_start(struct scan *scan)
{
	if (scan->text == scan->end)
		return reader_fail_line(scan->reader, 1,
					"the file is empty; copy it from another node, or begin "
					"with the example conf/zcsmgr.conf");
	if (scan->end - scan->text >= 3 && memcmp(scan->text, "\xef\xbb\xbf", 3) == 0)
		return reader_fail_line(scan->reader, 1,
					"the file begins with a byte order mark (0xef 0xbb 0xbf); "
					"save it without");
	return 0;
}

int config_scan(struct reader *reader, const char *text, size_t size)
{
	struct scan scan = {.reader = reader, .text = text, .end = text + size, .line = 1};
	const char *at = text;

	if (check_start(&scan) != 0)
		return -1;
	while (at && at < scan.end) {
		bool pair = at + 1 < scan.end;

		if (check_byte(&scan, at) != 0)
			return -1;
		if (*at == '#' || (pair && at[0] == '/' && at[1] == '/'))
			at = skip_line_comment(&scan, at);
		else if (pair && at[0] == '/' && at[1] == '*')
			at = skip_block_comment(&scan, at);
		else if (*at == '"')
			at = skip_text(&scan, at);
		else if (isalnum((unsigned char)*at))
			at = skip_word(&scan, at);
		else if (scan_code(&scan, at) != 0)
			return -1;
		else
			scan.line += *at++ == '\n';
	}
	if (!at)
		return -1;
	if (scan.depth > 0)
		return reader_fail_line(reader, scan.open[scan.depth - 1].line,
					"the '%c' that opens here is never closed; the file may be "
					"cut short: complete it",
					scan.open[scan.depth - 1].bracket);
	return 0;
}
