/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Calls drbdadm and drbdsetup, of DRBD 8.4 or 9, and understands how they end (PLATFORM.md §6). */
#ifndef ZCSMGR_DRBD_TOOL_H
#define ZCSMGR_DRBD_TOOL_H

#include <stddef.h>
#include <stdint.h>

#include "drbd_events.h"

enum {
	DRBD_TOOL_OUTPUT = 16 * 1024, /* the dump of a resource with all its handlers */
	/* Exit codes of drbdsetup that mean something. */
	DRBD_TOOL_WORSE = 5,	  /* outdate: the disk is no better than outdated already */
	DRBD_TOOL_REFUSED = 11,	  /* the state change; the number says why */
	DRBD_TOOL_NO_DATA = 17,	  /* no access to up-to-date data */
	DRBD_TOOL_NO_MODULE = 20, /* or anything else */
	/* Numbers of refusals. */
	DRBD_TOOL_TWO_PRIMARIES = -1,
	DRBD_TOOL_NO_UPTODATE_DISK = -2,
	DRBD_TOOL_HELD_OPEN = -12,
};

/* How a call ended. */
struct drbd_result {
	int code;    /* exit code, or COMMAND_* */
	int refusal; /* number of "State change failed: (-1)", 0: none */
	char output[DRBD_TOOL_OUTPUT];
};

/* Runs `program verb object`, killed after timeout_ms. Returns result->code. */
int drbd_tool_call(const char *program, const char *verb, const char *object, uint32_t timeout_ms,
		   struct drbd_result *result);

/* 8 or 9: of the loaded module, else of the tools; 0 if nothing tells. */
int drbd_tool_version(uint32_t timeout_ms, struct drbd_result *result);

/* What the kernel says now. 0: events hold the facts; -1: result tells how it failed. */
int drbd_tool_look(const char *resource, uint32_t timeout_ms, struct drbd_events *events,
		   struct drbd_result *result);

/* Promotes or demotes ("primary", "secondary") by the shortest way that events allow. */
int drbd_tool_set_role(const struct drbd_events *events, const char *verb, int version,
		       uint32_t timeout_ms, struct drbd_result *result);

/* Reads the generation identifiers into storage; -1: they are not known. */
int drbd_tool_generations(const struct drbd_events *events, int version, uint32_t timeout_ms,
			  struct storage *storage);

/* How far a resync is, 0-100; -1: not told. */
int drbd_tool_progress(const char *resource, uint32_t timeout_ms);

/* The kernel module is not there at all, so that nothing can be up. */
int drbd_tool_no_module(const struct drbd_result *result);

/* Why the call failed and what helps, in words. Always terminated. */
void drbd_tool_explain(const struct drbd_result *result, const char *resource, char *text,
		       size_t size);

#endif
