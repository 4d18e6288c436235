# SPDX-License-Identifier: GPL-2.0-or-later
"""A third vote instead of fence agents: who is out of the majority for a lease gives up."""

import json

from cluster import until

LAB = {"nodes": 3, "mode": "third-vote"}


def test_status_tells_the_lease(lab):
    status = lab.status(1)
    assert status["mode"] == "third-vote"
    assert status["protocol"] == 2
    assert [node["protocol"] for node in status["nodes"]] == [2, 2, 2]
    assert 3 < status["lease_left_s"] <= 6


def check(lab):
    """What it says of corosync, as {text: finding}."""
    result = lab.zcsmgr(1, "--json", "check", check=False)
    return {one["text"]: one["finding"] for one in json.loads(result.stdout)
            if one["object"] == "corosync"}


def test_check_compares_the_lease_with_corosyncs_timers(lab):
    said = check(lab)
    assert said["watchdog.lease is 6000 ms, and must be more than 5630 ms"] == "ok"
    good = lab.zcsmgr_conf()
    lab.put(1, "/etc/zcsmgr/zcsmgr.conf", good.replace("lease = 6", "lease = 5"))
    try:
        wrong = [text for text, finding in check(lab).items() if finding == "error"]
    finally:
        lab.put(1, "/etc/zcsmgr/zcsmgr.conf", good)
    assert len(wrong) == 1
    assert "token 1650 ms + consensus 1980 ms + twice state_interval 1000 ms" in wrong[0]
    assert "set lease = 6 or more" in wrong[0]


def test_a_holder_that_is_cut_off_is_reset_when_its_lease_ends(lab):
    lab.unplug(1, "ring", "disk")
    lab.wait_why(2, "WHY_CLEARANCE_UNARMED")
    lab.wait_reset(1)
    assert not lab.facts(2)["primary"]
    lab.zcsmgr(2, "confirm-down", "astapor", "--yes", "--accept-loss")
    lab.wait_active(2)
    lab.boot(1)
    lab.wait_back(1)
    codes = [record["code"] for record in lab.history(1)]
    assert "LEASE_ENDED" in codes and "RESET" in codes
    # It had gone on writing until its lease ended, which the operator gave up.
    lab.exec(1, "drbdadm", "disconnect", "optzimbra", check=False)
    lab.exec(1, "drbdadm", "connect", "--discard-my-data", "optzimbra")
    lab.exec(2, "drbdadm", "connect", "optzimbra", check=False)


def test_who_holds_nothing_is_not_reset(lab, mail):
    before = lab.pids(1, "master")
    lab.unplug(2)
    until("braavos' copy no longer counts",
          lambda: "LEASE_LAPSED" in [record["code"] for record in lab.history(2)])
    assert lab.is_on(2)
    mail.flows()
    assert lab.pids(1, "master") == before
