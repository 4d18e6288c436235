/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "table.h"

#include <stdarg.h>
#include <string.h>

enum { GAP = 2 };

void table_row(struct table *table)
{
	if (table->rows < TABLE_ROWS)
		table->rows++;
	for (unsigned i = 0; i < TABLE_COLUMNS; i++)
		table->cells[table->rows - 1][i].text[0] = '\0';
}

void table_cell(struct table *table, unsigned column, enum output_style style, const char *format,
		...)
{
	va_list arguments;

	if (table->rows == 0 || column >= TABLE_COLUMNS)
		return;
	va_start(arguments, format);
	vsnprintf(table->cells[table->rows - 1][column].text, TABLE_CELL_SIZE, format, arguments);
	va_end(arguments);
	table->cells[table->rows - 1][column].style = style;
	if (column >= table->columns)
		table->columns = column + 1;
}

static size_t widest(const struct table *table, unsigned column)
{
	size_t most = 0;

	for (unsigned row = 0; row < table->rows; row++) {
		size_t columns = output_columns(table->cells[row][column].text);

		if (columns > most)
			most = columns;
	}
	return most;
}

static void print_row(const struct table *table, FILE *out, unsigned row, const size_t *widths,
		      unsigned indent)
{
	unsigned last = table->columns;
	size_t at = indent;

	/* No spaces at the end of a line. */
	while (last > 0 && table->cells[row][last - 1].text[0] == '\0')
		last--;
	fprintf(out, "%*s", last > 0 ? (int)indent : 0, "");
	for (unsigned i = 0; i < last; i++) {
		const char *text = table->cells[row][i].text;
		size_t pad = widths[i] + GAP - output_columns(text);

		if (table->wrap_last && i == table->columns - 1) {
			output_wrap(out, table->cells[row][i].style, text, at, at);
			return;
		}
		output_text(out, table->cells[row][i].style, text);
		if (i + 1 < last)
			fprintf(out, "%*s", (int)pad, "");
		at += widths[i] + GAP;
	}
	fputc('\n', out);
}

void table_print(const struct table *table, FILE *out, unsigned indent)
{
	size_t widths[TABLE_COLUMNS] = {0};

	for (unsigned i = 0; i < table->columns; i++)
		widths[i] = table->wrap_last && i == table->columns - 1 ? 0 : widest(table, i);
	for (unsigned row = 0; row < table->rows; row++)
		print_row(table, out, row, widths, indent);
}
