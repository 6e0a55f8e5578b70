"""`readouts schema`: the shapes of the JSON that comes out."""

from __future__ import annotations

import click

from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.session import Session
from readouts_cli.output.schemas import NAMES, schema

_EXAMPLES = (
    Example("readouts schema search", "the JSON Schema of search -o json"),
    Example("readouts schema readout > readout.schema.json", "keep the one of show -o json"),
)


@click.command(cls=Command, name="schema", examples=_EXAMPLES)
@click.argument("name", type=click.Choice(NAMES), metavar="NAME")
@click.pass_obj
def command(session: Session, name: str) -> None:
    """Print the JSON Schema of a kind of output.

    NAME: search and list are what these commands print with -o json, hit and summary each line of their -o jsonl;
    readout is what show prints; count and facet are a search's with these options; index, info and config are what
    these commands print.  The schemas are of draft 2020-12.
    """
    session.environment.stdout.write(schema(name))
