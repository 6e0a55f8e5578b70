"""A library's manifest: what the folder is, which engine keeps it, and what it remembers of its sources."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from readouts_cli.errors import LibraryError

#: The layout of a library folder.  Another number is another layout: such a library is rebuilt, never converted.
FORMAT = 1

_NAME = "library.json"


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read at the last update, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `library.json` says."""

    engine: str = "whoosh"
    sources: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    encoding: str | None = None
    failures: tuple[Failure, ...] = field(default=())

    def with_sources(self, added: tuple[str, ...]) -> Manifest:
        """The manifest with more sources; those already known are not doubled."""
        return replace(self, sources=tuple(dict.fromkeys((*self.sources, *added))))


def exists(folder: Path) -> bool:
    """Whether a folder holds a library."""
    return (folder / _NAME).is_file()


def load(folder: Path, *, any_format: bool = False) -> Manifest:
    """The manifest of the library in `folder`.

    Raises LibraryError where there is none, where it has another format, or where somebody else could have put it
    there: an index is trusted as code is, so only the user's own is opened.  `any_format` reads what it can of one that
    is to be rebuilt.
    """
    path = folder / _NAME
    if not path.is_file():
        raise LibraryError(f"no library in {folder}; make one with: readouts index PATH…")
    refuse_foreign(folder)
    refuse_foreign(path)
    try:
        values = json.loads(path.read_text("utf-8"))
        found = values.pop("format")
        if found != FORMAT and not any_format:
            raise LibraryError(
                f"the library in {folder} has format {found}, not {FORMAT}; run: readouts index --rebuild"
            )
        failures = tuple(Failure(**failure) for failure in values.pop("failures"))
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return Manifest(**{**values, **lists, "failures": failures})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LibraryError(f"{path} is damaged ({error}); run: readouts index --rebuild PATH…") from None


def save(folder: Path, manifest: Manifest) -> None:
    """Write the manifest so that a reader sees the old one or the new one, even after a power loss."""
    path, draft = folder / _NAME, folder / f"{_NAME}.{os.getpid()}"
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=True, indent=2)
    with draft.open("w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def refuse_foreign(path: Path) -> None:
    """Raise LibraryError where another user owns `path` or may write to it."""
    found = path.stat()
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        raise LibraryError(f"{path} belongs to another user and is not opened; make a library of your own")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise LibraryError(f"{path} can be written by other users and is not opened; run: chmod go-w '{path}'")
