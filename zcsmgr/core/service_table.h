/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A service on one node: what happens in each phase on each event, every cell decided.
 * docs/service.md is made from this file by docs/make-service.
 *
 * Events
 *   PROBED_UP        every resource is up here
 *   PROBED_DOWN      none is
 *   PROBED_PARTIAL   some are, or are half
 *   ACQUIRED         our acquire was delivered and stands
 *   STEP_DONE        the operation under way succeeded
 *   STEP_FAILED      it did not, or was killed at its deadline
 *   RESOURCE_FAILED  a resource that was up no longer is right
 *   YIELD            the service must not, or need not, be here any longer
 *   SUPERSEDED       another node claims it with a higher epoch
 *
 * Actions, and the phases that they can lead to
 *   nop         -                        nothing
 *   adopt       ACTIVE                   claim it as it is, touch nothing
 *   rest        STOPPED                  nothing is up
 *   clear       STOPPING                 stop what is up, from the top, then release
 *   look_again  -                        probe again in a moment
 *   begin       STARTING                 store the claim, then start the first resource
 *   next        ACTIVE                   start the next resource; after the last one it is active
 *   recover     STOPPING                 restart it here, or give it up, as the restart policy says
 *   give_up     STOPPING                 end the operation under way, stop everything, release
 *   lower       STARTING, STOPPED        stop the next one below; at the goal restart or release
 *   insist      -                        stop it again in a moment
 *   deepen      -                        this stop goes all the way down and releases
 *   broken      -                        cannot be: journaled as an internal error, nothing done
 */
#ifndef ZCSMGR_CORE_SERVICE_TABLE_H
#define ZCSMGR_CORE_SERVICE_TABLE_H

/* clang-format off */
#define SERVICE_TABLE \
	/*   phase     event            action      reason */ \
	CELL(UNKNOWN,  PROBED_UP,       adopt,      PROBED_UP) \
	CELL(UNKNOWN,  PROBED_DOWN,     rest,       PROBED_DOWN) \
	CELL(UNKNOWN,  PROBED_PARTIAL,  clear,      PROBED_PARTIAL) \
	CELL(UNKNOWN,  ACQUIRED,        broken,     NONE) \
	CELL(UNKNOWN,  STEP_DONE,       broken,     NONE) \
	CELL(UNKNOWN,  STEP_FAILED,     look_again, NONE) \
	CELL(UNKNOWN,  RESOURCE_FAILED, broken,     NONE) \
	CELL(UNKNOWN,  YIELD,           broken,     NONE) \
	CELL(UNKNOWN,  SUPERSEDED,      broken,     NONE) \
	CELL(STOPPED,  PROBED_UP,       broken,     NONE) \
	CELL(STOPPED,  PROBED_DOWN,     broken,     NONE) \
	CELL(STOPPED,  PROBED_PARTIAL,  broken,     NONE) \
	CELL(STOPPED,  ACQUIRED,        begin,      NONE) \
	CELL(STOPPED,  STEP_DONE,       broken,     NONE) \
	CELL(STOPPED,  STEP_FAILED,     broken,     NONE) \
	CELL(STOPPED,  RESOURCE_FAILED, broken,     NONE) \
	CELL(STOPPED,  YIELD,           broken,     NONE) \
	CELL(STOPPED,  SUPERSEDED,      broken,     NONE) \
	CELL(STARTING, PROBED_UP,       broken,     NONE) \
	CELL(STARTING, PROBED_DOWN,     broken,     NONE) \
	CELL(STARTING, PROBED_PARTIAL,  broken,     NONE) \
	CELL(STARTING, ACQUIRED,        broken,     NONE) \
	CELL(STARTING, STEP_DONE,       next,       STARTED) \
	CELL(STARTING, STEP_FAILED,     recover,    START_FAILED) \
	CELL(STARTING, RESOURCE_FAILED, broken,     NONE) \
	CELL(STARTING, YIELD,           give_up,    NONE) \
	CELL(STARTING, SUPERSEDED,      give_up,    SUPERSEDED) \
	CELL(ACTIVE,   PROBED_UP,       nop,        NONE) \
	CELL(ACTIVE,   PROBED_DOWN,     recover,    RESOURCE_GONE) \
	CELL(ACTIVE,   PROBED_PARTIAL,  recover,    RESOURCE_FAILED) \
	CELL(ACTIVE,   ACQUIRED,        broken,     NONE) \
	CELL(ACTIVE,   STEP_DONE,       broken,     NONE) \
	CELL(ACTIVE,   STEP_FAILED,     look_again, NONE) \
	CELL(ACTIVE,   RESOURCE_FAILED, recover,    RESOURCE_FAILED) \
	CELL(ACTIVE,   YIELD,           give_up,    NONE) \
	CELL(ACTIVE,   SUPERSEDED,      give_up,    SUPERSEDED) \
	CELL(STOPPING, PROBED_UP,       broken,     NONE) \
	CELL(STOPPING, PROBED_DOWN,     broken,     NONE) \
	CELL(STOPPING, PROBED_PARTIAL,  broken,     NONE) \
	CELL(STOPPING, ACQUIRED,        broken,     NONE) \
	CELL(STOPPING, STEP_DONE,       lower,      STOPPED_STEP) \
	CELL(STOPPING, STEP_FAILED,     insist,     STOP_FAILED) \
	CELL(STOPPING, RESOURCE_FAILED, broken,     NONE) \
	CELL(STOPPING, YIELD,           deepen,     NONE) \
	CELL(STOPPING, SUPERSEDED,      deepen,     SUPERSEDED)
/* clang-format on */

#endif
