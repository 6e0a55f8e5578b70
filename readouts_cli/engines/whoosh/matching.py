"""Finding the readouts of one segment that a condition accepts.

Whole posting lists are decoded and combined as sets: in pure Python that is several times faster than stepping through
matchers, and free of their traps.  Positions are compared by the tree's own `find`, fed from postings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple

from readouts_cli.engines.whoosh.postings import Postings, positions
from readouts_cli.engines.whoosh.reader import SegmentReader
from readouts_cli.query.leaves import Exact, Leaf
from readouts_cli.query.period import DaysKind, Period
from readouts_cli.query.tree import (
    And,
    Condition,
    Dated,
    DateField,
    Either,
    Everything,
    Expression,
    In,
    Near,
    Not,
    Or,
    Phrase,
    Term,
    Undated,
    Within,
    Words,
)

Docs = AbstractSet[int]

#: Finds the terms of a field that a leaf accepts, over all segments.
Expand = Callable[[str, Leaf], Sequence[str]]


class _Counted(NamedTuple):
    """How often an expression matches in each readout, looked for in `within` only."""

    within: Docs
    counts: dict[int, int]


class SegmentMatcher:
    """Evaluates conditions over one segment."""

    def __init__(self, segment: SegmentReader, expand: Expand) -> None:
        self.segment = segment
        self._expand = expand
        self._counted: dict[tuple[str, Expression], _Counted] = {}

    def accept(self, condition: Condition, within: Docs) -> Docs:
        """Those of `within` that the condition accepts."""
        match condition:
            case Everything():
                return within
            case In(field, expression):
                return self._holding(field, expression, within)
            case Words(field, words, any_word):
                return self._combined([In(field, word) for word in words], within, any_of=any_word)
            case And(children):
                return self._combined(children, within, any_of=False)
            case Or(children):
                return self._combined(children, within, any_of=True)
            case Not(child):
                return within - self.accept(child, within)
            case Dated(which, period, doubtful):
                return self._dated(which, period, within, doubtful=doubtful)
            case Undated(which, doubtful):
                return self._undated(which, within, doubtful=doubtful)
        raise TypeError(condition)

    def occurrences(self, field: str, expression: Expression, within: Docs) -> dict[int, int]:
        """How often an expression matches in those of `within` in which it does."""
        counted = self._counted.get((field, expression))
        if counted is None or not within <= counted.within:
            counted = _Counted(within, self._count(field, expression, self._candidates(field, expression, within)))
            self._counted[field, expression] = counted
        return counted.counts

    def postings(self, field: str, leaf: Leaf, within: Docs) -> list[tuple[str, Postings]]:
        """The postings of each term that a leaf accepts, at least those in `within`."""
        wanted = sorted(within) if len(within) < self.segment.info.doc_count // 8 else None
        return [(term, self.segment.postings(field, term, wanted)) for term in self._terms(field, leaf)]

    def holding(self, field: str, leaf: Leaf) -> int:
        """In how many readouts the terms that a leaf accepts stand, added up term by term."""
        infos = (self.segment.term(field, term) for term in self._terms(field, leaf))
        return sum(info.readouts for info in infos if info is not None)

    def _terms(self, field: str, leaf: Leaf) -> Sequence[str]:
        return (leaf.term,) if isinstance(leaf, Exact) else self._expand(field, leaf)

    def _combined(self, conditions: Iterable[Condition], within: Docs, *, any_of: bool) -> Docs:
        if any_of:
            return frozenset().union(*(self.accept(condition, within) for condition in conditions))
        for condition in sorted(conditions, key=self._cost):
            if not within:
                break
            within = self.accept(condition, within)
        return within

    def _cost(self, condition: Condition) -> int:
        """Roughly how many postings must be read, so that the rarest part narrows down the others."""
        match condition:
            case In(field, expression):
                return self._expression_cost(field, expression)
            case Words(field, words):
                return min(self._expression_cost(field, word) for word in words)
            case And(children):
                return min(map(self._cost, children), default=0)
            case Or(children):
                return sum(map(self._cost, children))
            case Not(child):
                return self.segment.info.doc_count + self._cost(child)
        return self.segment.info.doc_count // 4  # dates: a look at a column for each readout

    def _expression_cost(self, field: str, expression: Expression) -> int:
        match expression:
            case Term(leaf):
                return self.holding(field, leaf)
            case Phrase(parts):
                return 2 * min(self._expression_cost(field, Term(leaf)) for _, leaf in parts)
            case Within(leaves):
                return 2 * min(self._expression_cost(field, Term(leaf)) for leaf in leaves)
            case Near(left, right):
                return min(self._expression_cost(field, left), self._expression_cost(field, right))
            case Either(options):
                return sum(self._expression_cost(field, option) for option in options)
        raise TypeError(expression)

    def _holding(self, field: str, expression: Expression, within: Docs) -> Docs:
        if isinstance(expression, Term):
            return self._candidates(field, expression, within)
        return self.occurrences(field, expression, within).keys() & within

    def _candidates(self, field: str, expression: Expression, within: Docs) -> Docs:
        """Those of `within` that hold the words an expression cannot match without."""
        match expression:
            case Term(leaf):
                lists = self.postings(field, leaf, within)
                return frozenset().union(*(postings.docs for _, postings in lists)) & within
            case Phrase(parts):
                return self._combined([In(field, Term(leaf)) for _, leaf in parts], within, any_of=False)
            case Within(leaves):
                return self._combined([In(field, Term(leaf)) for leaf in leaves], within, any_of=False)
            case Near(left, right):
                return self._candidates(field, right, self._candidates(field, left, within))
            case Either(options):
                return frozenset().union(*(self._candidates(field, option, within) for option in options))
        raise TypeError(expression)

    def _count(self, field: str, expression: Expression, candidates: Docs) -> dict[int, int]:
        if isinstance(expression, Term):
            return self._count_term(field, expression.leaf, candidates)
        places = _Places(self, field, candidates)
        counts: dict[int, int] = {}
        for doc in candidates:
            places.doc = doc
            if found := expression.find(places.lookup):
                counts[doc] = len(found)
        return counts

    def _count_term(self, field: str, leaf: Leaf, candidates: Docs) -> dict[int, int]:
        counts = dict.fromkeys(candidates, 0)
        for _, postings in self.postings(field, leaf, candidates):
            for doc, weight in zip(postings.docs, postings.weights, strict=True):
                if doc in counts:
                    counts[doc] += int(weight)
        return counts

    def _dated(self, which: DateField, period: Period, within: Docs, *, doubtful: bool) -> Docs:
        firsts, lasts, kinds = self.days(which)
        low = period.first.toordinal() if period.first else 0
        high = period.last.toordinal() if period.last else 10**7
        sure = DaysKind.SURE.value
        found = {doc for doc in within if firsts[doc] <= high and lasts[doc] >= low and kinds[doc] == sure}
        if doubtful:
            found |= {
                doc
                for doc in within
                if kinds[doc] == DaysKind.DOUBTFUL.value and firsts[doc] <= high and lasts[doc] >= low
            }
            found |= {doc for doc in within if kinds[doc] == DaysKind.YEARLY.value and _yearly(firsts[doc], period)}
        return found

    def _undated(self, which: DateField, within: Docs, *, doubtful: bool) -> Docs:
        kinds = self.days(which)[2]
        return {doc for doc in within if not kinds[doc] or not (doubtful or kinds[doc] == DaysKind.SURE.value)}

    @cached_property
    def _either_days(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """The meeting's days, or the published ones where there are none."""
        met, published = self.days(DateField.MET), self.days(DateField.PUB)
        columns = zip(met[2], met[0], met[1], published[2], published[0], published[1], strict=True)
        merged = [(a, b, met_kind) if met_kind else (c, d, pub_kind) for met_kind, a, b, pub_kind, c, d in columns]
        firsts, lasts, kinds = zip(*merged, strict=True) if merged else ((), (), ())
        return firsts, lasts, kinds

    def days(self, which: DateField) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        if which is DateField.DATE:
            return self._either_days
        first, last, kind = (self.segment.numbers(f"{which.value}_{part}") for part in ("first", "last", "kind"))
        return first, last, kind


class _Places:
    """Where leaves stand in one readout after another, read from postings; `lookup` answers for `doc`."""

    def __init__(self, matcher: SegmentMatcher, field: str, candidates: Docs) -> None:
        self.doc = -1
        self._matcher = matcher
        self._field = field
        self._candidates = candidates
        #: For each leaf, by identity (hashing it costs more than the rest): readout → encoded positions, per term.
        self._values: dict[int, list[dict[int, bytes]]] = {}

    def lookup(self, leaf: Leaf) -> Sequence[int]:
        """The positions of a leaf in the readout `doc`, ascending."""
        values = self._values.get(id(leaf))
        if values is None:
            lists = self._matcher.postings(self._field, leaf, self._candidates)
            values = self._values[id(leaf)] = [dict(zip(p.docs, p.values, strict=True)) for _, p in lists]
        doc = self.doc
        found = [positions(each[doc]) for each in values if doc in each]
        return found[0] if len(found) == 1 else sorted(position for each in found for position in each)


def _yearly(ordinal: int, period: Period) -> bool:
    import datetime as dt

    day = dt.date.fromordinal(ordinal)
    return period.has_yearly(day.month, day.day)
