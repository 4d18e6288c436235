/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reading a scenario file: bounded, line by line, every error with its line and what is allowed. */
#include "scenario.h"

#include "names.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 24, WORD_SIZE = 64, LINE_SIZE = 256 };

struct reader {
	const char *name;
	struct scenario *scenario;
	struct scenario_error *error;
	/* The caller's: that of the file is passed over, and its first service is his first. */
	bool own_config;
	char aliases[CONFIG_SERVICES][CONFIG_NAME_SIZE];
	unsigned alias_count;
	bool named; /* the file names its services; else it has one, "mail" */
	bool begun; /* a statement of the story was read: the cluster is fixed */
	unsigned line;
	unsigned count, at;
	char words[WORDS][WORD_SIZE];
	bool failed;
};

static void refuse(struct reader *reader, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void refuse(struct reader *reader, const char *format, ...)
{
	size_t length;
	va_list arguments;

	if (reader->failed)
		return;
	reader->failed = true;
	snprintf(reader->error->text, sizeof(reader->error->text), "%s:%u: ", reader->name,
		 reader->line);
	length = strlen(reader->error->text);
	va_start(arguments, format);
	vsnprintf(reader->error->text + length, sizeof(reader->error->text) - length, format,
		  arguments);
	va_end(arguments);
}

/* ---- words ----------------------------------------------------------------------------------- */

static void split(struct reader *reader, const char *line)
{
	reader->count = reader->at = 0;
	while (*line && *line != '#') {
		size_t length = 0;

		if (isspace((unsigned char)*line)) {
			line++;
			continue;
		}
		while (line[length] && !isspace((unsigned char)line[length]))
			length++;
		if (reader->count == WORDS || length >= WORD_SIZE) {
			refuse(reader, "too long; at most %d words of less than %d letters", WORDS,
			       WORD_SIZE);
			return;
		}
		memcpy(reader->words[reader->count], line, length);
		reader->words[reader->count++][length] = '\0';
		line += length;
	}
}

static const char *peek(const struct reader *reader)
{
	return reader->at < reader->count ? reader->words[reader->at] : NULL;
}

static bool take(struct reader *reader, const char *word)
{
	if (!peek(reader) || strcmp(peek(reader), word) != 0)
		return false;
	reader->at++;
	return true;
}

static const char *next(struct reader *reader, const char *what)
{
	if (!peek(reader)) {
		refuse(reader, "%s is missing", what);
		return "";
	}
	return reader->words[reader->at++];
}

static uint64_t read_number(struct reader *reader, const char *what, uint64_t limit)
{
	const char *word = next(reader, what);
	char *end;
	unsigned long long value = strtoull(word, &end, 10);

	if (reader->failed)
		return 0;
	if (!isdigit((unsigned char)word[0]) || *end || value > limit) {
		refuse(reader, "'%s' is no %s; allowed: 0 to %llu", word, what,
		       (unsigned long long)limit);
		return 0;
	}
	return value;
}

static uint64_t parse_time(struct reader *reader, const char *word)
{
	static const struct {
		const char *unit;
		double ms;
	} units[] = {{"ms", 1}, {"s", 1000}, {"m", 60000}, {"h", 3600000}};
	char *end;
	double value = strtod(word, &end);

	if (isdigit((unsigned char)word[0])) {
		if (value == 0 && *end == '\0')
			return 0;
		for (unsigned i = 0; i < sizeof(units) / sizeof(units[0]); i++)
			if (strcmp(end, units[i].unit) == 0 && value * units[i].ms <= 1e10)
				return (uint64_t)(value * units[i].ms + 0.5);
	}
	refuse(reader, "'%s' is no time; allowed: a number and ms, s, m or h", word);
	return 0;
}

static uint64_t read_time(struct reader *reader)
{
	const char *word = next(reader, "a time");

	return reader->failed ? 0 : parse_time(reader, word);
}

/* ---- names ----------------------------------------------------------------------------------- */

static int find_node(const struct reader *reader, const char *word)
{
	const struct sim_cluster *cluster = &reader->scenario->cluster;
	char *end;
	unsigned long number = strtoul(word, &end, 10);

	for (unsigned i = 0; i < cluster->node_count; i++)
		if (strcmp(cluster->names[i], word) == 0)
			return (int)i;
	if (reader->own_config && strncmp(word, "node", 4) == 0)
		number = strtoul(word += 4, &end, 10);
	if (isdigit((unsigned char)word[0]) && !*end && number >= 1 &&
	    number <= cluster->node_count)
		return (int)number - 1;
	return CORE_NONE;
}

static int read_node(struct reader *reader)
{
	const char *word = next(reader, "a node");
	int node = find_node(reader, word);

	if (node == CORE_NONE && !reader->failed)
		refuse(reader, "there is no node '%s'; allowed: 1 to %u, or their names", word,
		       reader->scenario->cluster.node_count);
	return node;
}

static int read_service(struct reader *reader)
{
	const char *word = next(reader, "a service");
	const struct config *config = reader->scenario->config;
	char *end;
	unsigned long number = strtoul(word, &end, 10);

	for (unsigned i = 0; i < config->service_count; i++)
		if (strcmp(config->services[i].name, word) == 0)
			return (int)i;
	for (unsigned i = 0; i < reader->alias_count && i < config->service_count; i++)
		if (strcmp(reader->aliases[i], word) == 0)
			return (int)i;
	if (isdigit((unsigned char)word[0]) && !*end && number >= 1 &&
	    number <= config->service_count)
		return (int)number - 1;
	refuse(reader, "there is no service '%s'; allowed: 1 to %u, or their names", word,
	       config->service_count);
	return 0;
}

static int read_resource(struct reader *reader, int service)
{
	const char *word = next(reader, "a resource");
	const struct service_config *config = &reader->scenario->config->services[service];

	for (unsigned i = 0; i < config->resource_count; i++)
		if (strcmp(config->resources[i].name, word) == 0 ||
		    strcmp(config_resource_type_name(config->resources[i].type), word) == 0)
			return (int)i;
	refuse(reader, "service '%s' has no resource '%s'", config->name, word);
	return 0;
}

static bool read_flag(struct reader *reader)
{
	const char *word = next(reader, "on or off");

	if (strcmp(word, "on") != 0 && strcmp(word, "off") != 0)
		refuse(reader, "'%s' is neither on nor off", word);
	return strcmp(word, "on") == 0;
}

static enum reason_code read_code(struct reader *reader)
{
	const char *word = next(reader, "a reason code");

	for (int i = 1; i < REASON_COUNT; i++)
		if (strcmp(names_reason_code((enum reason_code)i), word) == 0)
			return (enum reason_code)i;
	refuse(reader, "there is no reason '%s'", word);
	return REASON_NONE;
}

/* ---- the cluster ----------------------------------------------------------------------------- */

static void read_nodes(struct reader *reader)
{
	struct sim_cluster *cluster = &reader->scenario->cluster;
	bool numbered = reader->count == 2 && isdigit((unsigned char)reader->words[1][0]);
	unsigned count = numbered ? (unsigned)read_number(reader, "number of nodes", SIM_NODES)
				  : reader->count - 1;

	if (count < 1 || count > SIM_NODES) {
		refuse(reader, "%u nodes are too few or too many; allowed: 1 to %d", count,
		       SIM_NODES);
		return;
	}
	if (reader->own_config) {
		/* More than the services name: voters without storage. */
		reader->at = reader->count;
		for (; cluster->node_count < count; cluster->node_count++)
			snprintf(cluster->names[cluster->node_count], CONFIG_NAME_SIZE, "voter%u",
				 cluster->node_count + 1);
		return;
	}
	cluster->node_count = count;
	for (unsigned i = 0; i < count; i++) {
		if (numbered)
			snprintf(cluster->names[i], CONFIG_NAME_SIZE, "node%u", i + 1);
		else
			snprintf(cluster->names[i], CONFIG_NAME_SIZE, "%s", next(reader, "a node"));
	}
}

static void read_quorum(struct reader *reader)
{
	struct sim_cluster *cluster = &reader->scenario->cluster;

	if (take(reader, "two_node"))
		cluster->quorum = SIM_TWO_NODE;
	else if (take(reader, "majority"))
		cluster->quorum = SIM_MAJORITY;
	else if (take(reader, "qdevice"))
		cluster->quorum = SIM_QDEVICE;
	else
		refuse(reader, "allowed: two_node, majority, qdevice");
	cluster->wait_for_all = take(reader, "wait_for_all");
}

static void read_service_line(struct reader *reader)
{
	struct config *config = reader->scenario->config;
	unsigned index = config->service_count;
	struct service_config *service;

	if (index == CONFIG_SERVICES) {
		refuse(reader, "too many services; at most %d", CONFIG_SERVICES);
		return;
	}
	scenario_fill_service(config, &reader->scenario->cluster, index, next(reader, "a name"));
	service = &config->services[index];
	config->service_count++;
	while (peek(reader) && !reader->failed) {
		if (take(reader, "failback")) {
			service->failback = true;
		} else if (take(reader, "restarts")) {
			service->restart_limit = (uint32_t)read_number(reader, "number", 100);
		} else if (take(reader, "without")) {
			int resource = read_resource(reader, (int)index);

			memmove(&service->resources[resource], &service->resources[resource + 1],
				(service->resource_count - 1 - (unsigned)resource) *
					sizeof(service->resources[0]));
			service->resource_count--;
		} else if (take(reader, "nodes")) {
			service->node_count = 0;
			while (peek(reader) && find_node(reader, peek(reader)) != CORE_NONE &&
			       service->node_count < CONFIG_NODES)
				snprintf(service->nodes[service->node_count++], CONFIG_NAME_SIZE,
					 "%s", reader->scenario->cluster.names[read_node(reader)]);
			if (service->node_count == 0)
				refuse(reader, "no node of the service is named");
		} else {
			refuse(reader,
			       "'%s'; allowed: nodes, without RESOURCE, restarts N, failback",
			       peek(reader));
		}
	}
}

static void read_fencing(struct reader *reader)
{
	struct config *config = reader->scenario->config;
	const struct sim_cluster *cluster = &reader->scenario->cluster;

	config->fencing_count = 0;
	if (take(reader, "none"))
		return;
	if (!take(reader, "all")) {
		refuse(reader, "allowed: all, none");
		return;
	}
	for (unsigned i = 0; i < cluster->node_count && i < CONFIG_NODES; i++) {
		struct fencing_config *fencing = &config->fencing[config->fencing_count++];

		memset(fencing, 0, sizeof(*fencing));
		memcpy(fencing->node, cluster->names[i], CONFIG_NAME_SIZE);
		snprintf(fencing->agent, sizeof(fencing->agent), "fence_simulated");
		fencing->timeout_ms = 60000;
		fencing->power_on = !(peek(reader) && strcmp(peek(reader), "off") == 0);
	}
	take(reader, "off");
}

static void read_watchdog(struct reader *reader)
{
	struct config *config = reader->scenario->config;

	config->watchdog_set = true;
	config->watchdog_timeout_ms = (uint32_t)read_time(reader);
	config->watchdog_lease_ms = 10000;
	if (take(reader, "lease"))
		config->watchdog_lease_ms = (uint32_t)read_time(reader);
}

struct line {
	const char *word;
	void (*read)(struct reader *reader);
};

static void read_drbd(struct reader *reader)
{
	if (take(reader, "stonith"))
		reader->scenario->cluster.drbd_fencing = SIM_DRBD_STONITH;
	else if (take(reader, "dont-care"))
		reader->scenario->cluster.drbd_fencing = SIM_DRBD_DONT_CARE;
	else
		refuse(reader, "allowed: stonith, dont-care");
}

static void read_token(struct reader *reader)
{
	reader->scenario->cluster.token_ms = (uint32_t)read_time(reader);
	reader->scenario->cluster.consensus_ms = reader->scenario->cluster.token_ms * 6 / 5;
}

static void read_sync_timeout(struct reader *reader)
{
	reader->scenario->cluster.sync_timeout_ms = (uint32_t)read_time(reader);
	if (reader->scenario->cluster.sync_timeout_ms == 0)
		refuse(reader, "the time must not be 0");
}

static void read_fencing_delay(struct reader *reader)
{
	reader->scenario->config->fencing_delay_ms = (uint32_t)read_time(reader);
}

static void read_seed(struct reader *reader)
{
	reader->scenario->seed = read_number(reader, "seed", UINT64_MAX);
}

/* What the caller's configuration says instead; only the name of a service is of use. */
static void pass_over(struct reader *reader)
{
	if (strcmp(reader->words[0], "service") == 0 && peek(reader)) {
		if (reader->alias_count == 1 && !reader->named)
			reader->alias_count = 0;
		reader->named = true;
		if (reader->alias_count < CONFIG_SERVICES)
			strncpy(reader->aliases[reader->alias_count++], peek(reader),
				CONFIG_NAME_SIZE - 1);
	}
	reader->at = reader->count;
}

/* True: it was one. */
static bool read_cluster_line(struct reader *reader)
{
	static const struct {
		const char *word;
		void (*read)(struct reader *reader);
		bool of_config;
	} lines[] = {
		{"nodes", read_nodes, false},
		{"quorum", read_quorum, false},
		{"drbd", read_drbd, false},
		{"token", read_token, false},
		{"sync-timeout", read_sync_timeout, false},
		{"seed", read_seed, false},
		{"service", read_service_line, true},
		{"fencing", read_fencing, true},
		{"fencing-delay", read_fencing_delay, true},
		{"watchdog", read_watchdog, true},
	};

	for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		if (!take(reader, lines[i].word))
			continue;
		if (reader->begun)
			refuse(reader, "'%s' must stand before the story begins", lines[i].word);
		else if (lines[i].of_config && reader->own_config)
			pass_over(reader);
		else
			lines[i].read(reader);
		return true;
	}
	return false;
}

/* ---- actions --------------------------------------------------------------------------------- */

static void read_argument(struct reader *reader, char kind, struct sim_action *action)
{
	switch (kind) {
	case 'n':
		action->node = read_node(reader);
		break;
	case 'm':
		action->other = read_node(reader);
		break;
	case 's':
		action->service = read_service(reader);
		break;
	case 'r':
		action->resource = read_resource(reader, action->service);
		break;
	case 'o': {
		const char *word = next(reader, "an operation");

		for (int i = OPERATION_PROBE; i <= OPERATION_RESUME; i++)
			if (strcmp(names_operation((enum operation)i), word) == 0) {
				action->operation = (enum operation)i;
				return;
			}
		refuse(reader,
		       "'%s' is no operation; allowed: probe, start, stop, detect, "
		       "outdate, resume",
		       word);
		break;
	}
	case 'e': {
		const char *word = next(reader, "an end");

		for (int i = 0; i < SIM_END_WELL; i++)
			if (strcmp(scenario_end((enum sim_end)i), word) == 0) {
				action->end = (enum sim_end)i;
				return;
			}
		refuse(reader, "'%s'; allowed: fails, half, hangs, sticks, lies, slow, foreign",
		       word);
		break;
	}
	case 'N':
	case 'V':
		action->number = read_number(reader, "number", 100000000);
		break;
	case 't':
		action->number = read_time(reader);
		break;
	case 'b':
		action->flag = read_flag(reader);
		break;
	default:
		break;
	}
}

static const struct sim_action no_action = {
	.node = CORE_NONE, .other = CORE_NONE, .service = CORE_NONE, .resource = CORE_NONE};

static void read_arguments(struct reader *reader, struct sim_action *action)
{
	bool optional = false;

	for (const char *kind = scenario_arguments(action->verb); *kind; kind++) {
		if (*kind == '[')
			optional = true;
		else if (*kind != ' ' && *kind != ']' && (!optional || peek(reader)))
			read_argument(reader, *kind, action);
	}
}

static bool read_action(struct reader *reader, struct sim_action *action)
{
	int at = CORE_NONE;

	*action = no_action;
	if (take(reader, "on"))
		at = read_node(reader);
	for (int i = 0; i < SIM_VERBS && !reader->failed; i++) {
		if (!take(reader, scenario_verb((enum sim_verb)i)))
			continue;
		action->verb = (enum sim_verb)i;
		if (scenario_is_command(action->verb))
			action->node = at;
		else if (at != CORE_NONE)
			refuse(reader, "'on' belongs to an operator's command only");
		read_arguments(reader, action);
		return true;
	}
	return false;
}

/* ---- conditions ------------------------------------------------------------------------------ */

static void read_times(struct reader *reader, struct scenario_condition *condition)
{
	condition->times = -1;
	if (take(reader, "times"))
		condition->times = (int64_t)read_number(reader, "number of times", 1000000);
}

static void read_answer(struct reader *reader, struct scenario_condition *condition)
{
	static const char *const results[] = {
		[CORE_DONE] = "done", [CORE_REFUSED] = "refused", [CORE_UNSUCCESSFUL] = "failed"};
	const char *word = next(reader, "an answer");

	condition->result = -1;
	for (int i = 0; i < 3; i++)
		if (strcmp(word, results[i]) == 0)
			condition->result = i;
	if (condition->result < 0)
		refuse(reader, "'%s' is no answer; allowed: done, refused, failed", word);
	if (peek(reader))
		condition->code = read_code(reader);
}

static void read_condition(struct reader *reader, struct scenario_condition *condition)
{
	memset(condition, 0, sizeof(*condition));
	condition->node = CORE_NONE;
	condition->negated = take(reader, "not");
	if (take(reader, "active")) {
		condition->what = WHAT_ACTIVE;
		condition->service = read_service(reader);
		if (peek(reader))
			condition->node = read_node(reader);
	} else if (take(reader, "stopped")) {
		condition->what = WHAT_STOPPED;
		condition->service = read_service(reader);
	} else if (take(reader, "up")) {
		condition->what = WHAT_UP;
		condition->service = read_service(reader);
		condition->resource = read_resource(reader, condition->service);
		condition->node = read_node(reader);
	} else if (take(reader, "power")) {
		condition->what = WHAT_POWER;
		condition->node = read_node(reader);
	} else if (take(reader, "saw")) {
		condition->what = WHAT_SAW;
		condition->code = read_code(reader);
		if (peek(reader) && strcmp(peek(reader), "times") != 0)
			condition->node = read_node(reader);
		read_times(reader, condition);
	} else if (take(reader, "why")) {
		condition->what = WHAT_WHY;
		condition->code = read_code(reader);
		condition->service = read_service(reader);
		condition->node = read_node(reader);
	} else if (take(reader, "answer")) {
		condition->what = WHAT_ANSWER;
		read_answer(reader, condition);
	} else if (take(reader, "starts")) {
		condition->what = WHAT_STARTS;
		condition->service = read_service(reader);
		condition->resource = read_resource(reader, condition->service);
		condition->node = read_node(reader);
		read_times(reader, condition);
	} else if (take(reader, "split")) {
		condition->what = WHAT_SPLIT;
		condition->service = read_service(reader);
	} else if (take(reader, "current")) {
		condition->what = WHAT_CURRENT;
		condition->service = read_service(reader);
		condition->node = read_node(reader);
	} else {
		refuse(reader,
		       "'%s' is no condition; allowed: active, stopped, up, power, saw, why, "
		       "answer, starts, split, current",
		       peek(reader) ? peek(reader) : "");
	}
}

/* ---- the story ------------------------------------------------------------------------------- */

static struct scenario_statement *add(struct reader *reader)
{
	struct scenario *scenario = reader->scenario;

	if (scenario->count == SCENARIO_STATEMENTS) {
		refuse(reader, "too many statements; at most %d", SCENARIO_STATEMENTS);
		return NULL;
	}
	scenario->statements[scenario->count].line = reader->line;
	return &scenario->statements[scenario->count++];
}

/* boot all */
static bool read_boot_all(struct reader *reader, struct scenario_statement *statement)
{
	if (reader->count < reader->at + 2 || strcmp(peek(reader), "boot") != 0 ||
	    strcmp(reader->words[reader->at + 1], "all") != 0)
		return false;
	reader->at += 2;
	for (unsigned i = 0; i < reader->scenario->cluster.node_count && statement; i++) {
		statement->kind = STATEMENT_ACT;
		statement->action = no_action;
		statement->action.verb = SIM_BOOT;
		statement->action.node = (int)i;
		if (i + 1 < reader->scenario->cluster.node_count)
			statement = add(reader);
	}
	return true;
}

static void read_what(struct reader *reader, struct scenario_statement *statement)
{
	if (!read_action(reader, &statement->action) && !reader->failed)
		refuse(reader, "'%s' is neither a statement nor something that happens",
		       peek(reader) ? peek(reader) : "");
}

/* when CODE [by NODE] [times N] [after TIME] WHAT */
static void read_when(struct reader *reader, struct scenario_statement *statement)
{
	statement->kind = STATEMENT_WHEN;
	statement->condition.code = read_code(reader);
	statement->condition.node = take(reader, "by") ? read_node(reader) : CORE_NONE;
	statement->condition.times = 1;
	if (take(reader, "times"))
		statement->condition.times = (int64_t)read_number(reader, "number of times", 1000);
	if (statement->condition.times == 0)
		refuse(reader, "the number of times must not be 0");
	if (take(reader, "after"))
		statement->within_ms = read_time(reader);
	if (!reader->failed)
		read_what(reader, statement);
}

static void read_statement(struct reader *reader)
{
	struct scenario_statement *statement = add(reader);

	if (!statement)
		return;
	reader->begun = true;
	if (take(reader, "at")) {
		statement->at_ms = read_time(reader);
	} else if (take(reader, "after")) {
		statement->relative = true;
		statement->at_ms = read_time(reader);
	}
	if (reader->failed)
		return;
	if (take(reader, "run")) {
		statement->kind = STATEMENT_RUN;
		statement->relative = true;
		statement->at_ms = read_time(reader);
	} else if (take(reader, "when")) {
		read_when(reader, statement);
	} else if (take(reader, "mend")) {
		statement->kind = STATEMENT_MEND;
	} else if (take(reader, "why")) {
		statement->kind = STATEMENT_WHY;
		statement->condition.service = read_service(reader);
	} else if (take(reader, "until")) {
		statement->kind = STATEMENT_UNTIL;
		statement->within_ms = read_time(reader);
		read_condition(reader, &statement->condition);
	} else if (take(reader, "expect")) {
		statement->kind = STATEMENT_EXPECT;
		read_condition(reader, &statement->condition);
	} else if (peek(reader) && !read_boot_all(reader, statement)) {
		statement->kind = STATEMENT_ACT;
		read_what(reader, statement);
	}
}

static void read_line(struct reader *reader, const char *line)
{
	split(reader, line);
	if (reader->failed || reader->count == 0)
		return;
	if (strcmp(reader->words[0], "title") == 0) {
		const char *text = strstr(line, "title") + 5;

		while (isspace((unsigned char)*text))
			text++;
		snprintf(reader->scenario->title, sizeof(reader->scenario->title), "%s", text);
		return;
	}
	if (!read_cluster_line(reader)) {
		if (reader->scenario->config->service_count == 0)
			scenario_fill_service(reader->scenario->config, &reader->scenario->cluster,
					      reader->scenario->config->service_count++, "mail");
		read_statement(reader);
	}
	if (!reader->failed && reader->at < reader->count)
		refuse(reader, "'%s' is too much", peek(reader));
}

static bool covers(const struct scenario *scenario, struct scenario_error *error, const char *name)
{
	const struct config *config = scenario->config;

	for (unsigned i = 0; i < config->service_count; i++)
		for (unsigned j = 0; j < config->services[i].node_count; j++) {
			bool known = false;

			for (unsigned k = 0; k < scenario->cluster.node_count; k++)
				known = known || strcmp(scenario->cluster.names[k],
							config->services[i].nodes[j]) == 0;
			if (known)
				continue;
			snprintf(error->text, sizeof(error->text),
				 "%s: service '%s' names the node '%s', which the cluster lacks",
				 name, config->services[i].name, config->services[i].nodes[j]);
			return false;
		}
	return true;
}

/* The nodes that the services name, in their order. */
static void name_nodes(struct scenario *scenario)
{
	struct sim_cluster *cluster = &scenario->cluster;

	cluster->node_count = 0;
	for (unsigned i = 0; i < scenario->config->service_count; i++)
		for (unsigned j = 0; j < scenario->config->services[i].node_count; j++) {
			const char *name = scenario->config->services[i].nodes[j];
			bool known = false;

			for (unsigned k = 0; k < cluster->node_count; k++)
				known = known || strcmp(cluster->names[k], name) == 0;
			if (!known && cluster->node_count < SIM_NODES)
				memcpy(cluster->names[cluster->node_count++], name,
				       CONFIG_NAME_SIZE);
		}
}

struct scenario *scenario_parse(const char *name, const char *text, size_t size,
				const struct config *config, struct scenario_error *error)
{
	struct scenario *scenario = scenario_new();
	struct reader reader = {.name = name, .scenario = scenario, .error = error};

	error->text[0] = '\0';
	if (!scenario) {
		snprintf(error->text, sizeof(error->text), "%s: no memory", name);
		return NULL;
	}
	if (config) {
		*scenario->config = *config;
		reader.own_config = true;
		snprintf(reader.aliases[reader.alias_count++], CONFIG_NAME_SIZE, "mail");
		name_nodes(scenario);
	}
	while (size > 0 && !reader.failed) {
		const char *end = memchr(text, '\n', size);
		size_t length = end ? (size_t)(end - text) : size;
		char line[LINE_SIZE];

		reader.line++;
		if (length >= sizeof(line) || memchr(text, '\0', length)) {
			refuse(&reader, "no line of text; at most %d letters", LINE_SIZE - 1);
			break;
		}
		memcpy(line, text, length);
		line[length] = '\0';
		read_line(&reader, line);
		text += length + (end != NULL);
		size -= length + (end != NULL);
	}
	if (!reader.failed && covers(scenario, error, name))
		return scenario;
	scenario_free(scenario);
	return NULL;
}
