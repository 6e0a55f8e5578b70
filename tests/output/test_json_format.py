"""JSON keeps every character, steers no terminal, and is written as it comes."""

from __future__ import annotations

import datetime as dt
import io
import json
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.output.json_format import encoded, encoded_utf8, write_array, write_elements


@given(st.text(alphabet=st.characters(), max_size=100))
def test_every_character_comes_back(text: str) -> None:
    line = encoded({"text": text})
    assert json.loads(line) == {"text": text}
    line.encode("utf-8")
    assert all(unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} for character in line)


@given(st.dictionaries(st.text(alphabet=st.characters()), st.text(alphabet=st.characters()) | st.integers(-9, 9)))
def test_in_utf8_it_is_the_same(value: dict[str, str | int]) -> None:
    assert encoded_utf8(value) == encoded(value).encode()


#: On both sides of the edges of what is escaped.
EDGES = '\x00\t\n\x1f "/\\~\x7f\x80\x9f\xa0é\u2027\u2028\u202e\u202f\u2065\u2066\u2069\u206a\ud7ff\ud800\udfff\ue000🙂'


@pytest.mark.parametrize("character", EDGES, ids=lambda character: f"U+{ord(character):04X}")
def test_every_kind_of_character_in_utf8(character: str) -> None:
    value = {"text": f"a{character}b", "names": [character]}
    assert encoded_utf8(value) == encoded(value).encode()


def test_days_lists_and_nothing_in_utf8() -> None:
    value = {"day": dt.date(2022, 3, 4), "names": ("a", "b\u202e"), "title": None}
    assert encoded_utf8(value) == b'{"day":"2022-03-04","names":["a","b\\u202e"],"title":null}'


def test_arrays_are_valid_json_whatever_their_length() -> None:
    for count in range(3):
        stream = io.StringIO()
        write_array(stream, {"total": count}, "hits", range(count))
        assert json.loads(stream.getvalue()) == {"total": count, "hits": list(range(count))}
        stream = io.StringIO()
        write_elements(stream, range(count))
        assert json.loads(stream.getvalue()) == list(range(count))


def test_values_are_written_before_the_next_is_made() -> None:
    stream = io.StringIO()

    def values() -> Iterator[int]:
        yield 1
        assert stream.getvalue().endswith("1")
        yield 2

    write_array(stream, {"total": 2}, "hits", values())
