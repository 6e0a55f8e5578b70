"""What `readouts verify` found, for people and programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from readouts_cli.output.json_format import write_object
from readouts_cli.output.sanitize import one_line
from readouts_cli.verifying import Finding


def write_lines(stream: TextIO, found: Iterable[Finding], program: str) -> list[Finding]:
    """One line a finding as it comes: the kind of trouble, what is wrong, the command that mends it.

    `program` is how a command line begins that is about the library.
    """
    seen = []
    for finding in found:
        stream.write("\t".join(map(one_line, _row(finding, program).values())) + "\n")
        stream.flush()
        seen.append(finding)
    return seen


def write_json(stream: TextIO, found: Sequence[Finding], program: str) -> None:
    """All findings in one object."""
    write_object(stream, {"schema": "readouts.verify/1", "findings": [_row(finding, program) for finding in found]})


def _row(finding: Finding, program: str) -> dict[str, str]:
    remedy = f"{program} {finding.remedy}"
    return {"trouble": finding.trouble.value, "message": finding.message, "remedy": remedy}
