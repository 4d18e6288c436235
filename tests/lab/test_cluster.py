# SPDX-License-Identifier: GPL-2.0-or-later
"""zcsmgr/cluster/ against real corosync on two nodes: what it tells, and when."""
import json
import os
import pathlib
import subprocess
import threading
import time

import pytest

from corosync_nodes import DEADLINE_S, QUORUM, Nodes, child_of, wait_until

BUILD = pathlib.Path(os.environ.get("ZCSMGR_BUILD", pathlib.Path(__file__).parents[2] / "build"))
PROBE = os.environ.get("CLUSTER_PROBE", str(BUILD / "bin" / "cluster_probe"))
STILL_MS = 300  # the loop's clock ticks every 10 ms; the machine may be busy


class Probe:
    def __init__(self, node, folder):
        self.node = node
        self.events = []
        self.arrived = threading.Condition()
        self.log = folder / f"probe-{node.name}-{time.monotonic_ns()}.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(node.inside(*PROBE.split()), stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, stderr=log, text=True)
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        for line in self.process.stdout:
            with self.arrived:
                self.events.append(json.loads(line))
                self.arrived.notify_all()

    def order(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def mark(self):
        """What comes from here on is asked for with since=."""
        return len(self.events)

    def of(self, event, since=0):
        return [one for one in self.events[since:] if one["event"] == event]

    def expect(self, event, since=0, timeout=DEADLINE_S, **fields):
        """The first such event, waiting for it."""
        def found():
            return next((one for one in self.of(event, since)
                         if all(one[key] == value for key, value in fields.items())), None)

        with self.arrived:
            assert self.arrived.wait_for(found, timeout), \
                f"no {event} {fields} on {self.node.name}; came: {self.events[since:][-20:]}"
            return found()

    def expect_agreement(self, since, nodes):
        """The group's ring and quorum's end as the same one, of these nodes."""
        def agreed():
            rings, quorums = self.of("ring", since), self.of("quorum", since)
            return rings and quorums and rings[-1]["ring"] == quorums[-1]["ring"] and \
                sorted(rings[-1]["nodes"]) == nodes
        with self.arrived:
            assert self.arrived.wait_for(agreed, DEADLINE_S), \
                f"no agreement on {nodes} on {self.node.name}; came: {self.events[since:][-20:]}"
        return self.of("ring", since)[-1]["ring"]

    def gap(self):
        since = self.mark()
        self.order("gap")
        return self.expect("gap", since)["gap_ms"]

    def pid(self):
        """Of the probe itself, as this machine counts: nsenter forks."""
        return child_of(self.process.pid)

    def files(self):
        return len(os.listdir(f"/proc/{self.pid()}/fd"))

    def kill(self):
        os.kill(self.pid(), 9)
        self.process.wait(DEADLINE_S)

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
            pid = self.pid()
            if pid:
                os.kill(pid, 9)
        self.process.wait(DEADLINE_S)
        self.process.stdin.close()
        self.thread.join(DEADLINE_S)
        self.process.stdout.close()


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    both = Nodes(tmp_path_factory.mktemp("nodes"))
    yield both
    both.close()


@pytest.fixture
def pair(nodes):
    """Both nodes with corosync running and in one ring, whatever the test before did."""
    nodes.heal()
    for node in nodes.all:
        node.configure()
        if node.runs():
            node.signal("CONT")
        else:
            node.start()
    for node in nodes.all:
        wait_until(lambda n=node: "Nodes:            2" in n.quorum_status(),
                   f"both nodes on {node.name}")
    return nodes.all


@pytest.fixture
def probe(tmp_path):
    started = []

    def start(node):
        started.append(Probe(node, tmp_path))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.fixture
def probes(pair, probe):
    """A probe on each node, in the same group."""
    first = probe(pair[0])
    first.expect("members", members=[1])
    second = probe(pair[1])
    for one in (first, second):
        one.expect("members", members=[1, 2])
        one.expect_agreement(0, [1, 2])
    return first, second


# ---- joining and leaving -----------------------------------------------------------------------

def test_the_first_word_is_connected_then_come_group_ring_and_quorum(pair, probe):
    one = probe(pair[0])
    one.expect("members", members=[1], joined=[1], left=[])
    ring = one.expect_agreement(0, [1, 2])
    assert one.expect("quorum", ring=ring)["quorate"] is True
    assert one.events[0]["event"] == "connected"
    info = dict(one.events[0])
    assert info.pop("pid") > 0
    del info["event"], info["ms"]
    assert info == {
        "cluster": "probe", "node": 1, "token": 1000, "consensus": 1200, "two_node": True,
        "wait_for_all": True, "qdevice": False, "votes": 2,
        "nodes": [{"id": 1, "name": "astapor", "address": "10.78.0.1"},
                  {"id": 2, "name": "braavos", "address": "10.78.0.2"}]}


def test_a_node_that_joins_is_told_to_both(probes):
    first, second = probes
    assert first.expect("members", members=[1, 2])["joined"] == [2]
    assert second.expect("members", members=[1, 2])["joined"] == [2]


def test_a_message_comes_to_both_and_names_its_sender(probes):
    first, second = probes
    first.order("send hello")
    for one in probes:
        message = one.expect("message", text="hello")
        assert (message["node"], message["size"]) == (1, 5)
        assert message["pid"] == first.of("connected")[0]["pid"]


def test_a_close_is_a_leave_and_not_a_loss(probes):
    first, second = probes
    since = first.mark()
    second.order("close")
    assert second.expect("closed")["took_ms"] < 500
    assert first.expect("members", since, members=[1])["left"] == [[2, "leave"]]
    assert second.of("disconnected") == []


def test_it_can_be_opened_again_at_once_by_the_same_process(probes):
    first, second = probes
    since, seen = second.mark(), first.mark()
    second.order("close\nopen")
    second.expect("connected", since, timeout=5)
    second.expect("members", since, members=[1, 2])
    first.expect("members", seen, left=[[2, "leave"]])
    first.expect("members", seen, joined=[2])


def test_a_killed_daemon_is_procdown(probes):
    first, second = probes
    since = first.mark()
    second.kill()
    assert first.expect("members", since, members=[1])["left"] == [[2, "procdown"]]
    assert first.of("disconnected") == []


# ---- the end of corosync -----------------------------------------------------------------------

def expect_disconnected_once(one, since):
    one.expect("disconnected", since, timeout=5)
    position = one.events.index(one.of("disconnected", since)[0])
    # Until it is connected again nothing of the old connection comes.
    following = [event["event"] for event in one.events[position + 1:]]
    assert following[:1] in ([], ["connected"], ["gap"])
    assert len(one.of("disconnected", since)) == 1


def test_corosync_killed_is_told_once_and_the_loop_goes_on(probes):
    first, second = probes
    since, seen = second.mark(), first.mark()
    second.gap()
    second.node.kill()
    expect_disconnected_once(second, since)
    time.sleep(1.2)  # two attempts to connect
    assert second.gap() < STILL_MS
    assert "poll entry" not in second.log.read_text()  # libqb's words for a stale fd
    expect_disconnected_once(second, since)
    assert first.expect("members", seen, members=[1])["left"] == [[2, "nodedown"]]
    first.expect_agreement(seen, [1])
    again, seen = second.mark(), first.mark()
    second.node.start()
    second.expect("connected", again, timeout=5)
    first.expect("members", seen, members=[1, 2])
    assert first.expect_agreement(seen, [1, 2]) == second.expect_agreement(again, [1, 2])
    assert second.gap() < STILL_MS


def test_corosync_stopped_in_order_is_procdown_then_a_ring_without_it(probes):
    first, second = probes
    since, seen = second.mark(), first.mark()
    second.node.stop()
    expect_disconnected_once(second, since)
    assert first.expect("members", seen, members=[1])["left"] == [[2, "procdown"]]
    first.expect_agreement(seen, [1])


def test_corosync_restarted_within_a_second_left_and_joined(probes):
    first, second = probes
    since, seen = second.mark(), first.mark()
    second.node.kill()
    time.sleep(0.3)
    second.node.start()
    second.expect("connected", since)
    second.expect("members", since, members=[1, 2])
    first.expect("members", seen, joined=[2])
    assert first.expect("members", seen, left=[[2, "nodedown"]])
    assert first.expect_agreement(seen, [1, 2]) == second.expect_agreement(since, [1, 2])
    assert all(one["quorate"] for one in first.of("quorum", seen))
    assert len(second.of("disconnected", since)) == 1


def test_starting_before_corosync_waits_and_says_so_once(pair, probe):
    pair[1].stop()
    one = probe(pair[1])
    time.sleep(1.7)  # three attempts
    assert one.events == []
    log = one.log.read_text().splitlines()
    assert len(log) == 1 and "corosync" in log[0]
    pair[1].start()
    one.expect("connected", timeout=5)


def test_many_restarts_leave_no_files_open(probes):
    first, second = probes
    before = second.files()
    for _ in range(3):
        since = second.mark()
        second.node.kill()
        second.expect("disconnected", since)
        second.node.start()
        second.expect("connected", since)
    wait_until(lambda: second.files() <= before, "the end of old handles", 5)


# ---- partition, freeze -------------------------------------------------------------------------

def test_a_silent_partition_and_its_end(nodes, probes):
    since = [one.mark() for one in probes]
    nodes.cut()
    rings = []
    for one, mark in zip(probes, since):
        own = one.of("connected")[0]["node"]
        assert one.expect("members", mark, members=[own])["left"] == [[3 - own, "nodedown"]]
        rings.append(one.expect_agreement(mark, [own]))
        assert one.of("quorum", mark)[-1]["quorate"] is True  # two_node: both sides
    assert rings[0] != rings[1]
    since = [one.mark() for one in probes]
    nodes.heal()
    rings = []
    for one, mark in zip(probes, since):
        own = one.of("connected")[0]["node"]
        assert one.expect("members", mark, members=[1, 2])["joined"] == [3 - own]
        rings.append(one.expect_agreement(mark, [1, 2]))
    assert rings[0] == rings[1]
    assert [one.of("disconnected") for one in probes] == [[], []]


def test_a_frozen_corosync_does_not_stop_the_loop(probes):
    """libqb's send would spin for ever once the socket to corosync is full of notices, which it is
    after some 280 messages; what is queued comes on top of them."""
    first, second = probes
    second.node.signal("STOP")
    second.gap()
    for number in range(2000):
        second.order(f"send {number}")
    wait_until(lambda: len(second.of("sent")) == 2000, "the answers to the orders", 10)
    time.sleep(1)
    assert second.gap() < STILL_MS
    taken = [str(number) for number, one in enumerate(second.of("sent")) if one["taken"]]
    assert {one["error"] for one in second.of("sent")} == {"", "ENOBUFS"}
    # It thaws: all that was taken comes, in order.
    second.node.signal("CONT")
    wait_until(lambda: len(second.of("message")) == len(taken), "the messages taken")
    assert [one["text"] for one in second.of("message")] == taken


def test_a_frozen_corosync_does_not_hold_up_the_close(probes):
    first, second = probes
    second.node.signal("STOP")
    second.order("close")
    assert second.expect("closed", timeout=5)["took_ms"] < 1500
    second.order("quit")
    assert second.process.wait(5) == 0
    second.node.signal("CONT")


def test_a_frozen_corosync_does_not_hold_up_connecting(pair, probe):
    pair[1].signal("STOP")
    one = probe(pair[1])
    time.sleep(1)
    assert one.gap() < STILL_MS
    one.order("close")
    assert one.expect("closed", timeout=5)["took_ms"] < 1500
    pair[1].signal("CONT")


def test_a_node_frozen_longer_than_the_token_hears_that_the_other_left_and_joined(probes):
    first, second = probes
    since = second.mark()
    second.node.signal("STOP")
    first.expect("members", members=[1], left=[[2, "nodedown"]])
    second.node.signal("CONT")
    second.expect("members", since, left=[[1, "nodedown"]])
    second.expect("members", since, joined=[1])
    second.expect_agreement(since, [1, 2])


# ---- messages ----------------------------------------------------------------------------------

def test_a_burst_is_taken_in_order_or_refused(probes):
    first, second = probes
    first.order("burst 20000")
    sent = first.expect("sent")
    assert sent["taken"] + sent["refused"] == 20000
    assert sent["taken"] >= 256
    assert sent["error"] == ("ENOBUFS" if sent["refused"] else "")
    for one in probes:
        wait_until(lambda o=one: len(o.of("message")) >= sent["taken"], "the messages taken")
        numbers = [int(message["text"]) for message in one.of("message")]
        assert len(numbers) == sent["taken"]
        assert numbers == sorted(set(numbers))


def test_twenty_thousand_messages_arrive_in_order(probes):
    first, second = probes
    first.gap()
    first.order("stream 20000")
    first.expect("sent", taken=20000, timeout=120)
    for one in probes:
        wait_until(lambda o=one: len(o.of("message")) >= 20000, "the messages", 120)
        assert [int(message["text"]) for message in one.of("message")] == list(range(20000))
    assert first.gap() < STILL_MS


def test_the_sizes_of_messages(probes):
    first, second = probes
    for size, error in [(1, ""), (64 * 1024, ""), (64 * 1024 + 1, "EMSGSIZE")]:
        since = first.mark()
        first.order(f"size {size}")
        assert first.expect("sent", since)["error"] == error
        if not error:
            second.expect("message", size=size)


def test_without_corosync_nothing_is_taken(pair, probe):
    pair[1].stop()
    one = probe(pair[1])
    one.order("send hello")
    assert one.expect("sent")["error"] == "ENOTCONN"


# ---- configuration -----------------------------------------------------------------------------

def test_a_reload_is_told_if_it_changes_something(probes):
    first, second = probes
    for node in (first.node, second.node):
        node.configure(token=1500)
    first.node.reload()
    for one in probes:
        assert one.expect("reloaded")["token"] == 1500
    first.node.reload()  # of the same
    time.sleep(1)
    assert [len(one.of("reloaded")) for one in probes] == [1, 1]
    assert [one.of("disconnected") for one in probes] == [[], []]


def test_the_last_of_several_reloads_counts(probes):
    first, second = probes
    for token in (1200, 1300, 1400, 1600):
        for node in (first.node, second.node):
            node.configure(token=token)
        first.node.reload()
    for one in probes:
        one.expect("reloaded", token=1600)


def test_without_a_quorum_provider_it_is_refused_with_the_cure(pair, probe):
    node = pair[1]
    node.stop()
    node.configure(quorum="")
    node.run("corosync")
    one = probe(node)
    wait_until(lambda: "corosync_votequorum" in one.log.read_text(), "the cure", 10)
    told = one.log.read_text()
    time.sleep(1.2)
    assert one.log.read_text() == told  # once
    assert one.events == []
    node.stop()
    node.configure(quorum=QUORUM)
    node.start()
    one.expect("connected", timeout=5)
