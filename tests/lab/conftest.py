# SPDX-License-Identifier: GPL-2.0-or-later
"""What every lab test begins and ends with: two good nodes and the service on the first; then the
audit from outside, and the count of mails."""

import os
import sys
import tempfile

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cluster  # noqa: E402
from cluster import NAMES, until  # noqa: E402
from witness import Witness  # noqa: E402

@pytest.fixture(scope="module")
def built(request):
    """A cluster for the tests of a file, as its LAB says."""
    base = os.environ.get("ZCSMGR_LAB") or tempfile.mktemp(prefix="zcsmgr-lab-")
    lab = cluster.Cluster(base)
    lab.down()
    options = getattr(request.module, "LAB", {})
    lab.up(**options)
    yield lab
    lab.down()


@pytest.fixture
def lab(built):
    reset(built)
    auditor = cluster.Auditor(built)
    auditor.start()
    yield built
    built.heal()
    found = auditor.stop()
    assert auditor.looks > 0
    assert found == [], "seen from outside at some moment"
    assert built.violations() == []


@pytest.fixture
def mail(lab):
    """Mail that flows during the test; at its end nothing acknowledged may be missing."""
    mail = Witness(lab)
    mail.flows()
    yield mail
    mail.stop()
    holder = next((node for node in lab.nodes if lab.facts(node)["mounted"]), None)
    assert holder, "the mail's file system is mounted nowhere"
    counted = mail.count(holder)
    assert counted["acknowledged"] > 0
    assert counted["lost"] == [], "acknowledged, and lost"


def in_sync(lab, name="zimbra"):
    service = lab.service(1, name)
    return service and all(side.get("storage") and side["storage"]["link"] == "Connected" and
                           side["storage"]["disk"] == "UpToDate" for side in service["nodes"])


def settled(lab):
    for node in lab.nodes:
        status = lab.status(node)
        if not (status and status["connected"] and status["settled"] and status["quorate"] and
                all(one["present"] for one in status["nodes"])):
            return False
    return True


def restore(lab):
    """Undoes what a test did to nodes and links."""
    for name in ("bmc-fail", "bmc-hang"):
        if os.path.exists(lab.path(name)):
            os.unlink(lab.path(name))
    lab.heal()
    for node in lab.nodes:
        if not lab.is_on(node):
            lab.boot(node)
            continue
        lab.plug(node)
        lab.exec(node, "sh", "-c", "rm -f /run/lab/zmcontrol-* /run/lab/no-restart "
                 "/var/lib/zcsmgr/filler")
        if not lab.pids(node, "corosync"):
            lab.exec(node, "corosync")


def reset(lab):
    restore(lab)
    until("both nodes are settled", lambda: settled(lab), 40, 0.2)
    for service in lab.services:
        lab.zcsmgr(1, "maintenance", "off", service)
        lab.zcsmgr(1, "cleanup", service)
    for node in lab.nodes:
        lab.zcsmgr(1, "online", NAMES[node - 1])
    for service in lab.services:
        until(f"the disks of {service} are in sync", lambda s=service: in_sync(lab, s), 40, 0.2)
        lab.zcsmgr(1, "start", service)
        lab.zcsmgr(1, "move", service, NAMES[1 if service == "files" else 0])
        lab.wait_active(2 if service == "files" else 1, service)
