"""The readouts that posting lists name, without frequencies and positions: for going through a whole lexicon.

Most lists are short: `postings.decode` spends half of its time on what is not needed here.  Of what `postings_writer`
writes as much is inflated as the numbers take; lists of any other shape are left to `decode`.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pickle import BINPUT, MARK, PROTO, STOP, TUPLE, TUPLE1, TUPLE2, TUPLE3

from readouts_cli.engines.whoosh import pickles

_MAGIC = b"W3Bl"
_LENGTH = struct.Struct("!i")

#: How a header and a block's numbers end, as pickled tuples.  Numbers below seven million hold neither; what is cut
#: short by a larger one has not the length that is known.
_REMEMBERED = BINPUT + b"\0"
_HEADER_END = TUPLE + _REMEMBERED + STOP
_END = TUPLE + _REMEMBERED
_SHORT_ENDS = {1: TUPLE1 + _REMEMBERED, 2: TUPLE2 + _REMEMBERED, 3: TUPLE3 + _REMEMBERED}

#: How data begin that are not deflated.
_BEGIN = MARK + PROTO + b"\x02"

#: In how many bytes a distance between readouts mostly fits, opcode included, and what else stands around them.
_STEP, _AROUND = 3, 16


def skim(data: bytes, readouts: int) -> list[Iterable[int]] | None:
    """The numbers in a list of so many readouts, block by block; None where it has another shape."""
    blocks: list[Iterable[int]] = []
    for block, count in _blocks(data, readouts):
        steps = _steps(block, count)
        if steps is None:
            return None
        blocks.append(accumulate(steps))
    return blocks


def _blocks(data: bytes, readouts: int) -> Iterator[tuple[bytes, int]]:
    """The data of each block, and how many postings it has."""
    last, end = False, len(_MAGIC)
    while not last:
        start = end + _LENGTH.size
        size = _LENGTH.unpack_from(data, end)[0]
        last, end = size < 0, start + abs(size)
        begin = data.find(_HEADER_END, start) + len(_HEADER_END)
        is_only = last and start == len(_MAGIC) + _LENGTH.size
        yield data[begin:end], readouts if is_only else pickles.loads(data[start:begin])[0]


def _steps(block: bytes, count: int) -> tuple[int, ...] | None:
    """The distances between the readouts of a block."""
    if not block.startswith(_BEGIN):
        try:
            block = zlib.decompressobj().decompress(block, _STEP * count + _AROUND)
        except zlib.error:
            return None
    end = _SHORT_ENDS.get(count, _END)
    found = block.find(end, 2 * count)
    if found < 0 or not block.startswith(_BEGIN):
        return None
    steps: tuple[int, ...] = pickles.loads(block[len(MARK) : found + len(end)] + STOP)
    return steps if len(steps) == count else None
