# SPDX-License-Identifier: GPL-2.0-or-later
"""Real corosync nodes as namespaces of this machine, and nothing else on them.

A node is a set of namespaces held by one process, with its own /run, /dev/shm, /etc/corosync and
/var/lib/corosync; a namespace more holds the bridge between them. Nothing is left behind, however
the test ends: the processes that hold the namespaces die with this one, everything in them dies
with those, and links and mounts are gone with the last of them.
"""
import os
import pathlib
import signal
import subprocess
import time

DEADLINE_S = 30
HERE = pathlib.Path(__file__).resolve().parent
PACKAGES = HERE.parent.parent / "build-packages"  # unpacked by tests/install

INIT = """
mount --make-rprivate /
mount -t proc proc /proc
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lock
for name in etc lib log; do mkdir -p "$1/$name"; done
# Corosync lies beside the host's programs, without being installed there.
for tree in etc var; do
    mkdir -p "$1/over/$tree" "$1/work/$tree"
    mount -t overlay overlay -o "lowerdir=/$tree,upperdir=$1/over/$tree,workdir=$1/work/$tree" \
        "/$tree"
done
mount -t overlay overlay -o "lowerdir=$3/corosync/usr:/usr" /usr
mkdir -p /etc/corosync /var/lib/corosync /var/log/corosync
mount --bind "$1/etc" /etc/corosync
mount --bind "$1/lib" /var/lib/corosync
mount --bind "$1/log" /var/log/corosync
hostname "$2"
ip link set lo up
touch "$1/ready"
while :; do sleep 3600 & wait $!; done
"""

CONF = """
totem {{
    version: 2
    cluster_name: probe
    transport: knet
    crypto_cipher: none
    crypto_hash: none
    token: {token}
}}
nodelist {{
    node {{
        nodeid: 1
        name: astapor
        ring0_addr: 10.78.0.1
    }}
    node {{
        nodeid: 2
        name: braavos
        ring0_addr: 10.78.0.2
    }}
}}
quorum {{
    {quorum}
}}
logging {{
    to_stderr: no
    to_syslog: no
    to_logfile: yes
    logfile: /var/log/corosync/corosync.log
    timestamp: hires
}}
"""

QUORUM = "provider: corosync_votequorum\n    two_node: 1"


def wait_until(condition, what, timeout=DEADLINE_S):
    deadline = time.monotonic() + timeout
    while not (result := condition()):
        assert time.monotonic() < deadline, f"{what} did not come within {timeout} s"
        time.sleep(0.02)
    return result


def hold(*command):
    """Starts a process that holds namespaces, and dies with this one, whatever ends it."""
    return subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *map(str, command)],
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, start_new_session=True)


def child_of(pid):
    """The first child of a process, 0 while it has none."""
    try:
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    return int(children[0]) if children else 0


class Node:
    def __init__(self, nodes, number, name, folder):
        self.nodes, self.number, self.name, self.folder = nodes, number, name, folder
        folder.mkdir()
        self.holder = hold("unshare", "--net", "--mount", "--pid", "--uts", "--ipc", "--fork",
                           "--kill-child=KILL", "sh", "-c", INIT, "init", folder, name, PACKAGES)
        wait_until((folder / "ready").exists, f"{name}'s namespaces")
        self.init = child_of(self.holder.pid)
        self.configure()
        port = f"port{number}"
        nodes.switch("ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns",
                     self.init)
        nodes.switch("ip", "link", "set", port, "master", "bridge", "up")
        self.run("ip", "address", "add", f"10.78.0.{number}/24", "dev", "eth0")
        self.run("ip", "link", "set", "eth0", "up")

    def configure(self, token=1000, quorum=QUORUM):
        (self.folder / "etc" / "corosync.conf").write_text(CONF.format(token=token, quorum=quorum))

    def inside(self, *command):
        return ["nsenter", f"--target={self.init}", "--net", "--mount", "--pid", "--uts", "--ipc",
                "--", *map(str, command)]

    def run(self, *command):
        return subprocess.run(self.inside(*command), stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, timeout=DEADLINE_S, check=True).stdout

    # ---- corosync ------------------------------------------------------------------------------

    def start(self):
        """Starts corosync and waits until its clients can connect."""
        self.run("corosync")
        wait_until(lambda: "Quorate" in self.quorum_status(), f"corosync on {self.name}")

    def quorum_status(self):
        return subprocess.run(self.inside("corosync-quorumtool", "-s"), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=DEADLINE_S,
                              check=False).stdout

    def signal(self, name):
        self.run("sh", "-c", f"kill -{name} $(cat /run/corosync.pid)")

    def runs(self):
        return "up" in self.run("sh", "-c", "kill -0 $(cat /run/corosync.pid 2>/dev/null) "
                                            "2>/dev/null && echo up; true")

    def kill(self):
        self.signal("KILL")
        wait_until(lambda: not self.runs(), f"the end of corosync on {self.name}")

    def stop(self):
        """As systemctl stop does, but for the veto."""
        self.signal("TERM")
        wait_until(lambda: not self.runs(), f"the end of corosync on {self.name}")

    def reload(self):
        self.run("corosync-cfgtool", "-R")


class Nodes:
    """Two nodes, with corosync not running."""

    def __init__(self, folder):
        self.folder = folder
        self.switch_holder = hold("unshare", "--net", "sleep", "infinity")
        own = os.readlink("/proc/self/ns/net")
        wait_until(lambda: os.readlink(f"/proc/{self.switch_holder.pid}/ns/net") != own,
                   "the switch")
        self.switch("ip", "link", "add", "bridge", "type", "bridge", "stp_state", "0",
                    "forward_delay", "0")
        self.switch("ip", "link", "set", "bridge", "up")
        self.all = [Node(self, i + 1, name, folder / name)
                    for i, name in enumerate(["astapor", "braavos"])]

    def switch(self, *command):
        subprocess.run(["nsenter", f"--target={self.switch_holder.pid}", "--net", "--",
                        *map(str, command)], stdin=subprocess.DEVNULL, capture_output=True,
                       timeout=DEADLINE_S, check=True)

    def cut(self, on=True):
        """A silent partition: the carrier stays, nothing passes."""
        for node in self.all:
            self.switch("ip", "link", "set", "dev", f"port{node.number}", "type", "bridge_slave",
                        "isolated", "on" if on else "off")

    def heal(self):
        self.cut(False)

    def close(self):
        for node in self.all:
            node.holder.send_signal(signal.SIGKILL)
            node.holder.wait(DEADLINE_S)
        self.switch_holder.kill()
        self.switch_holder.wait(DEADLINE_S)
