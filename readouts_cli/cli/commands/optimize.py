"""`readouts optimize`: lay the index out anew."""

from __future__ import annotations

import click

from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.library_option import library_option
from readouts_cli.cli.session import Session
from readouts_cli.cli.writing_options import memory_option, wait_option

_EXAMPLES = (Example("readouts optimize", "after many updates, for the fastest searches"),)


@click.command(cls=Command, name="optimize", examples=_EXAMPLES)
@memory_option()
@wait_option()
@library_option
@click.pass_obj
def command(session: Session, memory: int, wait: float) -> None:
    """Write the index anew, in few parts and without what was deleted.

    Updates keep the index in good order by themselves.  This makes it smaller after a large build, takes a part of the
    time of building it, and reads no source.
    """
    from readouts_cli.indexing.maintenance import optimize

    optimize(*session.library_location, memory=memory, wait=wait, notify=session.note)
