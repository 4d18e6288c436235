# SPDX-License-Identifier: GPL-2.0-or-later
"""What the host can ask of a machine: its guest agent, its observer, and QEMU itself (QMP).

Each is one client's at a time: a lock beside the socket keeps the lab's processes apart."""

import base64
import contextlib
import fcntl
import json
import socket
import subprocess
import time


class GuestError(Exception):
    pass


@contextlib.contextmanager
def connection(path, timeout):
    end = time.monotonic() + timeout
    with open(path + ".lock", "w", encoding="ascii") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise GuestError(f"{path}: another client keeps it") from None
                time.sleep(0.005)
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as one:
            one.settimeout(max(0.1, end - time.monotonic()))
            try:
                one.connect(path)
                yield one
            except OSError as error:
                raise GuestError(f"{path}: {error}") from error


def lines(one):
    """Lines of a socket, as they come."""
    buffer = b""
    while True:
        while b"\n" not in buffer:
            chunk = one.recv(65536)
            if not chunk:
                raise GuestError("the machine's side was closed")
            buffer += chunk
        line, buffer = buffer.split(b"\n", 1)
        yield line


def agent(socket_path, command, timeout=10, **arguments):
    """One command of the guest agent, and its answer."""
    mark = time.monotonic_ns() & 0x7FFFFFFF
    with connection(socket_path, timeout) as one:
        sync = {"execute": "guest-sync-delimited", "arguments": {"id": mark}}
        one.sendall(b"\xff" + json.dumps(sync).encode() + b"\n")
        reader = lines(one)
        while True:  # answers to those who did not wait for them come first
            try:
                if json.loads(next(reader).split(b"\xff")[-1]).get("return") == mark:
                    break
            except ValueError:
                continue
        one.sendall(json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n")
        answer = json.loads(next(reader))
    if "error" in answer:
        raise GuestError(f"{command}: {answer['error'].get('desc')}")
    return answer["return"]


def run(path, command, timeout=60, text=None):
    """Runs a command in the machine; a CompletedProcess."""
    arguments = {"path": "/usr/bin/env", "arg": list(command), "capture-output": True,
                 "env": ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"]}
    if text is not None:
        arguments["input-data"] = base64.b64encode(text.encode()).decode()
    end = time.monotonic() + timeout
    pid = agent(path, "guest-exec", **arguments)["pid"]
    while True:
        status = agent(path, "guest-exec-status", pid=pid)
        if status["exited"]:
            break
        if time.monotonic() > end:
            raise subprocess.TimeoutExpired(command, timeout)
        time.sleep(0.05)
    output = [base64.b64decode(status.get(name, "")).decode(errors="replace")
              for name in ("out-data", "err-data")]
    code = status["exitcode"] if "exitcode" in status else 128 + status.get("signal", 0)
    return subprocess.CompletedProcess(command, code, *output)


def start(path, command):
    """Starts a command in the machine and does not wait for it."""
    agent(path, "guest-exec", path="/usr/bin/env", arg=list(command),
          env=["PATH=/usr/sbin:/usr/bin:/sbin:/bin"])


def put_file(path, source, target):
    """Copies a file of the host into the machine."""
    handle = agent(path, "guest-file-open", path=target, mode="w")
    with open(source, "rb") as file:
        while chunk := file.read(32 * 1024):
            content = {"handle": handle, "buf-b64": base64.b64encode(chunk).decode()}
            agent(path, "guest-file-write", **content)
    agent(path, "guest-file-close", handle=handle)


def observe(path, timeout=5):
    """The files that the observer tells, by their paths."""
    files = {}
    with connection(path, timeout) as one:
        one.sendall(b"?\n")
        reader = one.makefile("rb")
        while True:
            head = reader.readline().decode()
            if not head:
                raise GuestError("the observer's side was closed")
            name, size = head.split()
            if name == ".":
                return files
            files[name] = reader.read(int(size)).decode(errors="replace")


def monitor(path, command, timeout=10, **arguments):
    """One command to QEMU."""
    with connection(path, timeout) as one:
        reader = lines(one)
        next(reader)
        for each in ({"execute": "qmp_capabilities"},
                     {"execute": command, "arguments": arguments}):
            one.sendall(json.dumps(each).encode() + b"\n")
            while True:
                answer = json.loads(next(reader))
                if "return" in answer or "error" in answer:
                    break
    if "error" in answer:
        raise GuestError(f"{command}: {answer['error'].get('desc')}")
    return answer["return"]
