# SPDX-License-Identifier: GPL-2.0-or-later
"""The nodes' power switch: bmc.py DIRECTORY. One line "off NAME", "on NAME" or "status NAME" a
connection, answered by "on", "off" or "error TEXT". It really cuts and restores power.

Files beside the socket make it misbehave: bmc-fail (says no), bmc-hang (says nothing)."""

import os
import socket
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cluster  # noqa: E402

LOCK = threading.Lock()


def obey(base, line):
    lab = cluster.Cluster(base)
    verb, name = line.split()
    node = lab.number(name)
    if os.path.exists(lab.path("bmc-hang")):
        time.sleep(3600)
    if os.path.exists(lab.path("bmc-fail")):
        return "error no contact with the power switch"
    with LOCK:
        if verb == "off":
            lab.crash(node)
        elif verb == "on" and not lab.is_on(node):
            lab.boot(node)
        elif verb not in ("on", "status"):
            return f"error {verb}?"
        return "on" if lab.is_on(node) else "off"


def serve(base, connection):
    with connection:
        connection.settimeout(10)
        try:
            line = connection.makefile("r", encoding="ascii").readline()
            answer = obey(base, line)
        except (OSError, ValueError, cluster.LabError) as error:
            answer = f"error {error}".replace("\n", " ")
        print(line.strip(), "->", answer, flush=True)
        try:
            connection.sendall((answer + "\n").encode())
        except OSError:
            pass


def main():
    base = sys.argv[1]
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(os.path.join(base, "bmc.sock"))
    server.listen(16)
    while True:
        connection, _ = server.accept()
        threading.Thread(target=serve, args=(base, connection), daemon=True).start()


if __name__ == "__main__":
    main()
