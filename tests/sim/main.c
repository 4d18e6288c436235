/* SPDX-License-Identifier: GPL-2.0-or-later */
/* zcsim: many schedules of faults against the core, one of them in words, or scenario files. */
#include "generate.h"
#include "report.h"
#include "shrink.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char usage[] =
	"Usage: zcsim --seeds A..B [--mode MODE] [--jobs N] [--coverage] [--save FILE]\n"
	"       zcsim --seed S [--mode MODE] [--all] [--print]\n"
	"       zcsim --scenario FILE... [--all] [--story]\n"
	"\n"
	"Runs schedules of faults and commands in a virtual cluster around the real core and\n"
	"checks the promises after every event. The first violation is shrunk to a short\n"
	"scenario file, which is printed (or saved).\n"
	"\n"
	"  --seeds A..B    runs these seeds and prints what they came to\n"
	"  --seed S        runs one and tells its story\n"
	"  --scenario      runs scenario files; --story tells what happens in them\n"
	"  --mode MODE     two_node, wait_for_all, majority, qdevice; default: all\n"
	"  --jobs N        processes at once; default: one a core\n"
	"  --coverage      also what was exercised; fails if something never was\n"
	"  --all           the story with everything that is recorded\n"
	"  --print         the scenario of the seed instead of its story\n"
	"  --save FILE     writes the shrunk scenario there\n"
	"\n"
	"Exit codes: 0 all promises were kept, 1 one was broken or something was not exercised,\n"
	"2 wrong usage or files.\n";

struct options {
	uint64_t first, last;
	bool seeds, seed, scenarios, coverage, all, print, story;
	int mode; /* MODES: all */
	long jobs;
	const char *save;
};

static bool run_one(enum mode mode, uint64_t seed, FILE *story, bool all, struct report *report,
		    struct scenario_error *error)
{
	struct scenario *scenario = generate(mode, seed);
	struct sim_numbers numbers;
	bool good;

	if (!scenario) {
		fprintf(stderr, "zcsim: no memory\n");
		exit(2);
	}
	good = scenario_run(scenario, story, all, &report->coverage, &numbers, error);
	report_add(report, &numbers);
	scenario_free(scenario);
	return good;
}

/* ---- many ------------------------------------------------------------------------------------ */

/* Until the first violation; the others see it and stop, too. */
static void work(const struct options *options, int mode, long job, struct report *reports)
{
	struct scenario_error error;

	for (uint64_t seed = options->first + (uint64_t)job; seed <= options->last;
	     seed += (uint64_t)options->jobs) {
		for (long i = 0; i < options->jobs; i++)
			if (reports[i].failed)
				return;
		if (run_one((enum mode)mode, seed, NULL, false, &reports[job], &error))
			continue;
		reports[job].failed = true;
		reports[job].failed_seed = seed;
		return;
	}
}

static void run_jobs(const struct options *options, int mode, struct report *reports)
{
	for (long i = 0; i < options->jobs; i++) {
		pid_t child = fork();

		if (child < 0) {
			perror("zcsim: fork");
			exit(2);
		}
		if (child == 0) {
			work(options, mode, i, reports);
			_exit(0);
		}
	}
	for (long i = 0; i < options->jobs; i++) {
		int status;

		if (wait(&status) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
			fprintf(stderr, "zcsim: a process ended badly\n");
			exit(2);
		}
	}
}

static void explain(const struct options *options, enum mode mode, uint64_t seed)
{
	struct scenario *scenario = generate(mode, seed);
	struct scenario_error error;
	FILE *file = stdout;

	if (!scenario)
		exit(2);
	scenario_run(scenario, NULL, false, NULL, NULL, &error);
	printf("%s seed %llu: %s\n", mode_names[mode], (unsigned long long)seed, error.text);
	shrink(scenario, &error);
	printf("shrunk: %s\n\n", error.text);
	if (options->save)
		file = fopen(options->save, "w");
	if (!file) {
		fprintf(stderr, "zcsim: %s: %s\n", options->save, strerror(errno));
		exit(2);
	}
	scenario_print(scenario, file);
	if (file != stdout)
		fclose(file);
	printf("\n");
	scenario_run(scenario, stdout, false, NULL, NULL, &error);
	scenario_free(scenario);
}

static int run_seeds(const struct options *options)
{
	size_t size = (size_t)options->jobs * sizeof(struct report);
	struct report *reports =
		mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct report all = {0};
	bool good = true;

	if (reports == MAP_FAILED) {
		perror("zcsim: mmap");
		return 2;
	}
	for (int mode = 0; mode < MODES && good; mode++) {
		struct report sum = {0};

		if (options->mode != MODES && options->mode != mode)
			continue;
		memset(reports, 0, size);
		report_begin(&sum);
		run_jobs(options, mode, reports);
		for (long i = 0; i < options->jobs; i++)
			report_sum(&sum, &reports[i]);
		report_end(&sum);
		report_print(&sum, mode_names[mode], options->jobs);
		report_sum(&all, &sum);
		if (sum.failed) {
			explain(options, (enum mode)mode, sum.failed_seed);
			good = false;
		}
	}
	munmap(reports, size);
	if (options->coverage)
		good = report_coverage(&all.coverage) && good;
	return good ? 0 : 1;
}

/* ---- one ------------------------------------------------------------------------------------- */

static int run_seed(const struct options *options)
{
	enum mode mode = options->mode == MODES ? MODE_OF_TWO_NODE : (enum mode)options->mode;
	struct report report = {0};
	struct scenario_error error;

	if (options->print) {
		struct scenario *scenario = generate(mode, options->first);

		if (!scenario)
			return 2;
		scenario_print(scenario, stdout);
		scenario_free(scenario);
		return 0;
	}
	if (run_one(mode, options->first, stdout, options->all, &report, &error))
		return 0;
	printf("%s\n", error.text);
	return 1;
}

/* ---- files ----------------------------------------------------------------------------------- */

static char *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "r");
	char *text = malloc(CONFIG_FILE_SIZE);

	if (!file || !text) {
		fprintf(stderr, "zcsim: %s: %s\n", path, strerror(errno));
		exit(2);
	}
	*size = fread(text, 1, CONFIG_FILE_SIZE, file);
	fclose(file);
	return text;
}

static int run_scenario(const struct options *options, const char *path, struct report *report)
{
	struct scenario_error error;
	struct sim_numbers numbers;
	size_t size;
	char *text = read_file(path, &size);
	struct scenario *scenario = scenario_parse(path, text, size, NULL, &error);
	bool good;

	free(text);
	if (!scenario) {
		fprintf(stderr, "zcsim: %s\n", error.text);
		return 2;
	}
	good = scenario_run(scenario, options->story ? stdout : NULL, options->all,
			    &report->coverage, &numbers, &error);
	scenario_free(scenario);
	if (!good)
		printf("%s: %s\n", path, error.text);
	return good ? 0 : 1;
}

static int run_scenarios(const struct options *options, char **paths, int count)
{
	struct report report = {0};
	int worst = 0;

	for (int i = 0; i < count; i++) {
		int result = run_scenario(options, paths[i], &report);

		if (result > worst)
			worst = result;
	}
	if (options->coverage && !report_coverage(&report.coverage) && worst == 0)
		worst = 1;
	if (!options->story)
		printf("%d scenarios, %s\n", count,
		       worst == 0 ? "all as expected" : "not all as expected");
	return worst;
}

/* ---- options --------------------------------------------------------------------------------- */

static void wrong(const char *what, const char *text)
{
	fprintf(stderr, "zcsim: %s '%s'\n%s", what, text, usage);
	exit(2);
}

static uint64_t parse_number(const char *text, char **end)
{
	if (text[0] < '0' || text[0] > '9') {
		*end = (char *)(uintptr_t)text;
		return 0;
	}
	return strtoull(text, end, 10);
}

static void parse_seeds(struct options *options, const char *text)
{
	char *end;

	options->first = options->last = parse_number(text, &end);
	if (end != text && strncmp(end, "..", 2) == 0) {
		const char *last = end + 2;

		options->last = parse_number(last, &end);
		if (end == last)
			wrong("no seeds:", text);
	}
	if (end == text || *end || options->last < options->first)
		wrong("no seeds:", text);
}

static int find_mode(const char *text)
{
	for (int i = 0; i < MODES; i++)
		if (strcmp(mode_names[i], text) == 0)
			return i;
	if (strcmp(text, "all") != 0)
		wrong("no mode:", text);
	return MODES;
}

static void parse(struct options *options, int argc, char **argv)
{
	static const struct option longs[] = {
		{"seeds", required_argument, NULL, 'S'}, {"seed", required_argument, NULL, 's'},
		{"scenario", no_argument, NULL, 'f'},	 {"mode", required_argument, NULL, 'm'},
		{"jobs", required_argument, NULL, 'j'},	 {"coverage", no_argument, NULL, 'c'},
		{"all", no_argument, NULL, 'a'},	 {"print", no_argument, NULL, 'p'},
		{"story", no_argument, NULL, 't'},	 {"save", required_argument, NULL, 'o'},
		{"help", no_argument, NULL, 'h'},	 {0},
	};
	int letter;
	char *end;

	while ((letter = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
		switch (letter) {
		case 'S':
			options->seeds = true;
			parse_seeds(options, optarg);
			break;
		case 's':
			options->seed = true;
			parse_seeds(options, optarg);
			break;
		case 'f':
			options->scenarios = true;
			break;
		case 'm':
			options->mode = find_mode(optarg);
			break;
		case 'j':
			options->jobs = (long)parse_number(optarg, &end);
			if (options->jobs < 1 || options->jobs > 256 || *end)
				wrong("no number of processes:", optarg);
			break;
		case 'c':
			options->coverage = true;
			break;
		case 'a':
			options->all = true;
			break;
		case 'p':
			options->print = true;
			break;
		case 't':
			options->story = true;
			break;
		case 'o':
			options->save = optarg;
			break;
		case 'h':
			fputs(usage, stdout);
			exit(0);
		default:
			fputs(usage, stderr);
			exit(2);
		}
	}
	if (options->seeds + options->seed + options->scenarios != 1)
		wrong("what to run?", "one of --seeds, --seed, --scenario");
}

int main(int argc, char **argv)
{
	struct options options = {.mode = MODES, .jobs = sysconf(_SC_NPROCESSORS_ONLN)};

	parse(&options, argc, argv);
	if (options.seeds)
		return run_seeds(&options);
	if (options.seed)
		return run_seed(&options);
	return run_scenarios(&options, argv + optind, argc - optind);
}
