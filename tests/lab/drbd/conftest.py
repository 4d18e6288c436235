# SPDX-License-Identifier: GPL-2.0-or-later
import pathlib
import tempfile

import pytest

import nodes


@pytest.fixture
def pair(request):
    """Two connected nodes with equal disks; marker: pair(disk="resync-rate 1M;", minors=2)."""
    marker = request.node.get_closest_marker("pair")
    options = dict(marker.kwargs) if marker else {}
    created = options.pop("created", True)
    cluster = nodes.Pair(tempfile.mkdtemp(prefix="drbd-standin-"), **options)
    try:
        if created:
            for minor in range(cluster.minors):
                cluster.create(f"r{minor}")
        yield cluster
    except BaseException:
        raise
    finally:
        if request.node.stash.get(FAILED, False) or not created:
            for node in cluster.nodes:
                print(f"--- {node.name}\n{node.log()}")
        cluster.close()


FAILED = pytest.StashKey()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True


def pytest_configure(config):
    config.addinivalue_line("markers", "pair(**options): how to set the two nodes up")
    assert (nodes.LAB / "drbd_kernel").exists(), f"build first: no {nodes.LAB}/drbd_kernel"
