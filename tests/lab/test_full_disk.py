# SPDX-License-Identifier: GPL-2.0-or-later
"""A full /var: what runs keeps running, and the file of the state keeps its place."""

def fill(lab, node):
    lab.exec(node, "sh", "-c", "dd if=/dev/zero of=/var/lib/zcsmgr/filler bs=4k 2>/dev/null; "
             "dd if=/dev/zero of=/var/lib/zcsmgr/filler bs=1 oflag=append conv=notrunc "
             "count=8192 2>/dev/null; df /var/lib/zcsmgr", check=False)


def test_the_service_runs_and_moves_with_full_disks(lab, mail):
    for node in lab.nodes:
        fill(lab, node)
    mail.flows()
    lab.zcsmgr(1, "move", "zimbra", "braavos")
    mail.flows()
    lab.zcsmgr(1, "move", "zimbra", "astapor")
    mail.flows()


def test_a_daemon_restarted_on_a_full_disk_adopts(lab, mail):
    before = lab.pids(1, "master")
    fill(lab, 1)
    lab.kill(1, "zcsmgrd")
    lab.wait_back(1)
    lab.wait_active(1)
    mail.flows()
    assert lab.pids(1, "master") == before
