/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * zcsmgr.conf: what the administrator wrote, checked and resolved for one node.
 *
 * The same file lies on every node. Where nodes differ, a text may be a group of one value per
 * node, as in interface = { astapor = "eth0"; braavos = "ens3"; }.
 */
#ifndef ZCSMGR_CONFIG_H
#define ZCSMGR_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CONFIG_NODES = 8,
	CONFIG_SERVICES = 8,
	CONFIG_RESOURCES = 8,
	CONFIG_CHECKS = 8,
	CONFIG_OPTIONS = 32,
	CONFIG_NAME_SIZE = 64,	/* names of nodes, services, resources, users, interfaces */
	CONFIG_PATH_SIZE = 256, /* paths, values of fence agent options */
	CONFIG_DIGEST_SIZE = 8, /* bytes */
	CONFIG_FILE_SIZE = 256 * 1024,
};

enum resource_type {
	RESOURCE_DRBD,
	RESOURCE_FILESYSTEM,
	RESOURCE_ADDRESS,
	RESOURCE_ZIMBRA,
};

struct drbd_config {
	char resource[CONFIG_NAME_SIZE];
};

struct filesystem_config {
	char device[CONFIG_PATH_SIZE];
	char directory[CONFIG_PATH_SIZE];
	char fstype[CONFIG_NAME_SIZE];	/* "ext4" or "xfs" */
	char options[CONFIG_PATH_SIZE]; /* mount options, may be empty */
};

struct address_config {
	char ip[48];	   /* text of the address, without prefix length */
	int family;	   /* AF_INET or AF_INET6 */
	uint8_t bytes[16]; /* network order; the first 4 for IPv4 */
	unsigned prefix_length;
	char interface[CONFIG_NAME_SIZE]; /* of this node */
};

/* How the zimbra driver looks whether a part of the suite answers. */
enum zimbra_check {
	ZIMBRA_CHECK_SMTP,
	ZIMBRA_CHECK_LMTP,
	ZIMBRA_CHECK_IMAP,
	ZIMBRA_CHECK_LDAP,
	ZIMBRA_CHECK_MYSQL,
	ZIMBRA_CHECK_HTTPS,
	ZIMBRA_CHECKS,
};

struct zimbra_config {
	char directory[CONFIG_PATH_SIZE]; /* /opt/zimbra */
	char user[CONFIG_NAME_SIZE];	  /* zimbra */
	bool checks[ZIMBRA_CHECKS];	  /* default: all */
	uint32_t check_interval_ms;	  /* fast probes; default 5 s */
};

struct resource_config {
	enum resource_type type;
	char name[CONFIG_NAME_SIZE]; /* unique in its service; default: the type */
	uint32_t start_timeout_ms;
	uint32_t stop_timeout_ms;
	uint32_t monitor_timeout_ms;
	uint32_t monitor_interval_ms; /* the slow second opinion; 0: push events only */
	uint32_t fall;		      /* consecutive failed monitors that make a failure; >= 1 */
	union {
		struct drbd_config drbd;
		struct filesystem_config filesystem;
		struct address_config address;
		struct zimbra_config zimbra;
	};
};

struct service_config {
	char name[CONFIG_NAME_SIZE];
	unsigned node_count;
	char nodes[CONFIG_NODES][CONFIG_NAME_SIZE]; /* in order of preference */
	unsigned resource_count;
	struct resource_config resources[CONFIG_RESOURCES]; /* the stack, first started first */
	uint32_t restart_limit; /* local restarts within the window before the service moves */
	uint32_t restart_window_ms;
	bool failback; /* move back to the first of nodes when it can serve again */
};

struct fencing_config {
	char node[CONFIG_NAME_SIZE];
	char agent[CONFIG_PATH_SIZE]; /* a program in PATH or an absolute path */
	unsigned option_count;
	struct {
		char name[CONFIG_NAME_SIZE];
		char value[CONFIG_PATH_SIZE];
	} options[CONFIG_OPTIONS];
	uint32_t timeout_ms; /* for each call of the agent; default 60 s */
	bool power_on;	     /* switch it on again after off; default true */
};

struct config {
	char path[CONFIG_PATH_SIZE];
	uint8_t digest[CONFIG_DIGEST_SIZE]; /* of what it means for all nodes, on each the same */
	unsigned service_count;
	struct service_config services[CONFIG_SERVICES];
	unsigned fencing_count;
	struct fencing_config fencing[CONFIG_NODES];
	uint32_t fencing_delay_ms;  /* of the node that is not the favoured one; default 5 s */
	uint32_t corosync_grace_ms; /* default 20 s */
	uint32_t silence_ms;	    /* default 30 s */
	uint32_t state_interval_ms; /* heartbeat; default 1 s */
	bool watchdog_set;
	char watchdog_device[CONFIG_PATH_SIZE];
	uint32_t watchdog_timeout_ms;
	uint32_t watchdog_lease_ms; /* a holder without the majority gives up then; default 10 s */
};

struct config_error {
	char text[1024]; /* "FILE:LINE: what is wrong; what is allowed", one or several lines */
};

/*
 * Reads and checks the file for the node of that name. Returns 0, or -1 with error->text telling
 * file, line, the offending text and the cure. A config is about 100 kB: allocate it.
 * node may be NULL: then per-node texts resolve to the first node's.
 */
int config_load(const char *path, const char *node, struct config *config,
		struct config_error *error);

/* The same for text in memory (tests, the fuzzer); name stands for the file in messages. */
int config_parse(const char *name, const char *text, size_t size, const char *node,
		 struct config *config, struct config_error *error);

/* Index of a service, or -1. */
int config_find_service(const struct config *config, const char *name);

/* The fencing entry of a node, or NULL. */
const struct fencing_config *config_find_fencing(const struct config *config, const char *node);

const char *config_resource_type_name(enum resource_type type);
const char *config_zimbra_check_name(enum zimbra_check check);

#endif
