"""Pickles written opcode by opcode.

Whoosh keeps posting lists as pickles of numbers and byte strings.  Writing the opcodes ourselves is several times
faster than pickling tuples, and gives runs of numbers one width, so that a reader can pick them out by stride.  Any
unpickler reads them: the opcodes are Python's own (`pickletools` tells what each means), and none names a class.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from pickle import BINBYTES, BININT, BININT1, BININT2, SHORT_BINBYTES

#: Numbers below these have the opcodes for one byte and for two; others, below 2**31, that for four.
ONE_BYTE, TWO_BYTES = 2**8, 2**16


def integer(number: int) -> bytes:
    """A number below 2**31, in four bytes whatever its size."""
    return BININT + number.to_bytes(4, "little")


def integers(numbers: Sequence[int]) -> bytes:
    """A run of numbers below 2**31, all with the opcode that the greatest needs."""
    if not numbers:
        return b""
    widest = max(numbers)
    if widest < ONE_BYTE:
        return _strided(BININT1, array("B", numbers))
    if widest < TWO_BYTES:
        return _strided(BININT2, array("H", numbers))
    return _strided(BININT, array("i", numbers))


def byte_string(data: bytes) -> bytes:
    """A byte string."""
    if len(data) < ONE_BYTE:
        return SHORT_BINBYTES + bytes((len(data),)) + data
    return BINBYTES + len(data).to_bytes(4, "little") + data


def _strided(opcode: bytes, numbers: array[int]) -> bytes:
    """Each number little-endian behind the opcode."""
    if sys.byteorder == "big":
        numbers.byteswap()
    raw, width = numbers.tobytes(), numbers.itemsize
    run = bytearray(opcode.ljust(width + 1, b"\0") * len(numbers))
    for place in range(width):
        run[place + 1 :: width + 1] = raw[place::width]
    return bytes(run)
