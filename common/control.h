/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The control socket: /run/zcsmgr/zcsmgr.sock, one JSON object a line.
 *
 * Request:  {"verb": "move", "service": "zimbra", "node": "braavos"}
 *   verbs: status, why, history, monitor (read; monitor streams status until the client goes),
 *          start, stop, move, standby, online, maintenance ("on": true|false), cleanup,
 *          confirm-down ("accept_loss": true|false), reload (act),
 *          drbd-fence-peer ("resource": DRBD's name) by DRBD's handler, as root
 * Answers:  any number of  {"progress": RECORD}  and one last
 *           {"result": "done" | "refused" | "failed", "code": "REFUSED_LOSS", "text": "..."}
 *   status adds "status": STATUS; why adds "status" too (it is a part of it); history adds
 *   "records": [RECORD...], oldest first. drbd-fence-peer adds "answer": the handler's exit code.
 *   Refusals by the server itself have the codes BAD_REQUEST, UNKNOWN_VERB, UNKNOWN_SERVICE,
 *   UNKNOWN_NODE, UNKNOWN_RESOURCE, NOT_PERMITTED, TOO_MANY_CLIENTS, NOT_READY.
 *
 * RECORD:   {"time": 1764000000.123, "boot_ms": 123456, "node": "astapor", "level": "notice",
 *            "code": "ACQUIRED", "service": "zimbra", "resource": "drbd", "about": "braavos",
 *            "number": 7, "text": "sentence", "detail": "what the driver said"}
 *           (service, resource, about, detail only where they apply)
 *
 * STATUS:   {"version": "0.1.0", "node": "astapor", "cluster": "zcs", "time": 1764000000.1,
 *            "connected": true, "quorate": true, "settled": true, "ring": "1.2a",
 *            "mode": "manual" | "fencing" | "third-vote", "protocol": 2 | null,
 *            "lease_left_s": 9.2 | null, "config": {"path", "digest"},
 *            "nodes": [{"name", "id", "self", "member", "present", "heard", "silent", "standby",
 *                       "fencing", "fenced", "confirmed", "same_config", "protocol": 2 | null,
 *                       "watchdog": SECONDS | null, "since_s"}],
 *            "services": [{"name", "phase": "active", "holder": "astapor" | null, "epoch",
 *                "step": "drbd" | null, "since_s", "target": NODE | null, "stopped",
 *                "maintenance", "failures",
 *                "resources": [{"name", "type", "state": "up" | "down" | "unknown" | "failed",
 *                               "detail"}],                        (of this node)
 *                "nodes": [{"name", "phase", "step", "barred", "current",
 *                           "storage": {"role", "disk", "link", "peer_role", "peer_disk",
 *                                       "syncing", "percent", "suspended", "split_brain"}}],
 *                "why": [{"code", "level", "text", "detail"}]}],
 *            "attention": [{"level", "text"}]}      (all that is not as it should be, worst first)
 */
#ifndef ZCSMGR_CONTROL_H
#define ZCSMGR_CONTROL_H

#include <jansson.h>
#include <stdint.h>

#define CONTROL_SOCKET "/run/zcsmgr/zcsmgr.sock"

enum {
	CONTROL_LINE_SIZE = 256 * 1024, /* the longest line either side accepts */
	CONTROL_REQUEST_SIZE = 4096,	/* the longest request */
	/* The daemon answers drbd-fence-peer by then, with 1 if it knows no better. */
	CONTROL_FENCE_PEER_MS = 19 * 1000,
};

/* A client's connection. */
struct control;

/* NULL with errno: ENOENT or ECONNREFUSED (no daemon), EACCES. path NULL: CONTROL_SOCKET. */
struct control *control_connect(const char *path);
void control_close(struct control *control);

/* 0, or -1 with errno. */
int control_send(struct control *control, const json_t *request);

/* The next line, as a new reference; NULL with errno: ETIMEDOUT, ECONNRESET (daemon gone),
   EPROTO (not JSON, too long). timeout_ms < 0 waits without end. */
json_t *control_receive(struct control *control, int timeout_ms);

#endif
