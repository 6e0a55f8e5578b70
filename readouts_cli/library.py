"""A library: an index and the sources it was made from; open it, search it, read from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from readouts_cli import manifest
from readouts_cli.engines import CLUSTER, open_engine
from readouts_cli.engines.base import Distributed, Engine, Facet, FileStamp, Hit, Order, Ranking
from readouts_cli.errors import IncompleteError, LibraryError, NotFoundError, UsageError
from readouts_cli.manifest import STDIN, Manifest, absolute
from readouts_cli.query.tree import including_undated
from readouts_cli.results import CONTEXT, SearchResult, ShownHit
from readouts_cli.span import Span

if TYPE_CHECKING:
    from readouts_cli.query.syntax import Query
    from readouts_cli.readout import Readout

#: Where an engine keeps its files, inside the library folder.
INDEX = "index"

#: How many candidates an error names for an ambiguous or unknown id.
_CANDIDATES = 8


class SearchOptions(NamedTuple):
    """Which hits to return, in which order, and how much of each to show.

    `limit` None means all; `passages` is per hit, and `context` the characters of each; `full` shows whole texts.
    """

    order: Order = Order.RELEVANCE
    limit: int | None = 10
    offset: int = 0
    ranking: Ranking = Ranking()
    passages: int = 2
    context: int = CONTEXT
    full: bool = False


#: What a search gives unless it is told otherwise.
_USUAL = SearchOptions()


class Library:
    """The library in a folder, or at the URL of a cluster (`location`), opened; it answers from one commit.

    Raises LibraryError where there is none or it cannot be read.
    """

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder = folder
        self.url = url
        index = folder / INDEX
        if url is None or manifest.exists(folder):
            self.manifest = manifest.load(folder)
        else:
            self.manifest = Manifest(engine=CLUSTER)
        if index.is_dir():
            manifest.refuse_foreign(index)
        elif url is None:
            raise LibraryError(f"the library in {folder} has no index; run: readouts index")
        self.engine: Engine = open_engine(self.manifest.engine, index, url)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.close()

    @property
    def incomplete(self) -> str | None:
        """Why answers so far may lack readouts, where part of the library does not answer."""
        return self.engine.incomplete if isinstance(self.engine, Distributed) else None

    def search(self, query: Query, options: SearchOptions = _USUAL) -> SearchResult:
        """The readouts that a query accepts, with the passages that show it."""
        found = self.engine.search(
            query.condition, options.order, limit=options.limit, offset=options.offset, ranking=options.ranking
        )
        return SearchResult(
            query=query.text,
            total=found.total,
            offset=options.offset,
            undated_left_out=self.undated_left_out(query, found.total),
            synonyms=query.synonyms,
            ids=tuple(hit.id for hit in found.hits),
            hits=self._shown(query, found.hits, options),
        )

    def count(self, query: Query) -> int:
        """How many readouts a query accepts."""
        return self.engine.count(query.condition)

    def facet(self, query: Query, facet: Facet) -> dict[str, int]:
        """How many of the readouts that a query accepts fall under each value."""
        return self.engine.facet(query.condition, facet)

    def undated_left_out(self, query: Query, total: int) -> int:
        """How many readouts match but for a date filter that cannot judge them, given that `total` match wholly."""
        relaxed = including_undated(query.condition)
        return 0 if relaxed is None else self.engine.count(relaxed) - total

    def matches(self, query: Query, readout: Readout) -> list[Span]:
        """The stretches of a readout's text that a query matches."""
        from readouts_cli.query.sparse import seen_by

        return query.condition.spans(seen_by(query.condition)(readout))

    def outdated(self, ids: Iterable[str]) -> int:
        """How many of this machine's files behind some readouts have changed or gone since they were indexed."""
        stamps = {stamp for stamp in map(self.engine.stamp, ids) if stamp is not None and stamp.path != STDIN}
        return len({stamp.path for stamp in stamps if not _is_as_stamped(stamp)})

    def read(self, references: Iterable[str]) -> Iterator[Readout]:
        """The readouts that ids, unambiguous beginnings of ids or file names, or paths name; see `resolve`."""
        return self.engine.readouts(map(self.resolve, references))

    def resolve(self, reference: str) -> str:
        """The id that a reference names; files that other machines have indexed have no names here.

        Raises NotFoundError with the nearest ids for an unknown one, UsageError with the candidates for an ambiguous,
        IncompleteError for an unknown one where part of the library does not answer.
        """
        if self.engine.has(reference):
            return reference
        ids = self.engine.ids()
        path = absolute(reference)
        by_path = {id: stamp.path for id, stamp in self.engine.stamps()}
        at_path = sorted(id for id, known in by_path.items() if known == path)
        candidates = at_path or [
            id for id in ids if id.startswith(reference) or Path(by_path.get(id, "")).name.startswith(reference)
        ]
        if self.incomplete and not candidates:
            raise IncompleteError(
                f"{reference!r} may be in the part of the library that does not answer; {self.incomplete}"
            )
        if not reference or not candidates:
            raise NotFoundError(f"no readout has the id or path {reference!r}; {_nearest(reference, ids)}")
        if len(candidates) > 1:
            raise UsageError(f"{reference!r} is ambiguous: {_listed(candidates)}")
        return candidates[0]

    def _shown(self, query: Query, hits: Sequence[Hit], options: SearchOptions) -> Iterator[ShownHit]:
        from readouts_cli.passages import choose, whole
        from readouts_cli.query.sparse import seen_by

        see = seen_by(query.condition)
        readouts = self.engine.readouts(hit.id for hit in hits)
        for rank, (hit, readout) in enumerate(zip(hits, readouts, strict=True), start=options.offset + 1):
            spans = query.condition.spans(see(readout))
            if options.full:
                shown = whole(readout, spans)
            else:
                shown = choose(readout, spans, count=options.passages, context=options.context)
            yield ShownHit(rank, hit.score, readout, tuple(spans), tuple(shown))


def _is_as_stamped(stamp: FileStamp) -> bool:
    try:
        return stamp.fits(Path(stamp.path).stat())
    except OSError:
        return False


def _nearest(reference: str, ids: list[str]) -> str:
    from readouts_cli.nearest import nearest

    near = nearest(reference, ids, 3)
    if near:
        return f"nearest: {_listed(near)}"
    return f"there are: {_listed(ids)}" if ids else "the library is empty"


def _listed(ids: list[str]) -> str:
    more = f" and {len(ids) - _CANDIDATES:,} more" if len(ids) > _CANDIDATES else ""
    return ", ".join(ids[:_CANDIDATES]) + more
