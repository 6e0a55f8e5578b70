"""Quoted formulations: what readouts put between quotation marks, in one fold whatever the case, hyphens and marks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from readouts_cli.query.tokens import terms
from readouts_cli.readout import Quote, Readout

#: A formulation's terms: what two ways of writing it have in common.
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
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
        if mention.day is None:
            return
        if self._first is None or _order(mention) < _order(self._first):
            self._first = mention
        if self._last is None or _order(mention) > _order(self._last):
            self._last = mention

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

    def formulations(self) -> dict[Key, Formulation]:
        """What has been counted, in the order of first appearance."""
        return {key: tally.formulation() for key, tally in self._tallies.items()}


def _order(mention: Mention) -> tuple[dt.date, str]:
    assert mention.day is not None
    return mention.day, mention.id
