"""The engines side by side, on the same documents and queries in one run: `python tests/benchmarks/engines.py [SIZE…]`.

Sizes are numbers of readouts, 1,000 and 10,000 unless given.  SQLite's FTS5, from Python, is the yardstick.  The
documents are made up, or with `--documents FILE` the first of a JSONL file (id, date, title, text).  A cluster takes
part where READOUTS_TEST_OPENSEARCH names one (`opensearch://host:port`).  Every engine is built and asked in a process
of its own; figures are medians, and ratios mean more than milliseconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import msgspec

from readouts_cli.engines import engine_class, writer_class
from readouts_cli.engines.base import Batch, Entry, FileStamp, Order, Ranking
from readouts_cli.query.leaves import Exact, Family, Wildcard
from readouts_cli.query.period import Period
from readouts_cli.query.tree import And, Condition, Dated, DateField, Everything, In, Near, Phrase, Term, Within, Words
from readouts_cli.readout import Fact, Published, Readout

ROUNDS = 7

_CLUSTER = os.environ.get("READOUTS_TEST_OPENSEARCH", "")


class Document(msgspec.Struct):
    """A line of the documents."""

    id: str
    text: str
    date: str | None = None
    title: str | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000])
    parser.add_argument("--documents", type=Path, help="a JSONL file")
    parser.add_argument("--engines", default=",".join(_available()), help="which of: %(default)s")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measure(options.one, options.documents, options.sizes[0], options.cores)))
        return
    with tempfile.TemporaryDirectory(prefix="readouts-engines-") as folder:
        documents = options.documents or _made(Path(folder) / "made.jsonl", max(options.sizes))
        for size in options.sizes:
            _compare(options.engines.split(","), documents, size, options.cores)


def _available() -> Iterator[str]:
    yield "fts5"
    yield "whoosh"
    if find_spec("tantivy"):
        yield "tantivy"
    if _CLUSTER and find_spec("opensearchpy"):
        yield "opensearch"


def _compare(engines: list[str], documents: Path, size: int, cores: int) -> None:
    print(f"\n{size:,} readouts, {cores} cores")
    rows: dict[str, dict[str, str]] = {}
    for engine in engines:
        with tempfile.TemporaryDirectory(prefix=f"readouts-{engine}-") as folder:
            command = [sys.executable, __file__, str(size), "--documents", str(documents), "--cores", str(cores)]
            result = subprocess.run([*command, "--one", engine, folder], stdout=subprocess.PIPE, check=True, text=True)
            for name, value in json.loads(result.stdout).items():
                rows.setdefault(name, {})[engine] = value
    print(f"{'':28}" + "".join(f"{engine:>12}" for engine in engines))
    for name, values in rows.items():
        print(f"{name:28}" + "".join(f"{values.get(engine, '–'):>12}" for engine in engines))


def _measure(one: tuple[str, str], documents: Path, size: int, cores: int) -> dict[str, str]:
    engine, folder = one
    with documents.open("rb") as file:
        lines = list(itertools.islice(file, size))
    megabytes = sum(map(len, lines)) / 1e6
    before = _peak()
    build, ask = (_build_fts5, _ask_fts5) if engine == "fts5" else (_build, _ask)
    seconds = _seconds(lambda: build(engine, Path(folder), lines, cores))
    found = {
        "build, MB/s": f"{megabytes / seconds:.1f}",
        "memory to build, MB": f"{_peak() - before:.0f}",
        "size / text": f"{sum(p.stat().st_size for p in Path(folder).rglob('*') if p.is_file()) / 1e6 / megabytes:.2f}",
    }
    try:
        found.update(ask(engine, Path(folder)))
    finally:
        if engine == "opensearch":
            _remove_from_cluster(Path(folder))
    return found


def _read(line: bytes) -> Batch[None]:
    given = msgspec.json.decode(line, type=Document)
    readout = Readout(
        id=given.id,
        path=f"/made/{given.id}.txt",
        text=given.text,
        title=Fact(given.title, None, "made") if given.title else None,
        published=Published(given.date, None, "made") if given.date else None,
    )
    return Batch([Entry(readout, FileStamp(readout.path, len(line), 1, "digest"))], None)


def _build(engine: str, folder: Path, lines: list[bytes], cores: int) -> None:
    if engine == "opensearch":
        from readouts_cli.engines.opensearch.place import remember

        remember(folder, f"{_CLUSTER}/readouts-benchmark-{os.getpid()}?replicas=0")
    writer_class(engine).create(folder)
    with writer_class(engine)(folder, cores=cores) as writer:
        for _ in writer.add_all(lines, _read):
            if writer.pending:
                writer.commit(last=False)
        writer.commit()


def _remove_from_cluster(folder: Path) -> None:
    from readouts_cli.engines.opensearch.mapping import ORIGINS
    from readouts_cli.engines.opensearch.place import load
    from readouts_cli.engines.opensearch.server import Server

    location = load(folder).location
    for index in (location.name, location.name + ORIGINS):
        Server(location).ask("DELETE", f"/{index}")


def _ask(engine: str, folder: Path) -> dict[str, str]:
    started = time.perf_counter()
    opened = engine_class(engine)(folder)
    found = {"open, ms": f"{(time.perf_counter() - started) * 1000:.1f}"}
    for name, (query, order) in _queries().items():

        def search(query: Condition = query, order: Order = order) -> int:
            return opened.search(query, order, limit=10, offset=0, ranking=Ranking()).total

        found[f"{name}, ms"] = _ms(search)
    opened.close()
    return found


def _queries() -> dict[str, tuple[Condition, Order]]:
    common, second, rare = (Term(Family(word)) for word in _words())
    exact = [Exact(word) for word in _words()]
    years = Dated(DateField.DATE, Period(dt.date(2012, 1, 1), dt.date(2014, 12, 31)))
    near = Near(Term(exact[0]), Term(exact[1]), 5, ordered=False)
    return {
        "rare word": (Words("text", (rare,)), Order.RELEVANCE),
        "common word": (Words("text", (common,)), Order.RELEVANCE),
        "two words": (Words("text", (common, second)), Order.RELEVANCE),
        "phrase": (In("text", Phrase(((0, exact[0]), (1, exact[1])), 2)), Order.RELEVANCE),
        "NEAR/5": (In("text", near), Order.RELEVANCE),
        "three words within 3": (In("text", Within(tuple(exact), 3)), Order.RELEVANCE),
        "word and dates": (And((Words("text", (common,)), years)), Order.RELEVANCE),
        "prefix": (In("text", Term(Wildcard(exact[2].term[:3] + "*"))), Order.RELEVANCE),
        "newest of all": (Everything(), Order.DATE_DESCENDING),
    }


def _words() -> tuple[str, str, str]:
    """Two common words and a rare one, which both the made-up documents and real minutes have."""
    return "development", "government", "swimming"


# SQLite, as one would use it from Python


def _build_fts5(_: str, folder: Path, lines: list[bytes], __: int) -> None:
    database = sqlite3.connect(folder / "fts5.db")
    database.execute("CREATE VIRTUAL TABLE readouts USING fts5(id UNINDEXED, date UNINDEXED, title, text)")
    rows = (msgspec.json.decode(line, type=Document) for line in lines)
    values = ((row.id, row.date, row.title, row.text) for row in rows)
    with database:
        database.executemany("INSERT INTO readouts VALUES (?, ?, ?, ?)", values)
    database.close()


def _ask_fts5(_: str, folder: Path) -> dict[str, str]:
    database = sqlite3.connect(folder / "fts5.db")
    common, second, rare = _words()
    queries = {
        "rare word": rare,
        "common word": common,
        "two words": f"{common} {second}",
        "phrase": f'"{common} {second}"',
        "NEAR/5": f"NEAR({common} {second}, 4)",
    }

    def search(query: str) -> int:
        best = "SELECT id FROM readouts WHERE readouts MATCH ? ORDER BY rank LIMIT 10"
        database.execute(best, (query,)).fetchall()
        total: int = database.execute("SELECT count(*) FROM readouts WHERE readouts MATCH ?", (query,)).fetchone()[0]
        return total

    found = {f"{name}, ms": _ms(partial(search, query)) for name, query in queries.items()}
    database.close()
    return found


# Documents and figures


def _made(path: Path, size: int) -> Path:
    """Documents of four kilobytes whose words are as unevenly frequent as real ones."""
    chance = random.Random(20220826)
    words = ["".join(chance.choices("abcdefghilmnoprstuvwy", k=chance.randint(2, 10))) for _ in range(50_000)]
    words[3], words[9], words[20_000] = _words()
    cumulative = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    with path.open("wb") as file:
        for number in range(size):
            text = " ".join(chance.choices(words, cum_weights=cumulative, k=650))
            day = dt.date(2005, 1, 1) + dt.timedelta(days=chance.randrange(7300))
            document = Document(f"made-{number:07}", text, day.isoformat(), text[:60])
            file.write(msgspec.json.encode(document) + b"\n")
    return path


def _seconds(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def _ms(job: Callable[[], object]) -> str:
    job()
    return f"{statistics.median(_seconds(job) for _ in range(ROUNDS)) * 1000:.1f}"


def _peak() -> float:
    """The most memory that this process, or one it started, has used, in megabytes."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in who) / 1024


if __name__ == "__main__":
    main()
