"""From readouts' terms to terms' readouts: one field's postings, gathered in memory."""

from __future__ import annotations

import sys
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from itertools import chain, count
from typing import NamedTuple

from whoosh.util.numeric import length_to_byte

from readouts_cli.engines.whoosh.positions import SINGLE, encode
from readouts_cli.query.tokens import recurs, stretch_terms

#: What an occurrence of a term costs in memory, in bytes; arrays grow by a sixteenth at a time.
OCCURRENCE = 8.5

#: What a term costs besides its occurrences: the string, its place in a dictionary, an empty array.
_TERM = 260

#: What a remembered stretch of text costs: the string, a tuple, its place in a dictionary.
_STRETCH = 180

#: Bits of an occurrence that tell its position; those above tell its readout.
_POSITION_BITS = 32

#: Where position and readout stand among the two halves of an occurrence.
_POSITION, _DOC = (0, 1) if sys.byteorder == "little" else (1, 0)

_append = array.append


class PostingList(NamedTuple):
    """A term's readouts, ascending, with its frequency and its encoded positions in each."""

    term: str
    docs: list[int]
    frequencies: list[int]
    values: list[bytes]


class _Occurrences(dict[str, "array[int]"]):
    """Term → its occurrences, in order: readout and position in one number."""

    def __missing__(self, term: str) -> array[int]:
        found = self[term] = array("Q")
        return found


class _Stretches(dict[str, "tuple[array[int], ...]"]):
    """Text without white space → the occurrences of each of its terms; what recurs is remembered."""

    def __init__(self, occurrences: _Occurrences) -> None:
        super().__init__()
        self._occurrences = occurrences

    def __missing__(self, stretch: str) -> tuple[array[int], ...]:
        found = tuple(map(self._occurrences.__getitem__, stretch_terms(stretch)))
        if recurs(stretch):
            self[stretch] = found
        return found


class Inversion:
    """The postings of one field; `lengths` holds each readout's number of tokens."""

    def __init__(self) -> None:
        self.lengths = array("i")
        self._occurrences = _Occurrences()
        self._stretches = _Stretches(self._occurrences)
        self._size = 0

    def add(self, values: Iterable[str]) -> None:
        """Add the tokens of the next readout's values; a position without a token separates two (`query.fields`).

        Texts are cut at white space, as by `query.tokens.terms`, and a stretch leads to the occurrences in one step.
        """
        first = start = len(self.lengths) << _POSITION_BITS
        length = 0
        for value in values:
            places = count(start)
            stretches = map(self._stretches.__getitem__, value.split())
            deque(map(_append, chain.from_iterable(stretches), places), maxlen=0)  # a loop, without bytecode
            end = next(places)
            length += end - start
            start = end + 1 if end > first else first
        self.lengths.append(length)
        self._size += length

    @property
    def memory(self) -> int:
        """How much memory all this takes: an estimate, in bytes."""
        known = len(self._occurrences) * _TERM + len(self._stretches) * _STRETCH
        return int(self._size * OCCURRENCE) + known + len(self.lengths) * self.lengths.itemsize

    @property
    def total(self) -> int:
        """The number of tokens."""
        return self._size

    def length_codes(self) -> bytes:
        """Each readout's number of tokens as Whoosh's one-byte code."""
        return bytes(map(length_to_byte, self.lengths))

    def drain(self) -> Iterator[PostingList]:
        """Every term's postings, in the order of UTF-8, which is that of code points; they are forgotten one by one."""
        self._stretches.clear()
        for term in sorted(self._occurrences):
            yield _posting_list(term, self._occurrences.pop(term))


def _posting_list(term: str, occurrences: array[int]) -> PostingList:
    if len(occurrences) == 1:
        doc, position = divmod(occurrences[0], 1 << _POSITION_BITS)
        return PostingList(term, [doc], [1], [SINGLE[position]])
    halves = memoryview(occurrences).cast("B").cast("I")
    positions: list[int] = halves[_POSITION::2].tolist()
    all_docs: list[int] = halves[_DOC::2].tolist()
    docs = list(dict.fromkeys(all_docs))
    if len(docs) == len(all_docs):
        return PostingList(term, docs, [1] * len(docs), [SINGLE[position] for position in positions])
    frequencies = list(Counter(all_docs).values())
    values = []
    end = 0
    for frequency in frequencies:
        start, end = end, end + frequency
        values.append(SINGLE[positions[start]] if frequency == 1 else encode(positions[start:end]))
    return PostingList(term, docs, frequencies, values)
