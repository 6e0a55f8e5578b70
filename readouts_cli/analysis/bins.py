"""Months, quarters and years as bins of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Unit(str, Enum):
    """How long a bin is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Its length in months."""
        return {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}[self]


@dataclass(frozen=True, slots=True, order=True)
class Bin:
    """One month, quarter or year; `first` is its first day."""

    first: dt.date
    unit: Unit

    @property
    def last(self) -> dt.date:
        """Its last day."""
        months = self.first.year * 12 + self.first.month - 1 + self.unit.months
        if months // 12 > dt.MAXYEAR:
            return dt.date.max
        return dt.date(months // 12, months % 12 + 1, 1) - dt.timedelta(days=1)

    def __str__(self) -> str:
        """The bin as the query language writes its period: `2022-08`, `2022-Q3`, `2022`."""
        year = f"{self.first.year:04}"
        if self.unit is Unit.YEAR:
            return year
        if self.unit is Unit.QUARTER:
            return f"{year}-Q{(self.first.month + 2) // 3}"
        return f"{year}-{self.first.month:02}"


def bin_of(day: dt.date, unit: Unit) -> Bin:
    """The bin that a day falls into."""
    return Bin(dt.date(day.year, (day.month - 1) // unit.months * unit.months + 1, 1), unit)


def bins_between(first: Bin, last: Bin) -> Iterator[Bin]:
    """Every bin from `first` to `last`, both included, whether or not anything falls into it."""
    current = first
    while current < last:
        yield current
        current = bin_of(current.last + dt.timedelta(days=1), current.unit)
    yield last
