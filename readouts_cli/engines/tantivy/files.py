"""Checking the files of a tantivy index against the checksums that they end with.

A file ends with a footer: a JSON object with the CRC-32 of all before it, the object's length, and a magic number, both
32 bits in little-endian order (`tantivy/src/directory/footer.rs`).
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

_END = struct.Struct("<II")
_MAGIC = 1337

#: What every segment has a file for.
_PARTS = ("term", "idx", "pos", "store", "fast", "fieldnorm")

#: How much of a file is read at a time, in bytes.
_CHUNK = 2**20


def damaged_files(folder: Path) -> Iterator[str]:
    """What is wrong with the files of the last commit, a line each."""
    try:
        segments = json.loads((folder / "meta.json").read_text("utf-8"))["segments"]
        names = [name for segment in segments for name in _names(segment)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield f"{folder / 'meta.json'} cannot be read ({error})"
        return
    for name in names:
        try:
            intact = _is_intact(folder / name)
        except OSError as error:
            yield f"{folder / name} cannot be read ({error.strerror})"
        else:
            if not intact:
                yield f"{folder / name} is damaged: its checksum is another"


def _names(segment: dict[str, object]) -> Iterator[str]:
    stem = str(segment["segment_id"]).replace("-", "")
    yield from (f"{stem}.{part}" for part in _PARTS)
    deletes = segment.get("deletes")
    if isinstance(deletes, dict):
        yield f"{stem}.{deletes['opstamp']}.del"


def _is_intact(path: Path) -> bool:
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            file.seek(size - _END.size)
            length, magic = _END.unpack(file.read())
            file.seek(size - _END.size - length)
            footer = json.loads(file.read(length))
            expected = footer["crc"]
        except (OSError, ValueError, struct.error, KeyError, TypeError):
            return False
        file.seek(0)
        left, crc = size - _END.size - length, 0
        while left:
            chunk = file.read(min(_CHUNK, left))
            crc = zlib.crc32(chunk, crc)
            left -= len(chunk)
    return bool(magic == _MAGIC and crc == expected)
