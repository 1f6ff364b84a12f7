"""A dask cluster gives the bytes of threads, also when a worker is lost; what it cannot do is said in a sentence."""

import os
import signal
import socket
import threading
from contextlib import contextmanager

import numpy as np
import pytest

from folders import write_folder
from test_ensemble import assert_same
from tiau.ensemble import afar, cluster, identity
from tiau.faults import WorkersError
from tiau.loading import load
from tiau.simulation import simulate

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
MEMBERS = 8


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return load(write_folder(tmp_path_factory.mktemp("small") / "small"))


@pytest.fixture(scope="module")
def whole(small):
    return simulate(small, members=MEMBERS)


@contextmanager
def of_two_workers():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", host="127.0.0.1"
    ) as two:
        yield two


@pytest.fixture(scope="module")
def two():
    with of_two_workers() as two:
        yield two


@pytest.mark.parametrize("jobs", [None, 3])
def test_a_cluster_gives_the_bytes_of_threads(two, small, whole, jobs):
    assert_same(simulate(small, members=MEMBERS, jobs=jobs, workers=two.scheduler_address), whole)


def test_a_worker_that_is_killed_in_mid_run_changes_nothing(small, whole, monkeypatch):
    monkeypatch.setattr(afar, "DAYS_AT_ONCE", 3)
    with of_two_workers() as two:
        before = {worker.pid for worker in two.workers.values()}
        killed = []

        def kill(done, total):
            if done == total // 2:
                killed.append(min(before))
                os.kill(killed[0], signal.SIGKILL)

        found = simulate(small, members=MEMBERS, jobs=4, workers=two.scheduler_address, progress=kill)
        assert killed
    assert_same(found, whole)


def test_a_worker_with_other_sources_is_refused(two, small, monkeypatch):
    monkeypatch.setattr(cluster, "identity", lambda: identity.identity() | {"sources": "another"})
    with pytest.raises(
        WorkersError, match=r"the scheduler: sources \w+ against another here; install the same versions"
    ):
        simulate(small, members=2, workers=two.scheduler_address)


def test_a_worker_that_joins_late_is_compared_too(monkeypatch):
    monkeypatch.setattr(cluster, "identity", lambda: {"python": "3.1"})
    with pytest.raises(WorkersError, match=r"a worker of the cluster differs: python 3\.1 against 2\.7 here"):
        cluster._go_on({"python": "2.7"}, b"", None, range(1))


@pytest.mark.parametrize("address", ["tcp://", "tcp://here", "tcp://here:port", "tcp://here:99999", "http://here:8786"])
def test_what_is_no_address_is_told_at_once(small, address):
    with pytest.raises(WorkersError, match="is not the address of a dask scheduler; give the address that `dask"):
        simulate(small, members=1, workers=address)


def test_an_address_where_nobody_answers_is_told(small, monkeypatch):
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(WorkersError, match=rf"no dask scheduler answers at tcp://127.0.0.1:{port} \(Connection re"):
            simulate(small, members=1, workers=f"tcp://127.0.0.1:{port}")


def test_a_server_of_another_kind_is_told(small, monkeypatch):
    monkeypatch.setattr(cluster, "ANSWERS_WITHIN", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=lambda: server.accept()[0].sendall(b"SSH-2.0-"), daemon=True).start()
        with pytest.raises(WorkersError, match="no dask scheduler answers at"):
            simulate(small, members=1, workers=f"tcp://127.0.0.1:{server.getsockname()[1]}")


def test_a_cluster_without_workers_is_told(small, monkeypatch):
    monkeypatch.setattr(cluster, "WORKERS_WITHIN", 0.5)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0", host="127.0.0.1") as nobody,
        pytest.raises(WorkersError, match=r"has no workers after 0 seconds; start some with: dask worker tcp://"),
    ):
        simulate(small, members=1, workers=nobody.scheduler_address)


def test_without_dask_it_is_said_what_to_install(small, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(WorkersError, match=r'pip install "tiau\[cluster\]"'):
        simulate(small, members=1, workers="tcp://127.0.0.1:8786")


def test_results_of_members_are_put_in_their_order(two, small):
    found = simulate(small, members=5, jobs=5, workers=two.scheduler_address)
    one = simulate(small, members=5, jobs=1)
    assert np.array_equal(found.figures, one.figures, equal_nan=True)
