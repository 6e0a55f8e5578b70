"""First and last occurrence of a query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from readouts_cli.analysis.basis import Basis, Census, Dating
from readouts_cli.readout import Readout


@dataclass(frozen=True, slots=True)
class FirstAndLast:
    """The readouts of the earliest day on which a query occurs, and of the latest; each list in the order of ids.

    `undated` are readouts in which it occurs on nobody knows which day: any of them may be earlier or later.
    """

    first: tuple[Readout, ...]
    last: tuple[Readout, ...]
    undated: tuple[Readout, ...]
    basis: Basis


def first_and_last(readouts: Iterable[Readout], dating: Dating) -> FirstAndLast:
    """The earliest and the latest of readouts; any order will do."""
    census = Census(dating)
    undated: list[Readout] = []
    first = _Extreme(earliest=True)
    last = _Extreme(earliest=False)
    for readout in readouts:
        day = census.count(readout)
        if day is None:
            undated.append(readout)
        else:
            first.add(day, readout)
            last.add(day, readout)
    return FirstAndLast(first.sorted(), last.sorted(), _by_id(undated), census.basis())


class _Extreme:
    """The readouts of the earliest day, or of the latest."""

    def __init__(self, *, earliest: bool) -> None:
        self._earliest = earliest
        self._day: dt.date | None = None
        self._readouts: list[Readout] = []

    def add(self, day: dt.date, readout: Readout) -> None:
        if self._day is None or (day < self._day if self._earliest else day > self._day):
            self._day, self._readouts = day, []
        if day == self._day:
            self._readouts.append(readout)

    def sorted(self) -> tuple[Readout, ...]:
        return _by_id(self._readouts)


def _by_id(readouts: list[Readout]) -> tuple[Readout, ...]:
    return tuple(sorted(readouts, key=lambda readout: readout.id))
