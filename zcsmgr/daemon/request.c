/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "request.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "config_scan.h"
#include "journal.h"

enum need { NO, MAY, MUST };

static const struct verb {
	const char *name;
	enum request_kind kind;
	enum core_verb core_verb;
	enum need service, node, on, accept_loss, limit, resource;
} verbs[] = {
	{"status", REQUEST_STATUS, 0, MAY, NO, NO, NO, NO, NO},
	{"why", REQUEST_WHY, 0, MAY, NO, NO, NO, NO, NO},
	{"history", REQUEST_HISTORY, 0, MAY, NO, NO, NO, MAY, NO},
	{"monitor", REQUEST_MONITOR, 0, MAY, NO, NO, NO, NO, NO},
	{"start", REQUEST_ACT, CORE_VERB_START, MUST, NO, NO, NO, NO, NO},
	{"stop", REQUEST_ACT, CORE_VERB_STOP, MUST, NO, NO, NO, NO, NO},
	{"move", REQUEST_ACT, CORE_VERB_MOVE, MUST, MAY, NO, NO, NO, NO},
	{"standby", REQUEST_ACT, CORE_VERB_STANDBY, NO, MUST, NO, NO, NO, NO},
	{"online", REQUEST_ACT, CORE_VERB_ONLINE, NO, MUST, NO, NO, NO, NO},
	{"maintenance", REQUEST_ACT, CORE_VERB_MAINTENANCE, MAY, NO, MUST, NO, NO, NO},
	{"cleanup", REQUEST_ACT, CORE_VERB_CLEANUP, MAY, NO, NO, NO, NO, NO},
	{"confirm-down", REQUEST_ACT, CORE_VERB_CONFIRM_DOWN, NO, MUST, NO, MAY, NO, NO},
	{"reload", REQUEST_ACT, CORE_VERB_RELOAD, NO, NO, NO, NO, NO, NO},
	{"drbd-fence-peer", REQUEST_FENCE_PEER, 0, NO, NO, NO, NO, NO, MUST},
};

/* What was sent may be no UTF-8, or is cut within a character: the answer must be UTF-8. */
static void make_readable(char *text)
{
	while (*text) {
		size_t length = config_scan_character(text, strlen(text));

		if (length == 0)
			*text = '?';
		text += length ? length : 1;
	}
}

__attribute__((format(printf, 2, 3))) static int bad(struct request_error *error,
						     const char *format, ...)
{
	va_list arguments;

	error->code = "BAD_REQUEST";
	va_start(arguments, format);
	vsnprintf(error->text, sizeof(error->text), format, arguments);
	va_end(arguments);
	make_readable(error->text);
	return -1;
}

/* ---- members -------------------------------------------------------------------------------- */

/* A member that may be absent; null is absent too. *value is NULL then. */
static int find(const json_t *json, const struct verb *verb, const char *key, enum need need,
		json_t **value, struct request_error *error)
{
	*value = json_object_get(json, key);
	if (json_is_null(*value))
		*value = NULL;
	if (*value && need == NO)
		return bad(error, "%s takes no \"%s\"", verb->name, key);
	if (!*value && need == MUST)
		return bad(error, "%s needs \"%s\"", verb->name, key);
	return 0;
}

static int get_name(const json_t *json, const struct verb *verb, const char *key, enum need need,
		    char name[CONFIG_NAME_SIZE], struct request_error *error)
{
	json_t *value;

	if (find(json, verb, key, need, &value, error) != 0)
		return -1;
	if (!value)
		return 0;
	if (!json_is_string(value) || json_string_length(value) == 0 ||
	    json_string_length(value) >= CONFIG_NAME_SIZE)
		return bad(error, "\"%s\" must be a name of 1 to %d bytes", key,
			   CONFIG_NAME_SIZE - 1);
	memcpy(name, json_string_value(value), json_string_length(value) + 1);
	return 0;
}

static int get_bool(const json_t *json, const struct verb *verb, const char *key, enum need need,
		    bool *flag, struct request_error *error)
{
	json_t *value;

	if (find(json, verb, key, need, &value, error) != 0)
		return -1;
	if (!value)
		return 0;
	if (!json_is_boolean(value))
		return bad(error, "\"%s\" must be true or false", key);
	*flag = json_is_true(value);
	return 0;
}

static int get_limit(const json_t *json, const struct verb *verb, unsigned *limit,
		     struct request_error *error)
{
	json_t *value;

	if (find(json, verb, "limit", verb->limit, &value, error) != 0)
		return -1;
	if (!value)
		return 0;
	if (!json_is_integer(value) || json_integer_value(value) < 1)
		return bad(error, "\"limit\" must be a number of records, 1 or more");
	if (json_integer_value(value) < JOURNAL_RECORDS)
		*limit = (unsigned)json_integer_value(value);
	return 0;
}

/* What is not understood might have mattered: it is refused, not ignored. */
static int refuse_others(json_t *json, struct request_error *error)
{
	static const char *const known[] = {"verb",	   "service", "node",	 "on",
					    "accept_loss", "limit",   "resource"};
	const char *key;
	json_t *value;

	json_object_foreach(json, key, value)
	{
		bool found = false;

		for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++)
			found = found || strcmp(key, known[i]) == 0;
		if (!found)
			return bad(error, "\"%.64s\" is not known", key);
	}
	return 0;
}

/* ---- the request ---------------------------------------------------------------------------- */

static const struct verb *find_verb(const json_t *json, struct request_error *error)
{
	const char *name = json_string_value(json_object_get(json, "verb"));

	if (!name) {
		bad(error, "a request has a \"verb\"");
		return NULL;
	}
	for (unsigned i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(name, verbs[i].name) == 0)
			return &verbs[i];
	bad(error, "there is no verb \"%.64s\"", name);
	error->code = "UNKNOWN_VERB";
	return NULL;
}

static int read_request(json_t *json, struct request *request, struct request_error *error)
{
	const struct verb *verb;

	if (!json_is_object(json))
		return bad(error, "a request is one JSON object");
	verb = find_verb(json, error);
	if (!verb || refuse_others(json, error) != 0)
		return -1;
	request->kind = verb->kind;
	request->verb = verb->name;
	request->core_verb = verb->core_verb;
	request->limit = JOURNAL_RECORDS;
	if (get_name(json, verb, "service", verb->service, request->service, error) != 0 ||
	    get_name(json, verb, "node", verb->node, request->node, error) != 0 ||
	    get_name(json, verb, "resource", verb->resource, request->resource, error) != 0 ||
	    get_bool(json, verb, "on", verb->on, &request->on, error) != 0 ||
	    get_bool(json, verb, "accept_loss", verb->accept_loss, &request->accept_loss, error) !=
		    0)
		return -1;
	return get_limit(json, verb, &request->limit, error);
}

int request_parse(const char *line, size_t size, struct request *request,
		  struct request_error *error)
{
	json_error_t json_error;
	json_t *json = json_loadb(line, size, JSON_REJECT_DUPLICATES, &json_error);
	int result;

	memset(request, 0, sizeof(*request));
	if (!json)
		return bad(error, "not JSON: %.200s", json_error.text);
	result = read_request(json, request, error);
	json_decref(json);
	return result;
}

void request_describe(const struct request *request, char *text, size_t size)
{
	snprintf(text, size, "%s%s%s%s%s%s%s", request->verb,
		 request->core_verb != CORE_VERB_MAINTENANCE || request->kind != REQUEST_ACT ? ""
		 : request->on								     ? " on"
			       : " off",
		 request->service[0] ? " " : "", request->service, request->node[0] ? " " : "",
		 request->node, request->accept_loss ? " --accept-loss" : "");
}
