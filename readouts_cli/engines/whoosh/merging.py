"""Making one segment of several, without those of their readouts that were deleted.

Nothing is cut into tokens again: posting lists, columns and stored readouts are put behind one another as they are.
The terms are gone through in order, so that memory holds the postings of one at a time.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.util.numeric import byte_to_length

from readouts_cli.engines.columns import TEXT_TOKENS
from readouts_cli.engines.whoosh.columns_writer import byte_strings_chunks
from readouts_cli.engines.whoosh.inversion import PostingList
from readouts_cli.engines.whoosh.positions import pickled
from readouts_cli.engines.whoosh.postings import Postings
from readouts_cli.engines.whoosh.reader import SegmentReader
from readouts_cli.engines.whoosh.schema import BYTES_COLUMNS, INT_COLUMNS, LONG_COLUMNS, POSTING_FIELDS
from readouts_cli.engines.whoosh.segment_writer import FieldPostings, SegmentWriter
from readouts_cli.engines.whoosh.terms_writer import big_endian
from readouts_cli.query.document import TEXT

_TYPECODES = {**dict.fromkeys((*INT_COLUMNS, TEXT_TOKENS), "i"), **dict.fromkeys(LONG_COLUMNS, "q")}


class _Part:
    """A segment's readouts that stay, numbered from `first` on."""

    def __init__(self, reader: SegmentReader, first: int) -> None:
        self.reader = reader
        self.docs = sorted(reader.docs)
        self._first = first
        self._whole = not reader.info.deleted
        self._new = {} if self._whole else {doc: first + number for number, doc in enumerate(self.docs)}

    def numbers(self, name: str) -> array[int]:
        """A numeric column."""
        column = self.reader.numbers(name, _TYPECODES[name])
        return array(_TYPECODES[name], column if self._whole else [column[doc] for doc in self.docs])

    def byte_strings(self, name: str) -> Iterator[bytes]:
        """A column of byte strings."""
        column = self.reader.byte_strings(name)
        return (column[doc] for doc in self.docs)

    def length_codes(self, field: str) -> bytes:
        """The field's number of tokens in each readout, as Whoosh's one-byte code."""
        codes = self.reader.length_codes(field)
        return codes if self._whole else bytes([codes[doc] for doc in self.docs])

    def tokens(self, field: str) -> int:
        """The field's number of tokens; after deletions it is known from the codes only, so as rounded by them."""
        if field == TEXT:
            return sum(self.numbers(TEXT_TOKENS))
        if self._whole:
            return self.reader.info.field_lengths.get(field, 0)
        return sum(map(byte_to_length, self.length_codes(field)))

    def terms(self, field: str) -> Iterator[tuple[str, _Part, int]]:
        """The field's terms in order, each with this part and the place of its entry in the table of terms."""
        return ((term, self, place) for term, place in self.reader.lexicon.entries(field))

    def postings(self, place: int) -> Postings:
        """The postings at a place, of the readouts that stay, under their new numbers."""
        found = self.reader.postings_at(place)
        if self._whole:
            return Postings([self._first + doc for doc in found.docs], found.weights, found.values)
        kept = [n for n, doc in enumerate(found.docs) if doc in self._new]
        return Postings(
            [self._new[found.docs[n]] for n in kept],
            [found.weights[n] for n in kept],
            [found.values[n] for n in kept],
        )


def merge(storage: FileStorage, readers: Sequence[SegmentReader]) -> W3Segment:
    """Write the readouts of segments, in order, as one segment, forced to the disk.

    Raises LibraryError where one of them cannot be read.
    """
    parts: list[_Part] = []
    count = 0
    for reader in readers:
        parts.append(_Part(reader, count))
        count += len(parts[-1].docs)
    writer = SegmentWriter(storage, count)
    writer.write_postings(_field(parts, name) for name in sorted(POSTING_FIELDS))
    for name in _TYPECODES:
        writer.write_column(name, (big_endian(part.numbers(name)) for part in parts))
    for name in (*BYTES_COLUMNS, "_stored"):
        writer.write_column(name, byte_strings_chunks(value for part in parts for value in part.byte_strings(name)))
    return writer.finish()


def _field(parts: Sequence[_Part], name: str) -> FieldPostings:
    codes = b"".join(part.length_codes(name) for part in parts)
    return FieldPostings(name, sum(part.tokens(name) for part in parts), codes, _posting_lists(parts, name))


def _posting_lists(parts: Sequence[_Part], field: str) -> Iterator[PostingList]:
    """The field's postings over all parts, term by term."""
    by_term = itemgetter(0)
    for term, places in groupby(heapq.merge(*(part.terms(field) for part in parts), key=by_term), key=by_term):
        merged = PostingList(term, [], [], [])
        for _, part, place in places:
            found = part.postings(place)
            merged.docs.extend(found.docs)
            merged.frequencies.extend(map(int, found.weights))
            merged.values.extend(map(pickled, found.values))
        if merged.docs:
            yield merged
