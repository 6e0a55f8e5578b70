"""Nodes that die while a library is written and searched.

READOUTS_TEST_CLUSTER names a script that takes `kill N` and `start N`, for the cluster of three nodes that
READOUTS_TEST_OPENSEARCH names all hosts of.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("opensearchpy")

from clusters import URL, needs_cluster, place_on_cluster

from readouts_cli.engines.base import Entry, FileStamp, Order, Ranking
from readouts_cli.engines.opensearch.engine import OpenSearchEngine
from readouts_cli.engines.opensearch.place import load
from readouts_cli.engines.opensearch.server import Server, ServerError
from readouts_cli.engines.opensearch.writer import OpenSearchWriter
from readouts_cli.errors import LibraryError
from readouts_cli.query.expressions import Term
from readouts_cli.query.leaves import Exact
from readouts_cli.query.tree import In
from readouts_cli.readout import Readout

VARIABLE = "READOUTS_TEST_CLUSTER"
SCRIPT = os.environ.get(VARIABLE, "")

pytestmark = [
    needs_cluster,
    pytest.mark.skipif(not SCRIPT, reason=f"{VARIABLE} names no script that kills and starts nodes"),
]

NODES = 3
NUMBER = 3_000
DUAL = In("text", Term(Exact("dual")))


def entry(number: int) -> Entry:
    id = f"{number:05}"
    return Entry(Readout(id=id, path=id, text=f"dual carbon {number} " * 20), FileStamp(id, 1, 1, "digest"))


def control(*arguments: str) -> None:
    subprocess.run([sys.executable, SCRIPT, *arguments], check=True, capture_output=True)


def wait_until(holds: Callable[[], bool], seconds: float = 90.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "the cluster has not come to rest"
        time.sleep(0.2)


def health(folder: Path) -> dict[str, object]:
    server = Server(load(folder).location)
    try:
        return server.ask("GET", f"/_cluster/health/{server.location.name}", timeout=5.0)
    except ServerError:
        return {}
    finally:
        server.close()


@contextmanager
def dead(node: int, folder: Path) -> Iterator[None]:
    """A node that is killed, and comes back in the end."""
    control("kill", str(node))
    try:
        wait_until(lambda: health(folder).get("number_of_nodes") == NODES - 1)
        yield
    finally:
        control("start", str(node))
        wait_until(lambda: health(folder).get("number_of_nodes") == NODES)


@pytest.fixture
def whole_cluster() -> None:
    if URL.count(",") != NODES - 1:
        pytest.skip("the URL must name all three hosts")


@contextmanager
def library(folder: Path, replicas: int, number: int = 0) -> Iterator[Path]:
    with place_on_cluster(folder, shards=NODES, replicas=replicas):
        OpenSearchWriter.create(folder)
        wait_until(lambda: health(folder).get("status") == "green")
        if number:
            with OpenSearchWriter(folder) as writer:
                for n in range(number):
                    writer.add(entry(n))
                writer.commit()
        yield folder


def searched(engine: OpenSearchEngine) -> int:
    found = engine.search(DUAL, Order.RELEVANCE, limit=None, offset=0, ranking=Ranking())
    assert len({hit.id for hit in found.hits}) == found.total
    return found.total


@pytest.mark.usefixtures("whole_cluster")
def test_a_node_that_dies_while_indexing_costs_nothing(tmp_path: Path) -> None:
    with library(tmp_path / "machine", replicas=1) as folder:
        killer = threading.Thread(target=control, args=("kill", "2"))
        try:
            with OpenSearchWriter(folder) as writer:
                for n in range(NUMBER):
                    writer.add(entry(n))
                    if n == NUMBER // 3:
                        killer.start()
                writer.commit()
        finally:
            killer.join()
            control("start", "2")
        engine = OpenSearchEngine(folder)
        assert searched(engine) == NUMBER
        assert [readout.id for readout in engine.readouts(engine.ids())] == [f"{n:05}" for n in range(NUMBER)]
        assert engine.incomplete is None
        wait_until(lambda: health(folder).get("status") == "green")
        assert list(OpenSearchEngine(folder).verify()) == []


@pytest.mark.usefixtures("whole_cluster")
def test_with_replicas_answers_stay_complete(tmp_path: Path) -> None:
    with library(tmp_path / "machine", 1, NUMBER) as folder:
        engine = OpenSearchEngine(folder)
        with dead(1, folder):
            for opened in (engine, OpenSearchEngine(folder)):
                assert searched(opened) == NUMBER
                assert opened.incomplete is None


@pytest.mark.usefixtures("whole_cluster")
def test_a_node_that_dies_while_searching(tmp_path: Path) -> None:
    with library(tmp_path / "machine", 1, NUMBER) as folder:
        totals: list[int] = []
        engine = OpenSearchEngine(folder)

        def search_on() -> None:
            while len(totals) < 200 and not stop.is_set():
                totals.append(searched(engine))

        stop, searching = threading.Event(), threading.Thread(target=search_on)
        searching.start()
        try:
            with dead(2, folder):
                before = len(totals)
                wait_until(lambda: len(totals) > before + 2 or not searching.is_alive())
        finally:
            stop.set()
            searching.join()
        assert len(totals) > 3
        assert set(totals) == {NUMBER} or engine.incomplete is not None
        assert totals[-1] == NUMBER


@pytest.mark.usefixtures("whole_cluster")
def test_without_replicas_answers_say_that_they_are_incomplete(tmp_path: Path) -> None:
    with library(tmp_path / "machine", 0, NUMBER) as folder:
        with dead(2, folder):
            engine = OpenSearchEngine(folder)
            assert 0 < searched(engine) < NUMBER
            assert engine.incomplete is not None
            assert "1 of 3 shards are missing" in engine.incomplete
            with pytest.raises(LibraryError, match=r"is incomplete .*try again"):
                OpenSearchEngine(folder, strict=True).ids()
            with pytest.raises(LibraryError):
                OpenSearchWriter(folder)
        wait_until(lambda: health(folder).get("status") == "green")
        engine = OpenSearchEngine(folder)
        assert searched(engine) == NUMBER
        assert engine.incomplete is None
