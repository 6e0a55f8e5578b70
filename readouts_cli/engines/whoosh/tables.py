"""Reading the files of a W3 segment: the hash table of terms and the per-readout columns.

The formats are Whoosh's (`whoosh.filedb.filetables`, `whoosh.columns`); numbers are big-endian.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from functools import cached_property
from hashlib import md5
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from readouts_cli.engines.whoosh import pickles

_POINTER = struct.Struct("!Iq")
_DIRECTORY_ENTRY = struct.Struct("!qi")
_LENGTHS = struct.Struct("!ii")
_TERM_INFO = struct.Struct("!BfIBBfII")
_EXTENT = struct.Struct("!qi")
_FIELD_ID = struct.Struct("!H")
_BUCKETS = 256

Buffer = mmap.mmap | bytes


def map_file(path: Path) -> Buffer:
    """A file's bytes, mapped into memory."""
    with path.open("rb") as file:
        try:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file cannot be mapped
            return b""


class TermInfo(NamedTuple):
    """In how many readouts a term stands, and where its postings are.

    They are an extent of the postings file, or the pickled postings themselves (`inlined`).
    """

    readouts: int
    offset: int
    length: int
    inlined: bytes | None


class TermTable:
    """Field and term → where the postings are: a hash table on disk after D. J. Bernstein's CDB."""

    def __init__(self, data: Buffer) -> None:
        self._data = data
        extras_length: int = struct.unpack("!i", data[-4:])[0]
        extras = len(data) - 4 - extras_length
        self._directory = extras - _BUCKETS * _DIRECTORY_ENTRY.size
        self._field_ids: dict[str, int] = pickles.load(BytesIO(data[extras:]))["fieldmap"]

    def get(self, field: str, term: str) -> TermInfo | None:
        """Where a term's postings are, or None where the segment does not hold it."""
        if field not in self._field_ids:
            return None
        key = _FIELD_ID.pack(self._field_ids[field]) + term.encode("utf-8", "surrogatepass")
        place = self._find(key)
        if place is None:
            return None
        start, length = place
        inlined, _, readouts, *_ = _TERM_INFO.unpack_from(self._data, start)
        rest = start + _TERM_INFO.size
        if inlined:
            return TermInfo(readouts, 0, 0, self._data[rest : start + length])
        offset, length = _EXTENT.unpack_from(self._data, rest)
        return TermInfo(readouts, offset, length, None)

    def _find(self, key: bytes) -> tuple[int, int] | None:
        """Where the key's value stands, and its length."""
        data = self._data
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        table, slots = _DIRECTORY_ENTRY.unpack_from(data, self._directory + (hashed & 255) * _DIRECTORY_ENTRY.size)
        for step in range(slots):
            slot = ((hashed >> 8) + step) % slots
            slot_hash, item = _POINTER.unpack_from(data, table + slot * _POINTER.size)
            if not item:
                return None
            if slot_hash == hashed:
                key_length, value_length = _LENGTHS.unpack_from(data, item)
                start = item + _LENGTHS.size
                if data[start : start + key_length] == key:
                    return start + key_length, value_length
        return None


def read_numbers(data: Buffer, typecode: str, count: int) -> array[int]:
    """A numeric column; readouts at the end of a segment that have the default are not stored, so zeros fill it up."""
    values = array(typecode)
    values.frombytes(data[: len(data) // values.itemsize * values.itemsize])
    if sys.byteorder == "little":
        values.byteswap()
    values.extend([0] * (count - len(values)))
    return values


class BytesColumn:
    """A column of byte strings of any length."""

    def __init__(self, data: Buffer, count: int) -> None:
        self._data = data
        self._count = count

    @cached_property
    def _places(self) -> tuple[array[int], array[int]]:
        """Offsets and lengths, which stand behind the values; offsets only where there are many."""
        data, count = self._data, self._count
        end = len(data) - 1
        code = chr(data[end])
        if code == "X":
            code, offsets_code = chr(data[end - 2]), chr(data[end - 1])
            end -= 2
            start = end - count * struct.calcsize(offsets_code)
            offsets = read_numbers(data[start:end], offsets_code, count)
            end = start
        else:
            offsets = None
        lengths = read_numbers(data[end - count * struct.calcsize(code) : end], code, count)
        if offsets is None:
            offsets = array("Q", accumulate(lengths, initial=0))
        return offsets, lengths

    def __getitem__(self, doc: int) -> bytes:
        offsets, lengths = self._places
        return self._data[offsets[doc] : offsets[doc] + lengths[doc]]

    def all(self) -> list[bytes]:
        """Every value, in order."""
        offsets, lengths = self._places
        data = self._data[: offsets[-1] + lengths[-1]] if self._count else b""
        return [data[start : start + length] for start, length in zip(offsets, lengths, strict=False)]


def to_bytes(text: str) -> bytes:
    """Text as columns keep it; a file name's undecodable bytes come out as they were."""
    return text.encode("utf-8", "surrogateescape")


def from_bytes(data: bytes) -> str:
    """The inverse of `to_bytes`."""
    return data.decode("utf-8", "surrogateescape")
