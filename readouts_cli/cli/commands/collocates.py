"""`readouts collocates`: the company that a query's matches keep."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

import click

from readouts_cli.analysis.collocates import WINDOW
from readouts_cli.cli.answer_options import AnswerRequest, answer_options, dedupe_option, least_option, limit_option
from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.query_options import QueryRequest, query_options
from readouts_cli.cli.session import Session

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.analysis.collocates import Collocate
    from readouts_cli.engines.base import TermCounts
    from readouts_cli.library import Library
    from readouts_cli.query.syntax import Query

#: The widest window; sentences are hardly longer.
_WIDEST = 50

_EXAMPLES = (
    Example("readouts collocates revitalization", "the words that typically stand near it"),
    Example("readouts collocates '\"dual carbon\"' --window 3 --sort evidence", "nearer; the surest first"),
)


@click.command(cls=Command, name="collocates", examples=_EXAMPLES, takes_query=True)
@query_options
@option(
    "--window",
    section="Counting",
    type=click.IntRange(1, _WIDEST),
    default=WINDOW,
    show_default=True,
    metavar="N",
    help="How many words on each side are near.",
)
@option(
    "--sort",
    section="Counting",
    type=click.Choice(["typical", "evidence"]),
    default="typical",
    show_default=True,
    help="By logDice, or by log-likelihood.",
)
@least_option(2, "Only words that are near so often.")
@limit_option(30, "How many words.")
@dedupe_option
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(
    session: Session,
    *,
    request: QueryRequest,
    window: int,
    sort: str,
    least: int,
    limit: int,
    dedupe: bool,
    output: AnswerRequest,
) -> int:
    """Show the words that stand near a query's matches more often than elsewhere.

    Near is within a few words in the same sentence.  logDice (14 at most) says how typical a word is of the matches,
    whatever the size of the library; log-likelihood how much evidence there is that it is no chance: 6.63 is p = 0.01.
    Counted are the readouts that match.
    """
    from readouts_cli.analysis.basis import Dating
    from readouts_cli.analysis.collocates import NOTHING_TOLD, Sort, Told
    from readouts_cli.analysis.collocates import company as company_of
    from readouts_cli.cli.many import Many, not_found
    from readouts_cli.output import analysis_words as view
    from readouts_cli.output.analysis_answer import Answer, asked

    query = request.read(session)
    with session.open_library() as library:
        dating = Dating(doubtful=request.doubtful)
        many = Many(session, library, query, dedupe=dedupe, dating=dating)
        counts = None if dedupe else _counts(library, query)
        read = None if counts is None else {*counts.left_out[0]}
        company, basis = many.added_up(
            lambda readouts: company_of(readouts, query.condition, window=window, counted=read),
            dating,
        )
        told = NOTHING_TOLD if counts is None else Told(counts.volumes[0].tokens, partial(_tokens, counts))
        found = company.collocates(least=least, most=limit, sort=Sort(sort), told=told)

        def draw(console: Console, rows: Iterable[Collocate]) -> list[str]:
            view.draw_collocates(console, rows)
            return [f"{found.matches:,} matches", f"{found.near:,} words near them, of {found.tokens:,}"]

        answer = Answer(
            schema="readouts.collocates/1",
            name="collocates",
            head=asked(query)
            | {"window": window, "sort": sort, "matches": found.matches, "near": found.near, "tokens": found.tokens},
            rows=found.collocates,
            shape=view.collocate_shape,
            columns=view.COLLOCATE_COLUMNS,
            basis=lambda: basis,
        )
        nothing = f"no word stands near {query.text} so often" if found.matches else not_found(query)
        return output.print(session, answer, draw, nothing=nothing, synonyms=query.synonyms)


def _counts(library: Library, query: Query) -> TermCounts | None:
    """The words of the readouts that a query finds, where the engine counts them in less time than it takes to read."""
    from readouts_cli.engines.base import Measuring

    engine = library.engine
    return engine.term_counts([query.condition], tokens=True) if isinstance(engine, Measuring) else None


def _tokens(counts: TermCounts, terms: Iterable[str]) -> dict[str, int]:
    return {term: tokens for term, (tokens,) in counts.of(terms).items()}
