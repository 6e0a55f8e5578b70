"""The table of a segment's terms, as Whoosh keeps it: a hash table on disk after D. J. Bernstein's CDB, in key order.

The format is `whoosh.filedb.filetables.OrderedHashWriter`'s: the entries, 256 hash tables that point to them, the
tables' places, the pickled names of the fields, and the place of every entry, for searching by order.
"""

from __future__ import annotations

import math
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

#: How an entry's hash (without the byte that tells its table) and its place are kept in one number until the end.
_PLACE_BITS = 40
_PLACE = 2**_PLACE_BITS - 1

#: Slots of a hash table to an entry.  Whoosh has 2, for a file a tenth larger; we never look terms up by hash.
_SLOTS = 1.1


class TermsWriter:
    """Collects terms, field by field in the order of names and each field's in the order of UTF-8, for one file."""

    def __init__(self) -> None:
        self._fields: dict[str, int] = {}
        self._entries = bytearray(_HEADER.pack(_MAGIC, _MD5, 0, 0))
        self._places = array("q")
        self._hashed = [array("Q") for _ in range(_TABLES)]

    def start_field(self, name: str) -> None:
        """Begin a field; the terms added from now on are its."""
        self._prefix = _FIELD.pack(self._fields.setdefault(name, len(self._fields)))

    def add(self, term: bytes, info: bytes) -> int:
        """Add a term of the field, and what is known of it; returns the place of its entry."""
        key = self._prefix + term
        place = len(self._entries)
        self._entries += _ENTRY.pack(len(key), len(info)) + key + info
        self._places.append(place)
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        self._hashed[hashed % _TABLES].append(hashed // _TABLES << _PLACE_BITS | place)
        return place

    def chunks(self) -> Iterator[bytes | bytearray]:
        """The file, part by part."""
        yield self._entries
        end = start = len(self._entries)
        directory = []
        for number, hashed in enumerate(self._hashed):
            slots = math.ceil(_SLOTS * len(hashed))
            directory.append(_TABLE.pack(start, slots))
            yield _hash_table(number, hashed, slots)
            start += slots * _SLOT.size
        yield b"".join(directory)
        code = "i" if end < 2**31 else "q"
        extras = {"fieldmap": self._fields, "indextype": code, "indexlen": len(self._places)}
        tail = pickle.dumps(extras, 2) + big_endian(array(code, self._places))
        yield tail + _LENGTH.pack(len(tail))


def big_endian(numbers: array[int]) -> bytes:
    """The bytes of an array, as Whoosh writes all its numbers; the array may be changed."""
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()


def _hash_table(number: int, entries: array[int], slots: int) -> bytes:
    """Each entry's hash and place in the first free slot from the one that its hash names on; place 0 is free."""
    table = bytearray(slots * _SLOT.size)
    taken = bytearray(slots)
    for entry in entries:
        hashed, place = entry >> _PLACE_BITS, entry & _PLACE
        slot = hashed % slots
        while taken[slot]:
            slot = (slot + 1) % slots
        taken[slot] = 1
        _SLOT.pack_into(table, slot * _SLOT.size, hashed * _TABLES + number, place)
    return bytes(table)
