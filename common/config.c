/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config_digest.h"
#include "config_reader.h"
#include "config_scan.h"
#include "config_service.h"

/* ---- fencing -------------------------------------------------------------------------------- */

static int read_value(struct reader *reader, const config_setting_t *setting, char *value,
		      size_t size)
{
	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_STRING:
		return reader_text(reader, setting, value, size);
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		snprintf(value, size, "%lld", config_setting_get_int64(setting));
		return 0;
	case CONFIG_TYPE_BOOL:
		snprintf(value, size, "%d", config_setting_get_bool(setting));
		return 0;
	default:
		return reader_refuse_type(reader, setting,
					  "a text in quotes, a whole number, true or false");
	}
}

static void read_option(struct reader *reader, const config_setting_t *setting,
			struct fencing_config *fencing)
{
	char *name = fencing->options[fencing->option_count].name;
	char *value = fencing->options[fencing->option_count].value;
	const char *key = config_setting_name(setting);

	if (strlen(key) >= sizeof(fencing->options[0].name)) {
		reader_fail(reader, setting,
			    "the option '%.20s...' is too long; at most %d characters are allowed",
			    key, CONFIG_NAME_SIZE - 1);
		return;
	}
	if (strcmp(key, "action") == 0) {
		reader_fail(reader, setting,
			    "'action' is set by zcsmgr itself; remove it from 'options'");
		return;
	}
	if (read_value(reader, setting, value, sizeof(fencing->options[0].value)) != 0)
		return;
	strcpy(name, key);
	fencing->option_count++;
}

static void read_options(struct reader *reader, const config_setting_t *group,
			 struct fencing_config *fencing)
{
	config_setting_t *options = config_setting_get_member(group, "options");

	if (!options)
		return;
	if (!config_setting_is_group(options)) {
		reader_refuse_type(reader, options,
				   "a group, as { ip = \"10.0.0.1\"; username = \"admin\"; }");
		return;
	}
	if (config_setting_length(options) > CONFIG_OPTIONS) {
		reader_fail(reader, options, "'options' has %d elements; at most %d are allowed",
			    config_setting_length(options), CONFIG_OPTIONS);
		return;
	}
	for (int i = 0; i < config_setting_length(options); i++)
		read_option(reader, config_setting_get_elem(options, (unsigned)i), fencing);
}

/* True also where the nodes of a service could not be read, which was told already. */
static bool serves(const struct config *config, const char *node)
{
	for (unsigned i = 0; i < config->service_count; i++) {
		if (config->services[i].node_count == 0)
			return true;
		for (unsigned j = 0; j < config->services[i].node_count; j++)
			if (strcmp(config->services[i].nodes[j], node) == 0)
				return true;
	}
	return false;
}

static void check_fenced(struct reader *reader, const config_setting_t *setting,
			 const struct config *config, const struct fencing_config *fencing)
{
	if (!serves(config, fencing->node))
		reader_fail(reader, setting,
			    "fencing is given for '%s', which no service names in its 'nodes'; "
			    "correct the name or remove the entry",
			    fencing->node);
	if (config_find_fencing(config, fencing->node) != fencing)
		reader_fail(reader, setting, "fencing for '%s' is there twice; remove one",
			    fencing->node);
}

static void read_agent(struct reader *reader, const config_setting_t *setting,
		       struct fencing_config *fencing)
{
	const char *text = config_setting_get_string(setting);

	if (text && text[0] == '/')
		reader_path(reader, setting, fencing->agent, sizeof(fencing->agent));
	else if (text && strchr(text, '/'))
		reader_fail(reader, setting,
			    "'agent' is '%.60s'; give the name of a program in PATH, as "
			    "\"fence_ipmilan\", or an absolute path",
			    text);
	else
		reader_name(reader, setting, fencing->agent, sizeof(fencing->agent), "-.");
}

static void read_device(struct reader *reader, const config_setting_t *group, struct config *config)
{
	struct fencing_config *fencing = &config->fencing[config->fencing_count++];
	const config_setting_t *node, *agent;

	reader_allow(reader, group, "fencing",
		     READER_KEYS("node", "agent", "options", "timeout", "power_on"));
	node = reader_need(reader, group, "node", "fencing", "node = \"astapor\"");
	agent = reader_need(reader, group, "agent", "fencing", "agent = \"fence_ipmilan\"");
	fencing->timeout_ms = 60000;
	fencing->power_on = true;
	if (node && reader_name(reader, node, fencing->node, sizeof(fencing->node), "-.") == 0)
		check_fenced(reader, node, config, fencing);
	if (agent)
		read_agent(reader, agent, fencing);
	read_options(reader, group, fencing);
	reader_seconds(reader, group, "timeout", 1, 600, &fencing->timeout_ms);
	reader_bool(reader, group, "power_on", &fencing->power_on);
}

static void read_fencing(struct reader *reader, const config_setting_t *root, struct config *config)
{
	const config_setting_t *list = config_setting_get_member(root, "fencing");

	if (list)
		list = reader_need_list(reader, root, "fencing", "the file",
					"fencing = ( { node = \"astapor\"; agent = "
					"\"fence_ipmilan\"; ... } );",
					CONFIG_NODES);
	for (int i = 0; list && i < config_setting_length(list); i++) {
		const config_setting_t *element = config_setting_get_elem(list, (unsigned)i);

		if (reader_is_group(reader, element, "fencing",
				    "{ node = \"astapor\"; agent = \"fence_ipmilan\"; ... }"))
			read_device(reader, element, config);
	}
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void read_watchdog(struct reader *reader, const config_setting_t *root,
			  struct config *config)
{
	const config_setting_t *group = config_setting_get_member(root, "watchdog");
	const config_setting_t *device;

	if (!group)
		return;
	if (!config_setting_is_group(group)) {
		reader_refuse_type(reader, group,
				   "a group, as { device = \"/dev/watchdog\"; timeout = 10; }");
		return;
	}
	config->watchdog_set = true;
	reader_allow(reader, group, "watchdog", READER_KEYS("device", "timeout", "lease"));
	strcpy(config->watchdog_device, "/dev/watchdog");
	config->watchdog_timeout_ms = 10000;
	config->watchdog_lease_ms = 10000;
	device = config_setting_get_member(group, "device");
	if (device)
		reader_path(reader, device, config->watchdog_device,
			    sizeof(config->watchdog_device));
	reader_seconds(reader, group, "timeout", 3, 300, &config->watchdog_timeout_ms);
	reader_seconds(reader, group, "lease", 3, 300, &config->watchdog_lease_ms);
}

static void read_root(struct reader *reader, const config_setting_t *root, struct config *config)
{
	reader_allow(reader, root, "the file",
		     READER_KEYS("services", "fencing", "watchdog", "fencing_delay",
				 "corosync_grace", "silence", "state_interval"));
	config->fencing_delay_ms = 5000;
	config->corosync_grace_ms = 20000;
	config->silence_ms = 30000;
	config->state_interval_ms = 1000;
	config_service_read(reader, root, config);
	read_fencing(reader, root, config);
	read_watchdog(reader, root, config);
	reader_seconds(reader, root, "fencing_delay", 1, 120, &config->fencing_delay_ms);
	reader_seconds(reader, root, "corosync_grace", 0, 600, &config->corosync_grace_ms);
	reader_seconds(reader, root, "silence", 10, 600, &config->silence_ms);
	reader_seconds(reader, root, "state_interval", 0.2, 5, &config->state_interval_ms);
}

/*
 * Every node must judge the file alike, whosever values it takes: what is right here and wrong on
 * another node would come out at a takeover. The digest is of what it means for all of them.
 */
static void read_for_all(struct reader *reader, const config_setting_t *root, struct config *config)
{
	struct config *other = malloc(sizeof(*other));
	uint64_t digest = 0;

	if (!other) {
		reader_fail_line(reader, 0, "no memory; free some");
		return;
	}
	for (unsigned i = 0; i < config->service_count; i++)
		for (unsigned j = 0; j < config->services[i].node_count; j++) {
			reader->node = config->services[i].nodes[j];
			memset(other, 0, sizeof(*other));
			read_root(reader, root, other);
			if (reader->errors)
				goto out;
			config_digest_add(&digest, other);
		}
	config_digest_write(digest, config->digest);
out:
	free(other);
}

static void tell_syntax(struct reader *reader, const config_t *parsed, const char *text,
			size_t size)
{
	const char *error = config_error_text(parsed);
	unsigned line = (unsigned)config_error_line(parsed);
	char shown[80];

	config_scan_line(text, size, line, shown, sizeof(shown));
	if (strstr(error, "uplicate"))
		reader_fail_line(reader, line,
				 "a key is given twice in one group ('%s'); remove one", shown);
	else
		reader_fail_line(reader, line,
				 "%s ('%s'); look here and in the line before for a missing ';', "
				 "',' or quote, or a word that is no key",
				 error, shown);
}

int config_parse(const char *name, const char *text, size_t size, const char *node,
		 struct config *config, struct config_error *error)
{
	struct reader reader = {.file = name, .node = node, .error = error};
	char *copy;
	config_t parsed;

	error->text[0] = '\0';
	memset(config, 0, sizeof(*config));
	if (strlen(name) >= sizeof(config->path))
		return reader_fail_line(&reader, 0, "the path is too long; at most %zu bytes",
					sizeof(config->path) - 1);
	strcpy(config->path, name);
	if (config_scan(&reader, text, size) != 0)
		return -1;
	copy = strndup(text, size);
	if (!copy)
		return reader_fail_line(&reader, 0, "no memory; free some");
	config_init(&parsed);
	if (config_read_string(&parsed, copy)) {
		read_root(&reader, config_root_setting(&parsed), config);
		if (reader.errors == 0)
			read_for_all(&reader, config_root_setting(&parsed), config);
	} else {
		tell_syntax(&reader, &parsed, text, size);
	}
	config_destroy(&parsed);
	free(copy);
	return reader.errors ? -1 : 0;
}

/* ---- the file ------------------------------------------------------------------------------- */

static int refuse_file(struct config_error *error, const char *path, const char *what)
{
	snprintf(error->text, sizeof(error->text), "%.255s: %s", path, what);
	return -1;
}

static const char *cure_of(int number)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR:
		return "correct the path, or begin with the example conf/zcsmgr.conf";
	case EACCES:
	case EPERM:
		return "run as root, or correct its permissions and those of its directory";
	case ELOOP:
		return "its links lead in a circle: put the file itself there";
	case ENAMETOOLONG:
		return "give a shorter path";
	case EIO:
		return "its disk is failing: copy the file from another node";
	case EMFILE:
	case ENFILE:
	case ENOMEM:
		return "the system is short of it: free some and try again";
	default:
		return "put a readable file there";
	}
}

static int refuse_errno(struct config_error *error, const char *path, int number)
{
	char text[256];

	snprintf(text, sizeof(text), "the file cannot be read (%s); %s", strerror(number),
		 cure_of(number));
	return refuse_file(error, path, text);
}

/* -1 and an error. Nothing but a regular file is even opened: a device might act on it. */
static int open_file(const char *path, struct config_error *error)
{
	struct stat facts;
	int fd;

	if (stat(path, &facts) != 0)
		return refuse_errno(error, path, errno);
	if (!S_ISREG(facts.st_mode))
		return refuse_file(error, path,
				   S_ISDIR(facts.st_mode)
					   ? "it is a directory; name the configuration file in it"
					   : "it is not a regular file; name the configuration "
					     "file itself");
	/* O_NONBLOCK: were it replaced by a FIFO meanwhile, it must not hold us up. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	return fd < 0 ? refuse_errno(error, path, errno) : fd;
}

/* Up to size bytes; -1 with errno. */
static ssize_t read_all(int fd, char *text, size_t size)
{
	size_t used = 0;

	while (used < size) {
		ssize_t count = read(fd, text + used, size - used);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -1;
		if (count == 0)
			break;
		used += (size_t)count;
	}
	return (ssize_t)used;
}

int config_load(const char *path, const char *node, struct config *config,
		struct config_error *error)
{
	int fd = open_file(path, error);
	ssize_t size = -1;
	char *text;
	int result;

	if (fd < 0)
		return -1;
	text = malloc(CONFIG_FILE_SIZE + 1);
	if (text)
		size = read_all(fd, text, CONFIG_FILE_SIZE + 1);
	if (size < 0)
		result = refuse_errno(error, path, errno);
	else if (size > CONFIG_FILE_SIZE)
		result = refuse_file(error, path,
				     "it is larger than 256 KiB, which no configuration needs; is "
				     "it the right file?");
	else
		result = config_parse(path, text, (size_t)size, node, config, error);
	close(fd);
	free(text);
	return result;
}

int config_find_service(const struct config *config, const char *name)
{
	for (unsigned i = 0; i < config->service_count; i++)
		if (strcmp(config->services[i].name, name) == 0)
			return (int)i;
	return -1;
}

const struct fencing_config *config_find_fencing(const struct config *config, const char *node)
{
	for (unsigned i = 0; i < config->fencing_count; i++)
		if (strcmp(config->fencing[i].node, node) == 0)
			return &config->fencing[i];
	return NULL;
}
