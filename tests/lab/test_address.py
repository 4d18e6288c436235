# SPDX-License-Identifier: GPL-2.0-or-later
"""The address driver on real interfaces: two nodes and a client at a switch."""
import subprocess
import sys
import time

import pytest

import netfs_util
from netfs_util import (Driver, Lan, addresses_of, mac_of, neighbour, reaches, until)

IP4 = "10.77.0.100"
IP6 = "fd77::100"
HELPER = netfs_util.__file__
NODES = {"a": ("10.77.0.1/24", "fd77::1/64"), "b": ("10.77.0.2/24", "fd77::2/64"),
         "client": ("10.77.0.9/24", "fd77::9/64")}


@pytest.fixture(name="lan")
def _lan():
    lan = Lan()
    for name, addresses in NODES.items():
        lan.add(name, *addresses)
    yield lan
    lan.close()


def driver(lan, tmp_path, node="a", ip=f"{IP4}/24", interface="eth0", options=""):
    return Driver(lan.hosts[node], tmp_path / f"{node}-{ip.replace('/', '-')}.conf",
                  f'type = "address"; ip = "{ip}"; interface = "{interface}";', options)


@pytest.fixture(name="address")
def _address(lan, tmp_path):
    return driver(lan, tmp_path)


@pytest.fixture(name="address6")
def _address6(lan, tmp_path):
    return driver(lan, tmp_path, ip=f"{IP6}/64")


def helper(host, *words):
    """A program of netfs_util in the host's namespace, ready."""
    process = host.start(sys.executable, HELPER, *words,
                         stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


# ---- IPv4 ---------------------------------------------------------------------------------------

def test_it_comes_and_goes_and_leaves_nothing(lan, address):
    node, client = lan.hosts["a"], lan.hosts["client"]
    before = addresses_of(node), node.run("ip", "route")
    assert address.outcome("probe") == ("down", "")
    assert address.outcome("start") == ("ok", "")
    assert address.outcome("probe") == ("up", "")
    assert address.outcome("monitor") == ("ok", "")
    assert reaches(client, IP4)
    assert addresses_of(node)[IP4]["label"] == "eth0:zcs"
    assert address.outcome("stop") == ("ok", "")
    assert address.outcome("probe") == ("down", "")
    assert address.outcome("monitor")[0] == "gone"
    assert (addresses_of(node), node.run("ip", "route")) == before


def test_starting_and_stopping_twice_is_no_error(address):
    assert address.outcome("start")[0] == "ok"
    begun = time.monotonic()
    assert address.outcome("start")[0] == "ok"
    assert time.monotonic() - begun < 0.5, "what is up is not probed for again"
    assert address.outcome("stop")[0] == "ok"
    assert address.outcome("stop")[0] == "ok"


def test_it_survives_the_loss_of_the_first_address(lan, address):
    node, client = lan.hosts["a"], lan.hosts["client"]
    assert address.outcome("start")[0] == "ok"
    node.run("ip", "addr", "del", "10.77.0.1/24", "dev", "eth0")
    assert IP4 in addresses_of(node)
    assert reaches(client, IP4)


def test_an_interface_without_an_address_serves_its_network(lan, address):
    node, client = lan.hosts["a"], lan.hosts["client"]
    node.run("ip", "addr", "del", "10.77.0.1/24", "dev", "eth0")
    assert address.outcome("start")[0] == "ok"
    assert reaches(client, IP4)
    # The interface's own address comes later, and is not taken along.
    node.run("ip", "addr", "add", "10.77.0.1/24", "dev", "eth0")
    assert address.outcome("stop")[0] == "ok"
    assert "10.77.0.1" in addresses_of(node)
    assert reaches(client, "10.77.0.1")


def test_two_addresses_of_one_network_do_not_disturb_each_other(lan, tmp_path):
    node, client = lan.hosts["a"], lan.hosts["client"]
    first = driver(lan, tmp_path)
    second = driver(lan, tmp_path, ip="10.77.0.101/24")
    node.run("ip", "addr", "del", "10.77.0.1/24", "dev", "eth0")
    assert first.outcome("start")[0] == "ok"
    assert second.outcome("start")[0] == "ok"
    assert first.outcome("stop")[0] == "ok"
    assert reaches(client, "10.77.0.101")


def test_the_node_itself_keeps_speaking_with_its_own_address(lan, address):
    node = lan.hosts["a"]
    assert address.outcome("start")[0] == "ok"
    assert "src 10.77.0.1 " in node.run("ip", "route", "get", "10.77.0.9")


def test_another_owner_is_found_and_named(lan, address):
    lan.hosts["b"].run("ip", "addr", "add", f"{IP4}/24", "dev", "eth0")
    for function in ("detect", "start"):
        outcome, text = address.outcome(function)
        assert outcome == "foreign"
        assert mac_of(lan.hosts["b"]) in text and IP4 in text
    assert IP4 not in addresses_of(lan.hosts["a"])


def test_nobody_else_is_no_finding(address):
    begun = time.monotonic()
    assert address.outcome("detect") == ("ok", "")
    assert 0.9 < time.monotonic() - begun < 2


def test_nodes_that_look_at_the_same_time_do_not_alarm_each_other(lan, tmp_path):
    words = [driver(lan, tmp_path, node).words("detect") for node in "ab"]
    looks = [lan.hosts[node].start(*word, stdout=subprocess.PIPE, text=True)
             for node, word in zip("ab", words)]
    for look in looks:
        assert '"outcome":"ok"' in look.communicate(timeout=10)[0]


def test_from_a_fenced_node_it_is_taken_without_asking(lan, address):
    lan.hosts["b"].run("ip", "addr", "add", f"{IP4}/24", "dev", "eth0")
    begun = time.monotonic()
    assert address.outcome("start", "--peer-fenced")[0] == "ok"
    assert time.monotonic() - begun < 0.5
    assert IP4 in addresses_of(lan.hosts["a"])


def test_neighbours_learn_of_a_takeover_at_once(lan, address):
    old, new, client = lan.hosts["b"], lan.hosts["a"], lan.hosts["client"]
    old.run("ip", "addr", "add", f"{IP4}/24", "dev", "eth0")
    assert reaches(client, IP4)
    assert neighbour(client, IP4) == mac_of(old)
    lan.unplug("b")
    assert address.outcome("start", "--peer-fenced")[0] == "ok"
    until(lambda: neighbour(client, IP4) == mac_of(new), "the client's cache", 0.3)


def test_a_watch_announces_in_both_forms_again_and_again(lan, address):
    assert address.outcome("start")[0] == "ok"
    listener = helper(lan.hosts["client"], "sniff", "eth0")
    begun = time.monotonic()
    watch = address.watch()
    watch.expect("ok")
    heard = []
    while len(heard) < 12:
        when, operation, mac, ip = listener.stdout.readline().split()
        if ip == IP4:
            assert mac == mac_of(lan.hosts["a"])
            heard.append((float(when) - begun, int(operation)))
    assert [operation for _, operation in heard] == [1, 2] * 6
    for (when, _), expected in zip(heard[::2], (0, 0.2, 0.5, 1.2, 2.5, 5)):
        assert expected <= when < expected + 0.3, heard


def test_a_watch_sees_the_address_go_and_come(lan, address):
    node = lan.hosts["a"]
    assert address.outcome("start")[0] == "ok"
    watch = address.watch()
    watch.expect("ok")
    node.run("ip", "addr", "del", f"{IP4}/32", "dev", "eth0")
    deleted = time.monotonic()
    when, text = watch.expect("gone")
    assert when - deleted < 0.1
    assert IP4 in text
    assert address.outcome("start")[0] == "ok"
    watch.expect("ok", 1)


def test_a_watch_sees_the_carrier_go_and_come_and_announces_again(lan, address):
    assert address.outcome("start")[0] == "ok"
    watch = address.watch()
    watch.expect("ok")
    lan.unplug("a")
    unplugged = time.monotonic()
    when, text = watch.expect("failed")
    assert when - unplugged < 1.2, "the kernel itself may wait up to a second"
    assert "eth0 has no carrier" in text
    assert address.outcome("monitor")[0] == "failed"
    listener = helper(lan.hosts["client"], "sniff", "eth0")
    lan.plug("a")
    watch.expect("ok", 2)
    until(lambda: IP4 in listener.stdout.readline(), "an announcement")


def test_a_watch_sees_the_interface_switched_off_and_vanish(lan, address):
    node = lan.hosts["a"]
    assert address.outcome("start")[0] == "ok"
    watch = address.watch()
    watch.expect("ok")
    node.run("ip", "link", "set", "eth0", "down")
    assert "ip link set eth0 up" in watch.expect("failed", 1)[1]
    node.run("ip", "link", "set", "eth0", "up")
    watch.expect("ok", 2)
    until(lambda: "10.77.0.0/24 dev eth0 proto static scope link src 10.77.0.100 metric 40000"
          in node.run("ip", "route"), "the route, which the kernel had dropped")
    node.run("ip", "link", "del", "eth0")
    assert "interface eth0 is gone" in watch.expect("gone", 1)[1]
    assert address.outcome("probe") == ("down", "")


def test_a_watch_defends_the_address_and_names_the_claimant(lan, address):
    node, other, client = (lan.hosts[name] for name in ("a", "b", "client"))
    assert address.outcome("start")[0] == "ok"
    watch = address.watch()
    watch.expect("ok")
    assert reaches(client, IP4)
    # A frozen holder that wakes up: it announces what it no longer has.
    other.run("ip", "addr", "add", f"{IP4}/24", "dev", "eth0")
    other.run("python3", "-c", f"""
import socket
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
s.bind(("eth0", 0x0806))
mac = s.getsockname()[4]
ip = socket.inet_aton("{IP4}")
s.send(b"\\xff" * 6 + mac + bytes.fromhex("08060001080006040001") + mac + ip + bytes(6) + ip)
""")
    _, text = watch.expect("ok", text="also claims")
    assert mac_of(other) in text
    until(lambda: neighbour(client, IP4) == mac_of(node), "the client's cache", 3)


def test_lost_news_are_noticed(lan, address):
    node = lan.hosts["a"]
    assert address.outcome("start")[0] == "ok"
    watch = address.watch()
    watch.expect("ok")
    subprocess.run(["kill", "-STOP", str(watch.pid())], check=True)
    # More changes than the socket's buffer holds, the one that matters last of all.
    batch = "".join(f"addr add 192.0.2.{i % 250 + 1}/32 dev lo\naddr del 192.0.2.{i % 250 + 1}/32 "
                    "dev lo\n" for i in range(1500))
    node.run("ip", "-batch", "-", input=batch)
    node.run("ip", "addr", "del", f"{IP4}/32", "dev", "eth0")
    subprocess.run(["kill", "-CONT", str(watch.pid())], check=True)
    watch.expect("gone", 1)


def test_a_busy_network_does_not_wake_an_idle_watch(lan, address):
    client = lan.hosts["client"]
    assert address.outcome("start")[0] == "ok"
    watch = address.watch()
    begun = time.monotonic()
    watch.expect("ok")
    # The burst of announcements ends after 5 s, a sign of life comes with it and every 5 s on.
    watch.expect("ok", 6)
    until(lambda: time.monotonic() - begun > 6, "the end of the burst", 7)
    before = watch.wakeups()
    client.run(sys.executable, HELPER, "seek", "10.77.0")
    assert reaches(client, IP4)
    until(lambda: time.monotonic() - begun > 12, "the measurement's end", 7)
    assert watch.wakeups() - before <= 3


def test_without_a_carrier_it_does_not_start_and_says_why(lan, address):
    lan.unplug("a")
    outcome, text = address.outcome("start")
    assert outcome == "failed"
    assert "no carrier" in text and "eth0" in text
    assert address.outcome("detect")[0] == "failed"
    assert IP4 not in addresses_of(lan.hosts["a"])


def test_a_carrier_that_comes_late_is_waited_for(lan, address):
    lan.unplug("a")
    start = lan.hosts["a"].start(*address.words("start"), stdout=subprocess.PIPE, text=True)
    with pytest.raises(subprocess.TimeoutExpired):
        start.wait(1)
    lan.plug("a")
    assert '"outcome":"ok"' in start.communicate(timeout=10)[0]


def test_on_another_interface_of_this_host_it_is_partly_up_and_removed(lan, address):
    node = lan.hosts["a"]
    node.run("ip", "addr", "add", f"{IP4}/24", "dev", "lo")
    outcome, text = address.outcome("probe")
    assert outcome == "partial" and "lo" in text
    assert any("ip addr del 10.77.0.100/24 dev lo" in text for text in address.findings("error"))
    assert address.outcome("stop")[0] == "ok"
    assert IP4 not in addresses_of(node, "lo")


# ---- IPv6 ---------------------------------------------------------------------------------------

def test_ipv6_comes_and_goes(lan, address6):
    node, client = lan.hosts["a"], lan.hosts["client"]
    before = addresses_of(node)
    assert address6.outcome("probe") == ("down", "")
    assert address6.outcome("start") == ("ok", "")
    entry = addresses_of(node)[IP6]
    assert not entry.get("tentative")
    assert entry.get("deprecated"), "it is no source for the node's own connections"
    assert reaches(client, IP6)
    assert address6.outcome("probe") == ("up", "")
    assert address6.outcome("stop") == ("ok", "")
    assert addresses_of(node) == before
    assert reaches(client, "fd77::1")


def test_ipv6_serves_its_network_without_another_address(lan, address6):
    node, client = lan.hosts["a"], lan.hosts["client"]
    node.run("ip", "addr", "del", "fd77::1/64", "dev", "eth0")
    assert address6.outcome("start")[0] == "ok"
    assert reaches(client, IP6)


def test_ipv6_another_owner_is_found_and_named(lan, address6):
    lan.hosts["b"].run("ip", "addr", "add", f"{IP6}/64", "dev", "eth0", "nodad")
    for function in ("detect", "start"):
        outcome, text = address6.outcome(function)
        assert outcome == "foreign"
        assert mac_of(lan.hosts["b"]) in text
    assert IP6 not in addresses_of(lan.hosts["a"])


def test_ipv6_looking_does_not_spoil_another_nodes_start(lan, tmp_path, address6):
    """A question in the form of a duplicate detection would make the starting kernel give up."""
    start = lan.hosts["a"].start(*address6.words("start"), stdout=subprocess.PIPE, text=True)
    other = driver(lan, tmp_path, "b", ip=f"{IP6}/64")
    while start.poll() is None:
        other.outcome("detect")
    assert '"outcome":"ok"' in start.communicate()[0]


def test_ipv6_an_owner_that_only_the_kernel_finds_is_believed(lan, address6):
    node, other = lan.hosts["a"], lan.hosts["b"]
    helper(other, "defend_late", "eth0", IP6, mac_of(other))
    outcome, text = address6.outcome("start")
    assert outcome == "foreign"
    assert IP6 in text
    assert IP6 not in addresses_of(node), "it would stay there, unused, for ever"


def test_ipv6_what_failed_detection_is_replaced(lan, address6):
    node, other = lan.hosts["a"], lan.hosts["b"]
    other.run("ip", "addr", "add", f"{IP6}/64", "dev", "eth0", "nodad")
    node.run("ip", "addr", "add", f"{IP6}/64", "dev", "eth0")
    until(lambda: addresses_of(node)[IP6].get("dadfailed"), "the kernel's detection")
    assert address6.outcome("probe")[0] == "partial"
    assert address6.outcome("monitor")[0] == "failed"
    other.run("ip", "addr", "del", f"{IP6}/64", "dev", "eth0")
    assert address6.outcome("start") == ("ok", "")
    assert not addresses_of(node)[IP6].get("dadfailed")


def test_ipv6_neighbours_learn_of_a_takeover_at_once(lan, address6):
    old, new, client = lan.hosts["b"], lan.hosts["a"], lan.hosts["client"]
    old.run("ip", "addr", "add", f"{IP6}/64", "dev", "eth0", "nodad")
    assert reaches(client, IP6)
    assert neighbour(client, IP6) == mac_of(old)
    lan.unplug("b")
    begun = time.monotonic()
    assert address6.outcome("start", "--peer-fenced")[0] == "ok"
    assert time.monotonic() - begun < 0.5, "no duplicate detection"
    until(lambda: neighbour(client, IP6) == mac_of(new), "the client's cache", 0.3)


def test_ipv6_a_watch_sees_the_address_go(lan, address6):
    assert address6.outcome("start")[0] == "ok"
    watch = address6.watch()
    watch.expect("ok")
    lan.hosts["a"].run("ip", "addr", "del", f"{IP6}/64", "dev", "eth0")
    deleted = time.monotonic()
    assert watch.expect("gone")[0] - deleted < 0.1


def test_ipv6_a_watch_defends_the_address(lan, address6):
    node, other, client = (lan.hosts[name] for name in ("a", "b", "client"))
    assert address6.outcome("start")[0] == "ok"
    watch = address6.watch()
    watch.expect("ok")
    assert reaches(client, IP6)
    other.run("sysctl", "-qw", "net.ipv6.conf.eth0.ndisc_notify=1")
    other.run("ip", "addr", "add", f"{IP6}/64", "dev", "eth0", "nodad")
    other.run("ip", "link", "set", "eth0", "address", "02:00:00:00:00:bb")
    _, text = watch.expect("ok", text="also claims")
    assert "02:00:00:00:00:bb" in text
    until(lambda: neighbour(client, IP6) == mac_of(node), "the client's cache", 3)


# ---- check --------------------------------------------------------------------------------------

def test_check_finds_nothing_wrong(address, address6):
    for driver_ in (address, address6):
        assert driver_.findings("error") + driver_.findings("warning") == []
        assert len(driver_.findings("ok")) == 1


def test_check_finds_nothing_wrong_while_it_is_up(address, address6):
    for driver_ in (address, address6):
        assert driver_.outcome("start")[0] == "ok"
        assert driver_.findings("error") + driver_.findings("warning") == []


def test_check_names_the_interfaces_when_there_is_none(lan, tmp_path):
    (text,) = driver(lan, tmp_path, interface="ens3").findings("error")
    assert "no interface 'ens3'" in text and "lo, eth0" in text


def test_check_warns_of_what_would_not_work(lan, tmp_path, address):
    node = lan.hosts["a"]
    (text,) = driver(lan, tmp_path, ip="192.0.2.1/24").findings("warning")
    assert "belongs to no network of eth0" in text
    (text,) = driver(lan, tmp_path, ip=f"{IP4}/16").findings("warning")
    assert "/16" in text and "24" in text
    node.run("ip", "addr", "add", f"{IP4}/24", "dev", "eth0")
    (text,) = address.findings("warning")
    assert "not added by zcsmgr" in text
    node.run("ip", "addr", "del", f"{IP4}/24", "dev", "eth0")
    lan.unplug("a")
    (text,) = address.findings("warning")
    assert "no carrier" in text


def test_check_knows_that_ipv6_is_off(lan, address6):
    lan.hosts["a"].run("sysctl", "-qw", "net.ipv6.conf.eth0.disable_ipv6=1")
    assert any("disable_ipv6=0" in text for text in address6.findings("error"))
