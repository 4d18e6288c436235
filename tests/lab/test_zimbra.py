# SPDX-License-Identifier: GPL-2.0-or-later
"""The zimbra driver and the tests' suite, a real Postfix below a sloppy zmcontrol, on a host of
namespaces that ends with all that was started on it."""
import os
import resource
import shutil
import signal
import subprocess
import time

import pytest

import cluster
from netfs_util import DRIVER_RUN, Driver, Watch, command, until

SUITE_UID = 6997
INIT = r"""
mount --make-rprivate /
mount -t proc proc /proc
ip link set lo up
mount -t overlay overlay -o "lowerdir=$PACKAGES/postfix/usr:/usr" /usr
mount -t overlay overlay -o "lowerdir=/etc,upperdir=$1/etc,workdir=$1/etc.work" /etc
mkdir "$1/suite"
mount -t tmpfs -o mode=755 suite "$1/suite"
"$HERE/mail/mkfs_content" "$1/suite" "$BUILD"
mount -t overlay overlay -o "lowerdir=/opt,upperdir=$1/opt,workdir=$1/opt.work" /opt
mkdir -p /opt/zimbra
mount --move "$1/suite" /opt/zimbra
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/lab
echo ready
exec >/dev/null 2>&1
sleep infinity &
wait
"""


class Host:
    """Its first process reaps, and is a bash, since others do not."""

    kinds = ["--net", "--mount", "--pid", "--uts", "--ipc"]

    def __init__(self, folder):
        self.folder = str(folder)
        self.cgroup = os.path.join(cluster.cgroup_root(), f"zcsmgr-test-zimbra-{os.getpid()}")
        self.payload = os.path.join(self.cgroup, "payload")
        os.makedirs(self.payload)
        for name in ("etc", "etc.work", "opt", "opt.work"):
            os.mkdir(os.path.join(self.folder, name))
        self._write_users()
        self.driver_run = shutil.copy(DRIVER_RUN, os.path.join(self.folder, "driver_run"))
        self.holder = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "unshare", *self.kinds, "--fork",
             "--kill-child=KILL", "bash", "-euc", INIT, "init", self.folder],
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, preexec_fn=self._enter,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PACKAGES": cluster.PACKAGES,
                 "BUILD": os.path.abspath(cluster.BUILD), "HERE": cluster.HERE})
        assert self.holder.stdout.readline() == "ready\n"
        with open(f"/proc/{self.holder.pid}/task/{self.holder.pid}/children",
                  encoding="ascii") as file:
            self.init = int(file.read())
        self.processes = []

    def _write_users(self):
        """The lab's, whatever the machine calls its own."""
        for name, users in (("passwd", ["zimbra:x:6997:6997::/opt/zimbra:/bin/bash",
                                        "postfix:x:6998:6998::/nonexistent:/bin/false"]),
                            ("group", ["zimbra:x:6997:", "postfix:x:6998:", "postdrop:x:6999:"])):
            ours = {user.split(":")[0] for user in users}
            lines = [line for line in cluster.read(f"/etc/{name}").splitlines()
                     if line.split(":")[0] not in ours]
            cluster.write(f"{self.folder}/etc/{name}", "\n".join(lines + users) + "\n")

    def _enter(self):
        cluster.write_now(os.path.join(self.cgroup, "cgroup.procs"), "0")

    def words(self, *words):
        return ["nsenter", "--target", str(self.init), *self.kinds, "--wd=/", "--", *words]

    def run(self, *words, **options):
        return command(*self.words(*words), preexec_fn=self._enter, **options)

    def start(self, *words, **options):
        process = subprocess.Popen(self.words(*words), preexec_fn=self._enter, **options)
        self.processes.append(process)
        return process

    def path(self, name):
        """Of a file of the host, seen from outside."""
        return f"/proc/{self.init}/root{name}"

    def misbehave(self, *names):
        """From now on zmcontrol behaves like that, and in no other way."""
        folder = self.path("/run/lab")
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        for name in names:
            cluster.write(f"{folder}/zmcontrol-{name}", "")

    def pids(self, name=None, below=""):
        """Of all that run on the host, or of a program of that name."""
        return cluster.pids_in(os.path.join(self.cgroup, below), name)

    def suite_pids(self):
        return self.pids("master") + self.pids("zmconfigd") + self.pids("zmcontrol")

    def as_suite(self, script):
        """Starts a shell of the suite's user, which says when it is ready."""
        process = self.start("setpriv", f"--reuid={SUITE_UID}", f"--regid={SUITE_UID}",
                             "--clear-groups", "bash", "-c", script, stdout=subprocess.PIPE,
                             text=True)
        assert process.stdout.readline() == "ready\n"
        return process

    def close(self):
        cluster.write_now(os.path.join(self.cgroup, "cgroup.kill"), "1")
        for process in self.processes + [self.holder]:
            process.wait(timeout=20)
            if process.stdout:
                process.stdout.close()
        until(lambda: self.pids() == [], "everything on the host has ended", 20)
        for directory in (self.payload, self.cgroup):
            until(lambda at=directory: self._is_removed(at), f"{directory} is empty", 20)

    @staticmethod
    def _is_removed(directory):
        try:
            os.rmdir(directory)
        except OSError:
            return False
        return True


class Suite(Driver):
    """The driver of the suite on a host, with the timeouts of tests."""

    def __init__(self, host, user="zimbra", more="", options="checks = [ \"smtp\" ];"):
        super().__init__(host, os.path.join(host.folder, "zcsmgr.conf"),
                         f'type = "zimbra"; directory = "/opt/zimbra"; user = "{user}";',
                         f"check_interval = 1; {options}")
        if more:
            text = cluster.read(self.config)
            cluster.write(self.config, text.replace("stack = (", f"stack = ( {more},"))

    def words(self, function, *options):
        return [self.namespace.driver_run, "--node", "a", "--cgroup", self.namespace.payload,
                *options, self.config, "mail", self.type, function]

    def watch(self):
        return Watch(self.namespace, self.words("watch"))


@pytest.fixture(name="host")
def _host(tmp_path):
    host = Host(tmp_path)
    yield host
    host.close()
    assert not os.path.exists(host.cgroup)


@pytest.fixture(name="suite")
def _suite(host):
    return Suite(host)


@pytest.fixture(name="running")
def _running(suite):
    outcome, text = suite.outcome("start")
    assert outcome == "ok", text
    return suite


# ---- coming and going ---------------------------------------------------------------------------

def test_it_comes_and_goes(host, suite):
    assert suite.outcome("probe") == ("down", "no process of it runs")
    assert suite.outcome("start") == (
        "ok", "all answers; zmcontrol startup ended with 0; 0 stale pid files removed")
    assert len(host.pids("master")) == len(host.pids("zmconfigd")) == 1
    outcome, text = suite.outcome("probe")
    assert outcome == "up" and text.endswith(" processes, all answers")
    assert suite.outcome("monitor") == ("ok", "")
    outcome, text = suite.outcome("stop")
    assert outcome == "ok" and text.startswith("zmcontrol shutdown ended with 0: ")
    assert host.suite_pids() == [] and host.pids(below="payload") == []
    assert suite.outcome("probe") == ("down", "no process of it runs")
    assert suite.outcome("monitor") == ("gone", "no process of it runs")


def test_starting_and_stopping_twice_is_no_error(host, running):
    before = host.suite_pids()
    assert running.outcome("start")[0] == "ok"
    assert host.suite_pids() == before
    assert running.outcome("stop")[0] == "ok"
    assert running.outcome("stop") == ("ok", "no process of it runs")


def test_it_lives_in_its_cgroup_as_its_user(host, running):
    (daemon,) = host.pids("zmconfigd", below="payload")
    assert host.pids("master", below="payload") == host.pids("master")
    status = cluster.read(f"/proc/{daemon}/status")
    assert f"\nUid:\t{SUITE_UID}\t{SUITE_UID}\t{SUITE_UID}\t{SUITE_UID}\n" in status
    assert f"\nGid:\t{SUITE_UID}\t{SUITE_UID}\t{SUITE_UID}\t{SUITE_UID}\n" in status


def test_it_may_open_as_many_files_as_the_suite_wants_or_the_machine_allows(host, suite):
    allowed = subprocess.run(["prlimit", "--nofile=524288:524288", "true"], check=False,
                             stderr=subprocess.DEVNULL).returncode == 0
    most = 524288 if allowed else min(524288, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    host.run("prlimit", "--nofile=512:", *suite.words("start"))
    (daemon,) = host.pids("zmconfigd")
    (limit,) = [line.split() for line in cluster.read(f"/proc/{daemon}/limits").splitlines()
                if line.startswith("Max open files")]
    assert int(limit[3]) == most


def test_the_redo_log_of_roots_tools_is_given_back(host, suite):
    log = host.path("/opt/zimbra/redolog/redo.log")
    os.chown(log, 0, 0)
    assert suite.outcome("start")[0] == "ok"
    assert (os.stat(log).st_uid, os.stat(log).st_gid) == (SUITE_UID, SUITE_UID)


def test_no_other_file_is_given_to_its_user(host, suite):
    host.run("sh", "-ec", "rm /opt/zimbra/redolog/redo.log; touch /run/precious; "
             "ln -s /run/precious /opt/zimbra/redolog/redo.log")
    assert suite.outcome("start")[0] == "ok"
    assert os.stat(host.path("/run/precious")).st_uid == 0


# ---- zmcontrol is not believed ------------------------------------------------------------------

def test_a_start_that_hangs_is_given_up_in_time_and_leaves_nothing(host, suite):
    host.misbehave("start-hang")
    begin = time.monotonic()
    outcome, text = suite.outcome("start", "--timeout", "4000")
    assert time.monotonic() - begin < 4
    assert outcome == "failed"
    assert text.startswith("no process of it runs; zmcontrol startup hung and was killed: Host ")
    assert host.suite_pids() == [] and host.pids(below="payload") == []
    host.misbehave()
    assert suite.outcome("start")[0] == "ok"


def test_a_start_that_fails_tells_why(host, suite):
    host.misbehave("start-fail")
    assert suite.outcome("start") == (
        "failed", "no process of it runs; zmcontrol startup ended with 1: Failed.")


def test_a_part_that_does_not_come_up_is_named(host):
    suite = Suite(host, options='checks = [ "smtp", "imap" ];')
    outcome, text = suite.outcome("start", "--timeout", "5000")
    assert outcome == "failed"
    assert text.startswith("no answer from imap (refused); zmcontrol startup ended with 0: ")
    assert suite.outcome("probe")[0] == "partial"
    assert suite.outcome("stop")[0] == "ok"
    assert host.suite_pids() == []


def test_a_stop_that_hangs_is_followed_by_signals_in_time(host, running):
    host.misbehave("stop-hang")
    begin = time.monotonic()
    outcome, text = running.outcome("stop", "--timeout", "6000")
    assert time.monotonic() - begin < 6
    assert outcome == "ok"
    assert text.startswith("zmcontrol shutdown hung and was killed: ")
    assert text.endswith("the rest ended after TERM")
    assert host.suite_pids() == [] and host.pids(below="payload") == []


def test_a_stop_that_fails_is_followed_by_signals(host, running):
    host.misbehave("stop-fail")
    outcome, text = running.outcome("stop")
    assert (outcome, text) == (
        "ok", "zmcontrol shutdown ended with 1: Failed.; the rest ended after TERM")
    assert host.pids(below="payload") == []


def test_without_zmcontrol_it_is_stopped_by_signals(host, running):
    os.unlink(host.path("/opt/zimbra/bin/zmcontrol"))
    outcome, text = running.outcome("stop")
    assert outcome == "ok" and "zmcontrol is no program" in text
    assert host.pids(below="payload") == []
    outcome, text = running.outcome("start")
    assert outcome == "failed" and "zmcontrol is no program" in text


def test_what_does_not_mind_term_is_killed_and_named(host, running):
    stubborn = host.as_suite("trap '' TERM; cd /opt/zimbra; echo ready; exec sleep 1000")
    outcome, text = running.outcome("stop", "--timeout", "8000")
    assert outcome == "ok" and "sleep " in text and text.endswith(" had to be killed")
    assert stubborn.wait(timeout=10) != 0
    assert host.suite_pids() == []


# ---- what an earlier start left -----------------------------------------------------------------

def test_a_pid_file_of_another_node_does_not_keep_a_part_from_starting(host, suite):
    """Its pid is now another process's of the suite's user, but none of the suite's."""
    stranger = host.as_suite("cd /; echo $$ >/opt/zimbra/log/zmconfigd.pid; echo ready; "
                             "exec sleep 1000")
    assert suite.outcome("probe")[0] == "down"
    assert suite.outcome("start") == (
        "ok", "all answers; zmcontrol startup ended with 0; 1 stale pid files removed")
    assert len(host.pids("zmconfigd")) == 1
    assert suite.outcome("stop")[0] == "ok"
    assert stranger.poll() is None


def test_leftover_processes_are_partly_up_and_their_pid_files_are_kept(host, suite):
    leftover = host.as_suite("cd /opt/zimbra; echo $$ >log/zmconfigd.pid; echo ready; "
                             "exec -a zmconfigd sleep 1000")
    before = until(lambda: host.pids("zmconfigd"), "it has its name")
    assert suite.outcome("probe") == ("partial", "1 processes, no answer from smtp (refused)")
    outcome, text = suite.outcome("start")
    assert outcome == "ok" and text.endswith("0 stale pid files removed")
    assert host.pids("zmconfigd") == before  # not a second one beside it
    assert suite.outcome("stop")[0] == "ok"
    assert leftover.wait(timeout=10) != 0
    assert host.suite_pids() == []


# ---- refusals -----------------------------------------------------------------------------------

def test_a_user_that_is_not_there_is_named(host):
    suite = Suite(host, user="zimbar")
    assert suite.outcome("start") == (
        "failed", "there is no user zimbar on this node; install the suite here too")
    assert "there is no user zimbar;" in suite.findings("error")[0]
    assert suite.outcome("stop") == ("ok", "no process of it runs")


def test_a_wrong_user_is_told_what_zmcontrol_says(host):
    outcome, text = Suite(host, user="postfix").outcome("start")
    assert outcome == "failed"
    assert text.endswith("zmcontrol startup ended with 1: Run as the zimbra user!")
    assert host.suite_pids() == []


def test_a_copy_below_the_mount_point_is_not_started(host):
    suite = Suite(host, more='{ type = "filesystem"; device = "/dev/loop0"; '
                             'directory = "/opt/zimbra"; fstype = "ext4"; }')
    host.run("sh", "-ec", "mkdir /run/copy; cp -a /opt/zimbra/. /run/copy; umount /opt/zimbra; "
             "cp -a /run/copy/. /opt/zimbra")
    assert suite.outcome("start") == ("failed", "/opt/zimbra is not mounted")
    assert host.suite_pids() == []


# ---- while it runs ------------------------------------------------------------------------------

def test_a_mail_server_that_died_alone_is_noticed_and_started_again(host, running):
    watch = running.watch()
    watch.expect("ok")
    (daemon,) = host.pids("zmconfigd")
    (master,) = host.pids("master")
    os.kill(master, signal.SIGKILL)
    watch.expect("failed", text="no answer from smtp")
    assert running.outcome("monitor")[0] == "failed"
    outcome, text = running.outcome("probe")
    assert outcome == "partial" and "no answer from smtp" in text
    assert running.outcome("start")[0] == "ok"
    assert host.pids("zmconfigd") == [daemon]
    watch.expect("ok")


def test_the_end_of_its_last_process_is_told_at_once(host, running):
    watch = running.watch()
    watch.expect("ok")
    cluster.write_now(os.path.join(host.payload, "cgroup.kill"), "1")
    watch.expect("gone", text="its last process has ended")
    assert running.outcome("monitor")[0] == "gone"


def test_zmcontrols_status_is_a_second_opinion(host):
    suite = Suite(host, options='checks = [ "smtp" ]; monitor_interval = 1; monitor_timeout = 1;')
    assert suite.outcome("start")[0] == "ok"
    watch = suite.watch()
    (daemon,) = host.pids("zmconfigd")
    os.kill(daemon, signal.SIGTERM)
    watch.expect("ok", 15, "zmcontrol status: stopped: zmconfigd")
    host.misbehave("status-fail")
    watch.expect("ok", 15, "zmcontrol status failed: Failed.")
    host.misbehave("status-hang")
    watch.expect("ok", 15, "zmcontrol status hangs")
    (master,) = host.pids("master")
    os.kill(master, signal.SIGKILL)
    watch.expect("timeout", 15, "zmcontrol status hangs")


def test_it_is_adopted_as_it_is(host, running):
    """By the driver of a daemon that was started again: nothing of the earlier one is needed."""
    before = host.suite_pids()
    host.misbehave("start-hang", "stop-hang", "status-hang")
    assert running.outcome("probe")[0] == "up"
    assert running.outcome("start")[0] == "ok"
    watch = running.watch()
    watch.expect("ok")
    watch.process.kill()
    assert running.outcome("monitor") == ("ok", "")
    assert host.suite_pids() == before


def test_what_an_operator_started_by_hand_is_adopted_and_stopped(host, suite):
    host.as_suite("cd /opt/zimbra && /opt/zimbra/bin/zmcontrol start >/dev/null && "
                  "echo ready").wait()
    assert host.pids(below="payload") == [] and len(host.pids("zmconfigd")) == 1
    before = host.suite_pids()
    until(lambda: suite.outcome("probe")[0] == "up", "it answers")
    assert suite.outcome("start")[0] == "ok"
    watch = suite.watch()
    watch.expect("ok")
    assert host.suite_pids() == before
    outcome, text = suite.outcome("stop")
    assert outcome == "ok", text
    assert host.suite_pids() == []
    watch.expect("gone")
