"""What `readouts verify` found, for people and programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from readouts_cli.output.json_format import write_object
from readouts_cli.output.sanitize import one_line
from readouts_cli.verifying import Finding


def write_lines(stream: TextIO, found: Iterable[Finding]) -> list[Finding]:
    """One line a finding as it comes: the kind of trouble, what is wrong, the command that mends it."""
    seen = []
    for finding in found:
        stream.write("\t".join((finding.trouble.value, one_line(finding.message), finding.remedy)) + "\n")
        stream.flush()
        seen.append(finding)
    return seen


def write_json(stream: TextIO, found: Sequence[Finding]) -> None:
    """All findings in one object."""
    rows = [
        {"trouble": finding.trouble.value, "message": finding.message, "remedy": finding.remedy} for finding in found
    ]
    write_object(stream, {"schema": "readouts.verify/1", "findings": rows})
