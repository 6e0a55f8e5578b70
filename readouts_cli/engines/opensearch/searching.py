"""Searching an index, and noticing when an answer is not of the whole of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from readouts_cli.engines.opensearch.combining import Query
from readouts_cli.engines.opensearch.server import Server, ServerError


class Searcher:
    """Asks one index.

    `incomplete` says why answers so far may lack something, once one has come from fewer shards than all; a `strict`
    searcher raises ServerError instead.
    """

    def __init__(self, server: Server, index: str, *, strict: bool) -> None:
        self.incomplete: str | None = None
        self._server = server
        self._index = index
        self._strict = strict
        self._preference = secrets.token_hex(8)  # the same copies of shards answer, so that scores can be compared

    def search(self, query: Query, **body: Any) -> dict[str, Any]:
        """One answer, with the number of all hits."""
        answer = self._server.ask(
            "POST",
            f"/{self._index}/_search",
            {"query": query, "track_total_hits": True, **body},
            preference=self._preference,
            allow_partial_search_results=not self._strict,
        )
        shards = answer["_shards"]
        missing = shards["total"] - shards["successful"]
        if missing or answer["timed_out"]:
            self._note(
                "it ran out of time" if answer["timed_out"] else f"{missing} of {shards['total']} shards are missing"
            )
        return answer

    def walk(self, query: Query, sort: list[Query], page: int, **body: Any) -> Iterator[dict[str, Any]]:
        """All hits in order, page by page, each page from behind the last hit of the one before."""
        after: dict[str, Any] = {}
        while True:
            hits = self.search(query, sort=sort, size=page, **after, **body)["hits"]["hits"]
            yield from hits
            if len(hits) < page:
                return
            after = {"search_after": hits[-1]["sort"]}

    def _note(self, why: str) -> None:
        where = f"{self._index} on {self._server.location.server}"
        if self._strict:
            raise ServerError(f"{where} is incomplete: {why}; try again when it is whole")
        self.incomplete = f"the answer is incomplete: {why} ({where})"
