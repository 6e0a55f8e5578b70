"""`readouts compare`: what one readout, or one period, says that another does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from readouts_cli.analysis.shared import SHORTEST
from readouts_cli.cli.answer_options import AnswerRequest, answer_options
from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.completion import complete_ids
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.query_options import PERIODS, period_of
from readouts_cli.cli.session import Session
from readouts_cli.cli.set_options import SetRequest, set_options
from readouts_cli.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.analysis.alignment import Pair
    from readouts_cli.library import Library
    from readouts_cli.output.analysis_contrast import Side

_EXAMPLES = (
    Example("readouts compare 001 003", "two readouts: their formulations, what they share, what changed"),
    Example("readouts compare --since 2023 --vs 2022", "the formulations of two periods"),
    Example("readouts compare --on 2022-08 --vs 2022-07 --in 'body:municipal' -o csv", "of one kind of body"),
)


class CompareRequest(NamedTuple):
    """How to compare."""

    vs: str | None
    run: int | None


_OPTIONS = (
    option(
        "--vs", section="Which readouts", metavar="PERIOD",
        help="Compare the readouts that --since, --on … say with those of PERIOD.",
    ),
    option(
        "--run", section="Comparison", type=click.IntRange(min=2), metavar="TOKENS",
        help=f"The shortest run of words of two readouts that counts as shared text.  [default: {SHORTEST}]",
    ),
)  # fmt: skip


@click.command(cls=Command, name="compare", examples=_EXAMPLES)
@click.argument("references", nargs=-1, metavar="[ID ID]", shell_complete=complete_ids)
@gathered(CompareRequest, "asked", _OPTIONS)
@set_options
@answer_options
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(
    session: Session, *, references: tuple[str, ...], asked: CompareRequest, among: SetRequest, output: AnswerRequest
) -> int:
    """Compare two readouts, or the readouts of two periods.

    Of two readouts are shown the quoted formulations of one only and of both, the runs of words that the second takes
    word for word from the first, and side by side every sentence that is not the same in both.  Of two periods are
    shown the formulations.
    """
    if asked.vs is not None and not references:
        if asked.run is not None:
            raise UsageError("--run is for the text that two readouts share; of two periods leave it out")
        return _periods(session, asked.vs, among, output)
    if len(references) != 2 or asked.vs is not None:
        raise UsageError("name two readouts: readouts compare 001 003; or two periods: --since 2023 --vs 2022")
    if among != SetRequest(None):
        raise UsageError("two readouts are compared whatever their dates; leave out --in, --since and the like")
    with session.open_library() as library:
        return _readouts(session, library, references, asked, output)


def _readouts(
    session: Session, library: Library, references: tuple[str, ...], asked: CompareRequest, output: AnswerRequest
) -> int:
    from readouts_cli.analysis.basis import Census
    from readouts_cli.analysis.compare import compare
    from readouts_cli.output import analysis_compare as view
    from readouts_cli.output.analysis_answer import Answer

    census = Census()
    left, right = census.passing(library.read(references))
    shortest = asked.run or SHORTEST
    found = compare(left, right, shortest=shortest)

    def draw(console: Console, _: Iterable[Pair]) -> list[str]:
        view.draw(console, found, links=session.screen.links)
        return []

    answer = Answer(
        schema="readouts.compare/1",
        name="sentences",
        head=view.head_shape(found, shortest),
        rows=found.sentences,
        shape=lambda pair: view.pair_shape(found, pair),
        columns=view.COLUMNS,
        basis=census.basis,
        flat=lambda _: view.flat(found),
    )
    return output.print(session, answer, draw, nothing="both readouts are empty")


def _date_in_question(vs: str, among: SetRequest) -> str:
    """The date by which the readouts of a period are chosen, and those of the other too."""
    fields = {field for name, field in PERIODS.items() if getattr(among, name) is not None}
    if not fields:
        raise UsageError(f"say which period is held against --vs {vs}: readouts compare --since 2023 --vs 2022")
    if len(fields) > 1:
        raise UsageError("two periods are compared by one date; leave out --met, --pub or the other date options")
    (field,) = fields
    return field


def _periods(session: Session, vs: str, among: SetRequest, output: AnswerRequest) -> int:
    from readouts_cli.analysis.basis import Dating
    from readouts_cli.analysis.compare import contrast
    from readouts_cli.analysis.formulations import tallied
    from readouts_cli.cli.many import Many, basis_of_both, warn_of_overlap
    from readouts_cli.output import analysis_contrast as view
    from readouts_cli.output.analysis_answer import Answer, basis_shape
    from readouts_cli.output.counts import readouts
    from readouts_cli.query.period import DateField
    from readouts_cli.query.period_syntax import today

    period_of("vs", vs, today())  # so that a slip is shown where it was typed
    field = _date_in_question(vs, among)
    period: dict[str, Any] = {field: vs}
    other = SetRequest(among.within, doubtful=among.doubtful, **period)
    with session.open_library() as library:
        focus, reference = (Many(session, library, request.read(session)) for request in (among, other))
        dating = Dating(DateField(field), among.doubtful)
        here, focus_basis = focus.added_up(lambda readouts: tallied(readouts, dating), dating, "reading the focus")
        there, reference_basis = reference.added_up(
            lambda readouts: tallied(readouts, dating), dating, "reading the reference"
        )
        basis = basis_of_both(library, (focus.query, reference.query), (focus_basis, reference_basis))
    found = contrast(here, there)
    warn_of_overlap(session, len(set(focus.ids) & set(reference.ids)))

    def draw(console: Console, _: Iterable[Side]) -> list[str]:
        view.draw(console, found)
        focus, reference = focus_basis.readouts, reference_basis.readouts
        return [f"focus: {focus:,} {readouts(focus)}", f"reference: {reference:,}"]

    answer = Answer(
        schema="readouts.contrast/1",
        name="formulations",
        head={"focus": basis_shape(focus_basis), "reference": basis_shape(reference_basis)},
        rows=view.sides(found),
        shape=view.shape,
        columns=view.COLUMNS,
        basis=lambda: basis,
    )
    return output.print(session, answer, draw, nothing="neither period quotes anything")
