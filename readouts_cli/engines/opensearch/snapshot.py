"""The library as it was at one moment, although machines go on changing it.

Every document says with which commit of its machine it came, and with which it went; `<name>-origins` holds the last
commit of each machine.  A snapshot is one look at the latter, and from then on sees only documents that had come and
not yet gone.  What has gone is kept for a while (`writer`), so that snapshots stay whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readouts_cli.engines.opensearch.combining import EVERYTHING, Query, all_of, any_of, between
from readouts_cli.engines.opensearch.mapping import FORMAT, ORIGINS
from readouts_cli.engines.opensearch.searching import Searcher
from readouts_cli.engines.opensearch.server import Server, ServerError
from readouts_cli.errors import LibraryError

#: How many hits are asked for at a time: of keys, and of whole records.
PAGE_OF_KEYS = 5_000
PAGE_OF_RECORDS = 200

#: How many queries are counted by one request.
_COUNTED_TOGETHER = 1_000

#: How many machines may index into one library.
_MOST_ORIGINS = 1_000


@dataclass(frozen=True, slots=True)
class Commit:
    """A machine's last commit: its number, and when the last few were made, in seconds."""

    number: int
    times: Mapping[int, float]
    version: tuple[int, int]


#: What a machine has that has never committed.
NO_COMMIT = Commit(0, {}, (-1, 0))


class Snapshot:
    """Opened for reading; see `Searcher` for `strict`.

    Raises ServerError where there is no library or it has another layout.
    """

    def __init__(self, server: Server, *, strict: bool = False) -> None:
        server.check_version()
        check_layout(server)
        self.server = server
        self.commits = commits(server)
        self._searcher = Searcher(server, server.location.name, strict=strict)

    @property
    def incomplete(self) -> str | None:
        """Why answers so far may lack readouts, once one has come from fewer shards than all."""
        return self._searcher.incomplete

    @property
    def visible(self) -> Query:
        """The documents that this snapshot sees."""
        return any_of(
            all_of((_of(origin), between("added", None, commit.number), between("removed", commit.number + 1, None)))
            for origin, commit in self.commits.items()
        )

    def search(self, query: Query, *, scored: Sequence[Query] = (), **body: Any) -> dict[str, Any]:
        """One answer; `scored` queries add to the scores of what `query` accepts."""
        return self._searcher.search(self._seen(query, scored), **body)

    def count(self, query: Query) -> int:
        """How many documents a query accepts."""
        return int(self.search(query, size=0)["hits"]["total"]["value"])

    def walk(
        self, query: Query, sort: list[Query], page: int, *, scored: Sequence[Query] = (), **body: Any
    ) -> Iterator[dict[str, Any]]:
        """All hits in order, each page asked for when it is needed."""
        return self._searcher.walk(self._seen(query, scored), sort, page, **body)

    def records(self, query: Query) -> Iterator[tuple[str, str]]:
        """Key and record of everything that a query accepts, by key."""
        for hit in self.walk(query, [{"key": "asc"}], PAGE_OF_RECORDS, _source=["record"]):
            yield hit["sort"][0], hit["_source"]["record"]

    def buckets(self, query: Query, column: str, start: str = "") -> Iterator[tuple[str, int]]:
        """The values of a column behind `start`, ascending, each with how many documents have it."""
        for bucket in self._composite(query, {"field": column}, {"value": start} if start else None):
            yield bucket["key"]["value"], bucket["doc_count"]

    def sums(self, query: Query, column: str, summed: str) -> Iterator[tuple[int | None, int, int]]:
        """The numbers in a column, None for nothing: how many documents have each, and the sum of another column."""
        aggs = {"summed": {"sum": {"field": summed}}}
        for bucket in self._composite(query, {"field": column, "missing_bucket": True}, None, aggs=aggs):
            yield bucket["key"]["value"], bucket["doc_count"], int(bucket["summed"]["value"])

    def counts(self, queries: Sequence[Query]) -> Iterator[int]:
        """How many documents each of several queries accepts."""
        for start in range(0, len(queries), _COUNTED_TOGETHER):
            aggs = {"by": {"filters": {"filters": list(queries[start : start + _COUNTED_TOGETHER])}}}
            found = self.search(EVERYTHING, size=0, aggs=aggs)["aggregations"]["by"]["buckets"]
            yield from (int(bucket["doc_count"]) for bucket in found)

    def _composite(self, query: Query, terms: Query, after: Query | None, **nested: Any) -> Iterator[dict[str, Any]]:
        """The buckets of a column from behind `after`, page by page."""
        while True:
            composite = {"size": PAGE_OF_KEYS, "sources": [{"value": {"terms": terms}}]} | (
                {"after": after} if after else {}
            )
            aggs = {"by": {"composite": composite, **nested}}
            found = self.search(query, size=0, aggs=aggs)["aggregations"]["by"]["buckets"]
            yield from found
            if len(found) < PAGE_OF_KEYS:
                return
            after = found[-1]["key"]

    def _seen(self, query: Query, scored: Sequence[Query]) -> Query:
        return {"bool": {"filter": [self.visible, query], "should": list(scored)}}


def _of(origin: str) -> Query:
    return {"term": {"origin": origin}}


def check_layout(server: Server) -> None:
    """Raise ServerError where the index is missing, not ours, or has another layout."""
    location = server.location
    (index,) = server.ask("GET", f"/{location.name}/_mapping").values()
    found = index["mappings"].get("_meta", {}).get("readouts", {}).get("format")
    if found is None:
        raise ServerError(f"{location.name} on {location.server} is no library of readouts; name another")
    if found != FORMAT:
        raise ServerError(
            f"the library {location.name} on {location.server} has layout {found}, not {FORMAT}; make another with: "
            "readouts -L URL index PATH…"
        )


def commits(server: Server) -> dict[str, Commit]:
    """The last commit of every machine."""
    location = server.location
    answer = server.ask(
        "POST",
        f"/{location.name}{ORIGINS}/_search",
        {"size": _MOST_ORIGINS, "seq_no_primary_term": True},
        allow_partial_search_results=False,
    )
    shards = answer.get("_shards", {})
    if shards.get("successful") != shards.get("total"):
        raise LibraryError(f"{location.name} on {location.server} cannot say what it holds; try again when it is whole")
    hits = answer["hits"]["hits"]
    if len(hits) == _MOST_ORIGINS:
        raise LibraryError(f"{_MOST_ORIGINS:,} machines or more index into {location.name}; make a second library")
    return {hit["_id"]: _commit(hit) for hit in hits}


def last_commit(server: Server, origin: str) -> Commit:
    """The last commit of a machine that has made one, however new it is."""
    return _commit(server.ask("GET", f"/{server.location.name}{ORIGINS}/_doc/{origin}"))


def _commit(hit: Mapping[str, Any]) -> Commit:
    """The commit that a document of the index of machines holds."""
    source = hit["_source"]
    times = {int(number): float(time) for number, time in source["times"].items()}
    return Commit(source["commit"], times, (hit["_seq_no"], hit["_primary_term"]))
