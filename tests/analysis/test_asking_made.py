"""What the commands answer about a small made library, worked out by hand."""

from __future__ import annotations

import pytest
from asking import Ask, column, make_library
from conftest import Run


@pytest.fixture(scope="module")
def made(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return Ask(run, make_library(run, tmp_path_factory.mktemp("made")))


def test_copies_with_what_they_share(made: Ask) -> None:
    [cluster] = made.json("copies")["clusters"]
    first, second = cluster["readouts"]
    assert (first["id"], first["containment"], first["run"]) == ("001", None, None)
    assert second["id"] == "005"
    assert 0.5 < second["containment"] < 1
    assert second["run"]["text"].startswith("Tan Weimin, Mayor, presided over the meeting.")


def test_counts_with_copies_once(made: Ask) -> None:
    asked = ("phrases", "--min", "2")
    counted = {row[0]: row[1] for row in made.rows(*asked)}
    assert (counted["green growth"], counted["two pillars"]) == ("3", "3")
    once = made.json(*asked, "--dedupe")
    assert {each["text"]: each["readouts"] for each in once["phrases"]} == {"green growth": 2, "two pillars": 2}
    assert once["basis"]["copies_left_out"] == 1
    assert [row[3] for row in made.rows("trend", "pillars", "--per", "year", "--dedupe")] == ["3", "1"]


def test_trend_by_year(made: Ask) -> None:
    found = made.json("trend", '"green growth"', "pillars", "--per", "year")
    assert [(each["bin"], each["readouts"]) for each in found["bins"]] == [("2022", 4), ("2023", 1)]
    assert [column(each["uses"], "readouts") for each in found["bins"]] == [[3, 2], [0, 1]]
    assert [column(each["uses"], "share") for each in found["bins"]] == [[0.75, 0.5], [0.0, 1.0]]
    assert column(found["undated"], "occurrences") == [1, 0]


def test_trend_among_some(made: Ask) -> None:
    rows = made.rows("trend", "pillars", "--in", "body:municipal", "--per", "year")
    assert [row[:4] for row in rows] == [["2022", "pillars", "2", "3"]]


def test_first_by_the_day_of_publication(made: Ask) -> None:
    found = made.json("first", "pillars", "--by", "pub")["found"]
    assert [(each["which"], each["id"], each["day"]) for each in found] == [
        ("first", "001", "2022-03-03"),
        ("last", "003", "2023-01-08"),
    ]


def test_first_of_one_day(made: Ask) -> None:
    found = made.json("first", "pillars")["found"]
    assert [(each["which"], each["id"]) for each in found] == [("first", "001"), ("first", "005"), ("last", "003")]


def test_absent(made: Ask) -> None:
    assert [row[0] for row in made.rows("absent", "pillars")] == ["002", "006", "004"]
    assert made("absent", "meeting", "--in", "pillars").status == 1


def test_keyness_of_two_sets(made: Ask) -> None:
    found = made.json("keyness", "--focus", "prices", "--ref", "pillars -prices", "--min", "2")
    words = {each["term"]: each for each in found["words"]}
    assert (words["prices"]["focus"], words["prices"]["reference"]) == (2, 0)
    assert (found["focus"]["readouts"], found["reference"]["readouts"]) == (2, 2)
    assert words["pillars"]["reference"] == 2
    assert words["prices"]["log_likelihood"] > 0 > words["city"]["log_likelihood"]


def test_readouts_on_both_sides_are_told(made: Ask) -> None:
    result = made("keyness", "--focus", "prices", "--ref", "pillars")
    assert "1 readout is on both sides; exclude it from one" in result.err


def test_people_and_their_offices(made: Ask) -> None:
    assert [row[0] for row in made.rows("people", "Tan", "Weimin", "--on", "2022-05")] == ["Tan Weimin"]
    found = made.json("people", "--since", "2022-05")["people"]
    assert {each["name"]: (each["presided"], each["first"]) for each in found} == {
        "Tan Weimin": (1, "2022-05-10"),
        "Qiu Lan": (1, "2023-01-07"),
    }


def test_similar_within_a_period(made: Ask) -> None:
    assert column(made.json("similar", "001")["readouts"], "id")[0] == "005"
    later = column(made.json("similar", "001", "--since", "2022-04")["readouts"], "id")
    assert "005" not in later
    assert later[0] == "002"


def test_chinese(made: Ask) -> None:
    [line] = made.json("kwic", "双碳", "--width", "2")["lines"]
    assert (line["left"], line["keyword"], line["right"]) == ("强调", "双碳", "工作")
