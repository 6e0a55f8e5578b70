"""Quoted formulations: what readouts put between quotation marks, in one fold whatever the case, hyphens and marks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from readouts_cli.analysis.basis import Dating
from readouts_cli.query.tokens import terms
from readouts_cli.readout import Quote, Readout

#: A formulation's terms: what two ways of writing it have in common.
Key = tuple[str, ...]


class Mention(NamedTuple):
    """A readout in which something stands, and its day; None where undated."""

    id: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Formulation:
    """A quoted formulation: its ways of writing with their counts, the commonest first, and how often it is used.

    `first` and `last` are the earliest and latest use on a known day; None where every use is undated.
    """

    forms: tuple[tuple[str, int], ...]
    occurrences: int
    readouts: int
    first: Mention | None
    last: Mention | None

    @property
    def text(self) -> str:
        """The commonest way of writing."""
        return self.forms[0][0]


def tallied(readouts: Iterable[Readout], dating: Dating) -> Tallies:
    """The formulations of a set of readouts, counted."""
    tallies = Tallies()
    for readout in readouts:
        tallies.add(readout, dating.day(readout))
    return tallies


def key_of(quote: Quote) -> Key:
    """What quotes of one formulation share; a quote without any word is itself only."""
    return tuple(terms(quote.text)) or (quote.text,)


class Tally:
    """Counts one formulation's uses, readout by readout."""

    def __init__(self) -> None:
        self._forms: Counter[str] = Counter()
        self._readouts = 0
        self._first: Mention | None = None
        self._last: Mention | None = None

    def add(self, forms: Iterable[str], mention: Mention) -> None:
        """Count the uses in one readout."""
        self._forms.update(forms)
        self._readouts += 1
        if mention.day is not None:
            self._mention(mention, mention)

    def merge(self, other: Tally) -> None:
        """Count what another tally has counted, in other readouts."""
        self._forms.update(other._forms)
        self._readouts += other._readouts
        if other._first and other._last:
            self._mention(other._first, other._last)

    def _mention(self, earliest: Mention, latest: Mention) -> None:
        if self._first is None or _order(earliest) < _order(self._first):
            self._first = earliest
        if self._last is None or _order(latest) > _order(self._last):
            self._last = latest

    def formulation(self) -> Formulation:
        """What has been counted."""
        forms = tuple(self._forms.most_common())
        return Formulation(forms, self._forms.total(), self._readouts, self._first, self._last)


class Tallies:
    """Counts the formulations of a set of readouts."""

    def __init__(self) -> None:
        self._tallies: dict[Key, Tally] = {}

    def add(self, readout: Readout, day: dt.date | None) -> None:
        """Count the quotes of one readout."""
        forms: dict[Key, list[str]] = {}
        for quote in readout.quotes:
            forms.setdefault(key_of(quote), []).append(quote.text)
        for key, texts in forms.items():
            self._tallies.setdefault(key, Tally()).add(texts, Mention(readout.id, day))

    def merge(self, other: Tallies) -> None:
        """Count what others have counted, in readouts that come behind."""
        for key, tally in other._tallies.items():
            if key in self._tallies:
                self._tallies[key].merge(tally)
            else:
                self._tallies[key] = tally

    def formulations(self) -> dict[Key, Formulation]:
        """What has been counted, in the order of first appearance."""
        return {key: tally.formulation() for key, tally in self._tallies.items()}


def _order(mention: Mention) -> tuple[dt.date, str]:
    assert mention.day is not None
    return mention.day, mention.id
