"""Queries from cold, as whole processes: `python tests/benchmarks/cold.py [FOLDER] [--sizes N…] [--work WORK]`.

The program on the five seeds beside bare Python and `import click`; then at each size, in multiples of its own figure
on the seeds, beside the peers.  Files are in the system's cache.  Peers that are slow to build get `--slow` documents.
"""

from __future__ import annotations

from pathlib import Path

from peers import READOUTS, Peer, installed
from questions import Question, cold_questions, vocabulary
from tables import NOTHING, figure, show
from timing import ROOT, cold, python, readouts, run
from workplace import Workplace, arguments, opened

#: The question on the seeds, which all others are compared with.
_ON_SEEDS = ("search", "dual carbon", "-o", "ids")

#: What an index of other documents than the others' is marked with.
_FEWER = "{name} ({count:,} readouts)"


def main() -> None:
    """Print the starts, then a table for each size."""
    options = arguments(__doc__).parse_args()
    peers = [peer for peer in installed() if peer.answers]
    with opened(options) as place:
        seeds = place.folder / "seeds"
        run(readouts(seeds, "index", "-q", str(ROOT / "seeds")))
        _show_starts(seeds, options.rounds)
        for size in options.sizes:
            _show_size(place, seeds, peers, (size, options.slow), options.rounds)


def _show_starts(seeds: Path, rounds: int) -> None:
    bare, click = "`python -c pass`", '`python -c "import click"`'
    commands = {
        bare: python("-c", "pass"),
        click: python("-c", "import click"),
        "`readouts --version`": readouts(None, "--version"),
        "`readouts search -o ids`, seeds": readouts(seeds, *_ON_SEEDS),
    }
    times = cold(commands, rounds)
    rows = [(name, figure(ms), figure(ms / times[bare]), figure(ms / times[click])) for name, ms in times.items()]
    show("Starts", ("process", "ms", "÷ pass", "÷ click"), rows)


def _show_size(place: Workplace, seeds: Path, peers: list[Peer], sizes: tuple[int, int], rounds: int) -> None:
    questions = cold_questions(vocabulary(place.documents(sizes[0])))
    commands = {("seeds", ""): readouts(seeds, *_ON_SEEDS)}
    names: dict[Peer, str] = {}
    for peer in peers:
        size = min(sizes) if peer.slow else sizes[0]
        names[peer] = peer.program if size == sizes[0] else _FEWER.format(name=peer.program, count=size)
        for name, question in questions.items():
            if command := _command(place, peer, size, question):
                commands[peer.name, name] = command
    times = cold(commands, rounds)
    rows = [
        (names[peer], *(figure(times.get((peer.name, name))) for name in questions), _growth(times, peer, questions))
        for peer in peers
    ]
    columns = ("program", *(f"{name}, ms" for name in questions), "slowest ÷ on the seeds")
    show(f"Cold queries, whole processes, {sizes[0]:,} readouts", columns, rows)


def _command(place: Workplace, peer: Peer, size: int, question: Question) -> list[str] | None:
    return peer.search(place.documents(size), place.index(peer, size), question)


def _growth(times: dict[tuple[str, str], float], peer: Peer, questions: dict[str, Question]) -> str:
    if peer is not READOUTS:
        return NOTHING
    return figure(max(times[peer.name, name] for name in questions) / times["seeds", ""])


if __name__ == "__main__":
    main()
