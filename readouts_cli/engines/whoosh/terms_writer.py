"""The table of a segment's terms, as Whoosh keeps it: a hash table on disk after D. J. Bernstein's CDB, in key order.

The format is `whoosh.filedb.filetables.OrderedHashWriter`'s: the entries, 256 hash tables that point to them, the
tables' places, the pickled names of the fields, and the place of every entry, for searching by order.
"""

from __future__ import annotations

import pickle
import struct
import sys
from array import array
from collections.abc import Iterator
from hashlib import md5

_MAGIC = b"HSH3"
_MD5 = 0
_HEADER = struct.Struct("!4sBii")
_ENTRY = struct.Struct("!ii")
_SLOT = struct.Struct("!Iq")
_TABLE = struct.Struct("!qi")
_FIELD = struct.Struct("!H")
_LENGTH = struct.Struct("!i")
_TABLES = 256


class TermsWriter:
    """Collects terms, field by field in the order of names and each field's in the order of UTF-8, for one file."""

    def __init__(self) -> None:
        self._fields: dict[str, int] = {}
        self._parts = [_HEADER.pack(_MAGIC, _MD5, 0, 0)]
        self._end = _HEADER.size
        self._places: list[int] = []
        self._hashed: list[list[tuple[int, int]]] = [[] for _ in range(_TABLES)]

    def start_field(self, name: str) -> None:
        """Begin a field; the terms added from now on are its."""
        self._prefix = _FIELD.pack(self._fields.setdefault(name, len(self._fields)))

    def add(self, term: bytes, info: bytes) -> int:
        """Add a term of the field, and what is known of it; returns the place of its entry."""
        key = self._prefix + term
        place = self._end
        self._parts += _ENTRY.pack(len(key), len(info)), key, info
        self._end += _ENTRY.size + len(key) + len(info)
        self._places.append(place)
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        self._hashed[hashed % _TABLES].append((hashed, place))
        return place

    def chunks(self) -> Iterator[bytes]:
        """The file, part by part."""
        yield b"".join(self._parts)
        start = self._end
        directory = []
        for entries in self._hashed:
            slots = 2 * len(entries)
            directory.append(_TABLE.pack(start, slots))
            yield _hash_table(entries, slots)
            start += slots * _SLOT.size
        yield b"".join(directory)
        code = "i" if self._end < 2**31 else "q"
        extras = {"fieldmap": self._fields, "indextype": code, "indexlen": len(self._places)}
        tail = pickle.dumps(extras, 2) + big_endian(array(code, self._places))
        yield tail + _LENGTH.pack(len(tail))


def big_endian(numbers: array[int]) -> bytes:
    """The bytes of an array, as Whoosh writes all its numbers; the array may be changed."""
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()


def _hash_table(entries: list[tuple[int, int]], slots: int) -> bytes:
    """Each entry's hash and place in the first free slot from the one that its hash names on; place 0 is free."""
    table = bytearray(slots * _SLOT.size)
    taken = bytearray(slots)
    for hashed, place in entries:
        slot = (hashed >> 8) % slots
        while taken[slot]:
            slot = (slot + 1) % slots
        taken[slot] = 1
        _SLOT.pack_into(table, slot * _SLOT.size, hashed, place)
    return bytes(table)
