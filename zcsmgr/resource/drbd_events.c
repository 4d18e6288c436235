/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "drbd_events.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A word that points into its line. */
struct word {
	const char *text;
	size_t length;
};

/* What a line is about, from its keys. */
struct line {
	struct word action, object;
	const char *keys;
	struct word name;
	int peer;   /* peer-node-id; 0 if there is none */
	int volume; /* -1: none */
};

static int is(struct word word, const char *text)
{
	return word.length == strlen(text) && memcmp(word.text, text, word.length) == 0;
}

/* The next blank-separated word; of length 0 at the end. */
static struct word next_word(const char **at)
{
	struct word word;

	*at += strspn(*at, " \t\r");
	word.text = *at;
	word.length = strcspn(*at, " \t\r");
	*at += word.length;
	return word;
}

/* The value of "key:value"; values may contain colons (addresses). */
static int find_key(const char *keys, const char *key, struct word *value)
{
	size_t length = strlen(key);

	for (;;) {
		struct word word = next_word(&keys);

		if (word.length == 0)
			return 0;
		if (word.length <= length || word.text[length] != ':' ||
		    memcmp(word.text, key, length) != 0)
			continue;
		value->text = word.text + length + 1;
		value->length = word.length - length - 1;
		return 1;
	}
}

static int number(const char *keys, const char *key, int otherwise)
{
	struct word value;
	int result = 0;

	if (!find_key(keys, key, &value) || value.length == 0 || value.length > 8)
		return otherwise;
	for (size_t i = 0; i < value.length; i++) {
		if (!isdigit((unsigned char)value.text[i]))
			return otherwise;
		result = result * 10 + (value.text[i] - '0');
	}
	return result;
}

static enum storage_role role_of(struct word word)
{
	if (is(word, "Primary"))
		return STORAGE_PRIMARY;
	return is(word, "Secondary") ? STORAGE_SECONDARY : STORAGE_ROLE_UNKNOWN;
}

static enum storage_disk disk_of(struct word word)
{
	static const struct {
		const char *name;
		enum storage_disk disk;
	} disks[] = {
		{"Diskless", STORAGE_DISKLESS},	   {"Attaching", STORAGE_DISKLESS},
		{"Detaching", STORAGE_DISKLESS},   {"Failed", STORAGE_DISKLESS},
		{"Negotiating", STORAGE_DISKLESS}, {"Inconsistent", STORAGE_INCONSISTENT},
		{"Outdated", STORAGE_OUTDATED},	   {"Consistent", STORAGE_CONSISTENT},
		{"UpToDate", STORAGE_UPTODATE},
	};

	for (size_t i = 0; i < sizeof(disks) / sizeof(*disks); i++)
		if (is(word, disks[i].name))
			return disks[i].disk;
	return STORAGE_DISK_UNKNOWN;
}

void drbd_events_init(struct drbd_events *events, const char *resource)
{
	*events = (struct drbd_events){0};
	strncpy(events->resource, resource, sizeof(events->resource) - 1);
}

static struct drbd_events_peer *find_peer(struct drbd_events *events, int id, int create)
{
	struct drbd_events_peer *free_place = NULL;

	for (int i = DRBD_EVENTS_PEERS - 1; i >= 0; i--) {
		struct drbd_events_peer *peer = &events->peers[i];

		if (peer->used && peer->id == id)
			return peer;
		if (!peer->used)
			free_place = peer;
	}
	if (!create)
		return NULL;
	if (!free_place) {
		events->overflow = 1;
		return NULL;
	}
	*free_place = (struct drbd_events_peer){.used = 1, .id = id};
	return free_place;
}

static struct drbd_events_device *find_device(struct drbd_events *events, unsigned volume)
{
	struct drbd_events_device *free_place = NULL;

	for (int i = DRBD_EVENTS_VOLUMES - 1; i >= 0; i--) {
		struct drbd_events_device *device = &events->devices[i];

		if (device->used && device->volume == volume)
			return device;
		if (!device->used)
			free_place = device;
	}
	if (!free_place) {
		events->overflow = 1;
		return NULL;
	}
	*free_place = (struct drbd_events_device){
		.used = 1, .volume = volume, .minor = DRBD_EVENTS_NO_MINOR};
	return free_place;
}

static struct drbd_events_peer_device *
find_peer_device(struct drbd_events *events, struct drbd_events_peer *peer, unsigned volume)
{
	struct drbd_events_peer_device *free_place = NULL;

	for (int i = DRBD_EVENTS_VOLUMES - 1; i >= 0; i--) {
		struct drbd_events_peer_device *device = &peer->devices[i];

		if (device->used && device->volume == volume)
			return device;
		if (!device->used)
			free_place = device;
	}
	if (!free_place) {
		events->overflow = 1;
		return NULL;
	}
	*free_place = (struct drbd_events_peer_device){.used = 1, .volume = volume};
	return free_place;
}

static void forget_resource(struct drbd_events *events)
{
	memset(events->devices, 0, sizeof(events->devices));
	memset(events->peers, 0, sizeof(events->peers));
	events->configured = events->suspended = events->overflow = 0;
	events->split_brain = events->split_brain_suspected = 0;
	events->role = STORAGE_ROLE_UNKNOWN;
}

static unsigned on_resource(struct drbd_events *events, const struct line *line)
{
	struct word value;

	if (is(line->action, "destroy")) {
		forget_resource(events);
		return DRBD_EVENTS_CHANGED;
	}
	events->configured = 1;
	if (find_key(line->keys, "role", &value))
		events->role = role_of(value);
	if (find_key(line->keys, "suspended", &value))
		events->suspended = !is(value, "no");
	return DRBD_EVENTS_CHANGED | DRBD_EVENTS_GENERATIONS;
}

static unsigned on_device(struct drbd_events *events, const struct line *line)
{
	struct drbd_events_device *device;
	struct word value;

	if (line->volume < 0)
		return 0;
	device = find_device(events, (unsigned)line->volume);
	if (!device)
		return DRBD_EVENTS_CHANGED;
	if (is(line->action, "destroy")) {
		device->used = 0;
		return DRBD_EVENTS_CHANGED;
	}
	device->minor = number(line->keys, "minor", device->minor);
	if (find_key(line->keys, "disk", &value))
		device->disk = disk_of(value);
	return DRBD_EVENTS_CHANGED | DRBD_EVENTS_GENERATIONS;
}

/* A suspected split brain that ends in StandAlone was one that nothing solved. */
static void settle_split_brain(struct drbd_events *events, const struct drbd_events_peer *peer)
{
	if (peer->stand_alone && events->split_brain_suspected)
		events->split_brain = 1;
	if (!peer->connected)
		return;
	for (int i = 0; i < DRBD_EVENTS_VOLUMES; i++)
		if (peer->devices[i].used && peer->devices[i].established)
			events->split_brain = events->split_brain_suspected = 0;
}

static unsigned on_connection(struct drbd_events *events, const struct line *line)
{
	struct drbd_events_peer *peer;
	struct word value;

	if (is(line->action, "destroy")) {
		peer = find_peer(events, line->peer, 0);
		if (peer)
			peer->used = 0;
		return DRBD_EVENTS_CHANGED;
	}
	peer = find_peer(events, line->peer, 1);
	if (!peer)
		return DRBD_EVENTS_CHANGED;
	if (find_key(line->keys, "connection", &value)) {
		peer->connected = is(value, "Connected");
		peer->stand_alone = is(value, "StandAlone");
	}
	if (find_key(line->keys, "role", &value))
		peer->role = role_of(value);
	settle_split_brain(events, peer);
	return DRBD_EVENTS_CHANGED | DRBD_EVENTS_GENERATIONS;
}

/* done:12.34, from 0 to 100. */
static void take_percent(struct drbd_events_peer_device *device, const char *keys)
{
	struct word value;
	char text[16];
	double percent;

	if (!find_key(keys, "done", &value) || value.length >= sizeof(text))
		return;
	memcpy(text, value.text, value.length);
	text[value.length] = '\0';
	percent = strtod(text, NULL);
	if (percent >= 0 && percent <= 100)
		device->percent = (unsigned)percent;
}

static void take_replication(struct drbd_events_peer_device *device, const char *keys)
{
	struct word value;

	if (!find_key(keys, "replication", &value))
		return;
	device->established = !is(value, "Off") && value.length > 0;
	device->syncing = is(value, "SyncSource") || is(value, "SyncTarget") ||
			  is(value, "PausedSyncS") || is(value, "PausedSyncT");
	if (!device->syncing)
		device->percent = 0;
}

static unsigned on_peer_device(struct drbd_events *events, const struct line *line)
{
	struct drbd_events_peer *peer = find_peer(events, line->peer, 1);
	struct drbd_events_peer_device *device;
	struct word value;

	if (line->volume < 0)
		return 0;
	device = peer ? find_peer_device(events, peer, (unsigned)line->volume) : NULL;
	if (!device)
		return DRBD_EVENTS_CHANGED;
	if (is(line->action, "destroy")) {
		device->used = 0;
		return DRBD_EVENTS_CHANGED;
	}
	take_replication(device, line->keys);
	take_percent(device, line->keys);
	if (find_key(line->keys, "peer-disk", &value))
		device->disk = disk_of(value);
	if (find_key(line->keys, "peer-client", &value))
		device->client = is(value, "yes");
	settle_split_brain(events, peer);
	return DRBD_EVENTS_CHANGED | DRBD_EVENTS_GENERATIONS;
}

static unsigned on_helper(struct drbd_events *events, const struct line *line)
{
	struct word value;

	if (!find_key(line->keys, "helper", &value))
		return 0;
	if (is(value, "initial-split-brain")) {
		events->split_brain_suspected = 1;
		return 0;
	}
	if (!is(value, "split-brain"))
		return 0;
	events->split_brain = events->split_brain_suspected = 1;
	return DRBD_EVENTS_CHANGED;
}

/* "2024-05-01T12:00:00.000000+02:00 " comes before the action with --timestamps. */
static int is_timestamp(struct word word)
{
	return word.length >= 20 && isdigit((unsigned char)word.text[0]);
}

static unsigned dispatch(struct drbd_events *events, const struct line *line)
{
	if (is(line->object, "resource"))
		return on_resource(events, line);
	if (is(line->object, "device"))
		return on_device(events, line);
	if (is(line->object, "connection"))
		return on_connection(events, line);
	if (is(line->object, "peer-device"))
		return on_peer_device(events, line);
	if (is(line->object, "helper"))
		return on_helper(events, line);
	return 0; /* path, and what later versions add */
}

static int known_action(struct word action)
{
	return is(action, "exists") || is(action, "create") || is(action, "change") ||
	       is(action, "destroy") || is(action, "call") || is(action, "response");
}

unsigned drbd_events_line(struct drbd_events *events, const char *text)
{
	struct line line;

	line.action = next_word(&text);
	if (is_timestamp(line.action))
		line.action = next_word(&text);
	line.object = next_word(&text);
	line.keys = text;
	/* "- skipped 3": the kernel's queue ran over. */
	if (is(line.action, "-") && is(line.object, "skipped"))
		return DRBD_EVENTS_LOST;
	if (!known_action(line.action))
		return 0;
	if (is(line.object, "-")) {
		events->complete = 1;
		return DRBD_EVENTS_COMPLETE | DRBD_EVENTS_CHANGED | DRBD_EVENTS_GENERATIONS;
	}
	if (!find_key(line.keys, "name", &line.name) || !is(line.name, events->resource))
		return 0;
	line.peer = number(line.keys, "peer-node-id", 0);
	line.volume = number(line.keys, "volume", -1);
	return dispatch(events, &line);
}

unsigned drbd_events_feed(struct drbd_events *events, const char *data, size_t size)
{
	unsigned result = 0;

	for (size_t i = 0; i < size; i++) {
		if (data[i] != '\n') {
			/* No line is so long; without its end its meaning is unsure. */
			if (events->line_length == DRBD_EVENTS_LINE - 1)
				events->line_too_long = 1;
			else
				events->line[events->line_length++] = data[i];
			continue;
		}
		events->line[events->line_length] = '\0';
		result |= events->line_too_long ? (unsigned)DRBD_EVENTS_LOST
						: drbd_events_line(events, events->line);
		events->line_length = 0;
		events->line_too_long = 0;
	}
	return result;
}

static enum storage_disk worst_disk(const struct drbd_events *events)
{
	enum storage_disk worst = STORAGE_DISK_UNKNOWN;
	int found = 0;

	for (int i = 0; i < DRBD_EVENTS_VOLUMES; i++) {
		const struct drbd_events_device *device = &events->devices[i];

		if (!device->used)
			continue;
		if (!found || device->disk < worst)
			worst = device->disk;
		found = 1;
	}
	return worst;
}

/* What the peers add up to. */
struct sum {
	int peers, connected, stand_alone, disks;
	enum storage_disk disk;
};

static void add_devices(const struct drbd_events_peer *peer, struct sum *sum,
			struct storage *storage)
{
	int established = 0, devices = 0, clients = 0;

	for (int i = 0; i < DRBD_EVENTS_VOLUMES; i++) {
		const struct drbd_events_peer_device *device = &peer->devices[i];

		if (!device->used)
			continue;
		devices++;
		established += device->established;
		clients += device->client;
		if (device->syncing && (!storage->syncing || device->percent < storage->percent))
			storage->percent = (uint8_t)device->percent;
		storage->syncing = storage->syncing || device->syncing;
		if (device->client)
			continue;
		if (sum->disks == 0 || device->disk < sum->disk)
			sum->disk = device->disk;
		sum->disks++;
	}
	if (clients > 0 && clients == devices)
		return;
	sum->peers++;
	sum->stand_alone += peer->stand_alone;
	sum->connected += peer->connected && devices > 0 && established == devices;
}

static void add_role(const struct drbd_events_peer *peer, struct storage *storage)
{
	if (peer->role == STORAGE_PRIMARY || storage->peer_role == STORAGE_ROLE_UNKNOWN)
		storage->peer_role = peer->role;
}

void drbd_events_storage(const struct drbd_events *events, struct storage *storage)
{
	struct sum sum = {.disk = STORAGE_DISK_UNKNOWN};

	*storage = (struct storage){0};
	if (!events->complete || events->overflow)
		return;
	storage->known = true;
	storage->configured = events->configured;
	if (!events->configured)
		return;
	storage->suspended = events->suspended;
	storage->role = events->role;
	storage->disk = worst_disk(events);
	for (int i = 0; i < DRBD_EVENTS_PEERS; i++) {
		if (!events->peers[i].used)
			continue;
		add_devices(&events->peers[i], &sum, storage);
		add_role(&events->peers[i], storage);
	}
	storage->peer_disk = sum.disk;
	storage->link = STORAGE_CONNECTING;
	if (sum.peers == sum.stand_alone) /* 8.4 has no connection at all then */
		storage->link = STORAGE_STANDALONE;
	else if (sum.peers == sum.connected)
		storage->link = STORAGE_CONNECTED;
	/* What an attach found while connected is the disk's matter, not the connection's. */
	storage->split_brain = events->split_brain && storage->link != STORAGE_CONNECTED;
}

int drbd_events_minor(const struct drbd_events *events)
{
	const struct drbd_events_device *lowest = NULL;

	for (int i = 0; i < DRBD_EVENTS_VOLUMES; i++) {
		const struct drbd_events_device *device = &events->devices[i];

		if (device->used && (!lowest || device->volume < lowest->volume))
			lowest = device;
	}
	return lowest ? lowest->minor : DRBD_EVENTS_NO_MINOR;
}
