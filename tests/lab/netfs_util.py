# SPDX-License-Identifier: GPL-2.0-or-later
"""Hosts, networks and disks for the tests of the address and filesystem drivers.

Everything lives in namespaces that a sleeping process holds, and ends with it: nothing of the
machine's own network or mounts is touched.
"""
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time

BUILD = os.environ.get("ZCSMGR_BUILD", "build")
DRIVER_RUN = os.path.join(BUILD, "lab", "driver_run")


def command(*words, check=True, **options):
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, **options)
    if check and done.returncode != 0:
        raise AssertionError(f"{words}: {done.returncode} {done.stdout} {done.stderr}")
    return done.stdout


def until(condition, what, seconds=5.0):
    """Polls until the condition holds; its value."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError(f"not within {seconds} s: {what}")


class Namespace:
    """A set of namespaces (--net, --mount) of its own, and processes in it."""

    def __init__(self, *kinds):
        self.kinds = kinds
        more = ["--propagation", "private"] if "--mount" in kinds else []
        self.holder = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "unshare", *kinds, *more, "--",
             "sh", "-c", "echo; exec sleep infinity"], stdout=subprocess.PIPE)
        self.holder.stdout.readline()
        self.processes = []

    def words(self, *words):
        return ["nsenter", "--target", str(self.holder.pid), *self.kinds, "--", *words]

    def run(self, *words, **options):
        return command(*self.words(*words), **options)

    def start(self, *words, **options):
        process = subprocess.Popen(self.words(*words), **options)
        self.processes.append(process)
        return process

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()
        self.holder.kill()
        self.holder.wait()


class Driver:
    """driver_run for one resource, in a namespace."""

    def __init__(self, namespace, path, resource, options=""):
        self.namespace = namespace
        self.config = str(path)
        self.type = resource.split(";")[0].split('"')[1]
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"""services = ( {{ name = "mail"; nodes = [ "a", "b" ];
                stack = ( {{ {resource} {options} }} ); }} );\n""")

    def words(self, function, *options):
        return [DRIVER_RUN, "--node", "a", *options, self.config, "mail", self.type, function]

    def call(self, function, *options):
        lines = self.namespace.run(*self.words(function, *options)).splitlines()
        return [json.loads(line) for line in lines]

    def outcome(self, function, *options):
        """The outcome and the text of probe, start, stop or detect; or monitor's verdict."""
        (line,) = self.call(function, *options)
        return line.get("outcome") or line.get("verdict"), line["text"]

    def findings(self, kind):
        return [line["text"] for line in self.call("validate") if line["finding"] == kind]

    def watch(self):
        return Watch(self.namespace, self.words("watch"))


class Watch:
    """A running watch(), and what it tells, each with the time when it was told."""

    def __init__(self, namespace, words):
        self.process = namespace.start(*words, stdout=subprocess.PIPE, text=True)
        self.told = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.told.put((time.monotonic(), json.loads(line)))

    def expect(self, verdict, seconds=5.0, text=""):
        """Waits for the verdict with that text; (when, text). Others before it are passed over."""
        end = time.monotonic() + seconds
        seen = []
        while time.monotonic() < end:
            try:
                when, line = self.told.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                break
            if line["verdict"] == verdict and text in line["text"]:
                return when, line["text"]
            seen.append(line)
        raise AssertionError(f"no {verdict} '{text}' within {seconds} s, but {seen}")

    def pid(self):
        """Of the driver itself: nsenter executes it in its own place."""
        return self.process.pid

    def wakeups(self):
        with open(f"/proc/{self.pid()}/status", encoding="ascii") as file:
            for line in file:
                if line.startswith("voluntary_ctxt_switches"):
                    return int(line.split()[1])
        raise AssertionError("no such line")


class Lan:
    """A switch, and hosts with an eth0 at it."""

    def __init__(self):
        self.switch = Namespace("--net")
        self.hosts = {}
        self.switch.run("ip", "link", "add", "br0", "type", "bridge", "forward_delay", "0",
                        "mcast_snooping", "0")
        self.switch.run("ip", "link", "set", "br0", "up")

    def add(self, name, *addresses):
        host = self.hosts[name] = Namespace("--net", "--mount")
        self.switch.run("ip", "link", "add", f"to-{name}", "type", "veth", "peer", "name", "eth0",
                        "netns", str(host.holder.pid))
        self.switch.run("ip", "link", "set", f"to-{name}", "master", "br0", "up")
        host.run("mount", "-t", "sysfs", "sysfs", "/sys")
        host.run("ip", "link", "set", "lo", "up")
        for address in addresses:
            host.run("ip", "addr", "add", address, "dev", "eth0",
                     *(["nodad"] if ":" in address else []))
        # The kernel checks its own link-local address for a second or two: not what is tested.
        host.run("sysctl", "-qw", "net.ipv6.conf.eth0.accept_dad=0")
        host.run("ip", "link", "set", "eth0", "up")
        host.run("sysctl", "-qw", "net.ipv6.conf.eth0.accept_dad=1")
        until(lambda: "fe80" in self.usable(host), f"{name}'s own address")
        return host

    @staticmethod
    def usable(host):
        return host.run("ip", "-6", "-o", "addr", "show", "dev", "eth0", "-tentative")

    def unplug(self, name):
        self.switch.run("ip", "link", "set", f"to-{name}", "down")

    def plug(self, name):
        self.switch.run("ip", "link", "set", f"to-{name}", "up")

    def close(self):
        for host in self.hosts.values():
            host.close()
        self.switch.close()


def mac_of(host):
    (link,) = json.loads(host.run("ip", "-j", "link", "show", "dev", "eth0"))
    return link["address"]


def addresses_of(host, interface="eth0"):
    """{address: its description by ip}"""
    (link,) = json.loads(host.run("ip", "-j", "addr", "show", "dev", interface))
    return {entry["local"]: entry for entry in link["addr_info"]}


def neighbour(host, address):
    """The hardware address under which the host would reach the address now, or None."""
    entries = json.loads(host.run("ip", "-j", "neigh", "show", "to", address, "dev", "eth0"))
    return entries[0].get("lladdr") if entries else None


def reaches(host, address):
    """Does the address answer the host? A closed port of it says so."""
    return subprocess.run(host.words(sys.executable, __file__, "knock", address),
                          check=False).returncode == 0


class Disk:
    """A loop device with a filesystem on a sparse file."""

    def __init__(self, folder, fstype, size_mib=320):
        self.image = os.path.join(folder, f"disk.{fstype}")
        with open(self.image, "wb") as file:
            file.truncate(size_mib << 20)
        self.device = command("losetup", "--find", "--show", self.image).strip()
        command(f"mkfs.{fstype}", "-q", self.device)

    @property
    def name(self):
        return os.path.basename(self.device)

    def is_free(self):
        try:
            os.close(os.open(self.device, os.O_RDONLY | os.O_EXCL))
            return True
        except OSError:
            return False

    def close(self):
        command("losetup", "--detach", self.device)
        os.unlink(self.image)


# ---- what runs inside a namespace, as a program of its own --------------------------------------

def knock(address):
    """Ends well if somebody refuses the connection: there is somebody."""
    import socket
    try:
        socket.create_connection((address, 9), 1)
    except ConnectionRefusedError:
        return
    except OSError:
        sys.exit(1)


def seek(network):
    """Speaks to forty addresses of a network that nobody has."""
    import socket
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for number in range(20, 60):
        sender.sendto(b"?", (f"{network}.{number}", 9))


def sniff(interface):
    """Prints "TIME OPERATION SENDER-MAC SENDER-IP" for every ARP packet until killed."""
    import socket
    packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
    packets.bind((interface, 0))
    print("ready", flush=True)
    while True:
        frame = packets.recv(2048)
        print(time.monotonic(), int.from_bytes(frame[20:22], "big"), frame[22:28].hex(":"),
              socket.inet_ntoa(frame[28:32]), flush=True)


def defend_late(interface, address, mac):
    """Claims an IPv6 address, but only against the kernel's duplicate detection (asked from ::)."""
    import socket
    ours = bytes.fromhex(mac.replace(":", ""))
    target = socket.inet_pton(socket.AF_INET6, address)
    packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x86dd))
    packets.bind((interface, 0))
    packets.setsockopt(263, 1, __import__("struct").pack(
        "iHH8s", socket.if_nametoindex(interface), 1, 6, bytes(8)))  # PACKET_ADD_MEMBERSHIP, promisc
    print("ready", flush=True)
    all_nodes = socket.inet_pton(socket.AF_INET6, "ff02::1")
    while True:
        frame = packets.recv(2048)
        if frame[54] != 135 or frame[62:78] != target or frame[22:38] != bytes(16):
            continue
        body = bytes([136, 0, 0, 0, 0x20, 0, 0, 0]) + target + bytes([2, 1]) + ours
        pseudo = target + all_nodes + len(body).to_bytes(4, "big") + bytes([0, 0, 0, 58])
        total = sum(int.from_bytes((pseudo + body)[i:i + 2], "big")
                    for i in range(0, len(pseudo + body), 2))
        while total >> 16:
            total = (total & 0xffff) + (total >> 16)
        body = body[:2] + (~total & 0xffff).to_bytes(2, "big") + body[4:]
        header = bytes([0x60, 0, 0, 0]) + len(body).to_bytes(2, "big") + bytes([58, 255])
        packets.send(bytes.fromhex("333300000001") + ours + bytes.fromhex("86dd") + header +
                     target + all_nodes + body)


def hold(way, path):
    """Keeps a filesystem busy in one way, and says so."""
    import mmap
    import socket
    keep = None
    if way == "directory":
        os.chdir(path)
    elif way == "file":
        keep = open(os.path.join(path, "held"), "w", encoding="ascii")
    elif way == "memory":
        with open(os.path.join(path, "held"), "w+b") as file:
            file.truncate(4096)
            keep = mmap.mmap(file.fileno(), 4096)
    elif way == "socket":
        keep = socket.socket(socket.AF_UNIX)
        keep.bind(os.path.join(path, "socket"))
    elif way == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.chdir(path)
    print("ready", flush=True)
    signal.pause()
    del keep


if __name__ == "__main__":
    {"knock": knock, "seek": seek, "sniff": sniff, "defend_late": defend_late, "hold": hold}[sys.argv[1]](*sys.argv[2:])
