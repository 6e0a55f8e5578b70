"""The readouts of posting lists as we write them, skimmed."""

from __future__ import annotations

import pickle
import struct
import zlib
from itertools import accumulate, chain

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readouts_cli.engines.whoosh.inversion import PostingList
from readouts_cli.engines.whoosh.positions import SINGLE
from readouts_cli.engines.whoosh.postings_writer import BLOCK, PostingsWriter
from readouts_cli.engines.whoosh.skimming import skim

#: Distances between readouts that take one and two bytes, and one that looks like the end of a tuple.
STEPS = [1, 2, 255, 256, 0x7174, 65_535]


def written(docs: list[int], frequencies: list[int]) -> bytes:
    chunks: list[bytes] = []
    values = [SINGLE[doc % 300] for doc in docs]
    PostingsWriter(chunks.append).add(PostingList("carbon", docs, frequencies, values), bytes(docs[-1] + 1))
    return b"".join(chunks)


def skimmed(data: bytes, readouts: int) -> list[int] | None:
    found = skim(data, readouts)
    return None if found is None else list(chain.from_iterable(found))


@settings(deadline=None)
@given(st.lists(st.sampled_from([*STEPS, 1, 1, 1]), min_size=1, max_size=40), st.integers(1, 60), st.booleans())
@example([1], 3, False)
@example([1], 2, True)
@example([0x7174, 0x7174, 256], 1, True)
def test_numbers_come_back(steps: list[int], times: int, once: bool) -> None:
    docs = list(accumulate(steps * times, initial=0))
    frequencies = [1 if once else 1 + doc % 3 for doc in docs]
    assert skimmed(written(docs, frequencies), len(docs)) == docs


def test_readouts_far_apart_are_left_to_decoding() -> None:
    docs = list(range(0, 40 * 2**16, 2**16))
    assert skimmed(written(docs, [1] * 40), 40) in (None, docs)


@pytest.mark.parametrize("more", [-1, 0, 1, 2, 3, 4, BLOCK + 1])
def test_over_several_blocks(more: int) -> None:
    docs = list(range(7, 7 + 3 * (BLOCK + more), 3))
    assert skimmed(written(docs, [1] * len(docs)), len(docs)) == docs


@pytest.mark.parametrize("level", [0, 3])
def test_lists_of_another_shape_are_left_alone(level: int) -> None:
    """As Whoosh itself writes them: one pickle for the whole block."""
    header = pickle.dumps((4, 9, 2, level, 1, 1), 2)
    data = pickle.dumps(((2, 3, 3, 1), (1, 2, 1, 1), (b"", b"", b"", b"")), 2)
    block = header + (zlib.compress(data, level) if level else data)
    assert skim(b"W3Bl" + struct.pack("!i", -len(block)) + block, 4) is None
