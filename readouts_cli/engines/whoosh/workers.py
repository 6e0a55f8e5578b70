"""Reading and inverting on several cores: each process collects segments of its own, which one commit makes visible."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess, SpawnProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage

from readouts_cli.engines.base import Batch
from readouts_cli.engines.processes import may_fork
from readouts_cli.engines.whoosh.layout import lay_out
from readouts_cli.engines.whoosh.schema import build_schema
from readouts_cli.engines.whoosh.segment import SegmentBuilder
from readouts_cli.errors import LibraryError

#: How many tasks are handed over at a time, and how many such handfuls wait at a process that is busy.
_HANDFUL = 64
_AHEAD = 2

#: Sent in place of tasks: write what has been collected.
_FLUSH = None

Read = Callable[[Any], Batch[Any]]


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    waiting: int = 0
    memory: int = 0


class Workers:
    """Processes that turn tasks into segments of the index in `folder`."""

    def __init__(self, folder: Path, read: Read, count: int) -> None:
        forked = may_fork()
        kind = ForkProcess if forked else SpawnProcess
        pipes = [Pipe() for _ in range(count)]
        ends = [end for pipe in pipes for end in pipe] if forked else []
        self._workers = [
            _Worker(kind(target=_work, args=(theirs, ends, folder, read), daemon=True), ours) for ours, theirs in pipes
        ]
        for worker in self._workers:
            worker.process.start()
        for _, theirs in pipes:
            theirs.close()

    @property
    def memory(self) -> int:
        """What the processes hold together, in bytes, as far as they have told."""
        return sum(worker.memory for worker in self._workers)

    def run(self, tasks: Iterable[Any], limit: int) -> Iterator[Any]:
        """Outcomes as they come, until the tasks are done or the processes hold more than `limit` bytes.

        When it ends, every task that was taken from `tasks` has been done and its outcome been given.
        """
        remaining = handfuls(iter(tasks))
        more = True
        while more or any(worker.waiting for worker in self._workers):
            for worker in self._workers:
                while more and worker.waiting < _AHEAD:
                    handful = next(remaining, None)
                    if handful is None:
                        more = False
                    else:
                        self._send(worker, handful)
            for worker in self._answered():
                outcomes, worker.memory = self._receive(worker)
                yield from outcomes
            more = more and self.memory <= limit

    def flush(self) -> list[W3Segment]:
        """Write what the processes have collected."""
        for worker in self._workers:
            self._send(worker, _FLUSH)
        segments = [self._receive(worker) for worker in self._workers]
        for worker in self._workers:
            worker.memory = 0
        return [segment for segment in segments if segment is not None]

    def close(self) -> None:
        """End the processes; what they have not written is lost."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
            worker.process.join()

    def _send(self, worker: _Worker, message: object) -> None:
        try:
            worker.connection.send(message)
        except OSError:
            raise _died(worker) from None
        worker.waiting += 1

    def _receive(self, worker: _Worker) -> Any:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            raise _died(worker) from None
        worker.waiting -= 1
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _answered(self) -> Iterator[_Worker]:
        busy = {worker.connection: worker for worker in self._workers if worker.waiting}
        return (busy[connection] for connection in wait(busy) if isinstance(connection, Connection))


def add_handful(tasks: Sequence[Any], read: Read, builder: SegmentBuilder) -> list[Any]:
    """Read tasks and add what comes of them; returns the outcomes.

    Step by step for all, not task by task: each step then has its code and data in the processor's caches, which saves
    a seventh of the time.
    """
    batches = [read(task) for task in tasks]
    rows = [lay_out(entry) for batch in batches for entry in batch.entries]
    for row in rows:
        builder.add(row.texts, row.columns, row.record)
    return [batch.outcome for batch in batches]


def handfuls(tasks: Iterator[Any]) -> Iterator[list[Any]]:
    """Tasks, a few at a time."""
    while handful := list(islice(tasks, _HANDFUL)):
        yield handful


def _died(worker: _Worker) -> LibraryError:
    worker.process.join(1)
    return LibraryError(
        f"an indexing process ended unexpectedly (exit code {worker.process.exitcode}); nothing it held was committed; "
        "run the command again, with less --memory if the machine ran out of it"
    )


def _work(connection: Connection, ends: Iterable[Connection], folder: Path, read: Read) -> None:
    """The life of a process: answer handfuls of tasks with their outcomes, and `_FLUSH` with a segment.

    `ends` are those of all pipes, as far as this process has inherited them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    gc.freeze()  # what is inherited stays shared: collecting garbage would write to it
    for end in ends:
        if end is not connection:
            end.close()  # else nobody would learn that the parent is gone
    builder = SegmentBuilder(FileStorage(str(folder)), build_schema())
    with suppress(EOFError, OSError):  # the parent is gone
        while True:
            connection.send(_answer(connection.recv(), read, builder))


def _answer(message: Any, read: Read, builder: SegmentBuilder) -> Any:
    try:
        if message is _FLUSH:
            return builder.write() if len(builder) else None
        return add_handful(message, read, builder), builder.memory
    except Exception as error:  # noqa: BLE001  # told to the parent, which raises it
        return error
