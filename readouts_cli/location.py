"""Where a library is, and where this machine keeps what it remembers of it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from readouts_cli.errors import UsageError


class LibraryLocation(NamedTuple):
    """A library in a folder; or, with a `url`, one on a cluster.

    Of the latter, `folder` holds only what this machine needs to index into it: its sources, its failures, its lock and
    the name that tells its readouts from those of other machines.  Searching needs no such folder.
    """

    folder: Path
    url: str | None = None

    def __str__(self) -> str:
        return self.url or str(self.folder)


def locate(name: str) -> LibraryLocation:
    """The location that a user means by a folder's name or a URL; "" means the default library.

    A library on a cluster is known by the first host of its URL and its name.  Raises UsageError for a URL that is
    none.
    """
    if not name:
        return LibraryLocation(_data_folder() / "default")
    if "://" not in name:
        return LibraryLocation(expand(name))
    from readouts_cli.engines.opensearch.location import parse

    cluster = parse(name)
    host, port = cluster.hosts[0]
    return LibraryLocation(_data_folder() / "clusters" / f"{host}-{port}" / cluster.name, name)


def expand(name: str) -> Path:
    """A path as a user writes it, with `~` and `~somebody`.  Raises UsageError where nobody has such a home."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise UsageError(f"{name}: there is no such home; write the path in full") from None


def own_folder(variables: Mapping[str, str], variable: str, customary: str) -> Path:
    """Where the user's files of one kind are: below the folder that a variable names, or the customary one.

    As the XDG Base Directory Specification demands, a variable that holds no absolute path counts for nothing.
    """
    base = Path(variables.get(variable, ""))
    return (base if base.is_absolute() else expand(customary)) / "readouts"


def _data_folder() -> Path:
    return own_folder(os.environ, "XDG_DATA_HOME", "~/.local/share")
