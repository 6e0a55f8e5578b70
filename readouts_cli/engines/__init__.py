"""Stores of postings behind one port; the only place that imports an engine."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from readouts_cli.engines.base import Engine, Writer
from readouts_cli.errors import RefusedError

#: How much of a change an engine may hold in memory unless it is told otherwise, in bytes.
MEMORY = 256 * 2**20


#: The engines that keep a library in a folder; the first is the default.
ENGINES = ("whoosh", "tantivy")

#: The engine that keeps a library on a cluster.
CLUSTER = "opensearch"


class EngineClass(Protocol):
    """Opens what an engine keeps in a folder."""

    def __call__(self, folder: Path) -> Engine: ...


class WriterClass(Protocol):
    """Begins to change what an engine keeps in a folder; the caller keeps other writers away.

    `cores` is how many processes may work at once, None for all there are; `memory` bounds in bytes what they hold.
    """

    def __call__(self, folder: Path, *, cores: int | None = 1, memory: int = MEMORY) -> Writer: ...

    def create(self, folder: Path) -> None:
        """Make an empty store in an existing folder."""


def engine_class(name: str) -> EngineClass:
    """What opens the stores of an engine.  Raises RefusedError for an unknown one."""
    if name == "whoosh":
        from readouts_cli.engines.whoosh.engine import WhooshEngine

        return WhooshEngine
    if name == "tantivy":
        from readouts_cli.engines.tantivy.engine import TantivyEngine

        return TantivyEngine
    if name == CLUSTER:
        from readouts_cli.engines.opensearch.engine import OpenSearchEngine

        return OpenSearchEngine
    raise RefusedError(f"the library was made with the engine {name!r}, which this version does not have")


def writer_class(name: str) -> WriterClass:
    """What changes the stores of an engine.  Raises RefusedError for an unknown one."""
    if name == "whoosh":
        from readouts_cli.engines.whoosh.writer import WhooshWriter

        return WhooshWriter
    if name == "tantivy":
        from readouts_cli.engines.tantivy.writer import TantivyWriter

        return TantivyWriter
    if name == CLUSTER:
        from readouts_cli.engines.opensearch.writer import OpenSearchWriter

        return OpenSearchWriter
    raise RefusedError(f"the library was made with the engine {name!r}, which this version does not have")


def open_engine(name: str, folder: Path, url: str | None = None) -> Engine:
    """Open what an engine keeps in `folder`; or on a cluster at `url`, and then the folder need not exist."""
    if url is None:
        return engine_class(name)(folder)
    from readouts_cli.engines.opensearch.engine import OpenSearchEngine

    return OpenSearchEngine(folder, url=url)


def change_on_cluster(url: str, folder: Path, *, cores: int | None, memory: int) -> Writer:
    """Begin to change the library at a URL, as a `WriterClass` does; make it where there is none.

    Notes in `folder` under which name this machine does so.
    """
    from readouts_cli.engines.opensearch.place import remember
    from readouts_cli.engines.opensearch.writer import OpenSearchWriter

    remember(folder, url)
    OpenSearchWriter.create(folder)
    return OpenSearchWriter(folder, cores=cores, memory=memory)
