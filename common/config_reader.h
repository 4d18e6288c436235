/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Typed reading of libconfig settings, with errors that name file, line, text and cure. */
#ifndef ZCSMGR_CONFIG_READER_H
#define ZCSMGR_CONFIG_READER_H

#include <libconfig.h>

#include "config.h"

struct reader {
	const char *file;
	const char *node; /* whose value of per-node texts is taken; NULL: the first */
	struct config_error *error;
	unsigned errors;
};

/* Adds "FILE:LINE: text" to the errors; setting NULL: without a line. Returns -1. */
int reader_fail(struct reader *reader, const config_setting_t *setting, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Refuses keys of the group that are not in the NULL-ended list, naming the nearest. */
void reader_allow(struct reader *reader, const config_setting_t *group, const char *what,
		  const char *const *keys);

/* A member that must be there; NULL and an error if it is not. */
config_setting_t *reader_need(struct reader *reader, const config_setting_t *group, const char *key,
			      const char *what, const char *example);

/*
 * A text of 1 to size - 1 characters, or, if nodes is not NULL, one for each of its nodes as in
 * { astapor = "eth0"; braavos = "ens3"; }. 0, or -1 with an error.
 */
int reader_text(struct reader *reader, const config_setting_t *setting, char *text, size_t size,
		const struct service_config *nodes);
/* The same for an optional member: without it text keeps what it has. */
void reader_optional_text(struct reader *reader, const config_setting_t *group, const char *key,
			  char *text, size_t size, const struct service_config *nodes);

/* An optional number of seconds, whole or not, in [lowest, highest]. */
void reader_seconds(struct reader *reader, const config_setting_t *group, const char *key,
		    double lowest, double highest, uint32_t *milliseconds);
void reader_count(struct reader *reader, const config_setting_t *group, const char *key,
		  unsigned lowest, unsigned highest, uint32_t *count);
void reader_bool(struct reader *reader, const config_setting_t *group, const char *key,
		 bool *value);

/* Letters, digits, and what else is in extra; for names of things. */
int reader_check_name(struct reader *reader, const config_setting_t *setting, const char *name,
		      const char *extra);
int reader_check_path(struct reader *reader, const config_setting_t *setting, const char *path);

/* What libconfig would not survive or accept silently; -1 with an error. */
int reader_check_bytes(struct reader *reader, const char *text, size_t size);

/* The same for files that mean the same, whatever their spaces, comments and order of keys. */
void reader_digest(const config_setting_t *root, uint8_t digest[CONFIG_DIGEST_SIZE]);

#endif
