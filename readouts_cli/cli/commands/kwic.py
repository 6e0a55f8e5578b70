"""`readouts kwic`: keyword in context."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from typing import TYPE_CHECKING

import click

from readouts_cli.cli.answer_options import AnswerRequest, answer_options, dedupe_option, limit_option
from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.query_options import QueryRequest, query_options
from readouts_cli.cli.session import Session

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.output.analysis_kwic import Row

#: Characters on each side of the keyword where no screen limits them.
_CONTEXT = 60

_EXAMPLES = (
    Example("readouts kwic '\"dual carbon\"'", "every occurrence, with the words around it"),
    Example("readouts kwic 'revital*' --sort R1", "sorted by the words that follow"),
    Example("readouts kwic carbon --since 2022 --width 100 -o csv", "for a spreadsheet"),
)


@click.command(cls=Command, name="kwic", examples=_EXAMPLES, takes_query=True)
@query_options
@option(
    "--width",
    section="Lines",
    type=click.IntRange(min=1),
    metavar="CHARACTERS",
    help=f"Context on each side.  [default: {_CONTEXT}; on a terminal what it has room for]",
)
@option(
    "--sort",
    section="Lines",
    type=click.Choice(["L1", "R1", "date", "id"]),
    default="date",
    show_default=True,
    help="By the words before the keyword, those behind it, the date or the id.",
)
@limit_option(None, "How many lines.")
@dedupe_option
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(
    session: Session,
    request: QueryRequest,
    *,
    width: int | None,
    sort: str,
    limit: int | None,
    dedupe: bool,
    output: AnswerRequest,
) -> int:
    """Show every occurrence of a query in its context.

    A line is an occurrence: what matches, and the words of its paragraph before and behind it.  Of words side by side
    that do not stand together, each is an occurrence.
    """
    from readouts_cli.analysis.basis import Dating
    from readouts_cli.analysis.kwic import Sorting, in_order
    from readouts_cli.cli.concordance import Concordance
    from readouts_cli.cli.many import Many, basis_of, not_found
    from readouts_cli.engines.base import Order
    from readouts_cli.output import analysis_kwic as view
    from readouts_cli.output.analysis_answer import Answer, asked

    query = request.read(session)
    sorting = Sorting(sort)
    with session.open_library() as library:
        dating, order = Dating(doubtful=request.doubtful), Order.ID if sorting is Sorting.ID else Order.DATE
        many = Many(session, library, query, order, dedupe=dedupe, dating=dating)
        context = width or (session.screen.width if session.on_terminal else _CONTEXT)
        concordance = Concordance(many, dating, context)
        basis = concordance.basis if dedupe else partial(basis_of, library, query, dating)

        def draw(console: Console, rows: Iterable[Row]) -> list[str]:
            number = view.draw(console, rows, ids=many.ids, context=width, links=session.screen.links)
            return [f"{number:,} {'occurrence' if number == 1 else 'occurrences'}"]

        answer = Answer(
            schema="readouts.kwic/1",
            name="lines",
            head=asked(query) | {"sort": sort, "total": len(many)},
            rows=in_order(concordance.rows(), sorting, limit),
            shape=view.shape,
            columns=view.COLUMNS,
            basis=cache(basis),
        )
        return output.print(session, answer, draw, nothing=not_found(query), synonyms=query.synonyms)
