"""`keyness` and `collocates` say the same whether the engine counts words or readouts are read for them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run

#: The program, with readouts read in place of counted by the engine.
READING = """
import sys
from readouts_cli.cli.main import main
from readouts_cli.engines.whoosh.engine import WhooshEngine
WhooshEngine.term_counts = lambda *_, **__: None
sys.exit(main())
"""


def row(number: int) -> dict[str, str | None]:
    """A readout; some have Han text, no date, a doubtful one."""
    texts = [
        f"On March {number % 28 + 1}, the Lanzhu Municipal Government held a meeting. It spoke of carbon {number}.",
        f"The Hewan Provincial Party Committee met. It spoke of green growth, of growth and of Ωμέγα {number % 5}.",
        f"会议强调双碳工作，党。It spoke of carbon and of 党 {number % 4}",
        f"A note on prices and “clean water”, {number % 3 * 'prices '}of the {number}th.",
    ]
    date = None if number % 9 == 0 else f"20{number % 8 + 12}-05-{number % 28 + 1:02}"
    return {"id": f"{number:03}", "date": date, "text": texts[number * 7 % 11 % 4]}


@pytest.fixture(scope="module")
def library(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several segments, with readouts that are gone again."""
    folder = tmp_path_factory.mktemp("counted")
    for first, end in ((0, 40), (40, 70), (30, 80)):
        source = folder / f"from{first}.jsonl"
        source.write_text("".join(json.dumps(row(number)) + "\n" for number in range(first, end)), "utf-8")
        assert run("-L", str(folder / "library"), "index", str(source)).status in (0, 4)
    (folder / "from0.jsonl").unlink()
    assert run("-L", str(folder / "library"), "index").status == 0
    return folder / "library"


@pytest.mark.parametrize(
    "asked",
    [
        ["keyness", "--focus", "carbon"],
        ["keyness", "--focus", "carbon", "--tokens", "--min", "1"],
        ["keyness", "--focus", "growth", "--ref", "carbon", "-n", "200"],
        ["keyness", "--focus", "growth", "--ref", "the", "--tokens"],
        ["keyness", "--focus", "it", "--ref", "spoke"],
        ["keyness", "--focus", "党"],
        ["keyness", "--focus", "note", "--in", "of"],
        ["keyness", "--focus", "note", "--since", "2014", "--until", "2018"],
        ["keyness", "--focus", "date:2015", "--ref", "date:2016", "--doubtful"],
        ["keyness", "--focus", "nowhere"],
        ["collocates", "of"],
        ["collocates", "spoke", "--sort", "evidence", "-n", "4"],
        ["collocates", "carbon OR growth", "--window", "2", "--min", "1", "-n", "200"],
        ["collocates", "of", "--since", "2014"],
        ["collocates", "of", "--dedupe"],
        ["collocates", "双碳"],
    ],
    ids=" ".join,
)
def test_counted_or_read(asked: list[str], library: Path, run: Run, environment: dict[str, str]) -> None:
    command = ["-L", str(library), *asked, "-o", "json"]
    read = subprocess.run(
        [sys.executable, "-c", READING, *command],
        check=False, capture_output=True, text=True, timeout=60, cwd=ROOT, env=environment,
    )  # fmt: skip
    counted = run(*command)
    assert (counted.status, counted.out, counted.err) == (read.returncode, read.stdout, read.stderr)
