"""What can go wrong, and the exit status each kind of failure ends the program with.

Every message is one line that says what, where and what to do.  `cli.main` turns these into output, and nothing else
does.
"""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses of the command line: part of its contract (README)."""

    OK = 0
    NOTHING_FOUND = 1
    USAGE = 2
    LIBRARY = 3
    SOME_FAILED = 4
    INCOMPLETE = 5
    BUG = 70  # nobody foresaw the failure; a traceback precedes it (sysexits.h: EX_SOFTWARE)
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class ReadoutsError(Exception):
    """Base of every error that is meant for the user."""

    exit = Exit.USAGE


class UsageError(ReadoutsError):
    """The command line asks for something that cannot be done."""


class NotFoundError(ReadoutsError):
    """No readout has that id or path."""

    exit = Exit.NOTHING_FOUND


class QueryError(ReadoutsError):
    """A query that means nothing: `source[start:end]` is the part at fault, or the point where something is missing."""

    def __init__(self, message: str, source: str = "", start: int = 0, end: int | None = None) -> None:
        super().__init__(message)
        self.source = source
        self.start = start
        self.end = start + 1 if end is None else max(end, start + 1)


class LibraryError(ReadoutsError):
    """The library is missing, damaged, locked, or from another version."""

    exit = Exit.LIBRARY


class LibraryBusyError(LibraryError):
    """Another process is writing to the library."""


class IncompleteError(LibraryError):
    """Part of the library does not answer, and what was asked for may lie in it."""

    exit = Exit.INCOMPLETE


class RefusedError(LibraryError):
    """The library may be sound, and is not opened here: whose it is, or what this machine has, forbids it."""


class MissingEngineError(RefusedError):
    """The library's engine needs a package that is not installed."""

    def __init__(self, engine: str) -> None:
        super().__init__(f"the engine {engine} needs an extra: pip install 'readouts-cli[{engine}]'")


class ReadError(ReadoutsError):
    """A file could not be read as readouts; the message is the reason without the path."""

    exit = Exit.SOME_FAILED


class MissingExtraError(ReadError):
    """A file or output needs a package that is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra: pip install 'readouts-cli[{extra}]'")
