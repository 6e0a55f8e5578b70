"""Bringing an index up to date: `python tests/benchmarks/incremental.py [FOLDER] [--sizes N…] [--work WORK]`.

Whole processes, beside a walk by GNU find that tells size and time of every file: with nothing changed, with 100 files
added, with 100 changed; and `optimize` at the end.  Only programs that find out by themselves what has changed.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from peers import READOUTS, Peer, installed
from records import files
from tables import NOTHING, figure, show
from timing import cold, readouts, run
from workplace import Workplace, arguments, opened

_FILES = 100

#: How often each kind of update is measured.
_UPDATES = 3


def main() -> None:
    """Print a table for each size."""
    options = arguments(__doc__).parse_args()
    peers = [peer for peer in installed() if peer.refreshes]
    with opened(options) as place:
        for size in options.sizes:
            _show(place, [peer for peer in peers if not peer.slow or size <= options.slow], size, options.rounds)
            for peer in peers:
                if peer.slow and size > options.slow:
                    print(f"\n{peer.name} is slow to build: left out beyond {options.slow:,} readouts (--slow)")


def _show(place: Workplace, peers: list[Peer], size: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="changing-", dir=place.folder) as folder:
        documents = Path(folder) / "documents"
        shutil.copytree(place.documents(size), documents)
        find = ["find", str(documents), "-type", "f", "-printf", "%s %T@\n"]
        walk = cold({"find": find}, rounds)["find"]
        rows: list[tuple[str, ...]] = [("GNU find", figure(walk), NOTHING, NOTHING, NOTHING, NOTHING)]
        rows += [_row(peer, documents, Path(folder) / peer.key, walk, rounds) for peer in peers]
    columns = ("program", "no change, ms", "÷ find", "100 added, ms", "100 changed, ms", "optimize, s")
    show(f"Bringing {size:,} readouts up to date, whole processes", columns, rows)


def _row(peer: Peer, documents: Path, index: Path, walk: float, rounds: int) -> tuple[str, ...]:
    index.mkdir()
    update = _updating(peer, documents, index)
    update()
    idle = cold({"update": _command(peer, documents, index)}, rounds)["update"]
    added, changed = [], []
    for number in range(_UPDATES):
        _add(documents, number)
        added.append(update())
        _change(documents, number)
        changed.append(update())
    optimize = run(readouts(index, "optimize")).seconds if peer is READOUTS else None
    for below in documents.glob("added-*"):
        shutil.rmtree(below)
    times = (statistics.median(added) * 1000, statistics.median(changed) * 1000)
    return (peer.program, figure(idle), figure(idle / walk), *map(figure, times), figure(optimize))


def _command(peer: Peer, documents: Path, index: Path) -> list[str]:
    assert peer.build is not None
    return peer.build(documents, index)


def _updating(peer: Peer, documents: Path, index: Path) -> Callable[[], float]:
    return lambda: run(_command(peer, documents, index)).seconds


def _add(documents: Path, number: int) -> None:
    """Copies of the first files, each with a paragraph of its own."""
    folder = documents / f"added-{number}"
    folder.mkdir()
    for place, path in enumerate(islice(files(str(documents)), _FILES)):
        text = Path(path).read_text("utf-8")
        (folder / f"added_{number}_{place}.txt").write_text(f"{text}\n\nCopy {number} of {path}.", "utf-8")


def _change(documents: Path, number: int) -> None:
    """A paragraph more in some files, others than last time."""
    for path in islice(files(str(documents)), number * _FILES, (number + 1) * _FILES):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"\n\nChanged in round {number}.")


if __name__ == "__main__":
    main()
