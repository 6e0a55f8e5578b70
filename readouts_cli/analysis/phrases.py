"""Phrases: the quoted formulations of a set of readouts, and the quotation marks that lost their partner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from readouts_cli.analysis.basis import Basis, Census, Dating
from readouts_cli.analysis.formulations import Formulation, Tallies
from readouts_cli.readout import Readout, Span

#: Characters shown on each side of a damaged quotation mark.
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged quotation mark at `at` in the text of a readout, and the text `around` it, which begins at `start`."""

    id: str
    problem: str
    at: int
    start: int
    around: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Formulations, the ones used in most readouts first, and damaged quotation marks as the readouts come."""

    formulations: tuple[Formulation, ...]
    damaged: tuple[Damage, ...]
    basis: Basis


def quoted(readouts: Iterable[Readout], dating: Dating, *, least: int = 1) -> Phrases:
    """The formulations that at least `least` readouts quote."""
    census, tallies = Census(dating), Tallies()
    damaged: list[Damage] = []
    for readout in readouts:
        tallies.add(readout, census.count(readout))
        damaged.extend(_damage(readout))
    found = [each for each in tallies.formulations().values() if each.readouts >= least]
    found.sort(key=lambda each: (-each.readouts, -each.occurrences, each.text.casefold()))
    return Phrases(tuple(found), tuple(damaged), census.basis())


def _damage(readout: Readout) -> Iterable[Damage]:
    for mark in readout.damaged_quotes:
        around = Span(max(mark.at - _AROUND, 0), min(mark.at + 1 + _AROUND, len(readout.text)))
        yield Damage(readout.id, mark.problem, mark.at, around.start, readout.text[around.start : around.end])
