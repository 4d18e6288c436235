/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text for people: colour, width, lengths of time. What comes from elsewhere is made harmless. */
#ifndef ZCSMGR_CLI_OUTPUT_H
#define ZCSMGR_CLI_OUTPUT_H

#include <stddef.h>
#include <stdio.h>

#include "cli.h"

enum output_style {
	OUTPUT_PLAIN,
	OUTPUT_BOLD,
	OUTPUT_GOOD,
	OUTPUT_WARNING,
	OUTPUT_ERROR,
};

void output_open(enum cli_color color);

/* Characters of text, as a terminal counts them. */
size_t output_columns(const char *text);

/*
 * Writes the text in a style. Control characters become spaces: what a driver or another machine
 * said cannot steer the terminal or break a line.
 */
void output_text(FILE *out, enum output_style style, const char *text);

/* The same in lines of at most the output's width, all but the first indented by so many. The
   cursor is at column `at` before. Ends the line. */
void output_wrap(FILE *out, enum output_style style, const char *text, size_t at, size_t indent);

/* "zcsmgr: ..." on standard error. */
void output_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

enum { OUTPUT_DURATION_SIZE = 32 };

/* "0.4 s", "12 s", "3 min 20 s", "2 h 13 min", "5 d 3 h"; returns text. */
const char *output_duration(char text[OUTPUT_DURATION_SIZE], double seconds);

/* Of a level ("info", "notice", "warning", "error"). */
enum output_style output_level(const char *level);

#endif
