"""How figures grow with the number of documents: `python tests/benchmarks/growth.py [FOLDER] [--sizes N…]`.

The exponents are least squares on logarithms: 1 grows with the number of readouts, 0 not at all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from statistics import linear_regression, median

from peers import READOUTS, READOUTS_ONE, search_readouts
from queries import Opened
from questions import Question, cold_questions, hard_questions, vocabulary
from tables import figure, show
from timing import cold, seconds
from workplace import Workplace, arguments, opened


def main() -> None:
    """Print one table of all sizes."""
    parser = arguments(__doc__)
    parser.set_defaults(sizes=[1_000, 10_000])
    options = parser.parse_args()
    with opened(options) as place:
        words = vocabulary(place.documents(min(options.sizes)))
        found = {size: _measure(place, size, hard_questions(words), options.rounds) for size in options.sizes}
        for size in options.sizes:
            found[size].update(_cold(place, size, cold_questions(words), options.rounds))
    rows = []
    for name in found[min(found)]:
        values = {size: found[size][name] for size in found}
        rows.append((name, *map(figure, values.values()), f"{exponent(values):.2f}"))
    show("Growth", ("", *(f"{size:,}" for size in found), "exponent"), rows)


def exponent(values: Mapping[int, float]) -> float:
    """The exponent e of the curve c·nᵉ nearest to values by size, on logarithmic scales; of one size alone, NaN."""
    if len(values) < 2:
        return math.nan
    return linear_regression([*map(math.log, values)], [*map(math.log, values.values())]).slope


def _measure(place: Workplace, size: int, questions: dict[str, Question], rounds: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for peer in (READOUTS_ONE, READOUTS):
        built = place.built(peer, size)
        found[f"build, {peer.name}, s"] = built.seconds
        found[f"build, {peer.name}, CPU s"] = built.cpu
    engine = Opened(place.index(READOUTS, size))
    for name, question in questions.items():
        engine.ask(question)
        found[f"{name}, warm, ms"] = median(seconds(lambda: engine.ask(question)) for _ in range(rounds)) * 1000  # noqa: B023  # called at once
    return found


def _cold(place: Workplace, size: int, questions: dict[str, Question], rounds: int) -> dict[str, float]:
    index = place.index(READOUTS, size)
    commands = {f"{name}, cold, ms": search_readouts(Path(), index, asked) for name, asked in questions.items()}
    return cold(commands, rounds)


if __name__ == "__main__":
    main()
