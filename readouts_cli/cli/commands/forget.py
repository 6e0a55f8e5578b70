"""`readouts forget`: drop sources from the library."""

from __future__ import annotations

import click

from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.library_option import library_option
from readouts_cli.cli.output_options import machine_stream
from readouts_cli.cli.session import Session
from readouts_cli.cli.writing_options import wait_option

_EXAMPLES = (
    Example("readouts forget ~/old-readouts", "a source that is gone for good"),
    Example("readouts forget -", "what came through standard input"),
)


@click.command(cls=Command, name="forget", examples=_EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…", type=click.Path())
@wait_option()
@library_option
@click.pass_obj
def command(session: Session, sources: tuple[str, ...], wait: float) -> None:
    """Drop sources and the readouts that came from them; prints the ids that left.

    The files themselves are not touched.  `readouts info` lists the sources.
    """
    from readouts_cli.indexing.maintenance import forget

    folder, url = session.library_location
    gone = forget(folder, sources, url, wait=wait, notify=session.note)
    stream = machine_stream(session)
    stream.writelines(f"{id}\n" for id in gone)
    session.note(f"{len(gone):,} readouts left the library")
