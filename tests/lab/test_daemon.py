# SPDX-License-Identifier: GPL-2.0-or-later
"""The daemon dies, hangs, is stopped or restarted: the service does not notice."""

import signal

import pytest

from cluster import until


def untouched(lab, before):
    assert lab.pids(1, "master") == before
    assert lab.facts(1)["mounted"] == ["/opt/zimbra"]


@pytest.mark.parametrize("node", [1, 2])
def test_killed_it_comes_back_and_adopts(lab, mail, node):
    before, failures = lab.pids(1, "master"), mail.failures()
    old = lab.kill(node, "zcsmgrd")
    until("another daemon runs",
          lambda: lab.pids(node, "zcsmgrd") and lab.pids(node, "zcsmgrd") != old)
    lab.wait_active(1, seen_from=1)
    lab.wait_active(1, seen_from=2)
    mail.flows()
    untouched(lab, before)
    assert mail.failures() == failures
    if node == 1:
        assert any(record["code"] == "PROBED_UP" for record in lab.history(1)[-20:])


def test_killed_for_long_its_service_is_not_succeeded(lab, mail):
    before = lab.pids(1, "master")
    lab.exec(1, "touch", "/run/lab/no-restart")
    lab.kill(1, "zcsmgrd")
    lab.wait_why(2, "WHY_CLEARANCE")
    mail.flows()
    assert not lab.facts(2)["primary"]
    lab.exec(1, "rm", "/run/lab/no-restart")
    lab.wait_active(1)
    untouched(lab, before)


@pytest.mark.parametrize("node", [1, 2])
def test_frozen_it_holds_up_nobody(lab, mail, node):
    before, failures = lab.pids(1, "master"), mail.failures()
    lab.kill(node, "zcsmgrd", signal.SIGSTOP)
    other = 3 - node

    def silent():
        status = lab.status(other)
        return status and status["nodes"][node - 1]["silent"]
    until("it is seen to be silent", silent)
    mail.flows()
    lab.kill(node, "zcsmgrd", signal.SIGCONT)
    until("it is heard again", lambda: lab.status(other) and not silent())
    lab.wait_active(1, seen_from=other)
    untouched(lab, before)
    assert mail.failures() == failures


def test_told_to_restart_it_leaves_the_service_running(lab, mail):
    before, failures = lab.pids(1, "master"), mail.failures()
    old = lab.kill(1, "zcsmgrd", signal.SIGUSR1)
    until("it has ended", lambda: not lab.pids(1, "zcsmgrd") or lab.pids(1, "zcsmgrd") != old)
    untouched(lab, before)
    lab.start_daemon(1)
    lab.wait_active(1)
    untouched(lab, before)
    assert mail.failures() == failures


def test_told_to_stop_it_hands_over(lab, mail):
    lab.kill(1, "zcsmgrd", signal.SIGTERM)
    lab.wait_active(2)
    mail.flows()
    until("it has ended", lambda: not lab.pids(1, "zcsmgrd"))
    # It said goodbye, so the other owes it nothing when it is switched off.
    lab.crash(1)
    until("astapor is gone", lambda: not lab.status(2)["nodes"][0]["member"])
    assert lab.service(2)["holder"] == "braavos"


def test_a_second_one_is_refused(lab):
    result = lab.exec(1, "zcsmgrd", check=False)
    assert result.returncode == 75
    assert "already running" in result.stderr
    assert lab.service(1)["phase"] == "active"
