"""Reading entries and laying them out, which is most of the work of building an index.

Readouts in files take a millisecond each and more, so that other processes do it.  Ready-made ones take less than it
costs to bring them from one process to another, so that this one does it, beside the threads of the engine.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from typing import Generic, TypeVar

from readouts_cli.engines.base import Batch, Entry, Outcome, Task

#: How many tasks a process is given at a time.
_CHUNK = 16

#: How many chunks wait for each process, so that none is idle and little is held in memory.
_AHEAD = 3

#: With fewer tasks than this, processes cost more than they bring.
_FEW = 4 * _CHUNK

#: For how many seconds tasks are done here at a time, and how short they must be on average for more to be done here.
_TRIAL = 0.1
_SHORT = 0.0003

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Layout(Generic[Row]):
    """What an engine makes of an entry, and how that goes from one process to another.

    Bytes of the engine's own get there much faster than objects; the functions must be picklable.
    """

    lay_out: Callable[[Entry], Row]
    encode: Callable[[Sequence[Row]], bytes]
    decode: Callable[[bytes], Sequence[Row]]


def lay_out_all(
    tasks: Iterable[Task], read: Callable[[Task], Batch[Outcome]], layout: Layout[Row], cores: int
) -> Iterator[tuple[Sequence[Row], Outcome]]:
    """Read every task and lay out its entries, in the order of the tasks."""
    remaining = iter(tasks)
    first = list(islice(remaining, _FEW))
    several = cores > 1 and len(first) == _FEW
    remaining = chain(first, remaining)
    done, taken = 0, 0.0
    for task in remaining:
        started = time.thread_time()
        batch = read(task)
        rows = [layout.lay_out(entry) for entry in batch.entries]
        done, taken = done + 1, taken + time.thread_time() - started
        yield rows, batch.outcome
        if several and taken > _TRIAL:
            if taken > done * _SHORT:
                yield from _in_processes(remaining, read, layout, cores)
                return
            done, taken = 0, 0.0


def _in_processes(
    tasks: Iterator[Task], read: Callable[[Task], Batch[Outcome]], layout: Layout[Row], cores: int
) -> Iterator[tuple[Sequence[Row], Outcome]]:
    work = partial(_lay_out_chunk, read, layout)
    running: deque[Future[list[tuple[bytes, Outcome]]]] = deque()
    # Spawned rather than forked: a forked process would inherit the engine's threads and the terminal's state.
    with ProcessPoolExecutor(cores, get_context("spawn"), initializer=_depend_on_parent) as pool:
        try:
            while chunk := list(islice(tasks, _CHUNK)):
                running.append(pool.submit(work, chunk))
                if len(running) >= cores * _AHEAD:
                    yield from _received(running.popleft(), layout)
            while running:
                yield from _received(running.popleft(), layout)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _lay_out_chunk(
    read: Callable[[Task], Batch[Outcome]], layout: Layout[Row], tasks: Sequence[Task]
) -> list[tuple[bytes, Outcome]]:
    batches = map(read, tasks)
    return [(layout.encode([layout.lay_out(entry) for entry in batch.entries]), batch.outcome) for batch in batches]


def _received(
    future: Future[list[tuple[bytes, Outcome]]], layout: Layout[Row]
) -> Iterator[tuple[Sequence[Row], Outcome]]:
    for encoded, outcome in future.result():
        yield layout.decode(encoded), outcome


def _depend_on_parent() -> None:
    """Leave interrupts to the process that started this one, and end when that is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
