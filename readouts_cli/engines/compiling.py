"""From query tree to an engine's own queries, which then accept exactly the same readouts."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from readouts_cli.engines.columns import day_column
from readouts_cli.engines.necessary import necessary
from readouts_cli.engines.patterns import Pattern, patterns
from readouts_cli.query.expressions import Expression, Term
from readouts_cli.query.period import DateField, Period
from readouts_cli.query.tree import And, Condition, Dated, Everything, In, Not, Or, Undated, Words

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

    def accepting(self, condition: Condition, within: Query | None = None, light: Query | None = None) -> Query:
        """What a condition accepts, as far as `within` does too; what lies outside `light` does not matter."""
        query = self.native(condition, light)
        if query is not None:
            return query
        match condition:
            case In(field, expression):
                return self.verified(field, expression, self._candidates(field, expression, within, light))
            case Words(field, words, any_word):
                kind = Or if any_word else And
                return self.accepting(kind(tuple(In(field, word) for word in words)), within, light)
            case And(children):
                light = self.light(children, light)
                narrowed = self.narrowed(children, within, light)
                return self.all_of(self.accepting(child, narrowed, light) for child in children)
            case Or(children):
                return self.any_of(self.accepting(child, within, light) for child in children)
            case Not(child):
                return self.all_but(self.accepting(child, within, light))
        raise TypeError(condition)

    def native(self, condition: Condition, light: Query | None = None) -> Query | None:
        """What a condition accepts; None where the engine cannot compare positions as it asks.

        What lies outside `light` does not matter.
        """
        match condition:
            case Everything():
                return self.all_of(())
            case In(field, expression):
                return self._expression(field, expression, light)
            case Words(field, words, any_word):
                return self._combined([self._expression(field, word, light) for word in words], any=any_word)
            case And(children):
                light = self.light(children, light)
                return self._combined([self.native(child, light) for child in children], any=False)
            case Or(children):
                return self._combined([self.native(child, light) for child in children], any=True)
            case Not(child):
                query = self.native(child, light)
                return None if query is None else self.all_but(query)
            case Dated(which, period, doubtful):
                return self._dated(which, period, doubtful=doubtful)
            case Undated(which, doubtful):
                parts = ("first", "maybe_first", "yearly") if doubtful else ("first",)
                return self.all_but(self.any_of(self.filled(day_column(which, part)) for part in parts))
        raise TypeError(condition)

    def light(self, children: Sequence[Condition], light: Query | None) -> Query | None:
        """What the quickly matched of some children all accept, as far as `light` does too; None says nothing."""
        return light

    def any_pattern(self, queries: Sequence[Query], light: Query | None) -> Query:
        """What any of these queries accepts, which compare positions; what lies outside `light` does not matter."""
        return self.any_of(queries)

    def narrowed(self, children: Sequence[Condition], within: Query | None, light: Query | None) -> Query | None:
        """Where children have to be looked at that the engine cannot match by itself: where all the others accept."""
        found = [self.native(child, light) for child in children]
        ready = [query for query in found if query is not None]
        if len(ready) == len(found):
            return within
        if within is not None:
            ready.append(within)
        return self.all_of(ready) if ready else None

    def _expression(self, field: str, expression: Expression, light: Query | None) -> Query | None:
        alternatives = patterns(expression)
        if alternatives is None:
            return None
        found = [self.matching(field, pattern) for pattern in alternatives]
        ready = [query for query in found if query is not None]
        return self.any_pattern(ready, light) if len(ready) == len(found) else None

    def _combined(self, found: Sequence[Query | None], *, any: bool) -> Query | None:
        parts = [query for query in found if query is not None]
        if len(parts) < len(found):
            return None
        return self.any_of(parts) if any else self.all_of(parts)

    def _candidates(self, field: str, expression: Expression, within: Query | None, light: Query | None) -> Query:
        candidates = [] if within is None else [within]
        for group in necessary(expression):
            alternatives = [self.matching(field, pattern) or self.holding(field, pattern) for pattern in group]
            candidates.append(self.any_pattern(alternatives, light))
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


def compares_positions(condition: Condition) -> bool:
    """Whether an engine must look at where words stand to tell what a condition accepts."""
    match condition:
        case In(_, expression):
            return not isinstance(expression, Term)
        case Words(_, words):
            return not all(isinstance(word, Term) for word in words)
        case And(children) | Or(children):
            return any(map(compares_positions, children))
        case Not(child):
            return compares_positions(child)
    return False


def _days_of_year(period: Period) -> list[tuple[int, int]]:
    """The stretches of the leap year 2000, as first and last day, that come round in a period."""
    stretches: list[tuple[int, int]] = []
    for number in range(dt.date(2000, 1, 1).toordinal(), dt.date(2001, 1, 1).toordinal()):
        day = dt.date.fromordinal(number)
        if period.has_yearly(day.month, day.day):
            first = stretches.pop()[0] if stretches and stretches[-1][1] == number - 1 else number
            stretches.append((first, number))
    return stretches
