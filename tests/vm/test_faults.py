# SPDX-License-Identifier: GPL-2.0-or-later
"""What happens to servers, one fault a test, while mail flows."""

import os
import time

import pytest

from machines import NAMES, VIP, until


def suite(lab, node):
    """The pids of the suite's main processes: the same ones, if nothing was restarted."""
    return {program: lab.pids(node, program) for program in ("master", "slapd", "mariadbd")}


def restarts(lab, node):
    return int(lab.exec(node, "systemctl", "show", "-P", "NRestarts", "zcsmgr").stdout)


def test_the_passive_loses_its_power(lab, mail):
    before = suite(lab, 1)
    lab.crash(2)
    until("it was fenced and switched on", lambda: lab.is_on(2), 90, 0.5)
    mail.flows(60)
    lab.wait_up(2)
    lab.wait_back(2, seconds=120)
    assert suite(lab, 1) == before


def test_the_daemon_is_killed_and_adopts_what_runs(lab, mail):
    before, count = suite(lab, 1), restarts(lab, 1)
    lab.kill(1, "zcsmgrd")
    until("systemd has restarted it", lambda: restarts(lab, 1) == count + 1, 30, 0.5)
    lab.wait_active(1)
    mail.flows(30)
    assert suite(lab, 1) == before
    assert mail.failures() == 0


def test_the_daemon_hangs_and_systemd_replaces_it(lab, mail):
    before, count = suite(lab, 1), restarts(lab, 1)
    lab.kill(1, "zcsmgrd", 19)
    until("systemd's watchdog has replaced it", lambda: restarts(lab, 1) == count + 1, 90, 1)
    lab.wait_active(1)
    assert suite(lab, 1) == before
    assert mail.failures() == 0


def test_an_upgrade_of_the_package_interrupts_nothing(lab, mail):
    before = suite(lab, 1)
    lab.put_file(1, os.path.join(lab.images, "zcsmgr-next.deb"), "/root/zcsmgr-next.deb")
    lab.exec(1, "dpkg", "-i", "/root/zcsmgr-next.deb", timeout=180)
    assert "9.0.0" in lab.exec(1, "dpkg-query", "-W", "zcsmgr").stdout
    lab.wait_active(1)
    mail.flows(30)
    assert suite(lab, 1) == before
    assert mail.failures() == 0
    lab.exec(1, "dpkg", "-i", "--force-downgrade", "/root/zcsmgr.deb", timeout=180)
    lab.wait_active(1)
    assert suite(lab, 1) == before
    assert mail.failures() == 0


def test_corosync_is_killed_and_comes_back(lab, mail):
    before = suite(lab, 1)
    lab.kill(1, "corosync")
    until("zcsmgr has noticed", lambda: not lab.status(1)["connected"], 30, 0.5)
    lab.exec(1, "systemctl", "restart", "corosync")
    lab.wait_back(1, seconds=60)
    mail.flows(30)
    assert suite(lab, 1) == before
    assert mail.failures() == 0


def test_a_reboot_hands_over_before_the_network_goes(lab, mail):
    lab.exec(1, "systemctl", "reboot", "--no-block")
    lab.wait_active(2, seconds=120)
    mail.flows(60)
    assert "FENCED" not in [record["code"] for record in lab.history(2)[-40:]]
    lab.wait_up(1)
    lab.wait_back(1, seconds=120)
    assert lab.service(1)["holder"] == NAMES[1]


def test_the_mail_service_is_killed_and_restarted(lab, mail):
    lab.kill(1, "master")
    until("it runs again", lambda: lab.pids(1, "master"), 90, 0.5)
    mail.flows(60)
    lab.wait_active(1)
    assert [record for record in lab.history(1) if record["code"] == "RESTART"]


def test_the_address_is_deleted_and_added_again(lab, mail):
    lab.exec(1, "ip", "address", "del", VIP + "/24", "dev", "eth0", check=False)
    until("it is there again", lambda: VIP in lab.facts(1)["addresses"], 60, 0.2)
    mail.flows(60)


def test_while_the_bmc_cannot_be_reached_it_waits_and_says_why(lab, mail):
    lab.bmc_unplug(1)
    lab.crash(1)
    lab.wait_why(2, "WHY_CLEARANCE_FENCE_FAILED", seconds=180)
    assert not lab.facts(2)["primary"]
    lab.bmc_plug(1)
    lab.wait_active(2, seconds=240)
    mail.flows(60)


def test_a_stop_that_hangs_costs_the_node_a_reset(lab, mail):
    lab.exec(1, "fsfreeze", "-f", "/opt/zimbra")
    boot = lab.boot_id(1)
    lab.start(1, "zcsmgr", "move", "zimbra", NAMES[1])
    until("it has reset itself", lambda: lab.boot_id(1) not in (boot, None), 240, 1)
    lab.wait_active(2, seconds=180)
    mail.flows(60)


@pytest.mark.parametrize("first", (1, 2))
def test_both_lose_their_power_and_only_one_copy_has_all(lab, mail, first):
    lab.repl_cut()  # the active goes on alone, so the other copy is old
    until("the other copy is outdated",
          lambda: lab.service(1)["nodes"][1]["storage"]["disk"] == "Outdated", 60, 1)
    mail.flows(60)
    lab.crash(1)
    lab.crash(2)
    lab.heal()
    lab.boot(first)
    lab.wait_up(first)
    until("its daemon is there", lambda: lab.status(first), 60, 1)
    assert not lab.facts(first)["primary"]
    lab.boot(3 - first)
    lab.wait_up(3 - first)
    lab.wait_active(1, seconds=240)
    mail.flows(60)


def test_a_file_system_that_is_full_refuses_mail_and_loses_none(lab, mail):
    lab.exec(1, "sh", "-c", "fallocate -l 10G /opt/zimbra/filler 2>/dev/null; "
             "dd if=/dev/zero of=/opt/zimbra/filler bs=1M 2>/dev/null; true", timeout=180)
    time.sleep(10)
    holder = lab.wait_holder(seconds=240)
    lab.exec(holder, "rm", "-f", "/opt/zimbra/filler")
    mail.flows(120)
