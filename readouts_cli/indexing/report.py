"""What an update is asked to do, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from readouts_cli.engines import MEMORY
from readouts_cli.manifest import Failure


class Progress(Protocol):
    """Told how far an update is; for a progress bar."""

    def start(self, files: int, size: int) -> None:
        """So many files, of so many bytes in all, will be read."""

    def advance(self, files: int, size: int) -> None:
        """So many more have been."""

    def finish(self) -> None:
        """The update is over, for better or worse."""


class Silent:
    """Progress that nobody watches."""

    def start(self, files: int, size: int) -> None:
        pass

    def advance(self, files: int, size: int) -> None:
        pass

    def finish(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """How to update a library.

    `engine` names what keeps the index of a library that is made now; None is Whoosh, or what the library has.
    `globs`, `excludes` and `encoding`, where given, replace those that the library remembers; `""` takes them back.
    `rebuild` reads everything anew; `dry_run` changes nothing.  `cores` is how many processes read and index, None for
    all there are; `memory` how many bytes of postings they hold together; `wait` how many seconds to wait for another
    writer.
    """

    engine: str | None = None
    globs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    encoding: str | None = None
    rebuild: bool = False
    dry_run: bool = False
    cores: int | None = None
    memory: int = MEMORY
    wait: float = 60.0


@dataclass(frozen=True, slots=True)
class Report:
    """What an update did, in ids, and what it could not do, in files.

    `unchanged` counts readouts.  `without_published` and `without_met` count those of this update's readouts that have
    no published or no meeting date.  `size` is in bytes of files read.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    moved: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    failures: tuple[Failure, ...]
    seconds: float
    warnings: tuple[str, ...] = ()
    without_published: int = 0
    without_met: int = 0
    size: int = 0
