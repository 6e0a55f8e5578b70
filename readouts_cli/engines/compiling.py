"""From query tree to an engine's own queries, which then accept exactly the same readouts."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from readouts_cli.engines.columns import day_column
from readouts_cli.engines.necessary import necessary
from readouts_cli.engines.patterns import Pattern, patterns
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

Query = TypeVar("Query")


class Compiler(ABC, Generic[Query]):
    """What engines with a query language of their own have in common; the abstract methods are that language."""

    @abstractmethod
    def all_of(self, queries: Iterable[Query]) -> Query:
        """What every query accepts; everything where there are none."""

    @abstractmethod
    def any_of(self, queries: Iterable[Query]) -> Query:
        """What any query accepts; nothing where there are none."""

    @abstractmethod
    def all_but(self, left_out: Query) -> Query:
        """What a query does not accept."""

    @abstractmethod
    def between(self, column: str, low: int | None, high: int | None) -> Query:
        """Readouts with a number in a column that is neither below nor above two bounds."""

    @abstractmethod
    def filled(self, column: str) -> Query:
        """Readouts with any number in a column."""

    @abstractmethod
    def matching(self, field: str, pattern: Pattern) -> Query | None:
        """Readouts in which a pattern matches; None where it stands for too many terms."""

    @abstractmethod
    def holding(self, field: str, pattern: Pattern) -> Query:
        """Readouts with the words of a pattern, wherever they stand."""

    @abstractmethod
    def verified(self, field: str, expression: Expression, candidates: Query) -> Query:
        """Those candidates in whose stored text an expression matches."""

    def accepting(self, condition: Condition, within: Query | None = None) -> Query:
        """What a condition accepts, as far as `within` does too."""
        query = self.native(condition)
        if query is not None:
            return query
        match condition:
            case In(field, expression):
                return self.verified(field, expression, self._candidates(field, expression, within))
            case Words(field, words, any_word):
                kind = Or if any_word else And
                return self.accepting(kind(tuple(In(field, word) for word in words)), within)
            case And(children):
                narrowed = self.narrowed(children, within)
                return self.all_of(self.accepting(child, narrowed) for child in children)
            case Or(children):
                return self.any_of(self.accepting(child, within) for child in children)
            case Not(child):
                return self.all_but(self.accepting(child, within))
        raise TypeError(condition)

    def native(self, condition: Condition) -> Query | None:
        """What a condition accepts; None where the engine cannot compare positions as it asks."""
        match condition:
            case Everything():
                return self.all_of(())
            case In(field, expression):
                return self._expression(field, expression)
            case Words(field, words, any_word):
                return self._combined([self._expression(field, word) for word in words], any=any_word)
            case And(children):
                return self._combined([self.native(child) for child in children], any=False)
            case Or(children):
                return self._combined([self.native(child) for child in children], any=True)
            case Not(child):
                query = self.native(child)
                return None if query is None else self.all_but(query)
            case Dated(which, period, doubtful):
                return self._dated(which, period, doubtful=doubtful)
            case Undated(which, doubtful):
                parts = ("first", "maybe_first", "yearly") if doubtful else ("first",)
                return self.all_but(self.any_of(self.filled(day_column(which, part)) for part in parts))
        raise TypeError(condition)

    def narrowed(self, children: Sequence[Condition], within: Query | None) -> Query | None:
        """Where children have to be looked at that the engine cannot match by itself: where all the others accept."""
        found = [self.native(child) for child in children]
        ready = [query for query in found if query is not None]
        if len(ready) == len(found):
            return within
        if within is not None:
            ready.append(within)
        return self.all_of(ready) if ready else None

    def _expression(self, field: str, expression: Expression) -> Query | None:
        alternatives = patterns(expression)
        if alternatives is None:
            return None
        return self._combined([self.matching(field, pattern) for pattern in alternatives], any=True)

    def _combined(self, found: Sequence[Query | None], *, any: bool) -> Query | None:
        parts = [query for query in found if query is not None]
        if len(parts) < len(found):
            return None
        return self.any_of(parts) if any else self.all_of(parts)

    def _candidates(self, field: str, expression: Expression, within: Query | None) -> Query:
        candidates = [] if within is None else [within]
        for group in necessary(expression):
            alternatives = [self.matching(field, pattern) or self.holding(field, pattern) for pattern in group]
            candidates.append(self.any_of(alternatives))
        return self.all_of(candidates)

    def _dated(self, which: DateField, period: Period, *, doubtful: bool) -> Query:
        found = [self._overlapping(which, "", period)]
        if doubtful:
            found.append(self._overlapping(which, "maybe_", period))
            yearly = day_column(which, "yearly")
            found += [self.between(yearly, first, last) for first, last in _days_of_year(period)]
        return self.any_of(found)

    def _overlapping(self, which: DateField, maybe: str, period: Period) -> Query:
        """Readouts with any of their days in a period."""
        first, last = day_column(which, maybe + "first"), day_column(which, maybe + "last")
        ends = []
        if period.last is not None:
            ends.append(self.between(first, None, period.last.toordinal()))
        if period.first is not None:
            ends.append(self.between(last, period.first.toordinal(), None))
        return self.all_of(ends or [self.filled(first)])


def _days_of_year(period: Period) -> list[tuple[int, int]]:
    """The stretches of the leap year 2000, as first and last day, that come round in a period."""
    stretches: list[tuple[int, int]] = []
    for number in range(dt.date(2000, 1, 1).toordinal(), dt.date(2001, 1, 1).toordinal()):
        day = dt.date.fromordinal(number)
        if period.has_yearly(day.month, day.day):
            first = stretches.pop()[0] if stretches and stretches[-1][1] == number - 1 else number
            stretches.append((first, number))
    return stretches
