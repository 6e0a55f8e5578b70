"""Rows for other programs."""

from __future__ import annotations

import datetime as dt

from libraries import made, query, seeds

from readouts_cli.analysis.export import COLUMNS, Row, counted, rows
from readouts_cli.analysis.occurrences import matched


def test_the_first_columns_are_those_of_tif() -> None:
    assert COLUMNS[:2] == ("doc_id", "text")


def test_a_row() -> None:
    readout = made(
        "a",
        "Dual carbon, dual control.",
        "2022-08-25",
        published="2022-08",
        body="Municipal Government",
        presided=(("Tan Weimin", "Mayor"), ("Qiu Lan", None)),
    )
    [row] = rows(matched([readout], query("dual")), counted)
    assert row == Row(
        doc_id="a",
        text="Dual carbon, dual control.",
        title=None,
        subtitle=None,
        published="2022-08",
        met_start=dt.date(2022, 8, 25),
        met_end=dt.date(2022, 8, 25),
        met_edtf="2022-08-25",
        met_certainty="stated",
        body="Municipal Government",
        place=None,
        presided=("Tan Weimin", "Qiu Lan"),
        presided_offices=("Mayor", ""),
        attended=(),
        attended_offices=(),
        source=None,
        language="en",
        path="/made/a.txt",
        record=None,
        tokens=4,
        matches=2,
        metadata={},
    )


def test_partial_dates_are_no_days() -> None:
    [row] = rows(matched([made("a", "", "XXXX-11-15")], query("x OR -x")), counted)
    assert (row.met_start, row.met_edtf, row.met_certainty) == (None, "XXXX-11-15", "partial")


def test_matches_on_the_seeds() -> None:
    library = seeds()
    found = rows(
        matched([library[id] for id in ("001", "002", "003", "004")], query('"20th National Congress"')), counted
    )
    assert [(row.doc_id, row.matches) for row in found] == [("001", 1), ("002", 3), ("003", 2), ("004", 10)]
