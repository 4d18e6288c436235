/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of DRBD 8.4's resource file that the stand-in knows. Anything else is refused. */
#ifndef STANDIN_CONFIG_H
#define STANDIN_CONFIG_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>

enum {
	STANDIN_NAME = 64,
	STANDIN_PATH = 256,
	STANDIN_HOSTS = 2,
	STANDIN_RESOURCES = 4,
};

/* In the order of their severity, as in DRBD. */
enum fencing { FENCING_DONT_CARE, FENCING_RESOURCE_ONLY, FENCING_RESOURCE_AND_STONITH };

struct standin_host {
	char name[STANDIN_NAME];
	char device[STANDIN_PATH];
	char disk[STANDIN_PATH];
	char meta_disk[STANDIN_PATH];
	unsigned minor;
	int minor_set;
	char ip[INET_ADDRSTRLEN];
	struct sockaddr_in address;
};

struct standin_config {
	char name[STANDIN_NAME];
	char file[STANDIN_PATH];
	unsigned line;
	unsigned host_count;
	struct standin_host hosts[STANDIN_HOSTS];
	int self; /* index of this node in hosts, or -1: not for this host */
	/* net {}, in DRBD's defaults and units */
	unsigned ping_int;     /* s */
	unsigned ping_timeout; /* 0.1 s */
	unsigned timeout;      /* 0.1 s */
	unsigned connect_int;  /* s */
	/* disk {} */
	unsigned resync_rate; /* KiB/s; 0: as fast as it goes */
	enum fencing fencing;
	/* handlers {} */
	char fence_peer[STANDIN_PATH]; /* "": none */
};

const char *standin_fencing_name(enum fencing fencing);

/*
 * Reads all *.res of a directory, for the node of that name. Returns the number of resources, or
 * -1 with the error in words, which names file and line.
 */
int standin_config_read(const char *directory, const char *node, struct standin_config *configs,
			char *error, size_t error_size);

#endif
