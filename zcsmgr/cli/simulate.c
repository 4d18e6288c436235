/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What would happen if: a scenario with this host's configuration, in virtual time. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "config.h"
#include "field.h"
#include "output.h"
#include "scenario.h"

#define CONFIG "/etc/zcsmgr/zcsmgr.conf"

enum { SCENARIO_FILE_SIZE = 64 * 1024 };

static char *read_text(const char *path, size_t *size)
{
	char *text = malloc(SCENARIO_FILE_SIZE);
	FILE *file = text ? fopen(path, "r") : NULL;

	if (!file) {
		output_error("%s: %s", path, strerror(errno));
		free(text);
		return NULL;
	}
	*size = fread(text, 1, SCENARIO_FILE_SIZE, file);
	if (ferror(file) || *size == SCENARIO_FILE_SIZE) {
		output_error("%s: %s", path,
			     ferror(file) ? strerror(errno) : "too long for a scenario");
		free(text);
		text = NULL;
	}
	fclose(file);
	return text;
}

/* NULL: *failure was told. */
static struct scenario *load(const struct cli_options *options, const char *path,
			     enum cli_exit *failure)
{
	struct config *config = calloc(1, sizeof(*config));
	struct config_error refused;
	struct scenario_error wrong;
	struct scenario *scenario = NULL;
	size_t size;
	char *text;

	*failure = CLI_FAILED;
	if (!config ||
	    config_load(options->config ? options->config : CONFIG, NULL, config, &refused) != 0) {
		output_error("%s", config ? refused.text : "no memory");
		free(config);
		return NULL;
	}
	text = read_text(path, &size);
	if (text) {
		scenario = scenario_parse(path, text, size, config, &wrong);
		if (!scenario) {
			output_error("%s", wrong.text);
			*failure = CLI_USAGE;
		}
	}
	free(text);
	free(config);
	return scenario;
}

static json_t *lines_of(char *text)
{
	json_t *lines = json_array();
	char *rest = NULL;

	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		json_array_append_new(lines, json_string(line));
	return lines;
}

static bool print_json(const struct cli_options *options, const struct scenario *scenario)
{
	struct scenario_error error = {{0}};
	char *text = NULL;
	size_t size;
	FILE *story = open_memstream(&text, &size);
	json_t *answer;
	bool good;

	if (!story) {
		output_error("no memory");
		return false;
	}
	good = scenario_run(scenario, story, options->all, NULL, NULL, &error);
	fclose(story);
	answer = json_pack("{s:b, s:s, s:o}", "expected", good, "wrong", error.text, "story",
			   lines_of(text));
	field_print(stdout, answer, false);
	json_decref(answer);
	free(text);
	return good;
}

static bool print_text(const struct cli_options *options, const struct scenario *scenario)
{
	struct scenario_error error = {{0}};
	bool good;

	if (scenario->title[0])
		printf("%s\n\n", scenario->title);
	good = scenario_run(scenario, stdout, options->all, NULL, NULL, &error);
	output_text(stdout, good ? OUTPUT_GOOD : OUTPUT_ERROR,
		    good ? "\nAll that the file expects has come." : "\nNot as expected: ");
	if (!good)
		output_text(stdout, OUTPUT_PLAIN, error.text);
	putchar('\n');
	return good;
}

enum cli_exit simulate_verb(const struct cli_options *options, char **arguments)
{
	enum cli_exit failure;
	struct scenario *scenario = load(options, arguments[1], &failure);
	bool good;

	if (!scenario)
		return failure;
	good = options->json ? print_json(options, scenario) : print_text(options, scenario);
	scenario_free(scenario);
	return good ? CLI_DONE : CLI_REFUSED;
}
