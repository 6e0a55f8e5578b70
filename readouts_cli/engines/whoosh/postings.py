"""Decoding posting lists: blocks of readout numbers, frequencies and positions.

The format is Whoosh's third (`whoosh.codec.whoosh3.W3LeafMatcher`): each block tells its last number before its data,
so that blocks without a wanted number are skipped undecoded.  Positions come last in a block and are most of it: it is
inflated and unpickled only up to them until they are asked for.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import accumulate
from pickle import BINPUT, MARK, NONE, PROTO, STOP, TUPLE
from typing import NamedTuple

from readouts_cli.engines.whoosh import pickles
from readouts_cli.engines.whoosh.checksums import CheckedFile
from readouts_cli.engines.whoosh.inflating import fast_zlib
from readouts_cli.engines.whoosh.tables import TermInfo
from readouts_cli.errors import LibraryError

_MAGIC = b"W3Bl"
_INT = struct.Struct("!i")

#: How a pickled tuple of more than three numbers begins and ends, as `postings_writer` writes it.  The end is in no
#: number below seven million: a segment has fewer readouts, a readout fewer words.
_BEGIN, _END = PROTO + b"\x02" + MARK, TUPLE + BINPUT + b"\0"

#: So many blocks are inflated in the time that it takes to import something faster than zlib.
_FEW_BLOCKS = 8

#: In how many bytes a readout's number and frequency mostly fit, opcodes included, and what else stands around them.
_PAIR, _AROUND = 6, 16


class _Block(NamedTuple):
    """Some postings as they are on disk: of how many readouts, whether deflated, and the data."""

    readouts: int
    deflated: bool
    data: bytes


class Postings:
    """Postings of one term in one segment, column by column.  `docs` ascends; `weights` are occurrences."""

    __slots__ = ("_blocks", "_values", "docs", "weights")

    def __init__(
        self,
        docs: list[int],
        weights: list[float],
        values: Sequence[bytes] | None = None,
        blocks: Sequence[_Block] = (),
    ) -> None:
        self.docs = docs
        self.weights = weights
        self._values = values
        self._blocks = blocks

    @property
    def values(self) -> Sequence[bytes]:
        """The positions in each readout, as `positions` decodes them; taken out of the blocks when first asked for."""
        if self._values is None:
            inflate = (zlib if len(self._blocks) < _FEW_BLOCKS else fast_zlib()).decompress
            self._values = [value for block in self._blocks for value in _values(block, inflate)]
            self._blocks = ()
        return self._values


def decode(file: CheckedFile, info: TermInfo, wanted: Sequence[int] | None = None) -> Postings:
    """A term's postings; with `wanted` (ascending), at least those of the wanted readouts."""
    if info.inlined is not None:
        docs, weights, values = pickles.loads(info.inlined)
        return Postings(list(docs), list(weights), values)
    data = file.read(info.offset, info.offset + info.length)
    if not data.startswith(_MAGIC):
        raise LibraryError("the index is damaged (no postings where a term points); run: readouts verify")
    blocks = list(_blocks(data, wanted))
    found = Postings([], [], blocks=blocks)
    for block in blocks:
        steps, frequencies = _steps_and_frequencies(block)
        found.docs.extend(accumulate(steps))
        found.weights.extend(frequencies if isinstance(frequencies, tuple) else [frequencies or 1.0] * block.readouts)
    return found


def _blocks(data: bytes, wanted: Sequence[int] | None) -> Iterator[_Block]:
    """The blocks of a list, without those that hold nothing wanted."""
    position, seen = len(_MAGIC), 0
    last = False
    while not last:
        length = _INT.unpack_from(data, position)[0]
        last, length = length < 0, abs(length)
        block = BytesIO(data[position + 4 : position + 4 + length])
        count, last_doc, _, level, _, _ = pickles.load(block)
        position += 4 + length
        if wanted is not None:
            upto = bisect_right(wanted, last_doc, seen)
            skip, seen = upto == seen, upto
            if skip:
                continue
        yield _Block(count, bool(level), block.read())


def _steps_and_frequencies(block: _Block) -> tuple[Sequence[int], tuple[float, ...] | float | None]:
    """What a block says before the positions: distances between readouts, and one frequency, or each, or None for 1."""
    if block.deflated:
        begin = zlib.decompressobj().decompress(block.data, _PAIR * block.readouts + _AROUND)
        if start := _positions_start(begin):
            steps, frequencies, _ = pickles.loads(begin[:start] + NONE + TUPLE + STOP)
            return steps, frequencies
    steps, frequencies, _ = pickles.loads(zlib.decompress(block.data) if block.deflated else block.data)
    return steps, frequencies


def _values(block: _Block, inflate: Callable[[bytes], bytes]) -> Sequence[bytes]:
    data = inflate(block.data) if block.deflated else block.data
    start = _positions_start(data)
    values: Sequence[bytes] | None = pickles.loads(data[start:-2] + STOP) if start else pickles.loads(data)[2]
    return values or ()


def _positions_start(data: bytes) -> int:
    """Where the positions begin in a block's inflated data; 0 where that is not seen, be it for lack of data."""
    end = _behind(data, len(MARK))
    if not end:
        return 0
    return end + len(NONE) if data.startswith(NONE, end) else _behind(data, end)


def _behind(data: bytes, start: int) -> int:
    """Where a pickled tuple of numbers that begins at `start` ends; 0 where there is none."""
    end = data.find(_END, start) if data.startswith(_BEGIN, start) else -1
    return 0 if end < 0 else end + len(_END)
