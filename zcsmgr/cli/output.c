/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "output.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_LEAST = 60, WIDTH_MOST = 100 };

/* Settled once, from the command line and the terminal. */
static bool colored, errors_colored;
static size_t width = WIDTH_MOST;

static bool wants_color(enum cli_color color, int fd)
{
	const char *no_color = getenv("NO_COLOR");

	if (color != CLI_COLOR_AUTO)
		return color == CLI_COLOR_ALWAYS;
	return isatty(fd) && !(no_color && *no_color);
}

void output_open(enum cli_color color)
{
	struct winsize size;

	colored = wants_color(color, STDOUT_FILENO);
	errors_colored = wants_color(color, STDERR_FILENO);
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		width = size.ws_col < WIDTH_LEAST  ? WIDTH_LEAST
			: size.ws_col > WIDTH_MOST ? WIDTH_MOST
						   : size.ws_col;
}

static bool continues(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80; /* within a UTF-8 character */
}

size_t output_columns(const char *text)
{
	size_t columns = 0;

	for (; *text; text++)
		columns += !continues(*text);
	return columns;
}

static void put(FILE *out, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)text[i];

		fputc(byte < ' ' || byte == 0x7f ? ' ' : byte, out);
	}
}

static const char *begin(FILE *out, enum output_style style)
{
	static const char *const codes[] = {"", "\033[1m", "\033[32m", "\033[33m", "\033[1;31m"};

	return (out == stderr ? errors_colored : colored) ? codes[style] : "";
}

static const char *end(FILE *out, enum output_style style)
{
	bool used = out == stderr ? errors_colored : colored;

	return used && style != OUTPUT_PLAIN ? "\033[0m" : "";
}

void output_text(FILE *out, enum output_style style, const char *text)
{
	fputs(begin(out, style), out);
	put(out, text, strlen(text));
	fputs(end(out, style), out);
}

void output_wrap(FILE *out, enum output_style style, const char *text, size_t at, size_t indent)
{
	bool first = true;

	fputs(begin(out, style), out);
	while (*text) {
		size_t length = strcspn(text, " \n\t"), columns = 0;

		for (size_t i = 0; i < length; i++)
			columns += !continues(text[i]);
		if (!first && at + 1 + columns > width) {
			fprintf(out, "\n%*s", (int)indent, "");
			at = indent;
			first = true;
		}
		if (!first && length > 0) {
			fputc(' ', out);
			at++;
		}
		put(out, text, length);
		at += columns;
		first = first && length == 0;
		text += length;
		text += strspn(text, " \n\t");
	}
	fprintf(out, "%s\n", end(out, style));
}

void output_error(const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	fputs("zcsmgr: ", stderr);
	put(stderr, text, strlen(text));
	fputc('\n', stderr);
}

const char *output_duration(char text[OUTPUT_DURATION_SIZE], double seconds)
{
	/* Also makes what is no number, or beyond all sense, harmless. */
	unsigned long long whole = seconds >= 0 && seconds < 1e15 ? (unsigned long long)seconds : 0;

	if (whole < 10)
		snprintf(text, OUTPUT_DURATION_SIZE, "%.1f s", seconds >= 0 ? seconds : 0.0);
	else if (whole < 60)
		snprintf(text, OUTPUT_DURATION_SIZE, "%llu s", whole);
	else if (whole < 3600)
		snprintf(text, OUTPUT_DURATION_SIZE, "%llu min %llu s", whole / 60, whole % 60);
	else if (whole < 86400)
		snprintf(text, OUTPUT_DURATION_SIZE, "%llu h %llu min", whole / 3600,
			 whole / 60 % 60);
	else
		snprintf(text, OUTPUT_DURATION_SIZE, "%llu d %llu h", whole / 86400,
			 whole / 3600 % 24);
	return text;
}

enum output_style output_level(const char *level)
{
	if (strcmp(level, "error") == 0)
		return OUTPUT_ERROR;
	if (strcmp(level, "warning") == 0)
		return OUTPUT_WARNING;
	return OUTPUT_PLAIN;
}
