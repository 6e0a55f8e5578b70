"""Decoding posting lists: blocks of readout numbers, weights and positions.

The format is Whoosh's third (`whoosh.codec.whoosh3.W3LeafMatcher`): each block tells its last number before its data,
so that blocks without a wanted number are skipped undecoded.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import accumulate

from readouts_cli.engines.whoosh import pickles
from readouts_cli.engines.whoosh.tables import Buffer, TermInfo
from readouts_cli.errors import LibraryError

_MAGIC = b"W3Bl"
_INT = struct.Struct("!i")

#: A position list whose steps all fit in a byte: the count, then a pickled byte string.
_STEPS_PREFIX = b"\x80\x03C"
_COUNT_SIZE = 4


@dataclass(slots=True)
class Postings:
    """Postings of one term in one segment, column by column.  `docs` ascends; `weights` are occurrences."""

    docs: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)


def decode(data: Buffer, info: TermInfo, wanted: Sequence[int] | None = None) -> Postings:
    """A term's postings; with `wanted` (ascending), at least those of the wanted readouts."""
    if info.inlined is not None:
        docs, weights, values = pickles.loads(info.inlined)
        return Postings(list(docs), list(weights), list(values))
    if data[info.offset : info.offset + 4] != _MAGIC:
        raise LibraryError("the index is damaged (no postings where a term points); run: readouts verify")
    return _decode_blocks(data[info.offset + 4 : info.offset + info.length], wanted)


def _decode_blocks(data: bytes, wanted: Sequence[int] | None) -> Postings:
    found = Postings()
    position, seen = 0, 0
    last = False
    while not last:
        length = _INT.unpack_from(data, position)[0]
        last, length = length < 0, abs(length)
        block = BytesIO(data[position + 4 : position + 4 + length])
        count, last_doc, _, compression, _, _ = pickles.load(block)
        position += 4 + length
        if wanted is not None:
            upto = bisect_right(wanted, last_doc, seen)
            skip, seen = upto == seen, upto
            if skip:
                continue
        steps, weights, values = pickles.loads(zlib.decompress(block.read()) if compression else block.read())
        found.docs.extend(accumulate(steps))
        if isinstance(weights, tuple):
            found.weights.extend(weights)
        else:
            found.weights.extend([1.0 if weights is None else weights] * count)
        found.values.extend(values or ())
    return found


def positions(value: bytes) -> list[int]:
    """The positions that a posting's value encodes: steps from each to the next."""
    if value.startswith(_STEPS_PREFIX, _COUNT_SIZE):
        start = _COUNT_SIZE + len(_STEPS_PREFIX) + 1
        return list(accumulate(value[start : start + value[start - 1]]))
    pickled = value[_COUNT_SIZE:]
    return list(accumulate(pickles.loads(pickled if pickled.endswith(b".") else pickled + b".")))
