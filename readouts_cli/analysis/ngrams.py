"""Recurring word sequences: what a set of readouts says again and again, quoted or not.

Sequences grow one word at a time, and only those whose beginning and end both recur (Agrawal & Srikant 1994), so that
memory holds what recurs and little else.  They do not cross the end of a sentence, nor of a run of Han characters into
another; a Han character counts as a word.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, repeat

from readouts_cli.query.tokens import has_han, is_han, terms
from readouts_cli.reading.sentences import sentences
from readouts_cli.readout import Readout, Span

#: Stands for a word that does not recur, and between sentences.
_NONE = 0

#: Two numbers of 32 bits in one.
_SHIFT = 32
_LOW = (1 << _SHIFT) - 1


@dataclass(frozen=True, slots=True)
class Sequence:
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
    level = _first_level(texts, least)
    found: list[Sequence] = []
    for length in range(1, longest + 1):
        following = _next_level(texts, level, least) if length < longest else _Level({}, {}, {})
        if length >= shortest:
            inside = _inside(following, level)
            found.extend(
                Sequence(tuple(words.terms[n] for n in level.words[id]), level.occurrences[id], level.readouts[id])
                for id in level.words
                if level.occurrences[id] != inside.get(id)
            )
        if not following.words:
            break
        level = following
    return sorted(found, key=lambda each: (-each.readouts, -each.occurrences, -len(each.words), each.words))


class _Words:
    """Numbers the words of texts, from 1."""

    def __init__(self) -> None:
        self.terms = [""]
        self._known: dict[str, int] = {}

    def numbers(self, readout: Readout) -> Iterator[int]:
        """The words of a readout, sentence by sentence."""
        for sentence in sentences(readout.text, Span(0, len(readout.text))):
            text = readout.text[sentence.start : sentence.end]
            yield from self._han_numbers(text) if has_han(text) else map(self._number, terms(text))
            yield _NONE

    def _han_numbers(self, text: str) -> Iterator[int]:
        run_ended = False
        for term in terms(text):
            if run_ended and is_han(term):
                yield _NONE
            yield self._number(term[0] if is_han(term) else term)
            run_ended = is_han(term) and len(term) == 1

    def _number(self, term: str) -> int:
        number = self._known.get(term)
        if number is None:
            number = self._known[term] = len(self.terms)
            self.terms.append(term)
        return number


@dataclass(frozen=True, slots=True)
class _Level:
    """The recurring sequences of one length by number: their words, occurrences and readouts.

    In the texts a position holds the number of the recurring sequence that begins there.
    """

    words: dict[int, tuple[int, ...]]
    occurrences: dict[int, int]
    readouts: dict[int, int]


def _first_level(texts: list[array[int]], least: int) -> _Level:
    occurrences: Counter[int] = Counter()
    holding: Counter[int] = Counter()
    for text in texts:
        occurrences.update(text)
        holding.update(set(text))
    kept = {number for number, count in holding.items() if number != _NONE and count >= least}
    for text in texts:
        for at, number in enumerate(text):
            if number not in kept:
                text[at] = _NONE
    return _Level(
        {number: (number,) for number in kept},
        {number: occurrences[number] for number in kept},
        {number: holding[number] for number in kept},
    )


def _next_level(texts: list[array[int]], level: _Level, least: int) -> _Level:
    """The recurring sequences that are one word longer; the texts then hold their numbers."""
    holding: Counter[int] = Counter()
    for text in texts:
        holding.update(set(_pairs(text)))
    del holding[_NONE]
    kept = {pair: number for number, pair in enumerate((p for p in holding if holding[p] >= least), start=1)}
    readouts = {number: holding[pair] for pair, number in kept.items()}
    del holding  # most of it is of pairs that do not recur
    occurrences: Counter[int] = Counter()
    for text in texts:
        text[:-1] = array("I", map(kept.get, _pairs(text), repeat(_NONE)))
        occurrences.update(text[:-1])
    return _Level(
        {n: (*level.words[pair >> _SHIFT], level.words[pair & _LOW][-1]) for pair, n in kept.items()},
        {n: occurrences[n] for n in readouts},
        readouts,
    )


def _pairs(text: array[int]) -> list[int]:
    """For each position but the last, the sequences that begin there and behind it, joined; 0 unless both recur."""
    return [one << _SHIFT | other if one and other else _NONE for one, other in pairwise(text)]


def _inside(longer: _Level, level: _Level) -> dict[int, int]:
    """The most occurrences that each sequence of `level` has inside one longer sequence."""
    by_words = {words: number for number, words in level.words.items()}
    most: dict[int, int] = {}
    for number, words in longer.words.items():
        for part in (words[:-1], words[1:]):
            id = by_words[part]
            most[id] = max(most.get(id, 0), longer.occurrences[number])
    return most
