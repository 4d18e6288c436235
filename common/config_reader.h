/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Typed reading of libconfig settings, with errors that name file, line, text and cure. */
#ifndef ZCSMGR_CONFIG_READER_H
#define ZCSMGR_CONFIG_READER_H

#include <libconfig.h>

#include "config.h"

/* A list of keys that are allowed, for reader_allow(). */
#define READER_KEYS(...) ((const char *const[]){__VA_ARGS__, NULL})

struct reader {
	const char *file;
	const char *node; /* whose value of per-node texts is taken; NULL: the first */
	struct config_error *error;
	unsigned errors;
	unsigned hidden; /* errors that found no room in the text */
};

/* Adds "FILE:LINE: text" to the errors; without a line if there is none. Returns -1. */
int reader_fail(struct reader *reader, const config_setting_t *setting, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int reader_fail_line(struct reader *reader, unsigned line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Refuses keys of the group that are not in the NULL-ended list, naming the nearest. */
void reader_allow(struct reader *reader, const config_setting_t *group, const char *what,
		  const char *const *keys);

/* A member that must be there; NULL and an error if it is not. */
config_setting_t *reader_need(struct reader *reader, const config_setting_t *group, const char *key,
			      const char *what, const char *example);

/* The same for a list of 1 to limit elements. */
config_setting_t *reader_need_list(struct reader *reader, const config_setting_t *group,
				   const char *key, const char *what, const char *example,
				   unsigned limit);

/* Whether an element of the list 'key' is a group in braces; an error if not. */
bool reader_is_group(struct reader *reader, const config_setting_t *element, const char *key,
		     const char *example);

/* A text of 1 to size - 1 characters, the same for every node. 0, or -1 with an error. */
int reader_text(struct reader *reader, const config_setting_t *setting, char *text, size_t size);

/*
 * The setting to read for reader->node: the given one, or, if it is a group with a value for each
 * node of the service as in { astapor = "eth0"; braavos = "ens3"; }, the member of that node.
 * NULL with an error, or if setting is NULL.
 */
const config_setting_t *reader_of_node(struct reader *reader, const config_setting_t *setting,
				       const struct service_config *service);

/* An optional number of seconds, whole or not, in [lowest, highest]. */
void reader_seconds(struct reader *reader, const config_setting_t *group, const char *key,
		    double lowest, double highest, uint32_t *milliseconds);
void reader_count(struct reader *reader, const config_setting_t *group, const char *key,
		  unsigned lowest, unsigned highest, uint32_t *count);
void reader_bool(struct reader *reader, const config_setting_t *group, const char *key,
		 bool *value);

/* A text that is a name: a letter, digit or '_' first, then also what is in extra. */
int reader_name(struct reader *reader, const config_setting_t *setting, char *name, size_t size,
		const char *extra);

/* Refuses a setting of the wrong type: "'KEY' is ...; it must be WANTED". Returns -1. */
int reader_refuse_type(struct reader *reader, const config_setting_t *setting, const char *wanted);

/* A text that is an absolute path in its shortest form. */
int reader_path(struct reader *reader, const config_setting_t *setting, char *path, size_t size);

#endif
