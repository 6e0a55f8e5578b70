"""`--explain`: what a query's words stand for in the library at hand, and what its hits' scores are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readouts_cli.engines.base import MOST_TERMS, Order
from readouts_cli.query import expressions
from readouts_cli.query.explain import describe, describe_leaf
from readouts_cli.query.leaves import Exact, HanCharacter, Leaf
from readouts_cli.query.tree import And, Condition, In, Not, Or, Words

if TYPE_CHECKING:
    from readouts_cli.library import Library, SearchOptions

#: So many of them are named.
_NAMED = 20


def explanation(library: Library, condition: Condition) -> Iterator[str]:
    """Lines: the query in plain words, then each word that stands for others, with these and their counts."""
    yield describe(condition)
    for field, leaf in dict.fromkeys(leaves(condition)):
        if isinstance(leaf, Exact | HanCharacter):
            continue
        found = sorted(library.engine.expand(field, leaf, MOST_TERMS), key=lambda count: (-count.readouts, count.term))
        named = [f"{count.term} {count.readouts:,}" for count in found[:_NAMED]]
        more = [f"{len(found) - _NAMED:,} more"] if len(found) > _NAMED else []
        yield f"{describe_leaf(leaf)}: {', '.join([*named, *more]) or 'no word here'}"


def score_lines(library: Library, condition: Condition, options: SearchOptions) -> Iterator[str]:
    """For each hit its score, and below it what every word and phrase adds."""
    found = library.engine.search(
        condition, Order.RELEVANCE, limit=options.limit, offset=options.offset, ranking=options.ranking
    )
    for hit in found.hits:
        yield f"{hit.id}: score {hit.score:.3f}"
        for part in library.engine.score_parts(condition, hit.id, options.ranking):
            together = " standing together" if part.neighbours else ""
            meaning = " ".join(describe(In(part.field, part.expression)).split())
            yield f"  {part.score:.3f} for {meaning}{together}"


def leaves(condition: Condition) -> Iterator[tuple[str, Leaf]]:
    """Every leaf with the field that it looks in, in the order of the query."""
    if isinstance(condition, In):
        yield from ((condition.field, leaf) for leaf in expressions.leaves(condition.expression))
    elif isinstance(condition, Words):
        yield from ((condition.field, leaf) for word in condition.words for leaf in expressions.leaves(word))
    elif isinstance(condition, Not):
        yield from leaves(condition.child)
    elif isinstance(condition, And | Or):
        for child in condition.children:
            yield from leaves(child)
