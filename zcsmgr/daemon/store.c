/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <qb/qblog.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver.h"
#include "durable.h"
#include "worker.h"

enum {
	SLOTS = 2,
	PATIENCE_MS = 5000,
};

struct store {
	char path[CONFIG_PATH_SIZE];
	int fd;
	unsigned next_slot; /* never the one that holds the newest whole state */
	struct durable newest;
	bool rebooted;
	uint8_t boot[BOOT_SIZE];

	struct worker *worker;
	void (*written)(void *data, uint64_t sequence, bool ok);
	void *data;
	uint64_t busy_since_ms;

	struct job job; /* the write under way */
	uint64_t job_sequence;
	struct durable job_durable;
	int job_error;
};

/* ---- reading -------------------------------------------------------------------------------- */

static ssize_t read_all(int fd, uint8_t *bytes, size_t size)
{
	size_t count = 0;

	while (count < size) {
		ssize_t more = pread(fd, bytes + count, size - count, (off_t)count);

		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			return -1;
		if (more == 0)
			break;
		count += (size_t)more;
	}
	return (ssize_t)count;
}

static int write_all(int fd, const uint8_t *bytes, size_t size, off_t at)
{
	while (size > 0) {
		ssize_t count = pwrite(fd, bytes, size, at);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		bytes += count;
		size -= (size_t)count;
		at += count;
	}
	return 0;
}

static int refuse_broken(const struct store *store, char *text, size_t size)
{
	snprintf(text, size,
		 "%s is damaged, neither of its two copies is whole. With it this node forgets "
		 "which nodes are in standby, which services are stopped, in maintenance or barred "
		 "here, and how often each service has changed hands; it learns all but the bars "
		 "from the other nodes when they are up. To go on: make sure that no other node is "
		 "cut off from the rest, start the daemon on the other nodes first, then here: "
		 "mv %s %s.damaged && systemctl start zcsmgr",
		 store->path, store->path, store->path);
	return -1;
}

static int refuse_newer(const struct store *store, char *text, size_t size)
{
	snprintf(text, size,
		 "%s was written by a newer zcsmgr than this one (" ZCSMGR_VERSION
		 "); install that version again, or, if every other node is up and knows this "
		 "cluster's state: mv %s %s.newer && systemctl start zcsmgr",
		 store->path, store->path, store->path);
	return -1;
}

/* The newest whole slot decides, also about the version. */
static int choose(struct store *store, const uint8_t *bytes, char *text, size_t size)
{
	enum durable_result newest = DURABLE_BROKEN;
	bool broken = false;

	for (unsigned i = 0; i < SLOTS; i++) {
		struct durable durable;
		enum durable_result result = durable_decode(bytes + i * DURABLE_SIZE, &durable);

		broken = broken || result == DURABLE_BROKEN;
		if (result != DURABLE_VALID && result != DURABLE_NEWER)
			continue;
		if (newest != DURABLE_BROKEN && durable.sequence < store->newest.sequence)
			continue;
		newest = result;
		store->newest = durable;
		store->next_slot = (i + 1) % SLOTS;
	}
	if (newest == DURABLE_NEWER)
		return refuse_newer(store, text, size);
	if (newest != DURABLE_VALID)
		return refuse_broken(store, text, size);
	if (broken)
		qb_log(LOG_WARNING, "%s: one of its two copies is damaged, the other one is used",
		       store->path);
	return 0;
}

static int load(struct store *store, char *text, size_t size)
{
	uint8_t bytes[SLOTS * DURABLE_SIZE] = {0};
	ssize_t count = read_all(store->fd, bytes, sizeof(bytes));

	if (count < 0) {
		snprintf(text, size, "%s cannot be read: %s; repair its disk", store->path,
			 strerror(errno));
		return -1;
	}
	/* A cut file may still hold a whole first slot, but a cut slot is not an empty one. */
	if ((size_t)count < sizeof(bytes))
		memset(bytes + (size_t)count / DURABLE_SIZE * DURABLE_SIZE, 0xff,
		       sizeof(bytes) - (size_t)count / DURABLE_SIZE * DURABLE_SIZE);
	return choose(store, bytes, text, size);
}

/* ---- creating ------------------------------------------------------------------------------- */

static int sync_directory(const char *directory)
{
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result;

	if (fd < 0)
		return -1;
	result = fsync(fd);
	close(fd);
	return result;
}

/* Both slots are written out, so that later writes need no more room. */
static int fill(const char *path, const struct durable *durable)
{
	uint8_t bytes[SLOTS * DURABLE_SIZE] = {0};
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int result;

	if (fd < 0)
		return -1;
	durable_encode(durable, bytes);
	result = write_all(fd, bytes, sizeof(bytes), 0);
	if (result == 0)
		result = fsync(fd);
	if (close(fd) != 0)
		result = -1;
	return result;
}

/* The file appears whole or not at all. */
static int create(struct store *store, const char *directory, char *text, size_t size)
{
	char path[CONFIG_PATH_SIZE + 8];

	store->newest.sequence = 1;
	store->next_slot = 1;
	snprintf(path, sizeof(path), "%s.new", store->path);
	if (fill(path, &store->newest) == 0 && rename(path, store->path) == 0 &&
	    sync_directory(directory) == 0)
		return 0;
	snprintf(text, size, "%s cannot be created: %s; make room or repair the file system",
		 store->path, strerror(errno));
	unlink(path);
	return -1;
}

static int open_file(struct store *store, const char *directory, char *text, size_t size)
{
	store->fd = open(store->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	if (store->fd < 0 && errno == ENOENT) {
		if (create(store, directory, text, size) != 0)
			return -1;
		store->fd = open(store->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	}
	if (store->fd >= 0)
		return 0;
	snprintf(text, size, "%s cannot be opened: %s", store->path, strerror(errno));
	return -1;
}

/* A claim is of one boot: after a reboot nothing of it is up. */
static void judge_boot(struct store *store, const uint8_t *boot)
{
	memcpy(store->boot, boot, BOOT_SIZE);
	store->rebooted = memcmp(store->newest.boot, boot, BOOT_SIZE) != 0;
	for (unsigned i = 0; store->rebooted && i < store->newest.core.service_count; i++)
		store->newest.core.services[i].held_epoch = 0;
}

struct store *store_open(const char *directory, const uint8_t boot[BOOT_SIZE], char *text,
			 size_t text_size)
{
	struct store *store = calloc(1, sizeof(*store));

	if (!store) {
		snprintf(text, text_size, "no memory");
		return NULL;
	}
	snprintf(store->path, sizeof(store->path), "%s/state", directory);
	if (open_file(store, directory, text, text_size) != 0 ||
	    load(store, text, text_size) != 0) {
		store_close(store);
		return NULL;
	}
	judge_boot(store, boot);
	return store;
}

const struct core_durable *store_loaded(const struct store *store)
{
	return &store->newest.core;
}

bool store_rebooted(const struct store *store)
{
	return store->rebooted;
}

/* ---- writing -------------------------------------------------------------------------------- */

static void run_write(struct job *job)
{
	struct store *store = (struct store *)((char *)job - offsetof(struct store, job));
	uint8_t slot[DURABLE_SIZE];
	off_t at = (off_t)store->next_slot * DURABLE_SIZE;

	durable_encode(&store->job_durable, slot);
	store->job_error = 0;
	if (write_all(store->fd, slot, sizeof(slot), at) != 0 || fdatasync(store->fd) != 0)
		store->job_error = errno;
}

static void write_done(struct job *job)
{
	struct store *store = (struct store *)((char *)job - offsetof(struct store, job));
	bool ok = store->job_error == 0;

	store->busy_since_ms = 0;
	if (ok) {
		/* Only now: after a failure the same slot, perhaps torn, is written again. */
		store->next_slot = (store->next_slot + 1) % SLOTS;
		store->newest.sequence = store->job_durable.sequence;
	} else {
		qb_log(LOG_ERR, "%s cannot be written: %s", store->path,
		       strerror(store->job_error));
	}
	store->written(store->data, store->job_sequence, ok);
}

int store_start(struct store *store, qb_loop_t *loop,
		void (*written)(void *data, uint64_t sequence, bool ok), void *data)
{
	store->written = written;
	store->data = data;
	store->worker = worker_open(loop);
	return store->worker ? 0 : -1;
}

int store_write(struct store *store, const struct core_durable *durable, uint64_t sequence)
{
	if (store->busy_since_ms != 0) {
		errno = EBUSY;
		return -1;
	}
	store->job = (struct job){.run = run_write, .done = write_done};
	store->job_sequence = sequence;
	store->job_durable.sequence = store->newest.sequence + 1;
	store->job_durable.core = *durable;
	memcpy(store->job_durable.boot, store->boot, BOOT_SIZE);
	if (worker_submit(store->worker, &store->job) != 0)
		return -1;
	store->busy_since_ms = driver_now_ms();
	return 0;
}

uint64_t store_busy_since_ms(const struct store *store)
{
	return store->busy_since_ms;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	if (!worker_close(store->worker, PATIENCE_MS)) {
		qb_log(LOG_ERR, "%s: a write did not end, its disk hangs", store->path);
		return; /* the thread still uses it */
	}
	if (store->fd >= 0)
		close(store->fd);
	free(store);
}
