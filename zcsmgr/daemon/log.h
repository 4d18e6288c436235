/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where qb_log() goes: standard error, and syslog unless standard error is the journal. */
#ifndef ZCSMGR_LOG_H
#define ZCSMGR_LOG_H

void log_open(void);
void log_close(void);

#endif
