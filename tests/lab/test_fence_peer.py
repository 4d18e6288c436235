# SPDX-License-Identifier: GPL-2.0-or-later
"""DRBD freezes a Primary that has lost its peer and asks its handler, which asks the daemon; what
the handler cannot answer in time, the daemon resumes once it knows."""

import signal
import time

from cluster import NAMES, until

LAB = {"mode": "fencing"}
ANSWER_S = 20  # after which the handler gives up


def is_frozen(lab, node=1):
    return "suspended:fencing" in lab.exec(node, "drbdadm", "status", "optzimbra").stdout


def disk(lab, node):
    return lab.exec(node, "drbdadm", "dstate", "optzimbra").stdout.strip()


def answers(lab, node):
    return [record["number"] for record in lab.history(node)
            if record["code"] == "FENCE_PEER_ANSWERED"]


def codes(lab, node):
    return [record["code"] for record in lab.history(node)]


def handler(lab, node, *environment):
    """The handler as a person would call it: its exit code, and how long it took."""
    begin = time.monotonic()
    code = lab.exec(node, "env", *environment, "zcsmgr", "drbd-fence-peer",
                    check=False).returncode
    return code, time.monotonic() - begin


def test_the_primary_goes_on_once_its_peer_is_fenced(lab, mail):
    failures = mail.failures()
    before = lab.pids(1, "master")
    asked = len(answers(lab, 1))
    lab.crash(2)
    until("it is frozen", lambda: is_frozen(lab))
    until("braavos was fenced and switched on", lambda: lab.is_on(2))
    mail.flows()
    assert not is_frozen(lab)
    assert answers(lab, 1)[asked:] == [7]
    assert lab.pids(1, "master") == before
    assert mail.failures() - failures <= 3


def test_when_only_the_link_breaks_the_peer_outdates_its_copy_first(lab, mail):
    before = lab.pids(1, "master")
    asked = len(answers(lab, 1))
    lab.cut("disk")
    until("braavos' copy is outdated", lambda: disk(lab, 2) == "Outdated/DUnknown")
    mail.flows()
    assert not is_frozen(lab)
    assert "OUTDATING" in codes(lab, 2)
    assert answers(lab, 1)[asked:] == [4]
    assert lab.pids(1, "master") == before
    # A copy that lacks writes is not taken, not even on the operator's order.
    assert not lab.service(1)["nodes"][1]["current"]
    assert lab.zcsmgr(1, "move", "zimbra", "braavos", check=False).returncode == 1
    lab.heal()
    until("it is renewed", lambda: disk(lab, 2) == "UpToDate/UpToDate")
    lab.zcsmgr(1, "move", "zimbra", "braavos")
    mail.flows()


def test_a_promotion_after_fencing_is_answered_at_once(lab, mail):
    asked = len(answers(lab, 2))
    lab.crash(1)
    lab.wait_active(2)
    mail.flows()
    assert answers(lab, 2)[asked:] == [7]
    started = [record for record in lab.history(2) if record["code"] == "ACTIVE"][-1]
    acquired = [record for record in lab.history(2) if record["code"] == "ACQUIRED"][-1]
    assert started["time"] - acquired["time"] < ANSWER_S / 2  # nobody waited for the other


def test_a_daemon_that_hangs_does_not_answer_and_thaws_the_disk_when_it_is_back(lab, mail):
    before = lab.pids(1, "master")
    asked = len(answers(lab, 1))
    lab.kill(1, "zcsmgrd", signal.SIGSTOP)
    lab.crash(2)
    until("it is frozen", lambda: is_frozen(lab))
    until("the handler asks", lambda: lab.pids(1, "zcsmgr"))
    until("it has given up", lambda: not lab.pids(1, "zcsmgr"), ANSWER_S + 5)
    assert is_frozen(lab)
    lab.kill(1, "zcsmgrd", signal.SIGCONT)
    mail.flows(60)
    assert not is_frozen(lab)
    assert 5 not in answers(lab, 1)[asked:]
    assert lab.pids(1, "master") == before


def test_without_a_daemon_it_stays_frozen_until_somebody_knows(lab, mail):
    resumed = codes(lab, 1).count("RESUMING")
    lab.exec(1, "touch", "/run/lab/no-restart")
    lab.kill(1, "zcsmgrd")
    lab.crash(2)
    until("it is frozen", lambda: is_frozen(lab))
    assert handler(lab, 1, "DRBD_RESOURCE=optzimbra")[0] == 1
    lab.exec(1, "rm", "/run/lab/no-restart")
    lab.wait_why(1, "WHY_SUSPENDED")
    until("the new daemon is settled", lambda: lab.status(1)["settled"])
    assert is_frozen(lab)
    # The new daemon has never seen braavos, so it does not fence it: an operator has.
    lab.zcsmgr(1, "confirm-down", NAMES[1], "--yes")
    mail.flows()
    assert not is_frozen(lab)
    assert codes(lab, 1).count("RESUMING") == resumed + 1


def test_what_it_does_not_know_it_answers_with_one(lab):
    assert handler(lab, 1, "DRBD_RESOURCE=")[0] == 1
    assert handler(lab, 1)[0] == 1
    assert handler(lab, 1, "DRBD_RESOURCE=other")[0] == 1
    assert handler(lab, 1, "DRBD_RESOURCE=" + 5000 * "x")[0] == 1
    # Connected, nobody has lost anybody: there is nothing to say until the deadline.
    code, duration = handler(lab, 1, "DRBD_RESOURCE=optzimbra")
    assert code == 1
    assert duration < ANSWER_S + 2
    unfence = lab.exec(1, "zcsmgr", "drbd-unfence-peer", check=False)
    assert unfence.returncode == 0


FALSE_DAEMON = """
import os, socket, sys
path = "/run/zcsmgr/zcsmgr.sock"
if os.path.exists(path):
    os.unlink(path)
server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind(path)
server.listen()
open("/run/lab/false-daemon", "w").close()
client, _ = server.accept()
client.makefile("rb").readline()
client.sendall(sys.argv[1].encode())
"""


def told(lab, node, line):
    """What the handler makes of that answer."""
    lab.exec(node, "rm", "-f", "/run/lab/false-daemon")
    lab.exec(node, "sh", "-c", 'setsid python3 -c "$1" "$2" >/dev/null 2>&1 </dev/null &', "sh",
             FALSE_DAEMON, line)
    until("the false daemon listens",
          lambda: lab.exec(node, "test", "-e", "/run/lab/false-daemon", check=False).returncode == 0)
    return handler(lab, node, "DRBD_RESOURCE=optzimbra")[0]


def test_it_passes_on_what_is_an_answer_and_nothing_else(lab):
    lab.zcsmgr(1, "move", "zimbra", NAMES[1])
    lab.exec(1, "touch", "/run/lab/no-restart")
    lab.kill(1, "zcsmgrd")
    for code in (3, 4, 5, 6, 7):
        assert told(lab, 1, f'{{"result": "done", "answer": {code}}}\n') == code
    for line in ('{"result": "done", "answer": 0}\n', '{"result": "done", "answer": 8}\n',
                 '{"result": "done", "answer": 2}\n', '{"result": "done", "answer": "7"}\n',
                 '{"result": "done", "answer": 4294967303}\n', '{"result": "done"}\n',
                 '{"result": "refused", "answer": 7}\n', "[]\n", "7\n", "nonsense\n", "",
                 '{"result": "done", "answer": 7'):
        assert told(lab, 1, line) == 1, line
    lab.exec(1, "sh", "-c", "rm -f /run/zcsmgr/zcsmgr.sock /run/lab/no-restart")
