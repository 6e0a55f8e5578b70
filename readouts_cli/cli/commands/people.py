"""`readouts people`: who presided and who attended."""

from __future__ import annotations

import re
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
from readouts_cli.cli.session import Session
from readouts_cli.cli.set_options import SetRequest, set_options
from readouts_cli.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.analysis.people import PersonSummary
    from readouts_cli.query.syntax import Query

#: What means something between a query's quotation marks, and nothing in a name.
_SIGNS = re.compile('["*?]')

_EXAMPLES = (
    Example("readouts people", "everybody who presided or attended, the most frequent first"),
    Example("readouts people Ma Fuguo", "each appearance of one, with the office as printed"),
    Example("readouts people --in 'body:provincial' --since 2022 -o csv", "a row for each appearance"),
)


@click.command(cls=Command, name="people", examples=_EXAMPLES)
@click.argument("name", nargs=-1, metavar="[NAME]…")
@set_options
@by_option
@limit_option(None, "How many people.")
@dedupe_option
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(
    session: Session,
    *,
    name: tuple[str, ...],
    among: SetRequest,
    by: str,
    limit: int | None,
    dedupe: bool,
    output: AnswerRequest,
) -> int:
    """Show who presided and who attended, when, with the office as printed.

    A NAME is found whole or in part, word for word.  Two people of one name stand together: their offices tell them
    apart.
    """
    from readouts_cli.analysis.people import people
    from readouts_cli.cli.many import Many
    from readouts_cli.output import analysis_people as view
    from readouts_cli.output.analysis_answer import Answer
    from readouts_cli.query.tokens import terms

    wanted = " ".join(name)
    if name and not terms(wanted):
        raise UsageError(f"{wanted!r} is no name; leave it out for everybody")
    with session.open_library() as library:
        when = dating(by, doubtful=among.doubtful)
        many = Many(session, library, _present(session, among, wanted), dedupe=dedupe, dating=when)
        present, basis = many.added_up(lambda readouts: people(readouts, when, name=wanted), when)
    found = present.summaries()

    def draw(console: Console, rows: Iterable[PersonSummary]) -> list[str]:
        (view.draw_appearances if wanted else view.draw_people)(console, rows)
        return [f"{len(found):,} {'person' if len(found) == 1 else 'people'}"]

    answer = Answer(
        schema="readouts.people/1",
        name="people",
        head={"name": wanted or None, "by": by, "total": len(found)},
        rows=found[:limit],
        shape=view.person_shape,
        columns=view.PERSON_COLUMNS,
        basis=lambda: basis,
        flat=view.flat,
    )
    nothing = f"nobody called {wanted} presided or attended" if wanted else "nobody presided or attended"
    return output.print(session, answer, draw, nothing=nothing)


def _present(session: Session, among: SetRequest, name: str) -> Query:
    """The readouts to look at; with a name, only those in which somebody has it."""
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tree import conjunction

    within = among.read(session)
    if not name:
        return within
    words = _SIGNS.sub(" ", name)
    named = among.only(f'person:"{words}"').read(session)
    return Query(named.text, conjunction((within.condition, named.condition)))
