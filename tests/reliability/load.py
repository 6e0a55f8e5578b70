"""A library under load: one writer that refreshes in a loop, eight processes that search, for two minutes.

    python tests/reliability/load.py FOLDER [--seconds 120] [--searchers 8]

FOLDER holds readouts; they are linked into a source of the run's own, and some of them change all the time.  Ends with
status 1 where a search failed or contradicted itself, or where memory or open files of a searcher kept growing.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from readouts_cli.engines.base import Order, Ranking
from readouts_cli.indexing import UpdateOptions, update
from readouts_cli.library import Library
from readouts_cli.query.leaves import Exact
from readouts_cli.query.tree import In, Phrase, Term

#: Changed before every refresh.
CHANGED = 100

#: Growth of a searcher after its first quarter of the run that is taken for a leak: bytes resident, open files.
MOST_MEMORY, MOST_FILES = 64 * 2**20, 8


def link(folder: Path, source: Path) -> list[Path]:
    linked = []
    for path in sorted(folder.rglob("*.txt")):
        target = source / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, target)
        linked.append(target)
    return linked


def refresh(library: Path, files: list[Path], until: float) -> int:
    """Rewrite some files, alike every time, and bring the library up to date, again and again."""
    rounds = 0
    while time.time() < until:
        for path in files[:CHANGED]:
            fresh = path.with_suffix(".new")
            fresh.write_text(f" date 2024-05-02 On May 1, the round table met in round {rounds}.", "utf-8")
            fresh.rename(path)
        report = update(library, [], UpdateOptions(cores=1))
        assert len(report.changed) == CHANGED, report
        rounds += 1
    return rounds


def search(library: Path, count: int, until: float, results: Connection) -> None:
    """Open and ask until the time is up; send the number of answers, the failures, and how much was grown."""
    query = In("text", Phrase(((0, Exact("round")), (1, Exact("table"))), 2))
    common = In("text", Term(Exact("the")))
    asked, failures, early = 0, [], (0, 0)
    began = time.time()
    while time.time() < until:
        try:
            with Library(library) as opened:
                found = opened.engine.search(query, Order.RELEVANCE, limit=CHANGED, offset=0, ranking=Ranking())
                rounds = {readout.text.split()[-1] for readout in opened.engine.readouts(hit.id for hit in found.hits)}
                if len(opened.engine) != count or len(rounds) > 1 or found.total not in {0, CHANGED}:
                    failures.append(f"{len(opened.engine)} readouts, rounds {sorted(rounds)}, {found.total} found")
                opened.engine.count(common)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is what this run looks for
            failures.append(repr(error))
        asked += 1
        if time.time() - began < (until - began) / 4:
            early = held()
    late = held()
    results.send((asked, failures, late[0] - early[0], late[1] - early[1]))


def held() -> tuple[int, int]:
    """Bytes resident and open files of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE"), sum(1 for _ in Path("/proc/self/fd").iterdir())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--searchers", type=int, default=8)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder.parent) as name:
        source, library = Path(name) / "source", Path(name) / "library"
        source.mkdir()
        files = link(arguments.folder, source)
        count = len(update(library, [str(source)], UpdateOptions()).added)
        print(f"{count:,} readouts indexed", flush=True)
        until = time.time() + arguments.seconds
        searchers = []
        for _ in range(arguments.searchers):
            ours, theirs = multiprocessing.Pipe()
            process = multiprocessing.Process(target=search, args=(library, count, until, theirs))
            process.start()
            searchers.append((process, ours))
        rounds = refresh(library, files, until)
        answers = [results.recv() for _, results in searchers]
        for process, _ in searchers:
            process.join()
    asked, failures = sum(answer[0] for answer in answers), [line for answer in answers for line in answer[1]]
    memory, open_files = max(answer[2] for answer in answers), max(answer[3] for answer in answers)
    print(f"{rounds} refreshes, {asked} openings and searches, {len(failures)} failures")
    print(f"most growth of a searcher: {memory / 2**20:.1f} MiB, {open_files} open files")
    print("\n".join(failures[:10]))
    return int(bool(failures) or memory > MOST_MEMORY or open_files > MOST_FILES)


if __name__ == "__main__":
    sys.exit(main())
