"""What an update has to do: the difference between the sources on disk and the files that the library knows."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from readouts_cli.engines.base import FileStamp
from readouts_cli.errors import ReadError, UsageError
from readouts_cli.manifest import STDIN, Failure, Manifest, absolute
from readouts_cli.reading.sources import Problem, SourceFile, SourceMissingError, walk

_REMEDY = "mount it, or drop it with: readouts forget SOURCE"


@dataclass(frozen=True, slots=True)
class Known:
    """A file that the library knows: its stamp, and the ids of its readouts."""

    stamp: FileStamp
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to read, and what is no longer there.

    `moved` maps the new path of a file to the known file that it was.  Files that belong to none of the sources are not
    held to be gone: another machine may have them.
    """

    new: tuple[SourceFile, ...]
    changed: tuple[SourceFile, ...]
    moved: Mapping[str, Known]
    gone: tuple[Known, ...]
    unchanged: int
    failures: tuple[Failure, ...]

    def remaining(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Those of some sources that are not files which are there no more."""
        left = {before.stamp.path for before in (*self.gone, *self.moved.values())}
        return tuple(source for source in sources if source not in left)


def known_files(stamps: Iterable[tuple[str, FileStamp]]) -> dict[str, Known]:
    """The files that an engine's readouts came from; of several stamps (`tasks.record_tasks`) the latest counts."""
    ids: dict[str, list[str]] = {}
    latest: dict[str, FileStamp] = {}
    for id, stamp in stamps:
        ids.setdefault(stamp.path, []).append(id)
        if stamp.path not in latest or latest[stamp.path].mtime_ns < stamp.mtime_ns:
            latest[stamp.path] = stamp
    return {path: Known(stamp, tuple(ids[path])) for path, stamp in latest.items()}


def make_plan(state: Manifest, known: Mapping[str, Known], *, rebuild: bool = False) -> Plan:
    """Compare the sources with the files that are known.

    Nothing is read but, where files have gone, new files of the same size.  Raises SourceMissingError where a source
    has vanished as a whole: an unmounted disk must not empty the library.
    """
    problems: list[Problem] = []
    sources = _present_sources((source for source in state.sources if source != STDIN), known)
    found = {
        file.path: file
        for file in walk(sources, globs=state.globs, excludes=state.excludes, on_problem=problems.append)
    }
    _refuse_emptied(state, sources, found, known, problems)
    retried = {failure.path for failure in state.failures}
    new, changed, unchanged = [], [], 0
    for path, file in found.items():
        before = known.get(path)
        if before is None:
            new.append(file)
        elif rebuild or path in retried or (file.size, file.mtime_ns) != (before.stamp.size, before.stamp.mtime_ns):
            changed.append(file)
        else:
            unchanged += len(before.ids)
    unseen = tuple(problem.path for problem in problems)
    absent = {
        path: before
        for path, before in known.items()
        if path not in found and path != STDIN and not is_under(path, unseen)
    }
    moved = _moved(new, absent)
    gone = set(absent) - {before.stamp.path for before in moved.values()}
    return Plan(
        new=tuple(new),
        changed=tuple(changed),
        moved=moved,
        gone=tuple(absent[path] for path in sorted(gone) if is_under(path, state.sources)),
        unchanged=unchanged,
        failures=tuple(Failure(problem.path, problem.reason) for problem in problems),
    )


def named_sources(paths: Iterable[str]) -> tuple[str, ...]:
    """Sources as the manifest keeps them.  Raises UsageError for one that is not there."""
    found = []
    for path in paths:
        source = absolute(path)
        if path != STDIN and not (path and os.path.lexists(source)):
            raise UsageError(f"{path or repr(path)} does not exist")
        found.append(source)
    return tuple(found)


def _present_sources(sources: Iterable[str], known: Mapping[str, Known]) -> list[str]:
    """The sources without single files that were removed from a folder that is still there."""
    present = []
    for source in sources:
        if not os.path.lexists(source):
            if source in known and Path(source).parent.is_dir():
                continue
            raise SourceMissingError(source, "it is gone; " + _REMEDY)
        present.append(source)
    return present


def _refuse_emptied(
    state: Manifest,
    sources: Iterable[str],
    found: Mapping[str, SourceFile],
    known: Mapping[str, Known],
    problems: Iterable[Problem],
) -> None:
    """An unmounted disk leaves an empty folder, and a slip of the pen a pattern that fits nothing."""
    unreadable = {problem.path for problem in problems}
    for source in sources:
        had = any(is_under(path, (source,)) for path in known)
        has = any(is_under(path, (source,)) for path in found)
        if had and not has and source not in unreadable:
            if any(is_under(path, (source,)) and os.path.lexists(path) for path in known):
                asked = _patterns(state) or "what is read without --glob"
                raise UsageError(f"{source}: none of its files fits {asked}; give other patterns, or '' for none")
            raise SourceMissingError(source, "it has no files any more; " + _REMEDY)


def _patterns(state: Manifest) -> str:
    """The patterns that say which files of the sources are read, as options."""
    named = (("--glob", state.globs), ("--exclude", state.excludes))
    return shlex.join(word for option, patterns in named for pattern in patterns for word in (option, pattern))


def is_under(path: str, folders: Iterable[str]) -> bool:
    """Whether a path is one of some files and folders, or lies in one."""
    return any(path == folder or path.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)


def _moved(new: Iterable[SourceFile], absent: Mapping[str, Known]) -> dict[str, Known]:
    """New files whose content is that of a file that is not there any more."""
    from readouts_cli.reading.files import load

    by_size: dict[int, list[Known]] = {}
    for before in absent.values():
        by_size.setdefault(before.stamp.size, []).append(before)
    moved: dict[str, Known] = {}
    for file in new:
        candidates = by_size.get(file.size)
        if not candidates:
            continue
        try:
            content = load(file.path)
        except ReadError:
            continue  # reading it will report it
        for before in candidates:
            if before.stamp.digest == content.digest:
                moved[file.path] = before
                candidates.remove(before)
                break
    return moved
