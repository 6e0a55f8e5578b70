"""The quick way to a text's terms is the slow way to the same terms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readouts_cli.engines.folding import joined_terms
from readouts_cli.query.tokens import LONGEST, terms

STRETCHES = [
    "o’clock",
    "Jinping’s",
    "x's's",
    "3.5'x's's",
    "'s",
    "'",
    "..",
    "3.5",
    "1.2.3",
    ".5",
    "5.",
    "3.5abc",
    "abc3.5",
    "1.2'3.4",
    "U.S.",
    "end.Next",
    "well‑known",
    "a_b",
    "café",
    "½",
    "x²",
    "双碳",
    "兩個確立",
    "１.5",
    "5．5",
    "\u0301",
    "\u200b",
    "＇",
    "A" * LONGEST,
    "A" * (LONGEST + 1),
    "A" * (LONGEST - 1) + "'s",
    "-".join("ab" * LONGEST),
]
GAPS = ["", " ", "  ", "\n", "\u3000", "\x1f", ", ", ". ", "’ ", "“", "—"]
texts = st.lists(st.sampled_from(STRETCHES) | st.sampled_from(GAPS), max_size=10).map("".join)


@settings(max_examples=300, deadline=None)
@given(texts | st.text(max_size=30))
def test_joined_terms_are_the_terms(text: str) -> None:
    assert joined_terms(text).split() == terms(text)


@pytest.mark.parametrize("stretch", STRETCHES)
def test_between_plain_words(stretch: str) -> None:
    text = f"The {stretch} meeting. {stretch}. Ended’s {stretch}"
    assert joined_terms(text).split() == terms(text)
