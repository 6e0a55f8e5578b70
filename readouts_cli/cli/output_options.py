"""The options that say how results come out, and the machine formats behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO, cast

import click

from readouts_cli.cli.command import option
from readouts_cli.cli.completion import complete_columns
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.session import Session
from readouts_cli.errors import UsageError

if TYPE_CHECKING:
    from readouts_cli.output.columns import Column
    from readouts_cli.results import ShownHit

#: The formats that hits have; a command may offer fewer.
FORMATS = ("cards", "table", "tsv", "csv", "json", "jsonl", "ids", "paths")

#: The format that `--template` is, in a place where the others have their names.
TEMPLATE = "template"

#: Formats with one record a line, which can end with a NUL instead.
_LINES = {"tsv", "jsonl", "ids", "paths", TEMPLATE}

#: Formats with columns.
_TABLES = {"tsv", "csv"}


class OutputRequest(NamedTuple):
    """What the command line says about how results come out."""

    format: str | None
    null: bool
    fields: str | None
    template: str | None
    header: bool | None

    def chosen(self, session: Session, on_terminal: str) -> str:
        """The format: the one that was asked for, else `on_terminal` or, for anything else, tab-separated lines.

        Raises UsageError for options that do not go together.
        """
        if self.template is not None and (self.format or self.fields):
            raise UsageError("--template makes the whole line; leave out --output and --fields")
        implied = TEMPLATE if self.template is not None else "tsv" if self.fields is not None else None
        format = self.format or implied or (on_terminal if session.on_terminal else "tsv")
        if self.fields is not None and format not in _TABLES:
            raise UsageError(f"--fields goes with tsv and csv; {format} has a shape of its own")
        if self.null and format not in _LINES:
            raise UsageError(f"--null goes with formats of one record a line, not with {format}")
        if self.header is not None and format not in _TABLES:
            raise UsageError(f"--header goes with tsv and csv, not with {format}")
        return format

    def given(self) -> list[str]:
        """The options that are given."""
        values = {
            "--output": self.format is not None,
            "--null": self.null,
            "--fields": self.fields is not None,
            "--template": self.template is not None,
            "--header": self.header is not None,
        }
        return [name for name, value in values.items() if value]

    @property
    def end(self) -> str:
        """What ends a record."""
        return "\0" if self.null else "\n"

    def columns(self, default: Sequence[str], *, matched: bool) -> list[Column]:
        """The columns that were asked for, or the default ones; `matched` says whether a query was asked."""
        from readouts_cli.output.columns import chosen

        return chosen(default if self.fields is None else self.fields.split(","), matched=matched)

    def has_header(self, format: str) -> bool:
        """Whether the names of the columns come first: in CSV they do unless it is declined."""
        return format == "csv" if self.header is None else self.header

    def filling(self, *, matched: bool) -> Callable[[ShownHit], str]:
        """What fills in the template."""
        from readouts_cli.output.template import template

        assert self.template is not None
        return template(self.template, matched=matched)


def tells_undated(format: str, *, found: bool) -> bool:
    """Whether an answer says itself how many undated readouts it leaves out: in JSON, and where something is drawn."""
    return format == "json" or (format in {"cards", "table"} and found)


def machine_stream(session: Session) -> TextIO:
    """Standard output for machine formats: exact in a pipe, made visible on a terminal."""
    stdout = session.environment.stdout
    if not stdout.isatty():
        return stdout
    from readouts_cli.output.sanitize import VisibleStream

    return cast(TextIO, VisibleStream(stdout))


_output = partial(option, section="Output")


def output_options(*formats: str) -> Callable[[Any], Any]:
    """Adds the options; the command gets them as one `OutputRequest`, `output`."""
    return gathered(OutputRequest, "output", (format_option(*formats), *_OPTIONS))


def format_option(
    *formats: str, default: str = "for reading on a terminal, tab-separated in a pipe"
) -> Callable[[Any], Any]:
    """The option that names a format; `default` says in words what there is without it."""
    return _output(
        "-o",
        "--output",
        "format",
        type=click.Choice(formats),
        help=f"The format.  [default: {default}]",
    )


null_option = _output("-0", "--null", is_flag=True, help="End records with NUL, for xargs -0.")

_OPTIONS = (
    null_option,
    _output(
        "--fields",
        metavar="A,B,C",
        shell_complete=complete_columns,
        help="The columns of tsv and csv (readouts fields).",
    ),
    _output("--template", metavar="TEXT", help="A line for each readout: '{id} {met} {title}'."),
    _output("--header/--no-header", default=None, help="Whether tsv and csv begin with the names of the columns."),
)
