"""What answers rest on: the same readouts give the same basis, whatever is asked of them and however much is shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asking import Ask
from conftest import Run

_MET = "the Xilan Municipal Government held a meeting. The meeting spoke of carbon."

#: 2 has a doubtful meeting date (too long before its publication), 4 has none, 5 met in another year than it appeared.
LIBRARY: list[dict[str, str | None]] = [
    {"id": "1", "date": "2022-03-03", "text": f"On March 2, {_MET} Tan Weimin, Mayor, presided. A congress comes."},
    {"id": "2", "date": "2022-08-27", "text": f"On July 12, {_MET} “Green growth” is sought."},
    {"id": "3", "date": "2023-02-10", "text": f"On February 9, {_MET} “Green growth” was found."},
    {"id": "4", "date": None, "text": "A note on carbon."},
    {"id": "5", "date": "2023-01-01", "text": f"On December 31, {_MET} “Old and new” is quoted."},
    {"id": "6", "date": None, "text": "A note on the congress."},
]

ALL = {"readouts": 5, "first": "2022-03-02", "last": "2023-02-09", "undated": 2, "undated_left_out": 0}
ALL_DOUBTFUL = ALL | {"undated": 1}
PERIOD = {"readouts": 1, "first": "2022-03-02", "last": "2022-03-02", "undated": 0, "undated_left_out": 2}


@pytest.fixture(scope="module")
def ask(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("bases")
    source = folder / "made.jsonl"
    source.write_text("".join(json.dumps(each) + "\n" for each in LIBRARY))
    assert run("-L", str(folder / "library"), "index", str(source)).status == 0
    return Ask(run, folder / "library")


def basis(ask: Ask, *args: str) -> dict[str, Any]:
    found = ask.json(*args)["basis"]
    return {name: found[name] for name in ALL}


@pytest.mark.parametrize(
    "asked",
    [
        ("kwic", "carbon"),
        ("kwic", "carbon", "-n", "1"),
        ("kwic", "carbon", "--sort", "R1", "-n", "1"),
        ("first", "carbon"),
        ("collocates", "carbon"),
        ("trend", "carbon", "--in", "carbon"),
        ("phrases", "carbon"),
        ("phrases", "carbon", "--ngrams", "2"),
        ("bodies", "carbon"),
        ("people", "--in", "carbon"),
        ("absent", "growth", "--in", "carbon"),
        ("similar", "1", "--in", "carbon"),
        ("keyness", "--focus", "carbon growth", "--ref", "carbon -growth"),
    ],
    ids=" ".join,
)
def test_one_set_has_one_basis(ask: Ask, asked: tuple[str, ...]) -> None:
    assert basis(ask, *asked) == ALL
    assert basis(ask, *asked, "--doubtful") == ALL_DOUBTFUL


def test_a_limit_leaves_the_basis(ask: Ask) -> None:
    assert basis(ask, "kwic", "carbon", "--dedupe", "-n", "1") == basis(ask, "kwic", "carbon", "--dedupe")


@pytest.mark.parametrize(
    "asked",
    [("kwic", "carbon"), ("kwic", "carbon", "--dedupe"), ("phrases", "carbon"), ("absent", "zebra", "--in", "carbon")],
    ids=" ".join,
)
def test_what_a_period_leaves_out(ask: Ask, asked: tuple[str, ...]) -> None:
    found = ask.json(*asked, "--until", "2022-03", "--since", "2022", status=1 if asked[0] == "phrases" else 0)["basis"]
    assert {name: found[name] for name in PERIOD} == PERIOD


def test_undated_ones_of_either_side_are_left_out(ask: Ask) -> None:
    sides = ("--focus", "carbon date:2023", "--ref", "congress date:2022")
    assert basis(ask, "keyness", *sides)["undated_left_out"] == 3  # 2, 4 and 6


def test_periods_are_compared_by_the_date_that_chooses_them(ask: Ask) -> None:
    by_pub = ask.json("compare", "--pub", "2023", "--vs", "2022")
    assert {each["text"]: each["kind"] for each in by_pub["formulations"]} == {
        "Green growth": "both",
        "Old and new": "only_focus",
    }
    assert (by_pub["focus"]["first"], by_pub["focus"]["last"]) == ("2023-01-01", "2023-02-10")
    by_met = ask.json("compare", "--met", "2023", "--vs", "2022")
    assert {each["text"]: each["kind"] for each in by_met["formulations"]} == {
        "Green growth": "only_focus",
        "Old and new": "only_reference",
    }


def test_periods_that_share_readouts_are_told(ask: Ask) -> None:
    assert "1 readout is on both sides; exclude it from one" in ask("compare", "--since", "2023", "--vs", "2023").err
    assert ask("compare", "--since", "2023", "--vs", "2022").err.count("both sides") == 0


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--vs", "2022"), "say which period is held against --vs 2022"),
        (("--in", "carbon", "--vs", "2022"), "say which period is held against --vs 2022"),
        (("--met", "2023", "--since", "2022", "--vs", "2022"), "compared by one date"),
        (("--since", "2023", "--vs", "2022x"), "--vs 2022x"),
    ],
)
def test_a_period_must_be_held_against_another(ask: Ask, asked: tuple[str, ...], told: str) -> None:
    result = ask("compare", *asked)
    assert (result.status, result.out) == (2, "")
    assert told in result.err
