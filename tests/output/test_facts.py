"""Dates with their marks, headings, openings."""

from __future__ import annotations

import datetime as dt

import pytest

from readouts_cli.output.facts import heading, met_shown, shortened
from readouts_cli.readout import Certainty, Fact, Met, Readout, Span

DAY = dt.date(2022, 8, 22)


@pytest.mark.parametrize(
    ("start", "end", "edtf", "certainty", "shown"),
    [
        (DAY, DAY, "2022-08-22", Certainty.STATED, "2022-08-22"),
        (DAY, DAY, "2022-08-22~", Certainty.INFERRED, "2022-08-22~"),
        (DAY, DAY, "2022-08-22?", Certainty.DOUBTFUL, "2022-08-22?"),
        (None, None, "XXXX-11-15", Certainty.PARTIAL, "XXXX-11-15"),
        (DAY, dt.date(2022, 8, 24), "2022-08-22/2022-08-24", Certainty.STATED, "2022-08-22..2022-08-24"),
        (DAY, dt.date(2022, 8, 24), "2022-08-22~/2022-08-24~", Certainty.INFERRED, "2022-08-22..2022-08-24~"),
    ],
)
def test_met_shown(start: dt.date | None, end: dt.date | None, edtf: str, certainty: Certainty, shown: str) -> None:
    assert met_shown(Met(start, end, edtf, certainty, "R1", Span(0, 1))) == shown


def test_met_unknown() -> None:
    assert met_shown(None) == ""


@pytest.mark.parametrize(
    ("title", "text", "body_start", "shown", "is_title"),
    [
        ("A title", "A title\n\nOn May 5, ...", 9, "A title", True),
        ("A \x1b[31mtitle", "...", 0, "A ␛[31mtitle", True),
        (None, " date 2022-08-26 On May 5, they met.\n\nMore.", 17, "[no title] On May 5, they met.", False),
        (None, "   \n\nFirst line\nsecond", 0, "[no title] First line", False),
        (None, "", 0, "[no title]", False),
        (None, "x" * 200, 0, "[no title] " + "x" * 119 + "…", False),
    ],
)
def test_heading(title: str | None, text: str, body_start: int, shown: str, is_title: bool) -> None:
    fact = Fact(title, Span(0, 1), "test") if title else None
    found = heading(Readout(id="a", path="a.txt", text=text, body_start=body_start, title=fact))
    assert (str(found), found.is_title) == (shown, is_title)


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("short", 10, "short"),
        ("the meeting pointed out", 15, "the meeting…"),
        ("the meeting, pointed", 13, "the meeting…"),
        ("会议强调要坚持两个确立", 6, "会议强调要…"),
    ],
)
def test_shortened(text: str, length: int, cut: str) -> None:
    assert shortened(text, length) == cut
