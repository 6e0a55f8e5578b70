"""`readouts verify`: hold the library against its own checksums and its sources."""

from __future__ import annotations

import click

from readouts_cli.cli.command import Command, Example
from readouts_cli.cli.library_option import library_option
from readouts_cli.cli.output_options import format_option, machine_stream
from readouts_cli.cli.session import Session
from readouts_cli.errors import Exit

_EXAMPLES = (
    Example("readouts verify", "the whole index and every source file"),
    Example("readouts verify -o json | jq '.findings[].remedy'", "the commands that mend what is wrong"),
)


@click.command(cls=Command, name="verify", examples=_EXAMPLES)
@format_option("tsv", "json")
@library_option
@click.pass_obj
def command(session: Session, format: str | None) -> int:
    """Check the library: every byte of the index, every posting, every source file.

    Each finding comes with the command that mends it.  Exit status 3 says that the index is damaged, 5 that a part of
    it does not answer, 4 that only files have changed or gone since they were indexed.
    """
    from readouts_cli.output import findings
    from readouts_cli.verifying import Trouble, verify

    stream, program = machine_stream(session), _program(session)
    found = verify(*session.library_location)
    if format == "json":
        seen = list(found)
        findings.write_json(stream, seen, program)
    else:
        seen = findings.write_lines(stream, found, program)
    if not seen:
        session.note("nothing is wrong with the library")
        return Exit.OK
    troubles = {finding.trouble for finding in seen}
    if Trouble.DAMAGED in troubles:
        return Exit.LIBRARY
    return Exit.INCOMPLETE if Trouble.INCOMPLETE in troubles else Exit.SOME_FAILED


def _program(session: Session) -> str:
    """How a command line begins that is about the same library, wherever it is run."""
    import shlex

    if not session.library_setting.value:
        return "readouts"
    location = session.library_location
    return f"readouts -L {shlex.quote(location.url or str(location.folder.absolute()))}"
