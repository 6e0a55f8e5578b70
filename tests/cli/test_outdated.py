"""What a search says below its hits where files have changed since they were indexed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import Run


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"carbon in {name}")
    rows = (json.dumps({"id": f"r{number}", "text": f"carbon {number}"}) for number in range(4))
    (folder / "records.jsonl").write_text("\n".join(rows))
    return folder


@pytest.fixture
def library(run: Run, source: Path, tmp_path: Path) -> Path:
    assert run("index", str(source), library=tmp_path / "library").status == 0
    return tmp_path / "library"


def told(run: Run, library: Path, *query: str) -> list[str]:
    lines = run("search", *query, library=library, tty=True, env={"TERM": "dumb"}).lines
    return [line.rstrip() for line in lines if line.endswith("run: readouts index")]


def touch(path: Path, text: str) -> None:
    path.write_text(text)
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 10**9))


def test_nothing_has_changed(run: Run, library: Path) -> None:
    assert told(run, library, "carbon") == []
    assert told(run, library, "id:r1") == []


def test_a_file_has_changed(run: Run, library: Path, source: Path) -> None:
    touch(source / "a.txt", "carbon in x")
    assert told(run, library, "carbon") == ["1 file has changed since it was indexed; run: readouts index"]
    assert told(run, library, "id:b") == []


def test_files_have_changed_or_gone(run: Run, library: Path, source: Path) -> None:
    (source / "a.txt").unlink()
    (source / "records.jsonl").write_text("{}")
    assert told(run, library, "carbon") == ["2 files have changed since they were indexed; run: readouts index"]
    assert len(told(run, library, "id:r1")) == 1


def test_a_file_of_records_has_changed_in_time_only(run: Run, library: Path, source: Path) -> None:
    records = source / "records.jsonl"
    touch(records, records.read_text().replace("carbon 2", "carbon 9"))
    assert len(told(run, library, "carbon")) == 1


def test_raw_records_are_not_called_changed(run: Run, library: Path, source: Path) -> None:
    assert run("show", "r1", "--raw", library=library).err == ""
    (source / "records.jsonl").write_text("{}")
    assert "has changed since it was indexed" in run("show", "r1", "--raw", library=library).err
