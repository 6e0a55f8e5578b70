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
from readouts_cli.engines.whoosh.checksums import CheckedFile
from readouts_cli.engines.whoosh.tables import TermInfo
from readouts_cli.errors import LibraryError

_MAGIC = b"W3Bl"
_INT = struct.Struct("!i")


@dataclass(slots=True)
class Postings:
    """Postings of one term in one segment, column by column.  `docs` ascends; `weights` are occurrences."""

    docs: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)


def decode(file: CheckedFile, info: TermInfo, wanted: Sequence[int] | None = None) -> Postings:
    """A term's postings; with `wanted` (ascending), at least those of the wanted readouts."""
    if info.inlined is not None:
        docs, weights, values = pickles.loads(info.inlined)
        return Postings(list(docs), list(weights), list(values))
    data = file.read(info.offset, info.offset + info.length)
    if not data.startswith(_MAGIC):
        raise LibraryError("the index is damaged (no postings where a term points); run: readouts verify")
    return _decode_blocks(data[len(_MAGIC) :], wanted)


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
