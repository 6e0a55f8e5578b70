"""Conditions of a query joined and negated, with those that contradict one another found out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readouts_cli.errors import QueryError
from readouts_cli.query.period import DateField, Period
from readouts_cli.query.tree import And, Condition, Dated, Everything, In, Not, Undated, Words, conjunction


class Placed(NamedTuple):
    """A condition and the part of the query that states it."""

    condition: Condition
    start: int
    end: int


def joined(placed: Sequence[Placed], query: str) -> Condition:
    """The condition that all hold.

    Periods on the same date become the one that they share, for together they bound one day.  (A meeting of several
    days that touches both has a day in what they share.  One on the 15th of some November has one in each of two
    periods that share no November, but in different years, and so no day in both.)  Exclusions alone exclude from
    everything.  Raises QueryError where no readout can meet all conditions.
    """
    parts = [part for each in placed for part in _flat(each)]
    _refuse_contradictions(parts, query)
    conditions = [part.condition for part in _with_periods_merged(parts, query)]
    if all(isinstance(condition, Not) for condition in conditions):
        conditions.insert(0, Everything())
    return conjunction(conditions)


def negated(condition: Condition) -> Condition:
    """The opposite of a condition, without a double NOT."""
    if isinstance(condition, And) and len(condition.children) == 2 and condition.children[0] == Everything():
        condition = condition.children[1]
    return condition.child if isinstance(condition, Not) else Not(condition)


def _flat(placed: Placed) -> Iterator[Placed]:
    """The conditions inside a bracketed conjunction, each placed where the bracket is."""
    if isinstance(placed.condition, And):
        for child in placed.condition.children:
            if child != Everything():
                yield placed._replace(condition=child)
    else:
        yield placed


def _with_periods_merged(parts: list[Placed], query: str) -> list[Placed]:
    merged: list[Placed] = []
    dated: dict[DateField, tuple[int, Period]] = {}
    for part in parts:
        condition = part.condition
        if not isinstance(condition, Dated):
            merged.append(part)
        elif condition.which not in dated:
            dated[condition.which] = (len(merged), condition.period)
            merged.append(part)
        else:
            place, earlier = dated[condition.which]
            period = _shared(earlier, condition.period)
            if period is None:
                message = f"no day lies in both {earlier} and {condition.period}; for readouts of either write OR"
                raise QueryError(message, query, part.start, part.end)
            dated[condition.which] = (place, period)
            merged[place] = part._replace(condition=Dated(condition.which, period, condition.doubtful))
    return merged


def _shared(one: Period, other: Period) -> Period | None:
    """The days that lie in both periods; None where there are none."""
    first = max((day for day in (one.first, other.first) if day), default=None)
    last = min((day for day in (one.last, other.last) if day), default=None)
    return None if first and last and first > last else Period(first, last)


def _refuse_contradictions(parts: list[Placed], query: str) -> None:
    required: list[Condition] = []
    for part in parts:
        required.append(part.condition)
        if isinstance(part.condition, Words) and not part.condition.any:
            required += [In(part.condition.field, word) for word in part.condition.words]
    dated = {condition.which for condition in required if isinstance(condition, Dated)}
    for part in parts:
        excluded = part.condition
        if isinstance(excluded, Not) and excluded.child in required:
            raise QueryError("this excludes what the query requires, so nothing can match", query, part.start, part.end)
        if isinstance(excluded, Undated) and excluded.which in dated:
            message = f"a readout in a period on {excluded.which.value}: is not undated, so nothing can match"
            raise QueryError(message, query, part.start, part.end)
