"""From readouts' terms to terms' readouts: one field's postings, gathered in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple, cast

from whoosh.util.numeric import length_to_byte

from readouts_cli.engines.whoosh.positions import SINGLE, encode

#: What a posting costs in memory, in bytes: two places in a list that grows by an eighth at a time.
_POSTING = 18

#: What the value of a posting costs besides its bytes, where no other posting shares it.
_VALUE = 33

#: What a term costs besides its postings: the string, its place in a dictionary, an empty list.
_TERM = 230


class PostingList(NamedTuple):
    """A term's readouts, ascending, with the encoded positions in each."""

    term: str
    docs: list[int]
    values: list[bytes]


class Inversion:
    """The postings of one field.

    `lengths` holds each readout's number of tokens as Whoosh's one-byte code, `total` their sum; `memory` is an
    estimate in bytes.
    """

    def __init__(self) -> None:
        self.lengths = bytearray()
        self.total = 0
        self.memory = 0
        #: Readout and value by turns: one list to a term takes half the time and memory of two.
        self._postings: dict[str, list[int | bytes]] = {}

    def __len__(self) -> int:
        return len(self._postings)

    def add(self, terms: list[str]) -> None:
        """Add the next readout's terms by position; "" is a gap."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for position, term in enumerate(terms):
            places[term].append(position)
        length = len(terms) - len(places.pop("", ()))
        doc = len(self.lengths)
        postings = self._postings
        memory = len(places) * _POSTING
        for term, positions in places.items():
            if len(positions) == 1:
                value = SINGLE[positions[0]]
            else:
                value = encode(positions)
                memory += _VALUE + len(value)
            entry = postings.get(term)
            if entry is None:
                postings[term] = [doc, value]
                memory += _TERM
            else:
                entry += (doc, value)
        self.lengths.append(length_to_byte(length))
        self.total += length
        self.memory += memory + 1

    def drain(self) -> Iterator[PostingList]:
        """Every term's postings, in the order of UTF-8, which is that of code points; they are forgotten one by one."""
        for term in sorted(self._postings):
            entry = self._postings.pop(term)
            yield PostingList(term, cast("list[int]", entry[::2]), cast("list[bytes]", entry[1::2]))
