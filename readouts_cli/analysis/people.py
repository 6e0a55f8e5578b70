"""People and bodies: who presided and who attended, with the office as printed, and which bodies met."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from readouts_cli.analysis.basis import Dating
from readouts_cli.query.tokens import is_han, terms
from readouts_cli.readout import Person, Readout, Span


class Role(str, Enum):
    """What somebody did at a meeting."""

    PRESIDED = "presided"
    ATTENDED = "attended"


class Appearance(NamedTuple):
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
class BodySummary:
    """A body as printed: how many readouts of its meetings, their first and last day, who presided how often."""

    name: str
    readouts: int
    first: dt.date | None
    last: dt.date | None
    presided: tuple[tuple[str, int], ...]


class People:
    """Everybody who presided or attended, by the terms of the name: as first printed, and all appearances."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], tuple[str, list[Appearance]]] = {}

    def add(self, printed: str, key: tuple[str, ...], appearance: Appearance) -> None:
        """Add an appearance."""
        self._found.setdefault(key, (printed, []))[1].append(appearance)

    def merge(self, other: People) -> None:
        """Add those of readouts that come behind."""
        for key, (printed, appearances) in other._found.items():
            self._found.setdefault(key, (printed, []))[1].extend(appearances)

    def summaries(self) -> tuple[PersonSummary, ...]:
        """What there is of each; those of most readouts first."""
        found = [PersonSummary(printed, _by_day(appearances)) for printed, appearances in self._found.values()]
        found.sort(key=lambda each: (-len({a.id for a in each.appearances}), -each.count(Role.PRESIDED), each.name))
        return tuple(found)


class Bodies:
    """The bodies that met, folded together where only case and punctuation differ; `unknown` readouts name none."""

    def __init__(self) -> None:
        self.unknown = 0
        self._found: dict[tuple[str, ...], _Body] = {}

    def add(self, readout: Readout, day: dt.date | None) -> None:
        """Add the body of a readout."""
        if readout.body is None:
            self.unknown += 1
        else:
            key = tuple(terms(readout.body.value))
            self._found.setdefault(key, _Body(readout.body.value)).add(readout, day)

    def merge(self, other: Bodies) -> None:
        """Add those of readouts that come behind."""
        self.unknown += other.unknown
        for key, body in other._found.items():
            if key in self._found:
                self._found[key].merge(body)
            else:
                self._found[key] = body

    def summaries(self) -> tuple[BodySummary, ...]:
        """What there is of each; those of most readouts first."""
        return tuple(sorted((each.summary() for each in self._found.values()), key=lambda e: (-e.readouts, e.name)))


def people(readouts: Iterable[Readout], dating: Dating, *, name: str = "") -> People:
    """Who presided and who attended; with `name`, only people whose name holds its words, in their order."""
    wanted = terms(name)
    found = People()
    for readout in readouts:
        day = dating.day(readout)
        for role, person in _present(readout):
            key = tuple(terms(person.name))
            if not wanted or _holds(key, wanted):
                found.add(person.name, key, Appearance(readout.id, day, role, person.office, person.span))
    return found


def bodies(readouts: Iterable[Readout], dating: Dating) -> Bodies:
    """The bodies that met."""
    found = Bodies()
    for readout in readouts:
        found.add(readout, dating.day(readout))
    return found


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

    def merge(self, other: _Body) -> None:
        self._readouts += other._readouts
        self._presided.update(other._presided)
        self._days.extend(other._days)

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
