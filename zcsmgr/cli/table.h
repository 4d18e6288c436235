/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Text in columns that align. The texts are copied and stay short of a line. */
#ifndef ZCSMGR_CLI_TABLE_H
#define ZCSMGR_CLI_TABLE_H

#include "output.h"

enum { TABLE_COLUMNS = 8, TABLE_ROWS = 64, TABLE_CELL_SIZE = 160 };

struct table {
	unsigned columns, rows;
	bool wrap_last; /* the last column is prose: wrapped, not measured */
	struct {
		char text[TABLE_CELL_SIZE];
		enum output_style style;
	} cells[TABLE_ROWS][TABLE_COLUMNS];
};

/* Adds a row of empty cells; beyond the last the last one is reused. */
void table_row(struct table *table);
/* Writes a cell of the latest row. */
void table_cell(struct table *table, unsigned column, enum output_style style, const char *format,
		...) __attribute__((format(printf, 4, 5)));
/* Prints all rows, each indented by so much. */
void table_print(const struct table *table, FILE *out, unsigned indent);

#endif
