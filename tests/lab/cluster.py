# SPDX-License-Identifier: GPL-2.0-or-later
"""A cluster of nodes on one machine.

Each node is a set of namespaces with a cgroup of its own, held by a small init; a power cut is the
death of all of it at once. Inside run the real corosync, zcsmgrd, Postfix, and the stand-in for
DRBD's kernel module. Everything lies under one directory, so that a lab that was killed can be
found and removed.
"""

import itertools
import json
import os
import shutil
import signal
import subprocess
import threading
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get("ZCSMGR_BUILD", os.path.join(SOURCE, "build"))
PACKAGES = os.path.join(SOURCE, "build-packages")  # unpacked by tests/install
BASE = os.environ.get("ZCSMGR_LAB", "/tmp/zcsmgr-lab")
NAMES = ["astapor", "braavos", "volantis"]
VIP = "172.17.18.190"
VIP_FILES = "172.17.18.195"
RESOURCES = {  # DRBD resource: minor, mount point
    "optzimbra": (0, "/opt/zimbra"),
    "files": (1, "/srv/files"),
}
SMTP_PORT = 25


class LabError(Exception):
    pass


def until(what, condition, seconds=30.0, pause=0.05):
    """Waits until condition() is true and returns its value."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= end:
            raise LabError(f"not within {seconds:.0f} s: {what}")
        time.sleep(pause)


def run(arguments, check=True, **options):
    result = subprocess.run(arguments, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                            **options)
    if check and result.returncode != 0:
        raise LabError(f"{' '.join(arguments)}: exit code {result.returncode}\n"
                       f"{result.stdout}{result.stderr}")
    return result


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)


def write_now(path, text):
    """Into a file of the kernel's, which must be there."""
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def read(path, otherwise=None):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return otherwise


def pids_in(cgroup, program=None):
    """All pids in the cgroup and below; or those of a program, without its forks."""
    found = {}
    for directory, _, _ in os.walk(cgroup):
        for pid in (read(os.path.join(directory, "cgroup.procs"), "") or "").split():
            line = read(f"/proc/{pid}/cmdline", "") or ""
            status = read(f"/proc/{pid}/status", "") or ""
            if status and program in (None, os.path.basename(line.split("\0")[0])):
                found[int(pid)] = int(status.split("\nPPid:\t")[1].split("\n")[0])
    return sorted(pid for pid, parent in found.items() if program is None or parent not in found)


def cgroup_root():
    for line in read("/proc/self/mountinfo").splitlines():
        fields = line.split(" ")
        if fields[fields.index("-") + 1] == "cgroup2":
            return fields[4]
    raise LabError("this host has no cgroup v2 hierarchy; mount one")


class Cluster:
    """The nodes and what connects them. Node numbers start at 1."""

    BRIDGES = {"lan": "eth0", "ring": "eth1", "disk": "eth2"}

    def __init__(self, base=BASE):
        self.base = base
        self.options = {}
        text = read(self.path("lab.json"))
        if text:
            self.options = json.loads(text)

    def path(self, *parts):
        return os.path.join(self.base, *parts)

    def loop(self, node, resource):
        """The loop device behind a DRBD minor: our own, far from what others take."""
        first = 200 + 40 * (zlib.crc32(self.base.encode()) % 16)
        return first + 10 * node + RESOURCES[resource][0]

    def node_path(self, node, *parts):
        return self.path(f"n{node}", *parts)

    @property
    def nodes(self):
        return range(1, self.options.get("nodes", 2) + 1)

    @property
    def services(self):
        return ["zimbra", "files"][: self.options.get("services", 1)]

    @property
    def resources(self):
        return list(RESOURCES)[: self.options.get("services", 1)]

    def number(self, name):
        return int(name) if str(name).isdigit() else NAMES.index(name) + 1

    # ---- processes ------------------------------------------------------------------------

    def init_pid(self, node):
        text = read(self.node_path(node, "init.pid"))
        if not text or not os.path.exists(f"/proc/{text.strip()}"):
            return None
        return int(text)

    def is_on(self, node):
        return self.init_pid(node) is not None

    def cgroup(self, name=""):
        """Of a node by its number, of "outside" the nodes, or of the whole lab."""
        name = f"n{name}" if isinstance(name, int) else name
        lab = "zcsmgr-lab" + self.base.replace("/", "-")
        return os.path.join(cgroup_root(), lab, name)

    def enter_cgroup(self, name):
        os.makedirs(self.cgroup(name), exist_ok=True)
        path = os.path.join(self.cgroup(name), "cgroup.procs")

        def enter():
            with open(path, "w", encoding="ascii") as file:
                file.write("0")
        return enter

    def command(self, node, arguments):
        pid = self.init_pid(node)
        if pid is None:
            raise LabError(f"{NAMES[node - 1]} has no power; `lab boot {node}`")
        return ["nsenter", "--target", str(pid), "--net", "--mount", "--pid", "--uts", "--ipc",
                "--cgroup", "--wd=/", "env", "-i", f"PATH={self.search_path()}", "HOME=/root",
                "LANG=C.UTF-8", f"TERM={os.environ.get('TERM', 'dumb')}"] + list(arguments)

    @staticmethod
    def search_path():
        return ":".join([os.path.join(BUILD, "lab"), HERE, os.path.join(BUILD, "bin"),
                         "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin",
                         "/bin"])

    def exec(self, node, *arguments, check=True, timeout=60):
        return run(self.command(node, arguments), check=check, timeout=timeout,
                   preexec_fn=self.enter_cgroup(node))

    def put(self, node, path, text):
        """Writes a file on the node, as its administrator would."""
        subprocess.run(self.command(node, ["sh", "-ec", 'cat >"$1"', "sh", path]), input=text,
                       text=True, check=True, preexec_fn=self.enter_cgroup(node))

    def start_daemon(self, node):
        """Starts zcsmgrd under its supervisor again, after it has ended for good."""
        log = self.node_path(node, "zcsmgrd.log")
        self.exec(node, "sh", "-c",
                  f"setsid supervise /run/lab/zcsmgrd.pid zcsmgrd >>{log} 2>&1 </dev/null &")

    def pids(self, node, program):
        """Host pids of a program in the node, found by its name."""
        return pids_in(self.cgroup(node), program)

    def kill(self, node, program, number=signal.SIGKILL):
        pids = self.pids(node, program)
        if not pids:
            raise LabError(f"{program} does not run on {NAMES[node - 1]}")
        for pid in pids:
            os.kill(pid, number)
        return pids

    # ---- files of a node ------------------------------------------------------------------

    def corosync_conf(self):
        options = self.options
        text = ("totem {\n\tversion: 2\n\tcluster_name: zcs\n\ttransport: knet\n"
                f"\ttoken: {options['token']}\n\tcrypto_cipher: none\n\tcrypto_hash: none\n}}\n"
                "nodelist {\n")
        for node in self.nodes:
            text += (f"\tnode {{\n\t\tnodeid: {node}\n\t\tname: {NAMES[node - 1]}\n"
                     f"\t\tring0_addr: 10.77.1.{node}\n\t\tring1_addr: 10.77.2.{node}\n\t}}\n")
        two_node = "\ttwo_node: 1\n" if options["nodes"] == 2 else ""
        return text + ("}\nquorum {\n\tprovider: corosync_votequorum\n" + two_node + "}\n"
                       "logging {\n\tto_syslog: no\n\tto_stderr: no\n\tto_logfile: yes\n"
                       "\tlogfile: /var/log/corosync.log\n\ttimestamp: hires\n}\n")

    def zcsmgr_conf(self):
        stack = """    { type = "drbd"; resource = "optzimbra"; start_timeout = 15; stop_timeout = 10; },
    { type = "filesystem"; device = "/dev/drbd0"; directory = "/opt/zimbra"; fstype = "ext4";
      start_timeout = 10; stop_timeout = 10; },
    { type = "address"; ip = "172.17.18.190/24"; interface = "eth0";
      start_timeout = 10; stop_timeout = 10; },
    { type = "zimbra"; directory = "/opt/zimbra"; user = "zimbra"; checks = [ "smtp" ];
      check_interval = 1; start_timeout = 15; stop_timeout = 15; monitor_timeout = 5;
      monitor_interval = 30; }"""
        text = ('services = (\n{ name = "zimbra";\n  nodes = [ "astapor", "braavos" ];\n'
                f"  stack = (\n{stack} );\n  restart = {{ limit = 1; window = 600; }};\n}}")
        if self.options["services"] > 1:
            text += """,
{ name = "files";
  nodes = [ "braavos", "astapor" ];
  stack = (
    { type = "drbd"; resource = "files"; start_timeout = 15; stop_timeout = 10; },
    { type = "filesystem"; device = "/dev/drbd1"; directory = "/srv/files"; fstype = "ext4";
      start_timeout = 10; stop_timeout = 10; },
    { type = "address"; ip = "172.17.18.195/24"; interface = "eth0";
      start_timeout = 10; stop_timeout = 10; } );
}"""
        text += " );\n"
        if self.options["mode"] == "fencing":
            entries = [f'  {{ node = "{NAMES[node - 1]}"; agent = "fence_lab"; timeout = 10;\n'
                       f'    options = {{ ip = "{self.path("bmc.sock")}"; plug = '
                       f'"{NAMES[node - 1]}"; }} }}' for node in self.nodes if node <= 2]
            text += "fencing = (\n" + ",\n".join(entries) + " );\n"
        if self.options["mode"] == "third-vote":
            text += 'watchdog = { device = "/dev/null"; lease = 6; };\n'
        return text

    def drbd_res(self, resource):
        minor = RESOURCES[resource][0]
        text = (f"resource {resource} {{\n\tprotocol C;\n\tdevice /dev/drbd{minor} minor {minor};\n"
                "\tmeta-disk internal;\n"
                "\tnet {\n\t\tping-int 1;\n\t\tping-timeout 5;\n\t\ttimeout 9;\n"
                "\t\tconnect-int 1;\n\t}\n\tdisk {\n"
                "\t\tfencing resource-and-stonith;\n\t}\n\thandlers {\n"
                f"\t\tfence-peer \"{BUILD}/bin/zcsmgr drbd-fence-peer\";\n\t}}\n")
        for node in (1, 2):
            text += (f"\ton {NAMES[node - 1]} {{\n"
                     f"\t\tdisk {self.node_path(node, 'disk', resource + '.img')};\n"
                     f"\t\taddress 10.77.2.{node}:{7788 + minor};\n\t}}\n")
        return text + "}\n"

    def _write_node(self, node):
        etc = self.node_path(node, "etc", "upper")
        passwd = read("/etc/passwd", "").splitlines()
        group = read("/etc/group", "").splitlines()
        passwd = [line for line in passwd
                  if line.split(":")[0] not in ("zimbra", "postfix")]
        group = [line for line in group
                 if line.split(":")[0] not in ("zimbra", "postfix", "postdrop", "zcsadm", "zcsview")]
        passwd += ["zimbra:x:6997:6997::/opt/zimbra:/bin/bash",
                   "postfix:x:6998:6998::/nonexistent:/bin/false"]
        group += ["zimbra:x:6997:", "postfix:x:6998:", "postdrop:x:6999:", "zcsadm:x:6995:",
                  "zcsview:x:6996:"]
        write(f"{etc}/passwd", "\n".join(passwd) + "\n")
        write(f"{etc}/group", "\n".join(group) + "\n")
        write(f"{etc}/hostname", NAMES[node - 1] + "\n")
        write(f"{etc}/hosts", "127.0.0.1 localhost\n172.17.18.190 zcs-ha.got.com zcs-ha\n" +
              "".join(f"172.17.18.19{n} {NAMES[n - 1]}\n" for n in self.nodes))
        write(f"{etc}/corosync/corosync.conf", self.corosync_conf())
        write(f"{etc}/zcsmgr/zcsmgr.conf", self.zcsmgr_conf())
        for resource in self.resources:
            write(f"{etc}/drbd.d/{resource}.res", self.drbd_res(resource))
        write(self.node_path(node, "var", "upper", "lib", "corosync", ".keep"), "")
        write(self.node_path(node, "var", "upper", "lib", "zcsmgr", ".keep"), "")

    def _make_disk(self, resource):
        template = self.path(resource + ".img")
        with open(template, "w", encoding="ascii") as file:
            file.truncate(96 * 1024 * 1024)
        run(["mkfs.ext4", "-q", "-F", "-b", "4096", "-E", "lazy_itable_init=0", template])
        fill = os.path.join(HERE, "mail", "mkfs_content") if resource == "optzimbra" else "true"
        run(["unshare", "--mount", "sh", "-ec",
             'mount --make-rprivate /; mkdir -p "$3"; mount -o loop "$1" "$3"; "$2" "$3" "$4"; '
             'umount "$3"',
             "sh", template, fill, self.path("mnt"), BUILD])
        for node in (1, 2):
            directory = self.node_path(node, "disk")
            os.makedirs(directory, exist_ok=True)
            run(["cp", "--sparse=always", template, f"{directory}/{resource}.img"])
            self._make_metadata(f"{directory}/{resource}")
        os.unlink(template)

    @staticmethod
    def _make_metadata(path):
        """What the stand-in keeps of a disk: both sides equal and up to date, no first sync."""
        size = os.path.getsize(path + ".img")
        generations = "".join(f"uuid {value:016X}\n" for value in (0xC0FFEE0000000010, 0, 0, 0))
        write(path + ".md", f"standin-md 1\nsize {size}\nflags 17\n{generations}")
        with open(path + ".bitmap", "w", encoding="ascii") as file:
            file.truncate(2 * ((size // 4096 + 7) // 8))

    # ---- network --------------------------------------------------------------------------

    def _switch(self, *arguments, check=True):
        return run(["nsenter", f"--net=/proc/{self.holder('switch')}/ns/net"] + list(arguments),
                   check=check)

    def client(self, *arguments, check=True, timeout=60):
        return run(self.client_command(*arguments), check=check, timeout=timeout)

    def client_command(self, *arguments):
        return ["nsenter", f"--net=/proc/{self.holder('client')}/ns/net"] + list(arguments)

    def holder(self, name):
        return int(read(self.path(name + ".pid"), "0") or 0)

    def _hold_network(self, name):
        """An empty network namespace, held by a process of its own."""
        process = subprocess.Popen(["unshare", "--net", "sleep", "infinity"],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True,
                                   preexec_fn=self.enter_cgroup("outside"))
        write(self.path(name + ".pid"), f"{process.pid}\n")
        ours = os.readlink("/proc/self/ns/net")
        until(f"the network of the {name}",
              lambda: os.readlink(f"/proc/{process.pid}/ns/net") != ours)

    def _plug_in(self, bridge, port, pid, interface, address):
        self._switch("ip", "link", "del", port, check=False)
        self._switch("ip", "link", "add", port, "type", "veth", "peer", "name", interface,
                     "netns", str(pid))
        self._switch("ip", "link", "set", port, "master", bridge, "up")
        run(["nsenter", f"--net=/proc/{pid}/ns/net", "sh", "-ec",
             f"ip addr add {address} dev {interface}; ip link set {interface} up; "
             "ip link set lo up"])

    def _build_network(self):
        self._hold_network("switch")
        for bridge in self.BRIDGES:
            self._switch("ip", "link", "add", bridge, "type", "bridge", "stp_state", "0",
                         "forward_delay", "0", "mcast_snooping", "0")
            self._switch("ip", "link", "set", bridge, "up")
        self._hold_network("client")
        self._plug_in("lan", "lan-client", self.holder("client"), "eth0", "172.17.18.10/24")

    def _isolate(self, bridges):
        for node in self.nodes:
            for bridge in self.BRIDGES:
                self._switch("ip", "link", "set", "dev", f"{bridge}{node}", "type",
                             "bridge_slave", "isolated", "on" if bridge in bridges else "off",
                             check=False)
        write(self.path("isolated"), " ".join(bridges))

    def cut(self, *bridges):
        """A silent partition: no node reaches another, all links stay up, clients reach all."""
        self._isolate(bridges or tuple(self.BRIDGES))

    def heal(self):
        self._isolate(())

    def unplug(self, node, *bridges):
        for bridge in bridges or self.BRIDGES:
            self._switch("ip", "link", "set", f"{bridge}{node}", "down")

    def plug(self, node):
        for bridge in self.BRIDGES:
            self._switch("ip", "link", "set", f"{bridge}{node}", "up")

    # ---- power ----------------------------------------------------------------------------

    def loops(self, node):
        return [self.loop(node, resource) for resource in self.resources]

    def boot(self, node):
        if self.is_on(node):
            raise LabError(f"{NAMES[node - 1]} is on already")
        self.crash(node)  # what is left of a node that was reset
        for name in ("ready", "go", "init.pid"):
            if os.path.exists(self.node_path(node, name)):
                os.unlink(self.node_path(node, name))
        log = open(self.node_path(node, "console.log"), "a", encoding="utf-8")
        arguments = ["unshare", "--net", "--mount", "--pid", "--uts", "--ipc", "--cgroup",
                     "--fork", "--kill-child=KILL", "bash", os.path.join(HERE, "node_init"),
                     self.node_path(node), NAMES[node - 1],
                     ",".join(map(str, self.loops(node))) if node <= 2 else ""]
        environment = {"PATH": self.search_path(), "HOME": "/root", "LANG": "C.UTF-8",
                       "SOURCE": SOURCE, "BUILD": BUILD, "PACKAGES": PACKAGES}
        environment.update(self.sanitizers(node))
        process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                   start_new_session=True, env=environment,
                                   preexec_fn=self.enter_cgroup(node))
        log.close()
        write(self.node_path(node, "unshare.pid"), f"{process.pid}\n")

        def ready():
            if process.poll() is not None:
                raise LabError(f"{NAMES[node - 1]} did not boot:\n"
                               f"{read(self.node_path(node, 'console.log'))}")
            return os.path.exists(self.node_path(node, "ready"))
        until(f"{NAMES[node - 1]} boots", ready)
        child = read(f"/proc/{process.pid}/task/{process.pid}/children").split()[0]
        write(self.node_path(node, "init.pid"), child + "\n")
        for index, (bridge, interface) in enumerate(self.BRIDGES.items()):
            address = f"172.17.18.19{node}/24" if bridge == "lan" else f"10.77.{index}.{node}/24"
            self._plug_in(bridge, f"{bridge}{node}", child, interface, address)
        self._isolate((read(self.path("isolated"), "") or "").split())
        write(self.node_path(node, "go"), "")

    def sanitizers(self, node):
        """Where a sanitized program of the node leaves its report."""
        log = self.node_path(node, "sanitizer")
        return {"ASAN_OPTIONS": f"log_path={log}", "UBSAN_OPTIONS": f"print_stacktrace=1:"
                f"log_path={log}"}

    def sanitizer_reports(self):
        names = [self.node_path(node, name) for node in self.nodes
                 for name in os.listdir(self.node_path(node)) if name.startswith("sanitizer")]
        return "\n".join(read(name, "") for name in names)

    def crash(self, node):
        """Cuts the power: everything of the node dies at once."""
        self._kill_cgroup(node)
        # What was mounted goes a moment later.
        until(f"the disks of {NAMES[node - 1]} are let go",
              lambda: not _loops_on(self.node_path(node)))
        # The kernel keeps a network, and answers for it, while a connection in it is not over.
        for bridge in self.BRIDGES:
            self._switch("ip", "link", "del", f"{bridge}{node}", check=False)
        for name in ("init.pid", "unshare.pid"):
            if os.path.exists(self.node_path(node, name)):
                os.unlink(self.node_path(node, name))

    def _kill_cgroup(self, name):
        path = self.cgroup(name)
        if not os.path.isdir(path):
            return
        write_now(os.path.join(path, "cgroup.kill"), "1")
        until(f"the processes in {path} end",
              lambda: "populated 1" not in read(os.path.join(path, "cgroup.events"), ""))
        for directory, _, _ in os.walk(path, topdown=False):
            os.rmdir(directory)

    def freeze(self, node):
        self._freeze(node, "1")

    def thaw(self, node):
        self._freeze(node, "0")

    def _freeze(self, node, value):
        write_now(os.path.join(self.cgroup(node), "cgroup.freeze"), value)

    # ---- the whole ------------------------------------------------------------------------

    def up(self, nodes=2, mode="manual", services=1, token=1000, boot=True):
        """mode: manual, fencing or third-vote."""
        if os.path.exists(self.base):
            raise LabError(f"a lab is up in {self.base}, or was left there; `lab down` first")
        for program in ("corosync", "postfix"):
            if not os.path.isdir(os.path.join(PACKAGES, program)):
                raise LabError(f"{program} is missing; run tests/install")
        os.makedirs(self.base)
        os.chmod(self.base, 0o755)
        self.options = {"nodes": nodes, "mode": mode, "services": services, "token": token}
        write(self.path("lab.json"), json.dumps(self.options))
        try:
            self._build(boot)
        except BaseException:
            self.down()
            raise

    def _build(self, boot):
        for resource in self.resources:
            self._make_disk(resource)
        self._build_network()
        for node in self.nodes:
            self._write_node(node)
        with open(self.path("bmc.log"), "a", encoding="utf-8") as log:
            subprocess.Popen(["/usr/bin/python3", os.path.join(HERE, "bmc.py"), self.base],
                             stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                             start_new_session=True, preexec_fn=self.enter_cgroup("outside"))
        until("the power switch", lambda: os.path.exists(self.path("bmc.sock")))
        if boot:
            for node in self.nodes:
                self.boot(node)

    def down(self):
        """Removes everything, whatever state it was left in."""
        self._kill_cgroup("outside")  # the power switch first, or it would boot what we crash
        for node in range(1, len(NAMES) + 1):
            if os.path.isdir(self.node_path(node)):
                self.crash(node)
        self._kill_cgroup("")
        if os.path.isdir(self.base):
            shutil.rmtree(self.base)

    def keep(self):
        """Says that this lab is there on purpose."""
        write(self.path("kept"), "")

    def is_kept(self):
        return os.path.exists(self.path("kept"))

    # ---- what zcsmgr says -----------------------------------------------------------------

    def zcsmgr(self, node, *arguments, check=True, timeout=120):
        return self.exec(node, "zcsmgr", *arguments, check=check, timeout=timeout)

    def status(self, node):
        """The status object, or None if the daemon does not answer or has not begun."""
        try:
            result = self.zcsmgr(node, "--json", "status", check=False, timeout=20)
            status = json.loads(result.stdout)
            return status if "settled" in status else None
        except (LabError, ValueError, subprocess.TimeoutExpired):
            return None

    def service(self, node, name="zimbra"):
        status = self.status(node) or {"services": []}
        return next((one for one in status["services"] if one["name"] == name), None)

    def wait_active(self, node, name="zimbra", seconds=60, seen_from=None):
        def active():
            service = self.service(seen_from or node, name)
            return (service and service["phase"] == "active" and
                    service["holder"] == NAMES[node - 1])
        until(f"{name} is active on {NAMES[node - 1]}", active, seconds, 0.1)

    def wait_reset(self, node, seconds=60):
        until(f"{NAMES[node - 1]} has reset itself", lambda: not self.is_on(node), seconds)
        self.crash(node)  # what the kernel has left of it

    def wait_back(self, node, seconds=40):
        """Until its daemon is settled, together with all nodes that have power."""
        def back():
            status = self.status(node)
            return status and status["settled"] and all(
                one["present"] for one in status["nodes"] if self.is_on(self.number(one["name"])))
        until(f"{NAMES[node - 1]} is back", back, seconds, 0.1)

    def why(self, node, name="zimbra"):
        service = self.service(node, name)
        return [line["code"] for line in service["why"]] if service else []

    def wait_why(self, node, code, name="zimbra", seconds=40):
        until(f"{NAMES[node - 1]} says {code}", lambda: code in self.why(node, name), seconds, 0.1)

    def history(self, node):
        result = self.zcsmgr(node, "--json", "history", "--all", check=False)
        records = json.loads(result.stdout or "[]")
        return records["records"] if isinstance(records, dict) else records

    # ---- what is so, seen from outside ----------------------------------------------------

    def facts(self, node):
        """What the node really has: promoted disks, mounts, addresses, the mail service."""
        pid = self.init_pid(node)
        facts = {"primary": [], "mounted": [], "addresses": [], "mail": False}
        if pid is None:
            return facts
        for name in self.resources:
            directory = RESOURCES[name][1]
            loop = self.loop(node, name)
            if node <= 2 and read(f"/sys/block/loop{loop}/loop/backing_file"):
                facts["primary"].append(name)
            mounts = read(f"/proc/{pid}/mountinfo", "") or ""
            if any(line.split(" ")[4] == directory and f" 7:{loop} " in line
                   for line in mounts.splitlines()):
                facts["mounted"].append(directory)
        trie = (read(f"/proc/{pid}/net/fib_trie", "") or "").split("\n")
        for address in (VIP, VIP_FILES):
            if any(f"|-- {address}" in line and "/32 host LOCAL" in trie[index + 1]
                   for index, line in enumerate(trie[:-1])):
                facts["addresses"].append(address)
        facts["mail"] = _listens(pid, SMTP_PORT)
        return facts

    def violations(self):
        """Everything that is on two nodes at once. The nodes cannot be looked at in one instant:
        what has just moved on is not a double, so the first one must still have it afterwards."""
        before = {node: self.facts(node) for node in self.nodes}
        after = {node: self.facts(node) for node in list(self.nodes)[:-1]}
        found = []
        for first, second in itertools.combinations(self.nodes, 2):
            where = f"{NAMES[first - 1]} and {NAMES[second - 1]}"
            for kind in ("primary", "mounted", "addresses"):
                for thing in before[first][kind]:
                    if thing in before[second][kind] and thing in after[first][kind]:
                        found.append(f"{thing} is {kind} on {where}")
            if before[first]["mail"] and before[second]["mail"] and after[first]["mail"]:
                found.append(f"the mail service runs on {where}")
        return found


class Auditor(threading.Thread):
    """Looks for doubles every 50 ms, from outside zcsmgr, until it is stopped."""

    def __init__(self, cluster):
        super().__init__(daemon=True)
        self.cluster = cluster
        self.found = []
        self.looks = 0
        self.ended = threading.Event()

    def run(self):
        while True:
            self.looks += 1
            for violation in self.cluster.violations():
                if violation not in self.found:
                    self.found.append(violation)
            if self.ended.wait(0.05):
                return

    def stop(self):
        self.ended.set()
        self.join()
        return self.found


def _listens(pid, port):
    """Whether anything in that process' network accepts connections to the TCP port."""
    for line in (read(f"/proc/{pid}/net/tcp", "") or "").splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(f":{port:04X}") and fields[3] == "0A":
            return True
    return False


def _loops_on(directory):
    """The loop devices on files below the directory."""
    found = []
    for name in os.listdir("/sys/block"):
        file = read(f"/sys/block/{name}/loop/backing_file", "")
        if file.startswith(directory + "/"):
            found.append(name)
    return found
