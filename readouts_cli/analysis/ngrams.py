"""Recurring word sequences: what a set of readouts says again and again, quoted or not.

Sequences grow one word at a time, and only those whose beginning and end both recur (Agrawal & Srikant 1994), so that
memory holds what recurs and little else.  They do not cross the end of a sentence, nor of a run of Han characters into
another; a Han character counts as a word.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count, islice
from operator import itemgetter
from typing import NamedTuple

from readouts_cli.query.tokens import has_han, is_han, terms
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Readout, Span

#: Stands for a word that does not recur, and between sentences.
_NONE = 0

#: Two numbers of 32 bits in one.
_SHIFT = 32
_LOW = (1 << _SHIFT) - 1

#: Holders of a pair are counted up to this.
_MOST_HOLDERS = 255


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


class Recurring:
    """Word sequences that recur, commonest first; of equally common ones the longer, then by their words.

    They are numbers until they are gone through: there may be millions.
    """

    def __init__(self) -> None:
        self._levels: dict[int, _Level] = {}
        self._alike: defaultdict[tuple[int, int, int], array[int]] = defaultdict(lambda: array("I"))

    def add(self, level: _Level, numbers: Iterable[int]) -> None:
        """Add sequences of a level."""
        self._levels[level.length] = level
        for number in numbers:
            self._alike[-level.readouts[number], -level.occurrences[number], -level.length].append(number)

    def __len__(self) -> int:
        return sum(map(len, self._alike.values()))

    def __iter__(self) -> Iterator[Sequence]:
        for (readouts, occurrences, length), numbers in sorted(self._alike.items(), key=itemgetter(0)):
            for words in sorted(map(self._levels[-length].words, numbers)):
                yield Sequence(words, -occurrences, -readouts)


def recurring(readouts: Iterable[Readout], *, shortest: int, longest: int, least: int = 2) -> Recurring:
    """Sequences of `shortest` to `longest` words in at least `least` readouts.

    One that only ever occurs inside the same longer one, of `longest` words at most, is left out.
    """
    words = _Words()
    texts = [array("I", words.numbers(readout)) for readout in readouts]
    level = _first_level(texts, words, least)
    found = Recurring()
    while True:
        following = _next_level(texts, level, least) if level.length < longest else None
        if level.length >= shortest:
            found.add(level, _not_inside(level, following))
        if following is None or not len(following):
            return found
        level = following


class _Words(dict[str, int]):
    """Numbers the words of texts, from 1."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self) + 1
        return number

    def numbers(self, readout: Readout) -> Iterator[int]:
        """The words of a readout, sentence by sentence."""
        for sentence in sentences(readout.text, Span(0, len(readout.text))):
            text = readout.text[sentence.start : sentence.end]
            yield from self._han_numbers(text) if has_han(text) else map(self.__getitem__, terms(text))
            yield _NONE

    def _han_numbers(self, text: str) -> Iterator[int]:
        run_ended = False
        for term in terms(text):
            if run_ended and is_han(term):
                yield _NONE
            yield self[term[0] if is_han(term) else term]
            run_ended = is_han(term) and len(term) == 1


@dataclass(frozen=True, slots=True)
class _Level:
    """The recurring sequences of one length by number, from 1: the last word of each, its occurrences and readouts.

    `parts` are the two sequences of `shorter` that each begins and ends with, joined.  In the texts a position holds
    the number of the recurring sequence that begins there.
    """

    length: int
    last: list[str]
    occurrences: array[int]
    readouts: array[int]
    shorter: _Level | None = None
    parts: array[int] = field(default_factory=lambda: array("Q"))

    def __len__(self) -> int:
        return len(self.last) - 1

    def words(self, number: int) -> tuple[str, ...]:
        """The words of a sequence."""
        before = self.shorter.words(self.parts[number] >> _SHIFT) if self.shorter else ()
        return (*before, self.last[number])


def _first_level(texts: list[array[int]], words: _Words, least: int) -> _Level:
    kept, occurrences, readouts = _recurring(texts, len(words), least)
    named = ["", *words]
    return _Level(1, [named[number] for number in kept], occurrences, readouts)


def _next_level(texts: list[array[int]], level: _Level, least: int) -> _Level:
    """The recurring sequences that are one word longer; the texts then hold their numbers."""
    holders = _holders(texts)
    size, enough = len(holders), min(least, _MOST_HOLDERS)
    numbered: defaultdict[int, int] = defaultdict(count(1).__next__, {_NONE: _NONE})
    for text in texts:
        pairs = (pair if holders[pair % size] >= enough else _NONE for pair in _pairs(text))
        text[:] = array("I", map(numbered.__getitem__, pairs))
    joined = array("Q", numbered)
    del holders, numbered
    kept, occurrences, readouts = _recurring(texts, len(joined) - 1, least)
    parts = array("Q", map(joined.__getitem__, kept))
    last = [level.last[pair & _LOW] for pair in parts]
    return _Level(level.length + 1, last, occurrences, readouts, level, parts)


def _holders(texts: list[array[int]]) -> bytearray:
    """How many texts hold a pair, by its remainder: never too few, as pairs with the same remainder count together.

    So most of those that do not recur are known before they take memory (Park, Chen & Yu 1995).
    """
    size = sum(map(len, texts)) | 1  # odd, as any two sequences of numbers then spread
    holders = bytearray(size)
    for text in texts:
        for pair in set(_pairs(text)):
            if holders[pair % size] < _MOST_HOLDERS:
                holders[pair % size] += 1
    return holders


def _pairs(text: array[int]) -> Iterator[int]:
    """For each position the sequences that begin there and behind it, joined; none where either does not recur."""
    following = chain(islice(text, 1, None), [_NONE])
    return (one << _SHIFT | other if one and other else _NONE for one, other in zip(text, following, strict=False))


def _recurring(texts: list[array[int]], numbers: int, least: int) -> tuple[array[int], array[int], array[int]]:
    """Those of the numbers from 1 that `least` texts hold, and by their place there, from 1, occurrences and readouts.

    In the texts that place is put for the number, and none for one that is not among them.
    """
    holding = _zeros(numbers + 1)
    for text in texts:
        for number in set(text):
            holding[number] += 1
    kept = array("I", [_NONE])
    kept.extend(number for number in range(1, numbers + 1) if holding[number] >= least)
    placed, occurrences = _zeros(numbers + 1), _zeros(len(kept))
    for place, number in enumerate(kept):
        placed[number] = place
    for text in texts:
        text[:] = array("I", map(placed.__getitem__, text))
        for place in text:
            occurrences[place] += 1
    return kept, occurrences, array("I", map(holding.__getitem__, kept))


def _zeros(length: int) -> array[int]:
    return array("I", [0]) * length


def _not_inside(level: _Level, longer: _Level | None) -> Iterator[int]:
    """The sequences of a level that do not only ever occur inside one and the same longer sequence."""
    most = _zeros(len(level) + 1)
    if longer is not None:
        for occurrences, pair in zip(longer.occurrences[1:], longer.parts[1:], strict=True):
            for part in (pair >> _SHIFT, pair & _LOW):
                most[part] = max(most[part], occurrences)
    return (number for number in range(1, len(level) + 1) if level.occurrences[number] != most[number])
