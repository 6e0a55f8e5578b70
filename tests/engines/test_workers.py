"""Which process reads a task, and that the order is that of the tasks wherever each is read."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from readouts_cli.engines.base import Batch, Entry, FileStamp
from readouts_cli.engines.workers import Layout, lay_out_all
from readouts_cli.readout import Readout

#: What a long task takes of a core, in seconds.
LONG = 0.002


def identity(entry: Entry) -> str:
    return entry.readout.id


def encode(rows: Sequence[str]) -> bytes:
    return " ".join(rows).encode()


def decode(encoded: bytes) -> list[str]:
    return encoded.decode().split()


LAYOUT = Layout(identity, encode, decode)


def read(seconds: float) -> Batch[int]:
    """An entry that says how long it took to read, and the process that read it."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass
    return Batch([Entry(Readout(id=str(seconds), path="", text=""), FileStamp("", 0, 0, ""))], os.getpid())


def laid_out(tasks: Sequence[float], cores: int) -> list[int]:
    """The processes in which tasks are laid out, task by task."""
    done = list(lay_out_all(tasks, read, LAYOUT, cores))
    assert [list(rows) for rows, _ in done] == [[str(task)] for task in tasks]
    return [process for _, process in done]


def test_short_tasks_stay_here() -> None:
    assert set(laid_out([0.0] * 500, 2)) == {os.getpid()}


def test_on_one_core_long_tasks_stay_here() -> None:
    assert set(laid_out([LONG] * 150, 1)) == {os.getpid()}


def test_long_tasks_go_elsewhere() -> None:
    processes = laid_out([LONG] * 150, 2)
    assert processes[0] == os.getpid() != processes[-1]


def test_long_tasks_behind_short_ones_go_elsewhere() -> None:
    processes = laid_out([0.0] * 500 + [LONG] * 150, 2)
    assert set(processes[:500]) == {os.getpid()}
    assert processes[-1] != os.getpid()
