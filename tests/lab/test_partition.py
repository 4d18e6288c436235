# SPDX-License-Identifier: GPL-2.0-or-later
"""Partitions with two_node and without fencing: both sides stay quorate, and nothing moves."""

import pytest

from cluster import until
from conftest import settled


@pytest.mark.parametrize("cable", ["cut", "unplug"])
def test_the_holder_keeps_the_service(lab, mail, cable):
    before = lab.pids(1, "master")
    if cable == "cut":
        lab.cut()
    else:
        lab.unplug(2)
    lab.wait_why(2, "WHY_CLEARANCE_MANUAL")
    mail.flows()
    assert not lab.facts(2)["primary"]
    if cable == "cut":
        lab.heal()
    else:
        lab.plug(2)
    until("both are settled again", lambda: settled(lab), 60)
    lab.wait_active(1, seen_from=2)
    mail.flows()
    assert lab.pids(1, "master") == before
    storage = lab.service(1)["nodes"][0]["storage"]
    assert not storage["split_brain"]
