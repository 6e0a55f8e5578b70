"""Collecting readouts for a segment of a Whoosh index, and making segments visible."""

from __future__ import annotations

import os
import pickle
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Segment
from whoosh.columns import NumericColumn
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC

from readouts_cli.engines.columns import TEXT_TOKENS
from readouts_cli.engines.whoosh.checksums import sealed
from readouts_cli.engines.whoosh.columns_writer import BytesWriter, ColumnWriter, NumbersWriter
from readouts_cli.engines.whoosh.inversion import Inversion
from readouts_cli.engines.whoosh.records import STORED
from readouts_cli.engines.whoosh.segment_writer import FieldPostings, SegmentWriter
from readouts_cli.engines.whoosh.terms_writer import big_endian
from readouts_cli.engines.whoosh.toc import INDEX_NAME
from readouts_cli.query.document import TEXT

#: Whoosh's stored values are a pickle, in zlib's format; the record in it is deflated already.
_PICKLE_PROTOCOL = 3
_ONLY_WRAPPED = 0

#: What a row of a column costs in memory besides its bytes.
_ROW = 41


class SegmentBuilder:
    """Collects readouts in memory and writes them as one segment into a folder (a Whoosh `FileStorage`)."""

    def __init__(self, storage: FileStorage, schema: Any) -> None:
        self._storage = storage
        self._schema = schema
        self._empty()

    def _empty(self) -> None:
        fields = self._schema.items()
        self._inversions = {name: Inversion() for name, field in fields if field.indexed}
        columns = {name: field.column_type for name, field in fields if field.column_type and name != TEXT_TOKENS}
        self._columns = {name: _column(column_type) for name, column_type in columns.items()}
        self._stored = BytesWriter()
        self._rows_memory = 0

    def add(self, texts: Mapping[str, Sequence[str]], columns: Mapping[str, bytes | int], stored: bytes) -> None:
        """Add a readout: the values of its fields, its column values, and its stored form.

        Raises KeyError for a name that the schema does not know, TypeError or struct.error for a value that a column
        cannot keep; nothing has been added then.
        """
        if unknown := (texts.keys() - self._inversions.keys()) | (columns.keys() - self._columns.keys()):
            raise KeyError(f"the schema has no {', '.join(sorted(unknown))}")
        row = [(column.rows, column.encoded(columns.get(name))) for name, column in self._columns.items()]
        kept = pickle.dumps({STORED: stored}, _PICKLE_PROTOCOL)
        row.append((self._stored.rows, zlib.compress(kept, _ONLY_WRAPPED)))
        for rows, value in row:
            rows.append(value)
            self._rows_memory += _ROW + len(value)
        for name, inversion in self._inversions.items():
            inversion.add(texts.get(name, ()))

    def __len__(self) -> int:
        return len(self._stored.rows)

    @property
    def memory(self) -> int:
        """How much memory the collected readouts take: an estimate, in bytes."""
        return self._rows_memory + sum(inversion.memory for inversion in self._inversions.values())

    def write(self) -> W3Segment:
        """Write the segment, forced to the disk, and forget the readouts."""
        writer = SegmentWriter(self._storage, len(self))
        writer.write_postings(
            FieldPostings(name, inversion.total, inversion.length_codes(), inversion.drain())
            for name, inversion in self._inversions.items()
        )
        writer.write_column(TEXT_TOKENS, [big_endian(self._inversions[TEXT].lengths)])
        for name, column in [*self._columns.items(), ("_stored", self._stored)]:
            writer.write_column(name, column.chunks())
        self._empty()
        return writer.finish()


def commit_toc(storage: FileStorage, schema: Any, segments: Sequence[W3Segment], generation: int) -> None:
    """Make `segments` the index's content, as commit number `generation`.

    Everything is on the disk before the new table of contents has its name, and the name before this returns.
    """
    memory = RamStorage()
    TOC(schema, list(segments), generation).write(memory, INDEX_NAME)
    (name,) = memory.list()
    # Both Whoosh and we take it for a file of an unknown segment, and remove it, should it be left behind.
    unnamed = f"{INDEX_NAME}_commit.tmp"
    with storage.create_file(unnamed) as file:
        file.write(sealed(memory.files[name]))
        _sync(file)
    folder = Path(storage.folder)
    _sync_folder(folder)
    (folder / unnamed).rename(folder / name)
    _sync_folder(folder)


def _column(column_type: Any) -> ColumnWriter:
    return NumbersWriter(column_type._typecode) if isinstance(column_type, NumericColumn) else BytesWriter()  # noqa: SLF001


def _sync(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
