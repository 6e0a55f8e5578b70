"""From one engine to another: every readout is copied as it is stored, without the file it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import islice

from readouts_cli.engines.base import Batch, Engine, Entry, FileStamp, Writer
from readouts_cli.errors import LibraryError, UsageError
from readouts_cli.readout import Readout

#: How many readouts are handed to the writer at a time.
_CHUNK = 64


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a conversion did, in readouts.

    `held` were there already from a conversion that was interrupted; `checksum` is of all, and the same in both stores.
    """

    copied: int
    held: int
    checksum: str


def convert(
    source: Engine, writer: Writer, reopen: Callable[[], Engine], advance: Callable[[int], None] | None = None
) -> Conversion:
    """Copy what `source` holds into the store that `writer` changes, and compare both.

    What the store holds already is left alone, so a conversion that was interrupted goes on where its last commit left
    it.  `reopen` opens the store after the last commit; `advance` is told how many more readouts have been copied.
    Raises UsageError where the store holds readouts that are not the source's, LibraryError where both differ at last.
    """
    stamps, held = dict(source.stamps()), dict(writer.base.stamps())
    foreign = [id for id, stamp in held.items() if stamps.get(id) != stamp]
    if foreign:
        raise UsageError(
            f"the target holds {len(foreign):,} readouts that are not the source's, such as {min(foreign)!r}; "
            "convert into a library of its own"
        )
    missing = [id for id in source.ids() if id not in held]
    for count in writer.add_all(_tasks(source, missing, stamps), _batch):
        if writer.pending:
            writer.commit(last=False)
        if advance is not None:
            advance(count)
    writer.commit()
    target = reopen()
    try:
        return Conversion(len(missing), len(held), _compared(source, target))
    finally:
        target.close()


def _tasks(source: Engine, ids: Sequence[str], stamps: Mapping[str, FileStamp]) -> Iterator[list[Entry]]:
    entries = (Entry(readout, stamps[readout.id]) for readout in source.readouts(ids))
    while chunk := list(islice(entries, _CHUNK)):
        yield chunk


def _batch(entries: list[Entry]) -> Batch[int]:
    return Batch(entries, len(entries))


def _compared(source: Engine, target: Engine) -> str:
    """The checksum of all readouts of two stores.  Raises LibraryError where they are not the same."""
    ids = source.ids()
    if len(target) != len(ids) or target.ids() != ids:
        raise LibraryError(f"the target holds {len(target):,} readouts, the source {len(ids):,}; run convert again")
    if dict(source.stamps()) != dict(target.stamps()):
        raise LibraryError("the target has other sizes and times of the source files; run convert again")
    total = blake2b(digest_size=16)
    for expected, found in zip(source.readouts(ids), target.readouts(ids), strict=True):
        digest = checksum(expected)
        if checksum(found) != digest:
            raise LibraryError(f"the target holds another {expected.id!r} than the source; run convert again")
        total.update(digest)
    return total.hexdigest()


def checksum(readout: Readout) -> bytes:
    """A digest of all that a readout holds; id and path may be no valid Unicode, everything else is."""
    import msgspec

    digest = blake2b(msgspec.json.encode(replace(readout, id="", path="")), digest_size=16)
    for text in (readout.id, readout.path):
        encoded = text.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return digest.digest()
