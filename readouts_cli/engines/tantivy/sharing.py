"""Searches of one commit, hard ones on all cores: tantivy itself answers a query on one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import tantivy

from readouts_cli.engines.processes import usable_cores
from readouts_cli.engines.tantivy.combining import all_of, unscored
from readouts_cli.engines.tantivy.schema import NUMBER

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

#: How many readouts a core must have to look through for a thread to be worth its while.
LEAST_SHARE = 10_000

#: How many threads there are at most.
MOST_SHARES = 8


class Page(NamedTuple):
    """How many readouts a query accepts, and some of them, each with its score or with its value in a column."""

    total: int
    hits: Sequence[tuple[Any, tantivy.DocAddress]]


class Sharing:
    """Asks a searcher; several threads may, since it lets go of Python's lock meanwhile."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    def search(self, query: tantivy.Query, column: str | None, limit: int, offset: int, *, hard: bool) -> Page:
        """A page of the readouts with the highest scores, or of those with the lowest values in a column."""
        if not hard or len(self._shares) < 2:
            return self._ask(column, limit, offset, query)
        parts = [all_of((unscored(share), query)) for share in self._shares]
        pages = list(self._threads.map(partial(self._ask, column, offset + limit, 0), parts))
        hits = [hit for page in pages for hit in page.hits]
        hits.sort(key=itemgetter(0), reverse=column is None)
        return Page(sum(page.total for page in pages), hits[offset:][:limit])

    def _ask(self, column: str | None, limit: int, offset: int, query: tantivy.Query) -> Page:
        found = self._searcher.search(
            query, limit, count=True, order_by_field=column, offset=offset, order=tantivy.Order.Asc
        )
        total: int = found.count  # type: ignore[attr-defined]  # missing from tantivy's stubs
        return Page(total, found.hits)

    @cached_property
    def _shares(self) -> list[tantivy.Query]:
        """Ranges of numbers that part the readouts evenly, one for each core."""
        cores = min(usable_cores(), MOST_SHARES, self._searcher.num_docs // LEAST_SHARE)
        cuts = [self._cut(core / cores) for core in range(1, cores)]
        return [self._range(first, last) for first, last in zip([0, *cuts], [*cuts, None], strict=True)]

    def _cut(self, part: float) -> int:
        """A number that has about this part of the readouts below it."""
        wanted, near = part * self._searcher.num_docs, self._searcher.num_docs // 50
        beginnings = [tantivy.DocAddress(segment, 0) for segment in range(self._searcher.num_segments)]
        firsts = [int(first or 0) for first in self._searcher.fast_field_values(NUMBER, beginnings)]
        low, high = min(firsts), max(firsts) + self._searcher.num_docs
        cut = low + int((high - low) * part)
        while high - low > 1:
            below = self._ask(NUMBER, 1, 0, self._range(0, cut)).total
            if abs(below - wanted) <= near:
                break
            low, high = (cut, high) if below < wanted else (low, cut)
            cut = (low + high) // 2
        return cut

    def _range(self, first: int, behind: int | None) -> tantivy.Query:
        last = None if behind is None else behind - 1
        return tantivy.Query.range_query(self._schema, NUMBER, tantivy.FieldType.Unsigned, first, last)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(len(self._shares))
