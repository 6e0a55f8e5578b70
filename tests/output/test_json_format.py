"""JSON keeps every character, steers no terminal, and is written as it comes."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.output.json_format import encoded, write_array, write_elements


@given(st.text(alphabet=st.characters(), max_size=100))
def test_every_character_comes_back(text: str) -> None:
    line = encoded({"text": text})
    assert json.loads(line) == {"text": text}
    line.encode("utf-8")
    assert all(unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"} for character in line)


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
