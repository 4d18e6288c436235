/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "driver.h"

#include <time.h>

const struct resource_driver *driver_find(enum resource_type type)
{
	switch (type) {
	case RESOURCE_DRBD:
		return &drbd_driver;
	case RESOURCE_FILESYSTEM:
		return &filesystem_driver;
	case RESOURCE_ADDRESS:
		return &address_driver;
	case RESOURCE_ZIMBRA:
		return &zimbra_driver;
	}
	return NULL;
}

uint64_t driver_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}
