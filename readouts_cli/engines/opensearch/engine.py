"""The engine of a library on a cluster, opened for reading."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from readouts_cli.engines.base import (
    Facet,
    FileStamp,
    Found,
    Hit,
    Occurrences,
    Order,
    Ranking,
    ScorePart,
    TermCount,
    Volume,
)
from readouts_cli.engines.columns import (
    FACET_COLUMNS,
    SORT_COLUMNS,
    TEXT_TOKENS,
    facet_value,
    first_day_column,
    known_day,
)
from readouts_cli.engines.keys import from_key, to_key
from readouts_cli.engines.opensearch.combining import EVERYTHING, Query, all_of, any_value
from readouts_cli.engines.opensearch.layout import read_record, read_stamp
from readouts_cli.engines.opensearch.mapping import WINDOW
from readouts_cli.engines.opensearch.matching import Matcher
from readouts_cli.engines.opensearch.place import Place, find, load
from readouts_cli.engines.opensearch.scoring import parts
from readouts_cli.engines.opensearch.server import Server
from readouts_cli.engines.opensearch.snapshot import PAGE_OF_KEYS, PAGE_OF_RECORDS, Snapshot
from readouts_cli.errors import IncompleteError, NotFoundError, QueryError, UsageError
from readouts_cli.query.leaves import Exact, Leaf
from readouts_cli.query.period import DateField
from readouts_cli.query.tree import Condition
from readouts_cli.readout import Readout

_BY_KEY: Query = {"key": "asc"}


class OpenSearchEngine:
    """The library at `url`, or where `folder` says that it is on a cluster (`place`).

    Stamps are of this machine's files only, everything else is of all machines.  A `strict` engine never answers from
    less than the whole library.  Raises LibraryError where the cluster cannot be reached or has no such library.
    """

    name = "opensearch"

    def __init__(self, folder: Path, *, url: str | None = None, strict: bool = False) -> None:
        self.place: Place = load(folder) if url is None else find(folder, url)
        self._snapshot = Snapshot(Server(self.place.location), strict=strict)
        self._matcher = Matcher(self._snapshot)

    @property
    def incomplete(self) -> str | None:
        """Why answers so far may lack readouts, once one has come from fewer shards than all."""
        return self._snapshot.incomplete

    def __len__(self) -> int:
        return self._snapshot.count(EVERYTHING)

    # Searching

    def search(self, query: Condition, order: Order, *, limit: int | None, offset: int, ranking: Ranking) -> Found:
        _refuse(ranking)
        accepted = self._matcher.accepting(query)
        scored = [part.query for part in parts(query, self._matcher)] if order is Order.RELEVANCE else []
        if limit is None or offset + limit > WINDOW:  # further hits are walked to
            return self._walked(accepted, order, scored, limit, offset)
        by_score = [{"_score": "desc"}] if scored else []
        by_day = [{SORT_COLUMNS[order]: "asc"}] if order in SORT_COLUMNS else []
        answer = self._snapshot.search(
            accepted, scored=scored, sort=[*by_score, *by_day, _BY_KEY], size=limit, **{"from": offset}, _source=False
        )
        hits = answer["hits"]
        scores = (hit["sort"][0] if scored else 0.0 for hit in hits["hits"])
        named = [Hit(from_key(hit["sort"][-1]), score) for hit, score in zip(hits["hits"], scores, strict=True)]
        return Found(hits["total"]["value"], named)

    def score_parts(self, query: Condition, id: str, ranking: Ranking) -> list[ScorePart]:
        _refuse(ranking)
        found = []
        for part in parts(query, self._matcher):
            hits = self._snapshot.search(all_of((_named(id), part.query)), scored=[part.query], size=1)["hits"]["hits"]
            if hits:
                found.append(ScorePart(part.field, part.expression, part.neighbours, hits[0]["_score"]))
        return found

    def count(self, query: Condition) -> int:
        return self._snapshot.count(self._matcher.accepting(query))

    def facet(self, query: Condition, facet: Facet) -> dict[str, int]:
        column = FACET_COLUMNS[Facet.MONTH if facet is Facet.YEAR else facet]
        counts: Counter[str] = Counter()
        for value, count in self._snapshot.buckets(self._matcher.accepting(query), column):
            counts[facet_value(facet, value)] += count
        return dict(counts)

    def volumes(self, query: Condition, which: DateField, *, doubtful: bool) -> dict[dt.date | None, Volume]:
        column = first_day_column(which, doubtful=doubtful)
        found = self._snapshot.sums(self._matcher.accepting(query), column, TEXT_TOKENS)
        return {known_day(day): Volume(readouts, tokens) for day, readouts, tokens in found}

    def occurrences(
        self, query: Condition, among: Condition, which: DateField, *, doubtful: bool
    ) -> dict[dt.date | None, Occurrences] | None:
        return None

    def holding(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        wanted = list(terms)
        counts = self._snapshot.counts([self._matcher.words.accepted(field, Exact(term)) for term in wanted])
        return dict(zip(wanted, counts, strict=True))

    def expand(self, field: str, leaf: Leaf, limit: int) -> list[TermCount]:
        terms = self._matcher.lexicon.terms(field, leaf)
        if len(terms) > limit:
            raise QueryError(f"the pattern stands for {len(terms):,} words, more than {limit:,}; make it longer")
        return [TermCount(term, terms[term]) for term in sorted(terms)]

    # Stored readouts

    def readout(self, id: str) -> Readout:
        return next(self.readouts([id]))

    def readouts(self, ids: Iterable[str]) -> Iterator[Readout]:
        remaining = iter(ids)
        while chunk := list(islice(remaining, PAGE_OF_RECORDS)):
            keys = any_value("key", [to_key(id) for id in chunk])
            found = {from_key(key): record for key, record in self._snapshot.records(keys)}
            for id in chunk:
                if id not in found:
                    raise self._missing(id)
                yield read_record(found[id])

    def has(self, id: str) -> bool:
        return self._snapshot.count(_named(id)) > 0

    def ids(self) -> list[str]:
        hits = self._snapshot.walk(EVERYTHING, [_BY_KEY], PAGE_OF_KEYS, _source=False)
        return [from_key(hit["sort"][0]) for hit in hits]

    def stamp(self, id: str) -> FileStamp | None:
        own = all_of((_named(id), self._own))
        return next((stamp for _, stamp in self._stamps(own)), None) if self.place.origin else None

    def stamps(self) -> Iterator[tuple[str, FileStamp]]:
        return self._stamps(self._own) if self.place.origin else iter(())

    def stamps_of_all(self) -> Iterator[tuple[str, FileStamp]]:
        """The id of every readout with the stamp of its file, whichever machine has that."""
        return self._stamps(EVERYTHING)

    def verify(self) -> Iterator[str]:
        readable = sum(1 for _ in self._snapshot.records(EVERYTHING))
        held = len(self)
        if readable != held and not self.incomplete:
            yield f"{held - readable:,} of {held:,} readouts are not stored"

    def close(self) -> None:
        self._snapshot.server.close()

    # Parts

    @property
    def _own(self) -> Query:
        """The readouts of this machine."""
        return {"term": {"origin": self.place.origin}}

    def _walked(self, accepted: Query, order: Order, scored: list[Query], limit: int | None, offset: int) -> Found:
        """All hits, page by page: those of a score in the order of their keys, which no death of a node changes."""
        by_day = [{SORT_COLUMNS[order]: "asc"}] if order in SORT_COLUMNS else []
        walked = self._snapshot.walk(
            accepted, [*by_day, _BY_KEY], PAGE_OF_KEYS, scored=scored, track_scores=bool(scored), _source=False
        )
        found = [(-(hit["_score"] or 0.0), hit["sort"][-1]) for hit in walked]
        if scored:
            found.sort()
        named = [Hit(from_key(key), -score) for score, key in found[offset:][:limit]]
        return Found(len(found), named)

    def _stamps(self, query: Query) -> Iterator[tuple[str, FileStamp]]:
        for hit in self._snapshot.walk(query, [_BY_KEY], PAGE_OF_KEYS, _source=["stamp"]):
            yield from_key(hit["sort"][0]), read_stamp(hit["_source"]["stamp"])

    def _missing(self, id: str) -> IncompleteError | NotFoundError:
        if self.incomplete:
            return IncompleteError(f"{id!r} may be in the part of the library that does not answer; {self.incomplete}")
        return NotFoundError(f"no readout has the id {id!r}; readouts list shows them all")


def _named(id: str) -> Query:
    return {"term": {"key": to_key(id)}}


def _refuse(ranking: Ranking) -> None:
    if ranking != Ranking():
        raise UsageError("a library on a cluster ranks with the k1 and b it was made with; leave out --k1 and --b")
