/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the DRBD stand-in share. One process plays the kernel module of one node; see
 * drbd_kernel.c for what it models.
 *
 * One lock, kernel.lock, guards everything here. The main thread holds it but while it waits in
 * epoll; each command of drbdadm or drbdsetup runs in a thread of its own, which gives the lock
 * away when it waits for kernel.changed or for the loop device.
 */
#ifndef STANDIN_H
#define STANDIN_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "standin_config.h"

enum {
	BLOCK = 4096, /* what one bit of the bitmap stands for, as in DRBD */
	UUID_CURRENT = 0,
	UUID_BITMAP = 1,
	UUID_HISTORY = 2,
	UUIDS = 4,
	NO_MINOR = 256,
};

#define UUID_JUST_CREATED 4ULL
#define UUID_PRIMARY	  1ULL			/* the lowest bit of the current UUID */
#define UUID_SYNC_OFFSET  0x0001000000000000ULL /* from the bitmap UUID to that of its resync */

/* States by the kernel's names and in the kernel's order: comparisons rely on it. */
enum role { ROLE_UNKNOWN, ROLE_PRIMARY, ROLE_SECONDARY };

enum disk {
	DISK_DISKLESS,
	DISK_ATTACHING,
	DISK_FAILED,
	DISK_NEGOTIATING,
	DISK_INCONSISTENT,
	DISK_OUTDATED,
	DISK_UNKNOWN,
	DISK_CONSISTENT,
	DISK_UPTODATE,
};

enum connection {
	CONN_STANDALONE,
	CONN_DISCONNECTING,
	CONN_UNCONNECTED,
	CONN_TIMEOUT,
	CONN_BROKEN_PIPE,
	CONN_NETWORK_FAILURE,
	CONN_PROTOCOL_ERROR,
	CONN_TEAR_DOWN,
	CONN_WF_CONNECTION,
	CONN_WF_REPORT_PARAMS,
	CONN_CONNECTED,
	CONN_STARTING_SYNC_S,
	CONN_STARTING_SYNC_T,
	CONN_WF_BITMAP_S,
	CONN_WF_BITMAP_T,
	CONN_WF_SYNC_UUID,
	CONN_SYNC_SOURCE,
	CONN_SYNC_TARGET,
	CONNECTIONS,
};

/* Outcomes of a state change, by the kernel's numbers. */
enum {
	SS_NOTHING_TO_DO = 2,
	SS_SUCCESS = 1,
	SS_TWO_PRIMARIES = -1,
	SS_NO_UP_TO_DATE_DISK = -2,
	SS_NO_REMOTE_DISK = -5,
	SS_CONNECTED_OUTDATES = -6,
	SS_PRIMARY_NOP = -7,
	SS_RESYNC_RUNNING = -8,
	SS_ALREADY_STANDALONE = -9,
	SS_CW_FAILED_BY_PEER = -10,
	SS_IS_DISKLESS = -11,
	SS_DEVICE_IN_USE = -12,
	SS_NEED_CONNECTION = -15,
	SS_LOWER_THAN_OUTDATED = -17,
	SS_IN_TRANSIENT_STATE = -18,
	SS_CONCURRENT_CHANGE = -19,
	/* and of other requests */
	ERR_OPEN_DISK = 104,
	ERR_MD_INVALID = 119,
	ERR_DISK_CONFIGURED = 124,
	ERR_NET_CONFIGURED = 125,
	ERR_MINOR_INVALID = 127,
	ERR_NO_DISK = 138,
	ERR_DISCARD_IMPOSSIBLE = 123,
	ERR_CONNECTED = 151,
	ERR_INVALID_REQUEST = 162,
	ERR_STANDIN = 1000, /* the stand-in itself failed or does not know: exit code 20 */
};

enum metadata_flag {
	MD_CONSISTENT = 1 << 0,
	MD_PRIMARY = 1 << 1,
	MD_CONNECTED = 1 << 2,
	MD_WAS_UPTODATE = 1 << 4,
	MD_PEER_OUTDATED = 1 << 5,
	MD_CRASHED_PRIMARY = 1 << 6,
};

struct metadata {
	uint64_t size; /* of the disk, in bytes */
	uint64_t uuid[UUIDS];
	unsigned flags;
};

struct state {
	enum role role;
	enum role peer;
	enum disk disk;
	enum disk pdsk;
	enum connection conn;
	bool suspended; /* by suspend-io */
	bool frozen;	/* until it is known what became of the peer */
};

/* A request of the block device that waits for the peer, or for resume-io. */
struct request {
	struct request *next;
	uint64_t id;
	bool write;
	uint64_t offset;
	uint32_t size;
	uint64_t started_ms;
	bool local_done; /* a write: our own disk has it */
	void *fuse;	 /* fuse_req_t */
	char *data;	 /* of a suspended write */
};

/* The TCP connection to the peer. */
struct link {
	int listener; /* -1: none */
	int socket;   /* -1: none */
	bool connecting;
	bool initiator;	      /* this side opened the connection */
	bool hello;	      /* the peer said who it is */
	uint64_t deadline_ms; /* of connecting and of hello */
	uint64_t retry_ms;    /* when to try to connect next */
	uint64_t received_ms; /* last sign of life */
	uint64_t pinged_ms;   /* when we asked last */
	uint64_t ping_ms;     /* the answer to a ping is due; 0: none under way */
	char *in;
	size_t in_size, in_used;
	char *out;
	size_t out_size, out_used, out_sent;
};

struct resource {
	struct standin_config config; /* as of up, adjust, attach, connect */
	bool exists;		      /* known to the kernel (new-resource, new-minor) */
	bool net;		      /* has a connection configuration */
	struct state state;
	bool state_sent; /* the handshake is under way: no other state changes */
	bool busy;	 /* a command changes the state: no handshake */
	bool loop_held;	 /* somebody has the device open: no demotion */

	int image; /* -1: no disk */
	struct metadata md;
	uint8_t *bitmap; /* out of sync; mapped, so it survives SIGKILL */
	uint8_t *intent; /* being written: what the activity log is to DRBD */
	size_t bitmap_size;
	uint64_t out_of_sync; /* bits in bitmap */
	bool crashed_primary;
	enum disk negotiated_disk;

	struct link link;
	unsigned connect_count;
	bool generation_due; /* a new current UUID, once it is no longer frozen */
	bool discard_my_data;
	bool peer_known; /* the peer's generations below are of this connection */
	uint64_t peer_uuid[UUIDS];
	uint64_t peer_bits;
	unsigned peer_flags;

	uint64_t next_id;
	struct request *pending;   /* sent to the peer, oldest first */
	struct request *suspended; /* waiting for resume-io */
	uint64_t request_id;	   /* of a state change put to the peer; 0: none */
	unsigned request_kind;
	int request_answer; /* 0: not yet */

	bool bitmap_sent, bitmap_received;
	uint64_t sync_position; /* next bit to look at */
	unsigned sync_window;	/* blocks sent and not confirmed */
	uint64_t sync_bytes;
	uint64_t sync_started_ms;
	bool sync_done_sent;

	int loop;    /* number of the loop device */
	int loop_fd; /* -1: not attached */
};

struct kernel {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	const char *resource_directory;
	const char *node;
	const char *state_directory;
	const char *run_directory;
	char mount_point[STANDIN_PATH];
	int loops[STANDIN_RESOURCES]; /* by minor */
	unsigned loop_count;
	struct resource resources[STANDIN_RESOURCES];
	int epoll;
	int wakeup; /* eventfd: the main loop looks at its timers again */
};

extern struct kernel kernel;

uint64_t now_ms(void);
__attribute__((format(printf, 2, 3))) void say(const struct resource *resource, const char *format,
					       ...);
void fatal(const char *what) __attribute__((noreturn));
/* A command's thread changed something that the main loop waits for. */
void kernel_wake(void);
struct resource *kernel_resource(const char *name);
struct resource *kernel_minor(unsigned minor);

/* standin_names.c */
const char *role_name(enum role role);
const char *disk_name(enum disk disk);
const char *connection_name(enum connection connection);  /* as in cstate */
const char *link_name(enum connection connection);	  /* as in events2: connection: */
const char *replication_name(enum connection connection); /* as in events2: replication: */
const char *error_name(int code);

/* standin_metadata.c: 0, or -1 with errno. */
int metadata_create(const struct resource *resource);
int metadata_read(const char *name, struct metadata *md);
int metadata_write(const char *name, const struct metadata *md);
int metadata_attach(struct resource *resource);
void metadata_detach(struct resource *resource);
void metadata_format(const struct metadata *md, char *text, size_t size); /* as get-gi */
bool metadata_exists(const char *name);

/* standin_bitmap.c */
void bitmap_dirty(struct resource *resource, uint64_t offset, uint64_t size);
void bitmap_clean(struct resource *resource, uint64_t offset, uint64_t size);
void bitmap_fill(struct resource *resource, bool dirty);
void bitmap_merge(struct resource *resource, const uint8_t *bits, size_t size);
/* The first dirty block at or after a position, or -1. */
int64_t bitmap_next(const struct resource *resource, uint64_t position);
void intent_set(struct resource *resource, uint64_t offset, uint64_t size);
/* Drops the intent of a write that is done, but for blocks that other pending writes touch. */
void intent_clear(struct resource *resource, uint64_t offset, uint64_t size);

/* standin_state.c */
enum { STATE_HARD = 1 };
int state_set(struct resource *resource, struct state wanted, unsigned flags);
int state_valid(const struct resource *resource, struct state state);
struct state state_sanitize(const struct resource *resource, struct state old, struct state new);
void uuid_new_current(struct resource *resource);
void uuid_set(struct resource *resource, int index, uint64_t value); /* no rotation */
void uuid_rotate(struct resource *resource, int index, uint64_t value);
void uuid_clear_bitmap(struct resource *resource);
void state_detach(struct resource *resource); /* Failed, then Diskless */

bool state_suspended(const struct state *state);

/* standin_fencing.c */
enum fencing fencing_policy(const struct resource *resource);
/* Asks the handler, without the lock meanwhile. True: the peer's disk is Outdated or worse. */
bool fencing_outdate_peer(struct resource *resource);
/* A connection has ended: a Primary asks, in a thread. */
void fencing_peer_lost(struct resource *resource);
bool fencing_freezes(const struct resource *resource, const struct state *old,
		     const struct state *new);
void fencing_after_change(struct resource *resource, const struct state *old,
			  const struct state *new);
void fencing_new_generation(struct resource *resource); /* if one is due */

/* standin_handshake.c: the next connection state, or -1: drop the connection. */
int handshake(struct resource *resource, enum role peer_role, enum disk peer_disk);

/* standin_link.c */
enum message {
	MESSAGE_HELLO = 1, /* id: size of the disk; data: resource name */
	MESSAGE_RING,	   /* as hello: connect to me */
	MESSAGE_PING,
	MESSAGE_PONG,
	MESSAGE_UUIDS, /* data: 4 UUIDS, bits, flags */
	MESSAGE_STATE, /* data: role, disk, connection */
	MESSAGE_WRITE,
	MESSAGE_WRITE_ACK,   /* flag 1: it failed */
	MESSAGE_READ,	     /* data: size */
	MESSAGE_READ_DATA,   /* flag 1: it failed */
	MESSAGE_OUT_OF_SYNC, /* id: size */
	MESSAGE_BITMAP,
	MESSAGE_SYNC_UUID, /* id: UUID */
	MESSAGE_RESYNC,
	MESSAGE_RESYNC_ACK, /* flag 1: send it again; id: size */
	MESSAGE_RESYNC_DONE,
	MESSAGE_RESYNC_DONE_ACK,
	MESSAGE_REQUEST, /* offset: enum request_kind */
	MESSAGE_ANSWER,	 /* offset: the outcome */
};

enum request_kind {
	REQUEST_PRIMARY = 1,
	REQUEST_DISCONNECT,
	REQUEST_DETACH,
	REQUEST_INVALIDATE,
	REQUEST_DISCONNECT_OUTDATED, /* the one who asks is, from now on */
	REQUEST_DISCONNECT_OUTDATE,  /* the one who is asked */
};

struct message_head {
	uint16_t type;
	uint16_t flags;
	uint32_t size; /* of the data */
	uint64_t id;
	uint64_t offset;
};

void link_send(struct resource *resource, enum message type, uint16_t flags, uint64_t id,
	       uint64_t offset, const void *data, size_t size);
void link_send_uuids(struct resource *resource, unsigned flags);
void link_send_state(struct resource *resource);
/* Starts to listen and connect; ends all of that. */
int link_open(struct resource *resource);
void link_close(struct resource *resource);
/* The connection broke: into that state, and from there on to look for the peer again. */
void link_broken(struct resource *resource, enum connection state);
/* Called with a ready descriptor. */
void link_ready(struct resource *resource, int fd, unsigned events);
/* Does what is due; returns when to be called again at the latest. */
uint64_t link_tick(struct resource *resource, uint64_t now);
void link_ping(struct resource *resource);
/* Says hello further once no command is changing the state. */
void link_continue(struct resource *resource);
/* The handshake failed for good: StandAlone. */
void link_stand_alone(struct resource *resource);

/* standin_protocol.c: one whole message arrived. */
void protocol_message(struct resource *resource, const struct message_head *head, const char *data);

/* standin_replication.c */
void replication_write(struct resource *resource, void *fuse, const char *data, uint64_t offset,
		       uint32_t size);
void replication_read(struct resource *resource, void *fuse, uint64_t offset, uint32_t size);
void replication_resume(struct resource *resource); /* no longer suspended */
void replication_lost(struct resource *resource);   /* the peer is gone: finish what waits */
void replication_peer_write(struct resource *resource, const struct message_head *head,
			    const char *data);
void replication_peer_read(struct resource *resource, const struct message_head *head,
			   const char *data);
void replication_acknowledged(struct resource *resource, const struct message_head *head);
void replication_data(struct resource *resource, const struct message_head *head, const char *data);
uint64_t replication_oldest_ms(const struct resource *resource); /* 0: nothing waits */

/* standin_resync.c */
void resync_become_source(struct resource *resource);
void resync_begin_bitmaps(struct resource *resource);
void resync_bitmap(struct resource *resource, const char *data, size_t size);
void resync_sync_uuid(struct resource *resource, uint64_t uuid);
void resync_block(struct resource *resource, const struct message_head *head, const char *data);
void resync_acknowledged(struct resource *resource, const struct message_head *head);
void resync_done(struct resource *resource);
void resync_confirmed(struct resource *resource);
void resync_reset(struct resource *resource);
/* Sends more blocks; returns when to be called again at the latest. */
uint64_t resync_tick(struct resource *resource, uint64_t now);
unsigned resync_done_percent_hundredths(const struct resource *resource);

/* standin_disk.c: the file system with the devices' data. */
int disk_mount(void); /* its descriptor, or -1 */
void disk_ready(void);
void disk_unmount(void);
void disk_reply_write(void *fuse, size_t size);
void disk_reply_data(void *fuse, const void *data, size_t size);
void disk_reply_error(void *fuse, int error);

/* standin_loop.c: called without the lock. 0, or -1 with errno. */
int loop_attach(const struct resource *resource, int *fd);
/* EBUSY: somebody holds the device open; then *fd is open again. */
int loop_release(const struct resource *resource, int *fd);
void loop_forget(int number);

/* standin_events.c */
void events_changed(struct resource *resource, const struct state *old, const struct state *new);
void events_resource(struct resource *resource, const char *action);
void events_device(struct resource *resource, const char *action);
void events_connection(struct resource *resource, const char *action);
void events_helper(struct resource *resource, const char *helper); /* there is none */
void events_helper_call(struct resource *resource, const char *helper);
void events_helper_response(struct resource *resource, const char *helper, int status);
/* events2 and status for a client; name NULL: all. */
void events_watch(int client, const char *name, bool once);

/* standin_command.c: serves one client, in its own thread. */
int command_listen(void);
void command_end(void); /* takes the socket away */
void command_accept(int listener);

/* standin_role.c: what drbdsetup asks for. Called with the lock held; outcomes SS_*, ERR_*. */
int role_primary(struct resource *resource);
int role_secondary(struct resource *resource);
int role_attach(struct resource *resource);
int role_detach(struct resource *resource);
int role_connect(struct resource *resource, bool discard_my_data);
int role_disconnect(struct resource *resource);
int role_outdate(struct resource *resource);
int role_invalidate(struct resource *resource);
int role_new_current_uuid(struct resource *resource, bool clear_bitmap);
int role_suspend(struct resource *resource, bool suspend);
void role_create(struct resource *resource);
void role_delete(struct resource *resource);

/* For a client's answer: stream 1 or 2, or 0 with the exit code. */
__attribute__((format(printf, 3, 4))) int client_print(int client, int stream, const char *format,
						       ...);
void client_exit(int client, int code);

#endif
