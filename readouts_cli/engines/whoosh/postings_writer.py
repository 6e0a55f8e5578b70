"""Posting lists as a segment keeps them: blocks of readout numbers, frequencies and positions.

The format is Whoosh's third (`whoosh.codec.whoosh3.W3PostingsWriter`).  A list is a mark and its blocks; a block is
its length (negative for the last), a pickled header, and the pickled data, deflated where that makes it smaller:

* header: number of postings, last readout, highest frequency, deflate level (0: not deflated), codes of the shortest
  and the longest field among the readouts;
* data: distances between readouts (the first from 0), frequencies (None where all are 1), positions (`positions`).

Most terms stand in one readout only: their posting, pickled, is in the table of terms itself.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from operator import itemgetter, sub
from pickle import BININT, BININT1, BININT2, MARK, NONE, STOP, TUPLE, TUPLE1, TUPLE3, dumps
from typing import NamedTuple

from readouts_cli.engines.whoosh.deflating import deflate
from readouts_cli.engines.whoosh.inversion import PostingList

#: Postings in a block.  Measured on 10,000 readouts: against Whoosh's 128, lists are 12 % smaller and decode in a fifth
#: less time; 4,096 would gain another 1 %, and make looking up a few readouts of a common term dearer.
BLOCK = 1024

#: What a header says of deflated data.
LEVEL = 1

#: Data shorter than this is not deflated: it would hardly shrink.
_WORTH_DEFLATING = 80

#: Whoosh's pickle protocol.
_PROTOCOL = 2

_MAGIC = b"W3Bl"
_LENGTH = struct.Struct("!i")

#: What the table of terms says of a term: whether its posting follows, total frequency, readouts, codes of the shortest
#: and the longest field, highest frequency, first and last readout; then the posting, or where the list is, how long.
_TERM_INFO = struct.Struct("!BfIBBfII")
_EXTENT = struct.Struct("!qi")

#: The beginning of a pickled posting: the readout and the frequency, each an opcode, its number, and a tuple of it.
_POSTING = struct.Struct("<ciccic")

#: The same in five bytes less, for numbers below these.
_SMALL_POSTING = struct.Struct("<cHccBc")
_SMALL_DOC, _SMALL_FREQUENCY = 2**16, 2**8


class _Block(NamedTuple):
    """Postings in a row, and the extremes of their frequencies and of the codes of their fields' lengths."""

    docs: list[int]
    frequencies: list[int]
    values: list[bytes]
    highest: int
    shortest: int
    longest: int


class PostingsWriter:
    """Writes posting lists one behind the other, through `write`."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._end = 0

    def add(self, postings: PostingList, lengths: bytes) -> bytes:
        """Write a term's postings; `lengths` holds the code of the field's length for every readout of the segment.

        Returns what the table of terms says of the term.
        """
        docs = postings.docs
        if len(docs) == 1:
            return _inlined(postings, lengths)
        blocks = [_block(postings, slice(first, first + BLOCK), lengths) for first in range(0, len(docs), BLOCK)]
        start = self._end
        self._put(_MAGIC)
        for block in blocks:
            self._put(_encoded(block, last=block is blocks[-1]))
        total = sum(postings.frequencies)
        shortest, longest = min(block.shortest for block in blocks), max(block.longest for block in blocks)
        highest = max(block.highest for block in blocks)
        info = _TERM_INFO.pack(0, total, len(docs), shortest, longest, highest, docs[0], docs[-1])
        return info + _EXTENT.pack(start, self._end - start)

    def _put(self, data: bytes) -> None:
        self._write(data)
        self._end += len(data)


def _inlined(postings: PostingList, lengths: bytes) -> bytes:
    """What the table of terms says of a term that stands in one readout."""
    (doc,), (frequency,), (value,) = postings.docs, postings.frequencies, postings.values
    code = lengths[doc]
    info = _TERM_INFO.pack(True, frequency, 1, code, code, frequency, doc, doc)
    if doc < _SMALL_DOC and frequency < _SMALL_FREQUENCY:
        posting = _SMALL_POSTING.pack(BININT2, doc, TUPLE1, BININT1, frequency, TUPLE1)
    else:
        posting = _POSTING.pack(BININT, doc, TUPLE1, BININT, frequency, TUPLE1)
    return info + posting + value + TUPLE1 + TUPLE3 + STOP


def _block(postings: PostingList, part: slice, lengths: bytes) -> _Block:
    docs, frequencies = postings.docs[part], postings.frequencies[part]
    codes = set(itemgetter(docs[0], *docs)(lengths))  # the first twice: of one alone it would give no tuple
    return _Block(docs, frequencies, postings.values[part], max(frequencies), min(codes), max(codes))


def _encoded(block: _Block, *, last: bool) -> bytes:
    docs, frequencies, values, highest, shortest, longest = block
    steps = dumps((docs[0], *map(sub, docs[1:], docs)), _PROTOCOL).removesuffix(STOP)
    weights = NONE if highest == 1 else dumps(tuple(frequencies), _PROTOCOL).removesuffix(STOP)
    data = b"".join((MARK, steps, weights, MARK, *values, TUPLE, TUPLE, STOP))
    level = LEVEL if len(data) >= _WORTH_DEFLATING else 0
    if level:
        data = deflate(data)
    header = dumps((len(docs), docs[-1], highest, level, shortest, longest), _PROTOCOL)
    size = len(header) + len(data)
    return _LENGTH.pack(-size if last else size) + header + data
