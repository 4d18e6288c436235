/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "operator.h"

#include <qb/qbutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"
#include "peer.h"
#include "request.h"

enum {
	WATCH_MS = 200,		 /* between two looks at what changed */
	ANSWER_ROOM_SIZE = 1024, /* of a line, for what stands around records */
};

/* A client that gets more than one line. */
struct follower {
	uint64_t client;		/* 0: unused */
	bool watches;			/* monitor: told of every change */
	bool told;			/* monitor: has the newest status */
	char service[CONFIG_NAME_SIZE]; /* of the command; empty: of all */
};

struct operator
{
	qb_loop_t *loop;
	struct server *server;
	const struct operator_backend *backend;
	void *data;
	struct follower followers[SERVER_CLIENTS];
	unsigned watchers;
	char *steady; /* what those who watch have been told, without passing times */
	bool waiting; /* the timer runs */
	bool changed;
	qb_loop_timer_handle timer;
};

/* ---- answers -------------------------------------------------------------------------------- */

static void answer(struct operator* operator, uint64_t client, const char *result, const char *code,
		   const char *text, const char *key, json_t *value)
{
	json_t *line = json_object(), *readable = json_string(text);

	json_object_set_new(line, "result", json_string(result));
	json_object_set_new(line, "code", json_string(code));
	/* What was not UTF-8 in the request is not in its refusal. */
	json_object_set_new(line, "text", readable ? readable : json_string("not readable"));
	if (key)
		json_object_set_new(line, key, value);
	server_answer(operator->server, client, line);
	json_decref(line);
}

static void refuse(struct operator* operator, uint64_t client, const char *code, const char *text)
{
	answer(operator, client, "refused", code, text, NULL, NULL);
}

/* ---- followers ------------------------------------------------------------------------------ */

/* There is a place for every client. */
static struct follower *follow(struct operator* operator, uint64_t client)
{
	for (unsigned i = 0; i < SERVER_CLIENTS; i++) {
		struct follower *follower = &operator->followers[i];

		if (follower->client != 0)
			continue;
		*follower = (struct follower){.client = client};
		return follower;
	}
	return NULL;
}

static void unfollow(struct operator* operator, uint64_t client)
{
	for (unsigned i = 0; i < SERVER_CLIENTS; i++) {
		struct follower *follower = &operator->followers[i];

		if (follower->client != client)
			continue;
		operator->watchers -= follower->watches;
		*follower = (struct follower){0};
	}
}

static void on_gone(void *data, uint64_t client)
{
	unfollow(data, client);
}

static bool is_followed(const struct follower *follower, const char *service)
{
	if (follower->client == 0 || follower->watches)
		return false;
	return follower->service[0] == '\0' || (service && strcmp(follower->service, service) == 0);
}

void operator_record(struct operator* operator, const char * service, const json_t *record)
{
	json_t *line = NULL;

	for (unsigned i = 0; i < SERVER_CLIENTS; i++) {
		if (!is_followed(&operator->followers[i], service))
			continue;
		if (!line)
			line = json_pack("{s:O}", "progress", record);
		server_tell(operator->server, operator->followers[i].client, line);
	}
	json_decref(line);
}

void operator_reply(struct operator* operator, uint64_t request, enum core_result result,
		    const char *code, const char *text)
{
	static const char *const results[] = {
		[CORE_DONE] = "done",
		[CORE_REFUSED] = "refused",
		[CORE_UNSUCCESSFUL] = "failed",
	};

	unfollow(operator, request);
	answer(operator, request, results[result], code, text, NULL, NULL);
}

void operator_fence_peer(struct operator* operator, uint64_t client, enum core_fence_peer code)
{
	answer(operator, client, "done", "DONE", "answered", "answer", json_integer(code));
}

/* ---- monitor -------------------------------------------------------------------------------- */

/* Those who have not yet taken the last one wait: they get the newest when they have. */
static bool tell_watchers(struct operator* operator)
{
	json_t *line = NULL;
	bool all_told = true;

	for (unsigned i = 0; i < SERVER_CLIENTS; i++) {
		struct follower *follower = &operator->followers[i];

		if (follower->client == 0 || !follower->watches || follower->told)
			continue;
		if (!server_idle(operator->server, follower->client)) {
			all_told = false;
			continue;
		}
		if (!line)
			line = json_pack(
				"{s:o}",
				"status", operator->backend->status(operator->data, false));
		follower->told = true;
		server_tell(operator->server, follower->client, line);
	}
	json_decref(line);
	return all_told;
}

static void note_change(struct operator* operator)
{
	json_t *status = operator->backend->status(operator->data, true);
	char *steady = json_dumps(status, JSON_COMPACT);

	json_decref(status);
	if (!steady || (operator->steady && strcmp(steady, operator->steady) == 0)) {
		free(steady);
		return;
	}
	free(operator->steady);
	operator->steady = steady;
	for (unsigned i = 0; i < SERVER_CLIENTS; i++)
		operator->followers[i].told = false;
}

static void look_later(struct operator* operator);

static void on_timer(void *data)
{
	struct operator* operator= data;

	operator->waiting = false;
	if (operator->watchers == 0)
		return;
	if (operator->changed) {
		operator->changed = false;
		note_change(operator);
	}
	if (!tell_watchers(operator))
		look_later(operator);
}

static void look_later(struct operator* operator)
{
	if (operator->waiting || operator->watchers == 0)
		return;
	operator->waiting = qb_loop_timer_add(operator->loop, QB_LOOP_LOW,
					      (uint64_t)WATCH_MS *QB_TIME_NS_IN_MSEC, operator,
					      on_timer, &operator->timer) == 0;
}

void operator_changed(struct operator* operator)
{
	operator->changed = true;
	look_later(operator);
}

/* ---- requests ------------------------------------------------------------------------------- */

static void monitor(struct operator* operator, uint64_t client)
{
	struct follower *follower = follow(operator, client);

	if (!follower)
		return;
	follower->watches = true;
	operator->watchers++;
	if (!tell_watchers(operator))
		look_later(operator);
}

static void tell(struct operator* operator, uint64_t client, const struct request *request)
{
	const char *service = request->service[0] ? request->service : NULL;

	switch (request->kind) {
	case REQUEST_STATUS:
	case REQUEST_WHY:
		answer(operator, client, "done", "DONE", "done",
		       "status", operator->backend->status(operator->data, false));
		return;
	case REQUEST_HISTORY:
		answer(operator, client, "done", "DONE", "done",
		       "records",
		       operator->backend->history(operator->data, service, request->limit,
						  CONTROL_LINE_SIZE - ANSWER_ROOM_SIZE));
		return;
	case REQUEST_MONITOR:
		monitor(operator, client);
		return;
	case REQUEST_ACT:
	case REQUEST_FENCE_PEER:
		return;
	}
}

static bool resolve(struct operator* operator, uint64_t client, const struct request *request,
		    struct core_command *command)
{
	char text[256];

	*command = (struct core_command){
		.request = client,
		.verb = request->core_verb,
		.service = CORE_NONE,
		.on = request->on,
		.accept_loss = request->accept_loss,
	};
	if (request->service[0])
		command->service = operator->backend->find_service(operator->data,
								   request->service);
	if (request->service[0] && command->service == CORE_NONE) {
		snprintf(text, sizeof(text), "there is no service %s in the configuration",
			 request->service);
		refuse(operator, client, "UNKNOWN_SERVICE", text);
		return false;
	}
	if (request->kind == REQUEST_ACT &&
	    !operator->backend->ready(operator->data, text, sizeof(text))) {
		refuse(operator, client, "NOT_READY", text);
		return false;
	}
	if (request->node[0])
		command->nodeid = operator->backend->find_node(operator->data, request->node);
	if (request->node[0] && command->nodeid == 0) {
		snprintf(text, sizeof(text), "there is no node %s in corosync's node list",
			 request->node);
		refuse(operator, client, "UNKNOWN_NODE", text);
		return false;
	}
	return true;
}

static void act(struct operator* operator, const struct server_peer * peer,
		const struct request *request, const struct core_command *command)
{
	struct follower *follower = follow(operator, command->request);
	char who[64], what[256];

	if (!follower)
		return;
	snprintf(follower->service, sizeof(follower->service), "%s", request->service);
	peer_describe(peer, who, sizeof(who));
	request_describe(request, what, sizeof(what));
	operator->backend->command(operator->data, command, who, what);
}

static void ask(struct operator* operator, uint64_t client, const struct request *request)
{
	char text[256];

	if (!operator->backend->ready(operator->data, text, sizeof(text)))
		refuse(operator, client, "NOT_READY", text);
	else if (!operator->backend->fence_peer(operator->data, client, request->resource, text,
						sizeof(text)))
		refuse(operator, client, "UNKNOWN_RESOURCE", text);
}

static void on_request(void *data, uint64_t client, const struct server_peer *peer,
		       const char *line, size_t size)
{
	struct operator* operator= data;
	struct request_error error;
	struct core_command command;
	struct request request;

	if (request_parse(line, size, &request, &error) != 0)
		refuse(operator, client, error.code, error.text);
	else if (request.kind == REQUEST_ACT && !peer->may_act)
		refuse(operator, client, "NOT_PERMITTED",
		       "only root and members of the group zcsadm may do that");
	else if (request.kind == REQUEST_FENCE_PEER && peer->uid != 0)
		refuse(operator, client, "NOT_PERMITTED", "only the kernel, as root, asks that");
	else if (request.kind == REQUEST_FENCE_PEER)
		ask(operator, client, &request);
	else if (!resolve(operator, client, &request, &command))
		return;
	else if (request.kind == REQUEST_ACT)
		act(operator, peer, &request, &command);
	else
		tell(operator, client, &request);
}

/* ---- life ----------------------------------------------------------------------------------- */

struct operator* operator_open(qb_loop_t *loop, const struct server_options *options,
			       const struct operator_backend *backend, void *data)
{
	static const struct server_callbacks callbacks = {.request = on_request, .gone = on_gone};
	struct operator* operator= calloc(1, sizeof(*operator));

	if (!operator)
		return NULL;
	operator->loop = loop;
	operator->backend = backend;
	operator->data = data;
	operator->server = server_open(loop, options, &callbacks, operator);
	if (operator->server)
		return operator;
	free(operator);
	return NULL;
}

void operator_close(struct operator* operator)
{
	if (!operator)
		return;
	if (operator->waiting)
		qb_loop_timer_del(operator->loop, operator->timer);
	server_close(operator->server);
	free(operator->steady);
	free(operator);
}
