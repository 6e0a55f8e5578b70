"""Counting where two words stand near one another, from their positions alone.

Of the matches of `Near` and `Within`, none contains another.  So a match of two words has nothing of either between
them: in the merged order of their positions, it is two neighbours, one of each word.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import sub

from readouts_cli.query.expressions import Expression, Near, Term, Within
from readouts_cli.query.leaves import Leaf, width

#: With positions times this, and one more for the right word, neighbours differ by 0 mod 4 where they are of one word,
#: by 1 from the left word to the right one, by 3 from the right one to the left.
_FACTOR = 4
_EITHER_WAY, _IN_ORDER = 1, 3


def two_words(expression: Expression) -> tuple[Leaf, Leaf, int, bool] | None:
    """The two leaves of an expression, how far apart they may stand, whether in order only; None for others."""
    match expression:
        case Near(Term(left), Term(right), distance, ordered):
            return left, right, distance, ordered
        case Within((left, right), slack) if width(left) == width(right):
            return left, right, expression.length + slack - width(left), False
    return None


def count_neighbours(lefts: Sequence[int], rights: Sequence[int], distance: int, *, ordered: bool) -> int:
    """How many matches two words with these positions have, none of which they share."""
    merged = [_FACTOR * position for position in lefts]
    merged += [_FACTOR * position + 1 for position in rights]
    merged.sort()
    farthest = _FACTOR * distance + 1
    mask = _IN_ORDER if ordered else _EITHER_WAY
    return sum([1 for apart in map(sub, merged[1:], merged) if apart <= farthest and apart & mask == 1])
