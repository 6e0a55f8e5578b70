"""Which day counts, and what an answer rests on."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import made, seeds
from strategies import libraries

from readouts_cli.analysis.basis import Basis, Census, Dating
from readouts_cli.query.fields import document
from readouts_cli.query.period import DateField, Period
from readouts_cli.query.tree import Dated, Undated
from readouts_cli.readout import Certainty, Readout

MET, PUB, EITHER = DateField.MET, DateField.PUB, DateField.DATE

DAYS = [
    ("met before published", made("a", "", "2022-08-25", published="2022-08-26"), EITHER, False, "2022-08-25"),
    ("published alone", made("a", "", published="2022-08-26"), EITHER, False, "2022-08-26"),
    ("published is not met", made("a", "", published="2022-08-26"), MET, False, None),
    ("published asked for", made("a", "", "2022-08-25", published="2022-08-26"), PUB, False, "2022-08-26"),
    ("doubtful", made("a", "", "2022-08-25", certainty=Certainty.DOUBTFUL), EITHER, False, None),
    ("doubtful asked for", made("a", "", "2022-08-25", certainty=Certainty.DOUBTFUL), EITHER, True, "2022-08-25"),
    ("a doubtful meeting hides the published date", made(
        "a", "", "2022-08-25", published="2022-08-26", certainty=Certainty.DOUBTFUL), EITHER, False, None),
    ("partial", made("a", "", "XXXX-11-15"), EITHER, True, None),
    ("a month", made("a", "", published="2022-08"), EITHER, False, None),
    ("a month asked for", made("a", "", published="2022-08"), EITHER, True, "2022-08-01"),
    ("nothing", made("a", ""), EITHER, True, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("readout", "which", "doubtful", "day"), [row[1:] for row in DAYS], ids=[row[0] for row in DAYS]
)
def test_day(readout: Readout, which: DateField, doubtful: bool, day: str | None) -> None:
    found = Dating(which, doubtful).day(readout)
    assert (found.isoformat() if found else None) == day


@settings(deadline=None)
@given(libraries, st.sampled_from(DateField), st.booleans())
def test_the_day_is_the_one_that_date_filters_see(
    library: tuple[Readout, ...], which: DateField, doubtful: bool
) -> None:
    for readout in library:
        day = Dating(which, doubtful).day(readout)
        seen = document(readout)
        if day is not None:
            assert Dated(which, Period(day, day), doubtful).accepts(seen)
        elif not doubtful:
            assert Undated(which).accepts(seen)


def test_basis_of_the_seeds() -> None:
    census = Census()
    assert list(census.passing(seeds().values())) == list(seeds().values())
    assert census.basis() == Basis(5, dt.date(2022, 8, 19), dt.date(2023, 1, 18), undated=1)


def test_basis_of_nothing() -> None:
    assert Census().basis() == Basis(0, None, None, 0)
