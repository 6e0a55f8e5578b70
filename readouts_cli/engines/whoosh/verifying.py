"""Reading all of a segment, to find what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from readouts_cli.engines.whoosh.layout import decode_record
from readouts_cli.engines.whoosh.positions import decode
from readouts_cli.engines.whoosh.reader import SegmentReader
from readouts_cli.engines.whoosh.schema import POSTING_FIELDS
from readouts_cli.errors import LibraryError


def verify_segment(segment: SegmentReader) -> Iterator[str]:
    """A line for each thing that is wrong: bytes that have changed, postings or readouts that do not decode."""
    damaged = False
    for extension in segment.files:
        try:
            segment.files.open(extension).all()
        except LibraryError as error:
            damaged = True
            yield str(error)
    if not damaged:
        yield from _verify_postings(segment)
        yield from _verify_records(segment)


def _verify_postings(segment: SegmentReader) -> Iterator[str]:
    for field in POSTING_FIELDS:
        for term, _ in segment.lexicon.with_prefix(field, ""):
            info = segment.term(field, term)
            if info is None:
                yield f"{segment.info.name}: the term {term!r} of {field} has no postings"
                continue
            try:
                found = segment.postings(field, term)
                counts = [len(decode(value)) for value in found.values]
            except LibraryError as error:
                yield f"{segment.info.name}: the postings of {term!r} in {field} do not decode ({error})"
                continue
            ascending = all(a < b for a, b in zip(found.docs, found.docs[1:], strict=False))
            if len(found.docs) != info.readouts or not ascending or counts != [int(w) for w in found.weights]:
                yield f"{segment.info.name}: the postings of {term!r} in {field} contradict themselves"


def _verify_records(segment: SegmentReader) -> Iterator[str]:
    import msgspec

    for doc in sorted(segment.docs):
        try:
            decode_record(segment.record(doc))
        except (LibraryError, msgspec.MsgspecError) as error:
            yield f"{segment.info.name}: readout {doc} does not decode ({error})"
