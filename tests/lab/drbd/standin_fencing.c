/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Fencing policies, as in the module's drbd_nl.c (conn_try_outdate_peer): who is asked what became
 * of a lost peer, and what follows from the answer.
 *
 * The handler runs without the lock. It is asked once when a Primary loses its peer, and at each
 * attempt to promote without one.
 */
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "standin.h"

/* Exit codes of the handler, by the kernel's numbers. */
enum {
	PEER_INCONSISTENT = 3,
	PEER_OUTDATED = 4,
	PEER_DOWN = 5,
	PEER_PRIMARY = 6,
	PEER_FENCED = 7,
};

static bool has_disk(const struct resource *resource, enum disk minimum)
{
	return resource->image >= 0 && resource->state.disk >= minimum;
}

enum fencing fencing_policy(const struct resource *resource)
{
	return has_disk(resource, DISK_INCONSISTENT) ? resource->config.fencing : FENCING_DONT_CARE;
}

/* ---- the handler ---------------------------------------------------------------------------- */

/* What drbdadm gives to a handler. */
static void describe(const struct standin_config *config, char *text, size_t size)
{
	const struct standin_host *peer = &config->hosts[1 - config->self];

	snprintf(text, size,
		 "DRBD_RESOURCE=%s DRBD_MINOR=%u DRBD_PEER=%s DRBD_PEERS=%s DRBD_PEER_AF=ipv4 "
		 "DRBD_PEER_ADDRESS=%s DRBD_CONF=%s",
		 config->name, config->hosts[config->self].minor, peer->name, peer->name, peer->ip,
		 config->file);
}

/* Its wait status. Without a handler drbdadm returns 0. */
static int run_handler(const struct standin_config *config)
{
	char variables[1024], command[STANDIN_PATH + 1100];
	char *const argv[] = {"sh", "-c", command, NULL};
	posix_spawnattr_t attributes;
	int status = 0, error;
	sigset_t none;
	pid_t pid;

	if (!config->fence_peer[0])
		return 0;
	describe(config, variables, sizeof(variables));
	snprintf(command, sizeof(command), "export %s; %s", variables, config->fence_peer);
	sigemptyset(&none);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	error = posix_spawn(&pid, "/bin/sh", NULL, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	if (error != 0)
		return 1 << 8;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static int ask_handler(struct resource *resource)
{
	struct standin_config config = resource->config;
	int status;

	events_helper_call(resource, "fence-peer");
	pthread_mutex_unlock(&kernel.lock);
	status = run_handler(&config);
	pthread_mutex_lock(&kernel.lock);
	events_helper_response(resource, "fence-peer", status);
	say(resource, "fence-peer helper returned %d", (status >> 8) & 0xff);
	return (status >> 8) & 0xff;
}

/* ---- the answer ----------------------------------------------------------------------------- */

/* False: the helper is broken, and I/O may stay frozen. */
static bool apply(const struct resource *resource, int answer, struct state *wanted)
{
	switch (answer) {
	case PEER_INCONSISTENT:
		wanted->pdsk = DISK_INCONSISTENT;
		return true;
	case PEER_OUTDATED:
	case PEER_FENCED:
		wanted->pdsk = DISK_OUTDATED;
		return true;
	case PEER_DOWN:
		if (resource->state.disk == DISK_UPTODATE)
			wanted->pdsk = DISK_OUTDATED;
		return true;
	case PEER_PRIMARY:
		wanted->disk = DISK_OUTDATED;
		return true;
	default:
		return false;
	}
}

static void thaw(struct resource *resource)
{
	struct state wanted = resource->state;

	wanted.frozen = false;
	state_set(resource, wanted, STATE_HARD);
}

bool fencing_outdate_peer(struct resource *resource)
{
	unsigned connected = resource->connect_count;
	struct state wanted;
	int answer;

	if (fencing_policy(resource) == FENCING_DONT_CARE)
		return true;
	if (!has_disk(resource, DISK_CONSISTENT)) {
		say(resource, "Not fencing peer, I'm not even Consistent myself.");
		thaw(resource);
		return false;
	}
	answer = ask_handler(resource);
	wanted = resource->state;
	if (!apply(resource, answer, &wanted))
		return false;
	/* Somebody may have found the peer meanwhile: then the answer is of no interest. */
	if (resource->exists && resource->state.conn < CONN_WF_REPORT_PARAMS &&
	    !resource->state_sent && resource->connect_count == connected)
		state_set(resource, wanted, 0);
	return resource->state.pdsk <= DISK_OUTDATED;
}

static void *outdate_peer(void *data)
{
	pthread_mutex_lock(&kernel.lock);
	fencing_outdate_peer(data);
	pthread_mutex_unlock(&kernel.lock);
	return NULL;
}

void fencing_peer_lost(struct resource *resource)
{
	pthread_t thread;

	if (resource->state.role != ROLE_PRIMARY || resource->state.pdsk < DISK_UNKNOWN ||
	    fencing_policy(resource) == FENCING_DONT_CARE)
		return;
	if (pthread_create(&thread, NULL, outdate_peer, resource) != 0)
		fatal("pthread_create");
	pthread_detach(thread);
}

/* ---- frozen --------------------------------------------------------------------------------- */

static bool is_unsure(const struct state *state)
{
	return state->role == ROLE_PRIMARY && state->conn < CONN_CONNECTED &&
	       state->pdsk > DISK_OUTDATED;
}

bool fencing_freezes(const struct resource *resource, const struct state *old,
		     const struct state *new)
{
	return fencing_policy(resource) == FENCING_RESOURCE_AND_STONITH && is_unsure(new) &&
	       !is_unsure(old);
}

void fencing_after_change(struct resource *resource, const struct state *old,
			  const struct state *new)
{
	if (!new->frozen)
		return;
	/* The peer is out of the game: from here on our data are another generation. */
	if (old->pdsk > DISK_OUTDATED && new->pdsk <= DISK_OUTDATED) {
		fencing_new_generation(resource);
		thaw(resource);
		return;
	}
	/* The peer is back: nothing was written without it. */
	if (old->conn < CONN_CONNECTED && new->conn >= CONN_CONNECTED) {
		resource->generation_due = false;
		thaw(resource);
	}
}

void fencing_new_generation(struct resource *resource)
{
	if (resource->generation_due && resource->image >= 0)
		uuid_new_current(resource);
	resource->generation_due = false;
}
