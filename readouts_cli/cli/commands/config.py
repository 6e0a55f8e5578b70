"""`readouts config`: the settings in force, and where each comes from."""

from __future__ import annotations

import click

from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.output_options import format_option, machine_stream
from readouts_cli.cli.session import Session

_EXAMPLES = (
    Example("readouts config", "everything that is in force"),
    Example("readouts config -o json | jq -r .settings.library.value", "one value, for a script"),
)


@click.command(cls=Command, name="config", examples=_EXAMPLES)
@format_option("tsv", "json")
@click.pass_obj
def command(session: Session, format: str | None) -> None:
    """Show the settings in force, and where each comes from.

    That is an option, a variable, the config file, or the default.  The config file's keys are explained by:
    readouts help settings.
    """
    from readouts_cli.cli.settings import settings
    from readouts_cli.output.sanitize import one_line

    found = settings(session)
    stream = machine_stream(session)
    if format == "json":
        from readouts_cli.output.json_format import write_object

        shapes = {name: setting._asdict() for name, setting in found.items()}
        write_object(stream, {"schema": "readouts.config/1", "settings": shapes})
    elif format == "tsv" or not session.on_terminal:
        stream.writelines(f"{name}\t{one_line(value)}\t{origin}\n" for name, (value, origin) in found.items())
    else:
        names, values = max(map(len, found)), max(len(value) for value, _ in found.values())
        for name, (value, origin) in found.items():
            stream.write(f"{name.ljust(names)}  {one_line(value).ljust(values)}  {one_line(origin)}\n")
