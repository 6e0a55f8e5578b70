"""What an answer rests on: how many readouts were looked at, over which days, and what was left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readouts_cli.query.fields import met_days, published_days
from readouts_cli.query.period import DateField, DaysKind
from readouts_cli.readout import Readout


@dataclass(frozen=True, slots=True)
class Basis:
    """The readouts of this library that an answer was computed from.

    `first` and `last` are the days that they span; `undated` of them have no day and are in no bin, no first and no
    last.  `undated_left_out` are readouts that match but for a date filter that cannot judge them, and were not looked
    at; `copies_left_out` were not looked at as copies of another.
    """

    readouts: int
    first: dt.date | None
    last: dt.date | None
    undated: int
    undated_left_out: int = 0
    copies_left_out: int = 0


@dataclass(frozen=True, slots=True)
class Dating:
    """Which of its dates puts a readout on a day; a doubtful one does so only where asked, as in date filters."""

    which: DateField = DateField.DATE
    doubtful: bool = False

    def day(self, readout: Readout) -> dt.date | None:
        """The (first) day, or None where the readout counts as undated."""
        days = None if self.which is DateField.PUB else met_days(readout.met)
        if days is None and self.which is not DateField.MET:
            days = published_days(readout.published)
        if days is None or days.kind is DaysKind.YEARLY or not days.is_dated(doubtful=self.doubtful):
            return None
        return days.first


class Census:
    """Counts readouts as they pass, for the basis of what is computed from them."""

    def __init__(self, dating: Dating = Dating()) -> None:
        self._dating = dating
        self._readouts = 0
        self._undated = 0
        self._first: dt.date | None = None
        self._last: dt.date | None = None

    def passing(self, readouts: Iterable[Readout]) -> Iterator[Readout]:
        """The same readouts, counted."""
        for readout in readouts:
            self.count(readout)
            yield readout

    def count(self, readout: Readout) -> dt.date | None:
        """Count one readout and return its day."""
        day = self._dating.day(readout)
        self.add(day)
        return day

    def add(self, day: dt.date | None, readouts: int = 1) -> None:
        """Count readouts of that day."""
        self._readouts += readouts
        if day is None:
            self._undated += readouts
        else:
            if self._first is None or day < self._first:
                self._first = day
            if self._last is None or day > self._last:
                self._last = day

    def merge(self, other: Census) -> None:
        """Count what has passed another census of the same dating."""
        self._readouts += other._readouts
        self._undated += other._undated
        self._first = _earliest(self._first, other._first)
        self._last = _latest(self._last, other._last)

    def basis(self) -> Basis:
        """What has passed so far."""
        return Basis(self._readouts, self._first, self._last, self._undated)


def united(one: Basis, other: Basis, *, undated_left_out: int) -> Basis:
    """What an answer rests on that looks at two sets of readouts; some undated ones are left out of both, some of one.

    Such readouts as `undated_left_out` counts are in neither set.
    """
    return Basis(
        one.readouts + other.readouts,
        _earliest(one.first, other.first),
        _latest(one.last, other.last),
        one.undated + other.undated,
        undated_left_out,
        one.copies_left_out + other.copies_left_out,
    )


def _earliest(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day), default=None)


def _latest(*days: dt.date | None) -> dt.date | None:
    return max((day for day in days if day), default=None)
