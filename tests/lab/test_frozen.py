# SPDX-License-Identifier: GPL-2.0-or-later
"""DRBD freezes the holder's disk when it loses its peer, and only we know when it may go on: the
kernel's own question finds no handler here."""

from cluster import until

LAB = {"mode": "fencing", "drbd_fencing": "resource-and-stonith"}


def is_frozen(lab):
    return "suspended:fencing" in lab.exec(1, "drbdadm", "status", "optzimbra").stdout


def disk(lab, node):
    return lab.exec(node, "drbdadm", "dstate", "optzimbra").stdout.strip()


def test_it_goes_on_once_the_peer_is_fenced(lab, mail):
    failures = mail.failures()
    before = lab.pids(1, "master")
    lab.crash(2)
    until("it is frozen", lambda: is_frozen(lab))
    until("braavos was fenced and switched on", lambda: lab.is_on(2))
    mail.flows()
    assert not is_frozen(lab)
    codes = [record["code"] for record in lab.history(1)]
    assert "FENCED" in codes and codes[-1::-1].index("RESUMING") < codes[-1::-1].index("FENCED")
    assert lab.pids(1, "master") == before
    assert mail.failures() - failures <= 3


def test_when_only_the_link_breaks_the_peer_outdates_its_copy_first(lab, mail):
    before = lab.pids(1, "master")
    lab.cut("disk")
    until("it is frozen", lambda: is_frozen(lab))
    until("braavos' copy is outdated", lambda: disk(lab, 2) == "Outdated/DUnknown")
    mail.flows()
    assert not is_frozen(lab)
    assert "OUTDATING" in [record["code"] for record in lab.history(2)]
    assert lab.pids(1, "master") == before
    # A copy that lacks writes is not taken, not even on the operator's order.
    assert not lab.service(1)["nodes"][1]["current"]
    assert lab.zcsmgr(1, "move", "zimbra", "braavos", check=False).returncode == 1
    lab.heal()
    until("it is renewed", lambda: disk(lab, 2) == "UpToDate/UpToDate")
    lab.zcsmgr(1, "move", "zimbra", "braavos")
    mail.flows()
