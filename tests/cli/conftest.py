# SPDX-License-Identifier: GPL-2.0-or-later
"""The zcsmgr command against a daemon of paper: a socket that answers what a test tells it to."""
import json
import os
import pathlib
import pty
import select
import socket
import subprocess
import termios
import threading
import time

import pytest

BUILD = pathlib.Path(os.environ.get("ZCSMGR_BUILD", pathlib.Path(__file__).parents[2] / "build"))
ZCSMGR = BUILD / "bin" / "zcsmgr"
DEADLINE_S = 20


class FakeServer:
    """Answers each connection with the next script: a list of objects to send as lines, raw
    bytes, numbers of seconds to wait, or "hold" (keep it open until the client goes)."""

    def __init__(self, path):
        self.path = str(path)
        self.requests = []
        self.scripts = []
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def answers(self, *script):
        self.scripts.append(script)

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines:
                try:
                    self.converse(connection, lines)
                except OSError:
                    pass

    def converse(self, connection, lines):
        line = lines.readline()
        if not line:
            return
        self.requests.append(json.loads(line))
        for step in self.scripts.pop(0):
            if step == "hold":
                lines.read()
            elif isinstance(step, (int, float)):
                time.sleep(step)
            elif isinstance(step, bytes):
                connection.sendall(step)
            else:
                connection.sendall(json.dumps(step).encode() + b"\n")

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(DEADLINE_S)


@pytest.fixture
def server(tmp_path):
    fake = FakeServer(tmp_path / "socket")
    yield fake
    fake.close()


ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def run(*arguments, stdin=subprocess.DEVNULL, environment=None, **options):
    """The command without a terminal."""
    return subprocess.run([ZCSMGR, *map(str, arguments)], stdin=stdin, capture_output=True,
                          text=True, timeout=DEADLINE_S,
                          env=ENVIRONMENT | (environment or {}), **options)


class Terminal:
    """The command on a terminal of its own."""

    def __init__(self, *arguments, environment=None, rows=60):
        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (rows, 100))
        self.process = subprocess.Popen(
            [ZCSMGR, *map(str, arguments)], stdin=slave, stdout=slave, stderr=slave,
            env=ENVIRONMENT | {"TERM": "xterm"} | (environment or {}), start_new_session=True)
        os.close(slave)
        self.seen = ""

    def read(self, timeout):
        if not select.select([self.master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:  # the other side is closed
            return False
        self.seen += data.decode()
        return bool(data)

    def expect(self, text):
        deadline = time.monotonic() + DEADLINE_S
        while text not in self.seen:
            assert time.monotonic() < deadline, f"{text!r} did not come: {self.seen!r}"
            self.read(0.1)

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        """Its exit code, after all that it wrote."""
        while self.read(DEADLINE_S):
            pass
        return self.process.wait(DEADLINE_S)

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture
def terminal():
    opened = []

    def open_terminal(*arguments, **options):
        opened.append(Terminal(*arguments, **options))
        return opened[-1]

    yield open_terminal
    for one in opened:
        one.close()
