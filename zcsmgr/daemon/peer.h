/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who is at the other end of the control socket, as the kernel tells it, and what he may do. */
#ifndef ZCSMGR_PEER_H
#define ZCSMGR_PEER_H

#include "server.h"

/*
 * root and the members of act_group may act and read, members of read_group may read. False: he
 * may neither. Groups count as they were when the peer connected, supplementary ones included.
 */
bool peer_judge(int fd, gid_t act_group, gid_t read_group, struct server_peer *peer);

/* "uid 0 (login uid 1000), pid 4711": with sudo everybody is root, the login uid tells who. */
void peer_describe(const struct server_peer *peer, char *text, size_t size);

#endif
