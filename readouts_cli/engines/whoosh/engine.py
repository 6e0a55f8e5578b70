"""The Whoosh engine, opened for reading at its last commit."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from readouts_cli.engines.base import (
    MOST_TERMS,
    Facet,
    FileStamp,
    Found,
    Hit,
    Occurrences,
    Order,
    Ranking,
    ScorePart,
    TermCount,
    TermCounts,
    Volume,
)
from readouts_cli.engines.whoosh.matching import Docs, SegmentMatcher
from readouts_cli.engines.whoosh.reader import SegmentReader
from readouts_cli.engines.whoosh.scoring import RERANKED, Scorer, units
from readouts_cli.engines.whoosh.tables import from_bytes
from readouts_cli.engines.whoosh.toc import read_toc
from readouts_cli.errors import NotFoundError, QueryError
from readouts_cli.query.expressions import Term
from readouts_cli.query.leaves import Exact, Leaf
from readouts_cli.query.period import DateField, DaysKind
from readouts_cli.query.tree import Condition, In, conjunction

if TYPE_CHECKING:
    from readouts_cli.readout import Readout

#: A readout: the number of its segment and its number there.
Place = tuple[int, int]


class WhooshEngine:
    """A Whoosh index on disk.  Raises LibraryError where there is none or it cannot be read."""

    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        toc = read_toc(folder)
        self.generation = toc.generation
        self._held = toc.held
        self.segments = [SegmentReader(folder, info) for info in toc.segments]
        self._expansions: dict[tuple[str, Leaf], Sequence[str]] = {}
        self._found: dict[str, Place] = {}
        self._matchers = [SegmentMatcher(segment, self._expanded) for segment in self.segments]

    def __len__(self) -> int:
        return sum(len(segment.docs) for segment in self.segments)

    # Searching

    def search(self, query: Condition, order: Order, *, limit: int | None, offset: int, ranking: Ranking) -> Found:
        accepted = [matcher.accept(query, matcher.segment.docs) for matcher in self._matchers]
        total = sum(map(len, accepted))
        wanted = total if limit is None else min(total, offset + limit)
        if order is Order.RELEVANCE:
            hits = self._by_relevance(query, accepted, wanted, ranking)
        else:
            hits = self._by_column(order, accepted, wanted)
        return Found(total, hits[offset:])

    def score_parts(self, query: Condition, id: str, ranking: Ranking) -> list[ScorePart]:
        number, doc = self._found.get(id) or self._places[id]
        scorer = Scorer(self._matchers, ranking)
        parts = []
        for unit in units(query):
            scores: defaultdict[int, float] = defaultdict(float)
            scorer.add(self._matchers[number], [unit], {doc}, scores)
            parts.append(ScorePart(unit.field, unit.expression, unit.neighbours, scores[doc]))
        return parts

    def count(self, query: Condition) -> int:
        return sum(len(matcher.accept(query, matcher.segment.docs)) for matcher in self._matchers)

    def facet(self, query: Condition, facet: Facet) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for matcher in self._matchers:
            docs = matcher.accept(query, matcher.segment.docs)
            for values, readouts in _facet_values(matcher, facet, docs):
                for value in values:
                    counts[value] += readouts
        return dict(counts)

    def volumes(self, query: Condition, which: DateField, *, doubtful: bool) -> dict[dt.date | None, Volume]:
        from readouts_cli.engines.columns import TEXT_TOKENS

        readouts: Counter[int] = Counter()
        tokens: Counter[int] = Counter()
        for matcher in self._matchers:
            lengths = matcher.segment.numbers(TEXT_TOKENS)
            for doc, day in _on_days(matcher, matcher.accept(query, matcher.segment.docs), which, doubtful=doubtful):
                readouts[day] += 1
                tokens[day] += lengths[doc]
        return {_known_day(day): Volume(count, tokens[day]) for day, count in readouts.items()}

    def occurrences(
        self, query: Condition, among: Condition, which: DateField, *, doubtful: bool
    ) -> dict[dt.date | None, Occurrences] | None:
        from readouts_cli.engines.whoosh.counting import count_matches, is_countable

        if not is_countable(query):
            return None
        readouts: Counter[int] = Counter()
        times: Counter[int] = Counter()
        for matcher in self._matchers:
            docs = matcher.accept(conjunction((among, query)), matcher.segment.docs)
            counts = count_matches(matcher, query, docs)
            for doc, day in _on_days(matcher, docs, which, doubtful=doubtful):
                readouts[day] += 1
                times[day] += counts[doc]
        return {_known_day(day): Occurrences(count, times[day]) for day, count in readouts.items()}

    def holding(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        return {term: sum(_holding(matcher, field, term) for matcher in self._matchers) for term in terms}

    def expand(self, field: str, leaf: Leaf, limit: int) -> list[TermCount]:
        terms = self._expanded(field, leaf)
        if len(terms) > limit:
            raise QueryError(f"the pattern stands for {len(terms):,} words, more than {limit:,}; make it longer")
        counted = ((term, self.count(In(field, Term(Exact(term))))) for term in terms)
        return [TermCount(term, count) for term, count in counted if count]

    # Stored readouts

    def readout(self, id: str) -> Readout:
        place = self.place(id)
        if place is None:
            raise NotFoundError(f"no readout has the id {id!r}; readouts list shows them all")
        return self._load(id, place)

    def readouts(self, ids: Iterable[str]) -> Iterator[Readout]:
        return map(self.readout, ids)

    def has(self, id: str) -> bool:
        return self.place(id) is not None

    def ids(self) -> list[str]:
        return sorted(self._places)

    def tokens(self, id: str) -> int:
        from readouts_cli.engines.columns import TEXT_TOKENS

        number, doc = self._found.get(id) or self._places[id]
        return self.segments[number].numbers(TEXT_TOKENS)[doc]

    def term_counts(self, sets: Sequence[Condition], *, tokens: bool) -> TermCounts | None:
        from readouts_cli.engines.whoosh.term_counts import term_counts

        return term_counts(self._matchers, sets, self._id, tokens=tokens)

    def stamp(self, id: str) -> FileStamp:
        number, doc = self._found.get(id) or self._places[id]
        segment = self.segments[number]
        return FileStamp(
            from_bytes(segment.byte_strings("doc_path")[doc]),
            segment.numbers("file_size", "q")[doc],
            segment.numbers("file_mtime", "q")[doc],
            segment.byte_strings("doc_digest")[doc].decode(),
        )

    def stamps(self) -> Iterator[tuple[str, FileStamp]]:
        for number, segment in enumerate(self.segments):
            paths, digests = segment.byte_strings("doc_path").all(), segment.byte_strings("doc_digest").all()
            sizes, mtimes = segment.numbers("file_size", "q"), segment.numbers("file_mtime", "q")
            ids = self._ids[number]
            for doc in sorted(segment.docs):
                path = from_bytes(paths[doc])
                yield ids[doc], FileStamp(path, sizes[doc], mtimes[doc], digests[doc].decode())

    def verify(self) -> Iterator[str]:
        from readouts_cli.engines.whoosh.verifying import verify_segment

        for segment in self.segments:
            yield from verify_segment(segment)

    def close(self) -> None:
        self._held.close()

    def place(self, id: str) -> Place | None:
        """The segment and number under which a readout is kept."""
        return self._found.get(id) or self._places.get(id)

    def places(self, id: str) -> Sequence[Place]:
        """The same; more than one where the index is damaged by holding the id several times."""
        place = self.place(id)
        return self._doubled.get(id) or ([place] if place else [])

    # Parts

    def _expanded(self, field: str, leaf: Leaf) -> Sequence[str]:
        if (field, leaf) not in self._expansions:
            found = {term for segment in self.segments for term in segment.terms(field, leaf)}
            if len(found) > MOST_TERMS:
                raise QueryError(f"a pattern stands for {len(found):,} words, more than {MOST_TERMS:,}; make it longer")
            self._expansions[field, leaf] = sorted(found)
        return self._expansions[field, leaf]

    def _by_relevance(self, query: Condition, accepted: Sequence[Docs], wanted: int, ranking: Ranking) -> list[Hit]:
        if not wanted:
            return []
        found = list(units(query))
        scorer = Scorer(self._matchers, ranking)
        scores = [[0.0] * matcher.segment.info.doc_count for matcher in self._matchers]
        for matcher, docs, mine in zip(self._matchers, accepted, scores, strict=True):
            scorer.add(matcher, [unit for unit in found if not unit.neighbours], docs, mine)
        neighbours = [unit for unit in found if unit.neighbours]
        if neighbours:
            best = _at_least(_cutoff(scores, accepted, max(RERANKED, wanted)), scores, accepted)
            for matcher, docs, mine in zip(self._matchers, best, scores, strict=True):
                scorer.add(matcher, neighbours, docs, mine)
        best = _at_least(_cutoff(scores, accepted, wanted), scores, accepted)
        keyed = (
            (-scores[number][doc], id, (number, doc))
            for number, docs in enumerate(best)
            for doc, id in self._named(number, docs)
        )
        return [Hit(id, -negated) for negated, id in self._least(wanted, best, keyed)]

    def _by_column(self, order: Order, accepted: Sequence[Docs], wanted: int) -> list[Hit]:
        keyed = (
            (key(doc), id, (number, doc))
            for number, docs in enumerate(accepted)
            for key in [self._sort_key(number, order)]
            for doc, id in self._named(number, docs)
        )
        return [Hit(id, 0.0) for _, id in self._least(wanted, accepted, keyed)]

    def _least(
        self, wanted: int, among: Sequence[Docs], keyed: Iterable[tuple[float, str, Place]]
    ) -> Iterator[tuple[float, str]]:
        """Keys and ids of the readouts with the least keys, in order; their places are remembered, for reading them."""
        # Of all there are, `nsmallest` would make a heap first, which takes ten times as long.
        for key, id, place in sorted(keyed) if wanted == sum(map(len, among)) else heapq.nsmallest(wanted, keyed):
            self._found[id] = place
            yield key, id

    def _sort_key(self, number: int, order: Order) -> Callable[[int], int]:
        if order is Order.ID:
            return lambda _: 0
        which = {Order.MET: DateField.MET, Order.PUBLISHED: DateField.PUB}.get(order, DateField.DATE)
        firsts, _, kinds = self._matchers[number].days(which)
        sign = -1 if order is Order.DATE_DESCENDING else 1
        on_a_day = {DaysKind.SURE.value, DaysKind.DOUBTFUL.value}
        return lambda doc: sign * firsts[doc] if kinds[doc] in on_a_day else _LAST

    def _load(self, id: str, place: Place) -> Readout:
        number, doc = place
        segment = self.segments[number]
        readout = self._decode(segment.record(doc))
        # Nobody has the record yet; to make another one with these two takes as long as to decode it.
        object.__setattr__(readout, "id", id)
        object.__setattr__(readout, "path", from_bytes(segment.byte_strings("doc_path")[doc]))
        return readout

    @cached_property
    def _decode(self) -> Callable[[bytes], Readout]:
        import msgspec

        from readouts_cli.readout import Readout

        return msgspec.json.Decoder(Readout).decode

    def _named(self, number: int, docs: Docs) -> Iterator[tuple[int, str]]:
        """Readouts of a segment with their ids."""
        if len(docs) * _FEW_IDS < self.segments[number].info.doc_count:
            return ((doc, self._id((number, doc))) for doc in docs)
        ids = self._ids[number]
        return ((doc, ids[doc]) for doc in docs)

    def _id(self, place: Place) -> str:
        number, doc = place
        return from_bytes(self.segments[number].byte_strings("doc_id")[doc])

    @cached_property
    def _ids(self) -> list[list[str]]:
        return [[from_bytes(id) for id in segment.byte_strings("doc_id").all()] for segment in self.segments]

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {
            self._ids[number][doc]: (number, doc)
            for number, segment in enumerate(self.segments)
            for doc in segment.docs
        }

    @cached_property
    def _doubled(self) -> Mapping[str, Sequence[Place]]:
        """Where there are readouts of one id."""
        if len(self) == len(self._places):
            return {}
        places: defaultdict[str, list[Place]] = defaultdict(list)
        for number, segment in enumerate(self.segments):
            for doc in segment.docs:
                places[self._ids[number][doc]].append((number, doc))
        return {id: found for id, found in places.items() if len(found) > 1}


#: Of at least one readout in so many, ids are read all at once, which is that much quicker for each.
_FEW_IDS = 8

#: Sorts behind every day.
_LAST = 10**9

#: Where the values that are no part of a date stand.
_FACET_COLUMNS = {
    Facet.BODY: "doc_body",
    Facet.PRESIDER: "doc_presided",
    Facet.SOURCE: "doc_source",
    Facet.LANGUAGE: "doc_language",
}


def _cutoff(scores: Sequence[Sequence[float]], docs: Sequence[Docs], count: int) -> float:
    """The score of the last of the `count` best readouts."""
    values = [mine[doc] for mine, chosen in zip(scores, docs, strict=True) for doc in chosen]
    return heapq.nlargest(count, values)[-1]


def _at_least(cutoff: float, scores: Sequence[Sequence[float]], docs: Sequence[Docs]) -> list[Docs]:
    """The readouts of each segment with at least that score: ties at the end are all among them."""
    return [{doc for doc in chosen if mine[doc] >= cutoff} for mine, chosen in zip(scores, docs, strict=True)]


def _on_days(matcher: SegmentMatcher, docs: Docs, which: DateField, *, doubtful: bool) -> Iterator[tuple[int, int]]:
    """Readouts of a segment, each with the ordinal of its (first) day; 0 where it counts as undated."""
    on_a_day = {DaysKind.SURE.value, DaysKind.DOUBTFUL.value} if doubtful else {DaysKind.SURE.value}
    firsts, _, kinds = matcher.days(which)
    return ((doc, firsts[doc] if kinds[doc] in on_a_day else 0) for doc in docs)


def _known_day(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None


def _holding(matcher: SegmentMatcher, field: str, term: str) -> int:
    """How many readouts of a segment hold a term; its posting list is read only where some are deleted."""
    leaf = Exact(term)
    if not matcher.segment.info.deleted:
        return matcher.holding(field, leaf)
    return len(matcher.accept(In(field, Term(leaf)), matcher.segment.docs))


def _facet_values(matcher: SegmentMatcher, facet: Facet, docs: Docs) -> Iterator[tuple[Iterable[str], int]]:
    """The values that some readouts have in common, and how many readouts these are; "" where they have none."""
    if facet in (Facet.YEAR, Facet.MONTH):
        firsts, _, kinds = matcher.days(DateField.DATE)
        sure = DaysKind.SURE.value
        for day, readouts in Counter(firsts[doc] if kinds[doc] == sure else 0 for doc in docs).items():
            date = dt.date.fromordinal(day).isoformat() if day else ""
            yield [date[: len("2022" if facet is Facet.YEAR else "2022-08")]], readouts
        return
    values = matcher.segment.byte_strings(_FACET_COLUMNS[facet]).all()
    for value, readouts in Counter(values[doc] for doc in docs).items():
        yield from_bytes(value).split("\n"), readouts
