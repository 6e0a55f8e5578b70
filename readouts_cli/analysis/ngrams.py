"""Recurring word sequences: what a set of readouts says again and again, quoted or not.

Sequences grow one word at a time, and only those whose beginning and end both recur (Agrawal & Srikant 1994), so that
memory holds what recurs and little else.  They do not cross the end of a sentence, nor of a run of Han characters into
another; a Han character counts as a word.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from operator import or_
from typing import NamedTuple

from readouts_cli.query.tokens import has_han, is_han, terms
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Readout, Span

#: Stands for a word that does not recur, and between sentences.
_NONE = 0

#: Two numbers of 32 bits in one.
_SHIFT = 32
_LOW = (1 << _SHIFT) - 1


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


def recurring(
    readouts: Iterable[Readout],
    *,
    shortest: int,
    longest: int,
    least: int = 2,
) -> list[Sequence]:
    """Sequences of `shortest` to `longest` words in at least `least` readouts, commonest first.

    One that only ever occurs inside the same longer one, of `longest` words at most, is left out.
    """
    words = _Words()
    texts = [array("I", words.numbers(readout)) for readout in readouts]
    level = _first_level(texts, words, least)
    found: list[Sequence] = []
    for length in range(1, longest + 1):
        following = _next_level(texts, level, least) if length < longest else _NOTHING
        if length >= shortest:
            found.extend(_not_inside(level, following))
        if len(following) == 1:
            break
        level = following
    return sorted(found, key=lambda each: (-each.readouts, -each.occurrences, -len(each.words), each.words))


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
    """The recurring sequences of one length by number, from 1: their words, occurrences and readouts.

    `parts` are, from the first, the two shorter sequences that each begins and ends with, joined.  In the texts a
    position holds the number of the recurring sequence that begins there.
    """

    words: list[tuple[str, ...]]
    occurrences: array[int]
    readouts: array[int]
    parts: array[int]

    def __len__(self) -> int:
        return len(self.words)


#: No sequences: what stands under 0 is none.
_NOTHING = _Level([()], array("I", [0]), array("I", [0]), array("Q"))


def _first_level(texts: list[array[int]], words: _Words, least: int) -> _Level:
    kept, occurrences, readouts = _recurring(texts, range(1, len(words) + 1), least)
    named = ["", *words]
    return _Level([(), *((named[number],) for number in kept)], occurrences, readouts, array("Q"))


def _next_level(texts: list[array[int]], level: _Level, least: int) -> _Level:
    """The recurring sequences that are one word longer; the texts then hold their numbers."""
    numbered: defaultdict[int, int] = defaultdict(count(1).__next__, {_NONE: _NONE})
    for text in texts:
        text[:] = array("I", map(numbered.__getitem__, _pairs(text)))
    pairs = array("Q", numbered)
    del numbered  # most of it is of pairs that do not recur
    whole = (number for number, pair in enumerate(pairs) if pair >> _SHIFT and pair & _LOW)
    kept, occurrences, readouts = _recurring(texts, whole, least)
    parts = array("Q", map(pairs.__getitem__, kept))
    words = ((*level.words[pair >> _SHIFT], level.words[pair & _LOW][-1]) for pair in parts)
    return _Level([(), *words], occurrences, readouts, parts)


def _pairs(text: array[int]) -> Iterator[int]:
    """For each position the sequences that begin there and behind it, joined; of none where none recurs."""
    return map(or_, map((1 << _SHIFT).__mul__, text), chain(text[1:], [_NONE]))


def _recurring(
    texts: list[array[int]], numbers: Iterable[int], least: int
) -> tuple[array[int], array[int], array[int]]:
    """Those of some numbers that `least` texts hold, and by their place there, from 1, occurrences and readouts.

    In the texts that place is put for the number, and none for one that is not among them.
    """
    holding: Counter[int] = Counter()
    for text in texts:
        holding.update(set(text))
    kept = array("I", (number for number in numbers if holding[number] >= least))
    readouts = array("I", [0, *map(holding.__getitem__, kept)])
    placed = array("I", bytes(array("I").itemsize * (max(holding, default=0) + 1)))
    del holding
    for place, number in enumerate(kept, start=1):
        placed[number] = place
    occurrences: Counter[int] = Counter()
    for text in texts:
        text[:] = array("I", map(placed.__getitem__, text))
        occurrences.update(text)
    return kept, array("I", [0, *map(occurrences.__getitem__, range(1, len(kept) + 1))]), readouts


def _not_inside(level: _Level, longer: _Level) -> Iterator[Sequence]:
    """The sequences of a level that do not only ever occur inside one and the same longer sequence."""
    most = array("I", bytes(level.occurrences.itemsize * len(level)))
    for occurrences, pair in zip(longer.occurrences[1:], longer.parts, strict=True):
        for part in (pair >> _SHIFT, pair & _LOW):
            most[part] = max(most[part], occurrences)
    for words, occurrences, readouts, inside in zip(
        level.words[1:], level.occurrences[1:], level.readouts[1:], most[1:], strict=True
    ):
        if occurrences != inside:
            yield Sequence(words, occurrences, readouts)
