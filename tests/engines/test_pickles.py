"""Pickles of an index: what is let in, and that the long ones are read with the same care."""

from __future__ import annotations

import os
import pickle

import pytest

from readouts_cli.engines.whoosh import pickles
from readouts_cli.errors import LibraryError

LENGTHS = [0, 990, 1_000, 1_010, 8_192, 100_000]


@pytest.mark.parametrize("length", LENGTHS)
def test_numbers_and_byte_strings_come_back(length: int) -> None:
    data = (tuple(range(length)), b"value", None, 2.5)
    assert pickles.loads(pickle.dumps(data, 2)) == data
    assert pickles.loads(memoryview(pickle.dumps(data, 2) + b"behind it")) == data


@pytest.mark.parametrize("length", LENGTHS)
def test_nothing_else_is_let_in(length: int) -> None:
    with pytest.raises(LibraryError, match=r"pickled \w+\.getcwd, which no library needs"):
        pickles.loads(pickle.dumps((bytes(length), os.getcwd), 4))


@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_cut_short_is_damage(length: int) -> None:
    with pytest.raises(LibraryError, match="the index is damaged"):
        pickles.loads(pickle.dumps(tuple(range(length)), 2)[:-1])
