"""Phrases: the quoted formulations of a set of readouts, and the quotation marks that lost their partner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from readouts_cli.analysis.basis import Dating
from readouts_cli.analysis.formulations import Formulation, Tallies
from readouts_cli.readout import Readout, Span

#: Characters shown on each side of a damaged quotation mark.
_AROUND = 40


class Damage(NamedTuple):
    """A damaged quotation mark at `at` in the text of a readout, and the text `around` it, which begins at `start`."""

    id: str
    problem: str
    at: int
    start: int
    around: str


class Phrases:
    """Formulations, counted, and damaged quotation marks as the readouts come."""

    def __init__(self) -> None:
        self.damaged: list[Damage] = []
        self._tallies = Tallies()

    def add(self, readout: Readout, day: dt.date | None) -> None:
        """Add those of one readout."""
        self._tallies.add(readout, day)
        self.damaged.extend(_damage(readout))

    def merge(self, other: Phrases) -> None:
        """Add those of readouts that come behind."""
        self._tallies.merge(other._tallies)
        self.damaged.extend(other.damaged)

    def formulations(self, *, least: int = 1) -> tuple[Formulation, ...]:
        """The formulations that at least `least` readouts quote, the ones used in most readouts first."""
        found = [each for each in self._tallies.formulations().values() if each.readouts >= least]
        found.sort(key=lambda each: (-each.readouts, -each.occurrences, each.text.casefold()))
        return tuple(found)


def quoted(readouts: Iterable[Readout], dating: Dating) -> Phrases:
    """What readouts quote."""
    found = Phrases()
    for readout in readouts:
        found.add(readout, dating.day(readout))
    return found


def _damage(readout: Readout) -> Iterable[Damage]:
    for mark in readout.damaged_quotes:
        around = Span(max(mark.at - _AROUND, 0), min(mark.at + 1 + _AROUND, len(readout.text)))
        yield Damage(readout.id, mark.problem, mark.at, around.start, readout.text[around.start : around.end])
