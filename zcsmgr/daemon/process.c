/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fork() and not clone3(): glibc's fork takes the locks of malloc, stdio and the name service
 * before and gives them back in the child, so that a thread which held one does not leave it locked
 * there for ever. Apart from these, a child must not use what threads of the daemon lock
 * (corosync's libraries, libqb's log).
 */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"

enum {
	CHILD_FD = STDERR_FILENO + 1,
	EXIT_NOT_SUPERVISED = 124,
	EXIT_NO_CGROUP = 125,
	EXIT_UNCLEAN = 126,
};

/* ---- in the child --------------------------------------------------------------------------- */

static void reset_signals(void)
{
	const struct sigaction by_default = {.sa_handler = SIG_DFL};
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		sigaction(number, &by_default, NULL); /* fails for two, which have no other */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* What the daemon has for itself must not pass on to mail servers. */
static void reset_privileges(void)
{
	const struct sched_param normal = {.sched_priority = 0};
	int fd;

	sched_setscheduler(0, SCHED_OTHER, &normal);
	setpriority(PRIO_PROCESS, 0, 0);
	fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		if (write(fd, "0", 1) < 0)
			errno = 0; /* it stays as it was inherited */
		close(fd);
	}
}

/* Standard error stays, for what a driver's library says there. */
static int reset_descriptors(int fd)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		return -1;
	if (fd != CHILD_FD && dup3(fd, CHILD_FD, O_CLOEXEC) < 0)
		return -1;
	return close_range(CHILD_FD + 1, ~0U, 0);
}

static void become(const struct process_task *task, int fd)
{
	char go;

	setsid();
	reset_signals();
	prctl(PR_SET_NAME, task->name);
	if (reset_descriptors(fd) != 0)
		_exit(EXIT_UNCLEAN);
	reset_privileges();
	if (task->cgroup[0] && cgroup_enter(task->cgroup) != 0)
		_exit(EXIT_NO_CGROUP);
	if (recv(CHILD_FD, &go, 1, 0) != 1)
		_exit(EXIT_NOT_SUPERVISED);
	task->run(CHILD_FD, task->data);
	_exit(EXIT_SUCCESS);
}

int process_send(int fd, const struct process_record *record)
{
	size_t length = strnlen(record->text, sizeof(record->text) - 1);
	struct process_record copy = *record;
	ssize_t sent;

	copy.text[length] = '\0';
	do
		sent = send(fd, &copy, offsetof(struct process_record, text) + length + 1,
			    MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -1 : 0;
}

/* ---- in the daemon -------------------------------------------------------------------------- */

/* Signals are blocked meanwhile: their handlers write into the pipe of the daemon's loop, also
   from the child (PLATFORM.md 4.1). */
static pid_t fork_quietly(const struct process_task *task, int fd)
{
	sigset_t all, before;
	pid_t pid;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pid = fork();
	if (pid == 0)
		become(task, fd);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return pid;
}

int process_start(struct process *process, const struct process_task *task)
{
	int ends[2], error;

	*process = (struct process){.pid = -1, .pidfd = -1, .fd = -1};
	snprintf(process->cgroup, sizeof(process->cgroup), "%s", task->cgroup);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return -1;
	process->fd = ends[0];
	process->pid = fork_quietly(task, ends[1]);
	error = errno;
	close(ends[1]);
	if (process->pid >= 0) {
		process->pidfd = (int)syscall(SYS_pidfd_open, process->pid, 0);
		error = errno;
	}
	if (process->pidfd < 0) {
		process_close(process);
		errno = error;
		return -1;
	}
	return 0;
}

int process_go(struct process *process)
{
	process->went = send(process->fd, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
	return process->went ? 0 : -1;
}

int process_receive(struct process *process, struct process_record *record)
{
	const size_t head = offsetof(struct process_record, text);
	ssize_t length;

	if (process->fd < 0)
		return -1;
	length = recv(process->fd, record, sizeof(*record), MSG_DONTWAIT);
	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (length <= (ssize_t)head || record->kind >= PROCESS_RECORD_KINDS)
		return -1;
	record->text[(size_t)length - head - 1] = '\0';
	return 1;
}

void process_kill(struct process *process)
{
	if (process->gone || process->pid <= 0)
		return;
	/* Its number is its own until it is reaped, which is when it is gone. */
	process->killed = true;
	kill(process->pid, SIGKILL);
	kill(-process->pid, SIGKILL);
	if (process->cgroup[0])
		cgroup_kill(process->cgroup);
	else
		session_kill(process->pid);
}

/*
 * Without a cgroup, what outlives the daemon shares the session of its child unless it made its
 * own, so only what was to be killed is waited for.
 */
static bool left_something(const struct process *process)
{
	if (process->cgroup[0])
		return !cgroup_remove(process->cgroup);
	return process->killed && session_first(process->pid) != 0;
}

static bool wait_for(struct process *process, int options)
{
	siginfo_t info = {0};

	if (waitid(P_PIDFD, (id_t)process->pidfd, &info, WEXITED | WNOHANG | options) != 0)
		return errno == ECHILD;
	if (info.si_pid == 0)
		return false;
	process->code = info.si_code;
	process->status = info.si_status;
	return true;
}

bool process_gone(struct process *process)
{
	if (process->gone)
		return true;
	/* A zombie that is traced by somebody else is not ours to see: pidfd says dead, waitid()
	   not yet. */
	if (!process->dead)
		process->dead = wait_for(process, WNOWAIT);
	if (!process->dead || left_something(process))
		return false;
	process->gone = wait_for(process, 0);
	return process->gone;
}

void process_describe(const struct process *process, char *text, size_t size)
{
	if (process->code == CLD_KILLED || process->code == CLD_DUMPED)
		snprintf(text, size, "it was killed by signal %d (%s)", process->status,
			 strsignal(process->status));
	else if (process->status == EXIT_NO_CGROUP)
		snprintf(text, size, "it could not enter its cgroup %s", process->cgroup);
	else
		snprintf(text, size, "it ended with exit code %d and without a result",
			 process->status);
}

/* comm and wchan only: cmdline takes a lock that a hanging process may hold. */
static void read_short(pid_t pid, const char *name, char *text, size_t size)
{
	char path[64];
	ssize_t length = -1;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		length = read(fd, text, size - 1);
		close(fd);
	}
	text[length > 0 ? length : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
}

void process_whereabouts(const struct process *process, char *text, size_t size)
{
	pid_t pid = process->pid;
	char name[32], where[64];

	if (process->cgroup[0] && cgroup_first(process->cgroup) > 0)
		pid = cgroup_first(process->cgroup);
	else if (process->dead)
		pid = session_first(process->pid);
	read_short(pid, "comm", name, sizeof(name));
	read_short(pid, "wchan", where, sizeof(where));
	snprintf(text, size, "%s (pid %d) in %s", name[0] ? name : "a process", pid,
		 where[0] && strcmp(where, "0") != 0 ? where : "the kernel");
}

void process_close(struct process *process)
{
	process_kill(process);
	if (process->pid > 0 && !process->went) /* all that it did was to wait for that */
		while (waitpid(process->pid, NULL, 0) < 0 && errno == EINTR)
			;
	if (process->fd >= 0)
		close(process->fd);
	if (process->pidfd >= 0)
		close(process->pidfd);
	process->fd = process->pidfd = -1;
}
