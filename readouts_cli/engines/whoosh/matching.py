"""Finding the readouts of one segment that a condition accepts.

Whole posting lists are decoded and combined as sets: in pure Python that is several times faster than stepping through
matchers, and free of their traps.  Positions are compared by the tree's own `find`, fed from postings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from readouts_cli.engines.whoosh.neighbours import count_neighbours, two_words
from readouts_cli.engines.whoosh.positions import decode, distances
from readouts_cli.engines.whoosh.postings import Postings
from readouts_cli.engines.whoosh.reader import SegmentReader
from readouts_cli.engines.whoosh.tables import TermInfo
from readouts_cli.query.expressions import Either, Expression, Lookup, Near, Phrase, Term, Within
from readouts_cli.query.leaves import Exact, Leaf
from readouts_cli.query.period import DateField, DaysKind, Period
from readouts_cli.query.tree import And, Condition, Dated, Everything, In, Not, Or, Undated, Words

Docs = AbstractSet[int]

#: Raises QueryError where a leaf accepts too many terms of a field, over all segments.
Limit = Callable[[str, Leaf], object]

#: A term that stands in no more readouts than this has all of them named in the table of terms.
_FIRST_AND_LAST = 2


class _Counted(NamedTuple):
    """How often an expression matches in each readout, looked for in `within` only."""

    within: Docs
    counts: dict[int, int]


class SegmentMatcher:
    """Evaluates conditions over one segment."""

    def __init__(self, segment: SegmentReader, limit: Limit) -> None:
        self.segment = segment
        self._limit = limit
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
        wanted = self._wanted(within)
        return [(term, self.segment.postings(field, term, wanted)) for term in self._terms(field, leaf)]

    def holding(self, field: str, leaf: Leaf) -> int:
        """In how many readouts the terms that a leaf accepts stand, added up term by term."""
        return sum(info.readouts for info in self._terms(field, leaf).values())

    def _terms(self, field: str, leaf: Leaf) -> dict[str, TermInfo]:
        if not isinstance(leaf, Exact):
            self._limit(field, leaf)
        return self.segment.terms(field, leaf)

    def _wanted(self, within: Docs) -> Sequence[int] | None:
        """The readouts to decode postings of; None for all, which is quicker unless they are few."""
        return sorted(within) if len(within) < self.segment.info.doc_count // 8 else None

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
                return self._holding_any(field, self._terms(field, leaf), within)
            case Phrase(parts):
                return self._combined([In(field, Term(leaf)) for _, leaf in parts], within, any_of=False)
            case Within(leaves):
                return self._combined([In(field, Term(leaf)) for leaf in leaves], within, any_of=False)
            case Near(left, right):
                return self._candidates(field, right, self._candidates(field, left, within))
            case Either(options):
                return frozenset().union(*(self._candidates(field, option, within) for option in options))
        raise TypeError(expression)

    def _holding_any(self, field: str, terms: dict[str, TermInfo], within: Docs) -> Docs:
        """Those of `within` that hold any of some terms."""
        wanted = self._wanted(within)
        found: set[int] = set()
        # The most frequent first: a pattern of thousands of terms has often found all there is after a few.
        for term, info in sorted(terms.items(), key=lambda entry: -entry[1].readouts):
            few = info.readouts <= _FIRST_AND_LAST
            docs = (info.first, info.last) if few else self.segment.postings(field, term, wanted).docs
            found.update(filter(within.__contains__, docs))
            if len(found) == len(within):
                break
        return found

    def _count(self, field: str, expression: Expression, candidates: Docs) -> dict[int, int]:
        if isinstance(expression, Term):
            return self._count_term(field, expression.leaf, candidates)
        if isinstance(expression, Phrase) and _is_literal(expression):
            return self._count_literal(field, expression, candidates)
        places = Places(self, field, candidates)
        count = self._counter(field, expression, places.lookup)
        counts: dict[int, int] = {}
        for doc in candidates:
            places.doc = doc
            if found := count():
                counts[doc] = found
        return counts

    def _counter(self, field: str, expression: Expression, lookup: Lookup) -> Callable[[], int]:
        """What counts the matches of an expression by where its leaves stand."""
        words = two_words(expression)
        if words:
            left, right, distance, ordered = words
            if self._terms(field, left).keys().isdisjoint(self._terms(field, right)):
                return lambda: count_neighbours(lookup(left), lookup(right), distance, ordered=ordered)
        return lambda: len(expression.find(lookup))

    def _count_term(self, field: str, leaf: Leaf, candidates: Docs) -> dict[int, int]:
        counts = dict.fromkeys(candidates, 0)
        for _, postings in self.postings(field, leaf, candidates):
            for doc, weight in zip(postings.docs, postings.weights, strict=True):
                if doc in counts:
                    counts[doc] += int(weight)
        return counts

    def _count_literal(self, field: str, phrase: Phrase, candidates: Docs) -> dict[int, int]:
        """What `Phrase.find` would count, several times faster: few of its steps are not in C."""
        if not candidates:
            return {}
        values = [
            (offset, dict(zip(postings.docs, postings.values, strict=True)))
            for offset, leaf in phrase.parts
            for _, postings in self.postings(field, leaf, candidates)
        ]
        (_, firsts), *others = values
        counts = {}
        for doc in candidates:
            starts = set(accumulate(distances(firsts[doc])))
            for offset, each in others:
                # The initial value is no position: it lies before all starts.
                starts.intersection_update(accumulate(distances(each[doc]), initial=-offset))
            if starts:
                counts[doc] = len(starts)
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
        known = met[2]
        firsts, lasts, kinds = (
            [a if kind else b for kind, a, b in zip(known, *columns, strict=True)]
            for columns in zip(met, published, strict=True)
        )
        return firsts, lasts, kinds

    def days(self, which: DateField) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        if which is DateField.DATE:
            return self._either_days
        first, last, kind = (self.segment.numbers(f"{which.value}_{part}") for part in ("first", "last", "kind"))
        return first, last, kind


class Places:
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
        found = [decode(each[doc]) for each in values if doc in each]
        return found[0] if len(found) == 1 else sorted(position for each in found for position in each)


def _is_literal(phrase: Phrase) -> bool:
    """Whether a phrase is made of single terms, the first of them at its start."""
    return phrase.parts[0][0] == 0 and all(isinstance(leaf, Exact) for _, leaf in phrase.parts)


def _yearly(ordinal: int, period: Period) -> bool:
    import datetime as dt

    day = dt.date.fromordinal(ordinal)
    return period.has_yearly(day.month, day.day)
