"""What the Whoosh engine counts from postings, by hand; that it is what reading would count, the conformance proves."""

from __future__ import annotations

import datetime as dt

import pytest

from readouts_cli.engines.base import Entry, FileStamp, Occurrences
from readouts_cli.engines.whoosh.engine import WhooshEngine
from readouts_cli.engines.whoosh.writer import WhooshWriter
from readouts_cli.query.period import DateField
from readouts_cli.query.syntax import Options, parse
from readouts_cli.query.tree import Condition, Everything
from readouts_cli.readout import Fact, Published, Readout, Span

DAY = dt.date(2022, 8, 3)

TEXTS = {
    "a": "dual carbon, dual carbon and dual dual dual",
    "b": "the carbon of dual carbons 双碳双碳双",
}


def query(text: str) -> Condition:
    return parse(text, Options(today=dt.date(2024, 1, 1))).condition


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    folder = tmp_path_factory.mktemp("counting")
    WhooshWriter.create(folder)
    with WhooshWriter(folder) as writer:
        for id, text in TEXTS.items():
            title = Fact(text[:10], Span(0, 10), "made")
            published = Published(DAY.isoformat(), None, "made") if id == "a" else None
            readout = Readout(id=id, path=f"/{id}", text=text, title=title, published=published)
            writer.add(Entry(readout, FileStamp(readout.path, 1, 1, "digest")))
        writer.commit()
    return WhooshEngine(folder)


@pytest.mark.parametrize(
    ("asked", "on_the_day", "undated"),
    [
        pytest.param('"dual"', 5, 1, id="word"),
        pytest.param("carbon", 2, 2, id="family"),
        pytest.param("dual*", 5, 1, id="pattern"),
        pytest.param('"dual carbon"', 2, None, id="phrase"),
        pytest.param('"dual dual"', 1, None, id="phrase-that-overlaps-itself"),
        pytest.param("双碳双", None, 1, id="han-that-overlaps-itself"),
        pytest.param("双", None, 3, id="han-character"),
        pytest.param("dual carbon", 2, 1, id="words-together"),
        pytest.param("carbon the", None, 3, id="words-not-together"),
        pytest.param('"dual" "dual carbon"', 5, None, id="match-inside-another"),
        pytest.param('the OR "dual dual"', 1, 1, id="either"),
        pytest.param('("the" AND "zebra") OR "carbon"', 2, 1, id="only-what-holds-is-shown"),
        pytest.param("carbon -the", 2, None, id="exclusion"),
        pytest.param("carbon id:a", 2, None, id="field-outside-the-text"),
        pytest.param("id:b", None, 0, id="nothing-in-the-text"),
        pytest.param("carbon date:2022-08", 2, None, id="period"),
    ],
)
def test_matches_are_counted_by_day(
    engine: WhooshEngine, asked: str, on_the_day: int | None, undated: int | None
) -> None:
    expected = {DAY: on_the_day, None: undated}
    assert engine.occurrences(query(asked), Everything(), DateField.PUB, doubtful=False) == {
        day: Occurrences(1, times) for day, times in expected.items() if times is not None
    }


def test_what_is_searched_among_is_not_counted(engine: WhooshEngine) -> None:
    found = engine.occurrences(query('"the"'), query("title:carbon AND carbon"), DateField.DATE, doubtful=False)
    assert found == {None: Occurrences(1, 1)}


def test_matches_in_fields_that_stand_in_the_text_must_be_read(engine: WhooshEngine) -> None:
    for asked in ("title:dual", "carbon title:dual", "carbon OR title:dual"):
        assert engine.occurrences(query(asked), Everything(), DateField.DATE, doubtful=False) is None
