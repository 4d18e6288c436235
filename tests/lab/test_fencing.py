# SPDX-License-Identifier: GPL-2.0-or-later
"""Power cuts and partitions with fence agents for both nodes."""

import os
import subprocess

from cluster import until
from conftest import settled
from test_failures import shadow

LAB = {"mode": "fencing"}


def test_the_active_dies_and_is_fenced_and_succeeded(lab, mail):
    lab.crash(1)
    lab.wait_active(2)
    mail.flows()
    codes = [record["code"] for record in lab.history(2)]
    assert codes.index("FENCED") < len(codes) - 1 - codes[::-1].index("ACQUIRED")
    until("the agent has switched it on again", lambda: lab.is_on(1))
    lab.wait_back(1)
    assert lab.service(1)["holder"] == "braavos"


def test_the_passive_dies_and_is_fenced_and_the_holder_runs_on(lab, mail):
    before = lab.pids(1, "master")
    lab.crash(2)
    until("it was fenced and switched on", lambda: lab.is_on(2))
    mail.flows()
    assert lab.pids(1, "master") == before


def test_while_fencing_fails_it_waits_and_says_why(lab, mail):
    open(lab.path("bmc-fail"), "w", encoding="ascii").close()
    lab.crash(1)
    lab.wait_why(2, "WHY_CLEARANCE_FENCE_FAILED")
    history = " ".join(lab.zcsmgr(2, "history", "--all").stdout.split())
    assert "no contact with the power switch" in history
    assert not lab.facts(2)["primary"]
    lab.zcsmgr(2, "confirm-down", "astapor", "--yes")
    lab.wait_active(2)
    mail.flows()
    os.unlink(lab.path("bmc-fail"))


def test_while_the_agent_hangs_it_waits(lab):
    open(lab.path("bmc-hang"), "w", encoding="ascii").close()
    lab.crash(1)
    lab.wait_why(2, "WHY_CLEARANCE_FENCING")
    lab.wait_why(2, "WHY_CLEARANCE_FENCE_FAILED", seconds=60)
    assert not lab.facts(2)["primary"]
    os.unlink(lab.path("bmc-hang"))
    lab.wait_active(2, seconds=90)


def test_in_a_partition_the_holder_wins(lab, mail):
    before = lab.pids(1, "master")
    lab.cut()
    until("braavos is fenced",
          lambda: any(record["code"] == "FENCED" and record.get("about") == "braavos"
                      for record in lab.history(1)[-12:]), 40)
    lab.heal()
    until("both are settled again", lambda: settled(lab), 60)
    mail.flows()
    lab.wait_active(1, seen_from=2)
    assert lab.pids(1, "master") == before


def test_a_holder_that_lost_corosync_for_long_is_fenced_after_the_grace(lab, mail):
    lab.kill(1, "corosync")
    lab.wait_active(2, seconds=90)
    mail.flows()
    assert any(record["code"] == "FENCED" for record in lab.history(2))


def test_a_holder_that_cannot_stop_is_reset_and_succeeded_without_an_operator(lab, mail):
    shadow(lab, 1, "drbdadm", '[ "$1" = secondary ] && while :; do sleep 1; done')
    subprocess.Popen(lab.command(2, ["zcsmgr", "standby", "astapor"]),
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                     preexec_fn=lab.enter_cgroup(2))
    lab.wait_reset(1)
    lab.wait_active(2)
    mail.flows()
    until("astapor is switched on again", lambda: lab.is_on(1))
    lab.wait_back(1)
    assert lab.service(2)["nodes"][0]["barred"]
