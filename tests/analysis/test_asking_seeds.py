"""What the commands answer about the seeds, held against what is known of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import Ask, column
from conftest import Run


@pytest.fixture(scope="module")
def seeds(run: Run, seeds_library: Path) -> Ask:
    return Ask(run, seeds_library)


def test_kwic_shows_every_occurrence(seeds: Ask) -> None:
    found = seeds.json("kwic", '"20th National Congress"', "--sort", "id")
    assert column(found["lines"], "id") == ["001"] + ["002"] * 3 + ["003"] * 2 + ["004"] * 10
    assert (found["lines"][0]["start"], found["lines"][0]["end"]) == (5129, 5151)
    assert found["lines"][0]["keyword"] == "20th National Congress"
    assert (found["total"], found["basis"]["readouts"], found["basis"]["undated"]) == (4, 4, 1)


def test_kwic_sorted_and_cut(seeds: Ask) -> None:
    rows = seeds.rows("kwic", "-p", "dual carbon", "--sort", "R1", "--width", "16")
    assert [(row[0], row[3], row[4], row[5]) for row in rows] == [
        ("001", "promote the “", "dual carbon", "” and “dual"),
        ("003", "promoted the “", "dual-carbon", "” construction,"),
    ]
    assert len(seeds.rows("kwic", "congress", "-n", "3")) == 3


def test_trend_counts_against_what_there_is(seeds: Ask) -> None:
    found = seeds.json("trend", '"dual carbon"', '"20th National Congress"')
    assert column(found["bins"], "bin") == ["2022-08", "2022-09", "2022-10", "2022-11", "2022-12", "2023-01"]
    assert column(found["bins"], "readouts") == [3, 0, 0, 0, 0, 1]
    august, september, *_, january = (column(each["uses"], "readouts") for each in found["bins"])
    assert (august, september, january) == ([2, 2], [None, None], [0, 1])
    assert found["undated"][1] == {"query": '"20th National Congress"', "readouts": 1, "occurrences": 10}
    quarters = seeds.rows("trend", '"dual carbon"', "--per", "quarter")
    assert [row[:4] for row in quarters] == [
        ["2022-Q3", '"dual carbon"', "2", "3"],
        ["2022-Q4", '"dual carbon"', "", "0"],
        ["2023-Q1", '"dual carbon"', "0", "1"],
    ]


def test_first_and_last(seeds: Ask) -> None:
    found = seeds.json("first", '"20th National Congress"')["found"]
    assert [(each["which"], each["id"], each["day"]) for each in found] == [
        ("first", "003", "2022-08-19"),
        ("last", "002", "2023-01-18"),
        ("undated", "004", None),
    ]
    assert found[0]["passage"]["spans"] == [[1526, 1548]]


def test_absent_tells_n_of_n(seeds: Ask) -> None:
    found = seeds.json("absent", '"two safeguards" OR "two maintenances"', "--since", "2022")
    assert (found["missing"], found["total"], column(found["readouts"], "id")) == (2, 4, ["003", "000"])
    assert found["basis"]["undated_left_out"] == 1
    provincial = seeds.json("absent", "Anshan", "--body", "provincial party committee")
    assert (provincial["missing"], provincial["total"]) == (1, 1)


def test_compare_two_readouts(seeds: Ask) -> None:
    found = seeds.json("compare", "001", "003")
    both = found["formulations"]["both"]
    assert [(each["left"], each["right"]) for each in both] == [
        ([{"text": "dual carbon", "span": [3718, 3731]}], [{"text": "dual-carbon", "span": [4508, 4521]}])
    ]
    assert column(found["formulations"]["only_right"], "text")[0] == "Four Spirits"
    assert {each["kind"] for each in found["sentences"]} == {"only_left", "only_right", "changed"}


def test_boilerplate_of_002_and_004(seeds: Ask) -> None:
    found = seeds.json("compare", "002", "004")
    assert len(found["shared"]["right"]["runs"]) == 16
    assert all(run["tokens"] >= 7 for run in found["shared"]["right"]["runs"])
    rows = seeds.rows("compare", "002", "004")
    assert len([row for row in rows if row[0] == "run"]) == 16


def test_compare_two_periods(seeds: Ask) -> None:
    found = seeds.json("compare", "--since", "2023", "--vs", "2022")
    kinds = {each["text"]: each["kind"] for each in found["formulations"]}
    assert (kinds["two safeguards"], kinds["two maintenances"]) == ("only_focus", "only_reference")
    assert kinds["four consciousnesses"] == "both"
    assert (found["focus"]["readouts"], found["reference"]["readouts"]) == (1, 3)
    assert found["basis"]["undated_left_out"] == 1


def test_phrases_are_those_of_the_truth(seeds: Ask) -> None:
    found = seeds.json("phrases")
    assert sum(column(found["phrases"], "occurrences")) == 37
    carbon = next(each for each in found["phrases"] if "dual carbon" in column(each["forms"], "text"))
    assert (carbon["readouts"], carbon["first"], carbon["last"]) == (
        2,
        {"id": "003", "day": "2022-08-19"},
        {"id": "001", "day": "2022-08-22"},
    )
    assert [(mark["id"], mark["at"]) for mark in found["damaged"]] == [("002", 1644), ("002", 3499)]
    assert [row[:2] for row in seeds.rows("phrases", "--damaged")] == [["002", "1644"], ["002", "3499"]]


def test_recurring_sequences(seeds: Ask) -> None:
    rows = seeds.rows("phrases", "--ngrams", "3-6", "--min", "4")
    assert ["20th national congress", "3", "4", "16"] in rows
    assert all(3 <= int(row[1]) <= 6 and int(row[2]) >= 4 for row in rows)


def test_collocates_and_key_words(seeds: Ask) -> None:
    found = seeds.json("collocates", "-p", "dual carbon", "--window", "5")
    assert {each["term"] for each in found["collocates"]} == {"control", "work", "the", "and"}
    assert found["matches"] == 2
    result = seeds("keyness", "--focus", "carbon", "-o", "json", "--min", "1")
    assert "with 2 and 3 readouts the figures say little" in result.err


def test_presiders(seeds: Ask) -> None:
    found = seeds.json("people")
    presided = {each["name"]: each["offices"] for each in found["people"] if each["presided"]}
    assert presided["Ma Fuguo"] == ["Municipal Party Secretary"]
    assert set(presided) == {"Ma Fuguo", "Wang Zhongkun", "Zhou Pengju", "Xu Qin", "Jia Hongyu"}
    assert [row[:4] for row in seeds.rows("people", "Fuguo")] == [
        ["Ma Fuguo", "presided", "Municipal Party Secretary", "2022-08-25"]
    ]


def test_bodies(seeds: Ask) -> None:
    found = seeds.json("bodies", "--since", "2022")
    assert {each["name"]: column(each["presided"], "name") for each in found["bodies"]} == {
        "Standing Committee of the Municipal Party Committee": ["Ma Fuguo"],
        "party group of the municipal government": ["Wang Zhongkun"],
        "municipal government": ["Zhou Pengju"],
        "Standing Committee of the Provincial Party Committee": ["Xu Qin"],
    }


def test_similar(seeds: Ask) -> None:
    found = seeds.json("similar", "003", "-n", "2")
    assert column(found["readouts"], "id") == ["001", "000"]
    assert "northeast" in column(found["telling"], "term")


def test_no_copies(seeds: Ask) -> None:
    assert seeds.json("copies", status=1)["clusters"] == []
