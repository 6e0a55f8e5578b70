"""The readouts that a question is about: found by the engine, read one after another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from readouts_cli.cli.session import Session

if TYPE_CHECKING:
    from readouts_cli.analysis.basis import Basis, Dating
    from readouts_cli.analysis.copies import Copies
    from readouts_cli.engines.base import Order
    from readouts_cli.library import Library
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tree import Condition
    from readouts_cli.readout import Readout


class Mergeable(Protocol):
    """What is added up over readouts; `other` is of the same kind."""

    def merge(self, other: Any) -> None:
        """Add what was added up over the readouts that follow."""


Item = TypeVar("Item")
Result = TypeVar("Result")
Sum = TypeVar("Sum", bound=Mergeable)

#: Reading fewer readouts than this takes no time that a person would notice.
_MANY = 1_000

#: With fewer readouts than this, processes cost more than they bring.
SHARED = 2_000

#: How many readouts are worked on at a time, at most: where what comes of each is shown, and where it is added up.
SHOWN, ADDED_UP = 100, 2_000

#: Work is cut into a multiple of so many parts, that the cores be done at about the same time.
_PARTS = 4


class Many:
    """The readouts that a query finds, as ids; `dedupe` leaves out all but the first, by `dating`, of copies.

    `undated_left_out` counts what is not among them for want of a date, `copies` are the ids of those left out.
    """

    def __init__(
        self,
        session: Session,
        library: Library,
        query: Query,
        order: Order | None = None,
        *,
        dedupe: bool = False,
        dating: Dating | None = None,
    ) -> None:
        self._session = session
        self._library = library
        self.query = query
        self.ids: Sequence[str] = found(library, query.condition, order)
        self.undated_left_out = library.undated_left_out(query, len(self.ids))
        self.copies: Collection[str] = ()
        if dedupe:
            from readouts_cli.analysis.basis import Dating

            self.copies = find_copies(session, library, self.ids, dating or Dating()).repeated
            self.ids = [id for id in self.ids if id not in self.copies]

    def __len__(self) -> int:
        return len(self.ids)

    def readouts(self, what: str = "reading") -> Iterator[Readout]:
        """The readouts, read one after another."""
        return read(self._session, self._library, self.ids, what)

    def each(self, work: Callable[[Iterable[Readout]], Result], size: int, what: str = "reading") -> Iterator[Result]:
        """What `work` makes of the readouts, `size` of them at a time at most, in order; see `in_blocks`."""
        return in_blocks(self._session, self._library, self.ids, work, size, what)

    def added_up(
        self, work: Callable[[Iterable[Readout]], Sum], dating: Dating, what: str = "reading"
    ) -> tuple[Sum, Basis]:
        """What `work` makes of the readouts, part by part, merged in order; and what it rests on."""
        from readouts_cli.analysis.basis import Census

        def counted(readouts: Iterable[Readout]) -> tuple[Census, Sum]:
            passed = Census(dating)
            return passed, work(passed.passing(readouts))

        parts = self.each(counted, ADDED_UP, what)
        census, total = next(parts)
        for passed, part in parts:
            census.merge(passed)
            total.merge(part)
        return total, self.basis(census.basis())

    def basis(self, basis: Basis) -> Basis:
        """What an answer rests on, given what was counted while it was read."""
        return replace(basis, undated_left_out=self.undated_left_out, copies_left_out=len(self.copies))


def not_found(query: Query) -> str:
    """What a person is told where nothing was found."""
    from readouts_cli.query.tree import Everything

    if query.text:
        return f"no readout matches {query.text}"
    return "the library is empty" if query.condition == Everything() else "no readout lies in the period"


def found(library: Library, condition: Condition, order: Order | None = None) -> list[str]:
    """The ids of the readouts that a condition accepts, by date unless told otherwise."""
    from readouts_cli.engines.base import Order, Ranking

    hits = library.engine.search(condition, order or Order.DATE, limit=None, offset=0, ranking=Ranking()).hits
    return [hit.id for hit in hits]


def basis_of(library: Library, query: Query, dating: Dating) -> Basis:
    """What an answer rests on that is about everything a query finds, as the engine knows it without reading."""
    from readouts_cli.analysis.basis import Census

    census = Census(dating)
    for day, volume in library.engine.volumes(query.condition, dating.which, doubtful=dating.doubtful).items():
        census.add(day, volume.readouts)
    basis = census.basis()
    return replace(basis, undated_left_out=library.undated_left_out(query, basis.readouts))


def basis_of_both(library: Library, queries: Sequence[Query], bases: Sequence[Basis]) -> Basis:
    """What an answer rests on that looks at what two queries find, given what each of the two rests on."""
    from readouts_cli.analysis.basis import united
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tree import Or

    either = Query("", Or(tuple(query.condition for query in queries)))
    return united(*bases, undated_left_out=library.undated_left_out(either, library.count(either)))


def warn_of_overlap(session: Session, both: int) -> None:
    """Say where so many readouts are on both sides of what is held against one another."""
    from readouts_cli.output.counts import readouts

    if both:
        is_are, it_them = ("is", "it") if both == 1 else ("are", "them")
        session.warn(f"{both:,} {readouts(both)} {is_are} on both sides; exclude {it_them} from one")


def read(session: Session, library: Library, ids: Sequence[str], what: str = "reading") -> Iterator[Readout]:
    """The readouts with these ids, read one after another."""
    return iter(watched(session, library.engine.readouts(ids), len(ids), what))


def in_blocks(
    session: Session,
    library: Library,
    ids: Sequence[str],
    work: Callable[[Iterable[Readout]], Result],
    size: int,
    what: str = "reading",
) -> Iterator[Result]:
    """What `work` makes of the readouts with these ids, `size` of them at a time at most, in order; of none, once.

    `work` goes through all that it is given.  Where there are many, all cores share the work (`sharing.shared_out`),
    unless the library is on a cluster, whose connections processes cannot share.
    """
    parts = _PARTS * -(-len(ids) // (_PARTS * size)) or 1
    size = -(-len(ids) // parts) or 1
    blocks = [ids[at : at + size] for at in range(0, len(ids), size)] or [[]]
    if len(ids) >= SHARED and not library.url:
        from readouts_cli.cli.sharing import cores, shared_out

        with shared_out(lambda block: work(library.engine.readouts(block)), blocks, cores()) as results:
            yield from watched(session, results, len(ids), what, size)
    else:
        readouts = library.engine.readouts(ids)  # all at once, as a cluster sends many with one answer
        done = (work(islice(readouts, len(block))) for block in blocks)
        yield from watched(session, done, len(ids), what, size)


def watched(session: Session, items: Iterable[Item], total: int, what: str, readouts: int = 1) -> Iterable[Item]:
    """The items, which come of `total` readouts, of so many each; a person at a terminal sees how far it is.

    Where there are few it is over soon, and nothing is shown.
    """
    stderr = session.environment.stderr
    if total < _MANY or not stderr.isatty():
        return items
    from readouts_cli.output.analysis_progress import shown

    width = session.environment.size.columns
    return shown(items, total, what, stderr, each=readouts, width=width, colour=session.colours(stderr))


def find_copies(
    session: Session, library: Library, ids: Sequence[str], dating: Dating, least: float | None = None
) -> Copies:
    """The copies among the readouts with these ids."""
    from readouts_cli.analysis.copies import LEAST, Sketch, copies, sketches
    from readouts_cli.analysis.shingles import window_for

    window = window_for(len(ids))

    def sketched(readouts: Iterable[Readout]) -> list[Sketch]:
        return list(sketches(readouts, dating, window=window))

    return copies(
        chain.from_iterable(in_blocks(session, library, ids, sketched, SHOWN, "looking for copies")),
        library.engine.readout,
        window=window,
        least=LEAST if least is None else least,
        watched=lambda some: watched(session, some, len(some), "comparing"),
    )
