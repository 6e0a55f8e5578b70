"""Records come back as they were stored, with nothing but zlib and the dictionary."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.engines.whoosh.records import DICTIONARY, deflate_record, inflate_record
from readouts_cli.manifest import FORMAT


@pytest.mark.parametrize("one_of_many", [False, True])
@given(st.binary(max_size=3000) | st.text(max_size=3000).map(str.encode), st.integers(1, 40))
def test_records_come_back(one_of_many: bool, record: bytes, times: int) -> None:
    assert inflate_record(deflate_record(record * times), one_of_many=one_of_many) == record * times


def test_the_dictionary_is_that_of_the_format() -> None:
    assert (FORMAT, zlib.adler32(DICTIONARY)) == (3, 2421868828)
