"""Failures: the one line that each shows on standard error, and the status that the program then ends with."""

from __future__ import annotations

import os
import sys

import click

from readouts_cli.errors import Exit, QueryError, ReadoutsError
from readouts_cli.output.sanitize import one_line


def report(error: BaseException) -> int:
    """Say on standard error what went wrong and return the exit status."""
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return Exit.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _abandon_output()
        return Exit.PIPE_CLOSED
    if isinstance(error, QueryError):
        return _query_failed(error)
    if isinstance(error, ReadoutsError):
        return _say(str(error), error.exit)
    if isinstance(error, click.ClickException):
        return _say(_usage(error), Exit.USAGE)
    if isinstance(error, OSError):
        _abandon_output()
        return _say(_system(error), Exit.USAGE)
    import traceback

    _tell("".join(traceback.format_exception(error)))
    return _say("this is a fault of the program; please report it with the lines above", Exit.BUG)


def _say(message: str, status: int) -> int:
    _tell(f"readouts: {one_line(message)}\n")
    return status


def _tell(text: str) -> None:
    """Write to standard error; where nothing can be written there, the exit status still tells what it can."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _abandon_output()


def _query_failed(error: QueryError) -> int:
    """The message, and below it the query with carets under the place at fault."""
    from readouts_cli.query.caret import caret

    status = _say(str(error), error.exit)
    if error.source:
        _tell("".join(f"  {line}\n" for line in caret(error).splitlines()))
    return status


def _usage(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    message = error.format_message().rstrip(".")
    return f"{message} (see: {context.command_path} --help)" if context else message


def _system(error: OSError) -> str:
    """What the system refused; without a file's name it was our own output."""
    where = f"{os.fsdecode(error.filename)}: " if error.filename else "cannot write the output: "
    return where + (error.strerror or str(error))


def _abandon_output() -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not fail once more when it flushes."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not _flushes(stream):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _flushes(stream: object) -> bool:
    try:
        stream.flush()  # type: ignore[attr-defined]
    except (OSError, ValueError):
        return False
    return True
