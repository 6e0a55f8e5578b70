"""Occurrences that the tantivy engine tells by scores: what reading every text would count, though it reads few."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

pytest.importorskip("tantivy")

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.occurrences import matched
from readouts_cli.analysis.trend import occurrences
from readouts_cli.engines.base import Entry, FileStamp, Occurrences
from readouts_cli.engines.tantivy import counting, snapshot
from readouts_cli.engines.tantivy.engine import TantivyEngine
from readouts_cli.engines.tantivy.snapshot import Place
from readouts_cli.engines.tantivy.writer import TantivyWriter
from readouts_cli.query.expressions import Phrase
from readouts_cli.query.period import DateField
from readouts_cli.query.syntax import Options, parse
from readouts_cli.query.tree import Condition, Everything
from readouts_cli.readout import Published, Readout

DAY = dt.date(2022, 8, 3)
STAMP = FileStamp("/made", 1, 1, "digest")


def query(text: str) -> Condition:
    return parse(text, Options(today=dt.date(2024, 1, 1))).condition


def readout(id: str, text: str, published: str | None = None) -> Readout:
    given = None if published is None else Published(published, None, "made")
    return Readout(id=id, path=f"/made/{id}", text=text, published=given)


def add(folder: Path, library: Iterable[Readout]) -> None:
    with TantivyWriter(folder) as writer:
        for each in library:
            writer.add(Entry(each, STAMP))
        writer.commit()


def told(engine: TantivyEngine, asked: str, among: Condition | None = None) -> dict[dt.date | None, Occurrences] | None:
    return engine.occurrences(query(asked), among or Everything(), DateField.PUB, doubtful=False)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> TantivyEngine:
    folder = tmp_path_factory.mktemp("counting")
    TantivyWriter.create(folder)
    texts = {
        "a": "dual carbon, dual carbon and dual dual dual car",
        "b": "the carbon of dual carbons 双碳双碳双 人人人",
    }
    add(folder, [readout("a", texts["a"], DAY.isoformat()), readout("b", texts["b"])])
    return TantivyEngine(folder)


@pytest.mark.parametrize(
    ("asked", "on_the_day", "undated"),
    [
        pytest.param('"dual"', 5, 1, id="word"),
        pytest.param("carbon", 2, 2, id="family"),
        pytest.param("dual*", 5, 1, id="pattern"),
        pytest.param('"dual carbon"', 2, None, id="phrase"),
        pytest.param("双碳", None, 2, id="pair-of-characters"),
        pytest.param("双", None, 3, id="character"),
        pytest.param('"dual zebra"', None, None, id="word-that-is-nowhere"),
        pytest.param("zebra", None, None, id="nothing"),
    ],
)
def test_matches_are_counted_by_day(
    engine: TantivyEngine, asked: str, on_the_day: int | None, undated: int | None
) -> None:
    expected = {DAY: on_the_day, None: undated}
    assert told(engine, asked) == {day: Occurrences(1, times) for day, times in expected.items() if times is not None}


@pytest.mark.parametrize(
    "asked", ['"dual dual"', "人人", "双碳双", "dual carbon", "carbon OR dual", "carbon NEAR/3 dual", "title:dual"]
)
def test_what_scores_do_not_tell_must_be_read(engine: TantivyEngine, asked: str) -> None:
    assert told(engine, asked) is None


def test_what_is_searched_among_is_not_counted(engine: TantivyEngine) -> None:
    assert told(engine, '"carbon"', query("the OR zebra")) == {None: Occurrences(1, 1)}


def test_a_pattern_of_very_many_words_must_be_read(tmp_path: Path) -> None:
    TantivyWriter.create(tmp_path)
    add(tmp_path, [readout("a", " ".join(f"dual{n}" for n in range(counting.MOST_TERMS + 1)))])
    assert told(TantivyEngine(tmp_path), "dual*") is None


def made(chance: random.Random, number: int) -> Readout:
    """A text of 1 to 400 words, or of a thousand with very many of one kind."""
    words = chance.choices(["dual", "carbon", "of", "the", "zebra"], [1, 2, 6, 6, 0.2], k=chance.randint(1, 400))
    if number % 50 == 0:
        words += ["dual", "carbon"] * 300 + ["dual"] * chance.randint(0, 3)
    return readout(f"{number:04}", " ".join(words), f"2022-08-{number % 28 + 1:02}" if number % 9 else None)


@pytest.mark.parametrize("page", [37, 100_000])
def test_texts_of_all_lengths(page: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several commits, with some readouts replaced since; a page of hits may end anywhere."""
    monkeypatch.setattr(snapshot, "_SCORED_TOGETHER", page)
    chance = random.Random(20220803)
    library = [made(chance, number) for number in range(600)]
    TantivyWriter.create(tmp_path)
    add(tmp_path, library[:400])
    add(tmp_path, library[400:])
    with TantivyWriter(tmp_path) as writer:
        writer.delete(each.id for each in library[::7])
        writer.commit()
    left = [each for number, each in enumerate(library) if number % 7]
    engine = TantivyEngine(tmp_path)
    for asked in ("dual", '"carbon"', '"dual carbon"', '"zebra of the"'):
        expected = occurrences(
            (each for each in matched(left, query(asked)) if each.spans), Dating(DateField.PUB, doubtful=False)
        )
        assert told(engine, asked) == expected


def test_texts_so_full_of_a_word_that_one_more_makes_no_other_score(tmp_path: Path) -> None:
    TantivyWriter.create(tmp_path)
    full = [readout(f"full {n}", "dual " * n) for n in (100_000, 100_001)]
    add(tmp_path, [*full, *(readout(f"{n:02}", "dual carbon") for n in range(50))])
    assert told(TantivyEngine(tmp_path), '"dual"') == {None: Occurrences(52, 200_051)}


def test_few_texts_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Place] = []
    count = counting.Counting._read

    def counted(self: counting.Counting, phrase: Phrase, place: Place) -> int:
        read.append(place)
        return count(self, phrase, place)

    monkeypatch.setattr(counting.Counting, "_read", counted)
    TantivyWriter.create(tmp_path)
    add(tmp_path, (readout(f"{n:03}", "dual carbon " * (n % 3 + 1) + "and more " * 40) for n in range(300)))
    assert told(TantivyEngine(tmp_path), '"dual carbon"') == {None: Occurrences(300, 600)}
    assert len(read) == 3
