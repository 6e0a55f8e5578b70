"""The readouts that a question is about: found by the engine, read one after another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from readouts_cli.cli.session import Session

if TYPE_CHECKING:
    import datetime as dt

    from readouts_cli.analysis.basis import Basis, Dating
    from readouts_cli.analysis.copies import Copies
    from readouts_cli.engines.base import Order
    from readouts_cli.library import Library
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tree import Condition
    from readouts_cli.readout import Readout

Item = TypeVar("Item")

#: Reading fewer readouts than this takes no time that a person would notice.
_MANY = 1_000


class Many:
    """The readouts that a query finds, as ids; `dedupe` leaves out all but the first of those that are copies.

    `undated_left_out` counts what is not among them for want of a date, `copies` are the ids of those left out.
    """

    def __init__(
        self, session: Session, library: Library, query: Query, order: Order | None = None, *, dedupe: bool = False
    ) -> None:
        self._session = session
        self._library = library
        self.query = query
        self.ids: Sequence[str] = found(library, query.condition, order)
        self.undated_left_out = library.undated_left_out(query, len(self.ids))
        self.copies: Collection[str] = ()
        if dedupe:
            from readouts_cli.analysis.basis import Dating

            self.copies = find_copies(session, library, self.ids, Dating()).repeated
            self.ids = [id for id in self.ids if id not in self.copies]

    def __len__(self) -> int:
        return len(self.ids)

    def readouts(self, what: str = "reading") -> Iterator[Readout]:
        """The readouts, read one after another."""
        return read(self._session, self._library, self.ids, what)

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


def basis_of(library: Library, query: Query) -> Basis:
    """What an answer rests on that looks at everything a query finds, without reading it."""
    from readouts_cli.analysis.basis import Basis, Dating
    from readouts_cli.engines.base import Order, Ranking
    from readouts_cli.query.tree import DateField, Not, Undated, conjunction

    total = library.count(query)
    dated = conjunction((query.condition, Not(Undated(DateField.DATE))))

    def day(order: Order) -> dt.date | None:
        found = library.engine.search(dated, order, limit=1, offset=0, ranking=Ranking()).hits
        return Dating().day(library.engine.readout(found[0].id)) if found else None

    undated = total - library.engine.count(dated)
    left_out = library.undated_left_out(query, total)
    return Basis(total, day(Order.DATE), day(Order.DATE_DESCENDING), undated, left_out)


def read(session: Session, library: Library, ids: Sequence[str], what: str = "reading") -> Iterator[Readout]:
    """The readouts with these ids, read one after another."""
    return iter(watched(session, library.engine.readouts(ids), len(ids), what))


def watched(session: Session, items: Iterable[Item], total: int, what: str) -> Iterable[Item]:
    """The items, of which there are `total`; a person at a terminal sees how far it is where there are many."""
    stderr = session.environment.stderr
    if total < _MANY or not stderr.isatty():
        return items
    from readouts_cli.output.analysis_progress import shown

    width = session.environment.size.columns
    return shown(items, total, what, stderr, width=width, colour=session.colours(stderr))


def find_copies(
    session: Session, library: Library, ids: Sequence[str], dating: Dating, least: float | None = None
) -> Copies:
    """The copies among the readouts with these ids."""
    from readouts_cli.analysis.copies import LEAST, copies

    return copies(
        read(session, library, ids, "looking for copies"),
        library.engine.readout,
        dating,
        total=len(ids),
        least=LEAST if least is None else least,
        watched=lambda some: watched(session, some, len(some), "comparing"),
    )
