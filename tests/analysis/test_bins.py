"""Months, quarters and years."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readouts_cli.analysis.bins import Unit, bin_of, bins_between
from readouts_cli.query.period_syntax import parse_period

ROWS = [
    ("2022-08-31", Unit.MONTH, "2022-08", "2022-08-01", "2022-08-31"),
    ("2024-02-29", Unit.MONTH, "2024-02", "2024-02-01", "2024-02-29"),
    ("2022-12-01", Unit.MONTH, "2022-12", "2022-12-01", "2022-12-31"),
    ("2022-09-30", Unit.QUARTER, "2022-Q3", "2022-07-01", "2022-09-30"),
    ("2022-10-01", Unit.QUARTER, "2022-Q4", "2022-10-01", "2022-12-31"),
    ("2022-01-01", Unit.YEAR, "2022", "2022-01-01", "2022-12-31"),
    ("9999-12-31", Unit.MONTH, "9999-12", "9999-12-01", "9999-12-31"),
    ("0001-01-01", Unit.YEAR, "0001", "0001-01-01", "0001-12-31"),
]


@pytest.mark.parametrize(("day", "unit", "name", "first", "last"), ROWS)
def test_bin(day: str, unit: Unit, name: str, first: str, last: str) -> None:
    bin = bin_of(dt.date.fromisoformat(day), unit)
    assert (str(bin), str(bin.first), str(bin.last)) == (name, first, last)


@settings(deadline=None)
@given(st.dates(), st.sampled_from(Unit))
def test_a_bin_is_the_period_of_its_name(day: dt.date, unit: Unit) -> None:
    bin = bin_of(day, unit)
    period = parse_period(str(bin), dt.date(2024, 1, 1))
    assert (period.first, period.last) == (bin.first, bin.last)
    assert bin.first <= day <= bin.last


def test_bins_between_leave_none_out() -> None:
    first, last = bin_of(dt.date(2022, 11, 30), Unit.MONTH), bin_of(dt.date(2023, 2, 1), Unit.MONTH)
    assert [str(bin) for bin in bins_between(first, last)] == ["2022-11", "2022-12", "2023-01", "2023-02"]
    assert list(bins_between(first, first)) == [first]


def test_bins_reach_the_end_of_the_calendar() -> None:
    first, last = bin_of(dt.date(9998, 1, 1), Unit.YEAR), bin_of(dt.date(9999, 12, 31), Unit.YEAR)
    assert [str(bin) for bin in bins_between(first, last)] == ["9998", "9999"]
