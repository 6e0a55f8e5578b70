"""Which segments a commit makes one, and what is then in it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index
from whoosh.filedb.filestore import FileStorage

from readouts_cli.engines.base import Entry, FileStamp
from readouts_cli.engines.whoosh.engine import WhooshEngine
from readouts_cli.engines.whoosh.merging import merge
from readouts_cli.engines.whoosh.reader import SegmentReader
from readouts_cli.engines.whoosh.schema import build_schema
from readouts_cli.engines.whoosh.segment import SegmentBuilder, commit_toc
from readouts_cli.engines.whoosh.toc import SegmentInfo
from readouts_cli.engines.whoosh.writer import MERGED_TOGETHER, WhooshWriter
from readouts_cli.readout import Fact, Readout
from readouts_cli.span import Span


def made(number: int, text: str) -> Entry:
    title = Fact(text[:7], Span(0, min(7, len(text))), "made")
    readout = Readout(id=f"r{number}", path=f"{number}.txt", text=text, title=title)
    return Entry(readout, FileStamp(readout.path, 1, 1, "digest"))


def commit(folder: Path, entries: Sequence[Entry], cores: int = 1) -> None:
    with WhooshWriter(folder, cores=cores, memory=2**20) as writer:
        for entry in entries:
            writer.add(entry)
        writer.commit()


@pytest.mark.parametrize(("words", "kept"), [(10, 1), (8_000, MERGED_TOGETHER)])
def test_small_segments_are_merged_and_large_ones_stay(tmp_path: Path, words: int, kept: int) -> None:
    WhooshWriter.create(tmp_path)
    text = " ".join(f"word{n}" for n in range(words))
    for number in range(MERGED_TOGETHER):
        commit(tmp_path, [made(number, text)], cores=1 + number % 2)
    engine = WhooshEngine(tmp_path)
    assert (len(engine.segments), len(engine)) == (kept, MERGED_TOGETHER)
    engine.close()


words = st.sampled_from(["dual", "carbon", "the", "the", "the", "碳达峰", "Xi’s", "—", "over and over", "3.5"])
texts = st.lists(words, max_size=30).map(" ".join)
batches = st.lists(st.lists(texts, min_size=1, max_size=5), min_size=1, max_size=4)


@settings(deadline=None, max_examples=60)
@given(batches, st.data())
def test_one_segment_of_several_is_the_one_that_their_readouts_would_have_made(
    made_texts: list[list[str]], data: st.DataObject
) -> None:
    numbered = enumerate(text for batch in made_texts for text in batch)
    entries = [made(number, text) for number, text in numbered]
    gone = data.draw(st.sets(st.sampled_from([entry.readout.id for entry in entries]), max_size=len(entries) - 1))
    kept = [entry for entry in entries if entry.readout.id not in gone]
    with tempfile.TemporaryDirectory() as folder:
        merged, built = Path(folder, "merged"), Path(folder, "built")
        for place in (merged, built):
            place.mkdir()
            WhooshWriter.create(place)
        remaining = iter(entries)
        for batch in made_texts:
            commit(merged, [next(remaining) for _ in batch])
        with WhooshWriter(merged) as writer:
            writer.delete(gone)
            writer.optimize()
        commit(built, kept)
        assert contents(merged) == contents(built)


def contents(folder: Path) -> dict[str, bytes]:
    """The files of an index's only segment, by extension, but for the checksums: they come in the order of writing."""
    (name,) = {path.name.partition(".")[0] for path in folder.glob("MAIN_*.crc")}
    files = (path for path in folder.glob(f"{name}.*") if path.suffix != ".crc")
    return {path.name.removeprefix(name): path.read_bytes() for path in files}


def test_merging_many_blocks(tmp_path: Path) -> None:
    """Common terms have several blocks in each segment, and other blocks in the merged one."""
    storage, schema = FileStorage(str(tmp_path)), build_schema()
    builder = SegmentBuilder(storage, schema)
    infos = []
    for size in (1500, 3, 900):
        for number in range(size):
            builder.add({"text": ["the " * (number % 3 + 1) + f"w{number}"]}, {}, b"{}")
        segment = builder.write()
        infos.append(SegmentInfo(segment.segment_id(), size, frozenset({0, size - 1}), segment._fieldlengths))
    commit_toc(storage, schema, [merge(storage, [SegmentReader(tmp_path, info) for info in infos])], 1)
    wanted = [number % 3 + 1 for size in (1500, 3, 900) for number in range(1, size - 1)]
    with index.open_dir(str(tmp_path)).reader() as reader:
        assert frequencies(reader, "the") == dict(enumerate(wanted))
        assert list(frequencies(reader, "w1")) == [0, 1498, 1499]
        assert ("text", "w1499") not in reader


def frequencies(reader: Any, term: str) -> dict[int, int]:
    matcher, found = reader.postings("text", term), {}
    while matcher.is_active():
        found[matcher.id()] = len(matcher.value_as("positions"))
        matcher.next()
    return found
