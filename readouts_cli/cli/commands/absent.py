"""`readouts absent`: who does not say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from readouts_cli.cli.answer_options import AnswerRequest, answer_options
from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.query_options import QueryRequest, query_options
from readouts_cli.cli.session import Session
from readouts_cli.cli.set_options import SetRequest, within_option, without_periods
from readouts_cli.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.query.syntax import Query
    from readouts_cli.readout import Readout

_EXAMPLES = (
    Example("readouts absent '\"two safeguards\"' --since 2022-08", "readouts of a period that do not say it"),
    Example("readouts absent 'congress' --body 'municipal government'", "meetings of a body that do not speak of it"),
    Example("readouts absent 双碳 --in 'presided:governor' -o csv", "among the readouts that a query finds"),
)


@click.command(cls=Command, name="absent", examples=_EXAMPLES, takes_query=True)
@query_options
@within_option
@option("--body", section="Which readouts", metavar="BODY", help="Only of meetings of a body that is called so.")
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(
    session: Session, *, request: QueryRequest, within: str | None, body: str | None, output: AnswerRequest
) -> int:
    """Show which readouts of a set do not contain what a query asks for.

    The set is what --in, --body and the dates say, or the whole library.  Exit status 1 says that all contain it.
    """
    from readouts_cli.analysis.absent import lacking
    from readouts_cli.analysis.basis import Dating
    from readouts_cli.cli.many import basis_of, found, read
    from readouts_cli.output import analysis_listing as view
    from readouts_cli.output.analysis_answer import Answer, asked

    if not request.words:
        raise UsageError("name what should be absent: readouts absent '\"two safeguards\"' --since 2022")
    sought, among = without_periods(request).read(session), _set(session, request, within, body)
    with session.open_library() as library:
        basis = basis_of(library, among, Dating(doubtful=request.doubtful))
        ids = found(library, lacking(among.condition, sought.condition))

        def draw(console: Console, rows: Iterable[Readout]) -> list[str]:
            view.draw(console, rows, ids=ids, links=session.screen.links)
            return [f"{len(ids):,} of {basis.readouts:,} do not contain it"]

        answer = Answer(
            schema="readouts.absent/1",
            name="readouts",
            head=asked(sought) | {"in": among.text, "missing": len(ids), "total": basis.readouts},
            rows=read(session, library, ids),
            shape=view.shape,
            columns=view.COLUMNS,
            basis=lambda: basis,
            flat=view.flat,
        )
        nothing = f"all {basis.readouts:,} contain {sought.text}" if basis.readouts else "there are no such readouts"
        return output.print(session, answer, draw, nothing=nothing, synonyms=sought.synonyms)


def _set(session: Session, request: QueryRequest, within: str | None, body: str | None) -> Query:
    """The readouts in question."""
    from readouts_cli.query.syntax import Query
    from readouts_cli.query.tokens import terms
    from readouts_cli.query.tree import conjunction

    found = SetRequest.around(request, within).read(session)
    if body is None:
        return found
    if not terms(body):
        raise UsageError(f"--body {body!r} names nobody; leave it out for every body")
    words = body.replace('"', " ")
    named = SetRequest(f'body:"{words}"').read(session)
    return Query(f"{found.text} {named.text}".strip(), conjunction((found.condition, named.condition)))
