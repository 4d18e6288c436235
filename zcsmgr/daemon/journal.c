/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "journal.h"

#include <errno.h>
#include <qb/qblog.h>
#include <qb/qbutil.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "driver.h"
#include "journal_file.h"
#include "worker.h"

enum {
	CHUNK_SIZE = 64 * 1024, /* written at a time */
	RETRY_MS = 30000,	/* after a failure, if there is no new record before */
	HANGING_MS = 10000,
	PATIENCE_MS = 2000,
};

struct record {
	char *line; /* with its newline */
	size_t size;
	bool sync;
};

struct journal {
	struct journal_file file;
	qb_loop_t *loop;
	struct worker *worker;
	char node[CONFIG_NAME_SIZE];
	json_t *current; /* what journal_add() returned */

	/* Record n is at records[n % JOURNAL_RECORDS]. */
	struct record records[JOURNAL_RECORDS];
	uint64_t first, end;
	uint64_t unwritten; /* the first that is not in the file */

	struct job job; /* the write under way */
	bool busy, closing;
	uint64_t busy_since_ms;
	uint64_t job_end;
	char chunk[CHUNK_SIZE];
	size_t chunk_size;
	bool chunk_sync;
	int job_error;

	qb_loop_timer_handle retry;
	bool retrying;
	uint64_t lost; /* never came into the file */
	char trouble[CONFIG_PATH_SIZE + 128];
};

/* ---- in memory ------------------------------------------------------------------------------ */

static void keep(struct journal *journal, char *line, size_t size, bool sync)
{
	struct record *record;

	if (journal->end - journal->first == JOURNAL_RECORDS) {
		free(journal->records[journal->first % JOURNAL_RECORDS].line);
		journal->first++;
	}
	if (journal->unwritten < journal->first) {
		journal->lost += !journal->busy || journal->unwritten >= journal->job_end;
		journal->unwritten = journal->first;
	}
	record = &journal->records[journal->end++ % JOURNAL_RECORDS];
	*record = (struct record){.line = line, .size = size, .sync = sync};
}

/* Files may be of other versions or damaged: whatever is a record at all is kept as it is. */
static void keep_old(void *data, const char *text, size_t size)
{
	struct journal *journal = data;
	json_t *record;
	char *line;

	if (size >= JOURNAL_LINE_SIZE)
		return;
	record = json_loadb(text, size, 0, NULL);
	if (json_is_object(record) && json_is_number(json_object_get(record, "time")) &&
	    json_is_string(json_object_get(record, "text"))) {
		line = malloc(size + 2);
		if (line) {
			memcpy(line, text, size);
			memcpy(line + size, "\n", 2);
			keep(journal, line, size + 1, false);
		}
	}
	json_decref(record);
}

/* ---- into the file -------------------------------------------------------------------------- */

static void write_next(struct journal *journal);

static void on_retry(void *data)
{
	struct journal *journal = data;

	journal->retrying = false;
	write_next(journal);
}

static void run_write(struct job *job)
{
	struct journal *journal = (struct journal *)((char *)job - offsetof(struct journal, job));

	journal->job_error = journal_file_append(&journal->file, journal->chunk,
						 journal->chunk_size, journal->chunk_sync);
}

static void write_failed(struct journal *journal)
{
	if (!journal->trouble[0])
		qb_log(LOG_WARNING, "%s cannot be written: %s", journal->file.path,
		       strerror(journal->job_error));
	snprintf(journal->trouble, sizeof(journal->trouble),
		 "the journal %s cannot be written: %s; the newest records are kept in memory only",
		 journal->file.path, strerror(journal->job_error));
	if (journal->closing || journal->retrying)
		return;
	journal->retrying = qb_loop_timer_add(journal->loop, QB_LOOP_LOW,
					      (uint64_t)RETRY_MS * QB_TIME_NS_IN_MSEC, journal,
					      on_retry, &journal->retry) == 0;
}

static void write_done(struct job *job)
{
	struct journal *journal = (struct journal *)((char *)job - offsetof(struct journal, job));

	journal->busy = false;
	if (journal->job_error != 0) {
		write_failed(journal);
		return;
	}
	if (journal->trouble[0])
		qb_log(LOG_NOTICE, "%s is written again, %llu records are lost", journal->file.path,
		       (unsigned long long)journal->lost);
	journal->trouble[0] = '\0';
	if (journal->unwritten < journal->job_end)
		journal->unwritten = journal->job_end;
	write_next(journal);
}

static void fill_chunk(struct journal *journal)
{
	journal->chunk_size = 0;
	journal->chunk_sync = false;
	journal->job_end = journal->unwritten;
	while (journal->job_end < journal->end) {
		const struct record *record = &journal->records[journal->job_end % JOURNAL_RECORDS];

		if (journal->chunk_size + record->size > CHUNK_SIZE)
			break;
		memcpy(journal->chunk + journal->chunk_size, record->line, record->size);
		journal->chunk_size += record->size;
		journal->chunk_sync = journal->chunk_sync || record->sync;
		journal->job_end++;
	}
}

static void write_next(struct journal *journal)
{
	if (journal->busy || journal->unwritten == journal->end)
		return;
	fill_chunk(journal);
	journal->job = (struct job){.run = run_write, .done = write_done};
	journal->busy = worker_submit(journal->worker, &journal->job) == 0;
	journal->busy_since_ms = driver_now_ms();
}

/* ---- records -------------------------------------------------------------------------------- */

/* Tools print what they like: a text that is no UTF-8 loses its foreign bytes. */
static json_t *text_value(const char *text)
{
	json_t *value = json_string(text);
	char *copy;

	if (value)
		return value;
	copy = strdup(text);
	for (char *at = copy; at && *at; at++)
		if ((unsigned char)*at >= 0x80)
			*at = '?';
	value = copy ? json_string(copy) : NULL;
	free(copy);
	return value;
}

static void set_text(json_t *record, const char *key, const char *text)
{
	if (text && *text)
		json_object_set_new(record, key, text_value(text));
}

static double wall_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (double)now.tv_sec + (double)(now.tv_nsec / 1000000) / 1000;
}

static json_t *make_record(const struct journal *journal, const struct journal_entry *entry)
{
	static const char *const levels[] = {"info", "notice", "warning", "error"};
	json_t *record = json_object();

	json_object_set_new(record, "time", json_real(wall_time()));
	json_object_set_new(record, "boot_ms", json_integer((json_int_t)driver_now_ms()));
	set_text(record, "node", journal->node);
	json_object_set_new(record, "level", json_string(levels[entry->level]));
	set_text(record, "code", entry->code);
	set_text(record, "service", entry->service);
	set_text(record, "resource", entry->resource);
	set_text(record, "about", entry->about);
	json_object_set_new(record, "number", json_integer((json_int_t)entry->number));
	json_object_set_new(record, "text", text_value(entry->text));
	set_text(record, "detail", entry->detail);
	return record;
}

static char *make_line(const json_t *record, size_t *size)
{
	enum { FLAGS = JSON_COMPACT | JSON_REAL_PRECISION(13) };
	size_t length = json_dumpb(record, NULL, 0, FLAGS);
	char *line;

	if (length == 0 || length >= JOURNAL_LINE_SIZE)
		return NULL;
	line = malloc(length + 2);
	if (!line)
		return NULL;
	json_dumpb(record, line, length, FLAGS);
	memcpy(line + length, "\n", 2);
	*size = length + 1;
	return line;
}

static void log_entry(const struct journal_entry *entry)
{
	static const uint8_t priorities[] = {LOG_INFO, LOG_NOTICE, LOG_WARNING, LOG_ERR};

	qb_log(priorities[entry->level], "%s%s%s", entry->text,
	       entry->detail && *entry->detail ? ": " : "", entry->detail ? entry->detail : "");
}

const json_t *journal_add(struct journal *journal, const struct journal_entry *entry)
{
	size_t size;
	char *line;

	log_entry(entry);
	json_decref(journal->current);
	journal->current = make_record(journal, entry);
	line = make_line(journal->current, &size);
	if (!line) { /* too long: what was decided counts more than what a tool printed */
		json_object_del(journal->current, "detail");
		line = make_line(journal->current, &size);
	}
	if (!line)
		return journal->current;
	keep(journal, line, size, entry->level >= REASON_NOTICE);
	write_next(journal);
	return journal->current;
}

/* ---- history -------------------------------------------------------------------------------- */

static bool is_of(const json_t *record, const char *service)
{
	const char *name = json_string_value(json_object_get(record, "service"));

	return !service || !name || strcmp(name, service) == 0;
}

json_t *journal_history(const struct journal *journal, const char *service, unsigned limit,
			size_t size)
{
	json_t *records = json_array();
	size_t used = 2;

	for (uint64_t i = journal->end; i > journal->first && limit > 0; i--) {
		const struct record *kept = &journal->records[(i - 1) % JOURNAL_RECORDS];
		json_t *record = json_loadb(kept->line, kept->size, 0, NULL);

		used += kept->size; /* its newline stands for the comma */
		if (used >= size) {
			json_decref(record);
			break;
		}
		if (record && is_of(record, service)) {
			json_array_insert_new(records, 0, record);
			limit--;
		} else {
			used -= kept->size;
			json_decref(record);
		}
	}
	return records;
}

const char *journal_trouble(struct journal *journal)
{
	if (journal->busy && driver_now_ms() > journal->busy_since_ms + HANGING_MS)
		snprintf(journal->trouble, sizeof(journal->trouble),
			 "the disk of %s hangs; the newest records are kept in memory only",
			 journal->file.path);
	return journal->trouble[0] ? journal->trouble : NULL;
}

/* ---- life ----------------------------------------------------------------------------------- */

struct journal *journal_open(qb_loop_t *loop, const char *directory)
{
	struct journal *journal = calloc(1, sizeof(*journal));

	if (!journal)
		return NULL;
	journal->loop = loop;
	journal_file_init(&journal->file, directory);
	if (gethostname(journal->node, sizeof(journal->node) - 1) != 0)
		journal->node[0] = '\0';
	journal_file_read(&journal->file, keep_old, journal);
	journal->unwritten = journal->end;
	journal->lost = 0;
	journal->worker = worker_open(loop);
	if (journal->worker)
		return journal;
	journal_close(journal);
	return NULL;
}

void journal_set_node(struct journal *journal, const char *node)
{
	snprintf(journal->node, sizeof(journal->node), "%s", node);
}

void journal_flush(struct journal *journal, uint32_t patience_ms)
{
	worker_wait(journal->worker, patience_ms);
}

void journal_close(struct journal *journal)
{
	if (!journal)
		return;
	journal->closing = true;
	if (journal->retrying)
		qb_loop_timer_del(journal->loop, journal->retry);
	if (journal->worker)
		write_next(journal);
	if (!worker_close(journal->worker, PATIENCE_MS))
		return; /* the thread still uses it */
	journal_file_close(&journal->file);
	for (uint64_t i = journal->first; i < journal->end; i++)
		free(journal->records[i % JOURNAL_RECORDS].line);
	json_decref(journal->current);
	free(journal);
}
