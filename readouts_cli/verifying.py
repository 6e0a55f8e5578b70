"""Checking a library: the index against its own checksums, and the readouts against the files they came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from readouts_cli import manifest
from readouts_cli.errors import LibraryError, ReadError, RefusedError
from readouts_cli.indexing.plan import is_under, known_files
from readouts_cli.library import Library
from readouts_cli.manifest import STDIN
from readouts_cli.reading.files import load

_REBUILD = "index --rebuild"


class Trouble(Enum):
    """A kind of finding."""

    DAMAGED = "damaged"
    CHANGED = "changed"
    MISSING = "missing"
    ORPHANED = "orphaned"
    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong.

    `remedy` is the command that mends it, or that tells whether others have, without the program and the library.
    """

    trouble: Trouble
    message: str
    remedy: str = "index"


def verify(folder: Path, url: str | None = None) -> Iterator[Finding]:
    """What is wrong with a library, as it is found; reads the whole index and every source file of this machine.

    Raises LibraryError where there is no library that could be checked.
    """
    try:
        library = Library(folder, url)
    except LibraryError as error:
        if isinstance(error, RefusedError) or url is not None or not manifest.exists(folder):
            raise
        yield _damage(str(error))
        return
    with library:
        intact = True
        # A rebuild keeps what was piped in, in the file of the index that may be the damaged one, unless it is again.
        rebuild = f"{_REBUILD} {STDIN}" if STDIN in library.manifest.sources else _REBUILD
        for message in library.engine.verify():
            intact = False
            yield _damage(message, rebuild)
        if library.incomplete:
            yield Finding(Trouble.INCOMPLETE, library.incomplete, "verify")
        elif intact:
            yield from _verify_ids(library)
            yield from _verify_files(library)


def _damage(message: str, rebuild: str = _REBUILD) -> Finding:
    """Damage by the message of an error, whose remedy may be to verify the library."""
    what, _, command = message.partition("; run: readouts ")
    return Finding(Trouble.DAMAGED, what, command if command.startswith("index") else rebuild)


def _verify_ids(library: Library) -> Iterator[Finding]:
    for id, count in Counter(id for id, _ in library.engine.stamps()).items():
        if count > 1:
            yield Finding(Trouble.DAMAGED, f"{count} readouts have the id {id!r}", _REBUILD)


def _verify_files(library: Library) -> Iterator[Finding]:
    sources = library.manifest.sources
    for path, known in sorted(known_files(library.engine.stamps()).items()):
        if path == STDIN:
            continue
        if not is_under(path, sources):
            yield Finding(Trouble.ORPHANED, f"{path} belongs to no source that the library remembers", "index SOURCE")
        elif _is_gone(path):
            yield Finding(Trouble.MISSING, f"{path} is gone")
        else:
            try:
                if load(path).digest != known.stamp.digest:
                    yield Finding(Trouble.CHANGED, f"{path} has changed since it was indexed")
            except ReadError as error:
                yield Finding(Trouble.UNREADABLE, f"{path} cannot be read: {error}")


def _is_gone(path: str) -> bool:
    """Whether there is no such file, which of a folder that cannot be looked into nobody knows."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
