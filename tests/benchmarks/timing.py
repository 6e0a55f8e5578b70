"""Processes and functions, timed: seconds, CPU seconds, memory, medians."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple, TypeVar

ROOT = Path(__file__).parents[2]

#: How often the memory of a running command is looked at, in seconds.
_GLANCE = 0.05

#: Keeps Python from writing down what it has compiled.
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"

Name = TypeVar("Name", bound=Hashable)


class Spent(NamedTuple):
    """What a command took: seconds by the clock, seconds of all its processes, and their most memory, in bytes."""

    seconds: float
    cpu: float
    memory: int
    output: str


def environment() -> dict[str, str]:
    """The environment of every command: this clone's program, and no settings or library of the user's.

    Modules are compiled once, as they are where the program is installed.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("READOUTS_", _NO_BYTECODE))}
    return {**kept, "PYTHONPATH": str(ROOT), "READOUTS_CONFIG": os.devnull}


def run(command: Sequence[str]) -> Spent:
    """Run a command to its end.  Raises SystemExit with what it said where it fails."""
    with tempfile.TemporaryFile("w+") as said:
        began = perf_counter()
        process = subprocess.Popen(
            command,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
        watch = _Watch(process.pid)
        watch.start()
        output = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = perf_counter() - began
        watch.stop()
        said.seek(0)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}\nended with {process.returncode}: {said.read()}")
    # The system's own figure for the peak, ru_maxrss, is never below that of the process that started the command.
    return Spent(seconds, used.ru_utime + used.ru_stime, watch.most, output)


class _Watch(threading.Thread):
    """Looks at what a process and those that it starts hold, so far as the system tells (Linux)."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._process = process
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(_GLANCE):
            held = [_memory(process) for process in _family(self._process)]
            together, alone = sum(each.anonymous for each in held), max((each.peak for each in held), default=0)
            self.most = max(self.most, together, alone)

    def stop(self) -> None:
        self._over.set()
        self.join()


class _Memory(NamedTuple):
    """A process's memory that is not of files, now, and the most that it held of all kinds, both in bytes.

    Of what forked processes share, each has its part of `anonymous`, so that together it is counted once.
    """

    anonymous: int = 0
    peak: int = 0


def _family(process: int) -> list[int]:
    """A process and its descendants."""
    found = [process]
    for each in found:
        for children in Path(f"/proc/{each}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found.extend(map(int, children.read_text("utf-8").split()))
    return found


def _memory(process: int) -> _Memory:
    try:
        told = [Path(f"/proc/{process}/{name}").read_text("utf-8") for name in ("status", "smaps_rollup")]
    except OSError:
        return _Memory()
    values = {name: value.split() for name, _, value in (line.partition(":") for line in "".join(told).splitlines())}
    anonymous, peak = values.get("Pss_Anon", ["0"]), values.get("VmHWM", ["0"])
    return _Memory(int(anonymous[0]) * 1024, int(peak[0]) * 1024)


def seconds(job: Callable[[], object]) -> float:
    """How long a function takes, by the clock."""
    began = perf_counter()
    job()
    return perf_counter() - began


def milliseconds(jobs: Mapping[Name, Callable[[], object]], rounds: int) -> dict[Name, float]:
    """The median of each function's times; they take turns, so that all see the same machine."""
    times: dict[Name, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            times[name].append(seconds(job) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def cold(commands: Mapping[Name, Sequence[str]], rounds: int) -> dict[Name, float]:
    """The median of each command's times as a whole process, in milliseconds; before that, each must succeed."""
    surroundings = environment()

    def job(command: Sequence[str]) -> Callable[[], object]:
        return lambda: subprocess.run(
            command,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )

    for command in commands.values():
        run(command)
    return milliseconds({name: job(command) for name, command in commands.items()}, rounds)


def python(*arguments: str) -> list[str]:
    """A command of this Python."""
    return [sys.executable, *arguments]


def readouts(library: Path | None, *arguments: str) -> list[str]:
    """A command of the program, as its installed script runs it."""
    where = [] if library is None else ["-L", str(library)]
    return python("-c", "import sys; from readouts_cli.cli.main import main; sys.exit(main())", *where, *arguments)
