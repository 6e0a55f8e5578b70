"""The words of a text, as counts of words take them."""

from __future__ import annotations

from collections.abc import Sequence

from readouts_cli.query.tokens import is_han, terms


def words(text: str) -> list[str]:
    """The terms of a text without the tails of its Han runs."""
    found = terms(text)
    return [term for position, term in enumerate(found) if not is_tail(found, position)]


def is_tail(terms: Sequence[str], position: int) -> bool:
    """Whether a term is the last character of a Han run, which the pair before it holds already."""
    term = terms[position]
    if len(term) > 1 or not position or not is_han(term):
        return False
    before = terms[position - 1]
    return len(before) > 1 and is_han(before) and before.endswith(term)
