"""Nothing gets its name before it is on the disk, and no command ends before the names are there too."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from readouts_cli.indexing.maintenance import forget, optimize
from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update

#: What the system was asked for, in order: ("sync" or "rename", path).  A hook cannot be taken out again.
CALLS: list[tuple[str, str]] = []


def listen(event: str, arguments: tuple[object, ...]) -> None:
    if event == "os.rename":
        CALLS.append(("rename", os.path.realpath(str(arguments[1]))))


sys.addaudithook(listen)


@pytest.fixture(autouse=True)
def sync(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        CALLS.append(("sync", str(Path(f"/proc/self/fd/{descriptor}").readlink())))

    monkeypatch.setattr(os, "fsync", fsync)


def write(source: Path, word: str) -> None:
    source.mkdir(exist_ok=True)
    for number in range(12):
        (source / f"{number:02}_made.txt").write_text(f"{word} {number}")


def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def first_build(tmp_path: Path) -> None:
    update(library(tmp_path), [str(tmp_path / "source")], UpdateOptions(cores=1))


def refresh(tmp_path: Path) -> None:
    write(tmp_path / "source", "changed")
    update(library(tmp_path), [], UpdateOptions(cores=1))


def rebuild(tmp_path: Path) -> None:
    update(library(tmp_path), [], UpdateOptions(cores=1, rebuild=True))


def lay_out_anew(tmp_path: Path) -> None:
    optimize(library(tmp_path), wait=0, notify=lambda _: None)


def drop(tmp_path: Path) -> None:
    forget(library(tmp_path), [str(tmp_path / "source")], wait=0, notify=lambda _: None)


def test_a_new_library_outlives_the_folders_that_are_made_for_it(tmp_path: Path) -> None:
    write(tmp_path / "source", "made")
    CALLS.clear()
    update(tmp_path / "new" / "and" / "library", [str(tmp_path / "source")], UpdateOptions(cores=1))
    first_rename = next(number for number, (kind, _) in enumerate(CALLS) if kind == "rename")
    synced = {path for _, path in CALLS[:first_rename]}
    assert {str(tmp_path), str(tmp_path / "new"), str(tmp_path / "new" / "and")} <= synced
    CALLS.clear()
    update(tmp_path / "new" / "and" / "library", [], UpdateOptions(cores=1))
    assert ("sync", str(tmp_path / "new" / "and")) not in CALLS


@pytest.mark.parametrize("change", [first_build, refresh, rebuild, lay_out_anew, drop], ids=lambda it: it.__name__)
def test_every_name_comes_after_what_it_names(tmp_path: Path, change: Callable[[Path], None]) -> None:
    write(tmp_path / "source", "made")
    if change is not first_build:
        first_build(tmp_path)
        (tmp_path / "source" / "more.txt").write_text("a second segment")
        first_build(tmp_path)
    index = library(tmp_path) / "index"
    before = set(index.glob("MAIN_*.*"))
    CALLS.clear()
    change(tmp_path)
    last_toc = max(number for number, (kind, path) in enumerate(CALLS) if kind == "rename" and path.endswith(".toc"))
    synced = {path for kind, path in CALLS[:last_toc] if kind == "sync"}
    assert {str(file) for file in set(index.glob("MAIN_*.*")) - before} <= synced
    assert before != set(index.glob("MAIN_*.*"))
    assert str(index / "MAIN_commit.tmp") in synced
    renamed = set()
    for number, (kind, path) in enumerate(CALLS):
        if kind == "rename":
            renamed.add(Path(path).name)
            assert ("sync", str(Path(path).parent)) in CALLS[number:], f"the name of {path} may be lost"
        if path.endswith("library.json"):
            assert any(each == "sync" and draft.startswith(f"{path}.") for each, draft in CALLS[:number])
    assert ("library.json" in renamed) == (change is not lay_out_anew)
