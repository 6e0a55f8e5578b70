"""People and bodies: who presided and who attended, with the office as printed, and which bodies met."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from readouts_cli.analysis.basis import Basis, Census, Dating
from readouts_cli.query.tokens import is_han, terms
from readouts_cli.readout import Person, Readout, Span


class Role(str, Enum):
    """What somebody did at a meeting."""

    PRESIDED = "presided"
    ATTENDED = "attended"


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody at a meeting: the readout, its day, the role, the office as printed and where the name stands."""

    id: str
    day: dt.date | None
    role: Role
    office: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A name with all its appearances, by day, undated ones last.

    Two people of one name are one here; their offices tell them apart.
    """

    name: str
    appearances: tuple[Appearance, ...]

    def count(self, role: Role) -> int:
        """In how many readouts the person has a role."""
        return len({appearance.id for appearance in self.appearances if appearance.role is role})

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices as printed, each once, in the order of their first appearance."""
        return tuple(dict.fromkeys(each.office for each in self.appearances if each.office is not None))

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days of the appearances, in order."""
        return tuple(each.day for each in self.appearances if each.day is not None)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who presided or attended; those of most readouts first."""

    people: tuple[PersonSummary, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class BodySummary:
    """A body as printed: how many readouts of its meetings, their first and last day, who presided how often."""

    name: str
    readouts: int
    first: dt.date | None
    last: dt.date | None
    presided: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies that met, those of most readouts first; `unknown` readouts name none."""

    bodies: tuple[BodySummary, ...]
    unknown: int
    basis: Basis


def people(readouts: Iterable[Readout], dating: Dating, *, name: str = "") -> People:
    """Who presided and who attended; with `name`, only people whose name holds its words, in their order."""
    census = Census(dating)
    wanted = terms(name)
    found: dict[tuple[str, ...], tuple[str, list[Appearance]]] = {}
    for readout in readouts:
        day = census.count(readout)
        for role, person in _present(readout):
            key = tuple(terms(person.name))
            if _holds(key, wanted):
                appearance = Appearance(readout.id, day, role, person.office, person.span)
                found.setdefault(key, (person.name, []))[1].append(appearance)
    summaries = [PersonSummary(printed, _by_day(appearances)) for printed, appearances in found.values()]
    summaries.sort(key=lambda each: (-len({a.id for a in each.appearances}), -each.count(Role.PRESIDED), each.name))
    return People(tuple(summaries), census.basis())


def bodies(readouts: Iterable[Readout], dating: Dating) -> Bodies:
    """The bodies that met, folded together where only case and punctuation differ."""
    census = Census(dating)
    unknown = 0
    found: dict[tuple[str, ...], _Body] = {}
    for readout in readouts:
        day = census.count(readout)
        if readout.body is None:
            unknown += 1
        else:
            found.setdefault(tuple(terms(readout.body.value)), _Body(readout.body.value)).add(readout, day)
    summaries = sorted((each.summary() for each in found.values()), key=lambda each: (-each.readouts, each.name))
    return Bodies(tuple(summaries), unknown, census.basis())


class _Body:
    """Counts the readouts of one body."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._readouts = 0
        self._days: list[dt.date] = []
        self._presided: Counter[str] = Counter()

    def add(self, readout: Readout, day: dt.date | None) -> None:
        self._readouts += 1
        self._presided.update({person.name for person in readout.presided})
        if day is not None:
            self._days.append(day)

    def summary(self) -> BodySummary:
        presided = sorted(self._presided.items(), key=lambda each: (-each[1], each[0]))
        first, last = min(self._days, default=None), max(self._days, default=None)
        return BodySummary(self._name, self._readouts, first, last, tuple(presided))


def _present(readout: Readout) -> Iterator[tuple[Role, Person]]:
    for person in readout.presided:
        yield Role.PRESIDED, person
    for person in readout.attended:
        yield Role.ATTENDED, person


def _holds(words: tuple[str, ...], wanted: list[str]) -> bool:
    """Whether `wanted` stands in `words` without a gap; a lone last Han character begins a pair there."""
    length = len(wanted)
    return any(
        all(word == want or _begins(word, want) for word, want in zip(words[at:], wanted, strict=False))
        for at in range(len(words) - length + 1)
    )


def _begins(word: str, want: str) -> bool:
    return is_han(want) and len(want) == 1 and word.startswith(want)


def _by_day(appearances: list[Appearance]) -> tuple[Appearance, ...]:
    return tuple(sorted(appearances, key=lambda each: (each.day is None, each.day or dt.date.max, each.id)))
