"""From readouts' terms to terms' readouts: one field's postings, gathered in memory."""

from __future__ import annotations

import sys
from array import array
from collections import Counter, deque
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from whoosh.util.numeric import length_to_byte

from readouts_cli.engines.whoosh.positions import SINGLE, encode

#: What an occurrence of a term costs in memory, in bytes; arrays grow by a sixteenth at a time.
OCCURRENCE = 8.5

#: What a term costs besides its occurrences: the string, its place in a dictionary, an empty array.
_TERM = 260

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


class Inversion:
    """The postings of one field.

    `lengths` holds each readout's number of tokens as Whoosh's one-byte code, `total` their sum.
    """

    def __init__(self) -> None:
        self.lengths = bytearray()
        self.total = 0
        self._occurrences = _Occurrences()
        self._size = 0

    def add(self, terms: list[str]) -> None:
        """Add the next readout's terms by position; "" is a gap."""
        if not terms:
            self.lengths.append(0)
            return
        arrays = map(self._occurrences.__getitem__, terms)
        deque(map(_append, arrays, count(len(self.lengths) << _POSITION_BITS)), maxlen=0)  # a loop, without bytecode
        length = len(terms) - terms.count("")
        self.lengths.append(length_to_byte(length))
        self.total += length
        self._size += len(terms)

    @property
    def memory(self) -> int:
        """How much memory all this takes: an estimate, in bytes."""
        return int(self._size * OCCURRENCE) + len(self._occurrences) * _TERM + len(self.lengths)

    def drain(self) -> Iterator[PostingList]:
        """Every term's postings, in the order of UTF-8, which is that of code points; they are forgotten one by one."""
        self._occurrences.pop("", None)
        for term in sorted(self._occurrences):
            yield _posting_list(term, self._occurrences.pop(term))


def _posting_list(term: str, occurrences: array[int]) -> PostingList:
    if len(occurrences) == 1:
        doc, position = divmod(occurrences[0], 1 << _POSITION_BITS)
        return PostingList(term, [doc], [1], [SINGLE[position]])
    halves = memoryview(occurrences).cast("B").cast("I")
    positions: list[int] = halves[_POSITION::2].tolist()
    counts = Counter(halves[_DOC::2].tolist())
    docs, frequencies = list(counts), list(counts.values())
    if len(docs) == len(positions):
        return PostingList(term, docs, frequencies, [SINGLE[position] for position in positions])
    values = []
    end = 0
    for frequency in frequencies:
        start, end = end, end + frequency
        values.append(SINGLE[positions[start]] if frequency == 1 else encode(positions[start:end]))
    return PostingList(term, docs, frequencies, values)
