"""Building an index beside the peers: `python tests/benchmarks/build.py [FOLDER] [--sizes N…] [--work WORK]`.

Two tables: from a folder of files to a searchable index, as whole processes; and, of the same readouts with all their
fields in memory, the writing of the index alone, in one process.  Peers that are slow get `--slow` documents at most.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

from peers import FTS5, READOUTS_ONE, TANTIVY_ONE, WHOOSH, XAPIAN, Peer, installed, script
from records import LINES, save, with_facts
from tables import NOTHING, figure, show
from timing import run
from workplace import Built, Workplace, arguments, opened, size_of

_WRITINGS = 3


def main() -> None:
    """Print both tables for each size."""
    options = arguments(__doc__).parse_args()
    peers = installed()
    with opened(options) as place:
        for size in options.sizes:
            _show_whole(place, peers, size, options.slow)
        _show_writing(place, peers, min(max(options.sizes), options.slow))


def _show_whole(place: Workplace, peers: list[Peer], size: int, slow: int) -> None:
    found = {peer: place.built(peer, min(size, slow) if peer.slow else size) for peer in peers if peer.build}
    stock = found.get(WHOOSH)
    show(
        f"From files to a searchable index, {size:,} readouts",
        ("program", "readouts", "readouts/s", "MB/s", "× stock Whoosh", "CPU ms a readout", "peak MB", "index ÷ text"),
        [_row(peer.name, built, stock) for peer, built in found.items()],
    )


def _row(name: str, built: Built, stock: Built | None) -> tuple[str, ...]:
    return (
        name,
        f"{built.documents:,}",
        figure(built.documents / built.seconds),
        figure(built.rate),
        figure(built.rate / stock.rate) if stock else NOTHING,
        figure(built.cpu / built.documents * 1000),
        figure(built.memory / 1e6),
        f"{built.size / built.text:.2f}",
    )


def _show_writing(place: Workplace, peers: list[Peer], size: int) -> None:
    documents = place.documents(size)
    megabytes = size_of(documents) / 1e6
    with tempfile.TemporaryDirectory(prefix="readouts-writing-") as folder:
        lines = Path(folder) / f"records{LINES}"
        save(with_facts(str(documents)), lines)
        commands = {
            READOUTS_ONE: lambda index: script("peer_readouts", "whoosh", str(documents), str(index)),
            **{peer: _of_records(peer, lines) for peer in (WHOOSH, FTS5, TANTIVY_ONE, XAPIAN)},
        }
        times = {peer: _seconds(commands[peer], Path(folder), peer.slow) for peer in peers if peer in commands}
    rows = [
        (peer.name, figure(size / taken), figure(megabytes / taken), _ratio(times.get(WHOOSH), taken))
        for peer, taken in times.items()
    ]
    show(
        f"Writing the index alone, {size:,} readouts with ten fields, one process",
        ("program", "readouts/s", "MB/s", "× stock Whoosh"),
        rows,
    )


def _of_records(peer: Peer, lines: Path) -> Callable[[Path], list[str]]:
    """The command that a peer builds with, given records in place of files."""

    def command(index: Path) -> list[str]:
        assert peer.build is not None
        return peer.build(lines, index)

    return command


def _seconds(command: Callable[[Path], list[str]], folder: Path, slow: bool) -> float:
    taken = []
    for number in range(1 if slow else _WRITINGS):
        with tempfile.TemporaryDirectory(prefix=f"{number}-", dir=folder) as index:
            taken.append(float(run(command(Path(index))).output))
    return statistics.median(taken)


def _ratio(whole: float | None, part: float) -> str:
    return figure(whole / part) if whole else NOTHING


if __name__ == "__main__":
    main()
