# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that flow through the virtual address, and are counted. See mail/witness."""

import json
import os
import signal
import subprocess
import tempfile

from cluster import HERE, read, until

WITNESS = os.path.join(HERE, "mail", "witness")


class Witness:
    """Sends numbered mails from the clients' network until it is stopped."""

    def __init__(self, lab, rate=20):
        self.lab = lab
        self.log = tempfile.mktemp(prefix="witness-", dir=lab.base)
        self.process = subprocess.Popen(
            lab.client_command("/usr/bin/python3", WITNESS, "send", "--log", self.log,
                               "--rate", str(rate)),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True, preexec_fn=lab.enter_cgroup("outside"))

    def tries(self):
        found = []
        for line in (read(self.log, "") or "").splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:
                pass  # it is still being written
        return found

    def acknowledged(self):
        return sum(one["acknowledged"] for one in self.tries())

    def failures(self):
        return sum(not one["acknowledged"] for one in self.tries())

    def flows(self, seconds=20):
        """Waits for a mail that is sent and acknowledged from now on."""
        seen = len(self.tries())
        until("mail flows", lambda: any(one["acknowledged"] for one in self.tries()[seen + 1:]),
              seconds)

    def longest_gap(self, begin, end):
        """The longest time without an acknowledgement that touches [begin, end], in seconds."""
        ends = [one["end"] for one in self.tries() if one["acknowledged"]]
        return max((after - before for before, after in zip(ends, ends[1:])
                    if after > begin and before < end), default=0.0)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=20)

    def count(self, node):
        """What is in the mailboxes and the queue on that node; call it after stop()."""
        result = self.lab.exec(node, "/usr/bin/python3", WITNESS, "verify", "--log", self.log,
                               check=False)
        return json.loads(result.stdout)

    def fetch(self):
        """What its owner finds in the mailbox over IMAP; call it after stop()."""
        result = self.lab.client("/usr/bin/python3", WITNESS, "fetch", "--log", self.log,
                                 check=False, timeout=180)
        return json.loads(result.stdout)
