"""`readouts first`: first and last occurrence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

import click

from readouts_cli.cli.answer_options import AnswerRequest, answer_options, by_option, dating
from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.query_options import QueryRequest, query_options
from readouts_cli.cli.session import Session

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.analysis.basis import Basis, Dating
    from readouts_cli.library import Library
    from readouts_cli.output.analysis_first import Found
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tree import Condition
    from readouts_cli.readout import Readout
    from readouts_cli.results import ShownHit

_EXAMPLES = (
    Example("readouts first '\"two safeguards\"'", "when it was said first, and last"),
    Example("readouts first 双碳 --by pub -o json", "by the day of publication"),
)


@click.command(cls=Command, name="first", examples=_EXAMPLES, takes_query=True)
@query_options
@by_option
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(session: Session, *, request: QueryRequest, by: str, output: AnswerRequest) -> int:
    """Show the first and the last occurrence of a query.

    All readouts of the earliest and of the latest day are shown, each with its first passage.  Undated ones stand
    apart: any of them may be earlier, or later.
    """
    from readouts_cli.cli.many import not_found
    from readouts_cli.output import analysis_first as view
    from readouts_cli.output.analysis_answer import Answer, asked

    query, when = request.read(session), dating(by, doubtful=request.doubtful)
    with session.open_library() as library:
        found, basis = _found(session, library, query, when)

        def draw(console: Console, rows: Iterable[Found]) -> list[str]:
            view.draw(console, rows, links=session.screen.links)
            return []

        answer = Answer(
            schema="readouts.first/1",
            name="found",
            head=asked(query) | {"by": by, "total": basis.readouts},
            rows=found,
            shape=lambda each: view.shape(each, when),
            columns=view.COLUMNS,
            basis=lambda: basis,
        )
        return output.print(session, answer, draw, nothing=not_found(query), synonyms=query.synonyms)


def _found(session: Session, library: Library, query: Query, when: Dating) -> tuple[list[Found], Basis]:
    """The first, the last and the undated ones, and what the answer rests on."""
    from dataclasses import replace

    from readouts_cli.analysis.first import first_and_last
    from readouts_cli.cli.many import found, read
    from readouts_cli.output.analysis_first import Found

    if when.doubtful:
        readouts: Iterable[Readout] = read(session, library, found(library, query.condition))
    else:
        readouts = _outermost(library, query.condition, when)
    outcome = first_and_last(readouts, when)
    groups = {"first": outcome.first, "last": outcome.last, "undated": outcome.undated}
    total = library.count(query)
    left_out = library.undated_left_out(query, total)
    basis = replace(outcome.basis, readouts=total, undated_left_out=left_out)
    return [
        Found(which, _shown(library, query, rank, readout))
        for which, group in groups.items()
        for rank, readout in enumerate(group, start=1)
    ], basis


def _outermost(library: Library, condition: Condition, when: Dating) -> Iterator[Readout]:
    """The readouts of the first and the last day, and the undated ones; the others need not be read."""
    from readouts_cli.cli.many import found
    from readouts_cli.engines.base import Order
    from readouts_cli.query.period import DateField
    from readouts_cli.query.tree import Not, Undated, conjunction

    undated = Undated(when.which)
    order = {DateField.MET: Order.MET, DateField.PUB: Order.PUBLISHED}.get(when.which, Order.DATE)
    dated = found(library, conjunction((condition, Not(undated))), order)
    first, last = (list(_of_one_day(library, ids, when)) for ids in (dated, dated[::-1]))
    yield from {readout.id: readout for readout in (*first, *last)}.values()
    yield from library.engine.readouts(found(library, conjunction((condition, undated)), Order.ID))


def _of_one_day(library: Library, ids: Sequence[str], when: Dating) -> Iterator[Readout]:
    """The readouts at the beginning of `ids` that have the day of the first."""
    day = when.day(library.engine.readout(ids[0])) if ids else None
    return takewhile(lambda readout: when.day(readout) == day, library.engine.readouts(ids))


def _shown(library: Library, query: Query, rank: int, readout: Readout) -> ShownHit:
    """The readout with its first passage."""
    from readouts_cli.passages import choose
    from readouts_cli.results import ShownHit

    spans = library.matches(query, readout)
    return ShownHit(rank, 0.0, readout, tuple(spans), tuple(choose(readout, spans[:1], count=1)))
