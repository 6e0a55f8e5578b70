"""The program called in this process, as a user calls it: the same answers in a tenth of the time."""

from __future__ import annotations

import io
from pathlib import Path

from conftest import Result

from readouts_cli.cli.application import run
from readouts_cli.cli.environment import Environment
from readouts_cli.errors import ReadoutsError


def call(*args: str, library: Path, stdin: str = "") -> Result:
    """Run a command on a library; its streams are no terminal."""
    given, out, err = (io.TextIOWrapper(io.BytesIO(text.encode()), write_through=True) for text in (stdin, "", ""))
    variables = {"READOUTS_LIBRARY": str(library), "XDG_CONFIG_HOME": str(library.parent)}
    try:
        status = run(args, Environment(given, out, err, variables))
    except ReadoutsError as error:
        status = error.exit
        err.write(f"readouts: {error}\n")
    written = out.buffer.getvalue()
    said = err.buffer.getvalue()
    return Result(status, written.decode(), said.decode(), written)
