# SPDX-License-Identifier: GPL-2.0-or-later
"""DRBD for real: links, disks, copies."""

from machines import NAMES, until


def storage(lab, node, seen_from=1):
    service = lab.service(seen_from)
    return service["nodes"][node - 1]["storage"] if service else {}


def answers(lab, node):
    return [record["number"] for record in lab.history(node)
            if record["code"] == "FENCE_PEER_ANSWERED"]


def test_the_replication_link_alone_is_lost(lab, mail):
    before = len(answers(lab, 1))
    lab.repl_cut()
    until("the other copy is outdated", lambda: storage(lab, 2).get("disk") == "Outdated", 60, 0.5)
    mail.flows(60)
    # The kernel asked its handler, and the peer had outdated itself by then.
    assert answers(lab, 1)[before:] == [4]
    until("nothing is frozen", lambda: not storage(lab, 1)["suspended"], 10, 0.5)
    # A copy that lacks mail is not taken, not even on the operator's order.
    assert lab.zcsmgr(1, "move", "zimbra", NAMES[1], check=False).returncode == 1
    lab.repl_heal()
    until("the other copy is renewed", lambda: storage(lab, 2).get("disk") == "UpToDate", 120, 1)
    lab.zcsmgr(1, "move", "zimbra", NAMES[1])
    mail.flows(60)


def test_a_promotion_after_a_power_cut_is_answered_by_our_handler(lab, mail):
    before = len(answers(lab, 2))
    lab.crash(1)
    lab.wait_active(2, seconds=180)
    assert answers(lab, 2)[before:] == [7]
    assert "fence-peer" in lab.exec(2, "sh", "-c", "dmesg | grep helper").stdout
    mail.flows(60)


def test_the_primary_is_frozen_until_its_peer_is_fenced(lab, mail):
    before = len(answers(lab, 1))
    lab.crash(2)
    until("it is answered", lambda: answers(lab, 1)[before:], 120, 0.5)
    assert answers(lab, 1)[before:] == [7]
    mail.flows(60)
    until("nothing is frozen", lambda: not storage(lab, 1)["suspended"], 10, 0.5)


def test_the_disk_of_the_active_fails(lab, mail):
    lab.disk_fail(1)
    lab.wait_active(2, seconds=180)
    assert "DISK_FAILED" in [record["code"] for record in lab.history(1)]
    assert storage(lab, 1)["disk"] == "Diskless"
    mail.flows(60)
    lab.disk_mend(1)
    lab.exec(1, "drbdadm", "attach", "optzimbra")
    until("it is renewed", lambda: storage(lab, 1).get("disk") == "UpToDate", 180, 1)
