"""How fast files are looked at and read: `python tests/benchmarks/reading.py [FOLDER]`.

Looking is a refresh of which nothing has changed, beside GNU find over the same folder.  Reading is everything from
the walk to decoded text, and then to facts, in one process.  All figures are medians over rounds of the same run, for
machines differ from minute to minute; take the ratios, and the megabytes as an order of size.
"""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from readouts_cli.errors import ReadError
from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.reading.facts import read_facts
from readouts_cli.reading.files import load, read
from readouts_cli.reading.raw import RawReadout
from readouts_cli.reading.sources import Problem, walk

ROUNDS = 7
FILES = 10_000
FILES_IN_A_FOLDER = 1_000

#: Files that are read in a round; enough for a steady figure.
MOST_READ = 2_000


def main() -> None:
    with _corpus() as folder:
        _measure_walk(folder)
        _measure_refresh(folder)
        _measure_reading(folder)


@contextmanager
def _corpus() -> Iterator[str]:
    """The folder that was named, or one of made-up readouts of four kilobytes."""
    if len(sys.argv) > 1:
        yield sys.argv[1]
        return
    with tempfile.TemporaryDirectory(prefix="readouts-reading-") as folder:
        _make(Path(folder))
        yield folder


def _make(folder: Path) -> None:
    chance = random.Random(20220826)
    words = ["".join(chance.choices("abcdefghilmnoprstuvwy", k=chance.randint(2, 10))) for _ in range(5_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    for i in range(FILES):
        below = folder / f"{i // FILES_IN_A_FOLDER:05}"
        below.mkdir(exist_ok=True)
        paragraphs = [" ".join(chance.choices(words, weights, k=120)).capitalize() + "." for _ in range(6)]
        paragraphs.insert(0, f" date 2022-08-{i % 28 + 1:02} Yunchuan held a meeting")
        paragraphs.insert(1, f"On the {i % 27 + 1}th, Yunchuan held a meeting. Lu Huaiyuan presided over the meeting.")
        (below / f"{i:06}_{i:016x}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


def _measure_walk(folder: str) -> None:
    ours, finds = [], []
    command = [shutil.which("find") or "", folder, "-type", "f", "-printf", "%s %T@\\n"]
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: sum(1 for _ in walk([folder], on_problem=_say))))
        if command[0]:
            finds.append(_seconds(lambda: subprocess.run(command, stdout=subprocess.PIPE, check=True)))
    files = sum(1 for _ in walk([folder], on_problem=_say))
    print(f"looking at {files:,} files: {_ms(ours)}", end="")
    print(f"; GNU find {_ms(finds)}; ratio {statistics.median(ours) / statistics.median(finds):.2f}" if finds else "")


def _measure_reading(folder: str) -> None:
    files = list(islice(walk([folder], on_problem=_say), MOST_READ))
    size = sum(file.size for file in files) / 1e6
    read = [_seconds(lambda: _read(folder)) for _ in range(ROUNDS)]
    print(f"reading {len(files):,} files of {size:.1f} MB: {size / statistics.median(read):.1f} MB/s on one core")
    raws = _read(folder)
    facts = [_seconds(lambda: [read_facts(raw, str(i)) for i, raw in enumerate(raws)]) for _ in range(ROUNDS)]
    both = statistics.median(read) + statistics.median(facts)
    print(f"reading them and their facts: {size / both:.1f} MB/s on one core ({_ms(facts)} for the facts)")


def _measure_refresh(folder: str) -> None:
    """A whole update of a library of which nothing has changed: the lock, the stamps of the index, the walk."""
    with tempfile.TemporaryDirectory(prefix="readouts-refresh-") as made:
        library = Path(made) / "library"
        count = len(update(library, [folder], UpdateOptions()).added)
        find = ["find", folder, "-type", "f", "-printf", "%s %T@\\n"]
        refreshes, finds = [], []
        for _ in range(ROUNDS):
            refreshes.append(_seconds(lambda: update(library, [], UpdateOptions())))
            finds.append(_seconds(lambda: subprocess.run(find, stdout=subprocess.DEVNULL, check=True)))
    ratio = statistics.median(refreshes) / statistics.median(finds)
    print(f"no-op refresh of {count:,} readouts: {_ms(refreshes)}; find {_ms(finds)}; ratio {ratio:.2f}")


def _read(folder: str) -> list[RawReadout]:
    raws: list[RawReadout] = []
    for file in islice(walk([folder], on_problem=_say), MOST_READ):
        try:
            raws.extend(read(load(file.path), on_problem=_say))
        except ReadError as error:
            _say(Problem(file.path, str(error)))
    return raws


def _say(problem: Problem) -> None:
    print(f"{problem.path!r}: {problem.reason}", file=sys.stderr)


def _seconds(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.0f} ms (of {len(seconds)} rounds, {min(seconds) * 1000:.0f} at best)"


if __name__ == "__main__":
    main()
