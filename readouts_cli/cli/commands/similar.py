"""`readouts similar`: what else reads like a readout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from readouts_cli.cli.answer_options import AnswerRequest, answer_options, limit_option
from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.completion import complete_ids
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.session import Session
from readouts_cli.cli.set_options import SetRequest, set_options

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.analysis.similar import Similar, Telling
    from readouts_cli.library import Library
    from readouts_cli.query.tree import Condition
    from readouts_cli.readout import Readout

_EXAMPLES = (
    Example("readouts similar 003", "the readouts that share most of its telling words"),
    Example("readouts similar 003 --since 2023 -n 5", "the nearest of a period"),
)


@click.command(cls=Command, name="similar", examples=_EXAMPLES)
@click.argument("reference", metavar="ID", shell_complete=complete_ids)
@set_options
@limit_option(10, "How many readouts.")
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(session: Session, *, reference: str, among: SetRequest, limit: int, output: AnswerRequest) -> int:
    """Show what else reads like a readout.

    Telling are the words that it has often and few other readouts have (tf-idf); the likeness is the share of their
    weight that another readout has too.  Taken over texts are found by: readouts copies.
    """
    from readouts_cli.analysis.basis import Dating
    from readouts_cli.analysis.similar import by_similarity, telling
    from readouts_cli.cli.many import basis_of
    from readouts_cli.output import analysis_similar as view
    from readouts_cli.output.analysis_answer import Answer
    from readouts_cli.query.document import TEXT

    within = among.read(session)
    with session.open_library() as library:
        readout = next(library.read([reference]))
        words = telling(readout, partial(library.engine.holding, TEXT), len(library.engine))
        found = by_similarity(words, _nearest(library, readout, words, within.condition, limit))
        basis = basis_of(library, within, Dating(doubtful=among.doubtful))

    def draw(console: Console, rows: Iterable[Similar]) -> list[str]:
        view.draw_similar(console, rows)
        return [f"telling words of {readout.id}: {' '.join(word.term for word in words)}"]

    answer = Answer(
        schema="readouts.similar/1",
        name="readouts",
        head={"id": readout.id, "telling": [view.telling_shape(word) for word in words]},
        rows=found,
        shape=view.similar_shape,
        columns=view.SIMILAR_COLUMNS,
        basis=lambda: basis,
        flat=view.similar_flat,
    )
    return output.print(session, answer, draw, nothing=f"no other readout shares a telling word with {readout.id}")


def _nearest(
    library: Library, readout: Readout, words: Sequence[Telling], within: Condition, limit: int
) -> Iterable[Readout]:
    """The other readouts that share most with this one."""
    from readouts_cli.analysis.similar import holding, nearest
    from readouts_cli.cli.many import found
    from readouts_cli.engines.base import Order
    from readouts_cli.query.tree import conjunction

    def holders(word: Telling) -> list[str]:
        return found(library, conjunction((holding(word), within)), Order.ID)

    ids = [id for id in nearest(words, holders, limit + 1) if id != readout.id]
    return library.engine.readouts(ids[:limit])
