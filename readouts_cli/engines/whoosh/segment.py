"""Writing a segment of a Whoosh index, and making it visible.

Stock Whoosh analyses, pools, sorts and pickles posting by posting.  Here readouts are inverted in memory and each
posting list is written whole, in the same format (`whoosh.codec.whoosh3`): stock Whoosh opens the index.
"""

from __future__ import annotations

import os
import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.columns import NumericColumn
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC

from readouts_cli.engines.whoosh import lexicon
from readouts_cli.engines.whoosh.checksums import EXTENSION as CHECKSUMS
from readouts_cli.engines.whoosh.checksums import SummedFile, checksum_file, sealed
from readouts_cli.engines.whoosh.columns_writer import BytesWriter, ColumnWriter, NumbersWriter
from readouts_cli.engines.whoosh.inversion import Inversion
from readouts_cli.engines.whoosh.postings_writer import BLOCK, LEVEL, PostingsWriter
from readouts_cli.engines.whoosh.schema import STORED
from readouts_cli.engines.whoosh.terms_writer import TermsWriter
from readouts_cli.engines.whoosh.toc import INDEX_NAME

#: Deflate level of stored readouts.
_STORED_LEVEL = 4

#: What a row of a column costs in memory besides its bytes.
_ROW = 41


class SegmentBuilder:
    """Collects readouts in memory and writes them as one segment into a folder (a Whoosh `FileStorage`)."""

    def __init__(self, storage: FileStorage, schema: Any) -> None:
        self._storage = storage
        self._schema = schema
        self._files: dict[str, SummedFile] = {}
        self._empty()

    def _empty(self) -> None:
        fields = self._schema.items()
        self._inversions = {name: Inversion() for name, field in fields if field.indexed}
        self._columns = {name: _column(field.column_type) for name, field in fields if field.column_type}
        self._stored = BytesWriter()
        self._rows_memory = 0

    def add(self, terms: Mapping[str, list[str]], columns: Mapping[str, bytes | int], stored: bytes) -> None:
        """Add a readout: the terms of its fields by position ("" is a gap), its column values, and its stored form.

        Raises KeyError for a name that the schema does not know, TypeError or struct.error for a value that a column
        cannot keep; nothing has been added then.
        """
        if unknown := (terms.keys() - self._inversions.keys()) | (columns.keys() - self._columns.keys()):
            raise KeyError(f"the schema has no {', '.join(sorted(unknown))}")
        row = [(column.rows, column.encoded(columns.get(name))) for name, column in self._columns.items()]
        row.append((self._stored.rows, zlib.compress(pickle.dumps({STORED: stored}, 3), _STORED_LEVEL)))
        for rows, value in row:
            rows.append(value)
            self._rows_memory += _ROW + len(value)
        for name, inversion in self._inversions.items():
            inversion.add(terms.get(name, []))

    def __len__(self) -> int:
        return len(self._stored.rows)

    @property
    def memory(self) -> int:
        """How much memory the collected readouts take: an estimate, in bytes."""
        return self._rows_memory + sum(inversion.memory for inversion in self._inversions.values())

    def write(self) -> W3Segment:
        """Write the segment's files, each forced to the disk, and forget the readouts.

        The segment is visible to nobody before `commit_toc` names it.
        """
        segment = W3Segment(W3Codec(blocklimit=BLOCK, compression=LEVEL), INDEX_NAME, len(self))
        segment._fieldlengths = {name: inversion.total for name, inversion in self._inversions.items()}  # noqa: SLF001
        self._files.clear()
        self._write_terms(segment)
        for name, inversion in self._inversions.items():
            self._write(segment, f"._{name}_len.col", [bytes(inversion.lengths)])
        for name, column in [*self._columns.items(), ("_stored", self._stored)]:
            self._write(segment, f".{name}.col", column.chunks())
        self._write(segment, CHECKSUMS, [checksum_file(self._files)])
        self._force_to_disk(segment)
        self._empty()
        return segment

    def _force_to_disk(self, segment: W3Segment) -> None:
        """Wait until all files are on the disk; in a row behind all writing, so that the disk can order its work."""
        for extension in self._files:
            descriptor = os.open(Path(self._storage.folder) / segment.make_filename(extension), os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def _write_terms(self, segment: W3Segment) -> None:
        table = TermsWriter()
        terms: dict[str, list[tuple[bytes, int]]] = {}
        with self._file(segment, W3Codec.POSTS_EXT) as file:
            postings = PostingsWriter(file.write)
            for name, inversion in self._inversions.items():
                terms[name] = _write_field(name, inversion, table, postings)
        self._write(segment, W3Codec.TERMS_EXT, table.chunks())
        self._write(segment, lexicon.EXTENSION, lexicon.lexicon_chunks(terms))

    def _write(self, segment: W3Segment, extension: str, chunks: Iterable[bytes]) -> None:
        with self._file(segment, extension) as file:
            for chunk in chunks:
                file.write(chunk)

    @contextmanager
    def _file(self, segment: W3Segment, extension: str) -> Iterator[SummedFile]:
        """One of the segment's files, to be written."""
        with self._storage.create_file(segment.make_filename(extension)) as file:
            summed = self._files[extension] = SummedFile(file.raw_file().write)
            yield summed
            summed.finish()


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


def _write_field(
    name: str, inversion: Inversion, table: TermsWriter, postings: PostingsWriter
) -> list[tuple[bytes, int]]:
    """Write a field's postings and enter its terms into the table; returns the terms and their places there."""
    if inversion.total:
        table.start_field(name)
    terms = []
    for posting_list in inversion.drain():
        term = posting_list.term.encode()
        terms.append((term, table.add(term, postings.add(posting_list, inversion.lengths))))
    return terms


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
