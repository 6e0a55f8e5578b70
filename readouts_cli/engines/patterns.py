"""Expressions that an engine's own queries can match, as patterns of positions.

Engines have phrase and span queries, and mostly other meanings than ours for anything nested.  What they all compare
exactly is words at fixed offsets from each other, and two words at most so far apart.  An expression becomes a few
patterns of these two kinds; where that cannot be done, or would take too many, its matches must be found in the stored
text, among the readouts that `necessary` lets through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, permutations, product, starmap

from readouts_cli.query.expressions import Either, Expression, Near, Phrase, Term, Within
from readouts_cli.query.leaves import Exact, Leaf, width

#: How many patterns one expression may become.
MOST_PATTERNS = 40


@dataclass(frozen=True, slots=True)
class Fixed:
    """Leaves at fixed distances: each stands `offset` positions behind the first of the `length` that are covered."""

    slots: tuple[tuple[int, Leaf], ...]
    length: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two leaves at most `distance` positions apart, and never at the same position."""

    left: Leaf
    right: Leaf
    distance: int
    ordered: bool


Pattern = Fixed | Pair


def patterns(expression: Expression) -> Sequence[Pattern] | None:
    """Patterns of which at least one matches where the expression does; None where there are none, or too many."""
    match expression:
        case Term() | Phrase():
            return _fixed(expression)
        case Within():
            return _within(expression)
        case Near(left, right, distance, ordered):
            return _near(_fixed(left), _fixed(right), distance, ordered=ordered)
        case Either(options):
            found = [patterns(option) for option in options]
            joined = [pattern for each in found if each is not None for pattern in each]
            return None if None in found or len(joined) > MOST_PATTERNS else joined
    return None


def _fixed(expression: Expression) -> list[Fixed] | None:
    """Patterns that cover all matches of an expression, each match wholly; None where there are no such patterns.

    A NEAR keeps only the shortest of matches that contain one another, and so does a choice between phrases of which
    one may lie inside another: what lies near their matches is not what lies near any one pattern.
    """
    match expression:
        case Term(leaf):
            return [Fixed(((0, leaf),), 1)]
        case Phrase(parts, length):
            return [Fixed(parts, length)]
        case Either(options):
            found = [_fixed(option) for option in options]
            joined = [pattern for each in found if each is not None for pattern in each]
            return None if None in found or any(starmap(_may_hold, product(joined, joined))) else joined
    return None


def _may_hold(longer: Fixed, shorter: Fixed) -> bool:
    """Whether a match of one pattern may contain a match of another that is shorter."""
    held = dict(longer.slots)
    return any(
        all(_may_agree(held.get(shift + offset), leaf) for offset, leaf in shorter.slots)
        for shift in range(longer.length - shorter.length + 1)
        if longer.length > shorter.length
    )


def _may_agree(left: Leaf | None, right: Leaf) -> bool:
    """Whether two leaves may accept the same term; a leaf that is None may be any."""
    if isinstance(left, Exact):
        return right.matches(left.term)
    return not isinstance(right, Exact) or left is None or left.matches(right.term)


def arrangements(within: Within) -> Iterator[Fixed]:
    """All patterns of words within some distance, the shortest first."""
    leaves = within.leaves
    if len(leaves) == 1:
        yield Fixed(((0, leaves[0]),), width(leaves[0]))
        return
    for length in range(len(leaves), within.length + within.slack + 1):
        for order in permutations(leaves):
            last = length - width(order[-1])
            if last > 0:
                for between in combinations(range(1, last), len(leaves) - 2):
                    yield Fixed(tuple(zip((0, *between, last), order, strict=True)), length)


def _within(within: Within) -> Sequence[Pattern] | None:
    if len(within.leaves) == 2:
        left, right = within.leaves
        longest = within.length + within.slack
        if width(left) == width(right):
            return [Pair(left, right, longest - width(left), ordered=False)]
        return [
            Pair(left, right, longest - width(right), ordered=True),
            Pair(right, left, longest - width(left), ordered=True),
        ]
    found = list(islice(arrangements(within), MOST_PATTERNS + 1))
    return found if len(found) <= MOST_PATTERNS else None


def _near(
    lefts: list[Fixed] | None, rights: list[Fixed] | None, distance: int, *, ordered: bool
) -> Sequence[Pattern] | None:
    if lefts is None or rights is None:
        return None
    found: list[Pattern] = []
    for left, right in product(lefts, rights):
        if len(left.slots) == len(right.slots) == left.length == right.length == 1:
            found.append(Pair(left.slots[0][1], right.slots[0][1], distance, ordered))
        else:
            gaps = range(min(distance, MOST_PATTERNS + 1))
            found.extend(followed(left, right, gap) for gap in gaps)
            found.extend(() if ordered else (followed(right, left, gap) for gap in gaps))
        if len(found) > MOST_PATTERNS:
            return None
    return found


def followed(left: Fixed, right: Fixed, gap: int) -> Fixed:
    """One pattern behind another, with so many positions between them."""
    shift = left.length + gap
    moved = tuple((offset + shift, leaf) for offset, leaf in right.slots)
    return Fixed(left.slots + moved, shift + right.length)
