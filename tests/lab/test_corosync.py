# SPDX-License-Identifier: GPL-2.0-or-later
"""Corosync dies, stops in order, or is restarted, on either node: nothing moves."""

import signal

import pytest

from cluster import until
from conftest import settled


def stop(lab, node, how):
    if how == "killed":
        lab.kill(node, "corosync")
    else:
        lab.kill(node, "corosync", signal.SIGTERM)
    until("corosync has ended", lambda: not lab.pids(node, "corosync"))


@pytest.mark.parametrize("how", ["killed", "stopped"])
@pytest.mark.parametrize("node", [1, 2])
def test_gone_for_a_while(lab, mail, node, how):
    before, failures = lab.pids(1, "master"), mail.failures()
    stop(lab, node, how)
    lab_says = lambda: (lab.status(node) or {}).get("connected") is False  # noqa: E731
    until("the daemon says so", lab_says)
    mail.flows()
    assert lab.facts(1)["primary"] == ["optzimbra"]
    assert not lab.facts(2)["primary"]
    lab.exec(node, "corosync")
    until("both are settled again", lambda: settled(lab), 40)
    lab.wait_active(1, seen_from=1)
    lab.wait_active(1, seen_from=2)
    assert lab.pids(1, "master") == before
    assert mail.failures() == failures


@pytest.mark.parametrize("node", [1, 2])
def test_restarted_within_a_second(lab, mail, node):
    before, failures = lab.pids(1, "master"), mail.failures()
    stop(lab, node, "killed")
    lab.exec(node, "corosync")
    until("both are settled again", lambda: settled(lab), 40)
    lab.wait_active(1, seen_from=3 - node)
    mail.flows()
    assert lab.pids(1, "master") == before
    assert mail.failures() == failures
