"""Checking a library: the index against its own checksums, and the readouts against the files they came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from readouts_cli import manifest
from readouts_cli.errors import LibraryError, ReadError, RefusedError
from readouts_cli.indexing.plan import is_under, known_files
from readouts_cli.library import STDIN, Library
from readouts_cli.reading.files import load


class Trouble(Enum):
    """A kind of finding."""

    DAMAGED = "damaged"
    CHANGED = "changed"
    MISSING = "missing"
    ORPHANED = "orphaned"
    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"


_REMEDIES = {
    Trouble.DAMAGED: "readouts index --rebuild",
    Trouble.ORPHANED: "readouts index SOURCE",
    Trouble.INCOMPLETE: "readouts verify",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong."""

    trouble: Trouble
    message: str

    @property
    def remedy(self) -> str:
        """The command that mends it, or that tells whether others have."""
        return _REMEDIES.get(self.trouble, "readouts index")


def verify(folder: Path, url: str | None = None) -> Iterator[Finding]:
    """What is wrong with a library, as it is found; reads the whole index and every source file of this machine.

    Raises LibraryError where there is no library that could be checked.
    """
    try:
        library = Library(folder, url)
    except LibraryError as error:
        if isinstance(error, RefusedError) or url is not None or not manifest.exists(folder):
            raise
        yield Finding(Trouble.DAMAGED, str(error))
        return
    with library:
        intact = True
        for message in library.engine.verify():
            intact = False
            yield Finding(Trouble.DAMAGED, message)
        if library.incomplete:
            yield Finding(Trouble.INCOMPLETE, library.incomplete)
        elif intact:
            yield from _verify_files(library)


def _verify_files(library: Library) -> Iterator[Finding]:
    sources = library.manifest.sources
    for path, known in sorted(known_files(library.engine.stamps()).items()):
        if path == STDIN:
            continue
        if not is_under(path, sources):
            yield Finding(Trouble.ORPHANED, f"{path} belongs to no source that the library remembers")
        elif not Path(path).exists():
            yield Finding(Trouble.MISSING, f"{path} is gone")
        else:
            try:
                if load(path).digest != known.stamp.digest:
                    yield Finding(Trouble.CHANGED, f"{path} has changed since it was indexed")
            except ReadError as error:
                yield Finding(Trouble.UNREADABLE, f"{path} cannot be read: {error}")
