# SPDX-License-Identifier: GPL-2.0-or-later
"""Configuration files that differ, are bad, or are replaced."""

import pytest

from cluster import read, until, write

FILE = ("etc", "upper", "zcsmgr", "zcsmgr.conf")


@pytest.fixture
def file(lab):
    """The file's text; it is what it was again afterwards, everywhere."""
    text = read(lab.node_path(1, *FILE))
    yield text
    for node in lab.nodes:
        lab.put(node, "/etc/zcsmgr/zcsmgr.conf", text)
    lab.zcsmgr(1, "reload", check=False)
    restart(lab, 2)


def restart(lab, node):
    lab.kill(node, "zcsmgrd")
    lab.wait_back(node)


def test_a_node_with_another_file_takes_no_service(lab, file):
    lab.put(2, "/etc/zcsmgr/zcsmgr.conf", file.replace("window = 600", "window = 601"))
    restart(lab, 2)
    lab.wait_why(1, "WHY_CONFIG")
    refused = lab.zcsmgr(1, "move", "zimbra", "braavos", check=False)
    assert refused.returncode == 1
    text = lab.zcsmgr(2, "status", check=False).stdout
    assert "zcsmgr.conf" in text and "reload" in text


def test_reload_brings_a_new_file_into_force_everywhere(lab, mail, file):
    before = lab.pids(1, "master")
    for node in lab.nodes:
        lab.put(node, "/etc/zcsmgr/zcsmgr.conf", file.replace("window = 600", "window = 601"))
    digests = {lab.status(node)["config"]["digest"] for node in lab.nodes}
    lab.zcsmgr(2, "reload")
    now = {lab.status(node)["config"]["digest"] for node in lab.nodes}
    assert len(now) == 1 and now != digests
    mail.flows()
    assert lab.pids(1, "master") == before
    lab.zcsmgr(1, "move", "zimbra", "braavos")


def test_reload_of_different_files_changes_nothing(lab, file):
    lab.put(2, "/etc/zcsmgr/zcsmgr.conf", file.replace("window = 600", "window = 602"))
    digest = lab.status(1)["config"]["digest"]
    refused = lab.zcsmgr(1, "reload", check=False)
    assert refused.returncode == 1
    assert lab.status(1)["config"]["digest"] == digest


def test_reload_of_a_bad_file_names_line_and_cure(lab, file):
    lab.put(2, "/etc/zcsmgr/zcsmgr.conf", file.replace("nodes =", "nods ="))
    refused = lab.zcsmgr(1, "reload", check=False)
    assert refused.returncode == 1
    assert "braavos" in refused.stdout + refused.stderr
    checked = lab.zcsmgr(2, "check", check=False)
    assert checked.returncode == 2
    assert "did you mean 'nodes'" in checked.stdout + checked.stderr


def test_a_daemon_with_a_bad_file_does_not_start_and_says_why(lab, file):
    lab.put(2, "/etc/zcsmgr/zcsmgr.conf", "services = (\n")
    lab.kill(2, "zcsmgrd")
    until("it has ended for good", lambda: not lab.pids(2, "zcsmgrd"))
    result = lab.exec(2, "zcsmgrd", check=False)
    assert result.returncode == 78
    assert "zcsmgr.conf:" in result.stderr
    assert lab.service(1)["phase"] == "active"
    write(lab.node_path(2, *FILE), file)
    lab.put(2, "/etc/zcsmgr/zcsmgr.conf", file)
    lab.start_daemon(2)
    lab.wait_back(2)
