# SPDX-License-Identifier: GPL-2.0-or-later
"""What every test on real kernels begins and ends with: two good machines and the service on the
first; then the audit from outside, and all mails fetched over IMAP."""

import os
import sys
import tempfile

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import machines  # noqa: E402
from cluster import Auditor  # noqa: E402
from machines import until  # noqa: E402
from witness import Witness  # noqa: E402

RATE = 5  # mails a second; emulation is slow
COUNTED = {"sent": 0, "acknowledged": 0, "lost": 0, "outages": {}}


@pytest.fixture(scope="session")
def built():
    lab = machines.Machines(os.environ.get("ZCSMGR_LAB") or tempfile.mktemp(prefix="zcsmgr-vm-"))
    lab.down()
    lab.up()
    yield lab
    lab.down()


def in_sync(lab):
    service = lab.service(1)
    return service and all(side.get("storage") and side["storage"]["link"] == "Connected" and
                           side["storage"]["disk"] == "UpToDate" for side in service["nodes"])


def settled(lab):
    statuses = [lab.status(node) for node in lab.nodes]
    return all(status and status["connected"] and status["settled"] and status["quorate"] and
               all(one["present"] for one in status["nodes"]) for status in statuses)


def reset(lab):
    lab.heal()
    for node in lab.nodes:
        lab.bmc_plug(node)
        if not lab.is_on(node):
            lab.boot(node)
        lab.plug(node)
        lab.wait_up(node)
        if not lab.pids(node, "corosync"):
            lab.exec(node, "systemctl", "restart", "corosync")
    until("both machines are settled", lambda: settled(lab), 120, 1)
    lab.zcsmgr(1, "maintenance", "off", "zimbra")
    lab.zcsmgr(1, "cleanup", "zimbra")
    for node in lab.nodes:
        lab.zcsmgr(1, "online", machines.NAMES[node - 1])
    until("the disks are in sync", lambda: in_sync(lab), 180, 1)
    lab.zcsmgr(1, "start", "zimbra")
    lab.zcsmgr(1, "move", "zimbra", machines.NAMES[0])
    lab.wait_active(1, seconds=120)


@pytest.fixture
def lab(built):
    reset(built)
    auditor = Auditor(built)
    auditor.start()
    yield built
    found = auditor.stop()
    assert auditor.looks > 0
    assert found == [], "seen from outside at some moment"
    assert built.violations() == []


@pytest.fixture
def mail(lab, request):
    """Mail that flows during the test; at its end nothing acknowledged may be missing."""
    mail = Witness(lab, RATE)
    mail.flows(60)
    yield mail
    mail.flows(120)
    mail.stop()
    counted = mail.fetch()
    COUNTED["sent"] += counted["sent"]
    COUNTED["acknowledged"] += counted["acknowledged"]
    COUNTED["lost"] += len(counted["lost"])
    COUNTED["outages"][request.node.name] = (counted["outages"] or [0.0])[0]
    assert counted["acknowledged"] > 0
    assert counted["lost"] == [], "acknowledged, and lost"


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(f"mails sent {COUNTED['sent']}, acknowledged "
                                f"{COUNTED['acknowledged']}, lost {COUNTED['lost']}")
    for name, length in COUNTED["outages"].items():
        terminalreporter.write_line(f"{length:8.2f} s without mail: {name}")
