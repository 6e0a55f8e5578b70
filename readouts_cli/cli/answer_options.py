"""The options that say how the answer to a question about many readouts comes out, and its way there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from readouts_cli.cli.command import option
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.output_options import format_option, machine_stream, tells_undated
from readouts_cli.cli.session import Session
from readouts_cli.errors import Exit, UsageError
from readouts_cli.query.period import DateField

if TYPE_CHECKING:
    from rich.console import Console

    from readouts_cli.analysis.basis import Dating
    from readouts_cli.output.analysis_answer import Answer

Row = TypeVar("Row")

#: The layout for reading, and the formats for programs.
FORMATS = ("table", "tsv", "csv", "json", "jsonl")

_NAMED_COLUMNS = {"tsv", "csv"}


class AnswerRequest(NamedTuple):
    """What the command line says about how an answer comes out."""

    format: str | None
    header: bool | None

    def print(
        self,
        session: Session,
        answer: Answer[Row],
        draw: Callable[[Console, Iterable[Row]], Sequence[str]],
        *,
        nothing: str,
        synonyms: Sequence[str] = (),
        found: bool | None = None,
    ) -> int:
        """Write the answer in the format that was asked for, or draw it on a terminal; returns the exit status.

        `draw` draws the rows and returns what is to be said with the basis below them.  Where nothing was found,
        `nothing` tells a person so; that there are rows is finding something, unless `found` says otherwise.
        """
        format = self.format or ("table" if session.on_terminal else "tsv")
        if self.header is not None and format not in _NAMED_COLUMNS:
            raise UsageError(f"--header goes with tsv and csv, not with {format}")
        rows = iter(answer.rows)
        first = list(islice(rows, 1))
        rows = chain(first, rows)
        found = bool(first) if found is None else found
        if format != "table":
            self._write(session, answer, rows, format)
        elif found:
            _draw(session, answer, rows, draw, synonyms)
        left_out = answer.basis().undated_left_out
        if left_out and not tells_undated(format, found=found):
            from readouts_cli.output.counts import undated_left_out

            session.warn(undated_left_out(left_out))
        if not found:
            session.note(nothing)
        return Exit.OK if found else Exit.NOTHING_FOUND

    def _write(self, session: Session, answer: Answer[Row], rows: Iterable[Row], format: str) -> None:
        from dataclasses import replace

        from readouts_cli.output.analysis_answer import write

        header = format == "csv" if self.header is None else self.header
        write(machine_stream(session), replace(answer, rows=rows), format, header=header)


def _draw(
    session: Session,
    answer: Answer[Row],
    rows: Iterable[Row],
    draw: Callable[[Console, Iterable[Row]], Sequence[str]],
    synonyms: Sequence[str],
) -> None:
    from readouts_cli.output.analysis_basis import draw_basis
    from readouts_cli.output.console import drawing

    with drawing(session.screen) as console:
        told = draw(console, rows)
        draw_basis(console, answer.basis(), *told, synonyms=synonyms)


_OPTIONS = (
    format_option(*FORMATS),
    option("--header/--no-header", section="Output", default=None, help="Whether tsv and csv begin with names."),
)

#: Adds the options; the command gets them as one `AnswerRequest`, `output`.
answer_options = gathered(AnswerRequest, "output", _OPTIONS)

_counting = partial(option, section="Counting")

#: Which date puts a readout on a day.
by_option = _counting(
    "--by",
    type=click.Choice([field.value for field in DateField]),
    default=DateField.DATE.value,
    show_default=True,
    help="Which date counts: the meeting day, else that of publication; or one of them alone.",
)

dedupe_option = _counting("--dedupe", is_flag=True, help="Count copies of a text once (see: readouts copies --help).")


def least_option(default: int | None, help: str) -> Callable[[Any], Any]:
    """The option that leaves rare things out."""
    return _counting(
        "--min", "least", metavar="N", type=click.IntRange(min=1), default=default, show_default=True, help=help
    )


def limit_option(default: int | None, help: str) -> Callable[[Any], Any]:
    """The option that says how many rows there are at most."""
    shown = "all" if default is None else str(default)
    return _counting(
        "-n", "--limit", metavar="N", type=click.IntRange(min=1), default=default, help=f"{help}  [default: {shown}]"
    )


def dating(by: str, *, doubtful: bool) -> Dating:
    """What `--by` and `--doubtful` say together."""
    from readouts_cli.analysis.basis import Dating

    return Dating(DateField(by), doubtful)
