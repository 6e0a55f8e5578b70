"""Reading and laying out entries in several processes, which is most of the work of building an index."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context

import msgspec

from readouts_cli.engines.base import Batch, Outcome, Task
from readouts_cli.engines.tantivy.layout import Row, lay_out

#: How many tasks a process is given at a time.
_CHUNK = 16

#: How many chunks wait for each process, so that none is idle and little is held in memory.
_AHEAD = 3

#: With fewer tasks than this, processes cost more than they bring.
_FEW = 4 * _CHUNK

#: The rows of each task of a chunk on their way from one process to another; ten times as fast as pickling them.
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[list[Row]]).decode


def lay_out_all(
    tasks: Iterable[Task], read: Callable[[Task], Batch[Outcome]], cores: int
) -> Iterator[tuple[Sequence[Row], Outcome]]:
    """Read every task and lay out its entries, in the order of the tasks."""
    remaining = iter(tasks)
    first = list(islice(remaining, _FEW))
    if cores > 1 and len(first) == _FEW:
        yield from _in_processes(chain(first, remaining), read, cores)
        return
    for task in chain(first, remaining):
        batch = read(task)
        yield [lay_out(entry) for entry in batch.entries], batch.outcome


def _in_processes(
    tasks: Iterator[Task], read: Callable[[Task], Batch[Outcome]], cores: int
) -> Iterator[tuple[Sequence[Row], Outcome]]:
    work = partial(_lay_out_chunk, read)
    running: deque[Future[tuple[bytes, list[Outcome]]]] = deque()
    # Spawned rather than forked: a forked process would inherit tantivy's threads and the terminal's state.
    with ProcessPoolExecutor(cores, get_context("spawn"), initializer=_leave_interrupts_to_parent) as pool:
        try:
            while chunk := list(islice(tasks, _CHUNK)):
                running.append(pool.submit(work, chunk))
                if len(running) >= cores * _AHEAD:
                    yield from _received(running.popleft())
            while running:
                yield from _received(running.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _lay_out_chunk(read: Callable[[Task], Batch[Outcome]], tasks: Sequence[Task]) -> tuple[bytes, list[Outcome]]:
    batches = list(map(read, tasks))
    rows = [[lay_out(entry) for entry in batch.entries] for batch in batches]
    return _encode(rows), [batch.outcome for batch in batches]


def _received(future: Future[tuple[bytes, list[Outcome]]]) -> Iterator[tuple[Sequence[Row], Outcome]]:
    rows, outcomes = future.result()
    yield from zip(_decode(rows), outcomes, strict=True)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
