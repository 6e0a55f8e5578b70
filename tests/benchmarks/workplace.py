"""Where a run keeps its documents and indexes, so that each index is built once, and its figures stay with it."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from made import make
from peers import Peer
from records import files
from timing import Spent, run

#: How often an index is built; one of more documents than this only once.
_BUILDS, _FEW = 3, 10_000


@dataclass(frozen=True)
class Built:
    """An index and what building it took: medians of all builds."""

    documents: int
    text: int
    seconds: float
    cpu: float
    memory: int
    size: int

    @property
    def rate(self) -> float:
        """Megabytes of text a second."""
        return self.text / 1e6 / self.seconds


class Workplace:
    """Documents and indexes by number of documents, in a folder of its own."""

    def __init__(self, folder: Path, source: Path) -> None:
        self.folder = folder
        self._source = source

    def documents(self, count: int) -> Path:
        """A folder with the first `count` documents."""
        folder = self.folder / str(count) / "documents"
        if not folder.is_dir():
            half = folder.with_name("half")
            shutil.rmtree(half, ignore_errors=True)
            for path in islice(files(str(self._source)), count):
                target = half / Path(path).relative_to(self._source)
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(path, target)
            half.rename(folder)
        return folder

    def count(self, wanted: int) -> int:
        """How many documents there are, if fewer than wanted."""
        return sum(1 for _ in islice(files(str(self._source)), wanted))

    def index(self, peer: Peer, count: int) -> Path:
        """The folder of a peer's index, which is built where it is not there."""
        folder = self.folder / str(count) / peer.key
        if peer.build is not None:
            self.built(peer, count)
        return folder

    def built(self, peer: Peer, count: int) -> Built:
        """The figures of a peer's index, which is built where it is not there."""
        folder = self.folder / str(count) / peer.key
        figures = folder.with_name(f"{peer.key}.json")
        if not figures.exists():
            builds = _BUILDS if count <= _FEW else 1
            built = self._measured(count, folder, [self._build(peer, count, folder) for _ in range(builds)])
            figures.write_text(json.dumps(asdict(built)), "utf-8")
        return Built(**json.loads(figures.read_text("utf-8")))

    def _build(self, peer: Peer, count: int, folder: Path) -> Spent:
        documents = self.documents(count)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        assert peer.build is not None
        return run(peer.build(documents, folder))

    def _measured(self, count: int, folder: Path, builds: list[Spent]) -> Built:
        return Built(
            documents=count,
            text=size_of(self.documents(count)),
            seconds=statistics.median(build.seconds for build in builds),
            cpu=statistics.median(build.cpu for build in builds),
            memory=int(statistics.median(build.memory for build in builds)),
            size=size_of(folder),
        )


def _link(path: str, target: Path) -> None:
    """A hard link, or a copy on another disk; either keeps the time of change."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)


def size_of(folder: Path) -> int:
    """The bytes of the files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def arguments(described: str | None) -> argparse.ArgumentParser:
    """The command line that all these benchmarks share."""
    parser = argparse.ArgumentParser(description=(described or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="text files; made-up readouts where none is named")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000], help="numbers of documents (%(default)s)")
    parser.add_argument("--slow", type=int, default=10_000, help="most documents for slow peers (%(default)s)")
    parser.add_argument("--work", type=Path, help="keeps documents and indexes for the next benchmark of the run")
    parser.add_argument("--rounds", type=int, default=7, help="of each measurement but builds (%(default)s)")
    return parser


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Workplace]:
    """The workplace that the command line names, or one that goes with the run."""
    with tempfile.TemporaryDirectory(prefix="readouts-benchmark-") as passing:
        work: Path = (options.work or Path(passing)).absolute()
        source = options.folder.absolute() if options.folder else work / f"made-{max(options.sizes)}"
        if not source.is_dir():
            if options.folder:
                raise SystemExit(f"{source} is not a folder")
            make(source, max(options.sizes))
        place = Workplace(work, source)
        there = place.count(max(options.sizes))
        if there < max(options.sizes):
            print(f"there are only {there:,} documents in {source}", file=sys.stderr)
        options.sizes = sorted({min(size, there) for size in options.sizes})
        yield place
