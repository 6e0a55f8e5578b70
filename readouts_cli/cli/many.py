"""The readouts that a question is about: found by the engine, read one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from readouts_cli.cli.session import Session

if TYPE_CHECKING:
    import datetime as dt

    from readouts_cli.analysis.basis import Basis
    from readouts_cli.engines.base import Order
    from readouts_cli.library import Library
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tree import Condition
    from readouts_cli.readout import Readout

#: Reading fewer readouts than this takes no time that a person would notice.
_MANY = 1_000


class Many:
    """The readouts that a query finds, as ids; `dedupe` leaves out all but the first of those that are copies.

    `undated_left_out` and `copies_left_out` count what is not among them.
    """

    def __init__(
        self, session: Session, library: Library, query: Query, order: Order | None = None, *, dedupe: bool = False
    ) -> None:
        self._session = session
        self._library = library
        self.query = query
        self.ids: Sequence[str] = found(library, query.condition, order)
        self.undated_left_out = library.undated_left_out(query, len(self.ids))
        self.copies_left_out = 0
        if dedupe:
            self._leave_out(copies_among(session, library, self.ids))

    def __len__(self) -> int:
        return len(self.ids)

    def readouts(self, what: str = "reading") -> Iterator[Readout]:
        """The readouts, read one after another."""
        return read(self._session, self._library, self.ids, what)

    def within(self, others: Many) -> None:
        """Keep only readouts that `others` has too."""
        kept = set(others.ids)
        self._leave_out({id for id in self.ids if id not in kept})

    def basis(self, basis: Basis) -> Basis:
        """What an answer rests on, given what was counted while it was read."""
        return replace(basis, undated_left_out=self.undated_left_out, copies_left_out=self.copies_left_out)

    def _leave_out(self, ids: Iterable[str]) -> None:
        gone = set(ids)
        self.copies_left_out += len(gone)
        self.ids = [id for id in self.ids if id not in gone]


def not_found(query: Query) -> str:
    """What a person is told where nothing was found."""
    return f"no readout matches {query.text}" if query.text else "no readout lies in the period"


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
    """The readouts with these ids; a person at a terminal sees how far it is where there are many."""
    readouts = library.engine.readouts(ids)
    stderr = session.environment.stderr
    if len(ids) < _MANY or not stderr.isatty():
        return readouts
    from readouts_cli.output.analysis_progress import shown

    width = session.environment.size.columns
    return shown(readouts, len(ids), what, stderr, width=width, colour=session.colours(stderr))


def copies_among(session: Session, library: Library, ids: Sequence[str]) -> frozenset[str]:
    """The readouts that are copies of an earlier one of `ids`."""
    from readouts_cli.analysis.basis import Dating
    from readouts_cli.analysis.copies import copies

    readouts = read(session, library, ids, "looking for copies")
    return copies(readouts, library.engine.readout, Dating(), total=len(ids)).repeated
