"""What a start costs: the ratio of each kind of run to bare Python and to Click, and the dearest imports.

    python tests/benchmarks/startup.py [RUNS]

The targets: `--version` under 3.5 × `python -c pass`, a cold `search -o ids` of five documents under 2.5 × `python -c
"import click"`.  Times are medians in ms; on a busy machine only the ratios mean something.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from time import perf_counter

from timing import ROOT, environment

#: How many imports are named.
_NAMED = 25

_PASS, _CLICK = ["-c", "pass"], ["-c", "import click"]


def program(*args: str) -> list[str]:
    """The arguments of Python that run the program."""
    return ["-m", "readouts_cli", *args]


RUNS = {
    "--version": program("--version"),
    "search -o ids": program("search", "dual carbon", "-o", "ids"),
    "search (tsv)": program("search", "dual carbon"),
    "search -o json": program("search", "dual carbon", "-o", "json"),
    "search -o cards": program("search", "dual carbon", "-o", "cards"),
    "show 003": program("show", "003"),
    "list -o ids": program("list", "-o", "ids"),
}


def main() -> None:
    """Print both tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {**environment(), "READOUTS_LIBRARY": folder + "/library"}
        _run(program("index", "-q", str(ROOT / "seeds")), surroundings)
        times = _medians({"pass": _PASS, "click": _CLICK, **RUNS}, surroundings, rounds)
        print(f"{'':18}{'ms':>8}{'÷ pass':>8}{'÷ click':>8}")
        for name, time in times.items():
            print(f"{name:18}{time:8.1f}{time / times['pass']:8.2f}{time / times['click']:8.2f}")
        print("\nimports of search -o ids, µs without what they import themselves")
        for module, cost in _imports(RUNS["search -o ids"], surroundings, rounds):
            print(f"{cost:8} {module}")


def _medians(runs: dict[str, list[str]], surroundings: dict[str, str], rounds: int) -> dict[str, float]:
    """The median time of each run; the runs take turns, so that all see the same machine."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, arguments in runs.items():
            began = perf_counter()
            _run(arguments, surroundings)
            times[name].append((perf_counter() - began) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def _imports(arguments: list[str], surroundings: dict[str, str], rounds: int) -> list[tuple[str, int]]:
    """The dearest imports of a run, by the least that each took."""
    least: dict[str, int] = {}
    for _ in range(rounds):
        for line in _run(["-X", "importtime", *arguments], surroundings).splitlines():
            cost, _, module = line.removeprefix("import time:").split("|") if line.count("|") == 2 else ("", "", "")
            if cost.strip().isdigit():
                name = module.strip()
                least[name] = min(least.get(name, int(cost)), int(cost))
    return sorted(least.items(), key=lambda item: -item[1])[:_NAMED]


def _run(arguments: list[str], surroundings: dict[str, str]) -> str:
    return subprocess.run(
        [sys.executable, *arguments], env=surroundings, capture_output=True, text=True, check=True
    ).stderr


if __name__ == "__main__":
    main()
