/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "names.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *pick(const char *const *names, size_t count, unsigned value)
{
	return value < count ? names[value] : "?";
}

#define PICK(names, value) pick(names, sizeof(names) / sizeof((names)[0]), (unsigned)(value))

const char *names_operation(enum operation operation)
{
	static const char *const names[] = {"probe",  "start",	 "stop",
					    "detect", "outdate", "resume"};

	return PICK(names, operation);
}

const char *names_outcome(enum outcome outcome)
{
	static const char *const names[] = {"ok",      "up",	 "down",    "partial",
					    "foreign", "failed", "timeout", "stuck"};

	return PICK(names, outcome);
}

const char *names_verdict(enum verdict verdict)
{
	static const char *const names[] = {"ok", "failed", "timeout", "gone"};

	return PICK(names, verdict);
}

const char *names_role(enum storage_role role)
{
	static const char *const names[] = {"Unknown", "Secondary", "Primary"};

	return PICK(names, role);
}

const char *names_disk(enum storage_disk disk)
{
	static const char *const names[] = {"DUnknown", "Diskless",   "Inconsistent",
					    "Outdated", "Consistent", "UpToDate"};

	return PICK(names, disk);
}

const char *names_link(enum storage_link link)
{
	static const char *const names[] = {"Unknown", "StandAlone", "Connecting", "Connected"};

	return PICK(names, link);
}

struct entry {
	const char *code;
	enum reason_level level;
	const char *sentence;
};

static const struct entry entries[] = {
#define REASON(code, level, sentence) {#code, REASON_##level, sentence},
	REASONS
#undef REASON
};

const char *names_reason_code(enum reason_code code)
{
	return code < REASON_COUNT ? entries[code].code : "?";
}

enum reason_level names_reason_level(enum reason_code code)
{
	return code < REASON_COUNT ? entries[code].level : REASON_ERROR;
}

const char *names_level(enum reason_level level)
{
	static const char *const names[] = {"info", "notice", "warning", "error"};

	return PICK(names, level);
}

/* ---- sentences ------------------------------------------------------------------------------ */

struct sentence {
	char *text;
	size_t size, length;
};

static void append(struct sentence *sentence, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++, sentence->length++)
		if (sentence->length + 1 < sentence->size)
			sentence->text[sentence->length] = text[i];
}

__attribute__((format(printf, 2, 3))) static void append_format(struct sentence *sentence,
								const char *format, ...)
{
	char text[128];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (length > 0)
		append(sentence, text,
		       (size_t)length < sizeof(text) ? (size_t)length : sizeof(text) - 1);
}

static void append_node(struct sentence *sentence, uint32_t nodeid, names_node_fn *node, void *data)
{
	const char *name = nodeid && node ? node(data, nodeid) : NULL;

	if (name)
		append_format(sentence, "%s", name);
	else if (nodeid)
		append_format(sentence, "node %u", nodeid);
	else
		append_format(sentence, "the other node");
}

static const struct service_config *service_of(const struct reason *reason,
					       const struct config *config)
{
	if (!config || reason->service < 0 || (unsigned)reason->service >= config->service_count)
		return NULL;
	return &config->services[reason->service];
}

static void append_resource(struct sentence *sentence, const struct reason *reason,
			    const struct config *config)
{
	const struct service_config *service = service_of(reason, config);

	if (service && reason->resource >= 0 &&
	    (unsigned)reason->resource < service->resource_count)
		append_format(sentence, "%s", service->resources[reason->resource].name);
	else
		append_format(sentence, "a resource");
}

static void append_placeholder(struct sentence *sentence, const char *name, size_t length,
			       const struct reason *reason, const struct config *config,
			       names_node_fn *node, void *data)
{
	const struct service_config *service = service_of(reason, config);

	if (length == 7 && memcmp(name, "service", 7) == 0)
		append_format(sentence, "%s", service ? service->name : "every service");
	else if (length == 4 && memcmp(name, "node", 4) == 0)
		append_node(sentence, reason->node, node, data);
	else if (length == 5 && memcmp(name, "other", 5) == 0)
		append_node(sentence, reason->other, node, data);
	else if (length == 8 && memcmp(name, "resource", 8) == 0)
		append_resource(sentence, reason, config);
	else if (length == 1 && name[0] == 'n')
		append_format(sentence, "%llu", (unsigned long long)reason->number);
	else if (length == 1 && name[0] == 's')
		append_format(sentence, reason->number < 10000 ? "%.1f" : "%.0f",
			      (double)reason->number / 1000);
	else
		append_format(sentence, "?");
}

size_t names_reason(char *text, size_t size, const struct reason *reason,
		    const struct config *config, names_node_fn *node, void *data)
{
	struct sentence sentence = {.text = text, .size = size};
	const char *at = reason->code < REASON_COUNT ? entries[reason->code].sentence : "?";

	while (*at) {
		const char *end = *at == '{' ? strchr(at, '}') : NULL;

		if (end) {
			append_placeholder(&sentence, at + 1, (size_t)(end - at - 1), reason,
					   config, node, data);
			at = end + 1;
		} else {
			append(&sentence, at++, 1);
		}
	}
	if (size > 0)
		text[sentence.length < size ? sentence.length : size - 1] = '\0';
	return sentence.length;
}
