"""`readouts index` as a user sees it: the report, the failures, the progress bar."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import SEEDS, Run

RECORD = {"id": "r1", "date": "2022-08-20", "title": "A meeting", "text": "On August 19, a meeting was held."}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_the_report_of_an_update(run: Run, library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("000", "004"):
        source = next(SEEDS.glob(f"{name}*"))
        (folder / source.name).write_bytes(source.read_bytes())
    first = dict(line.split("\t") for line in run("index", str(folder), library=library).lines)
    assert first == {
        "added": "2", "changed": "0", "moved": "0", "removed": "0", "unchanged": "0", "failed": "0",
        "without_published": "1", "without_met": "0",
    }  # fmt: skip
    next(folder.glob("004*")).unlink()
    rehearsed = run("index", "--dry-run", "-o", "json", library=library)
    assert json.loads(rehearsed.out)["removed"] == ["004"]
    assert run("list", "-o", "ids", library=library).lines == ["000", "004"]
    report = run("index", library=library, tty=True).out
    assert "1 removed · 1 unchanged" in report
    assert "removed: 004" in report
    assert run("list", "-o", "ids", library=library).lines == ["000"]
    assert "1 unchanged" in run("index", library=library, tty=True).out


def test_a_person_sees_progress_and_a_summary(run: Run, library: Path) -> None:
    result = run("index", str(SEEDS), library=library, tty=True, columns=120)
    assert result.status == 0
    assert " of 5 files" in result.out
    assert "5 added (" in result.out
    assert "1 readout without a published date" in result.out


def test_quiet(run: Run, library: Path) -> None:
    result = run("index", "-q", str(SEEDS), library=library, tty=True)
    assert (result.status, result.out) == (0, "")


def test_a_pipe_sees_no_progress(run: Run, library: Path) -> None:
    result = run("index", str(SEEDS), library=library)
    assert result.err == ""
    assert "\x1b" not in result.out


def test_standard_input(run: Run, library: Path) -> None:
    result = run("index", "-", library=library, stdin=json.dumps(RECORD) + "\n")
    assert result.status == 0, result.err
    assert run("list", "--fields", "id,met,title", library=library).lines == ["r1\t2022-08-19~\tA meeting"]


def test_which_files(run: Run, library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "c.md"):
        (folder / name).write_text(" date 2022-08-20 A meeting.\n\nOn the 19th, it was held.")
    args = ("index", str(folder), "--glob", "*.txt", "--exclude", "b*")
    assert run(*args, library=library).status == 0
    assert run("list", "-o", "ids", library=library).lines == ["a"]


def test_an_unknown_encoding(run: Run, library: Path) -> None:
    result = run("index", str(SEEDS), "--encoding", "utf-99", library=library)
    assert result.status in {2, 4}
    assert "utf-99" in result.err
