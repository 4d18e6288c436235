/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How scenario files spell verbs, ends, times; and actions as text. */
#include "internal.h"

#include "names.h"
#include "scenario.h"

#include <stdarg.h>
#include <string.h>

static const struct word {
	const char *text, *arguments, *meaning;
} words[SIM_VERBS] = {
#define SIM_VERB(id, text, arguments, meaning) [SIM_##id] = {text, arguments, meaning},
#include "verbs.h"
#undef SIM_VERB
};

const char *scenario_verb(enum sim_verb verb)
{
	return words[verb].text;
}

const char *scenario_arguments(enum sim_verb verb)
{
	return words[verb].arguments;
}

const char *scenario_meaning(enum sim_verb verb)
{
	return words[verb].meaning;
}

const char *scenario_end(enum sim_end end)
{
	static const char *const ends[] = {
		[SIM_END_FAILS] = "fails",     [SIM_END_HALF] = "half", [SIM_END_HANGS] = "hangs",
		[SIM_END_STICKS] = "sticks",   [SIM_END_LIES] = "lies", [SIM_END_SLOW] = "slow",
		[SIM_END_FOREIGN] = "foreign",
	};

	return ends[end];
}

static void append(char *text, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void append(char *text, size_t size, const char *format, ...)
{
	size_t length = strlen(text);
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text + length, size - length, format, arguments);
	va_end(arguments);
}

static void append_argument(const struct sim_cluster *cluster, const struct config *config,
			    const struct sim_action *action, char kind, char *text, size_t size)
{
	switch (kind) {
	case 'n':
		append(text, size, " %s", cluster->names[action->node]);
		break;
	case 'm':
		if (action->other != CORE_NONE)
			append(text, size, " %s", cluster->names[action->other]);
		break;
	case 's':
		append(text, size, " %s", config->services[action->service].name);
		break;
	case 'r':
		append(text, size, " %s",
		       config->services[action->service].resources[action->resource].name);
		break;
	case 'o':
		append(text, size, " %s", names_operation(action->operation));
		break;
	case 'e':
		append(text, size, " %s", scenario_end(action->end));
		break;
	case 'N':
	case 'V':
		if (action->number > 0 || action->verb == SIM_CONFIG)
			append(text, size, " %llu", (unsigned long long)action->number);
		break;
	case 't':
		append(text, size, " %llums", (unsigned long long)action->number);
		break;
	case 'b':
		append(text, size, " %s", action->flag ? "on" : "off");
		break;
	default:
		break;
	}
}

void scenario_action_text(const struct sim_cluster *cluster, const struct config *config,
			  const struct sim_action *action, char *text, size_t size)
{
	text[0] = '\0';
	if (scenario_is_command(action->verb) && action->node != CORE_NONE)
		append(text, size, "on %s ", cluster->names[action->node]);
	append(text, size, "%s", words[action->verb].text);
	for (const char *kind = words[action->verb].arguments; *kind; kind++)
		append_argument(cluster, config, action, *kind, text, size);
}

void sim_action_text(const struct sim *sim, const struct sim_action *action, char *text,
		     size_t size)
{
	scenario_action_text(&sim->cluster, sim->config, action, text, size);
}

bool scenario_is_command(enum sim_verb verb)
{
	return verb >= SIM_START && verb <= SIM_RELOAD;
}
