/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A daemon with its real core, store, journal and socket, on a corosync and an executor that are
   played, and what is seen of it. */
#ifndef ZCSMGR_TESTS_PLAYED_DAEMON_H
#define ZCSMGR_TESTS_PLAYED_DAEMON_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "control.h"
#include "daemon.h"
#include "durable.h"
#include "folder.h"
#include "notify.h"
#include "played.h"

enum { WAIT_MS = 20000 };

static char folder[64], config_path[128], socket_path[100], notify_path[100], state_path[128];
static struct daemon_options options;
static struct daemon *daemon_;
static struct control *control;
static int notify_fd;

__attribute__((unused)) static const char one_service[] =
	"services = ( { name = \"zimbra\"; nodes = [ \"astapor\" ];\n"
	"  stack = ( { type = \"filesystem\"; device = \"/dev/sdz1\"; "
	"directory = \"/opt/zimbra\";\n"
	"              fstype = \"ext4\"; },\n"
	"            { type = \"zimbra\"; directory = \"/opt/zimbra\"; "
	"user = \"zimbra\"; } ); } );\n";

__attribute__((unused)) static const char two_services[] =
	"services = ( { name = \"archive\"; nodes = [ \"astapor\" ];\n"
	"  stack = ( { type = \"filesystem\"; device = \"/dev/sdz2\"; directory = \"/srv\";\n"
	"              fstype = \"ext4\"; } ); },\n"
	"  { name = \"zimbra\"; nodes = [ \"astapor\" ];\n"
	"  stack = ( { type = \"filesystem\"; device = \"/dev/sdz1\"; directory = "
	"\"/opt/zimbra\";\n"
	"              fstype = \"ext4\"; },\n"
	"            { type = \"zimbra\"; directory = \"/opt/zimbra\"; user = \"zimbra\"; } ); } "
	");\n";

__attribute__((unused)) static const char with_drbd[] =
	"services = ( { name = \"zimbra\"; nodes = [ \"astapor\" ];\n"
	"  stack = ( { type = \"drbd\"; resource = \"optzimbra\"; },\n"
	"            { type = \"filesystem\"; device = \"/dev/drbd0\"; "
	"directory = \"/opt/zimbra\";\n"
	"              fstype = \"ext4\"; } ); } );\n";

static const char *const names[] = {"astapor", "braavos"};

static inline void write_config(const char *text)
{
	FILE *file = fopen(config_path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

/* ---- its life -------------------------------------------------------------------------------- */

static inline void begin(void)
{
	char text[2048] = "";
	bool is_final;

	notify_open();
	daemon_ = daemon_open(&options, text, sizeof(text), &is_final);
	if (!daemon_)
		fail_msg("%s", text);
}

static inline void end(void)
{
	control_close(control);
	control = NULL;
	daemon_close(daemon_);
	daemon_ = NULL;
	notify_close();
}

static inline void open_notify_socket(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	strcpy(address.sun_path, notify_path);
	notify_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	assert_int_equal(bind(notify_fd, (struct sockaddr *)&address, sizeof(address)), 0);
	setenv("NOTIFY_SOCKET", notify_path, 1);
}

static inline int set_up(void **state)
{
	(void)state;
	folder_make(folder);
	snprintf(config_path, sizeof(config_path), "%s/zcsmgr.conf", folder);
	snprintf(socket_path, sizeof(socket_path), "%s/zcsmgr.sock", folder);
	snprintf(notify_path, sizeof(notify_path), "%s/notify", folder);
	snprintf(state_path, sizeof(state_path), "%s/state", folder);
	options = (struct daemon_options){
		.config_path = config_path, .state_directory = folder, .run_directory = folder};
	memset(&corosync, 0, sizeof(corosync));
	memset(&played, 0, sizeof(played));
	memset(&machine, 0, sizeof(machine));
	corosync_name_nodes(names, 2);
	open_notify_socket();
	write_config(one_service);
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	if (daemon_)
		end();
	close(notify_fd);
	folder_remove(folder);
	return 0;
}

/* ---- what is seen of it ---------------------------------------------------------------------- */

static inline bool is_phase(void *data)
{
	struct core_status status;

	if (!daemon_->core)
		return false;
	core_status(daemon_->core, loop_now_ms(), &status);
	return status.services[0].phase == *(enum core_phase *)data;
}

static inline void wait_for_phase(enum core_phase phase)
{
	if (!loop_until(daemon_->loop, is_phase, &phase, WAIT_MS))
		fail_msg("phase %d was not reached", phase);
}

static inline bool has_done(void *data)
{
	return played_did(data);
}

static inline void wait_for(const char *what)
{
	if (!loop_until(daemon_->loop, has_done, (void *)what, WAIT_MS))
		fail_msg("%s was not done", what);
}

static inline bool never(void *data)
{
	(void)data;
	return false;
}

static inline void pass(uint32_t for_ms)
{
	loop_until(daemon_->loop, never, NULL, for_ms);
}

static json_t *answer_line;

static inline bool has_line(void *data)
{
	(void)data;
	answer_line = control_receive(control, 0);
	return answer_line != NULL;
}

static inline json_t *next_line(void)
{
	assert_true(loop_until(daemon_->loop, has_line, NULL, WAIT_MS));
	return answer_line;
}

static inline void send_request(json_t *request)
{
	if (!control)
		control = control_connect(socket_path);
	assert_non_null(control);
	assert_int_equal(control_send(control, request), 0);
	json_decref(request);
}

/* The last line to a request; the texts of what came before are added to progress. */
static inline json_t *ask(json_t *request, char *progress, size_t size)
{
	send_request(request);
	for (;;) {
		json_t *line = next_line(), *record = json_object_get(line, "progress");

		if (!record)
			return line;
		if (progress) {
			const char *text = json_string_value(json_object_get(record, "text"));
			const char *detail = json_string_value(json_object_get(record, "detail"));
			size_t used = strlen(progress);

			snprintf(progress + used, size - used, "%s (%s)\n", text,
				 detail ? detail : "");
		}
		json_decref(line);
	}
}

static inline void expect_code(json_t *line, const char *code)
{
	const char *got = json_string_value(json_object_get(line, "code"));

	if (!got || strcmp(got, code) != 0) {
		char *text = json_dumps(line, 0);

		fail_msg("%s expected, not %s", code, text);
	}
	json_decref(line);
}

static inline bool attention_has(const char *part)
{
	json_t *line = ask(json_pack("{s:s}", "verb", "status"), NULL, 0), *one;
	bool found = false;
	size_t index;

	json_array_foreach(json_object_get(json_object_get(line, "status"), "attention"), index,
			   one) found =
		found || strstr(json_string_value(json_object_get(one, "text")), part);
	json_decref(line);
	return found;
}

/* The detail of the newest record of that code; NULL: there is none. */
static inline const char *detail_of(const char *code)
{
	static char detail[512];
	json_t *line = ask(json_pack("{s:s}", "verb", "history"), NULL, 0), *record;
	bool found = false;
	size_t index;

	json_array_foreach(json_object_get(line, "records"), index, record)
	{
		const char *text = json_string_value(json_object_get(record, "detail"));

		if (strcmp(json_string_value(json_object_get(record, "code")), code) != 0)
			continue;
		snprintf(detail, sizeof(detail), "%s", text ? text : "");
		found = true;
	}
	json_decref(line);
	return found ? detail : NULL;
}

static inline void read_state(struct durable *durable)
{
	uint8_t bytes[2 * DURABLE_SIZE];
	struct durable other;
	int fd = open(state_path, O_RDONLY);

	assert_int_equal(read(fd, bytes, sizeof(bytes)), sizeof(bytes));
	close(fd);
	if (durable_decode(bytes, durable) != DURABLE_VALID)
		memset(durable, 0, sizeof(*durable));
	if (durable_decode(bytes + DURABLE_SIZE, &other) == DURABLE_VALID &&
	    other.sequence > durable->sequence)
		*durable = other;
}

/* All that the service manager was told. */
static inline const char *notified(void)
{
	static char all[8192];
	size_t used = strlen(all);
	ssize_t count;

	while (used + 512 < sizeof(all) && (count = recv(notify_fd, all + used, 511, 0)) > 0) {
		used += (size_t)count;
		all[used++] = '\n';
		all[used] = '\0';
	}
	return all;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
