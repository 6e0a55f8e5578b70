"""Every fact of the five seeds, against the truth in tests/truth/seeds.json, exact to the character."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from readouts_cli.reading.facts import read_facts
from readouts_cli.reading.raw import RawReadout
from readouts_cli.readout import Certainty, Fact, Person, Readout, Span

ROOT = Path(__file__).parents[2]
TRUTH: dict[str, Any] = json.loads((ROOT / "tests/truth/seeds.json").read_text(encoding="utf-8"))["docs"]
IDS = sorted(TRUTH)

#: Rule and EDTF date of each meeting (DESIGN, Dates): the truth file states the day itself.
MET = {
    "000": ("R2", "2022-08-25~", Certainty.INFERRED),
    "001": ("R3", "2022-08-22~", Certainty.INFERRED),
    "002": ("R2", "2023-01-18~", Certainty.INFERRED),
    "003": ("R3", "2022-08-19~", Certainty.INFERRED),
    "004": ("R7", "XXXX-11-15", Certainty.PARTIAL),
}


@cache
def seed(id: str) -> Readout:
    path = ROOT / "seeds" / TRUTH[id]["file"]
    with path.open(encoding="utf-8", newline="") as file:
        return read_facts(RawReadout(path=str(path), text=file.read()), id)


def span(truth: dict[str, Any] | None) -> Span | None:
    return Span(truth["start"], truth["end"]) if truth else None


def stated(truth: dict[str, Any] | None) -> tuple[str, Span | None] | None:
    """Value and span of a fact that the truth states; None where it says that there is none."""
    return (truth["value"], span(truth["span"])) if truth and truth["value"] else None


def found(fact: Fact | None) -> tuple[str, Span | None] | None:
    return (fact.value, fact.span) if fact else None


@pytest.mark.parametrize("id", IDS)
def test_header(id: str) -> None:
    readout, truth = seed(id), TRUTH[id]
    assert readout.body_start == truth["header"]["body_start"]
    assert found(readout.title) == stated(truth["title"])
    assert found(readout.subtitle) == stated(truth["subtitle"])
    assert found(readout.source) == stated(truth["source"])
    assert [found(reporter) for reporter in readout.reporters] == [
        (r["name"], span(r["span"])) for r in truth["reporters"]
    ]
    assert readout.language == truth["lang"][:2]
    assert readout.warnings == ()


@pytest.mark.parametrize("id", IDS)
def test_published(id: str) -> None:
    published = seed(id).published
    assert ((published.date, published.span) if published else None) == stated(TRUTH[id]["publication_date"])


@pytest.mark.parametrize("id", IDS)
def test_met(id: str) -> None:
    met, truth = seed(id).met, TRUTH[id]["meeting_date"]
    assert met is not None
    day = dt.date.fromisoformat(truth["value"]) if truth["value"] else None
    assert (met.start, met.end, met.span) == (day, day, span(truth["span"]))
    assert (met.rule, met.edtf, met.certainty) == MET[id]


@pytest.mark.parametrize("id", IDS)
def test_body(id: str) -> None:
    assert found(seed(id).body) == stated(TRUTH[id]["body"])


def people(listed: tuple[Person, ...]) -> list[tuple[str, str | None, Span, Span | None]]:
    return [(person.name, person.office, person.span, person.office_span) for person in listed]


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize(("field", "truth_field"), [("presided", "presiders"), ("attended", "attendees")])
def test_people(id: str, field: str, truth_field: str) -> None:
    expected = [
        (p["name"], p["role_as_printed"], span(p["span"]), span(p["role_span"])) for p in TRUTH[id][truth_field]
    ]
    assert people(getattr(seed(id), field)) == expected


@pytest.mark.parametrize("id", IDS)
def test_nobody_who_is_only_mentioned_is_listed(id: str) -> None:
    readout = seed(id)
    mentioned = {readout.text[m["start"] : m["end"]] for m in TRUTH[id]["mentioned_not_present"]}
    assert mentioned.isdisjoint(person.name for person in (*readout.presided, *readout.attended))


@pytest.mark.parametrize("id", IDS)
def test_quotes(id: str) -> None:
    readout, truth = seed(id), TRUTH[id]
    assert [(q.text, q.span) for q in readout.quotes] == [
        (q["inner"], Span(q["start"], q["end"])) for q in truth["quotes"]
    ]
    assert [(d.problem, d.at) for d in readout.damaged_quotes] == [
        (d["problem"], d["at"]) for d in truth["damaged_quotes"]
    ]


@pytest.mark.parametrize("id", IDS)
def test_place_is_told_only_where_a_name_gives_it_away(id: str) -> None:
    place = seed(id).place
    expected = {"002": (TRUTH["002"]["place"]["inferred"], "hint: name of the source")}.get(id)
    assert ((place.value, place.rule) if place else None) == expected
