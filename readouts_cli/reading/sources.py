"""Walking the sources of a library: which files are there, without opening one.

Looking is most of what a refresh does when nothing has changed, so the walk asks the system once a file and makes
nothing it does not return.
"""

# ruff: noqa: PTH100, PTH116, PTH119, PTH120, PTH122
# pathlib makes an object for every name, and loses names that are compared as text

from __future__ import annotations

import errno
import fnmatch
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readouts_cli.errors import ReadError, ReadoutsError
from readouts_cli.reading.formats.kinds import SUFFIXES

_SPECIAL = "not a regular file, so not opened"


class SourceFile(NamedTuple):
    """A file that may hold readouts: absolute path as the user would open it, size in bytes, time of last change.

    A tuple because there are as many as files: it is made three times as fast as a dataclass.
    """

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read, and why."""

    path: str
    reason: str


class SourceMissingError(ReadoutsError):
    """A source is not there, or cannot be reached: an unmounted disk must not look like a folder that was emptied."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"source {path!r} cannot be reached ({reason}): nothing of it was read or removed")
        self.path = path


def walk(
    sources: Sequence[str],
    *,
    globs: Sequence[str] = (),
    excludes: Sequence[str] = (),
    on_problem: Callable[[Problem], None],
) -> Iterator[SourceFile]:
    """The files of all sources in a fixed order, each path once.

    A file that is named itself is taken whatever it is called.  Below a folder, files and folders whose names begin
    with a dot are passed over, and so are files whose suffix is not in SUFFIXES.  A pattern of `globs` or `excludes`
    is held against the name or, where it has a slash, against the path below the source, and `*` also matches slashes;
    a glob may ask for another suffix (`*.log`).  Links out of the source, special files and folders that cannot be
    read are told to `on_problem`.  Raises SourceMissingError before anything is yielded.
    """
    roots = [os.path.abspath(source) for source in sources]
    found: list[tuple[str, os.stat_result]] = []
    for root in roots:
        try:
            found.append((root, os.stat(root)))
        except OSError as error:
            raise SourceMissingError(root, error.strerror or type(error).__name__) from None
    files = _files(found, _Wanted(globs, excludes), on_problem)
    return files if len(found) == 1 else _once(files)


def _files(
    roots: list[tuple[str, os.stat_result]], wanted: _Wanted, on_problem: Callable[[Problem], None]
) -> Iterator[SourceFile]:
    for root, status in roots:
        if stat.S_ISDIR(status.st_mode):
            yield from _Tree(root, wanted, on_problem).files()
        elif stat.S_ISREG(status.st_mode):
            yield SourceFile(root, status.st_size, status.st_mtime_ns)
        else:
            on_problem(Problem(root, _SPECIAL))


def _once(files: Iterator[SourceFile]) -> Iterator[SourceFile]:
    """Every path the first time only: sources may lie one within another."""
    seen: set[str] = set()
    for file in files:
        if file.path not in seen:
            seen.add(file.path)
            yield file


class _Wanted:
    """Which names are looked for below a folder."""

    def __init__(self, globs: Sequence[str], excludes: Sequence[str]) -> None:
        asked_for = (os.path.splitext(glob)[1].lower() for glob in globs)
        self._suffixes = (*SUFFIXES, *(suffix for suffix in asked_for if suffix.lstrip(".").isalnum()))
        self._globs = _matcher(globs)
        self._excludes = _matcher(excludes)

    def file(self, name: str, below: str) -> bool:
        """Whether a file is read; `below` is its path below the source, with a slash in front."""
        return (
            name.lower().endswith(self._suffixes)
            and (self._globs is None or self._globs(name, below))
            and (self._excludes is None or not self._excludes(name, below))
        )

    def folder(self, name: str, below: str) -> bool:
        """Whether a folder is entered."""
        return self._excludes is None or not self._excludes(name, below)


def _matcher(patterns: Sequence[str]) -> Callable[[str, str], bool] | None:
    """Whether a name, or the path below the source, fits any of the patterns; None where there are none."""
    if not patterns:
        return None
    names: list[str] = []
    paths: list[str] = []
    for pattern in patterns:
        plain = pattern.removeprefix("./").rstrip("/")
        if "/" not in plain:
            names.append(fnmatch.translate(plain))
        else:
            paths.append(fnmatch.translate(plain if plain.startswith(("/", "*")) else f"/{plain}"))
    fits_name, fits_path = (re.compile("|".join(some) or r"(?!)").match for some in (names, paths))
    return lambda name, below: bool(fits_name(name) or fits_path(below))


class _Tree:
    """One source folder: the files of a folder come before those of the folders in it, each in the order of names."""

    def __init__(self, root: str, wanted: _Wanted, on_problem: Callable[[Problem], None]) -> None:
        self._root = root
        self._real_root = os.path.realpath(root).rstrip("/")
        self._above = len(root.rstrip("/"))
        self._wanted = wanted
        self._on_problem = on_problem

    def files(self) -> Iterator[SourceFile]:
        """All the files below the source."""
        pending = [self._root]
        while pending:
            folders: list[str] = []
            yield from sorted(self._look_into(pending.pop(), folders))
            pending.extend(sorted(folders, reverse=True))

    def _look_into(self, folder: str, folders: list[str]) -> list[SourceFile]:
        """The files in a folder; the folders in it are added to `folders`."""
        files: list[SourceFile] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_file(follow_symlinks=False):
                        if self._wanted.file(entry.name, entry.path[self._above :]):
                            try:
                                status = entry.stat(follow_symlinks=False)
                            except FileNotFoundError:
                                continue  # gone meanwhile
                            files.append(SourceFile(entry.path, status.st_size, status.st_mtime_ns))
                    elif entry.is_dir(follow_symlinks=False):
                        if self._wanted.folder(entry.name, entry.path[self._above :]):
                            folders.append(entry.path)
                    elif entry.is_symlink():
                        self._follow(entry, files)
                    else:
                        self._on_problem(Problem(entry.path, _SPECIAL))
        except OSError as error:
            self._on_problem(Problem(folder, f"this folder cannot be read: {error.strerror}"))
        return files

    def _follow(self, entry: os.DirEntry[str], files: list[SourceFile]) -> None:
        """Add the file that a link leads to, or say why not."""
        try:
            if file := self._linked(entry):
                files.append(file)
        except ReadError as error:
            self._on_problem(Problem(entry.path, str(error)))

    def _linked(self, entry: os.DirEntry[str]) -> SourceFile | None:
        """The file that a link leads to; None where it is not wanted, or found without the link."""
        try:
            target = os.path.realpath(entry.path, strict=True)
            status = os.stat(target)
        except OSError as error:
            loop = error.errno == errno.ELOOP
            raise ReadError("a link that leads back to itself" if loop else "a link to nothing") from None
        is_folder = stat.S_ISDIR(status.st_mode)
        if not is_folder and not stat.S_ISREG(status.st_mode):
            raise ReadError(_SPECIAL)
        wanted = self._wanted.folder if is_folder else self._wanted.file
        if not wanted(entry.name, entry.path[self._above :]):
            return None
        if is_folder and f"{os.path.realpath(os.path.dirname(entry.path))}/".startswith(f"{target}/"):
            raise ReadError("a link to a folder that it lies in")
        if not target.startswith(f"{self._real_root}/"):
            raise ReadError("a link that leads out of the source")
        below = target[len(self._real_root) :]
        if "/." not in below and wanted(os.path.basename(target), below):
            return None  # what it leads to is found where it is
        if is_folder:
            raise ReadError("a link to a hidden folder")
        return SourceFile(entry.path, status.st_size, status.st_mtime_ns)
