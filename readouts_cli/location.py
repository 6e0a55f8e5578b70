"""Where a library is, and where this machine keeps what it remembers of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


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
        return LibraryLocation(Path(name).expanduser())
    from readouts_cli.engines.opensearch.location import parse

    cluster = parse(name)
    host, port = cluster.hosts[0]
    return LibraryLocation(_data_folder() / "clusters" / f"{host}-{port}" / cluster.name, name)


def _data_folder() -> Path:
    """The user's data of this program (XDG Base Directory Specification)."""
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(data) / "readouts"
