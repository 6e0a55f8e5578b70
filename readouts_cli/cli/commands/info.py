"""`readouts info`: what a library holds, and how it is."""

from __future__ import annotations

import click

from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.library_option import library_option
from readouts_cli.cli.output_options import format_option, machine_stream
from readouts_cli.cli.session import Session

_EXAMPLES = (
    Example("readouts info", "the library that is used"),
    Example("readouts -L work info -o json", "another one, for a program"),
)


@click.command(cls=Command, name="info", examples=_EXAMPLES)
@format_option("tsv", "json")
@library_option
@click.pass_obj
def command(session: Session, format: str | None) -> None:
    """Show what the library holds.

    Its sources, counts, dates and languages, the files that could not be read, its size and its engine.
    """
    from readouts_cli.output import info

    with session.open_library() as library:
        found = info.of(library)
    stream = machine_stream(session)
    if format == "json":
        from readouts_cli.output.json_format import write_object

        write_object(stream, info.shape(found))
    elif format == "tsv" or not session.on_terminal:
        info.write(stream, found)
    else:
        info.draw(stream, found)
