# SPDX-License-Identifier: GPL-2.0-or-later
"""Power cuts without fencing: nobody is succeeded on silence."""

from cluster import until


def test_the_passive_dies(lab, mail):
    failures = mail.failures()
    before = lab.pids(1, "master")
    lab.crash(2)
    until("it is seen", lambda: not lab.status(1)["nodes"][1]["member"])
    mail.flows()
    assert lab.pids(1, "master") == before
    lab.boot(2)
    lab.wait_back(2)
    assert lab.service(2)["holder"] == "astapor"
    assert mail.failures() - failures <= 2  # writes wait until DRBD has given the peer up


def test_the_active_dies_and_the_operator_confirms(lab, mail):
    lab.crash(1)
    lab.wait_why(2, "WHY_CLEARANCE_MANUAL")
    assert "WHY_HOLDER_ABSENT" in lab.why(2)
    assert not lab.facts(2)["primary"]
    # It may have gone on alone before it died: nobody but the operator can accept that.
    refused = lab.zcsmgr(2, "confirm-down", "astapor", "--yes", check=False)
    assert refused.returncode == 1
    assert "--accept-loss" in refused.stdout + refused.stderr
    lab.zcsmgr(2, "confirm-down", "astapor", "--yes", "--accept-loss")
    lab.wait_active(2)
    mail.flows()
    lab.boot(1)
    lab.wait_back(1)
    assert lab.service(1)["holder"] == "braavos"
    assert not lab.facts(1)["primary"]


def test_a_node_that_is_up_cannot_be_confirmed_down(lab):
    refused = lab.zcsmgr(2, "confirm-down", "astapor", "--yes", check=False)
    assert refused.returncode == 1
    assert "present" in refused.stdout + refused.stderr
    assert lab.service(2)["holder"] == "astapor"


def test_both_die_and_come_back_one_after_the_other(lab):
    lab.crash(1)
    lab.crash(2)
    lab.boot(2)
    lab.wait_why(2, "WHY_CLEARANCE_MANUAL")
    lab.boot(1)
    lab.wait_active(1)
