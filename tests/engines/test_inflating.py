"""What a segment keeps is inflated alike, whatever does it."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.engines.whoosh.deflating import deflate
from readouts_cli.engines.whoosh.inflating import fast_zlib


@pytest.fixture
def without_isal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As for a processor that there is no ISA-L for."""
    monkeypatch.setitem(sys.modules, "isal", None)
    fast_zlib.cache_clear()
    yield
    fast_zlib.cache_clear()


@given(st.binary(max_size=2_000), st.integers(1, 50))
def test_what_was_deflated_comes_back(data: bytes, times: int) -> None:
    for deflated in (deflate(data * times), zlib.compress(data * times)):
        assert fast_zlib().decompress(deflated) == data * times


def test_it_does_without_isal(without_isal: None) -> None:
    assert fast_zlib() is zlib
