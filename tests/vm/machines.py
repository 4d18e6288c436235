# SPDX-License-Identifier: GPL-2.0-or-later
"""A cluster of two machines with kernels of their own, in QEMU: real DRBD, systemd, corosync, a real
BMC each (ipmi_sim, which cuts and restores their power) and zcsmgr from its package. The same
verbs as the lab (tests/lab/cluster.py), and some that only real kernels allow."""

import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lab"))
import cluster  # noqa: E402
import guest_agent  # noqa: E402
from cluster import NAMES, SMTP_PORT, SOURCE, VIP, LabError, read, run, until, write  # noqa: E402

IMAGES = os.environ.get("ZCSMGR_VM_IMAGES", os.path.join(SOURCE, "build-vm"))
BASE = os.environ.get("ZCSMGR_LAB", "/tmp/zcsmgr-vm")
MEMORY_MB = 1024
BMC_PASSWORD = "zcsmgr"
DRBD_MAJOR = 147


class Machines(cluster.Cluster):
    # lan: clients and the cluster's first ring; disk: replication and the second ring; power: the
    # BMCs, which no cut and no pulled cable touches.
    BRIDGES = {"lan": "eth0", "disk": "eth1"}
    ALL_BRIDGES = {**BRIDGES, "power": "eth2"}
    images = IMAGES

    def __init__(self, base=BASE):
        super().__init__(base)

    @property
    def nodes(self):
        return range(1, 3)

    # ---- files of a machine ---------------------------------------------------------------

    def corosync_conf(self):
        text = ("totem {\n\tversion: 2\n\tcluster_name: zcs\n\ttransport: knet\n"
                f"\ttoken: {self.options['token']}\n\tcrypto_cipher: none\n"
                "\tcrypto_hash: none\n}\nnodelist {\n")
        for node in self.nodes:
            text += (f"\tnode {{\n\t\tnodeid: {node}\n\t\tname: {NAMES[node - 1]}\n"
                     f"\t\tring0_addr: 172.17.18.19{node}\n\t\tring1_addr: 10.77.2.{node}\n\t}}\n")
        return text + ("}\nquorum {\n\tprovider: corosync_votequorum\n\ttwo_node: 1\n}\n"
                       "logging {\n\tto_syslog: yes\n\tto_stderr: no\n}\n")

    def zcsmgr_conf(self):
        text = """services = (
{ name = "zimbra";
  nodes = [ "astapor", "braavos" ];
  stack = (
    { type = "drbd"; resource = "optzimbra"; start_timeout = 60; stop_timeout = 60; },
    { type = "filesystem"; device = "/dev/drbd0"; directory = "/opt/zimbra"; fstype = "ext4"; },
    { type = "address"; ip = "172.17.18.190/24"; interface = "eth0"; },
    { type = "zimbra"; directory = "/opt/zimbra"; user = "zimbra";
      checks = [ "smtp", "lmtp", "imap", "ldap", "mysql" ]; start_timeout = 120;
      stop_timeout = 60; } );
  restart = { limit = 1; window = 600; };
} );
"""
        if self.options["mode"] == "fencing":
            entries = [f'  {{ node = "{NAMES[node - 1]}"; agent = "fence_ipmilan";\n'
                       f'    options = {{ ip = "10.77.3.10{node}"; username = "zcsmgr"; '
                       f'password = "{BMC_PASSWORD}"; lanplus = true; cipher = 3; }}; }}'
                       for node in self.nodes]
            text += "fencing = (\n" + ",\n".join(entries) + " );\n"
        return text

    def drbd_res(self, resource="optzimbra"):
        text = read(os.path.join(SOURCE, "conf", "optzimbra.res"))
        assert "resource optzimbra" in text
        # The example as it is, with this lab's disks and addresses.
        text = text.replace("/dev/vdb1", "/dev/mapper/optdisk").replace("/dev/vdc1[0]", "internal")
        return text.replace("192.168.10.", "10.77.2.")

    def _make_root(self):
        """The root disk that both machines write on copies of, with this cluster's files."""
        run(["cp", "--reflink=auto", "--sparse=always", os.path.join(IMAGES, "root.img"),
             self.path("root.img")])
        files = {"/etc/corosync/corosync.conf": self.corosync_conf(),
                 "/etc/zcsmgr/zcsmgr.conf": self.zcsmgr_conf(),
                 "/etc/drbd.d/optzimbra.res": self.drbd_res(),
                 "/etc/hosts": "127.0.0.1 localhost\n172.17.18.190 zcs-ha.got.com zcs-ha\n" +
                 "".join(f"172.17.18.19{node} {NAMES[node - 1]}\n" for node in self.nodes)}
        commands = ""
        for number, (path, text) in enumerate(files.items()):
            write(self.path("files", str(number)), text, 0o600 if "zcsmgr" in path else 0o644)
            commands += (f"mkdir {os.path.dirname(path)}\nrm {path}\n"
                         f"write {self.path('files', str(number))} {path}\n")
        write(self.path("files", "commands"), commands)
        done = run(["debugfs", "-w", "-f", self.path("files", "commands"), self.path("root.img")])
        for path in files:
            seen = run(["debugfs", "-R", f"stat {path}", self.path("root.img")])
            if "Type: regular" not in seen.stdout:
                raise LabError(f"{path} was not written: {done.stderr}")

    def _make_machine(self, node):
        os.makedirs(self.node_path(node), exist_ok=True)
        run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", self.path("root.img"),
             self.node_path(node, "root.qcow2")])
        run(["cp", "--reflink=auto", "--sparse=always", os.path.join(IMAGES, "opt.img"),
             self.node_path(node, "opt.img")])

    # ---- network --------------------------------------------------------------------------

    def _build_network(self):
        super()._build_network()
        self._switch("ip", "link", "add", "power", "type", "bridge", "stp_state", "0",
                     "forward_delay", "0")
        self._switch("ip", "link", "set", "power", "up")
        for node in self.nodes:
            self._switch("ip", "address", "add", f"10.77.3.10{node}/24", "dev", "power")
            for bridge in self.ALL_BRIDGES:
                self._switch("ip", "tuntap", "add", "mode", "tap", "name", f"{bridge}{node}")
                self._switch("ip", "link", "set", f"{bridge}{node}", "master", bridge, "up")

    def repl_cut(self):
        """The replication link alone; the cluster goes on on its other ring."""
        self.cut("disk")

    repl_heal = cluster.Cluster.heal

    def bmc_unplug(self, node):
        """The node's BMC can no longer be reached."""
        self._switch("ip", "address", "del", f"10.77.3.10{node}/24", "dev", "power")

    def bmc_plug(self, node):
        self._switch("ip", "address", "replace", f"10.77.3.10{node}/24", "dev", "power")

    def unplug(self, node, *bridges):
        for bridge in bridges or self.BRIDGES:
            self._monitor(node, "set_link", name=bridge, up=False)

    def plug(self, node):
        for bridge in self.BRIDGES:
            self._monitor(node, "set_link", name=bridge, up=True)

    # ---- power ----------------------------------------------------------------------------

    def init_pid(self, node):
        pid = read(self.node_path(node, "qemu.pid"))
        if not pid or not os.path.exists(f"/proc/{pid.strip()}"):
            return None
        return int(pid)

    def boot(self, node):
        if self.is_on(node):
            raise LabError(f"{NAMES[node - 1]} is on already")
        self.crash(node)
        arguments = ["nsenter", f"--net=/proc/{self.holder('switch')}/ns/net",
                     "qemu-system-x86_64", "-name", NAMES[node - 1], "-nodefaults",
                     "-no-user-config", "-display", "none", "-machine", "q35,usb=off",
                     "-accel", "tcg,thread=multi,tb-size=256", "-cpu", "max",
                     "-m", str(MEMORY_MB), "-smp", "1",
                     "-kernel", os.path.join(IMAGES, "vmlinuz"),
                     "-initrd", os.path.join(IMAGES, "initrd"),
                     "-append", f"console=ttyS0 panic=1 mitigations=off net.ifnames=0 "
                     f"systemd.hostname={NAMES[node - 1]} {self.options['kernel']}",
                     "-serial", f"file:{self.node_path(node, 'console.log')}",
                     "-device", "virtio-rng-pci", "-device", "virtio-serial-pci",
                     "-qmp", f"unix:{self.node_path(node, 'qmp')},server=on,wait=off",
                     "-pidfile", self.node_path(node, "qemu.pid")]
        for name, file, form in (("root", "root.qcow2", "qcow2"), ("opt", "opt.img", "raw")):
            arguments += ["-drive", f"file={self.node_path(node, file)},format={form},if=virtio,"
                          f"cache=unsafe,id={name}"]
        for name, port in (("agent", "org.qemu.guest_agent.0"), ("observer", "observer")):
            arguments += ["-chardev", f"socket,id={name},path={self.node_path(node, name)},"
                          "server=on,wait=off",
                          "-device", f"virtserialport,chardev={name},name={port}"]
        for number, bridge in enumerate(self.ALL_BRIDGES):
            arguments += ["-netdev", f"tap,id=t{bridge},ifname={bridge}{node},script=no,"
                          "downscript=no", "-device", f"virtio-net-pci,id={bridge},"
                          f"netdev=t{bridge},mac=52:54:00:77:0{number}:0{node}"]
        with open(self.node_path(node, "qemu.log"), "a", encoding="utf-8") as log:
            process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=log,
                                       stderr=log, start_new_session=True,
                                       preexec_fn=self.enter_cgroup(node))

        def started():
            if process.poll() is not None:
                raise LabError(f"{NAMES[node - 1]} cannot be started:\n"
                               f"{read(self.node_path(node, 'qemu.log'))}")
            return self.is_on(node) and os.path.exists(self.node_path(node, "observer"))
        until(f"{NAMES[node - 1]} is on", started)
        self._isolate((read(self.path("isolated"), "") or "").split())

    def wait_up(self, node, seconds=180):
        """Until its system answers."""
        def answers():
            try:
                return guest_agent.agent(self.node_path(node, "agent"), "guest-ping",
                                         timeout=2) is not None
            except guest_agent.GuestError:
                return False
        until(f"{NAMES[node - 1]} has booted", answers, seconds, 0.2)

    def crash(self, node):
        self._kill_cgroup(node)
        for name in ("qemu.pid", "qmp", "agent", "observer"):
            if os.path.exists(self.node_path(node, name)):
                os.unlink(self.node_path(node, name))

    def _freeze(self, node, value):
        self._monitor(node, "stop" if value == "1" else "cont")

    def _monitor(self, node, command, **arguments):
        return guest_agent.monitor(self.node_path(node, "qmp"), command, **arguments)

    # ---- in the machine -------------------------------------------------------------------

    def exec(self, node, *arguments, check=True, timeout=60):
        try:
            result = guest_agent.run(self.node_path(node, "agent"), list(arguments), timeout)
        except guest_agent.GuestError as error:
            raise LabError(f"{NAMES[node - 1]}: {error}") from error
        if check and result.returncode != 0:
            raise LabError(f"{' '.join(arguments)}: exit code {result.returncode}\n"
                           f"{result.stdout}{result.stderr}")
        return result

    def put(self, node, path, text):
        result = guest_agent.run(self.node_path(node, "agent"),
                                 ["/bin/sh", "-ec", 'cat >"$1"', "sh", path], text=text)
        if result.returncode != 0:
            raise LabError(f"{path}: {result.stderr}")

    def start(self, node, *arguments):
        """Starts a command and does not wait for it."""
        guest_agent.start(self.node_path(node, "agent"), arguments)

    def put_file(self, node, source, target):
        guest_agent.put_file(self.node_path(node, "agent"), source, target)

    def boot_id(self, node):
        """Another one after each boot; None while it cannot be told."""
        try:
            return self.observed(node)["/proc/sys/kernel/random/boot_id"].strip()
        except guest_agent.GuestError:
            return None

    def pids(self, node, program):
        """The machine's own pids."""
        result = self.exec(node, "pgrep", "-x", program[:15], check=False)
        return [int(pid) for pid in result.stdout.split()]

    def kill(self, node, program, number=9):
        pids = self.pids(node, program)
        if not pids:
            raise LabError(f"{program} does not run on {NAMES[node - 1]}")
        self.exec(node, "kill", f"-{int(number)}", *map(str, pids))
        return pids

    def disk_fail(self, node):
        """Every access to the disk below DRBD ends with an I/O error from now on."""
        self._map_disk(node, "error")

    def disk_mend(self, node):
        self._map_disk(node, "linear /dev/vdb 0")

    def _map_disk(self, node, target):
        size = self.exec(node, "blockdev", "--getsz", "/dev/vdb").stdout.strip()
        # No flush of what is still to be written: it could not be.
        self.exec(node, "sh", "-ec", f"dmsetup suspend --nolockfs --noflush optdisk; "
                  f"echo '0 {size} {target}' | dmsetup load optdisk; dmsetup resume optdisk")

    def wait_holder(self, seconds=120):
        """Until somebody has the service active; the node."""
        def holder():
            for node in self.nodes:
                service = self.service(node) if self.is_on(node) else None
                if service and service["phase"] == "active" and service["holder"]:
                    return self.number(service["holder"])
            return None
        return until("somebody holds the service", holder, seconds, 1)

    # ---- the whole ------------------------------------------------------------------------

    def up(self, mode="fencing", token=3000, boot=True, kernel=""):
        if os.path.exists(self.base):
            raise LabError(f"machines are up in {self.base}, or were left there; `vm down` first")
        subprocess.run([os.path.join(HERE, "image")], check=True, stdin=subprocess.DEVNULL)
        os.makedirs(self.base)
        self.options = {"mode": mode, "token": token, "kernel": kernel, "nodes": 2}
        write(self.path("lab.json"), json.dumps(self.options))
        try:
            self._make_root()
            self._build_network()
            for node in self.nodes:
                self._make_machine(node)
                self._start_bmc(node)
            if boot:
                for node in self.nodes:
                    self.boot(node)
        except BaseException:
            self.down()
            raise

    def _start_bmc(self, node):
        directory = self.node_path(node, "bmc")
        os.makedirs(directory)
        write(os.path.join(directory, "lan.conf"), f"""name "{NAMES[node - 1]}"
set_working_mc 0x20
  startlan 1
    addr 10.77.3.10{node} 623
    priv_limit admin
    allowed_auths_callback none md2 md5 straight
    allowed_auths_user none md2 md5 straight
    allowed_auths_operator none md2 md5 straight
    allowed_auths_admin none md2 md5 straight
    guid a123456789abcdefa123456789abcd0{node}
  endlan
  chassis_control "{os.path.join(HERE, 'chassis')} {self.base} {node}"
  user 1 false "" "" user 10 none md2 md5 straight
  user 2 true "zcsmgr" "{BMC_PASSWORD}" admin 10 none md2 md5 straight
""")
        write(os.path.join(directory, "start.emu"), "mc_setbmc 0x20\n"
              "mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02\n"
              "sel_enable 0x20 1000 0x0a\nmc_enable 0x20\n")
        with open(os.path.join(directory, "log"), "w", encoding="utf-8") as log:
            process = subprocess.Popen(
                ["nsenter", f"--net=/proc/{self.holder('switch')}/ns/net", "ipmi_sim",
                 "-c", os.path.join(directory, "lan.conf"),
                 "-f", os.path.join(directory, "start.emu"), "-s", directory, "-n"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=self.enter_cgroup("outside"))
        write(os.path.join(directory, "pid"), f"{process.pid}\n")

    def down(self):
        self._kill_cgroup("outside")
        for node in self.nodes:
            if os.path.isdir(self.node_path(node)):
                self.crash(node)
        self._kill_cgroup("")
        if os.path.isdir(self.base):
            shutil.rmtree(self.base)

    # ---- what is so, seen from outside ----------------------------------------------------

    def observed(self, node):
        return guest_agent.observe(self.node_path(node, "observer"))

    def facts(self, node):
        facts = {"primary": [], "mounted": [], "addresses": [], "mail": False}
        if not self.is_on(node):
            return facts
        try:
            files = self.observed(node)
        except guest_agent.GuestError:
            return facts  # it boots, or stands still
        if " ro:Primary/" in files.get("/proc/drbd", ""):
            facts["primary"].append("optzimbra")
        if any(line.split(" ")[2] == f"{DRBD_MAJOR}:0" and line.split(" ")[4] == "/opt/zimbra"
               for line in files["/proc/self/mountinfo"].splitlines()):
            facts["mounted"].append("/opt/zimbra")
        trie = files["/proc/net/fib_trie"].split("\n")
        if any(f"|-- {VIP}" in line and "/32 host LOCAL" in trie[index + 1]
               for index, line in enumerate(trie[:-1])):
            facts["addresses"].append(VIP)
        facts["mail"] = any(line.split()[1].endswith(f":{SMTP_PORT:04X}") and
                            line.split()[3] == "0A"
                            for line in files["/proc/net/tcp"].splitlines()[1:])
        return facts
