"""Expressions: what looks at where words stand in one field, and finds the stretches that match.

What they find is the reference meaning; an engine may look by other ways, but for the same stretches.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from readouts_cli.query.leaves import Leaf, width

#: A match within a field: first and last position, both included.
Match = tuple[int, int]

#: Where a leaf stands in the field at hand: its positions, ascending.  An engine answers from postings, the reference
#: from tokens.
Lookup = Callable[[Leaf], Sequence[int]]


class Expression(Protocol):
    """A node that matches stretches of one field."""

    def find(self, lookup: Lookup) -> list[Match]:
        """All matches in order of their start, none of which contains another."""


@dataclass(frozen=True)
class Term:
    """One word."""

    leaf: Leaf

    def find(self, lookup: Lookup) -> list[Match]:
        return [(position, position) for position in lookup(self.leaf)]


@dataclass(frozen=True)
class Phrase:
    """Words in this order with nothing between.

    Each part is a leaf and its offset from the first position; `length` is how many positions the phrase covers.  (A
    Han run of three characters has two pairs and covers three positions.)
    """

    parts: tuple[tuple[int, Leaf], ...]
    length: int

    def find(self, lookup: Lookup) -> list[Match]:
        (first_offset, first), *others = self.parts
        starts = {position - first_offset for position in lookup(first)} if first_offset else set(lookup(first))
        for offset, leaf in others:
            if not starts:
                break
            starts.intersection_update([position - offset for position in lookup(leaf)])
        return [(start, start + self.length - 1) for start in sorted(starts)]


@dataclass(frozen=True)
class Within:
    """Words in any order, each at a position of its own, with at most `slack` positions between them in all.

    A match runs from the first of the words to the end of the last, and covers `length` positions where the words stand
    side by side.  Pairs of Han characters cover two each; `shared` tells how many of those belong to two pairs, as a
    run of three characters has two pairs.
    """

    leaves: tuple[Leaf, ...]
    slack: int
    shared: int = 0

    @property
    def length(self) -> int:
        """How many positions the words cover."""
        return sum(map(width, self.leaves)) - self.shared

    def find(self, lookup: Lookup) -> list[Match]:
        placed = sorted(
            (position + width(leaf) - 1, position, part)
            for part, leaf in enumerate(self.leaves)
            for position in lookup(leaf)
        )
        longest = self.length + self.slack
        windows = (_window(placed[n:], len(self.leaves), longest) for n in range(len(placed)))
        return minimal(window for window in windows if window is not None)


def _window(placed: Sequence[tuple[int, int, int]], parts: int, longest: int) -> Match | None:
    """The shortest match that begins with the first word placed; `placed` gives end, position and part, ascending."""
    first = placed[0][1]
    standing: list[list[int]] = [[] for _ in range(parts)]  # part → positions where it stands
    holder: dict[int, int] = {}  # position → the part that has it
    missing = list(range(parts))
    for end, position, part in placed:
        if end - first >= longest:
            return None
        if position >= first:
            standing[part].append(position)
            missing = [each for each in missing if not _seat(each, standing, holder, set())]
            if not missing:
                return (first, end)
    return None


def _seat(part: int, standing: list[list[int]], holder: dict[int, int], tried: set[int]) -> bool:
    """Give a part a position, moving others along an augmenting path (Kuhn's bipartite matching)."""
    for position in standing[part]:
        if position not in tried:
            tried.add(position)
            if position not in holder or _seat(holder[position], standing, holder, tried):
                holder[position] = part
                return True
    return False


@dataclass(frozen=True)
class Near:
    """Two expressions whose nearest ends are at most `distance` positions apart; adjacent words are 1 apart."""

    left: Expression
    right: Expression
    distance: int
    ordered: bool

    def find(self, lookup: Lookup) -> list[Match]:
        lefts, rights = self.left.find(lookup), self.right.find(lookup)
        pairs = [(lefts, rights)] if self.ordered else [(lefts, rights), (rights, lefts)]
        return minimal(match for first, second in pairs for match in _followed(first, second, self.distance))


def _followed(firsts: Sequence[Match], seconds: Sequence[Match], distance: int) -> Iterator[Match]:
    """Each of the first matches with the nearest of the second behind it, as with any other it would be longer."""
    starts = [start for start, _ in seconds]
    for start, end in firsts:
        nearest = bisect_right(starts, end)
        if nearest < len(starts) and starts[nearest] - end <= distance:
            yield start, seconds[nearest][1]


@dataclass(frozen=True)
class Either:
    """Any of several expressions."""

    options: tuple[Expression, ...]

    def find(self, lookup: Lookup) -> list[Match]:
        return minimal(match for option in self.options for match in option.find(lookup))


def leaves(expression: Expression) -> Iterator[Leaf]:
    """The leaves of an expression."""
    match expression:
        case Term(leaf):
            yield leaf
        case Phrase(parts):
            yield from (leaf for _, leaf in parts)
        case Within(found):
            yield from found
        case Near(left, right):
            yield from leaves(left)
            yield from leaves(right)
        case Either(options):
            for option in options:
                yield from leaves(option)


def together(found: Sequence[list[Match]]) -> list[Match]:
    """Stretches in which a match of each word follows a match of the word before it, with nothing between."""
    chains = {last: first for first, last in found[0]}  # end of a chain → its start
    for matches in found[1:]:
        chains = {last: chains[first - 1] for first, last in matches if first - 1 in chains}
    return sorted((first, last) for last, first in chains.items())


def minimal(matches: Iterable[Match]) -> list[Match]:
    """Matches in order of their start, without doubles and without those that contain another."""
    kept: list[Match] = []
    for first, last in sorted(set(matches), key=lambda match: (match[0], -match[1])):
        while kept and kept[-1][1] >= last:
            kept.pop()
        kept.append((first, last))
    return kept


def apart(matches: Iterable[Match]) -> Iterator[Match]:
    """The leftmost matches that do not overlap, as one counts occurrences."""
    end = -1
    for first, last in matches:
        if first > end:
            yield first, last
            end = last
