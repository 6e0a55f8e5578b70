"""The list of terms against plain filtering."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readouts_cli.engines.whoosh.lexicon import Entry, Lexicon, lexicon_chunks, line
from readouts_cli.errors import LibraryError
from readouts_cli.query import tokens

words = st.text("abé碳双\U00020000", min_size=1, max_size=4)
vocabularies = st.sets(words, max_size=12)


def place(term: str) -> int:
    """Some place that tells the term."""
    return int.from_bytes(hashlib.sha256(term.encode()).digest()[:5], "big")


def entries(terms: Iterable[str]) -> list[Entry]:
    return [Entry(term, place(term)) for term in sorted(terms)]


def lexicon(**terms: set[str]) -> Lexicon:
    lines = {
        field: b"".join(line(entry.term.encode(), entry.place) for entry in entries(found))
        for field, found in terms.items()
    }
    return opened(b"".join(lexicon_chunks(lines)))


def opened(data: bytes) -> Lexicon:
    return Lexicon(lambda start, end: data[start:end], len(data))


@given(vocabularies, vocabularies, st.text("abé碳\U00020000", max_size=3))
def test_terms_with_a_prefix(text: set[str], title: set[str], prefix: str) -> None:
    found = lexicon(text=text, title=title)
    assert found.with_prefix("text", prefix) == entries(term for term in text if term.startswith(prefix))
    assert found.with_prefix("title", prefix) == entries(term for term in title if term.startswith(prefix))
    assert found.with_prefix("place", prefix) == []


@given(vocabularies, vocabularies, st.text("abé碳\U00020000", max_size=2), st.none() | words)
def test_terms_between_two(before: set[str], terms: set[str], first: str, end: str | None) -> None:
    expected = entries(term for term in terms if first <= term and (end is None or term < end))
    assert lexicon(before=before, text=terms).between("text", first, end) == expected


@given(
    vocabularies,
    vocabularies,
    st.sampled_from(["", "a", "碳"]),
    st.sampled_from([".*a", "a.b", ".", "(a|b).*", "a", "a|.b", ".*"]),
)
def test_terms_that_an_expression_matches(before: set[str], terms: set[str], prefix: str, expression: str) -> None:
    expected = entries(term for term in terms if term.startswith(prefix) and re.fullmatch(expression, term))
    assert lexicon(before=before, text=terms).matching("text", prefix, expression) == expected


@given(vocabularies, vocabularies, words)
def test_finding_a_term(text: set[str], title: set[str], other: str) -> None:
    found = lexicon(text=text, title=title)
    for term in {*text, *title, other}:
        assert found.find("text", term) == (place(term) if term in text else None)
        assert found.find("place", term) is None


def test_a_vocabulary_of_the_longest_terms() -> None:
    terms = {tokens.terms("𐌰" * 200 + str(n))[0] for n in range(300)}
    found = lexicon(text=terms)
    assert max(map(len, terms)) > tokens.LONGEST
    assert all(found.find("text", term) == place(term) for term in terms)
    assert found.with_prefix("text", "𐌰") == entries(terms)


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"something else\n", b"readouts-lexicon-1 text=1\n\n", b"readouts-lexicon-2 text\n"]
)
def test_another_format_is_refused(data: bytes) -> None:
    with pytest.raises(LibraryError, match="readouts verify"):
        opened(data)
