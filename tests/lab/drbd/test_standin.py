# SPDX-License-Identifier: GPL-2.0-or-later
"""The stand-in keeps DRBD's promises and DRBD's refusals, and dies as a kernel dies."""

import os
import pathlib
import re
import signal
import subprocess
import time

import pytest

import nodes
from nodes import wait_for

# Writes numbered blocks past all caches and prints the number of each that is on disk.
WRITER = r"""
import os, sys
fd = os.open("/dev/drbd0", os.O_WRONLY | os.O_DSYNC)
first = int(sys.argv[1])
for number in range(first, first + 4000):
    os.pwrite(fd, (b"block %d " % number).ljust(4096, b"."), number * 4096)
    os.fsync(fd)
    print(number, flush=True)
"""


def text(block):
    return block.rstrip(b".").decode(errors="replace").strip()


def written(node, number):
    return text(node.block(number))


class Writer:
    """Runs until its node dies; acknowledged holds the numbers whose fsync returned."""

    def __init__(self, node, first=0):
        self.process = node.start("python3", "-c", WRITER, str(first), stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL)
        self.acknowledged = []

    def wait_for(self, count):
        while len(self.acknowledged) < count:
            line = self.process.stdout.readline()
            assert line, "the writer died early"
            self.acknowledged.append(int(line))

    def rest(self):
        for line in self.process.stdout:
            if line.endswith("\n"):
                self.acknowledged.append(int(line))
        self.process.wait()
        return self.acknowledged


# --- roles ---


def test_a_promoted_node_writes_to_both_images(pair):
    pair.a.adm("primary")
    assert pair.a.state() == ("Connected", "Primary/Secondary", "UpToDate/UpToDate")
    assert pair.b.state() == ("Connected", "Secondary/Primary", "UpToDate/UpToDate")
    pair.a.write(3, "hello")
    assert written(pair.a, 3) == written(pair.b, 3) == "hello"


def test_promotion_and_demotion_are_idempotent(pair):
    for _ in range(2):
        pair.a.adm("primary")
    for _ in range(2):
        pair.a.adm("secondary")
    assert pair.a.state()[1] == "Secondary/Secondary"


def test_two_primaries_are_refused(pair):
    pair.a.adm("primary")
    refused = pair.b.adm("primary", check=False)
    assert refused.code == 11
    assert "State change failed: (-1) Multiple primaries not allowed by config" in refused.err
    assert "Command 'drbdsetup-84 primary 0' terminated with exit code 11" in refused.err
    assert pair.b.state()[1] == "Secondary/Primary"


def test_only_one_of_two_that_promote_at_once_succeeds(pair):
    for _ in range(5):
        both = [node.start("drbdsetup", "primary", "0", stderr=subprocess.DEVNULL)
                for node in pair.nodes]
        codes = sorted(process.wait(timeout=20) for process in both)
        roles = sorted(node.state()[1] for node in pair.nodes)
        assert codes in ([0, 11], [11, 11])
        assert roles == (["Primary/Secondary", "Secondary/Primary"] if 0 in codes else
                         ["Secondary/Secondary"] * 2)
        for node in pair.nodes:
            node.adm("secondary")


def test_a_mounted_device_is_not_demoted(pair):
    pair.a.adm("primary")
    pair.a.run("mkfs.ext4", "-q", "/dev/drbd0", check=True)
    pair.a.run("mount", "/dev/drbd0", "/mnt", check=True)
    refused = pair.a.adm("secondary", check=False)
    assert refused.code == 11
    assert "State change failed: (-12) Device is held open by someone" in refused.err
    down = pair.a.adm("down", check=False)
    assert down.code == 11 and "failed to demote" in down.err
    pair.a.run("sh", "-c", "echo still writable > /mnt/x && sync", check=True)
    pair.a.run("umount", "/mnt", check=True)
    pair.a.adm("secondary")


def test_an_open_device_is_not_demoted(pair):
    pair.a.adm("primary")
    holder = pair.a.start("sh", "-c", "exec 9< /dev/drbd0; echo open; read x",
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout.readline() == "open\n"
    assert pair.a.adm("secondary", check=False).code == 11
    holder.communicate("\n")
    pair.a.adm("secondary")


def test_a_secondarys_device_has_no_data(pair):
    pair.a.adm("primary")
    pair.a.run("mkfs.ext4", "-q", "/dev/drbd0", check=True)
    assert pair.b.run("mount", "/dev/drbd0", "/mnt").code != 0
    assert pair.b.run("blockdev", "--getsize64", "/dev/drbd0").out.strip() in ("", "0")
    pair.a.adm("secondary")
    assert pair.a.run("mount", "/dev/drbd0", "/mnt").code != 0


def test_a_file_system_moves_with_the_role(pair):
    for turn, (source, target) in enumerate([pair.nodes, pair.nodes[::-1]] * 2):
        source.adm("primary")
        if turn == 0:
            source.run("mkfs.ext4", "-q", "/dev/drbd0", check=True)
        source.run("mount", "/dev/drbd0", "/mnt", check=True)
        source.run("sh", "-c", f"echo {turn} > /mnt/turn{turn}; cat /mnt/turn*", check=True)
        source.run("umount", "/mnt", check=True)
        source.adm("secondary")
        target.adm("primary")
        target.run("mount", "/dev/drbd0", "/mnt", check=True)
        assert target.run("cat", f"/mnt/turn{turn}").out == f"{turn}\n"
        target.run("umount", "/mnt", check=True)
        target.adm("secondary")
    assert pair.a.image().read_bytes() == pair.b.image().read_bytes()


# --- configuration of the resource ---


def test_down_and_up_again(pair):
    pair.a.adm("down")
    for verb in ("role", "cstate"):
        unknown = pair.a.adm(verb, check=False)
        assert unknown.code == 10 and "(127) Device minor not allocated" in unknown.err
    assert pair.a.adm("dstate").out == "Consistent/DUnknown\n"
    pair.b.wait_state("WFConnection", "Secondary/Unknown", "UpToDate/DUnknown")
    pair.a.adm("down")
    pair.a.adm("up")
    pair.a.wait_state("Connected", "Secondary/Secondary", "UpToDate/UpToDate")
    again = pair.a.adm("up", check=False)
    assert again.code == 10 and "(124) Device is attached to a disk" in again.err
    pair.a.adm("adjust")


def test_a_primary_without_peer_stays_primary_and_knows_of_a_new_generation(pair):
    pair.a.adm("primary")
    before = pair.a.generations()
    pair.b.adm("down")
    pair.a.wait_state("WFConnection", "Primary/Unknown", "UpToDate/DUnknown")
    after = pair.a.generations()
    assert after[0] != before[0] and after[1] == before[0]
    pair.b.adm("up")
    pair.b.wait_state("Connected", "Secondary/Primary", "UpToDate/UpToDate")
    assert pair.a.generations()[0] == after[0]
    assert int(pair.b.generations()[0], 16) == int(after[0], 16) & ~1


def test_unknown_things_fail_loudly(pair):
    for command in (["drbdadm", "verify", "r0"], ["drbdsetup", "resize", "0"],
                    ["drbdadm", "primary", "--force", "r0"],
                    ["drbdsetup", "role", "0", "--frob"], ["drbdsetup", "role"]):
        refused = pair.a.run(*command)
        assert refused.code == 20, command
        assert "stand-in: " in refused.err
    unknown = pair.a.run("drbdadm", "role", "nope")
    assert unknown.code == 1
    assert unknown.err == "'nope' not defined in your config (for this host).\n"


@pytest.mark.parametrize("extra, complaint", [
    ("\tdisk { fencing resource-and-stonit; }\n", "'fencing resource-and-stonit'"),
    ("\thandlers { split-brain /bin/true; }\n", "'split-brain' in handlers"),
    ("\tnet { allow-two-primaries; }\n", "'allow-two-primaries' in net"),
    ("\tnet { after-sb-0pri discard-zero-changes; }\n", "'after-sb-0pri discard-zero-changes'"),
    ("\tnet { protocol A; }\n", "'protocol A'"),
    ("\tdevice /dev/x;\n", "needs a minor"),
    ("\tnet { ping-int 0; }\n", "'0' is not a number from 1 to 120"),
])
def test_a_resource_file_that_asks_for_more_is_refused(pair, extra, complaint):
    pair.configure(extra=extra)
    refused = pair.a.adm("dump", check=False)
    assert refused.code == 10
    assert complaint in refused.err and "/etc/drbd.d/r0.res:" in refused.err
    kernel = pair.a.run("drbdsetup", "connect", "r0")
    assert kernel.code == 20 and complaint in kernel.err


def test_dump_and_shell_commands(pair):
    assert pair.a.adm("sh-dev").out == "/dev/drbd0\n"
    assert pair.a.adm("sh-minor").out == "0\n"
    assert pair.a.run("drbdadm", "sh-resources").out == "r0\n"
    dump = pair.a.adm("dump").out
    assert "# resource r0 on astapor: not ignored, not stacked" in dump
    assert "protocol           C;" in dump


def test_without_the_kernel_the_tools_say_so(pair):
    refused = pair.a.run("env", "DRBD_STANDIN_RUN=/nowhere", "drbdsetup", "role", "0")
    assert refused.code == 20
    assert "Could not stat /proc/drbd" in refused.err


# --- losing the peer ---


def test_every_acknowledged_write_survives_a_power_cut(pair):
    pair.a.adm("primary")
    writer = Writer(pair.a)
    writer.wait_for(150)
    pair.a.crash()
    acknowledged = writer.rest()
    pair.b.wait_state("WFConnection", "Secondary/Unknown", "UpToDate/DUnknown")
    pair.b.adm("primary")
    lost = [number for number in acknowledged if written(pair.b, number) != f"block {number}"]
    assert len(acknowledged) >= 150 and not lost


def test_a_crashed_primary_comes_back_as_the_others_copy(pair):
    pair.a.adm("primary")
    writer = Writer(pair.a)
    writer.wait_for(100)
    pair.a.crash()
    writer.rest()
    pair.b.wait_state("WFConnection")
    pair.b.adm("primary")
    pair.b.write(5000, "written alone")
    pair.a.boot()
    assert pair.a.adm("dstate").out == "Consistent/DUnknown\n"
    pair.a.adm("up")
    pair.a.wait_state("Connected", "Secondary/Primary", "UpToDate/UpToDate")
    assert written(pair.a, 5000) == "written alone"
    pair.b.adm("secondary")
    assert pair.a.image().read_bytes() == pair.b.image().read_bytes()


def test_after_a_crash_of_the_primary_both_as_secondaries_are_made_equal(pair):
    pair.a.adm("primary")
    writer = Writer(pair.a)
    writer.wait_for(50)
    pair.a.crash()
    writer.rest()
    pair.b.wait_state("WFConnection")
    pair.a.boot()
    pair.a.adm("up")
    for node in pair.nodes:
        node.wait_state("Connected", "Secondary/Secondary", "UpToDate/UpToDate")
    assert pair.a.image().read_bytes() == pair.b.image().read_bytes()
    assert "uuid_compare()=1 by rule 42" in pair.a.log()


def test_a_dead_nodes_dirty_pages_do_not_reach_its_image(pair):
    pair.a.adm("primary")
    pair.a.run("mkfs.ext4", "-q", "/dev/drbd0", check=True)
    pair.a.run("mount", "-o", "commit=300", "/dev/drbd0", "/mnt", check=True)
    pair.a.run("sh", "-c", "dd if=/dev/urandom of=/mnt/dirty bs=1M count=8 status=none",
               check=True)
    pair.a.crash()
    before = pair.a.image().read_bytes()
    wait_for("the node's devices go", lambda: not pair.leftovers())
    os.sync()
    assert pair.a.image().read_bytes() == before


def test_nothing_is_left_of_a_killed_node(pair):
    pair.a.adm("primary")
    pair.a.run("mkfs.ext4", "-q", "/dev/drbd0", check=True)
    pair.a.run("mount", "/dev/drbd0", "/mnt", check=True)
    assert pair.leftovers()
    pair.a.crash()
    wait_for("the node's devices go", lambda: not pair.leftovers())
    pair.a.boot()
    pair.a.adm("up")
    pair.b.wait_state("Connected")
    pair.a.adm("primary")
    pair.a.run("mount", "/dev/drbd0", "/mnt", check=True)


def test_a_write_waits_for_a_silent_peer_until_it_is_dead(pair):
    pair.a.adm("primary")
    pair.cut()
    started = time.monotonic()
    pair.a.write(1, "waited")
    waited = time.monotonic() - started
    # timeout 0.8 s or ping-int 1 s, then ping-timeout 0.5 s
    assert 0.5 <= waited < 6
    assert pair.a.state() == ("WFConnection", "Primary/Unknown", "UpToDate/DUnknown")
    assert written(pair.a, 1) == "waited" and written(pair.b, 1) != "waited"


def test_promotion_pings_a_dead_primary_first(pair):
    pair.a.adm("primary")
    pair.a.crash()
    codes = []
    deadline = time.monotonic() + 10
    while not codes or (codes[-1] and time.monotonic() < deadline):
        codes.append(pair.b.adm("primary", check=False).code)
    assert codes[-1] == 0 and set(codes[:-1]) <= {11}
    assert pair.b.state() == ("WFConnection", "Primary/Unknown", "UpToDate/DUnknown")


def test_a_partition_with_writes_ends_in_a_resync(pair):
    pair.a.adm("primary")
    pair.a.write(1, "before")
    pair.cut()
    for number in range(2, 40):
        pair.a.write(number, f"cut off {number}")
    pair.b.wait_state("WFConnection", "Secondary/Unknown", "UpToDate/DUnknown")
    pair.heal()
    pair.b.wait_state("Connected", "Secondary/Primary", "UpToDate/UpToDate")
    assert all(written(pair.b, number) == f"cut off {number}" for number in range(2, 40))
    pair.a.adm("secondary")
    assert pair.a.image().read_bytes() == pair.b.image().read_bytes()
    assert int(pair.a.generations()[1], 16) == 0


def test_an_idle_partition_of_two_secondaries_needs_no_resync(pair):
    pair.cut()
    for node in pair.nodes:
        node.wait_state("WFConnection")
    pair.heal()
    for node in pair.nodes:
        node.wait_state("Connected", dstate="UpToDate/UpToDate")
        assert "SyncTarget" not in node.log().split("cs:NetworkFailure")[-1]


# --- resync ---


@pytest.mark.pair(disk="resync-rate 2M;")
def test_a_resync_target_is_inconsistent_and_not_promoted_once_alone(pair):
    pair.a.adm("primary")
    pair.b.adm("disconnect")
    pair.a.run("dd", "if=/dev/urandom", "of=/dev/drbd0", "bs=1M", "count=16", "oflag=direct",
               "status=none", check=True)
    pair.b.adm("connect")
    pair.b.wait_state("SyncTarget", "Secondary/Primary", "Inconsistent/UpToDate")
    assert pair.a.state() == ("SyncSource", "Primary/Secondary", "UpToDate/Inconsistent")
    done = re.search(r"replication:SyncTarget peer-disk:UpToDate done:(\d+\.\d\d)",
                     pair.b.run("drbdsetup", "status", "r0").out)
    assert done and 0 < float(done[1]) < 100
    pair.a.write(7000, "written during the resync")
    pair.a.crash()
    pair.b.wait_state("WFConnection", "Secondary/Unknown", "Inconsistent/DUnknown")
    refused = pair.b.adm("primary", check=False)
    assert refused.code == 17
    assert "State change failed: (-2) Need access to UpToDate data" in refused.err
    pair.a.boot()
    pair.a.adm("up")
    pair.b.wait_state("Connected", "Secondary/Secondary", "UpToDate/UpToDate", timeout=30)
    assert written(pair.b, 7000) == "written during the resync"
    assert pair.a.image().read_bytes() == pair.b.image().read_bytes()


@pytest.mark.pair(disk="resync-rate 4M;")
def test_a_promoted_resync_target_reads_from_its_peer(pair):
    pair.a.adm("primary")
    pair.b.adm("disconnect")
    for number in range(0, 8000, 100):
        pair.a.write(number, f"new {number}")
    pair.a.run("dd", "if=/dev/urandom", "of=/dev/drbd0", "bs=1M", "seek=16", "count=15",
               "oflag=direct", "status=none", check=True)
    pair.a.adm("secondary")
    pair.b.adm("connect")
    pair.b.wait_state("SyncTarget")
    pair.b.adm("primary")
    for number in (3900, 7000, 0):
        read = pair.b.run("dd", "if=/dev/drbd0", "bs=4096", f"skip={number}", "count=1",
                          "iflag=direct", "status=none")
        assert number >= 4096 or read.out.startswith(f"new {number}.")
    pair.b.write(8000, "by the target")
    pair.b.wait_state("Connected", "Primary/Secondary", "UpToDate/UpToDate", timeout=30)
    pair.b.adm("secondary")
    assert written(pair.a, 8000) == "by the target"
    assert pair.a.image().read_bytes() == pair.b.image().read_bytes()


def test_an_invalidated_disk_is_copied_whole(pair):
    pair.a.adm("primary")
    pair.a.write(10, "data")
    with open(pair.b.image(), "r+b") as image:
        image.seek(10 * 4096)
        image.write(b"rot on the disk")
    pair.b.adm("invalidate")
    pair.b.wait_state("Connected", "Secondary/Primary", "UpToDate/UpToDate")
    assert written(pair.b, 10) == "data"


def test_a_new_disk_is_copied_whole(pair):
    pair.a.adm("primary")
    pair.a.write(10, "data")
    pair.b.adm("down")
    pair.b.image().write_bytes(bytes(32 * nodes.MIB))
    pair.b.adm("create-md", "--force")
    pair.b.adm("up")
    pair.b.wait_state("Connected", "Secondary/Primary", "UpToDate/UpToDate")
    assert written(pair.b, 10) == "data"


def test_a_primary_works_on_without_its_disk_and_gets_it_back(pair):
    pair.a.adm("primary")
    pair.a.write(1, "with disk")
    pair.a.adm("detach")
    pair.a.wait_state("Connected", "Primary/Secondary", "Diskless/UpToDate")
    pair.a.write(2, "without disk")
    assert written(pair.b, 2) == "without disk" and written(pair.a, 2) != "without disk"
    read = pair.a.run("dd", "if=/dev/drbd0", "bs=4096", "skip=2", "count=1", "iflag=direct",
                      "status=none")
    assert read.out.startswith("without disk.")
    pair.a.adm("attach")
    pair.a.wait_state("Connected", "Primary/Secondary", "UpToDate/UpToDate")
    assert written(pair.a, 2) == "without disk"


# --- split brain ---


def split(pair):
    """Both were Primary while they did not see each other."""
    pair.cut()
    for node in pair.nodes:
        node.wait_state("WFConnection")
        node.adm("primary")
        node.write(1, node.name)
        node.adm("secondary")
    pair.heal()


def test_two_that_were_primary_apart_stay_apart(pair):
    split(pair)
    for node in pair.nodes:
        node.wait_state("StandAlone", "Secondary/Unknown", "UpToDate/DUnknown")
        assert "Split-Brain detected but unresolved, dropping connection!" in node.log()
    assert written(pair.a, 1) == "astapor" and written(pair.b, 1) == "braavos"


def test_discard_my_data_heals_a_split_brain(pair):
    split(pair)
    for node in pair.nodes:
        node.wait_state("StandAlone")
    pair.b.adm("connect", "--discard-my-data")
    pair.a.adm("connect")
    for node in pair.nodes:
        node.wait_state("Connected", "Secondary/Secondary", "UpToDate/UpToDate")
    assert written(pair.b, 1) == "astapor"
    assert pair.a.image().read_bytes() == pair.b.image().read_bytes()


def test_connecting_again_without_a_decision_ends_in_split_brain_again(pair):
    split(pair)
    for node in pair.nodes:
        node.wait_state("StandAlone")
    pair.b.adm("connect")
    pair.b.wait_state("WFConnection")
    pair.a.adm("connect")
    for node in pair.nodes:
        node.wait_state("StandAlone")


def test_a_primary_that_would_be_overwritten_refuses(pair):
    split(pair)
    for node in pair.nodes:
        node.wait_state("StandAlone")
    pair.b.adm("primary")
    refused = pair.b.adm("connect", "--discard-my-data", check=False)
    assert refused.code == 10 and "(123)" in refused.err


# --- stale copies ---


def test_a_stale_node_that_starts_first_promotes_and_splits(pair):
    """fencing dont-care has no guard against this: the reason for all of zcsmgr's care."""
    pair.a.adm("primary")
    pair.b.adm("down")
    pair.a.write(1, "newer")
    pair.a.crash()
    pair.b.adm("up")
    pair.b.wait_state("WFConnection", "Secondary/Unknown", "UpToDate/DUnknown")
    pair.b.adm("primary")
    assert written(pair.b, 1) != "newer"
    pair.a.boot()
    pair.a.adm("up")
    pair.a.wait_state("StandAlone")
    pair.b.wait_state("StandAlone")


def test_a_stale_node_that_only_waits_is_brought_up_to_date(pair):
    pair.a.adm("primary")
    pair.b.adm("down")
    pair.a.write(1, "newer")
    pair.a.crash()
    pair.b.adm("up")
    pair.b.wait_state("WFConnection")
    pair.a.boot()
    pair.a.adm("up")
    pair.b.wait_state("Connected", "Secondary/Secondary", "UpToDate/UpToDate")
    assert written(pair.b, 1) == "newer"


def test_an_outdated_disk_is_not_promoted_until_it_has_seen_the_peer(pair):
    pair.cut()
    pair.b.wait_state("WFConnection")
    assert pair.b.adm("outdate").code == 0
    pair.b.wait_state("WFConnection", "Secondary/Unknown", "Outdated/DUnknown")
    refused = pair.b.adm("primary", check=False)
    assert refused.code == 17
    pair.b.adm("down")
    pair.b.adm("up")
    pair.b.wait_state("WFConnection", "Secondary/Unknown", "Outdated/DUnknown")
    pair.heal()
    pair.b.wait_state("Connected", dstate="UpToDate/UpToDate")
    pair.b.adm("primary")


def test_a_primary_is_not_outdated(pair):
    pair.a.adm("primary")
    pair.cut()
    pair.a.wait_state("WFConnection")
    assert pair.a.adm("outdate", check=False).code == 17
    assert pair.a.state()[2] == "UpToDate/DUnknown"


def test_outdating_a_connected_node_changes_nothing(pair):
    assert pair.b.adm("outdate").code == 0
    assert pair.b.state() == ("Connected", "Secondary/Secondary", "UpToDate/UpToDate")


def test_an_unconfigured_disk_can_be_outdated(pair):
    pair.b.adm("down")
    assert pair.b.adm("outdate").code == 0
    assert pair.b.adm("dstate").out == "Outdated/DUnknown\n"


# --- frozen I/O ---


def test_suspended_writes_wait_for_resume(pair):
    pair.a.adm("primary")
    pair.a.adm("suspend-io")
    writer = pair.a.start("dd", "if=/dev/zero", "of=/dev/drbd0", "bs=4096", "count=1",
                          "oflag=direct", "status=none")
    with pytest.raises(subprocess.TimeoutExpired):
        writer.wait(timeout=1)
    pair.a.adm("resume-io")
    assert writer.wait(timeout=10) == 0


# --- fencing policies ---

FENCING = "\tdisk { fencing resource-and-stonith; }\n\thandlers { fence-peer %s/handler; }\n"


class Handler:
    """What became of the peer, as the test has it; and who asked."""

    def __init__(self, pair):
        self.dir = pair.dir
        script = self.dir / "handler"
        script.write_text("#!/bin/sh\n"
                          f"echo $DRBD_RESOURCE $DRBD_PEER $DRBD_MINOR >>{self.dir}/asked-$(hostname)\n"
                          f"while [ -e {self.dir}/silent ]; do sleep 0.05; done\n"
                          f"exit $(cat {self.dir}/answer)\n")
        script.chmod(0o755)
        self.answers(1)
        pair.configure(extra=FENCING % self.dir)

    def answers(self, code):
        (self.dir / "answer").write_text(str(code))

    def is_silent(self, silent):
        if silent:
            (self.dir / "silent").touch()
        else:
            (self.dir / "silent").unlink()

    def asked(self, node):
        file = self.dir / f"asked-{node.name}"
        return file.read_text().splitlines() if file.exists() else []


@pytest.fixture
def handler(pair):
    handler = Handler(pair)
    for node in pair.nodes:
        node.adm("down")
        node.adm("up")
    pair.a.wait_state("Connected", "Secondary/Secondary", "UpToDate/UpToDate")
    return handler


def frozen_writer(node, number=1):
    writer = node.start("dd", "if=/dev/zero", "of=/dev/drbd0", "bs=4096", f"seek={number}",
                        "count=1", "conv=notrunc", "oflag=direct", "status=none")
    with pytest.raises(subprocess.TimeoutExpired):
        writer.wait(timeout=1.5)
    return writer


def is_frozen(node):
    return "suspended:fencing" in node.adm("status").out


def test_a_primary_that_loses_its_peer_is_frozen_until_the_handler_knows(pair, handler):
    pair.a.adm("primary")
    before = pair.a.generations()
    handler.answers(4)
    handler.is_silent(True)
    pair.cut()
    pair.a.wait_state("WFConnection", "Primary/Unknown", "UpToDate/DUnknown")
    assert is_frozen(pair.a)
    writer = frozen_writer(pair.a)
    assert pair.a.generations()[0] == before[0]
    handler.is_silent(False)
    assert writer.wait(timeout=10) == 0
    pair.a.wait_state("WFConnection", "Primary/Unknown", "UpToDate/Outdated")
    assert not is_frozen(pair.a)
    assert handler.asked(pair.a) == ["r0 braavos 0"]
    # The data are another generation from here on, and the peer's are the older ones.
    assert pair.a.generations()[0] != before[0]
    pair.heal()
    pair.b.wait_state("Connected", "Secondary/Primary", "UpToDate/UpToDate")


@pytest.mark.parametrize("answer", [3, 5, 7])
def test_other_answers_that_let_a_primary_go_on(pair, handler, answer):
    handler.answers(answer)
    pair.a.adm("primary")
    pair.cut()
    pair.a.wait_state("WFConnection", "Primary/Unknown",
                      "UpToDate/Inconsistent" if answer == 3 else "UpToDate/Outdated")
    pair.a.write(1, "alone")


@pytest.mark.parametrize("answer", [0, 1, 6])
def test_a_primary_stays_frozen_until_resume_io(pair, handler, answer):
    """0 is no answer, and a Primary is not outdated."""
    handler.answers(answer)
    pair.a.adm("primary")
    before = pair.a.generations()
    pair.cut()
    pair.a.wait_state("WFConnection")
    writer = frozen_writer(pair.a)
    assert handler.asked(pair.a) == ["r0 braavos 0"]  # once
    pair.a.adm("resume-io")
    assert writer.wait(timeout=10) == 0
    assert pair.a.state() == ("WFConnection", "Primary/Unknown", "UpToDate/DUnknown")
    assert pair.a.generations()[0] != before[0]


def test_a_write_that_was_under_way_reaches_the_peer_when_it_is_back(pair, handler):
    pair.a.adm("primary")
    before = pair.a.generations()
    pair.cut()
    writer = pair.a.start("dd", "of=/dev/drbd0", "bs=4096", "seek=1", "conv=notrunc",
                          "oflag=direct,sync", "status=none", stdin=subprocess.PIPE)
    writer.stdin.write("under way".ljust(4096, "."))
    writer.stdin.close()
    pair.a.wait_state("WFConnection")
    assert writer.poll() is None
    pair.heal()
    pair.a.wait_state("Connected", "Primary/Secondary", "UpToDate/UpToDate")
    assert writer.wait(timeout=10) == 0
    assert not is_frozen(pair.a)
    assert pair.a.generations()[0] == before[0]
    assert written(pair.b, 1) == "under way"


def test_an_answer_that_comes_after_the_peer_is_ignored(pair, handler):
    handler.answers(4)
    handler.is_silent(True)
    pair.a.adm("primary")
    pair.cut()
    pair.a.wait_state("WFConnection")
    pair.heal()
    pair.a.wait_state("Connected", "Primary/Secondary", "UpToDate/UpToDate")
    handler.is_silent(False)
    nodes.wait_for("the answer", lambda: "fence-peer helper returned 4" in pair.a.log())
    assert pair.a.state() == ("Connected", "Primary/Secondary", "UpToDate/UpToDate")


def test_nobody_is_promoted_alone_without_an_answer(pair, handler):
    pair.cut()
    pair.b.wait_state("WFConnection")
    refused = pair.b.adm("primary", check=False)
    assert refused.code == 11
    assert "(-7) Refusing to be Primary while peer is not outdated" in refused.err
    handler.answers(6)
    assert pair.b.adm("primary", check=False).code == 17
    pair.b.wait_state("WFConnection", "Secondary/Unknown", "Outdated/DUnknown")


@pytest.mark.parametrize("answer", [4, 5, 7])
def test_promotion_alone_after_the_peer_was_dealt_with(pair, handler, answer):
    handler.answers(answer)
    pair.a.adm("primary")
    pair.a.crash()
    pair.b.wait_state("WFConnection")
    pair.b.adm("primary")
    pair.b.wait_state("WFConnection", "Primary/Unknown", "UpToDate/Outdated")
    assert not is_frozen(pair.b)
    pair.b.write(1, "taken over")


def test_after_a_boot_alone_a_copy_is_only_consistent(pair, handler):
    pair.a.adm("primary")
    pair.a.crash()
    pair.b.wait_state("WFConnection")
    pair.b.kill()
    pair.b.boot()
    pair.b.adm("up")
    pair.b.wait_state("WFConnection", "Secondary/Unknown", "Consistent/DUnknown")
    # Unreachable, and a copy that may be old: the kernel does nothing.
    handler.answers(5)
    assert pair.b.adm("primary", check=False).code != 0
    handler.answers(7)
    pair.b.adm("primary")
    pair.b.wait_state("WFConnection", "Primary/Unknown", "UpToDate/Outdated")


@pytest.mark.parametrize("leaver", ["secondary", "primary"])
def test_who_disconnects_in_order_outdates_the_secondary(pair, handler, leaver):
    pair.a.adm("primary")
    (pair.b if leaver == "secondary" else pair.a).adm("disconnect")
    pair.a.wait_state("WFConnection" if leaver == "secondary" else "StandAlone",
                      "Primary/Unknown", "UpToDate/Outdated")
    pair.b.wait_state("StandAlone" if leaver == "secondary" else "WFConnection",
                      "Secondary/Unknown", "Outdated/DUnknown")
    assert handler.asked(pair.a) == []
    pair.a.write(1, "not frozen")
    assert pair.b.adm("primary", check=False).code == 17


# --- events ---


class Events:
    def __init__(self, node, *arguments):
        self.process = node.start("drbdsetup", "events2", *arguments, stdout=subprocess.PIPE)
        self.lines = []

    def read_until(self, pattern):
        while not re.search(pattern, self.lines[-1] if self.lines else ""):
            line = self.process.stdout.readline()
            assert line, f"events2 ended before '{pattern}': {self.lines}"
            self.lines.append(line.rstrip("\n"))
        taken, self.lines = self.lines, []
        return taken


DUMP = """\
exists resource name:r0 role:Secondary suspended:no
exists connection name:r0 peer-node-id:0 conn-name:peer connection:Connected role:Secondary
exists device name:r0 volume:0 minor:0 disk:UpToDate
exists peer-device name:r0 peer-node-id:0 conn-name:peer volume:0 replication:Established \
peer-disk:UpToDate resync-suspended:no
exists -
"""


def test_events2_now_dumps_and_ends(pair):
    assert pair.a.run("drbdsetup", "events2", "--now", "r0").out == DUMP
    assert pair.a.run("drbdsetup", "events2", "--now").out == DUMP


def test_events2_tells_roles_loss_and_return(pair):
    peer = "name:r0 peer-node-id:0 conn-name:peer"
    events = Events(pair.b, "r0")
    events.read_until("exists -")
    pair.a.adm("primary")
    assert events.read_until("role:Primary") == [f"change connection {peer} role:Primary"]
    pair.a.adm("secondary")
    assert events.read_until("role:") == [f"change connection {peer} role:Secondary"]
    pair.cut()
    assert events.read_until("connection:Connecting") == [
        f"change connection {peer} connection:NetworkFailure role:Unknown",
        f"change peer-device {peer} volume:0 replication:Off peer-disk:DUnknown",
        f"change connection {peer} connection:Unconnected",
        f"change connection {peer} connection:Connecting",
    ]
    pair.heal()
    assert events.read_until("Established") == [
        f"change connection {peer} connection:Connected",
        f"change connection {peer} role:Secondary",
        f"change peer-device {peer} volume:0 replication:Established peer-disk:UpToDate",
    ]


def test_events2_tells_a_resync(pair):
    peer = "peer-device name:r0 peer-node-id:0 conn-name:peer volume:0"
    pair.a.adm("primary")
    pair.b.adm("disconnect")
    pair.a.write(1, "alone")
    events = Events(pair.b, "r0")
    dump = events.read_until("exists -")
    assert dump[1] == "exists connection name:r0 peer-node-id:0 connection:StandAlone role:Unknown"
    pair.b.adm("connect")
    lines = events.read_until("replication:Established")
    resync = [line for line in lines if "peer-device" in line or " device " in line]
    assert resync == [
        f"create {peer} replication:Off peer-disk:DUnknown resync-suspended:no",
        "change device name:r0 volume:0 minor:0 disk:Outdated",
        f"change {peer} replication:WFBitMapT peer-disk:UpToDate",
        f"change {peer} replication:WFSyncUUID",
        "change device name:r0 volume:0 minor:0 disk:Inconsistent",
        f"change {peer} replication:SyncTarget",
        "change device name:r0 volume:0 minor:0 disk:UpToDate",
        f"change {peer} replication:Established",
    ]


def test_events2_tells_a_split_brain(pair):
    peer = "name:r0 peer-node-id:0 conn-name:peer"
    events = Events(pair.a, "r0")
    split(pair)
    lines = events.read_until("destroy connection")
    first = lines.index(f"call helper {peer} volume:0 minor:0 helper:initial-split-brain")
    assert lines[first:] == [
        f"call helper {peer} volume:0 minor:0 helper:initial-split-brain",
        f"response helper {peer} volume:0 minor:0 helper:initial-split-brain status:0",
        f"call helper {peer} volume:0 minor:0 helper:split-brain",
        f"response helper {peer} volume:0 minor:0 helper:split-brain status:0",
        f"change connection {peer} connection:Disconnecting",
        f"change connection {peer} connection:StandAlone",
        f"destroy peer-device {peer} volume:0",
        f"destroy connection {peer}",
    ]


def test_events2_ends_with_the_kernel(pair):
    events = Events(pair.a, "r0")
    events.read_until("exists -")
    pair.a.signal_kernel(signal.SIGKILL)
    assert events.process.wait(timeout=10) != 0


def test_events2_sees_down_and_up(pair):
    events = Events(pair.a, "r0")
    events.read_until("exists -")
    pair.a.adm("down")
    down = events.read_until("destroy resource")
    assert down[-2:] == ["destroy device name:r0 volume:0 minor:0", "destroy resource name:r0"]
    pair.a.adm("up")
    up = events.read_until("connection:Connecting")
    assert up[:4] == [
        "create resource name:r0 role:Secondary suspended:no",
        "create device name:r0 volume:0 minor:0 disk:Diskless",
        "change device name:r0 volume:0 minor:0 disk:Attaching",
        "change device name:r0 volume:0 minor:0 disk:UpToDate",
    ]


# --- several resources, restarts ---


@pytest.mark.pair(minors=2)
def test_two_resources_are_independent(pair):
    pair.a.adm("primary", resource="r0")
    pair.b.adm("primary", resource="r1")
    pair.a.write(1, "r0 on astapor")
    pair.b.run("dd", "of=/dev/drbd1", "bs=4096", "seek=1", "oflag=direct", "status=none",
               input="r1 on braavos".ljust(4096, "."), check=True)
    assert text(pair.b.block(1, "r0")) == "r0 on astapor"
    assert text(pair.a.block(1, "r1")) == "r1 on braavos"
    assert pair.a.state("r1")[1] == "Secondary/Primary"


def test_terminating_the_kernel_leaves_nothing(pair):
    pair.a.adm("primary")
    pair.a.signal_kernel(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        pair.a.kernel.wait(timeout=0.5)
    pair.a.adm("secondary")
    pair.a.signal_kernel(signal.SIGTERM)
    assert pair.a.kernel.wait(timeout=10) == 0
    pair.a.start_kernel()
    pair.a.adm("up")
    pair.b.wait_state("Connected")
