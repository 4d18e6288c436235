# SPDX-License-Identifier: GPL-2.0-or-later
"""Two nodes for the tests of the DRBD stand-in: namespaces on this machine, one bridge between."""

import os
import pathlib
import shutil
import signal
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BUILD = pathlib.Path(os.environ.get("ZCSMGR_BUILD", ROOT / "build"))
LAB = BUILD / "lab"
NAMES = ("astapor", "braavos")
MIB = 1 << 20

INIT = r"""
set -e
mount --make-rprivate /
mount -t proc proc /proc
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs {dir}/dev
cd {dir}/dev
mknod null c 1 3; mknod zero c 1 5; mknod random c 1 8; mknod urandom c 1 9
mknod fuse c 10 229; mknod loop-control c 10 237
for pair in {loops}; do mknod loop${{pair#*:}} b 7 ${{pair#*:}}; mknod drbd${{pair%:*}} b 7 ${{pair#*:}}; done
chmod 666 null zero random urandom
ln -s /proc/self/fd fd
cd /
mount --move {dir}/dev /dev
mkdir -p /etc/drbd.d
mount --bind {dir}/drbd.d /etc/drbd.d
hostname {name}
ip link set lo up
touch {dir}/ready
trap : CHLD
while :; do sleep 1000 & wait $!; wait || :; done
"""


def wait_for(what, condition, timeout=10.0, poll=0.02):
    """Polls until the condition is true; says what was awaited when it never is."""
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"{what}: not within {timeout} s")
        time.sleep(poll)


class Result:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    def __repr__(self):
        return f"exit {self.code}\n{self.out}{self.err}"


class Node:
    def __init__(self, pair, index):
        self.pair, self.index, self.name = pair, index, NAMES[index]
        self.dir = pair.dir / self.name
        self.ip = f"10.99.0.{index + 1}"
        self.port = f"dr{index}"
        self.loops = [pair.loop_base + 2 * minor + index for minor in range(pair.minors)]
        self.init = self.unshare = self.kernel = None
        for part in ("dev", "drbd.d", "state", "log"):
            (self.dir / part).mkdir(parents=True, exist_ok=True)

    # --- life ---

    def boot(self):
        (self.dir / "ready").unlink(missing_ok=True)
        loops = " ".join(f"{minor}:{loop}" for minor, loop in enumerate(self.loops))
        script = self.dir / "init.sh"
        script.write_text(INIT.format(dir=self.dir, name=self.name, loops=loops))
        self.unshare = subprocess.Popen(
            ["unshare", "--net", "--mount", "--pid", "--uts", "--ipc", "--fork",
             "--kill-child=KILL", "bash", str(script)],
            stdin=subprocess.DEVNULL, stdout=open(self.dir / "log" / "init", "ab"),
            stderr=subprocess.STDOUT, start_new_session=True)
        wait_for(f"{self.name} boots", (self.dir / "ready").exists)
        children = f"/proc/{self.unshare.pid}/task/{self.unshare.pid}/children"
        self.init = int(pathlib.Path(children).read_text().split()[0])
        self.pair.switch("ip", "link", "del", self.port, check=False)
        self.pair.switch("ip", "link", "add", self.port, "type", "veth", "peer", "name", "eth0",
                         "netns", str(self.init))
        self.pair.switch("ip", "link", "set", self.port, "master", "br0", "up")
        self.run("ip", "addr", "add", f"{self.ip}/24", "dev", "eth0", check=True)
        self.run("ip", "link", "set", "eth0", "up", check=True)
        self.start_kernel()

    def start_kernel(self):
        log = open(self.dir / "log" / "kernel", "ab")
        socket = pathlib.Path(f"/proc/{self.init}/root/run/drbd-standin.sock")
        socket.unlink(missing_ok=True)
        self.kernel = subprocess.Popen(
            self.enter(str(LAB / "drbd_kernel"), "--resource-dir", "/etc/drbd.d", "--node",
                       self.name, "--state-dir", str(self.dir / "state"), "--run-dir", "/run",
                       "--loop", ",".join(map(str, self.loops))),
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for(f"drbd_kernel of {self.name}", socket.exists)

    def signal_kernel(self, number):
        """To drbd_kernel itself: nsenter, which we started, only waits for it."""
        children = f"/proc/{self.kernel.pid}/task/{self.kernel.pid}/children"
        os.kill(int(pathlib.Path(children).read_text().split()[0]), number)

    def crash(self):
        """A power cut: silent to the others, because the link goes first."""
        self.pair.switch("ip", "link", "set", self.port, "down")
        self.kill()

    def kill(self):
        os.kill(self.init, signal.SIGKILL)
        self.unshare.wait(timeout=10)
        self.kernel.wait(timeout=10)
        self.init = None

    def enter(self, *command):
        return ["nsenter", "--target", str(self.init), "--net", "--mount", "--pid", "--uts",
                "--ipc", "--", "env", f"PATH={LAB}:/usr/sbin:/usr/bin:/sbin:/bin", *command]

    def run(self, *command, check=False, timeout=60, **more):
        done = Result(subprocess.run(self.enter(*command), capture_output=True, text=True, errors="replace",
                                     timeout=timeout, **more))
        assert not check or done.code == 0, f"{self.name}: {command}: {done}"
        return done

    def start(self, *command, **more):
        return subprocess.Popen(self.enter(*command), text=True, **more)

    # --- DRBD ---

    def adm(self, verb, *options, resource="r0", check=True):
        return self.run("drbdadm", verb, *options, resource, check=check)

    def state(self, resource="r0"):
        return tuple(self.adm(verb, resource=resource).out.strip()
                     for verb in ("cstate", "role", "dstate"))

    def generations(self, resource="r0"):
        return self.adm("get-gi", resource=resource).out.strip().split(":")

    def wait_state(self, cstate, role=None, dstate=None, timeout=15, resource="r0"):
        def reached():
            now = self.state(resource)
            return now[0] == cstate and (not role or now[1] == role) and \
                (not dstate or now[2] == dstate)
        try:
            wait_for("", reached, timeout)
        except AssertionError:
            raise AssertionError(f"{self.name}: {self.state(resource)}, not "
                                 f"{(cstate, role, dstate)}") from None

    def image(self, resource="r0"):
        return self.dir / f"{resource}.img"

    def block(self, number, resource="r0"):
        with open(self.image(resource), "rb") as file:
            file.seek(number * 4096)
            return file.read(4096)

    def write(self, number, text, check=True, timeout=60):
        """Writes one block through the device, past all caches."""
        data = text.encode().ljust(4096, b".")
        return self.run("dd", "of=/dev/drbd0", "bs=4096", f"seek={number}", "conv=notrunc",
                        "oflag=direct,sync", "status=none", check=check, timeout=timeout,
                        input=data.decode())

    def log(self):
        return (self.dir / "log" / "kernel").read_text()


class Pair:
    """Both nodes and the switch. Everything is gone after close(), and close() proves it."""

    NET = "ping-int 1; ping-timeout 5; timeout 8; connect-int 1;"

    def __init__(self, directory, size=32 * MIB, minors=1, net=NET, disk=""):
        self.dir, self.minors = pathlib.Path(directory), minors
        self.loop_base = 10000 + (os.getpid() % 5000) * 8
        self.holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
        own = os.readlink("/proc/self/ns/net")
        wait_for("the switch", lambda: os.readlink(f"/proc/{self.holder.pid}/ns/net") != own)
        self.switch("ip", "link", "add", "br0", "type", "bridge", "stp_state", "0",
                    "forward_delay", "0")
        self.switch("ip", "link", "set", "br0", "up")
        self.nodes = [Node(self, 0), Node(self, 1)]
        self.a, self.b = self.nodes
        self.configure(net=net, disk=disk)
        for node in self.nodes:
            for minor in range(minors):
                with open(node.image(f"r{minor}"), "wb") as image:
                    image.truncate(size)
            node.boot()

    def configure(self, net=NET, disk="", extra=""):
        for node in self.nodes:
            for minor in range(self.minors):
                text = f"resource r{minor} {{\n\tprotocol C;\n\tnet {{ {net} }}\n" \
                       f"\tdisk {{ fencing dont-care; {disk} }}\n\tdevice /dev/drbd{minor} minor " \
                       f"{minor};\n\tmeta-disk internal;\n{extra}"
                for other in self.nodes:
                    text += f"\ton {other.name} {{ disk {other.image(f'r{minor}')}; " \
                            f"address {other.ip}:{7788 + minor}; }}\n"
                (node.dir / "drbd.d" / f"r{minor}.res").write_text(text + "}\n")

    def switch(self, *command, check=True):
        return subprocess.run(["nsenter", "--net", "--target", str(self.holder.pid), "--",
                               *command], check=check, stderr=subprocess.DEVNULL)

    def create(self, resource="r0"):
        """Both disks new and declared equal, both connected."""
        for node in self.nodes:
            node.adm("create-md", resource=resource)
            node.adm("up", resource=resource)
        self.a.wait_state("Connected", resource=resource)
        self.b.wait_state("Connected", resource=resource)
        self.a.adm("new-current-uuid", "--clear-bitmap", resource=resource)
        for node in self.nodes:
            node.wait_state("Connected", "Secondary/Secondary", "UpToDate/UpToDate",
                            resource=resource)

    def cut(self):
        for node in self.nodes:
            self.switch("ip", "link", "set", "dev", node.port, "type", "bridge_slave",
                        "isolated", "on")

    def heal(self):
        for node in self.nodes:
            self.switch("ip", "link", "set", "dev", node.port, "type", "bridge_slave",
                        "isolated", "off")

    def leftovers(self):
        loops = {str(loop) for node in self.nodes for loop in node.loops}
        return [loop for loop in loops
                if os.path.exists(f"/sys/block/loop{loop}/loop/backing_file")]

    def close(self):
        for node in self.nodes:
            if node.init:
                node.kill()
        self.holder.kill()
        self.holder.wait()
        wait_for(f"no leftovers: {self.leftovers()}", lambda: not self.leftovers())
        control = os.open("/dev/loop-control", os.O_RDWR)
        try:
            import fcntl
            for node in self.nodes:
                for loop in node.loops:
                    try:
                        fcntl.ioctl(control, 0x4C81, loop)
                    except OSError:
                        pass
        finally:
            os.close(control)
        shutil.rmtree(self.dir, ignore_errors=True)
