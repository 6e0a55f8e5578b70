"""From one engine to another: every readout is copied as it is stored, without the file it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import islice
from typing import Protocol

from readouts_cli.engines.base import Batch, Distributed, Engine, Entry, FileStamp, Writer
from readouts_cli.errors import LibraryError, UsageError
from readouts_cli.readout import Readout

#: How many readouts are handed to the writer at a time.
_CHUNK = 64


class Progress(Protocol):
    """Told how far a conversion is; for a progress bar."""

    def start(self, what: str, readouts: int) -> None:
        """So many readouts will be copied, or compared."""

    def advance(self, readouts: int) -> None:
        """So many more have been."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a conversion did, in readouts.

    `held` were there already from a conversion that was interrupted; `checksum` is of all, and the same in both stores.
    """

    copied: int
    held: int
    checksum: str


def convert(
    source: Engine, writer: Writer, reopen: Callable[[], Engine], progress: Progress | None = None
) -> Conversion:
    """Copy what `source` holds into the store that `writer` changes, and compare both.

    What the store holds already is left alone, so a conversion that was interrupted goes on where its last commit left
    it.  `reopen` opens the store after the last commit.  Raises UsageError where the store holds readouts that are not
    the source's, LibraryError where both differ at last.
    """
    progress = progress or _Unwatched()
    ids, held = source.ids(), dict(writer.base.stamps())
    stamps = dict(source.stamps_of_all() if isinstance(source, Distributed) else source.stamps())
    _refuse_foreign(writer.base.ids(), stamps, held)
    missing = [id for id in ids if id not in held]
    progress.start("copying", len(missing))
    for count in writer.add_all(_tasks(source, missing, stamps), _batch):
        if writer.pending:
            writer.commit(last=False)
        progress.advance(count)
    writer.commit()
    target = reopen()
    try:
        progress.start("comparing", len(ids))
        checksum = _compared(source, target, stamps, progress)
    finally:
        target.close()
    return Conversion(len(missing), len(held), checksum)


class _Unwatched:
    """Progress that nobody watches."""

    def start(self, what: str, readouts: int) -> None:
        pass

    def advance(self, readouts: int) -> None:
        pass


def _refuse_foreign(ids: Sequence[str], stamps: Mapping[str, FileStamp], held: Mapping[str, FileStamp]) -> None:
    """Raise UsageError where a store with these ids holds more than what has been copied into it."""
    foreign = [id for id in ids if id not in held or stamps.get(id) != held[id]]
    if foreign:
        raise UsageError(
            f"the target holds {len(foreign):,} readouts that are not the source's, such as {foreign[0]!r}; "
            "convert into a library of its own"
        )


def _tasks(source: Engine, ids: Sequence[str], stamps: Mapping[str, FileStamp]) -> Iterator[list[Entry]]:
    entries = (Entry(readout, stamps[readout.id]) for readout in source.readouts(ids))
    while chunk := list(islice(entries, _CHUNK)):
        yield chunk


def _batch(entries: list[Entry]) -> Batch[int]:
    return Batch(entries, len(entries))


def _compared(source: Engine, target: Engine, stamps: Mapping[str, FileStamp], progress: Progress) -> str:
    """The checksum of all readouts of two stores.  Raises LibraryError where they are not the same."""
    ids = source.ids()
    if len(target) != len(ids) or target.ids() != ids:
        raise LibraryError(f"the target holds {len(target):,} readouts, the source {len(ids):,}; run convert again")
    if dict(target.stamps()) != stamps:
        raise LibraryError("the target has other sizes and times of the source files; run convert again")
    total = blake2b(digest_size=16)
    for expected, found in zip(source.readouts(ids), target.readouts(ids), strict=True):
        digest = checksum(expected)
        if checksum(found) != digest:
            raise LibraryError(f"the target holds another {expected.id!r} than the source; run convert again")
        total.update(digest)
        progress.advance(1)
    return total.hexdigest()


def checksum(readout: Readout) -> bytes:
    """A digest of all that a readout holds; id and path may be no valid Unicode, everything else is."""
    import msgspec

    digest = blake2b(msgspec.json.encode(replace(readout, id="", path="")), digest_size=16)
    for text in (readout.id, readout.path):
        encoded = text.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.digest()
