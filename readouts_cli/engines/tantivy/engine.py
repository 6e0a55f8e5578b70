"""The tantivy engine, opened for reading at its last commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from readouts_cli.engines.base import Facet, FileStamp, Found, Hit, Order, Ranking, TermCount
from readouts_cli.engines.tantivy.keys import from_key, to_key
from readouts_cli.engines.tantivy.layout import read_record, read_stamp
from readouts_cli.engines.tantivy.matching import Matcher
from readouts_cli.engines.tantivy.schema import FACETS, KEY, RECORD, SORT_DAYS, STAMP
from readouts_cli.engines.tantivy.scoring import Scorer
from readouts_cli.errors import LibraryError, MissingExtraError, NotFoundError, QueryError, UsageError
from readouts_cli.query.leaves import Exact, Leaf
from readouts_cli.query.tree import Condition, In, Term
from readouts_cli.readout import Readout

if TYPE_CHECKING:
    import tantivy

#: Up to how many hits are named one by one from the store; for more, all that match are read from the column of keys.
_NAMED_ONE_BY_ONE = 200

#: Where a readout lies: the number of its segment and its number there.
_Place = tuple[int, int]


class TantivyEngine:
    """A tantivy index on disk.

    Raises LibraryError where there is none or it cannot be read, MissingExtraError where tantivy is not installed.
    """

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import_tantivy()
        import tantivy

        self.folder = folder
        with reporting_damage(folder):
            index = open_index(folder)
            self._searcher = index.searcher()
        self._matcher = Matcher(index.schema, self._searcher)
        self._scorer = Scorer(self._matcher, len(self))
        self._everything = tantivy.Query.all_query()
        self._ascending = tantivy.Order.Asc

    def __len__(self) -> int:
        return self._searcher.num_docs

    # Searching

    def search(self, query: Condition, order: Order, *, limit: int | None, offset: int, ranking: Ranking) -> Found:
        _refuse(ranking)
        with reporting_damage(self.folder):
            ranked = self._scorer.ranking(query) if order is Order.RELEVANCE else None
            if ranked is not None:
                return self._by_relevance(ranked, limit, offset)
            accepted = self._matcher.accepting(query)
            if order in SORT_DAYS:
                return self._by_day(accepted, SORT_DAYS[order], limit, offset)
            return self._by_id(accepted, limit, offset)

    def count(self, query: Condition) -> int:
        with reporting_damage(self.folder):
            return self._by_id(self._matcher.accepting(query), 0, 0).total

    def facet(self, query: Condition, facet: Facet) -> dict[str, int]:
        with reporting_damage(self.folder):
            accepted = self._matcher.accepting(query)
            if facet is not Facet.YEAR:
                return dict(self._searcher.terms_with_prefix(FACETS[facet], "", accepted))
            years: dict[str, int] = {}
            for month, count in self._searcher.terms_with_prefix(FACETS[Facet.MONTH], "", accepted):
                years[month[: len("2022")]] = years.get(month[: len("2022")], 0) + count
            return years

    def expand(self, field: str, leaf: Leaf, limit: int) -> list[TermCount]:
        with reporting_damage(self.folder):
            terms = sorted(self._matcher.lexicon.terms(field, leaf))
            if len(terms) > limit:
                raise QueryError(f"the pattern stands for {len(terms):,} words, more than {limit:,}; make it longer")
            counted = ((term, self.count(In(field, Term(Exact(term))))) for term in terms)
            return [TermCount(term, count) for term, count in counted if count]

    # Stored readouts

    def readout(self, id: str) -> Readout:
        with reporting_damage(self.folder):
            found = self._searcher.search(self._named(id), 1, count=False, order_by_field=KEY).hits
            if not found:
                raise NotFoundError(f"no readout has the id {id!r}; readouts list shows them all")
            return read_record(self._searcher.doc(found[0][1])[RECORD][0])

    def readouts(self, ids: Iterable[str]) -> Iterator[Readout]:
        return map(self.readout, ids)

    def has(self, id: str) -> bool:
        with reporting_damage(self.folder):
            return bool(self._searcher.search(self._named(id), 1, count=False, order_by_field=KEY).hits)

    def ids(self) -> list[str]:
        with reporting_damage(self.folder):
            return sorted(from_key(key) for key, _ in self._searcher.terms_with_prefix(KEY, "", self._everything))

    def stamps(self) -> Iterator[tuple[str, FileStamp]]:
        with reporting_damage(self.folder):
            stamped = self._searcher.terms_with_prefix(STAMP, "", self._everything)
        return (read_stamp(term) for term, _ in stamped)

    def close(self) -> None:
        del self._searcher, self._matcher, self._scorer

    # Parts

    def _named(self, id: str) -> tantivy.Query:
        return self._matcher.any_term(KEY, [to_key(id)])

    def _by_id(self, accepted: tantivy.Query, limit: int | None, offset: int) -> Found:
        most = len(self) if limit is None else limit
        found = self._searcher.search(
            accepted, max(1, most), count=True, order_by_field=KEY, offset=offset, order=self._ascending
        )
        return Found(_count(found), [Hit(from_key(key), 0.0) for key, _ in found.hits[:most]])

    def _by_day(self, accepted: tantivy.Query, column: str, limit: int | None, offset: int) -> Found:
        """By the day in a column and then by id.

        Tantivy breaks ties by where readouts lie, so those of the last day wanted are asked for by id.
        """
        most = len(self) if limit is None else offset + limit
        found = self._searcher.search(accepted, max(1, most), count=True, order_by_field=column, order=self._ascending)
        wanted = min(_count(found), most)
        if wanted <= offset:
            return Found(_count(found), [])
        last = found.hits[wanted - 1][0]
        before = [(day, place) for day, place in found.hits[:wanted] if day < last]
        names = self._names(accepted, [(place.segment_ord, place.doc) for _, place in before])
        ids = [id for _, id in sorted(zip([day for day, _ in before], names, strict=True))]
        on_last = self._by_id(self._matcher.on_day(accepted, column, last), wanted - len(before), 0)
        return Found(_count(found), [*(Hit(id, 0.0) for id in ids), *on_last.hits][offset:])

    def _by_relevance(self, ranked: tantivy.Query, limit: int | None, offset: int) -> Found:
        """The best by falling score and then by id.

        Tantivy breaks ties by where readouts lie, so all that share the score of the last one wanted are fetched.
        """
        fetched = max(1, len(self) if limit is None else offset + limit + 1)
        found = self._searcher.search(ranked, fetched, count=True)
        total, hits = _count(found), found.hits
        wanted = total if limit is None else min(total, offset + limit)
        while fetched < total and hits[-1][0] == hits[wanted - 1][0]:
            fetched *= 4
            hits = self._searcher.search(ranked, fetched, count=False).hits
        names = self._names(ranked, [(place.segment_ord, place.doc) for _, place in hits])
        best = sorted(zip([-score for score, _ in hits], names, strict=True))
        return Found(total, [Hit(id, -negated) for negated, id in best[offset:wanted]])

    def _names(self, query: tantivy.Query, places: list[_Place]) -> list[str]:
        """The ids of some of the readouts that a query accepts."""
        import tantivy

        if len(places) <= _NAMED_ONE_BY_ONE:
            stored = (self._searcher.doc(tantivy.DocAddress(segment, doc)) for segment, doc in places)
            return [from_key(document[KEY][0]) for document in stored]
        found = self._searcher.search(query, len(self), count=False, order_by_field=KEY).hits
        keys = {(place.segment_ord, place.doc): key for key, place in found}
        return [from_key(keys[place]) for place in places]


def import_tantivy() -> None:
    """Raise MissingExtraError where tantivy is not installed."""
    try:
        import tantivy  # noqa: F401
    except ImportError:
        raise MissingExtraError("the engine tantivy", "tantivy") from None


def open_index(folder: Path) -> tantivy.Index:
    """The index in a folder.  Raises LibraryError where there is none or another version of tantivy wrote it."""
    import tantivy

    if not folder.is_dir() or not tantivy.Index.exists(str(folder)):
        raise LibraryError(f"{folder} holds no index; run: readouts index PATH…")
    if not tantivy.Index.is_compatible(str(folder)):
        raise LibraryError(f"another version of tantivy wrote the index in {folder}; run: readouts index --rebuild")
    return tantivy.Index.open(str(folder))


@contextmanager
def reporting_damage(folder: Path) -> Iterator[None]:
    """Turn what tantivy raises over unreadable files into LibraryError."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise LibraryError(f"the index in {folder} cannot be read ({_line(error)}); run: readouts verify") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # tantivy's assertions, which are no Exception
            raise LibraryError(f"the index in {folder} is damaged ({_line(error)}); run: readouts verify") from None
        raise


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())


def _refuse(ranking: Ranking) -> None:
    if ranking != Ranking():
        raise UsageError("tantivy ranks with its own k1 and b; leave out --k1 and --b, or use the engine whoosh")


def _count(found: tantivy.SearchResult) -> int:
    count: int = found.count  # type: ignore[attr-defined]  # missing from tantivy's stubs
    return count
