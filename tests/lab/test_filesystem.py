# SPDX-License-Identifier: GPL-2.0-or-later
"""The filesystem driver on real disks: loop devices, mounted in a mount namespace of the test's."""
import os
import subprocess
import sys
import time

import pytest

import netfs_util
from netfs_util import Disk, Driver, Namespace, command, until

HELPER = netfs_util.__file__


class Place:
    """A node's mount namespace with a disk and a directory to mount it on."""

    def __init__(self, folder, fstype):
        self.folder = str(folder)
        self.fstype = fstype
        self.directory = os.path.join(self.folder, "mail")
        os.mkdir(self.directory)
        self.disk = Disk(self.folder, fstype)
        self.host = Namespace("--mount")

    def driver(self, device=None, directory=None, options=""):
        return Driver(self.host, os.path.join(self.folder, "zcsmgr.conf"),
                      f'type = "filesystem"; device = "{device or self.disk.device}"; '
                      f'directory = "{directory or self.directory}"; fstype = "{self.fstype}";',
                      options)

    def mounts(self):
        """[(target, options)] of the disk."""
        lines = self.host.run("findmnt", "-rn", "-o", "TARGET,OPTIONS", "-S", self.disk.device,
                              check=False).splitlines()
        return [tuple(line.split(" ")) for line in lines]

    def hold(self, way, path=None, host=None):
        process = (host or self.host).start(sys.executable, HELPER, "hold", way,
                                            path or self.directory,
                                            stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "ready\n"
        return process

    def close(self):
        self.host.close()
        until(self.disk.is_free, "the disk is free")
        self.disk.close()


@pytest.fixture(name="place", params=["ext4", "xfs"])
def _place(request, tmp_path):
    place = Place(tmp_path, request.param)
    yield place
    place.close()


@pytest.fixture(name="ext4")
def _ext4(tmp_path):
    place = Place(tmp_path, "ext4")
    yield place
    place.close()


@pytest.fixture(name="xfs")
def _xfs(tmp_path):
    place = Place(tmp_path, "xfs")
    yield place
    place.close()


# ---- coming and going ---------------------------------------------------------------------------

def test_it_comes_and_goes(place):
    driver = place.driver()
    assert driver.outcome("probe") == ("down", "")
    assert driver.outcome("start") == ("ok", "")
    ((target, options),) = place.mounts()
    assert target == place.directory and options.startswith("rw,")
    assert driver.outcome("probe") == ("up", "")
    assert driver.outcome("monitor") == ("ok", "")
    place.host.run("sh", "-c", f"echo kept > {place.directory}/mail")
    assert driver.outcome("stop") == ("ok", "")
    assert place.mounts() == [] and place.disk.is_free()
    assert driver.outcome("probe") == ("down", "")
    assert driver.outcome("monitor")[0] == "gone"
    assert driver.outcome("start")[0] == "ok"
    assert place.host.run("cat", f"{place.directory}/mail") == "kept\n"


def test_starting_and_stopping_twice_is_no_error(ext4):
    driver = ext4.driver()
    assert driver.outcome("start") == driver.outcome("start") == ("ok", "")
    assert len(ext4.mounts()) == 1
    assert driver.outcome("stop") == driver.outcome("stop") == ("ok", "")


def test_mount_options_are_used(ext4):
    assert ext4.driver(options='options = "noatime,data=journal";').outcome("start")[0] == "ok"
    ((_, options),) = ext4.mounts()
    assert "noatime" in options and "data=journal" in options


def test_names_do_not_matter(ext4):
    """Mounted by one name of the device on one of the directory, found and stopped by others."""
    ext4.host.run("mount", ext4.disk.device, ext4.directory)
    os.symlink(ext4.disk.device, f"{ext4.folder}/by-id")
    os.symlink(ext4.directory, f"{ext4.folder}/opt")
    driver = ext4.driver(f"{ext4.folder}/by-id", f"{ext4.folder}/opt")
    assert driver.outcome("probe") == ("up", "")
    assert driver.outcome("start") == ("ok", "")
    assert driver.outcome("stop") == ("ok", "")
    assert ext4.mounts() == []


def test_a_device_without_its_name_is_found_and_stopped(ext4):
    os.mknod(f"{ext4.folder}/disk", 0o60600, os.stat(ext4.disk.device).st_rdev)
    driver = ext4.driver(f"{ext4.folder}/disk")
    assert driver.outcome("start")[0] == "ok"
    os.unlink(f"{ext4.folder}/disk")
    assert driver.outcome("probe") == ("up", "")
    assert driver.outcome("monitor") == ("ok", "")
    assert driver.outcome("stop") == ("ok", "")
    assert ext4.mounts() == [] and ext4.disk.is_free()
    assert driver.outcome("probe") == ("down", "")


# ---- what is in the way of starting -------------------------------------------------------------

def test_mounted_elsewhere_is_partly_up_and_not_mounted_twice(ext4):
    os.mkdir(f"{ext4.folder}/other")
    ext4.host.run("mount", ext4.disk.device, f"{ext4.folder}/other")
    driver = ext4.driver()
    outcome, text = driver.outcome("probe")
    assert outcome == "partial" and f"{ext4.folder}/other" in text
    outcome, text = driver.outcome("start")
    assert outcome == "failed" and f"umount {ext4.folder}/other" in text
    assert driver.outcome("stop") == ("ok", "")
    assert ext4.mounts() == []
    assert driver.outcome("start") == ("ok", "")


def test_something_else_on_the_directory_is_left_alone(ext4):
    ext4.host.run("mount", "-t", "tmpfs", "intruder", ext4.directory)
    driver = ext4.driver()
    for function, expected in (("probe", "partial"), ("start", "failed")):
        outcome, text = driver.outcome(function)
        assert outcome == expected
        assert "intruder" in text and ext4.directory in text
    assert driver.outcome("stop") == ("ok", "")
    assert "intruder" in ext4.host.run("findmnt", "-rn", ext4.directory)


def test_mounted_over_is_no_longer_right(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    ext4.host.run("mount", "-t", "tmpfs", "intruder", ext4.directory)
    assert driver.outcome("probe")[0] == "partial"
    verdict, text = driver.outcome("monitor")
    assert verdict == "failed" and "intruder" in text
    assert driver.outcome("stop") == ("ok", "")
    assert ext4.mounts() == [] and ext4.disk.is_free()


def test_what_is_missing_is_named_with_the_cure(ext4):
    outcome, text = ext4.driver(directory=f"{ext4.folder}/none").outcome("start")
    assert outcome == "failed" and f"mkdir -p {ext4.folder}/none" in text
    outcome, text = ext4.driver(device=f"{ext4.folder}/none").outcome("start")
    assert outcome == "failed" and f"no block device {ext4.folder}/none" in text
    outcome, text = ext4.driver(device=ext4.disk.image).outcome("start")
    assert outcome == "failed" and f"no block device {ext4.disk.image}" in text


def test_a_wrong_filesystem_type_is_said(ext4):
    ext4.fstype = "xfs"
    outcome, text = ext4.driver().outcome("start")
    assert outcome == "failed"
    assert ext4.disk.device in text and "'fstype'" in text


def test_a_device_that_refuses_writes_is_not_mounted_read_only_instead(ext4):
    command("blockdev", "--setro", ext4.disk.device)
    outcome, text = ext4.driver().outcome("start")
    command("blockdev", "--setrw", ext4.disk.device)
    assert outcome == "failed" and ext4.disk.device in text
    assert ext4.mounts() == []


def test_in_use_in_another_mount_namespace_is_partly_up(place):
    other = Namespace("--mount")
    other.run("mount", place.disk.device, place.directory)
    outcome, text = place.driver().outcome("probe")
    other.close()
    assert outcome == "partial"
    assert f"sleep ({other.holder.pid})" in text or f"({other.holder.pid})" in text


# ---- stopping against resistance ----------------------------------------------------------------

@pytest.mark.parametrize("way", ["directory", "file", "memory", "socket"])
def test_a_holder_is_asked_to_end(place, way):
    driver = place.driver()
    assert driver.outcome("start")[0] == "ok"
    holder = place.hold(way)
    begun = time.monotonic()
    assert driver.outcome("stop", "--timeout", "10000") == ("ok", "")
    assert time.monotonic() - begun < 2
    assert holder.wait(1) == -15
    assert place.disk.is_free()


def test_a_program_that_runs_from_there_is_asked_to_end(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    ext4.host.run("cp", "/bin/sleep", f"{ext4.directory}/sleep")
    holder = ext4.host.start(f"{ext4.directory}/sleep", "1000")
    until(lambda: os.path.basename(os.readlink(f"/proc/{holder.pid}/exe")) == "sleep", "it runs")
    assert driver.outcome("stop", "--timeout", "10000") == ("ok", "")
    assert holder.wait(1) == -15


def test_who_does_not_listen_is_killed_at_half_time(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    holder = ext4.hold("stubborn")
    begun = time.monotonic()
    assert driver.outcome("stop", "--timeout", "6000") == ("ok", "")
    assert 2 < time.monotonic() - begun < 5
    assert holder.wait(1) == -9


def test_many_holders_all_end(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    script = f"cd {ext4.directory}; for i in $(seq 150); do sleep 1000 & done; echo ready; wait"
    holders = ext4.host.start("sh", "-c", script, stdout=subprocess.PIPE, text=True)
    assert holders.stdout.readline() == "ready\n"
    assert driver.outcome("stop", "--timeout", "10000") == ("ok", "")
    assert holders.wait(1) == -15


def test_nobody_else_is_harmed(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    bystander = ext4.hold("stubborn", ext4.folder)
    listener = ext4.hold("socket", ext4.folder)
    holder = ext4.hold("stubborn")
    assert driver.outcome("stop", "--timeout", "3000")[0] == "ok"
    assert holder.wait(1) == -9
    assert bystander.poll() is None and listener.poll() is None


def test_an_ancestor_is_never_killed_but_named(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    words = " ".join(driver.words("stop", "--timeout", "2500"))
    begun = time.monotonic()
    daemon = ext4.host.start("sh", "-c", f"cd {ext4.directory}; {words}; true",
                             stdout=subprocess.PIPE, text=True)
    said = daemon.communicate(timeout=10)[0]
    assert time.monotonic() - begun < 2.5, "it says so before it is killed itself"
    assert daemon.returncode == 0
    assert '"outcome":"failed"' in said
    assert f"sh ({daemon.pid}: current directory; never killed)" in said


def test_corosync_is_never_killed_but_named(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    os.symlink("/bin/sleep", f"{ext4.folder}/corosync")
    corosync = ext4.host.start("sh", "-c", f"cd {ext4.directory}; exec {ext4.folder}/corosync 1000")
    until(lambda: open(f"/proc/{corosync.pid}/comm", encoding="ascii").read() == "corosync\n", "exec")
    outcome, text = driver.outcome("stop", "--timeout", "2000")
    assert outcome == "failed"
    assert f"corosync ({corosync.pid}: current directory; never killed)" in text
    assert corosync.poll() is None


def test_mounts_below_go_first(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    ext4.host.run("mkdir", "-p", f"{ext4.directory}/tmp")
    ext4.host.run("mount", "-t", "tmpfs", "outer", f"{ext4.directory}/tmp")
    ext4.host.run("mkdir", f"{ext4.directory}/tmp/inner")
    ext4.host.run("mount", "-t", "tmpfs", "inner", f"{ext4.directory}/tmp/inner")
    ext4.host.run("mkdir", f"{ext4.directory}/store")
    ext4.host.run("mount", "--bind", f"{ext4.directory}/store", f"{ext4.directory}/tmp/inner")
    holder = ext4.hold("directory", f"{ext4.directory}/tmp")
    assert driver.outcome("stop", "--timeout", "10000") == ("ok", "")
    assert holder.wait(1) == -15
    assert ext4.mounts() == [] and ext4.disk.is_free()
    assert ext4.folder not in ext4.host.run("findmnt", "-rn", "-o", "TARGET")


def test_a_mount_below_of_the_systems_own_disk_kills_nobody(ext4):
    """Its holders hold the system's disk, as everybody does."""
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    ext4.host.run("mkdir", f"{ext4.directory}/log")
    os.mkdir(f"{ext4.folder}/log")
    ext4.host.run("mount", "--bind", f"{ext4.folder}/log", f"{ext4.directory}/log")
    holder = ext4.hold("directory", f"{ext4.directory}/log")
    outcome, text = driver.outcome("stop", "--timeout", "2000")
    assert outcome == "failed" and f"cannot unmount {ext4.directory}/log" in text
    assert holder.poll() is None
    holder.kill()
    holder.wait()
    assert driver.outcome("stop") == ("ok", "")


def test_in_another_mount_namespace_it_is_not_released(place):
    driver = place.driver()
    assert driver.outcome("start")[0] == "ok"
    container = place.host.start("unshare", "--mount", "--propagation", "private", "--",
                                 "sh", "-c", "echo ready; exec sleep 1000",
                                 stdout=subprocess.PIPE, text=True)
    assert container.stdout.readline() == "ready\n"
    outcome, text = driver.outcome("stop", "--timeout", "2000")
    assert outcome == "failed", "the disk is still written to"
    assert "still in use" in text and f"({container.pid})" in text
    assert container.poll() is None
    container.kill()
    container.wait()
    assert driver.outcome("stop") == ("ok", "")
    assert place.disk.is_free()


def test_a_process_that_uses_it_in_another_mount_namespace_ends(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    container = ext4.host.start("unshare", "--mount", "--propagation", "private", "--",
                                "sh", "-c", f"cd {ext4.directory}; echo ready; exec sleep 1000",
                                stdout=subprocess.PIPE, text=True)
    assert container.stdout.readline() == "ready\n"
    assert driver.outcome("stop", "--timeout", "10000") == ("ok", "")
    assert container.wait(1) == -15
    assert ext4.disk.is_free()


def test_a_loop_device_on_it_is_named(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    ext4.host.run("truncate", "-s", "1M", f"{ext4.directory}/image")
    loop = ext4.host.run("losetup", "--find", "--show", f"{ext4.directory}/image").strip()
    outcome, text = driver.outcome("stop", "--timeout", "2000")
    command("losetup", "--detach", loop)
    assert outcome == "failed" and f"losetup -d {loop}" in text
    assert driver.outcome("stop") == ("ok", "")


def test_a_swap_file_on_it_is_named(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    swap = f"{ext4.directory}/swap"
    ext4.host.run("dd", "if=/dev/zero", f"of={swap}", "bs=1M", "count=2", "status=none")
    ext4.host.run("chmod", "600", swap)
    ext4.host.run("mkswap", swap)
    ext4.host.run("swapon", "--priority", "0", swap)
    outcome, text = driver.outcome("stop", "--timeout", "2000")
    ext4.host.run("swapoff", swap)
    assert outcome == "failed" and f"swap file {swap}" in text
    assert driver.outcome("stop") == ("ok", "")


# ---- while it is up -----------------------------------------------------------------------------

def test_a_watch_sees_an_unmount_behind_our_back(place):
    driver = place.driver()
    assert driver.outcome("start")[0] == "ok"
    watch = driver.watch()
    watch.expect("ok")
    place.host.run("umount", place.directory)
    unmounted = time.monotonic()
    when, text = watch.expect("gone")
    assert when - unmounted < 0.1
    assert place.directory in text
    assert driver.outcome("start")[0] == "ok"
    watch.expect("ok", 1)


def test_a_watch_sees_it_become_read_only(place):
    driver = place.driver()
    assert driver.outcome("start")[0] == "ok"
    watch = driver.watch()
    watch.expect("ok")
    place.host.run("mount", "-o", "remount,ro", place.directory)
    remounted = time.monotonic()
    when, text = watch.expect("failed", 7)
    assert when - remounted < 6
    assert "read-only" in text and place.directory in text
    assert driver.outcome("probe")[0] == "partial"
    assert driver.outcome("start")[0] == "failed"


def test_an_error_that_made_ext4_read_only_is_seen(ext4):
    driver = ext4.driver(options='options = "errors=remount-ro";')
    assert driver.outcome("start")[0] == "ok"
    watch = driver.watch()
    watch.expect("ok")
    with open(f"/sys/fs/ext4/{ext4.disk.name}/trigger_fs_error", "w", encoding="ascii") as file:
        file.write("a test's")
    watch.expect("failed", 7, "read-only")
    # Stopped and started again it serves, but the error stays on record until e2fsck.
    assert driver.outcome("stop") == ("ok", "")
    outcome, text = driver.outcome("start")
    assert outcome == "ok"
    assert f"e2fsck -f {ext4.disk.device}" in text


def test_a_filesystem_that_xfs_shut_down_is_seen(xfs):
    driver = xfs.driver()
    assert driver.outcome("start")[0] == "ok"
    watch = driver.watch()
    watch.expect("ok")
    xfs.host.run("xfs_io", "-x", "-c", "shutdown", xfs.directory)
    watch.expect("failed", 7)
    assert driver.outcome("stop") == ("ok", "")
    assert driver.outcome("start") == ("ok", "")


def test_a_watch_tells_nothing_of_other_mounts(ext4):
    driver = ext4.driver()
    assert driver.outcome("start")[0] == "ok"
    watch = driver.watch()
    watch.expect("ok")
    os.mkdir(f"{ext4.folder}/other")
    for _ in range(20):
        ext4.host.run("mount", "-t", "tmpfs", "tmpfs", f"{ext4.folder}/other")
        ext4.host.run("umount", f"{ext4.folder}/other")
    assert watch.told.empty()
    watch.expect("ok", 6)


def test_a_full_filesystem_is_no_failure(place):
    driver = place.driver()
    assert driver.outcome("start")[0] == "ok"
    place.host.run("sh", "-c", f"cat /dev/zero > {place.directory}/full", check=False)
    assert driver.outcome("monitor") == ("ok", "")
    assert driver.outcome("stop") == ("ok", "")
    assert driver.outcome("start") == ("ok", "")


def test_a_watch_does_not_keep_it_busy(place):
    driver = place.driver()
    assert driver.outcome("start")[0] == "ok"
    watch = driver.watch()
    watch.expect("ok")
    place.host.run("umount", place.directory)
    assert place.disk.is_free()
    watch.expect("gone")


# ---- check --------------------------------------------------------------------------------------

def test_check_finds_nothing_wrong(place):
    driver = place.driver()
    for _ in ("down", "up"):
        assert driver.findings("error") + driver.findings("warning") == []
        assert len(driver.findings("ok")) == 1
        assert driver.outcome("start")[0] == "ok"


def test_check_tells_what_would_not_work(ext4):
    (text,) = ext4.driver(directory=f"{ext4.folder}/none").findings("error")
    assert f"mkdir -p {ext4.folder}/none" in text
    (text,) = ext4.driver(device=ext4.disk.image).findings("error")
    assert "no block device" in text
    (text,) = ext4.driver(directory=ext4.disk.image).findings("error")
    assert "is no directory" in text
    with open(f"{ext4.directory}/stray", "w", encoding="ascii"):
        pass
    (text,) = ext4.driver().findings("warning")
    assert f"{ext4.directory} is not empty" in text
    os.unlink(f"{ext4.directory}/stray")
    assert ext4.driver().outcome("start")[0] == "ok"
    ext4.fstype = "xfs"
    (text,) = ext4.driver().findings("error")
    assert "'fstype' says xfs" in text and "ext4" in text


def test_check_knows_what_fstab_would_do(ext4):
    fstab = f"{ext4.folder}/fstab"
    for options, errors in (("defaults", 1), ("noauto", 0)):
        with open(fstab, "w", encoding="ascii") as file:
            file.write(f"{ext4.disk.device} {ext4.directory} ext4 {options} 0 0\n")
        ext4.host.run("mount", "--bind", fstab, "/etc/fstab")
        found = ext4.driver().findings("error")
        ext4.host.run("umount", "/etc/fstab")
        assert len(found) == errors
        assert all("/etc/fstab mounts" in text for text in found)
