"""The words of a text, as counts of words take them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from readouts_cli.query.tokens import has_han, is_han, remembered_terms, terms


def words(text: str) -> list[str]:
    """The terms of a text without the tails of its Han runs."""
    found = terms(text)
    if not has_han(text):
        return found
    return [term for position, term in enumerate(found) if not is_tail(found, position)]


class WordCount:
    """Counts the words of texts."""

    def __init__(self) -> None:
        self._stretches: Counter[str] = Counter()
        self._words: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Count the words of a text; what stands between white space is cut into words at last, each stretch once."""
        if has_han(text):
            self._words.update(words(text))
        else:
            self._stretches.update(text.split())

    def counts(self) -> Counter[str]:
        """How often each word occurs."""
        counts = self._words.copy()
        for stretch, times in self._stretches.items():
            for term in remembered_terms(stretch):
                counts[term] += times
        return counts


def is_tail(terms: Sequence[str], position: int) -> bool:
    """Whether a term is the last character of a Han run, which the pair before it holds already."""
    term = terms[position]
    if len(term) > 1 or not position or not is_han(term):
        return False
    before = terms[position - 1]
    return len(before) > 1 and is_han(before) and before.endswith(term)
