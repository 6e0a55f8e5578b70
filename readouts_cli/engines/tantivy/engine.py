"""The tantivy engine, opened for reading at its last commit."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import TypeVar, cast

import tantivy

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
from readouts_cli.engines.compiling import compares_positions
from readouts_cli.engines.keys import from_key, to_key
from readouts_cli.engines.tantivy.combining import all_of, raised_by, unscored
from readouts_cli.engines.tantivy.counting import Counting
from readouts_cli.engines.tantivy.files import damaged_files
from readouts_cli.engines.tantivy.matching import Matcher
from readouts_cli.engines.tantivy.schema import KEY, NUMBER
from readouts_cli.engines.tantivy.scoring import Scorer
from readouts_cli.engines.tantivy.snapshot import REMEMBERED, Place, Snapshot
from readouts_cli.errors import LibraryError, NotFoundError, QueryError, UsageError
from readouts_cli.query.expressions import Term
from readouts_cli.query.fields import document
from readouts_cli.query.leaves import Exact, Leaf
from readouts_cli.query.period import DateField
from readouts_cli.query.tree import Condition, In, conjunction
from readouts_cli.readout import Readout

#: How many more hits are fetched than are wanted, since the last ones may share a score; a search costs more than they.
_SPARE = 32

#: The same for a search that compares positions, after which no second one should be needed.
_SPARE_OF_HARD = 1_000

#: How many readouts are named in the time that the walk to the next id takes, and the longest such walk.
_NAMED_FOR_A_WALK = 6
_LONGEST_WALK = 200

#: How many readouts are looked up and read at a time, where many are wanted.
_READ_TOGETHER = 100

#: To read all ids costs as much as to name a readout in so many.
_READ_FOR_A_NAME = 2


Built = TypeVar("Built")


class TantivyEngine:
    """A tantivy index on disk.  Raises LibraryError where there is none or it cannot be read."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._snapshot = Snapshot(folder)
        self._matcher = Matcher(self._snapshot)
        self._counting = Counting(self._snapshot, self._matcher)
        self._accepting = _remembering(self._matcher.accepting)
        self._scorer = Scorer(self._snapshot, self._matcher)
        self._ranking = _remembering(self._scorer.ranking)

    def __len__(self) -> int:
        return len(self._snapshot)

    # Searching

    def search(self, query: Condition, order: Order, *, limit: int | None, offset: int, ranking: Ranking) -> Found:
        _refuse(ranking)
        hard = compares_positions(query)
        ranked = self._ranking(query) if order is Order.RELEVANCE else None
        if ranked is not None:
            return self._by_relevance(query, ranked, limit, offset, hard=hard)
        accepted = self._accepting(query)
        if order in SORT_COLUMNS:
            return self._by_day(accepted, SORT_COLUMNS[order], limit, offset, hard=hard)
        return self._by_id(accepted, limit, offset, hard=hard)

    def score_parts(self, query: Condition, id: str, ranking: Ranking) -> list[ScorePart]:
        _refuse(ranking)
        this = self._matcher.words.any_term(KEY, [to_key(id)])
        parts = list(self._scorer.parts(query, document(self.readout(id))))
        scored = [self._snapshot.best(raised_by(unscored(this), [part.query]), 1).hits[0][0] for part in parts]
        return [
            ScorePart(part.field, part.expression, part.neighbours, score)
            for part, score in zip(parts, scored, strict=True)
            if score
        ]

    def count(self, query: Condition) -> int:
        return self._snapshot.count(self._accepting(query), hard=compares_positions(query))

    def facet(self, query: Condition, facet: Facet) -> dict[str, int]:
        accepted = self._accepting(query)
        counts: Counter[str] = Counter()
        column = FACET_COLUMNS[Facet.MONTH if facet is Facet.YEAR else facet]
        for term, count in self._snapshot.terms(column, "", accepted):
            counts[facet_value(facet, term)] += count
        return dict(counts)

    def volumes(self, query: Condition, which: DateField, *, doubtful: bool) -> dict[dt.date | None, Volume]:
        column = first_day_column(which, doubtful=doubtful)
        sums = self._snapshot.sums(self._accepting(query), column, TEXT_TOKENS)
        return {known_day(day): Volume(readouts, tokens) for day, readouts, tokens in sums}

    def occurrences(
        self, query: Condition, among: Condition, which: DateField, *, doubtful: bool
    ) -> dict[dt.date | None, Occurrences] | None:
        phrases = self._counting.countable(query)
        if phrases is None:
            return None
        column, among_these = first_day_column(which, doubtful=doubtful), self._accepting(among)
        times: Counter[int] = Counter()
        for phrase in phrases:
            times.update(self._counting.times(phrase, among_these, column))
        sums = self._snapshot.sums(self._accepting(conjunction((query, among))), column, TEXT_TOKENS)
        return {known_day(day): Occurrences(readouts, times[day]) for day, readouts, _ in sums}

    def holding(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        return {term: self.count(In(field, Term(Exact(term)))) for term in terms}

    def expand(self, field: str, leaf: Leaf, limit: int) -> list[TermCount]:
        terms = sorted(self._matcher.lexicon.terms(field, leaf))
        if len(terms) > limit:
            raise QueryError(f"the pattern stands for {len(terms):,} words, more than {limit:,}; make it longer")
        counted = ((term, self.count(In(field, Term(Exact(term))))) for term in terms)
        return [TermCount(term, count) for term, count in counted if count]

    # Stored readouts

    def readout(self, id: str) -> Readout:
        return self._snapshot.readout(self._known_place(id))

    def readouts(self, ids: Iterable[str]) -> Iterator[Readout]:
        remaining = iter(ids)
        while together := list(islice(remaining, _READ_TOGETHER)):
            named = self._matcher.words.any_term(KEY, list(map(to_key, together)))
            found = self._snapshot.first(named, NUMBER, len(together)).hits
            read = {readout.id: readout for readout in (self._snapshot.readout(place) for _, place in found)}
            yield from (read[id] if id in read else self.readout(id) for id in together)

    def has(self, id: str) -> bool:
        return self._place(id) is not None

    def ids(self) -> list[str]:
        return sorted(from_key(key) for key, _ in self._snapshot.terms(KEY, "", tantivy.Query.all_query()))

    def stamp(self, id: str) -> FileStamp:
        (number,) = self._snapshot.numbers([self._known_place(id)])
        return self._snapshot.stamped_as(number).stamp

    def stamps(self) -> Iterator[tuple[str, FileStamp]]:
        return ((stamped.id, stamped.stamp) for stamped in self._snapshot.stamped())

    def verify(self) -> Iterator[str]:
        yield from damaged_files(self._snapshot.folder)
        for id in self.ids():
            try:
                self.readout(id)
            except LibraryError as error:
                yield f"{id}: {error}"

    def close(self) -> None:
        self.__dict__.clear()  # searcher and caches; a second call does no harm

    # Parts

    def _place(self, id: str) -> Place | None:
        hits = self._snapshot.first(self._matcher.words.any_term(KEY, [to_key(id)]), NUMBER, 1).hits
        return hits[0][1] if hits else None

    def _known_place(self, id: str) -> Place:
        place = self._place(id)
        if place is None:
            raise NotFoundError(f"no readout has the id {id!r}; readouts list shows them all")
        return place

    def _by_id(self, accepted: tantivy.Query, limit: int | None, offset: int, *, hard: bool) -> Found:
        if limit is None or limit > _LONGEST_WALK:
            found = self._snapshot.first(accepted, NUMBER, len(self), hard=hard)
            ids = sorted(self._names([place for _, place in found.hits]))
            return Found(len(ids), [Hit(id, 0.0) for id in ids[offset:][:limit]])
        total, keys = self._snapshot.first_keys(accepted, limit, offset, hard=hard)
        return Found(total, [Hit(from_key(key), 0.0) for key in keys])

    def _by_day(self, accepted: tantivy.Query, column: str, limit: int | None, offset: int, *, hard: bool) -> Found:
        """By the day in a column and then by id.

        Tantivy breaks ties by where readouts lie, so those of the last day wanted are asked for by id if they are many.
        """
        fetched = len(self) if limit is None else offset + limit + _SPARE
        total, found = self._snapshot.first(accepted, column, fetched, hard=hard)
        wanted = total if limit is None else min(total, offset + limit)
        if wanted <= offset:
            return Found(total, [])
        last = found[wanted - 1][0]
        complete = len(found) == total or found[-1][0] > last
        sure = [(day, place) for day, place in found if day < last or (day == last and complete)]
        names = self._names([place for _, place in sure])
        hits = [Hit(id, 0.0) for _, id in sorted(zip([day for day, _ in sure], names, strict=True))]
        if len(hits) < wanted:
            on_last = all_of((accepted, self._matcher.between(column, last, last)))
            hits.extend(self._by_id(on_last, wanted - len(hits), 0, hard=hard).hits)
        return Found(total, hits[offset:wanted])

    def _by_relevance(
        self, query: Condition, ranked: tantivy.Query, limit: int | None, offset: int, *, hard: bool
    ) -> Found:
        """By falling score and then by id.

        Tantivy breaks ties by where readouts lie, so all that share the score of the last one wanted are fetched, or
        where those are very many, looked for from the first id on.
        """
        fetched = len(self) if limit is None else offset + limit + (_SPARE_OF_HARD if hard else _SPARE)
        total, hits = self._snapshot.best(ranked, fetched, hard=hard)
        wanted = total if limit is None else min(total, offset + limit)
        if wanted <= offset:
            return Found(total, [])
        last = hits[wanted - 1][0]
        tied: list[str] = []
        if fetched < total and hits[-1][0] == last:
            above = sum(score > last for score, _ in hits)
            tied = self._first_with_score(query, ranked, last, wanted - above, total)
            while not tied and fetched < total and hits[-1][0] == last:
                fetched *= 4
                hits = self._snapshot.best(ranked, fetched, hard=hard).hits
        scores = [-score for score, _ in hits]
        start, end = bisect_left(scores, scores[offset]), (bisect_left if tied else bisect_right)(scores, -last)
        names = self._names([place for _, place in hits[start:end]])
        found = [Hit(id, -negated) for negated, id in sorted(zip(scores[start:end], names, strict=True))]
        found += [Hit(id, last) for id in tied]
        return Found(total, found[offset - start : wanted - start])

    def _first_with_score(
        self, query: Condition, ranked: tantivy.Query, score: float, count: int, total: int
    ) -> list[str]:
        """The first ids among the readouts that share a score; none where naming all of these takes less time.

        The first stretch of the walk from id to id tells how many of the `total` share it.
        """
        ids: list[str] = []
        looked_at, ahead = 0, min(count, _LONGEST_WALK)
        while len(ids) < count:
            keys = self._snapshot.first_keys(ranked, ahead, looked_at, hard=compares_positions(query))[1]
            if not keys:  # sums of many parts may differ in their last digit from one search to another
                return sorted(self._with_score(ranked, score, len(self)))[:count]
            named = unscored(self._matcher.words.any_term(KEY, keys))
            ids += sorted(self._with_score(all_of((named, self._scorer.scored(query, named))), score, len(keys)))
            looked_at, ahead = looked_at + len(keys), 2 * ahead
            if len(ids) < count and len(ids) ** 2 * total < _NAMED_FOR_A_WALK * count * looked_at**2:
                return []
        return ids[:count]

    def _with_score(self, ranked: tantivy.Query, score: float, most: int) -> list[str]:
        return self._names([place for found, place in self._snapshot.best(ranked, most).hits if found == score])

    def _names(self, places: Sequence[Place]) -> list[str]:
        """The ids of the readouts in some places."""
        if len(places) * _READ_FOR_A_NAME < len(self):
            return [self._snapshot.stamped_as(number).id for number in self._snapshot.numbers(places)]
        return [self._ids_by_number[number] for number in self._snapshot.numbers(places)]

    @cached_property
    def _ids_by_number(self) -> dict[int, str]:
        return {stamped.number: stamped.id for stamped in self._snapshot.stamped()}


def _remembering(build: Callable[[Condition], Built]) -> Callable[[Condition], Built]:
    """The same, but not done twice for one of the last conditions."""
    return cast("Callable[[Condition], Built]", lru_cache(REMEMBERED)(build))


def _refuse(ranking: Ranking) -> None:
    if ranking != Ranking():
        raise UsageError("tantivy ranks with its own k1 and b; leave out --k1 and --b, or use the engine whoosh")
