"""Position values against Whoosh's own decoder."""

from __future__ import annotations

import pickle
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.formats import Positions

from readouts_cli.engines.whoosh import pickles
from readouts_cli.engines.whoosh.positions import SINGLE, decode, encode

STOCK = Positions()


def value_of(positions: list[int]) -> bytes:
    """The value as it stands in a posting, out of its pickle."""
    encoded = SINGLE[positions[0]] if len(positions) == 1 else encode(positions)
    value = pickle.loads(encoded + pickle.STOP)
    assert isinstance(value, bytes)
    return value


ascending = st.builds(
    lambda first, steps: list(accumulate(steps, initial=first)),
    st.sampled_from([0, 1, 45, 46, 255, 256, 65535, 65536]),
    st.lists(st.sampled_from([1, 2, 46, 255, 256, 65535, 65536, 10**6]), max_size=6),
)


@given(ascending)
def test_whoosh_reads_what_was_encoded(positions: list[int]) -> None:
    value = value_of(positions)
    assert STOCK.decode_positions(value) == positions
    assert STOCK.decode_frequency(value) == len(positions)
    assert decode(value) == positions


@pytest.mark.parametrize(
    ("positions", "unpickled"),
    [
        ([0], False),
        ([46], False),  # the byte of a pickle's end
        ([255], False),
        ([256], False),
        ([65535], False),
        ([65536], True),
        ([0, 46], False),
        ([255, 510], False),
        ([255, 511], False),
        ([256, 257], False),
        ([65535, 65536], False),
        ([65536, 65537], True),
        ([3, 4, 50], False),
        ([700, 701, 746], False),
        ([1, 2, 70000], True),
        (list(range(80)), False),
        (list(range(81)), False),
        (list(range(248)), False),
        (list(range(249)), False),
        (list(range(256)), True),
        (list(range(1000)), True),
        (list(range(256, 336)), False),
        (list(range(256, 337)), True),
        (list(range(0, 300 * 256, 256)), True),
    ],
)
def test_only_far_and_frequent_terms_need_unpickling(
    positions: list[int], unpickled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = value_of(positions)
    assert STOCK.decode_positions(value) == decode(value) == positions
    monkeypatch.setattr(pickles, "loads", None)
    if unpickled:
        with pytest.raises(TypeError):
            decode(value)
    else:
        assert decode(value) == positions


@given(ascending)
def test_values_that_whoosh_wrote(positions: list[int]) -> None:
    assert decode(STOCK.encode(positions)) == positions
