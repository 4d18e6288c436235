/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drbd_tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "drbd_generations.h"

/* "0: State change failed: (-12) Device is held open by someone": the number, not the text. */
static int refusal_of(const char *output)
{
	const char *at = strstr(output, "State change failed: (");

	return at ? (int)strtol(at + strlen("State change failed: ("), NULL, 10) : 0;
}

static int run(const char *const *argv, uint32_t timeout_ms, struct drbd_result *result)
{
	struct command command = {
		.argv = argv,
		.timeout_ms = timeout_ms,
		.output = result->output,
		.output_size = sizeof(result->output),
	};

	result->output[0] = '\0';
	result->code = command_run(&command);
	result->refusal = refusal_of(result->output);
	return result->code;
}

int drbd_tool_call(const char *program, const char *verb, const char *object, uint32_t timeout_ms,
		   struct drbd_result *result)
{
	const char *const argv[] = {program, verb, object, NULL};

	return run(argv, timeout_ms, result);
}

/* The module's own word costs no process. */
static int loaded_version(void)
{
	FILE *file = fopen("/sys/module/drbd/version", "re");
	char text[32] = "";

	if (!file)
		return 0;
	if (!fgets(text, sizeof(text), file))
		text[0] = '\0';
	fclose(file);
	return (int)strtol(text, NULL, 10);
}

/* DRBD_KERNEL_VERSION_CODE=0x08040b; 0 while no module is loaded. */
static int code_of(const char *output, const char *key)
{
	const char *at = strstr(output, key);
	unsigned long code = at ? strtoul(at + strlen(key), NULL, 16) : 0;

	return (int)(code >> 16);
}

int drbd_tool_version(uint32_t timeout_ms, struct drbd_result *result)
{
	int version = loaded_version();

	if (version > 0)
		return version;
	if (drbd_tool_call("drbdadm", "--version", NULL, timeout_ms, result) != 0)
		return 0;
	version = code_of(result->output, "DRBD_KERNEL_VERSION_CODE=");
	return version > 0 ? version : code_of(result->output, "DRBDADM_VERSION_CODE=");
}

int drbd_tool_look(const char *resource, uint32_t timeout_ms, struct drbd_events *events,
		   struct drbd_result *result)
{
	const char *const argv[] = {"drbdsetup", "events2", "--now", resource, NULL};

	drbd_events_init(events, resource);
	if (run(argv, timeout_ms, result) != 0)
		return -1;
	drbd_events_feed(events, result->output, strlen(result->output));
	/* A dump that does not end, or not within our buffer, tells nothing for sure. */
	return events->complete && !events->overflow ? 0 : -1;
}

int drbd_tool_set_role(const struct drbd_events *events, const char *verb, int version,
		       uint32_t timeout_ms, struct drbd_result *result)
{
	int minor = drbd_events_minor(events);
	char object[16];

	/* drbdadm reads the configuration first and then calls drbdsetup: two processes more. But
	   with several volumes only it knows all minors. */
	if (version >= 9)
		return drbd_tool_call("drbdsetup", verb, events->resource, timeout_ms, result);
	if (version < 8 || minor < 0 || events->devices[1].used)
		return drbd_tool_call("drbdadm", verb, events->resource, timeout_ms, result);
	snprintf(object, sizeof(object), "%d", minor);
	return drbd_tool_call("drbdsetup", verb, object, timeout_ms, result);
}

int drbd_tool_generations(const struct drbd_events *events, int version, uint32_t timeout_ms,
			  struct storage *storage)
{
	struct drbd_result result;
	int minor = drbd_events_minor(events);
	char object[16];
	int code;

	storage->generations_known = false;
	if (version == 8 && minor >= 0) {
		snprintf(object, sizeof(object), "%d", minor);
		code = drbd_tool_call("drbdsetup", "get-gi", object, timeout_ms, &result);
	} else {
		code = drbd_tool_call("drbdadm", "get-gi", events->resource, timeout_ms, &result);
	}
	return code == 0 ? drbd_generations_parse(result.output, storage) : -1;
}

int drbd_tool_progress(const char *resource, uint32_t timeout_ms)
{
	struct drbd_result result;
	const char *at;
	double percent;

	if (drbd_tool_call("drbdsetup", "status", resource, timeout_ms, &result) != 0)
		return -1;
	at = strstr(result.output, " done:");
	percent = at ? strtod(at + strlen(" done:"), NULL) : -1;
	return percent >= 0 && percent <= 100 ? (int)percent : -1;
}

int drbd_tool_no_module(const struct drbd_result *result)
{
	return result->code == DRBD_TOOL_NO_MODULE &&
	       (strstr(result->output, "Could not stat /proc/drbd") ||
		strstr(result->output, "Could not connect to 'drbd' generic netlink family"));
}

static const struct {
	int number;
	const char *text;
} refusals[] = {
	{DRBD_TOOL_TWO_PRIMARIES,
	 "the peer still is Primary as far as DRBD knows; demote it there, or wait until DRBD "
	 "notices that it is dead"},
	{DRBD_TOOL_NO_UPTODATE_DISK,
	 "there are no up-to-date data in reach; connect it to the node that has them"},
	{-7, "DRBD will not be Primary while the peer is not outdated, and the fence-peer handler "
	     "gave no answer that allows it"},
	{-10, "the peer refused; its kernel log says why"},
	{DRBD_TOOL_HELD_OPEN, "the device is held open"},
	{-18, "its state is just changing; try again"},
	{-19, "both nodes tried to change its state at once; try again"},
	{-25, "no DRBD quorum: too few of its nodes are connected"},
};

/* The first line that tells something, without its end. */
static size_t first_line(const char *output, const char **line)
{
	*line = output + strspn(output, " \t\r\n");
	return strcspn(*line, "\r\n");
}

static void explain_failure(const struct drbd_result *result, const char *resource, char *text,
			    size_t size)
{
	const char *line;
	size_t length = first_line(result->output, &line);

	if (drbd_tool_no_module(result))
		snprintf(text, size,
			 "the drbd kernel module is not loaded; `modprobe drbd` and "
			 "see why it fails");
	else if (length > 0)
		snprintf(text, size, "%s: exit code %d: %.*s", resource, result->code,
			 (int)(length < 160 ? length : 160), line);
	else
		snprintf(text, size, "%s: exit code %d without a word", resource, result->code);
}

void drbd_tool_explain(const struct drbd_result *result, const char *resource, char *text,
		       size_t size)
{
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		if (result->refusal != refusals[i].number)
			continue;
		snprintf(text, size, "%s: %s", resource, refusals[i].text);
		return;
	}
	switch (result->code) {
	case COMMAND_NOT_FOUND:
		snprintf(text, size, "drbdadm or drbdsetup is not installed; install drbd-utils");
		return;
	case COMMAND_TIMEOUT:
		snprintf(text, size,
			 "DRBD gave no answer for %s: the kernel or its disk hangs; see dmesg",
			 resource);
		return;
	case COMMAND_KILLED:
		snprintf(text, size, "drbdsetup for %s was killed by a signal", resource);
		return;
	case COMMAND_ERROR:
		snprintf(text, size, "no process for drbdsetup: %m");
		return;
	default:
		explain_failure(result, resource, text, size);
	}
}
