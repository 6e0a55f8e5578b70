"""What may help where nothing was found: words of the library that are spelt nearly so, and parts that match alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readouts_cli.cli.explaining import leaves
from readouts_cli.engines.base import MOST_TERMS
from readouts_cli.query.explain import describe
from readouts_cli.query.leaves import Exact, Family, Fuzzy
from readouts_cli.query.tokens import is_han
from readouts_cli.query.tree import And, Condition, In, Not, Words

if TYPE_CHECKING:
    from readouts_cli.library import Library

#: Words of a query that are looked into; more would keep a person waiting.
_MOST_WORDS = 8

#: Nearly spelt words that are named for one.
_NAMED = 3

#: Shorter words have too many neighbours to be worth naming.
_SHORTEST = 3

#: Words up to this length may be one edit away, longer ones two.
_SHORT = 5


def suggestions(library: Library, condition: Condition) -> Iterator[str]:
    """Lines that may help with a query that found nothing."""
    for field, term in list(_words(condition))[:_MOST_WORDS]:
        if not library.engine.expand(field, Family(term), MOST_TERMS):
            near = _near(library, field, term)
            yield f"{term} occurs nowhere" + (f"; near it: {', '.join(near)}" if near else "")
    parts = [(part, library.engine.count(part)) for part in _parts(condition)]
    if len(parts) > 1:
        for part, count in parts:
            if count:
                yield f"alone finds {count:,}: {' '.join(describe(part).split())}"


def _words(condition: Condition) -> Iterator[tuple[str, str]]:
    """The plain words of a query with the fields that they look in, each once."""
    for field, leaf in dict.fromkeys(leaves(condition)):
        if isinstance(leaf, Exact | Family) and not is_han(leaf.term) and len(leaf.term) >= _SHORTEST:
            yield field, leaf.term


def _near(library: Library, field: str, term: str) -> list[str]:
    """Words of the library that are spelt nearly so, the nearest first, then the most frequent, with their counts."""
    for edits in (1,) if len(term) <= _SHORT else (1, 2):
        found = library.engine.expand(field, Fuzzy(term, edits), MOST_TERMS)
        if found:
            best = sorted(found, key=lambda count: (-count.readouts, count.term))
            return [f"{count.term} ({count.readouts:,})" for count in best[:_NAMED]]
    return []


def _parts(condition: Condition) -> Iterator[Condition]:
    """The conditions that must all hold, words side by side one by one; what is excluded is no part to try alone."""
    if isinstance(condition, And):
        for child in condition.children:
            yield from _parts(child)
    elif isinstance(condition, Words) and not condition.any:
        yield from (In(condition.field, word) for word in condition.words)
    elif not isinstance(condition, Not):
        yield condition
