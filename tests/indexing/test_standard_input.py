"""Readouts from standard input: they are nowhere else, so that nothing takes them away but the user's word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import call

from readouts_cli import manifest
from readouts_cli.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def lines(*texts: str) -> str:
    return "".join(json.dumps({"text": text}) + "\n" for text in texts)


def texts(library: Path) -> list[str]:
    with Library(library) as opened:
        return sorted(opened.engine.readout(id).text for id in opened.engine.ids())


def ruin(library: Path) -> None:
    for path in (library / "index").glob("*.toc"):
        path.write_bytes(b"nonsense")


def test_records_without_ids_do_not_replace_one_another(library: Path) -> None:
    for day in ("one", "two"):
        assert "added\t1" in call("index", "-", library=library, stdin=lines(f"day {day}")).lines
    assert texts(library) == ["day one", "day two"]
    assert "changed\t2" in call("index", "-", library=library, stdin=lines("day two", "day one")).lines
    assert texts(library) == ["day one", "day two"]
    assert all(id.startswith("stdin-") for id in call("list", "-o", "ids", library=library).lines)


def test_records_of_the_same_text_are_all_kept(library: Path) -> None:
    call("index", "-", library=library, stdin=lines("again", "again"))
    assert texts(library) == ["again", "again"]


def test_a_library_of_nothing_else(library: Path) -> None:
    call("index", "-", library=library, stdin=lines("piped"))
    assert "source\t-" in call("info", library=library).lines
    for options in ((), ("--rebuild",), ("-n",), ("-n", "--rebuild")):
        done = call("index", *options, library=library)
        assert (done.status, done.err) == (0, "")
        assert call("verify", library=library).status == 0
    assert texts(library) == ["piped"]


def test_it_can_be_forgotten(library: Path, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("from a file")
    call("index", "-", str(tmp_path / "file.txt"), library=library, stdin=lines("piped"))
    assert len(call("forget", "-", library=library).lines) == 1
    assert texts(library) == ["from a file"]
    assert call("forget", "-", library=library).status == 2


def test_a_rebuild_keeps_it(library: Path, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("from a file")
    call("index", "-", str(tmp_path / "file.txt"), library=library, stdin=lines("piped"))
    assert call("index", "--rebuild", library=library).status == 0
    assert texts(library) == ["from a file", "piped"]


@pytest.mark.parametrize("remembered", [True, False])
def test_a_rebuild_that_would_lose_it_is_refused(library: Path, tmp_path: Path, remembered: bool) -> None:
    (tmp_path / "file.txt").write_text("from a file")
    call("index", "-", str(tmp_path / "file.txt"), library=library, stdin=lines("piped"))
    if not remembered:  # as libraries were made before
        kept = manifest.load(library)
        manifest.save(library, manifest.Manifest(engine=kept.engine, sources=(str(tmp_path / "file.txt"),)))
        call("index", library=library)
    ruin(library)
    for options in ((), ("-n",)):
        refused = call("index", "--rebuild", *options, library=library)
        assert refused.status == 3
        assert "readouts index --rebuild -" in refused.err
        assert list((library / "index").glob("*.pst")), "what might be mended is left alone"
    assert call("index", "--rebuild", "-", library=library, stdin=lines("piped again")).status == 0
    assert texts(library) == ["from a file", "piped again"]


def test_damage_is_mended_by_piping_it_again(library: Path, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("from a file")
    call("index", "-", str(tmp_path / "file.txt"), library=library, stdin=lines("piped"))
    damaged = max((library / "index").iterdir(), key=lambda file: file.suffix != ".toc" and file.stat().st_size)
    damaged.write_bytes(damaged.read_bytes()[::-1])
    assert call("verify", library=library).out.endswith(f"readouts -L {library} index --rebuild -\n")
    assert call("index", "--rebuild", "-", library=library, stdin=lines("piped")).status == 0
    assert call("verify", library=library).status == 0
    assert texts(library) == ["from a file", "piped"]


def test_a_rebuild_can_let_it_go(library: Path, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("from a file")
    call("index", "-", str(tmp_path / "file.txt"), library=library, stdin=lines("piped"))
    ruin(library)
    done = call("index", "--rebuild", "-", library=library)
    assert (done.status, done.err) == (4, "readouts: -: no readouts in it\n")
    assert texts(library) == ["from a file"]
    assert call("forget", "-", library=library).status == 0
    assert call("index", library=library).status == 0
