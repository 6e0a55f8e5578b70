"""From query tree to tantivy queries that accept exactly the same readouts, without scores."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from readouts_cli.engines.tantivy.lexicon import Lexicon
from readouts_cli.engines.tantivy.patterns import Pair, Pattern, patterns
from readouts_cli.engines.tantivy.schema import KEY, day_column
from readouts_cli.engines.tantivy.verifying import Verifier
from readouts_cli.query.leaves import Leaf
from readouts_cli.query.period import Period
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

if TYPE_CHECKING:
    import tantivy

#: How many phrases of single terms stand for one pattern before it is matched through an automaton of its terms.
MOST_PHRASES = 16

#: How long the terms of one pattern may be in all, in characters, to be made an automaton.
_LONGEST_ALTERNATIVES = 20_000

_SPECIAL = re.compile(r"[^\w…']")


class Matcher:
    """Builds the queries of one commit."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        import tantivy

        self.queries = tantivy.Query
        self.lexicon = Lexicon(searcher)
        self.schema = schema
        self._unsigned = tantivy.FieldType.Unsigned
        self._occur = tantivy.Occur
        self._verifier = Verifier(searcher)

    def accepting(self, condition: Condition, within: tantivy.Query | None = None) -> tantivy.Query:
        """A query for what a condition accepts, as far as `within` does too."""
        query = self._native(condition)
        if query is not None:
            return query
        match condition:
            case In(field, expression):
                return self._verified(field, expression, within)
            case Words(field, words, any_word):
                kind = Or if any_word else And
                return self.accepting(kind(tuple(In(field, word) for word in words)), within)
            case And(children):
                return self._all(children, within)
            case Or(children):
                return self.any_of(self.accepting(child, within) for child in children)
            case Not(child):
                return self.without(self.queries.all_query(), self.accepting(child, within))
        raise TypeError(condition)

    def _native(self, condition: Condition) -> tantivy.Query | None:
        """The query for a condition; None where tantivy cannot compare positions as it asks."""
        match condition:
            case Everything():
                return self.queries.all_query()
            case In(field, expression):
                return self.matching(field, expression)
            case Words(field, words, any_word):
                found = [self.matching(field, word) for word in words]
                return self._combined(found, any_of=any_word)
            case And(children):
                return self._combined([self._native(child) for child in children], any_of=False)
            case Or(children):
                return self._combined([self._native(child) for child in children], any_of=True)
            case Not(child):
                query = self._native(child)
                return None if query is None else self.without(self.queries.all_query(), query)
            case Dated(which, period, doubtful):
                return self._dated(which, period, doubtful=doubtful)
            case Undated(which, doubtful):
                return self._undated(which, doubtful=doubtful)
        raise TypeError(condition)

    def matching(self, field: str, expression: Expression) -> tantivy.Query | None:
        """The query for an expression in a field; None where tantivy cannot compare positions as it asks."""
        alternatives = patterns(expression)
        if alternatives is None:
            return None
        return self._combined([self._pattern(field, pattern) for pattern in alternatives], any_of=True)

    # Combining

    def all_of(self, found: Iterable[tantivy.Query]) -> tantivy.Query:
        """What every query accepts; everything where there are none."""
        parts = list(found)
        if len(parts) == 1:
            return parts[0]
        return self.queries.boolean_query([(self._occur.Must, part) for part in parts or [self.queries.all_query()]])

    def any_of(self, found: Iterable[tantivy.Query]) -> tantivy.Query:
        """What any query accepts; nothing where there are none."""
        parts = list(found)
        if len(parts) == 1:
            return parts[0]
        return self.queries.boolean_query([(self._occur.Should, part) for part in parts])

    def without(self, query: tantivy.Query, left_out: tantivy.Query) -> tantivy.Query:
        """What one query accepts and the other does not."""
        return self.queries.boolean_query([(self._occur.Must, query), (self._occur.MustNot, left_out)])

    def _combined(self, found: Sequence[tantivy.Query | None], *, any_of: bool) -> tantivy.Query | None:
        parts = [query for query in found if query is not None]
        if len(parts) < len(found):
            return None
        return self.any_of(parts) if any_of else self.all_of(parts)

    def _all(self, children: Sequence[Condition], within: tantivy.Query | None) -> tantivy.Query:
        """What all children accept; those to be verified are only looked at where the others accept."""
        found = [self._native(child) for child in children]
        ready = [query for query in found if query is not None]
        for child, query in zip(children, found, strict=True):
            if query is None:
                narrowed = ready if within is None else [*ready, within]
                ready.append(self.accepting(child, self.all_of(narrowed) if narrowed else None))
        return self.all_of(ready)

    # Words

    def any_term(self, field: str, terms: Collection[str]) -> tantivy.Query:
        """Readouts with any of some terms."""
        if not terms:
            return self.queries.empty_query()
        if len(terms) == 1:
            return self.queries.term_query(self.schema, field, next(iter(terms)))
        return self.queries.term_set_query(self.schema, field, list(terms))

    def _leaf(self, field: str, leaf: Leaf) -> tantivy.Query:
        return self.any_term(field, self.lexicon.terms(field, leaf))

    def _pattern(self, field: str, pattern: Pattern) -> tantivy.Query | None:
        if isinstance(pattern, Pair):
            return self._pair(field, pattern)
        slots = [(offset, list(self.lexicon.terms(field, leaf))) for offset, leaf in pattern.slots]
        if len(slots) == 1:
            return self.any_term(field, slots[0][1])
        return self._phrase(field, slots, 0)

    def _pair(self, field: str, pair: Pair) -> tantivy.Query | None:
        left, right = (list(self.lexicon.terms(field, leaf)) for leaf in (pair.left, pair.right))
        if pair.distance < 1:
            return self.queries.empty_query()
        if not pair.ordered and set(left).isdisjoint(right):
            return self._phrase(field, [(0, left), (0, right)], pair.distance)
        found = self._behind(field, left, right, pair.distance)
        if not pair.ordered:
            found += self._behind(field, right, left, pair.distance)
        return self._combined(found, any_of=True)

    def _behind(self, field: str, left: list[str], right: list[str], distance: int) -> list[tantivy.Query | None]:
        """Where the right terms stand 1 to `distance` positions behind the left.

        An offset with slop accepts an odd number of distances around it, so the last of an even number stands alone.
        """
        around, slop = (distance + 1) // 2, (distance - 1) // 2
        found = [self._phrase(field, [(0, left), (around, right)], slop)]
        if distance % 2 == 0:
            found.append(self._phrase(field, [(0, left), (distance, right)], 0))
        return found

    def _phrase(self, field: str, slots: list[tuple[int, list[str]]], slop: int) -> tantivy.Query | None:
        """Readouts in which some term of every slot stands at the slot's offset; None where there are too many."""
        counts = [len(terms) for _, terms in slots]
        if not all(counts):
            return self.queries.empty_query()
        if prod(counts) <= MOST_PHRASES:
            return self.any_of(
                self.queries.phrase_query(
                    self.schema, field, [(offset, term) for (offset, _), term in zip(slots, chosen, strict=True)], slop
                )
                for chosen in product(*(terms for _, terms in slots))
            )
        alternatives: list[str | tuple[int, str]] = [(offset, "|".join(map(_escape, terms))) for offset, terms in slots]
        if sum(len(term) for _, terms in slots for term in terms) > _LONGEST_ALTERNATIVES:
            return None
        return self.queries.regex_phrase_query(self.schema, field, alternatives, slop)

    # Verified in the stored text

    def _verified(self, field: str, expression: Expression, within: tantivy.Query | None) -> tantivy.Query:
        candidates = self._holding(field, expression)
        if within is not None:
            candidates = self.all_of((candidates, within))
        return self.any_term(KEY, self._verifier.keys(field, expression, candidates))

    def _holding(self, field: str, expression: Expression) -> tantivy.Query:
        """Readouts with the words that an expression cannot match without."""
        match expression:
            case Term(leaf):
                return self._leaf(field, leaf)
            case Phrase(parts):
                return self.all_of(self._leaf(field, leaf) for _, leaf in parts)
            case Within(leaves):
                return self.all_of(self._leaf(field, leaf) for leaf in leaves)
            case Near(left, right):
                return self.all_of((self._holding(field, left), self._holding(field, right)))
            case Either(options):
                return self.any_of(self._holding(field, option) for option in options)
        raise TypeError(expression)

    # Dates

    def on_day(self, accepted: tantivy.Query, column: str, day: int) -> tantivy.Query:
        """Those of some readouts that have a day in a column."""
        return self.all_of((accepted, self._between(column, day, day)))

    def _dated(self, which: DateField, period: Period, *, doubtful: bool) -> tantivy.Query:
        found = [self._overlapping(day_column(which, "first"), day_column(which, "last"), period)]
        if doubtful:
            found.append(self._overlapping(day_column(which, "maybe_first"), day_column(which, "maybe_last"), period))
            yearly = day_column(which, "yearly")
            found += [self._between(yearly, first, last) for first, last in _days_of_year(period)]
        return self.any_of(found)

    def _undated(self, which: DateField, *, doubtful: bool) -> tantivy.Query:
        parts = ("first", "maybe_first", "yearly") if doubtful else ("first",)
        dated = self.any_of(self.queries.exists_query(day_column(which, part)) for part in parts)
        return self.without(self.queries.all_query(), dated)

    def _overlapping(self, first: str, last: str, period: Period) -> tantivy.Query:
        """Readouts with any day from the one in column `first` to the one in column `last` in a period."""
        ends = []
        if period.last is not None:
            ends.append(self._between(first, None, period.last.toordinal()))
        if period.first is not None:
            ends.append(self._between(last, period.first.toordinal(), None))
        return self.all_of(ends or [self.queries.exists_query(first)])

    def _between(self, column: str, low: int | None, high: int | None) -> tantivy.Query:
        return self.queries.range_query(self.schema, column, self._unsigned, low, high)


def _days_of_year(period: Period) -> list[tuple[int, int]]:
    """The stretches of the leap year 2000, as first and last day, that come round in a period."""
    import datetime as dt

    stretches: list[tuple[int, int]] = []
    for number in range(dt.date(2000, 1, 1).toordinal(), dt.date(2001, 1, 1).toordinal()):
        day = dt.date.fromordinal(number)
        if period.has_yearly(day.month, day.day):
            first = stretches.pop()[0] if stretches and stretches[-1][1] == number - 1 else number
            stretches.append((first, number))
    return stretches


def _escape(term: str) -> str:
    """A term as a regular expression that matches only it."""
    return _SPECIAL.sub(lambda match: f"[{match.group()}]", term)
