"""One writer at a time: a lock on the library folder, and who holds it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from readouts_cli.errors import LibraryBusyError, LibraryError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def sole_writer(folder: Path, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
    """Keep other writers out of a library.

    Waits up to `wait` seconds, telling `notify` for whom.  Raises LibraryBusyError after that, and LibraryError where
    the system does not let the library be written, then or later.  The lock is the operating system's, so that it ends
    with the process, however that ends.
    """
    with _reporting_refusal(folder), _locked(folder, wait, notify):
        yield


@contextmanager
def _locked(folder: Path, wait: float, notify: Callable[[str], None]) -> Iterator[None]:
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


@contextmanager
def _reporting_refusal(folder: Path) -> Iterator[None]:
    """Turn the system's refusal to write into the library into LibraryError."""
    try:
        yield
    except OSError as error:
        ours = error.filename is None or Path(os.fsdecode(error.filename)).is_relative_to(folder)
        if not ours or error.errno not in _FULL | _FORBIDDEN:
            raise
        remedy = "make room and run it again" if error.errno in _FULL else "index into another with -L FOLDER"
        raise LibraryError(
            f"the library in {folder} cannot be written ({error.strerror}) and stays as it was last committed; {remedy}"
        ) from None


def _holder(file: Path) -> str:
    try:
        return f"process {int(file.read_text())}"
    except (OSError, ValueError):
        return "another process"
