"""Reading the files of a W3 segment: the table of terms and the per-readout columns.

The formats are Whoosh's (`whoosh.filedb.filetables`, `whoosh.columns`); numbers are big-endian.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from readouts_cli.engines.whoosh.checksums import CheckedFile

_LENGTHS = struct.Struct("!ii")
_TERM_INFO = struct.Struct("!BfIBBfII")
_EXTENT = struct.Struct("!qi")

#: Of so many entries of the table of terms and more, everything between is read as well: that is quicker than to read
#: each by itself.
_MANY = 200


class TermInfo(NamedTuple):
    """In how many readouts a term stands, the first and the last of them, and where its postings are.

    They are an extent of the postings file, or the pickled postings themselves (`inlined`).
    """

    readouts: int
    first: int
    last: int
    offset: int
    length: int
    inlined: bytes | None


class TermTable:
    """Where the postings of terms are: the entries of Whoosh's hash table on disk, which the lexicon points to."""

    def __init__(self, file: CheckedFile) -> None:
        self._file = file

    def at(self, place: int) -> TermInfo:
        """What the entry at a place says."""
        start = place + _LENGTHS.size
        key_length, length = _LENGTHS.unpack(self._file.read(place, start))
        return _term_info(self._file.read(place, start + key_length + length), 0)

    def all_at(self, places: Sequence[int]) -> list[TermInfo]:
        """What the entries at several places say."""
        if len(places) < _MANY:
            return list(map(self.at, places))
        first, last = min(places), max(places)
        entries = self._file.read(first, last)
        return [_term_info(entries, place - first) if place < last else self.at(last) for place in places]


def _term_info(entries: bytes, start: int) -> TermInfo:
    key_length, length = _LENGTHS.unpack_from(entries, start)
    start += _LENGTHS.size + key_length
    inlined, _, readouts, _, _, _, first, last = _TERM_INFO.unpack_from(entries, start)
    behind = start + _TERM_INFO.size
    if inlined:
        return TermInfo(readouts, first, last, 0, 0, entries[behind : start + length])
    offset, extent = _EXTENT.unpack_from(entries, behind)
    return TermInfo(readouts, first, last, offset, extent, None)


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
