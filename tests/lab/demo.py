# SPDX-License-Identifier: GPL-2.0-or-later
"""The demonstration that tests/demo shows, once everything is built."""

import fcntl
import os
import signal
import subprocess
import sys
import time

import cluster
from cluster import NAMES, VIP, until
from witness import Witness

BASE = "/tmp/zcsmgr-demo"
LAB = os.path.relpath(os.path.join(cluster.HERE, "lab"))


class Screen:
    """Headings, what happens, and how long each part took."""

    def __init__(self):
        self.terminal = sys.stdout.isatty()
        self.begin = time.monotonic()
        self.parts = []

    def bold(self, text):
        return f"\033[1m{text}\033[0m" if self.terminal else text

    def heading(self, text):
        self.end_part()
        self.parts.append([text, time.monotonic(), 0.0])
        print(f"\n{self.bold(f'{len(self.parts)}. {text}')}\n", flush=True)

    def end_part(self):
        if self.parts:
            self.parts[-1][2] = time.monotonic() - self.parts[-1][1]

    def say(self, text):
        print(f"[{time.monotonic() - self.begin:5.1f} s] {text}", flush=True)

    def show(self, lab, node, *words):
        """A command as the operator types it on that node, and what it prints."""
        print(f"\n{NAMES[node - 1]}# {self.bold('zcsmgr ' + ' '.join(words))}")
        text = lab.zcsmgr(node, *words, check=False).stdout.rstrip("\n")
        print("\n".join("    " + line if line else "" for line in text.split("\n")), "\n",
              sep="", flush=True)


def all_well(lab):
    """Every node is a member, the disks are equal, the service is active."""
    status = lab.status(1)
    if not status or not all(node["present"] for node in status["nodes"]):
        return False
    service = status["services"][0]
    return service["phase"] == "active" and all(
        side.get("storage") and side["storage"]["link"] == "Connected" and
        side["storage"]["disk"] == "UpToDate" and not side["storage"]["syncing"]
        for side in service["nodes"])


def number(name):
    return NAMES.index(name) + 1


def start(screen, lab):
    screen.heading("A cluster of two nodes, and mail that flows")
    lab.up(mode="fencing")
    screen.say("astapor and braavos are powered on; corosync and zcsmgrd start")
    until("the service is active", lambda: all_well(lab), 60)
    screen.say("the service is active")
    screen.show(lab, 1, "status")
    witness = Witness(lab)
    witness.flows()
    screen.say(f"a client sends 20 mails a second to {VIP}")
    time.sleep(2)
    screen.say(f"{witness.acknowledged()} mails are acknowledged")
    return witness


def lose_power(screen, lab, witness):
    holder = number(lab.service(1)["holder"])
    other = 3 - holder
    screen.heading(f"{NAMES[holder - 1]} loses its power")
    begin = time.monotonic()
    lab.crash(holder)
    screen.say(f"the power of {NAMES[holder - 1]} is cut: corosync, the kernel's DRBD, the mail "
               "service, all gone")
    lab.wait_active(other)
    witness.flows()
    away = witness.longest_gap(begin, time.monotonic())
    screen.say(f"mail flows again, from {NAMES[other - 1]}; it was away for {away:.1f} s")
    screen.show(lab, other, "history")
    return holder, other, away


def come_back(screen, lab, lost, holder):
    screen.heading(f"{NAMES[lost - 1]} comes back")
    until("the fence agent switches it on", lambda: lab.is_on(lost))
    screen.say(f"the fence agent has switched {NAMES[lost - 1]} on again")
    until("it is back and in sync", lambda: all_well(lab), 60)
    screen.say("it is a member again, and its disk has caught up with the writes that it missed; "
               "the service stays where it is")
    screen.show(lab, holder, "status")


def move_back(screen, lab, witness, target):
    screen.heading(f"The service moves back to {NAMES[target - 1]}")
    begin = time.monotonic()
    screen.show(lab, target, "move", "zimbra", NAMES[target - 1])
    lab.wait_active(target)
    witness.flows()
    away = witness.longest_gap(begin, time.monotonic())
    screen.say(f"mail flows again, from {NAMES[target - 1]}; it was away for {away:.1f} s")
    return away


def add_up(screen, lab, witness, holder, auditor, takeover, move):
    screen.heading("What was lost")
    witness.stop()
    counted = witness.count(holder)
    doubles = auditor.stop() + lab.violations()
    lost = f"{len(counted['lost'])} of them" if counted["lost"] else "nothing"
    screen.end_part()
    print(f"    mails sent                   {counted['sent']}\n"
          f"    acknowledged by the service  {counted['acknowledged']}\n"
          f"    lost of these                {screen.bold(lost)}\n"
          f"    service away, power cut      {takeover:.1f} s\n"
          f"    service away, planned move   {move:.1f} s\n"
          f"    on two nodes at any instant  {'; '.join(doubles) or 'nothing'} "
          f"(looked {auditor.looks} times from outside)\n")
    for text, _, seconds in screen.parts:
        print(f"    {seconds:5.1f} s  {text}")
    print(f"    {time.monotonic() - screen.begin:5.1f} s  in all", flush=True)
    return not counted["lost"] and not doubles


def demonstrate(screen, lab):
    auditor = cluster.Auditor(lab)
    witness = start(screen, lab)
    auditor.start()
    lost, holder, takeover = lose_power(screen, lab, witness)
    come_back(screen, lab, lost, holder)
    move = move_back(screen, lab, witness, lost)
    return add_up(screen, lab, witness, lost, auditor, takeover, move)


def keep(lab):
    prefix = f"ZCSMGR_LAB={lab.base} {LAB}"
    print(f"""
The cluster stays up. To look around in it:

    {prefix} exec astapor                a shell on astapor; `zcsmgr status` and more
    {prefix} exec braavos zcsmgr monitor
    {prefix} crash astapor               cuts its power; `boot astapor` restores it
    {prefix} cut                         a silent partition; `heal` ends it
    {prefix} audit                       what each node has, seen from outside
    {prefix} down                        removes everything
""")


def interrupted(number_, _frame):
    sys.exit(128 + number_)


def main():
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, interrupted)
    lock = open(BASE + ".lock", "w", encoding="ascii")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit("tests/demo: another one runs on this machine; wait for its end")
    lab = cluster.Cluster(BASE)
    if lab.is_kept():
        sys.exit(f"tests/demo: the cluster of an earlier --keep is still up; remove it first:\n"
                 f"    ZCSMGR_LAB={BASE} {LAB} down")
    lab.down()  # what an earlier one left when it was killed
    kept = False
    try:
        good = demonstrate(Screen(), lab)
        if "--keep" in sys.argv[1:]:
            lab.keep()
            keep(lab)
            kept = True
        return 0 if good else 1
    except (cluster.LabError, subprocess.TimeoutExpired) as error:
        print(f"\ntests/demo: {error}", file=sys.stderr)
        for node in lab.nodes:
            if lab.is_on(node):
                print(lab.zcsmgr(node, "history", check=False).stdout, file=sys.stderr)
        return 1
    finally:
        if not kept:
            lab.down()
            os.unlink(BASE + ".lock")


if __name__ == "__main__":
    sys.exit(main())
