"""`readouts copies`: texts that were published again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from readouts_cli.analysis.copies import LEAST
from readouts_cli.cli.answer_options import AnswerRequest, answer_options, by_option, dating, limit_option
from readouts_cli.cli.command import Command, Example, FiniteRange, option
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.query_options import QueryRequest, optional_query_options
from readouts_cli.cli.session import Session
from readouts_cli.cli.set_options import read_set

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.output.analysis_similar import Cluster

_EXAMPLES = (
    Example("readouts copies", "clusters of readouts with the same text, whole, cut or reworded"),
    Example("readouts copies --least 0.9 --since 2022", "hardly changed ones, of a period"),
    Example("readouts copies -o csv", "a row for each readout, with what it shares and with which"),
)


@click.command(cls=Command, name="copies", examples=_EXAMPLES, takes_query=True)
@optional_query_options
@option(
    "--least",
    section="Counting",
    type=FiniteRange(0, 1, min_open=True),
    default=LEAST,
    show_default=True,
    metavar="SHARE",
    help="The least share of the shorter text that the other must have.",
)
@by_option
@limit_option(None, "How many clusters.")
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(
    session: Session, *, request: QueryRequest, least: float, by: str, limit: int | None, output: AnswerRequest
) -> int:
    """Show clusters of readouts that are copies of one another.

    Compared are runs of five words.  The share of those of the shorter text that the other has too is 100% where a text
    was taken over whole, and about half where one word in eight was replaced.  The earliest readout of a cluster comes
    first; the others are copies of it, each shown with the longest run that it has word for word from there.  Without a
    query all readouts are compared.
    """
    from readouts_cli.cli.many import Many, find_copies, not_found
    from readouts_cli.output import analysis_similar as view
    from readouts_cli.output.analysis_answer import Answer, Shape, asked

    query = read_set(request, session)
    with session.open_library() as library:
        many = Many(session, library, query)
        when = dating(by, doubtful=request.doubtful)
        found = find_copies(session, library, many.ids, when, least)

        def draw(console: Console, rows: Iterable[Cluster]) -> list[str]:
            view.draw_clusters(console, map(shape, rows))
            clusters, repeated = len(found.clusters), len(found.repeated)
            told = f"{clusters:,} {'cluster' if clusters == 1 else 'clusters'}"
            return [told, f"{repeated:,} {'copy' if repeated == 1 else 'copies'}"]

        def shape(cluster: Cluster) -> Shape:
            return view.cluster_shape(cluster, library.engine.readouts(member.id for member in cluster))

        answer = Answer(
            schema="readouts.copies/1",
            name="clusters",
            head=asked(query) | {"least": least, "total": len(found.clusters), "reach": found.reach},
            rows=found.clusters[:limit],
            shape=shape,
            columns=view.COPY_COLUMNS,
            basis=lambda: many.basis(found.basis),
            flat=lambda rows: view.clusters_flat(map(shape, rows)),
        )
        nothing = "no two of these readouts are copies" if many.ids else not_found(query)
        return output.print(session, answer, draw, nothing=nothing, synonyms=query.synonyms)
