"""A commit in the middle of an update: what is in it is whole, so that an update that is killed then loses nothing."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from readouts_cli.engines import writer_class
from readouts_cli.engines.base import Writer
from readouts_cli.identity import Ids
from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library
from readouts_cli.verifying import Trouble, verify

#: So little memory holds a part of these readouts, which are enough for several processes.
MEMORY = 400_000
FILES = 450


class KilledError(Exception):
    """What a test throws in place of killing the program."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = tmp_path / "source"
    made.mkdir()
    write(made, "carbon")
    return made


def write(source: Path, word: str) -> None:
    for number in range(FILES):
        path = source / f"{number:03}_made.txt"
        path.write_text(f"{word} {number} " + f"council {number % 7} met " * 20)
        os.utime(path, ns=(0, path.stat().st_mtime_ns + 10**9))


def after_every_commit(monkeypatch: pytest.MonkeyPatch, engine: str, look: Callable[[], None]) -> None:
    """Have `look` called after every commit but the last."""
    kind = writer_class(engine)
    commit = kind.commit  # type: ignore[attr-defined]

    def watched(self: Writer, *, last: bool = True) -> None:
        commit(self, last=last)
        if not last:
            look()

    monkeypatch.setattr(kind, "commit", watched)


def texts(folder: Path) -> Mapping[str, str]:
    with Library(folder) as library:
        ids = [id for id, _ in library.engine.stamps()]
        assert Counter(ids) == Counter(library.engine.ids())
        assert len(library.engine) == len(ids)
        return {id: library.engine.readout(id).text for id in ids}


@pytest.mark.parametrize("cores", [1, 2])
def test_every_readout_is_there_once(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch, engine_name: str, cores: int
) -> None:
    folder, options = tmp_path / "library", UpdateOptions(cores=cores, memory=MEMORY, engine=engine_name)
    update(folder, [str(source)], options)
    write(source, "grain")
    changed: list[int] = []

    def look() -> None:
        found = texts(folder)
        assert len(found) == FILES
        changed.append(sum(text.startswith("grain") for text in found.values()))

    after_every_commit(monkeypatch, engine_name, look)
    report = update(folder, [], options)
    assert (len(report.changed), report.unchanged) == (FILES, 0)
    assert changed == sorted(changed)
    if engine_name == "whoosh" and cores == 1:
        assert len(changed) > 1, "there were middle commits"
    assert all(text.startswith("grain") for text in texts(folder).values())


def test_an_update_that_ends_after_a_middle_commit_is_taken_up(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, options = tmp_path / "library", UpdateOptions(cores=1, memory=MEMORY)
    update(folder, [str(source)], options)
    write(source, "grain")

    def kill() -> None:
        raise KilledError

    after_every_commit(monkeypatch, "whoosh", kill)
    with pytest.raises(KilledError):
        update(folder, [], options)
    monkeypatch.undo()
    committed = sum(text.startswith("grain") for text in texts(folder).values())
    assert 0 < committed < FILES
    report = update(folder, [], options)
    assert (len(report.changed), report.unchanged) == (FILES - committed, committed)
    assert len(texts(folder)) == FILES
    assert list(verify(folder)) == []


@pytest.mark.parametrize("suffixes", [("jsonl", "jsonl"), ("txt", "txt"), ("jsonl", "txt")])
def test_ids_that_were_given_twice_are_told_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine_name: str, suffixes: Iterable[str]
) -> None:
    source, folder = tmp_path / "source", tmp_path / "library"
    source.mkdir()
    for name, suffix in zip("ab", suffixes, strict=True):
        text = f"text of {name}"
        (source / f"{name}.{suffix}").write_text(json.dumps({"text": text}) if suffix == "jsonl" else text)
    options = UpdateOptions(cores=1, engine=engine_name)
    monkeypatch.setattr(Ids, "for_record", lambda *_: "x")
    monkeypatch.setattr(Ids, "for_file", lambda *_: "x")
    update(folder, [str(source)], options)
    monkeypatch.undo()
    (finding,) = verify(folder)
    assert (finding.trouble, finding.message) == (Trouble.DAMAGED, "2 readouts have the id 'x'")
    assert finding.remedy == "index --rebuild"
    update(folder, [], UpdateOptions(cores=1, rebuild=True))
    assert list(verify(folder)) == []
    assert sorted(texts(folder).values()) == ["text of a", "text of b"]
