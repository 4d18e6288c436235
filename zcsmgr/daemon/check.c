/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "check.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check_internal.h"
#include "executor_child.h"

enum {
	VALIDATE_MS = 20 * 1000,
	DIE_MS = 2000, /* after SIGKILL; what then still lives hangs in the kernel */
	LOOK_MS = 50,
};

/* ---- findings ------------------------------------------------------------------------------- */

void check_add(struct check *check, enum finding finding, const char *object, const char *format,
	       ...)
{
	static const char *const labels[] = {"OK", "WARNING", "ERROR"};
	static const char *const names[] = {"ok", "warning", "error"};
	char text[2048];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	check->counts[finding]++;
	if (check->findings) {
		/* What is not UTF-8 does not get into JSON. */
		json_t *said = json_string(text);

		json_array_append_new(check->findings,
				      json_pack("{s:s, s:s, s:o}", "finding", names[finding],
						"object", object, "text",
						said ? said : json_string("(not in UTF-8)")));
		return;
	}
	fprintf(check->out, "%-7s  %s: %s\n", labels[finding], object, text);
	fflush(check->out); /* some subjects take their time */
}

/* ---- children ------------------------------------------------------------------------------- */

struct asking {
	struct check *check;
	const char *object;
	int outcome;
};

static void take_records(struct process *process, struct asking *asking)
{
	struct process_record record;

	while (process_receive(process, &record) > 0) {
		if (record.kind == PROCESS_OUTCOME)
			asking->outcome = record.value;
		else if (record.kind == PROCESS_FINDING && record.value >= FINDING_OK &&
			 record.value <= FINDING_ERROR)
			check_add(asking->check, (enum finding)record.value, asking->object, "%s",
				  record.text);
	}
}

/* True when the child is gone before its time. */
static bool wait_for(struct process *process, struct asking *asking, uint64_t timeout_ms)
{
	uint64_t until_ms = driver_now_ms() + timeout_ms;

	while (driver_now_ms() < until_ms) {
		struct pollfd ends[] = {
			{.fd = process->pidfd, .events = POLLIN},
			{.fd = process->fd, .events = POLLIN},
		};

		/* The first is for ever readable if the child cannot be reaped. */
		if (poll(ends, 2, LOOK_MS) > 0 && ends[0].revents && !ends[1].revents)
			poll(NULL, 0, 1);
		take_records(process, asking);
		if (process_gone(process))
			return true;
	}
	return false;
}

static void tell_how_it_ended(struct process *process, struct asking *asking, bool gone,
			      uint64_t timeout_ms)
{
	char text[256];

	if (!gone) {
		process_whereabouts(process, text, sizeof(text));
		check_add(asking->check, FINDING_ERROR, asking->object,
			  "no answer within %llu s, and SIGKILL does not end it: %s; what it looks "
			  "at hangs in the kernel",
			  (unsigned long long)timeout_ms / 1000, text);
	} else if (process->killed) {
		check_add(asking->check, FINDING_ERROR, asking->object,
			  "no answer within %llu s: what it looks at hangs",
			  (unsigned long long)timeout_ms / 1000);
	} else if (asking->outcome < 0) {
		process_describe(process, text, sizeof(text));
		check_add(asking->check, FINDING_ERROR, asking->object, "looking at it failed: %s",
			  text);
	}
}

int check_ask(struct check *check, const char *object, void (*run)(int fd, void *data), void *data,
	      uint64_t timeout_ms)
{
	const struct process_task task = {"zcsmgr-check", "", run, data};
	struct asking asking = {.check = check, .object = object, .outcome = -1};
	struct process process;
	bool gone;

	if (process_start(&process, &task) != 0 || process_go(&process) != 0) {
		check_add(check, FINDING_ERROR, object, "no child process: %s", strerror(errno));
		return -1;
	}
	gone = wait_for(&process, &asking, timeout_ms);
	if (!gone) {
		process_kill(&process);
		gone = wait_for(&process, &asking, DIE_MS);
	}
	take_records(&process, &asking);
	tell_how_it_ended(&process, &asking, gone, timeout_ms);
	process_close(&process);
	return asking.outcome;
}

/* ---- the services --------------------------------------------------------------------------- */

static bool serves(const struct service_config *service, const char *node)
{
	for (unsigned i = 0; i < service->node_count; i++)
		if (strcmp(service->nodes[i], node) == 0)
			return true;
	return false;
}

static void check_resource(struct check *check, const struct service_config *service, int index)
{
	struct executor_child work = {
		.node = check->node,
		.service = service,
		.resource = index,
		.deadline_ms = driver_now_ms() + VALIDATE_MS,
	};
	char object[2 * CONFIG_NAME_SIZE + 2];
	unsigned before = check->counts[0] + check->counts[1] + check->counts[2];

	snprintf(object, sizeof(object), "%s/%s", service->name, service->resources[index].name);
	check_ask(check, object, executor_child_validate, &work, VALIDATE_MS);
	if (check->counts[0] + check->counts[1] + check->counts[2] == before)
		check_add(check, FINDING_OK, object, "nothing to say against it");
}

static void check_services(struct check *check)
{
	bool any = false;

	for (unsigned i = 0; i < check->config->service_count; i++) {
		const struct service_config *service = &check->config->services[i];

		if (!serves(service, check->node)) {
			check_add(check, FINDING_OK, service->name,
				  "%s is not among its nodes; its resources are not looked at here",
				  check->node);
			continue;
		}
		any = true;
		for (unsigned j = 0; j < service->resource_count; j++)
			check_resource(check, service, (int)j);
	}
	if (!any)
		check_add(
			check, FINDING_WARNING, check->node,
			"no service names this node in its 'nodes', so this node never holds one; "
			"the names there must be those of corosync's node list");
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void check_watchdog(struct check *check)
{
	const char *device = check->config->watchdog_device;

	if (!check->config->watchdog_set)
		return;
	/* Opening it would arm it. */
	if (access(device, W_OK) == 0)
		check_add(check, FINDING_OK, "watchdog", "%s is there", device);
	else
		check_add(check, FINDING_ERROR, "watchdog",
			  "%s: %s; load the module of the machine's watchdog, or softdog", device,
			  strerror(errno));
}

static int summarize(struct check *check)
{
	unsigned warnings = check->counts[FINDING_WARNING], errors = check->counts[FINDING_ERROR];

	if (check->findings) {
		json_dumpf(check->findings, check->out, JSON_INDENT(2));
		fputc('\n', check->out);
	} else if (errors + warnings == 0) {
		fprintf(check->out, "Everything that was looked at is as it should be.\n");
	} else {
		fprintf(check->out, "%u error%s, %u warning%s.\n", errors, errors == 1 ? "" : "s",
			warnings, warnings == 1 ? "" : "s");
	}
	fflush(check->out);
	if (errors > 0)
		return CHECK_ERRORS;
	return warnings > 0 ? CHECK_WARNINGS : CHECK_OK;
}

static int refuse(struct check *check, const char *path, const char *text)
{
	if (check->findings) {
		check_add(check, FINDING_ERROR, path, "%s", text);
		return summarize(check);
	}
	fprintf(check->out, "%s%s", text, text[0] && text[strlen(text) - 1] == '\n' ? "" : "\n");
	return CHECK_ERRORS;
}

static void check_all(struct check *check)
{
	check_add(check, FINDING_OK, check->config->path, "%u service%s, read as node %s",
		  check->config->service_count, check->config->service_count == 1 ? "" : "s",
		  check->node);
	if (geteuid() != 0)
		check_add(check, FINDING_WARNING, "check",
			  "not run by root: much of what follows may only be out of its sight");
	check_services(check);
	check_corosync(check);
	check_fencing(check);
	check_watchdog(check);
}

int check_run(const char *config_path, const char *node, bool json, FILE *out)
{
	struct check check = {.out = out, .findings = json ? json_array() : NULL};
	struct config *config = calloc(1, sizeof(*config));
	char host[CONFIG_NAME_SIZE] = "";
	struct config_error error;
	int code;

	gethostname(host, sizeof(host) - 1);
	host[strcspn(host, ".")] = '\0';
	check.config = config;
	check.node = node ? node : host;
	if (!config) {
		code = refuse(&check, config_path, "no memory");
	} else if (config_load(config_path, check.node, config, &error) != 0) {
		code = refuse(&check, config_path, error.text);
	} else {
		check_all(&check);
		code = summarize(&check);
	}
	json_decref(check.findings);
	free(config);
	return code;
}
