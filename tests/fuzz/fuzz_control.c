/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any line as a request of the control socket: it is taken or refused, never both; what is taken
 * is the same when it is asked in other words, and what is refused is told in readable ones.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "journal.h"
#include "request.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool right)
{
	if (!right)
		abort();
}

static void check_refusal(const struct request_error *error)
{
	json_t *text;

	must(error->code &&
	     (strcmp(error->code, "BAD_REQUEST") == 0 || strcmp(error->code, "UNKNOWN_VERB") == 0));
	must(error->text[0] != '\0' && memchr(error->text, '\0', sizeof(error->text)));
	text = json_string(error->text); /* of the answer: UTF-8 */
	must(text);
	json_decref(text);
}

static void check_taken(const struct request *request)
{
	must(request->verb && request->kind <= REQUEST_FENCE_PEER);
	must(memchr(request->service, '\0', sizeof(request->service)));
	must(memchr(request->node, '\0', sizeof(request->node)));
	must(request->limit >= 1 && request->limit <= JOURNAL_RECORDS);
	must(request->core_verb <= CORE_VERB_RELOAD);
}

static void set(json_t *json, const char *key, json_t *value)
{
	must(json_object_set_new(json, key, value) == 0);
}

/* With every member that the verb takes. */
static void ask_again(const struct request *request)
{
	json_t *json = json_object();
	struct request again;
	struct request_error error = {0};
	char *line;

	set(json, "verb", json_string(request->verb));
	if (request->service[0])
		set(json, "service", json_string(request->service));
	if (request->node[0])
		set(json, "node", json_string(request->node));
	if (request->kind == REQUEST_ACT && request->core_verb == CORE_VERB_MAINTENANCE)
		set(json, "on", json_boolean(request->on));
	if (request->accept_loss)
		set(json, "accept_loss", json_true());
	if (request->limit != JOURNAL_RECORDS)
		set(json, "limit", json_integer(request->limit));
	line = json_dumps(json, JSON_COMPACT);
	must(line);
	must(request_parse(line, strlen(line), &again, &error) == 0);
	must(memcmp(&again, request, sizeof(again)) == 0);
	free(line);
	json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct request request;
	struct request_error error = {0};
	char text[256];

	if (request_parse((const char *)bytes, size, &request, &error) != 0) {
		check_refusal(&error);
		return 0;
	}
	must(!error.code && error.text[0] == '\0');
	check_taken(&request);
	ask_again(&request);
	request_describe(&request, text, sizeof(text));
	must(strncmp(text, request.verb, strlen(request.verb)) == 0);
	return 0;
}
