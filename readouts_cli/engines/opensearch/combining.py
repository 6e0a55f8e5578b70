"""Queries in the cluster's language, put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Query = dict[str, Any]

EVERYTHING: Query = {"match_all": {}}
NOTHING: Query = {"match_none": {}}

#: A list of terms in one query may not be longer.
_MOST_TERMS = 60_000


def all_of(queries: Iterable[Query]) -> Query:
    """What every query accepts; everything where there are none."""
    parts = list(queries)
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"filter": parts}} if parts else EVERYTHING


def any_of(queries: Iterable[Query]) -> Query:
    """What any query accepts; nothing where there are none."""
    parts = list(queries)
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"should": parts, "minimum_should_match": 1}} if parts else NOTHING


def all_but(left_out: Query) -> Query:
    """What a query does not accept."""
    return {"bool": {"must_not": [left_out]}}


def any_value(field: str, values: Sequence[str]) -> Query:
    """Documents with any of some values in a field."""
    starts = range(0, len(values), _MOST_TERMS)
    return any_of({"terms": {field: list(values[start : start + _MOST_TERMS])}} for start in starts)


def between(column: str, low: int | None, high: int | None) -> Query:
    """Documents with a number in a column that is neither below nor above two bounds."""
    return {"range": {column: {key: bound for key, bound in (("gte", low), ("lte", high)) if bound is not None}}}
