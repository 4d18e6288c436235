# SPDX-License-Identifier: GPL-2.0-or-later
"""The zcsmgr command: what it asks, what it shows, what it exits with."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import pytest

import situations
from conftest import DEADLINE_S, ENVIRONMENT, ZCSMGR, run

HERE = pathlib.Path(__file__).parent
DONE, REFUSED, FAILED, USAGE, NO_DAEMON, TIMEOUT = range(6)
OK = {"result": "done", "code": "DONE", "text": "done"}


def answer_with(status):
    return OK | {"status": status}


def record(code, text, seconds, **more):
    return {"time": 1764126555.25 + seconds, "boot_ms": 9_000_000 + int(seconds * 1000),
            "node": "braavos", "level": "info", "code": code, "text": text} | more


def takeover():
    """A day's journal of braavos: an old move, a loss without consequence, a takeover."""
    service = {"service": "zimbra"}
    return [
        record("OPERATOR_MOVE", "the operator moves zimbra to astapor", -7000, **service),
        record("ACQUIRED", "astapor has acquired zimbra, epoch 6", -6990, **service,
               about="astapor"),
        record("NODE_LOST", "contact with astapor is lost", -500, level="warning",
               about="astapor"),
        record("NODE_JOINED", "astapor has joined", -480, about="astapor"),
        record("NODE_LOST", "contact with astapor is lost", 0, level="warning", about="astapor"),
        record("FENCING", "astapor is being fenced", 0.01, level="warning", about="astapor"),
        record("ACTIVE", "wiki is active on braavos, after 2.0 s", 1.0, service="wiki"),
        record("FENCED", "astapor is fenced: it is switched off", 3.2, level="warning",
               about="astapor"),
        record("CLEARED_FENCED", "zimbra is cleared against astapor: it was fenced", 3.2,
               **service, about="astapor"),
        record("ACQUIRED", "braavos has acquired zimbra, epoch 7", 3.21, **service,
               about="braavos", number=7),
        record("STARTING", "drbd of zimbra is being started", 3.22, **service, resource="drbd"),
        record("STARTED", "drbd of zimbra is started, after 0.4 s", 3.62, **service,
               resource="drbd", number=400),
        record("STARTING", "zimbra of zimbra is being started", 3.63, **service,
               resource="zimbra"),
        record("STARTED", "zimbra of zimbra is started, after 31 s", 34.63, **service,
               resource="zimbra", number=31000, detail="zmcontrol: all 9 services run"),
        record("ACTIVE", "zimbra is active on braavos, after 31 s", 34.64, **service,
               level="notice"),
        record("DISK_DISCONNECTED", "the disks of zimbra are no longer connected", 60, **service,
               level="warning"),
    ]


# ---- what it asks ------------------------------------------------------------------------------

@pytest.mark.parametrize("arguments, request_sent", [
    (["start", "zimbra"], {"verb": "start", "service": "zimbra"}),
    (["stop", "zimbra"], {"verb": "stop", "service": "zimbra"}),
    (["move", "zimbra"], {"verb": "move", "service": "zimbra"}),
    (["move", "zimbra", "braavos"], {"verb": "move", "service": "zimbra", "node": "braavos"}),
    (["standby", "braavos"], {"verb": "standby", "node": "braavos"}),
    (["online", "braavos"], {"verb": "online", "node": "braavos"}),
    (["maintenance", "on"], {"verb": "maintenance", "on": True}),
    (["maintenance", "off", "zimbra"], {"verb": "maintenance", "on": False,
                                        "service": "zimbra"}),
    (["cleanup"], {"verb": "cleanup"}),
    (["cleanup", "zimbra"], {"verb": "cleanup", "service": "zimbra"}),
    (["reload"], {"verb": "reload"}),
])
def test_each_verb_that_acts_sends_its_request(server, arguments, request_sent):
    server.answers(OK)
    result = run("--socket", server.path, *arguments)
    assert (result.returncode, result.stdout, result.stderr) == (DONE, "done\n", "")
    assert server.requests == [request_sent]


@pytest.mark.parametrize("verb", ["standby", "online"])
def test_standby_without_a_node_means_this_one(server, verb):
    server.answers(answer_with(situations.starting()))
    server.answers(OK)
    assert run("--socket", server.path, verb).returncode == DONE
    assert server.requests == [{"verb": "status"}, {"verb": verb, "node": "braavos"}]


def test_options_may_stand_before_and_behind_the_verb(server):
    server.answers(OK)
    assert run("move", "--socket", server.path, "zimbra", "--json").returncode == DONE


# ---- what it exits with ------------------------------------------------------------------------

@pytest.mark.parametrize("answer, code", [
    (OK, DONE),
    ({"result": "refused", "code": "REFUSED_NO_OTHER", "text": "no other node"}, REFUSED),
    ({"result": "failed", "code": "FAILED_MOVE", "text": "could not be moved"}, FAILED),
    ({"result": "refused", "code": "NOT_PERMITTED", "text": "join group zcsadm"}, NO_DAEMON),
    ({"result": "maybe"}, FAILED),
    ({}, FAILED),
])
def test_the_result_makes_the_exit_code(server, answer, code):
    server.answers(answer)
    result = run("--socket", server.path, "move", "zimbra")
    assert result.returncode == code
    if code != DONE:
        assert result.stdout == ""
        assert answer.get("text", "") in result.stderr


def test_a_refusal_says_why_on_standard_error(server):
    server.answers({"result": "refused", "code": "REFUSED_STOPPED",
                    "text": "zimbra is stopped; `zcsmgr start zimbra` first"})
    result = run("--socket", server.path, "move", "zimbra")
    assert result.stderr == "refused: zimbra is stopped; `zcsmgr start zimbra` first\n"


def test_with_json_the_last_answer_is_printed_as_it_came(server):
    refusal = {"result": "refused", "code": "REFUSED_STOPPED", "text": "zimbra is stopped"}
    server.answers({"progress": record("STOPPING", "drbd is being stopped", 0)}, refusal)
    result = run("--socket", server.path, "--json", "move", "zimbra")
    assert result.returncode == REFUSED
    assert [json.loads(line) for line in result.stdout.splitlines()] == [refusal]


@pytest.mark.parametrize("prepare", ["nothing", "dead socket"])
def test_no_daemon_tells_how_to_start_it(tmp_path, prepare):
    path = tmp_path / "socket"
    if prepare == "dead socket":
        with socket.socket(socket.AF_UNIX) as left_behind:
            left_behind.bind(str(path))
    result = run("--socket", path, "status")
    assert result.returncode == NO_DAEMON
    assert "systemctl start zcsmgr" in result.stderr and str(path) in result.stderr


def test_no_daemon_is_told_in_json_too(tmp_path):
    result = run("--socket", tmp_path / "none", "status", "--json")
    assert result.returncode == NO_DAEMON
    assert json.loads(result.stdout)["code"] == "NO_DAEMON"


def test_without_permission_the_groups_are_named(server, tmp_path):
    os.chmod(tmp_path, 0o755)
    os.chmod(server.path, 0o600)
    program = tmp_path / "zcsmgr"  # the build may lie where nobody may look
    shutil.copy(ZCSMGR, program)
    for folder in tmp_path.parents:  # pytest's own folders are private
        if folder.is_relative_to(tempfile.gettempdir()) and folder != pathlib.Path(tempfile.gettempdir()):
            os.chmod(folder, 0o755)
    result = subprocess.run([program, "--socket", server.path, "status"], user=65534, group=65534,
                            extra_groups=[], capture_output=True, text=True, timeout=DEADLINE_S,
                            env=ENVIRONMENT, check=False)
    assert result.returncode == NO_DAEMON
    assert "zcsadm" in result.stderr and "zcsview" in result.stderr


def test_a_daemon_that_says_nothing_ends_in_a_timeout(server):
    server.answers("hold")
    begin = time.monotonic()
    result = run("--socket", server.path, "--timeout", "0.3", "status")
    assert result.returncode == TIMEOUT
    assert 0.3 <= time.monotonic() - begin < 5
    assert "0.3 s" in result.stderr


def test_a_stopped_daemon_with_a_full_backlog_ends_in_a_timeout(tmp_path):
    path = str(tmp_path / "socket")
    waiting = []
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(path)
        deaf.listen(0)
        while True:  # until connect() would block
            one = socket.socket(socket.AF_UNIX)
            one.setblocking(False)
            waiting.append(one)
            try:
                one.connect(path)
            except BlockingIOError:
                break
        result = run("--socket", path, "--timeout", "0.3", "status")
    for one in waiting:
        one.close()
    assert result.returncode == TIMEOUT


def test_progress_does_not_prolong_the_timeout(server):
    progress = {"progress": record("STOPPING", "drbd is being stopped", 0)}
    server.answers(*[progress, 0.2] * 20, OK)
    result = run("--socket", server.path, "--timeout", "1", "stop", "zimbra")
    assert result.returncode == TIMEOUT


def test_a_daemon_that_ends_amid_the_answer_is_told(server):
    server.answers(b'{"result": "do')
    result = run("--socket", server.path, "status")
    assert result.returncode == NO_DAEMON
    assert "ended before it answered" in result.stderr


@pytest.mark.parametrize("nonsense", [b"hello\n", b"x" * 300_000, b"\0\n", b"[1]\n", b"\xff\xfe\n",
                                      b'{"result": "done", "status": 7}\n',
                                      b'{"result": "done", "status": {}}\n',
                                      b'{"result": "done", "status": {"services": 1, '
                                      b'"nodes": [1, null], "attention": {}}}\n'])
def test_nonsense_is_survived(server, nonsense):
    server.answers(nonsense, "hold")
    assert run("--socket", server.path, "status").returncode in (DONE, FAILED)


@pytest.mark.parametrize("arguments", [
    [], ["fly"], ["move"], ["move", "a", "b", "c"], ["start"], ["status", "zimbra"],
    ["maintenance"], ["maintenance", "perhaps"], ["confirm-down"], ["reload", "now"],
    ["--fly", "status"], ["-x", "status"], ["status", "--timeout"], ["status", "--timeout", "0"],
    ["status", "--timeout", "-1"], ["status", "--timeout", "nan"], ["status", "--timeout", "9e99"],
    ["status", "--timeout", "5s"], ["status", "--color", "pink"], ["status", "--yes"],
    ["move", "zimbra", "--accept-loss"], ["history", "--last", "0"], ["history", "--last", "x"],
    ["history", "--since", "yesterday-ish"], ["history", "--all", "--last", "3"],
    ["status", "--json=yes"], ["help", "fly"],
])
def test_wrong_usage_exits_3_and_names_the_cure(arguments):
    result = run("--socket", "/nonexistent", *arguments)
    assert result.returncode == USAGE
    assert result.stdout == ""
    assert result.stderr.strip()


def test_arguments_too_long_for_a_request_are_refused(server):
    server.answers("hold")
    result = run("--socket", server.path, "move", "z" * 5000)
    assert result.returncode == USAGE


# ---- help --------------------------------------------------------------------------------------

VERBS = ["status", "why", "monitor", "history", "start", "stop", "move", "standby", "online",
         "maintenance", "cleanup", "confirm-down", "reload", "check", "version"]


def test_help_names_every_verb_and_exit_code():
    result = run("--help")
    assert result.returncode == DONE
    for verb in VERBS:
        assert f"\n  {verb} " in result.stdout
    for code in range(6):
        assert f"\n  {code}  " in result.stdout
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_with_an_example(verb):
    result = run(verb, "--help")
    assert result.returncode == DONE
    assert f"Usage: zcsmgr {verb}" in result.stdout
    assert "\nExample\n  zcsmgr " in result.stdout
    assert run("help", verb).stdout == result.stdout


def test_version():
    assert run("version").stdout.startswith("zcsmgr ")
    assert run("--version").stdout == run("version").stdout
    assert "version" in json.loads(run("version", "--json").stdout)


# ---- status ------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", situations.ALL)
def test_status_shows_what_one_wants_to_see(server, name):
    golden = HERE / "golden" / f"{name}.txt"
    server.answers(answer_with(situations.ALL[name]()))
    result = run("--socket", server.path, "status")
    assert result.stderr == ""
    assert result.stdout == golden.read_text()
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


@pytest.mark.parametrize("levels, code", [
    ([], DONE), (["info", "notice"], DONE), (["info", "warning"], REFUSED), (["error"], REFUSED)])
def test_status_exits_by_the_worst_attention(server, levels, code):
    status = situations.healthy() | {"attention": [{"level": one, "text": "look"}
                                                   for one in levels]}
    for option in ([], ["--json"]):
        server.answers(answer_with(status))
        assert run("--socket", server.path, "status", *option).returncode == code


def test_status_json_is_the_status(server):
    status = situations.split()
    server.answers(answer_with(status))
    result = run("--socket", server.path, "status", "--json")
    assert json.loads(result.stdout) == status


def test_what_others_say_cannot_steer_the_terminal(server):
    status = situations.healthy()
    status["services"][0]["resources"][0]["detail"] = "\033[2J\r\nboo\a" + "x" * 500
    status["attention"] = [{"level": "warning", "text": "evil \033]0;title\007 \x7f"}]
    server.answers(answer_with(status))
    result = run("--socket", server.path, "status", "--color", "never")
    assert not [c for c in result.stdout if ord(c) < 32 and c != "\n" or ord(c) == 127]
    server.answers({"result": "refused", "text": "evil \033[31m"})
    assert "\033" not in run("--socket", server.path, "stop", "zimbra").stderr


def test_colour_comes_on_a_terminal_and_by_order_only(server, terminal):
    def colored(output):
        return "\033[3" in output

    for option, environment, expected in [
            ([], {}, False), (["--color", "always"], {}, True), (["--color", "never"], {}, False),
            (["--color", "always"], {"NO_COLOR": "1"}, True)]:
        server.answers(answer_with(situations.healthy()))
        result = run("--socket", server.path, "status", *option, environment=environment)
        assert colored(result.stdout) == expected
    for option, environment, expected in [([], {}, True), (["--color", "never"], {}, False),
                                          ([], {"NO_COLOR": "1"}, False),
                                          ([], {"NO_COLOR": ""}, True)]:
        server.answers(answer_with(situations.healthy()))
        screen = terminal("--socket", server.path, "status", *option, environment=environment)
        assert screen.end() == DONE
        assert colored(screen.seen) == expected


def test_output_that_cannot_be_written_is_no_success(server):
    server.answers(answer_with(situations.healthy()))
    with open("/dev/full", "w") as full:
        result = subprocess.run([ZCSMGR, "--socket", server.path, "status"], stdout=full,
                                stderr=subprocess.PIPE, text=True, timeout=DEADLINE_S, check=False)
    assert result.returncode == FAILED
    assert "cannot be written" in result.stderr


# ---- why ---------------------------------------------------------------------------------------

def test_why_tells_the_reasons_of_each_service(server):
    server.answers(answer_with(situations.split()))
    result = run("--socket", server.path, "why", "zimbra")
    assert server.requests == [{"verb": "why", "service": "zimbra"}]
    assert result.returncode == DONE
    assert "each side has writes" in result.stdout
    assert "    umount: /opt/zimbra: target is busy\n" in result.stdout
    assert "Resource" not in result.stdout


def test_why_of_one_service_leaves_the_others_out(server):
    status = situations.healthy()
    status["services"].append(status["services"][0] | {"name": "wiki"})
    server.answers(answer_with(status))
    result = run("--socket", server.path, "why", "wiki", "--json")
    assert [one["name"] for one in json.loads(result.stdout)] == ["wiki"]


def test_why_of_an_unknown_service_is_refused(server):
    server.answers({"result": "refused", "code": "UNKNOWN_SERVICE", "text": "no service fly"})
    assert run("--socket", server.path, "why", "fly").returncode == REFUSED


# ---- progress ----------------------------------------------------------------------------------

def test_progress_comes_on_standard_error_and_the_answer_last(server):
    server.answers({"progress": record("STOPPING", "zimbra is being stopped", 0)},
                   {"progress": record("STOP_FAILED", "it failed", 1, level="error",
                                       detail="slapd still runs")},
                   OK | {"text": "zimbra is active on astapor"})
    result = run("--socket", server.path, "move", "zimbra")
    assert result.stdout == "zimbra is active on astapor\n"
    lines = result.stderr.splitlines()
    assert lines[0].endswith("s  braavos: zimbra is being stopped")
    assert lines[1].endswith("s  braavos: it failed (slapd still runs)")


def test_progress_is_shown_at_once(server):
    server.answers({"progress": record("STOPPING", "zimbra is being stopped", 0)}, "hold")
    process = subprocess.Popen([ZCSMGR, "--socket", server.path, "move", "zimbra"],
                               stderr=subprocess.PIPE, text=True)
    try:
        assert "is being stopped" in process.stderr.readline()
        assert process.poll() is None
    finally:
        process.kill()
        process.communicate()


def test_on_a_terminal_the_elapsed_time_ticks_after_a_silence(server, terminal):
    server.answers({"progress": record("STOPPING", "zimbra is being stopped", 0)}, 3.5, OK)
    screen = terminal("--socket", server.path, "move", "zimbra")
    screen.expect("waiting, 2.0 s")
    screen.expect("waiting, 3.0 s")
    assert screen.end() == DONE
    # The ticking line is wiped before the answer.
    assert screen.seen.rstrip().rpartition("\r\033[K")[2].endswith("done\033[0m")


def test_without_a_terminal_nothing_ticks(server):
    server.answers(2.6, OK)
    assert run("--socket", server.path, "move", "zimbra").stderr == ""


# ---- monitor -----------------------------------------------------------------------------------

def test_monitor_shows_each_update_as_it_comes(server):
    server.answers({"status": situations.healthy()}, 0.1, {"status": situations.holder_lost()})
    result = run("--socket", server.path, "monitor")
    assert server.requests == [{"verb": "monitor"}]
    assert result.stdout.index("All is as it should be") < result.stdout.index("is absent")
    assert result.returncode == NO_DAEMON  # the daemon went away


def test_monitor_json_is_an_object_a_line(server):
    updates = [situations.healthy(), situations.starting()]
    server.answers(*[{"status": one} for one in updates])
    result = run("--socket", server.path, "monitor", "--json")
    lines = result.stdout.splitlines()
    assert [json.loads(line) for line in lines[:2]] == updates


def test_monitor_overwrites_its_screen(server, terminal):
    server.answers({"status": situations.healthy()}, 0.2, {"status": situations.holder_lost()},
                   "hold")
    screen = terminal("--socket", server.path, "monitor")
    screen.expect("is absent")
    assert screen.seen.count("\033[H") == 2
    screen.process.send_signal(signal.SIGINT)
    assert screen.end() == -signal.SIGINT


def test_monitor_is_cut_where_the_terminal_ends(server, terminal):
    server.answers({"status": situations.holder_lost()}, "hold")
    screen = terminal("--socket", server.path, "monitor", rows=7)
    screen.expect("\033[J")
    assert "warning" in screen.seen and "Node" not in screen.seen


def test_monitor_refused_says_so(server):
    server.answers({"result": "refused", "code": "TOO_MANY_CLIENTS", "text": "too many"})
    assert run("--socket", server.path, "monitor").returncode == REFUSED


# ---- history -----------------------------------------------------------------------------------

def history(server, *arguments, records=None):
    server.answers(OK | {"records": takeover() if records is None else records})
    return run("--socket", server.path, "history", *arguments)


def test_history_tells_the_last_takeover_as_a_timeline(server):
    result = history(server)
    assert result.returncode == DONE
    assert result.stdout == (HERE / "golden" / "timeline.txt").read_text()


def test_the_timeline_goes_by_the_clock_that_nobody_sets(server):
    records = takeover()
    for one in records[-3:]:
        one["time"] -= 3600
    assert history(server, records=records).stdout == (HERE / "golden" / "timeline.txt").read_text()


def test_a_failure_that_was_tried_again_is_one_story(server):
    service = {"service": "zimbra"}
    records = [
        record("ACTIVE", "zimbra is active on braavos", -900, **service),
        record("RESOURCE_FAILED", "filesystem of zimbra has failed", 0, **service),
        record("RESTART", "filesystem of zimbra is restarted here", 0.1, **service),
        record("START_FAILED", "filesystem of zimbra could not be started", 20, **service),
        record("MOVE_FAILED_HERE", "zimbra moves", 20.1, **service),
        record("RELEASED", "braavos has released zimbra", 25, **service),
        record("ACQUIRED", "astapor has acquired zimbra, epoch 8", 25.1, **service,
               about="astapor"),
    ]
    shown = history(server, records=records).stdout
    assert "filesystem of zimbra has failed" in shown
    assert "zimbra is active on braavos" not in shown
    assert "`zcsmgr history` on astapor" in shown
    server.answers(OK | {"records": records})
    chosen = json.loads(run("--socket", server.path, "history", "--json").stdout)
    assert [one["code"] for one in chosen] == [one["code"] for one in records[1:]]


def test_a_step_under_way_is_shown(server):
    shown = history(server, records=takeover()[:-3]).stdout
    assert "zimbra of zimbra is being started" in shown
    assert "drbd of zimbra is being started" not in shown
    assert "not active yet" in shown


def test_an_empty_history_is_no_error(server):
    result = history(server, records=[])
    assert result.returncode == DONE
    assert "history --all" in result.stdout
    assert history(server, "--json", records=[]).stdout == "[]\n"


def test_history_all_is_all(server):
    assert history(server, "--all").stdout.count("2025-11-26 ") == len(takeover())
    assert json.loads(history(server, "--all", "--json").stdout) == takeover()


def test_history_lines_have_date_node_and_sentence(server):
    line = history(server, "--last", "1").stdout
    assert line == ("2025-11-26 03:10:15.250  braavos   the disks of zimbra are no longer "
                    "connected\n")


@pytest.mark.parametrize("since, expected", [
    ("2025-11-26 03:10:00", 1), ("2025-11-26T03:10:00", 1), ("2025-11-26 03:10", 1),
    ("2025-11-26", 16), ("2025-11-26 03:00:55", 14), ("2025-11-27", 0), ("0s", 0)])
def test_history_since_a_time(server, since, expected):
    shown = json.loads(history(server, "--since", since, "--json").stdout)
    assert len(shown) == expected


def test_history_since_some_time_ago(server):
    now = time.time()
    records = [record("VIEW", f"{ago} s ago", 0) | {"time": now - ago}
               for ago in (200_000, 7000, 3000, 50)]
    for since, expected in [("3d", 4), ("2h", 3), ("90m", 2), ("100s", 1)]:
        assert len(json.loads(history(server, "--since", since, "--json",
                                      records=records).stdout)) == expected
    shown = json.loads(history(server, "--since", "3d", "--last", "2", "--json",
                               records=records).stdout)
    assert [one["text"] for one in shown] == ["3000 s ago", "50 s ago"]


# ---- confirm-down ------------------------------------------------------------------------------

def test_confirm_down_shows_what_it_asserts_and_asks(server, terminal):
    server.answers(answer_with(situations.holder_lost()))
    server.answers(OK | {"text": "astapor is confirmed down"})
    screen = terminal("--socket", server.path, "confirm-down", "astapor")
    screen.expect("[y/N]")
    assert "astapor: absent, for 12 min 34 s" in screen.seen
    assert "the disk here is UpToDate, its copy is current" in " ".join(screen.seen.split())
    assert server.requests == [{"verb": "status"}]
    screen.type("y\n")
    assert screen.end() == DONE
    assert server.requests[1] == {"verb": "confirm-down", "node": "astapor",
                                  "accept_loss": False}


@pytest.mark.parametrize("typed", ["\n", "n\n", "yeah, sure\n", "\x04"])
def test_confirm_down_does_nothing_without_a_yes(server, terminal, typed):
    server.answers(answer_with(situations.holder_lost()))
    screen = terminal("--socket", server.path, "confirm-down", "astapor")
    screen.expect("[y/N]")
    screen.type(typed)
    assert screen.end() == REFUSED
    assert "nothing was done" in screen.seen
    assert len(server.requests) == 1


def test_confirm_down_warns_of_a_copy_that_lacks_writes(server):
    status = situations.holder_lost()
    status["services"][0]["nodes"][1]["current"] = False
    server.answers(answer_with(status))
    server.answers(OK)
    result = run("--socket", server.path, "confirm-down", "astapor", "--yes", "--accept-loss")
    assert result.returncode == DONE
    assert "may lack writes, which --accept-loss would lose" in " ".join(result.stderr.split())
    assert server.requests[1]["accept_loss"] is True


def test_confirm_down_needs_yes_without_a_terminal(server):
    result = run("--socket", server.path, "confirm-down", "astapor")
    assert result.returncode == USAGE
    assert "--yes" in result.stderr
    assert server.requests == []


def test_confirm_down_of_an_unknown_node_is_refused(server):
    server.answers(answer_with(situations.holder_lost()))
    result = run("--socket", server.path, "confirm-down", "meereen", "--yes")
    assert result.returncode == REFUSED
    assert "meereen" in result.stderr
    assert len(server.requests) == 1


# ---- check -------------------------------------------------------------------------------------

def fake_daemon(folder, name="zcsmgrd"):
    path = folder / name
    path.write_text('#!/bin/sh\necho "$0" "$@"\nexit 7\n')
    path.chmod(0o755)
    return path


def test_check_runs_the_daemon_beside_it_and_passes_its_exit_code(tmp_path):
    program = shutil.copy(ZCSMGR, tmp_path / "zcsmgr")
    daemon = fake_daemon(tmp_path)
    result = subprocess.run([program, "check", "--config", "/a b", "--json"], capture_output=True,
                            text=True, timeout=DEADLINE_S, env=ENVIRONMENT, check=False)
    assert result.returncode == 7
    assert result.stdout == f"{daemon} --check --config /a b --json\n"


def test_check_finds_the_daemon_in_path(tmp_path):
    (tmp_path / "alone").mkdir()
    (tmp_path / "bin").mkdir()
    program = shutil.copy(ZCSMGR, tmp_path / "alone" / "zcsmgr")
    daemon = fake_daemon(tmp_path / "bin")
    result = subprocess.run([program, "check"], capture_output=True, text=True, timeout=DEADLINE_S,
                            env={"PATH": f"{tmp_path / 'bin'}:/bin"}, check=False)
    assert result.returncode == 7
    assert result.stdout == f"{daemon} --check\n"


def test_check_without_a_daemon_says_what_is_missing(tmp_path):
    program = shutil.copy(ZCSMGR, tmp_path / "zcsmgr")
    result = subprocess.run([program, "check"], capture_output=True, text=True, timeout=DEADLINE_S,
                            env={"PATH": str(tmp_path)}, check=False)
    assert result.returncode == FAILED
    assert "zcsmgrd" in result.stderr


# ---- completion --------------------------------------------------------------------------------

def complete(server, *words):
    """What bash offers for the last word."""
    script = HERE.parents[1] / "conf" / "zcsmgr.bash-completion"
    line = " ".join(words)
    program = ('. "$1"; COMP_WORDS=("${@:2}"); COMP_CWORD=$(($# - 2)); _zcsmgr; '
               'printf "%s\\n" "${COMPREPLY[@]}"')
    result = subprocess.run(["bash", "-c", program, "bash", str(script), *words],
                            capture_output=True, text=True, timeout=DEADLINE_S, check=False,
                            env={"PATH": f"{ZCSMGR.parent}:{os.environ['PATH']}"})
    assert result.stderr == "", line
    return result.stdout.split()


@pytest.mark.parametrize("words, offered", [
    (["zcsmgr", "sta"], ["status", "start", "standby"]),
    (["zcsmgr", "--co"], ["--color"]),
    (["zcsmgr", "maintenance", ""], ["on", "off"]),
    (["zcsmgr", "status", "--color", "a"], ["auto", "always"]),
    (["zcsmgr", "confirm-down", "--a"], ["--accept-loss"]),
])
def test_completion_of_words(server, words, offered):
    assert sorted(complete(server, *words)) == sorted(offered)


@pytest.mark.parametrize("words, offered", [
    (["move", ""], ["zimbra"]), (["move", "zimbra", "b"], ["braavos"]),
    (["standby", ""], ["astapor", "braavos"]), (["maintenance", "on", ""], ["zimbra"]),
    (["why", "z"], ["zimbra"])])
def test_completion_of_names_asks_the_daemon(server, words, offered):
    server.answers(answer_with(situations.healthy()))
    assert complete(server, "zcsmgr", "--socket", server.path, *words) == offered


def test_completion_is_silent_without_a_daemon(server):
    assert complete(server, "zcsmgr", "--socket", "/nonexistent", "move", "") == []


# ---- simulate -------------------------------------------------------------------------------

EXAMPLE = str(HERE / ".." / ".." / "conf" / "zcsmgr.conf")


def simulate(tmp_path, text, *options):
    scenario = tmp_path / "x.scn"
    scenario.write_text(text)
    return run("simulate", str(scenario), "--config", EXAMPLE, *options)


def test_simulate_plays_a_story_with_the_own_configuration(tmp_path):
    text = "title Power\nboot all\nuntil 40s active mail 1\ncrash 1\nuntil 30s active mail 2\n"
    shown = simulate(tmp_path, text)
    assert shown.returncode == DONE
    assert shown.stdout.startswith("Power\n")
    assert "braavos   zimbra is cleared against astapor: it was fenced" in shown.stdout
    assert "All that the file expects has come." in shown.stdout
    answer = json.loads(simulate(tmp_path, text, "--json").stdout)
    assert answer["expected"] and answer["story"][-1].endswith("serves zimbra")


def test_simulate_says_what_did_not_come(tmp_path):
    shown = simulate(tmp_path, "boot all\nat 1m expect active mail 2\n")
    assert shown.returncode == REFUSED
    assert "Not as expected: line 2: not so at 60.000 s" in shown.stdout
    assert "zimbra is active on astapor, nothing is in its way" in shown.stdout


def test_simulate_refuses_what_it_does_not_understand(tmp_path):
    shown = simulate(tmp_path, "boot all\nexplode 1\n")
    assert shown.returncode == USAGE
    assert "x.scn:2: 'explode' is neither a statement nor something that happens" in shown.stderr
    missing = run("simulate", str(tmp_path / "none"), "--config", EXAMPLE)
    assert missing.returncode == FAILED and "No such file" in missing.stderr
    wrong = run("simulate", str(tmp_path / "x.scn"), "--config", "/none.conf")
    assert wrong.returncode == FAILED and "/none.conf" in wrong.stderr
