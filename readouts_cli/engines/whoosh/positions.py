"""Where a term stands in a readout, as the value of a posting.

A value is what Whoosh's `Positions` format reads: the number of positions (four bytes, big-endian), then a pickle that
gives, for each position in turn, its distance from the one before, the first from 0.  Ours come in four shapes, told
apart by their first opcode, of which three decode without unpickling:

=======================  ==================================================
`K` or `M`               one position, in one byte or two
`C`                      several, every distance in one byte: a byte string
`(M`                     several, every distance in two bytes
anything else            unpickle it: very long texts, or written by Whoosh
=======================  ==================================================
"""

from __future__ import annotations

import struct
from functools import cache
from itertools import accumulate
from operator import sub
from pickle import BININT1, BININT2, MARK, SHORT_BINBYTES, STOP, TUPLE, TUPLE1

from readouts_cli.engines.whoosh.opcodes import ONE_BYTE, TWO_BYTES, byte_string, integers

_COUNT_SIZE = 4

#: Up to this many positions, every shape is short enough for the opcode of short byte strings.
_FEW = 80


def encode(positions: list[int]) -> bytes:
    """The value for two or more ascending positions, pickled: ready to stand in a block."""
    count = len(positions)
    if count == 2:
        first, second = positions
        step = second - first
        if first < ONE_BYTE and step < ONE_BYTE:
            return _NARROW_HEADS[2] + _BYTES[first] + _BYTES[step] + STOP
        if first < TWO_BYTES and step < TWO_BYTES:
            return _WIDE_HEADS[2] + _WIDE[first] + _WIDE[step] + TUPLE
    steps = list(map(sub, positions, [0, *positions]))
    widest = max(steps)
    if count <= _FEW and widest < ONE_BYTE:
        return _NARROW_HEADS[count] + bytes(steps) + STOP
    if count <= _FEW and widest < TWO_BYTES:
        return _WIDE_HEADS[count] + b"".join([_WIDE[step] for step in steps]) + TUPLE
    if widest < ONE_BYTE:
        return byte_string(_count(count) + byte_string(bytes(steps)) + STOP)
    return byte_string(_count(count) + MARK + integers(steps) + TUPLE)


def frequency(encoded: bytes) -> int:
    """How many positions a value that `encode` or `SINGLE` made holds."""
    start = 2 if encoded.startswith(SHORT_BINBYTES) else 5
    return int.from_bytes(encoded[start : start + _COUNT_SIZE], "big")


def decode(value: bytes) -> list[int] | None:
    """The positions of an unpickled value, or None where its shape is one that must be unpickled."""
    shape = value[4]
    if shape == _TWO_BYTES_OPCODE:
        return [value[5] | value[6] << 8]
    if shape == _ONE_BYTE_OPCODE:
        return [value[5]]
    if shape == _BYTE_STRING_OPCODE:
        return list(accumulate(value[6:-1]))
    if shape == _MARK_OPCODE and value[5] == _TWO_BYTES_OPCODE:
        return list(accumulate(_wide_steps((len(value) - 6) // 3).unpack_from(value, 5)))
    return None


class _Singles(dict[int, bytes]):
    """Position → the pickled value of a term that stands there and nowhere else; made when first asked for."""

    def __missing__(self, position: int) -> bytes:
        single = byte_string(_count(1) + integers([position]) + TUPLE1)
        if position < TWO_BYTES:
            self[position] = single
        return single


class _Wide(dict[int, bytes]):
    """Distance below 2**16 → its opcode with two bytes."""

    def __missing__(self, step: int) -> bytes:
        wide = self[step] = BININT2 + step.to_bytes(2, "little")
        return wide


def _count(count: int) -> bytes:
    return count.to_bytes(_COUNT_SIZE, "big")


@cache
def _wide_steps(count: int) -> struct.Struct:
    return struct.Struct("<" + count * "xH")


SINGLE = _Singles()
_WIDE = _Wide()
_BYTES = [bytes((number,)) for number in range(ONE_BYTE)]
_ONE_BYTE_OPCODE, _TWO_BYTES_OPCODE = BININT1[0], BININT2[0]
_BYTE_STRING_OPCODE, _MARK_OPCODE = SHORT_BINBYTES[0], MARK[0]

# What stands before the distances of several positions: the value's opcode and length, their number, its own opcode.
_NARROW_HEADS = [
    SHORT_BINBYTES + bytes((_COUNT_SIZE + 2 + n + 1,)) + _count(n) + SHORT_BINBYTES + bytes((n,))
    for n in range(_FEW + 1)
]
_WIDE_HEADS = [SHORT_BINBYTES + bytes((_COUNT_SIZE + 1 + 3 * n + 1,)) + _count(n) + MARK for n in range(_FEW + 1)]
