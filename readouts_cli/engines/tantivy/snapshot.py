"""One commit of a tantivy index, opened for reading: the only place that asks tantivy's searcher.

What tantivy raises over files that it cannot read comes out as LibraryError.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import tantivy

from readouts_cli.engines.tantivy.layout import Stamped, read_record, read_stamp, stamp_prefix
from readouts_cli.engines.tantivy.schema import KEY, NUMBER, RECORD, STAMP
from readouts_cli.engines.tantivy.sharing import Page, Sharing
from readouts_cli.errors import LibraryError, RefusedError
from readouts_cli.readout import Readout

#: Where a readout lies; means something to the snapshot that it came from only.
Place = tantivy.DocAddress

#: How many answers are remembered, since a commit never changes them, and how many hits the longest of these may have:
#: a search is often followed by one for the next page, or by a count.
REMEMBERED = 64
_LONGEST_REMEMBERED = 2_000

#: How many scored readouts are held in memory, where all are wanted.
_SCORED_TOGETHER = 200_000

#: Of how many values of a column tantivy counts the readouts.
_MOST_VALUES = 65_000


class Ranked(NamedTuple):
    """The best of `total` readouts, each with its score."""

    total: int
    hits: Sequence[tuple[float, Place]]


class Sorted(NamedTuple):
    """The first of `total` readouts, each with the value that it is sorted by."""

    total: int
    hits: Sequence[tuple[int, Place]]


class Snapshot:
    """The last commit of the index in `folder`.  Raises LibraryError where there is none or it cannot be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        index = open_index(folder)
        self.schema = index.schema
        self._searcher = index.searcher()
        self._ask = Sharing(self._searcher, self.schema).search
        self._asked = lru_cache(REMEMBERED)(self._ask)

    def __len__(self) -> int:
        return self._searcher.num_docs

    def best(self, query: tantivy.Query, limit: int, *, hard: bool = False) -> Ranked:
        """The readouts with the highest scores; among equals, tantivy goes by where they lie.

        A `hard` query, one that compares positions, is answered on all cores.
        """
        return Ranked(*self._found(query, None, limit, hard=hard))

    def scored(self, query: tantivy.Query) -> Iterator[Sequence[tuple[float, Place]]]:
        """Every readout that a query accepts, with its score, so many at a time."""
        for offset in range(0, len(self), _SCORED_TOGETHER):
            total, hits = self._found(query, None, _SCORED_TOGETHER, offset, hard=False)
            yield hits
            if total <= offset + len(hits):
                return

    def first(self, query: tantivy.Query, column: str, limit: int, *, hard: bool = False) -> Sorted:
        """The readouts with the lowest numbers in a column; among equals, tantivy goes by where they lie."""
        return Sorted(*self._found(query, column, limit, hard=hard))

    def first_keys(self, query: tantivy.Query, limit: int, offset: int, *, hard: bool = False) -> tuple[int, list[str]]:
        """How many readouts there are, and their lowest keys.

        A key costs tantivy more than reading a stored readout, so this is for pages.
        """
        total, hits = self._found(query, KEY, limit, offset, hard=hard)
        return total, [str(key) for key, _ in hits]

    def count(self, query: tantivy.Query, *, hard: bool = False) -> int:
        """How many readouts a query accepts."""
        return self.first(query, NUMBER, 1, hard=hard).total

    def terms(self, field: str, prefix: str, within: tantivy.Query | None = None) -> list[tuple[str, int]]:
        """The terms with a prefix, in any order, each with how many of `within` it stands in.

        Without `within`, readouts that were deleted count until tantivy merges them away.
        """
        with reporting_damage(self.folder):
            return self._searcher.terms_with_prefix(field, prefix, within)

    def holding(self, field: str, term: str) -> int:
        """In how many readouts a term stands; those that were deleted count until tantivy merges them away."""
        with reporting_damage(self.folder):
            return self._searcher.doc_freq(field, term)

    def stamped(self) -> Iterator[Stamped]:
        """What is known of every readout without reading it."""
        return (read_stamp(term) for term, _ in self.terms(STAMP, "", tantivy.Query.all_query()))

    def stamped_as(self, number: int) -> Stamped:
        """What is known of the readout with a number, in half the time that reading it takes."""
        with reporting_damage(self.folder):
            ((term, _),) = self._searcher.terms_with_prefix(STAMP, stamp_prefix(number))
            return read_stamp(term)

    def numbers(self, places: Sequence[Place], column: str = NUMBER) -> list[int]:
        """The readouts' own numbers, or what they have in another column; 0 where they have nothing there."""
        with reporting_damage(self.folder):
            return [int(number or 0) for number in self._searcher.fast_field_values(column, list(places))]

    def sums(self, query: tantivy.Query, column: str, summed: str) -> Iterator[tuple[int, int, int]]:
        """Each value of a column, 0 for none, with how many readouts have it and the sum of another column of theirs.

        No more than `_MOST_VALUES` values: days for 178 years.
        """
        values = {"field": column, "size": _MOST_VALUES, "missing": 0}
        wanted = {"values": {"terms": values, "aggs": {"sum": {"sum": {"field": summed}}}}}
        with reporting_damage(self.folder):
            buckets = self._searcher.aggregate(query, wanted)["values"]["buckets"]
        return ((int(each["key"]), each["doc_count"], int(each["sum"]["value"])) for each in buckets)

    def readout(self, place: Place) -> Readout:
        """The stored readout."""
        with reporting_damage(self.folder):
            return read_record(self._searcher.doc(place)[RECORD][0])

    def _found(self, query: tantivy.Query, column: str | None, limit: int, offset: int = 0, *, hard: bool) -> Page:
        """A page of the best readouts, or of those with the lowest values in a column."""
        with reporting_damage(self.folder):
            ask = self._asked if limit <= _LONGEST_REMEMBERED else self._ask
            found = ask(query, column, max(1, limit), offset, hard=hard)
            return Page(found.total, found.hits[:limit])


def open_index(folder: Path) -> tantivy.Index:
    """The index in a folder.  Raises LibraryError where there is none or another version of tantivy wrote it."""
    with reporting_damage(folder):
        if not folder.is_dir() or not tantivy.Index.exists(str(folder)):
            raise LibraryError(f"{folder} holds no index; run: readouts index PATH…")
        try:
            index = tantivy.Index.open(str(folder))
        except ValueError:
            if tantivy.Index.is_compatible(str(folder)):
                raise
            raise LibraryError(
                f"another version of tantivy wrote the index in {folder}; run: readouts index --rebuild"
            ) from None
        index.config_reader(reload_policy="manual")  # no thread that watches the folder: a reader keeps its commit
        return index


@contextmanager
def reporting_damage(folder: Path) -> Iterator[None]:
    """Turn what tantivy raises over unreadable files into LibraryError."""
    try:
        yield
    except (ValueError, OSError) as error:
        if "Failed to acquire Lockfile" in str(error):
            raise RefusedError(
                f"{folder} cannot be written, and tantivy locks what it reads; copy the library, or make one of whoosh"
            ) from None
        raise LibraryError(f"the index in {folder} cannot be read ({_line(error)}); run: readouts verify") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # tantivy's assertions, which are no Exception
            raise LibraryError(f"the index in {folder} is damaged ({_line(error)}); run: readouts verify") from None
        raise


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())
