"""Hard queries, warm and in process: `python tests/benchmarks/queries.py [FOLDER] [--sizes N…] [--work WORK]`.

Of each question the first answer of an engine just opened, then the median of repeated answers; an answer is the number
of matches and the ten best.  A question that an engine cannot be asked is left out.  Where engines that split words
alike disagree on the number of matches, that is printed.
"""

from __future__ import annotations

import datetime as dt
import gc
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import peer_fts5
import peer_tantivy
import peer_whoosh
from peers import FTS5, READOUTS, TANTIVY, WHOOSH, Peer, installed
from questions import Answer, Question, hard_questions, vocabulary
from tables import NOTHING, figure, show
from timing import seconds
from workplace import Workplace, arguments, opened

from readouts_cli.engines.base import Facet, Order, Ranking
from readouts_cli.library import Library
from readouts_cli.query.syntax import Options, parse

#: How often an engine is opened for a first answer, and how long repeated answers may take, in seconds.
_OPENINGS, _LONG = 3, 10.0


class Asked(Protocol):
    """An engine, opened."""

    def ask(self, question: Question) -> int | None:
        """Answer; how many documents match in all, or None where the question cannot be put."""


class Opened:
    """A library of ours, opened for questions."""

    def __init__(self, folder: Path) -> None:
        self._engine = Library(folder).engine
        self._options = Options(today=dt.date(2026, 1, 1))

    def ask(self, question: Question) -> int:
        """Read the query, and answer it as `search`, `--count`, `--facet month` or `--sort date` does."""
        condition = parse(question.as_query(), self._options).condition
        if question.answer is Answer.COUNT:
            return self._engine.count(condition)
        if question.answer is Answer.MONTHS:
            return sum(self._engine.facet(condition, Facet.MONTH).values())
        order = Order.DATE if question.answer is Answer.EARLIEST else Order.RELEVANCE
        return self._engine.search(condition, order, limit=10, offset=0, ranking=Ranking()).total


_OPEN: dict[Peer, Callable[[Path], Asked]] = {
    READOUTS: Opened,
    WHOOSH: peer_whoosh.Opened,
    FTS5: peer_fts5.Opened,
    TANTIVY: peer_tantivy.Opened,
}


def main() -> None:
    """Print a table for each size."""
    options = arguments(__doc__).parse_args()
    peers = [peer for peer in installed() if peer in _OPEN]
    with opened(options) as place:
        for size in options.sizes:
            _show(place, peers, (size, options.slow), options.rounds)


def _show(place: Workplace, peers: list[Peer], sizes: tuple[int, int], rounds: int) -> None:
    questions = hard_questions(vocabulary(place.documents(sizes[0])))
    rows = [[name] for name in questions]
    columns = ["ms, first · repeated"]
    totals: dict[str, dict[str, int]] = {}
    for peer in peers:
        size = min(sizes) if peer.slow else sizes[0]
        columns.append(peer.program if size == sizes[0] else f"{peer.program} ({size:,})")
        folder = place.index(peer, size)
        for row, (name, question) in zip(rows, questions.items(), strict=True):
            total, times = _ask(_OPEN[peer], folder, question, rounds)
            row.append(times)
            if total is not None and size == sizes[0]:
                totals.setdefault(name, {})[peer.program] = total
    show(f"Hard queries, warm, {sizes[0]:,} readouts", columns, rows)
    _show_differences({name: found for name, found in totals.items() if questions[name].period is None})


def _ask(opening: Callable[[Path], Asked], folder: Path, question: Question, rounds: int) -> tuple[int | None, str]:
    firsts: list[float] = []
    for _ in range(_OPENINGS):
        engine = opening(folder)
        gc.collect()
        firsts.append(seconds(lambda: engine.ask(question)))  # noqa: B023  # called at once
    total = engine.ask(question)
    if total is None:
        return None, NOTHING
    often = max(1, min(rounds, int(_LONG / max(firsts))))
    repeated = [seconds(lambda: engine.ask(question)) for _ in range(often)]
    return total, f"{figure(statistics.median(firsts) * 1000)} · {figure(statistics.median(repeated) * 1000)}"


def _show_differences(totals: dict[str, dict[str, int]]) -> None:
    """Name the questions whose number of matches is not the same everywhere; dates differ by their meaning."""
    print()
    for name, found in totals.items():
        if len(set(found.values())) > 1:
            print(f"{name}: " + ", ".join(f"{peer} finds {total:,}" for peer, total in found.items()))


if __name__ == "__main__":
    main()
