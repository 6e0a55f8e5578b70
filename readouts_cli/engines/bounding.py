"""Patterns between which the meaning of an expression lies: some are enough for it to match, others indispensable.

Where an expression is not an alternative of a few patterns, these leave few readouts whose text has to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from readouts_cli.engines.patterns import Fixed, arrangements, followed
from readouts_cli.query.expressions import Either, Expression, Near, Phrase, Term, Within

#: How many patterns bound an expression.
MOST_BOUNDS = 100


def enough(expression: Expression) -> Sequence[Fixed]:
    """Patterns inside of which the expression has a match wherever they match; perhaps not all of them."""
    match expression:
        case Near(left, right, distance, ordered):
            # Inside of each side's pattern lies a match of it, which may be as short as can be and at the far end.
            longest = distance + _shortest(left) + _shortest(right) - 1
            befores, behinds = enough(left), enough(right)
            found = list(islice(_joined(befores, behinds, longest), MOST_BOUNDS))
            found += () if ordered else islice(_joined(behinds, befores, longest), MOST_BOUNDS)
        case Either(options):
            found = [pattern for option in options for pattern in enough(option)]
        case _:
            found = list(islice(_simple(expression), MOST_BOUNDS))
    return sorted(found, key=_length)[:MOST_BOUNDS]


def indispensable(expression: Expression) -> Sequence[Fixed] | None:
    """Patterns of which one matches wherever the expression does; None where there are too many."""
    found: Iterable[Fixed]
    match expression:
        case Near(left, right, distance, ordered):
            befores, behinds = indispensable(left), indispensable(right)
            if befores is None or behinds is None:
                return None
            sides = [(befores, behinds)] if ordered else [(befores, behinds), (behinds, befores)]
            found = (
                followed(first, second, gap)
                for before, behind in sides
                for first, second in product(before, behind)
                for gap in range(distance)
            )
        case Either(options):
            parts = [indispensable(option) for option in options]
            if None in parts:
                return None
            found = (pattern for part in parts if part is not None for pattern in part)
        case _:
            found = _simple(expression)
    first = list(islice(found, MOST_BOUNDS + 1))
    return first if len(first) <= MOST_BOUNDS else None


def _simple(expression: Expression) -> Iterator[Fixed]:
    """All patterns of an expression that has no others in it, the shortest first."""
    match expression:
        case Term(leaf):
            yield Fixed(((0, leaf),), 1)
        case Phrase(parts, length):
            yield Fixed(parts, length)
        case Within():
            yield from arrangements(expression)


def _joined(befores: Sequence[Fixed], behinds: Sequence[Fixed], longest: int) -> Iterator[Fixed]:
    for gap in range(longest):
        for before, behind in product(befores, behinds):
            if before.length + gap + behind.length <= longest:
                yield followed(before, behind, gap)


def _shortest(expression: Expression) -> int:
    """How many positions a match covers at least."""
    match expression:
        case Term():
            return 1
        case Phrase(_, length):
            return length
        case Within(leaves):
            return len(leaves)
        case Near(left, right):
            return _shortest(left) + _shortest(right)
        case Either(options):
            return min(map(_shortest, options))
    raise TypeError(expression)


def _length(pattern: Fixed) -> int:
    return pattern.length
