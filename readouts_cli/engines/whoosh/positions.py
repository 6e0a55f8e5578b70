"""Where a term stands in a readout, as the value of a posting.

A value is what Whoosh's `Positions` format reads: the number of positions (four bytes, big-endian), then a pickle that
gives, for each position in turn, its distance from the one before, the first from 0.  We write the pickles opcode by
opcode, which is several times faster than pickling lists, and in shapes that decode without unpickling:

==================  =================================================================
`K` or `M`          one position, in one byte or two
`C`                 several, every distance in one byte: a byte string
`(M`                several, every distance in two bytes
anything else       unpickle it: far into a very long text, or written by Whoosh itself
==================  =================================================================
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from operator import sub
from pickle import BINBYTES, BININT1, BININT2, MARK, SHORT_BINBYTES, STOP, TUPLE, TUPLE1, dumps

from readouts_cli.engines.whoosh import pickles

_COUNT_SIZE = 4
_ONE_BYTE, _TWO_BYTES = 2**8, 2**16

#: Up to this many positions, a value is short enough for the opcode of short byte strings.
_FEW = 80

#: Whoosh's pickle protocol.
_PROTOCOL = 2


def encode(positions: list[int]) -> bytes:
    """The value for two or more ascending positions, itself pickled as a byte string: ready to stand in a block."""
    count = len(positions)
    if count == 2:  # half of all; without a loop
        first, second = positions
        step = second - first
        if first < _ONE_BYTE and step < _ONE_BYTE:
            return _NARROW_HEADS[2] + _BYTES[first] + _BYTES[step] + STOP
        if first < _TWO_BYTES and step < _TWO_BYTES:
            return _WIDE_HEADS[2] + _WIDE[first] + _WIDE[step] + TUPLE
    steps = list(map(sub, positions, [0, *positions]))
    widest = max(steps)
    if count <= _FEW and widest < _ONE_BYTE:
        return _NARROW_HEADS[count] + bytes(steps) + STOP
    if count <= _FEW and widest < _TWO_BYTES:
        return _WIDE_HEADS[count] + b"".join([_WIDE[step] for step in steps]) + TUPLE
    if widest < _ONE_BYTE:
        return pickled(_count(count) + pickled(bytes(steps)) + STOP)
    return pickled(_count(count) + dumps(tuple(steps), _PROTOCOL))


def decode(value: bytes) -> list[int]:
    """The positions of an unpickled value.  Raises LibraryError where it is none."""
    return list(accumulate(distances(value)))


def distances(value: bytes) -> Sequence[int]:
    """What `decode` adds up: the distance of each position from the one before, the first from 0."""
    shape = value[4]
    if shape == _IS_BYTE_STRING:
        return value[6:-1]
    if shape == _IS_TWO_BYTES:
        return (value[5] | value[6] << 8,)
    if shape == _IS_ONE_BYTE:
        return value[5:6]
    if shape == _IS_MARK and value[5] == _IS_TWO_BYTES:
        return _wide_steps((len(value) - 6) // 3).unpack_from(value, 5)
    pickled = value[_COUNT_SIZE:]
    unpickled: Sequence[int] = pickles.loads(pickled if pickled.endswith(STOP) else pickled + STOP)
    return unpickled


class _Singles(dict[int, bytes]):
    """Position → the pickled value of a term that stands there and nowhere else; made when first asked for."""

    def __missing__(self, position: int) -> bytes:
        if position >= _TWO_BYTES:
            return pickled(_count(1) + dumps((position,), _PROTOCOL))
        opcode = BININT1 + _BYTES[position] if position < _ONE_BYTE else _WIDE[position]
        single = self[position] = pickled(_count(1) + opcode + TUPLE1)
        return single


class _Wide(dict[int, bytes]):
    """Distance below 2**16 → the opcode for it in two bytes; made when first asked for."""

    def __missing__(self, step: int) -> bytes:
        wide = self[step] = BININT2 + step.to_bytes(2, "little")
        return wide


def pickled(value: bytes) -> bytes:
    """A value as `encode` gives it: the opcode for a byte string."""
    if len(value) < _ONE_BYTE:
        return _SHORT_HEADS[len(value)] + value
    return BINBYTES + len(value).to_bytes(4, "little") + value


def _count(count: int) -> bytes:
    return count.to_bytes(_COUNT_SIZE, "big")


@cache
def _wide_steps(count: int) -> struct.Struct:
    return struct.Struct("<" + count * "xH")


SINGLE = _Singles()
_WIDE = _Wide()
_BYTES = [bytes((number,)) for number in range(_ONE_BYTE)]
_SHORT_HEADS = [SHORT_BINBYTES + length for length in _BYTES]
_IS_ONE_BYTE, _IS_TWO_BYTES, _IS_BYTE_STRING, _IS_MARK = BININT1[0], BININT2[0], SHORT_BINBYTES[0], MARK[0]

# By the number of positions, what stands before the distances: the value's opcode, the number, the distances' opcode.
_NARROW_HEADS = [
    SHORT_BINBYTES + _BYTES[_COUNT_SIZE + 2 + n + 1] + _count(n) + SHORT_BINBYTES + _BYTES[n] for n in range(_FEW + 1)
]
_WIDE_HEADS = [SHORT_BINBYTES + _BYTES[_COUNT_SIZE + 1 + 3 * n + 1] + _count(n) + MARK for n in range(_FEW + 1)]
