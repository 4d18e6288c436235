# SPDX-License-Identifier: GPL-2.0-or-later
"""Two services, one on each node."""

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
    lab.zcsmgr(1, "confirm-down", "braavos", "--yes")
    lab.wait_active(1, "files")
    assert sorted(lab.facts(1)["primary"]) == ["files", "optzimbra"]
