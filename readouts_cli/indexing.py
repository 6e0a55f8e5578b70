"""Bringing a library up to date with its sources: what is new, changed, moved or gone, and nothing else is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from readouts_cli.manifest import Failure


class Progress(Protocol):
    """Told how far an update is; for a progress bar."""

    def start(self, files: int, size: int) -> None:
        """So many files, of so many bytes in all, will be read."""

    def advance(self, files: int, size: int) -> None:
        """So many more have been."""

    def finish(self) -> None:
        """The update is over, for better or worse."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an update did, in readouts, and what it could not do, in files.

    `removed` and `added` name ids where a caller may want to list them; `undated` counts readouts of this update without
    a published date, `without_meeting_day` those without a meeting date.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    moved: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...]
    without_published: int
    without_met: int
    size: int
    seconds: float


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """How to update: `dry_run` changes nothing, `rebuild` reads all anew, `wait` is for another writer, in seconds."""

    globs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    encoding: str | None = None
    rebuild: bool = False
    dry_run: bool = False
    wait: float = 60.0


def update(folder: Path, paths: Sequence[str], options: UpdateOptions, progress: Progress | None = None) -> Report:
    """Add `paths` to the library's sources (making the library where there is none) and bring it up to date.

    Raises UsageError where there are no sources at all, LibraryError and LibraryBusyError for the library, and
    SourceMissingError where a source has vanished as a whole; nothing is changed then.
    """
    raise NotImplementedError
