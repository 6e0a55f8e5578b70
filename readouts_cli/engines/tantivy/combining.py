"""Queries put together; matching and scoring share these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import tantivy

_MUST, _SHOULD, _MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


def all_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """What every query accepts; everything where there are none."""
    parts = list(queries)
    if len(parts) == 1:
        return parts[0]
    return tantivy.Query.boolean_query([(_MUST, part) for part in parts or [tantivy.Query.all_query()]])


def any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """What any query accepts; nothing where there are none."""
    parts = list(queries)
    if len(parts) == 1:
        return parts[0]
    return tantivy.Query.boolean_query([(_SHOULD, part) for part in parts])


def all_but(left_out: tantivy.Query) -> tantivy.Query:
    """What a query does not accept."""
    return without(tantivy.Query.all_query(), left_out)


def without(query: tantivy.Query, *left_out: tantivy.Query) -> tantivy.Query:
    """What one query accepts and no other does.

    Tantivy asks the others, in their order, about readouts that are left, while it goes through alternatives one by one
    to their ends.
    """
    return tantivy.Query.boolean_query([(_MUST, query), *((_MUST_NOT, other) for other in left_out)])


def unscored(query: tantivy.Query) -> tantivy.Query:
    """What a query accepts, with a score of 0."""
    return tantivy.Query.const_score_query(query, 0.0)


def raised_by(query: tantivy.Query, extras: Sequence[tantivy.Query]) -> tantivy.Query:
    """What a query accepts; its score is raised by those of the extras that accept a readout too."""
    if not extras:
        return query
    return tantivy.Query.boolean_query([(_MUST, query), *((_SHOULD, extra) for extra in extras)])
