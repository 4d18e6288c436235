/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Serves drbdsetup: one thread a command. A client sends its arguments, each ended by a NUL and
 * all by an empty one; it gets frames of a stream byte, a length and text, and last its exit code.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "standin.h"

enum { ARGUMENTS = 8, REQUEST_SIZE = 4096 };

/* A command's words, sorted. */
struct call {
	int client;
	const char *verb;
	const char *object; /* as given: minor, resource, all; or NULL */
	bool now, clear_bitmap, discard_my_data, force;
	struct resource *resource; /* may be NULL */
};

static bool full_write(int fd, const void *data, size_t size)
{
	const char *at = data;

	while (size > 0) {
		ssize_t sent = send(fd, at, size, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		at += sent;
		size -= (size_t)sent;
	}
	return true;
}

int client_print(int client, int stream, const char *format, ...)
{
	va_list arguments;
	char head[5];
	char *text;
	int length;
	bool sent;

	va_start(arguments, format);
	length = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (length < 0)
		fatal("no memory");
	head[0] = (char)stream;
	for (int i = 0; i < 4; i++)
		head[1 + i] = (char)((uint32_t)length >> (24 - 8 * i));
	sent = full_write(client, head, sizeof(head)) && full_write(client, text, (size_t)length);
	free(text);
	return sent ? 0 : -1;
}

void client_exit(int client, int code)
{
	char frame[5] = {0, 0, 0, 0, (char)code};

	full_write(client, frame, sizeof(frame));
}

/* drbdsetup's exit code for an outcome of the module. */
static int exit_code(int outcome)
{
	if (outcome > 0 && outcome < 100)
		return 0;
	switch (outcome) {
	case SS_NO_UP_TO_DATE_DISK:
		return 17;
	case SS_LOWER_THAN_OUTDATED:
		return 5;
	case ERR_STANDIN:
		return 20;
	default:
		return outcome > 0 ? 10 : 11;
	}
}

static int report(const struct call *call, int outcome)
{
	int code = exit_code(outcome);

	if (code == 10)
		client_print(call->client, 2, "%s: Failure: (%d) %s\n", call->object, outcome,
			     error_name(outcome));
	else if (code == 20)
		client_print(call->client, 2, "%s: %s\n", call->object, error_name(outcome));
	else if (code != 0)
		client_print(call->client, 2, "%s: State change failed: (%d) %s\n", call->object,
			     outcome, error_name(outcome));
	if (outcome == ERR_MINOR_INVALID)
		client_print(call->client, 2, "additional info from kernel:\nunknown minor\n");
	return code;
}

/* Takes over the resource file as it is now; NULL: the client was told why not. */
static struct resource *configure(const struct call *call, bool create)
{
	struct standin_config configs[STANDIN_RESOURCES];
	char error[STANDIN_PATH * 4];
	int count = standin_config_read(kernel.resource_directory, kernel.node, configs, error,
					sizeof(error));
	struct resource *resource = kernel_resource(call->object);

	for (int i = 0; i < count; i++) {
		unsigned minor;

		if (strcmp(configs[i].name, call->object) != 0 || configs[i].self < 0)
			continue;
		minor = configs[i].hosts[configs[i].self].minor;
		if (minor >= kernel.loop_count) {
			client_print(call->client, 2, "stand-in: no loop device for minor %u\n",
				     minor);
			return NULL;
		}
		if (!resource && create)
			resource = &kernel.resources[minor];
		if (resource)
			resource->config = configs[i];
		return resource;
	}
	client_print(call->client, 2, "%s\n", count < 0 ? error : "stand-in: resource unknown");
	return NULL;
}

static int new_resource(const struct call *call)
{
	struct resource *resource = configure(call, true);

	if (!resource)
		return 20;
	if (!resource->exists)
		role_create(resource);
	return 0;
}

static int attach(const struct call *call)
{
	struct resource *resource = configure(call, false);

	return resource ? report(call, role_attach(resource)) : 20;
}

static int connect_net(const struct call *call)
{
	struct resource *resource = configure(call, false);

	return resource ? report(call, role_connect(resource, call->discard_my_data)) : 20;
}

static int disconnect_net(const struct call *call)
{
	int outcome = call->resource ? role_disconnect(call->resource) : ERR_INVALID_REQUEST;
	int code = report(call, outcome);

	if (outcome == ERR_INVALID_REQUEST)
		client_print(call->client, 2, "additional info from kernel:\nunknown connection\n");
	return code;
}

static int on_minor(const struct call *call, int (*action)(struct resource *))
{
	return report(call, call->resource ? action(call->resource) : ERR_MINOR_INVALID);
}

static int suspend(struct resource *resource)
{
	return role_suspend(resource, true);
}

static int resume(struct resource *resource)
{
	return role_suspend(resource, false);
}

static int down(const struct call *call)
{
	static const struct {
		const char *failure;
		int (*action)(struct resource *);
	} steps[] = {
		{"failed to demote", role_secondary},
		{"failed to disconnect", role_disconnect},
		{"failed to detach", role_detach},
	};

	if (!call->resource)
		return 0;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		int outcome = steps[i].action(call->resource);

		if (exit_code(outcome) == 0 || outcome == ERR_INVALID_REQUEST)
			continue;
		report(call, outcome);
		client_print(call->client, 2, "additional info from kernel:\n%s\n",
			     steps[i].failure);
		return exit_code(outcome);
	}
	role_delete(call->resource);
	return 0;
}

static bool unconfigured(const struct resource *resource)
{
	return resource->state.conn == CONN_STANDALONE && resource->state.disk == DISK_DISKLESS;
}

static int show_state(const struct call *call)
{
	const struct resource *resource = call->resource;

	if (!resource)
		return report(call, ERR_MINOR_INVALID);
	if (unconfigured(resource))
		client_print(call->client, 1, "Unconfigured\n");
	else if (strcmp(call->verb, "role") == 0)
		client_print(call->client, 1, "%s/%s\n", role_name(resource->state.role),
			     role_name(resource->state.peer));
	else if (strcmp(call->verb, "cstate") == 0)
		client_print(call->client, 1, "%s\n", connection_name(resource->state.conn));
	else
		client_print(call->client, 1, "%s/%s\n", disk_name(resource->state.disk),
			     disk_name(resource->state.pdsk));
	return 0;
}

static void print_generations(const struct call *call, const struct metadata *md)
{
	char text[128];

	metadata_format(md, text, sizeof(text));
	if (strcmp(call->verb, "show-gi") == 0)
		client_print(call->client, 1,
			     "\nstand-in: Current:Bitmap:younger history:older history:flags\n");
	client_print(call->client, 1, "%s", text);
}

static int show_generations(const struct call *call)
{
	const struct resource *resource = call->resource;

	if (!resource)
		return report(call, ERR_MINOR_INVALID);
	if (resource->image < 0) {
		client_print(call->client, 2,
			     unconfigured(resource) ? "Device is unconfigured\n"
						    : "Device has no disk\n");
		return 1;
	}
	print_generations(call, &resource->md);
	return 0;
}

static void print_status(const struct call *call, const struct resource *resource)
{
	const struct state *state = &resource->state;
	unsigned done = resync_done_percent_hundredths(resource);

	client_print(call->client, 1, "%s role:%s%s\n  disk:%s\n", resource->config.name,
		     role_name(state->role),
		     state->suspended && state->frozen ? " suspended:user,fencing"
		     : state->suspended		       ? " suspended:user"
		     : state->frozen		       ? " suspended:fencing"
						       : "",
		     disk_name(state->disk));
	if (state->conn < CONN_WF_REPORT_PARAMS) {
		client_print(call->client, 1, "  peer connection:%s\n\n", link_name(state->conn));
		return;
	}
	client_print(call->client, 1, "  peer role:%s\n   ", role_name(state->peer));
	if (state->conn > CONN_WF_REPORT_PARAMS)
		client_print(call->client, 1, " replication:%s", replication_name(state->conn));
	client_print(call->client, 1, " peer-disk:%s", disk_name(state->pdsk));
	if (state->conn >= CONN_SYNC_SOURCE)
		client_print(call->client, 1, " done:%u.%02u", done / 100, done % 100);
	client_print(call->client, 1, "\n\n");
}

static int show_status(const struct call *call)
{
	bool all = !call->object || strcmp(call->object, "all") == 0;

	for (int i = 0; i < STANDIN_RESOURCES; i++)
		if (kernel.resources[i].exists && (all || call->resource == &kernel.resources[i]))
			print_status(call, &kernel.resources[i]);
	if (all || call->resource)
		return 0;
	client_print(call->client, 2, "%s: No such resource\n", call->object);
	return 10;
}

/* drbdmeta, which works on the metadata of a disk that is not attached. */

static struct resource metadata_target(const struct call *call, bool *found)
{
	struct resource target = {.image = -1};
	struct standin_config configs[STANDIN_RESOURCES];
	char error[STANDIN_PATH * 4];
	int count = standin_config_read(kernel.resource_directory, kernel.node, configs, error,
					sizeof(error));

	*found = false;
	for (int i = 0; i < count; i++) {
		if (strcmp(configs[i].name, call->object) != 0 || configs[i].self < 0)
			continue;
		target.config = configs[i];
		*found = true;
	}
	if (!*found)
		client_print(call->client, 2, "%s\n",
			     count < 0 ? error : "stand-in: resource unknown");
	return target;
}

static int create_metadata(const struct call *call, const struct resource *target)
{
	if (metadata_exists(call->object) && !call->force) {
		client_print(call->client, 2,
			     "stand-in: there are metadata already; --force overwrites them\n");
		return 1;
	}
	if (metadata_create(target)) {
		client_print(call->client, 2, "stand-in: create-md: %s\n", strerror(errno));
		return 20;
	}
	client_print(call->client, 1, "New drbd meta data block successfully created.\n");
	return 0;
}

static enum disk metadata_disk(const struct metadata *md)
{
	if (!(md->flags & MD_CONSISTENT))
		return DISK_INCONSISTENT;
	return md->flags & MD_WAS_UPTODATE ? DISK_CONSISTENT : DISK_OUTDATED;
}

static int change_metadata(const struct call *call, struct metadata *md)
{
	if (strcmp(call->verb, "outdate") == 0) {
		if (metadata_disk(md) < DISK_OUTDATED)
			return 5;
		md->flags &= ~(unsigned)MD_WAS_UPTODATE;
	} else {
		client_print(call->client, 2, "stand-in: does not know drbdmeta %s\n", call->verb);
		return 20;
	}
	return metadata_write(call->object, md) ? 20 : 0;
}

static int on_metadata(const struct call *call)
{
	struct metadata md;
	bool found;
	struct resource target = metadata_target(call, &found);

	if (!found)
		return 20;
	if (call->resource && call->resource->image >= 0) {
		client_print(call->client, 2, "Device '%u' is configured!\n",
			     target.config.hosts[target.config.self].minor);
		return 20;
	}
	if (strcmp(call->verb, "create-md") == 0)
		return create_metadata(call, &target);
	if (metadata_read(call->object, &md)) {
		client_print(call->client, 2, "No valid meta data found\n");
		return 255;
	}
	if (strcmp(call->verb, "get-gi") == 0 || strcmp(call->verb, "show-gi") == 0)
		print_generations(call, &md);
	else if (strcmp(call->verb, "dstate") == 0)
		client_print(call->client, 1, "%s/DUnknown\n", disk_name(metadata_disk(&md)));
	else
		return change_metadata(call, &md);
	return 0;
}

static int run(const struct call *call)
{
	static const struct {
		const char *verb;
		int (*command)(const struct call *call);
	} commands[] = {
		{"new-resource", new_resource},
		{"attach", attach},
		{"connect", connect_net},
		{"disconnect", disconnect_net},
		{"down", down},
		{"role", show_state},
		{"cstate", show_state},
		{"dstate", show_state},
		{"get-gi", show_generations},
		{"show-gi", show_generations},
		{"status", show_status},
	};
	static const struct {
		const char *verb;
		int (*action)(struct resource *resource);
	} actions[] = {
		{"primary", role_primary}, {"secondary", role_secondary},   {"detach", role_detach},
		{"outdate", role_outdate}, {"invalidate", role_invalidate}, {"suspend-io", suspend},
		{"resume-io", resume},
	};

	if (call->force) {
		client_print(call->client, 2, "stand-in: does not know %s --force\n", call->verb);
		return 20;
	}
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (strcmp(call->verb, commands[i].verb) == 0)
			return commands[i].command(call);
	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (strcmp(call->verb, actions[i].verb) == 0)
			return on_minor(call, actions[i].action);
	if (strcmp(call->verb, "new-current-uuid") == 0)
		return report(call, call->resource ? role_new_current_uuid(call->resource,
									   call->clear_bitmap)
						   : ERR_MINOR_INVALID);
	client_print(call->client, 2, "stand-in: does not know drbdsetup %s\n", call->verb);
	return 20;
}

/* Reads all arguments; the number of them, or -1. */
static int receive(int client, char *buffer, const char **arguments)
{
	size_t used = 0;
	int count = 0;

	for (;;) {
		ssize_t got = recv(client, buffer + used, REQUEST_SIZE - used, 0);

		if (got <= 0)
			return -1;
		used += (size_t)got;
		if (used >= 2 && !buffer[used - 1] && !buffer[used - 2])
			break;
		if (used == REQUEST_SIZE)
			return -1;
	}
	for (char *at = buffer; *at; at += strlen(at) + 1) {
		if (count == ARGUMENTS)
			return -1;
		arguments[count++] = at;
	}
	return count;
}

/* arguments[0] is drbdsetup or drbdmeta, arguments[1] the verb. */
static bool parse(struct call *call, int count, const char **arguments)
{
	static const struct {
		const char *option;
		size_t offset;
	} options[] = {
		{"--now", offsetof(struct call, now)},
		{"--clear-bitmap", offsetof(struct call, clear_bitmap)},
		{"--discard-my-data", offsetof(struct call, discard_my_data)},
		{"--force", offsetof(struct call, force)},
	};

	if (count < 2)
		return false;
	call->verb = arguments[1];
	for (int i = 2; i < count; i++) {
		bool known = false;

		for (size_t j = 0; j < sizeof(options) / sizeof(*options); j++) {
			if (strcmp(arguments[i], options[j].option) != 0)
				continue;
			*(bool *)((char *)call + options[j].offset) = true;
			known = true;
		}
		if (!known && (arguments[i][0] == '-' || call->object)) {
			client_print(call->client, 2, "stand-in: does not know '%s' for %s\n",
				     arguments[i], call->verb);
			return false;
		}
		if (!known)
			call->object = arguments[i];
	}
	return true;
}

static struct resource *find(const char *object)
{
	struct resource *resource = NULL;
	char *end;
	unsigned long minor;

	if (!object)
		return NULL;
	resource = kernel_resource(object);
	if (resource)
		return resource;
	if (strncmp(object, "/dev/drbd", 9) == 0)
		object += 9;
	minor = strtoul(object, &end, 10);
	return *end || end == object || minor >= NO_MINOR ? NULL : kernel_minor((unsigned)minor);
}

static void serve(int client)
{
	char buffer[REQUEST_SIZE];
	const char *arguments[ARGUMENTS];
	struct call call = {.client = client};
	int count = receive(client, buffer, arguments);
	bool known = count >= 0 && parse(&call, count, arguments);

	if (!known) {
		client_exit(client, 20);
		return;
	}
	pthread_mutex_lock(&kernel.lock);
	call.resource = find(call.object);
	if (strcmp(call.verb, "events2") == 0) {
		bool all = !call.object || strcmp(call.object, "all") == 0;

		events_watch(client, all ? NULL : call.object, call.now);
	} else if (!call.object && strcmp(call.verb, "status") != 0) {
		client_print(client, 2, "stand-in: %s of what?\n", call.verb);
		client_exit(client, 20);
	} else if (strcmp(arguments[0], "drbdmeta") == 0) {
		client_exit(client, on_metadata(&call));
	} else {
		client_exit(client, run(&call));
	}
	pthread_mutex_unlock(&kernel.lock);
}

static void *thread(void *data)
{
	int client = (int)(intptr_t)data;

	serve(client);
	close(client);
	return NULL;
}

static struct sockaddr_un socket_address(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	snprintf(address.sun_path, sizeof(address.sun_path), "%s/drbd-standin.sock",
		 kernel.run_directory);
	return address;
}

void command_end(void)
{
	struct sockaddr_un address = socket_address();

	unlink(address.sun_path);
}

int command_listen(void)
{
	struct sockaddr_un address = socket_address();
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	command_end();
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) ||
	    listen(listener, 16))
		return -1;
	return listener;
}

void command_accept(int listener)
{
	int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	struct timeval patience = {.tv_sec = 10};
	pthread_attr_t attributes;
	pthread_t id;

	if (client < 0)
		return;
	setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	if (pthread_create(&id, &attributes, thread, (void *)(intptr_t)client))
		close(client);
	pthread_attr_destroy(&attributes);
}
