# SPDX-License-Identifier: GPL-2.0-or-later
"""The drbd driver against the stand-in, and against tools that hang, lie or are missing."""

import json
import re
import os
import pathlib
import queue
import signal
import subprocess
import threading
import time

import pytest

import nodes
from nodes import wait_for

CONFIG = """
services = (
  {{ name = "zimbra";
    nodes = [ "astapor", "braavos" ];
    stack = ( {{ type = "drbd"; resource = "{resource}"; {more} }} ); }} );
"""


class Driver:
    def __init__(self, node, more="", resource="r0"):
        self.node, self.config = node, node.dir / "zcsmgr.conf"
        self.config.write_text(CONFIG.format(resource=resource, more=more))

    def command(self, function, *options):
        return [str(nodes.LAB / "driver_run"), *options, str(self.config), "zimbra", "drbd",
                function]

    def call(self, function, timeout=20, path=None):
        command = self.command(function, "--timeout", str(int(timeout * 1000)))
        if path:
            command = ["env", f"PATH={path}:{nodes.LAB}:/usr/sbin:/usr/bin:/sbin:/bin", *command]
        done = self.node.run(*command, timeout=timeout + 20)
        assert done.code == 0, f"{function}: {done}"
        lines = [json.loads(line) for line in done.out.splitlines()]
        return lines if function == "validate" else lines[0]

    def outcome(self, function, **more):
        return self.call(function, **more)["outcome"]


class Watch:
    """Reads what a watch tells, as it comes."""

    def __init__(self, driver):
        self.process = driver.node.start(*driver.command("watch"), stdout=subprocess.PIPE,
                                         stderr=subprocess.DEVNULL)
        self.lines = queue.Queue()
        self.told = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put((time.monotonic(), json.loads(line)))
        self.lines.put(None)

    def next(self, timeout):
        try:
            item = self.lines.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError(f"nothing more was told; so far: {self.told}") from None
        assert item, f"the watch ended; so far: {self.told}"
        self.told.append(item[1])
        return item[1]

    def storage(self, timeout=10, **facts):
        """Waits for storage facts that include these."""
        end = time.monotonic() + timeout
        while True:
            told = self.next(max(0.01, end - time.monotonic())).get("storage")
            if told and all(told[key] == value for key, value in facts.items()):
                return told

    def verdict(self, verdict, timeout=10, text=""):
        """Waits for that verdict with that in its text."""
        end = time.monotonic() + timeout
        while True:
            told = self.next(max(0.01, end - time.monotonic()))
            if told.get("verdict") == verdict and text in told["text"]:
                return told

    def ended(self, timeout=10):
        end = time.monotonic() + timeout
        while True:
            item = self.lines.get(timeout=max(0.01, end - time.monotonic()))
            if item is None:
                return True

    def close(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def watch():
    opened = []

    def opener(driver):
        opened.append(Watch(driver))
        return opened[-1]
    yield opener
    for one in opened:
        one.close()


@pytest.fixture
def a(pair):
    return Driver(pair.a)


@pytest.fixture
def b(pair):
    return Driver(pair.b)


def fake_tool(node, name, script):
    """A drbdsetup or drbdadm of the test's own, in a directory that comes first in PATH."""
    directory = node.dir / "fake"
    directory.mkdir(exist_ok=True)
    tool = directory / name
    tool.write_text(f"#!/bin/sh\n{script}\n")
    tool.chmod(0o755)
    return str(directory)


# --- probe, start, stop, monitor ---


def test_a_secondary_is_down_and_a_primary_is_up(pair, a):
    assert a.call("probe") == {"outcome": "down", "text": "r0 is Secondary"}
    assert a.outcome("start") == "ok"
    assert pair.a.state()[1] == "Primary/Secondary"
    assert a.call("probe") == {"outcome": "up", "text": "r0 is Primary"}
    assert a.call("monitor") == {"verdict": "ok", "text": ""}
    assert a.outcome("start") == "ok"
    assert a.outcome("stop") == "ok"
    assert pair.a.state()[1] == "Secondary/Secondary"
    assert a.outcome("stop") == "ok"
    assert a.call("monitor")["verdict"] == "gone"


def test_start_brings_up_what_is_not_configured(pair, a):
    pair.a.adm("down")
    assert a.call("probe") == {"outcome": "down", "text": "r0 is not configured"}
    assert a.outcome("stop") == "ok"
    assert a.outcome("start") == "ok"
    assert pair.a.state()[1].startswith("Primary/")


def test_start_waits_until_the_peer_is_no_longer_primary(pair, a, b):
    assert b.outcome("start") == "ok"
    starting = pair.a.start(*a.command("start", "--timeout", "20000"), stdout=subprocess.PIPE)
    with pytest.raises(subprocess.TimeoutExpired):
        starting.wait(timeout=2.5)
    assert b.outcome("stop") == "ok"
    told = json.loads(starting.communicate(timeout=20)[0])
    assert told["outcome"] == "ok" and "refusals" in told["text"]


def test_start_gives_up_before_its_deadline_and_names_the_reason(pair, a, b):
    b.outcome("start")
    began = time.monotonic()
    told = a.call("start", timeout=5)
    assert time.monotonic() - began < 5
    assert told["outcome"] == "failed"
    assert told["text"].startswith("r0: the peer still is Primary as far as DRBD knows; demote it")
    assert pair.a.state()[1] == "Secondary/Primary"


def test_start_takes_over_from_a_dead_primary(pair, a, b):
    b.outcome("start")
    pair.b.crash()
    assert a.outcome("start") == "ok"
    assert pair.a.state() == ("WFConnection", "Primary/Unknown", "UpToDate/DUnknown")


def test_start_does_not_insist_without_up_to_date_data(pair, a):
    pair.cut()
    pair.a.wait_state("WFConnection")
    pair.a.adm("outdate")
    began = time.monotonic()
    told = a.call("start", timeout=30)
    assert time.monotonic() - began < 5
    assert told["outcome"] == "failed"
    assert "no up-to-date data in reach" in told["text"]
    assert pair.a.state()[1:] == ("Secondary/Unknown", "Outdated/DUnknown")


def test_nothing_is_ever_forced(pair):
    resource = nodes.ROOT / "zcsmgr" / "resource"
    for source in resource.glob("drbd*.[ch]"):
        assert "--force" not in source.read_text(), source


def test_stop_waits_for_who_holds_the_device(pair, a):
    a.outcome("start")
    holder = pair.a.start("sh", "-c", "exec 9< /dev/drbd0; echo open; read x",
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout.readline() == "open\n"
    stopping = pair.a.start(*a.command("stop", "--timeout", "20000"), stdout=subprocess.PIPE)
    with pytest.raises(subprocess.TimeoutExpired):
        stopping.wait(timeout=1.5)
    holder.communicate("\n")
    assert json.loads(stopping.communicate(timeout=20)[0])["outcome"] == "ok"


def test_stop_names_who_holds_the_device(pair, a):
    a.outcome("start")
    pair.a.run("mkfs.ext4", "-q", "/dev/drbd0", check=True)
    pair.a.run("mount", "/dev/drbd0", "/mnt", check=True)
    told = a.call("stop", timeout=3)
    assert told == {"outcome": "failed",
                    "text": "r0: the device is held open, by the mount on /mnt"}
    pair.a.run("umount", "/mnt", check=True)
    holder = pair.a.start("sh", "-c", "exec 9< /dev/drbd0; echo open; read x",
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout.readline() == "open\n"
    told = a.call("stop", timeout=3)
    assert told["text"].startswith("r0: the device is held open, by process ")
    assert told["text"].endswith("(sh)")
    holder.communicate("\n")


def test_a_primary_without_its_disk_is_up_and_one_without_any_fails(pair, a):
    a.outcome("start")
    pair.a.adm("detach")
    told = a.call("monitor")
    assert told["verdict"] == "ok" and "works on the peer's" in told["text"]
    pair.cut()
    pair.a.wait_state("WFConnection", "Primary/Unknown", "Diskless/DUnknown")
    told = a.call("monitor")
    assert told["verdict"] == "failed" and "reaches no up-to-date disk" in told["text"]


def test_frozen_io_is_no_failure(pair, a):
    a.outcome("start")
    pair.a.adm("suspend-io")
    told = a.call("monitor")
    assert told["verdict"] == "ok" and "frozen" in told["text"]
    pair.a.adm("resume-io")


# --- tools that hang, are missing, or find no module ---


def test_a_hanging_tool_is_no_answer(pair, a):
    path = fake_tool(pair.a, "drbdsetup", "exec sleep 1000")
    told = a.call("probe", timeout=2, path=path)
    assert told["outcome"] == "failed" and "gave no answer" in told["text"]
    assert a.call("monitor", timeout=2, path=path)["verdict"] == "timeout"
    for function in ("start", "stop"):
        told = a.call(function, timeout=2, path=path)
        assert told["outcome"] == "failed" and "gave no answer" in told["text"]


def test_a_promotion_that_hangs_ends_before_the_deadline(pair, a):
    path = fake_tool(pair.a, "drbdsetup",
                     f"[ $1 = primary ] && exec sleep 1000; exec {nodes.LAB}/drbdsetup \"$@\"")
    began = time.monotonic()
    told = a.call("start", timeout=3, path=path)
    assert time.monotonic() - began < 3
    assert told["outcome"] == "failed" and "gave no answer" in told["text"]


def test_without_the_module_nothing_is_up(pair, a):
    pair.a.signal_kernel(signal.SIGKILL)
    path = fake_tool(pair.a, "nothing", "")
    wait_for("the kernel is gone", lambda: pair.a.run("drbdsetup", "role", "0").code == 20)
    told = a.call("probe", path=path)
    assert told["outcome"] == "down" and "modprobe drbd" in told["text"]
    assert a.outcome("stop") == "ok"
    assert a.call("monitor")["verdict"] == "gone"
    told = a.call("start")
    assert told["outcome"] == "failed" and "modprobe drbd" in told["text"]


def test_other_failures_of_the_tool_are_quoted(pair, a):
    path = fake_tool(pair.a, "drbdsetup", "echo the dog ate it >&2; exit 10")
    told = a.call("probe", path=path)
    assert told == {"outcome": "failed", "text": "r0: exit code 10: the dog ate it"}


def test_a_dump_that_does_not_end_is_no_answer(pair, a):
    path = fake_tool(pair.a, "drbdsetup",
                     "echo 'exists resource name:r0 role:Primary suspended:no'")
    assert a.outcome("probe", path=path) == "failed"


def test_a_promotion_that_drbd_9_refuses_for_lack_of_quorum_is_explained(pair, a):
    path = fake_tool(pair.a, "drbdsetup",
                     "[ $1 = primary ] || exec " + str(nodes.LAB) + "/drbdsetup \"$@\"\n"
                     "echo 'r0: State change failed: (-25) No quorum' >&2; exit 11")
    told = a.call("start", timeout=3, path=path)
    assert told["outcome"] == "failed" and "no DRBD quorum" in told["text"]


def test_with_drbd_9_roles_are_set_by_the_resources_name(pair, a):
    path = fake_tool(pair.a, "drbdadm",
                     f"[ $1 = --version ] || exec {nodes.LAB}/drbdadm \"$@\"\n"
                     "echo DRBD_KERNEL_VERSION_CODE=0x09020d")
    fake_tool(pair.a, "drbdsetup",
              f"echo \"$@\" >> {pair.a.dir}/calls\n"
              f"[ \"$1 $2\" = 'primary r0' ] && exec {nodes.LAB}/drbdsetup primary 0\n"
              f"[ \"$1 $2\" = 'secondary r0' ] && exec {nodes.LAB}/drbdsetup secondary 0\n"
              f"exec {nodes.LAB}/drbdsetup \"$@\"")
    assert a.outcome("start", path=path) == "ok"
    assert a.outcome("stop", path=path) == "ok"
    assert (pair.a.dir / "calls").read_text().splitlines() == [
        "events2 --now r0", "primary r0", "events2 --now r0", "secondary r0"]


# --- validate ---


def findings(driver, level, **more):
    return [found["text"] for found in driver.call("validate", **more)
            if found["finding"] == level]


HANDLER = '"/usr/sbin/zcsmgr drbd-fence-peer"'
FENCED = "disk { fencing resource-and-stonith; } handlers { fence-peer " + HANDLER + "; }"


def dump_of(node, text, version=8):
    """A drbdadm whose dump is this, one statement a line; the rest is the real one's."""
    lines = re.sub(r"([{};])", r"\1\n", "resource r0 { " + text + " }")
    (node.dir / "dump").write_text(lines)
    return fake_tool(node, "drbdadm", f"""
[ $1 = --version ] && [ {version} = 9 ] && echo DRBD_KERNEL_VERSION_CODE=0x09020d && exit
[ $1 = dump ] && exec cat {node.dir}/dump
exec {nodes.LAB}/drbdadm "$@" """)


def test_a_good_resource_is_found_good(pair, a):
    path = dump_of(pair.a, FENCED)
    assert findings(a, "error", path=path) == [] and findings(a, "warning", path=path) == []
    assert findings(a, "ok", path=path) == [
        "drbd r0: tools of DRBD 8.4", "drbd r0: protocol C", "drbd r0: fence-peer handler",
        "drbd r0: /dev/drbd0"]


def test_an_undefined_resource_is_an_error(pair):
    driver = Driver(pair.a, resource="nope")
    (error,) = findings(driver, "error")
    assert "'nope' not defined in your config" in error and "define it in /etc/drbd.d" in error


@pytest.mark.parametrize("line, level, text", [
    ("protocol A;", "error", "set `net { protocol C; }`"),
    ("allow-two-primaries yes;", "error", "remove it"),
    ("allow-two-primaries;", "error", "remove it"),
    ("after-sb-1pri discard-secondary;", "warning", "`after-sb-1pri discard-secondary` discards"),
])
def test_dangerous_options_are_found(pair, a, line, level, text):
    (found,) = findings(a, level, path=dump_of(pair.a, f"net {{ {line} }} {FENCED}"))
    assert text in found


@pytest.mark.parametrize("text, said", [
    (f"handlers {{ fence-peer {HANDLER}; }}",
     "fencing dont-care lets a disk be written while the other copy may be in use; set "
     "`disk { fencing resource-and-stonith; }`"),
    (f"disk {{ fencing resource-only; }} handlers {{ fence-peer {HANDLER}; }}",
     "fencing resource-only lets"),
    ("disk { fencing resource-and-stonith; }",
     'there is no fence-peer handler; add `handlers { fence-peer "/usr/sbin/zcsmgr '
     'drbd-fence-peer"; }`'),
    (FENCED.replace(HANDLER, '"/usr/lib/drbd/crm-fence-peer.sh"'),
     "knows nothing of this cluster"),
    (FENCED.replace("drbd-fence-peer", "drbd-unfence-peer"), "knows nothing of this cluster"),
    (FENCED.replace("drbd-fence-peer", "drbd-fence-peer || exit 7"),
     "knows nothing of this cluster"),
])
def test_what_keeps_our_handler_from_being_asked_is_found(pair, a, text, said):
    (found,) = findings(a, "error", path=dump_of(pair.a, text))
    assert said in found


def test_with_drbd_9_the_policy_is_set_elsewhere(pair, a):
    text = f"options {{ auto-promote no; }} handlers {{ fence-peer {HANDLER}; }}"
    (found,) = findings(a, "error", path=dump_of(pair.a, text, version=9))
    assert "set `net { fencing resource-and-stonith; }`" in found


def test_drbd_9_must_not_promote_by_itself(pair, a):
    (error,) = findings(a, "error", path=dump_of(pair.a, FENCED, version=9))
    assert "add `options { auto-promote no; }`" in error
    path = dump_of(pair.a, "options { auto-promote no; } " + FENCED, version=9)
    assert findings(a, "error", path=path) == []


def test_missing_tools_are_an_error(pair, a):
    command = a.command("validate")
    done = pair.a.run("env", "PATH=/nowhere", *command)
    found = [json.loads(line) for line in done.out.splitlines()]
    assert [one["finding"] for one in found] == ["error"]
    assert "install drbd-utils" in found[0]["text"]


def test_drbds_own_boot_service_is_warned_of(pair, a):
    pair.a.run("sh", "-c", "mkdir -p /tmp/e && mount -t tmpfs tmpfs /etc/systemd/system && mkdir "
               "/etc/systemd/system/multi-user.target.wants && touch "
               "/etc/systemd/system/multi-user.target.wants/drbd.service", check=True)
    (warning,) = findings(a, "warning")
    assert "systemctl disable drbd" in warning


# --- watch ---


def test_a_watch_brings_the_resource_up_and_tells_both_sides(pair, a, watch):
    pair.a.adm("down")
    told = watch(a).storage(link="Connected")
    assert told["known"] and told["configured"]
    assert (told["role"], told["peer_role"]) == ("Secondary", "Secondary")
    assert (told["disk"], told["peer_disk"]) == ("UpToDate", "UpToDate")
    assert told["generations_known"]
    assert int(told["current"], 16) == int(pair.a.generations()[0], 16)


def test_what_an_operator_takes_down_stays_down(pair, a, watch):
    watching = watch(a)
    watching.storage(link="Connected")
    pair.a.adm("down")
    told = watching.storage(configured=False)
    assert told["known"] and told["role"] == "Unknown"
    watching.storage(configured=False, timeout=8)  # the next sign of life
    assert pair.a.adm("role", check=False).code == 10


def test_a_watch_tells_roles_at_once(pair, a, b, watch):
    watching, other = watch(a), watch(b)
    watching.storage(link="Connected")
    other.storage(link="Connected")
    began = time.monotonic()
    pair.a.adm("primary")
    watching.storage(role="Primary")
    watching.verdict("ok")
    other.storage(peer_role="Primary")
    assert time.monotonic() - began < 1
    pair.a.adm("secondary")
    assert watching.verdict("gone")["text"] == "r0 is not Primary here any more"
    other.storage(peer_role="Secondary")


def test_a_lost_peer_makes_a_new_generation_and_a_resync(pair, a, b, watch):
    watching, other = watch(a), watch(b)
    pair.a.adm("primary")
    before = watching.storage(role="Primary")
    other.storage(peer_role="Primary")
    pair.cut()
    lost = watching.storage(link="Connecting", peer_disk="DUnknown")
    if lost["current"] == before["current"]:  # told before the kernel had written it
        lost = watching.storage(bitmap=before["current"])
    assert lost["bitmap"] == before["current"] and lost["current"] != before["current"]
    other.storage(link="Connecting", peer_role="Unknown", disk="UpToDate")
    pair.a.write(1, "alone")
    pair.heal()
    back = other.storage(link="Connected", disk="UpToDate", syncing=False)
    if back["current"] != lost["current"]:
        back = other.storage(current=lost["current"])
    assert int(back["bitmap"], 16) == 0


@pytest.mark.pair(disk="resync-rate 2M;")
def test_a_resync_is_told_with_its_progress(pair, a, b, watch):
    watching = watch(b)
    watching.storage(link="Connected")
    pair.a.adm("primary")
    pair.b.adm("disconnect")
    pair.a.run("dd", "if=/dev/zero", "of=/dev/drbd0", "bs=1M", "count=20", "oflag=direct",
               "status=none", check=True)
    pair.b.adm("connect")
    told = watching.storage(syncing=True, disk="Inconsistent", peer_disk="UpToDate")
    assert told["link"] == "Connected"
    while told["percent"] == 0:
        told = watching.storage(syncing=True)
    assert 0 < told["percent"] < 100
    done = watching.storage(syncing=False, disk="UpToDate", timeout=20)
    assert done["percent"] == 0


def test_a_split_brain_is_told_until_it_is_healed(pair, a, b, watch):
    watching, other = watch(a), watch(b)
    watching.storage(link="Connected")
    other.storage(link="Connected")
    pair.cut()
    for node in pair.nodes:
        node.wait_state("WFConnection")
        node.adm("primary")
        node.adm("secondary")
    pair.heal()
    for one in (watching, other):
        assert one.storage(split_brain=True, link="StandAlone")["peer_disk"] == "DUnknown"
    pair.b.adm("connect", "--discard-my-data")
    pair.a.adm("connect")
    for one in (watching, other):
        assert not one.storage(link="Connected", syncing=False)["split_brain"]


def test_frozen_io_is_told(pair, a, watch):
    watching = watch(a)
    pair.a.adm("primary")
    watching.storage(role="Primary", suspended=False)
    pair.a.adm("suspend-io")
    watching.storage(suspended=True)
    pair.a.adm("resume-io")
    watching.storage(suspended=False)


def test_a_primary_that_reaches_no_disk_fails_again_and_again(pair, a, watch):
    watching = watch(a)
    pair.a.adm("primary")
    pair.a.adm("detach")
    watching.storage(disk="Diskless")
    pair.b.crash()
    watching.verdict("failed")
    watching.verdict("failed", timeout=3)


def test_a_watch_gives_signs_of_life(pair, a, watch):
    watching = watch(a)
    watching.storage(link="Connected")
    while True:  # until all that follows the start is told
        try:
            watching.next(2.5)
        except AssertionError:
            break
    assert "storage" in watching.next(6)
    pair.a.adm("primary")
    watching.storage(role="Primary")
    watching.verdict("ok")
    watching.verdict("ok", timeout=8)


def test_a_second_opinion_finds_what_the_stream_did_not_tell(pair, watch):
    """monitor_interval asks again: here a stream that is silent for ever."""
    driver = Driver(pair.a, more="monitor_interval = 1; monitor_timeout = 1;")
    driver.outcome("start")
    path = fake_tool(pair.a, "drbdsetup", f"""
[ "$1 $2" = 'events2 r0' ] && {nodes.LAB}/drbdsetup events2 --now r0 && exec sleep 1000
exec {nodes.LAB}/drbdsetup "$@" """)
    command = driver.command("watch")
    driver.command = lambda function, *options: [
        "env", f"PATH={path}:{nodes.LAB}:/usr/sbin:/usr/bin:/sbin:/bin", *command]
    watching = watch(driver)
    watching.verdict("ok")
    pair.a.adm("secondary")
    watching.verdict("gone", timeout=8)


def test_a_watch_ends_with_its_tool_and_leaves_none(pair, a, watch):
    watching = watch(a)
    watching.storage(link="Connected")
    tools = pair.a.run("pgrep", "-f", "drbdsetup events2 r0").out.split()
    assert len(tools) == 1
    pair.a.run("kill", "-9", tools[0], check=True)
    assert watching.ended()
    again = watch(a)
    again.storage(link="Connected")
    inside = pair.a.run("pgrep", "-x", "driver_run").out.split()
    pair.a.run("kill", "-9", *inside, check=True)
    wait_for("the tool dies with its watch",
             lambda: not pair.a.run("pgrep", "-f", "drbdsetup events2 r0").out)


def test_a_watch_whose_stream_never_comes_ends_itself(pair, a, watch):
    path = fake_tool(pair.a, "drbdsetup", f"""
[ "$1 $2" = 'events2 r0' ] && exec sleep 1000
exec {nodes.LAB}/drbdsetup "$@" """)
    command = a.command("watch")
    a.command = lambda function, *options: [
        "env", f"PATH={path}:{nodes.LAB}:/usr/sbin:/usr/bin:/sbin:/bin", *command]
    assert watch(a).ended(timeout=15)


def test_a_watch_waits_for_what_cannot_come_up_yet(pair, a, watch):
    pair.a.adm("down")
    disk = pair.a.image()
    away = disk.with_suffix(".away")
    disk.rename(away)
    watching = watch(a)
    watching.verdict("gone", text="Can not open backing device")
    away.rename(disk)
    watching.storage(link="Connected", disk="UpToDate", timeout=20)
