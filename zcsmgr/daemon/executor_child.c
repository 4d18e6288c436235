/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "executor_child.h"

#include <stdio.h>
#include <string.h>

#include "agent.h"
#include "process.h"

static void set_text(struct process_record *record, const char *text, size_t size)
{
	snprintf(record->text, sizeof(record->text), "%.*s", (int)strnlen(text, size), text);
}

static int tell_verdict(struct driver_context *context, enum verdict verdict)
{
	struct process_record record = {.kind = PROCESS_VERDICT, .value = (int)verdict};

	set_text(&record, context->text, sizeof(context->text));
	return process_send(context->fd, &record);
}

static int tell_storage(struct driver_context *context, const struct storage *storage)
{
	struct process_record record = {.kind = PROCESS_STORAGE, .storage = *storage};

	return process_send(context->fd, &record);
}

static struct driver_context make_context(const struct executor_child *child, int fd)
{
	return (struct driver_context){
		.service = child->service,
		.resource = &child->service->resources[child->resource],
		.node = child->node,
		.deadline_ms = child->deadline_ms,
		.peer_fenced = child->peer_fenced,
		.payload_cgroup = child->payload_cgroup,
		.tell_verdict = tell_verdict,
		.tell_storage = tell_storage,
		.fd = fd,
	};
}

static enum outcome run(const struct resource_driver *driver, enum operation operation,
			struct driver_context *context)
{
	switch (operation) {
	case OPERATION_PROBE:
		return driver->probe(context);
	case OPERATION_START:
		return driver->start(context);
	case OPERATION_STOP:
		return driver->stop(context);
	case OPERATION_DETECT:
		return driver->detect ? driver->detect(context) : OUTCOME_OK;
	case OPERATION_OUTDATE:
		return driver->outdate ? driver->outdate(context) : OUTCOME_FAILED;
	case OPERATION_RESUME:
		return driver->resume ? driver->resume(context) : OUTCOME_FAILED;
	}
	return OUTCOME_FAILED;
}

void executor_child_operation(int fd, void *data)
{
	const struct executor_child *child = data;
	struct driver_context context = make_context(child, fd);
	struct process_record record = {.kind = PROCESS_OUTCOME};

	record.value = (int)run(driver_find(context.resource->type), child->operation, &context);
	set_text(&record, context.text, sizeof(context.text));
	process_send(fd, &record);
}

void executor_child_watch(int fd, void *data)
{
	struct driver_context context = make_context(data, fd);

	driver_find(context.resource->type)->watch(&context);
}

void executor_child_fence(int fd, void *data)
{
	const struct executor_child *child = data;
	struct process_record record = {.kind = PROCESS_OUTCOME};

	record.value = agent_fence(child->fencing, child->on, record.text, sizeof(record.text))
			       ? OUTCOME_OK
			       : OUTCOME_FAILED;
	process_send(fd, &record);
}

/* ---- check ---------------------------------------------------------------------------------- */

struct telling_report {
	struct driver_report report; /* first: add() gets its address */
	int fd;
};

static void add(struct driver_report *report, enum finding finding, const char *text)
{
	struct process_record record = {.kind = PROCESS_FINDING, .value = (int)finding};

	set_text(&record, text, strlen(text));
	process_send(((struct telling_report *)report)->fd, &record);
}

void executor_child_validate(int fd, void *data)
{
	struct driver_context context = make_context(data, fd);
	struct telling_report telling = {.report = {.add = add}, .fd = fd};
	struct process_record record = {.kind = PROCESS_OUTCOME, .value = OUTCOME_OK};

	driver_find(context.resource->type)->validate(&context, &telling.report);
	process_send(fd, &record);
}
