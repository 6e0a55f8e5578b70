"""Headings of `--group-by`, in their order."""

from __future__ import annotations

import datetime as dt

import pytest

from readouts_cli.output.groups import grouped, ordered
from readouts_cli.readout import Certainty, Fact, Met, Person, Published, Readout, Span
from readouts_cli.results import ShownHit

SPAN = Span(0, 1)


def met(day: str, certainty: Certainty = Certainty.STATED) -> Met:
    date = dt.date.fromisoformat(day)
    return Met(date, date, day, certainty, "R1", SPAN)


def person(name: str) -> Person:
    return Person(name, None, SPAN, None, "test")


READOUTS = [
    Readout("a", "a", "", met=met("2022-08-25"), presided=(person("An Deming"), person("Bo Ling"))),
    Readout("b", "b", "", met=met("2021-01-01"), body=Fact("Party Group", SPAN, "test")),
    Readout("c", "c", "", published=Published("2022-03-01", SPAN, "test"), presided=(person("Bo Ling"),)),
    Readout("d", "d", "", met=met("2022-09-09", Certainty.DOUBTFUL), source=Fact("The Daily", SPAN, "test")),
    Readout("e", "e", "", language="zh", published=Published("2022-03", SPAN, "test")),
]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("year", [("2021", "b"), ("2022", "ac"), ("", "de")]),
        ("month", [("2021-01", "b"), ("2022-03", "c"), ("2022-08", "a"), ("", "de")]),
        ("body", [("Party Group", "b"), ("", "acde")]),
        ("presider", [("Bo Ling", "ac"), ("An Deming", "a"), ("", "bde")]),
        ("source", [("The Daily", "d"), ("", "abce")]),
        ("language", [("en", "abcd"), ("zh", "e")]),
    ],
)
def test_grouped(by: str, expected: list[tuple[str, str]]) -> None:
    hits = [ShownHit(rank, 0.0, readout, (), ()) for rank, readout in enumerate(READOUTS, start=1)]
    found = [(value, "".join(hit.readout.id for hit in group)) for value, group in grouped(hits, by)]
    assert found == expected


def test_equal_counts_are_in_the_order_of_their_values() -> None:
    assert list(ordered({"b": 1, "": 9, "a": 1, "c": 2}, "body")) == [("c", 2), ("a", 1), ("b", 1), ("", 9)]
