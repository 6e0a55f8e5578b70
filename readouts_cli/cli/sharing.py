"""Sharing out long work among the cores of this machine."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from readouts_cli.engines.processes import may_fork, usable_cores
from readouts_cli.errors import LibraryError

Block = TypeVar("Block")
Result = TypeVar("Result")


def cores() -> int:
    """How many processes may share work: 1 where nobody can tell that forking is safe."""
    return usable_cores() if may_fork() else 1


@contextmanager
def shared_out(work: Callable[[Block], Result], blocks: Sequence[Block], cores: int) -> Iterator[Iterator[Result]]:
    """What `work` makes of each block, in their order; with several cores, by processes that end with the context.

    Forked, processes start at once and have everything that this one has opened, as of the same commit.  Only results
    go from one to another: best are strings, numbers, tuples and what holds them, of which pickles are made quickly.
    """
    if cores == 1:
        yield map(work, blocks)
        return
    processes = min(cores, len(blocks))
    context = get_context("fork")
    pipes = [context.Pipe(duplex=False) for _ in range(processes)]
    ends = [end for pipe in pipes for end in pipe]
    workers = [
        context.Process(target=_work, args=(work, blocks[number::processes], pipe[1], ends), daemon=True)
        for number, pipe in enumerate(pipes)
    ]
    try:
        for worker in workers:
            worker.start()
        for _, theirs in pipes:
            theirs.close()
        yield (_received(pipes[number % processes][0]) for number in range(len(blocks)))
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


def _work(
    work: Callable[[Any], Any], blocks: Sequence[Any], connection: Connection, ends: Sequence[Connection]
) -> None:
    """The life of a process: send what comes of each block, or what went wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    for end in ends:
        if end is not connection:
            end.close()  # else nobody would learn that the parent is gone
    try:
        for block in blocks:
            connection.send(_outcome(work, block))
    except OSError:
        return


def _outcome(work: Callable[[Any], Any], block: Any) -> Any:
    try:
        return work(block)
    except Exception as error:  # noqa: BLE001  # told to the parent, which raises it
        return error


def _received(connection: Connection) -> Any:
    try:
        outcome = connection.recv()
    except EOFError:
        raise LibraryError(
            "a process that was reading ended unexpectedly, perhaps for want of memory; narrow the question down"
        ) from None
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
