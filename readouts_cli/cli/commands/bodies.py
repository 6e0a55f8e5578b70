"""`readouts bodies`: which bodies met."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from readouts_cli.cli.answer_options import (
    AnswerRequest,
    answer_options,
    by_option,
    dating,
    dedupe_option,
    limit_option,
)
from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.query_options import QueryRequest, optional_query_options
from readouts_cli.cli.session import Session
from readouts_cli.cli.set_options import read_set

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.analysis.people import BodySummary

_EXAMPLES = (
    Example("readouts bodies", "the bodies whose meetings are in the library"),
    Example("readouts bodies '\"dual carbon\"' --since 2022", "those that speak of it"),
)


@click.command(cls=Command, name="bodies", examples=_EXAMPLES, takes_query=True)
@optional_query_options
@by_option
@limit_option(None, "How many bodies.")
@dedupe_option
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(
    session: Session, *, request: QueryRequest, by: str, limit: int | None, dedupe: bool, output: AnswerRequest
) -> int:
    """Show which bodies met, how often, when, and who presided.

    A body is called as its readouts call it.  Without a query all readouts are looked at.
    """
    from readouts_cli.analysis.people import bodies
    from readouts_cli.cli.many import Many, not_found
    from readouts_cli.output import analysis_people as view
    from readouts_cli.output.analysis_answer import Answer, asked
    from readouts_cli.output.counts import readouts

    query = read_set(request, session)
    with session.open_library() as library:
        when = dating(by, doubtful=request.doubtful)
        many = Many(session, library, query, dedupe=dedupe, dating=when)
        met, basis = many.added_up(lambda readouts: bodies(readouts, when), when)
    found, unknown = met.summaries(), met.unknown

    def draw(console: Console, rows: Iterable[BodySummary]) -> list[str]:
        view.draw_bodies(console, rows)
        without = f"{unknown:,} {readouts(unknown)} without a body"
        total = f"{len(found):,} {'body' if len(found) == 1 else 'bodies'}"
        return [total, without] if unknown else [total]

    answer = Answer(
        schema="readouts.bodies/1",
        name="bodies",
        head=asked(query) | {"by": by, "total": len(found), "unknown": unknown},
        rows=found[:limit],
        shape=view.body_shape,
        columns=view.BODY_COLUMNS,
        basis=lambda: basis,
    )
    nothing = "these readouts name no body" if many.ids else not_found(query)
    return output.print(session, answer, draw, nothing=nothing, synonyms=query.synonyms)
