"""`readouts schema`: the shapes of the JSON that comes out."""

from __future__ import annotations

import click

from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.session import Session
from readouts_cli.output.schemas import NAMES, schema

_EXAMPLES = (
    Example("readouts schema search", "the JSON Schema of search -o json"),
    Example("readouts search carbon -o json | check-jsonschema --schemafile <(readouts schema search) -", "check"),
)


@click.command(cls=Command, name="schema", examples=_EXAMPLES)
@click.argument("name", type=click.Choice(NAMES))
@click.pass_obj
def command(session: Session, name: str) -> None:
    """Print the JSON Schema of a kind of output.

    It is of draft 2020-12.  search and list describe what these commands print with -o json, hit and summary each line
    of their -o jsonl, readout what show prints; count and facet are those of a search, the others the reports of their
    commands.
    """
    session.environment.stdout.write(schema(name))
