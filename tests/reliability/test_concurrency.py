"""Readers and writers in different processes: nobody waits but a second writer, and nobody sees half a commit."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from readouts_cli.engines.base import Order, Ranking
from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library
from readouts_cli.query.tree import Everything

COMMAND = [sys.executable, "-m", "readouts_cli"]

#: How many times readers open the library while a writer commits.
SEARCHES = int(os.environ.get("READOUTS_SEARCHES", "300"))

#: How many of the writer's commits they see at least meanwhile.
COMMITS = max(8, SEARCHES // 20)


def write(source: Path, version: int) -> None:
    """Every readout speaks of the same version, so that a mixture of commits would show."""
    source.mkdir(exist_ok=True)
    for number in range(12):
        (source / f"{number:03}_made.txt").write_text(f"version{version} " * (version % 7 + 1))


def versions(library: Library) -> set[str]:
    found = library.engine.search(Everything(), Order.ID, limit=None, offset=0, ranking=Ranking())
    return {readout.text.split()[0] for readout in library.engine.readouts(hit.id for hit in found.hits)}


def test_readers_during_commits_see_one_commit_or_the_other(tmp_path: Path, engine_name: str) -> None:
    source, folder = tmp_path / "source", tmp_path / "library"
    write(source, 0)
    update(folder, [str(source)], UpdateOptions(engine=engine_name, cores=1))
    done = threading.Event()
    failures: list[BaseException] = []

    def keep_writing() -> None:
        version = 0
        try:
            while not done.is_set():
                version += 1
                write(source, version)
                update(folder, [], UpdateOptions(cores=1, rebuild=True))
        except BaseException as error:  # noqa: BLE001  # shown by the test
            failures.append(error)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        asked, seen = 0, set[str]()
        while writer.is_alive() and (asked < SEARCHES or len(seen) < COMMITS):
            with Library(folder) as library:
                found = versions(library)
                assert len(found) == 1
                assert len(library.engine) == 12
            asked, seen = asked + 1, seen | found
    finally:
        done.set()
        writer.join()
    assert failures == []


def test_two_writers_at_once_lose_nothing(tmp_path: Path, engine_name: str) -> None:
    folder = tmp_path / "library"
    sources = []
    for name in ("one", "two"):
        source = tmp_path / name
        source.mkdir()
        sources.append(source)
        for number in range(150):
            (source / f"{name}{number}.txt").write_text(f"{name} {number}")
    index = [*COMMAND, "-L", str(folder), "index", "--engine", engine_name]
    running = [subprocess.Popen([*index, str(source)], stdout=subprocess.DEVNULL) for source in sources]
    assert [process.wait(60) for process in running] == [0, 0]
    with Library(folder) as library:
        assert library.engine.name == engine_name
        assert len(library.engine) == 300
        assert sorted(library.manifest.sources) == sorted(map(str, sources))


def test_a_second_writer_says_who_is_first_and_gives_up_in_time(tmp_path: Path, engine_name: str) -> None:
    from readouts_cli.indexing.lock import sole_writer

    source, folder = tmp_path / "source", tmp_path / "library"
    write(source, 0)
    update(folder, [str(source)], UpdateOptions(engine=engine_name, cores=1))
    with sole_writer(folder, 0, lambda _: None):
        command = [*COMMAND, "-L", str(folder), "index", "--wait", "0.2"]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 3
    assert f"process {os.getpid()}" in result.stderr
    assert "Traceback" not in result.stderr
