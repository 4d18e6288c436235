# SPDX-License-Identifier: GPL-2.0-or-later
"""A resource vanishes behind our back: it is restarted once, then the service moves."""

import pytest

from cluster import until


def unmount(lab):
    # The suite is in the way, so it is killed first.
    lab.exec(1, "sh", "-c", "for try in 1 2 3 4 5 6 7 8; do "
             "for pid in $(cat /sys/fs/cgroup/service-zimbra/payload/cgroup.procs); do "
             "kill -9 $pid; done; umount /opt/zimbra && exit 0; sleep 0.1; done; exit 1",
             check=False)


def unmount_lazily(lab):
    lab.exec(1, "umount", "-l", "/opt/zimbra")


def delete_address(lab):
    lab.exec(1, "ip", "addr", "del", "172.17.18.190/32", "dev", "eth0")


def kill_mail(lab):
    lab.kill(1, "master")


VANISHING = {"unmounted": unmount_lazily, "address deleted": delete_address, "mail killed": kill_mail}


@pytest.mark.parametrize("how", VANISHING)
def test_restarted_once_then_moved(lab, mail, how):
    VANISHING[how](lab)
    until("it is noticed", lambda: any(record["code"] == "RESTART"
                                       for record in lab.history(1)[-30:]))
    lab.wait_active(1)
    mail.flows()
    VANISHING[how](lab)
    lab.wait_active(2)
    mail.flows()
    assert lab.service(2)["nodes"][0]["barred"]
    assert "cleanup" in lab.zcsmgr(2, "status", check=False).stdout


def test_a_demoted_disk(lab):
    # DRBD cannot be demoted while it is mounted: everything above goes first.
    lab.exec(1, "touch", "/run/lab/no-restart")
    lab.kill(1, "zcsmgrd")
    unmount(lab)
    lab.exec(1, "drbdadm", "secondary", "optzimbra")
    lab.exec(1, "rm", "/run/lab/no-restart")
    # The new daemon finds it partly up, finishes stopping, and the service starts afresh.
    lab.wait_active(1)
    assert lab.facts(1)["primary"] == ["optzimbra"]
