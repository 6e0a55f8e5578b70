"""`--explain`: what a query's words stand for in the library at hand, and what its hits' scores are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readouts_cli.engines.base import Order
from readouts_cli.query.explain import describe, describe_leaf
from readouts_cli.query.expressions import Either, Expression, Near, Phrase, Term, Within
from readouts_cli.query.leaves import Exact, HanCharacter, Leaf
from readouts_cli.query.tree import And, Condition, In, Not, Or, Words

if TYPE_CHECKING:
    from readouts_cli.library import Library, SearchOptions

#: A word that stands for more than these is refused by the engine.
_MOST_TERMS = 20_000

#: So many of them are named.
_NAMED = 20


def explanation(library: Library, condition: Condition) -> Iterator[str]:
    """Lines: the query in plain words, then each word that stands for others, with these and their counts."""
    yield describe(condition)
    for field, leaf in dict.fromkeys(leaves(condition)):
        if isinstance(leaf, Exact | HanCharacter):
            continue
        found = sorted(library.engine.expand(field, leaf, _MOST_TERMS), key=lambda count: (-count.readouts, count.term))
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
        yield from ((condition.field, leaf) for leaf in _leaves_of(condition.expression))
    elif isinstance(condition, Words):
        yield from ((condition.field, leaf) for word in condition.words for leaf in _leaves_of(word))
    elif isinstance(condition, Not):
        yield from leaves(condition.child)
    elif isinstance(condition, And | Or):
        for child in condition.children:
            yield from leaves(child)


def _leaves_of(expression: Expression) -> Iterator[Leaf]:
    if isinstance(expression, Term):
        yield expression.leaf
    elif isinstance(expression, Phrase):
        yield from (leaf for _, leaf in expression.parts)
    elif isinstance(expression, Within):
        yield from expression.leaves
    elif isinstance(expression, Near):
        yield from _leaves_of(expression.left)
        yield from _leaves_of(expression.right)
    elif isinstance(expression, Either):
        for option in expression.options:
            yield from _leaves_of(option)
