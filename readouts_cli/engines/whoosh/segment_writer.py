"""The files of a new segment: posting lists, the table of terms, the lexicon, columns, checksums.

Stock Whoosh analyses, pools, sorts and pickles posting by posting.  Here each posting list is written whole, in the
same format (`whoosh.codec.whoosh3`): stock Whoosh opens the index.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage

from readouts_cli.engines.whoosh import lexicon
from readouts_cli.engines.whoosh.checksums import EXTENSION as CHECKSUMS
from readouts_cli.engines.whoosh.checksums import SummedFile, checksum_file
from readouts_cli.engines.whoosh.inversion import PostingList
from readouts_cli.engines.whoosh.postings_writer import BLOCK, LEVEL, PostingsWriter
from readouts_cli.engines.whoosh.terms_writer import TermsWriter
from readouts_cli.engines.whoosh.toc import INDEX_NAME


class FieldPostings(NamedTuple):
    """A field's posting lists in the order of their terms; its tokens, in all, and in each readout by Whoosh's code."""

    name: str
    total: int
    length_codes: bytes
    lists: Iterable[PostingList]


class SegmentWriter:
    """Writes one segment of `readouts` into a folder; nobody sees it before `commit_toc` names it."""

    def __init__(self, storage: FileStorage, readouts: int) -> None:
        self._storage = storage
        self._segment = W3Segment(W3Codec(blocklimit=BLOCK, compression=LEVEL), INDEX_NAME, readouts)
        self._files: dict[str, SummedFile] = {}

    def write_postings(self, fields: Iterable[FieldPostings]) -> None:
        """Write the postings of all fields, in the order of their names."""
        table = TermsWriter()
        lines: dict[str, bytearray] = {}
        lengths: dict[str, int] = {}
        with self._file(W3Codec.POSTS_EXT) as file:
            postings = PostingsWriter(file.write)
            for field in fields:
                lengths[field.name] = field.total
                lines[field.name] = _write_field(field, table, postings)
                self._write(f"._{field.name}_len.col", [field.length_codes])
        self._segment._fieldlengths = lengths  # noqa: SLF001  # as Whoosh's own writer does
        self._write(W3Codec.TERMS_EXT, table.chunks())
        self._write(lexicon.EXTENSION, lexicon.lexicon_chunks(lines))

    def write_column(self, name: str, chunks: Iterable[bytes | bytearray]) -> None:
        """Write a column."""
        self._write(f".{name}.col", chunks)

    def finish(self) -> W3Segment:
        """Write the checksums and force all files to the disk; returns the segment."""
        self._write(CHECKSUMS, [checksum_file(self._files)])
        for extension in self._files:  # in a row behind all writing, so that the disk can order its work
            descriptor = os.open(Path(self._storage.folder) / self._segment.make_filename(extension), os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        return self._segment

    def _write(self, extension: str, chunks: Iterable[bytes | bytearray]) -> None:
        with self._file(extension) as file:
            for chunk in chunks:
                file.write(chunk)

    @contextmanager
    def _file(self, extension: str) -> Iterator[SummedFile]:
        """One of the segment's files, to be written."""
        with self._storage.create_file(self._segment.make_filename(extension)) as file:
            summed = self._files[extension] = SummedFile(file.raw_file().write)
            yield summed
            summed.finish()


def _write_field(field: FieldPostings, table: TermsWriter, postings: PostingsWriter) -> bytearray:
    """Write a field's postings and enter its terms into the table; returns the terms' lines of the lexicon."""
    lines = bytearray()
    if field.total:
        table.start_field(field.name)
    for posting_list in field.lists:
        term = posting_list.term.encode()
        lines += lexicon.line(term, table.add(term, postings.add(posting_list, field.length_codes)))
    return lines
