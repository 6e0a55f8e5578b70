"""Reading the files of a W3 segment: the hash table of terms and the per-readout columns.

The formats are Whoosh's (`whoosh.filedb.filetables`, `whoosh.columns`); numbers are big-endian.
"""

from __future__ import annotations

import struct
import sys
from array import array
from functools import cached_property
from hashlib import md5
from io import BytesIO
from itertools import accumulate
from typing import NamedTuple

from readouts_cli.engines.whoosh import pickles
from readouts_cli.engines.whoosh.checksums import CheckedFile

_POINTER = struct.Struct("!Iq")
_DIRECTORY_ENTRY = struct.Struct("!qi")
_LENGTHS = struct.Struct("!ii")
_TERM_INFO = struct.Struct("!BfIBBfII")
_EXTENT = struct.Struct("!qi")
_FIELD_ID = struct.Struct("!H")
_EXTRAS_LENGTH = struct.Struct("!i")
_BUCKETS = 256

#: More than the pickled names of the fields take.
_EXTRAS_HEAD = 4096


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

    def __init__(self, file: CheckedFile) -> None:
        self._file = file
        size = len(file)
        (extras_length,) = _EXTRAS_LENGTH.unpack(file.read(size - _EXTRAS_LENGTH.size, size))
        extras = size - _EXTRAS_LENGTH.size - extras_length
        self._directory = extras - _BUCKETS * _DIRECTORY_ENTRY.size
        head = file.read(extras, min(extras + _EXTRAS_HEAD, size))
        self._field_ids: dict[str, int] = pickles.load(BytesIO(head))["fieldmap"]

    def get(self, field: str, term: str) -> TermInfo | None:
        """Where a term's postings are, or None where the segment does not hold it."""
        if field not in self._field_ids:
            return None
        key = _FIELD_ID.pack(self._field_ids[field]) + term.encode("utf-8", "surrogatepass")
        place = self._find(key)
        if place is None:
            return None
        start, length = place
        value = self._file.read(start, start + length)
        inlined, _, readouts, *_ = _TERM_INFO.unpack_from(value)
        if inlined:
            return TermInfo(readouts, 0, 0, value[_TERM_INFO.size :])
        offset, extent = _EXTENT.unpack_from(value, _TERM_INFO.size)
        return TermInfo(readouts, offset, extent, None)

    def _find(self, key: bytes) -> tuple[int, int] | None:
        """Where the key's value stands, and its length."""
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        table, slots = self._unpack(_DIRECTORY_ENTRY, self._directory + (hashed & 255) * _DIRECTORY_ENTRY.size)
        for step in range(slots):
            slot = ((hashed >> 8) + step) % slots
            slot_hash, item = self._unpack(_POINTER, table + slot * _POINTER.size)
            if not item:
                return None
            if slot_hash == hashed:
                key_length, value_length = self._unpack(_LENGTHS, item)
                start = item + _LENGTHS.size
                if self._file.read(start, start + key_length) == key:
                    return start + key_length, value_length
        return None

    def _unpack(self, layout: struct.Struct, place: int) -> tuple[int, int]:
        first, second = layout.unpack(self._file.read(place, place + layout.size))
        return first, second


def read_numbers(data: bytes, typecode: str, count: int) -> array[int]:
    """A numeric column; readouts at the end of a segment that have the default are not stored, so zeros fill it up."""
    values = array(typecode)
    values.frombytes(data[: len(data) // values.itemsize * values.itemsize])
    if sys.byteorder == "little":
        values.byteswap()
    values.extend([0] * (count - len(values)))
    return values


class BytesColumn:
    """A column of byte strings of any length."""

    def __init__(self, file: CheckedFile, count: int) -> None:
        self._file = file
        self._count = count

    @cached_property
    def _places(self) -> tuple[array[int], array[int]]:
        """Offsets and lengths, which stand behind the values; offsets only where there are many."""
        end = len(self._file) - 1
        code = chr(self._file.read(end, end + 1)[0])
        offsets: array[int] | None = None
        if code == "X":
            code, offsets_code = map(chr, self._file.read(end - 2, end))
            end -= 2
            offsets = self._numbers(offsets_code, end)
            end -= self._count * offsets.itemsize
        lengths = self._numbers(code, end)
        if offsets is None:
            offsets = array("Q", accumulate(lengths, initial=0))
        return offsets, lengths

    def _numbers(self, code: str, end: int) -> array[int]:
        """An array of one number to a readout that ends at `end`."""
        return read_numbers(self._file.read(end - self._count * array(code).itemsize, end), code, self._count)

    def __getitem__(self, doc: int) -> bytes:
        offsets, lengths = self._places
        return self._file.read(offsets[doc], offsets[doc] + lengths[doc])

    def all(self) -> list[bytes]:
        """Every value, in order."""
        offsets, lengths = self._places
        data = self._file.read(0, offsets[self._count - 1] + lengths[-1]) if self._count else b""
        return [data[start : start + length] for start, length in zip(offsets, lengths, strict=False)]


def to_bytes(text: str) -> bytes:
    """Text as columns keep it; a file name's undecodable bytes come out as they were."""
    return text.encode("utf-8", "surrogateescape")


def from_bytes(data: bytes) -> str:
    """The inverse of `to_bytes`."""
    return data.decode("utf-8", "surrogateescape")
