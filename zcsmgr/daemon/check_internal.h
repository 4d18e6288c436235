/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Between check.c and the subjects that it looks at. */
#ifndef ZCSMGR_CHECK_INTERNAL_H
#define ZCSMGR_CHECK_INTERNAL_H

#include <jansson.h>
#include <stdint.h>

#include "check.h"
#include "cluster.h"
#include "driver.h"
#include "process.h"

struct check {
	const struct config *config;
	const char *node;
	FILE *out;
	json_t *findings;   /* NULL: lines are printed */
	unsigned counts[3]; /* by enum finding */
	uint32_t token_ms;  /* of corosync; 0: not known */
	bool majority;	    /* corosync's quorum is one: both halves never have it */
};

void check_add(struct check *check, enum finding finding, const char *object, const char *format,
	       ...) __attribute__((format(printf, 4, 5)));

/*
 * Runs a function in a child. Its findings are those of object; so is that it hangs, or ends
 * without an outcome. Returns the value of its outcome, or -1.
 */
int check_ask(struct check *check, const char *object, void (*run)(int fd, void *data), void *data,
	      uint64_t timeout_ms);

void check_corosync(struct check *check);
/* Whether watchdog.lease outlasts what the nodes may need until they know the majority again; text
   says so with the numbers. */
bool check_lease(const struct config *config, const struct cluster_info *info, char *text,
		 size_t size);
void check_fencing(struct check *check);

#endif
