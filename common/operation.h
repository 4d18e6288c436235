/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the core asks of a resource, and how it may end. */
#ifndef ZCSMGR_OPERATION_H
#define ZCSMGR_OPERATION_H

enum operation {
	OPERATION_PROBE, /* is it up here? */
	OPERATION_START,
	OPERATION_STOP,
	OPERATION_DETECT, /* does anybody else use it? (address: duplicate detection) */
	/* Orders to a replicated disk, whatever else is under way: */
	OPERATION_OUTDATE, /* this copy will lack writes: never promote it before it was renewed */
	OPERATION_RESUME,  /* the frozen disk may go on without its peer */
};

enum outcome {
	OUTCOME_OK,	 /* start, stop: done; detect: nobody else */
	OUTCOME_UP,	 /* probe: completely up */
	OUTCOME_DOWN,	 /* probe: nothing of it is here */
	OUTCOME_PARTIAL, /* probe: something of it is here */
	OUTCOME_FOREIGN, /* detect, start of an address: another machine answers for it */
	OUTCOME_FAILED,	 /* it ended, without success */
	OUTCOME_TIMEOUT, /* it was killed at its deadline, and is gone */
	OUTCOME_STUCK,	 /* it was killed at its deadline and does not die; a later outcome of the
			    same operation tells when it has */
};

/* What a watch says of a resource that is up. */
enum verdict {
	VERDICT_OK,
	VERDICT_FAILED,	 /* it looked, and it is not right: counts at once for push events */
	VERDICT_TIMEOUT, /* no answer: says nothing about the resource */
	VERDICT_GONE,	 /* the resource is surely no longer up (unmounted, address deleted) */
};

#endif
