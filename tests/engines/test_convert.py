"""From engine to engine: nothing is lost, an interruption is no loss, a difference is never passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from readouts_cli.engines import convert as module
from readouts_cli.engines import engine_class, writer_class
from readouts_cli.engines.base import Engine, Entry, FileStamp
from readouts_cli.engines.convert import Conversion, checksum, convert
from readouts_cli.errors import LibraryError, UsageError
from readouts_cli.query.expressions import Term
from readouts_cli.query.leaves import Exact
from readouts_cli.query.tree import In
from readouts_cli.readout import Fact, Readout, Span

NEEDS_TANTIVY = pytest.mark.skipif(find_spec("tantivy") is None, reason="tantivy is not installed")
WAYS = [
    pytest.param("whoosh", "tantivy", marks=NEEDS_TANTIVY),
    pytest.param("tantivy", "whoosh", marks=NEEDS_TANTIVY),
    ("whoosh", "whoosh"),
]
NUMBER = 150


def library() -> Iterator[Entry]:
    for number in range(NUMBER):
        text = f"Dual carbon 双碳 meeting {number}"
        readout = Readout(
            id=f"{number:03}", path=f"/made/\udcff{number}", text=text, title=Fact("Dual carbon", Span(0, 11), "made")
        )
        yield Entry(readout, FileStamp(readout.path, len(text), number, f"digest {number}"))


def make(name: str, folder: Path, entries: Iterable[Entry] = ()) -> Path:
    folder.mkdir()
    writer_class(name).create(folder)
    with writer_class(name)(folder) as writer:
        for entry in entries:
            writer.add(entry)
        writer.commit()
    return folder


class Watched:
    """Progress as it is told: of each phase the readouts announced and the readouts done."""

    def __init__(self) -> None:
        self.told: dict[str, list[int]] = {}

    def start(self, what: str, readouts: int) -> None:
        self.current = self.told[what] = [readouts, 0]

    def advance(self, readouts: int) -> None:
        self.current[1] += readouts


def run(name: str, source: Engine, target: Path) -> Conversion:
    with writer_class(name)(target) as writer:
        return convert(source, writer, lambda: engine_class(name)(target))


@pytest.mark.parametrize(("source_name", "target_name"), WAYS)
def test_everything_arrives(source_name: str, target_name: str, tmp_path: Path) -> None:
    source = engine_class(source_name)(make(source_name, tmp_path / "source", library()))
    watched = Watched()
    target = make(target_name, tmp_path / "target")
    with writer_class(target_name)(target) as writer:
        conversion = convert(source, writer, lambda: engine_class(target_name)(target), watched)
    assert (conversion.copied, conversion.held) == (NUMBER, 0)
    assert watched.told == {"copying": [NUMBER, NUMBER], "comparing": [NUMBER, NUMBER]}
    found = engine_class(target_name)(target)
    assert list(found.readouts(found.ids())) == [entry.readout for entry in library()]
    assert dict(found.stamps()) == {entry.readout.id: entry.stamp for entry in library()}
    assert found.count(In("text", Term(Exact("双碳")))) == NUMBER


@pytest.mark.parametrize(("source_name", "target_name"), WAYS)
def test_an_interrupted_conversion_goes_on(source_name: str, target_name: str, tmp_path: Path) -> None:
    source = engine_class(source_name)(make(source_name, tmp_path / "source", library()))
    whole = run(target_name, source, make(target_name, tmp_path / "whole"))
    part = make(target_name, tmp_path / "part", list(library())[::3])
    again = run(target_name, source, part)
    assert (again.copied, again.held) == (NUMBER - NUMBER // 3, NUMBER // 3)
    assert again.checksum == whole.checksum
    assert run(target_name, source, part) == Conversion(0, NUMBER, whole.checksum)


def test_a_target_with_readouts_of_its_own_is_refused(tmp_path: Path) -> None:
    source = engine_class("whoosh")(make("whoosh", tmp_path / "source", library()))
    own = Readout(id="own", path="/own", text="own")
    target = make("whoosh", tmp_path / "target", [Entry(own, FileStamp("/own", 1, 1, "digest"))])
    with pytest.raises(UsageError, match="1 readouts that are not the source's, such as 'own'"):
        run("whoosh", source, target)
    assert engine_class("whoosh")(target).ids() == ["own"]


def test_another_stamp_is_another_readout(tmp_path: Path) -> None:
    entries = list(library())
    source = engine_class("whoosh")(make("whoosh", tmp_path / "source", entries))
    older = [entries[5]._replace(stamp=entries[5].stamp._replace(mtime_ns=99))]
    with pytest.raises(UsageError, match="'005'"):
        run("whoosh", source, make("whoosh", tmp_path / "target", older))


def test_a_readout_that_differs_is_reported(tmp_path: Path) -> None:
    entries = list(library())
    source = engine_class("whoosh")(make("whoosh", tmp_path / "source", entries))
    changed = [entries[5]._replace(readout=replace(entries[5].readout, text="something else"))]
    with pytest.raises(LibraryError, match="another '005' than the source"):
        run("whoosh", source, make("whoosh", tmp_path / "target", changed))


def test_a_readout_that_is_lost_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = engine_class("whoosh")(make("whoosh", tmp_path / "source", library()))
    monkeypatch.setattr(module, "_tasks", lambda *_: iter([[next(library())]]))
    with pytest.raises(LibraryError, match="holds 1 readouts, the source 150"):
        run("whoosh", source, make("whoosh", tmp_path / "target"))


@pytest.mark.parametrize(
    "other",
    [
        Readout(id="b", path="/a", text="dual"),
        Readout(id="a", path="/b", text="dual"),
        Readout(id="a/", path="a", text="dual"),
        Readout(id="a", path="/a", text="dual", metadata={"x": "y"}),
        Readout(id="a", path="/a", text="dual", warnings=("undated",)),
    ],
)
def test_a_checksum_is_of_everything(other: Readout) -> None:
    assert checksum(Readout(id="a", path="/a", text="dual")) != checksum(other)
