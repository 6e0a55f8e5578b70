"""One segment, opened for reading: its postings, columns and stored readouts, each read when first asked for."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path

from readouts_cli.engines.whoosh import pickles
from readouts_cli.engines.whoosh.checksums import SegmentFiles
from readouts_cli.engines.whoosh.lexicon import EXTENSION as LEXICON
from readouts_cli.engines.whoosh.lexicon import Entry, Lexicon
from readouts_cli.engines.whoosh.postings import Postings, decode
from readouts_cli.engines.whoosh.records import STORED, inflate_record
from readouts_cli.engines.whoosh.skimming import skim
from readouts_cli.engines.whoosh.tables import BytesColumn, TermInfo, TermTable, read_numbers
from readouts_cli.engines.whoosh.toc import SegmentInfo
from readouts_cli.query.leaves import Exact, Leaf, Wildcard

#: How many postings of common terms a segment keeps decoded.
_KEPT_POSTINGS = 4_000_000

#: So many records are inflated in the time that it takes to import something faster than zlib.
_FEW_RECORDS = 100


class SegmentReader:
    """The readouts of one segment, numbered from 0; files stay mapped, and open, as long as the reader lives."""

    def __init__(self, folder: Path, info: SegmentInfo) -> None:
        self.info = info
        self.files = SegmentFiles(folder / info.name)
        self._terms = TermTable(self.files.open(".trm"))
        self._postings_file = self.files.open(".pst")
        self._decoded: dict[tuple[str, str], Postings] = {}
        self._kept = 0
        self._infos: dict[tuple[str, str], TermInfo | None] = {}
        self._accepted: dict[tuple[str, Leaf], dict[str, TermInfo]] = {}
        self._numbers: dict[str, array[int]] = {}
        self._byte_strings: dict[str, BytesColumn] = {}
        self._records_read = 0

    @cached_property
    def docs(self) -> frozenset[int]:
        """The numbers of the readouts that are not deleted."""
        return frozenset(range(self.info.doc_count)) - self.info.deleted

    @cached_property
    def lexicon(self) -> Lexicon:
        """The terms of every field, in order."""
        file = self.files.open(LEXICON)
        return Lexicon(file.read, len(file))

    def term(self, field: str, term: str) -> TermInfo | None:
        """Where a term's postings are, or None where the segment does not hold it."""
        key = (field, term)
        if key not in self._infos:
            place = self.lexicon.find(field, term)
            self._infos[key] = None if place is None else self._terms.at(place)
        return self._infos[key]

    def terms(self, field: str, leaf: Leaf) -> dict[str, TermInfo]:
        """The terms of a field that a leaf accepts, sorted, and where their postings are."""
        if isinstance(leaf, Exact):
            info = self.term(field, leaf.term)
            return {} if info is None else {leaf.term: info}
        key = (field, leaf)
        if key not in self._accepted:
            entries = _accepted(self.lexicon, field, leaf)
            infos = self._terms.all_at([entry.place for entry in entries])
            self._accepted[key] = {entry.term: info for entry, info in zip(entries, infos, strict=True)}
            self._infos.update(((field, term), info) for term, info in self._accepted[key].items())
        return self._accepted[key]

    def postings(self, field: str, term: str, wanted: Sequence[int] | None = None) -> Postings:
        """A term's postings; with `wanted` (ascending), at least those of the wanted readouts."""
        kept = self._decoded.get((field, term))
        if kept is not None:
            return kept
        info = self.term(field, term)
        if info is None:
            return Postings([], [], ())
        if wanted is not None and len(wanted) * 8 < info.readouts:
            return decode(self._postings_file, info, wanted)
        postings = decode(self._postings_file, info)
        self._kept += len(postings.docs)
        if self._kept > _KEPT_POSTINGS:
            self._decoded.clear()
            self._kept = len(postings.docs)
        self._decoded[field, term] = postings
        return postings

    def postings_at(self, place: int) -> Postings:
        """The postings of the term whose entry is at a place in the table of terms; they are not kept."""
        return decode(self._postings_file, self._terms.at(place))

    def stretch(self, field: str, first: str, end: str | None) -> Iterator[tuple[str, TermInfo]]:
        """The terms of a field from `first` on and before `end` (None: all that follow), and where postings are."""
        entries = self.lexicon.between(field, first, end)
        infos = self._terms.all_at([entry.place for entry in entries])
        return ((entry.term, info) for entry, info in zip(entries, infos, strict=True))

    def postings_of(self, info: TermInfo) -> Postings:
        """The postings of a term; they are not kept."""
        return decode(self._postings_file, info)

    def skimmed(self, info: TermInfo) -> Sequence[Iterable[int]]:
        """The readouts that hold a term, in several parts; a posting list is not decoded for it."""
        if info.inlined is not None:
            return [[info.first]]
        data = self._postings_file.read(info.offset, info.offset + info.length)
        return skim(data, info.readouts) or [decode(self._postings_file, info).docs]

    def numbers(self, name: str, typecode: str = "i") -> array[int]:
        """A numeric column, a value for each readout."""
        if name not in self._numbers:
            self._numbers[name] = read_numbers(self.files.open(f".{name}.col").all(), typecode, self.info.doc_count)
        return self._numbers[name]

    def byte_strings(self, name: str) -> BytesColumn:
        """A column of byte strings."""
        if name not in self._byte_strings:
            self._byte_strings[name] = BytesColumn(self.files.open(f".{name}.col"), self.info.doc_count)
        return self._byte_strings[name]

    def length_codes(self, field: str) -> bytes:
        """Every readout's number of tokens in a field, as Whoosh's one-byte code."""
        data = self.files.open(f"._{field}_len.col").all() if self.info.field_lengths.get(field) else b""
        return data.ljust(self.info.doc_count, b"\0")

    def record(self, doc: int) -> bytes:
        """The stored readout, as JSON."""
        self._records_read += 1
        stored = pickles.load(BytesIO(zlib.decompress(self.byte_strings("_stored")[doc])))
        return inflate_record(stored[STORED], one_of_many=self._records_read >= _FEW_RECORDS)


def _accepted(lexicon: Lexicon, field: str, leaf: Leaf) -> list[Entry]:
    if isinstance(leaf, Wildcard):
        return lexicon.matching(field, leaf.prefix, leaf.expression)
    return [entry for entry in lexicon.with_prefix(field, leaf.prefix) if leaf.matches(entry.term)]
