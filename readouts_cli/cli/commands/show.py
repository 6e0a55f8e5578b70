"""`readouts show`: read readouts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

from readouts_cli.cli.command import Command, Example, option
from readouts_cli.cli.completion import complete_ids
from readouts_cli.cli.gathering import gathered
from readouts_cli.cli.library_option import colour_option, library_option, paging_option
from readouts_cli.cli.output_options import format_option, null_option
from readouts_cli.cli.session import Session
from readouts_cli.errors import Exit, UsageError

if TYPE_CHECKING:
    from readouts_cli.library import Library
    from readouts_cli.readout import Readout, Span

_FORMATS = ("page", "text", "json", "jsonl", "ids", "paths")

_EXAMPLES = (
    Example("readouts show 003", "read one; its file's name or a beginning of it will do too"),
    Example(
        "readouts show 003 --highlight '\"dual carbon\"' --paragraph 4", "one paragraph, with a phrase highlighted"
    ),
    Example("readouts show 003 --why", "where its dates and names come from"),
    Example("readouts search carbon -o ids | readouts show - -o jsonl", "whole readouts for the next program"),
)


class ShowRequest(NamedTuple):
    """What to show of the readouts."""

    format: str | None
    highlight: str | None
    paragraph: tuple[int, ...]
    null: bool
    raw: bool
    why: bool
    open: bool

    def check(self) -> None:
        """Raise UsageError for options that do not go together."""
        if self.null and self.format not in {"jsonl", "ids", "paths"}:
            raise UsageError("--null goes with formats of one record a line: jsonl, ids, paths")
        for alone in ("raw", "open"):
            others = {
                "--output": self.format,
                "--highlight": self.highlight is not None,
                "--paragraph": self.paragraph,
                "--why": self.why,
                "--open": self.open if alone == "raw" else False,
            }
            given = [name for name, value in others.items() if value]
            if getattr(self, alone) and given:
                raise UsageError(f"--{alone} takes the file as it is; leave out {', '.join(given)}")
        reading = self.highlight is not None or self.paragraph
        if self.why and (reading or self.format in {"text", "ids", "paths"}):
            raise UsageError(
                "--why tells of facts alone; leave out --highlight and --paragraph, and ask for page or json"
            )
        if self.format in {"json", "jsonl", "ids", "paths"} and reading:
            raise UsageError(f"--highlight and --paragraph are for reading; {self.format} holds everything")

    def chosen(self, session: Session) -> str:
        """The format: the one that was asked for, else a page on a terminal and the text elsewhere.

        Raises UsageError for matches to be highlighted in bare text.
        """
        format = self.format or ("page" if session.on_terminal else "text")
        if format == "text" and self.highlight is not None:
            raise UsageError("bare text, as a pipe gets it, highlights nothing; leave out --highlight, or add -o page")
        return format


_option = partial(option, section="What to show")

_OPTIONS = (
    format_option(*_FORMATS, default="a page on a terminal, the text in a pipe"),
    _option("--highlight", metavar="QUERY", help="Highlight what a query matches."),
    _option(
        "--paragraph", metavar="N", type=click.IntRange(min=1), multiple=True, help="Only this paragraph; may recur."
    ),
    null_option,
    _option("--raw", is_flag=True, help="The file's bytes as they are."),
    _option("--why", is_flag=True, help="Each fact with its rule and the words that it was read from."),
    _option("--open", is_flag=True, help="Open the files in $VISUAL, $EDITOR or the pager."),
)


@click.command(cls=Command, name="show", examples=_EXAMPLES)
@click.argument("references", nargs=-1, required=True, metavar="ID…", shell_complete=complete_ids)
@gathered(ShowRequest, "show", _OPTIONS)
@library_option
@colour_option
@paging_option
@click.pass_obj
def command(session: Session, references: tuple[str, ...], show: ShowRequest) -> int:
    """Show readouts whole.

    An ID is a readout's id, an unambiguous beginning of it or of its file's name, or the file's path; - reads ids from
    standard input, one a line.
    """
    show.check()
    format = show.chosen(session)
    with session.open_library() as library:
        ids = [library.resolve(reference) for reference in _expanded(session, references)]
        if not ids:
            session.note("there are no ids on standard input")
            return Exit.NOTHING_FOUND
        _print(session, library, ids, show, format, single=len(references) == 1 and references != ("-",))
    return Exit.OK


def _expanded(session: Session, references: Sequence[str]) -> Iterator[str]:
    """The references, with those on standard input in the place of `-`; NULs end lines too."""
    for reference in references:
        if reference == "-":
            yield from filter(
                None, (id.strip() for id in session.environment.stdin.read().replace("\0", "\n").split("\n"))
            )
        else:
            yield reference


def _print(session: Session, library: Library, ids: list[str], show: ShowRequest, format: str, *, single: bool) -> None:
    from readouts_cli.cli import readouts

    found = library.engine.readouts(ids)
    if show.raw:
        readouts.print_raw(session, library, found)
    elif show.open:
        readouts.open_files(session, found)
    elif format in {"json", "jsonl"}:
        readouts.print_json(
            session, found, why=show.why, array=format == "json" and not single, end="\0" if show.null else "\n"
        )
    elif show.why:
        readouts.print_why(session, found, drawn=format == "page")
    elif format in {"ids", "paths"}:
        readouts.print_names(session, found, format, end="\0" if show.null else "\n")
    else:
        _print_text(session, library, found, show, drawn=format == "page", several=len(ids) > 1)


def _print_text(
    session: Session, library: Library, found: Iterator[Readout], show: ShowRequest, *, drawn: bool, several: bool
) -> None:
    from readouts_cli.cli import readouts

    marked = ((_checked(readout, show.paragraph), spans) for readout, spans in _marked(library, found, show.highlight))
    if drawn:
        readouts.draw_pages(session, marked, show.paragraph)
    else:
        readouts.print_texts(session, (readout for readout, _ in marked), show.paragraph, headed=several)


def _marked(library: Library, found: Iterator[Readout], highlight: str | None) -> Iterator[tuple[Readout, list[Span]]]:
    """The readouts with the stretches to highlight."""
    if highlight is None:
        yield from ((readout, []) for readout in found)
        return
    from readouts_cli.query.period_syntax import today
    from readouts_cli.query.syntax import Options, parse

    query = parse(highlight, Options(today=today()))
    yield from ((readout, library.matches(query, readout)) for readout in found)


def _checked(readout: Readout, numbers: tuple[int, ...]) -> Readout:
    """The readout, if it has the paragraphs."""
    from readouts_cli.passages import paragraphs

    if numbers and max(numbers) > (last := len(paragraphs(readout.text))):
        raise UsageError(f"{readout.id} has {last} paragraphs; there is no paragraph {max(numbers)}")
    return readout
