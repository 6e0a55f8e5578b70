"""The list of terms against plain filtering."""

from __future__ import annotations

import mmap
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.engines.whoosh.lexicon import Lexicon, lexicon_chunks
from readouts_cli.errors import LibraryError

words = st.text("abé碳双\U00020000", min_size=1, max_size=4)
vocabularies = st.sets(words, max_size=12)


def lexicon(**terms: set[str]) -> Lexicon:
    encoded = {field: [term.encode() for term in sorted(found)] for field, found in terms.items()}
    return Lexicon(b"".join(lexicon_chunks(encoded)))


@given(vocabularies, vocabularies, st.text("abé碳\U00020000", max_size=3))
def test_terms_with_a_prefix(text: set[str], title: set[str], prefix: str) -> None:
    found = lexicon(text=text, title=title)
    assert found.terms_with_prefix("text", prefix) == sorted(term for term in text if term.startswith(prefix))
    assert found.terms_with_prefix("title", prefix) == sorted(term for term in title if term.startswith(prefix))
    assert found.terms_with_prefix("place", prefix) == []


@given(
    vocabularies,
    vocabularies,
    st.sampled_from(["", "a", "碳"]),
    st.sampled_from([".*a", "a.b", ".", "(a|b).*", "a", "a|.b"]),
)
def test_terms_that_an_expression_matches(before: set[str], terms: set[str], prefix: str, expression: str) -> None:
    expected = sorted(term for term in terms if term.startswith(prefix) and re.fullmatch(expression, term))
    assert lexicon(before=before, text=terms).matching("text", prefix, expression) == expected


def test_a_mapped_file_is_searched_in_place(tmp_path: Path) -> None:
    path = tmp_path / "some.lex"
    path.write_bytes(b"".join(lexicon_chunks({"text": [b"carbon", b"dual"]})))
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        assert Lexicon(data).terms_with_prefix("text", "d") == ["dual"]


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"something else\n", b"readouts-lexicon-2 text=1\n\n", b"readouts-lexicon-1 text\n"]
)
def test_another_format_is_refused(data: bytes) -> None:
    with pytest.raises(LibraryError, match="readouts verify"):
        Lexicon(data)
