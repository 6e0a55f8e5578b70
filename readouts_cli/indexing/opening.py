"""Opening a library's index for a change, and making it where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

from readouts_cli.engines import MEMORY, WriterClass, change_on_cluster, writer_class
from readouts_cli.engines.base import Writer
from readouts_cli.library import INDEX


def begin(folder: Path, engine: str, url: str | None = None, *, cores: int | None = 1, memory: int = MEMORY) -> Writer:
    """Open the index of the library in `folder`, or at `url`, for a change; the caller is the only one to make one.

    Raises LibraryError.
    """
    index = folder / INDEX
    if url is not None:
        index.mkdir(mode=0o700, exist_ok=True)
        return change_on_cluster(url, index, cores=cores, memory=memory)
    writer = writer_class(engine)
    if not index.is_dir():
        _make(index, writer)
    return writer(index, cores=cores, memory=memory)


def discard(folder: Path) -> None:
    """Remove the index of the library in `folder`, whatever is in it."""
    shutil.rmtree(folder / INDEX)


def _make(index: Path, engine: WriterClass) -> None:
    """Make an empty index; one that was killed meanwhile leaves none."""
    draft = index.with_name(f"{index.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    engine.create(draft)
    draft.rename(index)
