"""Machines that index into one library on a cluster at the same time, each a process with a home of its own."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("opensearchpy")

from clusters import URL, needs_cluster, remove
from conftest import Run

pytestmark = needs_cluster

#: Enough for the machines to be at it together.
NUMBER = 300

MACHINES = ("north", "south", "west")


@pytest.fixture
def url() -> Iterator[str]:
    url = f"{URL}/readouts-test-{uuid.uuid4().hex[:12]}?shards=2&replicas=0"
    yield url
    remove(url)


def write(folder: Path, name: str) -> Path:
    """The files of a machine."""
    folder.mkdir()
    for number in range(NUMBER):
        (folder / f"{name}{number:04}_made.txt").write_text(f"dual carbon of {folder.name}, number {number}")
    return folder


def home(environment: dict[str, str], folder: Path) -> dict[str, str]:
    return {**environment, "XDG_DATA_HOME": str(folder)}


def index(url: str, source: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "readouts_cli", "-L", url, "index", "--cores", "1", str(source)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


def index_at_once(url: str, tmp_path: Path, environment: dict[str, str]) -> list[tuple[int, str]]:
    """Exit status and errors of a run on each machine, all at the same time."""
    running = [index(url, tmp_path / name, home(environment, tmp_path / f"{name}-home")) for name in MACHINES]
    errors = [process.communicate(timeout=120)[1] for process in running]
    return [(process.returncode, error) for process, error in zip(running, errors, strict=True)]


def test_machines_that_index_at_once_lose_nothing(
    run: Run, environment: dict[str, str], url: str, tmp_path: Path
) -> None:
    for name in MACHINES:
        write(tmp_path / name, name)
    assert index_at_once(url, tmp_path, environment) == [(0, "")] * len(MACHINES)
    found = run("-L", url, "search", "dual carbon", "-o", "ids", "-n", "1000")
    assert sorted(found.lines) == sorted(f"{name}{number:04}" for name in MACHINES for number in range(NUMBER))
    for name in MACHINES:
        own = run("-L", url, "search", f'"of {name}"', "--count", env=home({}, tmp_path / "elsewhere"))
        assert own.out.strip() == str(NUMBER)


def test_machines_with_files_of_the_same_names_lose_nothing(
    run: Run, environment: dict[str, str], url: str, tmp_path: Path
) -> None:
    """Who is told that another has taken an id meanwhile indexes again."""
    for name in MACHINES:
        write(tmp_path / name, "same")
    ended = index_at_once(url, tmp_path, environment)
    assert all(status == 0 or "has meanwhile added a readout" in error for status, error in ended)
    for name in MACHINES:
        again = index(url, tmp_path / name, home(environment, tmp_path / f"{name}-home"))
        assert (again.wait(60), again.communicate()[1]) == (0, "")
    ids = run("-L", url, "list", "-o", "ids").lines
    assert len(ids) == len(set(ids)) == NUMBER * len(MACHINES)
    for name in MACHINES:
        assert run("-L", url, "search", f'"of {name}"', "--count").out.strip() == str(NUMBER)
