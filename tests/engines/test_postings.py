"""Posting lists and the table of terms, decoded as they were written."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from pickle import STOP, dumps
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readouts_cli.engines.whoosh import pickles, postings_writer
from readouts_cli.engines.whoosh.checksums import CheckedFile, SummedFile
from readouts_cli.engines.whoosh.inversion import PostingList
from readouts_cli.engines.whoosh.positions import SINGLE, encode
from readouts_cli.engines.whoosh.positions import decode as decode_positions
from readouts_cli.engines.whoosh.postings import decode
from readouts_cli.engines.whoosh.postings_writer import PostingsWriter
from readouts_cli.engines.whoosh.tables import TermInfo, TermTable
from readouts_cli.errors import LibraryError

#: For each readout that holds the term, ascending: its positions.
Written = dict[int, list[int]]


class Files(NamedTuple):
    """A file of postings, and the table of their terms with the place of each term's entry."""

    postings: CheckedFile
    table: TermTable
    places: list[int]


def opened(path: Path, data: bytes) -> CheckedFile:
    summed = SummedFile(lambda _: None)
    summed.write(data)
    summed.finish()
    path.write_bytes(data)
    return CheckedFile(path, len(data), memoryview(struct.pack(f"!{len(summed.sums)}I", *summed.sums)))


def write(folder: Path, lists: Sequence[Written]) -> Files:
    written, entries, places = bytearray(), bytearray(), []
    writer = PostingsWriter(written.extend)
    for number, each in enumerate(lists):
        values = [SINGLE[found[0]] if len(found) == 1 else encode(found) for found in each.values()]
        info = writer.add(
            PostingList("", list(each), list(map(len, each.values())), values), bytes(max(each, default=0) + 1)
        )
        places.append(len(entries))
        key = b"term" + bytes(number % 9)
        entries += struct.pack("!ii", len(key), len(info)) + key + info
    return Files(
        opened(folder / "postings", bytes(written)), TermTable(opened(folder / "terms", bytes(entries))), places
    )


def read(files: Files, info: TermInfo, wanted: Sequence[int] | None = None) -> Written:
    found = decode(files.postings, info, wanted)
    frequencies = dict(zip(found.docs, found.weights, strict=True))
    positions = {doc: decode_positions(value) for doc, value in zip(found.docs, found.values, strict=True)}
    assert found.values is found.values
    assert list(map(len, positions.values())) == list(frequencies.values())
    return positions


def ascending(steps: st.SearchStrategy[int], most: int, least: int = 1) -> st.SearchStrategy[list[int]]:
    return st.lists(steps, min_size=least, max_size=most).map(lambda found: [step - 1 for step in accumulate(found)])


#: Steps whose numbers take one, two or four bytes; 46, 113 and 116 are the opcodes that end a pickled tuple.
steps = st.sampled_from([1, 1, 2, 46, 113, 116, 200])
far_steps = st.sampled_from([1, 46, 255, 256, 257, 29044, 65535, 65536, 70000])
postings = st.builds(
    lambda docs, positions: {doc: positions[n % len(positions)] for n, doc in enumerate(docs)},
    st.one_of(ascending(steps, 60), ascending(far_steps, 12)),
    st.lists(st.one_of(ascending(steps, 12), ascending(far_steps, 3)), min_size=1, max_size=7),
)


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings_writer, "BLOCK", 16)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(postings, min_size=1, max_size=5), st.data())
def test_postings_come_back_as_written(tmp_path: Path, lists: list[Written], data: st.DataObject) -> None:
    files = write(tmp_path, lists)
    for each, place in zip(lists, files.places, strict=True):
        info = files.table.at(place)
        assert (info.readouts, info.first, info.last) == (len(each), min(each), max(each))
        assert read(files, info) == each
        wanted = data.draw(st.lists(st.sampled_from(sorted(each)), unique=True).map(sorted))
        some = read(files, info, wanted)
        assert set(wanted) <= some.keys()
        assert all(each[doc] == found for doc, found in some.items())


@pytest.mark.parametrize("count", [1, 2, 3, 4, 16, 17, 33, 500])
@pytest.mark.parametrize("positions", [[0], [3, 4], list(range(0, 9000, 90))])
def test_positions_are_left_alone_until_they_are_asked_for(
    tmp_path: Path, count: int, positions: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    each = dict.fromkeys(range(0, 3 * count, 3), positions)
    files = write(tmp_path, [each])
    loaded: list[int] = []
    loads = pickles.loads

    def load(data: bytes) -> Any:
        loaded.append(len(data))
        return loads(data)

    monkeypatch.setattr(pickles, "loads", load)
    found = decode(files.postings, files.table.at(0))
    assert (found.docs, found.weights) == (list(each), [len(positions)] * count)
    if count >= 16 and len(positions) == 100:
        assert sum(loaded) < 20 * count
    assert list(map(decode_positions, found.values)) == [positions] * count


def test_a_list_in_another_shape_is_decoded_whole(tmp_path: Path) -> None:
    """Whoosh itself pickles a block's parts together, with one memo."""
    docs, values = list(range(10)), [pickles.loads(encode([doc, doc + 7]) + STOP) for doc in range(10)]
    data = zlib.compress(dumps(((0, *[1] * 9), (2.0,) * 10, tuple(values)), 2))
    header = dumps((10, 9, 2, 3, 0, 0), 2)
    block = struct.pack("!i", -len(header) - len(data)) + header + data
    file = opened(tmp_path / "postings", b"W3Bl" + block)
    found = decode(file, TermInfo(10, 0, 9, 0, 4 + len(block), None))
    assert (found.docs, found.weights) == (docs, [2.0] * 10)
    assert list(map(decode_positions, found.values)) == [[doc, doc + 7] for doc in docs]


def test_where_no_postings_are_the_index_is_damaged(tmp_path: Path) -> None:
    file = opened(tmp_path / "postings", b"something else")
    with pytest.raises(LibraryError, match="no postings where a term points"):
        decode(file, TermInfo(3, 0, 9, 0, 14, None))


@pytest.mark.parametrize("count", [1, 2, 199, 200, 201, 450])
def test_many_entries_are_read_at_once_and_the_same(tmp_path: Path, count: int) -> None:
    lists = [{n: [n], n + 5: [1, 2]} if n % 3 else {n: list(range(n % 700 + 1))} for n in range(count)]
    files = write(tmp_path, lists)
    singly = list(map(files.table.at, files.places))
    assert files.table.all_at(files.places) == singly
    assert files.table.all_at(files.places[::-1]) == singly[::-1]
    assert [read(files, info) for info in singly] == lists
    assert files.table.all_at([]) == []
