"""Segments of our writing, read by stock Whoosh: the same terms, positions, lengths, columns and stored values."""

from __future__ import annotations

import os
import random
import struct
import tempfile
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index, query, scoring
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, clean_files
from whoosh.util.numeric import byte_to_length, length_to_byte

from readouts_cli.engines.columns import TEXT_TOKENS
from readouts_cli.engines.whoosh import postings_writer
from readouts_cli.engines.whoosh.schema import (
    BYTES_COLUMNS,
    INT_COLUMNS,
    LONG_COLUMNS,
    POSTING_FIELDS,
    build_schema,
)
from readouts_cli.engines.whoosh.segment import SegmentBuilder, commit_toc
from readouts_cli.query.tokens import terms

NAME = "MAIN"
NUMBERS = {**dict.fromkeys(INT_COLUMNS, 0), **dict.fromkeys(LONG_COLUMNS, 0)}


@dataclass(frozen=True)
class Made:
    """A made-up readout as the builder takes it: the values of its fields, its columns, its record."""

    texts: Mapping[str, Sequence[str]]
    columns: Mapping[str, bytes | int] = field(default_factory=dict)
    stored: bytes = b"{}"


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings_writer, "BLOCK", 8)


def write(folder: Path, batches: Iterable[Sequence[Made]], generation: int = 1) -> list[W3Segment]:
    """Write each batch as a segment, and commit them all."""
    storage, schema = FileStorage(str(folder)), build_schema()
    builder = SegmentBuilder(storage, schema)
    segments = []
    for batch in batches:
        for made in batch:
            builder.add(made.texts, made.columns, made.stored)
        segments.append(builder.write())
    commit_toc(storage, schema, segments, generation)
    return segments


def row(made: Made, name: str) -> list[str]:
    """The terms of a field by position; the values stand apart by an empty one."""
    found: list[str] = []
    for value in made.texts.get(name, []):
        found += [*([""] if found else []), *terms(value)]
    return found


def expected_postings(library: Sequence[Made], name: str) -> dict[str, dict[int, list[int]]]:
    found: dict[str, dict[int, list[int]]] = {}
    for doc, made in enumerate(library):
        for position, term in enumerate(row(made, name)):
            if term:
                found.setdefault(term, {}).setdefault(doc, []).append(position)
    return found


def read_postings(reader: Any, name: str, term: str) -> Iterator[tuple[int, float, list[int]]]:
    matcher = reader.postings(name, term)
    while matcher.is_active():
        assert matcher.value_as("frequency") == matcher.weight()
        yield matcher.id(), matcher.weight(), matcher.value_as("positions")
        matcher.next()


def approximate(length: int) -> int:
    """A field's length as Whoosh's one byte keeps it."""
    return int(byte_to_length(length_to_byte(length)))


def check(reader: Any, library: Sequence[Made], deleted: frozenset[int] = frozenset(), *, merged: bool = False) -> None:
    """Stock Whoosh's reader finds in the index what the library holds.

    A merge by stock Whoosh adds up the lengths of fields from their approximations.
    """
    assert reader.doc_count_all() == len(library)
    assert set(reader.indexed_field_names()) == {name for name in POSTING_FIELDS if expected_postings(library, name)}
    for name in POSTING_FIELDS:
        postings = expected_postings(library, name)
        lengths = [sum(map(bool, row(made, name))) for made in library]
        known = list(map(approximate, lengths))
        assert list(reader.field_terms(name)) == sorted(postings)
        for term, docs in postings.items():
            found = list(read_postings(reader, name, term))
            wanted = [(doc, len(p), p) for doc, p in docs.items() if doc not in deleted]
            assert [posting for posting in found if posting[0] not in deleted] == wanted
            check_statistics(reader.term_info(name, term), docs, known)
        assert reader.field_length(name) == (sum(known) if merged else sum(lengths))
        assert [reader.doc_field_length(doc, name) or 0 for doc in range(len(library))] == known
        if name == "text":
            assert list(reader.column_reader(TEXT_TOKENS)) == lengths
    for column, default in {**dict.fromkeys(BYTES_COLUMNS, b""), **NUMBERS}.items():
        values = reader.column_reader(column)
        assert [values[doc] for doc in range(len(library))] == [made.columns.get(column, default) for made in library]
    assert [reader.stored_fields(doc) for doc in range(len(library))] == [{"record": made.stored} for made in library]


def check_statistics(info: Any, docs: Mapping[int, Sequence[int]], lengths: Sequence[int]) -> None:
    """Whoosh scores, and skips what cannot score high enough, by these."""
    frequencies = list(map(len, docs.values()))
    assert (info.doc_frequency(), info.weight(), info.max_weight()) == (len(docs), sum(frequencies), max(frequencies))
    assert (info.min_id(), info.max_id()) == (min(docs), max(docs))
    assert info.min_length() == min(lengths[doc] for doc in docs)
    assert info.max_length() == max(lengths[doc] for doc in docs)


WORDS = [
    "the",
    "dual",
    "carbon",
    "establish",
    "20th",
    "3.5",
    "双碳",
    "碳",
    "\U00020000\U00020001",
    "a" * 200,
    "(the)",
    "—",
    "Xi’s",
]
values = st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), max_size=4)
made = st.builds(
    Made,
    st.dictionaries(st.sampled_from(["text", "text", "title", "person", "id"]), values, max_size=4),
    st.fixed_dictionaries(
        {},
        optional={
            "doc_id": st.binary(max_size=6),
            "doc_presided": st.sampled_from([b"", b"x" * 300]),
            "met_first": st.sampled_from([0, 1, 738000, -1, 2**31 - 1, -(2**31)]),
            "file_mtime": st.sampled_from([0, 1_660_000_000_123_456_789, -(2**63), 2**63 - 1]),
        },
    ),
    st.binary(max_size=20),
)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(made, min_size=1, max_size=12), min_size=1, max_size=2))
def test_stock_whoosh_reads_small_segments(batches: list[list[Made]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), batches)
        with index.open_dir(folder).reader() as reader:
            check(reader, [made for batch in batches for made in batch])


def many(count: int, seed: int = 0) -> list[Made]:
    """Readouts with a few common and many rare words, some of them long."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        length = chance.choice([0, 5, 60, 60, 400, 3000 if number % 90 == 1 else 60])
        text = [f"w{int(chance.paretovariate(0.7)) % 5000}" for _ in range(length)]
        names = [chance.choice(["zhao", "qian", "sun", ""]) for _ in range(chance.randrange(6))]
        values: dict[str, bytes | int] = {
            "doc_id": f"made-{number:05}".encode(),
            "met_first": 738_000 + number % 40,
            "file_size": number,
        }
        found.append(Made({"text": [" ".join(text)], "person": names}, values, b'{"text": "%d"}' % number))
    return found


def test_stock_whoosh_reads_several_segments(tmp_path: Path) -> None:
    library = many(300)
    write(tmp_path, [library[:1], library[1:200], library[200:]])
    with index.open_dir(str(tmp_path)).reader() as reader:
        check(reader, library)


def test_very_long_and_repetitive_readouts(tmp_path: Path) -> None:
    text = ["over", *(["and"] * 300), "once", *(["and", "so", "on"] * 25_000), "over", "late"]
    library = [Made({"text": [" ".join(text)]}), Made({"text": ["over " * 70_000]})]
    write(tmp_path, [library])
    with index.open_dir(str(tmp_path)).reader() as reader:
        for term, wanted in expected_postings(library, "text").items():
            assert {doc: found for doc, _, found in read_postings(reader, "text", term)} == wanted


def docs_of(searcher: Any, asked: query.Query, limit: int | None = None) -> list[tuple[int, float]]:
    return [(hit.docnum, round(hit.score, 6)) for hit in searcher.search(asked, limit=limit)]


def phrase_docs(library: Sequence[Made], words: Sequence[str]) -> set[int]:
    rows = {doc: row(made, "text") for doc, made in enumerate(library)}
    size = len(words)
    return {doc for doc, row in rows.items() if any(row[n : n + size] == list(words) for n in range(len(row)))}


def test_stock_queries_find_terms_and_phrases(tmp_path: Path) -> None:
    library = many(300)
    write(tmp_path, [library[:150], library[150:]])
    postings = expected_postings(library, "text")
    with index.open_dir(str(tmp_path)).searcher() as searcher:
        for term in ("w1", "w2", "w7", min(postings, key=lambda term: len(postings[term]))):
            assert {doc for doc, _ in docs_of(searcher, query.Term("text", term))} == set(postings[term])
        for words in (["w1", "w1"], ["w1", "w2"], ["w2", "w1", "w3"], ["w4", "w4", "w4", "w4"]):
            assert {doc for doc, _ in docs_of(searcher, query.Phrase("text", words))} == phrase_docs(library, words)


@pytest.mark.parametrize("terms", [["w1"], ["w3"], ["w1", "w9"], ["w2", "w30", "w5"]])
def test_block_statistics_do_not_hide_better_hits(tmp_path: Path, terms: list[str]) -> None:
    """Stock Whoosh skips blocks whose highest frequency and shortest field promise nothing."""
    write(tmp_path, [many(300)])
    asked = query.Or([query.Term("text", term) for term in terms])
    with index.open_dir(str(tmp_path)).searcher(weighting=scoring.BM25F()) as searcher:
        everything = sorted((score for _, score in docs_of(searcher, asked)), reverse=True)
        assert [score for _, score in docs_of(searcher, asked, limit=10)] == everything[:10]


def test_stock_deletions_and_merging(tmp_path: Path) -> None:
    library = many(60)
    segments = write(tmp_path, [library[:20], library[20:50], library[50:]])
    ix = index.open_dir(str(tmp_path))
    deleted = frozenset({0, 25, 26, 59})
    with ix.writer() as writer:
        for doc in deleted:
            writer.delete_document(doc)
        writer.merge = False
    with ix.reader() as reader:
        assert reader.doc_count() == len(library) - len(deleted)
        check(reader, library, deleted)
    ix.optimize()
    with ix.reader() as reader:
        check(reader, [made for doc, made in enumerate(library) if doc not in deleted], merged=True)
    left = {path.name.partition(".")[0] for path in tmp_path.iterdir()}
    assert not left & {segment.segment_id() for segment in segments}


def test_an_empty_index(tmp_path: Path) -> None:
    commit_toc(FileStorage(str(tmp_path)), build_schema(), [], 0)
    assert index.open_dir(str(tmp_path)).is_empty()


def test_a_commit_that_fails_leaves_the_last_one_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = many(3)
    first = write(tmp_path, [library])
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="disk"):
        write(tmp_path, [many(2, seed=1)], generation=2)
    with index.open_dir(str(tmp_path)).reader() as reader:
        check(reader, library)
    clean_files(FileStorage(str(tmp_path)), NAME, 1, first)
    assert {path.name.partition(".")[0] for path in tmp_path.iterdir()} == {first[0].segment_id(), "_MAIN_1"}


def fail(*_: object) -> None:
    raise OSError("the disk is gone")


def test_everything_is_on_the_disk_before_a_commit_is_visible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[tuple[str, int, int]] = []
    sync, rename = os.fsync, Path.rename

    def logged_sync(descriptor: int) -> None:
        sync(descriptor)
        status = os.fstat(descriptor)
        events.append(("sync", status.st_ino, status.st_size))

    def logged_rename(self: Path, target: Path) -> Path:
        events.append(("rename", self.stat().st_ino, 0))
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", logged_sync)
    monkeypatch.setattr(Path, "rename", logged_rename)
    write(tmp_path, [many(5), many(3, seed=1)])

    toc = (tmp_path / "_MAIN_1.toc").stat().st_ino
    visible = events.index(("rename", toc, 0))
    synced = {(inode, size) for kind, inode, size in events[:visible] if kind == "sync"}
    files = {(path.stat().st_ino, path.stat().st_size) for path in tmp_path.iterdir()}
    assert files <= synced
    folder = tmp_path.stat().st_ino
    assert events[visible - 1][1] == folder
    assert [(kind, inode) for kind, inode, _ in events[visible + 1 :]] == [("sync", folder)]
    assert len(TOC.read(FileStorage(str(tmp_path)), NAME).segments) == 2


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (Made({"texts": ["a"]}), KeyError),
        (Made({"text": ["a"]}, {"doc_idea": b""}), KeyError),
        (Made({"text": ["a"]}, {"met_first": 2**31}), struct.error),
        (Made({"text": ["a"]}, {"file_mtime": 2**63}), struct.error),
        (Made({"text": ["a"]}, {"doc_id": 7}), TypeError),
    ],
)
def test_a_refused_readout_leaves_the_others_alone(tmp_path: Path, bad: Made, error: type[Exception]) -> None:
    library = many(4)
    storage, schema = FileStorage(str(tmp_path)), build_schema()
    builder = SegmentBuilder(storage, schema)
    for made in library:
        with pytest.raises(error):
            builder.add(bad.texts, bad.columns, bad.stored)
        builder.add(made.texts, made.columns, made.stored)
    assert len(builder) == len(library)
    commit_toc(storage, schema, [builder.write()], 1)
    with index.open_dir(str(tmp_path)).reader() as reader:
        check(reader, library)


@pytest.mark.parametrize("library", [many(200), [Made({"text": ["dual carbon " * 900]})] * 60])
def test_memory_is_estimated_and_given_back(tmp_path: Path, library: Sequence[Made]) -> None:
    builder = SegmentBuilder(FileStorage(str(tmp_path)), build_schema())
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for made in library:
            builder.add(made.texts, made.columns, made.stored)
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert 0.6 < builder.memory / taken < 1.6
    builder.write()
    assert len(builder) == builder.memory == 0


def test_terms_are_counted_as_often_as_they_stand(tmp_path: Path) -> None:
    write(tmp_path, [[Made({"text": ["—", "carbon", "carbon dual", "", "—"]})]])
    with index.open_dir(str(tmp_path)).reader() as reader:
        counts = Counter({term: reader.frequency("text", term) for term in reader.field_terms("text")})
        assert counts == {"carbon": 2, "dual": 1}
        assert reader.doc_field_length(0, "text") == 3
