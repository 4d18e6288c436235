# SPDX-License-Identifier: GPL-2.0-or-later
"""Two services, one on each node."""

import subprocess

from test_failures import shadow

LAB = {"services": 2}


def test_each_has_its_own_holder(lab, mail):
    lab.wait_active(1, "zimbra")
    lab.wait_active(2, "files")
    assert lab.facts(1)["primary"] == ["optzimbra"]
    assert lab.facts(2)["primary"] == ["files"]
    lab.zcsmgr(1, "move", "files", "astapor")
    assert lab.service(2, "zimbra")["holder"] == "astapor"
    assert sorted(lab.facts(1)["primary"]) == ["files", "optzimbra"]
    mail.flows()
    lab.zcsmgr(1, "move", "files", "braavos")
    lab.zcsmgr(2, "move", "zimbra", "braavos")
    assert lab.facts(1)["primary"] == []
    mail.flows()


def test_a_failure_of_one_does_not_touch_the_other(lab, mail):
    before = lab.pids(1, "master")
    lab.exec(2, "ip", "addr", "del", "172.17.18.195/32", "dev", "eth0")
    lab.wait_active(2, "files")
    lab.crash(2)
    mail.flows()
    assert lab.pids(1, "master") == before
    lab.wait_why(1, "WHY_CLEARANCE_MANUAL", "files")
    lab.zcsmgr(1, "confirm-down", "braavos", "--yes", "--accept-loss")
    lab.wait_active(1, "files")
    assert sorted(lab.facts(1)["primary"]) == ["files", "optzimbra"]


def test_before_a_reset_the_other_service_moves_away(lab):
    lab.zcsmgr(1, "move", "files", "astapor")
    shadow(lab, 1, "drbdadm", '[ "$1 $2" = "secondary 0" ] && while :; do sleep 1; done')
    mover = subprocess.Popen(lab.command(2, ["zcsmgr", "move", "zimbra", "braavos"]),
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             preexec_fn=lab.enter_cgroup(2))
    lab.wait_reset(1)
    codes = [(record["code"], record.get("service")) for record in lab.history(2)]
    assert codes[-1::-1].index(("ACTIVE", "files")) < codes[-1::-1].index(("MOVING", "files"))
    # The one that had moved away serves; the one that could not be stopped waits for proof.
    lab.wait_active(2, "files", seconds=1)
    lab.wait_why(2, "WHY_CLEARANCE_MANUAL")
    lab.zcsmgr(2, "confirm-down", "astapor", "--yes", "--accept-loss")
    lab.wait_active(2)
    assert mover.wait(60) is not None
