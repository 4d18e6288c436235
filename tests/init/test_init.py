# SPDX-License-Identifier: GPL-2.0-or-later
"""The program zcsmgrd, and what service managers run: without corosync, in folders of its own."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import time

import pytest

BUILD = pathlib.Path(os.environ.get("ZCSMGR_BUILD",
                                    pathlib.Path(__file__).parents[2] / "build")).resolve()
DAEMON = BUILD / "bin" / "zcsmgrd"
CONFIG = """services = ( { name = "zimbra"; nodes = [ "astapor", "braavos" ];
  stack = ( { type = "filesystem"; device = "/dev/sdz1"; directory = "/opt/zimbra";
              fstype = "ext4"; } ); } );
"""


def until(what, condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < deadline, f"not in {seconds} s: {what}"
        time.sleep(0.02)
    return result


class Host:
    """Folders for one daemon, which is ended with the test. Its network is its own: no corosync
    of this host is ever met."""

    def __init__(self, folder):
        self.run, self.state = folder / "run", folder / "state"
        self.config = folder / "zcsmgr.conf"
        self.config.write_text(CONFIG)
        self.options = ["--config", str(self.config), "--state-dir", str(self.state)]
        self.started = []

    def environment(self):
        return dict(os.environ, ZCSMGRD=str(DAEMON), ZCSMGR_RUN_DIRECTORY=str(self.run),
                    ZCSMGR_OPTIONS=" ".join(self.options))

    def start(self, *options, **arguments):
        daemon = subprocess.Popen(
            ["unshare", "-n", str(DAEMON), *self.options, "--run-dir", str(self.run), *options],
            stderr=subprocess.PIPE, text=True, **arguments)
        self.started.append(daemon)
        return daemon

    def is_served(self):
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.run / "zcsmgr.sock"))
            except OSError:
                return False
            return True

    def begin(self, **arguments):
        daemon = self.start(**arguments)
        until("it serves", lambda: self.is_served() or daemon.poll() is not None)
        assert daemon.poll() is None, daemon.stderr.read()
        return daemon

    def refused(self, *options, **arguments):
        daemon = self.start(*options, **arguments)
        text = daemon.communicate(timeout=20)[1]
        return daemon.returncode, text

    def ask(self, **request):
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(20)
            client.connect(str(self.run / "zcsmgr.sock"))
            client.sendall(json.dumps(request).encode() + b"\n")
            return json.loads(client.makefile().readline())

    def script(self, verb):
        return subprocess.run(["unshare", "-n", "sh", str(BUILD / "init" / "zcsmgr.init"), verb],
                              env=self.environment(), capture_output=True, text=True, timeout=60)

    def pid(self):
        return int((self.run / "zcsmgr.pid").read_text())

    def end(self):
        for daemon in self.started:
            if daemon.poll() is None:
                daemon.kill()
            daemon.wait()
            daemon.stderr.close()
        try:
            os.kill(self.pid(), signal.SIGKILL)  # one that the script has started
        except (OSError, ValueError):
            pass


@pytest.fixture
def host(tmp_path):
    made = Host(tmp_path)
    yield made
    made.end()


# ---- the program ---------------------------------------------------------------------------------

def test_it_tells_what_it_is():
    result = subprocess.run([DAEMON, "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("zcsmgrd ")
    result = subprocess.run([DAEMON, "--help"], capture_output=True, text=True, check=True)
    assert "--state-dir" in result.stdout


@pytest.mark.parametrize("options", [["--nonsense"], ["extra"], ["--config", "relative.conf"],
                                     ["--run-dir", "/" + 300 * "x"]])
def test_options_that_make_no_sense_are_refused(host, options):
    assert host.refused(*options)[0] == 64


def test_it_serves_without_corosync_and_ends_when_told(host):
    for number in signal.SIGTERM, signal.SIGINT, signal.SIGUSR1:
        daemon = host.begin()
        answer = host.ask(verb="status")
        assert not answer["status"]["connected"]
        assert "corosync" in answer["status"]["attention"][0]["text"]
        daemon.send_signal(number)
        assert daemon.wait(timeout=20) == 0
        assert not host.is_served()
        assert not (host.run / "zcsmgr.pid").exists()


def test_a_second_one_is_refused_with_the_pid_of_the_first(host):
    first = host.begin()
    code, text = host.refused()
    assert code == 75
    assert str(first.pid) in text
    assert host.ask(verb="status")["result"] == "done"


def test_after_a_sigkill_the_next_one_starts(host):
    first = host.begin()
    first.kill()
    first.wait()
    host.begin()
    assert host.ask(verb="status")["result"] == "done"


def test_a_bad_configuration_is_refused_by_line(host):
    host.config.write_text(CONFIG.replace("fstype", "fstyp"))
    code, text = host.refused()
    assert code == 78
    assert f"{host.config}:3" in text
    host.config.unlink()
    assert host.refused()[0] == 78


def test_a_damaged_state_is_refused_with_the_cure(host):
    host.state.mkdir()
    (host.state / "state").write_bytes(b"x" * 8192)
    code, text = host.refused()
    assert code == 78
    assert "mv " in text
    assert (host.state / "state").read_bytes() == b"x" * 8192


def test_only_root_may(host):
    def become_nobody():
        os.setgid(65534)
        os.setuid(65534)
    daemon = subprocess.run([DAEMON, *host.options, "--run-dir", str(host.run)],
                            capture_output=True, text=True, preexec_fn=become_nobody, timeout=20)
    assert daemon.returncode == 77


def test_what_it_inherits_does_not_matter(host):
    daemon = host.begin(umask=0o777, cwd=host.config.parent)
    proc = pathlib.Path("/proc") / str(daemon.pid)
    assert os.readlink(proc / "cwd") == "/"
    assert os.readlink(proc / "fd" / "0") == "/dev/null"
    # As far as this host allows it to root at all.
    possible = subprocess.run(["sh", "-c", "echo -1000 >/proc/self/oom_score_adj; "
                               "cat /proc/self/oom_score_adj"], capture_output=True, text=True)
    assert (proc / "oom_score_adj").read_text() == possible.stdout
    assert host.run.stat().st_mode & 0o777 == 0o755
    assert host.state.stat().st_mode & 0o777 == 0o700
    assert (host.state / "state").stat().st_mode & 0o777 == 0o600


def test_idle_it_sleeps_and_forks_nobody(host):
    daemon = host.begin()
    task = pathlib.Path("/proc") / str(daemon.pid) / "task" / str(daemon.pid)

    def wake_ups():
        return next(int(line.split()[1]) for line in (task / "status").read_text().splitlines()
                    if line.startswith("voluntary_ctxt_switches"))
    before = wake_ups()
    time.sleep(4)
    # Without corosync it tries to connect twice a second, which is two wake-ups each.
    assert wake_ups() - before <= 4 * (5 + 2 * 2), "the main loop does not sleep"
    assert (task / "children").read_text() == ""


# ---- the service manager -------------------------------------------------------------------------

def test_systemd_is_told_when_it_is_ready_alive_and_ending(host, tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(20)
        daemon = host.begin(env=dict(os.environ, NOTIFY_SOCKET=str(tmp_path / "notify"),
                                     WATCHDOG_USEC="900000"))
        told = set()
        while not {"WATCHDOG=1", "READY=1"} <= told:  # READY after 10 s, without corosync
            told.add(manager.recv(4096).decode())
        daemon.terminate()
        while "STOPPING=1" not in told:
            told.add(manager.recv(4096).decode())
        assert daemon.wait(timeout=20) == 0
        assert any(line.startswith("STATUS=") for line in told)


def stop_as(job, pid, tmp_path):
    (tmp_path / "systemctl").write_text(
        "#!/bin/sh\n[ \"$1 $4\" = \"list-jobs zcsmgr.service\" ] || exit 1\n"
        f"echo '7 zcsmgr.service {job} running'\n")
    (tmp_path / "systemctl").chmod(0o755)
    return subprocess.run(["sh", BUILD / "init" / "zcsmgr-stop", str(pid), "zcsmgr.service"],
                          env=dict(os.environ, PATH=f"{tmp_path}:{os.environ['PATH']}"),
                          timeout=20, check=True)


@pytest.mark.parametrize("job, expected", [("restart", "USR1"), ("stop", "TERM")])
def test_the_job_tells_a_restart_from_a_stop(tmp_path, job, expected):
    script = "trap 'echo USR1; exit' USR1; trap 'echo TERM; exit' TERM; echo ready; " \
        "while :; do sleep 0.05; done"
    with subprocess.Popen(["sh", "-c", script], stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout.readline() == "ready\n"
        pid = os.fork()
        if pid == 0:  # as init does: so that the ended process is gone for kill(2)
            stop_as(job, victim.pid, tmp_path)
            os._exit(0)
        assert victim.stdout.readline() == expected + "\n"
        victim.wait(timeout=20)
        assert os.waitpid(pid, 0)[1] == 0


def test_stopping_one_that_is_gone_succeeds(tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    stop_as("stop", gone.pid, tmp_path)


# ---- the SysV script -----------------------------------------------------------------------------

def test_the_script_starts_restarts_and_stops(host):
    assert host.script("status").returncode == 3
    result = host.script("start")
    assert result.returncode == 0, result.stderr
    first = host.pid()
    assert host.script("status").returncode == 0
    assert host.script("start").returncode == 0
    assert host.pid() == first
    assert host.script("restart").returncode == 0
    assert host.pid() != first
    assert host.ask(verb="status")["result"] == "done"
    assert host.script("stop").returncode == 0
    assert not host.is_served()
    assert host.script("stop").returncode == 0
    assert host.script("nonsense").returncode == 2


def test_the_script_shows_why_it_does_not_start(host):
    host.config.write_text("nonsense")
    result = host.script("start")
    assert result.returncode != 0
    assert str(host.config) in result.stderr


def test_the_script_is_not_fooled_by_a_pid_that_was_given_again(host):
    host.run.mkdir()
    (host.run / "zcsmgr.pid").write_text(f"{os.getpid()}\n")
    assert host.script("status").returncode == 1
    assert host.script("stop").returncode == 0
    assert host.script("start").returncode == 0
    assert host.script("stop").returncode == 0
