"""What all answers have in common: formats, schemas, exit statuses, terminals narrow and wide, and nothing hostile."""

from __future__ import annotations

import csv
import io
import json
import re
from importlib import import_module
from pathlib import Path

import click
import jsonschema
import pytest
from asking import Ask, make_library
from conftest import ROOT, Run
from rich.cells import cell_len

SCHEMAS = ROOT / "readouts_cli" / "output" / "schemas"

#: A question of each kind, the schema of its answer, and the key of the answer's rows.
QUESTIONS = {
    "kwic": (["kwic", "growth"], "kwic", "lines"),
    "trend": (["trend", "growth", "pillars", "--per", "year"], "trend", "bins"),
    "first": (["first", "growth"], "first", "found"),
    "absent": (["absent", "growth"], "absent", "readouts"),
    "compare": (["compare", "001", "002"], "compare", "sentences"),
    "contrast": (["compare", "--since", "2023", "--vs", "2022"], "contrast", "formulations"),
    "phrases": (["phrases"], "phrases", "phrases"),
    "ngrams": (["phrases", "--ngrams", "2-4"], "ngrams", "sequences"),
    "collocates": (["collocates", "growth", "--min", "1"], "collocates", "collocates"),
    "keyness": (["keyness", "--focus", "growth"], "keyness", "words"),
    "people": (["people"], "people", "people"),
    "bodies": (["bodies"], "bodies", "bodies"),
    "similar": (["similar", "001"], "similar", "readouts"),
    "copies": (["copies"], "copies", "clusters"),
}

each_question = pytest.mark.parametrize(("args", "schema", "name"), QUESTIONS.values(), ids=QUESTIONS)

#: Control characters other than newline and tab, escape sequences of the program's own left aside.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_OWN = re.compile("\x1b\\[[0-9;]*m|\x1b]8;[^\x1b]*\x1b\\\\|\r")


@pytest.fixture(scope="module")
def made(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return Ask(run, make_library(run, tmp_path_factory.mktemp("made")))


@pytest.fixture(scope="module")
def long_ids(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The same readouts, which the beginnings of their ids still name."""
    ending = "-市政府党组会议纪要-standing-committee-of-the-provincial-party"
    return Ask(run, make_library(run, tmp_path_factory.mktemp("long"), ending))


@each_question
def test_json_is_as_its_schema_says_and_rich_is_not_imported(
    made: Ask, args: list[str], schema: str, name: str
) -> None:
    result = made(*args, "-o", "json", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert result.status == 0, result.err
    assert not re.search(r"\| +(rich|jinja2|matplotlib|pyarrow)\b", result.err)
    answer = json.loads(result.out)
    described = json.loads((SCHEMAS / f"{schema}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(described)
    jsonschema.validate(answer, described)
    assert answer["schema"] == f"readouts.{schema}/1"
    assert answer[name]
    assert list(answer)[-1] == "basis"


@each_question
def test_csv_has_its_columns(made: Ask, args: list[str], schema: str, name: str) -> None:
    names, *rows = csv.reader(io.StringIO(made(*args, "-o", "csv").out))
    assert rows
    assert {len(row) for row in rows} == {len(names)}


@pytest.mark.parametrize("question", ["kwic", "trend", "compare", "copies"])
def test_the_other_formats_tell_the_same(made: Ask, question: str) -> None:
    args, _, name = QUESTIONS[question]
    assert [json.loads(line) for line in made(*args, "-o", "jsonl").lines] == made.json(*args)[name]
    names, *rows = csv.reader(io.StringIO(made(*args, "-o", "csv").out))
    tabbed = [line.split("\t") for line in made(*args, "-o", "tsv", "--header").lines]
    assert tabbed[0] == names
    assert [len(line) for line in tabbed] == [len(names)] * (len(rows) + 1)


@pytest.mark.parametrize("columns", [20, 60, 80])
@each_question
def test_a_narrow_terminal(long_ids: Ask, args: list[str], schema: str, name: str, columns: int) -> None:
    result = long_ids(*args, tty=True, columns=columns, lines=500)
    assert result.status == 0, result.out
    shown = _OWN.sub("", result.out)
    assert "in this library: " in " ".join(shown.split())
    assert not _CONTROL.search(shown)
    drawn = [line for line in shown.splitlines() if not line.startswith("readouts: ")]
    assert max(map(cell_len, drawn)) <= columns


def test_a_hostile_readout_is_shown_and_does_nothing(made: Ask) -> None:
    for args in (["kwic", "claims"], ["phrases"], ["first", "claims"], ["compare", "006", "001"]):
        result = made(*args, tty=True, columns=100)
        shown = _OWN.sub("", result.out)
        assert not _CONTROL.search(shown), args
    assert "<b>bold</b>" in made("kwic", "claims", tty=True, columns=120).out
    [line] = made.json("kwic", "claims")["lines"]
    assert line["left"].endswith("\x1b[31m ")
    assert "\x1b" not in made("kwic", "claims").out


NOTHING = [
    ["kwic", "zebra"],
    ["trend", "zebra"],
    ["first", "zebra"],
    ["phrases", "zebra"],
    ["phrases", "--ngrams", "20"],
    ["people", "Nobody"],
    ["copies", "zebra"],
    ["export", "zebra", "--format", "csv"],
    ["absent", "meeting OR note OR 会议"],
]


@pytest.mark.parametrize("args", NOTHING, ids=" ".join)
def test_nothing_found_is_status_1(made: Ask, args: list[str]) -> None:
    result = made(*args)
    assert result.status == 1
    assert "Traceback" not in result.err


MISTAKES = [
    (["trend"], "name at least one formulation"),
    (["absent"], "name what should be absent"),
    (["kwic"], "nothing is sought"),
    (["kwic", '"two'], "quot"),
    (["compare", "001"], "name two readouts"),
    (["compare", "001", "002", "--since", "2022"], "leave out --in, --since"),
    (["compare", "001", "zzz"], "zzz"),
    (["compare", "--since", "2023", "--vs", "2022-13"], "2022-13"),
    (["phrases", "--ngrams", "6-2"], "the shorter first"),
    (["phrases", "--ngrams", "2", "--damaged"], "ask one of them"),
    (["keyness"], "--focus"),
    (["kwic", "growth", "-o", "json", "--header"], "--header goes with"),
    (["export", "growth"], "name a format"),
    (["kwic", "growth", "nonsense:x"], "nonsense"),
]


@pytest.mark.parametrize(("args", "said"), MISTAKES, ids=[" ".join(args) for args, _ in MISTAKES])
def test_mistakes_are_one_line(made: Ask, args: list[str], said: str) -> None:
    result = made(*args)
    assert result.status in {1, 2}
    assert said in result.err
    assert result.out == ""
    assert "Traceback" not in result.err


def test_undated_readouts_are_told(made: Ask) -> None:
    result = made("kwic", "growth", "--since", "2022")
    assert "1 undated readout left out" in result.err
    assert made("kwic", "growth", "--since", "2022", "-o", "json").err == ""


def test_synonyms_are_told(made: Ask, tmp_path: Path) -> None:
    synonyms = tmp_path / "synonyms"
    synonyms.write_text("green growth = two pillars\n", "utf-8")
    answer = made.json("kwic", '"green growth"', f"--synonyms={synonyms}")
    assert answer["synonyms"] == ["green growth = two pillars"]
    assert "two pillars" in {line["keyword"] for line in answer["lines"]}


@pytest.mark.parametrize("name", sorted({args[0] for args, _, _ in QUESTIONS.values()} | {"export"}))
def test_help_begins_with_examples(name: str) -> None:
    command = import_module(f"readouts_cli.cli.commands.{name}").command
    shown = command.get_help(click.Context(command, info_name=name, obj=object()))
    assert shown.index("Examples:") < shown.index("Usage:")
    assert f"readouts {name}" in shown
