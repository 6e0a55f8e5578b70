"""Changes to a library that do not read its sources: dropping a source, laying the index out anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from readouts_cli import manifest
from readouts_cli.engines import MEMORY
from readouts_cli.errors import LibraryError, UsageError
from readouts_cli.indexing.lock import sole_writer
from readouts_cli.indexing.opening import begin
from readouts_cli.indexing.plan import is_under


def forget(
    folder: Path,
    sources: Sequence[str],
    url: str | None = None,
    *,
    wait: float,
    notify: Callable[[str], None],
) -> tuple[str, ...]:
    """Drop sources from a library, and the readouts that came from them; returns the ids that left.

    Raises UsageError for a path that is not a source.
    """
    _refuse_unknown(folder, url)
    with sole_writer(folder, wait, notify):
        state = manifest.load(folder)
        dropped = {_source(state.sources, path) for path in sources}
        kept = tuple(source for source in state.sources if source not in dropped)
        with begin(folder, state.engine, url) as writer:
            gone = tuple(
                id
                for id, stamp in writer.base.stamps()
                if is_under(stamp.path, tuple(dropped)) and not is_under(stamp.path, kept)
            )
            writer.delete(gone)
            writer.commit()
        failures = tuple(failure for failure in state.failures if is_under(failure.path, kept))
        manifest.save(folder, replace(state, sources=kept, failures=failures))
    return gone


def optimize(
    folder: Path, url: str | None = None, *, memory: int = MEMORY, wait: float, notify: Callable[[str], None]
) -> None:
    """Lay the index out anew, without what was deleted and in as few parts as can be; `memory` is in bytes."""
    _refuse_unknown(folder, url)
    with sole_writer(folder, wait, notify):
        state = manifest.load(folder)
        with begin(folder, state.engine, url, memory=memory) as writer:
            writer.optimize()


def _refuse_unknown(folder: Path, url: str | None) -> None:
    """Raise LibraryError where there is no library, or none that this machine has ever indexed into."""
    if not manifest.exists(folder):
        if url is None:
            manifest.load(folder)
        raise LibraryError(f"this machine has indexed nothing into {url}; ask one that has")


def _source(sources: Sequence[str], path: str) -> str:
    """The remembered source that a path names."""
    source = manifest.absolute(path)
    if source in sources:
        return source
    known = ", ".join(sources) or "none"
    raise UsageError(f"{path} is not a source of the library; its sources: {known}")
