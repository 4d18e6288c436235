/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls one function of a resource driver, as the daemon's child would, and prints what came of it
 * as JSON lines. For tests of drivers without a daemon.
 *
 *     driver_run [--node NAME] [--timeout MS] [--peer-fenced] [--cgroup DIR]
 *                CONFIG SERVICE RESOURCE probe|start|stop|detect|monitor|validate|watch
 *
 * probe, start, stop, detect: {"outcome": "up", "text": "..."}
 * monitor: {"verdict": "ok", "text": "..."}
 * validate: {"finding": "error", "text": "..."} for each
 * watch: {"verdict": ..., "text": ...} and {"storage": {...}} as they come, until killed
 *
 * Exit code: 0 whatever the outcome, 2 for wrong usage or configuration. Only its own process is
 * the deadline's business: a function that does not return by then is ended by SIGALRM (exit code
 * 142 in a shell), as the daemon would kill it.
 */
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "driver.h"
#include "names.h"

enum { DEFAULT_TIMEOUT_MS = 60 * 1000 };

struct options {
	const char *node;
	const char *cgroup;
	uint32_t timeout_ms; /* 0: the resource's own */
	bool peer_fenced;
};

static void usage(void)
{
	fprintf(stderr, "usage: driver_run [--node NAME] [--timeout MS] [--peer-fenced] "
			"[--cgroup DIR] CONFIG SERVICE RESOURCE "
			"probe|start|stop|detect|monitor|validate|watch\n");
	exit(2);
}

static int print(json_t *object)
{
	int failed =
		json_dumpf(object, stdout, JSON_COMPACT) || putchar('\n') == EOF || fflush(stdout);

	json_decref(object);
	return failed ? -1 : 0;
}

static int tell_verdict(struct driver_context *context, enum verdict verdict)
{
	return print(
		json_pack("{s:s, s:s}", "verdict", names_verdict(verdict), "text", context->text));
}

static json_t *hexadecimal(uint64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%016" PRIX64, value);
	return json_string(text);
}

static int tell_storage(struct driver_context *context, const struct storage *storage)
{
	json_t *object = json_object();

	(void)context;
	json_object_set_new(object, "known", json_boolean(storage->known));
	json_object_set_new(object, "configured", json_boolean(storage->configured));
	json_object_set_new(object, "suspended", json_boolean(storage->suspended));
	json_object_set_new(object, "syncing", json_boolean(storage->syncing));
	json_object_set_new(object, "split_brain", json_boolean(storage->split_brain));
	json_object_set_new(object, "role", json_string(names_role(storage->role)));
	json_object_set_new(object, "peer_role", json_string(names_role(storage->peer_role)));
	json_object_set_new(object, "disk", json_string(names_disk(storage->disk)));
	json_object_set_new(object, "peer_disk", json_string(names_disk(storage->peer_disk)));
	json_object_set_new(object, "link", json_string(names_link(storage->link)));
	json_object_set_new(object, "percent", json_integer(storage->percent));
	json_object_set_new(object, "generations_known", json_boolean(storage->generations_known));
	json_object_set_new(object, "current", hexadecimal(storage->current));
	json_object_set_new(object, "bitmap", hexadecimal(storage->bitmap));
	json_object_set_new(object, "history0", hexadecimal(storage->history[0]));
	json_object_set_new(object, "history1", hexadecimal(storage->history[1]));
	return print(json_pack("{s:o}", "storage", object));
}

static void add_finding(struct driver_report *report, enum finding finding, const char *text)
{
	static const char *const names[] = {
		[FINDING_OK] = "ok", [FINDING_WARNING] = "warning", [FINDING_ERROR] = "error"};

	(void)report;
	print(json_pack("{s:s, s:s}", "finding", names[finding], "text", text));
}

static const struct resource_config *find_resource(const struct service_config *service,
						   const char *name)
{
	for (unsigned i = 0; i < service->resource_count; i++)
		if (strcmp(service->resources[i].name, name) == 0)
			return &service->resources[i];
	fprintf(stderr, "driver_run: service %s has no resource %s\n", service->name, name);
	exit(2);
}

static uint32_t timeout_of(const struct resource_config *resource, const char *function)
{
	if (strcmp(function, "start") == 0)
		return resource->start_timeout_ms;
	if (strcmp(function, "stop") == 0)
		return resource->stop_timeout_ms;
	if (strcmp(function, "monitor") == 0)
		return resource->monitor_timeout_ms;
	return DEFAULT_TIMEOUT_MS;
}

static void set_alarm(uint32_t timeout_ms)
{
	struct itimerval timer = {
		.it_value = {.tv_sec = timeout_ms / 1000, .tv_usec = timeout_ms % 1000 * 1000}};

	setitimer(ITIMER_REAL, &timer, NULL);
}

static enum outcome (*operation_of(const struct resource_driver *driver,
				   const char *function))(struct driver_context *)
{
	if (strcmp(function, "probe") == 0)
		return driver->probe;
	if (strcmp(function, "start") == 0)
		return driver->start;
	if (strcmp(function, "stop") == 0)
		return driver->stop;
	if (strcmp(function, "detect") == 0)
		return driver->detect;
	return NULL;
}

static void call(const struct resource_driver *driver, struct driver_context *context,
		 const char *function)
{
	enum outcome (*operation)(struct driver_context *) = operation_of(driver, function);
	struct driver_report report = {.add = add_finding};

	if (operation) {
		enum outcome outcome = operation(context);

		print(json_pack("{s:s, s:s}", "outcome", names_outcome(outcome), "text",
				context->text));
	} else if (strcmp(function, "monitor") == 0) {
		tell_verdict(context, driver->monitor(context));
	} else if (strcmp(function, "validate") == 0) {
		driver->validate(context, &report);
	} else if (strcmp(function, "watch") == 0) {
		driver->watch(context);
	} else {
		usage();
	}
}

static void parse_options(int argc, char **argv, struct options *options)
{
	static const struct option known[] = {
		{"node", required_argument, NULL, 'n'},
		{"timeout", required_argument, NULL, 't'},
		{"peer-fenced", no_argument, NULL, 'f'},
		{"cgroup", required_argument, NULL, 'c'},
		{0},
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'n':
			options->node = optarg;
			break;
		case 't':
			options->timeout_ms = (uint32_t)strtoul(optarg, NULL, 10);
			break;
		case 'f':
			options->peer_fenced = true;
			break;
		case 'c':
			options->cgroup = optarg;
			break;
		default:
			usage();
		}
	}
	if (argc - optind != 4)
		usage();
}

int main(int argc, char **argv)
{
	static struct config config;
	static struct config_error error;
	struct options options = {0};
	char host[CONFIG_NAME_SIZE];
	struct driver_context context = {.fd = -1};
	const char *function;
	int service;

	parse_options(argc, argv, &options);
	function = argv[optind + 3];
	gethostname(host, sizeof(host));
	context.node = options.node ? options.node : host;
	if (config_load(argv[optind], context.node, &config, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return 2;
	}
	service = config_find_service(&config, argv[optind + 1]);
	if (service < 0) {
		fprintf(stderr, "driver_run: no service %s\n", argv[optind + 1]);
		return 2;
	}
	context.service = &config.services[service];
	context.resource = find_resource(context.service, argv[optind + 2]);
	context.peer_fenced = options.peer_fenced;
	context.payload_cgroup = options.cgroup;
	context.tell_verdict = tell_verdict;
	context.tell_storage = tell_storage;
	if (options.timeout_ms == 0)
		options.timeout_ms = timeout_of(context.resource, function);
	context.deadline_ms = driver_now_ms() + options.timeout_ms;
	if (strcmp(function, "watch") != 0)
		set_alarm(options.timeout_ms);
	call(driver_find(context.resource->type), &context, function);
	return 0;
}
