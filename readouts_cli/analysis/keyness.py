"""Keyness: the words that set one set of readouts apart from another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from readouts_cli.analysis.measures import log_likelihood, log_ratio
from readouts_cli.analysis.words import words
from readouts_cli.engines.base import Volume
from readouts_cli.readout import Readout

#: With fewer readouts on a side, what sets them apart says little.
FEW = 10

_NOTHING = Volume(0, 0)


class Counting(str, Enum):
    """What is counted: readouts that hold a word, or its tokens.

    A word's tokens come in clusters (one readout can say it forty times), so that readouts are the sounder count.
    """

    READOUTS = "readouts"
    TOKENS = "tokens"


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word: its counts on both sides, and what they tell.

    `log_ratio` counts doublings, positive where the focus has more of it, relative to its size (0 counts as ½);
    `log_likelihood` is the evidence that the difference is no chance, negative where the reference has more.
    """

    term: str
    focus: int
    reference: int
    log_ratio: float
    log_likelihood: float


@dataclass(frozen=True, slots=True)
class Keyness:
    """The words of two sets of readouts, those with the most evidence first, whichever side they speak for."""

    counting: Counting
    focus: Volume
    reference: Volume
    words: tuple[KeyWord, ...]

    @property
    def few(self) -> bool:
        """Whether a side has so few readouts that the figures say little."""
        return min(self.focus.readouts, self.reference.readouts) < FEW


class WordsOf:
    """Counts one of the two sets: the words of its readouts, or the readouts that hold each.

    `volume` is of readouts that were counted elsewhere; their words are added to `counts`.
    """

    def __init__(self, counting: Counting, volume: Volume = _NOTHING) -> None:
        self.counting = counting
        self.counts: Counter[str] = Counter()
        self._readouts, self._tokens = volume

    def add(self, readout: Readout) -> None:
        """Count a readout."""
        found = words(readout.text)
        self.counts.update(set(found) if self.counting is Counting.READOUTS else found)
        self._readouts += 1
        self._tokens += len(found)

    def merge(self, other: WordsOf) -> None:
        """Add what has been counted in other readouts."""
        self.counts.update(other.counts)
        self._readouts += other._readouts
        self._tokens += other._tokens

    @property
    def side(self) -> Volume:
        """How much there is in it."""
        return Volume(self._readouts, self._tokens)

    @property
    def size(self) -> int:
        """What counts are shares of."""
        return self._readouts if self.counting is Counting.READOUTS else self._tokens


def counted(readouts: Iterable[Readout], counting: Counting) -> WordsOf:
    """The words of a set of readouts."""
    found = WordsOf(counting)
    for readout in readouts:
        found.add(readout)
    return found


def keyness(focus: WordsOf, reference: WordsOf, *, least: int = 2) -> Keyness:
    """What sets the focus apart from the reference, among words with a count of at least `least` in both together."""
    here, there, sizes = focus.counts, reference.counts, (focus.size, reference.size)
    measured = cache(_measured)  # most words are rare, and have their counts in common with many others
    key_words = (
        KeyWord(term, here[term], there[term], *measured(here[term], there[term], sizes))
        for term in here.keys() | there.keys()
        if here[term] + there[term] >= least and all(sizes)
    )
    ordered = sorted(key_words, key=lambda word: (-abs(word.log_likelihood), -abs(word.log_ratio), word.term))
    return Keyness(focus.counting, focus.side, reference.side, tuple(ordered))


def _measured(here: int, there: int, sizes: tuple[int, int]) -> tuple[float, float]:
    """Log ratio and log-likelihood."""
    table = here, there, sizes[0] - here, sizes[1] - there
    ratio, evidence = log_ratio(*table), log_likelihood(*table)
    return ratio, -evidence if here * sizes[1] < there * sizes[0] else evidence
