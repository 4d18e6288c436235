/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tells the service manager, by systemd's notification protocol: a datagram to $NOTIFY_SOCKET.
 * Without that variable nothing is told. Not by sd_notify(), which waits when pid 1 no longer
 * reads: a service must outlive a frozen pid 1.
 */
#ifndef ZCSMGR_NOTIFY_H
#define ZCSMGR_NOTIFY_H

#include <stdint.h>

void notify_open(void);

void notify_ready(void);
void notify_stopping(void);
/* A line for `systemctl status`; told when it differs from the last. */
void notify_status(const char *text);
/* The manager waits for so long at least from now on. */
void notify_extend(uint32_t milliseconds);
void notify_alive(void);

/* In what time notify_alive() is expected; 0: it is not. */
uint32_t notify_watchdog_ms(void);

void notify_close(void);

#endif
