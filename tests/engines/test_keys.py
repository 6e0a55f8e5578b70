"""Keys stand for any string and sort like it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.engines.keys import from_key, to_key

characters = st.characters() | st.sampled_from("a\x00é双\ud7ff\ud800\udcff\udfff\ue000\ue001\uffff\U0001f389\U0010ffff")
strings = st.text(characters, max_size=5)


@given(strings)
def test_a_key_stands_for_its_string(text: str) -> None:
    assert from_key(to_key(text)) == text


@given(strings, strings)
def test_keys_sort_like_their_strings(a: str, b: str) -> None:
    assert (to_key(a).encode() < to_key(b).encode()) == (a < b)


def test_a_plain_id_is_its_own_key() -> None:
    assert to_key("003_date 2022-08-25") == "003_date 2022-08-25"
