# SPDX-License-Identifier: GPL-2.0-or-later
"""What the operator asks for."""

import json

import pytest

from cluster import NAMES, until


def test_move_and_move_back(lab, mail):
    lab.zcsmgr(2, "move", "zimbra", "braavos")
    assert lab.service(1)["holder"] == "braavos"
    mail.flows()
    lab.zcsmgr(2, "move", "zimbra")
    assert lab.service(2)["holder"] == "astapor"
    mail.flows()
    assert lab.service(1)["target"] is None


def test_a_move_to_where_it_is_does_nothing(lab):
    result = lab.zcsmgr(1, "--json", "move", "zimbra", "astapor")
    assert json.loads(result.stdout)["code"] == "REFUSED_ALREADY_THERE"


@pytest.mark.parametrize("at", [1, 2])
def test_standby_and_online(lab, mail, at):
    lab.zcsmgr(at, "standby", "astapor")
    lab.wait_active(2)
    mail.flows()
    refused = lab.zcsmgr(at, "move", "zimbra", "astapor", check=False)
    assert refused.returncode == 1
    lab.zcsmgr(at, "online", "astapor")
    lab.wait_active(2)


def test_stop_and_start(lab):
    lab.zcsmgr(2, "stop", "zimbra")
    assert [lab.facts(node)["primary"] for node in (1, 2)] == [[], []]
    lab.wait_why(1, "WHY_STOPPED")
    lab.zcsmgr(2, "start", "zimbra")
    lab.wait_active(1)


def test_standby_survives_a_reboot(lab):
    lab.zcsmgr(1, "standby", "braavos")
    lab.crash(2)
    lab.boot(2)

    def back():
        status = lab.status(2)
        return status and status["settled"] and \
            [one["standby"] for one in status["nodes"]] == [False, True]
    until("braavos is back and in standby", back)
    assert lab.zcsmgr(1, "move", "zimbra", "braavos", check=False).returncode == 1


def test_maintenance_leaves_a_broken_resource_alone(lab):
    lab.zcsmgr(2, "maintenance", "on", "zimbra")
    lab.exec(1, "ip", "addr", "del", "172.17.18.190/32", "dev", "eth0")
    lab.wait_why(2, "WHY_MAINTENANCE")
    before = lab.pids(1, "master")
    assert lab.facts(1)["addresses"] == []
    lab.zcsmgr(2, "maintenance", "off", "zimbra")
    until("the address is back", lambda: lab.facts(1)["addresses"] == ["172.17.18.190"])
    lab.wait_active(1)
    assert lab.facts(1)["mounted"] == ["/opt/zimbra"]
    assert before


def test_errors_say_what_to_do(lab):
    unknown = lab.zcsmgr(1, "move", "zimbra", "nobody", check=False)
    assert unknown.returncode == 1
    text = unknown.stdout + unknown.stderr
    assert "nobody" in text or "node" in text
    assert lab.zcsmgr(1, "move", "nothing", check=False).returncode == 1
    assert lab.zcsmgr(1, "nonsense", check=False).returncode == 3


def test_history_tells_the_last_move_step_by_step(lab):
    lab.zcsmgr(1, "move", "zimbra", "braavos")
    text = lab.zcsmgr(2, "history").stdout
    for word in ("acquired", "drbd", "filesystem", "address", "active on braavos"):
        assert word in text, text
    codes = [record["code"] for record in lab.history(2)]
    assert "ACQUIRED" in codes and "ACTIVE" in codes


def test_every_reader_verb_speaks_json(lab):
    for verb in ("status", "why", "history"):
        json.loads(lab.zcsmgr(1, "--json", verb).stdout)
    assert {node["name"] for node in lab.status(1)["nodes"]} == set(NAMES[:2])
