"""Per-readout columns, collected row by row and laid out as Whoosh's own columns are (`whoosh.columns`)."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import Protocol

from readouts_cli.engines.whoosh.terms_writer import big_endian

#: Whoosh writes the offsets of byte strings, besides their lengths, where a column has more rows than this.
_MANY_ROWS = 2**15

#: Rows that are put together before they are written: few enough to copy a little at a time.
_ROWS_AT_ONCE = 256


class ColumnWriter(Protocol):
    """A column in the making; `rows` are its values so far, encoded."""

    rows: list[bytes]

    def encoded(self, value: bytes | int | None) -> bytes:
        """A value as the column keeps it, None as its default.  Raises TypeError or struct.error where it cannot."""

    def chunks(self) -> Iterator[bytes]:
        """The file, part by part."""


class NumbersWriter:
    """Numbers of one size, named by `struct`'s code; 0 where a readout has none."""

    def __init__(self, typecode: str) -> None:
        self.rows: list[bytes] = []
        self._pack = struct.Struct("!" + typecode).pack

    def encoded(self, value: bytes | int | None) -> bytes:
        return self._pack(value or 0)

    def chunks(self) -> Iterator[bytes]:
        yield b"".join(self.rows)


class BytesWriter:
    """Byte strings of any length, empty where a readout has none."""

    def __init__(self) -> None:
        self.rows: list[bytes] = []

    def encoded(self, value: bytes | int | None) -> bytes:
        if isinstance(value, int):
            raise TypeError(f"a column of byte strings cannot keep {value!r}")
        return value or b""

    def chunks(self) -> Iterator[bytes]:
        return byte_strings_chunks(self.rows)


def byte_strings_chunks(rows: Iterable[bytes]) -> Iterator[bytes]:
    """The strings, their lengths, their offsets where there are many, and the codes of the numbers' sizes."""
    lengths = array("I")
    remaining = iter(rows)
    while some := list(islice(remaining, _ROWS_AT_ONCE)):
        lengths.extend(map(len, some))
        yield b"".join(some)
    code = _code(max(lengths, default=0))
    yield big_endian(array(code, lengths))
    if len(lengths) <= _MANY_ROWS:
        yield code.encode()
        return
    offsets = list(accumulate(lengths, initial=0))[:-1]
    offsets_code = _code(offsets[-1])
    yield big_endian(array(offsets_code, offsets))
    yield f"{code}{offsets_code}X".encode()


def _code(greatest: int) -> str:
    """The size that Whoosh chooses for numbers up to the greatest, at most four bytes."""
    return "B" if greatest < 2**8 else "H" if greatest < 2**16 else "i" if greatest < 2**31 else "I"
