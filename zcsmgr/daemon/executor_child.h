/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the children do: each function is the run() of a process_task. */
#ifndef ZCSMGR_EXECUTOR_CHILD_H
#define ZCSMGR_EXECUTOR_CHILD_H

#include <stdbool.h>
#include <stdint.h>

#include "config.h"
#include "driver.h"

struct executor_child {
	const char *node;
	const struct service_config *service;
	int resource;
	enum operation operation;
	uint64_t deadline_ms;
	bool peer_fenced;
	const char *payload_cgroup; /* NULL: none */
	const struct fencing_config *fencing;
	bool on;
};

/* Each takes a struct executor_child. */
void executor_child_operation(int fd, void *data); /* tells one outcome */
void executor_child_watch(int fd, void *data);	   /* tells verdicts and storage */
void executor_child_fence(int fd, void *data);	   /* tells OUTCOME_OK or OUTCOME_FAILED */
void executor_child_validate(int fd, void *data);  /* tells findings, then OUTCOME_OK */

#endif
