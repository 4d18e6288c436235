/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Operators' commands on their way to the core, and what comes back: records, replies, status. */
#include "daemon.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "control.h"
#include "driver.h"
#include "names.h"

enum { HANGING_MS = 10000 };

#define OWN_REQUEST UINT64_MAX /* no client's */

/* ---- records -------------------------------------------------------------------------------- */

static void add(struct daemon *daemon, const struct journal_entry *entry)
{
	const json_t *record = journal_add(daemon->journal, entry);

	if (record && daemon->operator)
		operator_record(daemon->operator, entry->service, record);
}

void commands_note(struct daemon *daemon, enum reason_level level, const char *code,
		   const char *service, const char *text, const char *detail)
{
	struct journal_entry entry = {
		.level = level, .code = code, .service = service, .text = text, .detail = detail};

	add(daemon, &entry);
}

static bool is_about_fencing(enum reason_code code)
{
	return code == REASON_FENCED || code == REASON_FENCE_FAILED || code == REASON_POWERED_ON ||
	       code == REASON_POWER_ON_FAILED;
}

/* What the driver or agent said belongs to the records of the step that it brought about. */
static const char *detail_of(const struct daemon *daemon, const struct reason *reason)
{
	const struct occasion *occasion = &daemon->occasion;

	if (occasion->fenced != 0)
		return is_about_fencing(reason->code) && reason->node == occasion->fenced
			       ? occasion->text
			       : NULL;
	if (reason->resource == CORE_NONE || reason->code == REASON_STARTING ||
	    reason->code == REASON_STOPPING)
		return NULL;
	return reason->service == occasion->service && reason->resource == occasion->resource
		       ? occasion->text
		       : NULL;
}

static void name_objects(const struct daemon *daemon, const struct reason *reason,
			 struct journal_entry *entry)
{
	const struct service_config *service;

	if (reason->node != 0)
		entry->about = status_node_name((void *)&daemon->settings, reason->node);
	if (reason->service < 0 || (unsigned)reason->service >= daemon->config->service_count)
		return;
	service = &daemon->config->services[reason->service];
	entry->service = service->name;
	if (reason->resource >= 0 && (unsigned)reason->resource < service->resource_count)
		entry->resource = service->resources[reason->resource].name;
}

void commands_record(struct daemon *daemon, const struct reason *reason)
{
	struct status_input input;
	char text[512];
	struct journal_entry entry = {
		.level = names_reason_level(reason->code),
		.code = names_reason_code(reason->code),
		.number = reason->number,
		.text = text,
		.detail = detail_of(daemon, reason),
	};

	commands_status(daemon, &input);
	status_sentence(&input, reason, text, sizeof(text));
	name_objects(daemon, reason, &entry);
	add(daemon, &entry);
}

void commands_reply(struct daemon *daemon, const struct core_reply *reply)
{
	static const char *const results[] = {
		[CORE_DONE] = "done", [CORE_REFUSED] = "refused", [CORE_UNSUCCESSFUL] = "failed"};
	struct journal_entry entry = {.level = REASON_INFO, .code = "ANSWERED"};
	struct status_input input;
	char sentence[512], text[640];

	commands_status(daemon, &input);
	status_sentence(&input, &reply->reason, sentence, sizeof(sentence));
	operator_reply(daemon->operator, reply->request, reply->result,
		       names_reason_code(reply->reason.code), sentence);
	if (reply->result == CORE_DONE)
		snprintf(text, sizeof(text), "the command is done");
	else
		snprintf(text, sizeof(text), "the command is %s: %s", results[reply->result],
			 sentence);
	entry.text = text;
	name_objects(daemon, &reply->reason, &entry);
	add(daemon, &entry);
}

/* ---- status --------------------------------------------------------------------------------- */

void commands_status(const struct daemon *daemon, struct status_input *input)
{
	*input = (struct status_input){
		.core = daemon->core,
		.config = daemon->config,
		.settings = &daemon->settings,
		.facts = &daemon->facts,
		.node = daemon->node,
		.cluster = daemon->info.cluster_name,
		.now_ms = driver_now_ms(),
	};
	if (daemon->problem[0])
		input->problem = daemon->problem;
}

static void add_troubles(struct daemon *daemon, struct status_input *input)
{
	uint64_t since_ms = store_busy_since_ms(daemon->store);

	input->troubles[0] = journal_trouble(daemon->journal);
	if (since_ms != 0 && input->now_ms > since_ms + HANGING_MS)
		input->troubles[1] = "the disk of the state file hangs: this node acquires nothing "
				     "until it answers";
	if (daemon->reset_failure[0])
		input->troubles[2] = daemon->reset_failure;
}

static json_t *get_status(void *data, bool steady)
{
	struct daemon *daemon = data;
	struct status_input input;

	commands_status(daemon, &input);
	add_troubles(daemon, &input);
	input.steady = steady;
	return status_build(&input);
}

static json_t *get_history(void *data, const char *service, unsigned limit, size_t size)
{
	const struct daemon *daemon = data;

	return journal_history(daemon->journal, service, limit, size);
}

/* ---- commands ------------------------------------------------------------------------------- */

static int find_service(void *data, const char *name)
{
	const struct daemon *daemon = data;

	return config_find_service(daemon->config, name);
}

static uint32_t find_node(void *data, const char *name)
{
	const struct daemon *daemon = data;

	for (unsigned i = 0; i < daemon->settings.node_count; i++)
		if (strcmp(daemon->settings.nodes[i].name, name) == 0)
			return daemon->settings.nodes[i].nodeid;
	return 0;
}

static bool is_ready(void *data, char *text, size_t size)
{
	const struct daemon *daemon = data;

	if (daemon->core)
		return true;
	snprintf(text, size, "%s",
		 daemon->problem[0] ? daemon->problem
				    : "this node has had no contact with corosync yet; start it "
				      "(systemctl start corosync)");
	return false;
}

static void run_command(void *data, const struct core_command *command, const char *who,
			const char *what)
{
	struct core_event event = {.type = CORE_COMMAND, .command = *command};
	struct daemon *daemon = data;
	char text[512];

	snprintf(text, sizeof(text), "`zcsmgr %s`, by %s", what, who);
	commands_note(daemon, REASON_NOTICE, "COMMAND",
		      command->service == CORE_NONE
			      ? NULL
			      : daemon->config->services[command->service].name,
		      text, NULL);
	daemon_step(daemon, &event, NULL);
}

/* The core knows the first resource of each stack. */
static bool ask_fence_peer(void *data, uint64_t client, const char *resource, char *text,
			   size_t size)
{
	struct core_event event = {.type = CORE_FENCE_PEER};
	struct daemon *daemon = data;
	const struct config *config = daemon->config;

	event.fence_peer.service = CORE_NONE;
	for (unsigned i = 0; i < config->service_count; i++) {
		const struct resource_config *first = &config->services[i].resources[0];

		if (config->services[i].resource_count > 0 && first->type == RESOURCE_DRBD &&
		    strcmp(first->drbd.resource, resource) == 0)
			event.fence_peer.service = (int)i;
	}
	if (event.fence_peer.service == CORE_NONE) {
		snprintf(text, size, "no service has the DRBD resource %s at its bottom", resource);
		return false;
	}
	event.fence_peer.id = client;
	event.fence_peer.deadline_ms = driver_now_ms() + CONTROL_FENCE_PEER_MS;
	daemon_step(daemon, &event, NULL);
	return true;
}

const struct operator_backend commands_backend = {
	.status = get_status,
	.history = get_history,
	.find_service = find_service,
	.find_node = find_node,
	.ready = is_ready,
	.command = run_command,
	.fence_peer = ask_fence_peer,
};

void commands_reload(struct daemon *daemon)
{
	struct core_command command = {
		.request = OWN_REQUEST, .verb = CORE_VERB_RELOAD, .service = CORE_NONE};

	run_command(daemon, &command, "SIGHUP", "reload");
}

/* ---- a new configuration -------------------------------------------------------------------- */

struct stage {
	struct job job;
	struct daemon *daemon;
	char path[CONFIG_PATH_SIZE], node[CONFIG_NAME_SIZE];
	struct config *config;
	struct config_error error;
	bool ok;
};

static void run_stage(struct job *job)
{
	struct stage *stage = (struct stage *)job;

	stage->ok = config_load(stage->path, stage->node, stage->config, &stage->error) == 0;
}

/* The core looks at one staged configuration until another takes its place. */
static void give_staged(struct daemon *daemon, struct config *config)
{
	struct core_event event = {.type = CORE_STAGED};
	struct config *before = daemon->staged;

	daemon->staged = config;
	event.staged.ok = config != NULL;
	event.staged.config = config;
	daemon_step(daemon, &event, NULL);
	free(before);
}

static void stage_done(struct job *job)
{
	struct stage *stage = (struct stage *)job;
	struct daemon *daemon = stage->daemon;

	if (stage->ok && !daemon->left &&
	    !membership_fits(&daemon->info, stage->config, stage->error.text,
			     sizeof(stage->error.text)))
		stage->ok = false;
	if (daemon->left || !stage->ok) {
		free(stage->config);
		stage->config = NULL;
	}
	if (!daemon->left) {
		if (!stage->ok)
			commands_note(daemon, REASON_ERROR, "CONFIG_REFUSED", NULL,
				      "the new configuration is refused on this node",
				      stage->error.text);
		give_staged(daemon, stage->config);
	}
	free(stage);
}

static void refuse_stage(struct daemon *daemon, struct stage *stage)
{
	struct core_event event = {.type = CORE_STAGED};

	commands_note(daemon, REASON_ERROR, "CONFIG_REFUSED", NULL,
		      "the new configuration cannot be read: no memory", NULL);
	if (stage)
		free(stage->config);
	free(stage);
	daemon_step(daemon, &event, NULL);
}

/* In the helper thread: the disk may hang. */
void commands_stage(struct daemon *daemon)
{
	struct stage *stage = calloc(1, sizeof(*stage));

	if (!stage) {
		refuse_stage(daemon, NULL);
		return;
	}
	stage->job = (struct job){.run = run_stage, .done = stage_done};
	stage->daemon = daemon;
	snprintf(stage->path, sizeof(stage->path), "%s", daemon->options.config_path);
	snprintf(stage->node, sizeof(stage->node), "%s", daemon->node);
	stage->config = calloc(1, sizeof(*stage->config));
	if (!stage->config || worker_submit(daemon->worker, &stage->job) != 0)
		refuse_stage(daemon, stage);
}
