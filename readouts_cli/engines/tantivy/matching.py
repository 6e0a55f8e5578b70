"""From query tree to tantivy queries that accept exactly the same readouts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import tantivy

from readouts_cli.engines.tantivy.combining import all_but, all_of, any_of
from readouts_cli.engines.tantivy.lexicon import Lexicon
from readouts_cli.engines.tantivy.necessary import necessary
from readouts_cli.engines.tantivy.patterns import patterns
from readouts_cli.engines.tantivy.schema import NUMBER, day_column
from readouts_cli.engines.tantivy.snapshot import Snapshot
from readouts_cli.engines.tantivy.verifying import Verifier
from readouts_cli.engines.tantivy.words import Words as WordQueries
from readouts_cli.query.period import Period
from readouts_cli.query.tree import (
    And,
    Condition,
    Dated,
    DateField,
    Everything,
    Expression,
    In,
    Not,
    Or,
    Undated,
    Words,
)


class Matcher:
    """Builds the queries of one commit."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.lexicon = Lexicon(snapshot)
        self.words = WordQueries(snapshot.schema, self.lexicon)
        self._schema = snapshot.schema
        self._verifier = Verifier(snapshot, self.lexicon)

    def accepting(self, condition: Condition, within: tantivy.Query | None = None) -> tantivy.Query:
        """A query for what a condition accepts, as far as `within` does too."""
        query = self.native(condition)
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
                return any_of(self.accepting(child, within) for child in children)
            case Not(child):
                return all_but(self.accepting(child, within))
        raise TypeError(condition)

    def native(self, condition: Condition) -> tantivy.Query | None:
        """The query for a condition; None where tantivy cannot compare positions as it asks."""
        match condition:
            case Everything():
                return tantivy.Query.all_query()
            case In(field, expression):
                return self._expression(field, expression)
            case Words(field, words, any_word):
                return _combined([self._expression(field, word) for word in words], any=any_word)
            case And(children):
                return _combined([self.native(child) for child in children], any=False)
            case Or(children):
                return _combined([self.native(child) for child in children], any=True)
            case Not(child):
                query = self.native(child)
                return None if query is None else all_but(query)
            case Dated(which, period, doubtful):
                return self._dated(which, period, doubtful=doubtful)
            case Undated(which, doubtful):
                return self._undated(which, doubtful=doubtful)
        raise TypeError(condition)

    def on_day(self, column: str, day: int) -> tantivy.Query:
        """Readouts with a day in a column."""
        return self._between(column, day, day)

    def _expression(self, field: str, expression: Expression) -> tantivy.Query | None:
        alternatives = patterns(expression)
        if alternatives is None:
            return None
        return _combined([self.words.matching(field, pattern) for pattern in alternatives], any=True)

    def _all(self, children: Sequence[Condition], within: tantivy.Query | None) -> tantivy.Query:
        """What all children accept; those to be verified are only looked at where the others accept."""
        found = [self.native(child) for child in children]
        ready = [query for query in found if query is not None]
        for child, query in zip(children, found, strict=True):
            if query is None:
                narrowed = ready if within is None else [*ready, within]
                ready.append(self.accepting(child, all_of(narrowed) if narrowed else None))
        return all_of(ready)

    def _verified(self, field: str, expression: Expression, within: tantivy.Query | None) -> tantivy.Query:
        candidates = [] if within is None else [within]
        for group in necessary(expression):
            alternatives = [self.words.matching(field, each) or self.words.holding(field, each) for each in group]
            candidates.append(any_of(alternatives))
        numbers = self._verifier.numbers(field, expression, all_of(candidates))
        return tantivy.Query.term_set_query(self._schema, NUMBER, numbers) if numbers else tantivy.Query.empty_query()

    # Dates

    def _dated(self, which: DateField, period: Period, *, doubtful: bool) -> tantivy.Query:
        found = [self._overlapping(day_column(which, "first"), day_column(which, "last"), period)]
        if doubtful:
            found.append(self._overlapping(day_column(which, "maybe_first"), day_column(which, "maybe_last"), period))
            yearly = day_column(which, "yearly")
            found += [self._between(yearly, first, last) for first, last in _days_of_year(period)]
        return any_of(found)

    def _undated(self, which: DateField, *, doubtful: bool) -> tantivy.Query:
        parts = ("first", "maybe_first", "yearly") if doubtful else ("first",)
        return all_but(any_of(tantivy.Query.exists_query(day_column(which, part)) for part in parts))

    def _overlapping(self, first: str, last: str, period: Period) -> tantivy.Query:
        """Readouts with any day from the one in column `first` to the one in column `last` in a period."""
        ends = []
        if period.last is not None:
            ends.append(self._between(first, None, period.last.toordinal()))
        if period.first is not None:
            ends.append(self._between(last, period.first.toordinal(), None))
        return all_of(ends or [tantivy.Query.exists_query(first)])

    def _between(self, column: str, low: int | None, high: int | None) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, column, tantivy.FieldType.Unsigned, low, high)


def _combined(found: Sequence[tantivy.Query | None], *, any: bool) -> tantivy.Query | None:
    parts = [query for query in found if query is not None]
    if len(parts) < len(found):
        return None
    return any_of(parts) if any else all_of(parts)


def _days_of_year(period: Period) -> list[tuple[int, int]]:
    """The stretches of the leap year 2000, as first and last day, that come round in a period."""
    stretches: list[tuple[int, int]] = []
    for number in range(dt.date(2000, 1, 1).toordinal(), dt.date(2001, 1, 1).toordinal()):
        day = dt.date.fromordinal(number)
        if period.has_yearly(day.month, day.day):
            first = stretches.pop()[0] if stretches and stretches[-1][1] == number - 1 else number
            stretches.append((first, number))
    return stretches
