"""What an expression cannot match without, as patterns: it narrows down what has to be looked at in the stored text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from readouts_cli.engines.patterns import MOST_PATTERNS, Pair, Pattern, patterns
from readouts_cli.query.expressions import Either, Expression, Near, Phrase, Term, Within
from readouts_cli.query.leaves import Leaf, width

#: Of each group, some pattern has to match; no groups say nothing.
Groups = Sequence[Sequence[Pattern]]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A leaf that may stand at the first or last position of a match, or `away` positions from it."""

    leaf: Leaf
    away: int


def necessary(expression: Expression) -> Groups:
    """Groups of patterns: where the expression matches, so does at least one pattern of each group."""
    alternatives = patterns(expression)
    if alternatives is not None:
        return [alternatives]
    match expression:
        case Within(leaves, slack):
            reach = expression.length + slack - 1
            return [[Pair(left, right, reach, ordered=False)] for left, right in combinations(leaves, 2)]
        case Near(left, right, distance, ordered):
            return [*necessary(left), *necessary(right), *_links(left, right, distance, ordered=ordered)]
        case Either(options):
            return _any_of([necessary(option) for option in options])
    raise TypeError(expression)


def _any_of(options: Sequence[Groups]) -> Groups:
    """One group of all options, each by the group of it that has the fewest patterns."""
    if not all(options):
        return []
    joined = [pattern for groups in options for pattern in min(groups, key=len)]
    return [joined] if len(joined) <= MOST_PATTERNS else []


def _links(left: Expression, right: Expression, distance: int, *, ordered: bool) -> Groups:
    found = [_link(before, behind, distance) for before, behind in product(_edges(left, last=True), _edges(right))]
    if not ordered:
        found += [_link(before, behind, distance) for before, behind in product(_edges(right, last=True), _edges(left))]
    return [found] if len(found) <= MOST_PATTERNS else []


def _link(before: _Edge, behind: _Edge, distance: int) -> Pair:
    return Pair(before.leaf, behind.leaf, before.away + distance + behind.away, ordered=True)


def _edges(expression: Expression, *, last: bool = False) -> Iterator[_Edge]:
    """What may stand at the first position of a match, or at the last."""
    match expression:
        case Term(leaf):
            yield _Edge(leaf, 0)
        case Phrase(parts, length):
            offset, leaf = max(parts, key=_offset) if last else min(parts, key=_offset)
            yield _Edge(leaf, length - 1 - offset if last else offset)
        case Within(leaves):
            yield from (_Edge(leaf, width(leaf) - 1 if last else 0) for leaf in leaves)
        case Near(left, right, _, ordered):
            if not (ordered and last):
                yield from _edges(left, last=last)
            if not ordered or last:
                yield from _edges(right, last=last)
        case Either(options):
            for option in options:
                yield from _edges(option, last=last)


def _offset(part: tuple[int, Leaf]) -> int:
    return part[0]
