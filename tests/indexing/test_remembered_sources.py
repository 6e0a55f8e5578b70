"""What a library remembers of its sources: by which path, until when, and not at all where an update has failed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import call
from conftest import Result

from readouts_cli import manifest
from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.manifest import Manifest


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of two readouts."""
    made = tmp_path / "source"
    made.mkdir()
    for word in ("carbon", "grain"):
        (made / f"{word}.txt").write_text(f" date 2024-05-01 The council spoke of {word}.\n")
    return made


def sources(library: Path) -> list[str]:
    found: list[str] = json.loads((library / "library.json").read_text())["sources"]
    return found


def counts(result: Result) -> dict[str, int]:
    """The report of an update, without what it counts none of."""
    assert result.err == "", result.err
    rows = (line.split("\t") for line in result.lines)
    return {name: int(count) for name, count in rows if int(count) and name != "without_met"}


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, beside the source."""
    folder = tmp_path / "beside"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_path_with_dots_is_the_folder_that_it_names(library: Path, source: Path, beside: Path) -> None:
    assert counts(call("index", "../source", library=library)) == {"added": 2}
    assert sources(library) == [str(source)]
    assert call("verify", library=library).out == ""
    assert call("show", "../source/carbon.txt", "-o", "ids", library=library).lines == ["carbon"]
    (source / "carbon.txt").unlink()
    assert counts(call("index", library=library)) == {"removed": 1, "unchanged": 1}
    (source / "grain.txt").unlink()
    emptied = call("index", library=library)
    assert emptied.status == 2
    assert "it has no files any more" in emptied.err
    assert call("forget", "../source/", library=library).lines == ["grain"]


def test_a_path_with_dots_that_is_remembered_already(library: Path, source: Path, beside: Path) -> None:
    call("index", str(source), library=library)
    kept = manifest.load(library)
    dotted = (f"{beside}/../source", str(source))
    manifest.save(library, Manifest(engine=kept.engine, sources=dotted))
    (source / "carbon.txt").unlink()
    assert counts(call("index", library=library)) == {"removed": 1, "unchanged": 1}
    assert sources(library) == [str(source)]


def test_a_link_is_remembered_as_it_was_named(library: Path, source: Path, beside: Path) -> None:
    (beside / "link").symlink_to(source)
    call("index", "./link/../link", library=library)
    assert sources(library) == [str(beside / "link")]
    assert call("show", "link/carbon.txt", "-o", "paths", library=library).lines == [f"{beside}/link/carbon.txt"]


def test_globs_that_nothing_matches_are_not_remembered(library: Path, source: Path) -> None:
    call("index", str(source), library=library)
    refused = call("index", "--glob", "*.md", "--exclude", "drafts", library=library)
    assert refused.status == 2
    assert "none of its files fits --glob '*.md' --exclude drafts" in refused.err
    assert counts(call("index", library=library)) == {"unchanged": 2}


def test_files_of_which_no_pattern_asks_any_more_stay(library: Path, source: Path) -> None:
    for path in source.iterdir():
        path.rename(path.with_suffix(".log"))
    call("index", str(source), "--glob", "*.log", library=library)
    refused = call("index", "--glob", "", library=library)
    assert refused.status == 2
    assert "none of its files fits what is read without --glob" in refused.err
    assert counts(call("index", library=library)) == {"unchanged": 2}


def test_globs_and_encodings_can_be_taken_back(library: Path, source: Path) -> None:
    (source / "big5.txt").write_bytes("會議".encode("big5"))
    only = ("--glob", "b*", "--exclude", "c*", "--encoding", "big5")
    assert counts(call("index", str(source), *only, library=library))["added"] == 1
    assert manifest.load(library).encoding == "big5"
    call("index", "--glob", "", "--exclude", "", "--encoding", "", library=library)
    kept = manifest.load(library)
    assert (kept.globs, kept.excludes, kept.encoding) == ((), (), None)
    assert call("list", "-o", "ids", library=library).lines == ["carbon", "grain", "big5"]


@pytest.mark.parametrize("name", ["nonsense", "zlib"])
def test_an_encoding_that_there_is_not_is_not_remembered(library: Path, source: Path, name: str) -> None:
    call("index", str(source), library=library)
    refused = call("index", "--encoding", name, library=library)
    assert refused.status == 2
    assert f"unknown encoding '{name}'" in refused.err
    assert counts(call("index", library=library)) == {"unchanged": 2}


def test_a_source_that_cannot_be_reached_is_not_remembered(library: Path, source: Path) -> None:
    call("index", str(source), library=library)
    (source.parent / "dangling").symlink_to("nowhere")
    assert call("index", str(source.parent / "dangling"), library=library).status == 2
    assert sources(library) == [str(source)]
    assert counts(call("index", library=library)) == {"unchanged": 2}


def test_a_first_update_that_fails_makes_no_library(library: Path, source: Path) -> None:
    (source.parent / "dangling").symlink_to("nowhere")
    assert call("index", str(source.parent / "dangling"), library=library).status == 2
    assert call("list", library=library).status == 3
    assert counts(call("index", "--engine", "tantivy", str(source), library=library)) == {"added": 2}


def test_a_file_that_was_a_source_and_is_removed_is_no_source(library: Path, source: Path) -> None:
    call("index", str(source / "carbon.txt"), str(source / "grain.txt"), library=library)
    (source / "grain.txt").unlink()
    assert counts(call("index", library=library)) == {"removed": 1, "unchanged": 1}
    assert sources(library) == [str(source / "carbon.txt")]
    assert counts(call("index", library=library)) == {"unchanged": 1}


def test_a_file_that_was_a_source_and_has_moved_is_no_source(library: Path, source: Path) -> None:
    (source.parent / "one.txt").write_text("one")
    call("index", str(source.parent / "one.txt"), str(source), library=library)
    (source.parent / "one.txt").rename(source / "two.txt")
    assert counts(call("index", library=library)) == {"moved": 1, "unchanged": 2, "without_published": 1}
    assert sources(library) == [str(source)]
    assert counts(call("index", library=library)) == {"unchanged": 3}


def test_a_rehearsed_rebuild_tells_what_the_rebuild_does(library: Path, source: Path) -> None:
    update(library, [str(source)], UpdateOptions(cores=1))
    rehearsed = counts(call("index", "--rebuild", "-n", library=library))
    assert rehearsed == counts(call("index", "--rebuild", library=library)) == {"changed": 2}
    for path in (library / "index").glob("*.toc"):
        path.write_bytes(b"nonsense")
    rehearsed = counts(call("index", "--rebuild", "-n", library=library))
    assert rehearsed == counts(call("index", "--rebuild", library=library)) == {"added": 2}
