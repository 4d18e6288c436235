/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "holders_sockets.h"

#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <sys/socket.h>
#include <sys/sysmacros.h>

struct search {
	dev_t device;
	unsigned count;
	unsigned long *inodes;
};

static int see_socket(struct nl_msg *message, void *data)
{
	struct search *search = data;
	struct nlmsghdr *header = nlmsg_hdr(message);
	struct unix_diag_msg *socket = nlmsg_data(header);
	struct nlattr *attribute;
	struct unix_diag_vfs *place;

	if (nlmsg_datalen(header) < (int)sizeof(*socket) || search->count >= HOLDERS_SOCKETS)
		return NL_OK;
	attribute = nlmsg_find_attr(header, sizeof(*socket), UNIX_DIAG_VFS);
	if (!attribute || nla_len(attribute) < (int)sizeof(*place))
		return NL_OK;
	place = nla_data(attribute);
	/* The kernel's own encoding: 12 bits of major number above 20 bits of minor number. */
	if (makedev(place->udiag_vfs_dev >> 20, place->udiag_vfs_dev & 0xfffff) == search->device)
		search->inodes[search->count++] = socket->udiag_ino;
	return NL_OK;
}

unsigned holders_sockets(dev_t device, unsigned long inodes[HOLDERS_SOCKETS])
{
	struct unix_diag_req request = {
		.sdiag_family = AF_UNIX,
		.udiag_states = UINT32_MAX,
		.udiag_show = UDIAG_SHOW_VFS,
	};
	struct search search = {.device = device, .inodes = inodes};
	struct nl_sock *kernel = nl_socket_alloc();

	if (!kernel)
		return 0;
	if (nl_connect(kernel, NETLINK_SOCK_DIAG) == 0) {
		nl_socket_modify_cb(kernel, NL_CB_VALID, NL_CB_CUSTOM, see_socket, &search);
		if (nl_send_simple(kernel, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, &request,
				   sizeof(request)) >= 0)
			nl_recvmsgs_default(kernel);
	}
	nl_socket_free(kernel);
	return search.count;
}
