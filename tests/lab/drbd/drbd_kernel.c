/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A stand-in for the DRBD 8.4 kernel module, for hosts that have no DRBD: one process for each
 * node of the lab, inside the node's namespaces, with the real rules and real data.
 *
 * Models, as the module (8.4.11, one volume, one peer, protocol C) does it:
 * - roles, disk and connection states, which of them exclude each other, exit codes and texts;
 * - synchronous replication over TCP between the nodes' addresses: a cut link cuts it, and a
 *   write that waits for a dead peer waits until ping-int, timeout and ping-timeout say so;
 * - generation identifiers, their comparison at connect, split brain, discard-my-data;
 * - the bitmap, resync in the background, promotion of a SyncTarget, a Primary without a disk;
 * - attach after a crash, with an activity log exact to the block;
 * - fencing policies: the fence-peer handler, I/O that is frozen until it is known what became of
 *   the peer, outdated copies, a disconnect that outdates the Secondary;
 * - drbdsetup's events2 and status, and drbdadm's way to call drbdsetup (drbd_tool.c).
 *
 * Does not model: other handlers, several volumes, stacking, two primaries, after-split-brain
 * policies, online verify, resize, `--force`, stable storage (a power cut here kills processes,
 * not the host's page cache), two sockets, congestion, the speed of anything. A Secondary's device
 * exists and is empty where the module would refuse to open it. Other handlers than fence-peer are
 * told to events2 as if they had been called. What it does not know it refuses, with exit code 20
 * and a message that begins with "stand-in:".
 *
 * The peer's process being killed closes its connection, which is seen at once; a power cut is
 * silent, so the lab cuts the node's links before it kills it.
 *
 * Usage: drbd_kernel --resource-dir /etc/drbd.d --node NAME --state-dir DIR --run-dir /run
 *                    --loop N[,M...]
 * Runs in the foreground; ready when RUN/drbd-standin.sock is there. N is the loop device of
 * minor 0 and so on: give each node numbers of its own, and make the node's /dev/drbd0 by
 * `mknod /dev/drbd0 b 7 N`. SIGTERM ends it if nothing is promoted.
 */
#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mount.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "standin.h"

struct kernel kernel;

uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void say(const struct resource *resource, const char *format, ...)
{
	uint64_t now = now_ms();
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	fprintf(stderr, "[%llu.%03llu] drbd %s: %s\n", (unsigned long long)now / 1000,
		(unsigned long long)now % 1000, resource->config.name, text);
}

void fatal(const char *what)
{
	fprintf(stderr, "drbd_kernel: %s: %s\n", what, strerror(errno));
	exit(1);
}

void kernel_wake(void)
{
	uint64_t one = 1;

	if (write(kernel.wakeup, &one, sizeof(one)) < 0 && errno != EAGAIN)
		fatal("eventfd");
}

struct resource *kernel_resource(const char *name)
{
	for (int i = 0; i < STANDIN_RESOURCES; i++)
		if (kernel.resources[i].exists &&
		    strcmp(kernel.resources[i].config.name, name) == 0)
			return &kernel.resources[i];
	return NULL;
}

struct resource *kernel_minor(unsigned minor)
{
	if (minor >= STANDIN_RESOURCES || !kernel.resources[minor].exists)
		return NULL;
	return &kernel.resources[minor];
}

static void usage(void)
{
	fprintf(stderr, "usage: drbd_kernel --resource-dir DIR --node NAME --state-dir DIR "
			"--run-dir DIR --loop N[,M...]\n");
	exit(2);
}

static void parse_loops(char *text)
{
	char *state = NULL;

	for (char *word = strtok_r(text, ",", &state); word; word = strtok_r(NULL, ",", &state)) {
		char *end;
		long number = strtol(word, &end, 10);

		if (*end || number < 0 || number > 1048575 ||
		    kernel.loop_count == STANDIN_RESOURCES)
			usage();
		kernel.loops[kernel.loop_count++] = (int)number;
	}
}

static void parse_options(int argc, char **argv)
{
	static const struct option options[] = {
		{"resource-dir", required_argument, NULL, 'r'},
		{"node", required_argument, NULL, 'n'},
		{"state-dir", required_argument, NULL, 's'},
		{"run-dir", required_argument, NULL, 'd'},
		{"loop", required_argument, NULL, 'l'},
		{0},
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'r':
			kernel.resource_directory = optarg;
			break;
		case 'n':
			kernel.node = optarg;
			break;
		case 's':
			kernel.state_directory = optarg;
			break;
		case 'd':
			kernel.run_directory = optarg;
			break;
		case 'l':
			parse_loops(optarg);
			break;
		default:
			usage();
		}
	}
	if (optind != argc || !kernel.resource_directory || !kernel.node ||
	    !kernel.state_directory || !kernel.run_directory || kernel.loop_count == 0)
		usage();
}

static void init_kernel(void)
{
	pthread_condattr_t attributes;

	pthread_mutex_init(&kernel.lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&kernel.changed, &attributes);
	for (unsigned i = 0; i < STANDIN_RESOURCES; i++) {
		struct resource *resource = &kernel.resources[i];

		resource->image = resource->loop_fd = -1;
		resource->link.socket = resource->link.listener = -1;
		resource->loop = i < kernel.loop_count ? kernel.loops[i] : -1;
	}
	kernel.epoll = epoll_create1(EPOLL_CLOEXEC);
	kernel.wakeup = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (kernel.epoll < 0 || kernel.wakeup < 0)
		fatal("epoll");
}

static int watch_signals(void)
{
	sigset_t signals;
	int fd;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	/* Before any thread: they inherit it. */
	sigprocmask(SIG_BLOCK, &signals, NULL);
	fd = signalfd(-1, &signals, SFD_CLOEXEC);
	if (fd < 0)
		fatal("signalfd");
	return fd;
}

static void watch(int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

	if (epoll_ctl(kernel.epoll, EPOLL_CTL_ADD, fd, &event))
		fatal("epoll_ctl");
}

/*
 * In a mount namespace of its own: when all of a node is killed, the last process of a namespace
 * unmounts what is in it, and for a file system on our disks this must not be ourselves.
 */
static int mount_disks(void)
{
	int fd;

	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL))
		fatal("a mount namespace");
	snprintf(kernel.mount_point, sizeof(kernel.mount_point), "%s/drbd-standin",
		 kernel.run_directory);
	if (mkdir(kernel.mount_point, 0700) && errno != EEXIST)
		fatal(kernel.mount_point);
	fd = disk_mount();
	if (fd < 0)
		fatal("cannot mount FUSE");
	return fd;
}

static uint64_t tick(void)
{
	uint64_t next = UINT64_MAX;
	uint64_t now = now_ms();

	for (int i = 0; i < STANDIN_RESOURCES; i++) {
		uint64_t due = link_tick(&kernel.resources[i], now);

		next = due < next ? due : next;
	}
	return next;
}

static void dispatch(int fd, unsigned events)
{
	for (int i = 0; i < STANDIN_RESOURCES; i++) {
		struct link *link = &kernel.resources[i].link;

		if (fd == link->socket || fd == link->listener) {
			link_ready(&kernel.resources[i], fd, events);
			return;
		}
	}
}

static bool may_end(void)
{
	for (int i = 0; i < STANDIN_RESOURCES; i++)
		if (kernel.resources[i].exists && kernel.resources[i].state.role == ROLE_PRIMARY) {
			say(&kernel.resources[i], "stand-in: is Primary, does not end");
			return false;
		}
	return true;
}

struct sources {
	int signals, disks, commands;
};

/* One round of the main loop; false: the end. The lock is held but while it waits. */
static bool round_once(const struct sources *sources)
{
	struct epoll_event events[16];
	uint64_t due = tick();
	uint64_t now = now_ms();
	int timeout = due <= now ? 0 : due - now > 60000 ? 60000 : (int)(due - now);
	int count;

	pthread_mutex_unlock(&kernel.lock);
	count = epoll_wait(kernel.epoll, events, 16, timeout);
	pthread_mutex_lock(&kernel.lock);
	for (int i = 0; i < count; i++) {
		int fd = events[i].data.fd;
		uint64_t drained;
		struct signalfd_siginfo signal;

		if (fd == sources->disks)
			disk_ready();
		else if (fd == sources->commands)
			command_accept(fd);
		else if (fd == kernel.wakeup)
			(void)!read(fd, &drained, sizeof(drained));
		else if (fd != sources->signals)
			dispatch(fd, events[i].events);
		else if (read(fd, &signal, sizeof(signal)) == sizeof(signal) && may_end())
			return false;
	}
	return true;
}

static void finish(void)
{
	command_end();
	for (int i = 0; i < STANDIN_RESOURCES; i++) {
		link_close(&kernel.resources[i]);
		metadata_detach(&kernel.resources[i]);
	}
	disk_unmount();
	for (unsigned i = 0; i < kernel.loop_count; i++)
		loop_forget(kernel.loops[i]);
}

int main(int argc, char **argv)
{
	struct sources sources;

	parse_options(argc, argv);
	init_kernel();
	sources.signals = watch_signals();
	watch(sources.signals);
	watch(kernel.wakeup);
	sources.disks = mount_disks();
	watch(sources.disks);
	sources.commands = command_listen();
	if (sources.commands < 0)
		fatal("the socket");
	watch(sources.commands);
	pthread_mutex_lock(&kernel.lock);
	while (round_once(&sources))
		;
	finish();
	/* Threads of commands may still wait: they end with the process, as does all else. */
	_exit(0);
}
