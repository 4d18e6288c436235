# SPDX-License-Identifier: GPL-2.0-or-later
"""Starts that fail at each step on one node, stops that hang, a zmcontrol that hangs."""

import os
import subprocess

import pytest

from cluster import BUILD, until


def shadow(lab, node, program, script):
    """A script that comes before one of the node's programs (and its links), there alone."""
    path = lab.node_path(node, "shadow-" + program)
    with open(path, "w", encoding="ascii") as file:
        file.write(f'#!/bin/bash\n{script}\nexec -a "${{0##*/}}" /run/lab/real-{program} "$@"\n')
    os.chmod(path, 0o755)
    real = os.path.join(BUILD, "lab", program)
    lab.exec(node, "sh", "-ec", f"cp {real} /run/lab/real-{program}; "
             f"mount --bind {path} {real}")


def unshadow(lab, node, program):
    lab.exec(node, "umount", os.path.join(BUILD, "lab", program))


class Promotion:
    def begin(self, lab):
        shadow(lab, 2, "drbdadm", '[ "$1" = primary ] && '
               '{ echo "State change failed: (-1) unknown" >&2; exit 11; }')

    def end(self, lab):
        unshadow(lab, 2, "drbdadm")


class Mount:
    def begin(self, lab):
        lab.exec(2, "rmdir", "/opt/zimbra")

    def end(self, lab):
        lab.exec(2, "mkdir", "-p", "/opt/zimbra")


class Address:
    def begin(self, lab):
        lab.exec(2, "sh", "-ec", "ip link set eth0 down; ip link set eth0 name eth9; "
                 "ip link set eth9 up")

    def end(self, lab):
        lab.exec(2, "sh", "-ec", "ip link set eth9 down; ip link set eth9 name eth0; "
                 "ip link set eth0 up")


class Suite:
    def __init__(self, how):
        self.how = how

    def begin(self, lab):
        lab.exec(2, "touch", f"/run/lab/zmcontrol-start-{self.how}")

    def end(self, lab):
        lab.exec(2, "rm", "-f", f"/run/lab/zmcontrol-start-{self.how}")


STEPS = {"drbd": Promotion(), "filesystem": Mount(), "address": Address(),
         "zimbra": Suite("fail"), "zimbra hangs": Suite("hang")}


@pytest.mark.parametrize("step", STEPS)
def test_a_start_that_fails_on_one_node_ends_on_the_other(lab, mail, step):
    STEPS[step].begin(lab)
    try:
        result = lab.zcsmgr(1, "move", "zimbra", "braavos", check=False, timeout=180)
        assert result.returncode == 2
        lab.wait_active(1)
        mail.flows()
        assert lab.service(1)["nodes"][1]["barred"]
        assert not lab.facts(2)["primary"]
    finally:
        STEPS[step].end(lab)


def test_a_hanging_zmcontrol_does_not_keep_the_service_here(lab, mail):
    lab.exec(1, "touch", "/run/lab/zmcontrol-stop-hang")
    lab.zcsmgr(2, "move", "zimbra", "braavos")
    lab.wait_active(2)
    mail.flows()
    assert lab.pids(1, "zmconfigd") == []


def test_a_busy_mount_is_freed(lab):
    holder = subprocess.Popen(lab.command(1, ["sh", "-c", "cd /opt/zimbra/store && "
                                              "trap '' TERM; while :; do sleep 1; done"]),
                              preexec_fn=lab.enter_cgroup(1))
    try:
        until("it holds the mount", lambda: lab.exec(
            1, "sh", "-c", "ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -c zimbra/store",
            check=False).stdout.strip() not in ("", "0"))
        lab.zcsmgr(2, "move", "zimbra", "braavos")
        lab.wait_active(2)
    finally:
        holder.kill()
        holder.wait()


def move_that_cannot_stop(lab):
    """Orders it from the other node; returns the operator's waiting command."""
    return subprocess.Popen(lab.command(2, ["zcsmgr", "move", "zimbra", "braavos"]),
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            preexec_fn=lab.enter_cgroup(2))


def expect_reset(lab, mover):
    """The node is reset; the service waits for proof, and is kept from that node afterwards."""
    lab.wait_why(1, "WHY_STOP_FAILED", seconds=60)
    lab.wait_reset(1)
    lab.wait_why(2, "WHY_CLEARANCE_MANUAL")
    assert not lab.facts(2)["primary"]
    lab.zcsmgr(2, "confirm-down", "astapor", "--yes", "--accept-loss")
    lab.wait_active(2)
    mover.wait(60)
    lab.boot(1)
    lab.wait_back(1)
    codes = [record["code"] for record in lab.history(1)]
    assert codes.count("RESET_STOP") == codes.count("RESET") >= 1  # written before the reset
    assert lab.service(2)["nodes"][0]["barred"]
    refused = lab.zcsmgr(2, "move", "zimbra", "astapor", check=False)
    assert refused.returncode == 1
    lab.zcsmgr(2, "cleanup", "zimbra")
    lab.zcsmgr(2, "move", "zimbra", "astapor")
    lab.wait_active(1)


def test_a_disk_that_stays_busy_costs_the_node_a_reset(lab):
    # A private copy of the mount in another namespace: unmounted here, yet the disk is held.
    subprocess.Popen(lab.command(1, ["unshare", "--mount", "--propagation", "private",
                                     "bash", "-c", "exec -a copy sleep 1000"]),
                     preexec_fn=lab.enter_cgroup(1))
    until("the copy is there", lambda: lab.pids(1, "copy"))
    expect_reset(lab, move_that_cannot_stop(lab))


def test_hanging_drbd_tools_cost_the_node_a_reset(lab):
    shadow(lab, 1, "drbdadm", '[ "$1" = secondary ] && while :; do sleep 1; done')
    expect_reset(lab, move_that_cannot_stop(lab))


def test_a_stop_that_comes_late_is_none_that_failed(lab):
    holder = subprocess.Popen(lab.command(1, ["unshare", "--mount", "--propagation", "private",
                                              "bash", "-c", "exec -a copy sleep 1000"]),
                              preexec_fn=lab.enter_cgroup(1))
    until("the copy is there", lambda: lab.pids(1, "copy"))
    mover = move_that_cannot_stop(lab)
    until("only the disk is left", lambda: lab.facts(1)["primary"] and not lab.facts(1)["mounted"])
    lab.kill(1, "copy")
    holder.wait()
    assert mover.wait(90) == 0
    lab.wait_active(2)
    assert lab.is_on(1)
    assert not lab.service(2)["nodes"][0]["barred"]
