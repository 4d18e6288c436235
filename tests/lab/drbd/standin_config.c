/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "standin_config.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKEN_SIZE = STANDIN_PATH, FILE_SIZE = 64 * 1024 };

struct reader {
	const char *path;
	const char *at;
	const char *end;
	unsigned line;
	char token[TOKEN_SIZE]; /* "" at the end of the file */
	char *error;
	size_t error_size;
};

/* Where an option's value goes, and what DRBD allows. */
struct number_option {
	const char *name;
	size_t offset;
	unsigned minimum;
	unsigned maximum;
};

static const struct number_option net_numbers[] = {
	{"ping-int", offsetof(struct standin_config, ping_int), 1, 120},
	{"ping-timeout", offsetof(struct standin_config, ping_timeout), 1, 300},
	{"timeout", offsetof(struct standin_config, timeout), 1, 600},
	{"connect-int", offsetof(struct standin_config, connect_int), 1, 120},
};

/* Options of which the stand-in models one value only. */
static const char *const net_words[][2] = {
	{"protocol", "C"},
	{"after-sb-0pri", "disconnect"},
	{"after-sb-1pri", "disconnect"},
	{"after-sb-2pri", "disconnect"},
	{"rr-conflict", "disconnect"},
};

static const char *const disk_words[][2] = {
	{"on-io-error", "detach"},
};

__attribute__((format(printf, 2, 3))) static int refuse(struct reader *reader, const char *format,
							...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	snprintf(reader->error, reader->error_size, "%s:%u: stand-in: %s", reader->path,
		 reader->line, text);
	return -1;
}

static void skip_blanks(struct reader *reader)
{
	while (reader->at < reader->end) {
		if (*reader->at == '#') {
			while (reader->at < reader->end && *reader->at != '\n')
				reader->at++;
		} else if (isspace((unsigned char)*reader->at)) {
			reader->line += *reader->at == '\n';
			reader->at++;
		} else {
			return;
		}
	}
}

static int next(struct reader *reader)
{
	size_t length = 0;
	int quoted;

	skip_blanks(reader);
	reader->token[0] = '\0';
	if (reader->at == reader->end)
		return 0;
	quoted = *reader->at == '"';
	if (quoted)
		reader->at++;
	if (!quoted && strchr("{};", *reader->at)) {
		reader->token[0] = *reader->at++;
		reader->token[1] = '\0';
		return 0;
	}
	while (reader->at < reader->end) {
		char c = *reader->at;

		if (quoted ? c == '"' : isspace((unsigned char)c) || strchr("{};#", c))
			break;
		if (length == TOKEN_SIZE - 1)
			return refuse(reader, "a word longer than %d characters", TOKEN_SIZE - 1);
		reader->token[length++] = c;
		reader->at++;
	}
	if (quoted && reader->at == reader->end)
		return refuse(reader, "a quote that does not end");
	reader->at += quoted;
	reader->token[length] = '\0';
	return 0;
}

static int expect(struct reader *reader, const char *token)
{
	if (next(reader))
		return -1;
	if (strcmp(reader->token, token) != 0)
		return refuse(reader, "'%s' where '%s' was expected", reader->token, token);
	return 0;
}

static int word(struct reader *reader, char *value, size_t size)
{
	if (next(reader))
		return -1;
	if (!reader->token[0] || strchr("{};", reader->token[0]))
		return refuse(reader, "'%s' where a value was expected", reader->token);
	if (strlen(reader->token) >= size)
		return refuse(reader, "'%s' is too long", reader->token);
	memcpy(value, reader->token, strlen(reader->token) + 1);
	return 0;
}

static int number(struct reader *reader, unsigned minimum, unsigned maximum, unsigned *value)
{
	char text[STANDIN_NAME];
	char *end;
	unsigned long parsed;

	if (word(reader, text, sizeof(text)))
		return -1;
	parsed = strtoul(text, &end, 10);
	if (!isdigit((unsigned char)text[0]) || *end || parsed < minimum || parsed > maximum)
		return refuse(reader, "'%s' is not a number from %u to %u", text, minimum, maximum);
	*value = (unsigned)parsed;
	return 0;
}

/* resync-rate 250K, 4M; bare numbers are KiB/s, as in DRBD. */
static int rate(struct reader *reader, unsigned *kib)
{
	char text[STANDIN_NAME];
	char *end;
	unsigned long parsed;

	if (word(reader, text, sizeof(text)))
		return -1;
	parsed = strtoul(text, &end, 10);
	if (*end == 'M' || *end == 'm')
		parsed *= 1024;
	if (*end && strchr("KkMm", *end))
		end++;
	if (!isdigit((unsigned char)text[0]) || *end || parsed < 1 || parsed > 4096 * 1024)
		return refuse(reader, "'%s' is not a rate", text);
	*kib = (unsigned)parsed;
	return 0;
}

/* 1: it was one of the words; 0: it was not; -1: refused. */
static int one_of(struct reader *reader, const char *name, const char *const (*words)[2],
		  size_t count)
{
	char value[STANDIN_NAME];

	for (size_t i = 0; i < count; i++) {
		if (strcmp(name, words[i][0]) != 0)
			continue;
		if (word(reader, value, sizeof(value)))
			return -1;
		if (strcmp(value, words[i][1]) != 0)
			return refuse(reader, "does not know '%s %s', only '%s'", name, value,
				      words[i][1]);
		return 1;
	}
	return 0;
}

static int net_option(struct reader *reader, struct standin_config *config, const char *name)
{
	for (size_t i = 0; i < sizeof(net_numbers) / sizeof(*net_numbers); i++)
		if (strcmp(name, net_numbers[i].name) == 0)
			return number(reader, net_numbers[i].minimum, net_numbers[i].maximum,
				      (unsigned *)(void *)((char *)config + net_numbers[i].offset));
	switch (one_of(reader, name, net_words, sizeof(net_words) / sizeof(*net_words))) {
	case 1:
		return 0;
	case 0:
		return refuse(reader, "does not know '%s' in net {}", name);
	default:
		return -1;
	}
}

const char *standin_fencing_name(enum fencing fencing)
{
	static const char *const names[] = {"dont-care", "resource-only", "resource-and-stonith"};

	return names[fencing];
}

static int fencing(struct reader *reader, enum fencing *fencing)
{
	char value[STANDIN_NAME];

	if (word(reader, value, sizeof(value)))
		return -1;
	for (*fencing = FENCING_DONT_CARE; *fencing <= FENCING_RESOURCE_AND_STONITH; (*fencing)++)
		if (strcmp(value, standin_fencing_name(*fencing)) == 0)
			return 0;
	return refuse(reader, "does not know 'fencing %s'", value);
}

static int handler(struct reader *reader, struct standin_config *config, const char *name)
{
	if (strcmp(name, "fence-peer") != 0)
		return refuse(reader, "does not know '%s' in handlers {}", name);
	return word(reader, config->fence_peer, sizeof(config->fence_peer));
}

static int disk_option(struct reader *reader, struct standin_config *config, const char *name)
{
	if (strcmp(name, "resync-rate") == 0)
		return rate(reader, &config->resync_rate);
	if (strcmp(name, "fencing") == 0)
		return fencing(reader, &config->fencing);
	switch (one_of(reader, name, disk_words, sizeof(disk_words) / sizeof(*disk_words))) {
	case 1:
		return 0;
	case 0:
		return refuse(reader, "does not know '%s' in disk {}", name);
	default:
		return -1;
	}
}

static int options(struct reader *reader, struct standin_config *config,
		   int (*option)(struct reader *, struct standin_config *, const char *))
{
	char name[STANDIN_NAME];

	for (;;) {
		if (next(reader))
			return -1;
		if (strcmp(reader->token, "}") == 0)
			return 0;
		if (!reader->token[0] || strlen(reader->token) >= sizeof(name))
			return refuse(reader, "'%.60s' where an option was expected",
				      reader->token);
		strcpy(name, reader->token);
		if (option(reader, config, name) || expect(reader, ";"))
			return -1;
	}
}

/* device /dev/drbd0 [minor 0]; */
static int device(struct reader *reader, struct standin_host *host)
{
	char *end;

	if (word(reader, host->device, sizeof(host->device)) || next(reader))
		return -1;
	if (strcmp(reader->token, "minor") == 0) {
		if (number(reader, 0, 255, &host->minor))
			return -1;
		host->minor_set = 1;
		return expect(reader, ";");
	}
	if (strcmp(reader->token, ";") != 0)
		return refuse(reader, "'%s' where 'minor' or ';' was expected", reader->token);
	if (strncmp(host->device, "/dev/drbd", 9) != 0)
		return refuse(reader, "device '%s' needs a minor", host->device);
	host->minor = (unsigned)strtoul(host->device + 9, &end, 10);
	host->minor_set = *end == '\0' && end != host->device + 9;
	if (!host->minor_set)
		return refuse(reader, "device '%s' needs a minor", host->device);
	return 0;
}

/* address [ipv4] 10.0.0.1:7788; */
static int address(struct reader *reader, struct standin_host *host)
{
	char text[STANDIN_NAME];
	char *colon;
	unsigned long port;
	char *end;

	if (word(reader, text, sizeof(text)))
		return -1;
	if (strcmp(text, "ipv4") == 0 && word(reader, text, sizeof(text)))
		return -1;
	colon = strchr(text, ':');
	if (!colon)
		return refuse(reader, "'%s' is not an address with a port", text);
	*colon = '\0';
	port = strtoul(colon + 1, &end, 10);
	host->address.sin_family = AF_INET;
	host->address.sin_port = htons((uint16_t)port);
	if (*end || port < 1 || port > 65535 ||
	    inet_pton(AF_INET, text, &host->address.sin_addr) != 1)
		return refuse(reader, "'%s:%s' is not an IPv4 address with a port", text,
			      colon + 1);
	memcpy(host->ip, text, strlen(text) + 1);
	return expect(reader, ";");
}

/* What may stand in the resource and in on HOST {}. 0: done, 1: something else. */
static int host_statement(struct reader *reader, struct standin_host *host)
{
	if (strcmp(reader->token, "device") == 0)
		return device(reader, host) ? -1 : 0;
	if (strcmp(reader->token, "meta-disk") == 0)
		return word(reader, host->meta_disk, sizeof(host->meta_disk)) || expect(reader, ";")
			       ? -1
			       : 0;
	if (strcmp(reader->token, "address") == 0)
		return address(reader, host) ? -1 : 0;
	return 1;
}

static int on_host(struct reader *reader, struct standin_config *config)
{
	struct standin_host *host;

	if (config->host_count == STANDIN_HOSTS)
		return refuse(reader, "more than %d 'on' sections", STANDIN_HOSTS);
	host = &config->hosts[config->host_count++];
	if (word(reader, host->name, sizeof(host->name)) || expect(reader, "{"))
		return -1;
	for (;;) {
		if (next(reader))
			return -1;
		if (strcmp(reader->token, "}") == 0)
			return 0;
		if (strcmp(reader->token, "disk") == 0) {
			if (word(reader, host->disk, sizeof(host->disk)) || expect(reader, ";"))
				return -1;
			continue;
		}
		switch (host_statement(reader, host)) {
		case 0:
			continue;
		case 1:
			return refuse(reader, "does not know '%s' in on %s {}", reader->token,
				      host->name);
		default:
			return -1;
		}
	}
}

/* disk PATH; or disk { ... } */
static int disk(struct reader *reader, struct standin_config *config, struct standin_host *common)
{
	if (next(reader))
		return -1;
	if (strcmp(reader->token, "{") == 0)
		return options(reader, config, disk_option);
	if (!reader->token[0] || strchr("};", reader->token[0]))
		return refuse(reader, "'%s' where a disk was expected", reader->token);
	strcpy(common->disk, reader->token);
	return expect(reader, ";");
}

static int statement(struct reader *reader, struct standin_config *config,
		     struct standin_host *common)
{
	if (strcmp(reader->token, "on") == 0)
		return on_host(reader, config);
	if (strcmp(reader->token, "net") == 0)
		return expect(reader, "{") || options(reader, config, net_option) ? -1 : 0;
	if (strcmp(reader->token, "disk") == 0)
		return disk(reader, config, common);
	if (strcmp(reader->token, "handlers") == 0)
		return expect(reader, "{") || options(reader, config, handler) ? -1 : 0;
	if (strcmp(reader->token, "protocol") == 0)
		return net_option(reader, config, "protocol") || expect(reader, ";") ? -1 : 0;
	switch (host_statement(reader, common)) {
	case 0:
		return 0;
	case 1:
		return refuse(reader, "does not know '%s' in a resource", reader->token);
	default:
		return -1;
	}
}

static void inherit(char *own, const char *common)
{
	if (!own[0])
		memcpy(own, common, strlen(common) + 1);
}

static int complete(struct reader *reader, struct standin_config *config,
		    const struct standin_host *common, const char *node)
{
	if (config->host_count != STANDIN_HOSTS)
		return refuse(reader, "resource %s needs two 'on' sections", config->name);
	for (unsigned i = 0; i < config->host_count; i++) {
		struct standin_host *host = &config->hosts[i];

		inherit(host->device, common->device);
		inherit(host->disk, common->disk);
		inherit(host->meta_disk, common->meta_disk);
		if (!host->minor_set) {
			host->minor = common->minor;
			host->minor_set = common->minor_set;
		}
		if (!host->minor_set || !host->disk[0] || !host->meta_disk[0] || !host->ip[0])
			return refuse(reader,
				      "on %s lacks one of device, minor, disk, meta-disk, address",
				      host->name);
		if (strcmp(host->name, node) == 0)
			config->self = (int)i;
	}
	if (config->timeout >= config->ping_int * 10 || config->timeout >= config->connect_int * 10)
		return refuse(reader, "timeout (0.1 s) must be below ping-int and connect-int (s)");
	return 0;
}

static int resource(struct reader *reader, struct standin_config *config, const char *node)
{
	struct standin_host common = {.minor = 0};

	*config = (struct standin_config){
		.self = -1, .ping_int = 10, .ping_timeout = 5, .timeout = 60, .connect_int = 10};
	snprintf(config->file, sizeof(config->file), "%s", reader->path);
	config->line = reader->line;
	if (word(reader, config->name, sizeof(config->name)) || expect(reader, "{"))
		return -1;
	for (;;) {
		if (next(reader))
			return -1;
		if (strcmp(reader->token, "}") == 0)
			return complete(reader, config, &common, node);
		if (!reader->token[0])
			return refuse(reader, "resource %s does not end", config->name);
		if (statement(reader, config, &common))
			return -1;
	}
}

static int read_file(struct reader *reader, char *text)
{
	FILE *file = fopen(reader->path, "re");
	size_t size;

	if (!file)
		return refuse(reader, "cannot be read");
	size = fread(text, 1, FILE_SIZE, file);
	fclose(file);
	if (size == FILE_SIZE)
		return refuse(reader, "larger than %d bytes", FILE_SIZE - 1);
	reader->at = text;
	reader->end = text + size;
	return 0;
}

static int read_resources(struct reader *reader, const char *node, struct standin_config *configs,
			  int *count)
{
	static char text[FILE_SIZE]; /* one file at a time, at start and under the kernel's lock */

	if (read_file(reader, text))
		return -1;
	for (;;) {
		if (next(reader))
			return -1;
		if (!reader->token[0])
			return 0;
		if (strcmp(reader->token, "resource") != 0)
			return refuse(reader, "does not know '%s'", reader->token);
		if (*count == STANDIN_RESOURCES)
			return refuse(reader, "more than %d resources", STANDIN_RESOURCES);
		if (resource(reader, &configs[*count], node))
			return -1;
		for (int i = 0; i < *count; i++)
			if (strcmp(configs[i].name, configs[*count].name) == 0)
				return refuse(reader, "resource %s is defined twice",
					      configs[i].name);
		(*count)++;
	}
}

int standin_config_read(const char *directory, const char *node, struct standin_config *configs,
			char *error, size_t error_size)
{
	char pattern[STANDIN_PATH + 8];
	glob_t found = {0};
	int count = 0;

	snprintf(pattern, sizeof(pattern), "%s/*.res", directory);
	if (glob(pattern, 0, NULL, &found) == GLOB_NOSPACE) {
		snprintf(error, error_size, "%s: no memory", directory);
		return -1;
	}
	for (size_t i = 0; i < found.gl_pathc && count >= 0; i++) {
		struct reader reader = {.path = found.gl_pathv[i],
					.line = 1,
					.error = error,
					.error_size = error_size};

		if (read_resources(&reader, node, configs, &count))
			count = -1;
	}
	globfree(&found);
	return count;
}
