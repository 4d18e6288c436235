/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "describe.h"

#include <stdarg.h>
#include <string.h>

#include "field.h"
#include "output.h"
#include "table.h"

enum { NODES_BESIDE = 4 /* so many fit beside each other in 80 columns */ };

__attribute__((format(printf, 3, 4))) static void append(char *text, size_t size,
							 const char *format, ...)
{
	size_t used = strlen(text);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text + used, size - used, format, arguments);
	va_end(arguments);
}

static bool is(const json_t *object, const char *key, const char *text)
{
	return strcmp(field_text(object, key), text) == 0;
}

static const char *or_unknown(const char *text)
{
	return *text ? text : "unknown";
}

/* ---- nodes ---------------------------------------------------------------------------------- */

static const char *presence(const json_t *node)
{
	bool member = field_true(node, "member");

	if (field_true(node, "fencing"))
		return "being fenced";
	if (field_true(node, "fenced"))
		return "fenced: switched off";
	if (field_true(node, "confirmed"))
		return "confirmed down by the operator";
	if (!field_true(node, "present"))
		return member ? "in the cluster, but its daemon is not running" : "absent";
	if (field_true(node, "silent"))
		return "silent: its daemon does not answer";
	if (!field_true(node, "heard"))
		return "present, has not told its state yet";
	return field_true(node, "standby") ? "standby" : "online";
}

const char *describe_node(const json_t *node, char text[DESCRIBE_SIZE])
{
	const char *state = presence(node);

	text[0] = '\0';
	append(text, DESCRIBE_SIZE, "%s", state);
	if (field_true(node, "standby") && strcmp(state, "standby") != 0)
		append(text, DESCRIBE_SIZE, ", in standby");
	if (field_true(node, "present") && field_true(node, "heard") &&
	    !field_true(node, "same_config"))
		append(text, DESCRIBE_SIZE, ", has another zcsmgr.conf");
	return text;
}

static enum output_style node_style(const json_t *node)
{
	bool here = field_true(node, "present") && field_true(node, "heard") &&
		    !field_true(node, "silent");

	if (!here)
		return OUTPUT_ERROR;
	return field_true(node, "standby") || !field_true(node, "same_config") ? OUTPUT_WARNING
									       : OUTPUT_GOOD;
}

static void print_nodes(FILE *out, const json_t *status)
{
	struct table table = {0};
	const json_t *node;
	size_t i;

	table_row(&table);
	table_cell(&table, 0, OUTPUT_BOLD, "Node");
	table_cell(&table, 1, OUTPUT_BOLD, "State");
	table_cell(&table, 2, OUTPUT_BOLD, "For");
	json_array_foreach(json_object_get(status, "nodes"), i, node)
	{
		char text[DESCRIBE_SIZE], since[OUTPUT_DURATION_SIZE];

		table_row(&table);
		table_cell(&table, 0, OUTPUT_PLAIN, "%s%s", field_text(node, "name"),
			   field_true(node, "self") ? " (here)" : "");
		table_cell(&table, 1, node_style(node), "%s", describe_node(node, text));
		table_cell(&table, 2, OUTPUT_PLAIN, "%s",
			   output_duration(since, field_number(node, "since_s")));
	}
	table_print(&table, out, 0);
}

/* ---- the cluster ---------------------------------------------------------------------------- */

bool describe_needs_attention(const json_t *status)
{
	const json_t *attention;
	size_t i;

	json_array_foreach(json_object_get(status, "attention"), i, attention)
	{
		if (is(attention, "level", "warning") || is(attention, "level", "error"))
			return true;
	}
	return false;
}

static void print_attention(FILE *out, const json_t *status)
{
	const json_t *list = json_object_get(status, "attention"), *attention;
	struct table table = {.wrap_last = true};
	size_t i;

	if (json_array_size(list) == 0) {
		output_text(out, OUTPUT_GOOD, "All is as it should be.");
		fputs("\n\n", out);
		return;
	}
	json_array_foreach(list, i, attention)
	{
		const char *level = field_text(attention, "level");
		enum output_style style = output_level(level);

		table_row(&table);
		table_cell(&table, 0, style, "%s", level);
		table_cell(&table, 1, style, "%s", field_text(attention, "text"));
	}
	table_print(&table, out, 0);
	fputc('\n', out);
}

static const char *mode_words(const json_t *status)
{
	return is(status, "mode", "third-vote") ? "third vote"
						: or_unknown(field_text(status, "mode"));
}

static void print_cluster(FILE *out, const json_t *status)
{
	const char *name = or_unknown(field_text(status, "cluster")), *contact;
	bool connected = field_true(status, "connected"), quorate = field_true(status, "quorate");
	char text[512] = "";

	contact = !connected ? "no contact with corosync" : quorate ? "quorate" : "not quorate";
	if (connected && !field_true(status, "settled"))
		append(text, sizeof(text), ", nodes still exchange their states");
	if (connected)
		append(text, sizeof(text), ", ring %s", or_unknown(field_text(status, "ring")));
	append(text, sizeof(text), ", %s mode, seen from %s", mode_words(status),
	       or_unknown(field_text(status, "node")));
	output_text(out, OUTPUT_BOLD, "Cluster ");
	output_text(out, OUTPUT_BOLD, name);
	fputs(", ", out);
	output_text(out, connected && quorate ? OUTPUT_GOOD : OUTPUT_ERROR, contact);
	output_wrap(out, OUTPUT_PLAIN, text, 10 + output_columns(name) + output_columns(contact),
		    8);
	fputc('\n', out);
}

/* ---- a service ------------------------------------------------------------------------------ */

/* "active on astapor", "starting on braavos, step filesystem", "being probed" */
static void phase_words(const json_t *object, const char *node, char text[DESCRIBE_SIZE])
{
	const char *phase = or_unknown(field_text(object, "phase"));
	const char *step = field_text(object, "step");

	text[0] = '\0';
	append(text, DESCRIBE_SIZE, "%s%s%s",
	       strcmp(phase, "unknown") == 0 ? "being probed" : phase, *node ? " on " : "", node);
	if (*step)
		append(text, DESCRIBE_SIZE, ", step %s", step);
}

static enum output_style phase_style(const json_t *service)
{
	if (is(service, "phase", "active"))
		return OUTPUT_GOOD;
	return is(service, "phase", "stopped") && !field_true(service, "stopped") ? OUTPUT_ERROR
										  : OUTPUT_WARNING;
}

static void print_heading(FILE *out, const json_t *service)
{
	const char *name = field_text(service, "name"), *holder = field_text(service, "holder");
	const char *target = field_text(service, "target");
	size_t at;
	char text[DESCRIBE_SIZE], since[OUTPUT_DURATION_SIZE];
	double failures = field_number(service, "failures");

	phase_words(service, holder, text);
	if (is(service, "phase", "stopped"))
		snprintf(text, sizeof(text), "%s",
			 field_true(service, "stopped") ? "stopped by the operator"
							: "not running");
	/* A holder is unknown only while it is absent. */
	if (is(service, "phase", "unknown") && *holder)
		snprintf(text, sizeof(text), "%s held it when contact was lost", holder);
	output_text(out, OUTPUT_BOLD, name);
	fputs(": ", out);
	output_text(out, phase_style(service), text);
	at = output_columns(name) + 2 + output_columns(text);
	snprintf(text, sizeof(text), ", for %s",
		 output_duration(since, field_number(service, "since_s")));
	if (*target && strcmp(target, holder) != 0)
		append(text, sizeof(text), ", moves to %s", target);
	if (field_true(service, "maintenance"))
		append(text, sizeof(text), ", in maintenance");
	if (failures > 0)
		append(text, sizeof(text), ", %.0f failure%s here", failures,
		       failures > 1 ? "s" : "");
	output_wrap(out, OUTPUT_PLAIN, text, at, 4);
}

static void print_reasons(FILE *out, const json_t *service)
{
	const json_t *why;
	size_t i;

	json_array_foreach(json_object_get(service, "why"), i, why)
	{
		const char *detail = field_text(why, "detail");

		fputs("  ", out);
		output_wrap(out, output_level(field_text(why, "level")), field_text(why, "text"), 2,
			    4);
		if (*detail) {
			fputs("    ", out);
			output_wrap(out, OUTPUT_PLAIN, detail, 4, 4);
		}
	}
}

void describe_why(FILE *out, const json_t *service)
{
	print_heading(out, service);
	print_reasons(out, service);
}

static void print_resources(FILE *out, const json_t *service, const char *node)
{
	struct table table = {.wrap_last = true};
	const json_t *resource;
	size_t i;

	table_row(&table);
	table_cell(&table, 0, OUTPUT_BOLD, "Resource");
	table_cell(&table, 1, OUTPUT_BOLD, "Type");
	table_cell(&table, 2, OUTPUT_BOLD, "On %s", node);
	table_cell(&table, 3, OUTPUT_PLAIN, "%s", "");
	json_array_foreach(json_object_get(service, "resources"), i, resource)
	{
		const char *state = field_text(resource, "state");
		enum output_style style = strcmp(state, "up") == 0	 ? OUTPUT_GOOD
					  : strcmp(state, "failed") == 0 ? OUTPUT_ERROR
					  : strcmp(state, "down") == 0	 ? OUTPUT_PLAIN
									 : OUTPUT_WARNING;

		table_row(&table);
		table_cell(&table, 0, OUTPUT_PLAIN, "%s", field_text(resource, "name"));
		table_cell(&table, 1, OUTPUT_PLAIN, "%s", field_text(resource, "type"));
		table_cell(&table, 2, style, "%s", or_unknown(state));
		table_cell(&table, 3, OUTPUT_PLAIN, "%s", field_text(resource, "detail"));
	}
	table_print(&table, out, 2);
}

/* ---- storage, side by side ------------------------------------------------------------------- */

struct row {
	const char *label;
	/* Writes the cell of a node; false: nothing to tell, and a row of nothing is left out. */
	bool (*tell)(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style);
};

static bool tell_phase(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style)
{
	if (!*field_text(node, "phase"))
		return false;
	phase_words(node, "", text);
	if (is(node, "phase", "active"))
		*style = OUTPUT_GOOD;
	return true;
}

static bool tell_barred(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style)
{
	if (!field_true(node, "barred"))
		return false;
	append(text, DESCRIBE_SIZE, "failed too often");
	*style = OUTPUT_WARNING;
	return true;
}

static bool tell_storage(const json_t *node, const char *key, const char *good,
			 char text[DESCRIBE_SIZE], enum output_style *style)
{
	const json_t *storage = json_object_get(node, "storage");

	if (!json_is_object(storage))
		return false;
	append(text, DESCRIBE_SIZE, "%s", or_unknown(field_text(storage, key)));
	if (good)
		*style = strcmp(text, good) == 0 ? OUTPUT_GOOD : OUTPUT_WARNING;
	return true;
}

static bool tell_role(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style)
{
	return tell_storage(node, "role", NULL, text, style);
}

static bool tell_disk(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style)
{
	return tell_storage(node, "disk", "UpToDate", text, style);
}

static bool tell_link(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style)
{
	return tell_storage(node, "link", "Connected", text, style);
}

static bool tell_copy(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style)
{
	bool current = field_true(node, "current");

	if (!json_is_object(json_object_get(node, "storage")))
		return false;
	append(text, DESCRIBE_SIZE, "%s", current ? "current" : "may lack writes");
	*style = current ? OUTPUT_GOOD : OUTPUT_WARNING;
	return true;
}

/* What it sees of the other side, which may be unable to tell. */
static bool tell_peer(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style)
{
	const json_t *storage = json_object_get(node, "storage");

	(void)style;
	if (!json_is_object(storage))
		return false;
	if (is(storage, "peer_role", "Unknown") && is(storage, "peer_disk", "DUnknown"))
		append(text, DESCRIBE_SIZE, "unknown");
	else
		append(text, DESCRIBE_SIZE, "%s, %s", or_unknown(field_text(storage, "peer_role")),
		       or_unknown(field_text(storage, "peer_disk")));
	return true;
}

static bool tell_sync(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style)
{
	const json_t *storage = json_object_get(node, "storage");

	if (!field_true(storage, "syncing"))
		return false;
	append(text, DESCRIBE_SIZE, "%.0f %% done", field_number(storage, "percent"));
	*style = OUTPUT_WARNING;
	return true;
}

static bool tell_frozen(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style)
{
	if (!field_true(json_object_get(node, "storage"), "suspended"))
		return false;
	append(text, DESCRIBE_SIZE, "frozen");
	*style = OUTPUT_ERROR;
	return true;
}

static bool tell_split(const json_t *node, char text[DESCRIBE_SIZE], enum output_style *style)
{
	if (!field_true(json_object_get(node, "storage"), "split_brain"))
		return false;
	append(text, DESCRIBE_SIZE, "yes");
	*style = OUTPUT_ERROR;
	return true;
}

static const struct row rows[] = {
	{"Service", tell_phase},     {"Barred", tell_barred}, {"Role", tell_role},
	{"Disk", tell_disk},	     {"Link", tell_link},     {"Copy", tell_copy},
	{"Peer", tell_peer},	     {"Resync", tell_sync},   {"Writes", tell_frozen},
	{"Split brain", tell_split},
};

static void add_row(struct table *table, const struct row *row, const json_t *nodes, size_t from)
{
	bool told = false;

	table_row(table);
	table_cell(table, 0, OUTPUT_PLAIN, "%s", row->label);
	for (size_t i = from; i < from + NODES_BESIDE && i < json_array_size(nodes); i++) {
		char text[DESCRIBE_SIZE] = "";
		enum output_style style = OUTPUT_PLAIN;

		if (row->tell(json_array_get(nodes, i), text, &style))
			told = true;
		else
			snprintf(text, sizeof(text), "-");
		table_cell(table, (unsigned)(i - from) + 1, style, "%s", text);
	}
	if (!told)
		table->rows--;
}

/* What an absent node told is history, and must not look like the present. */
static void add_sides(struct table *table, const json_t *status, const json_t *nodes, size_t from)
{
	table_row(table);
	table_cell(table, 0, OUTPUT_BOLD, "Each side");
	for (size_t i = from; i < from + NODES_BESIDE && i < json_array_size(nodes); i++) {
		const char *name = field_text(json_array_get(nodes, i), "name");
		const json_t *node = field_find_name(json_object_get(status, "nodes"), name);

		table_cell(table, (unsigned)(i - from) + 1, OUTPUT_BOLD, "%s%s", name,
			   field_true(node, "present") || field_true(node, "self")
				   ? ""
				   : " (last told)");
	}
}

static void print_sides(FILE *out, const json_t *status, const json_t *service)
{
	const json_t *nodes = json_object_get(service, "nodes");

	for (size_t from = 0; from < json_array_size(nodes); from += NODES_BESIDE) {
		struct table table = {0};

		add_sides(&table, status, nodes, from);
		for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			add_row(&table, &rows[i], nodes, from);
		fputc('\n', out);
		table_print(&table, out, 2);
	}
}

/* ---- all ------------------------------------------------------------------------------------ */

void describe_status(FILE *out, const json_t *status)
{
	const json_t *service;
	size_t i;

	print_attention(out, status);
	print_cluster(out, status);
	print_nodes(out, status);
	json_array_foreach(json_object_get(status, "services"), i, service)
	{
		fputc('\n', out);
		describe_why(out, service);
		fputc('\n', out);
		print_resources(out, service, or_unknown(field_text(status, "node")));
		print_sides(out, status, service);
	}
}

/* ---- for confirm-down ----------------------------------------------------------------------- */

const char *describe_copies(const json_t *status, const json_t *service, const char *other,
			    char text[DESCRIBE_SIZE])
{
	const json_t *nodes = json_object_get(service, "nodes");
	const json_t *here = field_find_name(nodes, field_text(status, "node"));
	const json_t *own = json_object_get(here, "storage");
	const json_t *theirs = json_object_get(field_find_name(nodes, other), "storage");

	text[0] = '\0';
	if (json_is_object(own))
		append(text, DESCRIBE_SIZE, "the disk here is %s, its copy %s; link %s",
		       or_unknown(field_text(own, "disk")),
		       field_true(here, "current")
			       ? "is current"
			       : "may lack writes, which --accept-loss would lose",
		       or_unknown(field_text(own, "link")));
	else
		append(text, DESCRIBE_SIZE, "nothing is known of the disk here");
	if (json_is_object(theirs))
		append(text, DESCRIBE_SIZE, "; %s told last: %s, %s", other,
		       or_unknown(field_text(theirs, "role")),
		       or_unknown(field_text(theirs, "disk")));
	return text;
}
