/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "peer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Kernels before 4.13 do not tell them: there the primary group alone counts. */
static gid_t *supplementary_groups(int fd, unsigned *count)
{
	socklen_t size = 0;
	gid_t *groups = NULL;

	*count = 0;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, NULL, &size) == 0 || errno != ERANGE)
		return NULL;
	groups = malloc(size); /* bounded by the kernel: 65536 groups */
	if (!groups)
		return NULL;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) == 0)
		*count = (unsigned)(size / sizeof(gid_t));
	return groups;
}

static bool is_member(gid_t group, gid_t primary, const gid_t *groups, unsigned count)
{
	if (group == (gid_t)SERVER_NO_GROUP)
		return false;
	if (group == primary)
		return true;
	for (unsigned i = 0; i < count; i++)
		if (groups[i] == group)
			return true;
	return false;
}

bool peer_judge(int fd, gid_t act_group, gid_t read_group, struct server_peer *peer)
{
	struct ucred credentials;
	socklen_t size = sizeof(credentials);
	unsigned count;
	gid_t *groups;
	bool may_read;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
		return false;
	groups = supplementary_groups(fd, &count);
	peer->pid = credentials.pid;
	peer->uid = credentials.uid;
	peer->may_act =
		credentials.uid == 0 || is_member(act_group, credentials.gid, groups, count);
	may_read = peer->may_act || is_member(read_group, credentials.gid, groups, count);
	free(groups);
	return may_read;
}

static bool login_uid(pid_t pid, unsigned long *uid)
{
	char path[64], text[16] = "";
	ssize_t count;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/loginuid", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	count = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (count <= 0)
		return false;
	*uid = strtoul(text, NULL, 10);
	return *uid != (uid_t)-1; /* no login: a timer, a service */
}

void peer_describe(const struct server_peer *peer, char *text, size_t size)
{
	unsigned long uid;

	if (login_uid(peer->pid, &uid) && uid != peer->uid)
		snprintf(text, size, "uid %u (login uid %lu), pid %d", peer->uid, uid,
			 (int)peer->pid);
	else
		snprintf(text, size, "uid %u, pid %d", peer->uid, (int)peer->pid);
}
