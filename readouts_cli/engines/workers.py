"""Reading entries and laying them out in several processes, which is most of the work of building an index."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context

from readouts_cli.engines.base import Batch, Entry, Outcome, Task

#: How many tasks a process is given at a time.
_CHUNK = 16

#: How many chunks wait for each process, so that none is idle and little is held in memory.
_AHEAD = 3

#: With fewer tasks than this, processes cost more than they bring.
_FEW = 4 * _CHUNK

#: Makes what an engine keeps of an entry, as bytes: they go from one process to another much faster than objects.
Pack = Callable[[Entry], bytes]


def pack_all(
    tasks: Iterable[Task], read: Callable[[Task], Batch[Outcome]], pack: Pack, cores: int
) -> Iterator[tuple[Sequence[bytes], Outcome]]:
    """Read every task and pack its entries, in the order of the tasks."""
    remaining = iter(tasks)
    first = list(islice(remaining, _FEW))
    if cores > 1 and len(first) == _FEW:
        yield from _in_processes(chain(first, remaining), read, pack, cores)
        return
    for task in chain(first, remaining):
        yield from _pack_chunk(read, pack, [task])


def _in_processes(
    tasks: Iterator[Task], read: Callable[[Task], Batch[Outcome]], pack: Pack, cores: int
) -> Iterator[tuple[Sequence[bytes], Outcome]]:
    work = partial(_pack_chunk, read, pack)
    running: deque[Future[list[tuple[Sequence[bytes], Outcome]]]] = deque()
    # Spawned rather than forked: a forked process would inherit the engine's threads and the terminal's state.
    with ProcessPoolExecutor(cores, get_context("spawn"), initializer=_leave_interrupts_to_parent) as pool:
        try:
            while chunk := list(islice(tasks, _CHUNK)):
                running.append(pool.submit(work, chunk))
                if len(running) >= cores * _AHEAD:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _pack_chunk(
    read: Callable[[Task], Batch[Outcome]], pack: Pack, tasks: Sequence[Task]
) -> list[tuple[Sequence[bytes], Outcome]]:
    return [([pack(entry) for entry in batch.entries], batch.outcome) for batch in map(read, tasks)]


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
