/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <string.h>

#include "cli.h"
#include "drbd_handler.h"

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "drbd-fence-peer") == 0)
		return drbd_handler_fence_peer();
	if (argc > 1 && strcmp(argv[1], "drbd-unfence-peer") == 0)
		return drbd_handler_unfence_peer();
	return (int)cli_main(argc, argv);
}
