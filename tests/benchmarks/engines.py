"""The engines side by side, on the same documents and queries in one run, as Markdown tables.

    python tests/benchmarks/engines.py [SIZE[:ENGINE,…] …] [--documents FILE] [--cores N]

Sizes are numbers of readouts, each with the engines that take part if not all: `1000 10000 100000 1000000:tantivy`.
SQLite's FTS5, from Python, is the yardstick; a cluster takes part where READOUTS_TEST_OPENSEARCH names one
(`opensearch://host:port`).  The documents are made up, or the first of a JSONL file (id, date, title, text).

What is compared: everybody gets the same lines of JSON, and makes of them an index with positions that also gives the
texts back.  The dates and names that `readouts index` reads out of a text are not looked for: that costs the same
whatever the engine.  FTS5 cuts ASCII and Unicode words as SQLite does, our engines as `query/tokens.py` does, with
fields, columns to sort and count by, and stamps besides.  Every engine is built and asked in a process of its own that
is bound to the given cores; FTS5 can use only one of them.  Times of searches are medians of three kinds: of the first
time that an opened index is asked, though other queries before; of the same query again, which tantivy remembers; and
in brackets, of the first search after opening an index of which nothing is in memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from engine_documents import made, read
from engine_queries import CLUSTER, Asked, asked, remove_from_cluster
from fts5 import build_fts5

from readouts_cli.engines import writer_class

#: How often a warm index is opened and asked, how often again, and how often a cold one.
FIRST_ROUNDS, ROUNDS, COLD_ROUNDS = 3, 7, 3


@dataclass(frozen=True, slots=True)
class Result:
    """One engine with so many readouts: seconds, megabytes, and milliseconds of each query: first, again and cold."""

    engine: str
    size: int
    text: float
    seconds: float
    memory: float
    index: float
    first: dict[str, float]
    again: dict[str, float]
    cold: dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sizes", nargs="*", default=["1000", "10000"], help="SIZE or SIZE:ENGINE,… (%(default)s)")
    parser.add_argument("--documents", type=Path, help="a JSONL file")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        result = _measure(options.one[0], Path(options.one[1]), options.documents, int(options.sizes[0]), options.cores)
        print(json.dumps(asdict(result)))
        return
    runs = [
        (int(size), engines.split(",") if engines else list(_available())) for size, engines in map(_cut, options.sizes)
    ]
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="readouts-engines-") as folder:
        documents = options.documents or made(Path(folder) / "made.jsonl", max(size for size, _ in runs))
        for size, engines in runs:
            found = [_measured_apart(engine, documents, size, options.cores) for engine in engines]
            _print_side_by_side(found, options.cores)
            results += found
    _print_growth(results)


def _cut(size: str) -> tuple[str, str]:
    number, _, engines = size.partition(":")
    return number, engines


def _available() -> Iterator[str]:
    yield "fts5"
    yield "whoosh"
    if find_spec("tantivy"):
        yield "tantivy"
    if CLUSTER and find_spec("opensearchpy"):
        yield "opensearch"


# Measuring


def _measured_apart(engine: str, documents: Path, size: int, cores: int) -> Result:
    """Measure in a process of its own, on some of the cores."""

    def bind() -> None:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])

    with tempfile.TemporaryDirectory(prefix=f"readouts-{engine}-") as folder:
        command = [sys.executable, __file__, str(size), "--documents", str(documents), "--cores", str(cores)]
        done = subprocess.run(
            [*command, "--one", engine, folder], stdout=subprocess.PIPE, check=True, text=True, preexec_fn=bind
        )
    return Result(**json.loads(done.stdout))


def _measure(engine: str, folder: Path, documents: Path, size: int, cores: int) -> Result:
    megabytes = sum(map(len, _lines(documents, size))) / 1e6
    before = _peak()
    build = build_fts5 if engine == "fts5" else _build
    seconds = _seconds(lambda: build(engine, folder, _lines(documents, size), cores))
    memory = _peak() - before
    try:
        index = asked(engine, folder)
        cold = {name: _cold(index, folder, name) for name in index.queries} if index.on_disk else {}
        first, again = _warm(index)
    finally:
        if engine == "opensearch":
            remove_from_cluster(folder)
    written = sum(path.stat().st_size for path in _files(folder)) / 1e6
    return Result(engine, size, megabytes, seconds, memory, written, first, again, cold)


def _lines(documents: Path, size: int) -> Iterator[bytes]:
    with documents.open("rb") as file:
        yield from islice(file, size)


def _build(engine: str, folder: Path, lines: Iterator[bytes], cores: int) -> None:
    if engine == "opensearch":
        from readouts_cli.engines.opensearch.place import remember

        remember(folder, f"{CLUSTER}/readouts-benchmark-{os.getpid()}?replicas=0")
    writer_class(engine).create(folder)
    with writer_class(engine)(folder, cores=cores) as writer:
        for _ in writer.add_all(lines, read):
            if writer.pending:
                writer.commit(last=False)
        writer.commit()


def _warm(index: Asked) -> tuple[dict[str, float], dict[str, float]]:
    """Milliseconds of each query the first time and again."""
    first: dict[str, list[float]] = {name: [] for name in index.queries}
    again: dict[str, list[float]] = {name: [] for name in index.queries}
    for _ in range(FIRST_ROUNDS):
        index.open()
        for name in index.queries:
            first[name].append(_milliseconds(lambda: index.ask(name)))  # noqa: B023  # called at once
            again[name] += (_milliseconds(lambda: index.ask(name)) for _ in range(ROUNDS))  # noqa: B023
        index.close()
    return _medians(first), _medians(again)


def _medians(times: dict[str, list[float]]) -> dict[str, float]:
    return {name: statistics.median(taken) for name, taken in times.items()}


def _cold(index: Asked, folder: Path, name: str) -> float:
    return statistics.median(_once_cold(index, folder, name) for _ in range(COLD_ROUNDS))


def _once_cold(index: Asked, folder: Path, name: str) -> float:
    for path in _files(folder):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    def opened_and_asked() -> None:
        index.open()
        index.ask(name)

    taken = _milliseconds(opened_and_asked)
    index.close()
    return taken


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _seconds(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def _milliseconds(job: Callable[[], object]) -> float:
    return _seconds(job) * 1000


def _peak() -> float:
    """The most memory that this process, or one it started, has used, in megabytes."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) / 1024


# Printing


def _print_side_by_side(results: Sequence[Result], cores: int) -> None:
    _print_row(f"{results[0].size:,} readouts, {cores} cores", [result.engine for result in results])
    _print_row("---", ["---:"] * len(results))
    _print_row("build, MB/s of text", [f"{result.text / result.seconds:.1f}" for result in results])
    _print_row("largest process while building, MB more", [f"{result.memory:.0f}" for result in results])
    _print_row("size / text", [f"{result.index / result.text:.2f}" if result.cold else "" for result in results])
    for name in dict.fromkeys(name for result in results for name in result.first):
        _print_row(f"{name}, ms", [_latency(result, name) for result in results])
    print(flush=True)


def _latency(result: Result, name: str) -> str:
    if name not in result.first:
        return ""
    warm = f"{result.first[name]:.1f} · {result.again[name]:.1f}"
    return warm + (f" ({result.cold[name]:.0f})" if result.cold else "")


def _print_growth(results: Sequence[Result]) -> None:
    sizes = sorted({result.size for result in results})
    _print_row("growth: middle and slowest of the queries the first time, ms", [f"{size:,}" for size in sizes])
    _print_row("---", ["---:"] * len(sizes))
    for engine in dict.fromkeys(result.engine for result in results):
        by_size = {result.size: sorted(result.first.values()) for result in results if result.engine == engine}
        _print_row(
            engine,
            [f"{statistics.median(by_size[s]):.1f}, {by_size[s][-1]:.1f}" if s in by_size else "" for s in sizes],
        )


def _print_row(name: str, cells: Sequence[str]) -> None:
    print("|", " | ".join((name, *cells)), "|")


if __name__ == "__main__":
    main()
