"""Recurring word sequences: what a set of readouts says again and again, quoted or not.

Sequences grow one word at a time, and only those whose beginning and end both recur (Agrawal & Srikant 1994).  They do
not cross the end of a sentence, nor of a run of Han characters into another; a Han character counts as a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from readouts_cli.analysis.word_numbers import WordNumbers
from readouts_cli.query.tokens import is_han

Numbers = NDArray[np.uint32]
Places = NDArray[np.intp]

#: About how many positions of the texts are sorted at a time, at most: memory then holds the texts and little else.
_SORTED = 2**22


class Sequence(NamedTuple):
    """A word sequence, folded; how often it occurs and in how many readouts."""

    words: tuple[str, ...]
    occurrences: int
    readouts: int

    def __str__(self) -> str:
        """The words as one writes them: Han characters without spaces."""
        text = ""
        for word in self.words:
            text += word if not text or (is_han(word) and is_han(text[-1])) else f" {word}"
        return text


@dataclass(frozen=True, slots=True)
class _Level:
    """The recurring sequences of one length by number, from 1, with their occurrences and readouts.

    `begin` and `end` are the sequences one shorter that each begins and ends with, for words their numbers.
    """

    length: int
    begin: Numbers
    end: Numbers
    occurrences: Numbers
    readouts: Numbers
    shorter: _Level | None

    def words(self, number: int) -> tuple[int, ...]:
        """The numbers of a sequence's words."""
        if self.shorter is None:
            return (int(self.begin[number]),)
        return (*self.shorter.words(self.begin[number]), self.shorter.last(self.end[number]))

    def last(self, number: int) -> int:
        """The number of a sequence's last word."""
        return int(self.end[number]) if self.shorter is None else self.shorter.last(self.end[number])


class Recurring:
    """Word sequences that recur, commonest first; of equally common ones the longer, then by their words.

    They are numbers until they are gone through: there may be millions.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = ["", *words]
        self._levels: dict[int, _Level] = {}
        self._shown: list[NDArray[np.int64]] = []

    def add(self, level: _Level, numbers: Places) -> None:
        """Add sequences of a level."""
        self._levels[level.length] = level
        lengths = np.full(numbers.size, level.length)
        self._shown.append(np.stack([level.readouts[numbers], level.occurrences[numbers], lengths, numbers]))

    def __len__(self) -> int:
        return sum(shown.shape[1] for shown in self._shown)

    def __iter__(self) -> Iterator[Sequence]:
        if not len(self):
            return
        shown = np.concatenate(self._shown, axis=1)
        shown = shown[:, np.lexsort(-shown[2::-1])]
        alike = [0, *(np.flatnonzero(np.diff(shown[:3]).any(axis=0)) + 1), shown.shape[1]]
        for start, end in pairwise(alike):
            readouts, occurrences, length = shown[:3, start].tolist()
            level = self._levels[length]
            sequences = (level.words(number) for number in shown[3, start:end].tolist())
            for words in sorted(tuple(map(self._words.__getitem__, sequence)) for sequence in sequences):
                yield Sequence(words, occurrences, readouts)


def recurring(
    texts: WordNumbers,
    *,
    shortest: int,
    longest: int,
    least: int = 2,
    watched: Callable[[range], Iterable[int]] = iter,
    at_once: int = _SORTED,
) -> Recurring:
    """Sequences of `shortest` to `longest` words in at least `least` readouts.

    One that only ever occurs inside the same longer one, of `longest` words at most, is left out.  `watched` is handed
    the lengths to be counted and passes them on, for a progress bar; about `at_once` positions are sorted at a time.
    """
    found = Recurring(texts.words)
    beginning = np.frombuffer(texts.numbers, np.uint32) if texts.numbers else np.zeros(0, np.uint32)
    holders = np.repeat(np.arange(len(texts.lengths), dtype=np.uint32), texts.lengths)
    level: _Level | None = None
    for length in watched(range(1, longest + 2)):
        following: _Level | None = None
        if length <= longest:
            following, beginning = _counted(beginning, holders, level, least, at_once)
        if level is not None and level.length >= shortest:
            found.add(level, _not_inside(level, following))
        if following is None or not following.occurrences[1:].size:
            break
        level = following
    return found


def _counted(
    beginning: Numbers, holders: Numbers, shorter: _Level | None, least: int, at_once: int
) -> tuple[_Level, Numbers]:
    """The recurring sequences that are one word longer, and which of them begins at each position; 0 is none.

    `beginning` says the same of the shorter ones, `holders` which text each position belongs to, ascending.
    """
    behind = beginning if shorter is None else beginning[1:]
    here = beginning[: behind.size]  # nothing begins at the last position, as a sentence ends there
    longer = np.zeros_like(beginning)
    columns = [np.zeros((4, 1), np.uint32)]
    known = 0
    parts = 1 << (beginning.size // at_once).bit_length()
    for part in range(parts):
        at = np.flatnonzero(((here & (parts - 1)) == part) & (here != 0) & (behind != 0))
        pairs = here[at].astype(np.uint64) << np.uint64(32) | behind[at]
        order, starts, occurrences, readouts = _grouped(pairs, holders[at])
        at = at[order]
        kept = readouts >= least
        numbers = np.where(kept, known + np.cumsum(kept), 0)
        longer[at] = np.repeat(numbers, occurrences)
        known += np.count_nonzero(kept)
        examples = at[starts[kept]]
        columns.append(np.stack([here[examples], behind[examples], occurrences[kept], readouts[kept]]))
    length = 1 if shorter is None else shorter.length + 1
    begin, end, times, holding = np.concatenate(columns, axis=1)
    return _Level(length, begin, end, times, holding, shorter), longer


def _grouped(pairs: NDArray[np.uint64], holders: Numbers) -> tuple[Places, Places, Numbers, Numbers]:
    """The order in which equal pairs stand together, where in it each begins, its occurrences and its holders."""
    order = np.argsort(pairs, kind="stable")  # the holders of a pair stay in order
    pairs, holders = pairs[order], holders[order]
    is_first = np.append(True, pairs[1:] != pairs[:-1])[: pairs.size]
    is_other = is_first.copy()
    is_other[1:] |= holders[1:] != holders[:-1]
    starts = np.flatnonzero(is_first)
    occurrences = np.diff(starts, append=pairs.size).astype(np.uint32)
    readouts = np.add.reduceat(is_other, starts, dtype=np.uint32) if starts.size else occurrences
    return order, starts, occurrences, readouts


def _not_inside(level: _Level, longer: _Level | None) -> Places:
    """The sequences of a level that do not only ever occur inside one and the same longer sequence."""
    most = np.zeros_like(level.occurrences)
    if longer is not None:
        np.maximum.at(most, longer.begin, longer.occurrences)
        np.maximum.at(most, longer.end, longer.occurrences)
    return np.flatnonzero(level.occurrences != most)
