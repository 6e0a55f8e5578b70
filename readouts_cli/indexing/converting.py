"""From library to library: the readouts, and what is remembered of their sources, into another engine's keeping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from readouts_cli import manifest
from readouts_cli.engines import CLUSTER, MEMORY, open_engine, writer_class
from readouts_cli.engines.convert import Conversion, Progress
from readouts_cli.engines.convert import convert as convert_store
from readouts_cli.errors import IncompleteError, UsageError
from readouts_cli.indexing.lock import sole_writer
from readouts_cli.indexing.opening import begin
from readouts_cli.library import INDEX, Library
from readouts_cli.location import LibraryLocation
from readouts_cli.manifest import Manifest


@dataclass(frozen=True, slots=True)
class ConvertOptions:
    """How to convert a library.

    `engine` names what is to keep a target in a folder; None is Whoosh, or what a conversion was begun with.  `cores`,
    `memory` and `wait` are those of an update.
    """

    engine: str | None = None
    cores: int | None = None
    memory: int = MEMORY
    wait: float = 60.0


def convert(
    source: LibraryLocation,
    target: LibraryLocation,
    options: ConvertOptions,
    progress: Progress | None = None,
    *,
    notify: Callable[[str], None] = lambda _: None,
) -> Conversion:
    """Make `target` a copy of `source`, which stays as it is; go on where a conversion was interrupted.

    Until it has come to its end, this machine does not open the target.  `notify` is told what a person should know
    meanwhile.  Raises UsageError where the target is another library, IncompleteError where part of the source does not
    answer, LibraryError where it cannot be read or the copy is not the same in the end.
    """
    if source.folder.resolve() == target.folder.resolve():
        raise UsageError(f"{source} cannot be converted into itself; name another folder or URL")
    with Library(*source) as library:
        writer_class(_begun(library.manifest, source, target, options).engine)  # raises where it is not installed
        manifest.make_folder(target.folder)
        manifest.refuse_foreign(target.folder)
        with sole_writer(target.folder, options.wait, notify):
            state = _begun(library.manifest, source, target, options)
            manifest.save(target.folder, state)
            with begin(target.folder, state.engine, target.url, cores=options.cores, memory=options.memory) as writer:
                done = convert_store(
                    library.engine,
                    writer,
                    lambda: open_engine(state.engine, target.folder / INDEX, target.url),
                    progress,
                )
            if library.incomplete:
                raise IncompleteError(f"{source} is not wholly converted, {library.incomplete}; run convert again")
            manifest.save(target.folder, replace(state, unfinished=None))
    return done


def _begun(remembered: Manifest, source: LibraryLocation, target: LibraryLocation, options: ConvertOptions) -> Manifest:
    """The manifest of the target while the conversion lasts: what the source remembers, and whose copy it will be."""
    from_where = source.url or str(source.folder.absolute())
    begun = replace(remembered, engine=options.engine or Manifest().engine, unfinished=from_where)
    if target.url is not None:
        begun = replace(begun, engine=CLUSTER)
    if manifest.exists(target.folder):
        known = manifest.load_unfinished(target.folder)
        begun = replace(begun, engine=known.engine)
        if known.unfinished != from_where and replace(known, unfinished=from_where, failures=begun.failures) != begun:
            raise UsageError(f"{target} is another library already; convert into a new folder or URL")
    if options.engine not in {None, begun.engine}:
        raise UsageError(f"the library in {target} is kept by {begun.engine}; leave out --engine, or name a new folder")
    return begun
