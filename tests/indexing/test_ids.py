"""Ids: one a readout, whatever its file does meanwhile, and fit for a command line and for every engine."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from calling import call

from readouts_cli.identity import Ids
from readouts_cli.indexing.report import Report, UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library

LONG = "meeting-" * 10_000


def index(library: Path, *paths: Path, engine: str | None = None) -> Report:
    return update(library, [str(path) for path in paths], UpdateOptions(cores=1, engine=engine))


def texts(library: Path) -> dict[str, str]:
    with Library(library) as opened:
        ids = opened.engine.ids()
        assert len(opened.engine) == len(ids)
        return {id: opened.engine.readout(id).text for id in ids}


def record(id: str, text: str) -> bytes:
    return json.dumps({"id": id, "text": text}).encode() + b"\n"


def test_an_id_stays_with_a_file_that_can_no_longer_be_read(tmp_path: Path, engine_name: str) -> None:
    source, library = tmp_path / "source", tmp_path / "library"
    source.mkdir()
    (source / "a.jsonl").write_bytes(record("x", "first"))
    index(library, source, engine=engine_name)
    (source / "a.jsonl").write_bytes(bytes(range(32)) * 40)
    (source / "b.jsonl").write_bytes(record("x", "second"))
    report = index(library)
    assert {failure.path for failure in report.failures} == {str(source / "a.jsonl")}
    found = texts(library)
    assert found.pop("x") == "first"
    assert list(found.values()) == ["second"]


def test_an_id_that_a_file_no_longer_has_goes_to_another(tmp_path: Path, engine_name: str) -> None:
    source, library = tmp_path / "source", tmp_path / "library"
    source.mkdir()
    (source / "a.jsonl").write_bytes(record("x", "first"))
    index(library, source, engine=engine_name)
    (source / "a.jsonl").write_bytes(record("y", "first"))
    (source / "b.jsonl").write_bytes(record("x", "second"))
    index(library)
    assert texts(library) == {"y": "first", "x": "second"}


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("-rf.txt", "rf"),
        ("--.txt", "_"),
        ("-.txt", "_"),
        ("a-b.txt", "a-b"),
        ("-_x.txt", "_x"),
        (f"{'m' * 200}.txt", "m" * 200),
    ],
)
def test_the_id_of_a_file(name: str, id: str) -> None:
    assert Ids((), [name]).for_file(name) == id


def test_a_long_name_is_cut_and_told_from_others_that_begin_like_it() -> None:
    ids = Ids(())
    one, other = ids.for_file(f"{'m' * 240}1.txt"), ids.for_file(f"{'m' * 240}2.txt")
    assert one.startswith("m" * 200 + "-")
    assert len(one) < 220
    assert one != other
    assert Ids(()).for_file(f"{'m' * 240}1.txt") == one


def test_long_ids_of_records_are_found(tmp_path: Path, engine_name: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(record(f"{LONG}1", "carbon one") + record(f"{LONG}2", "carbon two"))
    library = tmp_path / "library"
    index(library, tmp_path / "a.jsonl", engine=engine_name)
    found = call("search", "carbon", "-o", "ids", library=library)
    assert found.status == 0, found.err
    assert len(set(found.lines)) == 2
    assert all(line.startswith(LONG[:200]) and len(line) < 250 for line in found.lines)
    assert call("show", found.lines[0], "-o", "ids", library=library).lines == found.lines[:1]


def test_ids_can_be_arguments(tmp_path: Path) -> None:
    source, library = tmp_path / "source", tmp_path / "library"
    source.mkdir()
    (source / "-rf.txt").write_text("carbon")
    (source / "a.jsonl").write_bytes(record("--raw", "carbon"))
    index(library, source)
    found = call("search", "carbon", "-o", "ids", library=library).lines
    assert sorted(found) == ["raw", "rf"]
    assert call("show", *found, "-o", "ids", library=library).lines == found


def test_ids_of_any_characters(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    ids = Ids([os.fsdecode(b"caf\xe9")])
    assert ids.for_file(name).startswith(os.fsdecode(b"caf\xe9-"))
    assert ids.for_record("a.jsonl", 1, "\ud800" * 300).startswith("\ud800" * 200)
