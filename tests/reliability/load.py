"""A library under load: one writer that refreshes in a loop, eight processes that search, for two minutes.

    python tests/reliability/load.py FOLDER [--work WORK] [--seconds 120] [--searchers 8]

FOLDER holds readouts; they are linked into a source of the run's own, and some of them change all the time.  WORK, on
the same disk, keeps that source and the library for the next run.  Ends with status 1 where a search failed or
contradicted itself, or where memory or open files of a process kept growing.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from readouts_cli.engines.base import Order, Ranking
from readouts_cli.indexing.report import UpdateOptions
from readouts_cli.indexing.updating import update
from readouts_cli.library import Library
from readouts_cli.query.expressions import Phrase, Term
from readouts_cli.query.leaves import Exact
from readouts_cli.query.tree import In

#: Changed before every refresh.
CHANGED = 100

#: Growth of a process after the first quarter of the run that is taken for a leak: bytes resident, open files.
MOST_MEMORY, MOST_FILES = 64 * 2**20, 8


class Held(NamedTuple):
    """What a process holds: bytes resident, and open files."""

    memory: int
    files: int

    def __str__(self) -> str:
        return f"{self.memory / 2**20:.1f} MiB and {self.files} files"


class Usage:
    """What a process held after the first quarter of the run, and at its end."""

    def __init__(self, until: float) -> None:
        self._settled = time.time() + (until - time.time()) / 4
        self.early = self.late = held()

    def look(self) -> None:
        self.late = held()
        if time.time() < self._settled:
            self.early = self.late

    @property
    def grows(self) -> bool:
        return self.late.memory - self.early.memory > MOST_MEMORY or self.late.files - self.early.files > MOST_FILES

    def __str__(self) -> str:
        return f"{self.early} → {self.late}"


class Answer(NamedTuple):
    """What a searcher has to tell: how often it asked, what went wrong, what it held."""

    asked: int
    failures: list[str]
    usage: Usage


def link(folder: Path, source: Path) -> list[Path]:
    linked = []
    for path in sorted(folder.rglob("*.txt")):
        target = source / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, target)
        linked.append(target)
    return linked


def refresh(library: Path, files: list[Path], until: float) -> tuple[int, Usage]:
    """Rewrite some files, all alike, and bring the library up to date, again and again."""
    rounds, usage = 0, Usage(until)
    first = time.time_ns()  # the files are kept for the next run, which must find them changed
    while time.time() < until:
        for path in files[:CHANGED]:
            fresh = path.with_suffix(".new")
            fresh.write_text(f" date 2024-05-02 On May 1, the marquetry table met in round {first + rounds}.", "utf-8")
            fresh.rename(path)
        report = update(library, [], UpdateOptions(cores=1))
        assert len(report.changed) == CHANGED, report
        rounds += 1
        usage.look()
    return rounds, usage


def search(library: Path, count: int, until: float, results: Connection) -> None:
    """Open and ask until the time is up, and send the answer."""
    failures: list[str] = []
    asked, usage = 0, Usage(until)
    while time.time() < until:
        try:
            failures.extend(contradictions(library, count))
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what this run looks for
            failures.append(repr(error))
        asked += 1
        usage.look()
    results.send(Answer(asked, failures, usage))


def contradictions(library: Path, count: int) -> Iterator[str]:
    """What is wrong with the answers of the library, opened once."""
    query = In("text", Phrase(((0, Exact("marquetry")), (1, Exact("table"))), 2))
    with Library(library) as opened:
        found = opened.engine.search(query, Order.RELEVANCE, limit=CHANGED, offset=0, ranking=Ranking())
        rounds = {readout.text.split()[-1] for readout in opened.engine.readouts(hit.id for hit in found.hits)}
        if len(opened.engine) != count or len(rounds) > 1 or found.total not in {0, CHANGED}:
            yield f"{len(opened.engine)} readouts, rounds {sorted(rounds)}, {found.total} found"
        opened.engine.count(In("text", Term(Exact("the"))))


def held() -> Held:
    """What this process holds now that it cannot let go of."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Held(pages * os.sysconf("SC_PAGE_SIZE"), sum(1 for _ in Path("/proc/self/fd").iterdir()))


def build(folder: Path, work: Path) -> tuple[Path, list[Path]]:
    """The library in `work`, and the files of its source; made and brought up to date with the files of `folder`."""
    source, library = work / "source", work / "library"
    if source.is_dir():
        files = sorted(source.rglob("*.txt"))
    else:
        source.mkdir(parents=True)
        files = link(folder, source)
    report = update(library, [str(source)], UpdateOptions())
    print(f"{len(files):,} readouts, of them {len(report.added):,} indexed now in {report.seconds:.0f} s", flush=True)
    return library, files


def run(library: Path, files: list[Path], seconds: float, count: int) -> tuple[int, Usage, list[Answer]]:
    """Refresh here, search in `count` other processes."""
    until = time.time() + seconds
    searchers = []
    for _ in range(count):
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=search, args=(library, len(files), until, theirs), daemon=True)
        process.start()
        searchers.append((process, ours))
    rounds, usage = refresh(library, files, until)
    answers = [results.recv() for _, results in searchers]
    for process, _ in searchers:
        process.join()
    return rounds, usage, answers


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--searchers", type=int, default=8)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        work = arguments.work or Path(stack.enter_context(tempfile.TemporaryDirectory(dir=arguments.folder.parent)))
        library, files = build(arguments.folder, work)
        rounds, usage, answers = run(library, files, arguments.seconds, arguments.searchers)
    failures = [line for answer in answers for line in answer.failures]
    print(f"{rounds} refreshes, {sum(answer.asked for answer in answers)} openings, {len(failures)} failures")
    print(f"writer: {usage}", *(f"searcher: {answer.usage}" for answer in answers), sep="\n")
    print("\n".join(failures[:10]))
    return int(bool(failures) or any(each.grows for each in [usage, *(answer.usage for answer in answers)]))


if __name__ == "__main__":
    sys.exit(main())
