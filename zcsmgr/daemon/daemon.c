/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "daemon.h"

#include <errno.h>
#include <grp.h>
#include <qb/qblog.h>
#include <qb/qbutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"

enum {
	ROUNDS = 64, /* of `again`; what is left then goes on after a look at everything else */
	AGAIN_MS = 1,
};

/* ---- time ----------------------------------------------------------------------------------- */

static void on_alarm(void *data)
{
	struct daemon *daemon = data;
	struct core_event event = {.type = CORE_TICK};

	daemon->alarm_set = false;
	daemon_step(daemon, &event, NULL);
}

static void set_alarm(struct daemon *daemon)
{
	uint64_t now_ms = driver_now_ms(), deadline_ms = daemon->update.deadline_ms;
	uint64_t wait_ms = deadline_ms > now_ms ? deadline_ms - now_ms : AGAIN_MS;

	if (daemon->alarm_set)
		qb_loop_timer_del(daemon->loop, daemon->alarm);
	daemon->alarm_set = false;
	if (daemon->update.again)
		wait_ms = AGAIN_MS;
	else if (deadline_ms == UINT64_MAX)
		return;
	daemon->alarm_set =
		qb_loop_timer_add(daemon->loop, QB_LOOP_HIGH, wait_ms * QB_TIME_NS_IN_MSEC, daemon,
				  on_alarm, &daemon->alarm) == 0;
	if (!daemon->alarm_set)
		qb_log(LOG_ERR, "no memory for the core's timer");
}

/* ---- updates -------------------------------------------------------------------------------- */

/* What is not sent is sent again: the core counts on nothing but delivery. */
static void send_messages(struct daemon *daemon)
{
	const struct core_update *update = &daemon->update;

	for (unsigned i = 0; i < update->message_count; i++)
		if (cluster_send(daemon->cluster, update->messages[i].bytes,
				 update->messages[i].size) != 0 &&
		    errno != ENOTCONN)
			qb_log(LOG_WARNING, "a message to the cluster is not sent: %s",
			       strerror(errno));
}

static void store(struct daemon *daemon)
{
	struct core_event event = {.type = CORE_STORED};

	if (daemon->update.store == 0 ||
	    store_write(daemon->store, core_durable(daemon->core), daemon->update.store) == 0)
		return;
	qb_log(LOG_ERR, "the state file is not written: %s", strerror(errno));
	event.stored.sequence = daemon->update.store;
	daemon_step(daemon, &event, NULL);
}

/* A command's last line is its answer, so records go before replies. */
static void tell(struct daemon *daemon)
{
	const struct core_update *update = &daemon->update;

	for (unsigned i = 0; i < update->record_count; i++)
		commands_record(daemon, &update->records[i]);
	if (update->records_dropped > 0)
		qb_log(LOG_WARNING, "%u records were too many at once and are lost",
		       update->records_dropped);
	for (unsigned i = 0; i < update->reply_count; i++)
		commands_reply(daemon, &update->replies[i]);
	for (unsigned i = 0; i < update->answer_count; i++)
		operator_fence_peer(daemon->operator, update->answers[i].id,
				    update->answers[i].answer);
}

static void carry_out(struct daemon *daemon)
{
	const struct core_update *update = &daemon->update;

	if (update->switched)
		resources_switch(daemon);
	send_messages(daemon);
	for (unsigned i = 0; i < update->cancel_count; i++)
		resources_cancel(daemon, update->cancels[i]);
	for (unsigned i = 0; i < update->operation_count; i++)
		resources_run(daemon, &update->operations[i]);
	for (unsigned i = 0; i < update->fence_count; i++)
		resources_fence(daemon, &update->fences[i]);
	store(daemon);
	if (update->stage)
		commands_stage(daemon);
	tell(daemon);
	if (update->reset)
		resetting_go(daemon);
	if (update->left)
		daemon_stop(daemon);
}

/* ---- events --------------------------------------------------------------------------------- */

static void step(struct daemon *daemon, const struct core_event *event)
{
	struct core_event tick = {.type = CORE_TICK};
	struct core_event now = *event;

	now.now_ms = driver_now_ms();
	core_step(daemon->core, &now, &daemon->update);
	carry_out(daemon);
	for (unsigned i = 0; daemon->update.again && i < ROUNDS && !daemon->left; i++) {
		tick.now_ms = driver_now_ms();
		core_step(daemon->core, &tick, &daemon->update);
		carry_out(daemon);
	}
}

static void post(struct daemon *daemon, const struct core_event *event,
		 const struct occasion *occasion)
{
	struct posted *posted = &daemon->posted[daemon->posted_count];

	if (daemon->posted_count == DAEMON_POSTED) {
		qb_log(LOG_CRIT, "too many events at once, one of type %d is lost", event->type);
		return;
	}
	posted->event = *event;
	posted->occasion = *occasion;
	daemon->posted_count++;
}

static bool take_posted(struct daemon *daemon, struct posted *posted)
{
	if (daemon->posted_count == 0)
		return false;
	*posted = daemon->posted[0];
	daemon->posted_count--;
	memmove(daemon->posted, daemon->posted + 1, daemon->posted_count * sizeof(*posted));
	return true;
}

void daemon_step(struct daemon *daemon, const struct core_event *event,
		 const struct occasion *occasion)
{
	static const struct occasion nothing = {.service = CORE_NONE, .resource = CORE_NONE};
	struct posted posted;

	if (!daemon->core || daemon->left)
		return;
	if (!occasion)
		occasion = &nothing;
	if (daemon->stepping) {
		post(daemon, event, occasion);
		return;
	}
	daemon->stepping = true;
	daemon->occasion = *occasion;
	step(daemon, event);
	while (!daemon->left && take_posted(daemon, &posted)) {
		daemon->occasion = posted.occasion;
		step(daemon, &posted.event);
	}
	daemon->stepping = false;
	if (daemon->left)
		return;
	set_alarm(daemon);
	ending_tell(daemon);
	operator_changed(daemon->operator);
}

/* ---- life ----------------------------------------------------------------------------------- */

static void on_stored(void *data, uint64_t sequence, bool ok)
{
	struct core_event event = {.type = CORE_STORED};

	event.stored.sequence = sequence;
	event.stored.ok = ok;
	daemon_step(data, &event, NULL);
}

static bool failed(char *text, size_t size, const char *what)
{
	snprintf(text, size, "%s: %s", what, strerror(errno));
	return false;
}

/* What no later attempt will find otherwise. */
static bool read_files(struct daemon *daemon, char *text, size_t size)
{
	struct config_error error = {""};
	uint8_t boot[BOOT_SIZE];

	daemon->config = calloc(1, sizeof(*daemon->config));
	if (!daemon->config)
		return failed(text, size, "configuration");
	if (config_load(daemon->options.config_path, NULL, daemon->config, &error) != 0) {
		snprintf(text, size, "%s", error.text);
		return false;
	}
	if (boot_identify(daemon->options.run_directory, boot, text, size) != 0)
		return false;
	daemon->store = store_open(daemon->options.state_directory, boot, text, size);
	return daemon->store != NULL;
}

/* Looked up once, before the loop runs: the host's name service may be slow. */
static gid_t group_id(const char *name)
{
	const struct group *group = getgrnam(name);

	return group ? group->gr_gid : (gid_t)SERVER_NO_GROUP;
}

static bool open_operator(struct daemon *daemon, char *text, size_t size)
{
	char path[CONFIG_PATH_SIZE];
	struct server_options options = {
		.path = path,
		.act_group = group_id("zcsadm"),
		.read_group = group_id("zcsview"),
	};

	snprintf(path, sizeof(path), "%s/zcsmgr.sock", daemon->options.run_directory);
	daemon->operator= operator_open(daemon->loop, &options, &commands_backend, daemon);
	return daemon->operator|| failed(text, size, path);
}

static bool open_parts(struct daemon *daemon, char *text, size_t size)
{
	daemon->loop = qb_loop_create();
	if (!daemon->loop)
		return failed(text, size, "main loop");
	daemon->journal = journal_open(daemon->loop, daemon->options.state_directory);
	if (!daemon->journal)
		return failed(text, size, "journal");
	if (store_start(daemon->store, daemon->loop, on_stored, daemon) != 0)
		return failed(text, size, "thread that writes the state file");
	daemon->worker = worker_open(daemon->loop);
	if (!daemon->worker)
		return failed(text, size, "thread that reads the configuration");
	if (!open_operator(daemon, text, size))
		return false;
	if (ending_open(daemon) != 0)
		return failed(text, size, "signals");
	daemon->cluster = cluster_open(daemon->loop, &membership_callbacks, daemon);
	return daemon->cluster || failed(text, size, "connection to corosync");
}

struct daemon *daemon_open(const struct daemon_options *options, char *text, size_t text_size,
			   bool *is_final)
{
	struct daemon *daemon = calloc(1, sizeof(*daemon));

	*is_final = false;
	if (!daemon) {
		failed(text, text_size, "daemon");
		return NULL;
	}
	daemon->options = *options;
	*is_final = !read_files(daemon, text, text_size);
	if (!*is_final && open_parts(daemon, text, text_size))
		return daemon;
	daemon_close(daemon);
	return NULL;
}

void daemon_run(struct daemon *daemon)
{
	if (!daemon->left)
		qb_loop_run(daemon->loop);
}

void daemon_stop(struct daemon *daemon)
{
	daemon->left = true;
	qb_loop_stop(daemon->loop);
}

/* The reverse of opening; what was not opened is NULL. */
void daemon_close(struct daemon *daemon)
{
	daemon->left = true;
	membership_close(daemon);
	ending_close(daemon);
	resetting_close(daemon);
	operator_close(daemon->operator);
	resources_close(daemon);
	if (daemon->alarm_set)
		qb_loop_timer_del(daemon->loop, daemon->alarm);
	if (!worker_close(daemon->worker, 1000))
		return; /* a disk hangs: the process' end cleans up */
	store_close(daemon->store);
	journal_close(daemon->journal);
	core_free(daemon->core);
	free(daemon->staged);
	free(daemon->config);
	if (daemon->loop)
		qb_loop_destroy(daemon->loop);
	free(daemon);
}
