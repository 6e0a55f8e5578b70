"""Periods and days: which readouts a date filter accepts."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import NamedTuple


class Period(NamedTuple):
    """An inclusive interval of calendar days; None leaves an end open."""

    first: dt.date | None
    last: dt.date | None

    def overlaps(self, first: dt.date, last: dt.date) -> bool:
        """Whether any day from `first` to `last` lies in the period."""
        return (self.last is None or first <= self.last) and (self.first is None or self.first <= last)

    def has_yearly(self, month: int, day: int) -> bool:
        """Whether the period holds that day of some year."""
        if self.first is None or self.last is None:
            return True
        years = range(self.first.year, min(self.last.year, self.first.year + 8) + 1)
        return any(self.overlaps(d, d) for d in (_day(year, month, day) for year in years) if d is not None)

    def __str__(self) -> str:
        """The period as the query language writes it: `2022-08-01..2022-08-31`."""
        first = self.first.isoformat() if self.first else ""
        last = self.last.isoformat() if self.last else ""
        return first if first == last and first else f"{first}..{last}"


class DateField(Enum):
    """Which date a period is held against; `date` is the meeting day, or the published day where that is unknown."""

    DATE = "date"
    MET = "met"
    PUB = "pub"


class DaysKind(Enum):
    """How much is known about a date."""

    SURE = 1
    DOUBTFUL = 2
    YEARLY = 3


class Days(NamedTuple):
    """The days a date may stand for.

    A doubtful or partial date is in no period unless doubtful ones are asked for.  Of a YEARLY date only month and day
    are known; both ends are then that day of a leap year and their year means nothing.
    """

    first: dt.date
    last: dt.date
    kind: DaysKind = DaysKind.SURE

    def in_period(self, period: Period, *, doubtful: bool) -> bool:
        """Whether the date lies in a period, as far as it is known."""
        if self.kind is DaysKind.SURE:
            return period.overlaps(self.first, self.last)
        if not doubtful:
            return False
        if self.kind is DaysKind.YEARLY:
            return period.has_yearly(self.first.month, self.first.day)
        return period.overlaps(self.first, self.last)

    def is_dated(self, *, doubtful: bool) -> bool:
        """Whether date filters can see the date at all."""
        return doubtful or self.kind is DaysKind.SURE


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
