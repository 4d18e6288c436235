# SPDX-License-Identifier: GPL-2.0-or-later
"""Cold starts."""

from cluster import until
from conftest import settled


def off(lab):
    for node in lab.nodes:
        lab.crash(node)


def test_both_start_and_the_first_in_order_serves(lab):
    off(lab)
    for node in lab.nodes:
        lab.boot(node)
    lab.wait_active(1)
    until("both are settled", lambda: settled(lab))
    assert lab.service(2)["holder"] == "astapor"
    assert not lab.facts(2)["primary"]


def test_one_alone_waits_and_says_for_what(lab):
    off(lab)
    lab.boot(2)
    lab.wait_why(2, "WHY_NO_QUORUM")
    lab.wait_why(2, "WHY_CLEARANCE_MANUAL")
    text = lab.zcsmgr(2, "why").stdout
    assert "confirm-down astapor" in text
    assert not lab.facts(2)["primary"]
    lab.boot(1)
    lab.wait_active(1)


def test_one_alone_starts_on_the_operators_word(lab):
    off(lab)
    lab.boot(2)
    lab.wait_why(2, "WHY_CLEARANCE_MANUAL")
    refused = lab.zcsmgr(2, "confirm-down", "astapor", "--yes", check=False)
    assert refused.returncode == 1
    assert "--accept-loss" in refused.stdout + refused.stderr
    lab.zcsmgr(2, "confirm-down", "astapor", "--yes", "--accept-loss")
    lab.wait_active(2)
