/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What drbdsetup events2 prints, with 8.4's objects, keys and order. */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "standin.h"

enum { WATCHERS = 16, QUEUE_SIZE = 1024 * 1024, LINE_SIZE = 512 };

/* One running events2. */
static struct watcher {
	bool used;
	const char *name; /* NULL: all resources */
	int bell;
	char *queue;
	size_t used_size;
	bool overrun;
} watchers[WATCHERS];

__attribute__((format(printf, 2, 3))) static void publish(const struct resource *resource,
							  const char *format, ...)
{
	char line[LINE_SIZE];
	va_list arguments;
	uint64_t one = 1;
	size_t length;

	va_start(arguments, format);
	length = (size_t)vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	for (int i = 0; i < WATCHERS; i++) {
		struct watcher *watcher = &watchers[i];

		if (!watcher->used ||
		    (watcher->name && strcmp(watcher->name, resource->config.name) != 0))
			continue;
		if (watcher->used_size + length > QUEUE_SIZE) {
			watcher->overrun = true;
		} else {
			memcpy(watcher->queue + watcher->used_size, line, length);
			watcher->used_size += length;
		}
		if (write(watcher->bell, &one, sizeof(one)) < 0)
			fatal("eventfd");
	}
}

/* "name:r peer-node-id:0 conn-name:peer": 8.4 knows neither node ids nor connection names, and
   leaves the latter out while there is no connection configuration. */
static const char *connection_key(const struct resource *resource, char *text, size_t size)
{
	snprintf(text, size, "name:%s peer-node-id:0%s", resource->config.name,
		 resource->net ? " conn-name:peer" : "");
	return text;
}

static const char *suspended_value(const struct state *state)
{
	if (state->suspended)
		return state->frozen ? "user,fencing" : "user";
	return state->frozen ? "fencing" : "no";
}

void events_resource(struct resource *resource, const char *action)
{
	if (strcmp(action, "destroy") == 0)
		publish(resource, "destroy resource name:%s\n", resource->config.name);
	else
		publish(resource, "%s resource name:%s role:%s suspended:%s\n", action,
			resource->config.name, role_name(resource->state.role),
			suspended_value(&resource->state));
}

void events_device(struct resource *resource, const char *action)
{
	unsigned minor = resource->config.hosts[resource->config.self].minor;

	if (strcmp(action, "destroy") == 0)
		publish(resource, "destroy device name:%s volume:0 minor:%u\n",
			resource->config.name, minor);
	else
		publish(resource, "%s device name:%s volume:0 minor:%u disk:%s\n", action,
			resource->config.name, minor, disk_name(resource->state.disk));
}

void events_connection(struct resource *resource, const char *action)
{
	char key[LINE_SIZE / 2];
	bool net = resource->net;

	if (strcmp(action, "destroy") == 0) {
		/* The module reports the end before it forgets the addresses. */
		resource->net = true;
		connection_key(resource, key, sizeof(key));
		resource->net = net;
		publish(resource, "destroy peer-device %s volume:0\n", key);
		publish(resource, "destroy connection %s\n", key);
		return;
	}
	connection_key(resource, key, sizeof(key));
	publish(resource, "%s connection %s connection:%s role:%s\n", action, key,
		link_name(resource->state.conn), role_name(resource->state.peer));
	publish(resource,
		"%s peer-device %s volume:0 replication:%s peer-disk:%s resync-suspended:no\n",
		action, key, replication_name(resource->state.conn),
		disk_name(resource->state.pdsk));
}

void events_helper_call(struct resource *resource, const char *helper)
{
	char key[LINE_SIZE / 2];

	publish(resource, "call helper %s volume:0 minor:%u helper:%s\n",
		connection_key(resource, key, sizeof(key)),
		resource->config.hosts[resource->config.self].minor, helper);
}

/* The status is that of wait(2), as in the module. */
void events_helper_response(struct resource *resource, const char *helper, int status)
{
	char key[LINE_SIZE / 2];

	publish(resource, "response helper %s volume:0 minor:%u helper:%s status:%d\n",
		connection_key(resource, key, sizeof(key)),
		resource->config.hosts[resource->config.self].minor, helper, status);
}

void events_helper(struct resource *resource, const char *helper)
{
	events_helper_call(resource, helper);
	events_helper_response(resource, helper, 0);
}

/* Only what is different is named. */
static void changed_resource(struct resource *resource, const struct state *old,
			     const struct state *new)
{
	char values[64] = "";
	size_t used = 0;

	if (old->role != new->role)
		used = (size_t)snprintf(values, sizeof(values), " role:%s", role_name(new->role));
	if (old->suspended != new->suspended || old->frozen != new->frozen)
		snprintf(values + used, sizeof(values) - used, " suspended:%s",
			 suspended_value(new));
	if (values[0])
		publish(resource, "change resource name:%s%s\n", resource->config.name, values);
}

static void changed_connection(struct resource *resource, const struct state *old,
			       const struct state *new)
{
	char key[LINE_SIZE / 2];
	char connection[64] = "";
	char role[64] = "";

	if (strcmp(link_name(old->conn), link_name(new->conn)) != 0)
		snprintf(connection, sizeof(connection), " connection:%s", link_name(new->conn));
	if (old->peer != new->peer)
		snprintf(role, sizeof(role), " role:%s", role_name(new->peer));
	if (connection[0] || role[0])
		publish(resource, "change connection %s%s%s\n",
			connection_key(resource, key, sizeof(key)), connection, role);
}

static void changed_peer_device(struct resource *resource, const struct state *old,
				const struct state *new)
{
	char key[LINE_SIZE / 2];
	char replication[64] = "";
	char disk[64] = "";

	if (strcmp(replication_name(old->conn), replication_name(new->conn)) != 0)
		snprintf(replication, sizeof(replication), " replication:%s",
			 replication_name(new->conn));
	if (old->pdsk != new->pdsk)
		snprintf(disk, sizeof(disk), " peer-disk:%s", disk_name(new->pdsk));
	if (replication[0] || disk[0])
		publish(resource, "change peer-device %s volume:0%s%s\n",
			connection_key(resource, key, sizeof(key)), replication, disk);
}

void events_changed(struct resource *resource, const struct state *old, const struct state *new)
{
	changed_resource(resource, old, new);
	changed_connection(resource, old, new);
	if (old->disk != new->disk)
		publish(resource, "change device name:%s volume:0 minor:%u disk:%s\n",
			resource->config.name, resource->config.hosts[resource->config.self].minor,
			disk_name(new->disk));
	changed_peer_device(resource, old, new);
}

static struct watcher *watcher_new(const char *name)
{
	for (int i = 0; i < WATCHERS; i++) {
		struct watcher *watcher = &watchers[i];

		if (watcher->used)
			continue;
		*watcher = (struct watcher){.used = true,
					    .name = name,
					    .bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
					    .queue = malloc(QUEUE_SIZE)};
		if (watcher->bell < 0 || !watcher->queue)
			fatal("no memory");
		return watcher;
	}
	return NULL;
}

static void watcher_free(struct watcher *watcher)
{
	close(watcher->bell);
	free(watcher->queue);
	watcher->used = false;
}

/* The objects in the order of the tool. */
static void dump(const char *name)
{
	for (int i = 0; i < STANDIN_RESOURCES; i++) {
		struct resource *resource = &kernel.resources[i];
		char key[LINE_SIZE / 2];

		if (!resource->exists || (name && strcmp(name, resource->config.name) != 0))
			continue;
		connection_key(resource, key, sizeof(key));
		events_resource(resource, "exists");
		publish(resource, "exists connection %s connection:%s role:%s\n", key,
			link_name(resource->state.conn), role_name(resource->state.peer));
		events_device(resource, "exists");
		publish(resource,
			"exists peer-device %s volume:0 replication:%s peer-disk:%s "
			"resync-suspended:no\n",
			key, replication_name(resource->state.conn),
			disk_name(resource->state.pdsk));
	}
}

/* Sends what has gathered; false: the client is gone, or too slow. */
static bool deliver(struct watcher *watcher, int client)
{
	char *text = malloc(QUEUE_SIZE + 1);
	size_t size;
	bool sent;

	if (!text)
		fatal("no memory");
	size = watcher->used_size;
	memcpy(text, watcher->queue, size);
	text[size] = '\0';
	watcher->used_size = 0;
	pthread_mutex_unlock(&kernel.lock);
	sent = size == 0 || client_print(client, 1, "%s", text) == 0;
	pthread_mutex_lock(&kernel.lock);
	free(text);
	return sent && !watcher->overrun;
}

static bool wait_for_news(struct watcher *watcher, int client)
{
	struct pollfd ready[2] = {{.fd = watcher->bell, .events = POLLIN},
				  {.fd = client, .events = POLLIN}};
	uint64_t count;
	int found;

	pthread_mutex_unlock(&kernel.lock);
	found = poll(ready, 2, -1);
	pthread_mutex_lock(&kernel.lock);
	if (read(watcher->bell, &count, sizeof(count)) < 0 && errno != EAGAIN)
		fatal("eventfd");
	/* The client never says more: it can only have gone. */
	return found > 0 && ready[1].revents == 0;
}

void events_watch(int client, const char *name, bool once)
{
	struct watcher *watcher = watcher_new(name);
	bool others[WATCHERS];

	if (!watcher) {
		client_print(client, 2, "stand-in: more than %d watchers\n", WATCHERS);
		client_exit(client, 20);
		return;
	}
	/* The dump is for this watcher alone. */
	for (int i = 0; i < WATCHERS; i++) {
		others[i] = watchers[i].used;
		watchers[i].used = watcher == &watchers[i];
	}
	dump(name);
	memcpy(watcher->queue + watcher->used_size, "exists -\n", 9);
	watcher->used_size += 9;
	for (int i = 0; i < WATCHERS; i++)
		watchers[i].used = others[i];
	while (deliver(watcher, client) && !once)
		if (!wait_for_news(watcher, client))
			break;
	watcher_free(watcher);
	client_exit(client, once ? 0 : 20);
}
