"""One writer at a time: a lock on the library folder, and who holds it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from readouts_cli.errors import LibraryBusyError


@contextmanager
def sole_writer(folder: Path, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
    """Keep other writers out of a library.

    Waits up to `wait` seconds, telling `notify` for whom.  Raises LibraryBusyError after that.  The lock is the
    operating system's, so that it ends with the process, however that ends.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "lock")
    holder = folder / "writer"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        notify(f"waiting for {_holder(holder)}, which is writing to {folder}")
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            raise LibraryBusyError(
                f"{_holder(holder)} is still writing to {folder} after {wait:.0f} s; try again when it is done"
            ) from None
    try:
        holder.write_text(str(os.getpid()))
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def _holder(file: Path) -> str:
    try:
        return f"process {int(file.read_text())}"
    except (OSError, ValueError):
        return "another process"
