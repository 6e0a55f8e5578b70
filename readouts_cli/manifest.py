"""A library's manifest: what the folder is, which engine keeps it, and what it remembers of its sources."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from readouts_cli.engines import CLUSTER, ENGINES
from readouts_cli.errors import LibraryError, RefusedError

#: The layout of a library folder.  Another number is another layout: such a library is rebuilt, never converted.
FORMAT = 3

#: The source, and the path, of readouts that came from standard input; no file, so never missing.
STDIN = "-"

_NAME = "library.json"

#: The last member: the CRC-32 of all bytes of the file before it.
_CHECKSUM = b'  "checksum": '


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read at the last update, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `library.json` says; `unfinished` is the location of the library that this is to become a copy of."""

    engine: str = "whoosh"
    sources: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    encoding: str | None = None
    failures: tuple[Failure, ...] = ()
    unfinished: str | None = None

    def with_sources(self, added: tuple[str, ...]) -> Manifest:
        """The manifest with more sources; those already known are not doubled."""
        return replace(self, sources=tuple(dict.fromkeys((*self.sources, *added))))


def absolute(path: str) -> str:
    """A path as sources are remembered and the files below them known: `..` taken out, links left as they are."""
    return path if path == STDIN else os.path.abspath(path)  # noqa: PTH100  # pathlib leaves `..` in


def exists(folder: Path) -> bool:
    """Whether a folder holds a library."""
    return (folder / _NAME).is_file()


def load(folder: Path, *, any_format: bool = False) -> Manifest:
    """The manifest of the library in `folder`.

    Raises LibraryError where there is none, where it has another format or is unfinished, or where somebody else could
    have put it there: an index is trusted as code is, so only the user's own is opened.  `any_format` reads what it can
    of one that is to be rebuilt; of a damaged one that is only which engine keeps the library.
    """
    found = load_unfinished(folder, any_format=any_format)
    if found.unfinished is not None:
        raise LibraryError(
            f"the library in {folder} is not wholly converted; run again: readouts convert {found.unfinished} …"
        )
    return found


def load_unfinished(folder: Path, *, any_format: bool = False) -> Manifest:
    """The same; also that of a library whose conversion has not come to its end."""
    path = folder / _NAME
    if not path.is_file():
        raise LibraryError(f"no library in {folder}; make one with: readouts index PATH…")
    refuse_foreign(folder)
    refuse_foreign(path)
    data = path.read_bytes()
    try:
        values = json.loads(data.decode("utf-8"))
        found = values["format"]
        if found != FORMAT and not any_format:
            raise LibraryError(
                f"the library in {folder} has format {found}, not {FORMAT}; run: readouts index --rebuild"
            )
        if found == FORMAT:
            _check(data)
        return Manifest(**_members(values, leniently=any_format))
    except (ValueError, TypeError, KeyError) as error:
        if any_format:
            return Manifest(engine=_engine_named(data))
        raise LibraryError(f"{path} is damaged ({error}); run: readouts index --rebuild PATH…") from None


def _check(data: bytes) -> None:
    """Raise ValueError where a manifest does not end with the checksum over all before it."""
    if data != _with_checksum(data[: data.rfind(_CHECKSUM)]):
        raise ValueError("its checksum does not fit")


def _engine_named(data: bytes) -> str:
    """The engine that a damaged manifest names, or the default where it names none that there is."""
    named = (engine for engine in (*ENGINES, CLUSTER) if f'"engine": "{engine}"'.encode() in data)
    return next(named, Manifest().engine)


def _members(values: Mapping[str, Any], *, leniently: bool) -> dict[str, Any]:
    """The members of a manifest in JSON; `leniently` passes over what is not as `save` writes it."""
    found = {}
    for name, read in _READERS.items():
        try:
            found[name] = read(values[name])
        except (TypeError, ValueError, KeyError):
            if not leniently:
                raise ValueError(f"{name} is missing or has another form") from None
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError
    return tuple(map(_text, values))


def _sources(values: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(absolute, _texts(values))))


def _failures(values: list[dict[str, object]]) -> tuple[Failure, ...]:
    return tuple(Failure(_text(value["path"]), _text(value["reason"])) for value in values)


_READERS: Mapping[str, Callable[[Any], object]] = {
    "engine": _text,
    "sources": _sources,
    "globs": _texts,
    "excludes": _texts,
    "encoding": _text_or_none,
    "failures": _failures,
    "unfinished": _text_or_none,
}


def save(folder: Path, manifest: Manifest) -> None:
    """Write the manifest so that a reader sees the old one or the new one, even after a power loss."""
    path, draft = folder / _NAME, folder / f"{_NAME}.{os.getpid()}"
    with draft.open("wb") as file:
        file.write(sealed({"format": FORMAT, **asdict(manifest)}))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(folder)


def sealed(members: Mapping[str, object]) -> bytes:
    """The bytes of the file: members as JSON, and a checksum over them."""
    text = json.dumps(members, ensure_ascii=True, indent=2)
    return _with_checksum(text.removesuffix("\n}").encode() + b",\n")


def _with_checksum(before: bytes) -> bytes:
    return before + _CHECKSUM + f'"{crc32(before):08x}"\n}}\n'.encode()


def make_folder(folder: Path) -> None:
    """Make the folder of a library where there is none, for its user alone; a power loss does not take it back."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in made:
        sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def refuse_foreign(path: Path) -> None:
    """Raise RefusedError where another user owns `path` or may write to it."""
    found = path.stat()
    if hasattr(os, "getuid") and found.st_uid != os.getuid():
        raise RefusedError(f"{path} belongs to another user and is not opened; make a library of your own")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise RefusedError(f"{path} can be written by other users and is not opened; run: chmod go-w '{path}'")
