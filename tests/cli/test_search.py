"""`readouts search` in a pipe: the right readouts, spans and numbers, in every format."""

from __future__ import annotations

import csv
import io
import json
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS, Run
from jsonschema import Draft202012Validator

from readouts_cli.engines.base import Facet


def search(run: Run, library: Path, *args: str) -> Any:
    result = run("search", *args, "-o", "json", library=library)
    assert result.status in {0, 1}, result.err
    return json.loads(result.out)


@pytest.mark.parametrize("query", ["dual carbon", "“dual carbon”", "DUAL-CARBON"])
def test_the_forms_of_a_phrase_find_the_same_two_spans(run: Run, seeds_library: Path, query: str) -> None:
    hits = search(run, seeds_library, query)["hits"]
    assert {hit["id"]: hit["spans"] for hit in hits} == {"001": [[3719, 3730]], "003": [[4509, 4520]]}
    for hit in hits:
        text = (SEEDS / Path(hit["path"]).name).read_text("utf-8")
        for passage in hit["passages"]:
            assert passage["text"] == text[passage["start"] : passage["end"]]
            assert [text[start:end].lower().replace("-", " ") for start, end in passage["spans"]] == ["dual carbon"]


def test_the_words_of_the_command_line_are_one_query(run: Run, seeds_library: Path) -> None:
    assert search(run, seeds_library, "dual", "carbon")["query"] == "dual carbon"
    assert search(run, seeds_library, "-p", "two", "safeguards")["total"] == 1
    assert search(run, seeds_library, "-p", "safeguards two")["total"] == 0
    assert search(run, seeds_library, "--any", "safeguards carbon")["total"] == 3


def test_the_shape_of_an_answer(run: Run, seeds_library: Path) -> None:
    answer = search(run, seeds_library, '"two safeguards"')
    (hit,) = answer.pop("hits")
    assert answer == {
        "schema": "readouts.search/1",
        "query": '"two safeguards"',
        "total": 1,
        "offset": 0,
        "undated_left_out": 0,
        "synonyms": [],
    }
    score = hit.pop("score")
    assert score > 0
    (passage,) = hit.pop("passages")
    assert hit == {
        "id": "002",
        "path": str(SEEDS / "002_50143638acb895fe.txt"),
        "title": None,
        "published": {"date": "2023-01-19", "span": [6, 16]},
        "met": {
            "start": "2023-01-18",
            "end": "2023-01-18",
            "edtf": "2023-01-18~",
            "certainty": "inferred",
            "rule": "R2",
            "span": [63, 76],
        },
        "body": "municipal government",
        "presided": [
            {
                "name": "Zhou Pengju",
                "office": "Deputy Secretary of the Municipal Party Committee, Mayor and Party Secretary of the "
                "Municipal Government",
                "span": [616, 627],
            }
        ],
        "rank": 1,
        "matches": 1,
        "spans": [[1651, 1665]],
    }
    assert passage.keys() == {"paragraph", "start", "end", "text", "spans"}
    assert passage["spans"] == [[1651, 1665]]


@pytest.mark.parametrize(
    ("args", "ids", "left_out"),
    [
        (("--on", "2022-08"), ["000", "001", "003"], 1),
        (("--date", "2022-08-20..2022-08-22"), ["001"], 1),
        (("--after", "2022-08-22", "--before", "2023"), ["000"], 1),
        (("--pub", "2022-08-20..2022-08-22"), ["003"], 1),
        (("--met", "2022-08-19..2022-08-22"), ["001", "003"], 1),
        (("--since", "3m"), ["002"], 1),
        (("date:2022-08", "--until", "2022-08-19"), ["003"], 1),
        (("party", "--since", "2023"), ["002"], 1),
        (("--on", "2022-11-15", "--doubtful"), ["004"], 0),
        (("zebra", "--since", "2023"), [], 0),
    ],
)
def test_periods(run: Run, seeds_library: Path, args: tuple[str, ...], ids: list[str], left_out: int) -> None:
    answer = search(run, seeds_library, "--sort", "id", *args)
    assert [hit["id"] for hit in answer["hits"]] == ids
    assert answer["undated_left_out"] == left_out


def test_a_pipe_is_told_on_stderr_of_what_a_period_leaves_out(run: Run, seeds_library: Path) -> None:
    result = run("search", "--on", "2022-08", "-o", "ids", library=seeds_library)
    assert result.err == "readouts: 1 undated readout left out\n"


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("id", ["000", "001", "002", "003", "004"]),
        ("date", ["003", "001", "000", "002", "004"]),
        ("-date", ["002", "000", "001", "003", "004"]),
        ("met", ["003", "001", "000", "002", "004"]),
        ("pub", ["003", "001", "000", "002", "004"]),
    ],
)
def test_orders(run: Run, seeds_library: Path, sort: str, ids: list[str]) -> None:
    assert run("search", "party", "--sort", sort, "-o", "ids", library=seeds_library).lines == ids


def test_pages_of_hits(run: Run, seeds_library: Path) -> None:
    everything = search(run, seeds_library, "party", "--all")
    assert [hit["rank"] for hit in everything["hits"]] == [1, 2, 3, 4, 5]
    page = search(run, seeds_library, "party", "-n", "2", "--offset", "2")
    assert page["total"] == 5
    assert page["offset"] == 2
    assert page["hits"] == everything["hits"][2:4]


def test_how_much_is_shown_of_a_hit(run: Run, seeds_library: Path) -> None:
    (hit, *_) = search(run, seeds_library, "meeting id:002", "--passages", "3", "--context", "60")["hits"]
    assert len(hit["passages"]) == 3
    assert all(len(passage["text"]) <= 70 for passage in hit["passages"])
    (hit,) = search(run, seeds_library, "safeguards", "--full")["hits"]
    assert len(hit["passages"]) == 10
    (hit,) = search(run, seeds_library, "safeguards", "--passages", "0")["hits"]
    assert hit["passages"] == []


# Lines


def test_a_pipe_gets_one_line_a_hit(run: Run, seeds_library: Path) -> None:
    result = run("search", "dual carbon", library=seeds_library)
    assert [line.split("\t")[:4] for line in result.lines] == [
        ["001", "2022-08-22~", "2022-08-23", "1"],
        ["003", "2022-08-19~", "2022-08-20", "1"],
    ]
    assert all(line.count("\t") == 5 for line in result.lines)
    assert "“dual carbon”" in result.lines[0]
    assert "\x1b" not in result.out


def test_columns_of_choice(run: Run, seeds_library: Path) -> None:
    result = run("search", "dual carbon", "--fields", "rank,id,certainty", "--header", library=seeds_library)
    assert result.lines == ["rank\tid\tcertainty", "1\t001\tinferred", "2\t003\tinferred"]


def test_csv_has_a_header_and_keeps_text_as_it_is(run: Run, seeds_library: Path) -> None:
    result = run("search", "safeguards", "-o", "csv", "--fields", "id,text", library=seeds_library)
    rows = list(csv.reader(io.StringIO(result.out)))
    assert rows == [["id", "text"], ["002", (SEEDS / "002_50143638acb895fe.txt").read_text("utf-8")]]
    result = run("search", "zebra", "-o", "csv", "--fields", "id", library=seeds_library)
    assert (result.status, result.out) == (1, "id\n")


def test_templates(run: Run, seeds_library: Path) -> None:
    result = run("search", "dual carbon", "--template", r"{rank}. {id:>5}\t{met}", library=seeds_library)
    assert result.lines == ["1.   001\t2022-08-22~", "2.   003\t2022-08-19~"]


def test_nul_ends_records(run: Run, seeds_library: Path) -> None:
    assert run("search", "dual carbon", "-0", "-o", "ids", library=seeds_library).out == "001\x00003\x00"
    paths = run("search", "dual carbon", "-o", "paths", "--null", library=seeds_library).out.split("\0")
    assert [Path(path).name[:3] for path in paths[:-1]] == ["001", "003"]
    lines = run("search", "dual carbon", "-o", "jsonl", "--null", library=seeds_library).out.split("\0")
    assert [json.loads(line)["id"] for line in lines[:-1]] == ["001", "003"]


# In place of hits


def test_counts(run: Run, seeds_library: Path) -> None:
    assert run("search", "-c", '"20th National Congress"', library=seeds_library).out == "4\n"
    assert run("search", "--count-matches", '"20th National Congress"', library=seeds_library).out == "16\n"
    assert run("search", "--count", "zebra", library=seeds_library).out == "0\n"
    result = run("search", "--count-matches", "liaoning", "-o", "json", library=seeds_library)
    assert json.loads(result.out) == {
        "schema": "readouts.count/1",
        "query": "liaoning",
        "synonyms": [],
        "readouts": 4,
        "matches": 12,
        "undated_left_out": 0,
    }


def test_facets(run: Run, seeds_library: Path) -> None:
    assert run("search", "meeting", "--facet", "year", library=seeds_library).out == "2022\t3\n2023\t1\n\t1\n"
    assert run("search", "meeting", "--facet", "month", "-o", "csv", library=seeds_library).lines == [
        "month,readouts",
        "2022-08,3",
        "2023-01,1",
        ",1",
    ]
    assert set(run("search", "meeting", "--facet", "presider", library=seeds_library).lines) == {
        "Jia Hongyu\t1",
        "Ma Fuguo\t1",
        "Wang Zhongkun\t1",
        "Xu Qin\t1",
        "Zhou Pengju\t1",
    }
    result = run("search", "meeting", "--facet", "source", "-o", "json", library=seeds_library)
    assert json.loads(result.out)["values"] == [
        {"value": "Fuxin News Network", "readouts": 1},
        {"value": None, "readouts": 4},
    ]
    assert run("search", "meeting", "--facet", "language", library=seeds_library).out == "en\t5\n"


@pytest.mark.parametrize("option", ["--facet", "--group-by"])
def test_hits_are_counted_and_grouped_by_every_facet(run: Run, seeds_library: Path, option: str) -> None:
    named = json.loads(run("schema", "facet").out)["properties"]["facet"]["enum"]
    assert named == [facet.value for facet in Facet]
    for name in named:
        assert run("search", "meeting", option, name, library=seeds_library).status == 0


def test_groups(run: Run, seeds_library: Path) -> None:
    result = run("search", "meeting", "--group-by", "year", "--fields", "id", "--sort", "id", library=seeds_library)
    assert result.lines == ["2022\t000", "2022\t001", "2022\t003", "2023\t002", "\t004"]
    answer = search(run, seeds_library, "meeting", "--group-by", "year", "--sort", "id")
    assert [(hit["group"], hit["rank"]) for hit in answer["hits"]] == [
        ("2022", 1), ("2022", 2), ("2022", 4), ("2023", 3), ("", 5),
    ]  # fmt: skip


def test_explain(run: Run, seeds_library: Path) -> None:
    result = run("search", "--explain", "revital* -liaoning", library=seeds_library)
    assert result.status == 0
    assert 'words that begin with "revital"' in result.out
    assert "revitalization 3" in result.out


def test_explain_adds_up_to_the_score(run: Run, seeds_library: Path) -> None:
    answer = search(run, seeds_library, "dual carbon liaoning")
    lines = run("search", "--explain", "dual carbon liaoning", library=seeds_library).lines
    for hit in answer["hits"]:
        start = lines.index(f"{hit['id']}: score {hit['score']:.3f}")
        parts = [float(line.split()[0]) for line in takewhile(lambda line: line[0] == " ", lines[start + 1 :])]
        assert len(parts) == 5
        assert sum(parts) == pytest.approx(hit["score"], abs=0.003)


def test_synonyms(run: Run, seeds_library: Path, tmp_path: Path) -> None:
    file = tmp_path / "synonyms"
    file.write_text("双碳 = dual carbon\ntwo safeguards = two maintenances\n", "utf-8")
    answer = search(run, seeds_library, "双碳", f"--synonyms={file}")
    assert [hit["id"] for hit in answer["hits"]] == ["001", "003"]
    assert answer["synonyms"] == ["双碳 = dual carbon"]
    own = tmp_path / "config" / "readouts"
    own.mkdir(parents=True)
    (own / "synonyms").write_bytes(file.read_bytes())
    found = run(
        "search", "双碳", "--synonyms", "-o", "ids", library=seeds_library, env={"XDG_CONFIG_HOME": str(own.parent)}
    )
    assert found.lines == ["001", "003"]
    assert search(run, seeds_library, "双碳")["total"] == 0


@pytest.mark.parametrize(
    "args",
    [
        ("search", "双碳"),
        ("search", "双碳", "--count"),
        ("search", "双碳", "--facet", "year"),
        ("trend", "双碳", "zebra", "双碳"),
        ("kwic", "双碳"),
    ],
    ids=" ".join,
)
def test_synonyms_that_were_applied_are_told(
    run: Run, seeds_library: Path, tmp_path: Path, args: tuple[str, ...]
) -> None:
    file = tmp_path / "synonyms"
    file.write_text("双碳 = dual carbon\ntwo safeguards = two maintenances\n", "utf-8")
    answer = json.loads(run(*args, f"--synonyms={file}", "-o", "json", library=seeds_library).out)
    assert answer["synonyms"] == ["双碳 = dual carbon"]
    assert json.loads(run(*args, "-o", "json", library=seeds_library).out)["synonyms"] == []
    shown = run(*args, f"--synonyms={file}", library=seeds_library, tty=True).out
    assert shown.count("synonyms: 双碳 = dual carbon") == 1


# Contracts


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("search", ("search", "party", "-o", "json")),
        ("search", ("search", "party", "-o", "json", "--group-by", "presider")),
        ("hit", ("search", "liaoning", "-o", "jsonl")),
        ("list", ("list", "-o", "json")),
        ("summary", ("list", "-o", "jsonl")),
        ("readout", ("show", "000", "-o", "json")),
        ("readout", ("show", "000", "001", "002", "003", "004", "-o", "jsonl", "--why")),
        ("count", ("search", "party", "-c", "-o", "json")),
        ("facet", ("search", "party", "--facet", "source", "-o", "json")),
        ("info", ("info", "-o", "json")),
        ("config", ("config", "-o", "json")),
        ("index", ("index", "--dry-run", "-o", "json")),
    ],
)
def test_json_keeps_to_its_schema(run: Run, seeds_library: Path, name: str, args: tuple[str, ...]) -> None:
    schema = json.loads(run("schema", name).out)
    Draft202012Validator.check_schema(schema)
    result = run(*args, library=seeds_library)
    whole = not (args[0] in {"search", "show", "list"} and "jsonl" in args)
    values = [json.loads(result.out)] if whole else [json.loads(line) for line in result.lines]
    assert values
    for value in values:
        Draft202012Validator(schema).validate(value)


def test_schemas_allow_nothing_else(run: Run, seeds_library: Path) -> None:
    schema = json.loads(run("schema", "search").out)
    answer = search(run, seeds_library, "dual carbon")
    answer["hits"][0]["passages"][0]["more"] = 1
    assert not Draft202012Validator(schema).is_valid(answer)
