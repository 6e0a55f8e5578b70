"""Work shared out among processes: the same answers, and no process left behind."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import ROOT

from readouts_cli.cli.sharing import cores
from readouts_cli.engines.processes import usable_cores

#: Enough readouts for work to be shared out.
MANY = 2_600

#: Runs the program on one core only.
ON_ONE_CORE = """
import os, sys
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
from readouts_cli.cli.main import main
sys.exit(main())
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="work is shared out on Linux only")


def shared(script: str) -> subprocess.CompletedProcess[str]:
    """What a script says in a process of its own, which forks as the program does: from one thread."""
    head = "from readouts_cli.cli.sharing import shared_out\nimport multiprocessing, os, signal\n"
    return subprocess.run(
        [sys.executable, "-c", head + script], capture_output=True, text=True, check=False, timeout=60, cwd=ROOT
    )


@pytest.mark.parametrize("processes", [1, 2, 3, 9])
def test_results_come_in_the_order_of_the_blocks(processes: int) -> None:
    done = shared(
        f"with shared_out(lambda block: [each * each for each in block], [range(n) for n in range(7)], {processes})"
        " as results:\n    print(list(results) == [[k * k for k in range(n)] for n in range(7)])\n"
        "print(multiprocessing.active_children())"
    )
    assert (done.stdout, done.stderr) == ("True\n[]\n", "")


def test_what_goes_wrong_is_raised_here() -> None:
    done = shared(
        "from readouts_cli.errors import QueryError\n"
        "def work(number):\n"
        "    if number == 2: raise QueryError('too slow', 'abc', 1)\n"
        "    return number\n"
        "seen = []\n"
        "try:\n"
        "    with shared_out(work, range(9), 2) as results:\n"
        "        seen.extend(iter(results.__next__, None))\n"
        "except QueryError as error:\n"
        "    print(seen, error, error.source, error.start, multiprocessing.active_children())"
    )
    assert (done.stdout, done.stderr) == ("[0, 1] too slow abc 1 []\n", "")


def test_a_process_that_dies_is_an_error() -> None:
    done = shared(
        "from readouts_cli.errors import LibraryError\n"
        "try:\n"
        "    with shared_out(lambda number: os.kill(os.getpid(), signal.SIGKILL), range(9), 2) as results:\n"
        "        list(results)\n"
        "except LibraryError as error:\n"
        "    print(error, multiprocessing.active_children())"
    )
    assert done.stdout.startswith("a process that was reading ended unexpectedly")
    assert done.stdout.endswith("[]\n")


def test_stopping_early_leaves_no_process() -> None:
    done = shared(
        "with shared_out(lambda number: 'x' * 10**6, range(50), 2) as results:\n"
        "    print(len(next(results)), len(multiprocessing.active_children()))\n"
        "print(multiprocessing.active_children())"
    )
    assert (done.stdout, done.stderr) == ("1000000 2\n[]\n", "")


def test_nothing_is_forked_beside_a_thread() -> None:
    stop = threading.Event()
    beside = threading.Thread(target=stop.wait)
    beside.start()
    try:
        assert cores() == 1
    finally:
        stop.set()
        beside.join()


@pytest.fixture(scope="module")
def many(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of many short readouts."""
    folder = tmp_path_factory.mktemp("many")
    source = folder / "many.jsonl"
    rows = (
        {
            "id": f"{number:05}",
            "date": f"20{number % 20:02}-03-{number % 28 + 1:02}",
            "text": f"On March {number % 28 + 1}, the Lanzhu Municipal Government held a meeting. Tan Weimin presided "
            f"over the meeting. It spoke of “green growth {number % 7}”, and of carbon {'peak ' * (number % 5)}again.",
        }
        for number in range(MANY)
    )
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = [sys.executable, "-m", "readouts_cli", "-L", str(folder / "library"), "index", str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=60, cwd=ROOT, env=environment)
    return folder / "library"


@pytest.mark.parametrize(
    "command",
    [
        ["kwic", "carbon", "-o", "json"],
        ["kwic", "carbon", "--sort", "R1", "-n", "50"],
        ["collocates", "carbon", "-o", "json"],
        ["keyness", "--focus", "peak", "-o", "json"],
        ["export", "carbon", "--format", "csv"],
        ["export", "carbon", "--format", "jsonl"],
        ["export", "carbon", "--format", "html"],
        ["export", "carbon", "--format", "parquet"],
        ["people", "-o", "json"],
        ["bodies", "-o", "json"],
        ["phrases", "-o", "json"],
        ["compare", "--since", "2002", "--vs", "..2001", "-o", "json"],
        ["copies", "-o", "json"],
        ["phrases", "--dedupe", "-o", "json"],
    ],
    ids=" ".join,
)
@pytest.mark.skipif(usable_cores() == 1, reason="there is one core only")
def test_answers_are_those_of_one_core(command: list[str], many: Path, environment: dict[str, str]) -> None:
    outcomes = [
        subprocess.run(
            [sys.executable, *program, "-L", str(many), *command],
            check=True, capture_output=True, timeout=60, cwd=ROOT, env=environment,
        ).stdout
        for program in (["-m", "readouts_cli"], ["-c", ON_ONE_CORE])
    ]  # fmt: skip
    assert len(outcomes[0]) > 100
    assert outcomes[0] == outcomes[1]
