"""Whoosh's table of contents: which segments make up the last commit.

Read here rather than by Whoosh, which would unpickle it (see `pickles`) and cost a search 60 ms of imports.
"""

from __future__ import annotations

import fcntl
import os
import re
import struct
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from readouts_cli.engines.whoosh import pickles
from readouts_cli.engines.whoosh.checksums import unsealed
from readouts_cli.errors import LibraryError

#: The name under which every library's index is kept in its folder.
INDEX_NAME = "MAIN"

_FILE = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")

#: A file of a segment; the group is the segment's name.
SEGMENT_FILE = re.compile(rf"({INDEX_NAME}_[0-9a-z]+)\.")
_BYTE_ORDER_MARK = -12345
_VERSION = -111


class SegmentInfo(NamedTuple):
    """One segment: the stem of its files, how many readouts it holds, which of them are deleted, fields' lengths."""

    name: str
    doc_count: int
    deleted: frozenset[int]
    field_lengths: dict[str, int]


class Toc(NamedTuple):
    """A commit, and the open file that keeps its segments from being removed while it is read."""

    generation: int
    segments: tuple[SegmentInfo, ...]
    held: BinaryIO


def read_toc(folder: Path) -> Toc:
    """The last commit of the index in `folder`, held until `held` is closed.

    Raises LibraryError where it is missing or unreadable.
    """
    generation, file = _hold_latest(folder)
    return Toc(generation, _parse(file.read(), Path(file.name)), file)


def segments_of(path: Path) -> tuple[SegmentInfo, ...]:
    """The segments that one table of contents names."""
    return _parse(path.read_bytes(), path)


def _parse(data: bytes, place: Path) -> tuple[SegmentInfo, ...]:
    stream = BytesIO(unsealed(data, place))
    try:
        for _ in range(3):
            _read_varint(stream)  # sizes of C types, for the architecture check that the next number repeats
        if _read_int(stream) != _BYTE_ORDER_MARK or _read_int(stream) != _VERSION:
            raise LibraryError(f"{place} has another format; run: readouts index --rebuild")
        for _ in range(3):
            _read_varint(stream)  # the release that wrote it
        stream.seek(_read_varint(stream), 1)  # the pickled schema, which is always the one in `schema`
        _read_int(stream)
        _read_int(stream)
    except (struct.error, IndexError):
        raise LibraryError(f"{place} is cut short; run: readouts verify") from None
    return tuple(_info(record) for record in pickles.load(stream))


def toc_files(folder: Path) -> dict[int, Path]:
    """Every table of contents in a folder, by generation."""
    try:
        entries = list(folder.iterdir())
    except FileNotFoundError:
        return {}
    return {int(match[1]): entry for entry in entries if (match := _FILE.fullmatch(entry.name))}


def _hold_latest(folder: Path) -> tuple[int, BinaryIO]:
    """Open the last table of contents under a shared lock, which tells writers not to remove what it names."""
    while True:
        found = toc_files(folder)
        if not found:
            raise LibraryError(f"{folder} holds no index; run: readouts index PATH…")
        generation = max(found)
        try:
            file = found[generation].open("rb")
        except FileNotFoundError:
            continue  # a commit was faster; the next look finds its table
        fcntl.flock(file, fcntl.LOCK_SH)
        if os.fstat(file.fileno()).st_nlink:
            return generation, file
        file.close()


def remove_unread(path: Path) -> bool:
    """Remove an outdated table of contents unless somebody holds it."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        path.unlink()
        return True


def _info(record: pickles.SegmentRecord) -> SegmentInfo:
    state = vars(record)
    return SegmentInfo(
        name=f"{state['indexname']}_{state['segid']}",
        doc_count=state["_doccount"],
        deleted=frozenset(state["_deleted"] or ()),
        field_lengths=dict(state.get("_fieldlengths", {})),
    )


def _read_int(stream: BytesIO) -> int:
    value: int = struct.unpack("!i", stream.read(4))[0]
    return value


def _read_varint(stream: BytesIO) -> int:
    value = shift = 0
    while True:
        byte = stream.read(1)[0]
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value
